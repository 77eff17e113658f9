// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/csv_plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr std::size_t kRecordsForDialect = 500;
constexpr std::size_t kTextForDialect = std::size_t{256} << 10U;

/// The records of a beginning: what is cut off at its end is left out.
std::vector<CsvRecord> wholeRecords(std::string_view text, char delimiter, char quote, std::size_t most,
                                    bool text_is_all) {
  std::vector<CsvRecord> records = splitRecords(text, delimiter, quote, most);
  std::erase_if(records, [](const CsvRecord& record) { return record.blank; });
  if (!text_is_all && records.size() > 1 && records.size() < most) records.pop_back();
  return records;
}

std::size_t usualCount(const std::vector<CsvRecord>& records, double& share) {
  std::map<std::size_t, std::size_t> counts;
  for (const CsvRecord& record : records) ++counts[record.cells.size()];
  std::size_t usual = 1;
  std::size_t most = 0;
  for (const auto& [cells, count] : counts)
    if (count >= most) {
      most = count;
      usual = cells;
    }
  share = records.empty() ? 0 : static_cast<double>(most) / static_cast<double>(records.size());
  return usual;
}

char detectDelimiter(const TextFile& source, char quote) {
  const std::string_view text = std::string_view(source.head()).substr(0, kTextForDialect);
  const bool all = text.size() == source.head().size() && source.headIsAll();
  char best = ',';
  double best_score = 0;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    double share = 0;
    const auto records = wholeRecords(text, delimiter, quote, kRecordsForDialect, all);
    const std::size_t cells = usualCount(records, share);
    // Rows that agree count first, then how many cells they have.
    const double score =
        cells < 2 || share < 0.6 ? 0 : share + 0.001 * static_cast<double>(std::min<std::size_t>(cells, 100));
    if (score > best_score) {
      best_score = score;
      best = delimiter;
    }
  }
  return best;
}

bool looksLikeHeader(const std::vector<CsvRecord>& records, const std::vector<ColumnType>& types) {
  const std::vector<std::string>& first = records.front().cells;
  std::set<std::string> seen;
  bool plain = true;
  bool distinct = true;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::string_view cell = trim(first[i]);
    const bool typed = i < types.size() && types[i].type != CellType::Text;
    if (typed && TypeVote::isPlainText(cell)) return true;
    plain = plain && (TypeVote::isPlainText(cell) || (cell.empty() && first.size() > 1));
    distinct = distinct && (cell.empty() || seen.insert(lowerAscii(cell)).second);
  }
  return plain && distinct && !seen.empty();
}

std::vector<std::string> columnNames(const std::vector<std::string>& header, std::size_t count) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = i < header.size() ? std::string(trim(header[i])) : std::string();
    if (name.empty()) name = "column_" + std::to_string(i + 1);
    std::string unique = name;
    for (int n = 2; !taken.insert(lowerAscii(unique)).second; ++n) unique = name + "_" + std::to_string(n);
    names.push_back(std::move(unique));
  }
  return names;
}

void findLineEnds(std::string_view text, char quote, CsvPlan& plan) {
  bool quoted = false;
  std::array<bool, 3> seen{};  // "\n", "\r\n", "\r"
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == quote) quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') seen[i > 0 && text[i - 1] == '\r' ? 1 : 0] = true;
    if (c == '\r' && i + 1 < text.size() && text[i + 1] != '\n') seen[2] = true;
  }
  plan.uneven_line_ends = seen[2] || (seen[0] && seen[1]);
  plan.carriage_returns = seen[1] && !plan.uneven_line_ends;
}

class Splitter {
 public:
  Splitter(std::string_view text, char delimiter, char quote)
      : text_(text), delimiter_(delimiter), quote_(quote) {}

  bool atEnd() const { return at_ >= text_.size(); }

  CsvRecord next() {
    CsvRecord record;
    record.begin = at_;
    std::string cell;
    bool fresh = true;  // nothing of this cell yet: a quote opens it
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == quote_ && quote_ != '\0' && fresh) {
        fresh = false;
        record.closed = quotedPart(cell);
      } else if (c == delimiter_) {
        record.cells.push_back(std::move(cell));
        cell.clear();
        fresh = true;
        ++at_;
      } else if (c == '\n' || c == '\r') {
        break;
      } else {
        cell += c;
        fresh = false;
        ++at_;
      }
    }
    const std::string_view raw = text_.substr(record.begin, at_ - record.begin);
    record.blank = raw.find_first_not_of(" \t") == std::string_view::npos &&
                   raw.find(delimiter_) == std::string_view::npos;
    record.cells.push_back(std::move(cell));
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    return record;
  }

 private:
  /// Reads on behind an opening quote; false when it is never closed.
  bool quotedPart(std::string& cell) {
    ++at_;
    while (at_ < text_.size()) {
      if (text_[at_] != quote_) {
        cell += text_[at_++];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote_) {
        cell += quote_;
        at_ += 2;
      } else {
        ++at_;
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  char delimiter_;
  char quote_;
  std::size_t at_ = 0;
};

/// Reads a text's records one by one into the votes; rows of another width tell nothing.
void vote(std::string_view text, const CsvPlan& plan, bool text_is_all, bool skip_first,
          std::vector<TypeVote>& votes) {
  Splitter splitter(text, plan.delimiter, plan.quote);
  while (!splitter.atEnd()) {
    const CsvRecord record = splitter.next();
    if (record.blank || record.cells.size() != votes.size() || (splitter.atEnd() && !text_is_all)) continue;
    if (!std::exchange(skip_first, false))
      for (std::size_t i = 0; i < votes.size(); ++i) votes[i].add(record.cells[i]);
  }
}

std::vector<ColumnType> decide(const std::vector<TypeVote>& votes) {
  std::vector<ColumnType> types;
  for (const TypeVote& one : votes) types.push_back(one.decide());
  return types;
}

}  // namespace

std::vector<CsvRecord> splitRecords(std::string_view text, char delimiter, char quote, std::size_t most) {
  std::vector<CsvRecord> records;
  Splitter splitter(text, delimiter, quote);
  while (!splitter.atEnd() && records.size() < most) records.push_back(splitter.next());
  return records;
}

CsvPlan planCsv(const TextFile& source, const ImportOptions& options) {
  CsvPlan plan;
  plan.quote = options.quote.value_or('"');
  plan.delimiter = options.delimiter ? options.delimiter->front() : detectDelimiter(source, plan.quote);
  findLineEnds(source.head(), plan.quote, plan);
  const auto every = splitRecords(source.head(), plan.delimiter, plan.quote, kRecordsForDialect);
  while (plan.lines_before < every.size() && every[plan.lines_before].blank) ++plan.lines_before;
  const auto records =
      wholeRecords(source.head(), plan.delimiter, plan.quote, kRecordsForDialect, source.headIsAll());
  if (records.empty()) return plan;

  double share = 0;
  const std::vector<CsvRecord> rest(records.begin() + 1, records.end());
  const std::size_t width =
      std::max(records.front().cells.size(), rest.empty() ? 0 : usualCount(rest, share));
  std::vector<TypeVote> sample(width);
  for (const CsvRecord& record : rest)
    if (record.cells.size() == width)
      for (std::size_t i = 0; i < width; ++i) sample[i].add(record.cells[i]);
  plan.header = options.header == Header::Yes ||
                (options.header == Header::Auto && looksLikeHeader(records, decide(sample)));
  plan.names = columnNames(plan.header ? records.front().cells : std::vector<std::string>(), width);
  plan.types.assign(width, {});
  plan.marks.assign(width, {});
  if (options.types == Types::AllText) return plan;
  std::vector<TypeVote> votes(width);
  vote(source.head(), plan, source.headIsAll(), plan.header, votes);
  for (const std::string& piece : source.pieces()) vote(piece, plan, true, false, votes);
  plan.types = decide(votes);
  for (std::size_t i = 0; i < width; ++i) {
    plan.marks[i] = votes[i].marks();
    plan.types[i].verified = source.headIsAll() && votes[i].unanimous();
    plan.long_blanks.insert(plan.long_blanks.end(), votes[i].longBlanks().begin(),
                            votes[i].longBlanks().end());
  }
  return plan;
}

Detected toDetected(const TextFile& source, const CsvPlan& plan) {
  return {.encoding = source.encoding(),
          .delimiter = std::string(1, plan.delimiter),
          .quote = std::string(1, plan.quote),
          .header = plan.header};
}

}  // namespace lodestone::data
