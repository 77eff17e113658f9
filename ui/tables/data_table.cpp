// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpressionValidator>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/tables/column_header.h"
#include "ui/tables/data_table_parts.h"
#include "ui/tables/filter_bar.h"
#include "ui/tables/filter_editor.h"
#include "ui/tables/find_bar.h"
#include "ui/tables/table_parts.h"
#include "ui/tables/window_view.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr int kBusyAfterMs = 200;

}  // namespace

DataTable::DataTable(jobs::Jobs& jobs, QWidget* parent)
    : QWidget(parent), parts_(std::make_unique<Parts>(jobs)) {
  build();
  buildFooter();
  connectView();
  connectFilter();
  connectFind();
  buildActions();
  buildFilterActions();
  buildColumnActions();
  words::say(this, [this] { say(); });
}

DataTable::~DataTable() {
  // They live a little longer than Parts does, and have nothing to tell it any more.
  for (QObject* part : findChildren<QObject*>()) part->disconnect(this);
}

void DataTable::build() {
  Parts& my = *parts_;
  my.model = new WindowModel(my.jobs, this);
  my.view = new WindowView(this);
  my.view->setObjectName("dataTableView");
  my.header = new ColumnHeader(ColumnHeader::Detail::Profile, my.view);
  my.view->setColumnHeader(my.header);
  my.header->show();
  my.view->setModel(my.model);
  my.delegate = new DataDelegate(*my.model, my.view);
  my.view->setItemDelegate(my.delegate);
  my.view->setCornerButtonEnabled(false);
  my.view->verticalHeader()->show();
  my.view->verticalHeader()->setSectionsClickable(false);
  my.view->verticalHeader()->setHighlightSections(false);
  my.view->verticalHeader()->setObjectName("dataTableRowNumbers");
  setFocusProxy(my.view);
  my.filter_bar = new FilterBar(this);
  my.filter_editor = new FilterEditor(this);
  my.find_bar = new FindBar(this);
  my.busy_timer = new QTimer(this);
  my.busy_timer->setSingleShot(true);
  my.busy_timer->setInterval(kBusyAfterMs);
}

void DataTable::buildFooter() {
  Parts& my = *parts_;
  my.rows = theme::label(theme::Role::Caption, this);
  my.rows->setObjectName("dataTableRows");
  my.busy = theme::label(theme::Role::Caption, this);
  my.busy->setObjectName("dataTableBusy");
  my.busy->hide();
  my.go_label = theme::label(theme::Role::Caption, this);
  my.go = new QLineEdit(this);
  my.go->setObjectName("dataTableGoTo");
  my.go->setAlignment(Qt::AlignRight);
  my.go->setMaximumWidth(my.go->fontMetrics().horizontalAdvance(QStringLiteral("1000000000000")));
  my.go->setValidator(new QRegularExpressionValidator(QRegularExpression("[0-9][0-9,.' ]{0,20}"), my.go));
  my.go_label->setBuddy(my.go);
  auto* footer = new QHBoxLayout;
  footer->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  footer->setSpacing(theme::kSpace2);
  footer->addWidget(my.rows);
  footer->addWidget(my.busy);
  footer->addStretch();
  footer->addWidget(my.go_label);
  footer->addWidget(my.go);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addWidget(my.filter_bar);
  all->addWidget(my.filter_editor);
  all->addWidget(my.find_bar);
  all->addWidget(my.view, 1);
  all->addLayout(footer);
  connect(my.busy_timer, &QTimer::timeout, my.busy, &QLabel::show);
  connect(my.go, &QLineEdit::returnPressed, this, [this] {
    QString digits = parts_->go->text();
    goToRow(digits.remove(QRegularExpression("[^0-9]")).toLongLong());
    parts_->view->setFocus();
  });
}

void DataTable::connectView() {
  Parts& my = *parts_;
  connect(my.view, &WindowView::rowsInSight, my.model, &WindowModel::setVisible);
  connect(my.view, &WindowView::copyWanted, this, [this] { copySelection(); });
  connect(my.model, &WindowModel::failed, this, &DataTable::failed);
  connect(my.header, &QHeaderView::sectionClicked, this, [this](int column) {
    setCurrentColumn(column);
    cycleSort(column);
  });
  connect(my.header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
    if (parts_->fitting || width == 0) return;
    parts_->look.columns[columnName(column)].width = width;
    keepLook();
  });
  connect(my.header, &ColumnHeader::menuWanted, this, &DataTable::showColumnMenu);
  connect(my.view->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& now) {
            if (now.isValid()) setCurrentColumn(now.column());
          });
  connect(&theme::notifier(), &theme::Notifier::changed, this,
          [this] { parts_->view->viewport()->update(); });
}

void DataTable::say() {
  Parts& my = *parts_;
  my.view->setAccessibleName(tr("Rows of the table"));
  my.go_label->setText(tr("Go to row"));
  my.go->setAccessibleName(tr("Go to row"));
  my.go->setToolTip(tr("Go to row (Ctrl+G)"));
  sayRows();
  my.view->viewport()->update();
}

QAction* DataTable::addCommand(const char* name, const QKeySequence& keys, const std::function<void()>& run) {
  auto* action = new QAction(this);
  action->setObjectName(name);
  action->setShortcut(keys);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(action, &QAction::triggered, this, run);
  addAction(action);
  return action;
}

void DataTable::buildActions() {
  Parts& my = *parts_;
  // Copy's key is the view's own, so that it is not ambiguous where a page has it too.
  QAction* copy = addCommand("copyCells", {}, [this] { copySelection(); });
  QAction* copy_all = addCommand("copyCellsWithNames", QKeySequence("Ctrl+Shift+C"),
                                 [this] { copySelection(Headings::With); });
  my.sort_up =
      addCommand("sortUp", QKeySequence("Alt+Up"), [this] { sortCurrent(data::Direction::Ascending); });
  my.sort_down =
      addCommand("sortDown", QKeySequence("Alt+Down"), [this] { sortCurrent(data::Direction::Descending); });
  my.sort_none = addCommand("sortNone", QKeySequence("Alt+Left"), [this] { sortCurrent(std::nullopt); });
  my.go_to = addCommand("goToRow", QKeySequence("Ctrl+G"), [this] {
    parts_->go->setFocus();
    parts_->go->selectAll();
  });
  my.export_rows = addCommand("exportRows", QKeySequence("Ctrl+Shift+E"), [this] { exportRows(); });
  my.find = addCommand("findInTable", QKeySequence("Ctrl+F"), [this] { openFind(); });
  my.find_next = addCommand("findNextCell", QKeySequence("F3"), [this] { findNext(); });
  my.find_previous = addCommand("findPreviousCell", QKeySequence("Shift+F3"), [this] { findPrevious(); });
  my.view->setContextMenuPolicy(Qt::ActionsContextMenu);
  my.view->addActions({copy, copy_all});
  words::say(this, [=, this] {
    copy->setText(tr("Copy") + "\tCtrl+C");
    copy_all->setText(tr("Copy with column names"));
    parts_->sort_up->setText(tr("Sort by this column, smallest first"));
    parts_->sort_down->setText(tr("Sort by this column, largest first"));
    parts_->sort_none->setText(tr("Sort as in the table"));
    parts_->go_to->setText(tr("Go to row"));
    parts_->export_rows->setText(tr("Export the rows shown…"));
    parts_->find->setText(tr("Find in the table…"));
    parts_->find_next->setText(tr("Find the next cell"));
    parts_->find_previous->setText(tr("Find the previous cell"));
  });
}

QList<QAction*> DataTable::commands() const {
  const Parts& my = *parts_;
  return {my.find,        my.filter_column, my.filter_expression, my.filter_clear,
          my.export_rows, my.go_to,         my.freeze_none};
}

void DataTable::setTable(const std::shared_ptr<project::Project>& project, const data::TableName& table) {
  if (!project) {
    clear();
    return;
  }
  const bool same = parts_->project == project && parts_->table == table;
  parts_->project = project;
  if (!same) {
    parts_->profile = {};
    parts_->filter_editor->hide();
    endFind();
  }
  open(table, same ? sort() : std::nullopt, same ? filter() : data::RowFilter());
}

void DataTable::clear() {
  Parts& my = *parts_;
  my.opening.stop();
  my.copying.stop();
  my.exporting.stop();
  my.reading_values.stop();
  my.busy_timer->stop();
  my.busy->hide();
  my.project = nullptr;
  my.table = {};
  my.profile = {};
  my.look = {};
  my.colours.clear();
  endFind();
  my.find_bar->hide();
  my.filter_editor->hide();
  my.filter_bar->setFilter({}, 0, 0);
  my.delegate->setColours({});
  my.header->setColumns({});
  my.header->setSort(std::nullopt);
  my.header->setFiltered({});
  my.model->clear();
  my.current_column.clear();
  sayRows();
}

void DataTable::open(const data::TableName& table, const std::optional<data::SortOrder>& sort,
                     const data::RowFilter& filter) {
  const bool same = parts_->table == table;
  const bool filter_changed = same && !(filter == this->filter());
  parts_->busy->setText(filter_changed ? tr("Filtering…")
                        : sort         ? tr("Sorting by %1…").arg(words::toQt(sort->column))
                                       : tr("Reading…"));
  parts_->busy_timer->start();
  parts_->opening.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = parts_->project, table, sort, filter](JobContext& job) -> Result<Opened> {
        const auto database = project->tables();
        if (!database) return forward(database);
        auto window = data::RowWindow::open(**database, table, sort, filter, job);
        // The columns that it was sorted and filtered by may be gone from a table that was replaced.
        if (!window && window.error().code == ErrorCode::NotFound && (sort || !filter.empty()))
          window = data::RowWindow::open(**database, table, std::nullopt, job);
        if (!window) return forward(window);
        auto shared = std::make_shared<const data::RowWindow>(std::move(*window));
        auto rows = shared->read(**database, 0, WindowModel::kPageRows, job);
        if (!rows) return forward(rows);
        return Opened{shared, std::move(*rows)};
      },
      [this, table, filter_changed](Result<Opened> opened) {
        parts_->busy_timer->stop();
        parts_->busy->hide();
        if (opened)
          showOpened(table, std::move(*opened));
        else
          openFailed(opened.error(), filter_changed);
      });
}

void DataTable::openFailed(const Error& error, bool filter_changed) {
  if (error.code == ErrorCode::Cancelled) return;
  parts_->header->setSort(sort());
  if (filter_changed && parts_->filter_editor->isVisible())
    parts_->filter_editor->showError(words::said(error));
  else
    Q_EMIT failed(error);
}

void DataTable::showOpened(const data::TableName& table, Opened opened) {
  Parts& my = *parts_;
  const data::RowWindow* old = my.model->window();
  const auto& columns = opened.window->info().columns;
  const bool same_table = old != nullptr && my.table == table;
  const bool same_columns =
      same_table &&
      std::equal(old->info().columns.begin(), old->info().columns.end(), columns.begin(), columns.end(),
                 [](const auto& a, const auto& b) { return a.name == b.name && a.type == b.type; });
  const bool refiltered = same_table && !(old->filter() == opened.window->filter());
  my.table = table;
  if (!same_columns) {
    my.header->setColumns(columns);
    my.filter_editor->setColumns(columns);
  }
  my.header->setSort(opened.window->sort());
  my.model->adopt(my.project, opened.window, std::move(opened.first_rows));
  if (same_columns)
    growColumns();
  else
    fitColumns();
  my.header->setProfile(my.profile);
  QSet<QString> filtered;
  for (const data::Condition& condition : opened.window->filter().conditions)
    filtered.insert(words::toQt(condition.column));
  my.header->setFiltered(filtered);
  my.filter_bar->setFilter(opened.window->filter(), rows(), opened.window->tableRows());
  if (refiltered && my.filter_editor->isVisible()) {
    my.filter_editor->close();
    my.view->setFocus();
  }
  restoreCurrent(columns);
  sayRows();
  if (!my.sought.text.empty()) startFind(data::Way::HereOrNext);
  Q_EMIT shown(rows());
}

void DataTable::restoreCurrent(const std::vector<data::ColumnInfo>& columns) {
  Parts& my = *parts_;
  int current = columnPlace(my.current_column);
  if (current < 0) my.current_column.clear();
  for (int column = 0; current < 0 && column < static_cast<int>(columns.size()); ++column)
    if (!my.view->isColumnHidden(column)) current = column;
  if (my.model->rowCount() > 0)
    my.view->selectionModel()->setCurrentIndex(my.model->index(0, std::max(0, current)),
                                               QItemSelectionModel::NoUpdate);
  my.view->scrollToTop();
  setCurrentColumn(current);
}

void DataTable::setProfile(const data::TableProfile& profile) {
  parts_->profile = profile;
  parts_->header->setProfile(profile);
}

void DataTable::expectProfile(bool expected) {
  parts_->header->setRoom(expected ? ColumnHeader::Room::ForProfile : ColumnHeader::Room::OneLine);
}

std::int64_t DataTable::rows() const {
  return parts_->model->tableRows();
}

std::int64_t DataTable::tableRows() const {
  const data::RowWindow* window = parts_->model->window();
  return window == nullptr ? 0 : window->tableRows();
}

QString DataTable::currentColumn() const {
  return parts_->current_column;
}

void DataTable::setCurrentColumn(int column) {
  const QString name = columnName(column);
  parts_->header->setCurrentColumn(column);
  if (name == parts_->current_column) return;
  parts_->current_column = name;
  parts_->find_bar->setColumn(name);
  Q_EMIT columnSelected(name);
}

void DataTable::selectColumn(const QString& column) {
  const int place = columnPlace(column);
  if (place < 0) return;
  hideColumn(column, false);
  const QModelIndex now = parts_->view->currentIndex();
  const QModelIndex next = parts_->model->index(std::max(0, now.row()), place);
  if (next.isValid()) parts_->view->selectionModel()->setCurrentIndex(next, QItemSelectionModel::NoUpdate);
  setCurrentColumn(place);
}

void DataTable::cycleSort(int column) {
  const std::string name = words::toUtf8(columnName(column));
  const auto now = sort();
  if (!now || now->column != name)
    sortBy(data::SortOrder{name, data::Direction::Ascending});
  else if (now->direction == data::Direction::Ascending)
    sortBy(data::SortOrder{name, data::Direction::Descending});
  else
    sortBy(std::nullopt);
}

void DataTable::sortCurrent(std::optional<data::Direction> direction) {
  const std::string column = words::toUtf8(currentColumn());
  if (!direction || column.empty())
    sortBy(std::nullopt);
  else
    sortBy(data::SortOrder{column, *direction});
}

void DataTable::sortBy(const std::optional<data::SortOrder>& sort) {
  if (!parts_->project || parts_->model->window() == nullptr) return;
  parts_->header->setSort(sort);
  open(parts_->table, sort, filter());
}

std::optional<data::SortOrder> DataTable::sort() const {
  const data::RowWindow* window = parts_->model->window();
  return window == nullptr ? std::nullopt : window->sort();
}

void DataTable::setFilter(const data::RowFilter& filter) {
  if (!parts_->project || parts_->model->window() == nullptr) return;
  open(parts_->table, sort(), filter);
}

data::RowFilter DataTable::filter() const {
  const data::RowWindow* window = parts_->model->window();
  return window == nullptr ? data::RowFilter() : window->filter();
}

void DataTable::goToRow(qint64 row) {
  if (parts_->model->window() == nullptr || rows() == 0) return;
  const int column = std::max(0, parts_->view->currentIndex().column());
  const QModelIndex index = parts_->model->index(parts_->model->reach(row - 1), column);
  parts_->view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
  parts_->view->scrollTo(index, QAbstractItemView::PositionAtCenter);
  sayRows();
}

void DataTable::sayRows() {
  const WindowModel& model = *parts_->model;
  parts_->go->setEnabled(model.window() != nullptr && rows() > 0);
  if (model.window() == nullptr) {
    parts_->rows->clear();
    return;
  }
  QString text =
      filter().empty()
          ? tr("%1 rows × %2 columns").arg(words::count(rows()), words::count(model.columnCount()))
          : tr("%1 of %2 rows × %3 columns")
                .arg(words::count(rows()), words::count(tableRows()), words::count(model.columnCount()));
  if (const auto hidden = hiddenColumns().size(); hidden > 0)
    text += " · " + tr("%1 columns hidden").arg(words::count(hidden));
  if (!model.holdsAll())
    text += " · " + tr("rows %1 to %2 are listed here: go to a row to list others")
                        .arg(words::count(model.base() + 1), words::count(model.base() + model.mostRows()));
  parts_->rows->setText(text);
}

void DataTable::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && parts_->find_bar->isVisible()) {
    parts_->find_bar->close();
    return;
  }
  QWidget::keyPressEvent(event);
}

}  // namespace lodestone::tables
