// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/csv_rejects.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/csv/csv_copy.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kLongestRow = std::size_t{1} << 20U;
constexpr std::size_t kCellTold = 80;

struct BadRow {
  std::int64_t offset = 0;  ///< of its first byte in the file, from 0
  std::int64_t column = 0;  ///< the first cell that does not read, from 1
};

template <class Number>
bool isTooLarge(std::string_view cell) {
  cell = trim(cell);
  if (cell.starts_with('+')) cell.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return error == std::errc::result_out_of_range && end == cell.data() + cell.size();
}

/// What the cell is not: where it is something near it, what it is.
std::string wanted(std::string_view cell, const ColumnType& type) {
  TypeVote vote;
  vote.add(cell);
  const CellType seen = vote.decide().type;
  switch (type.type) {
    case CellType::Boolean:
      return "is neither true nor false";
    case CellType::Date:
      if (type.given && !type.format.pattern.empty())
        return "is not a date written as " + type.format.pattern;
      return seen == CellType::Timestamp ? "has a time of day beside its date" : "is not a date";
    case CellType::Timestamp:
      return "is not a date and time";
    case CellType::Integer:
      if (isTooLarge<std::int64_t>(cell)) return "is beyond the whole numbers of 64 bits";
      return seen == CellType::Real ? "is not a whole number" : "is not a number";
    default:
      return isTooLarge<double>(cell) ? "is beyond the numbers of 64 bits" : "is not a number";
  }
}

Result<std::vector<BadRow>> badRows(Session& session, const TextFile& source, JobContext& job) {
  auto answer = session.rows(
      "SELECT line_byte_position, min(column_idx) FROM reject_errors WHERE error_type = 'CAST' GROUP BY 1 "
      "ORDER BY 1",
      job);
  if (!answer) return forward(answer);
  std::vector<BadRow> bad;
  for (const auto& row : answer->rows) {
    BadRow one{.offset = std::max<std::int64_t>(0, row[0].get<std::int64_t>() - 1),
               .column = row[1].get<std::int64_t>()};
    // DuckDB starts a row at the line end of blank lines in front of it.
    const std::string start = source.bytesAt(one.offset, 4096);
    const std::size_t first = start.find_first_not_of("\r\n");
    if (first != std::string::npos) one.offset += static_cast<std::int64_t>(first);
    bad.push_back(one);
  }
  return bad;
}

/// The row at an offset and its text.
CsvRecord recordAt(const TextFile& source, const CsvPlan& plan, std::int64_t offset, std::string& text) {
  CsvRecord record;
  for (const std::size_t length : {std::size_t{8192}, kLongestRow}) {
    text = source.bytesAt(offset, length);
    RecordReader(text, plan.dialect).next(record);
    if (record.whole) break;
  }
  return record;
}

}  // namespace

std::string badCellReason(std::string_view cell, const ColumnType& type) {
  return "'" + shorten(toValidUtf8(cell), kCellTold) + "' " + wanted(cell, type);
}

Result<bool> hasOddRows(Session& session, JobContext& job) {
  auto odd = session.count("SELECT count(*) FROM reject_errors WHERE error_type <> 'CAST'", job);
  if (!odd) return forward(odd);
  return *odd > 0;
}

Result<std::vector<std::int64_t>> badCells(Session& session, std::size_t columns, JobContext& job) {
  std::vector<std::int64_t> counts(columns, 0);
  auto answer = session.rows(
      "SELECT column_idx, count(*) FROM reject_errors WHERE error_type = 'CAST' AND trim(csv_line, ' "
      "\t\r\n') <> '' "
      "GROUP BY 1",
      job);
  if (!answer) return forward(answer);
  for (const auto& row : answer->rows) {
    const auto index = static_cast<std::size_t>(row[0].get<std::int64_t>() - 1);
    if (index < columns) counts[index] = row[1].get<std::int64_t>();
  }
  return counts;
}

Result<std::int64_t> badRowCount(Session& session, JobContext& job) {
  return session.count(
      "SELECT count(DISTINCT line_byte_position) FROM reject_errors WHERE error_type = 'CAST' AND "
      "trim(csv_line, ' \t\r\n') <> ''",
      job);
}

Result<std::vector<std::set<std::string>>> lateMarks(Session& session, const CsvPlan& plan, JobContext& job) {
  std::vector<std::set<std::string>> marks(plan.width());
  if (plan.null_words.empty()) return marks;
  std::vector<std::string> known;
  for (const std::string& mark : plan.null_words) known.push_back(quoteLiteral(mark));
  auto answer = session.rows(
      "SELECT DISTINCT column_idx, cell FROM (SELECT column_idx, regexp_extract(error_message, "
      "'Could not convert string \"(.*?)\" to', 1) AS cell FROM reject_errors WHERE error_type = 'CAST') "
      "WHERE cell IN (" +
          join(known, ", ") + ")",
      job);
  if (!answer) return forward(answer);
  for (const auto& row : answer->rows) {
    const auto index = static_cast<std::size_t>(row[0].get<std::int64_t>() - 1);
    if (index < marks.size()) marks[index].insert(row[1].get<std::string>());
  }
  return marks;
}

Result<RejectedRows> collectRejects(Session& session, const TextFile& source, const CsvPlan& plan,
                                    JobContext& job) {
  RejectedRows out;
  auto bad = badRows(session, source, job);
  if (!bad) return forward(bad);
  std::vector<std::int64_t> offsets;
  for (const BadRow& row : *bad) {
    std::string text;
    const CsvRecord record = recordAt(source, plan, row.offset, text);
    if (record.blank) {
      out.blank_lines = true;
      continue;
    }
    ++out.count;
    if (out.count > kRejectsKept) continue;
    const auto column = static_cast<std::size_t>(std::max<std::int64_t>(1, row.column) - 1);
    const std::string cell = column < record.cells.size() ? record.cells[column].text : std::string();
    out.kept.push_back({.file = source.file().string(),
                        .column = plan.names()[column],
                        .text = rejectText(std::string_view(text).substr(0, record.end)),
                        .reason = badCellReason(cell, plan.types[column])});
    offsets.push_back(row.offset);
  }
  auto lines = source.lineNumbers(offsets, job);
  if (!lines) return forward(lines);
  for (std::size_t i = 0; i < out.kept.size(); ++i) out.kept[i].line = (*lines)[i];
  return out;
}

}  // namespace lodestone::data
