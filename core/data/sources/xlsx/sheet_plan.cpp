// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/sheet_plan.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <span>

#include "core/base/text.h"
#include "core/data/cell_types.h"
#include "core/data/rows/cell_value.h"
#include "core/data/rows/column_vote.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kMostHeaderRows = 3;

using KeptRows = std::span<const KeptRow>;

/// How many cells the table's rows have: as many as a fifth of the rows has, and two of them at least.
std::size_t usualCells(KeptRows rows) {
  std::vector<std::size_t> counts;
  for (const KeptRow& row : rows) counts.push_back(row.row.cells.size());
  std::sort(counts.begin(), counts.end(), std::greater<>());
  const std::size_t place = std::max<std::size_t>(2, (counts.size() + 4) / 5);
  return counts.empty() ? 0 : counts[std::min(place, counts.size()) - 1];
}

std::map<int, CellKind> kindsOf(KeptRows rows) {
  std::map<int, ColumnVote> votes;
  for (const KeptRow& row : rows)
    for (const SheetCell& cell : row.row.cells) votes[cell.column].add(cell.cell);
  std::map<int, CellKind> kinds;
  for (const auto& [column, vote] : votes)
    if (!vote.empty()) kinds[column] = vote.decide().kind;
  return kinds;
}

bool isTyped(const std::map<int, CellKind>& kinds, int column) {
  const auto found = kinds.find(column);
  return found != kinds.end() && found->second != CellKind::Text;
}

bool isPlain(const Cell& cell) {
  return cell.kind == CellKind::Text && TypeVote::isPlainText(cell.text);
}

/// Years or days, each later than the one before: 2024, 2025, 2026 over columns of sums.
bool isTimeLine(const std::vector<const Cell*>& cells) {
  std::int64_t last = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = *cells[i];
    const bool year = cell.kind == CellKind::Integer && cell.whole >= 1900 && cell.whole <= 2100;
    const bool day = cell.kind == CellKind::Date || cell.kind == CellKind::Timestamp;
    if ((!year && !day) || cell.kind != cells[0]->kind || (i > 0 && cell.whole <= last)) return false;
    last = cell.whole;
  }
  return cells.size() >= 2;
}

/// The rows up to the first gap behind the second of them: what comes later may be another table.
KeptRows firstBlock(KeptRows rows) {
  std::size_t count = std::min<std::size_t>(2, rows.size());
  while (count < rows.size() && rows[count].row.line == rows[count - 1].row.line + 1) ++count;
  return rows.first(count);
}

/// Text stands in it over a column of another kind.
bool standsOverOtherKinds(const SheetRow& row, KeptRows below) {
  const std::map<int, CellKind> kinds = kindsOf(firstBlock(below));
  return std::any_of(row.cells.begin(), row.cells.end(), [&kinds](const SheetCell& cell) {
    return isTyped(kinds, cell.column) && isPlain(cell.cell);
  });
}

bool looksLikeHeader(const SheetRow& row, KeptRows below) {
  if (standsOverOtherKinds(row, below)) return true;
  std::set<std::string> seen;
  std::vector<const Cell*> others;
  bool distinct = true;
  bool plain = true;
  for (const SheetCell& cell : row.cells) {
    if (cell.cell.kind != CellKind::Text) {
      others.push_back(&cell.cell);
      continue;
    }
    plain = plain && isPlain(cell.cell);
    distinct = distinct && seen.insert(lowerAscii(trim(cell.cell.text))).second;
  }
  if (others.empty()) return plain && distinct && !seen.empty();
  return distinct && plain && isTimeLine(others);
}

/// A further row of the header: texts alone, also over at least half of the columns of another kind that
/// there are, and over one at least.
bool continuesHeader(const SheetRow& row, KeptRows below) {
  const std::map<int, CellKind> kinds = kindsOf(firstBlock(below));
  std::size_t over_typed = 0;
  for (const SheetCell& cell : row.cells) {
    if (!isPlain(cell.cell) || isMissing(cell.cell.text)) return false;
    over_typed += isTyped(kinds, cell.column) ? 1 : 0;
  }
  const auto typed = std::count_if(kinds.begin(), kinds.end(),
                                   [](const auto& column) { return column.second != CellKind::Text; });
  return over_typed > 0 && 2 * over_typed >= static_cast<std::size_t>(typed);
}

/// Labels of groups of columns right above the header: texts alone, none over the first column.
bool groupsHeader(KeptRows rows) {
  if (rows.size() < 2) return false;
  const SheetRow& row = rows[0].row;
  const SheetRow& header = rows[1].row;
  if (row.cells.size() < 2 || row.line + 1 != header.line || !looksLikeHeader(header, rows.subspan(2)))
    return false;
  return std::all_of(row.cells.begin(), row.cells.end(), [&header](const SheetCell& cell) {
    return cell.cell.kind == CellKind::Text && cell.column > header.cells.front().column &&
           cell.column <= header.cells.back().column;
  });
}

/// The index of the table's first row.
std::size_t tableStart(KeptRows rows, const ImportOptions& options) {
  if (options.skip_lines || options.header_lines) return 0;
  const std::size_t usual = usualCells(rows);
  const auto firstWith = [&](std::size_t tenths) {
    std::size_t at = 0;
    while (at + 1 < rows.size() && 10 * rows[at].row.cells.size() < tenths * usual) ++at;
    return 10 * rows[at].row.cells.size() < tenths * usual ? 0 : at;
  };
  std::size_t start = firstWith(5);
  // "Made by | Ann" above a narrow table: the header is the fuller row that stands over other kinds.
  const std::size_t fuller = firstWith(7);
  if (fuller > start && standsOverOtherKinds(rows[fuller].row, rows.subspan(fuller + 1)) &&
      !standsOverOtherKinds(rows[start].row, rows.subspan(start + 1)))
    start = fuller;
  if (options.header == Header::Yes ||
      (options.header == Header::Auto && looksLikeHeader(rows[start].row, rows.subspan(start + 1))))
    return start > 0 && groupsHeader(rows.subspan(start - 1)) ? start - 1 : start;
  // Without a header below them, rows with more than a text in them are data that is thin.
  const bool notes = std::all_of(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(start),
                                 [](const KeptRow& row) { return isNote(row.row); });
  return notes ? start : 0;
}

std::size_t headerRows(KeptRows table, const ImportOptions& options) {
  if (options.header == Header::No) return 0;
  if (options.header_lines)
    return std::min<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(0, *options.header_lines)),
                                 table.size());
  if (groupsHeader(table)) return 2;
  if (options.header == Header::Auto && !looksLikeHeader(table[0].row, table.subspan(1))) return 0;
  std::size_t count = 1;
  while (count < kMostHeaderRows && count + 1 < table.size() &&
         table[count].row.line == table[count - 1].row.line + 1 &&
         continuesHeader(table[count].row, table.subspan(count + 1)))
    ++count;
  return count;
}

std::map<int, std::string> headerNames(KeptRows header) {
  std::map<int, std::string> names;
  std::string buffer;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const SheetRow& row = header[i].row;
    std::map<int, std::string> parts;
    for (const SheetCell& cell : row.cells) parts[cell.column] = std::string(trim(textOf(cell.cell, buffer)));
    if (i + 1 < header.size() && !parts.empty()) {
      // A label over several columns stands in the first of them.
      for (const SheetCell& below : header[i + 1].row.cells) {
        const auto next = parts.upper_bound(below.column);
        if (next != parts.begin()) parts.emplace(below.column, std::prev(next)->second);
      }
    }
    for (const auto& [column, part] : parts) {
      std::string& name = names[column];
      if (!part.empty() && name != part) name += (name.empty() ? "" : " ") + part;
    }
  }
  return names;
}

}  // namespace

KeptRow keep(const SheetRow& row) {
  KeptRow kept{row, {}};
  std::size_t size = 0;
  for (const SheetCell& cell : row.cells) size += cell.cell.text.size();
  kept.bytes.reserve(size);
  for (SheetCell& cell : kept.row.cells) {
    if (cell.cell.kind != CellKind::Text) continue;
    const std::size_t begin = kept.bytes.size();
    kept.bytes.insert(kept.bytes.end(), cell.cell.text.begin(), cell.cell.text.end());
    cell.cell.text = {kept.bytes.data() + begin, cell.cell.text.size()};
  }
  return kept;
}

SheetPlan planSheet(const std::vector<KeptRow>& all, const ImportOptions& options) {
  SheetPlan plan;
  KeptRows rows = all;
  while (!rows.empty() && rows.front().row.line <= options.skip_lines.value_or(0)) rows = rows.subspan(1);
  plan.first_data = options.skip_lines.value_or(0) + 1;
  if (rows.empty()) return plan;
  const KeptRows table = rows.subspan(tableStart(rows, options));
  const KeptRows header = table.first(headerRows(table, options));
  const KeptRows data = table.subspan(header.size());
  if (!header.empty()) {
    plan.first_header = header.front().row.line;
    plan.last_header = header.back().row.line;
  }
  plan.first_data = header.empty() ? table.front().row.line : plan.last_header + 1;
  const std::map<int, std::string> names = headerNames(header);
  const std::map<int, CellKind> kinds = kindsOf(firstBlock(data));
  std::set<int> columns;
  for (const KeptRow& row : table)
    for (const SheetCell& cell : row.row.cells) columns.insert(cell.column);
  for (const int column : columns) {
    const auto name = names.find(column);
    const auto kind = kinds.find(column);
    plan.columns.push_back(column);
    plan.given.push_back(name == names.end() ? std::string() : name->second);
    plan.kinds.push_back(kind == kinds.end() ? CellKind::Missing : kind->second);
  }
  return plan;
}

bool isNote(const SheetRow& row) {
  return row.cells.size() == 1 && row.cells.front().cell.kind == CellKind::Text;
}

bool startsAnotherTable(const SheetRow& row, const SheetPlan& plan) {
  std::set<std::string> seen;
  std::size_t over_typed = 0;
  for (const SheetCell& cell : row.cells) {
    if (!isPlain(cell.cell) || isMissing(cell.cell.text) || !seen.insert(lowerAscii(cell.cell.text)).second)
      return false;
    const auto found = std::find(plan.columns.begin(), plan.columns.end(), cell.column);
    if (found == plan.columns.end()) continue;
    const CellKind kind = plan.kinds[static_cast<std::size_t>(found - plan.columns.begin())];
    over_typed += kind != CellKind::Text && kind != CellKind::Missing ? 1 : 0;
  }
  return seen.size() >= 2 && over_typed > 0;
}

}  // namespace lodestone::data
