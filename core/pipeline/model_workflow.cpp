// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/model_workflow.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/data/made_table.h"
#include "core/data/query.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/held_out.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kReading{"Reading {0}", "正在读取 {0}"};
constexpr Text kSame{"The rows to learn from and the table to write are the same: {0}. Choose another name.",
                     "学习所用的表与要写入的表相同：{0}。请换一个名称。"};
constexpr Text kNoTarget{"The table {0} has no column {1}, so the model {2} cannot be measured on it.",
                         "表 {0} 没有列 {1}，因此无法在其上评估模型 {2}。"};
constexpr Text kNoPositive{
    "No row of {0} has the positive value \"{2}\" in {1}; its values are: {3}. Evaluate on a table with that "
    "value.",
    "表 {0} 的列 {1} 中没有正类取值“{2}”；其取值为：{3}。请用含有该取值的表评估。"};
constexpr Text kMissingColumn{"The table {0} has no column {1}, which the role {2} names. Change the role.",
                              "表 {0} 没有角色 {2} 所指的列 {1}。请修改该角色。"};

std::string sourceName(const TrainRequest& request) {
  return request.source.empty() ? request.table.name : request.source;
}

/// Ends the record of a training that did not get to its end, with the state that the error says.
tl::unexpected<Error> giveUp(project::Project& project, const std::string& id, Error error,
                             Language language) {
  const auto state =
      error.code == ErrorCode::Cancelled ? project::TrainingState::Cancelled : project::TrainingState::Failed;
  auto ended = project.models().end(id, state, error.message(language));
  std::error_code ignored;
  std::filesystem::remove_all(project.modelsFolder() / id, ignored);
  if (error.where.item.empty()) error.where.item = id;
  return tl::unexpected<Error>(std::move(error));
}

Json parametersJson(const ParameterValues& values) {
  Json json = Json::object();
  for (const auto& [id, value] : values.all()) json[id] = value;
  return json;
}

/// A column of numbers, one a row.
FrameColumn numberColumn(const std::string& name, std::vector<double> numbers) {
  return {name, ColumnKind::Number, std::move(numbers), {}, {}};
}

FrameColumn scoreColumn(const std::vector<float>& scores) {
  return numberColumn(campaign::kScoreColumn, std::vector<double>(scores.begin(), scores.end()));
}

FrameColumn rowColumn(std::int64_t rows) {
  std::vector<double> numbers(static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(i);
  return numberColumn("lodestone_row", std::move(numbers));
}

/// The table's own columns beside those of 'added', joined by lodestone_row = rowid. Columns of the table
/// that an earlier scoring added give way.
Result<> writeJoined(data::Database& database, const data::TableInfo& table, const Frame& added,
                     const data::TableName& out, const data::Making& making, JobContext& job) {
  const data::TableName part{out.name + "_part", "stages"};
  if (auto schema = database.execute("CREATE SCHEMA IF NOT EXISTS stages", job); !schema) return schema;
  if (auto written = database.writeFrame(part, added, job); !written) return written;
  std::vector<std::string> columns;
  for (const data::ColumnInfo& column : table.columns)
    if (added.find(column.name) == nullptr) columns.push_back("t." + data::quoteIdentifier(column.name));
  for (const FrameColumn& column : added.columns)
    if (column.name != "lodestone_row") columns.push_back("s." + data::quoteIdentifier(column.name));
  const auto joined =
      data::makeTable(database, {out.name, true, out.schema},
                      "SELECT " + join(columns, ", ") + " FROM " + data::quoted(table.table) + " t JOIN " +
                          data::quoted(part) + " s ON t.rowid = s.lodestone_row ORDER BY t.rowid",
                      making, job);
  auto dropped = database.drop(part);
  return joined ? dropped : forward(joined);
}

/// Scores come of the rows, of the model and of what that learned from.
data::Making predictionMaking(const project::ModelRecord& model, const data::TableName& table) {
  data::Making making{"predict", {{"model", model.id}}, {table}};
  for (const char* key : {"table", "test_table"})
    if (model.card.is_object() && model.card.contains(key))
      making.sources.push_back(tableFromJson(model.card[key]));
  return making;
}

Result<> checkRoles(const project::Roles& roles, const data::TableInfo& table) {
  for (const auto& [role, column] : roles) {
    const bool there =
        std::any_of(table.columns.begin(), table.columns.end(),
                    [&wanted = column](const data::ColumnInfo& info) { return info.name == wanted; });
    if (!there)
      return fail(ErrorCode::InvalidArgument, kMissingColumn, {table.table.name, column, role},
                  {.column = column, .table = table.table.name});
  }
  return {};
}

/// Distinct values of a column, the first few.
std::string valuesOf(const Frame& frame, const std::string& column) {
  std::set<std::string> values;
  for (std::int64_t row = 0; row < frame.rows && values.size() < 10; ++row)
    values.insert(frame.cell(*frame.find(column), row));
  return join({values.begin(), values.end()}, ", ");
}

/// Score, part of the split and outcome of each row that took part in the training.
Result<Frame> scoreHistory(const learn::TrainedModel& model, const Frame& frame, JobContext& job) {
  const auto dataset = learn::prepareDataset(frame, model.plan, job);
  if (!dataset) return forward(dataset);
  const auto scores = model.predict(frame.take(dataset->source_row), job);
  if (!scores) return forward(scores);
  Frame added;
  added.rows = static_cast<std::int64_t>(dataset->part.size());
  FrameColumn part{campaign::kPartColumn, ColumnKind::Text, {}, {}, {"train", "validation", "test"}};
  std::vector<double> target(dataset->part.size());
  const auto put = [&](const std::vector<std::int64_t>& rows, const std::vector<float>& values) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      target[static_cast<std::size_t>(rows[i])] = static_cast<double>(values[i]);
  };
  put(dataset->train_rows, dataset->train_target);
  put(dataset->validation_rows, dataset->validation_target);
  put(dataset->test_rows, dataset->test_target);
  for (const learn::Part row_part : dataset->part) part.codes.push_back(static_cast<std::int32_t>(row_part));
  std::vector<double> rows(dataset->source_row.begin(), dataset->source_row.end());
  added.columns = {numberColumn("lodestone_row", std::move(rows)), scoreColumn(*scores), std::move(part),
                   numberColumn(campaign::kTargetColumn, std::move(target))};
  return added;
}

}  // namespace

Result<Frame> readTable(project::Project& project, const data::TableName& table, JobContext& job) {
  auto database = project.tables();
  if (!database) return forward(database);
  const auto info = (*database)->table(table);
  if (!info) return forward(info);
  job.report(0, kReading, {table.name});
  return (*database)->frame("SELECT * FROM " + data::quoted(table) + " ORDER BY rowid", job);
}

learn::DatasetPlan withoutRoleColumns(learn::DatasetPlan plan, const project::Roles& roles,
                                      const Frame& frame) {
  for (const auto& [role, column] : roles) {
    const bool no_feature = role == "user" || role == "treatment" || role == "campaign" || role == "offer" ||
                            role == "channel" || role == "revenue" || role.starts_with("consent");
    const bool known = std::find(plan.exclude.begin(), plan.exclude.end(), column) != plan.exclude.end();
    if (no_feature && !known && column != plan.target && frame.find(column) != nullptr)
      plan.exclude.push_back(column);
  }
  return plan;
}

std::string modelSummary(const project::ModelRecord& record, const Text& text, Language language) {
  const auto figure = [](const Json& json, const char* pointer) {
    const auto at = Json::json_pointer(pointer);
    return json.contains(at) && json[at].is_number() ? formatGrouped(json[at].get<double>(), 3)
                                                     : std::string("–");
  };
  return fill(text, language,
              {record.id, figure(record.metrics, "/test/roc_auc"),
               formatGrouped(record.metrics.value("/test/rows"_json_pointer, 0.0), 0),
               figure(record.metrics, "/test/recall"), record.baseline.value("type", std::string()),
               figure(record.baseline, "/metrics/test/roc_auc")});
}

Result<TrainReport> trainOnTable(project::Project& project, const TrainRequest& request, JobContext& job) {
  const auto type = learn::modelType(request.model.type);
  if (!type) return forward(type);
  const auto checked = checkParameters((*type)->parameters, request.model.parameters, (*type)->id);
  if (!checked) return forward(checked);
  auto frame = readTable(project, request.table, job);
  if (!frame) return forward(frame);
  Frame test;
  if (request.test) {
    auto other = readTable(project, *request.test, job);
    if (!other) return forward(other);
    test = std::move(*other);
  }
  const auto roles = project.roles(request.table.name);
  if (!roles) return forward(roles);
  const learn::DatasetPlan plan = withoutRoleColumns(request.dataset, *roles, *frame);
  const auto dataset = learn::prepareDataset(*frame, plan, job, request.test ? &test : nullptr);
  if (!dataset) {
    Error error = dataset.error();
    if (error.where.table.empty()) error.where.table = sourceName(request);
    return tl::unexpected<Error>(std::move(error));
  }
  auto records = project.models();
  const auto id = records.begin(request.model.type, (*type)->task, sourceName(request),
                                request.dataset.target, parametersJson(*checked), request.made_for);
  if (!id) return forward(id);
  if (request.on_begin) request.on_begin(*id);
  auto training = learn::train(*dataset, request.model, job, [&](const learn::Epoch& epoch) -> Result<> {
    auto added = records.addEpoch(*id, epoch.epoch, learn::toJson(epoch));
    if (added && request.on_epoch) request.on_epoch(epoch);
    return added;
  });
  if (!training) return giveUp(project, *id, training.error(), job.language());

  Json& card = training->model.card;
  card["table"] = toJson(request.table);
  if (request.test) card["test_table"] = toJson(*request.test);
  if (!training->cross_validation.is_null()) card["cross_validation"] = training->cross_validation;
  const auto hash = training->model.save(project.modelsFolder() / *id);
  if (!hash) return giveUp(project, *id, hash.error(), job.language());
  if (auto kept = keepHeldOut(project.modelsFolder() / *id, *dataset, *training); !kept)
    return giveUp(project, *id, kept.error(), job.language());
  TrainReport report;
  report.record.id = *id;
  report.record.type = request.model.type;
  report.record.task = (*type)->task;
  report.record.table = sourceName(request);
  report.record.target = request.dataset.target;
  report.record.state = project::TrainingState::Done;
  report.record.parameters = parametersJson(training->model.parameters);
  report.record.metrics = training->model.metrics;
  report.record.baseline = training->model.baseline;
  report.record.card = training->model.card;
  report.record.file_hash = *hash;
  if (auto finished = records.finish(report.record); !finished)
    return giveUp(project, *id, finished.error(), job.language());
  report.training = std::move(*training);
  return report;
}

Result<learn::TrainedModel> loadModel(project::Project& project, const std::string& id,
                                      const std::string& device) {
  const auto record = project.models().get(id);
  if (!record) return forward(record);
  return learn::TrainedModel::load(project.modelsFolder() / id, device);
}

Result<std::int64_t> predictTable(project::Project& project, const std::string& model_id,
                                  const data::TableName& table, const data::TableName& out,
                                  const std::string& device, JobContext& job) {
  if (table == out) return fail(ErrorCode::InvalidArgument, kSame, {table.name}, {.table = table.name});
  auto database = project.tables();
  if (!database) return forward(database);
  const auto info = (*database)->table(table);
  if (!info) return forward(info);
  const auto model = loadModel(project, model_id, device);
  if (!model) return forward(model);
  const auto record = project.models().get(model_id);
  if (!record) return forward(record);
  const auto frame = readTable(project, table, job);
  if (!frame) return forward(frame);
  const auto scores = model->predict(*frame, job);
  if (!scores) return forward(scores);
  Frame added;
  added.rows = frame->rows;
  added.columns = {rowColumn(frame->rows), scoreColumn(*scores)};
  const data::Making making = predictionMaking(*record, table);
  if (auto written = writeJoined(**database, *info, added, out, making, job); !written)
    return forward(written);
  return frame->rows;
}

Result<std::int64_t> predictToCsv(project::Project& project, const std::string& model_id,
                                  const data::TableName& table, const std::filesystem::path& file,
                                  const std::string& device, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  const auto record = project.models().get(model_id);
  if (!record) return forward(record);
  const data::TableName passing{"prediction_to_file", "stages"};
  JobContext scoring = job.part(0, 0.8);
  auto rows = predictTable(project, model_id, table, passing, device, scoring);
  if (rows) {
    JobContext writing = job.part(0.8, 1);
    rows = data::queryToCsv(**database, "SELECT * FROM " + data::quoted(passing), file, writing,
                            predictionMaking(*record, table));
  }
  const auto there = (*database)->has(passing);
  if (there && *there)
    if (const auto dropped = (*database)->drop(passing); !dropped && rows) return forward(dropped);
  return rows;
}

Result<learn::Metrics> evaluateOnTable(project::Project& project, const std::string& model_id,
                                       const data::TableName& table, const std::string& device,
                                       JobContext& job) {
  const auto model = loadModel(project, model_id, device);
  if (!model) return forward(model);
  const auto frame = readTable(project, table, job);
  if (!frame) return forward(frame);
  const FrameColumn* target = frame->find(model->plan.target);
  if (target == nullptr)
    return fail(ErrorCode::InvalidArgument, kNoTarget, {table.name, model->plan.target, model_id},
                {.column = model->plan.target, .table = table.name});
  std::vector<std::int64_t> known;
  for (std::int64_t row = 0; row < frame->rows; ++row)
    if (!frame->missing(*target, row)) known.push_back(row);
  const Frame rows = frame->take(known);
  const auto scores = model->predict(rows, job);
  if (!scores) return forward(scores);
  std::vector<float> outcome;
  for (std::int64_t row = 0; row < rows.rows; ++row)
    outcome.push_back(rows.cell(*rows.find(model->plan.target), row) == model->plan.positive ? 1.0F : 0.0F);
  const bool any_positive = std::find(outcome.begin(), outcome.end(), 1.0F) != outcome.end();
  if (!any_positive)
    return fail(ErrorCode::InvalidArgument, kNoPositive,
                {table.name, model->plan.target, model->plan.positive, valuesOf(rows, model->plan.target)},
                {.column = model->plan.target, .table = table.name});
  return learn::measure(*scores, outcome);
}

Result<campaign::ScoredTables> scoreTables(project::Project& project, const std::string& model_id,
                                           const data::TableName& history,
                                           const std::optional<data::TableName>& population,
                                           const project::Roles& roles, const std::string& name_suffix,
                                           const std::string& device, JobContext& job) {
  auto database = project.tables();
  if (!database) return forward(database);
  const auto info = (*database)->table(history);
  if (!info) return forward(info);
  if (!population)
    if (auto known = checkRoles(roles, *info); !known) return forward(known);
  const auto model = loadModel(project, model_id, device);
  if (!model) return forward(model);
  const auto frame = readTable(project, history, job);
  if (!frame) return forward(frame);
  const auto added = scoreHistory(*model, *frame, job);
  if (!added) return forward(added);

  campaign::ScoredTables scored;
  scored.history = {"history_" + name_suffix, "stages"};
  scored.population =
      population ? data::TableName{"population_scored_" + name_suffix, "stages"} : scored.history;
  scored.source = history.name;
  scored.model = model_id;
  scored.roles = roles;
  scored.features = model->encoder.inputColumns();
  if (auto written = writeJoined(**database, *info, *added, scored.history, {}, job); !written)
    return forward(written);
  if (population)
    if (auto rows = predictTable(project, model_id, *population, scored.population, device, job); !rows)
      return forward(rows);
  return scored;
}

}  // namespace lodestone::pipeline
