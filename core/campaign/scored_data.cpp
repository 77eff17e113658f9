// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/scored_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/text.h"

namespace lodestone::campaign {

namespace {

constexpr std::int64_t kFewestRows = 30;

constexpr Text kNoColumn{
    "Table {0} has no column {1}, which {2}. Run the pipeline again, or set the roles anew.",
    "表 {0} 没有列 {1}（{2}）。请重新运行流程，或重新设置角色。"};
constexpr Text kNeedsPart{"must say which part of the split a row belongs to", "应说明每行属于哪个划分"};
constexpr Text kNeedsScore{"must hold the score", "应保存评分"};
constexpr Text kNeedsTarget{"must hold the outcome", "应保存结果"};
constexpr Text kHasRole{"has a role", "已设置角色"};
constexpr Text kBadTreatment{
    "Column {1} of table {0} has the role treatment but holds {2}. It must hold 1 for treated rows and 0 for "
    "the "
    "holdout.",
    "表 {0} 的列 {1} 的角色为处理标记，但其值为 {2}。应以 1 表示触达、0 表示对照。"};
constexpr Text kFewToAddress{"Table {0} has {1} rows to address; strategies need at least {2}.",
                             "表 {0} 只有 {1} 行可触达；生成策略至少需要 {2} 行。"};
constexpr Text kFewHeldOut{
    "Only {1} rows of table {0} were held out from training; strategies need at least {2} to estimate "
    "effects. Train "
    "with a larger test fraction or more rows.",
    "表 {0} 只有 {1} 行未参与训练；估计效果至少需要 {2} 行。请提高测试比例或增加数据。"};

/// SELECT of a whole table in which the given columns come as text, so that ids keep their digits.
std::string selectAll(const data::TableName& table, const std::vector<std::string>& as_text) {
  std::vector<std::string> parts;
  for (const std::string& column : as_text) {
    const std::string name = data::quoteIdentifier(column);
    parts.push_back("CAST(" + name + " AS VARCHAR) AS " + name);
  }
  const std::string replace = parts.empty() ? "" : " REPLACE (" + join(parts, ", ") + ")";
  return "SELECT *" + replace + " FROM " + data::quoted(table);
}

std::string roleColumn(const project::Roles& roles, const std::string& role) {
  const auto found = roles.find(role);
  return found == roles.end() ? std::string() : found->second;
}

tl::unexpected<Error> noColumn(const data::TableName& table, const std::string& column, const Text& why,
                               Language language) {
  return fail(ErrorCode::InvalidArgument, kNoColumn, {table.name, column, std::string(why.in(language))},
              {.column = column, .table = table.name});
}

Result<Frame> load(project::Project& project, const data::TableName& name, const ScoredTables& tables,
                   const std::vector<std::string>& text_roles, const std::vector<std::string>& other_roles,
                   JobContext& job) {
  auto database = project.tables();
  if (!database) return forward(database);
  auto info = (*database)->table(name);
  if (!info) return forward(info);
  const auto has = [&](const std::string& column) {
    return std::any_of(info->columns.begin(), info->columns.end(),
                       [&](const data::ColumnInfo& each) { return each.name == column; });
  };
  std::vector<std::string> as_text;
  for (const std::string& role : text_roles) {
    const std::string column = roleColumn(tables.roles, role);
    if (column.empty()) continue;
    if (!has(column)) return noColumn(info->table, column, kHasRole, job.language());
    if (std::find(as_text.begin(), as_text.end(), column) == as_text.end()) as_text.push_back(column);
  }
  for (const std::string& role : other_roles)
    if (const std::string column = roleColumn(tables.roles, role); !column.empty() && !has(column))
      return noColumn(info->table, column, kHasRole, job.language());
  return (*database)->frame(selectAll(info->table, as_text), job);
}

std::vector<std::string> consentRoles(const ScoredTables& tables) {
  std::vector<std::string> roles;
  for (const auto& [role, column] : tables.roles)
    if (role == "consent" || role.starts_with("consent:")) roles.push_back(role);
  return roles;
}

/// Codes 0.. and the names of a column; one unnamed for all rows where there is no column.
void readNames(const Frame& frame, const std::string& column, std::vector<std::int32_t>& codes,
               std::vector<std::string>& names) {
  const FrameColumn* found = column.empty() ? nullptr : frame.find(column);
  if (found == nullptr || found->kind != ColumnKind::Text) {
    codes.assign(static_cast<std::size_t>(frame.rows), 0);
    names = {""};
    return;
  }
  codes = found->codes;
  names = found->levels;
  if (std::find(codes.begin(), codes.end(), -1) == codes.end()) return;
  std::replace(codes.begin(), codes.end(), -1, static_cast<std::int32_t>(names.size()));
  names.emplace_back();
}

std::vector<std::string> readTexts(const Frame& frame, const std::string& column) {
  std::vector<std::string> out(static_cast<std::size_t>(frame.rows));
  const FrameColumn* found = column.empty() ? nullptr : frame.find(column);
  if (found == nullptr) return out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = frame.cell(*found, static_cast<std::int64_t>(i));
  return out;
}

Result<> readOutcomes(ScoredData& out, Language language) {
  const Frame& frame = out.history;
  const data::TableName& table = out.tables.history;
  const FrameColumn* score = frame.find(kScoreColumn);
  const FrameColumn* part = frame.find(kPartColumn);
  const FrameColumn* target = frame.find(kTargetColumn);
  if (score == nullptr || score->kind == ColumnKind::Text)
    return noColumn(table, kScoreColumn, kNeedsScore, language);
  if (part == nullptr || part->kind != ColumnKind::Text)
    return noColumn(table, kPartColumn, kNeedsPart, language);
  if (target == nullptr || target->kind == ColumnKind::Text)
    return noColumn(table, kTargetColumn, kNeedsTarget, language);
  out.score = score->numbers;
  for (std::int64_t row = 0; row < frame.rows; ++row) {
    const auto i = static_cast<std::size_t>(row);
    const std::string_view name =
        part->codes[i] < 0 ? std::string_view()
                           : std::string_view(part->levels[static_cast<std::size_t>(part->codes[i])]);
    out.part.push_back(name == "test"         ? HistoryPart::Test
                       : name == "validation" ? HistoryPart::Validation
                                              : HistoryPart::Train);
    out.test_rows += name == "test" ? 1 : 0;
    out.positive.push_back(target->numbers[i] > 0.5 ? 1 : 0);
  }
  return {};
}

Result<> readTreatment(ScoredData& out) {
  const std::string column_name = out.role("treatment");
  if (column_name.empty()) return {};
  const FrameColumn& column = *out.history.find(column_name);
  out.treated.reserve(static_cast<std::size_t>(out.history.rows));
  for (std::int64_t row = 0; row < out.history.rows; ++row) {
    const auto truth = truthOf(out.history, column, row);
    if (!truth && !out.history.missing(column, row))
      return fail(ErrorCode::InvalidArgument, kBadTreatment,
                  {out.tables.history.name, column_name, out.history.cell(column, row)},
                  {.column = column_name, .table = out.tables.history.name});
    out.treated.push_back(truth ? (*truth ? 1 : 0) : -1);
  }
  return {};
}

}  // namespace

std::string ScoredData::role(const std::string& name) const {
  return roleColumn(tables.roles, name);
}

std::optional<bool> truthOf(const Frame& frame, const FrameColumn& column, std::int64_t row) {
  if (frame.missing(column, row)) return std::nullopt;
  if (column.kind != ColumnKind::Text) return column.numbers[static_cast<std::size_t>(row)] != 0;
  constexpr std::array<std::string_view, 10> kYes{"1",  "true",    "yes",       "y",  "t",
                                                  "on", "treated", "treatment", "是", "有"};
  constexpr std::array<std::string_view, 11> kNo{"0",       "false",   "no",        "n",  "f", "off",
                                                 "control", "holdout", "untreated", "否", "无"};
  const std::string word = lowerAscii(trim(frame.cell(column, row)));
  if (std::find(kYes.begin(), kYes.end(), word) != kYes.end()) return true;
  if (std::find(kNo.begin(), kNo.end(), word) != kNo.end()) return false;
  return std::nullopt;
}

Result<Frame> loadPopulation(project::Project& project, const ScoredTables& tables, JobContext& job) {
  std::vector<std::string> others = consentRoles(tables);
  others.emplace_back("amount");
  auto frame = load(project, tables.population, tables, {"user"}, others, job);
  if (!frame) return forward(frame);
  const FrameColumn* score = frame->find(kScoreColumn);
  if (score == nullptr || score->kind == ColumnKind::Text)
    return noColumn(tables.population, kScoreColumn, kNeedsScore, job.language());
  return frame;
}

Result<ScoredData> loadScoredData(project::Project& project, const ScoredTables& tables, JobContext& job) {
  ScoredData out;
  out.tables = tables;
  auto population = loadPopulation(project, tables, job);
  if (!population) return forward(population);
  out.population = std::move(*population);
  if (out.population.rows < kFewestRows)
    return fail(ErrorCode::NotEnoughData, kFewToAddress,
                {tables.population.name, std::to_string(out.population.rows), std::to_string(kFewestRows)},
                {.table = tables.population.name});
  auto history =
      load(project, tables.history, tables, {"user", "campaign", "offer", "channel"}, {"treatment"}, job);
  if (!history) return forward(history);
  out.history = std::move(*history);
  if (auto read = readOutcomes(out, job.language()); !read) return forward(read);
  if (out.test_rows < kFewestRows)
    return fail(ErrorCode::NotEnoughData, kFewHeldOut,
                {tables.history.name, std::to_string(out.test_rows), std::to_string(kFewestRows)},
                {.table = tables.history.name});
  if (auto read = readTreatment(out); !read) return forward(read);
  std::vector<std::string> user_names;
  readNames(out.history, out.role("user"), out.user, user_names);
  if (out.role("user").empty())
    for (std::size_t i = 0; i < out.user.size(); ++i) out.user[i] = static_cast<std::int32_t>(i);
  readNames(out.history, out.role("campaign"), out.campaign, out.campaigns);
  out.offer = readTexts(out.history, out.role("offer"));
  out.channel = readTexts(out.history, out.role("channel"));
  return out;
}

}  // namespace lodestone::campaign
