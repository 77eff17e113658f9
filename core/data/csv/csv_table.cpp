// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/csv/csv_plan.h"
#include "core/data/csv/csv_rejects.h"
#include "core/data/duckdb_handle.h"
#include "core/data/import.h"
#include "core/data/text_file.h"

namespace lodestone::data {

namespace {

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

std::string readSql(const TextFile& source, const CsvPlan& plan, const Formats& formats, const Marks& marks) {
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

std::string importSql(const TextFile& source, CsvPlan& plan, const TableName& table) {
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

/// One CSV file. Each pass over it begins anew, so that nothing of a pass that failed stays.
class CsvTable : public Source {
 public:
  CsvTable(TextFile file, const ImportOptions& options) : file_(std::move(file)), options_(options) {}

  Result<ImportPreview> preview(JobContext& job) override;

  Result<Loaded> load(ImportTarget& target, JobContext& job) override {
    if (auto planned = makePlan(job); !planned) return forward(planned);
    for (int pass = 0; pass < kMostPasses; ++pass) {
      job.report(0, kImporting, {file_.file().filename().string()});
      // The last pass takes no more chances with types.
      if (pass + 1 == kMostPasses) plan_.types.assign(plan_.types.size(), {});
      if (pass > 0)
        if (auto anew = target.restart(job); !anew) return forward(anew);
      auto done = runPass(target, job);
      if (!done && done.error().code == ErrorCode::Cancelled) return forward(done);
      if (!done && retype(done.error(), plan_)) continue;
      if (!done && unevenLines(done.error()) && !plan_.uneven_line_ends) {
        if (auto even = evenLines(job); !even) return forward(even);
        continue;
      }
      if (!done) return forward(done);
      auto learned = learnFromRejects(target.session(), target.table(), plan_, job);
      if (!learned) return forward(learned);
      if (*learned) continue;
      auto finished = finish(target, *done, job);
      if (finished || finished.error().code != ErrorCode::InvalidArgument) return finished;
      auto reread = file_.reconsiderEncoding(job);
      if (!reread) return forward(reread);
      if (!*reread) return finished;
      if (auto planned = makePlan(job); !planned) return forward(planned);
    }
    return fail(ErrorCode::Internal, kUnreadable, {file_.file().string(), ""},
                {.file = file_.file().string()});
  }

 private:
  Result<> makePlan(JobContext& job) {
    plan_ = planCsv(file_, options_);
    return plan_.uneven_line_ends ? evenLines(job) : Result<>{};
  }

  Result<> evenLines(JobContext& job) {
    if (auto even = file_.evenLineEnds(plan_.quote, job); !even) return even;
    plan_ = planCsv(file_, options_);
    plan_.uneven_line_ends = true;
    plan_.carriage_returns = false;
    return {};
  }

  Result<std::int64_t> runPass(ImportTarget& target, JobContext& job) {
    auto rows = target.session().count(importSql(file_, plan_, target.table()), job);
    if (!rows && rows.error().code == ErrorCode::InvalidArgument)
      return fail(ErrorCode::InvalidArgument, kUnreadable,
                  {file_.file().string(), rows.error().args.empty() ? "" : rows.error().args[0]},
                  {.file = file_.file().string()});
    return rows;
  }

  Result<Loaded> finish(ImportTarget& target, std::int64_t rows, JobContext& job) {
    auto rejected = collectRejects(target.session(), file_, plan_, job);
    if (!rejected) return forward(rejected);
    const bool look_for_spaces = rejected->blank_lines || plan_.names.size() == 1;
    auto blank = file_.countBlankLines(plan_.quote, look_for_spaces, job);
    if (!blank) return forward(blank);

    Loaded loaded;
    loaded.rows = rows;
    loaded.rejected = rejected->count;
    loaded.kept = std::move(rejected->kept);
    if (*blank > 0) loaded.skipped.push_back({"blank", *blank});
    for (std::size_t i = 0; i < plan_.names.size(); ++i)
      loaded.columns.push_back({plan_.names[i], std::string(sqlTypeName(plan_.types[i].type))});
    loaded.detected = toDetected(file_, plan_);
    return loaded;
  }

  TextFile file_;
  ImportOptions options_;
  CsvPlan plan_;
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

Result<ImportPreview> CsvTable::preview(JobContext& job) {
  if (auto planned = makePlan(job); !planned) return forward(planned);
  (void)chooseFormats(plan_);
  ImportPreview preview;
  preview.detected = toDetected(file_, plan_);
  for (std::size_t i = 0; i < plan_.names.size(); ++i)
    preview.columns.push_back({plan_.names[i], std::string(sqlTypeName(plan_.types[i].type))});
  bool header = plan_.header;
  for (const CsvRecord& record :
       splitRecords(file_.head(), plan_.delimiter, plan_.quote, 10 * kPreviewRows)) {
    if (record.blank || std::exchange(header, false) || record.cells.size() != plan_.names.size()) continue;
    if (preview.sample.size() == kPreviewRows) break;
    std::vector<Json>& cells = preview.sample.emplace_back();
    for (std::size_t i = 0; i < record.cells.size(); ++i)
      cells.push_back(previewCell(record.cells[i], plan_.types[i].type));
  }
  return preview;
}

Result<std::unique_ptr<Source>> openCsv(const SourceInput& input, const ImportOptions& options,
                                        JobContext& job) {
  auto file = TextFile::open(input, options, job);
  if (!file) return forward(file);
  return std::make_unique<CsvTable>(std::move(*file), options);
}

}  // namespace

SourceType csvSource() {
  return {.id = "csv",
          .title = {"Text with delimiters (CSV, TSV)", "分隔文本（CSV、TSV）"},
          .extensions = {".csv", ".tsv", ".tab", ".txt", ".psv", ".dat"},
          .open = openCsv};
}

}  // namespace lodestone::data
