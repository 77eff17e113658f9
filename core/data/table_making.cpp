// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table_making.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/base/text.h"
#include "core/data/made_table.h"

namespace lodestone::data {

namespace {

constexpr Text kNoName{"A table needs a name of 1 to 200 characters; {0} has {1}.",
                       "表名须为 1 到 200 个字符；{0} 有 {1} 个。"};
constexpr Text kExists{"There is a table {0} already. Choose another name, or replace it.",
                       "表 {0} 已存在。请另选名称，或选择替换。"};
constexpr Text kNoColumn{"Table {1} has no column '{0}'. It has {2}.", "表 {1} 没有列“{0}”。现有列：{2}。"};

/// A whole number or decimal type as digits before and behind the point.
struct Digits {
  int whole = 0;
  int scale = 0;
};

std::optional<Digits> digitsOf(const std::string& type) {
  struct Named {
    std::string_view type;
    int digits;
  };
  constexpr std::array<Named, 9> kWhole{{{"TINYINT", 3},
                                         {"SMALLINT", 5},
                                         {"INTEGER", 10},
                                         {"BIGINT", 19},
                                         {"UTINYINT", 3},
                                         {"USMALLINT", 5},
                                         {"UINTEGER", 10},
                                         {"UBIGINT", 20},
                                         {"HUGEINT", 39}}};
  for (const Named& one : kWhole)
    if (one.type == type) return Digits{one.digits, 0};
  if (!type.starts_with("DECIMAL(")) return std::nullopt;
  const std::size_t comma = type.find(',');
  int width = 0;
  int scale = 0;
  std::from_chars(type.data() + 8, type.data() + comma, width);
  std::from_chars(type.data() + comma + 1, type.data() + type.size() - 1, scale);
  return Digits{width - scale, scale};
}

bool isFloating(const std::string& type) {
  return type == "DOUBLE" || type == "FLOAT";
}

std::string commonNumber(const std::vector<std::string>& types) {
  if (std::any_of(types.begin(), types.end(), isFloating)) return "DOUBLE";
  Digits most;
  for (const std::string& type : types) {
    const auto digits = digitsOf(type);
    if (!digits) return "VARCHAR";
    most = {std::max(most.whole, digits->whole), std::max(most.scale, digits->scale)};
  }
  if (most.scale > 0)
    return most.whole + most.scale > 38 ? "VARCHAR"
                                        : "DECIMAL(" + std::to_string(most.whole + most.scale) + "," +
                                              std::to_string(most.scale) + ")";
  return most.whole <= 19 ? "BIGINT" : "HUGEINT";
}

}  // namespace

Result<> checkNewTable(const Database& database, const NewTable& target) {
  const std::string& name = target.name;
  const auto characters = std::count_if(
      name.begin(), name.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  const bool valid = toValidUtf8(name) == name && name.find('\0') == std::string::npos;
  if (trim(name).empty() || characters > 200 || !valid)
    return fail(ErrorCode::InvalidArgument, kNoName,
                {"\"" + shorten(toValidUtf8(name), 40) + "\"", std::to_string(characters)});
  if (target.replace) return {};
  auto there = database.has({name, target.schema});
  if (!there) return forward(there);
  if (*there) return fail(ErrorCode::AlreadyExists, kExists, {name}, {.table = name});
  return {};
}

Result<std::int64_t> makeTable(Session& session, const NewTable& target, const std::string& select,
                               const Making& making, JobContext& job) {
  const TableName name{target.name, target.schema};
  auto origin = originOf(session, target.name, making, job);
  if (!origin) return forward(origin);
  const std::string create = target.replace ? "CREATE OR REPLACE TABLE " : "CREATE TABLE ";
  auto rows = session.count(create + quoted(name) + " AS " + select, job);
  if (!rows) return rows;
  if (auto recorded = recordOrigin(session, name, *origin, job); !recorded) return forward(recorded);
  return rows;
}

Result<std::int64_t> makeTable(Database& database, const NewTable& target, const std::string& select,
                               const Making& making, JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return forward(begun);
  auto rows = makeTable(*session, target, select, making, job);
  if (!rows) return rows;
  if (auto done = session->commit(); !done) return forward(done);
  return rows;
}

Result<ColumnInfo> columnOf(const TableInfo& table, const std::string& name) {
  const ColumnInfo* alike = nullptr;
  std::vector<std::string> names;
  for (const ColumnInfo& column : table.columns) {
    if (column.name == name) return column;
    if (lowerAscii(column.name) == lowerAscii(name)) alike = &column;
    names.push_back(column.name);
  }
  if (alike != nullptr) return *alike;
  return fail(ErrorCode::NotFound, kNoColumn, {name, table.table.name, join(names, ", ")},
              {.column = name, .table = table.table.name});
}

Result<std::vector<ColumnInfo>> columnsOf(const TableInfo& table, const std::vector<std::string>& names) {
  std::vector<ColumnInfo> columns;
  for (const std::string& name : names) {
    auto column = columnOf(table, name);
    if (!column) return forward(column);
    columns.push_back(std::move(*column));
  }
  return columns;
}

std::string DistinctNames::add(const std::string& name) {
  std::string distinct = name;
  for (int number = 2; has(distinct); ++number) distinct = name + "_" + std::to_string(number);
  taken_.insert(lowerAscii(distinct));
  return distinct;
}

bool DistinctNames::has(std::string_view name) const {
  return taken_.contains(lowerAscii(name));
}

std::string numberedRows(const TableInfo& table) {
  const bool hidden = std::any_of(table.columns.begin(), table.columns.end(), [](const ColumnInfo& column) {
    return lowerAscii(column.name) == "rowid";
  });
  const std::string number = hidden ? "row_number() OVER ()" : "rowid";
  return "(SELECT " + number + " AS " + std::string(kRowNumber) + ", * FROM " + quoted(table.table) + ")";
}

TypeFamily familyOf(const std::string& type) {
  if (isFloating(type) || type == "UHUGEINT" || type == "BIGNUM" || digitsOf(type)) return TypeFamily::Number;
  if (type.ends_with("]") || type.starts_with("STRUCT") || type.starts_with("MAP") ||
      type.starts_with("UNION"))
    return TypeFamily::Other;
  if (type == "VARCHAR" || type == "UUID" || type.starts_with("ENUM")) return TypeFamily::Text;
  if (type == "BOOLEAN") return TypeFamily::Truth;
  if (type == "DATE") return TypeFamily::Day;
  if (type.starts_with("TIMESTAMP")) return TypeFamily::Moment;
  return type.starts_with("TIME") ? TypeFamily::Clock : TypeFamily::Other;
}

std::string commonType(const std::vector<std::string>& types) {
  const auto all = [&](auto&& test) { return std::all_of(types.begin(), types.end(), test); };
  if (all([&](const std::string& type) { return type == types.front(); })) return types.front();
  if (all([](const std::string& type) { return familyOf(type) == TypeFamily::Number; }))
    return commonNumber(types);
  const bool moments = all([](const std::string& type) {
    return type == "DATE" || type == "TIMESTAMP" || type == "TIMESTAMP_S" || type == "TIMESTAMP_MS";
  });
  return moments ? "TIMESTAMP" : "VARCHAR";
}

}  // namespace lodestone::data
