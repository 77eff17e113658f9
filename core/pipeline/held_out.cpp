// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/held_out.h"

#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "core/campaign/scored_tables.h"
#include "core/learn/safetensors.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/model_workflow.h"
#include "core/project/model_records.h"

namespace lodestone::pipeline {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFile = "held_out.safetensors";
constexpr const char* kOutcomeColumn = "lodestone_outcome";
constexpr const char* kBaselineColumn = "lodestone_baseline";
/// Row numbers are kept as two floats, for one alone is exact only up to 2^24.
constexpr std::int64_t kRowBase = 1 << 20;

constexpr Text kNotTrained{
    "The training of {0} did not get to its end, so it has no held-out rows. Train again.",
    "{0} 的训练没有完成，因此没有留出行。请重新训练。"};
constexpr Text kChanged{
    "The table {1} is not, cell for cell, what the model {0} was trained from. The model stands as it is; "
    "train "
    "again to see the rows of the table as it is now.",
    "表 {1} 的内容与训练模型 {0} 时不完全相同。模型保持原样；要查看现有表的行，请重新训练。"};
constexpr Text kOther{
    "The file {1} does not give the figures that the record of the model {0} has. Take it from a backup, or "
    "train "
    "the model again.",
    "文件 {1} 与模型 {0} 的记录数字不符。请从备份恢复，或重新训练模型。"};

std::vector<std::int64_t> sourceRows(const learn::Dataset& dataset) {
  std::vector<std::int64_t> rows;
  rows.reserve(dataset.test_rows.size());
  for (const std::int64_t row : dataset.test_rows)
    rows.push_back(dataset.source_row[static_cast<std::size_t>(row)]);
  return rows;
}

learn::Tensor tensor(const char* name, std::vector<float> values) {
  return {name, {static_cast<std::int64_t>(values.size())}, std::move(values)};
}

Result<HeldOut> readFileOf(const std::string& model, const fs::path& path) {
  const auto bytes = readFile(path);
  if (!bytes) return forward(bytes);
  auto content = learn::readSafetensors(*bytes, path.string());
  if (!content) return forward(content);
  HeldOut out;
  std::vector<float> high, low;
  const std::pair<const char*, std::vector<float>*> parts[] = {
      {"probability", &out.probability},
      {"target", &out.target},
      {"baseline_probability", &out.baseline_probability},
      {"row_high", &high},
      {"row_low", &low}};
  for (learn::Tensor& each : content->tensors)
    for (const auto& [name, values] : parts)
      if (each.name == name) *values = std::move(each.values);
  const std::size_t rows = out.probability.size();
  const bool fits = out.target.size() == rows && high.size() == rows && low.size() == rows &&
                    (out.baseline_probability.empty() || out.baseline_probability.size() == rows);
  if (!fits)
    return fail(ErrorCode::Corrupt, kOther, {model, path.string()}, {.file = path.string(), .item = model});
  for (std::size_t i = 0; i < rows; ++i)
    out.rows.push_back(std::llround(high[i]) * kRowBase + std::llround(low[i]));
  return out;
}

/// The same counts, and the same ranking.
bool givesFigures(const HeldOut& rows, const Json& recorded) {
  const learn::Metrics metrics = learn::measure(rows.probability, rows.target);
  const auto same = [&](const char* key, std::int64_t value) {
    return recorded.contains(key) && recorded[key].is_number() && recorded[key].get<std::int64_t>() == value;
  };
  constexpr double kTolerance = 1e-9;
  const double area = recorded.contains("roc_auc") && recorded["roc_auc"].is_number()
                          ? recorded["roc_auc"].get<double>()
                          : metrics.roc_auc;
  return same("rows", metrics.rows) && same("positives", metrics.positives) &&
         same("true_positives", metrics.true_positives) && same("false_positives", metrics.false_positives) &&
         std::fabs(area - metrics.roc_auc) < kTolerance;
}

data::TableName trainedTable(const project::ModelRecord& record, const char* key) {
  if (record.card.contains(key) && record.card[key].is_object()) return tableFromJson(record.card[key]);
  return {record.table};
}

/// The tables that it was trained from, prepared as it was then. InvalidArgument when they changed.
Result<learn::Dataset> sameDataset(project::Project& project, const project::ModelRecord& record,
                                   const learn::DatasetPlan& plan, JobContext& job) {
  const data::TableName table = trainedTable(record, "table");
  const auto frame = readTable(project, table, job);
  if (!frame) return forward(frame);
  Frame test;
  const bool other_test = record.card.contains("test_table");
  if (other_test) {
    auto read = readTable(project, trainedTable(record, "test_table"), job);
    if (!read) return forward(read);
    test = std::move(*read);
  }
  auto dataset = learn::prepareDataset(*frame, plan, job, other_test ? &test : nullptr);
  const bool stopped = !dataset && dataset.error().code == ErrorCode::Cancelled;
  if (stopped) return forward(dataset);
  // A table that can no longer be prepared at all has changed, too.
  if (!dataset || dataset->data_hash != record.card.value("data_hash", std::string()))
    return fail(ErrorCode::InvalidArgument, kChanged, {record.id, record.table},
                {.table = record.table, .item = record.id});
  return dataset;
}

Result<HeldOut> scoredAgain(project::Project& project, const project::ModelRecord& record, JobContext& job) {
  const auto model = loadModel(project, record.id, "cpu");
  if (!model) return forward(model);
  JobContext preparing = job.part(0, 0.8);
  const auto dataset = sameDataset(project, record, model->plan, preparing);
  if (!dataset) return forward(dataset);
  HeldOut out;
  JobContext scoring = job.part(0.8, 1);
  auto scores = model->fitted->predict(dataset->test, scoring);
  if (!scores) return forward(scores);
  out.probability = std::move(*scores);
  out.target = dataset->test_target;
  out.rows = sourceRows(*dataset);
  return out;
}

Result<project::ModelRecord> trainedRecord(project::Project& project, const std::string& model) {
  auto record = project.models().get(model);
  if (!record) return forward(record);
  if (record->state != project::TrainingState::Done)
    return fail(ErrorCode::InvalidArgument, kNotTrained, {model}, {.item = model});
  return record;
}

Json testFigures(const project::ModelRecord& record) {
  return record.metrics.is_object() && record.metrics.contains("test") ? record.metrics["test"]
                                                                       : Json(nullptr);
}

}  // namespace

Result<> keepHeldOut(const fs::path& model_folder, const learn::Dataset& dataset,
                     const learn::Training& training) {
  if (training.test_probability.empty()) return {};
  std::vector<float> high, low;
  for (const std::int64_t row : sourceRows(dataset)) {
    high.push_back(static_cast<float>(row / kRowBase));
    low.push_back(static_cast<float>(row % kRowBase));
  }
  learn::Safetensors content;
  content.metadata = {{"format", "lodestone-held-out"}};
  content.tensors = {tensor("probability", training.test_probability), tensor("target", dataset.test_target),
                     tensor("baseline_probability", training.baseline_test_probability),
                     tensor("row_high", std::move(high)), tensor("row_low", std::move(low))};
  return writeFileAtomically(model_folder / kFile, learn::writeSafetensors(content));
}

Result<HeldOut> heldOut(project::Project& project, const std::string& model, JobContext& job) {
  const auto record = trainedRecord(project, model);
  if (!record) return forward(record);
  const Json recorded = testFigures(*record);
  if (!recorded.is_object()) return HeldOut{};
  const fs::path path = project.modelsFolder() / model / kFile;
  std::error_code ignored;
  const bool kept = fs::exists(path, ignored);
  auto rows = kept ? readFileOf(model, path) : scoredAgain(project, *record, job);
  if (!rows) return rows;
  if (kept && !givesFigures(*rows, recorded))
    return fail(ErrorCode::Corrupt, kOther, {model, path.string()}, {.file = path.string(), .item = model});
  return rows;
}

Result<data::TableName> heldOutTable(project::Project& project, const std::string& model, JobContext& job) {
  const auto record = trainedRecord(project, model);
  if (!record) return forward(record);
  JobContext scoring = job.part(0, 0.2);
  const auto rows = heldOut(project, model, scoring);
  if (!rows) return forward(rows);
  const auto loaded = loadModel(project, model, "cpu");
  if (!loaded) return forward(loaded);
  JobContext comparing = job.part(0.2, 0.8);
  if (const auto same = sameDataset(project, *record, loaded->plan, comparing); !same) return forward(same);

  Frame added;
  added.rows = static_cast<std::int64_t>(rows->rows.size());
  const auto add = [&](const char* name, const auto& values) {
    constexpr double kGrain = 1e6;  // a float has no more decimals to tell
    std::vector<double> numbers;
    for (const auto value : values)
      numbers.push_back(std::round(static_cast<double>(value) * kGrain) / kGrain);
    added.columns.push_back({name, ColumnKind::Number, std::move(numbers), {}, {}});
  };
  add("lodestone_row", rows->rows);
  add(campaign::kScoreColumn, rows->probability);
  add(kOutcomeColumn, rows->target);
  if (!rows->baseline_probability.empty()) add(kBaselineColumn, rows->baseline_probability);

  auto database = project.tables();
  if (!database) return forward(database);
  const data::TableName source =
      trainedTable(*record, record->card.contains("test_table") ? "test_table" : "table");
  const auto info = (*database)->table(source);
  if (!info) return forward(info);
  std::vector<std::string> columns;
  for (std::size_t i = 1; i < added.columns.size(); ++i)
    columns.push_back("s." + data::quoteIdentifier(added.columns[i].name));
  for (const data::ColumnInfo& column : info->columns)
    if (added.find(column.name) == nullptr) columns.push_back("t." + data::quoteIdentifier(column.name));
  const data::TableName out{"held_out_" + model, "stages"};
  const data::TableName part{out.name + "_part", "stages"};
  JobContext writing = job.part(0.8, 1);
  if (auto written = (*database)->writeFrame(part, added, writing); !written) return forward(written);
  const auto joined =
      (*database)->execute("CREATE OR REPLACE TABLE " + data::quoted(out) + " AS SELECT " +
                               join(columns, ", ") + " FROM " + data::quoted(source) + " t JOIN " +
                               data::quoted(part) + " s ON t.rowid = s.lodestone_row ORDER BY s." +
                               data::quoteIdentifier(campaign::kScoreColumn) + " DESC, t.rowid",
                           writing);
  const auto dropped = (*database)->drop(part);
  if (!joined) return forward(joined);
  if (!dropped) return forward(dropped);
  return out;
}

}  // namespace lodestone::pipeline
