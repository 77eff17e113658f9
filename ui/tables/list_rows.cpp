// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/list_rows.h"

#include <QCollator>
#include <algorithm>
#include <numeric>

namespace lodestone::tables {
namespace {

/// Below, equal or above zero, as the cells compare: numbers as numbers, text as people sort it.
int compared(const QVariant& left, const QVariant& right, const QCollator& collator) {
  if (left.typeId() == QMetaType::QString || right.typeId() == QMetaType::QString)
    return collator.compare(left.toString(), right.toString());
  const QPartialOrdering order = QVariant::compare(left, right);
  if (order == QPartialOrdering::Less) return -1;
  return order == QPartialOrdering::Greater ? 1 : 0;
}

/// Nothing to sort by: at the end in either direction.
bool isNothing(const QVariant& value) {
  if (!value.isValid() || value.isNull()) return true;
  if (value.typeId() == QMetaType::Double) return qIsNaN(value.toDouble());
  return value.typeId() == QMetaType::QString && value.toString().isEmpty();
}

}  // namespace

void ListTable::Rows::setColumns(const std::vector<ListColumn>& columns) {
  if (columns.size() == columns_.size()) {
    columns_ = columns;
    if (!columns.empty()) Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    return;
  }
  beginResetModel();
  columns_ = columns;
  rows_.clear();
  order_.clear();
  sort_column_ = -1;
  endResetModel();
}

void ListTable::Rows::setRows(const std::vector<ListRow>& rows) {
  const std::vector<std::size_t> order = sorted(rows);
  bool same_ids = order.size() == order_.size();
  for (std::size_t i = 0; same_ids && i < order.size(); ++i)
    same_ids = rows[order[i]].id == rows_[order_[i]].id;
  if (same_ids) {
    rows_ = rows;
    order_ = order;
    if (!rows.empty() && !columns_.empty())
      Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    return;
  }
  beginResetModel();
  rows_ = rows;
  order_ = order;
  endResetModel();
}

QString ListTable::Rows::id(int row) const {
  return row < 0 || row >= rowCount() ? QString() : rows_[order_[static_cast<std::size_t>(row)]].id;
}

int ListTable::Rows::rowOf(const QString& id) const {
  for (std::size_t i = 0; i < order_.size(); ++i)
    if (rows_[order_[i]].id == id) return static_cast<int>(i);
  return -1;
}

ListColumn::Kind ListTable::Rows::kind(int column) const {
  return columns_.at(static_cast<std::size_t>(column)).kind;
}

int ListTable::Rows::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int ListTable::Rows::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

const ListCell* ListTable::Rows::cell(const ListRow& row, int column) const {
  const auto at = static_cast<std::size_t>(column);
  return at < row.cells.size() ? &row.cells[at] : nullptr;
}

QVariant ListTable::Rows::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue(
        Qt::AlignVCenter |
        (kind(index.column()) == ListColumn::Kind::Number ? Qt::AlignRight : Qt::AlignLeft));
  const ListCell* at = cell(rows_[order_[static_cast<std::size_t>(index.row())]], index.column());
  if (at == nullptr) return {};
  if (role == Qt::DisplayRole) return at->text;
  if (role == Qt::ToolTipRole && !at->tooltip.isEmpty()) return at->tooltip;
  if (role == StateRole && kind(index.column()) == ListColumn::Kind::State) return at->state;
  return {};
}

QVariant ListTable::Rows::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const ListColumn& column = columns_[static_cast<std::size_t>(section)];
  if (role == Qt::DisplayRole) return column.title;
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue(Qt::AlignVCenter |
                               (column.kind == ListColumn::Kind::Number ? Qt::AlignRight : Qt::AlignLeft));
  return {};
}

std::vector<std::size_t> ListTable::Rows::sorted(const std::vector<ListRow>& rows) const {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (sort_column_ < 0) return order;
  std::vector<QVariant> keys;
  keys.reserve(rows.size());
  for (const ListRow& row : rows) {
    const ListCell* at = cell(row, sort_column_);
    keys.push_back(at == nullptr ? QVariant() : at->sort.isValid() ? at->sort : QVariant(at->text));
  }
  QCollator collator;
  collator.setNumericMode(true);
  collator.setCaseSensitivity(Qt::CaseInsensitive);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (isNothing(keys[a]) || isNothing(keys[b])) return !isNothing(keys[a]) && isNothing(keys[b]);
    const int way = compared(keys[a], keys[b], collator);
    return sort_order_ == Qt::AscendingOrder ? way < 0 : way > 0;
  });
  return order;
}

void ListTable::Rows::sort(int column, Qt::SortOrder order) {
  sort_column_ = column < columnCount() ? column : -1;
  sort_order_ = order;
  Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
  const std::vector<std::size_t> before = order_;
  order_ = sorted(rows_);
  std::vector<int> shown_at(order_.size());
  for (std::size_t i = 0; i < order_.size(); ++i) shown_at[order_[i]] = static_cast<int>(i);
  QModelIndexList to;
  const QModelIndexList from = persistentIndexList();
  for (const QModelIndex& at : from)
    to.push_back(index(shown_at[before[static_cast<std::size_t>(at.row())]], at.column()));
  changePersistentIndexList(from, to);
  Q_EMIT layoutChanged({}, VerticalSortHint);
}

}  // namespace lodestone::tables
