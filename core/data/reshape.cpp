// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/reshape.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/event_source.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace {

constexpr Text kNoTables{"Name at least one table to put together.", "请至少指定一张要合并的表。"};
constexpr Text kNameTaken{"There is a column '{0}' already. Choose another name for the new column.",
                          "已有列“{0}”。请为新列另选名称。"};
constexpr Text kNoName{"The new column needs a name.", "新列需要一个名称。"};
constexpr Text kMissingColumn{"Table {1} has no column '{0}': its cells are missing there.",
                              "表 {1} 没有列“{0}”：对应单元格为缺失。"};
constexpr Text kWidened{"Column '{0}' has several types ({1}) and is {2} now.",
                        "列“{0}”有多种类型（{1}），现统一为 {2}。"};
constexpr Text kNotForNothing{"Which column should be aggregated? Only counting rows needs none.",
                              "请指明要汇总的列；只有统计行数时才不需要。"};
constexpr Text kNoNumber{"Column '{0}' of {1} is {2}: a sum, mean or median needs numbers.",
                         "{1} 的列“{0}”类型为 {2}：求和、均值或中位数需要数字。"};
constexpr Text kTooManyColumns{
    "Column '{0}' of {1} has {2} different values, and each would become a column; {3} are allowed. Filter "
    "or "
    "bucket it first, or allow more.",
    "{1} 的列“{0}”有 {2} 个不同的值，每个都会成为一列；最多允许 {3} 列。请先筛选或分箱，或提高上限。"};
constexpr Text kBadLimit{"Between 1 and 10000 columns can be made, not {0}.",
                         "可生成 1 到 10000 列，而不是 {0}。"};
constexpr Text kBothRowsAndColumn{"Column '{0}' cannot name both the rows and the columns.",
                                  "列“{0}”不能同时用作行和列。"};
constexpr Text kNoColumns{"Name the columns that become rows, or those to keep.",
                          "请指定要转为行的列，或要保留的列。"};
constexpr Text kNoRows{"Table {0} has no rows to make columns of.", "表 {0} 没有可转为列的行。"};
constexpr std::string_view kMissingName = "(missing)";
constexpr int kMostPivotColumns = 10'000;

bool sameName(const std::string& a, const std::string& b) {
  return lowerAscii(a) == lowerAscii(b);
}

bool contains(const std::vector<ColumnInfo>& columns, const std::string& name) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const ColumnInfo& column) { return sameName(column.name, name); });
}

std::vector<std::string> namesOf(const std::vector<ColumnInfo>& columns) {
  std::vector<std::string> names;
  for (const ColumnInfo& column : columns) names.push_back(column.name);
  return names;
}

Result<ReshapeReport> make(Database& database, const NewTable& target, const std::string& select,
                           const Making& making, ReshapeReport report, JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return forward(begun);
  auto prepared = session->prepare(select);
  if (!prepared) return forward(prepared);
  report.columns = columnsOf(*prepared);
  auto rows = makeTable(*session, target, select, making, job);
  if (!rows) return forward(rows);
  report.rows = *rows;
  report.table = target.name;
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = session->commit(); !done) return forward(done);
  return report;
}

/// A column of a union: by which names and types the tables have it.
struct UnitedColumn {
  std::string name;
  std::vector<std::string> types;  ///< distinct, in order of appearance
};

std::vector<UnitedColumn> unite(const std::vector<TableInfo>& tables) {
  std::vector<UnitedColumn> united;
  std::map<std::string, std::size_t> places;
  for (const TableInfo& table : tables)
    for (const ColumnInfo& column : table.columns) {
      const auto [place, added] = places.emplace(lowerAscii(column.name), united.size());
      if (added) united.push_back({column.name, {}});
      std::vector<std::string>& types = united[place->second].types;
      if (std::find(types.begin(), types.end(), column.type) == types.end()) types.push_back(column.type);
    }
  return united;
}

std::string unionSql(const std::vector<TableInfo>& tables, const std::vector<UnitedColumn>& united,
                     const std::string& source_column) {
  std::vector<std::string> selects;
  for (const TableInfo& table : tables) {
    std::vector<std::string> cells;
    for (const UnitedColumn& column : united) {
      const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                      [&](const ColumnInfo& one) { return sameName(one.name, column.name); });
      const std::string cell = found == table.columns.end() ? "NULL" : quoteIdentifier(found->name);
      cells.push_back("CAST(" + cell + " AS " + commonType(column.types) + ") AS " +
                      quoteIdentifier(column.name));
    }
    if (!source_column.empty())
      cells.push_back(quoteLiteral(table.table.name) + " AS " + quoteIdentifier(source_column));
    selects.push_back("SELECT " + join(cells, ", ") + " FROM " + quoted(table.table));
  }
  return join(selects, " UNION ALL ");
}

void noteUnion(const std::vector<TableInfo>& tables, const std::vector<UnitedColumn>& united,
               std::vector<Notice>& notices) {
  for (const UnitedColumn& column : united) {
    for (const TableInfo& table : tables)
      if (!contains(table.columns, column.name))
        notices.push_back({"missing_column", column.name, kMissingColumn, {column.name, table.table.name}});
    if (column.types.size() > 1)
      notices.push_back({"widened",
                         column.name,
                         kWidened,
                         {column.name, join(column.types, ", "), commonType(column.types)}});
  }
}

bool needsNumber(Aggregate aggregate) {
  return aggregate == Aggregate::Sum || aggregate == Aggregate::Mean || aggregate == Aggregate::Median;
}

std::string aggregateSql(Aggregate aggregate, const std::optional<ColumnInfo>& value) {
  const std::string cell = value ? quoteIdentifier(value->name) : "*";
  switch (aggregate) {
    case Aggregate::Count:
      return "count(" + cell + ")";
    case Aggregate::CountDistinct:
      return "count(DISTINCT " + cell + ")";
    case Aggregate::Sum:
      // A sum of nothing but missing cells is missing, not 0.
      return "CASE WHEN count(" + cell + ") > 0 THEN " + exactSum(cell, *value) + " END";
    case Aggregate::Mean:
      return "CAST(" + exactSum(cell, *value) + " AS DOUBLE) / nullif(count(" + cell + "), 0)";
    case Aggregate::Median:
      return "median(" + cell + ")";
    case Aggregate::Min:
      return "min(" + cell + ")";
    case Aggregate::Max:
      return "max(" + cell + ")";
  }
  return "";
}

std::string_view aggregateName(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::Count:
      return "count";
    case Aggregate::CountDistinct:
      return "count_distinct";
    case Aggregate::Sum:
      return "sum";
    case Aggregate::Mean:
      return "mean";
    case Aggregate::Median:
      return "median";
    case Aggregate::Min:
      return "min";
    case Aggregate::Max:
      return "max";
  }
  return "";
}

/// The columns of a pivot, looked up.
struct PivotPlan {
  TableInfo table;
  std::vector<ColumnInfo> rows;
  ColumnInfo column;
  std::optional<ColumnInfo> value;
};

Result<PivotPlan> planPivot(const Database& database, const PivotSpec& spec) {
  if (spec.most_columns < 1 || spec.most_columns > kMostPivotColumns)
    return fail(ErrorCode::InvalidArgument, kBadLimit, {std::to_string(spec.most_columns)});
  auto table = database.table(spec.table);
  if (!table) return forward(table);
  auto rows = columnsOf(*table, spec.rows);
  if (!rows) return forward(rows);
  auto column = columnOf(*table, spec.column);
  if (!column) return forward(column);
  if (contains(*rows, column->name))
    return fail(ErrorCode::InvalidArgument, kBothRowsAndColumn, {column->name}, {.column = column->name});
  PivotPlan plan{std::move(*table), std::move(*rows), std::move(*column), std::nullopt};
  if (spec.value.empty()) {
    if (spec.aggregate == Aggregate::Count) return plan;
    return fail(ErrorCode::InvalidArgument, kNotForNothing);
  }
  auto value = columnOf(plan.table, spec.value);
  if (!value) return forward(value);
  if (needsNumber(spec.aggregate) && familyOf(value->type) != TypeFamily::Number)
    return fail(ErrorCode::InvalidArgument, kNoNumber, {value->name, plan.table.table.name, value->type},
                {.column = value->name, .table = plan.table.table.name});
  plan.value = std::move(*value);
  return plan;
}

/// First one group for each cell, then each value's groups into its column: a pass over the table, not one
/// for each column.
std::string pivotSql(const PivotPlan& plan, const PivotSpec& spec, const std::vector<Json>& values) {
  const auto rowName = [](std::size_t i) { return "r" + std::to_string(i); };
  std::string keys;
  std::string names;
  std::string grouping = "k";
  std::string order;
  DistinctNames distinct;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    keys += quoteIdentifier(plan.rows[i].name) + " AS " + rowName(i) + ", ";
    names += rowName(i) + " AS " + quoteIdentifier(distinct.add(plan.rows[i].name)) + ", ";
    grouping += ", " + rowName(i);
    order += (i == 0 ? " GROUP BY " : ", ") + rowName(i);
  }
  const std::string group = order;
  if (!order.empty()) order = group + replaceAll(group, " GROUP BY ", " ORDER BY ");
  const bool counts = spec.aggregate == Aggregate::Count || spec.aggregate == Aggregate::CountDistinct;
  std::vector<std::string> cells;
  for (const Json& value : values) {
    const std::string name =
        value.is_null() ? std::string(kMissingName) : shorten(value.get<std::string>(), 100);
    const std::string here = value.is_null() ? "k IS NULL" : "k = " + quoteLiteral(value.get<std::string>());
    const std::string cell = "any_value(v) FILTER (WHERE " + here + ")";
    cells.push_back((counts ? "coalesce(" + cell + ", 0)" : cell) + " AS " +
                    quoteIdentifier(distinct.add(trim(name).empty() ? "\"" + name + "\"" : name)));
  }
  return "SELECT " + names + join(cells, ", ") + " FROM (SELECT " + keys + "CAST(" +
         quoteIdentifier(plan.column.name) + " AS VARCHAR) AS k, " +
         aggregateSql(spec.aggregate, plan.value) + " AS v FROM " + quoted(plan.table.table) + " GROUP BY " +
         grouping + ")" + order;
}

}  // namespace

Result<ReshapeReport> unionTables(Database& database, const UnionSpec& spec, const NewTable& target,
                                  JobContext& job) {
  if (auto valid = checkNewTable(database, target); !valid) return forward(valid);
  if (spec.tables.empty()) return fail(ErrorCode::InvalidArgument, kNoTables);
  std::vector<TableInfo> tables;
  for (const TableName& name : spec.tables) {
    auto table = database.table(name);
    if (!table) return forward(table);
    tables.push_back(std::move(*table));
  }
  const std::vector<UnitedColumn> united = unite(tables);
  if (std::any_of(united.begin(), united.end(),
                  [&](const UnitedColumn& column) { return sameName(column.name, spec.source_column); }))
    return fail(ErrorCode::InvalidArgument, kNameTaken, {spec.source_column}, {.column = spec.source_column});
  ReshapeReport report;
  noteUnion(tables, united, report.notices);
  Making making{"union", {{"tables", Json::array()}, {"source_column", spec.source_column}}, {}};
  for (const TableInfo& table : tables) {
    making.parameters["tables"].push_back(table.table.name);
    making.sources.push_back(table.table);
  }
  return make(database, target, unionSql(tables, united, spec.source_column), making, std::move(report), job);
}

Result<ReshapeReport> pivotTable(Database& database, const PivotSpec& spec, const NewTable& target,
                                 JobContext& job) {
  if (auto valid = checkNewTable(database, target); !valid) return forward(valid);
  auto plan = planPivot(database, spec);
  if (!plan) return forward(plan);
  const std::string column = quoteIdentifier(plan->column.name);
  auto values = database.rows("SELECT CAST(v AS VARCHAR) FROM (SELECT DISTINCT " + column + " AS v FROM " +
                                  quoted(plan->table.table) + ") ORDER BY v NULLS LAST LIMIT " +
                                  std::to_string(spec.most_columns + 1),
                              job);
  if (!values) return forward(values);
  if (values->rows.size() > static_cast<std::size_t>(spec.most_columns)) {
    auto all = database.rows("SELECT count(DISTINCT " + column + ") FROM " + quoted(plan->table.table), job);
    if (!all) return forward(all);
    return fail(ErrorCode::InvalidArgument, kTooManyColumns,
                {plan->column.name, plan->table.table.name, all->rows[0][0].dump(),
                 std::to_string(spec.most_columns)},
                {.column = plan->column.name, .table = plan->table.table.name});
  }
  if (values->rows.empty())
    return fail(ErrorCode::NotEnoughData, kNoRows, {plan->table.table.name},
                {.table = plan->table.table.name});
  std::vector<Json> list;
  for (const auto& row : values->rows) list.push_back(row[0]);
  const Making making{"pivot",
                      {{"rows", spec.rows},
                       {"column", plan->column.name},
                       {"value", spec.value},
                       {"aggregate", aggregateName(spec.aggregate)}},
                      {plan->table.table}};
  return make(database, target, pivotSql(*plan, spec, list), making, {}, job);
}

Result<ReshapeReport> unpivotTable(Database& database, const UnpivotSpec& spec, const NewTable& target,
                                   JobContext& job) {
  if (auto valid = checkNewTable(database, target); !valid) return forward(valid);
  auto table = database.table(spec.table);
  if (!table) return forward(table);
  auto columns = columnsOf(*table, spec.columns);
  if (!columns) return forward(columns);
  auto keep = columnsOf(*table, spec.keep);
  if (!keep) return forward(keep);
  const bool all_columns = columns->empty();
  const bool all_kept = keep->empty();
  if (all_columns && all_kept) return fail(ErrorCode::InvalidArgument, kNoColumns);
  for (const ColumnInfo& column : table->columns) {
    if (all_columns && !contains(*keep, column.name)) columns->push_back(column);
    if (all_kept && !contains(*columns, column.name)) keep->push_back(column);
  }
  if (columns->empty()) return fail(ErrorCode::InvalidArgument, kNoColumns);
  for (const std::string* name : {&spec.name_column, &spec.value_column}) {
    if (trim(*name).empty()) return fail(ErrorCode::InvalidArgument, kNoName);
    if (contains(*keep, *name) || sameName(spec.name_column, spec.value_column))
      return fail(ErrorCode::InvalidArgument, kNameTaken, {*name}, {.column = *name});
  }
  std::string kept;
  for (const ColumnInfo& column : *keep) kept += quoteIdentifier(column.name) + ", ";
  UnitedColumn united{spec.value_column, {}};
  std::vector<std::string> names;
  std::vector<std::string> cells;
  for (const ColumnInfo& column : *columns) {
    names.push_back(quoteLiteral(column.name));
    united.types.push_back(column.type);
  }
  std::sort(united.types.begin(), united.types.end());
  united.types.erase(std::unique(united.types.begin(), united.types.end()), united.types.end());
  const std::string type = commonType(united.types);
  for (const ColumnInfo& column : *columns)
    cells.push_back("CAST(" + quoteIdentifier(column.name) + " AS " + type + ")");
  const std::string name = quoteIdentifier(spec.name_column);
  const std::string value = quoteIdentifier(spec.value_column);
  std::string select = "SELECT " + kept + "unnest([" + join(names, ", ") + "]) AS " + name + ", unnest([" +
                       join(cells, ", ") + "]) AS " + value + " FROM " + quoted(table->table);
  if (!spec.keep_missing) select = "SELECT * FROM (" + select + ") WHERE " + value + " IS NOT NULL";
  ReshapeReport report;
  if (united.types.size() > 1)
    report.notices.push_back(
        {"widened", united.name, kWidened, {united.name, join(united.types, ", "), type}});
  const Making making{"unpivot",
                      {{"columns", namesOf(*columns)},
                       {"keep", namesOf(*keep)},
                       {"name_column", spec.name_column},
                       {"value_column", spec.value_column},
                       {"keep_missing", spec.keep_missing}},
                      {table->table}};
  return make(database, target, select, making, std::move(report), job);
}

}  // namespace lodestone::data
