// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "core/data/query.h"

namespace lodestone::cli {
namespace {

constexpr Text kGroup{"Read, look at and ask tables", "导入、查看和查询数据表"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTableArgument{"Name of the table", "表名"};
constexpr Text kTables{"The tables of a project", "项目中的数据表"};
constexpr Text kQuery{"Ask the tables with read-only SQL: one SELECT",
                      "用只读 SQL 查询数据表：一条 SELECT 语句"};
constexpr Text kRoles{"Show or set what columns mean", "查看或设置各列的角色"};
constexpr Text kReplaceFile{"Replace an existing file", "替换已有的文件"};
constexpr Text kSql{"The statement", "SQL 语句"};
constexpr Text kOut{"Write the answer as CSV instead of showing it", "将结果写入 CSV 文件而不显示"};
constexpr Text kRoleWords{
    "ROLE=COLUMN: user, item, time, amount, target, treatment, cost, text, consent, "
    "consent:CHANNEL, campaign, offer, channel; nothing after = takes the role away",
    "角色=列：user、item、time、amount、target、treatment、cost、text、consent、"
    "consent:渠道、campaign、offer、channel;= 后留空表示取消该角色"};

constexpr Text kNoSuchColumn{"Table {1} has no column '{0}'. It has {2}.",
                             "表 {1} 没有列“{0}”。现有列：{2}。"};

constexpr Text kColumn{"Column", "列"};
constexpr Text kTable{"Table", "表"};
constexpr Text kRows{"Rows", "行数"};
constexpr Text kColumns{"Columns", "列数"};
constexpr Text kWritten{"{0} rows written to {1}.", "已将 {0} 行写入 {1}。"};
constexpr Text kRole{"Role", "角色"};
constexpr Text kNothing{"Nothing here.", "没有内容。"};

constexpr auto kRight = TableColumn::Align::Right;

struct TableArguments {
  std::string folder;
  std::string table;
  std::string sql;
  std::string out;
  bool replace = false;
  std::vector<std::string> roles;
};

Result<int> tables(const TableArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto list = (*database)->tables();
  if (!list) return forward(list);
  Json objects = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& table : *list) {
    objects.push_back({{"name", table.table.name},
                       {"rows", table.rows},
                       {"columns", table.columns.size()},
                       {"column_types", columnsJson(table.columns)}});
    rows.push_back({table.table.name, formatGrouped(static_cast<double>(table.rows), 0),
                    std::to_string(table.columns.size())});
  }
  const Output& out = run.output;
  out.object({{"tables", objects}});
  if (rows.empty())
    out.line(kNothing);
  else
    out.table({{out.in(kTable)}, {out.in(kRows), kRight}, {out.in(kColumns), kRight}}, rows);
  return kExitDone;
}

Result<int> query(const TableArguments& arguments, Invocation& run) {
  if (!arguments.out.empty() && !arguments.replace)
    if (const auto is_new = mustBeNew(arguments.out); !is_new) return forward(is_new);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  if (const auto locked = (*database)->lockDown(); !locked) return forward(locked);
  if (!arguments.out.empty()) {
    const auto count = data::queryToCsv(**database, arguments.sql, arguments.out, run.job);
    if (!count) return forward(count);
    run.output.object({{"file", absolutePath(arguments.out)}, {"rows", *count}});
    run.output.line(kWritten, {formatGrouped(static_cast<double>(*count), 0), absolutePath(arguments.out)});
    return kExitDone;
  }
  const auto answer = data::query(**database, arguments.sql, run.job);
  if (!answer) return forward(answer);
  run.output.object({{"columns", columnsJson(answer->columns)}, {"rows", answer->rows}});
  run.progress.clear();
  showRows(run.output, answer->columns, answer->rows);
  return kExitDone;
}

Result<project::Roles> givenRoles(const std::vector<std::string>& words, const data::TableInfo& table) {
  project::Roles roles;
  std::vector<std::string> columns;
  for (const auto& column : table.columns) columns.push_back(column.name);
  for (const std::string& word : words) {
    const auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    const auto& [role, column] = *pair;
    if (auto known = project::checkRole(role); !known) return forward(known);
    if (!column.empty() && std::find(columns.begin(), columns.end(), column) == columns.end())
      return fail(ErrorCode::NotFound, kNoSuchColumn, {column, table.table.name, join(columns, ", ")},
                  {.column = column, .table = table.table.name});
    roles[role] = column;
  }
  return roles;
}

Result<int> roles(const TableArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto table = (*database)->table({arguments.table});
  if (!table) return forward(table);
  const auto given = givenRoles(arguments.roles, *table);
  if (!given) return forward(given);
  if (!given->empty())
    if (const auto set = project->setRoles(arguments.table, *given); !set) return forward(set);
  const auto all = project->roles(arguments.table);
  if (!all) return forward(all);
  Json object = Json::object();
  std::vector<std::vector<std::string>> rows;
  for (const auto& [role, column] : *all) {
    object[role] = column;
    rows.push_back({role, column});
  }
  const Output& out = run.output;
  out.object({{"table", arguments.table}, {"roles", object}});
  if (rows.empty())
    out.line(kNothing);
  else
    out.table({{out.in(kRole)}, {out.in(kColumn)}}, rows);
  return kExitDone;
}

}  // namespace

Json columnsJson(const std::vector<data::ColumnInfo>& columns) {
  Json list = Json::array();
  for (const auto& column : columns) list.push_back({{"name", column.name}, {"type", column.type}});
  return list;
}

namespace {

std::string cellText(const Json& cell) {
  if (cell.is_null()) return "";
  return cell.is_string() ? cell.get<std::string>() : dumpJson(cell);
}

}  // namespace

void showRows(const Output& out, const std::vector<data::ColumnInfo>& columns,
              const std::vector<std::vector<Json>>& rows) {
  std::vector<TableColumn> titles;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool numeric = !rows.empty() && c < rows.front().size() && rows.front()[c].is_number();
    titles.push_back({columns[c].name, numeric ? kRight : TableColumn::Align::Left});
  }
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : rows) {
    auto& line = cells.emplace_back();
    for (const Json& cell : row) line.push_back(cellText(cell));
  }
  out.table(titles, cells);
}

Json noticesJson(const std::vector<data::Notice>& notices, Language language) {
  Json list = Json::array();
  for (const auto& notice : notices)
    list.push_back({{"kind", notice.kind},
                    {"column", notice.column.empty() ? Json(nullptr) : Json(notice.column)},
                    {"message", notice.message(language)}});
  return list;
}

void tellNotices(const Output& out, const std::vector<data::Notice>& notices) {
  for (const auto& notice : notices) out.plain(notice.message(out.language()));
}

void addDataVerbs(CommandLine& line) {
  CLI::App& group = line.group(line.app(), "data", kGroup);
  addImportVerbs(line, group);
  addTemplateVerbs(line, group);
  const auto arguments = std::make_shared<TableArguments>();
  const auto verb = [&](const char* name, const Text& help,
                        Result<int> (*action)(const TableArguments&, Invocation&)) -> CLI::App& {
    CLI::App& added = line.verb(group, name, help,
                                [arguments, action](Invocation& run) { return action(*arguments, run); });
    line.argument(added, "DIR", arguments->folder, kFolder);
    return added;
  };
  verb("tables", kTables, tables);
  addProfileVerbs(line, group);
  addJoinVerbs(line, group);
  addFeatureVerbs(line, group);
  addExportVerbs(line, group);
  addCleanVerbs(line, group);
  CLI::App& asking = verb("query", kQuery, query);
  line.argument(asking, "SQL", arguments->sql, kSql);
  line.option(asking, "--out", arguments->out, kOut, "FILE.csv");
  line.flag(asking, "--replace", arguments->replace, kReplaceFile);
  CLI::App& meaning = verb("roles", kRoles, roles);
  line.argument(meaning, "TABLE", arguments->table, kTableArgument);
  line.argument(meaning, "ROLES", arguments->roles, kRoleWords)->required(false);
}

}  // namespace lodestone::cli
