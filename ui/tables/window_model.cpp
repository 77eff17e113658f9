// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/window_model.h"

#include <algorithm>

#include "ui/tables/cells.h"
#include "ui/words/words.h"

namespace lodestone::tables {

WindowModel::WindowModel(jobs::Jobs& jobs, QObject* parent, std::int64_t most_rows)
    : QAbstractTableModel(parent), most_rows_(most_rows), jobs_(jobs), reading_(jobs) {
  growing_.setInterval(0);
  connect(&growing_, &QTimer::timeout, this, [this] { grow(rows_ + kRowsATurn); });
}

WindowModel::~WindowModel() = default;

void WindowModel::adopt(std::shared_ptr<project::Project> project,
                        std::shared_ptr<const data::RowWindow> window, CellRows first_rows) {
  reading_.stop();
  beginResetModel();
  project_ = std::move(project);
  window_ = std::move(window);
  pages_.clear();
  base_ = 0;
  rows_ = static_cast<int>(std::min(mostRows(), kRowsATurn));
  visible_first_ = 0;
  visible_last_ = -1;
  broken_ = false;
  const auto last = (static_cast<std::int64_t>(first_rows.size()) - 1) / kPageRows;
  if (!first_rows.empty()) take({0, last}, std::move(first_rows));
  endResetModel();
  if (rows_ < mostRows())
    growing_.start();
  else
    growing_.stop();
}

void WindowModel::grow(std::int64_t rows) {
  rows = std::min(rows, mostRows());
  if (rows == mostRows()) growing_.stop();
  if (rows <= rows_) return;
  beginInsertRows({}, rows_, static_cast<int>(rows) - 1);
  rows_ = static_cast<int>(rows);
  endInsertRows();
}

void WindowModel::clear() {
  adopt(nullptr, nullptr, {});
}

int WindowModel::reach(std::int64_t table_row) {
  table_row = std::clamp<std::int64_t>(table_row, 0, std::max<std::int64_t>(0, tableRows() - 1));
  if (table_row < base_ || table_row >= base_ + rows_) grow(mostRows());
  if (table_row < base_ || table_row >= base_ + rows_) {
    beginResetModel();
    base_ = std::clamp<std::int64_t>(table_row - most_rows_ / 2, 0,
                                     std::max<std::int64_t>(0, tableRows() - rows_));
    visible_last_ = -1;
    endResetModel();
  }
  return static_cast<int>(table_row - base_);
}

void WindowModel::setVisible(int first, int last) {
  visible_first_ = std::max(0, first);
  visible_last_ = std::min(last, rows_ - 1);
  if (!reading_.running()) readNext();
}

/// The pages in sight, and one more in either direction once those are there.
WindowModel::Range WindowModel::missing() const {
  if (!window_ || visible_last_ < visible_first_) return {};
  const std::int64_t last_page = (tableRows() - 1) / kPageRows;
  const std::int64_t first = (base_ + visible_first_) / kPageRows;
  const std::int64_t last = (base_ + visible_last_) / kPageRows;
  Range range{last + 1, first - 1};
  for (std::int64_t page = first; page <= last; ++page)
    if (!pages_.contains(page)) {
      range.first_page = std::min(range.first_page, page);
      range.last_page = std::max(range.last_page, page);
    }
  if (range.first_page <= range.last_page) return range;
  if (last < last_page && !pages_.contains(last + 1)) return {last + 1, last + 1};
  if (first > 0 && !pages_.contains(first - 1)) return {first - 1, first - 1};
  return {};
}

void WindowModel::readNext() {
  const Range wanted = missing();
  if (broken_ || wanted.first_page > wanted.last_page) return;
  reading_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = project_, window = window_, wanted](JobContext& job) -> Result<CellRows> {
        const auto database = project->tables();
        if (!database) return forward(database);
        return window->read(**database, wanted.first_page * kPageRows,
                            (wanted.last_page - wanted.first_page + 1) * kPageRows, job);
      },
      [this, wanted](Result<CellRows> rows) {
        if (!rows) {
          if (rows.error().code == ErrorCode::Cancelled) return;
          broken_ = true;
          Q_EMIT failed(rows.error());
          return;
        }
        take(wanted, std::move(*rows));
        const std::int64_t first = std::max<std::int64_t>(0, wanted.first_page * kPageRows - base_);
        const std::int64_t last =
            std::min<std::int64_t>(rows_, (wanted.last_page + 1) * kPageRows - base_) - 1;
        if (first <= last)
          Q_EMIT dataChanged(index(static_cast<int>(first), 0),
                             index(static_cast<int>(last), columnCount() - 1));
        readNext();
      });
}

void WindowModel::take(const Range& pages, CellRows rows) {
  auto next = rows.begin();
  for (std::int64_t page = pages.first_page; page <= pages.last_page; ++page) {
    const auto count = std::min<std::int64_t>(kPageRows, rows.end() - next);
    pages_.put(page, CellRows(std::make_move_iterator(next), std::make_move_iterator(next + count)));
    next += count;
  }
}

const std::vector<Json>* WindowModel::cells(int row) const {
  const std::int64_t at = base_ + row;
  const CellRows* page = pages_.find(at / kPageRows);
  if (page == nullptr) return nullptr;
  const auto in_page = static_cast<std::size_t>(at % kPageRows);
  return in_page < page->size() ? &(*page)[in_page] : nullptr;
}

int WindowModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : rows_;
}

int WindowModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() || !window_ ? 0 : static_cast<int>(window_->info().columns.size());
}

QVariant WindowModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto column = static_cast<std::size_t>(index.column());
  const data::ColumnInfo& info = window_->info().columns[column];
  const std::vector<Json>* row = cells(index.row());
  return row == nullptr ? pendingData(info, role) : cellData(row->at(column), info, role);
}

QVariant WindowModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical) {
    if (role == Qt::DisplayRole) return words::count(base_ + section + 1);
    return role == Qt::TextAlignmentRole ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                         : QVariant();
  }
  if (section < 0 || section >= columnCount() || role != Qt::DisplayRole) return {};
  return words::toQt(window_->info().columns[static_cast<std::size_t>(section)].name);
}

}  // namespace lodestone::tables
