// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/table_pane.h"

#include <QAction>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/pages/data/profile_rows.h"
#include "ui/pages/data/sql_console.h"
#include "ui/tables/data_table.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr std::int64_t kMostRejects = 10000;
enum ProfilePlace { Columns, Profiling, NotProfiled };
enum RejectsPlace { Rejected, NoRejects };

}  // namespace

TablePane::TablePane(jobs::Jobs& jobs, QWidget* parent)
    : QTabWidget(parent), jobs_(jobs), reading_rejects_(jobs), rows_(new tables::DataTable(jobs, this)) {
  rows_->setObjectName("rows");
  addTab(rows_, QString());
  buildProfile();
  buildRejects();
  console_ = new SqlConsole(jobs, this);
  addTab(console_, QString());
  connect(console_, &SqlConsole::tableMade, this, &TablePane::tableMade);
  for (QAction* command : rows_->commands())
    connect(command, &QAction::triggered, this, [this] { setCurrentIndex(RowsTab); });
  connect(rows_, &tables::DataTable::statisticsWanted, this, [this](const QString& column) {
    setCurrentIndex(ProfileTab);
    columns_->selectId(column);
    columns_->setFocus();
  });
  connect(rows_, &tables::DataTable::columnSelected, this, &TablePane::columnSelected);
  connect(rows_, &tables::DataTable::failed, this, &TablePane::failed);
  connect(rows_, &tables::DataTable::failed, this, &TablePane::settle);
  connect(rows_, &tables::DataTable::shown, this, &TablePane::settle);
  connect(rows_, &tables::DataTable::exported, this, &TablePane::exported);
  connect(columns_, &tables::ListTable::currentIdChanged, this, [this](const QString& column) {
    if (!column.isEmpty() && columns_->hasFocus()) rows_->selectColumn(column);
  });
  connect(columns_, &tables::ListTable::opened, this, [this](const QString& column) {
    rows_->selectColumn(column);
    setCurrentIndex(RowsTab);
    rows_->setFocus();
  });
  connect(&jobs_, &jobs::Jobs::progressed, this, [this](jobs::JobId id) {
    if (id != profiling_) return;
    if (const auto* view = jobs_.view(id)) profiling_bar_->setValue(static_cast<int>(view->fraction * 100));
  });
  words::say(this, [this] {
    columns_->setAccessibleName(tr("Profile of the columns"));
    rejected_->setAccessibleName(tr("Rejected rows"));
    profiling_label_->setText(tr("Looking at the columns…"));
    not_profiled_->setTexts(tr("Not looked at yet"),
                            tr("The profile counts values, finds gaps and what is conspicuous."));
    profile_now_->setText(tr("Look at the columns"));
    no_rejects_->setTexts(tr("No rejected rows"),
                          tr("Every row of the imported file became a row of this table."));
    columns_->setColumns(ProfileRows::columnTitles());
    rejected_->setColumns(ProfileRows::rejectTitles());
    showProfile();
    showRejects();
    sayTitles();
  });
}

void TablePane::buildProfile() {
  profile_stack_ = new QStackedWidget(this);
  columns_ = new tables::ListTable(profile_stack_);
  columns_->setObjectName("profileColumns");
  auto* waiting = new QWidget(profile_stack_);
  profiling_label_ = theme::label(theme::Role::Body, waiting);
  profiling_label_->setAlignment(Qt::AlignCenter);
  profiling_bar_ = new QProgressBar(waiting);
  profiling_bar_->setObjectName("profileProgress");
  profiling_bar_->setRange(0, 100);
  profiling_bar_->setTextVisible(false);
  profiling_bar_->setMaximumWidth(320);
  auto* layout = new QVBoxLayout(waiting);
  layout->addStretch(1);
  layout->addWidget(profiling_label_);
  layout->addWidget(profiling_bar_, 0, Qt::AlignHCenter);
  layout->addStretch(2);
  not_profiled_ = new widgets::EmptyState("chart", profile_stack_);
  profile_now_ = not_profiled_->addButton("profileNow");
  connect(profile_now_, &QPushButton::clicked, this, &TablePane::profileWanted);
  profile_stack_->addWidget(columns_);
  profile_stack_->addWidget(waiting);
  profile_stack_->addWidget(not_profiled_);
  profile_stack_->setCurrentIndex(NotProfiled);
  addTab(profile_stack_, QString());
}

void TablePane::buildRejects() {
  rejects_stack_ = new QStackedWidget(this);
  auto* list = new QWidget(rejects_stack_);
  rejected_ = new tables::ListTable(list);
  rejected_->setObjectName("rejectedRows");
  rejected_note_ = theme::label(theme::Role::Caption, list);
  rejected_note_->setObjectName("rejectedNote");
  rejected_note_->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  rejected_note_->setWordWrap(true);
  auto* layout = new QVBoxLayout(list);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(rejected_, 1);
  layout->addWidget(rejected_note_);
  no_rejects_ = new widgets::EmptyState("ok", rejects_stack_);
  no_rejects_->setObjectName("noRejects");
  rejects_stack_->addWidget(list);
  rejects_stack_->addWidget(no_rejects_);
  rejects_stack_->setCurrentIndex(NoRejects);
  addTab(rejects_stack_, QString());
}

void TablePane::setTable(const std::shared_ptr<project::Project>& project, const QString& table) {
  if (table != table_ || project != project_) {
    profile_.reset();
    rejects_ = {};
    showRejects();
    showProfile();
  }
  project_ = project;
  table_ = table;
  settling_ = true;
  rows_->setTable(project, {words::toUtf8(table)});
}

void TablePane::settle() {
  if (!settling_) return;
  settling_ = false;
  readRejects();
  Q_EMIT settled();
}

void TablePane::clear() {
  settling_ = false;
  project_ = nullptr;
  table_.clear();
  profile_.reset();
  rejects_ = {};
  reading_rejects_.stop();
  rows_->clear();
  showProfile();
  showRejects();
}

void TablePane::setProject(const std::shared_ptr<project::Project>& project) {
  console_->setProject(project);
}

void TablePane::saveState(QSettings& settings) const {
  settings.setValue("tables", rows_->saveState());
  settings.setValue("sql", console_->saveState());
}

void TablePane::restoreState(const QSettings& settings) {
  rows_->restoreState(settings.value("tables").toMap());
  console_->restoreState(settings.value("sql").toMap());
}

void TablePane::setProfile(const data::TableProfile& profile) {
  profiling_ = 0;
  profile_ = profile;
  rows_->setProfile(profile);
  showProfile();
}

void TablePane::setProfiling(jobs::JobId job) {
  profiling_ = job;
  profiling_bar_->setValue(0);
  showProfile();
}

void TablePane::setNotProfiled() {
  profiling_ = 0;
  showProfile();
}

void TablePane::showProfile() {
  columns_->setRows(profile_ ? ProfileRows::columnRows(*profile_) : std::vector<tables::ListRow>());
  profile_stack_->setCurrentIndex(profile_ ? Columns : profiling_ != 0 ? Profiling : NotProfiled);
}

void TablePane::readRejects() {
  reading_rejects_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = project_, table = words::toUtf8(table_)](JobContext&) -> Result<Rejects> {
        const auto database = project->tables();
        if (!database) return forward(database);
        auto list = data::rejects(**database, {table}, kMostRejects + 1);
        if (!list) return forward(list);
        Rejects rejects{std::move(*list), true};
        rejects.all = std::ssize(rejects.list) <= kMostRejects;
        if (!rejects.all) rejects.list.pop_back();
        return rejects;
      },
      [this](Result<Rejects> rejects) {
        if (!rejects) {
          if (rejects.error().code != ErrorCode::Cancelled) Q_EMIT failed(rejects.error());
          return;
        }
        rejects_ = std::move(*rejects);
        showRejects();
      });
}

void TablePane::showRejects() {
  rejected_->setRows(ProfileRows::rejectRows(rejects_.list));
  rejects_stack_->setCurrentIndex(rejects_.list.empty() ? NoRejects : Rejected);
  if (!rejects_.list.empty()) {
    const QString file = QFileInfo(words::toQt(rejects_.list.front().file)).fileName();
    rejected_note_->setText(rejects_.all ? tr("Rows of %1 that could not be read").arg(file)
                                         : tr("The first %1 of the rows of %2 that could not be read")
                                               .arg(words::count(kMostRejects), file));
  }
  sayTitles();
}

void TablePane::sayTitles() {
  setTabText(SqlTab, tr("SQL"));
  setTabText(RowsTab, tr("Rows"));
  setTabText(ProfileTab, tr("Profile"));
  const auto count = std::ssize(rejects_.list);
  setTabText(RejectsTab, count == 0
                             ? tr("Rejected rows")
                             : tr("Rejected rows (%1)").arg(words::count(count) + (rejects_.all ? "" : "+")));
}

}  // namespace lodestone::pages
