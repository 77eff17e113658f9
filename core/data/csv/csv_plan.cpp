// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/csv_plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "core/base/text.h"
#include "core/data/encoding.h"
#include "core/data/given_types.h"

namespace lodestone::data {

namespace {

constexpr Text kNoSuchType{
    "Column '{0}' cannot have the type '{1}'. Use VARCHAR, BOOLEAN, BIGINT, DOUBLE, DATE or TIMESTAMP; "
    "behind DATE "
    "and TIMESTAMP a format such as %d.%m.%Y may follow.",
    "列“{0}”不能使用类型“{1}”。请使用 VARCHAR、BOOLEAN、BIGINT、DOUBLE、DATE 或 TIMESTAMP；DATE 和 TIMESTAMP "
    "后可跟格式，如 %d.%m.%Y。"};

constexpr Text kAllSkipped{"{0} has only {1} lines, but {2} are to be skipped. Skip fewer lines.",
                           "{0} 只有 {1} 行，却要跳过 {2} 行。请减少要跳过的行数。"};
constexpr Text kSkipsTooFar{
    "{0} has no row in its first megabyte behind the {1} lines that are to be skipped. Skip fewer lines.",
    "{0} 的前 1 MB 内，在要跳过的 {1} 行之后没有数据行。请减少要跳过的行数。"};
constexpr Text kNoCells{"{0} has no cell with anything in it: there is nothing to import.",
                        "{0} 中没有任何有内容的单元格，没有可导入的内容。"};

constexpr Text kShort{
    "{0} ended at byte {1} although it had {2} bytes: it changed while it was read. Import it again.",
    "{0} 在第 {1} 字节处结束，而原有 {2} 字节：文件在读取过程中被改动。请重新导入。"};

constexpr std::size_t kBlock = std::size_t{4} << 20U;
constexpr std::size_t kTextForLayout = std::size_t{1} << 20U;
constexpr std::size_t kRecordsForLayout = 1000;
constexpr std::size_t kTextForTypes = std::size_t{1} << 20U;

std::vector<CsvRecord> recordsForLayout(const TextFile& source, const CsvDialect& dialect,
                                        const ImportOptions& options, bool& all) {
  const std::size_t most =
      kRecordsForLayout + static_cast<std::size_t>(std::max<std::int64_t>(0, options.skip_lines.value_or(0)));
  std::string_view text = source.head();
  all = source.headIsAll() && text.size() <= kTextForLayout;
  text = text.substr(0, kTextForLayout);
  std::vector<CsvRecord> records = readRecords(text, dialect, most);
  const bool cut = records.size() < most && !all;
  if (cut && records.size() > 1) records.pop_back();
  all = all && records.size() < most;
  return records;
}

/// Why no table was found among the records.
tl::unexpected<Error> noTable(const TextFile& source, const std::vector<CsvRecord>& records, bool all,
                              const ImportOptions& options) {
  const std::string name = source.file().string();
  const std::int64_t skipped = options.skip_lines.value_or(0);
  const std::int64_t lines = std::accumulate(records.begin(), records.end(), std::int64_t{0},
                                             [](std::int64_t sum, const CsvRecord& record) {
                                               return sum + static_cast<std::int64_t>(record.lines);
                                             });
  const Where where{.file = name};
  if (skipped == 0) return fail(ErrorCode::InvalidArgument, kNoCells, {name}, where);
  if (all && lines <= skipped)
    return fail(ErrorCode::InvalidArgument, kAllSkipped,
                {name, std::to_string(lines), std::to_string(skipped)}, where);
  return fail(ErrorCode::InvalidArgument, kSkipsTooFar, {name, std::to_string(skipped)}, where);
}

std::vector<ColumnShape> shapesOf(const std::vector<CsvRecord>& records, const CsvLayout& layout) {
  std::vector<const CsvRecord*> rows;
  for (std::size_t i = layout.records_before + layout.header_records; i < records.size(); ++i)
    if (!records[i].empty()) rows.push_back(&records[i]);
  return learnShapes(rows, layout.width);
}

/// "\r\n" throughout: anything else but "\n" throughout is left to ourselves.
enum class LineEnds { Feeds, Both, Mixed };

LineEnds lineEndsOf(std::string_view text, char quote) {
  bool quoted = false;
  std::array<bool, 3> seen{};  // "\n", "\r\n", "\r"
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == quote) quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') seen[i > 0 && text[i - 1] == '\r' ? 1 : 0] = true;
    if (c == '\r' && i + 1 < text.size() && text[i + 1] != '\n') seen[2] = true;
  }
  if (seen[2] || (seen[0] && seen[1])) return LineEnds::Mixed;
  return seen[1] ? LineEnds::Both : LineEnds::Feeds;
}

using GivenTypes = std::map<std::size_t, std::string>;

/// Looks at the cells of the rows.
class Voting {
 public:
  Voting(const TextFile& source, CsvPlan& plan, bool types) : source_(source), plan_(plan) {
    if (types) votes_.assign(plan.width(), TypeVote(plan.null_words));
  }

  Result<> run(JobContext& job) {
    TableWalker walker = sampling();
    walker.walk(beginning(), 0, source_.headIsAll());
    if (source_.headIsAll()) walker.finish();
    plan_.seen = walker.counts();
    if (votes_.empty()) return {};
    for (const std::string& piece : source_.pieces()) addPiece(piece);
    if (source_.headIsAll() || rows_ >= kSampleRows) return {};
    // Rows so long that hardly one was seen: read on until some have been.
    plan_.sample.clear();
    TableWalker further = sampling();
    return walkFile(source_, further, job,
                    [&](std::int64_t) -> Result<bool> { return plan_.sample.size() < kSampleRows; });
  }

  void decide(const ImportOptions& options, const GivenTypes& given) {
    const char usual = decimalOf(options);
    for (std::size_t i = 0; i < votes_.size(); ++i) {
      const char certain = options.decimal ? '\0' : votes_[i].certainDecimal();
      VoteHints hints{.decimal = certain == '\0' ? usual : certain};
      plan_.types[i] = votes_[i].decide(hints);
      plan_.types[i].verified = source_.headIsAll() && plan_.types[i].format.plain() && votes_[i].unanimous();
      // Of a column whose type is given, the format of most cells must be known.
      hints.bad_allowed = 0.5;
      if (given.contains(i) && plan_.types[i].type == CellType::Text)
        plan_.types[i] = votes_[i].decide(hints);
      plan_.marks[i] = votes_[i].marks();
      plan_.long_blanks.insert(plan_.long_blanks.end(), votes_[i].longBlanks().begin(),
                               votes_[i].longBlanks().end());
    }
  }

 private:
  /// Walks over rows that are looked at.
  TableWalker sampling() {
    return walkerOf(plan_, {.row =
                                [this](const std::vector<CsvCell>& cells, const RowPlace&) {
                                  if (plan_.sample.size() < kSampleRows) plan_.sample.push_back(cells);
                                  add(cells);
                                },
                            .reject = {}});
  }

  /// Of a file that is longer than its head, the pieces from all over it tell more than all of the head.
  std::string_view beginning() const {
    const std::string_view head = source_.head();
    if (source_.headIsAll()) return head;
    const std::size_t last = head.rfind('\n', kTextForTypes);
    return last == std::string_view::npos ? head : head.substr(0, last + 1);
  }

  void add(const std::vector<CsvCell>& cells) {
    ++rows_;
    for (std::size_t i = 0; i < votes_.size(); ++i) votes_[i].add(cells[i].text);
  }

  void addPiece(const std::string& piece) {
    RecordReader reader(piece, plan_.dialect);
    CsvRecord record;
    while (!reader.atEnd()) {
      reader.next(record);
      if (record.cells.size() == plan_.width() && !record.irregular && !record.blank) add(record.cells);
    }
  }

  /// The decimal mark of the file: a column may tell what another one such as 1,234 does not.
  char decimalOf(const ImportOptions& options) const {
    if (options.decimal) return *options.decimal;
    const auto certain = [&](char mark) {
      return std::count_if(votes_.begin(), votes_.end(),
                           [&](const TypeVote& vote) { return vote.certainDecimal() == mark; });
    };
    const auto points = certain('.');
    const auto commas = certain(',');
    if (points + commas == 0) return plan_.dialect.delimiter == "," ? '.' : '\0';
    return commas > points ? ',' : '.';
  }

  const TextFile& source_;
  CsvPlan& plan_;
  std::vector<TypeVote> votes_;
  std::size_t rows_ = 0;
};

/// Do most records of a piece of the file have the width of its rows, be its beginning inside quotes or not?
bool showsRows(std::string_view piece, const CsvPlan& plan) {
  const std::size_t first = piece.find('\n');
  const std::size_t last = piece.rfind('\n');
  if (first == std::string_view::npos || first == last) return false;
  const std::string lines(piece.substr(first + 1, last - first));
  for (const std::string& text : {lines, std::string(1, plan.dialect.quote) + lines}) {
    const std::vector<CsvRecord> records = readRecords(text, plan.dialect);
    const auto rows = std::count_if(records.begin(), records.end(), [&](const CsvRecord& record) {
      return record.blank || (record.closed && record.cells.size() == plan.width());
    });
    if (2 * static_cast<std::size_t>(rows) > records.size()) return true;
  }
  return false;
}

/// DuckDB's reader loses a line that is longer than two of its buffers, and takes minutes and all memory over
/// the lines inside a quoted cell of that length.
bool mayHoldGiantRecord(const TextFile& source, const CsvPlan& plan) {
  constexpr std::int64_t kStep = std::int64_t{8} << 20U;
  constexpr std::size_t kLook = std::size_t{64} << 10U;
  constexpr std::size_t kLongLook = std::size_t{4} << 20U;
  for (std::int64_t at = kStep; at + kStep < source.size(); at += kStep)
    if (!showsRows(source.bytesAt(at, kLook), plan) && !showsRows(source.bytesAt(at, kLongLook), plan))
      return true;
  return false;
}

bool isNumber(CellType type) {
  return type == CellType::Integer || type == CellType::Real;
}

bool isTime(CellType type) {
  return type == CellType::Date || type == CellType::Timestamp;
}

std::optional<ColumnType> typeNamed(std::string_view text) {
  const std::string_view whole = trim(text);
  const std::size_t blank = whole.find(' ');
  const std::string word = lowerAscii(whole.substr(0, blank));
  const std::string pattern(blank == std::string_view::npos ? std::string_view() : trim(whole.substr(blank)));
  for (const CellType type : {CellType::Text, CellType::Boolean, CellType::Integer, CellType::Real,
                              CellType::Date, CellType::Timestamp}) {
    if (lowerAscii(sqlTypeName(type)) != word) continue;
    if (!pattern.empty() && (!isTime(type) || pattern.find('%') == std::string::npos)) return std::nullopt;
    return ColumnType{.type = type, .format = {.pattern = pattern}};
  }
  return std::nullopt;
}

Result<> takeGivenTypes(const TextFile& source, const ImportOptions& options, const GivenTypes& types,
                        CsvPlan& plan) {
  const Where where{.file = source.file().string()};
  for (const auto& [index, given] : types) {
    const std::string& name = plan.names()[index];
    auto type = typeNamed(given);
    if (!type) return fail(ErrorCode::InvalidArgument, kNoSuchType, {name, given}, where);
    ColumnType& column = plan.types[index];
    const bool number = isNumber(type->type);
    const bool same_kind = number ? isNumber(column.type) : isTime(type->type) && isTime(column.type);
    // A number keeps its marks of thousands and decimals, and a day the pattern that was found.
    if (type->format.pattern.empty() && same_kind) type->format = column.format;
    // 50 % is no whole number.
    if (type->type == CellType::Integer) type->format.percent = false;
    // Nobody has looked for a distance from UTC in a column that did not look like timestamps.
    if (type->type == CellType::Timestamp && column.type != CellType::Timestamp)
      type->format.zoned = type->format.pattern.empty();
    if (number && !same_kind && options.decimal) type->format.decimal = *options.decimal;
    const bool as_seen = type->type == column.type && type->format == column.format;
    type->verified = as_seen && column.verified;
    type->given = true;
    type->doubtful = type->type != column.type;
    column = *type;
  }
  return {};
}

bool isRegular(const CsvPlan& plan, LineEnds line_ends) {
  const CsvLayout& layout = plan.layout;
  return plan.dialect.usual() && line_ends != LineEnds::Mixed && plan.seen.regular() &&
         layout.preamble_lines == 0 && layout.header_records <= 1 &&
         (layout.header_records == 0 || layout.header_cells.size() == layout.width);
}

}  // namespace

TableWalker walkerOf(const CsvPlan& plan, WalkSink sink) {
  return {plan.dialect, plan.layout, RowMender(plan.dialect, plan.shapes), std::move(sink)};
}

Result<> walkFile(const TextFile& source, TableWalker& walker, JobContext& job,
                  const std::function<Result<bool>(std::int64_t read)>& behind) {
  const std::string name = source.file().string();
  std::int64_t offset = source.markLength();
  std::int64_t read = offset;
  std::string text;
  while (true) {
    if (auto go = job.checkpoint(); !go) return go;
    const std::string block = source.bytesAt(read, std::max(kBlock, text.size()));
    read += static_cast<std::int64_t>(block.size());
    text += block;
    const bool is_end = read >= source.size();
    if (block.empty() && !is_end)
      return fail(ErrorCode::Io, kShort, {name, std::to_string(read), std::to_string(source.size())},
                  {.file = name});
    if (!source.encodingIsCertain() && validUtf8Prefix(text) != text.size())
      return tl::unexpected<Error>(source.notUtf8(job));
    const std::size_t done = walker.walk(text, offset, is_end);
    text.erase(0, done);
    offset += static_cast<std::int64_t>(done);
    if (is_end) walker.finish();
    auto go_on = behind(read);
    if (!go_on) return forward(go_on);
    if (is_end || !*go_on) return {};
  }
}

Result<CsvPlan> planCsv(const TextFile& source, const ImportOptions& options, JobContext& job) {
  CsvPlan plan;
  plan.null_words = options.null_words.value_or(missingMarks());
  plan.null_words_given = options.null_words.has_value();
  plan.dialect = detectDialect(source.head(), source.headIsAll(), options);
  bool all = false;
  const std::vector<CsvRecord> records = recordsForLayout(source, plan.dialect, options, all);
  plan.layout = findLayout(records, all, options);
  if (plan.width() == 0) return noTable(source, records, all, options);
  auto given = givenTypes(plan.names(), options, source.file().string());
  if (!given) return forward(given);
  plan.shapes = shapesOf(records, plan.layout);
  plan.types.assign(plan.width(), {});
  plan.marks.assign(plan.width(), {});
  Voting voting(source, plan, options.types == Types::Detect);
  if (auto looked = voting.run(job); !looked) return forward(looked);
  voting.decide(options, *given);
  if (auto taken = takeGivenTypes(source, options, *given, plan); !taken) return forward(taken);
  const LineEnds line_ends = lineEndsOf(source.head(), plan.dialect.quote);
  plan.carriage_returns = line_ends == LineEnds::Both;
  // DuckDB's reader fails on a file whose last character is cut off.
  plan.regular =
      isRegular(plan, line_ends) && !source.endsWithinCharacter() && !mayHoldGiantRecord(source, plan);
  return plan;
}

Detected toDetected(const TextFile& source, const CsvPlan& plan, const WalkCounts& counts) {
  Detected found;
  found.encoding = source.encoding();
  found.delimiter = plan.dialect.delimiter;
  if (plan.dialect.quote != '\0') found.quote = std::string(1, plan.dialect.quote);
  if (plan.dialect.escape != plan.dialect.quote && plan.dialect.escape != '\0')
    found.escape = std::string(1, plan.dialect.escape);
  found.header = plan.layout.header_lines > 0;
  found.header_lines = plan.layout.header_lines;
  found.preamble_lines = plan.layout.preamble_lines;
  found.footnote_lines = counts.footnotes;
  std::set<std::string> met;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    if (plan.types[i].type != CellType::Text) met.insert(plan.marks[i].begin(), plan.marks[i].end());
    if (plan.types[i].format.decimal == ',') found.decimal = ",";
  }
  found.null_words.assign(met.begin(), met.end());
  return found;
}

std::vector<Skipped> toSkipped(const CsvPlan& plan, const WalkCounts& counts) {
  std::vector<Skipped> skipped;
  for (const auto& [kind, lines] :
       {std::pair<const char*, std::int64_t>{"preamble", plan.layout.preamble_lines},
        {"blank", counts.blank},
        {"repeated header", counts.repeated_header},
        {"page line", counts.page_lines},
        {"footnote", counts.footnotes},
        {"second table", counts.second_table}})
    if (lines > 0) skipped.push_back({kind, lines});
  return skipped;
}

}  // namespace lodestone::data
