// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/column_values.h"

#include "core/base/text.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace {

constexpr Text kNoNumbers{"Column {0} holds no numbers but {1}.", "列 {0} 存放的不是数字，而是 {1}。"};

}  // namespace

Result<std::vector<TopValue>> frequentValues(const Database& database, const TableName& table,
                                             const std::string& column, std::size_t most, JobContext& job) {
  auto info = database.table(table);
  if (!info) return forward(info);
  auto one = columnOf(*info, column);
  if (!one) return forward(one);
  const std::string cell = quoteIdentifier(one->name);
  auto rows =
      database.rows("SELECT CAST(" + cell + " AS VARCHAR), count(*) AS \"lodestone count\" FROM " +
                        quoted(info->table) + " WHERE " + cell + " IS NOT NULL GROUP BY " + cell +
                        " ORDER BY \"lodestone count\" DESC, " + cell + " LIMIT " + std::to_string(most),
                    job);
  if (!rows) return forward(rows);
  std::vector<TopValue> values;
  for (const auto& row : rows->rows)
    values.push_back({row[0].get<std::string>(), row[1].get<std::int64_t>()});
  return values;
}

Result<std::optional<std::pair<double, double>>> usualRange(const Database& database, const TableName& table,
                                                            const std::string& column, JobContext& job) {
  auto info = database.table(table);
  if (!info) return forward(info);
  auto one = columnOf(*info, column);
  if (!one) return forward(one);
  if (familyOf(one->type) != TypeFamily::Number)
    return fail(ErrorCode::InvalidArgument, kNoNumbers, {one->name, one->type}, {.column = one->name});
  const std::string cell = "CAST(" + quoteIdentifier(one->name) + " AS DOUBLE)";
  auto rows = database.rows("SELECT quantile_cont(" + cell + ", 0.05), quantile_cont(" + cell +
                                ", 0.95) FROM " + quoted(info->table) + " WHERE isfinite(" + cell + ")",
                            job);
  if (!rows) return forward(rows);
  const auto& cells = rows->rows.at(0);
  if (!cells[0].is_number()) return std::optional<std::pair<double, double>>();
  return std::optional(std::pair(cells[0].get<double>(), cells[1].get<double>()));
}

}  // namespace lodestone::data
