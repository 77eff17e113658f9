// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/recipe_panel.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "core/project/saved_records.h"
#include "ui/forms/parameter_form.h"
#include "ui/pages/data/change_table.h"
#include "ui/pages/data/recipe_store.h"
#include "ui/pages/data/saved_menu.h"
#include "ui/pages/data/table_maker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr std::array kGroups{data::StepGroup::Rows,    data::StepGroup::Missing, data::StepGroup::Values,
                             data::StepGroup::Columns, data::StepGroup::Shape,   data::StepGroup::Privacy};
constexpr int kMostValue = 40;

QString cut(const QString& text) {
  return text.size() > kMostValue ? text.left(kMostValue - 1) + QChar(0x2026) : text;
}

/// Of the steps up to the first that is not filled in yet, with what that one lacks.
Result<data::RecipePreview> previewOf(project::Project& project, const std::string& table,
                                      const data::Recipe& recipe, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  data::Recipe whole;
  std::optional<Error> lacking;
  for (const data::RecipeStep& step : recipe.steps) {
    whole.steps.push_back(step);
    if (auto checked = data::checkRecipe(whole); !checked) {
      lacking = checked.error();
      whole.steps.pop_back();
      break;
    }
  }
  auto preview = data::previewRecipe(**database, {table}, whole, {}, job);
  if (preview && lacking && !preview->failed) preview->failed = lacking;
  return preview;
}

}  // namespace

RecipePanel::RecipePanel(studio::Studio& studio, RecipeStore& store, QWidget* parent)
    : QWidget(parent), studio_(studio), store_(store), previewing_(studio.jobs()) {
  setObjectName("recipePanel");
  build();
  connect(&store_, &RecipeStore::changed, this, [this](const QString& table) {
    if (table == name_) showRecipe();
  });
  connect(steps_, &QListWidget::currentRowChanged, this, [this] { showStep(); });
  connect(form_, &forms::ParameterForm::changed, this, &RecipePanel::setParameter);
  connect(maker_, &TableMaker::wanted, this, &RecipePanel::start);
  connect(first_step_, &QPushButton::clicked, this, [this] { add_->showMenu(); });
  connect(suggested_, &QPushButton::clicked, this, &RecipePanel::takeSuggestions);
  connect(saved_, &SavedMenu::loaded, this,
          [this](const Json& value, const QString& name) { useRecipe(data::parseRecipe(value), name); });
  connect(saved_, &SavedMenu::said, this,
          [this](const QString& text) { notice_->showText(widgets::Notice::Kind::Ok, text); });
  connect(saved_, &SavedMenu::failed, this, [this](const Error& error) { notice_->showError(error); });
  words::say(this, [this] { say(); });
}

RecipePanel::~RecipePanel() = default;

void RecipePanel::build() {
  notice_ = new widgets::Notice(this);
  notice_->setObjectName("recipeNotice");
  places_ = new QStackedWidget(this);
  empty_ = new widgets::EmptyState("filter", places_);
  empty_->setObjectName("noSteps");
  first_step_ = empty_->addButton("firstStep");
  suggested_ = empty_->addButton("takeSuggestions");
  places_->addWidget(empty_);
  places_->addWidget(buildSteps());
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(theme::kSpace2, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  all->setSpacing(theme::kSpace2);
  all->addWidget(buildTools());
  all->addWidget(notice_);
  all->addWidget(places_, 1);
  maker_ = new TableMaker(studio_.jobs(), this);
  all->addWidget(maker_);
}

QWidget* RecipePanel::buildTools() {
  auto* tools = new QWidget(this);
  add_ = new QToolButton(tools);
  add_->setObjectName("addStep");
  add_->setIcon(theme::icon("add"));
  add_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  add_->setPopupMode(QToolButton::InstantPopup);
  step_menu_ = new QMenu(add_);
  step_menu_->setObjectName("stepMenu");
  step_menu_->setToolTipsVisible(true);
  add_->setMenu(step_menu_);
  saved_ = new SavedMenu(
      studio_, project::kSavedRecipe, [this] { return data::toJson(recipe_); }, tools);
  saved_->setObjectName("savedRecipes");
  saved_->setFurther([this](QMenu& menu) {
    menu.addAction(theme::icon("import"), tr("Read from a file…"), this, &RecipePanel::readFile)
        ->setObjectName("readRecipe");
    menu.addAction(theme::icon("export"), tr("Write to a file…"), this, &RecipePanel::writeFile);
  });
  auto* layout = new QHBoxLayout(tools);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace1);
  layout->addWidget(add_);
  const auto tool = [&](const char* name, const char* icon, const QKeySequence& keys, const auto& run) {
    auto* action = new QAction(theme::icon(icon), QString(), this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    auto* button = new QToolButton(tools);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    layout->addWidget(button);
    return action;
  };
  up_ = tool("stepUp", "sort-up", QKeySequence("Alt+Up"), [this] { moveStep(-1); });
  down_ = tool("stepDown", "sort-down", QKeySequence("Alt+Down"), [this] { moveStep(1); });
  remove_ = tool("removeStep", "delete", {}, [this] { removeStep(); });
  layout->addStretch();
  layout->addWidget(saved_);
  return tools;
}

QWidget* RecipePanel::buildSteps() {
  auto* whole = new QSplitter(Qt::Vertical, places_);
  whole->setChildrenCollapsible(false);
  middle_ = new QSplitter(Qt::Horizontal, whole);
  middle_->setChildrenCollapsible(false);
  steps_ = new QListWidget(middle_);
  steps_->setObjectName("recipeSteps");
  steps_->setWordWrap(true);
  steps_->setSpacing(theme::kSpace1);
  steps_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* step = new QWidget(middle_);
  step_title_ = theme::label(theme::Role::Section, step);
  step_help_ = theme::label(theme::Role::Caption, step);
  step_help_->setWordWrap(true);
  step_notice_ = new widgets::Notice(step);
  step_notice_->setObjectName("stepNotice");
  form_ = new forms::ParameterForm(step);
  form_->setObjectName("stepForm");
  auto* layout = new QVBoxLayout(step);
  layout->setContentsMargins(theme::kSpace3, 0, theme::kSpace2, theme::kSpace2);
  layout->setSpacing(theme::kSpace2);
  layout->addWidget(step_title_);
  layout->addWidget(step_help_);
  layout->addWidget(step_notice_);
  layout->addWidget(form_);
  layout->addStretch();
  middle_->addWidget(steps_);
  middle_->addWidget(widgets::scrolled(step, "stepScroll"));
  middle_->setStretchFactor(1, 1);
  middle_->setSizes({260, 420});
  auto* below = new QWidget(whole);
  changes_label_ = theme::label(theme::Role::Caption, below);
  changes_label_->setObjectName("changesNote");
  changes_ = new ChangeTable(below);
  changes_->setObjectName("changedRows");
  auto* changes = new QVBoxLayout(below);
  changes->setContentsMargins(0, theme::kSpace1, 0, 0);
  changes->setSpacing(theme::kSpace1);
  changes->addWidget(changes_label_);
  changes->addWidget(changes_, 1);
  whole->addWidget(middle_);
  whole->addWidget(below);
  whole->setStretchFactor(0, 3);
  whole->setStretchFactor(1, 2);
  return whole;
}

void RecipePanel::say() {
  add_->setText(tr("Add step"));
  add_->setToolTip(tr("What is to be done to the table, one step after the other"));
  up_->setText(tr("Move the step up"));
  up_->setToolTip(tr("Move the step up (Alt+Up)"));
  down_->setText(tr("Move the step down"));
  down_->setToolTip(tr("Move the step down (Alt+Down)"));
  remove_->setText(tr("Remove the step"));
  saved_->setText(tr("Recipes"));
  saved_->setToolTip(tr("Keep these steps under a name, and use those that are kept"));
  steps_->setAccessibleName(tr("Steps of the recipe"));
  changes_->setAccessibleName(tr("Rows that the step changes"));
  maker_->setButton(tr("Make the clean table"));
  empty_->setTexts(
      tr("No cleaning steps yet"),
      tr("Fill gaps, drop duplicates, mend texts and dates. Each step shows what it changes before "
         "anything is done; this table stays as it is."));
  first_step_->setText(tr("Add a step"));
  fillStepMenu();
  showRecipe();
}

void RecipePanel::fillStepMenu() {
  step_menu_->clear();
  for (const data::StepGroup group : kGroups) {
    QMenu* menu = step_menu_->addMenu(words::said(data::stepGroupTitle(group)));
    menu->setToolTipsVisible(true);
    for (const data::StepType& type : data::stepTypes()) {
      if (type.group != group) continue;
      QAction* action =
          menu->addAction(words::said(type.title), this, [this, id = type.id] { addStep({.step = id}); });
      action->setObjectName("step_" + words::toQt(type.id));
      action->setToolTip(words::said(type.help));
    }
  }
}

void RecipePanel::setTable(const data::TableInfo& table) {
  const QString name = words::toQt(table.table.name);
  const bool same = name == name_;
  table_ = table;
  name_ = name;
  QStringList columns;
  for (const data::ColumnInfo& column : table.columns) columns.push_back(words::toQt(column.name));
  form_->setColumns(columns);
  if (!same) {
    notice_->clear();
    suggestions_.clear();
    preview_.reset();
    maker_->suggest(name + QStringLiteral("_clean"));
  }
  showRecipe();
}

void RecipePanel::clear() {
  table_.reset();
  name_.clear();
  recipe_ = {};
  previewing_.stop();
  preview_.reset();
  showRecipe();
}

void RecipePanel::setSuggestions(const data::TableProfile& profile) {
  suggestions_.clear();
  for (const data::Finding& finding : profile.findings) {
    if (finding.step.is_null() || finding.severity == data::Severity::Note) continue;
    const auto recipe = data::parseRecipe(Json::array({finding.step}));
    if (recipe &&
        std::find(suggestions_.begin(), suggestions_.end(), recipe->steps.front()) == suggestions_.end())
      suggestions_.push_back(recipe->steps.front());
  }
  suggested_->setVisible(!suggestions_.empty());
  suggested_->setText(
      tr("Take over %n suggestion(s) of the profile", nullptr, static_cast<int>(suggestions_.size())));
}

void RecipePanel::takeSuggestions() {
  change({suggestions_}, tr("suggested steps"), 0);
}

void RecipePanel::addStep(const data::RecipeStep& step) {
  data::Recipe recipe = recipe_;
  const int at = selected() < 0 ? static_cast<int>(recipe.steps.size()) : selected() + 1;
  recipe.steps.insert(recipe.steps.begin() + at, step);
  change(recipe, tr("added step"), at);
}

void RecipePanel::removeStep() {
  const int at = selected();
  if (at < 0) return;
  data::Recipe recipe = recipe_;
  recipe.steps.erase(recipe.steps.begin() + at);
  change(recipe, tr("removed step"), std::min(at, static_cast<int>(recipe.steps.size()) - 1));
}

void RecipePanel::moveStep(int by) {
  const int from = selected();
  const int to = from + by;
  if (from < 0 || to < 0 || to >= static_cast<int>(recipe_.steps.size())) return;
  data::Recipe recipe = recipe_;
  std::swap(recipe.steps[static_cast<std::size_t>(from)], recipe.steps[static_cast<std::size_t>(to)]);
  change(recipe, tr("moved step"), to);
}

void RecipePanel::setParameter(const QString& id, const QString& value) {
  const int at = selected();
  if (at < 0 || showing_) return;
  data::Recipe recipe = recipe_;
  auto& parameters = recipe.steps[static_cast<std::size_t>(at)].parameters;
  if (value.isEmpty())
    parameters.erase(words::toUtf8(id));
  else
    parameters[words::toUtf8(id)] = words::toUtf8(value);
  change(recipe, tr("changed step"), at);
}

void RecipePanel::change(data::Recipe recipe, const QString& what, int select_step) {
  notice_->clear();
  store_.change(name_, recipe, what);
  select(select_step);
}

int RecipePanel::selected() const {
  const int row = steps_->currentRow();
  return row < static_cast<int>(recipe_.steps.size()) ? row : -1;
}

void RecipePanel::select(int step) {
  steps_->setCurrentRow(std::clamp(step, -1, steps_->count() - 1));
}

/// The recipe is another one, or is said in another language.
void RecipePanel::showRecipe() {
  const data::Recipe now = name_.isEmpty() ? data::Recipe() : store_.of(name_);
  recipe_ = now;
  showSteps();
  showStep();
  places_->setCurrentIndex(recipe_.steps.empty() ? 0 : 1);
  suggested_->setVisible(!suggestions_.empty());
  preview();
  check();
}

/// Whether the preview tells about this step: it and those before it are as they were then.
bool RecipePanel::known(std::size_t step) const {
  const auto& then = previewed_.steps;
  const auto end = static_cast<std::ptrdiff_t>(step) + 1;
  return preview_ && step < then.size() && step < recipe_.steps.size() &&
         std::equal(then.begin(), then.begin() + end, recipe_.steps.begin());
}

QString RecipePanel::stepText(std::size_t step) const {
  const data::RecipeStep& one = recipe_.steps[step];
  const auto type = data::stepType(one.step);
  QString text =
      QString::number(step + 1) + ". " + (type ? words::said((*type)->title) : words::toQt(one.step));
  QStringList values;
  if (type)
    for (const Parameter& parameter : (*type)->parameters) {
      const auto value = one.parameters.find(parameter.id);
      if (value == one.parameters.end() || value->second.empty()) continue;
      const auto choice = std::find_if(parameter.choices.begin(), parameter.choices.end(),
                                       [&](const auto& each) { return each.id == value->second; });
      values.push_back(
          cut(choice == parameter.choices.end() ? words::toQt(value->second) : words::said(choice->title)));
    }
  if (!values.isEmpty()) text += "\n" + values.join(", ");
  if (!known(step)) return text;
  if (step < preview_->steps.size()) {
    const data::StepReport& report = preview_->steps[step].report;
    text += "\n" +
            (report.rows_after != report.rows_before
                 ? tr("%1 → %2 rows").arg(words::count(report.rows_before), words::count(report.rows_after))
                 : tr("%1 rows change").arg(words::count(report.changed)));
  } else if (step == preview_->steps.size() && preview_->failed) {
    text += "\n" + tr("does not work yet");
  }
  return text;
}

void RecipePanel::showSteps() {
  const QScopedValueRollback guard(showing_, true);
  const int row = steps_->currentRow();
  const QSignalBlocker quiet(steps_);
  while (steps_->count() > static_cast<int>(recipe_.steps.size()))
    delete steps_->takeItem(steps_->count() - 1);
  for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
    if (steps_->count() <= static_cast<int>(i)) steps_->addItem(QString());
    QListWidgetItem* item = steps_->item(static_cast<int>(i));
    item->setText(stepText(i));
    const bool failed = known(i) && preview_->failed && preview_->steps.size() == i;
    item->setIcon(failed ? theme::icon("state-failed") : QIcon());
  }
  steps_->setCurrentRow(std::clamp(row, recipe_.steps.empty() ? -1 : 0, steps_->count() - 1));
}

/// The selected step: its form, and what it would change.
void RecipePanel::showStep() {
  const QScopedValueRollback guard(showing_, true);
  const int at = selected();
  const bool there = at >= 0;
  for (QAction* action : {remove_, up_, down_})
    widgets::enableOrSay(action, there ? QString() : tr("Select a step first"));
  if (there && at == 0) widgets::enableOrSay(up_, tr("It is the first step"));
  if (there && at + 1 == static_cast<int>(recipe_.steps.size()))
    widgets::enableOrSay(down_, tr("It is the last step"));
  const auto type = there ? data::stepType(recipe_.steps[static_cast<std::size_t>(at)].step)
                          : Result<const data::StepType*>(nullptr);
  if (!there || !type || *type == nullptr) {
    form_->setParameters({}, {}, {});
    step_title_->clear();
    step_help_->clear();
  } else {
    step_title_->setText(words::said((*type)->title));
    step_help_->setText(words::said((*type)->help));
    form_->setParameters((*type)->parameters, recipe_.steps[static_cast<std::size_t>(at)].parameters,
                         (*type)->id);
  }
  showChanges();
}

void RecipePanel::showChanges() {
  const int at = selected();
  step_notice_->clear();
  const auto step = static_cast<std::size_t>(std::max(0, at));
  if (at < 0 || !known(step)) {
    if (at < 0) changes_->clear();
    changes_label_->setText(at < 0 ? QString() : tr("Looking at what changes…"));
    return;
  }
  if (step >= preview_->steps.size()) {
    changes_->clear();
    changes_label_->setText(step == preview_->steps.size() ? tr("This step does not work yet")
                                                           : tr("A step before this one does not work yet"));
    if (step == preview_->steps.size() && preview_->failed) step_notice_->showError(*preview_->failed);
    return;
  }
  const data::StepPreview& one = preview_->steps[step];
  changes_->setChanges(one);
  QString said = one.changes.empty()
                     ? tr("This step changes nothing")
                     : tr("%1 of %2 rows change; the first ones:")
                           .arg(words::count(one.report.changed), words::count(one.report.rows_before));
  if (preview_->rows_looked_at < preview_->table_rows)
    said += ' ' + tr("(in a sample of %1 rows)").arg(words::count(preview_->rows_looked_at));
  changes_label_->setText(said);
  QStringList notes;
  for (const data::StepNote& note : one.report.notes) notes.push_back(words::said(note.text, note.args));
  if (!notes.isEmpty()) step_notice_->showText(widgets::Notice::Kind::Info, notes.join("\n"));
}

void RecipePanel::useRecipe(const Result<data::Recipe>& recipe, const QString& name) {
  if (recipe)
    change(*recipe, tr("recipe %1").arg(name), 0);
  else
    notice_->showError(recipe.error());
}

void RecipePanel::readFile() {
  const QString file = widgets::askOpenFile(this, tr("Read a recipe"), tr("Recipes (*.json)"));
  if (file.isEmpty()) return;
  studio_.jobs().start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [path = words::toUtf8(file)](JobContext&) { return data::readRecipe(path); },
      [this, name = QFileInfo(file).completeBaseName()](const Result<data::Recipe>& recipe) {
        useRecipe(recipe, name);
      });
}

void RecipePanel::writeFile() {
  const QString file = widgets::askSaveFile(this, tr("Write the recipe"), name_ + QStringLiteral(".json"),
                                            tr("Recipes (*.json)"));
  if (file.isEmpty()) return;
  studio_.jobs().start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [path = words::toUtf8(file), recipe = recipe_](JobContext&) { return data::writeRecipe(recipe, path); },
      [this, file](const Result<>& done) {
        if (done)
          notice_->showText(widgets::Notice::Kind::Ok, tr("The recipe is in %1").arg(file));
        else
          notice_->showError(done.error());
      });
}

void RecipePanel::preview() {
  if (recipe_.steps.empty() || !studio_.project()) {
    previewing_.stop();
    preview_.reset();
    showSummary();
    return;
  }
  previewing_.start(
      this, {.title = {}, .shown = jobs::Shown::Quiet},
      [project = studio_.project(), table = words::toUtf8(name_), recipe = recipe_](JobContext& job) {
        return previewOf(*project, table, recipe, job);
      },
      [this, recipe = recipe_](Result<data::RecipePreview> preview) {
        if (!preview) {
          if (preview.error().code != ErrorCode::Cancelled) notice_->showError(preview.error());
          return;
        }
        preview_ = std::move(*preview);
        previewed_ = recipe;
        showSteps();
        showChanges();
        showSummary();
        check();
      });
}

void RecipePanel::showSummary() {
  if (!preview_ || previewed_ != recipe_ || preview_->steps.empty()) {
    maker_->setSummary({});
    return;
  }
  const data::StepReport& first = preview_->steps.front().report;
  const data::StepReport& last = preview_->steps.back().report;
  const bool sampled = preview_->rows_looked_at < preview_->table_rows;
  const QString rows = tr("%1 → %2 rows").arg(words::count(first.rows_before), words::count(last.rows_after));
  maker_->setSummary(sampled ? tr("In a sample: %1").arg(rows) : rows);
}

QString RecipePanel::objection() const {
  if (!table_) return tr("Choose a table first");
  if (recipe_.steps.empty()) return tr("Add a step first");
  if (preview_ && previewed_ == recipe_ && preview_->failed)
    return tr("Step %1 does not work yet").arg(preview_->steps.size() + 1);
  return {};
}

void RecipePanel::check() {
  maker_->setObjection(objection());
  saved_->setNotSavable(recipe_.steps.empty() ? tr("Add a step first") : QString());
}

void RecipePanel::start() {
  const auto project = studio_.project();
  if (!project || !objection().isEmpty()) return;
  notice_->clear();
  maker_->run(
      tr("Cleaning of %1").arg(name_),
      [project, from = words::toUtf8(name_), target = maker_->target(),
       recipe = recipe_](JobContext& job) -> Result<data::CleanReport> {
        const auto database = project->tables();
        if (!database) return forward(database);
        auto report = data::clean(**database, {from}, recipe, target, job);
        if (!report || from == target.name) return report;
        // What the columns mean goes with them.
        const auto made = (*database)->table({target.name});
        auto roles = project->roles(from);
        if (!made || !roles) return report;
        std::erase_if(*roles, [&](const auto& role) {
          return std::none_of(made->columns.begin(), made->columns.end(),
                              [&](const auto& column) { return column.name == role.second; });
        });
        if (auto set = project->setRoles(target.name, *roles); !set) return forward(set);
        return report;
      },
      [this](const Result<data::CleanReport>& report) {
        if (report)
          Q_EMIT cleaned(*report);
        else
          notice_->showError(report.error());
      });
}

}  // namespace lodestone::pages
