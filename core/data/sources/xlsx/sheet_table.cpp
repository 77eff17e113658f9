// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/xlsx/sheet_table.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/data/rows/column_names.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kRowsForPlan = 200;
constexpr std::size_t kCellsForPlan = 200000;
constexpr std::size_t kMostHeld = 200;
constexpr std::size_t kNoteLength = 25;
constexpr int kRowsBetweenLooks = 1024;

/// How people begin notes under a table.
bool readsLikeNote(std::string_view text) {
  constexpr std::array<std::string_view, 14> kStarts = {"*",        "†",        "note",      "source", "(",
                                                        "#",        "备注",     "说明",      "注",     "来源",
                                                        "数据来源", "资料来源", "generated", "end of"};
  const std::string lower = lowerAscii(trim(text));
  return lower.size() > kNoteLength || lower.find(':') != std::string::npos ||
         std::any_of(kStarts.begin(), kStarts.end(),
                     [&lower](std::string_view start) { return lower.starts_with(start); });
}

}  // namespace

Result<std::unique_ptr<SheetTable>> SheetTable::open(OpenSheet open, const Workbook& book,
                                                     const SharedTexts& texts, const std::string& file,
                                                     const std::string& sheet, const ImportOptions& options,
                                                     JobContext& job) {
  std::unique_ptr<SheetTable> table(new SheetTable(std::move(open), book, texts, file, sheet));
  if (auto planned = table->plan(options, job); !planned) return forward(planned);
  if (auto begun = table->rewind(job); !begun) return forward(begun);
  return table;
}

Result<> SheetTable::plan(const ImportOptions& options, JobContext& job) {
  if (auto begun = rewind(job); !begun) return begun;
  std::vector<KeptRow> rows;
  std::size_t cells = 0;
  while (rows.size() < kRowsForPlan && cells < kCellsForPlan) {
    auto more = nextFilled(job);
    if (!more) return forward(more);
    if (!*more) break;
    if (current_.line <= options.skip_lines.value_or(0)) continue;
    rows.push_back(keep(current_));
    cells += current_.cells.size();
  }
  plan_ = planSheet(rows, options);
  nameColumns();
  return {};
}

void SheetTable::nameColumns() {
  names_ = distinctNames(plan_.given, plan_.given.size());
  index_.clear();
  for (std::size_t i = 0; i < plan_.columns.size(); ++i) index_[plan_.columns[i]] = i;
}

Result<> SheetTable::rewind(JobContext& /*job*/) {
  auto stream = open_();
  if (!stream) return forward(stream);
  reader_ = std::make_unique<SheetReader>(std::move(*stream), book_, texts_, file_, sheet_);
  last_line_ = 0;
  gap_ = held_gap_ = other_table_ = ended_ = current_ready_ = false;
  held_.clear();
  held_behind_gap_.clear();
  ready_.clear();
  counts_ = {};
  return {};
}

/// The next row that is not blank, into current_; counts the blank ones in front of it.
Result<bool> SheetTable::nextFilled(JobContext& job) {
  gap_ = false;
  for (int passed = 1;; ++passed) {
    if (passed % kRowsBetweenLooks == 0)
      if (auto go = job.checkpoint(); !go) return forward(go);
    auto more = reader_->next(current_);
    if (!more || !*more) return more;
    const std::int64_t missing = current_.line - last_line_ - 1;
    const bool blank = current_.cells.empty();
    if (missing > 0) counts_.blank += missing;
    counts_.blank += blank ? 1 : 0;
    gap_ = gap_ || missing > 0 || blank;
    last_line_ = current_.line;
    if (!blank) return true;
  }
}

Result<bool> SheetTable::next(Row& row, JobContext& job) {
  while (true) {
    if (!ready_.empty()) {
      handed_ = std::move(ready_.front());
      ready_.pop_front();
      place(handed_.row, row);
      return true;
    }
    if (current_ready_) {
      current_ready_ = false;
      place(current_, row);
      return true;
    }
    if (ended_) return false;
    auto more = nextFilled(job);
    if (!more) return more;
    if (!*more) {
      settleEnd();
      continue;
    }
    if (current_.line < plan_.first_data) {
      if (plan_.first_header == 0 || current_.line < plan_.first_header) ++counts_.preamble;
    } else if (other_table_) {
      ++counts_.second_table;
    } else if (!hold()) {
      current_ready_ = true;
    }
  }
}

/// Decides on the current row: true when it is no row of the table, or not yet.
bool SheetTable::hold() {
  held_gap_ = held_gap_ || gap_;
  if (names_.size() >= 2 && isNote(current_) && held_.size() < kMostHeld) {
    held_.push_back(keep(current_));
    held_behind_gap_.push_back(held_gap_);
    return true;
  }
  if (held_gap_ && startsAnotherTable(current_, plan_)) {
    // What was held behind the blank row is the other table's title.
    for (std::size_t i = 0; i < held_.size(); ++i)
      if (held_behind_gap_[i])
        ++counts_.second_table;
      else
        ready_.push_back(std::move(held_[i]));
    ++counts_.second_table;
    other_table_ = true;
  } else {
    for (KeptRow& kept : held_) ready_.push_back(std::move(kept));
  }
  held_.clear();
  held_behind_gap_.clear();
  held_gap_ = false;
  return other_table_;
}

bool SheetTable::isFootnote(const KeptRow& row, bool behind_gap) const {
  if (behind_gap) return true;
  const SheetCell& cell = row.row.cells.front();
  const auto found = index_.find(cell.column);
  if (names_.size() < 3 || found == index_.end()) return false;
  const CellKind kind = found->second < plan_.kinds.size() ? plan_.kinds[found->second] : CellKind::Missing;
  return (kind != CellKind::Text && kind != CellKind::Missing) || readsLikeNote(cell.cell.text);
}

/// The sheet is at its end: what is held is notes from the first one on that reads like one.
void SheetTable::settleEnd() {
  ended_ = true;
  bool notes = false;
  for (std::size_t i = 0; i < held_.size(); ++i) {
    notes = notes || isFootnote(held_[i], held_behind_gap_[i]);
    if (notes)
      ++counts_.footnotes;
    else
      ready_.push_back(std::move(held_[i]));
  }
  held_.clear();
  held_behind_gap_.clear();
}

void SheetTable::place(const SheetRow& from, Row& row) {
  row.line = from.line;
  row.cells.assign(names_.size(), Cell{});
  for (const SheetCell& cell : from.cells) {
    auto found = index_.find(cell.column);
    if (found == index_.end()) {
      found = index_.emplace(cell.column, plan_.columns.size()).first;
      plan_.columns.push_back(cell.column);
      plan_.given.emplace_back();
      plan_.kinds.push_back(CellKind::Missing);
      names_ = distinctNames(plan_.given, plan_.given.size());
      row.cells.emplace_back();
    }
    row.cells[found->second] = cell.cell;
  }
}

std::vector<Skipped> SheetTable::skipped() const {
  std::vector<Skipped> out;
  if (counts_.preamble > 0) out.push_back({"preamble", counts_.preamble});
  if (counts_.blank > 0) out.push_back({"blank", counts_.blank});
  if (counts_.footnotes > 0) out.push_back({"footnote", counts_.footnotes});
  if (counts_.second_table > 0) out.push_back({"second table", counts_.second_table});
  return out;
}

Detected SheetTable::detected() const {
  const bool header = plan_.first_header > 0;
  return {.format = "xlsx",
          .encoding = "utf-8",
          .header = header,
          .header_lines = header ? plan_.last_header - plan_.first_header + 1 : 0,
          .preamble_lines = std::max<std::int64_t>(0, (header ? plan_.first_header : plan_.first_data) - 1),
          .footnote_lines = counts_.footnotes,
          .source_table = sheet_};
}

}  // namespace lodestone::data
