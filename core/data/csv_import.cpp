// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv_import.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/csv_dialect.h"
#include "core/data/csv_rejects.h"
#include "core/data/csv_source.h"
#include "core/data/duckdb_handle.h"

namespace lodestone::data {

namespace {

constexpr Text kNoName{"A table needs a name of 1 to 200 characters; {0} has {1}.",
                       "表名须为 1 到 200 个字符；{0} 有 {1} 个。"};
constexpr Text kExists{"There is a table {0} already. Choose another name, or replace it.",
                       "表 {0} 已存在。请另选名称，或选择替换。"};
constexpr Text kBadRow{"{0}, line {1}, column {2}: {3}. Mend the file, or let bad rows be rejected.",
                       "{0} 第 {1} 行，列 {2}：{3}。请修正文件，或允许拒绝坏行。"};
constexpr Text kBadWholeRow{"{0}, line {1}: {2}. Mend the file, or let bad rows be rejected.",
                            "{0} 第 {1} 行：{2}。请修正文件，或允许拒绝坏行。"};
constexpr Text kImporting{"Importing {0}", "正在导入 {0}"};
constexpr Text kUnreadable{"{0} cannot be read as CSV: {1} Check its delimiter and quotes.",
                           "{0} 无法按 CSV 读取：{1} 请检查其分隔符和引号。"};

constexpr int kMostPasses = 12;
constexpr std::size_t kPreviewRows = 20;

std::string cellName(std::size_t index) {
  return "c" + std::to_string(index);
}

/// Which of DuckDB's two formats, one for dates and one for timestamps in a file, a plan needs; columns that
/// would need a second one become text.
struct Formats {
  std::string date;
  std::string timestamp;
};

Formats chooseFormats(CsvPlan& plan) {
  const auto iso = [](const ColumnType& type) {
    return type.type == CellType::Timestamp && type.format.empty();
  };
  const bool iso_timestamps = std::any_of(plan.types.begin(), plan.types.end(), iso);
  Formats formats;
  for (ColumnType& type : plan.types) {
    if (type.format.empty()) continue;
    std::string& format = type.type == CellType::Date ? formats.date : formats.timestamp;
    if (type.type == CellType::Timestamp && iso_timestamps)
      type = {};
    else if (format.empty())
      format = type.format;
    else if (format != type.format)
      type = {};
  }
  for (ColumnType& type : plan.types)
    if (type.type == CellType::Date && type.format.empty() && !formats.date.empty() &&
        !formats.timestamp.empty())
      type = {};
  return formats;
}

/// DuckDB knows one list of marks of absence for a whole file. A mark that is a word in some text column
/// cannot be on it; typed columns with such a mark are read as text and cast on their way into the table.
struct Marks {
  std::set<std::string> everywhere;
  std::vector<bool> cast;  ///< by column
};

Marks chooseMarks(const CsvPlan& plan) {
  Marks marks;
  std::set<std::string> words;
  for (std::size_t i = 0; i < plan.types.size(); ++i)
    if (plan.types[i].type == CellType::Text) words.insert(plan.marks[i].begin(), plan.marks[i].end());
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    bool conflict = false;
    for (const std::string& mark : plan.marks[i]) {
      const bool unreadable = words.contains(mark) || mark.find(plan.delimiter) != std::string::npos;
      conflict = conflict || unreadable;
      if (!unreadable && plan.types[i].type != CellType::Text) marks.everywhere.insert(mark);
    }
    marks.cast.push_back(conflict && plan.types[i].type != CellType::Text);
  }
  return marks;
}

/// Whole numbers are read as DOUBLE and dates as TIMESTAMP, because DuckDB's reader would silently round 1.5
/// and cut "2026-03-01 09:30" otherwise; the cells are checked on their way into the table.
std::string_view readAs(const ColumnType& type, const Formats& formats) {
  if (type.verified) return sqlTypeName(type.type);
  if (type.type == CellType::Integer) return "DOUBLE";
  if (type.type == CellType::Date && type.format.empty() && formats.timestamp.empty()) return "TIMESTAMP";
  return sqlTypeName(type.type);
}

/// The cell as it goes into the table; one that shows the type to be wrong stops the pass with
/// "retype:COLUMN:TO".
std::string cellExpression(std::size_t index, const ColumnType& type, const Formats& formats) {
  const std::string c = cellName(index);
  if (type.verified) return c;
  const std::string retype = "error('retype:" + std::to_string(index) + ":";
  if (type.type == CellType::Text)
    return "CASE WHEN " + c + " >= '!' THEN " + c + " WHEN trim(" + c + ", ' \t') <> '' THEN " + c + " END";
  if (type.type == CellType::Integer)
    return "CASE WHEN " + c + " = floor(" + c + ") AND abs(" + c + ") < 1e15 THEN " + c + "::BIGINT WHEN " +
           c + " IS NULL THEN NULL WHEN " + c + " = floor(" + c + ") AND isfinite(" + c + ") THEN " + retype +
           "text') ELSE " + retype + "real') END";
  if (type.type == CellType::Date && readAs(type, formats) == "TIMESTAMP")
    return "CASE WHEN " + c + " = " + c + "::DATE THEN " + c + "::DATE WHEN " + c +
           " IS NULL THEN NULL ELSE " + retype + "timestamp') END";
  return c;
}

std::string listOf(const std::vector<std::string>& texts) {
  std::vector<std::string> literals;
  for (const std::string& text : texts) literals.push_back(quoteLiteral(text));
  return "[" + join(literals, ", ") + "]";
}

/// The cast of a text cell; one that does not fit makes the column text.
std::string castExpression(std::size_t index, const ColumnType& type) {
  const std::string c = cellName(index);
  const std::string retype = "error('retype:" + std::to_string(index) + ":";
  const std::string missing = "CASE WHEN trim(" + c + ", ' \t') = '' OR " + c + " IN (" + [&] {
    std::vector<std::string> marks;
    for (const std::string& mark : missingMarks()) marks.push_back(quoteLiteral(mark));
    return join(marks, ", ");
  }() + ") THEN NULL ";
  const std::string parsed = type.format.empty()
                                 ? "TRY_CAST(" + c + " AS " + std::string(sqlTypeName(type.type)) + ")"
                                 : "TRY_CAST(try_strptime(" + c + ", " + quoteLiteral(type.format) + ") AS " +
                                       std::string(sqlTypeName(type.type)) + ")";
  std::string late;
  if (type.type == CellType::Integer)
    late = "WHEN NOT regexp_full_match(trim(" + c + "), '[+-]?[0-9]{1,15}') AND TRY_CAST(" + c +
           " AS DOUBLE) IS NOT NULL THEN " + retype + "real') ";
  if (type.type == CellType::Date && type.format.empty())
    late = "WHEN TRY_CAST(" + c + " AS TIMESTAMP) <> TRY_CAST(" + c + " AS DATE) THEN " + retype +
           "timestamp') ";
  return missing + late + "WHEN " + parsed + " IS NULL THEN " + retype + "text') ELSE " + parsed + " END";
}

std::string readSql(const CsvSource& source, const CsvPlan& plan, const Formats& formats,
                    const Marks& marks) {
  std::vector<std::string> columns;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    const bool text = plan.types[i].type == CellType::Text || marks.cast[i];
    columns.push_back("'" + cellName(i) + "': '" +
                      (text ? "VARCHAR" : std::string(readAs(plan.types[i], formats))) + "'");
    if (text) texts.push_back(cellName(i));
  }
  std::vector<std::string> missing(marks.everywhere.begin(), marks.everywhere.end());
  // In a file of one column a blank line is no missing cell but no row: there blanks fail, and are told apart
  // later.
  if (plan.types.size() > 1)
    for (const char* blank : {"", " ", "  ", "   ", "    ", "\t"}) missing.emplace_back(blank);
  if (plan.types.size() > 1) missing.insert(missing.end(), plan.long_blanks.begin(), plan.long_blanks.end());
  std::erase_if(missing,
                [&](const std::string& one) { return one.find(plan.delimiter) != std::string::npos; });
  if (missing.empty()) missing.emplace_back("NA");
  const std::string quote = plan.quote == '\0' ? std::string() : std::string(1, plan.quote);
  std::string sql =
      "read_csv(" + quoteLiteral(source.readablePath()) + ", auto_detect = false, compression = 'none', " +
      "delim = " + quoteLiteral(std::string(1, plan.delimiter)) + ", quote = " + quoteLiteral(quote) +
      ", escape = " + quoteLiteral(quote) + ", header = " + (plan.header ? "true" : "false") +
      ", skip = " + std::to_string(plan.lines_before) +
      ", new_line = " + (plan.carriage_returns ? "'\\r\\n'" : "'\\n'") + ", columns = {" +
      join(columns, ", ") + "}, nullstr = " + listOf(missing) + ", store_rejects = true, rejects_limit = 0";
  if (!texts.empty()) sql += ", force_not_null = " + listOf(texts);
  if (!formats.date.empty()) sql += ", dateformat = " + quoteLiteral(formats.date);
  if (!formats.timestamp.empty()) sql += ", timestampformat = " + quoteLiteral(formats.timestamp);
  return sql + ")";
}

std::string importSql(const CsvSource& source, CsvPlan& plan, const TableName& table) {
  const Formats formats = chooseFormats(plan);
  const Marks marks = chooseMarks(plan);
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    const ColumnType& type = plan.types[i];
    cells.push_back((marks.cast[i] ? castExpression(i, type) : cellExpression(i, type, formats)) + " AS " +
                    quoteIdentifier(plan.names[i]));
  }
  std::string sql = "CREATE TABLE " + quoted(table) + " AS SELECT " + join(cells, ", ") + " FROM " +
                    readSql(source, plan, formats, marks);
  if (plan.types.size() == 1 && plan.types[0].type == CellType::Text) sql += " WHERE trim(c0, ' \t') <> ''";
  return sql;
}

/// Follows the "retype" of a pass that stopped; false when the failure is another one.
bool retype(const Error& error, CsvPlan& plan) {
  for (const std::string& text : error.args) {
    const std::size_t at = text.find("retype:");
    if (at == std::string::npos) continue;
    const auto parts = split(std::string_view(text).substr(at), ':');
    double index = 0;
    if (parts.size() < 3 || !parseNumber(parts[1], index) || index >= static_cast<double>(plan.types.size()))
      continue;
    ColumnType& type = plan.types[static_cast<std::size_t>(index)];
    if (parts[2].starts_with("real")) type = {CellType::Real, {}};
    if (parts[2].starts_with("text")) type = {};
    if (parts[2].starts_with("timestamp")) type = {CellType::Timestamp, {}};
    return true;
  }
  return false;
}

bool unevenLines(const Error& error) {
  return std::any_of(error.args.begin(), error.args.end(),
                     [](const std::string& text) { return text.find("invalid state") != std::string::npos; });
}

/// Learns from a pass: marks of absence that the sample did not show, and columns with too many cells that do
/// not read, which become text. True when another pass is needed.
Result<bool> learnFromRejects(Session& session, const TableName& table, CsvPlan& plan, JobContext& job) {
  auto bad = badCells(session, plan.types.size(), job);
  if (!bad) return forward(bad);
  auto marks = lateMarks(session, plan.types.size(), job);
  if (!marks) return forward(marks);
  bool changed = false;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    const std::size_t known = plan.marks[i].size();
    plan.marks[i].insert((*marks)[i].begin(), (*marks)[i].end());
    if (plan.marks[i].size() > known) changed = true;
  }
  if (changed) return true;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    if ((*bad)[i] == 0) continue;
    auto good =
        session.count("SELECT count(" + quoteIdentifier(plan.names[i]) + ") FROM " + quoted(table), job);
    if (!good) return forward(good);
    const auto failed = static_cast<double>((*bad)[i]);
    if (failed <= kBadCellsAllowed * (static_cast<double>(*good) + failed)) continue;
    plan.types[i] = {};
    changed = true;
  }
  return changed;
}

Result<> checkName(const Database& database, const TableName& table, const CsvOptions& options) {
  std::size_t characters = 0;
  for (const char c : table.name) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  const bool valid = toValidUtf8(table.name) == table.name && table.name.find('\0') == std::string::npos;
  if (trim(table.name).empty() || characters > 200 || !valid)
    return fail(ErrorCode::InvalidArgument, kNoName,
                {"\"" + shorten(toValidUtf8(table.name), 40) + "\"", std::to_string(characters)});
  if (options.on_existing == OnExisting::Replace) return {};
  auto there = database.has(table);
  if (!there) return forward(there);
  if (*there) return fail(ErrorCode::AlreadyExists, kExists, {table.name}, {.table = table.name});
  return {};
}

tl::unexpected<Error> badRow(const Reject& reject) {
  const Where where{.file = reject.file, .line = reject.line, .column = reject.column};
  if (reject.column.empty())
    return fail(ErrorCode::InvalidArgument, kBadWholeRow,
                {reject.file, std::to_string(reject.line), reject.reason}, where);
  return fail(ErrorCode::InvalidArgument, kBadRow,
              {reject.file, std::to_string(reject.line), reject.column, reject.reason}, where);
}

Json toJson(const CsvOptions& options) {
  Json json;
  if (options.encoding) json["encoding"] = *options.encoding;
  if (options.delimiter) json["delimiter"] = std::string(1, *options.delimiter);
  if (options.quote) json["quote"] = std::string(1, *options.quote);
  if (options.header != Header::Auto) json["header"] = options.header == Header::Yes;
  json["all_text"] = options.types == Types::AllText;
  json["on_bad_rows"] = options.on_bad_rows == OnBadRows::Reject ? "reject" : "fail";
  return json;
}

Json toJson(const Detected& detected) {
  return Json{{"format", detected.format},
              {"encoding", detected.encoding},
              {"delimiter", detected.delimiter},
              {"quote", detected.quote},
              {"header", detected.header}};
}

/// One import of one file; each pass has a session of its own, so that nothing of a pass that failed stays.
class Import {
 public:
  Import(Database& database, CsvSource source, TableName table, const CsvOptions& options)
      : database_(database), source_(std::move(source)), table_(std::move(table)), options_(options) {}

  Result<ImportReport> run(JobContext& job) {
    plan_ = planCsv(source_, options_);
    if (plan_.uneven_line_ends)
      if (auto even = evenLines(job); !even) return forward(even);
    JobContext reading = job.part(0, 0.95);
    for (int pass = 0; pass < kMostPasses; ++pass) {
      reading.report(0, kImporting, {source_.file().filename().string()});
      // The last pass takes no more chances with types.
      if (pass + 1 == kMostPasses) plan_.types.assign(plan_.types.size(), {});
      auto session = Session::open(database_);
      if (!session) return forward(session);
      auto done = runPass(*session, reading);
      if (!done && done.error().code == ErrorCode::Cancelled) return forward(done);
      if (!done && retype(done.error(), plan_)) continue;
      if (!done && unevenLines(done.error()) && !plan_.uneven_line_ends) {
        if (auto even = evenLines(job); !even) return forward(even);
        continue;
      }
      if (!done) return forward(done);
      auto learned = learnFromRejects(*session, table_, plan_, reading);
      if (!learned) return forward(learned);
      if (*learned) continue;
      return finish(*session, *done, job);
    }
    return fail(ErrorCode::Internal, kUnreadable, {source_.file().string(), ""},
                {.file = source_.file().string()});
  }

 private:
  Result<> evenLines(JobContext& job) {
    if (auto even = source_.evenLineEnds(plan_.quote, job); !even) return even;
    plan_ = planCsv(source_, options_);
    plan_.uneven_line_ends = true;
    plan_.carriage_returns = false;
    return {};
  }

  Result<std::int64_t> runPass(Session& session, JobContext& job) {
    if (auto begun = session.begin(); !begun) return forward(begun);
    if (options_.on_existing == OnExisting::Replace)
      if (auto dropped = session.run("DROP TABLE IF EXISTS " + quoted(table_), job); !dropped)
        return forward(dropped);
    auto rows = session.count(importSql(source_, plan_, table_), job);
    if (!rows && rows.error().code == ErrorCode::InvalidArgument)
      return fail(ErrorCode::InvalidArgument, kUnreadable,
                  {source_.file().string(), rows.error().args.empty() ? "" : rows.error().args[0]},
                  {.file = source_.file().string()});
    return rows;
  }

  Result<ImportReport> finish(Session& session, std::int64_t rows, JobContext& job) {
    auto rejected = collectRejects(session, source_, plan_, job);
    if (!rejected) return forward(rejected);
    if (options_.on_bad_rows == OnBadRows::Fail && !rejected->kept.empty())
      return badRow(rejected->kept.front());
    const bool look_for_spaces = rejected->blank_lines || plan_.names.size() == 1;
    auto blank = source_.countBlankLines(plan_.quote, look_for_spaces, job);
    if (!blank) return forward(blank);

    ImportReport report;
    report.table = table_;
    report.rows = rows;
    report.rejected = rejected->count;
    if (*blank > 0) report.skipped.push_back({"blank", *blank});
    for (std::size_t i = 0; i < plan_.names.size(); ++i)
      report.columns.push_back({plan_.names[i], std::string(sqlTypeName(plan_.types[i].type))});
    report.detected = toDetected(source_, plan_);
    if (auto kept = record(session, report, rejected->kept, job); !kept) return forward(kept);
    if (auto go = job.checkpoint(); !go) return forward(go);
    if (auto done = session.commit(); !done) return forward(done);
    report.seconds = watch_.seconds();
    job.report(1, kImporting, {source_.file().filename().string()});
    return report;
  }

  Result<> record(Session& session, const ImportReport& report, const std::vector<Reject>& kept,
                  JobContext& job) {
    if (auto made = ensureImportTables(session, job); !made) return made;
    if (auto stored = storeRejects(session, table_, kept, job); !stored) return stored;
    Json skipped = Json::array();
    for (const Skipped& one : report.skipped) skipped.push_back({{"kind", one.kind}, {"lines", one.lines}});
    const std::string values =
        join({quoteLiteral(table_.name), quoteLiteral(toValidUtf8(source_.file().string())),
              std::to_string(source_.size()), quoteLiteral(nowUtc()),
              quoteLiteral(dumpJson(toJson(options_))), quoteLiteral(dumpJson(toJson(report.detected))),
              std::to_string(report.rows), std::to_string(report.rejected), quoteLiteral(dumpJson(skipped))},
             ", ");
    return session.run("INSERT INTO lodestone.imports VALUES (" + values + ")", job);
  }

  Database& database_;
  CsvSource source_;
  TableName table_;
  const CsvOptions& options_;
  CsvPlan plan_;
  Stopwatch watch_;
};

Json previewCell(const std::string& cell, CellType type) {
  if (type == CellType::Text) return trim(cell).empty() ? Json(nullptr) : Json(toValidUtf8(cell));
  if (isMissing(cell)) return nullptr;
  double value = 0;
  if (type == CellType::Boolean) return lowerAscii(trim(cell)) == "true";
  if ((type == CellType::Integer || type == CellType::Real) && parseNumber(trim(cell), value)) {
    if (type == CellType::Integer) return static_cast<std::int64_t>(value);
    return value;
  }
  return toValidUtf8(cell);
}

}  // namespace

std::string defaultTableName(const std::filesystem::path& file) {
  const std::string stem(trim(file.stem().string()));
  return stem.empty() ? "table" : shorten(toValidUtf8(stem), 199);
}

Result<ImportPreview> previewCsv(const std::filesystem::path& file, const CsvOptions& options,
                                 JobContext& job) {
  auto source = CsvSource::open(file, options, job);
  if (!source) return forward(source);
  CsvPlan plan = planCsv(*source, options);
  if (plan.uneven_line_ends) {
    if (auto even = source->evenLineEnds(plan.quote, job); !even) return forward(even);
    plan = planCsv(*source, options);
  }
  (void)chooseFormats(plan);
  ImportPreview preview;
  preview.detected = toDetected(*source, plan);
  for (std::size_t i = 0; i < plan.names.size(); ++i)
    preview.columns.push_back({plan.names[i], std::string(sqlTypeName(plan.types[i].type))});
  bool header = plan.header;
  for (const CsvRecord& record :
       splitRecords(source->head(), plan.delimiter, plan.quote, 10 * kPreviewRows)) {
    if (record.blank || std::exchange(header, false) || record.cells.size() != plan.names.size()) continue;
    if (preview.sample.size() == kPreviewRows) break;
    std::vector<Json>& cells = preview.sample.emplace_back();
    for (std::size_t i = 0; i < record.cells.size(); ++i)
      cells.push_back(previewCell(record.cells[i], plan.types[i].type));
  }
  return preview;
}

Result<ImportReport> importCsv(Database& database, const std::filesystem::path& file,
                               const std::string& table, const CsvOptions& options, JobContext& job) {
  const TableName name{table};
  if (auto valid = checkName(database, name, options); !valid) return forward(valid);
  auto source = CsvSource::open(file, options, job);
  if (!source) return forward(source);
  return Import(database, std::move(*source), name, options).run(job);
}

Result<std::vector<Reject>> rejects(const Database& database, const TableName& table, std::int64_t limit) {
  auto info = database.table(table);
  if (!info) return forward(info);
  std::vector<Reject> out;
  auto kept = database.has({"rejects", "lodestone"});
  if (!kept) return forward(kept);
  if (!*kept) return out;
  JobContext job;
  auto rows = database.rows(
      "SELECT file, line, column_name, text, reason FROM lodestone.rejects WHERE table_name = " +
          quoteLiteral(info->table.name) + " ORDER BY line LIMIT " + std::to_string(limit),
      job);
  if (!rows) return forward(rows);
  for (const auto& row : rows->rows)
    out.push_back({row[0].get<std::string>(), row[1].get<std::int64_t>(), row[2].get<std::string>(),
                   row[3].get<std::string>(), row[4].get<std::string>()});
  return out;
}

}  // namespace lodestone::data
