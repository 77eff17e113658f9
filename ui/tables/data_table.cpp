// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSet>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/tables/cells.h"
#include "ui/tables/column_header.h"
#include "ui/tables/table_parts.h"
#include "ui/tables/window_model.h"
#include "ui/tables/window_view.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr std::int64_t kMostCopiedCells = 2'000'000;
constexpr std::int64_t kCopiedAtOnce = 4096;
constexpr std::int64_t kCopyShown = 20'000;  // rows: fewer are copied before a progress bar could be read
constexpr int kBusyAfterMs = 200;

constexpr Text kTooMuchToCopy{
    "{0} cells are too many to copy at once: up to {1}. Select fewer rows or columns.",
    "一次最多可复制 {1} 个单元格，当前选中 {0} 个。请减少所选的行或列。"};
constexpr Text kCopying{"Copying rows", "正在复制行"};

QString textOf(const CellRows& rows, int first_column, int last_column) {
  QString text;
  for (const std::vector<Json>& row : rows) {
    for (int column = first_column; column <= last_column; ++column) {
      if (column > first_column) text += '\t';
      text += copyText(row.at(static_cast<std::size_t>(column)));
    }
    text += '\n';
  }
  return text;
}

}  // namespace

struct DataTable::Opened {
  std::shared_ptr<const data::RowWindow> window;
  CellRows first_rows;
};

struct DataTable::Parts {
  explicit Parts(jobs::Jobs& all) : jobs(all), opening(all), copying(all) {}

  jobs::Jobs& jobs;
  jobs::Latest opening;
  jobs::Latest copying;
  std::shared_ptr<project::Project> project;
  data::TableName table;   // shown now
  QString current_column;  // by name: it stays over a sort
  data::TableProfile profile;
  WindowModel* model = nullptr;
  WindowView* view = nullptr;
  ColumnHeader* header = nullptr;
  QLabel* rows = nullptr;
  QLabel* busy = nullptr;
  QLabel* go_label = nullptr;
  QLineEdit* go = nullptr;
  QTimer* busy_timer = nullptr;
  QSet<int> sized_by_hand;  // columns
  bool fitting = false;
};

DataTable::DataTable(jobs::Jobs& jobs, QWidget* parent)
    : QWidget(parent), parts_(std::make_unique<Parts>(jobs)) {
  build();
  buildFooter();
  buildActions();
}

DataTable::~DataTable() = default;

void DataTable::build() {
  Parts& my = *parts_;
  my.model = new WindowModel(my.jobs, this);
  my.view = new WindowView(this);
  my.view->setObjectName("dataTableView");
  my.header = new ColumnHeader(ColumnHeader::Detail::Profile, my.view);
  my.view->setHorizontalHeader(my.header);
  my.header->show();
  my.view->setModel(my.model);
  my.view->setCornerButtonEnabled(false);
  my.view->verticalHeader()->show();
  my.view->verticalHeader()->setSectionsClickable(false);
  my.view->verticalHeader()->setHighlightSections(false);
  my.view->verticalHeader()->setObjectName("dataTableRowNumbers");
  setFocusProxy(my.view);
  my.busy_timer = new QTimer(this);
  my.busy_timer->setSingleShot(true);
  my.busy_timer->setInterval(kBusyAfterMs);

  connect(my.view, &WindowView::rowsInSight, my.model, &WindowModel::setVisible);
  connect(my.view, &WindowView::copyWanted, this, [this] { copySelection(); });
  connect(my.model, &WindowModel::failed, this, &DataTable::failed);
  connect(my.header, &QHeaderView::sectionClicked, this, [this](int column) {
    setCurrentColumn(column);
    cycleSort(column);
  });
  connect(my.header, &QHeaderView::sectionResized, this, [this](int column) {
    if (!parts_->fitting) parts_->sized_by_hand.insert(column);
  });
  connect(my.view->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& now) {
            if (now.isValid()) setCurrentColumn(now.column());
          });
  connect(&theme::notifier(), &theme::Notifier::changed, this,
          [this] { parts_->view->viewport()->update(); });
}

void DataTable::buildFooter() {
  Parts& my = *parts_;
  my.rows = theme::label(theme::Role::Caption, this);
  my.rows->setObjectName("dataTableRows");
  my.busy = theme::label(theme::Role::Caption, this);
  my.busy->setObjectName("dataTableBusy");
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
  all->addWidget(my.view, 1);
  all->addLayout(footer);
  connect(my.busy_timer, &QTimer::timeout, my.busy, &QLabel::show);
  connect(my.go, &QLineEdit::returnPressed, this, [this] {
    QString digits = parts_->go->text();
    goToRow(digits.remove(QRegularExpression("[^0-9]")).toLongLong());
    parts_->view->setFocus();
  });
  words::say(this, [this] {
    parts_->view->setAccessibleName(tr("Rows of the table"));
    parts_->go_label->setText(tr("Go to row"));
    parts_->go->setAccessibleName(tr("Go to row"));
    parts_->go->setToolTip(tr("Go to row (Ctrl+G)"));
    sayRows();
    parts_->view->viewport()->update();
  });
}

void DataTable::buildActions() {
  Parts& my = *parts_;
  const auto add = [&](const char* name, const QKeySequence& keys, const auto& run) {
    auto* action = new QAction(my.view);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    my.view->addAction(action);
    return action;
  };
  my.view->setContextMenuPolicy(Qt::ActionsContextMenu);
  // Copy's key is the view's own, so that it is not ambiguous where a page has it too.
  QAction* copy = add("copyCells", {}, [this] { copySelection(); });
  QAction* copy_all =
      add("copyCellsWithNames", QKeySequence("Ctrl+Shift+C"), [this] { copySelection(Headings::With); });
  const auto sort_current = [this](std::optional<data::Direction> direction) {
    const std::string column = words::toUtf8(currentColumn());
    if (!direction || column.empty())
      sortBy(std::nullopt);
    else
      sortBy(data::SortOrder{column, *direction});
  };
  QAction* up = add("sortUp", QKeySequence("Alt+Up"), [=] { sort_current(data::Direction::Ascending); });
  QAction* down =
      add("sortDown", QKeySequence("Alt+Down"), [=] { sort_current(data::Direction::Descending); });
  QAction* none = add("sortNone", QKeySequence("Alt+Left"), [=] { sort_current(std::nullopt); });
  QAction* go = new QAction(this);
  go->setShortcut(QKeySequence("Ctrl+G"));
  go->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(go, &QAction::triggered, this, [this] {
    parts_->go->setFocus();
    parts_->go->selectAll();
  });
  addAction(go);
  words::say(this, [=, this] {
    copy->setText(tr("Copy") + "\tCtrl+C");
    copy_all->setText(tr("Copy with column names"));
    up->setText(tr("Sort by this column, smallest first"));
    down->setText(tr("Sort by this column, largest first"));
    none->setText(tr("Sort as in the table"));
    go->setText(tr("Go to row"));
  });
}

void DataTable::setTable(const std::shared_ptr<project::Project>& project, const data::TableName& table) {
  if (!project) {
    clear();
    return;
  }
  const bool same = parts_->project == project && parts_->table == table;
  parts_->project = project;
  if (!same) parts_->profile = {};
  open(table, same ? sort() : std::nullopt);
}

void DataTable::clear() {
  parts_->opening.stop();
  parts_->copying.stop();
  parts_->busy_timer->stop();
  parts_->busy->hide();
  parts_->project = nullptr;
  parts_->table = {};
  parts_->profile = {};
  parts_->header->setColumns({});
  parts_->header->setSort(std::nullopt);
  parts_->model->clear();
  parts_->current_column.clear();
  sayRows();
}

void DataTable::open(const data::TableName& table, const std::optional<data::SortOrder>& sort) {
  parts_->busy->setText(sort ? tr("Sorting by %1…").arg(words::toQt(sort->column)) : tr("Reading…"));
  parts_->busy_timer->start();
  parts_->opening.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = parts_->project, table, sort](JobContext& job) -> Result<Opened> {
        const auto database = project->tables();
        if (!database) return forward(database);
        auto window = data::RowWindow::open(**database, table, sort, job);
        // The column that it was sorted by may be gone from a table that was replaced.
        if (!window && sort && window.error().code == ErrorCode::NotFound)
          window = data::RowWindow::open(**database, table, std::nullopt, job);
        if (!window) return forward(window);
        auto shared = std::make_shared<const data::RowWindow>(std::move(*window));
        auto rows = shared->read(**database, 0, WindowModel::kPageRows, job);
        if (!rows) return forward(rows);
        return Opened{shared, std::move(*rows)};
      },
      [this, table](Result<Opened> opened) {
        parts_->busy_timer->stop();
        parts_->busy->hide();
        if (opened) {
          showOpened(table, std::move(*opened));
        } else if (opened.error().code != ErrorCode::Cancelled) {
          parts_->header->setSort(this->sort());
          Q_EMIT failed(opened.error());
        }
      });
}

void DataTable::showOpened(const data::TableName& table, Opened opened) {
  Parts& my = *parts_;
  const auto same_columns = [&] {
    const data::RowWindow* old = my.model->window();
    if (old == nullptr || !(my.table == table)) return false;
    const auto& before = old->info().columns;
    const auto& after = opened.window->info().columns;
    return std::equal(before.begin(), before.end(), after.begin(), after.end(),
                      [](const auto& a, const auto& b) { return a.name == b.name && a.type == b.type; });
  }();
  my.table = table;
  if (!same_columns) my.header->setColumns(opened.window->info().columns);
  my.header->setSort(opened.window->sort());
  my.model->adopt(my.project, opened.window, std::move(opened.first_rows));
  if (same_columns)
    growColumns();
  else
    fitColumns();
  my.header->setProfile(my.profile);
  const auto& columns = opened.window->info().columns;
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& column) {
    return words::toQt(column.name) == my.current_column;
  });
  const int current =
      found == columns.end() ? (columns.empty() ? -1 : 0) : static_cast<int>(found - columns.begin());
  if (my.model->rowCount() > 0)
    my.view->selectionModel()->setCurrentIndex(my.model->index(0, std::max(0, current)),
                                               QItemSelectionModel::NoUpdate);
  if (found == columns.end()) my.current_column.clear();
  my.view->scrollToTop();
  setCurrentColumn(current);
  sayRows();
  Q_EMIT shown(rows());
}

void DataTable::fitColumns() {
  Parts& my = *parts_;
  const int digits = static_cast<int>(words::count(std::max<std::int64_t>(rows(), 100)).size());
  my.view->verticalHeader()->setFixedWidth(
      my.view->fontMetrics().horizontalAdvance(QString(digits, QChar('0'))) + 2 * theme::kSpace2);
  my.fitting = true;
  my.view->resizeColumnsToContents();
  my.fitting = false;
  my.sized_by_hand.clear();
}

/// Other rows came first with a sort, and may need more room; columns that the user has sized stay.
void DataTable::growColumns() {
  Parts& my = *parts_;
  my.fitting = true;
  for (int column = 0; column < my.model->columnCount(); ++column) {
    const int before = my.view->columnWidth(column);
    if (my.sized_by_hand.contains(column)) continue;
    my.view->resizeColumnToContents(column);
    if (my.view->columnWidth(column) < before) my.view->setColumnWidth(column, before);
  }
  my.fitting = false;
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

QString DataTable::currentColumn() const {
  return parts_->current_column;
}

void DataTable::setCurrentColumn(int column) {
  const QString name =
      column < 0 ? QString() : parts_->model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
  parts_->header->setCurrentColumn(column);
  if (name == parts_->current_column) return;
  parts_->current_column = name;
  Q_EMIT columnSelected(name);
}

void DataTable::selectColumn(const QString& column) {
  for (int i = 0; i < parts_->model->columnCount(); ++i) {
    if (parts_->model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString() != column) continue;
    const QModelIndex now = parts_->view->currentIndex();
    const QModelIndex next = parts_->model->index(std::max(0, now.row()), i);
    if (next.isValid()) parts_->view->selectionModel()->setCurrentIndex(next, QItemSelectionModel::NoUpdate);
    setCurrentColumn(i);
    return;
  }
}

void DataTable::cycleSort(int column) {
  const std::string name =
      words::toUtf8(parts_->model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
  const auto now = sort();
  if (!now || now->column != name)
    sortBy(data::SortOrder{name, data::Direction::Ascending});
  else if (now->direction == data::Direction::Ascending)
    sortBy(data::SortOrder{name, data::Direction::Descending});
  else
    sortBy(std::nullopt);
}

void DataTable::sortBy(const std::optional<data::SortOrder>& sort) {
  if (!parts_->project || parts_->model->window() == nullptr) return;
  parts_->header->setSort(sort);
  open(parts_->table, sort);
}

std::optional<data::SortOrder> DataTable::sort() const {
  const data::RowWindow* window = parts_->model->window();
  return window == nullptr ? std::nullopt : window->sort();
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
  QString text = tr("%1 rows × %2 columns").arg(words::count(rows()), words::count(model.columnCount()));
  if (!model.holdsAll())
    text += " · " + tr("rows %1 to %2 are listed here: go to a row to list others")
                        .arg(words::count(model.base() + 1), words::count(model.base() + model.rowCount()));
  parts_->rows->setText(text);
}

void DataTable::copySelection(Headings headings) {
  Parts& my = *parts_;
  const QItemSelection selection = my.view->selectionModel()->selection();
  QItemSelectionRange range =
      selection.isEmpty() ? QItemSelectionRange(my.view->currentIndex()) : selection.front();
  if (!range.isValid()) return;
  const std::int64_t count = range.height();
  if (count * range.width() > kMostCopiedCells) {
    Q_EMIT failed({ErrorCode::InvalidArgument,
                   kTooMuchToCopy,
                   {words::toUtf8(words::count(count * range.width())),
                    words::toUtf8(words::count(kMostCopiedCells))}});
    return;
  }
  QString names;
  if (headings == Headings::With) {
    QStringList list;
    for (int column = range.left(); column <= range.right(); ++column)
      list.push_back(onOneLine(my.model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()));
    names = list.join('\t') + '\n';
  }
  const auto put = [names, count, width = range.width(), headings](QString text) {
    // A single cell is pasted into a line of text more often than into a sheet.
    if (count == 1 && width == 1 && headings == Headings::Without) text.chop(1);
    QGuiApplication::clipboard()->setText(names + text);
  };
  CellRows here;
  for (int row = range.top(); row <= range.bottom() && std::ssize(here) < WindowModel::kPageRows; ++row)
    if (const auto* cells = my.model->cells(row)) here.push_back(*cells);
  if (std::ssize(here) == count) {
    put(textOf(here, range.left(), range.right()));
    return;
  }
  const std::int64_t begin = my.model->base() + range.top();
  const auto shown = count > kCopyShown ? jobs::Shown::Strip : jobs::Shown::Quiet;
  my.copying.start(
      this, {.title = tr("Copying %1 rows").arg(words::count(count)), .shown = shown},
      [project = my.project, window = my.model->sharedWindow(), begin, count, left = range.left(),
       right = range.right()](JobContext& job) -> Result<QString> {
        const auto database = project->tables();
        if (!database) return forward(database);
        QString text;
        for (std::int64_t done = 0; done < count; done += kCopiedAtOnce) {
          job.report(static_cast<double>(done) / static_cast<double>(count), kCopying);
          const auto rows =
              window->read(**database, begin + done, std::min(kCopiedAtOnce, count - done), job);
          if (!rows) return forward(rows);
          text += textOf(*rows, left, right);
        }
        return text;
      },
      [this, put](Result<QString> text) {
        if (text)
          put(std::move(*text));
        else if (text.error().code != ErrorCode::Cancelled)
          Q_EMIT failed(text.error());
      });
}

}  // namespace lodestone::tables
