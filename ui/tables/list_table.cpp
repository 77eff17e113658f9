// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/list_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>

#include "ui/tables/list_rows.h"
#include "ui/tables/table_parts.h"
#include "ui/theme/theme.h"

namespace lodestone::tables {
namespace {

constexpr int kWidestColumn = 360;

}  // namespace

ListTable::ListTable(QWidget* parent) : QTableView(parent), rows_(new Rows(this)) {
  setUpView(*this, theme::kRowHeight);
  setModel(rows_);
  setItemDelegate(new StateDelegate(Rows::StateRole, this));
  setSelectionBehavior(SelectRows);
  setSelectionMode(ExtendedSelection);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSortIndicatorClearable(true);
  horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  setSortingEnabled(true);
  connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { tellCurrent(); });
  connect(rows_, &QAbstractItemModel::modelReset, this, [this] { tellCurrent(); });
  // Enter comes as a key, so that it does not depend on what the platform calls activation.
  connect(this, &QAbstractItemView::doubleClicked, this,
          [this](const QModelIndex& index) { Q_EMIT opened(rows_->id(index.row())); });
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { viewport()->update(); });
}

ListTable::~ListTable() = default;

void ListTable::setColumns(const std::vector<ListColumn>& columns) {
  const bool other = static_cast<int>(columns.size()) != rows_->columnCount();
  rows_->setColumns(columns);
  if (!other) {
    // The same columns in another language, perhaps with longer names.
    QHeaderView* header = horizontalHeader();
    for (int column = 0; widths_fit_ && column < rows_->columnCount(); ++column)
      if (header->sectionSize(column) < header->sectionSizeHint(column))
        header->resizeSection(column, header->sectionSizeHint(column));
    return;
  }
  widths_fit_ = false;
  const bool text_at_end = !columns.empty() && columns.back().kind == ListColumn::Kind::Text;
  horizontalHeader()->setStretchLastSection(text_at_end);
}

void ListTable::setRows(const std::vector<ListRow>& rows) {
  const QStringList selected = selectedIds();
  const QString current = currentId();
  const int top = verticalScrollBar()->value();
  const int left = horizontalScrollBar()->value();
  restoring_ = true;
  rows_->setRows(rows);
  restore(selected, current);
  restoring_ = false;
  if (!widths_fit_ && !rows.empty()) {
    widths_fit_ = true;
    resizeColumnsToContents();
  } else {
    // A state is a word that changes while one looks, and is read as a whole.
    for (int column = 0; column < rows_->columnCount(); ++column)
      if (rows_->kind(column) == ListColumn::Kind::State && columnWidth(column) < sizeHintForColumn(column))
        setColumnWidth(column, sizeHintForColumn(column));
  }
  verticalScrollBar()->setValue(top);
  horizontalScrollBar()->setValue(left);
  tellCurrent();
}

void ListTable::restore(const QStringList& selected, const QString& current) {
  if (currentId() == current && selectedIds() == selected) return;
  QItemSelection selection;
  for (const QString& id : selected)
    if (const int row = rows_->rowOf(id); row >= 0)
      selection.select(rows_->index(row, 0), rows_->index(row, rows_->columnCount() - 1));
  const int row = current.isEmpty() ? -1 : rows_->rowOf(current);
  selectionModel()->setCurrentIndex(row < 0 ? QModelIndex() : rows_->index(row, 0),
                                    QItemSelectionModel::NoUpdate);
  selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

QString ListTable::currentId() const {
  return rows_->id(currentIndex().row());
}

QStringList ListTable::selectedIds() const {
  std::vector<int> shown;
  for (const QModelIndex& index : selectionModel()->selectedRows()) shown.push_back(index.row());
  std::sort(shown.begin(), shown.end());
  QStringList ids;
  for (const int row : shown) ids.push_back(rows_->id(row));
  return ids;
}

void ListTable::selectId(const QString& id) {
  const int row = rows_->rowOf(id);
  if (row < 0) {
    selectionModel()->clear();
    tellCurrent();
    return;
  }
  const QModelIndex index = rows_->index(row, std::max(0, currentIndex().column()));
  selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  scrollTo(index);
}

void ListTable::tellCurrent() {
  if (restoring_) return;
  const QString id = currentId();
  if (id == told_) return;
  told_ = id;
  Q_EMIT currentIdChanged(id);
}

void ListTable::copySelection() const {
  const QStringList ids = selectedIds();
  if (ids.isEmpty()) return;
  QStringList lines;
  QStringList cells;
  for (int column = 0; column < rows_->columnCount(); ++column)
    cells.push_back(onOneLine(rows_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()));
  lines.push_back(cells.join('\t'));
  for (const QString& id : ids) {
    cells.clear();
    for (int column = 0; column < rows_->columnCount(); ++column)
      cells.push_back(onOneLine(rows_->index(rows_->rowOf(id), column).data().toString()));
    lines.push_back(cells.join('\t'));
  }
  QGuiApplication::clipboard()->setText(lines.join('\n') + '\n');
}

void ListTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    copySelection();
    event->accept();
    return;
  }
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
      event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
    Q_EMIT opened(currentId());
    event->accept();
    return;
  }
  QTableView::keyPressEvent(event);
}

bool ListTable::viewportEvent(QEvent* event) {
  return showCutText(*this, event) || QTableView::viewportEvent(event);
}

int ListTable::sizeHintForColumn(int column) const {
  return std::min(kWidestColumn, QTableView::sizeHintForColumn(column) + theme::kSpace3);
}

}  // namespace lodestone::tables
