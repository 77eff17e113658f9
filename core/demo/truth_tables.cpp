// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/truth_text.h"

namespace lodestone::demo {

namespace {

constexpr std::array<std::string_view, kFlaws> kFlawNames{"missing", "trailing_spaces", "mixed_dates",
                                                          "impossible_year"};

// In whole numbers all the way: sums of money are exact.
void putSum(TruthText& truth, std::string_view key, const ColumnRecord& column, std::int64_t sum) {
  if (column.decimals == 0) return truth.whole(key, static_cast<std::uint64_t>(sum));
  std::uint64_t scale = 1;
  for (int i = 0; i < column.decimals; ++i) scale *= 10;
  const auto positive = static_cast<std::uint64_t>(sum);
  std::string rest = std::to_string(positive % scale);
  rest.insert(0, static_cast<std::size_t>(column.decimals) - rest.size(), '0');
  truth.bare(key, std::to_string(positive / scale) + "." + rest);
}

std::string_view sumKey(CellKind kind) {
  if (kind == CellKind::Date) return "days";
  return kind == CellKind::Moment ? "seconds" : "sum";
}

void putClean(TruthText& truth, const TableRecord& table) {
  truth.open(table.name, '{');
  truth.whole("rows", static_cast<std::uint64_t>(table.rows));
  truth.open("columns", '{');
  for (const ColumnRecord& column : table.columns) {
    if (column.leak) continue;
    truth.open(column.name, '{');
    truth.whole("missing", static_cast<std::uint64_t>(column.missing));
    if (column.kind != CellKind::Text) putSum(truth, sumKey(column.kind), column, column.sum);
    truth.close('}');
  }
  truth.close('}');
  truth.close('}');
}

void putRows(TruthText& truth, std::string_view key, const std::vector<std::int64_t>& rows) {
  if (rows.empty()) return;
  truth.open(key, '[');
  for (const std::int64_t row : rows) truth.whole({}, static_cast<std::uint64_t>(row));
  truth.close(']');
}

void putSpoiled(TruthText& truth, const ColumnRecord& column) {
  bool any = false;
  for (const auto& rows : column.spoiled) any |= !rows.empty();
  if (!any) return;
  truth.open(column.name, '{');
  for (std::size_t flaw = 0; flaw < kFlaws; ++flaw) putRows(truth, kFlawNames[flaw], column.spoiled[flaw]);
  truth.whole("lost", static_cast<std::uint64_t>(column.lost));
  if (column.kind != CellKind::Text)
    putSum(truth, column.kind == CellKind::Number ? "lost_sum" : "lost_time", column, column.lost_sum);
  truth.close('}');
}

void putDirt(TruthText& truth, const TableRecord& table) {
  truth.open(table.name, '{');
  truth.whole("rows", static_cast<std::uint64_t>(table.written));
  truth.word("encoding", table.dialect.encoding);
  truth.word("separator", std::string_view(&table.dialect.separator, 1));
  truth.word("decimal", std::string_view(&table.dialect.decimal, 1));
  putRows(truth, "duplicates", table.duplicates);
  putRows(truth, "test_accounts", table.test_accounts);
  truth.open("leaks", '[');
  for (const ColumnRecord& column : table.columns)
    if (column.leak) truth.word({}, column.name);
  truth.close(']');
  truth.open("columns", '{');
  for (const ColumnRecord& column : table.columns) putSpoiled(truth, column);
  truth.close('}');
  truth.close('}');
}

}  // namespace

void putTables(TruthText& truth, const std::vector<TableRecord>& tables, bool dirty) {
  truth.open("clean", '{');
  for (const TableRecord& table : tables) putClean(truth, table);
  truth.close('}');
  if (!dirty) return;
  truth.open("dirt", '{');
  for (const TableRecord& table : tables) putDirt(truth, table);
  truth.close('}');
}

}  // namespace lodestone::demo
