// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/dialect.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "core/base/text.h"
#include "core/data/cell_types.h"
#include "core/data/csv/records.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kRecordsLookedAt = 500;
constexpr std::size_t kTextLookedAt = std::size_t{128} << 10U;
constexpr std::size_t kMostCellsLookedAt = 20000;
constexpr std::string_view kUsualDelimiters = ",;\t|";

/// How well a text reads in a dialect.
struct Score {
  double value = 0;           ///< agreement times kinds
  double agreement = 0;       ///< probability that two records have the same width, weighted by the width
  double kinds = 0;           ///< share of cells of a known kind
  double typed = 0;           ///< share of cells that are numbers, dates, or in quotes
  std::size_t irregular = 0;  ///< records whose quotes are not in order
};

/// How sure it is that the cell is a cell, and whether it is more than words.
struct CellLooks {
  double known = 0;
  bool typed = false;
};

bool looksLikeAddress(std::string_view cell) {
  const auto at = cell.find('@');
  return cell.starts_with("http://") || cell.starts_with("https://") || cell.starts_with("www.") ||
         (at != std::string_view::npos && cell.find('.', at) != std::string_view::npos &&
          cell.find(' ') == std::string_view::npos);
}

bool looksLikeTime(std::string_view cell) {
  return cell.size() >= 4 && cell.size() <= 12 && cell.find(':') != std::string_view::npos &&
         cell.find_first_not_of("0123456789:.") == std::string_view::npos;
}

CellLooks looksOf(const CsvCell& cell, const CsvDialect& dialect) {
  if (cell.quoted) return {1, true};
  const std::string_view text = trim(cell.text);
  if (text.empty()) return {0.5, false};
  if (text.find(dialect.quote == '\0' ? '"' : dialect.quote) != std::string_view::npos) return {0, false};
  if (isMissing(text)) return {1, false};
  if (!TypeVote::isPlainText(text) || looksLikeTime(text) || looksLikeAddress(text)) return {1, true};
  if (text.find_first_of("\t|;") != std::string_view::npos) return {0.2, false};
  if (text.find(',') != std::string_view::npos) return {0.5, false};
  return {text.size() > 200 ? 0.6 : 0.9, false};
}

std::vector<CsvRecord> recordsOf(std::string_view text, bool all, const CsvDialect& dialect) {
  std::vector<CsvRecord> records = readRecords(text, dialect, kRecordsLookedAt);
  if (!all && records.size() > 1 && records.size() < kRecordsLookedAt) records.pop_back();
  std::erase_if(records, [](const CsvRecord& record) { return record.empty(); });
  return records;
}

Score scoreOf(std::string_view text, bool all, const CsvDialect& dialect) {
  const std::vector<CsvRecord> records = recordsOf(text, all, dialect);
  Score score;
  if (records.empty()) return score;
  std::map<std::size_t, double> widths;
  double cells = 0;
  double known = 0;
  double typed = 0;
  for (const CsvRecord& record : records) {
    ++widths[record.cells.size()];
    score.irregular += record.irregular || !record.closed ? 1 : 0;
    for (const CsvCell& cell : record.cells) {
      if (cells >= kMostCellsLookedAt) break;
      const CellLooks looks = looksOf(cell, dialect);
      ++cells;
      known += looks.known;
      typed += looks.typed ? 1 : 0;
    }
  }
  const auto count = static_cast<double>(records.size());
  for (const auto& [width, times] : widths) {
    const auto wide = static_cast<double>(width);
    score.agreement += (times / count) * (times / count) * (wide - 1) / wide;
  }
  score.kinds = known / cells;
  score.typed = typed / cells;
  score.value = score.agreement * score.kinds;
  return score;
}

/// How likely a delimiter is before anything is read.
double prior(std::string_view delimiter) {
  if (delimiter == kRunsOfBlanks) return 0.7;
  if (delimiter.size() > 1) return 1;
  if (kUsualDelimiters.find(delimiter) != std::string_view::npos) return 1;
  if (delimiter == " ") return 0.8;
  const auto byte = static_cast<unsigned char>(delimiter.front());
  if (byte < 0x20 || delimiter == "^" || delimiter == "~") return 0.9;
  return delimiter == "-" || delimiter == "_" || delimiter == ":" ? 0.3 : 0.5;
}

/// Letters, digits, quotes, brackets, and what stands inside paths and fractions part no cells.
bool mayPart(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80 || byte == 0 || c == '\n' || c == '\r') return false;
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return false;
  return std::string_view("\"'`./()[]{}").find(c) == std::string_view::npos;
}

/// Characters beyond ASCII that part cells in some files.
constexpr std::array<std::string_view, 6> kWideDelimiters{"，", "；", "、", "¦", "§", "￠"};

std::vector<std::string> candidatesIn(std::string_view text) {
  std::map<char, std::size_t> counts;
  for (const char c : text) ++counts[c];
  const std::size_t lines = std::max<std::size_t>(1, counts['\n'] + counts['\r']);
  std::vector<std::string> candidates;
  for (const char usual : kUsualDelimiters)
    if (counts[usual] > 0) candidates.emplace_back(1, usual);
  for (const auto& [c, count] : counts)
    if (mayPart(c) && kUsualDelimiters.find(c) == std::string_view::npos && 2 * count >= lines)
      candidates.emplace_back(1, c);
  for (const std::string_view wide : kWideDelimiters)
    if (text.find(wide) != std::string_view::npos) candidates.emplace_back(wide);
  if (text.find("  ") != std::string_view::npos || text.find(" \t") != std::string_view::npos)
    candidates.emplace_back(kRunsOfBlanks);
  return candidates;
}

/// The delimiter with its neighbours where it never stands without them: "||", "~|~", "::".
std::string withNeighbours(std::string_view text, const std::string& delimiter) {
  constexpr std::string_view kPartners = "|~^:;*!@&<>=#";
  if (delimiter.size() != 1 || delimiter == " ") return delimiter;
  const char c = delimiter.front();
  std::string common;
  for (std::size_t at = text.find(c); at != std::string_view::npos; at = text.find(c, at)) {
    const auto joins = [&](char other) {
      return other == c ? kUsualDelimiters.substr(0, 3).find(c) == std::string_view::npos
                        : kPartners.find(other) != std::string_view::npos;
    };
    std::size_t begin = at;
    std::size_t end = at + 1;
    while (begin > 0 && joins(text[begin - 1])) --begin;
    while (end < text.size() && joins(text[end])) ++end;
    const std::string run(text.substr(begin, end - begin));
    if (run.size() < 2 || run.size() > 4 || (!common.empty() && common != run)) return delimiter;
    common = run;
    at = end;
  }
  return common.empty() ? delimiter : common;
}

/// Records parted by something else than line ends: a vertical tab, a form feed, the record separator of
/// ASCII.
char lineEndOf(std::string_view text) {
  if (text.find_first_of("\n\r") != std::string_view::npos) return '\n';
  for (const char c : {'\x1E', '\x0B', '\x0C'})
    if (std::count(text.begin(), text.end(), c) > 1) return c;
  return '\n';
}

bool quotesWith(std::string_view text, char quote) {
  std::size_t opened = 0;
  std::size_t closed = 0;
  for (std::size_t at = text.find(quote); at != std::string_view::npos; at = text.find(quote, at + 1)) {
    const char before = at == 0 ? '\n' : text[at - 1];
    const char behind = at + 1 == text.size() ? '\n' : text[at + 1];
    const auto parts = [](char c) { return c == '\n' || c == '\r' || mayPart(c); };
    opened += parts(before) && !parts(behind) ? 1 : 0;
    closed += parts(behind) && !parts(before) ? 1 : 0;
  }
  return opened >= 2 && closed >= 2 && 10 * std::min(opened, closed) >= 8 * std::max(opened, closed);
}

std::vector<char> quotesIn(std::string_view text, const ImportOptions& options) {
  if (options.quote) return {*options.quote};
  std::vector<char> quotes{'"'};
  for (const char other : {'\'', '`'})
    if (quotesWith(text, other)) quotes.push_back(other);
  return quotes;
}

struct Choice {
  CsvDialect dialect;
  Score score;
  double value = 0;
};

/// Is the delimiter seen for certain? An unusual one could be part of the words of a single column.
bool convinces(const Choice& choice, const Score& undivided) {
  if (kUsualDelimiters.find(choice.dialect.delimiter) != std::string_view::npos) return true;
  return choice.score.typed >= 0.3 && undivided.typed < 0.5;
}

Choice bestDelimiter(std::string_view text, bool all, const ImportOptions& options) {
  CsvDialect undivided{.delimiter = std::string(1, '\0'), .line_end = lineEndOf(text)};
  const Score baseline = scoreOf(text, all, undivided);
  Choice best;
  best.dialect.line_end = undivided.line_end;
  best.dialect.quote = best.dialect.escape = options.quote.value_or('"');
  std::vector<std::string> delimiters =
      options.delimiter ? std::vector<std::string>{*options.delimiter} : candidatesIn(text);
  for (const std::string& delimiter : delimiters)
    for (const char quote : quotesIn(text, options)) {
      Choice choice;
      choice.dialect = {
          .delimiter = delimiter, .quote = quote, .escape = quote, .line_end = undivided.line_end};
      choice.score = scoreOf(text, all, choice.dialect);
      choice.value = choice.score.value * prior(delimiter) * (quote == '"' ? 1 : 0.95);
      const bool certain =
          options.delimiter.has_value() || (choice.score.value > 0.05 && convinces(choice, baseline));
      if (certain && choice.value > best.value) best = choice;
    }
  if (options.delimiter) best.dialect.delimiter = *options.delimiter;
  return best;
}

/// What stands before a quote inside quotes: the quote itself unless another one reads strictly better.
char escapeOf(std::string_view text, bool all, const CsvDialect& dialect) {
  if (dialect.quote == '\0') return '\0';
  const Score doubled = scoreOf(text, all, dialect);
  const std::string backslashed{'\\', dialect.quote};
  if (doubled.irregular == 0 && text.find(backslashed) == std::string_view::npos) return dialect.quote;
  char best = dialect.quote;
  double best_value = doubled.value - 0.001 * static_cast<double>(doubled.irregular);
  CsvDialect other = dialect;
  other.escape = '\\';
  if (text.find(backslashed) != std::string_view::npos) {
    const Score score = scoreOf(text, all, other);
    if (const double value = score.value - 0.001 * static_cast<double>(score.irregular); value > best_value) {
      best = '\\';
      best_value = score.value;
    }
  }
  // Without any escape no quote is out of order, so that only the widths tell.
  other.escape = '\0';
  constexpr double kClearly = 0.005;
  return scoreOf(text, all, other).value > std::max(best_value, doubled.value) + kClearly ? '\0' : best;
}

/// Takes the line "sep=;", by which Excel is told the delimiter, off the text; the delimiter, or "".
std::string takeSeparatorLine(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  std::string_view line = text.substr(0, end);
  if (line.size() > 2 && line.starts_with('"') && line.ends_with('"')) line = line.substr(1, line.size() - 2);
  if (line.size() != kSeparatorWord.size() + 1 || !lowerAscii(line).starts_with(kSeparatorWord)) return {};
  text.remove_prefix(end);
  return std::string(1, line.back());
}

}  // namespace

CsvDialect detectDialect(std::string_view text, bool text_is_all, const ImportOptions& given) {
  ImportOptions options = given;
  const std::string told = takeSeparatorLine(text);
  if (!given.delimiter && !told.empty()) options.delimiter = told;
  const bool all = text_is_all && text.size() <= kTextLookedAt;
  text = text.substr(0, kTextLookedAt);
  CsvDialect dialect = bestDelimiter(text, all, options).dialect;
  if (!options.delimiter) dialect.delimiter = withNeighbours(text, dialect.delimiter);
  dialect.escape = options.escape ? *options.escape : escapeOf(text, all, dialect);
  return dialect;
}

}  // namespace lodestone::data
