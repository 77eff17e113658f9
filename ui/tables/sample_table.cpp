// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/sample_table.h"

#include <QAbstractTableModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <algorithm>

#include "ui/tables/cells.h"
#include "ui/tables/column_header.h"
#include "ui/tables/table_parts.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr int kMostWidth = 280;

}  // namespace

class SampleTable::Sample : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void set(const std::vector<data::ColumnInfo>& columns, const std::vector<std::vector<Json>>& rows) {
    beginResetModel();
    columns_ = columns;
    rows_ = rows;
    endResetModel();
  }
  const std::vector<data::ColumnInfo>& columns() const { return columns_; }
  const Json* cell(const QModelIndex& index) const {
    const std::vector<Json>& row = rows_.at(static_cast<std::size_t>(index.row()));
    const auto column = static_cast<std::size_t>(index.column());
    return column < row.size() ? &row[column] : nullptr;
  }

  int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
  }
  int columnCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
  }
  QVariant data(const QModelIndex& index, int role) const override {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const data::ColumnInfo& column = columns_[static_cast<std::size_t>(index.column())];
    const Json* value = cell(index);
    return value == nullptr ? cellData(nullptr, column, role) : cellData(*value, column, role);
  }
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
      return {};
    return words::toQt(columns_[static_cast<std::size_t>(section)].name);
  }

 private:
  std::vector<data::ColumnInfo> columns_;
  std::vector<std::vector<Json>> rows_;
};

SampleTable::SampleTable(QWidget* parent)
    : QTableView(parent),
      sample_(new Sample(this)),
      header_(new ColumnHeader(ColumnHeader::Detail::NameAndType, this)) {
  setUpView(*this, theme::kTableRowHeight);
  setHorizontalHeader(header_);
  header_->show();
  setModel(sample_);
  setShowGrid(true);
  setSelectionMode(ContiguousSelection);
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { viewport()->update(); });
  connect(&words::notifier(), &words::Notifier::changed, this, [this] { viewport()->update(); });
}

SampleTable::~SampleTable() = default;

void SampleTable::setSample(const std::vector<data::ColumnInfo>& columns,
                            const std::vector<std::vector<Json>>& rows) {
  const auto& before = sample_->columns();
  const bool same = std::equal(before.begin(), before.end(), columns.begin(), columns.end(),
                               [](const auto& a, const auto& b) { return a.name == b.name; });
  sample_->set(columns, rows);
  header_->setColumns(columns);
  if (!same) resizeColumnsToContents();
}

void SampleTable::copySelection() const {
  const QItemSelection selection = selectionModel()->selection();
  if (selection.isEmpty()) return;
  const QItemSelectionRange range = selection.front();
  QStringList lines;
  QStringList cells;
  for (int column = range.left(); column <= range.right(); ++column)
    cells.push_back(onOneLine(sample_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()));
  lines.push_back(cells.join('\t'));
  for (int row = range.top(); row <= range.bottom(); ++row) {
    cells.clear();
    for (int column = range.left(); column <= range.right(); ++column) {
      const Json* value = sample_->cell(sample_->index(row, column));
      cells.push_back(value == nullptr ? QString() : copyText(*value));
    }
    lines.push_back(cells.join('\t'));
  }
  QGuiApplication::clipboard()->setText(lines.join('\n') + '\n');
}

void SampleTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    copySelection();
    event->accept();
    return;
  }
  QTableView::keyPressEvent(event);
}

bool SampleTable::viewportEvent(QEvent* event) {
  return showCutText(*this, event) || QTableView::viewportEvent(event);
}

int SampleTable::sizeHintForColumn(int column) const {
  return std::min(kMostWidth, QTableView::sizeHintForColumn(column) + theme::kSpace1);
}

}  // namespace lodestone::tables
