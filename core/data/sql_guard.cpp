// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sql_guard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kEmpty{"There is no SQL to run. Write one SELECT.", "没有可运行的 SQL。请写一条 SELECT。"};
constexpr Text kSyntax{"The SQL cannot be read: {0}", "无法理解该 SQL：{0}"};
constexpr Text kSeveral{"One statement at a time: there are {0}. Run them one by one.",
                        "一次只能运行一条语句：这里有 {0} 条。请逐条运行。"};
constexpr Text kNotSelect{
    "Only SELECT may run here: this could change or reach something else. Use the import, clean "
    "and export commands for that.",
    "此处只能运行 SELECT：该语句可能更改数据或访问外部。请使用导入、清洗和导出命令。"};
constexpr Text kFunction{"The function {0} may not be used here: queries reach the project's tables alone.",
                         "此处不能使用函数 {0}：查询只能访问项目中的表。"};
constexpr Text kNoTable{"There is no table {0}. There are: {1}.", "没有表 {0}。现有的表：{1}。"};
constexpr Text kNotPlain{"This form of SQL ({0}) may not run here. Write it as a plain SELECT.",
                         "此处不能运行这种 SQL（{0}）。请写成普通的 SELECT。"};

constexpr std::array kTableFunctions{"range", "generate_series", "unnest", "repeat_row", "repeat"};

/// Kinds of FROM that hold only other FROMs, queries or constants.
constexpr std::array kPlainSources{"BASE_TABLE",      "SUBQUERY",    "JOIN",     "TABLE_FUNCTION",
                                   "EXPRESSION_LIST", "CTE",         "EMPTY",    "EMPTY_FROM",
                                   "PIVOT",           "COLUMN_DATA", "DELIM_GET"};

/// Functions that read files, the environment or settings, or run a query given as text.
constexpr std::array kRefusedFunctions{"getenv",          "query",
                                       "query_table",     "glob",
                                       "current_setting", "read_text",
                                       "read_blob",       "nextval",
                                       "currval",         "json_execute_serialized_sql",
                                       "getvariable",     "current_query",
                                       "write_log",       "parse_duckdb_log_message",
                                       "txid_current"};

template <class List>
bool isOneOf(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string textOf(const Json& node, const char* key) {
  const auto found = node.find(key);
  return found != node.end() && found->is_string() ? found->get<std::string>() : std::string();
}

using Names = std::set<std::string>;

/// Walks a statement's tree as json_serialize_sql writes it. Names that WITH gives are known only inside the
/// query that has the WITH.
class Guard {
 public:
  Guard(Names tables, std::string list) : tables_(std::move(tables)), list_(std::move(list)) {}

  Result<> check(const Json& node, const Names& given) const {
    if (node.is_array()) {
      for (const Json& part : node)
        if (auto fine = check(part, given); !fine) return fine;
      return {};
    }
    if (!node.is_object()) return {};
    if (auto fine = checkOne(node, given); !fine) return fine;
    // A name of WITH is known to what comes after it, and to itself only in the recursive half: anywhere else
    // the same name could mean a file.
    Names inner = given;
    if (const auto with = node.find("cte_map"); with != node.end())
      if (auto fine = checkWith(*with, inner); !fine) return fine;
    const bool recursive = textOf(node, "type") == "RECURSIVE_CTE_NODE";
    for (const auto& [key, part] : node.items()) {
      if (key == "cte_map") continue;
      Names names = inner;
      if (recursive && key == "right") names.insert(lowerAscii(textOf(node, "cte_name")));
      if (auto fine = check(part, names); !fine) return fine;
    }
    return {};
  }

 private:
  Result<> checkWith(const Json& with, Names& given) const {
    const auto map = with.find("map");
    if (map == with.end()) return {};
    for (const Json& one : *map) {
      if (auto fine = check(one, given); !fine) return fine;
      given.insert(lowerAscii(textOf(one, "key")));
    }
    return {};
  }

  Result<> checkOne(const Json& node, const Names& given) const {
    const std::string type = textOf(node, "type");
    if (type == "SHOW_REF" || textOf(node, "class") == "PARAMETER")
      return fail(ErrorCode::InvalidArgument, kNotPlain, {lowerAscii(type)});
    if (node.contains("sample") && node.contains("alias") && !node.contains("class") &&
        !isOneOf(kPlainSources, type))
      return fail(ErrorCode::InvalidArgument, kNotPlain, {lowerAscii(type)});
    if (type == "BASE_TABLE") return checkTable(node, given);
    if (type == "TABLE_FUNCTION") return checkTableFunction(node);
    if (textOf(node, "class") == "FUNCTION" || textOf(node, "class") == "WINDOW") {
      const std::string name = lowerAscii(textOf(node, "function_name"));
      if (!mayCall(name)) return fail(ErrorCode::InvalidArgument, kFunction, {name});
    }
    return {};
  }

  Result<> checkTableFunction(const Json& node) const {
    const auto function = node.find("function");
    const std::string name =
        function == node.end() ? std::string() : lowerAscii(textOf(*function, "function_name"));
    if (isOneOf(kTableFunctions, name)) return {};
    return fail(ErrorCode::InvalidArgument, kFunction, {name});
  }

  Result<> checkTable(const Json& node, const Names& given) const {
    const std::string catalog = textOf(node, "catalog_name");
    const std::string schema = lowerAscii(textOf(node, "schema_name"));
    const std::string name = textOf(node, "table_name");
    if (catalog.empty() && schema.empty() && given.contains(lowerAscii(name))) return {};
    const std::string full = (schema.empty() ? "main" : schema) + "." + lowerAscii(name);
    if (catalog.empty() && tables_.contains(full)) return {};
    return fail(ErrorCode::InvalidArgument, kNoTable, {name, list_}, {.table = name});
  }

  Names tables_;  ///< "schema.name" in lower case
  std::string list_;
};

Result<Guard> guardOf(Session& session, JobContext& job) {
  auto rows = session.rows(
      "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT "
      "temporary "
      "AND schema_name IN ('main', 'stages') ORDER BY ALL",
      job);
  if (!rows) return forward(rows);
  Names names;
  std::vector<std::string> told;
  for (const auto& row : rows->rows) {
    const auto schema = row[0].get<std::string>();
    const auto name = row[1].get<std::string>();
    names.insert(schema + "." + lowerAscii(name));
    if (told.size() < 30) told.push_back(schema == "main" ? name : schema + "." + name);
  }
  return Guard(std::move(names), told.empty() ? "-" : join(told, ", "));
}

/// "schema.name" in lower case of what stands in a FROM; a name that WITH gives is among them.
void addTables(const Json& node, Names& names) {
  if (node.is_object() && textOf(node, "type") == "BASE_TABLE") {
    const std::string schema = lowerAscii(textOf(node, "schema_name"));
    names.insert((schema.empty() ? "main" : schema) + "." + lowerAscii(textOf(node, "table_name")));
  }
  if (node.is_structured())
    for (const Json& part : node) addTables(part, names);
}

/// One statement, and by its kind a SELECT; nothing has run.
Result<> checkKind(Session& session, const std::string& sql) {
  Extracted statements;
  const idx_t count = duckdb_extract_statements(session.connection(), sql.c_str(), statements.out());
  if (count == 0) {
    const char* message = duckdb_extract_statements_error(statements.get());
    if (message == nullptr || *message == '\0') return fail(ErrorCode::InvalidArgument, kEmpty);
    return fail(ErrorCode::InvalidArgument, kSyntax, {toError(message, {}).args.at(0)}, placeInSql(message));
  }
  if (count != 1) return fail(ErrorCode::InvalidArgument, kSeveral, {std::to_string(count)});
  return {};
}

}  // namespace

/// Where in the SQL the mistake is: DuckDB shows the line and puts a mark below the place, "LINE 2: SELECT
/// ...".
Where placeInSql(std::string_view message) {
  const auto shown = message.rfind("LINE ");
  if (shown == std::string_view::npos) return {};
  Where where;
  const std::string_view excerpt = message.substr(shown);
  std::int64_t line = 0;
  const auto number = std::from_chars(excerpt.data() + 5, excerpt.data() + excerpt.size(), line);
  if (number.ec != std::errc()) return {};
  where.line = line;
  const auto text = static_cast<std::size_t>(number.ptr - excerpt.data()) + 2;  // behind ": "
  const auto end = excerpt.find('\n');
  if (end == std::string_view::npos || text > end) return where;
  const auto mark = excerpt.find('^', end);
  // Of a long line only the middle is shown.
  if (mark == std::string_view::npos || excerpt.substr(text).starts_with("...")) return where;
  const std::size_t indent = mark - end - 1;
  if (indent >= text) where.column = std::to_string(indent - text + 1);
  return where;
}

bool mayCall(std::string_view function) {
  const bool reads = function.starts_with("read_") || function.starts_with("parquet_") ||
                     function.starts_with("pg_read") || function.starts_with("duckdb_") ||
                     function.starts_with("pragma_") || function.ends_with("_scan");
  return !reads && !isOneOf(kRefusedFunctions, function);
}

Result<std::string> harmlessSelect(Session& session, const std::string& sql, JobContext& job,
                                   const std::set<std::string>& named) {
  if (sql.find('\0') != std::string::npos || toValidUtf8(sql) != sql || trim(sql).empty())
    return fail(ErrorCode::InvalidArgument, kEmpty);
  if (auto fine = checkKind(session, sql); !fine) return forward(fine);
  auto tree = session.rows("SELECT json_serialize_sql(" + quoteLiteral(sql) + ")::VARCHAR", job);
  if (!tree) return forward(tree);
  const auto text = tree->rows.at(0).at(0).get<std::string>();
  auto json = parseJson(text, "SQL");
  if (!json) return forward(json);
  if (json->value("error", true)) {
    if (textOf(*json, "error_type") == "parser")
      return fail(ErrorCode::InvalidArgument, kSyntax, {toValidUtf8(textOf(*json, "error_message"))});
    return fail(ErrorCode::InvalidArgument, kNotSelect);
  }
  auto guard = guardOf(session, job);
  if (!guard) return forward(guard);
  if (auto fine = guard->check((*json)["statements"], named); !fine) return forward(fine);
  std::string_view statement = trim(sql);
  while (statement.ends_with(';')) statement = trim(statement.substr(0, statement.size() - 1));
  return std::string(statement);
}

Result<Making> queryMaking(Session& session, const std::string& harmless, JobContext& job) {
  auto tree = session.rows("SELECT json_serialize_sql(" + quoteLiteral(harmless) + ")::VARCHAR", job);
  if (!tree) return forward(tree);
  const auto json = parseJson(tree->rows.at(0).at(0).get<std::string>(), "SQL");
  if (!json) return forward(json);
  Names named;
  addTables(*json, named);
  auto tables = session.rows(
      "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT "
      "temporary AND schema_name IN ('main', 'stages') ORDER BY ALL",
      job);
  if (!tables) return forward(tables);
  Making making{"query", {{"sql", harmless}}, {}};
  for (const auto& row : tables->rows) {
    const TableName table{row[1].get<std::string>(), row[0].get<std::string>()};
    if (named.contains(table.schema + "." + lowerAscii(table.name))) making.sources.push_back(table);
  }
  return making;
}

}  // namespace lodestone::data
