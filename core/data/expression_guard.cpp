// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/expression_guard.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/data/sql_guard.h"

namespace lodestone::data {

namespace {

constexpr Text kNotOne{
    "\"{0}\" is not one expression over the table's columns, such as price * quantity or upper(city).",
    "“{0}”不是针对表中各列的单个表达式，例如 price * quantity 或 upper(city)。"};
constexpr Text kUnfinished{"\"{0}\" is not complete, or a bracket in it has no partner.",
                           "“{0}”不完整，或其中的括号不成对。"};
constexpr Text kSubquery{"\"{0}\" asks another table. Join the tables first, then use the columns here.",
                         "“{0}”查询了其他表。请先合并各表，再在此使用其中的列。"};
constexpr Text kStar{"\"{0}\" names several columns at once. Name one.",
                     "“{0}”一次指定了多列。请只指定一列。"};
constexpr Text kVolatile{
    "The function {0} gives something else each time, and a recipe must do the same twice.",
    "函数 {0} 每次结果都不同，而配方必须可重复执行。"};

std::string textOf(const Json& node, const char* key) {
  const auto found = node.find(key);
  return found != node.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool isEmpty(const Json& node, const char* key) {
  const auto found = node.find(key);
  return found == node.end() || found->is_null() || found->empty();
}

/// What a walk over the tree of an expression finds.
struct Findings {
  bool subquery = false;
  bool star = false;
  bool window = false;
  std::set<std::string> functions;
  std::set<std::string> windows;  // functions that stand before OVER
};

void look(const Json& node, Findings& findings) {
  if (node.is_array() || node.is_object()) {
    for (const Json& part : node) look(part, findings);
  }
  if (!node.is_object()) return;
  const std::string kind = textOf(node, "class");
  if (kind == "SUBQUERY") findings.subquery = true;
  if (kind == "STAR") findings.star = true;
  if (kind == "WINDOW") findings.window = true;
  if (kind == "FUNCTION") findings.functions.insert(lowerAscii(textOf(node, "function_name")));
  if (kind == "WINDOW") findings.windows.insert(lowerAscii(textOf(node, "function_name")));
}

/// SELECT (expression) and nothing else, whatever stood between the parentheses.
bool isOneExpression(const Json& statements) {
  if (!statements.is_array() || statements.size() != 1) return false;
  const auto node = statements[0].find("node");
  if (node == statements[0].end() || textOf(*node, "type") != "SELECT_NODE") return false;
  const auto list = node->find("select_list");
  const auto from = node->find("from_table");
  const auto with = node->find("cte_map");
  if (list == node->end() || list->size() != 1 || !textOf((*list)[0], "alias").empty()) return false;
  if (from == node->end() || textOf(*from, "type") != "EMPTY") return false;
  if (with != node->end() && !isEmpty(*with, "map")) return false;
  for (const char* key :
       {"where_clause", "group_expressions", "group_sets", "having", "sample", "qualify", "modifiers"})
    if (!isEmpty(*node, key)) return false;
  return true;
}

/// Refuses functions that give something else each time; returns the first that makes one value of many rows.
Result<std::string> checkFunctions(Session& session, const Findings& findings, JobContext& job) {
  std::vector<std::string> names;
  for (const auto* some : {&findings.functions, &findings.windows})
    for (const std::string& name : *some) names.push_back(quoteLiteral(name));
  if (names.empty()) return {};
  auto found = session.rows(
      "SELECT function_name, bool_or(stability = 'VOLATILE'), bool_and(function_type = 'aggregate') FROM "
      "duckdb_functions() WHERE function_name IN (" +
          join(names, ", ") + ") GROUP BY 1 ORDER BY 1",
      job);
  if (!found) return forward(found);
  std::string aggregate;
  for (const std::vector<Json>& row : found->rows) {
    const auto name = row[0].get<std::string>();
    if (row[1] == Json(true)) return fail(ErrorCode::InvalidArgument, kVolatile, {name});
    if (row[2] == Json(true) && findings.functions.contains(name) && aggregate.empty()) aggregate = name;
  }
  return aggregate;
}

/// A mistake in an expression that stood on lines of its own behind our first: its place in the text. What is
/// found wrong with our bracket behind it is the end of the text.
tl::unexpected<Error> placedInText(Error error, const std::string& text, const std::string& shown) {
  if (auto& line = error.where.line) {
    --*line;
    if (*line < 1 || *line > std::count(text.begin(), text.end(), '\n') + 1)
      return fail(ErrorCode::InvalidArgument, kUnfinished, {shown});
  }
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace

Result<Expression> harmlessExpression(Session& session, const std::string& text, JobContext& job) {
  // On lines of its own: it may end in a remark.
  const std::string sql = "(\n" + text + "\n)";
  const std::string shown = shorten(text, 100);
  if (trim(text).empty()) return fail(ErrorCode::InvalidArgument, kNotOne, {shown});
  if (auto harmless = harmlessSelect(session, "SELECT " + sql, job); !harmless)
    return placedInText(harmless.error(), text, shown);
  // "1) OR (1" is two: it fits between round brackets, and between no others.
  if (auto whole = harmlessSelect(session, "SELECT [\n" + text + "\n]", job); !whole)
    return fail(ErrorCode::InvalidArgument, kNotOne, {shown});
  auto tree = session.rows("SELECT json_serialize_sql(" + quoteLiteral("SELECT " + sql) + ")::VARCHAR", job);
  if (!tree) return forward(tree);
  auto json = parseJson(tree->rows.at(0).at(0).get<std::string>(), "SQL");
  if (!json) return forward(json);
  const Json& statements = (*json)["statements"];
  if (!isOneExpression(statements)) return fail(ErrorCode::InvalidArgument, kNotOne, {shown});
  Findings findings;
  look(statements[0]["node"]["select_list"], findings);
  if (findings.subquery) return fail(ErrorCode::InvalidArgument, kSubquery, {shown});
  if (findings.star) return fail(ErrorCode::InvalidArgument, kStar, {shown});
  auto aggregate = checkFunctions(session, findings, job);
  if (!aggregate) return forward(aggregate);
  return Expression{sql, findings.window, std::move(*aggregate)};
}

}  // namespace lodestone::data
