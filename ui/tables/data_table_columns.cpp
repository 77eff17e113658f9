// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QMenu>

#include "core/data/column_values.h"
#include "ui/tables/column_header.h"
#include "ui/tables/data_table_parts.h"
#include "ui/tables/table_parts.h"
#include "ui/tables/window_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

// What DataTable does about its columns: their widths, order of freezing, colours, and their menu.
namespace lodestone::tables {
namespace {

constexpr std::size_t kCategories = 6;

}  // namespace

QString DataTable::columnName(int column) const {
  return column < 0 ? QString()
                    : parts_->model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
}

int DataTable::columnPlace(const QString& name) const {
  if (name.isEmpty()) return -1;
  for (int column = 0; column < parts_->model->columnCount(); ++column)
    if (columnName(column) == name) return column;
  return -1;
}

// --- what the user chose, kept for each table ---

QString DataTable::lookKey() const {
  const QString folder = words::toQt(parts_->project->folder().string());
  return folder + "\n" + words::toQt(parts_->table.schema + "." + parts_->table.name);
}

void DataTable::keepLook() {
  if (parts_->project) parts_->looks.keep(lookKey(), parts_->look);
}

QVariantMap DataTable::saveState() const {
  return parts_->looks.save();
}

void DataTable::restoreState(const QVariantMap& state) {
  parts_->looks.restore(state);
  if (parts_->model->window() != nullptr) fitColumns();
}

void DataTable::fitColumns() {
  Parts& my = *parts_;
  const int digits = static_cast<int>(words::count(std::max<std::int64_t>(tableRows(), 100)).size());
  my.view->verticalHeader()->setFixedWidth(
      my.view->fontMetrics().horizontalAdvance(QString(digits, QChar('0'))) + 2 * theme::kSpace2);
  my.fitting = true;
  // Those of the table before are hidden by their places.
  for (int column = 0; column < my.model->columnCount(); ++column) my.view->setColumnHidden(column, false);
  my.view->resizeColumnsToContents();
  my.fitting = false;
  my.look = my.looks.of(lookKey());
  applyLook();
}

void DataTable::applyLook() {
  Parts& my = *parts_;
  my.fitting = true;
  my.colours.clear();
  for (int column = 0; column < my.model->columnCount(); ++column) {
    const ColumnLook look = my.look.columns.value(columnName(column));
    my.view->setColumnHidden(column, look.hidden);
    if (look.width > 0 && !look.hidden) my.view->setColumnWidth(column, look.width);
    if (look.coloured) readRange(columnName(column));
  }
  my.fitting = false;
  my.view->setFrozenColumns(my.look.frozen);
  updateColours();
}

/// Other rows came first with a sort, and may need more room; columns that the user has sized stay.
void DataTable::growColumns() {
  Parts& my = *parts_;
  my.fitting = true;
  for (int column = 0; column < my.model->columnCount(); ++column) {
    const int before = my.view->columnWidth(column);
    if (before == 0 || my.look.columns.value(columnName(column)).width > 0) continue;
    my.view->resizeColumnToContents(column);
    if (my.view->columnWidth(column) < before) my.view->setColumnWidth(column, before);
  }
  my.fitting = false;
}

void DataTable::hideColumn(const QString& column, bool hidden) {
  Parts& my = *parts_;
  const int place = columnPlace(column);
  if (place < 0 || my.view->isColumnHidden(place) == hidden) return;
  if (hidden && hiddenColumns().size() + 1 == my.model->columnCount()) return;  // one stays
  my.fitting = true;
  my.view->setColumnHidden(place, hidden);
  if (!hidden && my.view->columnWidth(place) == 0) my.view->resizeColumnToContents(place);
  my.fitting = false;
  my.look.columns[column].hidden = hidden;
  keepLook();
  my.view->setFrozenColumns(my.look.frozen);
  if (hidden && column == currentColumn()) {
    int next = place;
    while (next < my.model->columnCount() && my.view->isColumnHidden(next)) ++next;
    if (next == my.model->columnCount())
      for (next = place; my.view->isColumnHidden(next);) --next;
    selectColumn(columnName(next));
  }
  sayRows();
}

QStringList DataTable::hiddenColumns() const {
  QStringList names;
  for (int column = 0; column < parts_->model->columnCount(); ++column)
    if (parts_->view->isColumnHidden(column)) names.push_back(columnName(column));
  return names;
}

void DataTable::freezeUpTo(const QString& column) {
  parts_->look.frozen = columnPlace(column) + 1;
  keepLook();
  parts_->view->setFrozenColumns(parts_->look.frozen);
}

// --- colours ---

void DataTable::colourByValue(const QString& column, bool coloured) {
  if (columnPlace(column) < 0) return;
  parts_->look.columns[column].coloured = coloured;
  keepLook();
  if (coloured) {
    readRange(column);
  } else {
    parts_->colours.remove(column);
    updateColours();
  }
}

void DataTable::updateColours() {
  QHash<int, ColumnColours> places;
  for (auto colours = parts_->colours.begin(); colours != parts_->colours.end(); ++colours)
    if (const int place = columnPlace(colours.key()); place >= 0) places[place] = *colours;
  parts_->delegate->setColours(places);
  parts_->view->viewport()->update();
}

void DataTable::takeColours(const QString& column, const ColumnColours& colours) {
  if (!parts_->look.columns.value(column).coloured) return;  // not any more
  parts_->colours[column] = colours;
  updateColours();
}

void DataTable::readRange(const QString& column) {
  Parts& my = *parts_;
  const int place = columnPlace(column);
  if (place < 0) return;
  const auto& info = my.model->window()->info().columns[static_cast<std::size_t>(place)];
  const bool numbers = alignsRight(cellKind(info.type));
  my.jobs.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = my.project, table = my.table, name = info.name,
       numbers](JobContext& job) -> Result<ColumnColours> {
        const auto database = project->tables();
        if (!database) return forward(database);
        ColumnColours colours;
        if (numbers) {
          auto range = data::usualRange(**database, table, name, job);
          if (!range) return forward(range);
          colours.range = *range;
          return colours;
        }
        const auto values = data::frequentValues(**database, table, name, kCategories, job);
        if (!values) return forward(values);
        for (const data::TopValue& value : *values)
          colours.categories.insert(words::toQt(value.value), static_cast<int>(colours.categories.size()));
        return colours;
      },
      [this, column, table = my.table](const Result<ColumnColours>& colours) {
        if (!(table == parts_->table)) return;
        if (colours)
          takeColours(column, *colours);
        else if (colours.error().code != ErrorCode::Cancelled)
          Q_EMIT failed(colours.error());
      });
}

// --- the menu ---

void DataTable::buildColumnActions() {
  Parts& my = *parts_;
  my.hide_column = addCommand("hideColumn", {}, [this] { hideColumn(currentColumn()); });
  my.freeze = addCommand("freezeUpToHere", {}, [this] { freezeUpTo(currentColumn()); });
  my.freeze_none = addCommand("freezeNone", {}, [this] { freezeUpTo({}); });
  my.colour = addCommand("colourByValue", {}, [this] {
    const QString column = currentColumn();
    colourByValue(column, !parts_->look.columns.value(column).coloured);
  });
  my.colour->setCheckable(true);
  my.copy_name =
      addCommand("copyColumnName", {}, [this] { QGuiApplication::clipboard()->setText(currentColumn()); });
  my.statistics = addCommand("columnStatistics", {}, [this] { Q_EMIT statisticsWanted(currentColumn()); });
  my.hidden_menu = new QMenu(this);
  my.column_menu = new QMenu(this);
  my.column_menu->setObjectName("columnMenu");
  my.column_menu->addActions({my.sort_up, my.sort_down, my.sort_none});
  my.column_menu->addSeparator();
  my.column_menu->addActions({my.filter_column, my.filter_expression, my.filter_clear});
  my.column_menu->addSeparator();
  my.column_menu->addAction(my.hide_column);
  my.column_menu->addMenu(my.hidden_menu);
  my.column_menu->addActions({my.freeze, my.freeze_none});
  my.column_menu->addAction(my.colour);
  my.column_menu->addSeparator();
  my.column_menu->addActions({my.copy_name, my.statistics});
  connect(my.column_menu, &QMenu::aboutToShow, this, &DataTable::fillColumnMenu);
  connect(my.hidden_menu, &QMenu::aboutToShow, this, &DataTable::fillHiddenMenu);
  my.view->addActions({my.filter_only, my.filter_without, my.column_menu->menuAction()});
  words::say(this, [this] {
    parts_->column_menu->setTitle(tr("Column"));
    parts_->hide_column->setText(tr("Hide this column"));
    parts_->hidden_menu->setTitle(tr("Shown columns"));
    parts_->freeze->setText(tr("Freeze up to this column"));
    parts_->freeze_none->setText(tr("Freeze no column"));
    parts_->colour->setText(tr("Colour by value"));
    parts_->copy_name->setText(tr("Copy the column's name"));
    parts_->statistics->setText(tr("Statistics of this column"));
  });
}

void DataTable::showColumnMenu(int column, const QPoint& global) {
  const QModelIndex now = parts_->view->currentIndex();
  const QModelIndex here = parts_->model->index(std::max(0, now.row()), column);
  if (here.isValid()) parts_->view->selectionModel()->setCurrentIndex(here, QItemSelectionModel::NoUpdate);
  setCurrentColumn(column);
  parts_->column_menu->popup(global);
}

void DataTable::fillColumnMenu() {
  Parts& my = *parts_;
  const QString column = currentColumn();
  const auto hidden = hiddenColumns().size();
  my.colour->setChecked(my.look.columns.value(column).coloured);
  widgets::enableOrSay(my.hide_column,
                       hidden + 1 < my.model->columnCount() ? QString() : tr("One column stays"));
}

void DataTable::fillHiddenMenu() {
  Parts& my = *parts_;
  my.hidden_menu->clear();
  auto* all = my.hidden_menu->addAction(tr("Show all columns"));
  all->setEnabled(!hiddenColumns().isEmpty());
  connect(all, &QAction::triggered, this, [this] {
    for (const QString& column : hiddenColumns()) hideColumn(column, false);
  });
  my.hidden_menu->addSeparator();
  for (int column = 0; column < my.model->columnCount(); ++column) {
    const QString name = columnName(column);
    QString shown = onOneLine(name);
    auto* action = my.hidden_menu->addAction(shown.replace("&", "&&"));
    action->setCheckable(true);
    action->setChecked(!my.view->isColumnHidden(column));
    connect(action, &QAction::triggered, this, [this, name](bool checked) { hideColumn(name, !checked); });
  }
}

}  // namespace lodestone::tables
