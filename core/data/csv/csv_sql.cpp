// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv/csv_sql.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/data/cell_format.h"

namespace lodestone::data {

namespace {

std::string cellName(std::size_t index) {
  return "c" + std::to_string(index);
}

std::string quotedList(const std::vector<std::string>& texts) {
  std::vector<std::string> literals;
  for (const std::string& text : texts) literals.push_back(quoteLiteral(text));
  return join(literals, ", ");
}

/// Is the cell one of the words that mean missing? DuckDB would make a join of an IN, and of hundreds of
/// them, one a column, more than it can plan.
std::string nullWordSql(const std::string& cell, const CsvPlan& plan) {
  return "list_contains([" + quotedList(plan.null_words) + "], " + cell + ")";
}

/// Is the cell of a typed column missing?
std::string missingSql(const std::string& cell, const CsvPlan& plan) {
  std::string sql = "trim(" + cell + ", ' \t') = ''";
  if (!plan.null_words.empty()) sql += " OR " + nullWordSql(cell, plan);
  return sql;
}

std::string textSql(const std::string& cell, const CsvPlan& plan) {
  const bool words = plan.null_words_given && !plan.null_words.empty();
  const std::string missing = words ? "WHEN " + nullWordSql(cell, plan) + " THEN NULL " : "";
  // Most cells begin with no blank, and then there is nothing to trim.
  return "CASE " + missing + "WHEN " + cell + " >= '!' THEN " + cell + " WHEN trim(" + cell +
         ", ' \t') <> '' THEN " + cell + " END";
}

/// What DuckDB's reader is told once for all columns of a file: its one pattern for dates and one for
/// timestamps, its decimal mark, its marks of absence. Columns that want another are read as text and cast on
/// their way into the table.
class Reading {
 public:
  Reading(const CsvPlan& plan) : plan_(plan), cast_(plan.width(), false) {
    chooseNumbers();
    chooseDates();
    chooseMarks();
  }

  bool cast(std::size_t column) const { return cast_[column]; }
  const std::string& datePattern() const { return date_; }
  const std::string& timestampPattern() const { return timestamp_; }
  char decimal() const { return decimal_; }
  const std::set<std::string>& marks() const { return marks_; }

  /// Whole numbers are read as DOUBLE and dates as TIMESTAMP, because DuckDB's reader would silently
  /// round 1.5 and cut "2026-03-01 09:30" otherwise; the cells are checked on their way into the table.
  std::string_view readAs(std::size_t column) const {
    const ColumnType& type = plan_.types[column];
    if (type.type == CellType::Text || cast_[column]) return "VARCHAR";
    if (type.verified) return sqlTypeName(type.type);
    if (type.type == CellType::Integer) return "DOUBLE";
    if (type.type == CellType::Date && type.format.pattern.empty() && timestamp_.empty()) return "TIMESTAMP";
    return sqlTypeName(type.type);
  }

 private:
  void chooseNumbers() {
    const CellFormat comma{.decimal = ','};
    bool all_comma = true;
    bool any_comma = false;
    for (const ColumnType& type : plan_.types) {
      if (type.type != CellType::Real) continue;
      all_comma = all_comma && type.format == comma;
      any_comma = any_comma || type.format == comma;
    }
    if (all_comma && any_comma) decimal_ = ',';
    for (std::size_t i = 0; i < plan_.types.size(); ++i) {
      const ColumnType& type = plan_.types[i];
      const bool number = type.type == CellType::Integer || type.type == CellType::Real;
      const bool native = type.format.plain() || (type.format == comma && decimal_ == ',');
      if (number && !native) cast_[i] = true;
      // yes and no are words to DuckDB.
      if (type.type == CellType::Boolean && !type.verified) cast_[i] = true;
    }
  }

  void chooseDates() {
    const bool iso_timestamps =
        std::any_of(plan_.types.begin(), plan_.types.end(), [](const ColumnType& type) {
          return type.type == CellType::Timestamp && type.format.pattern.empty();
        });
    for (std::size_t i = 0; i < plan_.types.size(); ++i) {
      const ColumnType& type = plan_.types[i];
      // DuckDB's reader would leave out the distance from UTC.
      if (type.format.zoned) cast_[i] = true;
      if (type.format.pattern.empty()) continue;
      std::string& pattern = type.type == CellType::Date ? date_ : timestamp_;
      const bool free = pattern.empty() && !(type.type == CellType::Timestamp && iso_timestamps);
      // Only patterns of digits: the others need more than strptime.
      const bool digits = type.format.pattern.find('p') == std::string::npos;
      if (free && digits) pattern = type.format.pattern;
      cast_[i] = !digits || pattern != type.format.pattern;
    }
    for (std::size_t i = 0; i < plan_.types.size(); ++i)
      if (plan_.types[i].type == CellType::Date && plan_.types[i].format.pattern.empty() && !date_.empty())
        cast_[i] = true;
  }

  void chooseMarks() {
    std::set<std::string> words;
    for (std::size_t i = 0; i < plan_.types.size(); ++i)
      if (plan_.types[i].type == CellType::Text && !plan_.null_words_given)
        words.insert(plan_.marks[i].begin(), plan_.marks[i].end());
    for (std::size_t i = 0; i < plan_.types.size(); ++i)
      for (const std::string& mark : plan_.marks[i]) {
        if (plan_.types[i].type == CellType::Text) continue;
        const bool unreadable =
            words.contains(mark) || mark.find(plan_.dialect.delimiter) != std::string::npos;
        if (unreadable)
          cast_[i] = true;
        else
          marks_.insert(mark);
      }
  }

  const CsvPlan& plan_;
  std::vector<bool> cast_;
  std::string date_;
  std::string timestamp_;
  char decimal_ = '.';
  std::set<std::string> marks_;
};

std::string cellSql(std::size_t index, const CsvPlan& plan, const Reading& reading) {
  const ColumnType& type = plan.types[index];
  const std::string c = cellName(index);
  const std::string stop = "error('retype:" + std::to_string(index) + ":";
  if (type.type == CellType::Text) return textSql(c, plan);
  if (reading.cast(index)) {
    const std::string parsed = parseSql(c, type.type, type.format);
    return "CASE WHEN " + missingSql(c, plan) + " THEN NULL WHEN " + parsed +
           " IS NULL THEN error('mend:') ELSE " + parsed + " END";
  }
  if (type.verified) return c;
  if (type.type == CellType::Integer)
    return "CASE WHEN " + c + " = floor(" + c + ") AND abs(" + c + ") < 1e15 THEN " + c + "::BIGINT WHEN " +
           c + " IS NULL THEN NULL WHEN " + c + " = floor(" + c + ") AND isfinite(" + c + ") THEN " + stop +
           "text') ELSE " + stop + "real') END";
  if (type.type == CellType::Date && reading.readAs(index) == "TIMESTAMP")
    return "CASE WHEN " + c + " = " + c + "::DATE THEN " + c + "::DATE WHEN " + c +
           " IS NULL THEN NULL ELSE " + stop + "timestamp') END";
  return c;
}

/// DuckDB keeps what one buffer holds as row groups of their own: too few rows in it, and closing the
/// database writes the table a second time to merge them.
std::size_t bufferSize(const CsvPlan& plan) {
  constexpr std::size_t kRowGroup = 122880;
  constexpr std::size_t kLeast = std::size_t{32} << 20U;
  constexpr std::size_t kMost = std::size_t{64} << 20U;
  std::size_t bytes = 0;
  for (const auto& row : plan.sample)
    for (const CsvCell& cell : row) bytes += cell.text.size() + 1;
  const std::size_t row = bytes / std::max<std::size_t>(1, plan.sample.size());
  return std::clamp(3 * kRowGroup * row, kLeast, kMost);
}

std::string directSource(const TextFile& source, const CsvPlan& plan, const Reading& reading) {
  std::vector<std::string> columns;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    columns.push_back("'" + cellName(i) + "': '" + std::string(reading.readAs(i)) + "'");
    if (reading.readAs(i) == "VARCHAR") texts.push_back(cellName(i));
  }
  std::vector<std::string> missing(reading.marks().begin(), reading.marks().end());
  // In a file of one column a blank line is no missing cell but no row: there blanks fail, and are told apart
  // later.
  if (plan.types.size() > 1) {
    for (const char* blank : {"", " ", "  ", "   ", "    ", "\t"}) missing.emplace_back(blank);
    missing.insert(missing.end(), plan.long_blanks.begin(), plan.long_blanks.end());
  }
  std::erase_if(
      missing, [&](const std::string& one) { return one.find(plan.dialect.delimiter) != std::string::npos; });
  if (missing.empty()) missing.emplace_back("NA");
  const std::string quote = plan.dialect.quote == '\0' ? std::string() : std::string(1, plan.dialect.quote);
  std::string sql =
      "read_csv(" + quoteLiteral(source.readablePath()) +
      ", auto_detect = false, compression = 'none', delim = " + quoteLiteral(plan.dialect.delimiter) +
      ", quote = " + quoteLiteral(quote) + ", escape = " + quoteLiteral(quote) +
      ", header = " + (plan.layout.header_records > 0 ? "true" : "false") +
      ", skip = " + std::to_string(plan.layout.records_before) +
      ", new_line = " + (plan.carriage_returns ? "'\\r\\n'" : "'\\n'") + ", columns = {" +
      join(columns, ", ") + "}, buffer_size = " + std::to_string(bufferSize(plan)) + ", nullstr = [" +
      quotedList(missing) + "], store_rejects = true, rejects_limit = 0";
  if (!texts.empty()) sql += ", force_not_null = [" + quotedList(texts) + "]";
  if (!reading.datePattern().empty()) sql += ", dateformat = " + quoteLiteral(reading.datePattern());
  if (!reading.timestampPattern().empty())
    sql += ", timestampformat = " + quoteLiteral(reading.timestampPattern());
  if (reading.decimal() == ',') sql += ", decimal_separator = ','";
  return sql + ")";
}

CellType widerType(CellType type) {
  if (type == CellType::Integer) return CellType::Real;
  return type == CellType::Date ? CellType::Timestamp : type;
}

}  // namespace

std::string directSql(const TextFile& source, CsvPlan& plan, const TableName& table) {
  const Reading reading(plan);
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < plan.types.size(); ++i)
    cells.push_back(cellSql(i, plan, reading) + " AS " + quoteIdentifier(plan.names()[i]));
  std::string sql = "CREATE TABLE " + quoted(table) + " AS SELECT " + join(cells, ", ") + " FROM " +
                    directSource(source, plan, reading);
  if (plan.types.size() == 1 && plan.types[0].type == CellType::Text) sql += " WHERE trim(c0, ' \t') <> ''";
  return sql;
}

bool CopySql::typed(std::size_t column) const {
  return plan_.types[column].type != CellType::Text;
}

/// Each cell c of a typed column with its value v and whether it is there, t.
std::string CopySql::source() const {
  std::vector<std::string> columns{"'p': 'VARCHAR'"};
  std::vector<std::string> cells{"p"};
  for (std::size_t i = 0; i < plan_.types.size(); ++i) {
    const std::string c = cellName(i);
    const std::string n = std::to_string(i);
    columns.push_back("'" + c + "': 'VARCHAR'");
    cells.push_back(c);
    if (!typed(i)) continue;
    const std::string there = "(" + c + " IS NOT NULL AND NOT (" + missingSql(c, plan_) + "))";
    cells.push_back(there + " AS t" + n);
    cells.push_back("CASE WHEN " + there + " THEN " +
                    parseSql(c, plan_.types[i].type, plan_.types[i].format) + " END AS v" + n);
  }
  constexpr std::size_t kUsualLine = std::size_t{2} << 20U;
  const std::size_t line = std::max(kUsualLine, copy_.longest + 1024);
  constexpr std::size_t kUsualBuffer = std::size_t{32} << 20U;
  const std::string read = "read_csv(" + quoteLiteral(copy_.file.path()) +
                           ", auto_detect = false, compression = 'none', delim = ',', quote = '\"', escape = "
                           "'\"', header = false, "
                           "new_line = '\\n', max_line_size = " +
                           std::to_string(line) +
                           ", buffer_size = " + std::to_string(std::max(kUsualBuffer, 2 * line)) +
                           ", columns = {" + join(columns, ", ") + "})";
  // Ten thousand names looked up in a subquery would take minutes.
  const bool any_typed = cells.size() > plan_.types.size() + 1;
  return any_typed ? "(SELECT " + join(cells, ", ") + " FROM " + read + ")" : read;
}

std::string CopySql::create(const TableName& table) const {
  std::vector<std::string> cells;
  std::vector<std::string> bad;
  for (std::size_t i = 0; i < plan_.types.size(); ++i) {
    const std::string n = std::to_string(i);
    cells.push_back((typed(i) ? "v" + n : textSql(cellName(i), plan_)) + " AS " +
                    quoteIdentifier(plan_.names()[i]));
    if (typed(i)) bad.push_back("t" + n + " AND v" + n + " IS NULL");
  }
  const std::string where = bad.empty() ? "" : " WHERE NOT list_contains([" + join(bad, ", ") + "], true)";
  return "CREATE TABLE " + quoted(table) + " AS SELECT " + join(cells, ", ") + " FROM " + source() + where;
}

std::string CopySql::counts() const {
  std::vector<std::string> figures{"count(*)"};
  for (std::size_t i = 0; i < plan_.types.size(); ++i) {
    if (!typed(i)) continue;
    const std::string n = std::to_string(i);
    const std::string bad = "t" + n + " AND v" + n + " IS NULL";
    const CellType wider = widerType(plan_.types[i].type);
    const std::string wide = wider == plan_.types[i].type
                                 ? "false"
                                 : parseSql(cellName(i), wider, plan_.types[i].format) + " IS NOT NULL";
    figures.push_back("count(*) FILTER (" + bad + ")");
    figures.push_back("count(*) FILTER (t" + n + ")");
    figures.push_back("count(*) FILTER (" + bad + " AND " + wide + ")");
  }
  return "SELECT " + join(figures, ", ") + " FROM " + source();
}

std::string CopySql::badCells(std::int64_t most) const {
  std::vector<std::string> cases;
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < plan_.types.size(); ++i) {
    const std::string n = std::to_string(i);
    if (!typed(i)) continue;
    cases.push_back("t" + n + " AND v" + n + " IS NULL");
    cells.push_back("{'i': " + n + ", 'c': " + cellName(i) + "}");
  }
  const std::string at = "list_position([" + join(cases, ", ") + "], true)";
  return "SELECT p, cell.i, cell.c FROM (SELECT p, [" + join(cells, ", ") + "][" + at + "] AS cell FROM " +
         source() + " WHERE list_contains([" + join(cases, ", ") + "], true) LIMIT " + std::to_string(most) +
         ")";
}

}  // namespace lodestone::data
