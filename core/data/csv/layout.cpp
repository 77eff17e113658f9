// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/layout.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/data/cell_types.h"
#include "core/data/rows/column_names.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kMostHeaderRecords = 8;
constexpr std::size_t kRowsForTypes = 300;

std::size_t filled(const CsvRecord& record) {
  return static_cast<std::size_t>(std::count_if(record.cells.begin(), record.cells.end(),
                                                [](const CsvCell& cell) { return !cell.blank(); }));
}

/// The first cell with something in it.
std::string onlyCell(const CsvRecord& record) {
  return std::string(trim(std::find_if(record.cells.begin(), record.cells.end(), [](const CsvCell& cell) {
                            return !cell.blank();
                          })->text));
}

bool onlyFilledWords(const CsvRecord& record) {
  return std::all_of(record.cells.begin(), record.cells.end(), [](const CsvCell& cell) {
    return !cell.blank() && TypeVote::isPlainText(trim(cell.text));
  });
}

bool distinctWords(const CsvRecord& record) {
  std::set<std::string> seen;
  for (const CsvCell& cell : record.cells) {
    const std::string_view text = trim(cell.text);
    if (text.empty()) continue;
    if (!TypeVote::isPlainText(text) || !seen.insert(lowerAscii(text)).second) return false;
  }
  return !seen.empty();
}

/// A row of two names or more, one a column, no two the same.
bool couldBeHeader(const CsvRecord& record) {
  return record.cells.size() > 1 && filled(record) == record.cells.size() && distinctWords(record);
}

/// The usual width, if several are that of a header before the widest; of tables one after the other that of
/// the first, unless it is much smaller than another.
std::size_t usualWidth(const std::vector<const CsvRecord*>& rows) {
  std::map<std::size_t, std::size_t> counts;
  for (const CsvRecord* row : rows) ++counts[row->cells.size()];
  const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return a.second < b.second || (a.second == b.second && a.first < b.first);
  });
  std::size_t usual = most == counts.end() ? 1 : most->first;
  const auto header = std::find_if(rows.begin(), rows.end(), [&](const CsvRecord* row) {
    return counts[usual] > 1 && counts[row->cells.size()] == counts[usual] && couldBeHeader(*row);
  });
  if (header != rows.end()) usual = (*header)->cells.size();
  std::size_t run = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t width = rows[i]->cells.size();
    run = i > 0 && rows[i - 1]->cells.size() == width ? run + 1 : 1;
    constexpr std::size_t kRun = 5;
    if (width > 1 && run >= kRun && 2 * counts[width] >= counts[usual]) return width;
  }
  return usual;
}

/// Are rows of all widths because one column of text holds delimiters without quotes? Then the first row, a
/// header without any, is among the shortest and says how many columns there are.
bool isScattered(const std::vector<const CsvRecord*>& rows, std::size_t usual) {
  constexpr std::size_t kEnoughRows = 10;
  if (rows.size() < kEnoughRows) return false;
  const std::size_t first = rows.front()->cells.size();
  std::size_t agree = 0;
  std::size_t shorter = 0;
  for (const CsvRecord* row : rows) {
    agree += row->cells.size() == usual ? 1 : 0;
    shorter += row->cells.size() < first ? 1 : 0;
  }
  return first > 2 && 10 * agree < 6 * rows.size() && 20 * shorter < rows.size();
}

/// Which kinds the columns have below the header.
class Kinds {
 public:
  Kinds(const std::vector<const CsvRecord*>& rows, std::size_t from, std::size_t width)
      : votes_(width), blank_(width, 0) {
    // The header is not known yet: the first rows take no part where there are enough others.
    const std::size_t left = rows.size() - from;
    const std::size_t begin = from + (left > 2 * kMostHeaderRecords ? kMostHeaderRecords
                                      : left > 1                    ? left / 2
                                                                    : 0);
    for (std::size_t i = begin; i < rows.size() && rows_ < kRowsForTypes; ++i) {
      if (rows[i]->cells.size() != width) continue;
      ++rows_;
      for (std::size_t column = 0; column < width; ++column) {
        votes_[column].add(rows[i]->cells[column].text);
        blank_[column] += rows[i]->cells[column].blank() ? 1 : 0;
      }
    }
    for (const TypeVote& vote : votes_) typed_.push_back(vote.there() > 0 && isTyped(vote));
  }
  bool typed(std::size_t column) const { return typed_[column]; }
  bool anyTyped() const { return std::find(typed_.begin(), typed_.end(), true) != typed_.end(); }
  bool alwaysFilled(std::size_t column) const { return rows_ > 0 && blank_[column] == 0; }
  std::size_t rows() const { return rows_; }

 private:
  static bool isTyped(const TypeVote& vote) {
    return vote.decide({.decimal = '.'}).type != CellType::Text ||
           vote.decide({.decimal = ','}).type != CellType::Text || vote.onlyDates();
  }
  std::vector<TypeVote> votes_;
  std::vector<std::size_t> blank_;
  std::vector<bool> typed_;
  std::size_t rows_ = 0;
};

bool isYear(std::string_view cell) {
  double value = 0;
  return cell.size() == 4 && parseNumber(cell, value) && value >= 1900 && value <= 2100;
}

/// How a record agrees with the columns below it.
struct Agreement {
  std::size_t against = 0;  ///< words where the column is typed
  std::size_t with = 0;     ///< cells of the column's kind
  std::size_t years = 0;    ///< of them, years none of which is before another
  bool repeated = false;    ///< some year comes twice
  std::size_t words = 0;    ///< words anywhere
  std::size_t gaps = 0;     ///< blanks where the column always has something
};

Agreement agreementOf(const CsvRecord& record, const Kinds& kinds, std::size_t width) {
  Agreement found;
  std::string last_year;
  for (std::size_t i = 0; i < std::min(width, record.cells.size()); ++i) {
    const std::string_view cell = trim(record.cells[i].text);
    if (cell.empty()) {
      found.gaps += kinds.alwaysFilled(i) ? 1 : 0;
      continue;
    }
    const bool word = TypeVote::isPlainText(cell);
    found.words += word ? 1 : 0;
    if (!kinds.typed(i)) continue;
    found.against += word ? 1 : 0;
    if (word || isMissing(cell)) continue;
    ++found.with;
    if (isYear(cell) && cell >= last_year) {
      found.repeated = found.repeated || cell == last_year;
      last_year = cell;
      ++found.years;
    }
  }
  return found;
}

/// A line such as "sep=;", whichever delimiter it is read with.
bool tellsDelimiter(const CsvRecord& record) {
  const std::string& word = record.cells.front().text;
  if (!lowerAscii(word).starts_with(kSeparatorWord)) return false;
  const bool parted = record.cells.size() == 2 && record.cells[1].text.empty();
  return word.size() + (parted ? 1 : 0) == kSeparatorWord.size() + 1;
}

class LayoutFinder {
 public:
  LayoutFinder(const std::vector<CsvRecord>& records, bool all, const ImportOptions& options)
      : records_(records), options_(options) {
    layout_.all = all;
  }

  CsvLayout find() {
    std::size_t skipped = 0;
    const std::size_t told = !records_.empty() && tellsDelimiter(records_.front()) ? 1 : 0;
    if (options_.skip_lines) {
      std::int64_t lines = 0;
      while (skipped < records_.size() && lines < *options_.skip_lines)
        lines += static_cast<std::int64_t>(records_[skipped++].lines);
    }
    for (std::size_t i = std::max(skipped, told); i < records_.size(); ++i)
      if (!records_[i].empty() && !isRule(records_[i])) {
        rows_.push_back(&records_[i]);
        index_.push_back(i);
      }
    if (rows_.empty()) return layout_;
    layout_.width = usualWidth(rows_);
    const bool scattered = isScattered(rows_, layout_.width);
    if (scattered) layout_.width = rows_.front()->cells.size();
    const bool is_first = options_.skip_lines || scattered;
    std::size_t first = is_first ? 0 : firstOfTable();
    const Kinds kinds(rows_, first, layout_.width);
    if (!is_first && options_.header != Header::No) first = headerBehind(first, kinds);
    const std::size_t header = headerRecords(first, kinds);
    setPlaces(first, header);
    setNames(first, header);
    return layout_;
  }

 private:
  bool hasWidth(std::size_t row) const { return rows_[row]->cells.size() == layout_.width; }
  bool blankBehind(std::size_t row) const {
    return row + 1 < rows_.size() && index_[row + 1] > index_[row] + 1;
  }

  /// The first row that belongs to the table: from there on rows mostly have its width, and it is no title.
  std::size_t firstOfTable() const {
    std::size_t first = 0;
    while (first < rows_.size() && !startsTable(first)) ++first;
    if (first == rows_.size()) first = 0;
    if (!couldBeHeader(*rows_[first])) first = headerBefore(first);
    while (first + 1 < rows_.size() && isTitle(first)) ++first;
    return first;
  }

  /// Where a table would have no header but for the rows of all widths in front of it: the header in front of
  /// those, else the row itself.
  std::size_t headerBefore(std::size_t first) const {
    for (std::size_t row = first; row-- > 0;) {
      const CsvRecord& record = *rows_[row];
      const bool remark = filled(record) == 1 && record.cells.size() == 1 &&
                          TypeVote::isPlainText(trim(record.cells.front().text));
      if (remark || blankBehind(row)) break;
      if (record.cells.size() >= layout_.width && couldBeHeader(record)) return row;
    }
    return first;
  }

  /// Where only rows with gaps stand between a row and a header behind a blank line, or one that the columns
  /// show to be a header where the row is none: that header, else the row itself. Spreadsheets fill their
  /// remarks up with delimiters.
  std::size_t headerBehind(std::size_t first, const Kinds& kinds) const {
    const bool is_header = headerRecords(first, kinds) > 0;
    const std::size_t end = std::min(rows_.size(), first + kMostHeaderRecords);
    for (std::size_t row = first; row + 1 < end && filled(*rows_[row]) < layout_.width; ++row) {
      if (!hasWidth(row + 1) || !couldBeHeader(*rows_[row + 1])) continue;
      const Agreement agreement = agreementOf(*rows_[row + 1], kinds, layout_.width);
      const bool contradicts = agreement.against > 0 && agreement.with == 0;
      if (blankBehind(row) || (contradicts && !is_header)) return row + 1;
    }
    return first;
  }

  bool startsTable(std::size_t row) const {
    const CsvRecord& record = *rows_[row];
    const std::size_t cells = record.cells.size();
    // A header may lack the name of a column, or have a delimiter too many.
    const bool nearly = cells > 1 && cells + 1 >= layout_.width && cells <= layout_.width + 1 &&
                        distinctWords(record) && filled(record) + 1 >= layout_.width;
    // Many columns may share a name; of few, the line could be a remark with a delimiter in it.
    constexpr std::size_t kManyColumns = 5;
    const bool lacks_one =
        layout_.width >= kManyColumns && cells + 1 == layout_.width && onlyFilledWords(record);
    if (!hasWidth(row) && !nearly && !lacks_one) return false;
    constexpr std::size_t kLook = 10;
    std::size_t agree = 0;
    std::size_t looked = 0;
    for (std::size_t i = row + 1; i < rows_.size() && looked < kLook; ++i, ++looked)
      agree += hasWidth(i) ? 1 : 0;
    return 10 * agree >= 6 * looked;
  }

  /// A row with a single cell in it above rows with more.
  bool isTitle(std::size_t row) const {
    if (layout_.width < 2 || filled(*rows_[row]) != 1 || filled(*rows_[row + 1]) < 2) return false;
    if (layout_.width == 2) return blankBehind(row);
    return TypeVote::isPlainText(onlyCell(*rows_[row])) || blankBehind(row);
  }

  std::size_t headerRecords(std::size_t first, const Kinds& kinds) const {
    if (options_.header == Header::No) return 0;
    if (options_.header_lines)
      return static_cast<std::size_t>(std::clamp<std::int64_t>(
          *options_.header_lines, 0, static_cast<std::int64_t>(rows_.size() - first)));
    const std::size_t least = options_.header == Header::Yes ? 1 : 0;
    if (rows_.size() == first + 1) return std::max<std::size_t>(least, distinctWords(*rows_[first]) ? 1 : 0);
    if (!kinds.anyTyped()) return std::max<std::size_t>(least, headerOfWords(first));
    std::size_t count = yearsOverNames(first, kinds) ? 1 : 0;
    while (count < kMostHeaderRecords && first + count + 1 < rows_.size() &&
           continuesHeader(first, count, kinds))
      ++count;
    return std::max(count, least);
  }

  bool continuesHeader(std::size_t first, std::size_t count, const Kinds& kinds) const {
    const Agreement agreement = agreementOf(*rows_[first + count], kinds, layout_.width);
    if (count == 0) {
      const bool years = agreement.with > 1 && agreement.years == agreement.with && !agreement.repeated &&
                         agreement.words > 0;
      return agreement.against > 0 ? agreement.against >= agreement.with || years
                                   : years || onlyWords(first, agreement);
    }
    if (agreement.with > 0 || agreement.against == 0) return false;
    return agreement.against > 1 || agreement.gaps > 0;
  }

  /// Years, each over several columns, above a line that names these.
  bool yearsOverNames(std::size_t first, const Kinds& kinds) const {
    const Agreement years = agreementOf(*rows_[first], kinds, layout_.width);
    const Agreement names = agreementOf(*rows_[first + 1], kinds, layout_.width);
    return years.with > 1 && years.years == years.with && names.against > 1 && names.with == 0;
  }

  /// A header over columns that are typed but named by nothing that contradicts them: blank there, distinct
  /// elsewhere.
  bool onlyWords(std::size_t first, const Agreement& agreement) const {
    return agreement.with == 0 && agreement.words > 0 && agreement.gaps > 0 && distinctWords(*rows_[first]);
  }

  /// All columns are text: a first row of distinct words, each column named.
  std::size_t headerOfWords(std::size_t first) const { return distinctWords(*rows_[first]) ? 1 : 0; }

  void setPlaces(std::size_t first, std::size_t header) {
    layout_.records_before = index_[first];
    const std::size_t body = first + header < rows_.size() ? index_[first + header] : records_.size();
    // Blank records between header and first row are left to the reader of the rows.
    const std::size_t end = header == 0 ? index_[first] : index_[first + header - 1] + 1;
    layout_.header_records = std::min(end, body) - index_[first];
    for (std::size_t i = 0; i < end; ++i) {
      const auto lines = static_cast<std::int64_t>(records_[i].lines);
      if (records_[i].empty() || (i > index_[first] && isRule(records_[i])))
        layout_.blank_lines += lines;
      else
        (i < index_[first] ? layout_.preamble_lines : layout_.header_lines) += lines;
    }
    for (std::size_t row = 0; row < first; ++row)
      if (filled(*rows_[row]) == 1) layout_.preamble.insert(onlyCell(*rows_[row]));
  }

  void setNames(std::size_t first, std::size_t header) {
    for (std::size_t row = first; row < first + header; ++row)
      layout_.width = std::max(layout_.width, lastFilled(*rows_[row]));
    std::vector<std::string> joined(layout_.width);
    std::vector<bool> group_above(layout_.width, false);
    if (header == 1 && namesOfRowsLackOne(first)) joined_from_ = 1;
    for (std::size_t row = first; row < first + header; ++row) {
      const std::vector<std::string> cells = spread(row, row + 1 == first + header, group_above);
      for (std::size_t i = 0; i < layout_.width; ++i)
        if (!cells[i].empty()) joined[i] += (joined[i].empty() ? "" : " ") + cells[i];
    }
    if (header > 0)
      for (const CsvCell& cell : rows_[first + header - 1]->cells) layout_.header_cells.push_back(cell.text);
    layout_.names = distinctNames(joined, layout_.width);
  }

  static std::size_t lastFilled(const CsvRecord& record) {
    std::size_t last = record.cells.size();
    while (last > 0 && record.cells[last - 1].blank()) --last;
    return last;
  }

  /// Is the header one name short because the first column, with the names of the rows, has none? Else the
  /// last column would have blanks.
  bool namesOfRowsLackOne(std::size_t first) const {
    if (rows_[first]->cells.size() + 1 != layout_.width || first + 1 == rows_.size()) return false;
    return std::all_of(rows_.begin() + static_cast<std::ptrdiff_t>(first) + 1, rows_.end(),
                       [&](const CsvRecord* row) {
                         return row->cells.size() != layout_.width || !row->cells.back().blank();
                       });
  }

  /// The cells of a line of the header; in an upper one, those that stand over several columns repeated for
  /// each.
  std::vector<std::string> spread(std::size_t row, bool last, std::vector<bool>& group_above) const {
    std::vector<std::string> cells(layout_.width);
    const bool groups = !last && filled(*rows_[row]) > 1;
    std::string group;
    for (std::size_t i = 0; i < layout_.width; ++i) {
      const std::string cell = i >= joined_from_ && i - joined_from_ < rows_[row]->cells.size()
                                   ? toValidUtf8(trim(rows_[row]->cells[i - joined_from_].text))
                                   : std::string();
      if (!cell.empty() || group_above[i]) group = cell;
      cells[i] = groups && cell.empty() ? group : cell;
      group_above[i] = group_above[i] || !cell.empty();
    }
    return cells;
  }

  const std::vector<CsvRecord>& records_;
  const ImportOptions& options_;
  CsvLayout layout_;
  std::size_t joined_from_ = 0;         // the column of the header's first cell
  std::vector<const CsvRecord*> rows_;  // those with something in them
  std::vector<std::size_t> index_;      // of each in records_
};

}  // namespace

bool isRule(const CsvRecord& record) {
  constexpr std::string_view kEndOfOldFiles("\x1A\0", 2);
  constexpr std::size_t kShortest = 3;
  return !record.empty() && std::all_of(record.cells.begin(), record.cells.end(), [&](const CsvCell& cell) {
    const std::string_view text = trim(cell.text);
    const bool line = text.size() >= kShortest && text.find_first_not_of("-=+_:") == std::string_view::npos;
    return text.empty() || (!cell.quoted && line) ||
           text.find_first_not_of(kEndOfOldFiles) == std::string_view::npos;
  });
}

CsvLayout findLayout(const std::vector<CsvRecord>& records, bool all, const ImportOptions& options) {
  return LayoutFinder(records, all, options).find();
}

}  // namespace lodestone::data
