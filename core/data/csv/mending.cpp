// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/mending.h"

#include <algorithm>
#include <limits>
#include <set>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

// Beyond these a record is padded or rejected without looking at shapes.
constexpr std::size_t kMostColumns = 300;
constexpr std::size_t kMostSurplus = 60;
constexpr std::size_t kLongestSplit = 2000;

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kDrop = 1;
constexpr double kMerge = 1;
constexpr double kMergeMore = 0.2;
constexpr double kSplit = 1.5;
constexpr double kPad = 1;
constexpr double kPadFilled = 2;  // where a column that is never blank would be

/// Where one cell is two of neighbouring columns whose delimiter got lost; nothing unless there is just one
/// place.
std::optional<std::pair<CsvCell, CsvCell>> splitCell(const CsvCell& cell, const ColumnShape& left,
                                                     const ColumnShape& right) {
  if (!left.telling() && !right.telling()) return std::nullopt;
  if (cell.text.size() > kLongestSplit || cell.text.size() < 2) return std::nullopt;
  std::optional<std::pair<CsvCell, CsvCell>> found;
  for (std::size_t at = 1; at < cell.text.size(); ++at) {
    CsvCell first{cell.text.substr(0, at), cell.quoted};
    CsvCell second{cell.text.substr(at), false};
    if (!left.fits(first) || !right.fits(second)) continue;
    if (found) return std::nullopt;
    found = {std::move(first), std::move(second)};
  }
  return found;
}

/// The cheapest way to lay cells into columns: a cell into its column, several into one, one into two, a
/// blank one nowhere, and missing cells at the end. Dynamic programming over (cells used, columns filled).
class Alignment {
 public:
  Alignment(const std::vector<CsvCell>& cells, const std::vector<ColumnShape>& shapes,
            const std::string& delimiter)
      : cells_(cells),
        shapes_(shapes),
        delimiter_(delimiter),
        steps_((cells.size() + 1) * (shapes.size() + 1)) {}

  /// Nothing when no way fits all cells, or several do equally well with different results.
  std::optional<std::vector<CsvCell>> solve() {
    if (best(0, 0).cost == kNever || best(0, 0).ambiguous) return std::nullopt;
    return solution();
  }

 private:
  enum class Move { None, Take, Merge, Split, Drop, Pad };
  struct Step {
    double cost = -1;
    Move move = Move::None;
    std::size_t used = 1;
    bool ambiguous = false;
  };

  bool mayMerge(std::size_t cell, std::size_t count) const {
    return std::none_of(cells_.begin() + static_cast<std::ptrdiff_t>(cell),
                        cells_.begin() + static_cast<std::ptrdiff_t>(cell + count),
                        [](const CsvCell& one) { return one.quoted; });
  }

  CsvCell merged(std::size_t cell, std::size_t count, const ColumnShape& shape) const {
    CsvCell whole = cells_[cell];
    for (std::size_t i = 1; i < count; ++i) whole.text += delimiter_ + cells_[cell + i].text;
    if (!shape.numeric || delimiter_ != ",") return whole;
    // A comma inside a number: of thousands where three digits follow, else of the fraction.
    const bool thousands = shape.whole && trim(cells_[cell + 1].text).size() == 3;
    std::replace(whole.text.begin(), whole.text.end(), ',', '.');
    if (thousands) std::erase(whole.text, '.');
    return whole;
  }

  bool mergeFits(std::size_t cell, std::size_t count, const ColumnShape& shape) const {
    if (!mayMerge(cell, count)) return false;
    if (!shape.numeric) return shape.filled_seen && shape.fits(merged(cell, count, shape));
    const std::string_view tail = trim(cells_[cell + 1].text);
    if (count != 2 || delimiter_ != "," || tail.empty()) return false;
    if (tail.find_first_not_of("0123456789") != std::string_view::npos) return false;
    // Could "1,234" be 1.234 as well as 1234?
    if (!shape.whole && tail.size() == 3) return false;
    return (!shape.whole || tail.size() == 3) && shape.fits(merged(cell, count, shape));
  }

  double padCost(std::size_t column) const {
    const auto from = shapes_.begin() + static_cast<std::ptrdiff_t>(column);
    const bool usual =
        std::all_of(from, shapes_.end(), [](const ColumnShape& shape) { return shape.blank_seen; });
    return usual ? kPad : kPadFilled;
  }

  void offer(Step& step, double cost, Move move, std::size_t used, const Step& rest) const {
    cost += rest.cost;
    constexpr double kSame = 0.05;
    if (cost == kNever) return;
    if (cost < step.cost - kSame) {
      step = {cost, move, used, rest.ambiguous};
    } else if (cost <= step.cost + kSame) {
      // Of neighbouring blanks it is the same which one goes.
      const bool same = (move == Move::Drop) != (step.move == Move::Drop) &&
                        (move == Move::Take || step.move == Move::Take);
      step.ambiguous = step.ambiguous || !same || rest.ambiguous;
    }
  }

  const Step& best(std::size_t cell, std::size_t column) {
    Step& step = steps_[cell * (shapes_.size() + 1) + column];
    if (step.cost >= 0) return step;
    Step found{.cost = kNever};
    const std::size_t left = cells_.size() - cell;
    const std::size_t wanted = shapes_.size() - column;
    if (left == 0) {
      found.cost = wanted == 0 ? 0 : padCost(column);
      found.move = wanted == 0 ? Move::None : Move::Pad;
    } else {
      look(found, cell, column, left, wanted);
    }
    return steps_[cell * (shapes_.size() + 1) + column] = found;
  }

  void look(Step& found, std::size_t cell, std::size_t column, std::size_t left, std::size_t wanted) {
    const CsvCell& here = cells_[cell];
    if (wanted > 0) {
      const ColumnShape& shape = shapes_[column];
      if (shape.fits(here)) offer(found, 0, Move::Take, 1, best(cell + 1, column + 1));
      for (std::size_t count = 2; count <= left && left - count + 1 >= 1 && count <= kMostSurplus; ++count) {
        if (!mayMerge(cell, count)) break;
        if (mergeFits(cell, count, shape))
          offer(found, kMerge + kMergeMore * static_cast<double>(count - 2), Move::Merge, count,
                best(cell + count, column + 1));
      }
    }
    if (wanted > 1 && splitCell(here, shapes_[column], shapes_[column + 1]))
      offer(found, kSplit, Move::Split, 1, best(cell + 1, column + 2));
    if (here.blank() && !here.quoted) offer(found, kDrop, Move::Drop, 1, best(cell + 1, column));
  }

  std::vector<CsvCell> solution() {
    std::vector<CsvCell> row;
    std::size_t cell = 0;
    while (cell < cells_.size() || row.size() < shapes_.size()) {
      const Step& step = best(cell, row.size());
      const ColumnShape* shape = row.size() < shapes_.size() ? &shapes_[row.size()] : nullptr;
      if (step.move == Move::Take) row.push_back(cells_[cell]);
      if (step.move == Move::Merge) row.push_back(merged(cell, step.used, *shape));
      if (step.move == Move::Split) {
        auto two = splitCell(cells_[cell], *shape, shapes_[row.size() + 1]);
        row.push_back(std::move(two->first));
        row.push_back(std::move(two->second));
      }
      if (step.move == Move::Pad) row.resize(shapes_.size());
      cell += step.move == Move::Pad ? 0 : step.used;
    }
    return row;
  }

  const std::vector<CsvCell>& cells_;
  const std::vector<ColumnShape>& shapes_;
  std::string delimiter_;
  std::vector<Step> steps_;
};

std::size_t lineLength(std::string_view text, const CsvDialect& dialect) {
  const std::size_t end = dialect.line_end == '\n' ? text.find_first_of("\r\n") : text.find(dialect.line_end);
  return end == std::string_view::npos ? text.size() : end;
}

}  // namespace

std::optional<std::vector<CsvCell>> RowMender::byShapes(const std::vector<CsvCell>& cells,
                                                        const std::string& delimiter) const {
  const std::size_t width = shapes_.size();
  if (width > kMostColumns || cells.size() > width + kMostSurplus) return std::nullopt;
  return Alignment(cells, shapes_, delimiter == kRunsOfBlanks ? " " : delimiter).solve();
}

std::optional<std::vector<CsvCell>> RowMender::inOtherDialect(const CsvRecord& record,
                                                              std::string_view text) const {
  const auto telling = std::count_if(shapes_.begin(), shapes_.end(), [](const ColumnShape& shape) {
    return shape.filled_seen && shape.telling();
  });
  if (shapes_.size() < 3 || telling < 2 || record.cells.size() * 2 > shapes_.size() + 1) return std::nullopt;
  std::optional<std::vector<CsvCell>> found;
  for (const std::string other : {",", ";", "\t", "|", " ", ":"}) {
    if (other == dialect_.delimiter) continue;
    CsvDialect dialect = dialect_;
    dialect.delimiter = other;
    CsvRecord again;
    RecordReader(text.substr(record.begin, record.end - record.begin), dialect).next(again);
    if (again.cells.size() < shapes_.size() || !again.closed) continue;
    auto row = byShapes(again.cells, other);
    if (row && found) return std::nullopt;
    if (row) found = std::move(row);
  }
  return found;
}

std::optional<std::vector<CsvCell>> RowMender::inQuotes(const CsvRecord& record) const {
  // "Lee, Ann" alone may be one cell of two.
  if (shapes_.size() < 3 || record.cells.size() != 1 || !record.cells.front().quoted) return std::nullopt;
  CsvRecord again;
  RecordReader(record.cells.front().text, dialect_).next(again);
  if (again.cells.size() != shapes_.size() || !again.closed) return std::nullopt;
  return again.cells;
}

std::optional<std::vector<CsvCell>> RowMender::place(const CsvRecord& record, std::string_view text) const {
  if (auto row = inQuotes(record)) return row;
  if (auto row = byShapes(record.cells, dialect_.delimiter)) return row;
  return inOtherDialect(record, text);
}

std::optional<std::vector<CsvCell>> RowMender::mend(const CsvRecord& record, std::string_view text) const {
  const std::size_t width = shapes_.size();
  if (auto row = place(record, text)) return row;
  std::vector<CsvCell> cells = record.cells;
  while (cells.size() > width && cells.back().blank()) cells.pop_back();
  if (cells.size() > width) return std::nullopt;
  cells.resize(width);
  return cells;
}

std::optional<CsvRecord> RowMender::firstLine(std::string_view text, std::size_t begin) const {
  const std::size_t length = lineLength(text.substr(begin), dialect_);
  const std::string line(text.substr(begin, length));
  std::optional<CsvRecord> found = quotesAsText(line);
  if (!found) found = delimiterAtQuote(line);
  if (!found) return std::nullopt;
  // Where the next line begins; a line end may be of two characters.
  CsvDialect plain = dialect_;
  plain.quote = '\0';
  RecordReader reader(text, plain, begin);
  CsvRecord whole;
  reader.next(whole);
  found->begin = begin;
  found->end = whole.end;
  return found;
}

std::optional<CsvRecord> RowMender::readLine(std::string_view line, const CsvDialect& dialect,
                                             std::size_t literal, bool every) const {
  CsvRecord record;
  RecordReader reader(line, dialect);
  reader.takeQuotesAsText(literal, every);
  reader.next(record);
  if (record.closed && record.cells.size() == shapes_.size()) return record;
  return std::nullopt;
}

std::optional<CsvRecord> RowMender::quotesAsText(const std::string& line) const {
  constexpr std::size_t kMostTries = 64;
  constexpr std::size_t kNoCell = static_cast<std::size_t>(-1);
  for (std::size_t cell = 0; cell < std::min(shapes_.size(), kMostTries); ++cell)
    if (auto record = readLine(line, dialect_, cell, false)) return record;
  CsvDialect unescaped = dialect_;
  unescaped.escape = '\0';
  if (auto record = readLine(line, unescaped, kNoCell, false)) return record;
  return readLine(line, dialect_, kNoCell, true);
}

std::optional<CsvRecord> RowMender::delimiterAtQuote(const std::string& line) const {
  constexpr std::size_t kMostQuotes = 200;
  std::optional<CsvRecord> found;
  std::set<std::size_t> places;
  for (std::size_t at = line.find(dialect_.quote); at != std::string::npos && places.size() < kMostQuotes;
       at = line.find(dialect_.quote, at + 1))
    places.insert({at, at + 1});
  if (dialect_.quote == '\0' || dialect_.blanks() || shapes_.size() > kMostColumns) return std::nullopt;
  for (const std::size_t place : places) {
    std::string parted = line;
    parted.insert(place, dialect_.delimiter);
    auto record = readLine(parted, dialect_, static_cast<std::size_t>(-1), false);
    if (!record || record->irregular) continue;
    bool fits = true;
    for (std::size_t i = 0; i < shapes_.size() && fits; ++i) fits = shapes_[i].fits(record->cells[i]);
    if (!fits) continue;
    if (found) return std::nullopt;
    found = std::move(record);
  }
  return found;
}

}  // namespace lodestone::data
