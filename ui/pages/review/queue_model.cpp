// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/queue_model.h"

#include <algorithm>
#include <array>

#include "core/campaign/generate.h"
#include "core/campaign/wording.h"
#include "ui/pages/review/review_data.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::StrategyState;

namespace {

constexpr std::array<StrategyState, 7> kOrder{StrategyState::InReview,         StrategyState::Draft,
                                              StrategyState::ChangesRequested, StrategyState::Approved,
                                              StrategyState::Exported,         StrategyState::Measured,
                                              StrategyState::Rejected};

}  // namespace

QueueModel::QueueModel(QObject* parent) : QAbstractListModel(parent) {}

bool QueueModel::fits(QueueFilter filter, StrategyState state) {
  switch (filter) {
    case QueueFilter::Waiting:
      return state == StrategyState::InReview;
    case QueueFilter::ChangesRequested:
      return state == StrategyState::ChangesRequested;
    case QueueFilter::Approved:
      return isApproved(state);
    case QueueFilter::All:
      break;
  }
  return true;
}

void QueueModel::arrange() {
  beginResetModel();
  rows_.clear();
  for (const StrategyState state : kOrder) {
    if (!fits(filter_, state)) continue;
    const std::size_t heading = rows_.size();
    for (std::size_t i = 0; i < strategies_.size(); ++i)
      if (strategies_[i].state == state) rows_.push_back({state, static_cast<int>(i), 0});
    const int count = static_cast<int>(rows_.size() - heading);
    if (count > 0) rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(heading), Row{state, -1, count});
  }
  endResetModel();
}

void QueueModel::setStrategies(std::vector<project::StrategyVersion> strategies) {
  strategies_ = std::move(strategies);
  arrange();
}

void QueueModel::setFilter(QueueFilter filter) {
  if (filter == filter_) return;
  filter_ = filter;
  arrange();
}

int QueueModel::countOf(QueueFilter filter) const {
  return static_cast<int>(std::count_if(strategies_.begin(), strategies_.end(),
                                        [&](const auto& each) { return fits(filter, each.state); }));
}

const project::StrategyVersion* QueueModel::strategy(const QString& id) const {
  const std::string wanted = words::toUtf8(id);
  for (const auto& each : strategies_)
    if (each.id == wanted) return &each;
  return nullptr;
}

int QueueModel::rowOf(const QString& id) const {
  const std::string wanted = words::toUtf8(id);
  for (std::size_t row = 0; row < rows_.size(); ++row)
    if (rows_[row].strategy >= 0 && strategies_[static_cast<std::size_t>(rows_[row].strategy)].id == wanted)
      return static_cast<int>(row);
  return -1;
}

bool QueueModel::isHeading(int row) const {
  return row >= 0 && row < static_cast<int>(rows_.size()) &&
         rows_[static_cast<std::size_t>(row)].strategy < 0;
}

QString QueueModel::waitingAfter(const QString& id) const {
  QStringList waiting;
  for (const auto& each : strategies_)
    if (each.state == StrategyState::InReview && words::toQt(each.id) != id) waiting << words::toQt(each.id);
  for (const QString& each : waiting)
    if (each > id) return each;
  return waiting.isEmpty() ? QString() : waiting.front();
}

void QueueModel::refresh() {
  if (!rows_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int QueueModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QString QueueModel::headingText(const Row& row) const {
  const QString number = words::count(row.count);
  switch (row.state) {
    case StrategyState::InReview:
      return tr("Waiting for review · %1").arg(number);
    case StrategyState::Draft:
      return tr("Drafts · %1").arg(number);
    case StrategyState::ChangesRequested:
      return tr("Changes requested · %1").arg(number);
    case StrategyState::Approved:
      return tr("Approved · %1").arg(number);
    case StrategyState::Exported:
      return tr("Exported · %1").arg(number);
    case StrategyState::Measured:
      return tr("Measured · %1").arg(number);
    case StrategyState::Rejected:
      return tr("Rejected · %1").arg(number);
  }
  return {};
}

QString QueueModel::caption(const project::StrategyVersion& strategy) const {
  const auto size = campaign::countField(campaign::field(strategy.content, "audience"), "size");
  const QString counted = tr("%Ln customer(s)", nullptr, static_cast<int>(size));
  if (strategy.state == StrategyState::InReview)
    return tr("%1 · sent by %2").arg(counted, words::toQt(strategy.submitted_by));
  if (!strategy.decided_by.empty())
    return tr("%1 · decided by %2").arg(counted, words::toQt(strategy.decided_by));
  return tr("%1 · written by %2").arg(counted, words::toQt(strategy.created_by));
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= static_cast<int>(rows_.size())) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (row.strategy < 0) {
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return headingText(row);
    if (role == HeadingRole) return true;
    return {};
  }
  const auto& strategy = strategies_[static_cast<std::size_t>(row.strategy)];
  const auto title = [&] { return words::toQt(campaign::strategyTitle(strategy, words::language())); };
  switch (role) {
    case Qt::DisplayRole:
      return words::toQt(strategy.id) + " " + title();
    case Qt::ToolTipRole:
      return title();
    case Qt::AccessibleTextRole:
      return words::toQt(strategy.id) + ", " + widgets::stateWord(widgets::stateOf(strategy.state)) + ", " +
             title();
    case IdRole:
      return words::toQt(strategy.id);
    case StateRole:
      return static_cast<int>(widgets::stateOf(strategy.state));
    case HeadingRole:
      return false;
    case CaptionRole:
      return caption(strategy);
    case TitleRole:
      return title();
    default:
      return {};
  }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  if (isHeading(index.row())) return Qt::ItemNeverHasChildren;
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

}  // namespace lodestone::pages
