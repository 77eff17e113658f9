// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/sql_console.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/data/table_export.h"
#include "ui/pages/data/sql_editor.h"
#include "ui/tables/sample_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kShownQuery = 120;  // characters of one in the list

}  // namespace

SqlConsole::SqlConsole(jobs::Jobs& jobs, QWidget* parent)
    : QWidget(parent), jobs_(jobs), reading_names_(jobs), running_(jobs), saving_(jobs) {
  setObjectName("sqlConsole");
  build();
  connectParts();
  words::say(this, [this] { say(); });
  enableActions();
}

SqlConsole::~SqlConsole() = default;

void SqlConsole::build() {
  splitter_ = new QSplitter(Qt::Vertical, this);
  splitter_->setObjectName("sqlSplitter");
  splitter_->setChildrenCollapsible(false);
  auto* below = new QWidget(splitter_);
  notice_ = new widgets::Notice(below);
  notice_->setObjectName("sqlNotice");
  places_ = new QStackedWidget(below);
  nothing_ = new widgets::EmptyState("search", places_);
  answer_ = new tables::SampleTable(places_);
  answer_->setObjectName("sqlAnswer");
  places_->addWidget(nothing_);
  places_->addWidget(answer_);
  auto* column = new QVBoxLayout(below);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace1);
  column->addWidget(buildBar());
  column->addWidget(notice_);
  column->addWidget(places_, 1);
  splitter_->addWidget(buildEditor());
  splitter_->addWidget(below);
  splitter_->setStretchFactor(1, 1);
  splitter_->setSizes({160, 400});
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(theme::kSpace2, theme::kSpace2, theme::kSpace2, 0);
  all->addWidget(splitter_);
  setFocusProxy(editor_);
}

QWidget* SqlConsole::buildEditor() {
  auto* beside = new QSplitter(Qt::Horizontal, splitter_);
  beside->setChildrenCollapsible(false);
  editor_ = new SqlEditor(beside);
  beside->addWidget(editor_);
  buildHistory(beside);
  beside->setStretchFactor(0, 1);
  beside->setSizes({600, 280});
  return beside;
}

void SqlConsole::buildHistory(QWidget* parent) {
  history_panel_ = new QWidget(parent);
  history_search_ = new QLineEdit(history_panel_);
  history_search_->setObjectName("sqlHistorySearch");
  history_search_->setClearButtonEnabled(true);
  history_list_ = new QListWidget(history_panel_);
  history_list_->setObjectName("sqlHistory");
  history_list_->setTextElideMode(Qt::ElideRight);
  history_list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* column = new QVBoxLayout(history_panel_);
  column->setContentsMargins(theme::kSpace2, 0, 0, 0);
  column->setSpacing(theme::kSpace1);
  column->addWidget(history_search_);
  column->addWidget(history_list_, 1);
  history_panel_->hide();
}

QWidget* SqlConsole::buildBar() {
  auto* bar = new QWidget(this);
  const auto button = [bar](const char* name) {
    auto* made = new QPushButton(bar);
    made->setObjectName(name);
    return made;
  };
  run_ = button("sqlRun");
  widgets::makePrimary(run_);
  stop_ = button("sqlStop");
  stop_->hide();
  save_ = button("sqlSaveTable");
  export_ = button("sqlExport");
  show_history_ = new QToolButton(bar);
  show_history_->setObjectName("sqlShowHistory");
  show_history_->setIcon(theme::icon("history"));
  show_history_->setCheckable(true);
  told_ = theme::label(theme::Role::Caption, bar);
  told_->setObjectName("sqlTold");
  progress_ = new QProgressBar(bar);
  progress_->setRange(0, 100);
  progress_->setTextVisible(false);
  progress_->setMaximumWidth(120);
  progress_->hide();
  auto* line = new QHBoxLayout(bar);
  line->setContentsMargins(0, theme::kSpace2, 0, 0);
  line->setSpacing(theme::kSpace2);
  line->addWidget(run_);
  line->addWidget(stop_);
  line->addWidget(progress_);
  line->addWidget(told_, 1);
  line->addWidget(save_);
  line->addWidget(export_);
  line->addWidget(show_history_);
  return bar;
}

void SqlConsole::connectParts() {
  connect(run_, &QPushButton::clicked, this, &SqlConsole::run);
  connect(stop_, &QPushButton::clicked, this, &SqlConsole::stop);
  connect(save_, &QPushButton::clicked, this, [this] { saveAsTable(false); });
  connect(export_, &QPushButton::clicked, this, &SqlConsole::exportAll);
  connect(show_history_, &QToolButton::toggled, this, [this](bool shown) {
    history_panel_->setVisible(shown);
    if (!shown) return;
    fillHistory();
    history_search_->setFocus();
  });
  connect(history_search_, &QLineEdit::textChanged, this, &SqlConsole::fillHistory);
  connect(history_search_, &QLineEdit::returnPressed, this, &SqlConsole::useHistory);
  connect(history_list_, &QListWidget::itemActivated, this, &SqlConsole::useHistory);
  connect(editor_, &SqlEditor::previousWanted, this,
          [this] { editor_->replaceAll(history_.previous(editor_->toPlainText())); });
  connect(editor_, &SqlEditor::nextWanted, this,
          [this] { editor_->replaceAll(history_.next(editor_->toPlainText())); });
  connect(editor_, &QPlainTextEdit::textChanged, this, &SqlConsole::enableActions);
  connect(&jobs_, &jobs::Jobs::progressed, this, [this](jobs::JobId id) {
    if (id != running_.id()) return;
    if (const auto* view = jobs_.view(id)) progress_->setValue(static_cast<int>(view->fraction * 100));
  });
  const auto add = [this](const char* name, const QList<QKeySequence>& keys) {
    auto* action = new QAction(this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    return action;
  };
  run_action_ = add("runQuery", {QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")});
  history_action_ = add("queryHistory", {QKeySequence("Ctrl+H")});
  connect(run_action_, &QAction::triggered, this, &SqlConsole::run);
  connect(history_action_, &QAction::triggered, show_history_, &QToolButton::toggle);
}

void SqlConsole::say() {
  editor_->setPlaceholderText(tr("SELECT city, count(*) FROM customers GROUP BY city"));
  editor_->setAccessibleName(tr("Query in SQL"));
  history_search_->setPlaceholderText(tr("Search the queries that were run"));
  history_search_->setAccessibleName(tr("Search the queries that were run"));
  history_list_->setAccessibleName(tr("Queries that were run"));
  run_->setText(tr("Run"));
  run_->setToolTip(tr("Run the selection or the statement with the cursor (Ctrl+Enter)"));
  stop_->setText(tr("Stop"));
  save_->setText(tr("Save as table…"));
  save_->setToolTip(tr("Make a table of the project of all rows of the answer"));
  export_->setText(tr("Export all rows…"));
  export_->setToolTip(tr("Write all rows of the answer into a file: CSV, Parquet, XLSX or JSON"));
  show_history_->setAccessibleName(tr("Queries that were run"));
  show_history_->setToolTip(tr("Queries that were run (Ctrl+H; Ctrl+Up and Ctrl+Down in the text)"));
  answer_->setAccessibleName(tr("Answer of the query"));
  nothing_->setTexts(tr("Ask the tables in SQL"),
                     tr("A query only reads: nothing can be changed by it. Names are offered while you type "
                        "(Ctrl+Space), and Ctrl+Enter runs it."));
  run_action_->setText(tr("Run the query"));
  history_action_->setText(tr("Queries that were run"));
  sayAnswer();
  enableActions();
}

void SqlConsole::setProject(const std::shared_ptr<project::Project>& project) {
  if (project != project_) {
    running_.stop();
    saving_.stop();
    stop_->hide();
    progress_->hide();
    asked_.clear();
    answer_->setSample({}, {});
    places_->setCurrentIndex(Nothing);
    notice_->clear();
    editor_->clear();
    history_.setProject(project ? words::toQt(project->folder().string()) : QString());
    fillHistory();
    sayAnswer();
  }
  project_ = project;
  enableActions();
  names_read_ = false;
  if (isVisible()) readNames();
}

void SqlConsole::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  readNames();
}

/// Only once it is in sight: a list of every function takes the database a while.
void SqlConsole::readNames() {
  if (!project_ || names_read_) return;
  names_read_ = true;
  reading_names_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = project_](JobContext&) -> Result<SqlNames> {
        const auto database = project->tables();
        if (!database) return forward(database);
        auto tables = (*database)->tables();
        if (!tables) return forward(tables);
        const auto functions = data::queryFunctions(**database);
        if (!functions) return forward(functions);
        SqlNames names{std::move(*tables), {}};
        for (const std::string& function : *functions) names.functions.push_back(words::toQt(function));
        return names;
      },
      [this](const Result<SqlNames>& names) {
        // Names are a help to typing: without them it is only typing.
        if (names) editor_->setNames(*names);
      });
}

void SqlConsole::run() {
  qsizetype begin = 0;
  const QString sql = editor_->statement(&begin);
  if (!project_ || sql.trimmed().isEmpty() || running_.running()) return;
  asked_ = sql;
  begin_ = begin;
  notice_->clear();
  editor_->clearMark();
  history_.add(sql);
  fillHistory();
  clock_.start();
  progress_->setValue(0);
  running_.start(
      this, {.title = tr("Query: %1").arg(sql.simplified().left(kShownQuery))},
      [project = project_, query = words::toUtf8(sql)](JobContext& job) -> Result<data::FirstRows> {
        const auto database = project->tables();
        if (!database) return forward(database);
        return data::queryFirst(**database, query, kShownRows, job);
      },
      [this](const Result<data::FirstRows>& first) {
        seconds_ = static_cast<double>(clock_.elapsed()) / 1000;
        stop_->hide();
        progress_->hide();
        if (first)
          showAnswer(*first);
        else
          showFailure(first.error());
        enableActions();
      });
  stop_->show();
  progress_->show();
  told_->setText(tr("Running…"));
  enableActions();
}

void SqlConsole::stop() {
  jobs_.cancel(running_.id());
}

void SqlConsole::showAnswer(const data::FirstRows& first) {
  rows_ = std::ssize(first.rows.rows);
  all_ = first.all;
  answer_->setSample(first.rows.columns, first.rows.rows);
  places_->setCurrentIndex(Answer);
  sayAnswer();
}

void SqlConsole::showFailure(const Error& error) {
  // The answer before stays, and says which query it was of no more.
  told_->setText(error.code == ErrorCode::Cancelled ? tr("Stopped after %1").arg(words::duration(seconds_))
                                                    : QString());
  if (error.code == ErrorCode::Cancelled) return;
  notice_->say(widgets::Notice::Kind::Failure, [error] {
    const QString said = words::said(error);
    if (!error.where.line) return said;
    return error.where.column.empty()
               ? tr("Line %1: %2").arg(words::count(*error.where.line), said)
               : tr("Line %1, column %2: %3")
                     .arg(words::count(*error.where.line), words::toQt(error.where.column), said);
  });
  if (!error.where.line || error.where.column.empty()) return;
  const QStringList lines = asked_.split('\n');
  qsizetype position = begin_;
  const auto line = std::clamp<qsizetype>(*error.where.line, 1, lines.size());
  for (qsizetype i = 0; i + 1 < line; ++i) position += lines[i].size() + 1;
  editor_->markMistake(position + words::toQt(error.where.column).toLongLong() - 1);
}

void SqlConsole::sayAnswer() {
  if (places_->currentIndex() == Nothing) {
    told_->clear();
    return;
  }
  const QString time = tr("%1 s").arg(words::number(seconds_, seconds_ < 10 ? 2 : 0));
  told_->setText(
      (all_ ? tr("%1 rows").arg(words::count(rows_)) : tr("The first %1 rows").arg(words::count(rows_))) +
      " · " + time);
}

void SqlConsole::enableActions() {
  const bool busy = running_.running();
  const bool text = !editor_->toPlainText().trimmed().isEmpty();
  widgets::enableOrSay(run_, !project_ ? tr("Open a project first")
                             : busy    ? tr("A query is running")
                             : text    ? QString()
                                       : tr("Write a query first"));
  const QString no_answer = places_->currentIndex() == Answer && !busy ? QString() : tr("Run a query first");
  widgets::enableOrSay(save_, no_answer);
  widgets::enableOrSay(export_, no_answer);
}

void SqlConsole::fillHistory() {
  history_list_->clear();
  for (const QString& query : history_.matching(history_search_->text())) {
    auto* item = new QListWidgetItem(query.simplified().left(kShownQuery), history_list_);
    item->setData(Qt::UserRole, query);
    item->setToolTip("<pre>" + query.left(2000).toHtmlEscaped() + "</pre>");
  }
  if (history_list_->count() > 0) history_list_->setCurrentRow(0);
}

void SqlConsole::useHistory() {
  const QListWidgetItem* item = history_list_->currentItem();
  if (item == nullptr) return;
  editor_->replaceAll(item->data(Qt::UserRole).toString());
  editor_->setFocus();
}

void SqlConsole::saveAsTable(bool replace) {
  const auto name = widgets::askText(this, tr("Save the answer as a table"), tr("Name of the table"));
  if (name && !name->trimmed().isEmpty()) makeTable(name->trimmed(), replace);
}

void SqlConsole::makeTable(const QString& name, bool replace) {
  notice_->clear();
  saving_.start(
      this, {.title = tr("Making the table %1").arg(name)},
      [project = project_, query = words::toUtf8(asked_), table = words::toUtf8(name),
       replace](JobContext& job) -> Result<std::int64_t> {
        const auto database = project->tables();
        if (!database) return forward(database);
        return data::queryToTable(**database, query, {.name = table, .replace = replace}, job);
      },
      [this, name](const Result<std::int64_t>& rows) {
        if (rows) {
          notice_->say(widgets::Notice::Kind::Ok, [name, count = *rows] {
            return tr("The table %1 is made: %2 rows").arg(name, words::count(count));
          });
          Q_EMIT tableMade(name);
        } else if (rows.error().code == ErrorCode::AlreadyExists) {
          if (widgets::confirm(this, tr("Replace the table %1?").arg(name),
                               tr("There is a table %1 already. Its rows are gone then.").arg(name),
                               tr("Replace")))
            makeTable(name, true);
        } else {
          notice_->showError(rows.error());
        }
      });
}

void SqlConsole::exportAll() {
  const QString file = widgets::askSaveFile(this, tr("Export the answer"), "query.csv",
                                            tr("Tables (*.csv *.tsv *.parquet *.xlsx *.json *.ndjson)"));
  if (file.isEmpty()) return;
  notice_->clear();
  saving_.start(
      this, {.title = tr("Exporting to %1").arg(file)},
      [project = project_, query = words::toUtf8(asked_),
       path = std::filesystem::path(file.toStdString())](JobContext& job) -> Result<std::int64_t> {
        const auto database = project->tables();
        if (!database) return forward(database);
        // Whether an older file may be replaced was asked with its name.
        const auto report =
            data::exportQuery(**database, query, path, {.on_existing = data::OnExistingFile::Replace}, job);
        if (!report) return forward(report);
        return report->rows;
      },
      [this, file](const Result<std::int64_t>& rows) {
        if (!rows) {
          notice_->showError(rows.error());
          return;
        }
        notice_->say(widgets::Notice::Kind::Ok, [file, count = *rows] {
          return tr("%1 rows written to %2").arg(words::count(count), file);
        });
      });
}

QVariantMap SqlConsole::saveState() const {
  return {{"history", history_.save()},
          {"splitter", splitter_->saveState()},
          {"shown_history", show_history_->isChecked()}};
}

void SqlConsole::restoreState(const QVariantMap& state) {
  history_.restore(state.value("history").toMap());
  splitter_->restoreState(state.value("splitter").toByteArray());
  const bool shown = state.value("shown_history").toBool();
  show_history_->blockSignals(true);
  show_history_->setChecked(shown);
  show_history_->blockSignals(false);
  history_panel_->setVisible(shown);
  fillHistory();
}

}  // namespace lodestone::pages
