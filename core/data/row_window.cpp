// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/row_window.h"

#include <algorithm>
#include <iterator>
#include <stop_token>
#include <unordered_map>

#include "core/base/text.h"
#include "core/data/duckdb_handle.h"
#include "core/data/row_condition.h"
#include "core/data/vectors.h"

namespace lodestone::data {

namespace {

constexpr Text kSorting{"Sorting by {0}", "正在按 {0} 排序"};
constexpr Text kFiltering{"Filtering", "正在筛选"};
constexpr Text kNoColumn{"Table {1} has no column '{0}'. It has {2}.", "表 {1} 没有列“{0}”。现有列：{2}。"};
constexpr Text kTooManyRows{
    "Table {0} has {1} rows; up to {2} can be sorted or filtered here. Take fewer rows with a pipeline "
    "first.",
    "表 {0} 有 {1} 行；此处最多可对 {2} 行排序或筛选。请先用流程筛选出较少的行。"};

/// 400 MB of row numbers.
constexpr std::int64_t kMostOrdered = 100'000'000;

/// As many as the database looks up one by one instead of reading the whole table; see
/// dynamic_or_filter_threshold.
constexpr std::int64_t kRowsAtOnce = 256;
constexpr std::int64_t kManyRows = 2048;

/// Row numbers where the table's own are hidden. No imported column is called that.
constexpr std::string_view kPosition = "\"lodestone row number\"";

}  // namespace

std::string RowWindow::number() const {
  return has_row_numbers_ ? "rowid" : std::string(kPosition);
}

std::string RowWindow::source() const {
  if (has_row_numbers_) return quoted(info_.table);
  return "(SELECT row_number() OVER () - 1 AS " + std::string(kPosition) + ", * FROM " + quoted(info_.table) +
         ")";
}

std::string RowWindow::columns() const {
  std::string list = number();
  for (const ColumnInfo& column : info_.columns) list += ", " + quoteIdentifier(column.name);
  return list;
}

std::string RowWindow::whereRows(std::int64_t begin, std::int64_t end) const {
  std::vector<std::string> list;
  for (std::int64_t at = begin; at < end; ++at)
    list.push_back(std::to_string(first_ + order_[static_cast<std::size_t>(at)]));
  // As a join, not as a list of constants: for a join DuckDB skips the blocks that hold none of them.
  return number() + " IN (SELECT unnest([" + join(list, ",") + "]))";
}

Result<RowWindow> RowWindow::open(const Database& database, const TableName& table,
                                  const std::optional<SortOrder>& sort, const RowFilter& filter,
                                  JobContext& job) {
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
  window.filter_ = filter;
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  if (auto found = window.findRows(*session, job); !found) return forward(found);
  return window;
}

Result<> RowWindow::findRows(Session& session, JobContext& job) {
  table_rows_ = info_.rows;
  bool gaps = false;
  if (has_row_numbers_) {
    auto count = session.count("SELECT count(*) FROM " + quoted(info_.table), job);
    if (!count) return forward(count);
    table_rows_ = info_.rows = *count;
    auto first = session.rows("SELECT rowid FROM " + quoted(info_.table) + " LIMIT 1", job);
    if (!first) return forward(first);
    first_ = first->rows.empty() ? 0 : first->rows[0].at(0).get<std::int64_t>();
    // As many rows as numbers, and none beyond them: no number is left out. Two looks at the ends of the
    // table; its smallest and largest number would be a pass over all of it.
    auto beyond = session.rows("SELECT rowid FROM " + quoted(info_.table) +
                                   " WHERE rowid >= " + std::to_string(first_ + info_.rows) + " LIMIT 1",
                               job);
    if (!beyond) return forward(beyond);
    gaps = !beyond->rows.empty();
  }
  if (!sort_ && !gaps && filter_.empty()) return {};
  if (info_.rows > kMostOrdered)
    return fail(ErrorCode::Unsupported, kTooManyRows,
                {info_.table.name, formatGrouped(static_cast<double>(info_.rows), 0),
                 formatGrouped(static_cast<double>(kMostOrdered), 0)},
                {.table = info_.table.name});
  auto where = whereOf(session, info_, filter_, job);
  if (!where) return forward(where);
  where_ = std::move(*where);
  return makeOrder(session, job);
}

/// What is missing last, equal ones as they stand.
std::string RowWindow::orderBy() const {
  std::string by;
  if (sort_)
    by = quoteIdentifier(sort_->column) + (sort_->direction == Direction::Ascending ? " ASC" : " DESC") +
         " NULLS LAST, ";
  return by + number();
}

std::string RowWindow::select(const std::vector<std::string>& columns) const {
  std::vector<std::string> names;
  for (const std::string& column : columns) names.push_back(quoteIdentifier(column));
  if (names.empty())
    for (const ColumnInfo& column : info_.columns) names.push_back(quoteIdentifier(column.name));
  return "SELECT " + join(names, ", ") + " FROM " + source() + " WHERE " + where_ + " ORDER BY " + orderBy();
}

Result<> RowWindow::makeOrder(Session& session, JobContext& job) {
  job.report(0, sort_ ? kSorting : kFiltering, {sort_ ? sort_->column : std::string()});
  auto order = numbers(
      session, "SELECT " + number() + " FROM " + source() + " WHERE " + where_ + " ORDER BY " + orderBy(),
      job);
  if (!order) {
    // A wrong name in the filter's own expression is the writer's mistake.
    Error error = order.error();
    if (!filter_.expression.empty() && error.code != ErrorCode::Cancelled &&
        error.code != ErrorCode::OutOfMemory && error.code != ErrorCode::Io)
      error.code = ErrorCode::InvalidArgument;
    return tl::unexpected<Error>(std::move(error));
  }
  order_ = std::move(*order);
  order_.shrink_to_fit();
  info_.rows = std::ssize(order_);
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
  if (filter_.empty()) list.reserve(static_cast<std::size_t>(info_.rows));
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
  std::vector<std::vector<Json>> rows;
  if (!order_.empty()) {
    // Very many at once cost less in one pass over the table.
    const std::int64_t step = end - begin > kManyRows ? end - begin : kRowsAtOnce;
    for (std::int64_t at = begin; at < end; at += step) {
      auto part = readScattered(database, at, std::min(at + step, end), job);
      if (!part) return part;
      std::move(part->begin(), part->end(), std::back_inserter(rows));
    }
    return rows;
  }
  auto answer = database.rows("SELECT " + columns() + " FROM " + source() + " WHERE " + number() +
                                  " BETWEEN " + std::to_string(first_ + begin) + " AND " +
                                  std::to_string(first_ + end - 1) + " ORDER BY " + number(),
                              job);
  if (!answer) return forward(answer);
  for (std::vector<Json>& cells : answer->rows) {
    cells.erase(cells.begin());
    rows.push_back(std::move(cells));
  }
  return rows;
}

Result<std::vector<std::vector<Json>>> RowWindow::readScattered(const Database& database, std::int64_t begin,
                                                                std::int64_t end, JobContext& job) const {
  std::unordered_map<std::int64_t, std::size_t> place;  // row number -> place in the answer
  for (std::int64_t at = begin; at < end; ++at)
    place.emplace(first_ + order_[static_cast<std::size_t>(at)], static_cast<std::size_t>(at - begin));
  auto answer =
      database.rows("SELECT " + columns() + " FROM " + source() + " WHERE " + whereRows(begin, end), job);
  if (!answer) return forward(answer);
  std::vector<std::vector<Json>> rows(place.size());
  for (std::vector<Json>& cells : answer->rows) {
    const std::size_t to = place.at(cells.front().get<std::int64_t>());
    cells.erase(cells.begin());
    rows.at(to) = std::move(cells);
  }
  // The table has been replaced by a shorter one meanwhile.
  std::erase_if(rows, [](const std::vector<Json>& cells) { return cells.empty(); });
  return rows;
}

}  // namespace lodestone::data
