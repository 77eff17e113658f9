// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/record_lines.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/cell_format.h"
#include "core/data/given_types.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace {

constexpr Text kNumbersAsText{
    "Column {0} is text: some of its numbers are larger, or have more digits, than a number can hold. Give "
    "it the "
    "type DOUBLE to have them rounded, and those that are too large rejected.",
    "列 {0} 按文本导入：其中部分数字过大或位数超出数值类型的范围。如将其类型指定为 "
    "DOUBLE，则会四舍五入，过大的数字会被拒绝。"};

/// A member of the records that becomes a column.
struct Field {
  std::string name;
  std::string pointer;  ///< RFC 6901
  std::string kind;     ///< as json_structure() says it, or "JSON" for arrays
  std::string type = "VARCHAR";
  std::string format = {};  ///< of strptime
  bool asked = false;       ///< the type is the user's: cells that do not fit are bad
  bool digits = false;      ///< numbers that are text, because no type holds them all
};

/// A valid JSON line has no control characters, so that this never parts it.
std::string linesSql(const RecordLines& lines) {
  const std::int64_t longest = std::max<std::int64_t>(lines.longest + 16, std::int64_t{1} << 20U);
  return "read_csv(" + quoteLiteral(lines.path) +
         ", auto_detect = false, header = false, compression = 'none', delim = '\x01', quote = '', escape = "
         "'', "
         "columns = {'line': 'VARCHAR'}, max_line_size = " +
         std::to_string(longest) +
         ", buffer_size = " + std::to_string(std::max<std::int64_t>(4 * longest, 32000000)) +
         ", new_line = '\\n')" + (lines.most > 0 ? " LIMIT " + std::to_string(lines.most) : "");
}

constexpr const char* kKind = "CASE WHEN json_valid(line) THEN json_type(line) END";

std::string pointerTo(const std::string& key) {
  return "/" + replaceAll(replaceAll(key, "~", "~0"), "/", "~1");
}

void addFields(const Json& structure, const std::string& name, const std::string& pointer,
               DistinctNames& names, std::vector<Field>& fields) {
  for (const auto& [key, value] : structure.items()) {
    const std::string plain = replaceAll(trim(key).empty() ? "_" : key, std::string(1, '\0'), "");
    const std::string full = name.empty() ? plain : name + "." + plain;
    if (value.is_object() && !value.empty()) {
      addFields(value, full, pointer + pointerTo(key), names, fields);
      continue;
    }
    fields.push_back({.name = names.add(full),
                      .pointer = pointer + pointerTo(key),
                      .kind = value.is_string() ? value.get<std::string>() : "JSON"});
  }
}

bool isNumber(const std::string& kind) {
  return kind == "BIGINT" || kind == "UBIGINT" || kind == "HUGEINT" || kind == "UHUGEINT" || kind == "DOUBLE";
}

/// The structure that two records have together; what is of several kinds is JSON.
void mergeStructure(Json& into, const Json& other) {
  if (into == other || other == Json("NULL")) return;
  if (into == Json("NULL")) {
    into = other;
  } else if (into.is_object() && other.is_object()) {
    for (const auto& [key, value] : other.items()) {
      if (into.contains(key))
        mergeStructure(into[key], value);
      else
        into[key] = value;
    }
  } else if (into.is_string() && other.is_string() && isNumber(into.get<std::string>()) &&
             isNumber(other.get<std::string>())) {
    into = "DOUBLE";
  } else {
    into = "JSON";
  }
}

/// The structures of all objects merged, members in the order in which they first come; null: no object.
Result<Json> wholeStructure(Session& session, const RecordLines& lines, JobContext& job) {
  auto found = session.rows(std::string("SELECT s, min(n) FROM (SELECT CAST(json_structure(line) AS VARCHAR) "
                                        "AS s, n FROM (SELECT line, n, ") +
                                kKind + " AS kind FROM (SELECT line, row_number() OVER () AS n FROM " +
                                linesSql(lines) + ")) WHERE kind = 'OBJECT') GROUP BY s ORDER BY 2",
                            job);
  if (!found) return forward(found);
  Json whole = nullptr;
  for (const auto& row : found->rows) {
    auto one = parseJson(row[0].get<std::string>(), lines.name);
    if (!one) return forward(one);
    if (whole.is_null())
      whole = std::move(*one);
    else
      mergeStructure(whole, *one);
  }
  return whole;
}

Result<std::vector<Field>> findFields(Session& session, const RecordLines& lines, JobContext& job) {
  auto structure = wholeStructure(session, lines, job);
  if (!structure) return forward(structure);
  std::vector<Field> fields;
  if (structure->is_null()) {
    fields.push_back({.name = "value", .pointer = "", .kind = "JSON"});
    return fields;
  }
  DistinctNames names;
  addFields(*structure, "", "", names, fields);
  // Records without a single member still are rows.
  if (fields.empty()) fields.push_back({.name = "value", .pointer = "", .kind = "JSON"});
  return fields;
}

/// "SELECT v, line, n FROM ..." of the records: v the cells as text.
std::string cellsSql(const RecordLines& lines, const std::vector<Field>& fields, bool numbered) {
  std::vector<std::string> pointers;
  // No SQL may have a NUL in it.
  for (const Field& field : fields)
    pointers.push_back(replaceAll(quoteLiteral(field.pointer), std::string(1, '\0'), "' || chr(0) || '"));
  const bool values = fields.size() == 1 && fields[0].pointer.empty();
  const std::string cells = values ? "[json_extract_string(line, '$')]"
                                   : "json_extract_string(line, [" + join(pointers, ", ") + "])";
  const std::string wanted = values ? std::string("kind IS NOT NULL") : std::string("kind = 'OBJECT'");
  return "SELECT CASE WHEN " + wanted + " THEN " + cells + " END AS v, line" + (numbered ? ", n" : "") +
         " FROM (SELECT line, " + kKind + " AS kind" + (numbered ? ", n" : "") + " FROM (SELECT line" +
         (numbered ? ", row_number() OVER () AS n" : "") + " FROM " + linesSql(lines) +
         ") WHERE trim(line, ' \t\r') <> '')";
}

std::string cellOf(std::size_t index) {
  return "v[" + std::to_string(index + 1) + "]";
}

/// The cell in its type; NULL where it does not fit.
std::string castOf(const Field& field, std::size_t index) {
  const std::string cell = cellOf(index);
  if (field.type == "VARCHAR") return cell;
  if (field.format.empty() && field.type == "DATE") return parseSql(cell, CellType::Date, {});
  if (field.format.empty() && field.type == "TIMESTAMP") return parseSql(cell, CellType::Timestamp, {});
  const std::string value =
      field.format.empty() ? cell : "try_strptime(" + cell + ", " + quoteLiteral(field.format) + ")";
  const std::string cast = "TRY_CAST(" + value + " AS " + field.type + ")";
  if (field.type != "DOUBLE") return cast;
  return "CASE WHEN isfinite(" + cast + ") THEN " + cast + " END";
}

/// Counts the cells of each field that are there, and those that fit each of its possible types.
Result<> findTypes(Session& session, const RecordLines& lines, std::vector<Field>& fields, JobContext& job) {
  constexpr const char* kDate = "'\\d{4}-\\d{2}-\\d{2}'";
  constexpr const char* kTime =
      "'\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}(:?\\d{2})?)?'";
  std::vector<std::string> counts;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string cell = cellOf(i);
    const auto fitting = [&](const std::string& pattern, CellType type) {
      return "count(*) FILTER (regexp_full_match(" + cell + ", " + pattern + ") AND " +
             parseSql(cell, type, {}) + " IS NOT NULL)";
    };
    counts.push_back("count(" + cell + ")");
    if (fields[i].kind == "VARCHAR") {
      counts.push_back(fitting(kDate, CellType::Date));
      counts.push_back(fitting(kDate, CellType::Date) + " + " + fitting(kTime, CellType::Timestamp));
    } else {
      counts.push_back("count(TRY_CAST(" + cell + " AS BIGINT)) FILTER (regexp_full_match(" + cell +
                       ", '-?\\d+'))");
      // More digits than DOUBLE keeps, and numbers beyond it, make it text; words of Python's writer for what
      // is no number, a gap.
      const std::string real = "TRY_CAST(" + cell + " AS DOUBLE)";
      counts.push_back("count(" + real + ") FILTER (NOT regexp_full_match(" + cell +
                       ", '-?\\d{16,}') AND NOT (isinf(" + real + ") AND regexp_matches(" + cell +
                       ", '^-?\\d')))");
    }
  }
  auto answer =
      session.rows("SELECT " + join(counts, ", ") + " FROM (" + cellsSql(lines, fields, false) + ")", job);
  if (!answer) return forward(answer);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    Field& field = fields[i];
    const auto count = [&](std::size_t which) { return answer->rows[0][3 * i + which].get<std::int64_t>(); };
    const std::int64_t there = count(0);
    const bool number = isNumber(field.kind);
    if (there == 0) continue;
    if (field.kind == "BOOLEAN") field.type = "BOOLEAN";
    if (field.kind == "VARCHAR" && count(2) == there) field.type = count(1) == there ? "DATE" : "TIMESTAMP";
    if (number && count(2) == there) field.type = "DOUBLE";
    if (number && count(1) == there) field.type = "BIGINT";
    field.digits = number && field.type == "VARCHAR";
  }
  return {};
}

Result<> takeTypes(const RecordLines& lines, const ImportOptions& options, std::vector<Field>& fields) {
  if (options.types == Types::AllText)
    for (Field& field : fields) {
      field.type = "VARCHAR";
      field.digits = false;
    }
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  auto types = givenTypes(names, options, lines.name);
  if (!types) return forward(types);
  for (const auto& [index, asked] : *types) {
    Field& field = fields[index];
    const std::size_t blank = asked.find(' ');
    field.type = asked.substr(0, blank);
    if (blank != std::string::npos) field.format = asked.substr(blank + 1);
    field.asked = field.type != "VARCHAR";
    field.digits = false;
  }
  return {};
}

/// True for a record in which a cell does not fit the type that was asked for.
std::string misfit(const std::vector<Field>& fields) {
  std::vector<std::string> tests;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].asked)
      tests.push_back("(" + cellOf(i) + " IS NOT NULL AND " + castOf(fields[i], i) + " IS NULL)");
  return tests.empty() ? "false" : "(" + join(tests, " OR ") + ")";
}

/// "not valid JSON (character 12: ...)", as the library that reads it once more says it.
std::string whyInvalid(const std::string& line) {
  try {
    const Json read = Json::parse(line);
    return read.is_object() ? "not valid JSON" : "not an object";
  } catch (const Json::parse_error& error) {
    return "not valid JSON: character " + std::to_string(error.byte);
  } catch (const Json::exception&) {
    return "not valid JSON";
  }
}

Result<> collectBad(Session& session, const RecordLines& lines, const std::vector<Field>& fields,
                    LoadedRecords& out, JobContext& job) {
  const std::string all = cellsSql(lines, fields, true);
  std::vector<std::string> wrong;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].asked)
      wrong.push_back("WHEN " + cellOf(i) + " IS NOT NULL AND " + castOf(fields[i], i) + " IS NULL THEN " +
                      std::to_string(i));
  const std::string which = wrong.empty() ? "-1" : "CASE WHEN v IS NULL THEN -1 " + join(wrong, " ") + " END";
  const std::string bad = " FROM (" + all + ") WHERE v IS NULL OR " + misfit(fields);
  auto count = session.count("SELECT count(*)" + bad, job);
  if (!count) return forward(count);
  out.bad = *count;
  if (out.bad == 0) return {};
  auto rows = session.rows(
      "SELECT n, line, " + which + bad + " ORDER BY n LIMIT " + std::to_string(kRejectsKept), job);
  if (!rows) return forward(rows);
  for (const auto& row : rows->rows) {
    BadRecord record{.number = row[0].get<std::int64_t>(), .text = row[1].get<std::string>()};
    const auto index = row[2].get<std::int64_t>();
    if (index >= 0) {
      const Field& field = fields[static_cast<std::size_t>(index)];
      record.column = field.name;
      record.reason = "does not read as " + field.type;
    } else {
      record.reason = whyInvalid(record.text);
    }
    out.kept.push_back(std::move(record));
  }
  return {};
}

}  // namespace

Result<LoadedRecords> loadRecords(Session& session, const TableName& table, const RecordLines& lines,
                                  const ImportOptions& options, JobContext& job) {
  auto fields = findFields(session, lines, job);
  if (!fields) return forward(fields);
  if (auto typed = findTypes(session, lines, *fields, job); !typed) return forward(typed);
  if (auto taken = takeTypes(lines, options, *fields); !taken) return forward(taken);
  std::vector<std::string> cells;
  LoadedRecords out;
  for (std::size_t i = 0; i < fields->size(); ++i) {
    cells.push_back(castOf((*fields)[i], i) + " AS " + quoteIdentifier((*fields)[i].name));
    out.columns.push_back({(*fields)[i].name, (*fields)[i].type});
    if ((*fields)[i].digits)
      out.notices.push_back({"digits", (*fields)[i].name, kNumbersAsText, {(*fields)[i].name}});
  }
  auto rows =
      session.count("CREATE TABLE " + quoted(table) + " AS SELECT " + join(cells, ", ") + " FROM (" +
                        cellsSql(lines, *fields, false) + ") WHERE v IS NOT NULL AND NOT " + misfit(*fields),
                    job);
  if (!rows) return forward(rows);
  out.rows = *rows;
  if (auto collected = collectBad(session, lines, *fields, out, job); !collected) return forward(collected);
  return out;
}

}  // namespace lodestone::data
