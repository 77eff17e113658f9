// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/pipeline/artefacts.h"
#include "core/pipeline/model_workflow.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kPreparing{"Splitting and encoding", "正在切分与编码"};
constexpr Text kPrepared{
    "{0} features of {1} columns; {2} training rows ({3} of them for validation), {4} test rows",
    "由 {1} 列得到 {0} 个特征；训练 {2} 行（其中验证 {3} 行），测试 {4} 行"};
constexpr Text kLeftOut{"; left out: {0}", "；未使用：{0}"};
constexpr Text kWhichTarget{
    "What is to be predicted? Set the stage's parameter \"target\" to a column of {0}, or give a column of "
    "that table "
    "the role target. It has: {1}.",
    "要预测什么？请把该阶段的参数“target”设为 {0} 的一列，或为该表的某列指定角色 target。可用的列：{1}。"};

constexpr Text kNoColumn{"The table {0} has no column \"{1}\". It has: {2}.",
                         "表 {0} 没有列“{1}”。可用的列：{2}。"};

Result<std::string> targetColumn(const StageInput& input, const TableValue& table,
                                 const data::Database& database) {
  if (!input.parameters.text("target").empty()) return input.parameters.text("target");
  if (const auto role = table.roles.find("target"); role != table.roles.end()) return role->second;
  const auto info = database.table(table.table);
  if (!info) return forward(info);
  std::vector<std::string> names;
  for (const data::ColumnInfo& column : info->columns) names.push_back(column.name);
  return fail(ErrorCode::InvalidArgument, kWhichTarget, {table.source, shorten(join(names, ", "), 400)},
              {.table = table.source});
}

/// Of rows that a query makes, only the run can tell which columns they have.
Result<> check(const ParameterValues& parameters, const Foresight& foresight) {
  if (!foresight.source) return {};
  const KnownTable& table = *foresight.source;
  const std::string& target = parameters.text("target");
  const auto has = [&](const std::string& column) {
    return std::find(table.columns.begin(), table.columns.end(), column) != table.columns.end();
  };
  if (target.empty() && !table.roles.contains("target"))
    return fail(ErrorCode::InvalidArgument, kWhichTarget,
                {table.name, shorten(join(table.columns, ", "), 400)}, {.table = table.name});
  for (const std::string& column : {target, parameters.text("group")})
    if (!column.empty() && !has(column))
      return fail(ErrorCode::InvalidArgument, kNoColumn,
                  {table.name, column, shorten(join(table.columns, ", "), 400)}, {.table = table.name});
  return {};
}

/// Which row went where, for the eye and for audits: row of the table, part, target.
Result<> writeSplit(data::Database& database, const data::TableName& name, const learn::Dataset& dataset,
                    JobContext& job) {
  Frame frame;
  frame.rows = static_cast<std::int64_t>(dataset.part.size());
  FrameColumn row{"row", ColumnKind::Number, {}, {}, {}};
  FrameColumn part{"part", ColumnKind::Text, {}, {}, {"train", "validation", "test"}};
  for (std::size_t i = 0; i < dataset.part.size(); ++i) {
    row.numbers.push_back(static_cast<double>(dataset.source_row[i]));
    part.codes.push_back(static_cast<std::int32_t>(dataset.part[i]));
  }
  frame.columns = {std::move(row), std::move(part)};
  return database.writeFrame(name, frame, job);
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  job.report(0, kPreparing);
  DatasetValue value;
  value.table = tableValueFromJson(input.value("table"));
  auto target = targetColumn(input, value.table, **database);
  if (!target) return forward(target);
  value.plan.target = *target;
  value.plan.positive = input.parameters.text("positive");
  value.plan.exclude = input.parameters.list("exclude");
  value.plan.group = input.parameters.text("group");
  value.plan.test_fraction = input.parameters.number("test_fraction");
  value.plan.seed = input.seed;
  value.plan.features.fill_numbers = value.table.fill;

  const auto frame = readTable(*input.project, value.table.table, job);
  if (!frame) return forward(frame);
  value.plan = withoutRoleColumns(value.plan, value.table.roles, *frame);
  const auto dataset = learn::prepareDataset(*frame, value.plan, job);
  if (!dataset) {
    Error error = dataset.error();
    error.where.table = value.table.source;
    return tl::unexpected<Error>(error);
  }
  value.plan.positive = dataset->plan.positive;
  const data::TableName split = input.ownTable("split");
  if (auto written = writeSplit(**database, split, *dataset, job); !written) return forward(written);

  Json json = toJson(value);
  json["split"] = toJson(split);
  json["features"] = dataset->encoder.featureNames();
  StageOutput output;
  output.rows_in = frame->rows;
  output.rows_out = static_cast<std::int64_t>(dataset->part.size());
  output.message =
      fill(kPrepared, job.language(),
           {std::to_string(dataset->encoder.featureNames().size()),
            std::to_string(dataset->encoder.inputColumns().size()),
            grouped(std::ssize(dataset->train_rows) + std::ssize(dataset->validation_rows)),
            grouped(std::ssize(dataset->validation_rows)), grouped(std::ssize(dataset->test_rows))});
  std::vector<std::string> left_out;
  for (const learn::LeftOut& column : dataset->encoder.leftOut())
    left_out.push_back(column.column + " (" + std::string(column.reason.in(job.language())) + ")");
  if (!left_out.empty())
    output.message += fill(kLeftOut, job.language(), {shorten(join(left_out, ", "), 300)});
  output.artefacts.push_back({PortKind::Dataset, std::move(json), {}});
  return output;
}

}  // namespace

StageType features() {
  return {
      .id = "features",
      .title = {"Extract features", "特征提取"},
      .help = {"Splits the rows into training and test rows first, then learns encoding and scaling on the "
               "training "
               "rows only: numbers standardised, texts one-hot.",
               "先把数据行切分为训练行与测试行，再只从训练行学习编码与缩放：数字标准化，文本独热编码。"},
      .group = StageGroup::Models,
      .inputs = {{"table", PortKind::Table, {"Table", "表"}}},
      .outputs = {{"dataset", PortKind::Dataset, {"Prepared rows", "备好的数据行"}}},
      .parameters = {{"target",
                      {"Target", "目标列"},
                      {"The column to predict. Empty: the one with the role target.",
                       "要预测的列。留空：角色为 target 的列。"},
                      ParameterKind::Column},
                     {"positive",
                      {"Positive value", "正类取值"},
                      {"The target's value that counts as yes. Empty: the lexicographically greater of two.",
                       "目标列中视为“是”的取值。留空：两个取值中按字典序较大的一个。"},
                      ParameterKind::String},
                     {"exclude",
                      {"Leave out", "排除的列"},
                      {"Columns that are no features.", "不作为特征的列。"},
                      ParameterKind::ColumnList},
                     {"group",
                      {"Keep together", "分组列"},
                      {"All rows with the same value here stay on one side of the split: the customer, when "
                       "one has several "
                       "rows.",
                       "此列取值相同的行始终位于切分的同一侧：例如一个客户有多行时，填客户列。"},
                      ParameterKind::Column},
                     {"test_fraction",
                      {"Share of test rows", "测试行占比"},
                      {"They touch nothing but the final score.", "测试行只用于最后的评分。"},
                      ParameterKind::Number,
                      "0.2",
                      0.05,
                      0.5}},
      .run = run,
      .check = check,
  };
}

}  // namespace lodestone::pipeline::stages
