// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/expression_guard.h"

#include <set>

#include "core/base/text.h"
#include "core/data/sql_guard.h"

namespace lodestone::data {

namespace {

constexpr Text kNotOne{
    "\"{0}\" is not one expression over the table's columns, such as price * quantity or upper(city).",
    "“{0}”不是针对表中各列的单个表达式，例如 price * quantity 或 upper(city)。"};
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
  if (kind == "FUNCTION" || kind == "WINDOW")
    findings.functions.insert(lowerAscii(textOf(node, "function_name")));
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

Result<> checkSteady(Session& session, const std::set<std::string>& functions, JobContext& job) {
  if (functions.empty()) return {};
  std::vector<std::string> names;
  for (const std::string& name : functions) names.push_back(quoteLiteral(name));
  auto found = session.rows(
      "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability = 'VOLATILE' AND function_name "
      "IN (" +
          join(names, ", ") + ") ORDER BY 1",
      job);
  if (!found) return forward(found);
  if (found->rows.empty()) return {};
  return fail(ErrorCode::InvalidArgument, kVolatile, {found->rows[0][0].get<std::string>()});
}

}  // namespace

Result<Expression> harmlessExpression(Session& session, const std::string& text, JobContext& job) {
  // On lines of its own: it may end in a remark.
  const std::string sql = "(\n" + text + "\n)";
  const std::string shown = shorten(text, 100);
  if (trim(text).empty()) return fail(ErrorCode::InvalidArgument, kNotOne, {shown});
  if (auto harmless = harmlessSelect(session, "SELECT " + sql, job); !harmless) return forward(harmless);
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
  if (auto steady = checkSteady(session, findings.functions, job); !steady) return forward(steady);
  return Expression{sql, findings.window};
}

}  // namespace lodestone::data
