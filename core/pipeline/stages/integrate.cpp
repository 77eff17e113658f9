// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/data/join.h"
#include "core/data/reshape.h"
#include "core/pipeline/stages/sources.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kAlone{"One table: there is nothing to integrate with it", "只有一张表，无需集成"};
constexpr Text kBeside{"{0} tables beside it: {1} rows, {2} columns", "并入 {0} 张表：{1} 行、{2} 列"};
constexpr Text kBelow{"{0} tables below it: {1} rows, {2} columns", "追加 {0} 张表：{1} 行、{2} 列"};
constexpr Text kNoKeys{"By which columns? Set the stage's parameter \"keys\", for example customer_id.",
                       "按哪些列关联？请设置参数“keys”，例如 customer_id。"};

std::vector<data::TableName> others(const StageInput& input) {
  std::vector<data::TableName> tables;
  if (input.has("more"))
    for (const Artefact& artefact : input.inputs.at("more"))
      tables.push_back(tableValueFromJson(artefact.value).table);
  for (const std::string& name : input.parameters.list("tables")) tables.push_back({name});
  return tables;
}

/// The answer of the query, if there is one, as a table of its own; the caller drops it.
Result<std::optional<data::TableName>> answered(data::Database& database, const StageInput& input,
                                                JobContext& job) {
  const std::string& query = input.parameters.text("query");
  if (trim(query).empty()) return std::optional<data::TableName>();
  const data::TableName answer = input.ownTable("asked");
  if (auto made = makeQueryTable(database, answer, sqlOf(query), job); !made) return forward(made);
  return std::optional(answer);
}

std::vector<data::JoinKey> keysOf(const ParameterValues& values) {
  std::vector<data::JoinKey> keys;
  for (const Pair& pair : values.pairs("keys"))
    keys.push_back({pair.first, pair.second.value_or(pair.first)});
  return keys;
}

/// All tables beside the first, one after the other; the last one made bears the name.
Result<std::vector<std::string>> besides(data::Database& database, data::TableName& table,
                                         const std::vector<data::TableName>& more, const StageInput& input,
                                         const std::string& word, JobContext& job) {
  std::vector<std::string> warnings;
  const auto keys = keysOf(input.parameters);
  if (keys.empty()) return fail(ErrorCode::InvalidArgument, kNoKeys, {}, {.item = "keys"});
  std::vector<data::TableName> made;
  for (std::size_t i = 0; i < more.size(); ++i) {
    const bool last = i + 1 == more.size();
    const data::TableName next = input.ownTable(last ? word : word + std::to_string(i));
    JobContext part = job.part(static_cast<double>(i) / static_cast<double>(more.size()),
                               static_cast<double>(i + 1) / static_cast<double>(more.size()));
    const auto report = data::joinTables(database, {.left = table, .right = more[i], .keys = keys},
                                         {next.name, true, next.schema}, part);
    if (!report) return forward(report);
    for (const data::Notice& notice : report->warnings) warnings.push_back(notice.message(job.language()));
    if (!last) made.push_back(next);
    table = next;
  }
  for (const data::TableName& between : made)
    if (auto gone = database.drop(between); !gone) return forward(gone);
  return warnings;
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto opened = stageTables(input, job);
  if (!opened) return forward(opened);
  data::Database& database = **opened;
  TableValue value = tableValueFromJson(input.value("table"));
  const auto before = database.table(value.table);
  if (!before) return forward(before);
  std::vector<data::TableName> more = others(input);
  const auto answer = answered(database, input, job);
  if (!answer) return forward(answer);
  if (*answer) more.push_back(**answer);
  if (more.empty()) {
    StageOutput output = tableOutput(value, before->rows, before->rows);
    output.message = kAlone.in(job.language());
    return output;
  }
  std::vector<std::string> warnings;
  const bool beside = input.parameters.text("how") == "beside";
  if (beside) {
    JobContext rows = job.part(0, value.population ? 0.5 : 1);
    auto told = besides(database, value.table, more, input, "integrated", rows);
    if (!told) return forward(told);
    warnings = std::move(*told);
    if (value.population) {
      JobContext rest = job.part(0.5, 1);
      if (auto done = besides(database, *value.population, more, input, "addressed", rest); !done)
        return forward(done);
    }
  } else {
    data::UnionSpec spec{{value.table}, {}};
    spec.tables.insert(spec.tables.end(), more.begin(), more.end());
    value.table = input.ownTable("integrated");
    const auto report = data::unionTables(database, spec, {value.table.name, true, value.table.schema}, job);
    if (!report) return forward(report);
    for (const data::Notice& notice : report->notices) warnings.push_back(notice.message(job.language()));
  }
  if (*answer)
    if (auto gone = database.drop(**answer); !gone) return forward(gone);
  const auto after = database.table(value.table);
  if (!after) return forward(after);
  StageOutput output = tableOutput(value, before->rows, after->rows);
  warnings.insert(warnings.begin(), fill(beside ? kBeside : kBelow, job.language(),
                                         {std::to_string(more.size()), grouped(after->rows),
                                          std::to_string(after->columns.size())}));
  output.warning = warnings.size() > 1;
  output.message = shorten(join(warnings, job.language() == Language::Chinese ? "；" : "; "), 500);
  return output;
}

Result<> check(const ParameterValues& values, const Foresight& foresight) {
  const bool several =
      foresight.fed.contains("more") || !values.list("tables").empty() || !trim(values.text("query")).empty();
  if (several && values.text("how") == "beside" && keysOf(values).empty())
    return fail(ErrorCode::InvalidArgument, kNoKeys, {}, {.item = "keys"});
  return {};
}

/// The tables that it names; a query may read any.
Result<std::string> outside(const StageInput& input, JobContext& job) {
  if (!trim(input.parameters.text("query")).empty()) return sourceHash(input, job);
  auto database = input.project->tables();
  if (!database) return forward(database);
  std::string hash;
  for (const std::string& name : input.parameters.list("tables")) {
    if (auto there = (*database)->table({name}); !there) return forward(there);
    const auto one = contentHash(**database, {name}, job);
    if (!one) return forward(one);
    hash += *one;
  }
  return hash;
}

}  // namespace

StageType integrate() {
  return {
      .id = "integrate",
      .title = {"Integrate data", "数据集成"},
      .help = {"Puts further tables beside the rows, where keys are equal, or below them. One table alone "
               "goes on as it is.",
               "把其他表按相等的键并到各行旁边，或追加到各行之后；只有一张表时原样传递。"},
      .group = StageGroup::Tables,
      .inputs = {tablePort(),
                 {.name = "more",
                  .kind = PortKind::Table,
                  .title = {"Further tables", "其他表"},
                  .optional = true,
                  .many = true}},
      .outputs = {tablePort()},
      .parameters = {{"how",
                      {"Arrangement", "方式"},
                      {"Whether the other tables come beside the rows or below them.",
                       "其他表并到各行旁边，还是追加到各行之后。"},
                      ParameterKind::Choice,
                      "beside",
                      {},
                      {},
                      {},
                      {{"beside", {"beside, by keys", "按键并列"}}, {"below", {"below", "追加"}}}},
                     {"keys",
                      {"Equal columns", "键列"},
                      {"Beside: the columns that must be equal, as this=that or one name for both.",
                       "并列时必须相等的列，写成 本表列=其他表列，或两边同名的列。"},
                      ParameterKind::Pairs},
                     {"tables",
                      {"Tables of the project", "项目中的表"},
                      {"Further tables besides those of other nodes.",
                       "除其他节点给出的表之外，再并入的项目表。"},
                      ParameterKind::List},
                     {"query",
                      {"Query", "查询"},
                      {"A SELECT over the project's tables whose answer is one more table.",
                       "对项目各表的 SELECT，其结果作为另一张表。"},
                      ParameterKind::Sql}},
      .same_columns = false,
      .run = run,
      .outside = outside,
      .check = check,
  };
}

}  // namespace lodestone::pipeline::stages
