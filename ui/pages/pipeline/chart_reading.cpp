// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_reading.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>

#include "core/base/hash.h"
#include "core/pipeline/artefacts.h"
#include "ui/pages/pipeline/chart_places.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

/// A line for the state under each label; the label alone would make narrow nodes.
constexpr double kStateHeight = 20;
constexpr double kLeastWidth = 140;

/// The chart when its section does not read: stages by their labels alone.
pipeline::ChartOutlook outlookByLabels(const pipeline::Chart& chart) {
  pipeline::ChartOutlook outlook;
  outlook.graph = pipeline::makeGraph(chart);
  for (std::size_t i = 0; i < outlook.graph.ids.size(); ++i) {
    pipeline::NodeOutlook node;
    node.node = outlook.graph.ids[i];
    node.label = outlook.graph.labels[i];
    node.type = pipeline::stageTypeForLabel(node.label).bound();
    node.by_label = node.type != nullptr;
    outlook.nodes.push_back(std::move(node));
  }
  return outlook;
}

/// What was drawn before (an undo, another page and back) is not laid out again.
Result<pipeline::Layout> layoutWith(const pipeline::ChartDocument& document,
                                    const std::set<std::string>& collapsed, pipeline::LayoutOptions options,
                                    JobContext& job) {
  static pipeline::LayoutCache cache;
  options.collapsed = collapsed;
  if (auto binding = document.binding()) options.positions = std::move(binding->positions);
  return cache.layout(document.chart(), job, options);
}

std::string shapeOf(const ChartReading& reading) {
  Json places = Json::array();
  for (const pipeline::NodePosition& position : reading.positions)
    places.push_back(Json::array({position.node, position.x, position.y}));
  return sha256Hex(dumpJson(Json::array({pipeline::toJson(reading.document->chart()), places})));
}

}  // namespace

QString RunEntry::when() const {
  if (!finished_at.empty())
    return words::ago(QDateTime::fromString(words::toQt(finished_at), Qt::ISODateWithMs));
  return QCoreApplication::translate("lodestone::pages::RunEntry", "began %1").arg(words::moment(started_at));
}

const RunEntry* RunHistory::lastRun() const {
  std::int64_t last = 0;
  for (const auto& [node, history] : newest) last = std::max(last, history.run);
  const auto found =
      std::find_if(runs.begin(), runs.end(), [&](const RunEntry& run) { return run.id == last; });
  return found != runs.end() ? &*found : nullptr;
}

QStringList RunHistory::columnsOf(const std::string& node) const {
  const auto known = newest.find(node);
  const auto table = known != newest.end() ? outputTable(known->second.record.outputs) : std::nullopt;
  const auto found = table ? columns.find(quoted(*table)) : columns.end();
  return found != columns.end() ? found->second : QStringList();
}

ChartReading readChartText(const std::string& text, const std::vector<pipeline::KnownTable>& tables) {
  ChartReading reading;
  reading.text = text;
  auto document = pipeline::ChartDocument::parse(text, "pipeline.mmd");
  if (!document) {
    auto chart = pipeline::readChart(text);  // its error tells more
    if (chart) return reading;
    TextProblem problem;
    problem.line = static_cast<int>(chart.error().line);
    problem.column = static_cast<int>(chart.error().column);
    problem.syntax = std::move(chart.error());
    reading.problem = std::move(problem);
    return reading;
  }
  reading.document = std::make_shared<const pipeline::ChartDocument>(std::move(*document));
  reading.places = std::make_shared<const ChartPlaces>(*reading.document, words::toQt(text));
  if (auto binding = reading.document->binding()) {
    reading.until = binding->until;
    for (const pipeline::NodeBinding& bound : binding->nodes)
      if (bound.manual) reading.manual.insert(bound.node);
    reading.positions = std::move(binding->positions);
  }
  reading.shape = shapeOf(reading);
  auto outlook = pipeline::lookAhead(*reading.document, tables);
  if (outlook) {
    reading.outlook = std::move(*outlook);
    return reading;
  }
  reading.outlook = outlookByLabels(reading.document->chart());
  TextProblem problem;
  problem.line = static_cast<int>(outlook.error().where.line.value_or(1));
  problem.binding = std::move(outlook.error());
  reading.problem = std::move(problem);
  return reading;
}

bool ChartReading::placed(std::string_view node) const {
  return std::any_of(positions.begin(), positions.end(),
                     [&](const pipeline::NodePosition& position) { return position.node == node; });
}

Result<pipeline::Layout> layoutForCanvas(const pipeline::ChartDocument& document,
                                         const std::set<std::string>& collapsed, JobContext& job) {
  pipeline::LayoutOptions options;
  options.least_text_width = kLeastWidth;
  options.extra_text_height = kStateHeight;
  return layoutWith(document, collapsed, options, job);
}

Result<pipeline::Layout> layoutForExport(const pipeline::ChartDocument& document,
                                         const std::set<std::string>& collapsed, JobContext& job) {
  return layoutWith(document, collapsed, {}, job);
}

std::optional<data::TableName> outputTable(const Json& outputs) {
  if (!outputs.is_array()) return std::nullopt;
  for (const Json& output : outputs) {
    const std::string kind = output.value("kind", std::string());
    const Json value = output.value("value", Json());
    if (kind == "table" && value.contains("table")) return pipeline::tableFromJson(value["table"]);
    if (kind == "dataset" && value.contains("table") && value["table"].contains("table"))
      return pipeline::tableFromJson(value["table"]["table"]);
    if (kind == "predictions" && value.contains("population"))
      return pipeline::tableFromJson(value["population"]);
  }
  return std::nullopt;
}

Result<RunHistory> readHistory(project::Project& project, JobContext& job) {
  const auto tables = pipeline::knownTables(project);
  if (!tables) return forward(tables);
  auto charts = pipeline::chartHistories(project, *tables, job);
  if (!charts) return forward(charts);
  RunHistory history;
  history.charts = std::move(*charts);
  const auto runs = project.pipelines().runs();
  if (!runs) return forward(runs);
  for (auto run = runs->rbegin(); run != runs->rend(); ++run)
    history.runs.push_back({run->id, run->started_at, run->finished_at, run->state, run->seed, run->code});
  auto database = project.tables();
  if (!database) return forward(database);
  for (const pipeline::ChartHistory& chart : history.charts)
    for (const auto& [node, entry] : chart.newest) {
      const auto table = outputTable(entry.record.outputs);
      if (!table || history.columns.contains(quoted(*table))) continue;
      const auto info = (*database)->table(*table);
      if (!info) continue;  // dropped since
      for (const data::ColumnInfo& column : info->columns)
        history.columns[quoted(*table)] << words::toQt(column.name);
    }
  return history;
}

}  // namespace lodestone::pages
