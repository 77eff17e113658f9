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

/// Of a line that is valid JSON. Few lines begin with a blank: the set of those costs more than all the rest.
constexpr const char* kIsObject =
    "CASE WHEN starts_with(line, '{') THEN true ELSE starts_with(ltrim(line, ' \t\r'), '{') END";
constexpr const char* kIsBlank =
    "CASE WHEN starts_with(line, '{') THEN false ELSE trim(line, ' \t\r') = '' END";

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

bool isWhole(const std::string& kind) {
  return kind == "BIGINT" || kind == "UBIGINT" || kind == "HUGEINT" || kind == "UHUGEINT";
}

bool isNumber(const std::string& kind) {
  return isWhole(kind) || kind == "DOUBLE";
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
    into = isWhole(into.get<std::string>()) && isWhole(other.get<std::string>()) ? "HUGEINT" : "DOUBLE";
  } else {
    into = "JSON";
  }
}

/// Of an object and of those within it.
std::size_t memberCount(const Json& structure) {
  std::size_t count = 0;
  if (structure.is_object())
    for (const Json& member : structure) count += 1 + memberCount(member);
  return count;
}

/// What the lines are, before any column is known.
struct Outline {
  Json structure = nullptr;  ///< of all objects, merged; null: there is none
  std::int64_t records = 0;  ///< lines that are not blank
  bool all_valid = false;    ///< none of them is broken JSON
};

/// The structures of the lines, each with the number of lines; null: broken, or no object.
std::string structuresSql(const std::string& source, const std::string& order) {
  return "SELECT CASE WHEN valid AND " + std::string(kIsObject) +
         " THEN CAST(json_structure(line) AS VARCHAR) END AS s, count(*), count(*) FILTER (NOT valid)" +
         order + " FROM (SELECT *, json_valid(line) AS valid FROM " + source + " WHERE NOT (" + kIsBlank +
         ")) GROUP BY s";
}

/// Members stand in the order in which they first come. Numbering lines is slow work for one thread: the
/// first ones tell nearly always, and only where later ones have other members are all of them numbered.
Result<Outline> outlineOf(Session& session, const RecordLines& lines, JobContext& job) {
  constexpr std::int64_t kFirst = 20000;
  const std::string numbered = "(SELECT line, row_number() OVER () AS n FROM ";
  const auto merge = [&](Json& into, const Rows& found) -> Result<> {
    for (const auto& row : found.rows) {
      if (row[0].is_null()) continue;
      auto one = parseJson(row[0].get<std::string>(), lines.name);
      if (!one) return forward(one);
      if (into.is_null())
        into = std::move(*one);
      else
        mergeStructure(into, *one);
    }
    return {};
  };
  const auto inOrder = [&](const RecordLines& some) {
    return session.rows(structuresSql(numbered + linesSql(some) + ")", ", min(n)") + " ORDER BY 4", job);
  };
  RecordLines head = lines;
  head.most = lines.most > 0 ? std::min(lines.most, kFirst) : kFirst;
  Outline outline;
  auto first = inOrder(head);
  if (!first) return forward(first);
  if (auto merged = merge(outline.structure, *first); !merged) return forward(merged);
  auto all = session.rows(structuresSql("(FROM " + linesSql(lines) + ")", ""), job);
  if (!all) return forward(all);
  std::int64_t broken = 0;
  for (const auto& row : all->rows) {
    outline.records += row[1].get<std::int64_t>();
    broken += row[2].get<std::int64_t>();
  }
  outline.all_valid = broken == 0;
  const std::size_t known = memberCount(outline.structure);
  if (auto merged = merge(outline.structure, *all); !merged) return forward(merged);
  if (memberCount(outline.structure) == known) return outline;
  auto again = inOrder(lines);
  if (!again) return forward(again);
  outline.structure = nullptr;
  if (auto merged = merge(outline.structure, *again); !merged) return forward(merged);
  return outline;
}

std::vector<Field> fieldsOf(const Json& structure) {
  std::vector<Field> fields;
  DistinctNames names;
  if (!structure.is_null()) addFields(structure, "", "", names, fields);
  // Records without a single member still are rows.
  if (fields.empty()) fields.push_back({.name = "value", .pointer = "", .kind = "JSON"});
  return fields;
}

/// "SELECT v, line, n FROM ..." of the records: v the cells as text, null where the line is no record.
std::string cellsSql(const RecordLines& lines, const std::vector<Field>& fields, bool all_valid,
                     bool numbered) {
  std::vector<std::string> pointers;
  // No SQL may have a NUL in it.
  for (const Field& field : fields)
    pointers.push_back(replaceAll(quoteLiteral(field.pointer), std::string(1, '\0'), "' || chr(0) || '"));
  const bool values = fields.size() == 1 && fields[0].pointer.empty();
  const std::string cells = values ? "[json_extract_string(line, '$')]"
                                   : "json_extract_string(line, [" + join(pointers, ", ") + "])";
  std::string wanted = values ? "true" : kIsObject;
  if (!all_valid) wanted = "CASE WHEN json_valid(line) THEN " + wanted + " ELSE false END";
  return "SELECT CASE WHEN " + wanted + " THEN " + cells + " END AS v, line" + (numbered ? ", n" : "") +
         " FROM (SELECT line" + (numbered ? ", row_number() OVER () AS n" : "") + " FROM " + linesSql(lines) +
         ") WHERE NOT (" + kIsBlank + ")";
}

std::string cellOf(std::size_t index) {
  return "v[" + std::to_string(index + 1) + "]";
}

/// The cell in its type; NULL where it does not fit.
std::string castOf(const Field& field, std::size_t index) {
  const std::string cell = cellOf(index);
  if (field.type == "VARCHAR") return cell;
  if (field.format.empty() && (field.type == "DATE" || field.type == "TIMESTAMP")) {
    const CellType type = field.type == "DATE" ? CellType::Date : CellType::Timestamp;
    // Those whose type was found have no blanks around them, and to look for some takes long.
    return field.asked ? parseSql(cell, type, {}) : parseTrimmedSql(cell, type, {});
  }
  const std::string value =
      field.format.empty() ? cell : "try_strptime(" + cell + ", " + quoteLiteral(field.format) + ")";
  const std::string cast = "TRY_CAST(" + value + " AS " + field.type + ")";
  if (field.type != "DOUBLE") return cast;
  return "CASE WHEN isfinite(" + cast + ") THEN " + cast + " END";
}

/// The cells of a field that are there, and those that fit each of its possible types; empty: its kind tells.
std::vector<std::string> countsSql(const Field& field, std::size_t index) {
  constexpr const char* kDate = "'\\d{4}-\\d{2}-\\d{2}'";
  constexpr const char* kTime =
      "'\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}(:?\\d{2})?)?'";
  const std::string cell = cellOf(index);
  if (field.kind == "VARCHAR") {
    const auto fitting = [&](const std::string& pattern, CellType type) {
      return "count(CASE WHEN regexp_full_match(" + cell + ", " + pattern + ") THEN " +
             parseTrimmedSql(cell, type, {}) + " END)";
    };
    return {"count(" + cell + ")", fitting(kDate, CellType::Date),
            fitting(kDate, CellType::Date) + " + " + fitting(kTime, CellType::Timestamp)};
  }
  if (!isNumber(field.kind) || field.kind == "BIGINT") return {};
  // More digits than DOUBLE keeps, and numbers beyond it, make it text; words of Python's writer for what is
  // no number, a gap.
  const std::string real = "TRY_CAST(" + cell + " AS DOUBLE)";
  std::vector<std::string> counts = {"count(" + cell + ")", "count(" + real + ") FILTER (CASE WHEN isinf(" +
                                                                real + ") THEN NOT regexp_matches(" + cell +
                                                                ", '^-?\\d') WHEN strlen(" + cell +
                                                                ") > 15 THEN NOT regexp_full_match(" + cell +
                                                                ", '-?\\d{16,}') ELSE true END)"};
  if (isWhole(field.kind)) counts.push_back("count(TRY_CAST(" + cell + " AS BIGINT))");
  return counts;
}

/// A kind that JSON tells is the type; which dates strings are, and whether a type holds all numbers, a look
/// at the cells tells.
Result<> findTypes(Session& session, const RecordLines& lines, bool all_valid, std::vector<Field>& fields,
                   JobContext& job) {
  std::vector<std::string> counts;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].kind == "BOOLEAN" || fields[i].kind == "BIGINT") fields[i].type = fields[i].kind;
    for (std::string& count : countsSql(fields[i], i)) counts.push_back(std::move(count));
  }
  if (counts.empty()) return {};
  auto answer = session.rows(
      "SELECT " + join(counts, ", ") + " FROM (" + cellsSql(lines, fields, all_valid, false) + ")", job);
  if (!answer) return forward(answer);
  std::size_t next = 0;
  const auto count = [&] { return answer->rows[0][next++].get<std::int64_t>(); };
  for (std::size_t i = 0; i < fields.size(); ++i) {
    Field& field = fields[i];
    const std::size_t counted = countsSql(field, i).size();
    if (counted == 0) continue;
    const std::int64_t there = count();
    const std::int64_t first = count();
    const std::int64_t second = counted == 3 ? count() : 0;
    if (there == 0) continue;
    if (field.kind == "VARCHAR") {
      if (second == there) field.type = first == there ? "DATE" : "TIMESTAMP";
    } else {
      field.type = second == there ? "BIGINT" : first == there ? "DOUBLE" : "VARCHAR";
      field.digits = field.type == "VARCHAR";
    }
  }
  return {};
}

Result<> takeTypes(const RecordLines& lines, const ImportOptions& options, std::vector<Field>& fields) {
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
                    bool all_valid, LoadedRecords& out, JobContext& job) {
  const std::string all = cellsSql(lines, fields, all_valid, true);
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
  auto outline = outlineOf(session, lines, job);
  if (!outline) return forward(outline);
  std::vector<Field> fields = fieldsOf(outline->structure);
  const bool all_valid = outline->all_valid;
  if (options.types != Types::AllText)
    if (auto typed = findTypes(session, lines, all_valid, fields, job); !typed) return forward(typed);
  if (auto taken = takeTypes(lines, options, fields); !taken) return forward(taken);
  std::vector<std::string> cells;
  LoadedRecords out;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    cells.push_back(castOf(fields[i], i) + " AS " + quoteIdentifier(fields[i].name));
    out.columns.push_back({fields[i].name, fields[i].type});
    if (fields[i].digits) out.notices.push_back({"digits", fields[i].name, kNumbersAsText, {fields[i].name}});
  }
  auto rows = session.count("CREATE TABLE " + quoted(table) + " AS SELECT " + join(cells, ", ") + " FROM (" +
                                cellsSql(lines, fields, all_valid, false) + ") WHERE v IS NOT NULL AND NOT " +
                                misfit(fields),
                            job);
  if (!rows) return forward(rows);
  out.rows = *rows;
  if (out.rows == outline->records) return out;
  if (auto collected = collectBad(session, lines, fields, all_valid, out, job); !collected)
    return forward(collected);
  return out;
}

}  // namespace lodestone::data
