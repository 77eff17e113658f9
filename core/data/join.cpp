// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/join.h"

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/join_keys.h"
#include "core/data/join_match.h"

namespace lodestone::data {

namespace {

constexpr Text kTooManyRows{
    "This join of {0} and {1} would make {2} rows: one row of {0} matches up to {3} rows of {1}. Add a "
    "column "
    "to the keys, or remove duplicates first.",
    "{0} 与 {1} 的连接将产生 {2} 行：{0} 的一行最多匹配 {1} 的 {3} 行。请增加键列，或先删除重复行。"};
constexpr Text kJoining{"Joining {0} and {1}", "正在连接 {0} 和 {1}"};

bool keepsRight(JoinKind kind) {
  return kind != JoinKind::Semi && kind != JoinKind::Anti;
}

std::string joinWord(JoinKind kind) {
  switch (kind) {
    case JoinKind::Left:
      return "LEFT JOIN";
    case JoinKind::Inner:
      return "INNER JOIN";
    case JoinKind::Full:
      return "FULL JOIN";
    case JoinKind::Right:
      return "RIGHT JOIN";
    case JoinKind::Semi:
      return "SEMI JOIN";
    case JoinKind::Anti:
      return "ANTI JOIN";
  }
  return "";
}

std::string_view kindName(JoinKind kind) {
  switch (kind) {
    case JoinKind::Left:
      return "left";
    case JoinKind::Inner:
      return "inner";
    case JoinKind::Full:
      return "full";
    case JoinKind::Right:
      return "right";
    case JoinKind::Semi:
      return "semi";
    case JoinKind::Anti:
      return "anti";
  }
  return "";
}

std::string keyName(std::size_t index) {
  return "\"lodestone key " + std::to_string(index) + "\"";
}

/// One side of the join: its rows, their number and their keys.
std::string side(const TableInfo& table, const std::vector<KeyPlan>& keys, bool left, KeyText key_text) {
  std::string sql = "(SELECT ";
  for (std::size_t i = 0; i < keys.size(); ++i)
    sql += keys[i].expression(left ? keys[i].left : keys[i].right, key_text) + " AS " + keyName(i) + ", ";
  return sql + "* FROM " + numberedRows(table) + ")";
}

/// A key that both sides call the same: one column. Rows that only the right table has keep theirs.
std::string sharedKey(const KeyPlan& key, JoinKind kind) {
  const std::string left = "l." + quoteIdentifier(key.left.name);
  if (kind == JoinKind::Left || kind == JoinKind::Inner || !keepsRight(kind)) return left;
  const std::string right = "r." + quoteIdentifier(key.right.name);
  const std::string type = commonType({key.left.type, key.right.type});
  return "coalesce(CAST(" + left + " AS " + type + "), CAST(" + right + " AS " + type + "))";
}

const KeyPlan* sharedBy(const std::vector<KeyPlan>& keys, const std::string& column, bool left) {
  for (const KeyPlan& key : keys)
    if (key.sameName() && (left ? key.left.name : key.right.name) == column) return &key;
  return nullptr;
}

std::string selectedColumns(const TableInfo& left, const TableInfo& right, const std::vector<KeyPlan>& keys,
                            JoinKind kind) {
  DistinctNames names;
  std::vector<std::string> columns;
  for (const ColumnInfo& column : left.columns) {
    const KeyPlan* key = sharedBy(keys, column.name, true);
    columns.push_back((key == nullptr ? "l." + quoteIdentifier(column.name) : sharedKey(*key, kind)) +
                      " AS " + quoteIdentifier(names.add(column.name)));
  }
  if (keepsRight(kind))
    for (const ColumnInfo& column : right.columns) {
      if (sharedBy(keys, column.name, false) != nullptr) continue;
      const std::string name = names.has(column.name) ? column.name + "_" + right.table.name : column.name;
      columns.push_back("r." + quoteIdentifier(column.name) + " AS " + quoteIdentifier(names.add(name)));
    }
  return join(columns, ", ");
}

std::string joinSql(const TableInfo& left, const TableInfo& right, const std::vector<KeyPlan>& keys,
                    const JoinSpec& spec) {
  std::vector<std::string> equal;
  for (std::size_t i = 0; i < keys.size(); ++i) equal.push_back("l." + keyName(i) + " = r." + keyName(i));
  const std::string row(kRowNumber);
  std::string order = "l." + row + " NULLS LAST";
  if (spec.kind == JoinKind::Right)
    order = "r." + row + ", l." + row;
  else if (keepsRight(spec.kind))
    order += ", r." + row;
  return "SELECT " + selectedColumns(left, right, keys, spec.kind) + " FROM " +
         side(left, keys, true, spec.key_text) + " AS l " + joinWord(spec.kind) + " " +
         side(right, keys, false, spec.key_text) + " AS r ON " + join(equal, " AND ") + " ORDER BY " + order;
}

/// Everything that a join needs, looked up and checked.
struct Plan {
  TableInfo left;
  TableInfo right;
  std::vector<KeyPlan> keys;
  std::string sql;
};

Result<Plan> planJoin(const Database& database, const JoinSpec& spec) {
  auto left = database.table(spec.left);
  if (!left) return forward(left);
  auto right = database.table(spec.right);
  if (!right) return forward(right);
  auto keys = planKeys(*left, *right, spec);
  if (!keys) return forward(keys);
  Plan plan{std::move(*left), std::move(*right), std::move(*keys), ""};
  plan.sql = joinSql(plan.left, plan.right, plan.keys, spec);
  return plan;
}

Making makingOf(const Plan& plan, const JoinSpec& spec) {
  Json keys = Json::array();
  for (const KeyPlan& key : plan.keys) keys.push_back({{"left", key.left.name}, {"right", key.right.name}});
  return {"join",
          {{"left", plan.left.table.name},
           {"right", plan.right.table.name},
           {"keys", keys},
           {"how", kindName(spec.kind)},
           {"loose", spec.key_text == KeyText::Loose}},
          {plan.left.table, plan.right.table}};
}

Result<JoinReport> reportOn(Session& session, const Plan& plan, const JoinSpec& spec, JobContext& job) {
  auto report = matchReport(session, plan.left, plan.right, plan.keys, spec, job);
  if (!report) return report;
  auto prepared = session.prepare(plan.sql);
  if (!prepared) return forward(prepared);
  report->columns = columnsOf(*prepared);
  if (report->rows > kMostJoinedRows)
    return fail(
        ErrorCode::Unsupported, kTooManyRows,
        {plan.left.table.name, plan.right.table.name, formatGrouped(static_cast<double>(report->rows), 0),
         formatGrouped(static_cast<double>(report->fan_out), 0)},
        {.table = plan.left.table.name});
  return report;
}

}  // namespace

Result<JoinReport> previewJoin(const Database& database, const JoinSpec& spec, JobContext& job) {
  auto plan = planJoin(database, spec);
  if (!plan) return forward(plan);
  auto session = Session::open(database);
  if (!session) return forward(session);
  // Not read only: the keys are kept in temporary tables. It is never committed.
  if (auto begun = session->begin(); !begun) return forward(begun);
  return reportOn(*session, *plan, spec, job);
}

Result<JoinReport> joinTables(Database& database, const JoinSpec& spec, const NewTable& target,
                              JobContext& job) {
  if (auto valid = checkNewTable(database, target); !valid) return forward(valid);
  auto plan = planJoin(database, spec);
  if (!plan) return forward(plan);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return forward(begun);
  JobContext matching = job.part(0, 0.4);
  auto report = reportOn(*session, *plan, spec, matching);
  if (!report) return report;
  JobContext writing = job.part(0.4, 1);
  auto rows = makeTable(*session, target, plan->sql, makingOf(*plan, spec), writing);
  if (!rows) return forward(rows);
  report->table = target.name;
  report->rows = *rows;
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = session->commit(); !done) return forward(done);
  job.report(1, kJoining, {plan->left.table.name, plan->right.table.name});
  return report;
}

}  // namespace lodestone::data
