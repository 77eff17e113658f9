// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/pages/review/review_data.h"

class QPushButton;
class QVBoxLayout;

namespace lodestone::pages {

/// What happened to a strategy, newest first: who, what, when, to which version, with the beginning of the
/// hash of its content. The same again, such as exporting, is told once with a count.
class HistoryView : public QWidget {
  Q_OBJECT
 public:
  explicit HistoryView(QWidget* parent = nullptr);
  void setHistory(const std::vector<project::AuditEntry>& history);

 private:
  struct Line {
    project::AuditEntry entry;
    int times = 1;
  };
  void show();
  QWidget* row(const Line& line) const;

  std::vector<Line> lines_;
  bool all_ = false;
  QVBoxLayout* rows_;
  QPushButton* more_;
};

}  // namespace lodestone::pages
