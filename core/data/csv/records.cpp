// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/records.h"

#include <algorithm>

namespace lodestone::data {

namespace {

bool isBlankByte(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

bool CsvRecord::empty() const {
  return std::all_of(cells.begin(), cells.end(), [](const CsvCell& cell) { return cell.blank(); });
}

std::size_t RecordReader::delimiterAt(std::size_t at) const {
  if (dialect_.blanks()) {
    std::size_t end = at;
    while (end < text_.size() && isBlankByte(text_[end])) ++end;
    return end - at;
  }
  if (text_[at] != dialect_.delimiter.front()) return 0;
  return text_.substr(at).starts_with(dialect_.delimiter) ? dialect_.delimiter.size() : 0;
}

bool RecordReader::lineEndAt(std::size_t at) const {
  const char c = text_[at];
  return dialect_.line_end == '\n' ? c == '\n' || c == '\r' : c == dialect_.line_end;
}

void RecordReader::skipLineEnd() {
  if (at_ >= text_.size()) return;
  const char first = text_[at_++];
  if (dialect_.line_end != '\n' || at_ >= text_.size()) return;
  if (first == '\r' && text_[at_] == '\n') ++at_;
  // "\n\r" ends a line too, unless the "\r" belongs to a "\r\n" of its own.
  const bool reversed =
      first == '\n' && text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n');
  if (reversed) ++at_;
}

bool RecordReader::closesAt(std::size_t behind, CsvRecord& record) {
  std::size_t at = behind;
  while (at < text_.size() && delimiterAt(at) == 0 && isBlankByte(text_[at])) ++at;
  if (at < text_.size() && delimiterAt(at) == 0 && !lineEndAt(at)) return false;
  record.spaced = record.spaced || at != behind;
  at_ = at;
  return true;
}

void RecordReader::quotedPart(CsvCell& cell, CsvRecord& record) {
  cell.quoted = true;
  ++at_;
  const char quote = dialect_.quote;
  const char escape = dialect_.escape;
  std::size_t copied = at_;
  const auto take = [&](std::size_t end) { cell.text.append(text_.substr(copied, end - copied)); };
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == escape && escape != quote && at_ + 1 < text_.size() &&
        (text_[at_ + 1] == quote || text_[at_ + 1] == escape)) {
      take(at_);
      copied = at_ + 1;
      at_ += 2;
    } else if (c == quote && escape == quote && at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
      take(at_);
      copied = at_ + 1;
      at_ += 2;
    } else if (c == quote) {
      take(at_);
      copied = at_;
      if (closesAt(at_ + 1, record)) return;
      record.irregular = true;
      ++at_;
    } else {
      if (c == '\n' || (c == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n'))) ++record.lines;
      ++at_;
    }
  }
  take(at_);
  record.closed = false;
}

void RecordReader::plainPart(CsvCell& cell) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && !lineEndAt(at_) && delimiterAt(at_) == 0) ++at_;
  cell.text.append(text_.substr(begin, at_ - begin));
}

void RecordReader::next(CsvRecord& record) {
  record.begin = at_;
  record.lines = 1;
  record.closed = record.whole = true;
  record.irregular = record.spaced = false;
  if (dialect_.blanks()) at_ += delimiterAt(at_);
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    if (count == record.cells.size()) record.cells.emplace_back();
    CsvCell& cell = record.cells[count];
    cell.text.clear();
    cell.quoted = false;
    std::size_t start = at_;
    while (start < text_.size() && isBlankByte(text_[start]) && delimiterAt(start) == 0) ++start;
    const bool quoted = dialect_.quote != '\0' && start < text_.size() && text_[start] == dialect_.quote &&
                        !literal_everywhere_ && literal_cell_ != count;
    if (quoted) {
      record.spaced = record.spaced || start != at_;
      at_ = start;
      quotedPart(cell, record);
    } else {
      plainPart(cell);
    }
    const std::size_t delimiter = at_ < text_.size() ? delimiterAt(at_) : 0;
    more = delimiter > 0;
    at_ += delimiter;
    // Blanks at the end of a line part nothing.
    if (more && dialect_.blanks() && (at_ >= text_.size() || lineEndAt(at_))) more = false;
  }
  record.cells.resize(count);
  record.whole = at_ < text_.size();
  record.blank = count == 1 && !record.cells[0].quoted && record.cells[0].blank();
  skipLineEnd();
  record.end = at_;
}

std::vector<CsvRecord> readRecords(std::string_view text, const CsvDialect& dialect, std::size_t most) {
  std::vector<CsvRecord> records;
  RecordReader reader(text, dialect);
  while (!reader.atEnd() && records.size() < most) reader.next(records.emplace_back());
  return records;
}

}  // namespace lodestone::data
