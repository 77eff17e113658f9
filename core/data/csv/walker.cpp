// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/walker.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/data/cell_types.h"
#include "core/data/encoding.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kMostHeld = 200;
constexpr std::size_t kRowsOfOtherTable = 3;  // that show a header without a blank line before it
constexpr const char* kOpenQuote = "a quote is opened and never closed";

std::size_t filled(const CsvRecord& record) {
  return static_cast<std::size_t>(std::count_if(record.cells.begin(), record.cells.end(),
                                                [](const CsvCell& cell) { return !cell.blank(); }));
}

std::int64_t linesOf(const CsvRecord& record) {
  return static_cast<std::int64_t>(record.lines);
}

std::string counted(std::size_t cells) {
  return std::to_string(cells) + (cells == 1 ? " cell" : " cells");
}

bool allWords(const CsvRecord& record) {
  return std::all_of(record.cells.begin(), record.cells.end(), [](const CsvCell& cell) {
    return cell.blank() || TypeVote::isPlainText(trim(cell.text));
  });
}

}  // namespace

TableWalker::TableWalker(const CsvDialect& dialect, const CsvLayout& layout, RowMender mender, WalkSink sink)
    : dialect_(dialect),
      layout_(layout),
      mender_(std::move(mender)),
      sink_(std::move(sink)),
      skip_(layout.records_before + layout.header_records) {
  for (const std::string& cell : layout_.header_cells)
    if (!trim(cell).empty()) header_.emplace(trim(cell));
  counts_.blank = layout_.blank_lines;
}

std::size_t TableWalker::walk(std::string_view text, std::int64_t offset, bool is_end) {
  RecordReader reader(text, dialect_);
  CsvRecord record;
  while (!reader.atEnd()) {
    const std::size_t begin = reader.position();
    reader.next(record);
    const bool endless = text.size() - begin > kLongestRecord;
    // Behind the last byte of a block may stand the second half of a line end.
    if (!is_end && !endless && (!record.whole || record.end == text.size())) return begin;
    const bool good = skip_ > 0 || settle(record, text, reader);
    const RowPlace place{.offset = offset + static_cast<std::int64_t>(begin),
                         .length = static_cast<std::int64_t>(record.end - begin),
                         .line = line_};
    line_ += linesOf(record);
    if (skip_ > 0)
      --skip_;
    else if (!good)
      reject(record, text, place, kOpenQuote);
    else if (isUtf8(text.substr(begin, record.end - begin)))
      take(record, text, place);
    else
      rejectBytes(record, text, place);
  }
  return text.size();
}

bool TableWalker::settle(CsvRecord& record, std::string_view text, RecordReader& reader) {
  const bool right_width = record.cells.size() == layout_.width;
  const bool doubtful = !record.closed || (record.irregular && (record.lines > 1 || !right_width)) ||
                        (!right_width && record.lines > 1);
  if (!doubtful) return true;
  if (auto line = mender_.firstLine(text, record.begin)) {
    record = std::move(*line);
    record.irregular = true;
    reader.moveTo(record.end);
    return true;
  }
  // A quote in disorder that ran over line ends swallowed rows: only its own line is to pay for it.
  const bool swallowed = record.irregular && record.lines > 1 && !right_width;
  if (record.closed && !swallowed) return true;
  CsvDialect plain = dialect_;
  plain.quote = '\0';
  RecordReader line(text, plain, record.begin);
  line.next(record);
  reader.moveTo(record.end);
  return false;
}

void TableWalker::take(const CsvRecord& record, std::string_view text, const RowPlace& place) {
  if (record.empty() || (layout_.width > 1 && isRule(record))) {
    counts_.blank += linesOf(record);
    counts_.empty_records += record.blank ? 0 : 1;
    behind_blank_ = true;
    return;
  }
  if (repeatsHeader(record)) {
    dropPageLines();
    flushHeld();
    counts_.repeated_header += linesOf(record);
    in_second_table_ = false;
  } else if (in_second_table_) {
    counts_.second_table += linesOf(record);
  } else if (startsSecondTable(record, text)) {
    beginSecondTable();
    counts_.second_table += linesOf(record);
  } else if (mayFollowOtherHeader(record, text)) {
    hold(record, text, place, false);
  } else if (mayBeOtherHeader(record, text)) {
    const bool apart = isApart();
    if (header_held_ && !amongRemarks()) flushHeld();
    hold(record, text, place, apart);
    header_held_ = held_.size() - 1;
    header_apart_ = apart;
  } else if (const bool remark = looksLikeRemark(record); remark || isPageLine(record)) {
    if (header_held_ && !amongRemarks()) flushHeld();
    hold(record, text, place, remark);
    header_held_.reset();
  } else {
    flushHeld();
    if (record.cells.size() == layout_.width)
      emit(record.cells, place, record.irregular || record.spaced);
    else
      takeOdd(record, text, place);
  }
  behind_blank_ = false;
}

void TableWalker::takeOdd(const CsvRecord& record, std::string_view text, const RowPlace& place) {
  if (auto cells = mender_.mend(record, text)) return emit(*cells, place, true);
  const std::string wanted = std::to_string(layout_.width);
  reject(record, text, place,
         counted(record.cells.size()) + " where " + wanted +
             (layout_.width == 1 ? " is expected" : " are expected"));
}

void TableWalker::emit(const std::vector<CsvCell>& cells, const RowPlace& place, bool mended) {
  ++counts_.rows;
  counts_.mended += mended ? 1 : 0;
  if (sink_.row) sink_.row(cells, place);
}

void TableWalker::reject(const CsvRecord& record, std::string_view text, const RowPlace& place,
                         const std::string& reason) {
  ++counts_.rejected;
  if (sink_.reject) sink_.reject(place, text.substr(record.begin, record.end - record.begin), reason);
}

void TableWalker::rejectBytes(const CsvRecord& record, std::string_view text, const RowPlace& place) {
  ++counts_.not_utf8;
  reject(record, text, place, "it is not UTF-8");
}

bool TableWalker::repeatsHeader(const CsvRecord& record) const {
  if (header_.empty() || record.cells.size() != layout_.header_cells.size()) return false;
  for (std::size_t i = 0; i < record.cells.size(); ++i)
    if (record.cells[i].text != layout_.header_cells[i]) return false;
  return true;
}

bool TableWalker::startsSecondTable(const CsvRecord& record, std::string_view text) const {
  if (header_held_ && header_apart_ && record.cells.size() == held_.back().record.cells.size()) return true;
  if (mayFollowOtherHeader(record, text) && held_.size() - *header_held_ >= kRowsOfOtherTable &&
      isTypedBelowOtherHeader(record))
    return true;
  if (header_.size() < 2) return false;
  std::size_t known = 0;
  const std::size_t cells = filled(record);
  for (const CsvCell& cell : record.cells)
    known += !cell.blank() && header_.contains(std::string(trim(cell.text))) ? 1 : 0;
  return known > 1 && 10 * known >= 6 * std::max(cells, header_.size());
}

/// Behind a header of other columns that no blank line sets apart: only rows in a row that all have its width
/// and cannot be mended show that it is one.
bool TableWalker::mayFollowOtherHeader(const CsvRecord& record, std::string_view text) const {
  return header_held_ && !header_apart_ && record.cells.size() == held_[*header_held_].record.cells.size() &&
         !mender_.place(record, text);
}

/// Have all rows behind it, and the record, something else than words in one of its columns?
bool TableWalker::isTypedBelowOtherHeader(const CsvRecord& record) const {
  const auto typed = [](const CsvCell& cell) {
    return !cell.blank() && !TypeVote::isPlainText(trim(cell.text));
  };
  for (std::size_t i = 0; i < record.cells.size(); ++i)
    if (typed(record.cells[i]) &&
        std::all_of(held_.begin() + static_cast<std::ptrdiff_t>(*header_held_) + 1, held_.end(),
                    [&](const Held& row) { return typed(row.record.cells[i]); }))
      return true;
  return false;
}

bool TableWalker::mayBeOtherHeader(const CsvRecord& record, std::string_view text) const {
  if (counts_.rows == 0 || filled(record) < 2 || !allWords(record)) return false;
  if (!isApart())
    return record.cells.size() != layout_.width && filled(record) == record.cells.size() &&
           !mender_.place(record, text);
  if (record.cells.size() != layout_.width) return filled(record) + 1 >= record.cells.size();
  return filled(record) == record.cells.size() && contradictsNumbers(record);
}

/// "Page 2", "- page 2 of 9 -", "第 2 页，共 9 页", or a line of the preamble that comes again.
bool TableWalker::isPageLine(const CsvRecord& record) const {
  if (layout_.width < 2 || counts_.rows == 0 || filled(record) != 1) return false;
  const auto only =
      std::find_if(record.cells.begin(), record.cells.end(), [](const CsvCell& c) { return !c.blank(); });
  const std::string text(trim(only->text));
  if (layout_.preamble.contains(text)) return true;
  constexpr std::array<std::string_view, 6> kWords{"page", "pageof", "第页", "第页共页", "共页第页", "页码"};
  constexpr std::size_t kLongest = 40;
  if (text.size() > kLongest || text.find_first_of("0123456789") == std::string::npos) return false;
  std::string word = lowerAscii(text);
  for (const char* mark : {"，", "：", "\u3000"}) word = replaceAll(std::move(word), mark, "");
  std::erase_if(word, [](char c) {
    return std::string_view("0123456789 \t-/.,:()").find(c) != std::string_view::npos;
  });
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// Does a blank line part the record from the rows?
bool TableWalker::isApart() const {
  return behind_blank_ || amongRemarks();
}

/// Are the last lines, behind a blank one, no rows unless rows follow them?
bool TableWalker::amongRemarks() const {
  return !held_.empty() && held_.front().behind_blank && filled(held_.front().record) == 1;
}

/// Are there columns of numbers, and has the record none in any of them?
bool TableWalker::contradictsNumbers(const CsvRecord& record) const {
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    const ColumnShape& shape = mender_.shapes()[i];
    if (shape.numeric && shape.fits(record.cells[i])) return false;
    numbers += shape.numeric ? 1 : 0;
  }
  return numbers > 0;
}

bool TableWalker::looksLikeRemark(const CsvRecord& record) const {
  if (layout_.width < 2 || counts_.rows == 0) return false;
  const std::size_t cells = filled(record);
  const bool apart = isApart();
  if (cells > 1 && (record.cells.size() == layout_.width || !apart)) return false;
  const auto first =
      std::find_if(record.cells.begin(), record.cells.end(), [](const CsvCell& c) { return !c.blank(); });
  const std::string_view text = trim(first->text);
  if (!TypeVote::isPlainText(text)) return false;
  constexpr std::array<std::string_view, 13> kBeginnings{
      "*", "†", "#", "©", "source", "note", "footnote", "注", "来源", "数据", "说明", "备注", "generated"};
  const std::string begin = lowerAscii(text.substr(0, 24));
  const bool marked = std::any_of(kBeginnings.begin(), kBeginnings.end(),
                                  [&](std::string_view word) { return begin.starts_with(word); });
  if (marked || (cells == 1 && apart) || (amongRemarks() && allWords(record))) return true;
  return record.cells.size() == 1 && layout_.width > 2 && isNoFirstCell(*first);
}

/// Is a cell without any delimiter behind it rather a total or a remark than the beginning of a row?
bool TableWalker::isNoFirstCell(const CsvCell& cell) const {
  constexpr std::array<std::string_view, 10> kBeginnings{"total", "sum",  "subtotal", "grand total", "(",
                                                         "合计",  "总计", "小计",     "共",          "总共"};
  constexpr std::ptrdiff_t kBlanksOfSentence = 3;
  const ColumnShape& shape = mender_.shapes().front();
  const std::string begin = lowerAscii(trim(cell.text).substr(0, 24));
  return std::count(cell.text.begin(), cell.text.end(), ' ') >= kBlanksOfSentence ||
         (shape.numeric && !shape.fits(cell)) ||
         std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view word) { return begin.starts_with(word); });
}

void TableWalker::hold(const CsvRecord& record, std::string_view text, const RowPlace& place, bool remark) {
  if (held_.size() >= kMostHeld) flushHeld();
  Held held{record, place, std::string(text.substr(record.begin, record.end - record.begin)), behind_blank_,
            remark};
  held.record.begin = 0;
  held.record.end = held.text.size();
  held_.push_back(std::move(held));
}

void TableWalker::flushHeld() {
  const std::vector<Held> held = std::exchange(held_, {});
  header_held_.reset();
  for (const Held& one : held) {
    if (one.record.cells.size() == layout_.width)
      emit(one.record.cells, one.place, one.record.irregular || one.record.spaced);
    else
      takeOdd(one.record, one.text, one.place);
  }
}

/// Before a header that comes again: the lines held at the end that stand between pages.
void TableWalker::dropPageLines() {
  const auto isPage = [this](const Held& one) { return isPageLine(one.record); };
  const auto first = std::find_if_not(held_.rbegin(), held_.rend(), isPage).base();
  for (auto one = first; one != held_.end(); ++one) counts_.page_lines += linesOf(one->record);
  held_.erase(first, held_.end());
}

void TableWalker::beginSecondTable() {
  for (const Held& one : held_) counts_.second_table += linesOf(one.record);
  held_.clear();
  header_held_.reset();
  in_second_table_ = true;
}

void TableWalker::finish() {
  // A number of a page at the end is the foot of the last one where headers stand on each.
  const bool rows = counts_.repeated_header == 0 &&
                    std::any_of(held_.begin(), held_.end(), [](const Held& one) { return !one.remark; });
  if (rows || (header_held_ && !amongRemarks())) flushHeld();
  for (const Held& one : held_) counts_.footnotes += linesOf(one.record);
  held_.clear();
}

}  // namespace lodestone::data
