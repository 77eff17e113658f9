// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

#include "ui/pages/review/queue_model.h"

class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;

namespace lodestone::pages {

/// The strategies to decide on, with chips that filter them by state. Keeps the selection over
/// setStrategies().
class ReviewQueue : public QWidget {
  Q_OBJECT
 public:
  explicit ReviewQueue(QWidget* parent = nullptr);
  void setStrategies(std::vector<project::StrategyVersion> strategies);
  const QueueModel& model() const { return *model_; }
  QString currentId() const { return current_; }
  /// Shows all where the filter would hide it. An id that is not there selects the first.
  void select(const QString& id);
  void step(int by);  ///< down or up by that many, headings left out
  QueueFilter filter() const { return model_->filter(); }
  void setFilter(QueueFilter filter);
  QWidget* list() const;

 Q_SIGNALS:
  void currentChanged(const QString& id);

 private:
  void showChips();
  void makeCurrent(const QString& id);
  void restore();

  QueueModel* model_;
  QListView* list_;
  QStackedWidget* stack_;
  QLabel* none_;
  QPushButton* show_all_;
  std::array<QPushButton*, 4> chips_{};
  QString current_;
  bool restoring_ = false;
};

}  // namespace lodestone::pages
