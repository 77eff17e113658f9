// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/row_search.h"

#include <algorithm>
#include <stop_token>

#include "core/base/text.h"
#include "core/data/duckdb_handle.h"
#include "core/data/row_condition.h"
#include "core/data/table_making.h"
#include "core/data/vectors.h"

namespace lodestone::data {

namespace {

constexpr Text kFinding{"Finding {0}", "正在查找 {0}"};

/// Rows that are looked at before the whole table is: as they stand, and where they lie scattered.
constexpr std::int64_t kFirstNear = 100'000;
constexpr std::int64_t kNear = 1'600'000;
constexpr std::int64_t kNearScattered = 256;

std::optional<CellPlace> placed(std::int64_t row, const std::optional<std::size_t>& column) {
  return column ? std::optional(CellPlace{row, *column}) : std::nullopt;
}

/// Whether the text of any cell of that kind can contain it: most columns need not be read for a word.
bool mayHold(TypeFamily family, const std::string& lowered) {
  const auto only = [&](std::string_view characters) {
    return lowered.find_first_not_of(characters) == std::string::npos;
  };
  switch (family) {
    case TypeFamily::Number:
      return only("0123456789.-+einfa");
    case TypeFamily::Truth:
      return std::string_view("true").find(lowered) != std::string_view::npos ||
             std::string_view("false").find(lowered) != std::string_view::npos;
    case TypeFamily::Day:
    case TypeFamily::Moment:
    case TypeFamily::Clock:
      return only("0123456789-+:. infty(bc)");
    case TypeFamily::Text:
    case TypeFamily::Other:
      break;
  }
  return true;
}

}  // namespace

/// The columns that are looked at, and what is asked of each.
class RowSearch::Cells {
 public:
  static Result<Cells> of(const RowWindow& window, const CellText& text) {
    const TableInfo& info = window.info();
    std::vector<std::string> names = text.columns;
    if (names.empty())
      for (const ColumnInfo& column : info.columns) names.push_back(column.name);
    Cells cells;
    for (const std::string& name : names) {
      auto column = columnOf(info, name);
      if (!column) return forward(column);
      const TypeFamily family = familyOf(column->type);
      const bool number = family == TypeFamily::Number && !text.in_numbers.empty();
      // DuckDB's own lower() knows all scripts; this one only tells what cannot be in a number.
      const std::string wanted = toValidUtf8(number ? text.in_numbers : text.text);
      if (wanted.empty() || !mayHold(family, lowerAscii(wanted))) continue;
      const auto at = std::find_if(info.columns.begin(), info.columns.end(),
                                   [&](const ColumnInfo& one) { return one.name == column->name; });
      cells.columns_.push_back(static_cast<std::size_t>(at - info.columns.begin()));
      cells.tests_.push_back("contains(" + searchedText(*column) + ", lower(" + quoteLiteral(wanted) + "))");
    }
    return cells;
  }

  bool empty() const { return tests_.empty(); }
  std::string any() const { return "(" + join(tests_, " OR ") + ")"; }
  std::string each() const { return join(tests_, ", "); }

  /// Of a row whose cells answered each(): the first column that has it, or the last one, or the one next to
  /// the given column.
  std::optional<std::size_t> pick(const std::vector<Json>& answers, Way way,
                                  std::optional<std::size_t> from = {}) const {
    const auto start = from ? std::find(columns_.begin(), columns_.end(), *from) - columns_.begin() : -1;
    std::optional<std::size_t> last;
    for (std::ptrdiff_t i = 0; i < std::ssize(columns_); ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (answers[at] != Json(true)) continue;
      if (way == Way::Previous) {
        if (!from || i < start) last = columns_[at];
      } else if (i > start || (way == Way::HereOrNext && i == start)) {
        return columns_[at];
      }
    }
    return last;
  }

 private:
  std::vector<std::size_t> columns_;
  std::vector<std::string> tests_;
};

Result<RowSearch> RowSearch::open(const Database& database, const RowWindow& window, const CellText& text,
                                  JobContext& job) {
  RowSearch search;
  search.text_ = text;
  auto cells = Cells::of(window, text);
  if (!cells) return forward(cells);
  if (cells->empty() || window.info().rows == 0) return search;
  job.report(0, kFinding, {shorten(text.text, 60)});
  if (auto listed = search.list(database, window, *cells, job); !listed) return forward(listed);
  return search;
}

Result<> RowSearch::list(const Database& database, const RowWindow& window, const Cells& cells,
                         JobContext& job) {
  auto session = Session::open(database);
  if (!session) return forward(session);
  auto found = window.numbers(
      *session, "SELECT " + window.number() + " FROM " + window.source() + " WHERE " + cells.any(), job);
  if (!found) return forward(found);
  if (window.order_.empty()) {
    rows_ = std::move(*found);
    if (!std::is_sorted(rows_.begin(), rows_.end())) std::sort(rows_.begin(), rows_.end());
    return {};
  }
  std::vector<bool> has;
  for (const std::uint32_t number : *found) {
    if (number >= has.size()) has.resize(std::max<std::size_t>(number + std::size_t{1}, 2 * has.size()));
    has[number] = true;
  }
  for (std::size_t row = 0; row < window.order_.size(); ++row)
    if (window.order_[row] < has.size() && has[window.order_[row]])
      rows_.push_back(static_cast<std::uint32_t>(row));
  return {};
}

std::int64_t RowSearch::position(std::int64_t row) const {
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), row);
  return found != rows_.end() && *found == row ? found - rows_.begin() + 1 : 0;
}

Result<std::optional<CellPlace>> RowSearch::inRow(const Database& database, const RowWindow& window,
                                                  const Cells& cells, std::int64_t row, Way way,
                                                  const std::optional<std::size_t>& from, JobContext& job) {
  const std::int64_t number =
      window.first_ + (window.order_.empty() ? row : window.order_[static_cast<std::size_t>(row)]);
  const auto answer = database.rows("SELECT " + cells.each() + " FROM " + window.source() + " WHERE " +
                                        window.number() + " = " + std::to_string(number),
                                    job);
  if (!answer) return forward(answer);
  if (answer->rows.empty()) return std::optional<CellPlace>();
  return placed(row, cells.pick(answer->rows[0], way, from));
}

Result<std::optional<CellPlace>> RowSearch::next(const Database& database, const RowWindow& window,
                                                 const CellPlace& from, Way way, JobContext& job) const {
  if (rows_.empty()) return std::optional<CellPlace>();
  const auto cells = Cells::of(window, text_);
  if (!cells) return forward(cells);
  if (position(from.row) > 0) {
    auto same_row = inRow(database, window, *cells, from.row, way, from.column, job);
    if (!same_row || *same_row) return same_row;
  }
  auto next = way == Way::Previous ? std::lower_bound(rows_.begin(), rows_.end(), from.row)
                                   : std::upper_bound(rows_.begin(), rows_.end(), from.row);
  if (way == Way::Previous) {
    next = next == rows_.begin() ? std::prev(rows_.end()) : std::prev(next);
  } else if (next == rows_.end()) {
    next = rows_.begin();
  }
  return inRow(database, window, *cells, *next, way, std::nullopt, job);
}

Result<std::optional<CellPlace>> RowSearch::near(const Database& database, const RowWindow& window,
                                                 const CellText& text, const CellPlace& from, Way way,
                                                 JobContext& job) {
  const auto cells = Cells::of(window, text);
  if (!cells) return forward(cells);
  const bool inside = from.row >= 0 && from.row < window.info().rows;
  if (cells->empty() || !inside || !window.has_row_numbers_) return std::optional<CellPlace>();
  auto same_row = inRow(database, window, *cells, from.row, way, from.column, job);
  if (!same_row || *same_row) return same_row;
  return window.sort_ ? nearInOrder(database, window, *cells, from.row, way, job)
                      : nearInTable(database, window, *cells, from.row, way, job);
}

/// Rows in the order of their numbers: growing ranges of them.
Result<std::optional<CellPlace>> RowSearch::nearInTable(const Database& database, const RowWindow& window,
                                                        const Cells& cells, std::int64_t row, Way way,
                                                        JobContext& job) {
  const auto number_at = [&](std::int64_t at) {
    return window.first_ + (window.order_.empty()
                                ? at
                                : static_cast<std::int64_t>(window.order_[static_cast<std::size_t>(at)]));
  };
  const std::int64_t rows = window.info().rows;
  for (std::int64_t count = kFirstNear, seen = 0; seen < kNear; seen += count, count *= 2) {
    // The rows next to those that were seen, in the direction of travel.
    const std::int64_t begin =
        way == Way::Previous ? std::max<std::int64_t>(0, row - seen - count) : row + 1 + seen;
    const std::int64_t end = way == Way::Previous ? row - seen : std::min(rows, row + 1 + seen + count);
    if (begin >= end) break;
    std::string sql = "SELECT " + window.number() + ", " + cells.each() + " FROM " + window.source() +
                      " WHERE " + window.number() + " BETWEEN " + std::to_string(number_at(begin)) + " AND " +
                      std::to_string(number_at(end - 1)) + " AND " + cells.any() + " ORDER BY " +
                      window.number();
    if (way == Way::Previous) sql += " DESC";
    auto found = database.rows(sql + (window.order_.empty() ? " LIMIT 1" : ""), job);
    if (!found) return forward(found);
    for (std::vector<Json>& answers : found->rows) {
      const auto number = static_cast<std::uint32_t>(answers[0].get<std::int64_t>() - window.first_);
      std::int64_t at = number;
      if (!window.order_.empty()) {
        // A filter keeps only some of the rows in the range.
        const auto kept = std::lower_bound(window.order_.begin(), window.order_.end(), number);
        if (kept == window.order_.end() || *kept != number) continue;
        at = kept - window.order_.begin();
      }
      answers.erase(answers.begin());
      return placed(at, cells.pick(answers, way));
    }
  }
  return std::optional<CellPlace>();
}

Result<std::optional<CellPlace>> RowSearch::nearInOrder(const Database& database, const RowWindow& window,
                                                        const Cells& cells, std::int64_t row, Way way,
                                                        JobContext& job) {
  const std::int64_t rows = window.info().rows;
  const std::int64_t begin = way == Way::Previous ? std::max<std::int64_t>(0, row - kNearScattered) : row + 1;
  const std::int64_t end = way == Way::Previous ? row : std::min(rows, row + 1 + kNearScattered);
  if (begin >= end) return std::optional<CellPlace>();
  auto found = database.rows("SELECT " + window.number() + ", " + cells.each() + " FROM " + window.source() +
                                 " WHERE " + window.whereRows(begin, end) + " AND " + cells.any(),
                             job);
  if (!found) return forward(found);
  const auto row_of = [&](std::int64_t number) {
    for (std::int64_t at = begin; at < end; ++at)
      if (window.first_ + window.order_[static_cast<std::size_t>(at)] == number) return at;
    return std::int64_t{-1};
  };
  std::optional<CellPlace> best;
  for (std::vector<Json>& answers : found->rows) {
    const std::int64_t at = row_of(answers[0].get<std::int64_t>());
    answers.erase(answers.begin());
    const auto column = cells.pick(answers, way);
    const bool nearer = !best || (way == Way::Previous ? at > best->row : at < best->row);
    if (column && at >= 0 && nearer) best = CellPlace{at, *column};
  }
  return best;
}

}  // namespace lodestone::data
