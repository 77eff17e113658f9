// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <vector>

#include "core/project/strategy_records.h"

namespace lodestone::pages {

enum class QueueFilter { Waiting, ChangesRequested, Approved, All };

/// Strategies by state, what waits for review first, a heading above each group. Headings cannot be selected.
class QueueModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Roles { IdRole = Qt::UserRole + 1, StateRole, HeadingRole, CaptionRole, TitleRole };

  explicit QueueModel(QObject* parent = nullptr);
  void setStrategies(std::vector<project::StrategyVersion> strategies);
  void setFilter(QueueFilter filter);
  QueueFilter filter() const { return filter_; }
  /// How many a filter shows.
  int countOf(QueueFilter filter) const;
  const std::vector<project::StrategyVersion>& strategies() const { return strategies_; }
  const project::StrategyVersion* strategy(const QString& id) const;
  /// -1: not shown.
  int rowOf(const QString& id) const;
  bool isHeading(int row) const;
  /// The one that waits for review after this one, from the top again at the end; empty: none but this.
  QString waitingAfter(const QString& id) const;
  /// Says all again: language, or the time that has passed.
  void refresh();

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  struct Row {
    project::StrategyState state = project::StrategyState::Draft;
    int strategy = -1;  ///< -1: the group's heading
    int count = 0;
  };
  static bool fits(QueueFilter filter, project::StrategyState state);
  QString headingText(const Row& row) const;
  QString caption(const project::StrategyVersion& strategy) const;
  void arrange();

  std::vector<project::StrategyVersion> strategies_;
  std::vector<Row> rows_;
  QueueFilter filter_ = QueueFilter::All;
};

}  // namespace lodestone::pages
