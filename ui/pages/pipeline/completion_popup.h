// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

#include "ui/pages/pipeline/chart_completion.h"

class QStandardItemModel;

namespace lodestone::pages {

/// The list of what may stand at the cursor. It never takes the focus: who edits passes its keys on.
class CompletionPopup : public QListView {
  Q_OBJECT
 public:
  explicit CompletionPopup(QWidget* window);

  /// place: of the cursor, in the window's coordinates. choose: the first is chosen at once; else nothing is,
  /// until the arrows say so, and Enter stays a line break.
  void show(const Completions& completions, const QRect& place, bool choose);
  /// Whether the key was for the list: arrows, pages, Enter and Tab with something chosen, Escape.
  bool takeKey(const QKeyEvent& event);
  const Completions& completions() const { return completions_; }

 Q_SIGNALS:
  void accepted(const lodestone::pages::Completion& completion);

 protected:
  void mousePressEvent(QMouseEvent* event) override;

 private:
  void accept();
  void move(int by);

  QStandardItemModel* rows_;
  Completions completions_;
};

}  // namespace lodestone::pages
