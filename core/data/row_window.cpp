// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/row_window.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stop_token>
#include <unordered_map>

#include "core/base/text.h"
#include "core/data/duckdb_handle.h"
#include "core/data/vectors.h"

namespace lodestone::data {

namespace {

constexpr Text kSorting{"Sorting by {0}", "正在按 {0} 排序"};
constexpr Text kNoColumn{"Table {1} has no column '{0}'. It has {2}.", "表 {1} 没有列“{0}”。现有列：{2}。"};
constexpr Text kTooManyRows{
    "Table {0} has {1} rows; up to {2} can be put in another order here. Take fewer rows with a pipeline "
    "first.",
    "表 {0} 有 {1} 行；此处最多可为 {2} 行重新排序。请先用流程筛选出较少的行。"};

/// 400 MB of row numbers.
constexpr std::int64_t kMostOrdered = 100'000'000;

/// Row numbers where the table's own are hidden. No imported column is called that.
constexpr std::string_view kPosition = "\"lodestone row number\"";

}  // namespace

std::string RowWindow::source() const {
  if (has_row_numbers_) return quoted(info_.table);
  return "(SELECT row_number() OVER () - 1 AS " + std::string(kPosition) + ", * FROM " + quoted(info_.table) +
         ")";
}

std::string RowWindow::columns() const {
  std::string list = has_row_numbers_ ? "rowid" : std::string(kPosition);
  for (const ColumnInfo& column : info_.columns) list += ", " + quoteIdentifier(column.name);
  return list;
}

Result<RowWindow> RowWindow::open(const Database& database, const TableName& table,
                                  const std::optional<SortOrder>& sort, JobContext& job) {
  RowWindow window;
  auto info = database.table(table);
  if (!info) return forward(info);
  window.info_ = std::move(*info);
  std::vector<std::string> names;
  for (const ColumnInfo& column : window.info_.columns) {
    names.push_back(column.name);
    if (lowerAscii(column.name) == "rowid") window.has_row_numbers_ = false;
  }
  if (sort && std::find(names.begin(), names.end(), sort->column) == names.end())
    return fail(ErrorCode::NotFound, kNoColumn, {sort->column, table.name, join(names, ", ")},
                {.column = sort->column, .table = table.name});
  window.sort_ = sort;
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  if (auto found = window.findRows(*session, job); !found) return forward(found);
  return window;
}

Result<> RowWindow::findRows(Session& session, JobContext& job) {
  const std::string number = has_row_numbers_ ? "rowid" : std::string(kPosition);
  bool gaps = false;
  if (has_row_numbers_) {
    auto range = session.rows("SELECT count(*), min(rowid), max(rowid) FROM " + quoted(info_.table), job);
    if (!range) return forward(range);
    const std::vector<Json>& cells = range->rows.at(0);
    info_.rows = cells[0].get<std::int64_t>();
    first_ = cells[1].is_number_integer() ? cells[1].get<std::int64_t>() : 0;
    gaps = info_.rows > 0 && cells[2].get<std::int64_t>() - first_ + 1 != info_.rows;
  }
  if (!sort_ && !gaps) return {};
  return makeOrder(session, job);
}

Result<> RowWindow::makeOrder(Session& session, JobContext& job) {
  if (info_.rows > kMostOrdered)
    return fail(ErrorCode::Unsupported, kTooManyRows,
                {info_.table.name, formatGrouped(static_cast<double>(info_.rows), 0),
                 formatGrouped(static_cast<double>(kMostOrdered), 0)},
                {.table = info_.table.name});
  const std::string number = has_row_numbers_ ? "rowid" : std::string(kPosition);
  std::string by;
  if (sort_) {
    job.report(0, kSorting, {sort_->column});
    by = quoteIdentifier(sort_->column) + (sort_->direction == Direction::Ascending ? " ASC" : " DESC") +
         " NULLS LAST, ";
  }
  auto order = numbers(session, "SELECT " + number + " FROM " + source() + " ORDER BY " + by + number, job);
  if (!order) return forward(order);
  order_ = std::move(*order);
  return {};
}

Result<std::vector<std::uint32_t>> RowWindow::numbers(Session& session, const std::string& sql,
                                                      JobContext& job) const {
  auto prepared = session.prepare(sql);
  if (!prepared) return forward(prepared);
  auto answer = session.execute(*prepared, job, Delivery::Streaming);
  if (!answer) return forward(answer);
  const std::stop_callback stop(job.stopToken(),
                                [connection = session.connection()] { duckdb_interrupt(connection); });
  std::vector<std::uint32_t> list;
  list.reserve(static_cast<std::size_t>(info_.rows));
  while (true) {
    if (auto go = job.checkpoint(); !go) return forward(go);
    auto chunk = answer->next();
    if (!chunk) return session.failure(duckdb_result_error(answer->get()), &job);
    if (!*chunk) return list;
    const std::vector<VectorView> vectors = viewsOf(chunk->get());
    const idx_t size = duckdb_data_chunk_get_size(chunk->get());
    for (idx_t row = 0; row < size; ++row)
      list.push_back(static_cast<std::uint32_t>(vectors[0].at<std::int64_t>(row) - first_));
  }
}

Result<std::vector<std::vector<Json>>> RowWindow::read(const Database& database, std::int64_t begin,
                                                       std::int64_t count, JobContext& job) const {
  begin = std::clamp<std::int64_t>(begin, 0, info_.rows);
  const std::int64_t end = begin + std::clamp<std::int64_t>(count, 0, info_.rows - begin);
  if (begin == end) return std::vector<std::vector<Json>>{};
  const std::string number = has_row_numbers_ ? "rowid" : std::string(kPosition);
  std::unordered_map<std::int64_t, std::size_t> place;  // row number -> place in the answer
  std::string where;
  if (order_.empty()) {
    where =
        number + " BETWEEN " + std::to_string(first_ + begin) + " AND " + std::to_string(first_ + end - 1);
  } else {
    std::vector<std::string> list;
    for (std::int64_t at = begin; at < end; ++at) {
      const std::int64_t row = first_ + order_[static_cast<std::size_t>(at)];
      place.emplace(row, static_cast<std::size_t>(at - begin));
      list.push_back(std::to_string(row));
    }
    where = number + " IN (" + join(list, ",") + ")";
  }
  auto answer = database.rows(
      "SELECT " + columns() + " FROM " + source() + " WHERE " + where + " ORDER BY " + number, job);
  if (!answer) return forward(answer);
  std::vector<std::vector<Json>> rows(static_cast<std::size_t>(end - begin));
  std::size_t next = 0;
  for (std::vector<Json>& cells : answer->rows) {
    const std::size_t to = order_.empty() ? next++ : place.at(cells.front().get<std::int64_t>());
    cells.erase(cells.begin());
    rows.at(to) = std::move(cells);
  }
  // The table has been replaced by a shorter one meanwhile.
  std::erase_if(rows, [](const std::vector<Json>& cells) { return cells.empty(); });
  return rows;
}

}  // namespace lodestone::data
