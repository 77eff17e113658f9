// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/csv_rejects.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/cells.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kLongestRow = std::size_t{1} << 20U;
constexpr std::size_t kTextKept = 4000;
constexpr std::size_t kCellTold = 80;

struct BadRow {
  std::int64_t offset = 0;  ///< of its first byte in the file, from 0
  std::int64_t column = 0;  ///< the first cell that does not read, from 1; 0: none
  bool ragged = false;
  std::string kind;  ///< DuckDB's word for the first of its errors
};

std::string wanted(CellType type) {
  switch (type) {
    case CellType::Boolean:
      return "is neither true nor false";
    case CellType::Date:
      return "is not a date";
    case CellType::Timestamp:
      return "is not a date and time";
    default:
      return "is not a number";
  }
}

std::string counted(std::size_t cells) {
  return std::to_string(cells) + (cells == 1 ? " cell" : " cells");
}

/// Fills in what is wrong with one row from its text.
Reject tell(const BadRow& bad, std::string_view text, const CsvPlan& plan) {
  Reject reject;
  const auto records = splitRecords(text, plan.delimiter, plan.quote, 2);
  const CsvRecord& record = records.front();
  std::string_view raw = records.size() > 1 ? text.substr(0, records[1].begin) : text;
  while (raw.ends_with('\n') || raw.ends_with('\r')) raw.remove_suffix(1);
  reject.text = shorten(toValidUtf8(raw.substr(0, 4 * kTextKept)), kTextKept - 1);
  if (!record.closed || bad.kind == "UNQUOTED VALUE") {
    reject.reason = record.closed ? "text stands beside a quoted cell" : "a quote is opened and never closed";
  } else if (record.cells.size() != plan.names.size()) {
    reject.reason = counted(record.cells.size()) + " where " + std::to_string(plan.names.size()) +
                    (plan.names.size() == 1 ? " is expected" : " are expected");
  } else if (bad.column > 0 && static_cast<std::size_t>(bad.column) <= plan.names.size()) {
    const auto index = static_cast<std::size_t>(bad.column - 1);
    reject.column = plan.names[index];
    reject.reason =
        "'" + shorten(toValidUtf8(record.cells[index]), kCellTold) + "' " + wanted(plan.types[index].type);
  } else {
    reject.reason = "the row cannot be read (" + lowerAscii(bad.kind) + ")";
  }
  return reject;
}

Result<std::vector<BadRow>> badRows(Session& session, const TextFile& source, JobContext& job) {
  auto answer = session.rows(
      "SELECT line_byte_position, coalesce(min(column_idx) FILTER (WHERE error_type = 'CAST'), 0), "
      "bool_or(error_type IN ('MISSING COLUMNS', 'TOO MANY COLUMNS')), "
      "coalesce(min(error_type::VARCHAR) FILTER (WHERE error_type <> 'CAST'), 'CAST') "
      "FROM reject_errors GROUP BY 1 ORDER BY 1",
      job);
  if (!answer) return forward(answer);
  std::vector<BadRow> bad;
  for (const auto& row : answer->rows) {
    BadRow one;
    one.offset = std::max<std::int64_t>(0, row[0].get<std::int64_t>() - 1);
    one.column = row[1].get<std::int64_t>();
    one.ragged = row[2] == Json(true);
    one.kind = row[3].get<std::string>();
    // DuckDB starts a row at the line end of blank lines in front of it.
    const std::string start = source.bytesAt(one.offset, 4096);
    const std::size_t first = start.find_first_not_of("\r\n");
    if (first != std::string::npos) one.offset += static_cast<std::int64_t>(first);
    bad.push_back(std::move(one));
  }
  return bad;
}

}  // namespace

Result<std::vector<std::int64_t>> badCells(Session& session, std::size_t columns, JobContext& job) {
  std::vector<std::int64_t> counts(columns, 0);
  auto answer = session.rows(
      "SELECT column_idx, count(*) FROM reject_errors WHERE error_type = 'CAST' AND trim(csv_line, ' "
      "\t\r\n') <> '' AND "
      "line_byte_position NOT IN (SELECT line_byte_position FROM reject_errors WHERE error_type <> 'CAST') "
      "GROUP BY 1",
      job);
  if (!answer) return forward(answer);
  for (const auto& row : answer->rows) {
    const auto index = static_cast<std::size_t>(row[0].get<std::int64_t>() - 1);
    if (index < columns) counts[index] = row[1].get<std::int64_t>();
  }
  return counts;
}

Result<std::vector<std::set<std::string>>> lateMarks(Session& session, std::size_t columns, JobContext& job) {
  std::vector<std::set<std::string>> marks(columns);
  std::vector<std::string> known;
  for (const std::string& mark : missingMarks()) known.push_back(quoteLiteral(mark));
  auto answer = session.rows(
      "SELECT DISTINCT column_idx, cell FROM (SELECT column_idx, regexp_extract(error_message, "
      "'Could not convert string \"(.*?)\" to', 1) AS cell FROM reject_errors WHERE error_type = 'CAST') "
      "WHERE cell IN (" +
          join(known, ", ") + ")",
      job);
  if (!answer) return forward(answer);
  for (const auto& row : answer->rows) {
    const auto index = static_cast<std::size_t>(row[0].get<std::int64_t>() - 1);
    if (index < columns) marks[index].insert(row[1].get<std::string>());
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
    if (row.kind == "INVALID ENCODING") return tl::unexpected<Error>(source.notUtf8(job));
    std::string text = source.bytesAt(row.offset, 8192);
    if (splitRecords(text, plan.delimiter, plan.quote, 2).size() < 2)
      text = source.bytesAt(row.offset, kLongestRow);
    const auto records = splitRecords(text, plan.delimiter, plan.quote, 1);
    if (records.empty() || records.front().blank) {
      out.blank_lines = true;
      continue;
    }
    ++out.count;
    if (out.count > kRejectsKept) continue;
    out.kept.push_back(tell(row, text, plan));
    out.kept.back().file = source.file().string();
    offsets.push_back(row.offset);
  }
  auto lines = source.lineNumbers(offsets, job);
  if (!lines) return forward(lines);
  for (std::size_t i = 0; i < out.kept.size(); ++i) out.kept[i].line = (*lines)[i];
  return out;
}

}  // namespace lodestone::data
