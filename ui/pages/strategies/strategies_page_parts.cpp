// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the page is put together; what it does is in strategies_page.cpp.
#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/pipeline/lineage.h"
#include "ui/charts/chart.h"
#include "ui/pages/strategies/generate_panel.h"
#include "ui/pages/strategies/strategies_page.h"
#include "ui/pages/strategies/strategy_cards.h"
#include "ui/pages/strategies/strategy_comparison.h"
#include "ui/pages/strategies/strategy_editor.h"
#include "ui/pages/strategies/strategy_effects.h"
#include "ui/pages/strategies/strategy_form.h"
#include "ui/pages/strategies/strategy_inspector.h"
#include "ui/pages/strategies/strategy_order.h"
#include "ui/pages/strategies/strategy_summary.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kStates = 7;  // of project::StrategyState

}  // namespace

StrategiesPage::StrategiesPage(studio::Studio& studio, QWidget* parent)
    : Page(parent),
      studio_(studio),
      reading_(studio.jobs()),
      reading_history_(studio.jobs()),
      reviewing_(studio.jobs()),
      editor_(new StrategyEditor(studio, this)),
      inspector_(new StrategyInspector),
      places_(new QStackedWidget),
      no_predictions_(new widgets::EmptyState("strategies")),
      no_strategies_(new widgets::EmptyState("strategies")),
      notice_(new widgets::Notice),
      cards_button_(new QPushButton),
      table_button_(new QPushButton),
      effects_button_(new QPushButton),
      search_(new QLineEdit),
      state_filter_(new QComboBox),
      sort_(new QComboBox),
      summary_(new StrategySummary),
      splitter_(new QSplitter(Qt::Vertical)),
      effects_(new StrategyEffects),
      views_(new QStackedWidget),
      cards_(new StrategyCards),
      table_(new tables::ListTable),
      no_match_(new widgets::EmptyState("search")),
      generate_(new GeneratePanel(studio)),
      compare_(new StrategyComparison) {
  setObjectName(StrategiesPage::id());
  buildActions();
  buildPlaces();
  connectParts();
  connectEditor();
  words::say(this, [this] { showTexts(); });
  showView(View::Cards);
  projectChanged();
}

void StrategiesPage::buildPlaces() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace4, theme::kSpace3, theme::kSpace4, theme::kSpace2);
  column->setSpacing(theme::kSpace3);
  notice_->setObjectName("strategiesNotice");
  column->addWidget(notice_);
  column->addWidget(places_, 1);
  no_predictions_->setObjectName("noPredictions");
  run_pipeline_ = no_predictions_->addButton("runPipeline");
  no_strategies_->setObjectName("noStrategies");
  first_generate_ = no_strategies_->addButton("firstGenerate");
  work_ = buildWork();
  // In the order of Place.
  places_->addWidget(new QWidget);
  places_->addWidget(no_predictions_);
  places_->addWidget(no_strategies_);
  places_->addWidget(work_);
  places_->addWidget(generate_);
  places_->addWidget(compare_);
}

QWidget* StrategiesPage::buildWork() {
  auto* work = new QWidget;
  auto* column = new QVBoxLayout(work);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  column->addWidget(summary_);
  column->addLayout(buildTools());
  table_->setObjectName("strategyTable");
  no_match_->setObjectName("noMatch");
  clear_filter_ = no_match_->addButton("clearFilter");
  views_->addWidget(cards_);
  views_->addWidget(table_);
  views_->addWidget(no_match_);
  splitter_->setObjectName("strategySplitter");
  splitter_->setChildrenCollapsible(false);
  splitter_->addWidget(effects_);
  // The line between them has room on both sides.
  effects_->layout()->setContentsMargins(0, 0, 0, theme::kSpace2);
  views_->setContentsMargins(0, theme::kSpace2, 0, 0);
  splitter_->addWidget(views_);
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 3);
  column->addWidget(splitter_, 1);
  return work;
}

QLayout* StrategiesPage::buildTools() {
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace2);
  cards_button_->setObjectName("showCards");
  table_button_->setObjectName("showTable");
  effects_button_->setObjectName("showEffects");
  cards_button_->setIcon(theme::icon("cards"));
  table_button_->setIcon(theme::icon("table"));
  effects_button_->setIcon(theme::icon("chart"));
  for (QPushButton* button : {cards_button_, table_button_, effects_button_}) button->setCheckable(true);
  search_->setObjectName("strategySearch");
  search_->setClearButtonEnabled(true);
  search_->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
  state_filter_->setObjectName("strategyState");
  sort_->setObjectName("strategySort");
  for (QComboBox* choice : {state_filter_, sort_}) choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  state_filter_->addItem(QString(), -1);
  for (int state = 0; state < kStates; ++state) state_filter_->addItem(QString(), state);
  for (int order = 0; order < kStrategyOrders; ++order) sort_->addItem(QString(), order);
  row->addWidget(cards_button_);
  row->addWidget(table_button_);
  row->addWidget(search_, 1);
  row->addWidget(state_filter_);
  row->addWidget(sort_);
  row->addWidget(effects_button_);
  return row;
}

QAction* StrategiesPage::addCommand(const QString& name, const QKeySequence& shortcut,
                                    const std::function<void()>& run) {
  auto* action = new QAction(this);
  action->setObjectName(name);
  action->setShortcut(shortcut);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(action, &QAction::triggered, this, run);
  addAction(action);
  // The inspector stands beside the page, not in it.
  inspector_->addAction(action);
  return action;
}

void StrategiesPage::buildActions() {
  generate_action_ = addCommand("generate", QKeySequence("Ctrl+G"), [this] { openGenerate(); });
  compare_action_ = addCommand("compare", QKeySequence("Ctrl+D"), [this] { openCompare(); });
  cards_action_ = addCommand("viewCards", QKeySequence("Ctrl+1"), [this] { showView(View::Cards); });
  table_action_ = addCommand("viewTable", QKeySequence("Ctrl+2"), [this] { showView(View::Table); });
  effects_action_ = addCommand("viewEffects", QKeySequence("Ctrl+3"), [this] { showStrategies(); });
  effects_action_->setCheckable(true);
  effects_action_->setChecked(true);
  search_action_ = addCommand("findStrategy", QKeySequence("Ctrl+F"), [this] {
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
  });
  edit_action_ = addCommand("editStrategy", QKeySequence("Ctrl+E"), [this] { openSelected(); });
  submit_action_ = addCommand("sendToReview", QKeySequence("Ctrl+Return"), [this] { submit(); });
  review_action_ =
      addCommand("openInReviewAction", QKeySequence("Ctrl+R"), [this] { studio_.go("review", selected_); });
  lineage_action_ = addCommand("strategyLineage", QKeySequence("Ctrl+L"),
                               [this] { Q_EMIT studio_.lineageWanted(selected_); });
  for (QWidget* view : {static_cast<QWidget*>(cards_), static_cast<QWidget*>(table_)}) {
    view->addActions({edit_action_, submit_action_, review_action_, lineage_action_});
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
  }
  generate_action_->setIcon(theme::icon("add"));
  compare_action_->setIcon(theme::icon("compare"));
}

void StrategiesPage::connectParts() {
  connect(&studio_, &studio::Studio::projectChanged, this, &StrategiesPage::projectChanged);
  for (const auto changed : {&studio::Studio::strategiesChanged, &studio::Studio::modelsChanged,
                             &studio::Studio::runsChanged, &studio::Studio::tablesChanged})
    connect(&studio_, changed, this, &StrategiesPage::refresh);
  connect(run_pipeline_, &QPushButton::clicked, this, [this] { studio_.go("pipeline"); });
  connect(first_generate_, &QPushButton::clicked, this, &StrategiesPage::openGenerate);
  connect(clear_filter_, &QPushButton::clicked, this, [this] {
    search_->clear();
    state_filter_->setCurrentIndex(0);
  });
  connect(cards_button_, &QPushButton::clicked, this, [this] { showView(View::Cards); });
  connect(table_button_, &QPushButton::clicked, this, [this] { showView(View::Table); });
  connect(effects_button_, &QPushButton::clicked, effects_action_, &QAction::trigger);
  connect(effects_action_, &QAction::toggled, effects_button_, &QPushButton::setChecked);
  effects_button_->setChecked(true);
  connect(search_, &QLineEdit::textChanged, this, &StrategiesPage::showStrategies);
  auto* forget = new QShortcut(Qt::Key_Escape, search_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(forget, &QShortcut::activated, search_, &QLineEdit::clear);
  connect(state_filter_, &QComboBox::currentIndexChanged, this, [this] { showStrategies(); });
  connect(sort_, &QComboBox::currentIndexChanged, this, [this] { showStrategies(); });
  const auto chosen = [this](const QString& id) {
    if (!id.isEmpty()) select(id);
  };
  connect(cards_, &StrategyCards::currentIdChanged, this, chosen);
  connect(table_, &tables::ListTable::currentIdChanged, this, chosen);
  connect(effects_, &StrategyEffects::pressed, this, chosen);
  for (const charts::Chart* chart : effects_->findChildren<charts::Chart*>())
    connect(chart, &charts::Chart::saved, this, [this](const QString& file) {
      pipeline::FigureSubject subject;
      for (const project::StrategyVersion& one : effects_->strategies())
        subject.of.push_back({one.id, one.version});
      studio_.keepFigure(file, subject);
    });
  connect(effects_, &StrategyEffects::failed, this,
          [this](const Error& error) { notice_->showError(error); });
  connect(cards_, &StrategyCards::opened, this, &StrategiesPage::openSelected);
  connect(table_, &tables::ListTable::opened, this, &StrategiesPage::openSelected);
  connect(generate_, &GeneratePanel::made, this, &StrategiesPage::strategiesMade);
  connect(generate_, &GeneratePanel::catalogueSaved, this, &StrategiesPage::refresh);
  connect(generate_, &GeneratePanel::closed, this, &StrategiesPage::closePanel);
  connect(compare_, &StrategyComparison::closed, this, &StrategiesPage::closePanel);
}

void StrategiesPage::connectEditor() {
  connect(inspector_, &StrategyInspector::submitPressed, this, &StrategiesPage::submit);
  connect(inspector_, &StrategyInspector::reviewPressed, review_action_, &QAction::trigger);
  connect(inspector_->form(), &StrategyForm::committed, this, &StrategiesPage::edit);
  connect(editor_, &StrategyEditor::edited, this, &StrategiesPage::editDone);
  connect(editor_, &StrategyEditor::failed, this, &StrategiesPage::editFailed);
  connect(editor_, &StrategyEditor::approvalAtStake, this, &StrategiesPage::askAboutApproval);
  connect(editor_, &StrategyEditor::unchanged, this, [this](const QString& id) {
    if (id == selected_) inspector_->form()->restore();
  });
  connect(editor_, &StrategyEditor::refused, this, [this](const QString& id, const QString& reason) {
    (id == selected_ ? inspector_->notice() : notice_)->showText(widgets::Notice::Kind::Warning, reason);
  });
  connect(editor_, &StrategyEditor::busyChanged, this, [this] {
    inspector_->setBusy(editor_->busy(selected_));
    showActions();
  });
}

void StrategiesPage::showTexts() {
  generate_action_->setText(tr("Generate…"));
  generate_action_->setToolTip(tr("Make strategies from predictions (Ctrl+G)"));
  compare_action_->setText(tr("Compare…"));
  compare_action_->setToolTip(
      tr("Two strategies side by side (Ctrl+D); press a second card with Ctrl to choose it"));
  cards_action_->setText(tr("Strategies as cards"));
  table_action_->setText(tr("Strategies as a table"));
  effects_action_->setText(tr("Chart of all effects"));
  search_action_->setText(tr("Find a strategy"));
  edit_action_->setText(tr("Edit the strategy"));
  submit_action_->setText(tr("Send the strategy to review"));
  review_action_->setText(tr("Open the strategy in Review"));
  lineage_action_->setText(tr("Where the strategy came from"));
  cards_button_->setText(tr("Cards"));
  cards_button_->setToolTip(tr("Strategies as cards (Ctrl+1)"));
  table_button_->setText(tr("Table"));
  table_button_->setToolTip(tr("Strategies as a table (Ctrl+2)"));
  effects_button_->setText(tr("Chart"));
  effects_button_->setToolTip(tr("Show or hide the chart of all effects (Ctrl+3)"));
  search_->setPlaceholderText(tr("Search"));
  search_->setAccessibleName(tr("Search strategies"));
  search_->setToolTip(tr("By number, title, conditions, offer, channel or approver (Ctrl+F)"));
  no_predictions_->setTexts(
      tr("No predictions yet"),
      tr("Strategies are made of a model's predictions. Run the pipeline on your tables, or train "
         "a model, and come back."));
  run_pipeline_->setText(tr("Go to the pipeline"));
  no_strategies_->setTexts(
      tr("No strategies yet"),
      tr("There are predictions. Say what to aim for, and strategies are made of them: who gets "
         "which offer by which channel, and what to expect."));
  first_generate_->setText(tr("Generate strategies…"));
  no_match_->setTexts(tr("No strategy matches"), tr("None has this text and state."));
  clear_filter_->setText(tr("Show all"));
  table_->setAccessibleName(tr("Strategies as a table"));
  showFilterTexts();
  table_->setColumns(strategyColumns());
  showView(view_);
  showStrategies();
  Q_EMIT headerChanged();
}

void StrategiesPage::showFilterTexts() {
  state_filter_->setAccessibleName(tr("State"));
  state_filter_->setToolTip(tr("Show only strategies in this state"));
  state_filter_->setItemText(0, tr("All states"));
  for (int state = 0; state < kStates; ++state)
    state_filter_->setItemText(state + 1, StrategyWords::state(static_cast<project::StrategyState>(state)));
  sort_->setAccessibleName(tr("Sort by"));
  const QString orders[kStrategyOrders] = {
      tr("By number"),    tr("Most extra conversions"), tr("Best ROI"),      tr("Largest revenue"),
      tr("Highest cost"), tr("Largest audience"),       tr("Earliest start")};
  for (int order = 0; order < kStrategyOrders; ++order) sort_->setItemText(order, orders[order]);
}

}  // namespace lodestone::pages
