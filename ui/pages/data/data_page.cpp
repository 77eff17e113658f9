// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_page.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "core/data/table_export.h"
#include "core/pipeline/lineage.h"
#include "ui/charts/chart.h"
#include "ui/pages/data/column_panel.h"
#include "ui/pages/data/combine_panel.h"
#include "ui/pages/data/drop_overlay.h"
#include "ui/pages/data/import_panel.h"
#include "ui/pages/data/recipe_panel.h"
#include "ui/pages/data/recipe_store.h"
#include "ui/pages/data/role_store.h"
#include "ui/pages/data/table_list.h"
#include "ui/pages/data/table_pane.h"
#include "ui/tables/data_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

/// Cells that are looked at without being asked for, and without a job in the strip.
constexpr std::int64_t kQuietCells = 5'000'000;

QStringList droppedFiles(const QMimeData* data) {
  QStringList files;
  for (const QUrl& url : data->urls())
    if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile()) files.push_back(url.toLocalFile());
  return files;
}

std::int64_t cells(const data::TableInfo& info) {
  return info.rows * static_cast<std::int64_t>(info.columns.size());
}

/// What its owner should look at; notes are good to know.
int conspicuous(const data::TableProfile& profile) {
  return static_cast<int>(
      std::count_if(profile.findings.begin(), profile.findings.end(),
                    [](const data::Finding& one) { return one.severity != data::Severity::Note; }));
}

Result<data::TableProfile> profileOf(project::Project& project, const std::string& table, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  return data::profile(**database, {table}, job);
}

}  // namespace

DataPage::DataPage(studio::Studio& studio, QWidget* parent)
    : Page(parent),
      studio_(studio),
      undo_(new QUndoStack(this)),
      roles_(new RoleStore(studio.jobs(), *undo_, this)),
      recipes_(new RecipeStore(studio.jobs(), *undo_, this)),
      listing_(studio.jobs()),
      profiling_(studio.jobs()),
      profiling_others_(studio.jobs()) {
  setObjectName(id());
  setAcceptDrops(true);
  build();
  buildInspector();
  buildActions();
  connect(&studio_, &studio::Studio::projectChanged, this, &DataPage::projectChanged);
  connect(&studio_, &studio::Studio::tablesChanged, this, &DataPage::tablesChanged);
  connect(roles_, &RoleStore::changed, this, [this](const QString& table) {
    if (table == table_) showColumn(pane_->rows().currentColumn());
  });
  connect(roles_, &RoleStore::written, this, [this] {
    own_change_ = true;
    Q_EMIT studio_.tablesChanged();
    own_change_ = false;
  });
  connect(roles_, &RoleStore::failed, this, [this](const Error& error) {
    notice_->showError(error);
    list();
  });
  connect(recipes_, &RecipeStore::failed, this, [this](const Error& error) { notice_->showError(error); });
  words::say(this, [this] { say(); });
  projectChanged();
}

DataPage::~DataPage() {
  if (inspector_ != nullptr && inspector_->parent() == nullptr) delete inspector_;
}

void DataPage::build() {
  notice_ = new widgets::Notice(this);
  notice_->setObjectName("dataNotice");
  places_ = new QStackedWidget(this);
  blank_ = new QWidget(places_);
  no_tables_ = new widgets::EmptyState("data", places_);
  no_tables_->setObjectName("noTables");
  first_import_ = no_tables_->addButton("firstImport");
  import_panel_ = new ImportPanel(studio_, places_);
  buildTables();
  for (QWidget* place : {blank_, static_cast<QWidget*>(no_tables_), static_cast<QWidget*>(splitter_),
                         static_cast<QWidget*>(import_panel_)})
    places_->addWidget(place);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  above_ = new QVBoxLayout;
  above_->addWidget(notice_);
  above_->setContentsMargins(0, 0, 0, 0);
  notice_->installEventFilter(this);
  all->addLayout(above_);
  all->addWidget(places_, 1);
  overlay_ = new DropOverlay(this);
  connect(first_import_, &QPushButton::clicked, this, [this] { importFiles({}); });
  connect(import_panel_, &ImportPanel::closed, this, &DataPage::closeImport);
  connect(import_panel_, &ImportPanel::imported, this, &DataPage::takeImport);
}

void DataPage::buildTables() {
  splitter_ = new QSplitter(places_);
  splitter_->setObjectName("dataSplitter");
  splitter_->setChildrenCollapsible(false);
  auto* left = new QWidget(splitter_);
  import_button_ = new QPushButton(left);
  import_button_->setObjectName("importButton");
  import_button_->setIcon(theme::icon("import"));
  list_ = new TableList(left);
  list_->setObjectName("tableList");
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins(theme::kSpace4, 0, theme::kSpace2, theme::kSpace3);
  layout->setSpacing(theme::kSpace2);
  layout->addWidget(list_, 1);
  layout->addWidget(import_button_);
  pane_ = new TablePane(studio_.jobs(), splitter_);
  pane_->setObjectName("tablePane");
  words::say(pane_, [this] { pane_->setAccessibleName(tr("The table")); });
  recipe_panel_ = new RecipePanel(studio_, *recipes_, pane_);
  combine_panel_ = new CombinePanel(studio_, pane_);
  pane_->addTab(recipe_panel_, QString());
  pane_->addTab(combine_panel_, QString());
  splitter_->addWidget(left);
  splitter_->addWidget(pane_);
  splitter_->setStretchFactor(1, 1);
  splitter_->setSizes({220, 900});
  connect(import_button_, &QPushButton::clicked, this, [this] { importFiles({}); });
  connect(list_, &TableList::chosen, this, &DataPage::chooseTable);
  connect(pane_, &TablePane::settled, this, [this] { profile(table_); });
  connect(pane_, &TablePane::columnSelected, this, &DataPage::showColumn);
  connect(pane_, &TablePane::failed, this, [this](const Error& error) { notice_->showError(error); });
  connect(recipe_panel_, &RecipePanel::cleaned, this, &DataPage::takeCleaning);
  connect(combine_panel_, &CombinePanel::made, this, &DataPage::takeNewTable);
  connect(pane_, &TablePane::exported, this, [this](const QString& file, qint64 rows) {
    notice_->say(widgets::Notice::Kind::Ok,
                 [file, rows] { return tr("%1 rows written to %2").arg(words::count(rows), file); });
  });
  connect(pane_, &TablePane::tableMade, this, [this](const QString& table) {
    wanted_table_ = table;
    Q_EMIT studio_.tablesChanged();
  });
  connect(pane_, &TablePane::profileWanted, this, [this] { profile(table_); });
}

void DataPage::buildActions() {
  const auto add = [this](const char* name, const char* icon, const QKeySequence& keys, const auto& run) {
    auto* action = new QAction(theme::icon(icon), QString(), this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
  };
  import_action_ = add("importFile", "import", QKeySequence("Ctrl+O"), [this] { importFiles({}); });
  database_action_ = add("importDatabase", "import", {}, [this] { importDatabase(); });
  export_action_ = add("exportTable", "export", QKeySequence("Ctrl+E"), [this] { exportTable(); });
  delete_action_ = add("deleteTable", "delete", {}, [this] { deleteTable(); });
  copy_action_ = add("copyRows", "copy", {}, [this] { pane_->rows().copySelection(tables::Headings::With); });
  refresh_action_ = add("refreshTables", "refresh", QKeySequence("F5"), [this] { tablesChanged(); });
  import_button_->addAction(database_action_);
  import_button_->setContextMenuPolicy(Qt::ActionsContextMenu);
  lineage_action_ = add("tableLineage", "history", QKeySequence("Ctrl+L"),
                        [this] { Q_EMIT studio_.lineageWanted(table_); });
  list_->addActions({export_action_, lineage_action_});
  addActions(pane_->rows().commands());
  list_->addAction(delete_action_);
  list_->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void DataPage::buildInspector() {
  column_panel_ = new ColumnPanel;
  inspector_ = widgets::scrolled(column_panel_, "columnInspector");
  connect(column_panel_, &ColumnPanel::roleChosen, this, [this](const QString& column, const QString& role) {
    roles_->give(words::toUtf8(table_), words::toUtf8(column), words::toUtf8(role));
  });
  connect(column_panel_, &ColumnPanel::mendWanted, this, &DataPage::mend);
  for (const charts::Chart* chart : column_panel_->findChildren<charts::Chart*>())
    connect(chart, &charts::Chart::saved, this,
            [this](const QString& file) { studio_.keepFigure(file, {.of = {{words::toUtf8(table_)}}}); });
}

void DataPage::say() {
  pane_->setTabText(pane_->indexOf(recipe_panel_), tr("Clean"));
  pane_->setTabText(pane_->indexOf(combine_panel_), tr("Combine"));
  no_tables_->setTexts(
      tr("No tables yet"),
      tr("Import the exports of your shop as CSV files, or drop them here: customers, orders, events."));
  first_import_->setText(tr("Import files…"));
  first_import_->setToolTip(tr("Import files (Ctrl+O)"));
  import_button_->setText(tr("Import…"));
  import_button_->setToolTip(tr("Import files (Ctrl+O)"));
  import_action_->setText(tr("Import files…"));
  import_action_->setToolTip(tr("Import files (Ctrl+O)"));
  database_action_->setText(tr("Import from a database…"));
  database_action_->setToolTip(tr("A table or a query of a PostgreSQL server"));
  export_action_->setText(tr("Export table…"));
  export_action_->setToolTip(tr("Write the table to a file (Ctrl+E)"));
  delete_action_->setText(tr("Delete table…"));
  lineage_action_->setText(tr("Where it came from"));
  lineage_action_->setToolTip(tr("From the table back to its files (Ctrl+L)"));
  copy_action_->setText(tr("Copy the selected cells with column names"));
  refresh_action_->setText(tr("Read the tables again"));
  refresh_action_->setToolTip(tr("Read the tables again (F5)"));
  enableActions();
  Q_EMIT headerChanged();
}

QString DataPage::title() const {
  return tr("Data");
}

QString DataPage::line() const {
  if (importing_) return tr("Import into %1").arg(studio_.projectName());
  if (const data::TableInfo* shown = info(table_))
    return tr("%1: %2 rows, %3 columns")
        .arg(table_, words::count(shown->rows), words::count(std::ssize(shown->columns)));
  return studio_.projectName();
}

QList<QAction*> DataPage::headerActions() const {
  return {import_action_, export_action_};
}

QWidget* DataPage::inspector() {
  const bool nothing_to_tell = importing_ || (listed_ && tables_.empty());
  return nothing_to_tell ? nullptr : inspector_;
}

QWidget* DataPage::firstFocus() {
  if (importing_) return import_panel_->firstField();
  if (places_->currentWidget() == no_tables_) return first_import_;
  return list_;
}

void DataPage::opened(const QVariant& what) {
  const QString text = what.toString();
  if (text.isEmpty()) return;
  if (text == "import" && info(text) == nullptr) {
    importFiles({});
    return;
  }
  wanted_table_ = text;
  if (importing_) closeImport();
  if (info(text) != nullptr) list_->choose(text);
}

void DataPage::projectChanged() {
  undo_->clear();
  profiles_.clear();
  tables_.clear();
  table_.clear();
  listed_ = false;
  importing_ = false;
  listing_.stop();
  profiling_.stop();
  profiling_others_.stop();
  notice_->clear();
  roles_->setAll(studio_.project(), {});
  recipes_->setProject(studio_.project(), studio_.userName());
  list_->setTables({});
  pane_->clear();
  recipe_panel_->clear();
  combine_panel_->clear();
  pane_->setProject(studio_.project());
  column_panel_->clear();
  showPlace();
  enableActions();
  Q_EMIT headerChanged();
  if (studio_.project()) list();
}

void DataPage::tablesChanged() {
  if (own_change_ || !studio_.project()) return;
  profiles_.clear();
  profiling_.stop();
  profiling_others_.stop();
  list();
}

void DataPage::list() {
  listing_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project()](JobContext&) -> Result<Listing> {
        const auto database = project->tables();
        if (!database) return forward(database);
        auto tables = (*database)->tables();
        if (!tables) return forward(tables);
        Listing listing{std::move(*tables), {}};
        for (const data::TableInfo& table : listing.tables) {
          auto roles = project->roles(table.table.name);
          if (!roles) return forward(roles);
          listing.roles[table.table.name] = std::move(*roles);
        }
        return listing;
      },
      [this](Result<Listing> listing) {
        if (listing)
          showListing(std::move(*listing));
        else
          notice_->showError(listing.error());
      });
}

void DataPage::showListing(Listing listing) {
  tables_ = std::move(listing.tables);
  pane_->setProject(studio_.project());
  listed_ = true;
  roles_->setAll(studio_.project(), listing.roles);
  std::vector<TableEntry> entries;
  QStringList names;
  for (const data::TableInfo& one : tables_) {
    const QString name = words::toQt(one.table.name);
    const auto known = profiles_.find(name);
    entries.push_back({name, one.rows, static_cast<int>(one.columns.size()),
                       known == profiles_.end() ? std::nullopt : std::optional(conspicuous(known->second))});
    names.push_back(name);
  }
  import_panel_->setTakenNames(names);
  combine_panel_->setTables(names);
  list_->setTables(entries);
  showPlace();
  if (!wanted_table_.isEmpty() && names.contains(wanted_table_)) list_->choose(wanted_table_);
  if (list_->current().isEmpty() && !names.isEmpty()) list_->choose(names.front());
  // The same one again: its rows may be others now.
  if (!table_.isEmpty() && profiles_.find(table_) == profiles_.end() && !profiling_.running() &&
      !pane_->settling())
    chooseTable(table_);
  enableActions();
  Q_EMIT headerChanged();
}

void DataPage::showPlace() {
  QWidget* place = blank_;
  if (importing_)
    place = import_panel_;
  else if (listed_)
    place = tables_.empty() ? static_cast<QWidget*>(no_tables_) : splitter_;
  places_->setCurrentWidget(place);
  if (inspector_ != nullptr) column_panel_->setEnabled(!importing_);
}

const data::TableInfo* DataPage::info(const QString& table) const {
  const auto found = std::find_if(tables_.begin(), tables_.end(),
                                  [&](const auto& one) { return words::toQt(one.table.name) == table; });
  return found == tables_.end() ? nullptr : &*found;
}

void DataPage::chooseTable(const QString& table) {
  table_ = table;
  wanted_table_.clear();
  const data::TableInfo* chosen = info(table);
  if (chosen == nullptr || !studio_.project()) {
    pane_->clear();
    recipe_panel_->clear();
    combine_panel_->clear();
    column_panel_->clear();
  } else {
    pane_->setTable(studio_.project(), table);
    recipe_panel_->setTable(*chosen);
    combine_panel_->setRoles(roles_->of(words::toUtf8(table)));
    combine_panel_->setTable(*chosen);
    column_panel_->setProfile(nullptr);
    profiling_.stop();
    profiling_others_.stop();
    pane_->setProfiling(0);
  }
  enableActions();
  Q_EMIT headerChanged();
}

void DataPage::showColumn(const QString& column) {
  const data::TableInfo* shown = info(table_);
  if (shown == nullptr || column.isEmpty()) {
    column_panel_->clear();
    return;
  }
  for (const data::ColumnInfo& one : shown->columns)
    if (words::toQt(one.name) == column) column_panel_->setColumn(one, roles_->of(words::toUtf8(table_)));
}

void DataPage::profile(const QString& table) {
  const data::TableInfo* wanted = info(table);
  if (wanted == nullptr) return;
  profiling_.stop();
  profiling_others_.stop();
  if (const auto known = profiles_.find(table); known != profiles_.end()) {
    takeProfile(table, known->second);
    return;
  }
  const auto shown = cells(*wanted) > kQuietCells ? jobs::Shown::Strip : jobs::Shown::Quiet;
  profiling_.start(
      this, {.title = tr("Profile of %1").arg(table), .shown = shown},
      [project = studio_.project(), name = words::toUtf8(table)](JobContext& job) {
        return profileOf(*project, name, job);
      },
      [this, table](Result<data::TableProfile> profile) {
        if (profile) {
          takeProfile(table, std::move(*profile));
          return;
        }
        pane_->setNotProfiled();
        if (profile.error().code != ErrorCode::Cancelled) notice_->showError(profile.error());
      });
  pane_->setProfiling(profiling_.id());
}

void DataPage::takeProfile(const QString& table, data::TableProfile profile) {
  list_->setFindings(table, conspicuous(profile));
  const data::TableProfile& kept = profiles_[table] = std::move(profile);
  if (table == table_) {
    pane_->setProfile(kept);
    recipe_panel_->setSuggestions(kept);
    column_panel_->setProfile(&kept);
  }
  profileOthers();
}

/// One small table after the other, so that the list says of each whether something is conspicuous.
void DataPage::profileOthers() {
  const auto next = std::find_if(tables_.begin(), tables_.end(), [this](const data::TableInfo& one) {
    return cells(one) <= kQuietCells && !profiles_.contains(words::toQt(one.table.name));
  });
  if (next == tables_.end()) return;
  profiling_others_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project(), name = next->table.name](JobContext& job) {
        return profileOf(*project, name, job);
      },
      [this, table = words::toQt(next->table.name)](Result<data::TableProfile> profile) {
        // What is wrong with it is said when it is chosen.
        if (profile) takeProfile(table, std::move(*profile));
      });
}

void DataPage::enableActions() {
  const bool there = !table_.isEmpty();
  const QString reason = there ? QString() : tr("There is no table yet: import one first");
  widgets::enableOrSay(export_action_, reason);
  widgets::enableOrSay(delete_action_, reason);
  widgets::enableOrSay(lineage_action_, reason);
  widgets::enableOrSay(copy_action_, reason);
  const QString no_project = studio_.project() ? QString() : tr("Open a project first");
  widgets::enableOrSay(import_action_, no_project);
  widgets::enableOrSay(database_action_, no_project);
  widgets::enableOrSay(refresh_action_, no_project);
}

/// The room round the notice goes with it.
bool DataPage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == notice_ &&
      (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent)) {
    if (event->type() == QEvent::ShowToParent)
      above_->setContentsMargins(theme::kSpace4, 0, theme::kSpace4, theme::kSpace2);
    else
      above_->setContentsMargins(0, 0, 0, 0);
  }
  return Page::eventFilter(watched, event);
}

void DataPage::dragEnterEvent(QDragEnterEvent* event) {
  if (!studio_.project() || import_panel_->importing() || droppedFiles(event->mimeData()).isEmpty()) return;
  event->acceptProposedAction();
  overlay_->cover();
}

void DataPage::dragLeaveEvent(QDragLeaveEvent*) {
  overlay_->hide();
}

void DataPage::dropEvent(QDropEvent* event) {
  overlay_->hide();
  const QStringList files = droppedFiles(event->mimeData());
  if (files.isEmpty()) return;
  event->acceptProposedAction();
  importFiles(files);
}

void DataPage::saveState(QSettings& settings) const {
  settings.setValue("splitter", splitter_->saveState());
  settings.setValue("table", table_);
  settings.setValue("tab", pane_->currentIndex());
  pane_->saveState(settings);
}

void DataPage::restoreState(const QSettings& settings) {
  splitter_->restoreState(settings.value("splitter").toByteArray());
  pane_->setCurrentIndex(settings.value("tab", TablePane::RowsTab).toInt());
  pane_->restoreState(settings);
  const QString table = settings.value("table").toString();
  if (table.isEmpty()) return;
  wanted_table_ = table;
  if (info(table) != nullptr) list_->choose(table);
}

}  // namespace lodestone::pages
