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

/// The cell x of a typed column without blanks around, NULL for a mark of absence.
std::string thereSql(const std::string& cell, const CsvPlan& plan) {
  // Most cells have no blanks around, and that is known sooner than taken off.
  const std::string plain = "CASE WHEN regexp_full_match(" + cell + ", '[!-~]*') THEN " + cell + " ELSE " +
                            trimmedSql(cell) + " END";
  return plan.null_words.empty() ? plain
                                 : "CASE WHEN NOT " + nullWordSql(cell, plan) + " THEN " + plain + " END";
}

/// What an expression makes of each cell x of a list.
std::string eachSql(const std::string& list, const std::string& expression) {
  return "list_transform(" + list + ", lambda x: " + expression + ")";
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
      // Identifiers of 16 and more digits would be rounded.
      if (type.type == CellType::Integer && type.doubtful) cast_[i] = true;
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
      // Only patterns of digits: the others need more than strptime. Of a day with its clock DuckDB's reader
      // would keep the day.
      const bool clock = type.format.pattern.find_first_of("HIMSfcXT") != std::string::npos;
      const bool digits =
          type.format.pattern.find('p') == std::string::npos && !(clock && type.type == CellType::Date);
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
  // The type that the user gives stays: what does not fit it is told by its place in the file.
  const auto stop = [&](const char* better) {
    return type.given ? std::string("error('mend:')")
                      : "error('retype:" + std::to_string(index) + ":" + better + "')";
  };
  if (type.type == CellType::Text) return textSql(c, plan);
  if (reading.cast(index)) {
    const std::string parsed = parseSql(c, type.type, type.format);
    return "CASE WHEN " + missingSql(c, plan) + " THEN NULL WHEN " + parsed +
           " IS NULL THEN error('mend:') ELSE " + parsed + " END";
  }
  // DuckDB reads a number that is too large as infinity.
  if (type.type == CellType::Real)
    return "CASE WHEN " + c + " IS NULL OR isfinite(" + c + ") THEN " + c + " ELSE error('mend:') END";
  if (type.verified) return c;
  if (type.type == CellType::Integer)
    return "CASE WHEN " + c + " = floor(" + c + ") AND abs(" + c + ") < 1e15 THEN " + c + "::BIGINT WHEN " +
           c + " IS NULL THEN NULL WHEN " + c + " = floor(" + c + ") AND isfinite(" + c + ") THEN " +
           stop("text") + " ELSE " + stop("real") + " END";
  if (type.type == CellType::Date && reading.readAs(index) == "TIMESTAMP")
    return "CASE WHEN " + c + " = " + c + "::DATE THEN " + c + "::DATE WHEN " + c +
           " IS NULL THEN NULL ELSE " + stop("timestamp") + " END";
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

CopySql::CopySql(const CsvCopy& copy, const CsvPlan& plan) : copy_(copy), plan_(plan) {
  for (std::size_t i = 0; i < plan_.types.size(); ++i) {
    const ColumnType& type = plan_.types[i];
    const auto same = [&](const Group& group) {
      return group.type.type == type.type && group.type.format == type.format &&
             group.type.given == type.given;
    };
    auto group = std::find_if(groups_.begin(), groups_.end(), same);
    if (group == groups_.end()) group = groups_.insert(group, {.type = type, .columns = {}});
    group->columns.push_back(i);
  }
}

/// Each row's place p, and of each group N the list gN of its cells that are there, and vN of their values.
std::string CopySql::source() const {
  std::vector<std::string> columns{"'p': 'VARCHAR'"};
  for (std::size_t i = 0; i < plan_.types.size(); ++i) columns.push_back("'" + cellName(i) + "': 'VARCHAR'");
  std::vector<std::string> cells{"p"};
  std::vector<std::string> values{"p"};
  for (std::size_t n = 0; n < groups_.size(); ++n) {
    const Group& group = groups_[n];
    std::vector<std::string> names;
    for (const std::size_t column : group.columns) names.push_back(cellName(column));
    const std::string list = "[" + join(names, ", ") + "]";
    const std::string number = std::to_string(n);
    if (group.type.type == CellType::Text) {
      cells.push_back(eachSql(list, textSql("x", plan_)) + " AS v" + number);
      values.push_back("v" + number);
      continue;
    }
    cells.push_back(eachSql(eachSql(list, thereSql("x", plan_)), "nullif(x, '')") + " AS g" + number);
    values.push_back("g" + number);
    values.push_back(eachSql("g" + number, parseTrimmedSql("x", group.type.type, group.type.format)) +
                     " AS v" + number);
  }
  constexpr std::size_t kUsualLine = std::size_t{2} << 20U;
  const std::size_t line = std::max(kUsualLine, copy_.longest + 1024);
  constexpr std::size_t kUsualBuffer = std::size_t{32} << 20U;
  return "(SELECT " + join(values, ", ") + " FROM (SELECT " + join(cells, ", ") + " FROM read_csv(" +
         quoteLiteral(copy_.file.path()) +
         ", auto_detect = false, compression = 'none', delim = ',', quote = '\"', escape = '\"', "
         "header = false, new_line = '\\n', max_line_size = " +
         std::to_string(line) + ", buffer_size = " + std::to_string(std::max(kUsualBuffer, 2 * line)) +
         ", columns = {" + join(columns, ", ") + "})))";
}

/// A cell that is there and does not read has no value.
std::string CopySql::goodRow() const {
  std::vector<std::string> good;
  for (std::size_t n = 0; n < groups_.size(); ++n)
    if (groups_[n].type.type != CellType::Text)
      good.push_back("list_count(g" + std::to_string(n) + ") = list_count(v" + std::to_string(n) + ")");
  return good.empty() ? "true" : join(good, " AND ");
}

std::string CopySql::create(const TableName& table) const {
  std::vector<std::string> cells(plan_.types.size());
  for (std::size_t n = 0; n < groups_.size(); ++n)
    for (std::size_t i = 0; i < groups_[n].columns.size(); ++i) {
      const std::size_t column = groups_[n].columns[i];
      cells[column] = "v" + std::to_string(n) + "[" + std::to_string(i + 1) + "] AS " +
                      quoteIdentifier(plan_.names()[column]);
    }
  return "CREATE TABLE " + quoted(table) + " AS SELECT " + join(cells, ", ") + " FROM " + source() +
         " WHERE " + goodRow();
}

std::string CopySql::perGroup(
    const std::function<std::string(const Group& group, const std::string& number)>& select) const {
  std::vector<std::string> selects;
  for (std::size_t n = 0; n < groups_.size(); ++n) {
    if (groups_[n].type.type == CellType::Text) continue;
    std::vector<std::string> indexes;
    for (const std::size_t column : groups_[n].columns) indexes.push_back(std::to_string(column));
    selects.push_back("SELECT unnest([" + join(indexes, ", ") + "]) AS i, " +
                      select(groups_[n], std::to_string(n)));
  }
  return join(selects, " UNION ALL ");
}

std::string CopySql::counts() const {
  const std::string cells = perGroup([this](const Group& group, const std::string& n) {
    const CellType wider = group.type.given ? group.type.type : widerType(group.type.type);
    const std::string wide =
        wider == group.type.type ? "v" + n : eachSql("g" + n, parseTrimmedSql("x", wider, group.type.format));
    return "unnest(g" + n + ") IS NOT NULL AS there, unnest(v" + n + ") IS NOT NULL AS good, unnest(" + wide +
           ") IS NOT NULL AS wide FROM " + source();
  });
  return "SELECT i, count(*) FILTER (there), count(*) FILTER (good), count(*) FILTER (wide) FROM (" + cells +
         ") GROUP BY i ORDER BY i";
}

std::string CopySql::badCells(std::int64_t most) const {
  const std::string cells = perGroup([](const Group&, const std::string& n) {
    return "p, unnest(g" + n + ") AS cell, unnest(v" + n + ") IS NULL AS unread FROM bad";
  });
  return "WITH bad AS MATERIALIZED (SELECT * FROM " + source() + " WHERE NOT (" + goodRow() + ") LIMIT " +
         std::to_string(most) + ") SELECT p, min(i), arg_min(cell, i) FROM (" + cells +
         ") WHERE unread AND cell IS NOT NULL GROUP BY p";
}

}  // namespace lodestone::data
