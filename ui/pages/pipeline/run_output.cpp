// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/run_output.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <string_view>

#include "ui/charts/charts.h"
#include "ui/pages/pipeline/cycles_view.h"
#include "ui/pages/pipeline/lineage_view.h"
#include "ui/pages/pipeline/run_list.h"
#include "ui/pages/pipeline/run_log.h"
#include "ui/tables/data_table.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using tables::ListCell;
using tables::ListColumn;
using tables::ListRow;

namespace {

constexpr int kLeastHeight = 120;
constexpr int kLogTab = 2;
constexpr int kLineageTab = 3;
constexpr int kRunsTab = 4;
constexpr int kCyclesTab = 5;
constexpr const char* kParts[] = {"train", "validation", "test"};

QLabel* emptyLabel(QWidget* parent, const char* name) {
  QLabel* label = theme::label(theme::Role::Caption, parent);
  label->setObjectName(name);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  label->setContentsMargins(theme::kSpace5, theme::kSpace4, theme::kSpace5, theme::kSpace4);
  return label;
}

ListCell numberCell(double value, int decimals) {
  return {words::number(value, decimals), std::isfinite(value) ? QVariant(value) : QVariant()};
}

ListCell countCell(const std::optional<std::int64_t>& rows) {
  return rows ? ListCell{words::count(*rows), QVariant::fromValue<qlonglong>(*rows)} : ListCell{};
}

}  // namespace

RunOutput::RunOutput(studio::Studio& studio, QWidget* parent)
    : QWidget(parent), studio_(studio), run_job_(studio.jobs()), node_job_(studio.jobs()) {
  setObjectName("run_output");
  build();
  words::say(this, [this] {
    tabs_->setTabText(0, tr("Table"));
    tabs_->setTabText(1, tr("Charts"));
    tabs_->setTabText(kLogTab, tr("Log"));
    tabs_->setTabText(kLineageTab, tr("Lineage"));
    tabs_->setTabText(kRunsTab, tr("Runs"));
    tabs_->setTabText(kCyclesTab, tr("Rounds"));
    tabs_->setAccessibleName(tr("Output of the node"));
    runs_->setAccessibleName(tr("Run"));
    runs_->setToolTip(tr("Which run is shown"));
    showRuns();
    showLog();
    showNode();
  });
}

RunOutput::~RunOutput() = default;

void RunOutput::build() {
  tabs_ = new QTabWidget(this);
  tabs_->setObjectName("output_tabs");
  runs_ = new QComboBox(tabs_);
  runs_->setObjectName("output_runs");
  runs_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  auto* corner = new QWidget(tabs_);
  auto* room = new QHBoxLayout(corner);
  room->setContentsMargins(theme::kSpace2, 2, theme::kSpace2, 2);
  room->addWidget(runs_);
  tabs_->setCornerWidget(corner);

  table_places_ = new QStackedWidget(tabs_);
  table_empty_ = emptyLabel(table_places_, "output_table_empty");
  table_ = new tables::DataTable(studio_.jobs(), table_places_);
  table_->setObjectName("output_table");
  table_->expectProfile(false);
  figures_ = new QWidget(table_places_);
  auto* figures_column = new QVBoxLayout(figures_);
  figures_column->setContentsMargins(theme::kSpace3, theme::kSpace2, theme::kSpace3, theme::kSpace2);
  auto* figures_row = new QHBoxLayout;
  figures_title_ = theme::label(theme::Role::Body, figures_);
  figures_title_->setObjectName("output_figures_title");
  figures_title_->setWordWrap(true);
  link_ = new QPushButton(figures_);
  link_->setObjectName("output_link");
  figures_row->addWidget(figures_title_, 1);
  figures_row->addWidget(link_);
  figures_list_ = new tables::ListTable(figures_);
  figures_list_->setObjectName("output_figures");
  figures_column->addLayout(figures_row);
  figures_column->addWidget(figures_list_, 1);
  for (QWidget* place : {static_cast<QWidget*>(table_empty_), static_cast<QWidget*>(table_), figures_})
    table_places_->addWidget(place);

  chart_places_ = new QStackedWidget(tabs_);
  chart_empty_ = emptyLabel(chart_places_, "output_chart_empty");
  bars_ = new charts::BarChart(chart_places_);
  bars_->setObjectName("output_bars");
  histogram_ = new charts::HistogramChart(chart_places_);
  histogram_->setObjectName("output_histogram");
  intervals_ = new charts::IntervalChart(chart_places_);
  intervals_->setObjectName("output_intervals");
  for (QWidget* place : {static_cast<QWidget*>(chart_empty_), static_cast<QWidget*>(bars_),
                         static_cast<QWidget*>(histogram_), static_cast<QWidget*>(intervals_)})
    chart_places_->addWidget(place);
  chart_places_->setContentsMargins(theme::kSpace3, theme::kSpace2, theme::kSpace3, 0);
  log_ = new RunLog(tabs_);
  lineage_ = new LineageView(studio_, tabs_);
  list_ = new RunList(tabs_);
  cycles_ = new CyclesView(tabs_);
  tabs_->addTab(table_places_, {});
  tabs_->addTab(chart_places_, {});
  for (QWidget* tab : {static_cast<QWidget*>(log_), static_cast<QWidget*>(lineage_),
                       static_cast<QWidget*>(list_), static_cast<QWidget*>(cycles_)})
    tabs_->addTab(tab, {});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(tabs_);
  // Of one height whatever a node has to show, so that the drawing above does not jump.
  setMinimumHeight(kLeastHeight);

  connect(runs_, &QComboBox::activated, this,
          [this](int index) { chooseRun(index == 0 ? 0 : runs_->itemData(index).toLongLong()); });
  connect(link_, &QPushButton::clicked, this, [this] { studio_.go(link_page_, link_what_); });
  connect(table_, &tables::DataTable::failed, this, [this](const Error& error) {
    if (error.code != ErrorCode::Cancelled) showEmpty(words::said(error), {});
  });
  connect(log_, &RunLog::nodePicked, this, &RunOutput::nodePicked);
  connect(list_, &RunList::runPicked, this, [this](std::int64_t run) {
    chooseRun(!history_.runs.empty() && history_.runs.front().id == run ? 0 : run);
  });
  connect(tabs_, &QTabWidget::currentChanged, this, [this] { followNode(); });
  for (const charts::Chart* chart : chart_places_->findChildren<charts::Chart*>())
    connect(chart, &charts::Chart::saved, this, [this](const QString& file) {
      if (const project::StageRecord* of = record())
        studio_.keepFigure(file, {.run = runOfRecord(), .stage = pipeline::stageName(*of)});
    });
  for (const charts::Chart* chart : cycles_->findChildren<charts::Chart*>())
    connect(chart, &charts::Chart::saved, this, [this](const QString& file) {
      const std::int64_t run = run_ != 0 ? run_ : history_.runs.empty() ? 0 : history_.runs.front().id;
      studio_.keepFigure(file, {.run = run});
    });
}

void RunOutput::clear() {
  run_job_.stop();
  node_job_.stop();
  history_ = {};
  stages_.clear();
  outputs_.reset();
  live_ = false;
  run_ = 0;
  node_.clear();
  cycles_->setCycles({});
  table_->clear();
  showRuns();
  showLog();
  showNode();
}

void RunOutput::setHistory(const RunHistory& history) {
  history_ = history;
  live_ = false;
  const bool known = std::any_of(history_.runs.begin(), history_.runs.end(),
                                 [this](const RunEntry& run) { return run.id == run_; });
  if (!known) run_ = 0;
  showRuns();
  readRun();
}

void RunOutput::showRuns() {
  const QSignalBlocker quiet(runs_);
  runs_->clear();
  for (const RunEntry& run : history_.runs)
    runs_->addItem(
        tr("Run %1 · %2 · %3")
            .arg(words::count(run.id), widgets::stateWord(widgets::stateOf(run.state)), run.when()),
        QVariant::fromValue<qlonglong>(run.id));
  if (run_ != 0) runs_->setCurrentIndex(std::max(0, runs_->findData(QVariant::fromValue<qlonglong>(run_))));
  runs_->setVisible(runs_->count() > 0);
  list_->setRuns(history_.runs);
  list_->choose(run_ != 0 ? run_ : history_.runs.empty() ? 0 : history_.runs.front().id);
}

void RunOutput::readRun() {
  const auto project = studio_.project();
  const std::int64_t run = run_ != 0 ? run_ : history_.runs.empty() ? 0 : history_.runs.front().id;
  if (project == nullptr || run == 0) {
    run_job_.stop();
    stages_.clear();
    cycles_->setCycles({});
    showLog();
    readNode();
    return;
  }
  run_job_.start(
      this, {{}, jobs::Pool::Data, jobs::Shown::Quiet},
      [project, run](JobContext&) { return readStages(*project, run); },
      [this](const Result<StagesOfRun>& read) {
        if (!read) {
          if (read.error().code != ErrorCode::Cancelled) studio_.report(read.error());
          return;
        }
        stages_ = read->stages;
        cycles_->setCycles(read->cycles);
        showLog();
        readNode();
        Q_EMIT runShown();
      });
}

void RunOutput::setLive(const std::vector<project::StageRecord>& stages) {
  run_job_.stop();
  live_ = true;
  stages_ = stages;
  showLog();
}

void RunOutput::showLog() {
  log_->setStages(stages_);
}

void RunOutput::chooseRun(std::int64_t run) {
  if (run == run_) return;
  run_ = run;
  showRuns();
  readRun();
}

void RunOutput::showNewestRun() {
  chooseRun(0);
}

// --- lineage ---

void RunOutput::showLineage() {
  tabs_->setCurrentIndex(kLineageTab);
  followNode();
}

/// Followed only while it is looked at.
void RunOutput::followNode() {
  if (tabs_->currentIndex() != kLineageTab) return;
  const project::StageRecord* of = record();
  if (of == nullptr || of->outputs.empty()) {
    lineage_->follow(std::nullopt, node_.isEmpty() ? QString()
                                   : of == nullptr
                                       ? tr("%1 has not run yet.").arg(label_)
                                       : tr("%1 left nothing that can be followed back.").arg(label_));
    return;
  }
  lineage_->follow(LineageView::Subject{label_, runOfRecord(), words::toQt(pipeline::stageName(*of))});
}

void RunOutput::setNode(const QString& node, const QString& label) {
  const bool renamed = label != label_;
  label_ = label;
  if (node == node_) {
    if (renamed) showNode();
    return;
  }
  node_ = node;
  log_->setNode(node);
  readNode();
}

/// Of the chosen run; of the newest one that had the node when none is chosen.
const project::StageRecord* RunOutput::record() const {
  const std::string node = words::toUtf8(node_);
  if (run_ == 0) {
    const auto found = history_.newest.find(node);
    return found == history_.newest.end() ? nullptr : &found->second.record;
  }
  const project::StageRecord* last = nullptr;
  for (const project::StageRecord& stage : stages_)
    if (stage.node == node) last = &stage;
  return last;
}

std::int64_t RunOutput::runOfRecord() const {
  if (run_ != 0) return run_;
  const auto found = history_.newest.find(words::toUtf8(node_));
  return found == history_.newest.end() ? 0 : found->second.run;
}

void RunOutput::readNode() {
  const auto project = studio_.project();
  const project::StageRecord* of = record();
  if (project == nullptr || of == nullptr || of->outputs.empty()) {
    node_job_.stop();
    outputs_.reset();
    showNode();
    return;
  }
  node_job_.start(
      this, {{}, jobs::Pool::Data, jobs::Shown::Quiet},
      [project, outputs = of->outputs](JobContext& job) { return readOutputs(*project, outputs, job); },
      [this](const Result<StageOutputs>& outputs) {
        if (outputs) {
          outputs_ = *outputs;
          showNode();
        } else if (outputs.error().code != ErrorCode::Cancelled) {
          outputs_.reset();
          showEmpty(words::said(outputs.error()), words::said(outputs.error()));
        }
      });
}

void RunOutput::showEmpty(const QString& table, const QString& chart) {
  table_empty_->setText(table);
  chart_empty_->setText(chart);
  table_places_->setCurrentWidget(table_empty_);
  chart_places_->setCurrentWidget(chart_empty_);
}

void RunOutput::showNode() {
  if (node_.isEmpty()) {
    showEmpty(tr("Select a node to see what it left."), tr("Select a node to see what it left."));
    return;
  }
  const project::StageRecord* of = record();
  if (of == nullptr || !outputs_) {
    const QString why = of == nullptr         ? tr("%1 has not run yet.").arg(label_)
                        : of->message.empty() ? tr("%1 left nothing.").arg(label_)
                                              : words::toQt(of->message);
    showEmpty(why, why);
    followNode();
    return;
  }
  showTable();
  showCharts();
  followNode();
}

void RunOutput::showTable() {
  const StageOutputs& out = *outputs_;
  if (out.table) {
    table_->setTable(studio_.project(), *out.table);
    table_places_->setCurrentWidget(table_);
  } else if (!out.model.empty()) {
    showMetrics();
  } else if (!out.strategies.empty()) {
    showStrategies();
  } else if (out.evaluation.is_object()) {
    showEvaluation();
  } else {
    table_empty_->setText(tr("What it left is no longer in the project. Run it again."));
    table_places_->setCurrentWidget(table_empty_);
  }
}

void RunOutput::showMetrics() {
  const StageOutputs& out = *outputs_;
  figures_title_->setText(tr("Model %1").arg(words::toQt(out.model)));
  link_->setText(tr("Open in Models"));
  link_->show();
  link_page_ = QStringLiteral("models");
  link_what_ = words::toQt(out.model);
  figures_list_->setAccessibleName(tr("Figures of the model"));
  figures_list_->setColumns({{tr("Figure")},
                             {tr("Training rows"), ListColumn::Kind::Number},
                             {tr("Validation rows"), ListColumn::Kind::Number},
                             {tr("Test rows"), ListColumn::Kind::Number},
                             {tr("Baseline, test rows"), ListColumn::Kind::Number}});
  const std::pair<const char*, QString> kinds[] = {
      {"accuracy", tr("Accuracy")}, {"precision", tr("Precision")},
      {"recall", tr("Recall")},     {"f1", tr("F1")},
      {"roc_auc", tr("ROC AUC")},   {"pr_auc", tr("PR AUC")},
      {"log_loss", tr("Log loss")}, {"brier", tr("Brier score")}};
  std::vector<ListRow> rows;
  for (const auto& [key, title] : kinds) {
    ListRow row{QString::fromLatin1(key), {{title}}};
    for (const char* part : kParts)
      row.cells.push_back(numberCell(words::figure(memberOf(out.metrics, {part}), key), 3));
    row.cells.push_back(numberCell(words::figure(memberOf(out.baseline, {"metrics", "test"}), key), 3));
    rows.push_back(std::move(row));
  }
  figures_list_->setRows(rows);
  table_places_->setCurrentWidget(figures_);
}

void RunOutput::showStrategies() {
  const Json& strategies = outputs_->strategies;
  figures_title_->setText(tr("%n strategies", nullptr, static_cast<int>(strategies.size())));
  link_->setText(tr("Open in Strategies"));
  link_->show();
  link_page_ = QStringLiteral("strategies");
  link_what_ = {};
  figures_list_->setAccessibleName(tr("Strategies"));
  const char* effect = effectOf(strategies);
  const bool incremental = std::string_view(effect) == "incremental_conversions";
  figures_list_->setColumns(
      {{tr("Strategy")},
       {tr("Audience"), ListColumn::Kind::Number},
       {tr("Offer")},
       {tr("Channel")},
       {incremental ? tr("Extra conversions") : tr("Conversions"), ListColumn::Kind::Number},
       {tr("Cost"), ListColumn::Kind::Number}});
  std::vector<ListRow> rows;
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    const Json& one = strategies[i];
    const double size = words::figure(memberOf(one, {"audience"}), "size");
    const double extra = words::figure(memberOf(one, {"predicted", effect}), "value");
    const double cost = words::figure(one, "cost");
    const QString currency = words::toQt(one.value("currency", std::string()));
    rows.push_back({QString::number(i),
                    {{words::said(memberOf(one, {"title"}))},
                     std::isfinite(size) ? countCell(std::llround(size)) : ListCell{},
                     {words::said(memberOf(one, {"offer", "title"}))},
                     {words::said(memberOf(one, {"channel_title"}))},
                     numberCell(extra, 1),
                     {words::money(cost, currency), std::isfinite(cost) ? QVariant(cost) : QVariant()}}});
  }
  figures_list_->setRows(rows);
  table_places_->setCurrentWidget(figures_);
}

void RunOutput::showEvaluation() {
  const Json& figures = outputs_->evaluation;
  figures_title_->setText(tr("Sum over all strategies, on rows that no choice was made on"));
  link_->setText(tr("Open in Strategies"));
  link_->show();
  link_page_ = QStringLiteral("strategies");
  link_what_ = {};
  figures_list_->setAccessibleName(tr("Evaluation"));
  figures_list_->setColumns({{tr("Figure")},
                             {tr("Value"), ListColumn::Kind::Number},
                             {tr("Low"), ListColumn::Kind::Number},
                             {tr("High"), ListColumn::Kind::Number}});
  std::vector<ListRow> rows;
  const std::pair<const char*, QString> sums[] = {{"incremental_conversions", tr("Extra conversions")},
                                                  {"conversions", tr("Conversions")}};
  for (const auto& [key, title] : sums) {
    const Json interval = memberOf(figures, {key});
    rows.push_back({QString::fromLatin1(key),
                    {{title},
                     numberCell(words::figure(interval, "value"), 1),
                     numberCell(words::figure(interval, "low"), 1),
                     numberCell(words::figure(interval, "high"), 1)}});
  }
  rows.push_back({"cost", {{tr("Cost")}, numberCell(words::figure(figures, "cost"), 2), {}, {}}});
  const std::pair<const char*, QString> verdicts[] = {
      {"PASS", tr("Checks passed")}, {"REVIEW", tr("Checks to look at")}, {"FAIL", tr("Checks failed")}};
  for (const auto& [key, title] : verdicts) {
    const double checks = words::figure(memberOf(figures, {"checks"}), key);
    rows.push_back(
        {QString::fromLatin1(key), {{title}, numberCell(std::isfinite(checks) ? checks : 0, 0), {}, {}}});
  }
  figures_list_->setRows(rows);
  table_places_->setCurrentWidget(figures_);
}

}  // namespace lodestone::pages
