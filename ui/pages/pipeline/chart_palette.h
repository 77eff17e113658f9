// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/pipeline/stage_type.h"

class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;
class QStandardItemModel;

namespace lodestone::pages {

/// The stages that there are, to be searched in both languages and put into the chart: Enter or a click takes
/// one, a drag carries it to its place. Closed by Esc and by turning elsewhere.
class ChartPalette : public QFrame {
  Q_OBJECT
 public:
  /// Lies over its parent's upper left corner.
  explicit ChartPalette(QWidget* parent);

  /// after: what it will follow, so that what goes with it stands first; null: nothing.
  void popUp(const pipeline::StageType* after);
  /// Titles as they are listed now.
  QStringList listed() const;

 Q_SIGNALS:
  /// A stage type's id; empty: a node without one.
  void picked(const QString& stage);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void fill();
  void addHead(const QString& title);
  void addGroup(const QString& title, const std::vector<const pipeline::StageType*>& types);
  void addPlain();
  void take(const QModelIndex& index);
  void place();

  QLineEdit* words_;
  QListView* list_;
  QStandardItemModel* model_;
  QLabel* none_;
  const pipeline::StageType* after_ = nullptr;
};

}  // namespace lodestone::pages
