// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/project/strategy_records.h"

class QLabel;
class QVBoxLayout;

namespace lodestone::pages {

/// Remarks on a strategy with who and when, newest first.
class CommentsView : public QWidget {
  Q_OBJECT
 public:
  explicit CommentsView(QWidget* parent = nullptr);
  void setComments(const std::vector<project::Comment>& comments);

 private:
  void show();
  std::vector<project::Comment> comments_;
  QVBoxLayout* rows_;
  QLabel* none_;
};

}  // namespace lodestone::pages
