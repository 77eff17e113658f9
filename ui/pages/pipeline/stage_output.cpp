// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/stage_output.h"

#include <algorithm>
#include <cmath>

#include "core/campaign/scored_tables.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/project/model_records.h"
#include "ui/pages/pipeline/chart_reading.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kBins = 20;

Result<std::vector<std::int64_t>> scoresOf(const data::Database& database, const data::TableName& table,
                                           JobContext& job) {
  const std::string score = data::quoteIdentifier(campaign::kScoreColumn);
  const auto rows = database.rows("SELECT least(" + std::to_string(kBins - 1) + ", CAST(floor(" + score +
                                      " * " + std::to_string(kBins) + ") AS BIGINT)) AS bin, count(*) FROM " +
                                      data::quoted(table) + " WHERE " + score + " IS NOT NULL GROUP BY 1",
                                  job);
  if (!rows) return forward(rows);
  std::vector<std::int64_t> counts(kBins);
  for (const auto& row : rows->rows)
    counts[static_cast<std::size_t>(std::clamp<std::int64_t>(row[0].get<std::int64_t>(), 0, kBins - 1))] +=
        row[1].get<std::int64_t>();
  return counts;
}

Result<> readParts(const data::Database& database, const data::TableName& split, StageOutputs& out,
                   JobContext& job) {
  const auto there = database.has(split);
  if (!there || !*there) return {};
  const auto rows = database.rows("SELECT part, count(*) FROM " + data::quoted(split) + " GROUP BY 1", job);
  if (!rows) return forward(rows);
  for (const char* part : {"train", "validation", "test"})
    for (const auto& row : rows->rows)
      if (row[0] == part) out.parts.emplace_back(part, row[1].get<std::int64_t>());
  return {};
}

Result<> readModel(project::Project& project, const std::string& id, StageOutputs& out) {
  const auto record = project.models().get(id);
  if (!record) return record.error().code == ErrorCode::NotFound ? Result<>() : forward(record);
  out.model = record->id;
  out.metrics = record->metrics;
  out.baseline = record->baseline;
  return {};
}

}  // namespace

Result<StagesOfRun> readStages(project::Project& project, std::int64_t run) {
  auto stages = project.pipelines().stages(run);
  if (!stages) return forward(stages);
  const auto record = project.pipelines().run(run);
  if (!record) return forward(record);
  std::optional<pipeline::StopRule> until;
  if (const auto document = pipeline::ChartDocument::parse(record->chart, "pipeline.mmd"))
    if (const auto binding = document->binding()) until = binding->until;
  auto cycles = pipeline::cyclesOf(project, *stages, until);
  if (!cycles) return forward(cycles);
  return StagesOfRun{std::move(*stages), std::move(*cycles)};
}

Result<StageOutputs> readOutputs(project::Project& project, const Json& outputs, JobContext& job) {
  StageOutputs out;
  auto database = project.tables();
  if (!database) return forward(database);
  if (const auto table = outputTable(outputs)) {
    const auto there = (*database)->has(*table);
    if (!there) return forward(there);
    if (*there) out.table = *table;
  }
  if (!outputs.is_array()) return out;
  for (const Json& output : outputs) {
    const std::string kind = output.value("kind", std::string());
    const Json value = output.value("value", Json::object());
    if (kind == "model") {
      if (auto read = readModel(project, value.value("model", std::string()), out); !read)
        return forward(read);
    } else if (kind == "strategies") {
      out.strategies = value.value("strategies", Json::array());
    } else if (kind == "evaluation") {
      out.evaluation = value;
    } else if (kind == "predictions" && out.table) {
      auto scores = scoresOf(**database, *out.table, job);
      if (!scores) return forward(scores);
      out.scores = std::move(*scores);
    } else if (kind == "dataset" && value.contains("split")) {
      if (auto read = readParts(**database, pipeline::tableFromJson(value["split"]), out, job); !read)
        return forward(read);
    }
  }
  return out;
}

Json memberOf(const Json& json, std::initializer_list<const char*> keys) {
  Json now = json;
  for (const char* key : keys) {
    if (!now.is_object() || !now.contains(key)) return nullptr;
    now = Json(now[key]);
  }
  return now;
}

const char* effectOf(const Json& strategies) {
  for (const Json& one : strategies)
    if (std::isfinite(words::figure(memberOf(one, {"predicted", "incremental_conversions"}), "value")))
      return "incremental_conversions";
  return "conversions";
}

}  // namespace lodestone::pages
