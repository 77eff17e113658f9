// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <tuple>

#include "core/data/event_columns.h"
#include "core/pipeline/recommendation.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kFigures{
    "{0}: Recall@10 {1}, NDCG@10 {2} (popularity: {3}, {4}) on {5} users from {6} on",
    "{0}：自 {6} 起的 {5} 位用户上 Recall@10 为 {1}、NDCG@10 为 {2}（热门基线：{3}、{4}）"};
constexpr Text kListed{"{0} recommendations; ", "{0} 条推荐；"};
constexpr Text kBetter{"Better on validation: {0}, NDCG@10 {1}, before {2}. ",
                       "在验证时段上更好：{0}，NDCG@10 为 {1}，之前为 {2}。"};
constexpr Text kNotBetter{"No point of the grid beats what there is (NDCG@10 {0} on validation). ",
                          "网格中没有更好的组合（验证时段 NDCG@10 为 {0}）。"};
constexpr Text kNoRows{
    "Connect a node that gives rows with user, item and time, or set the stage's parameter \"table\".",
    "请连接一个给出用户、物品和时间的节点，或设置参数“table”。"};
constexpr Text kNoColumn{
    "Which column of {0} is the {1}? Set the stage's parameter \"{1}\", or give a column that role.",
    "{0} 的哪一列是 {1}？请设置参数“{1}”，或为某列指定该角色。"};
constexpr Text kBadGrid{"The grid \"{0}\" does not read. Write model=...; neighbours=20,50.",
                        "无法解析网格“{0}”。请写成 model=...; neighbours=20,50。"};

struct Source {
  RecommenderSpec spec;
  TableValue value;
};

/// The table that the parameters name, else the one that came in, and which of its columns are what.
Result<Source> sourceOf(const StageInput& input, const data::Database& database) {
  Source source;
  const std::string& name = input.parameters.text("table");
  if (!name.empty()) {
    source.value.table = {name};
    source.value.source = name;
    auto roles = input.project->roles(name);
    if (!roles) return forward(roles);
    source.value.roles = std::move(*roles);
  } else if (input.has("table")) {
    source.value = tableValueFromJson(input.value("table"));
  } else {
    return fail(ErrorCode::InvalidArgument, kNoRows, {}, {.item = "table"});
  }
  const auto info = database.table(source.value.table);
  if (!info) return forward(info);
  const auto column = [&](const std::string& role) {
    if (!input.parameters.text(role).empty()) return input.parameters.text(role);
    const auto found = source.value.roles.find(role);
    return found == source.value.roles.end() ? std::string() : found->second;
  };
  data::EventColumns columns;
  columns.user = column("user");
  columns.item = column("item");
  columns.time = column("time");
  columns = data::guessEventColumns(*info, std::move(columns));
  source.spec.table = source.value.table;
  for (auto [role, to, from] : {std::tuple{"user", &source.spec.user, &columns.user},
                                std::tuple{"item", &source.spec.item, &columns.item},
                                std::tuple{"time", &source.spec.time, &columns.time}}) {
    if (from->empty())
      return fail(ErrorCode::InvalidArgument, kNoColumn, {source.value.source, role},
                  {.column = role, .table = source.value.source});
    *to = *from;
  }
  for (const data::ColumnInfo& one : info->columns)
    if (one.name == source.spec.time)
      source.spec.number_time =
          one.type != "VARCHAR" && !one.type.starts_with("DATE") && !one.type.starts_with("TIME");
  return source;
}

/// Of a recommender that came in all but the rows, of parameters the rest.
void takeSettings(const StageInput& input, RecommenderSpec& spec) {
  if (input.has("recommender")) {
    const RecommenderSpec found = recommenderSpecFromJson(input.value("recommender"));
    spec.model = found.model;
    spec.neighbours = found.neighbours;
    spec.history = found.history;
    spec.repeat = found.repeat;
    spec.test_share = found.test_share;
    return;
  }
  spec.model = input.parameters.text("model");
  spec.neighbours = input.parameters.integer("neighbours");
  spec.history = input.parameters.integer("history");
  spec.repeat = input.parameters.flag("repeat");
  spec.test_share = input.parameters.number("test_share");
}

std::string told(const RecommenderFigures& figures, const std::string& model, Language language) {
  std::string title = model;
  for (const RecommenderType& type : recommenderTypes())
    if (type.id == model) title = type.title.in(language);
  return fill(kFigures, language,
              {title, formatGrouped(figures.model.recall, 4), formatGrouped(figures.model.ndcg, 4),
               formatGrouped(figures.popularity.recall, 4), formatGrouped(figures.popularity.ndcg, 4),
               grouped(figures.users), figures.from.substr(0, 10)});
}

void leave(StageOutput& output, const RecommenderSpec& spec, const RecommenderFigures& figures) {
  Json value = toJson(spec);
  value["metrics"] = toJson(figures);
  output.artefacts.push_back({PortKind::Recommender, value, {}});
  output.artefacts.push_back({PortKind::Evaluation, {{"recommender", toJson(figures)}}, {}});
}

Result<StageOutput> fit(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  auto source = sourceOf(input, **database);
  if (!source) return forward(source);
  takeSettings(input, source->spec);
  const auto figures = measureRecommender(**database, source->spec, HoldOut::Test, job);
  if (!figures) return forward(figures);
  StageOutput output;
  output.rows_in = figures->training_rows;
  output.message = told(*figures, source->spec.model, job.language());
  leave(output, source->spec, *figures);
  return output;
}

Result<StageOutput> list(const StageInput& input, JobContext& job) {
  auto database = stageTables(input, job);
  if (!database) return forward(database);
  Source source;
  if (input.has("recommender") && input.parameters.text("table").empty()) {
    source.spec = recommenderSpecFromJson(input.value("recommender"));
  } else {
    auto found = sourceOf(input, **database);
    if (!found) return forward(found);
    source = std::move(*found);
    takeSettings(input, source.spec);
  }
  JobContext measuring = job.part(0, 0.5);
  const auto figures = measureRecommender(**database, source.spec, HoldOut::Test, measuring);
  if (!figures) return forward(figures);
  JobContext listing = job.part(0.5, 1);
  TableValue value;
  value.table = input.ownTable("recommended");
  value.source = input.node;
  value.roles = {{"user", source.spec.user}, {"item", source.spec.item}};
  const auto rows =
      writeRecommendations(**database, source.spec, input.parameters.integer("count"), value.table, listing);
  if (!rows) return forward(rows);
  StageOutput output = tableOutput(value, figures->training_rows, *rows);
  output.rows_in.reset();
  output.message =
      fill(kListed, job.language(), {grouped(*rows)}) + told(*figures, source.spec.model, job.language());
  output.artefacts.push_back({PortKind::Evaluation, {{"recommender", toJson(*figures)}}, {}});
  return output;
}

/// Every combination of "model=a,b; neighbours=20,50" over the settings that there are.
Result<std::vector<RecommenderSpec>> gridOf(const std::string& grid, const RecommenderSpec& base) {
  std::vector<RecommenderSpec> points = {base};
  for (const std::string& part : split(grid, ';')) {
    if (trim(part).empty()) continue;
    const std::size_t equals = part.find('=');
    const std::string key(trim(part.substr(0, equals)));
    const auto values =
        equals == std::string::npos ? std::vector<std::string>() : splitList(part.substr(equals + 1));
    std::vector<RecommenderSpec> next;
    for (const RecommenderSpec& point : points)
      for (const std::string& value : values) {
        RecommenderSpec one = point;
        double number = 0;
        const bool model = std::any_of(recommenderTypes().begin(), recommenderTypes().end(),
                                       [&](const RecommenderType& type) { return type.id == value; });
        const bool whole = parseNumber(value, number) && number >= 1 && number <= 1e6;
        if (key == "model" && model)
          one.model = value;
        else if (key == "neighbours" && whole)
          one.neighbours = static_cast<std::int64_t>(number);
        else if (key == "history" && whole)
          one.history = static_cast<std::int64_t>(number);
        else
          return fail(ErrorCode::InvalidArgument, kBadGrid, {grid}, {.item = "grid"});
        next.push_back(std::move(one));
      }
    if (next.empty()) return fail(ErrorCode::InvalidArgument, kBadGrid, {grid}, {.item = "grid"});
    points = std::move(next);
  }
  return points;
}

Result<StageOutput> improve(const StageInput& input, JobContext& job) {
  auto database = input.project->tables();
  if (!database) return forward(database);
  RecommenderSpec best = recommenderSpecFromJson(input.value("recommender"));
  const auto points = gridOf(input.parameters.text("grid"), best);
  if (!points) return forward(points);
  const auto count = static_cast<double>(points->size() + 2);
  JobContext first = job.part(0, 1 / count);
  const auto now = measureRecommender(**database, best, HoldOut::Validation, first);
  if (!now) return forward(now);
  double best_ndcg = now->model.ndcg;
  bool better = false;
  for (std::size_t i = 0; i < points->size(); ++i) {
    JobContext part = job.part(static_cast<double>(i + 1) / count, static_cast<double>(i + 2) / count);
    const auto figures = measureRecommender(**database, (*points)[i], HoldOut::Validation, part);
    if (!figures) return forward(figures);
    if (figures->model.ndcg <= best_ndcg + 1e-9) continue;
    best_ndcg = figures->model.ndcg;
    best = (*points)[i];
    better = true;
  }
  JobContext last = job.part((count - 1) / count, 1);
  const auto figures = measureRecommender(**database, best, HoldOut::Test, last);
  if (!figures) return forward(figures);
  StageOutput output;
  const std::string chosen = best.model == "popularity"
                                 ? best.model
                                 : best.model + ", neighbours " + std::to_string(best.neighbours);
  output.message = better ? fill(kBetter, job.language(),
                                 {chosen, formatGrouped(best_ndcg, 4), formatGrouped(now->model.ndcg, 4)})
                          : fill(kNotBetter, job.language(), {formatGrouped(best_ndcg, 4)});
  output.message += told(*figures, best.model, job.language());
  leave(output, best, *figures);
  return output;
}

Parameter columnParameter(std::string id, const Text& title) {
  return {.id = std::move(id),
          .title = title,
          .help = {"Empty: the column of that role, else one of a usual name.",
                   "留空：取该角色的列，否则按常见列名识别。"},
          .kind = ParameterKind::Column};
}

std::vector<Parameter> parameters() {
  Parameter model{.id = "model",
                  .title = {"Model", "模型"},
                  .help = {"How items are chosen; popularity is measured beside it in any case.",
                           "如何选择物品；热门基线总会一并评估。"},
                  .kind = ParameterKind::Choice,
                  .default_value = recommenderTypes().front().id};
  for (const RecommenderType& type : recommenderTypes()) model.choices.push_back({type.id, type.title});
  return {
      {.id = "table",
       .title = {"Table", "表"},
       .help = {"A table of the project with users, items and times. Empty: the rows that come in.",
                "项目中含用户、物品和时间的表。留空：使用传入的数据行。"},
       .kind = ParameterKind::Table},
      columnParameter("user", {"User", "用户"}),
      columnParameter("item", {"Item", "物品"}),
      columnParameter("time", {"Time", "时间"}),
      std::move(model),
      {.id = "neighbours",
       .title = {"Neighbours", "近邻数"},
       .help = {"Most similar items of each item that count.", "每个物品计入的最相似物品数。"},
       .kind = ParameterKind::Integer,
       .default_value = "50",
       .minimum = 1,
       .maximum = 10000},
      {.id = "history",
       .title = {"Items of a user", "用户物品数"},
       .help = {"The newest so many of each user are compared pair by pair.",
                "每位用户参与两两比较的最近物品数。"},
       .kind = ParameterKind::Integer,
       .default_value = "200",
       .minimum = 2,
       .maximum = 10000},
      {.id = "repeat",
       .title = {"Recommend again", "允许重复推荐"},
       .help = {"Whether what a user has had already may be recommended.", "是否可推荐用户已有过的物品。"},
       .kind = ParameterKind::Flag,
       .default_value = "false"},
      {.id = "test_share",
       .title = {"Share held out", "留出比例"},
       .help = {"The latest share of the rows, by time, on which it is measured.",
                "按时间留出用于评估的最近数据行比例。"},
       .kind = ParameterKind::Number,
       .default_value = "0.2",
       .minimum = 0.01,
       .maximum = 0.45}};
}

std::vector<Parameter> listParameters() {
  std::vector<Parameter> all = parameters();
  all.push_back({.id = "count",
                 .title = {"Items for each user", "每人推荐数"},
                 .help = {"The length of each user's list.", "每位用户的推荐列表长度。"},
                 .kind = ParameterKind::Integer,
                 .default_value = "10",
                 .minimum = 1,
                 .maximum = 1000});
  return all;
}

Result<std::string> outside(const StageInput& input, JobContext& job) {
  const std::string& name = input.parameters.text("table");
  if (name.empty()) return std::string();
  auto database = input.project->tables();
  if (!database) return forward(database);
  if (auto there = (*database)->table({name}); !there) return forward(there);
  auto hash = contentHash(**database, {name}, job);
  if (!hash) return hash;
  const auto roles = input.project->roles(name);
  if (!roles) return forward(roles);
  return *hash + dumpJson(Json(*roles));
}

Result<> check(const ParameterValues& values, const Foresight& foresight) {
  const bool fed = foresight.fed.contains("table") || foresight.fed.contains("recommender");
  if (values.text("table").empty() && !fed)
    return fail(ErrorCode::InvalidArgument, kNoRows, {}, {.item = "table"});
  return {};
}

Port recommenderPort(bool optional) {
  return {.name = "recommender",
          .kind = PortKind::Recommender,
          .title = {"Recommender", "推荐模型"},
          .optional = optional};
}

Port rowsPort() {
  Port port = tablePort();
  port.optional = true;
  return port;
}

Port evaluationPort() {
  return {"evaluation", PortKind::Evaluation, {"Evaluation", "评估"}};
}

}  // namespace

StageType trainRecommender() {
  return {
      .id = "train_recommender",
      .title = {"Train a recommender", "推荐模型训练"},
      .help =
          {"Learns from who took up which item when, and measures it on the latest rows, popularity beside "
           "it. What a feedback edge brings back of an optimised recommender are its settings.",
           "从“谁在何时选择了哪个物品”学习，并在最近的数据行上与热门基线一起评估。"
           "反馈边带回的已优化推荐模型决定其设置。"},
      .group = StageGroup::Recommending,
      .inputs = {rowsPort(), recommenderPort(true)},
      .outputs = {recommenderPort(false), evaluationPort()},
      .parameters = parameters(),
      .run = fit,
      .outside = outside,
      .check = check,
  };
}

StageType recommend() {
  return {
      .id = "recommend",
      .title = {"Recommend items", "商品推荐"},
      .help = {"Lists the best items for every user, and says how well such lists do on the latest rows, "
               "popularity beside it.",
               "为每位用户列出最合适的物品，并在最近的数据行上与热门基线一起评估。"},
      .group = StageGroup::Recommending,
      .inputs = {rowsPort(), recommenderPort(true)},
      .outputs = {tablePort(), evaluationPort()},
      .parameters = listParameters(),
      .same_columns = false,
      .run = list,
      .outside = outside,
      .check = check,
  };
}

StageType tuneRecommender() {
  return {
      .id = "tune_recommender",
      .title = {"Optimise the recommender", "推荐模型优化"},
      .help = {"Tries a small grid of settings and keeps those that do best on the rows before the held-out "
               "ones; these have no say.",
               "尝试一个小的设置网格，保留在留出行之前的数据上表现最好的设置；留出行不参与选择。"},
      .group = StageGroup::Recommending,
      .inputs = {recommenderPort(false)},
      .outputs = {recommenderPort(false), evaluationPort()},
      .parameters = {{"grid",
                      {"Grid", "网格"},
                      {"Values to try of model, neighbours and history, as parameter=value,value; ...",
                       "要尝试的 model、neighbours、history 取值，写成 参数=值,值; …"},
                      ParameterKind::String,
                      "neighbours=10,20,100"}},
      .run = improve,
  };
}

}  // namespace lodestone::pipeline::stages
