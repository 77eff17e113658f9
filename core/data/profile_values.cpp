// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/profile_values.h"

#include <algorithm>
#include <array>
#include <stop_token>
#include <unordered_map>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

/// Where the parts of a value stand among the columns of an answer.
enum Part : std::size_t { kText, kFolded, kNumber, kLength, kParts };

std::string name(const ColumnInfo& column) {
  return quoteIdentifier(column.name);
}

std::string cut(const std::string& sql) {
  return "left(" + sql + "::VARCHAR, " + std::to_string(kValueCharacters) + ")";
}

/// The parts of a value, in the order of Part.
std::string partsSql(const ColumnInfo& column, const std::string& text) {
  const bool folds = natureOf(column.type) == Nature::Text;
  return text + ", " + (folds ? "lower(" + text + ")" : "NULL::VARCHAR") + ", " +
         numberSql(column.type, name(column)) + ", " + lengthSql(column);
}

/// The next character of a valid UTF-8 text, which gets shorter by it.
std::string_view takeCharacter(std::string_view& rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  const std::string_view character = rest.substr(0, size);
  rest.remove_prefix(character.size());
  return character;
}

/// U+FF01..U+FF5E, the full-width forms of "!" to "~": the plain one; else 0.
char narrowed(std::string_view character) {
  if (character.size() != 3 || character[0] != '\xEF') return 0;
  const auto second = static_cast<unsigned char>(character[1]);
  const auto third = static_cast<unsigned char>(character[2]);
  const int code = ((second & 0x3F) << 6) | (third & 0x3F);
  constexpr int kFirst = 0xFF01 & 0xFFF;
  constexpr int kLast = 0xFF5E & 0xFFF;
  return code >= kFirst && code <= kLast ? static_cast<char>('!' + code - kFirst) : '\0';
}

/// Of a text in lower case: the same for another width and for other white space.
std::uint64_t foldedHash(std::string_view lower) {
  std::string folded;
  folded.reserve(lower.size());
  std::string_view rest = trim(lower);
  while (!rest.empty()) {
    const std::string_view character = takeCharacter(rest);
    if (trim(character).empty()) {
      if (!folded.ends_with(' ')) folded += ' ';
    } else if (const char narrow = narrowed(character); narrow != '\0') {
      folded += narrow;
    } else {
      folded += character;
    }
  }
  return std::hash<std::string_view>{}(folded);
}

Value valueAt(std::span<const VectorView> parts, idx_t row) {
  Value value;
  value.text = parts[kText].valid(row) ? std::string(parts[kText].text(row)) : std::string();
  if (parts[kFolded].valid(row)) value.folded = foldedHash(parts[kFolded].text(row));
  if (parts[kNumber].valid(row)) value.number = parts[kNumber].at<double>(row);
  if (parts[kLength].valid(row)) value.length = parts[kLength].at<std::int64_t>(row);
  return value;
}

}  // namespace

Nature natureOf(std::string_view type) {
  if (type == "DATE" || type.starts_with("TIMESTAMP")) return Nature::Time;
  if (type == "BOOLEAN") return Nature::Truth;
  if (type == "VARCHAR" || type.starts_with("ENUM")) return Nature::Text;
  const bool number =
      isWholeNumber(type) || isFloating(type) || (type.starts_with("DECIMAL") && !type.ends_with(']'));
  return number ? Nature::Number : Nature::Other;
}

bool isWholeNumber(std::string_view type) {
  static constexpr std::array<std::string_view, 10> kTypes{"TINYINT", "SMALLINT", "INTEGER",   "BIGINT",
                                                           "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
                                                           "UBIGINT", "UHUGEINT"};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

bool isFloating(std::string_view type) {
  return type == "DOUBLE" || type == "FLOAT";
}

std::string numberSql(std::string_view type, const std::string& expression) {
  switch (natureOf(type)) {
    case Nature::Number:
      return expression + "::DOUBLE";
    case Nature::Time:
      return "epoch(" + expression + ")";
    case Nature::Truth:
      return expression + "::INTEGER::DOUBLE";
    default:
      return "NULL::DOUBLE";
  }
}

std::string lengthSql(const ColumnInfo& column) {
  return natureOf(column.type) == Nature::Text ? "length(" + name(column) + "::VARCHAR)" : "NULL::BIGINT";
}

std::string sampleSql(double share) {
  if (share >= 1) return {};
  const auto below = static_cast<std::uint64_t>(share * 0x1p64);
  return " WHERE hash(rowid) < " + std::to_string(below) + "::UBIGINT";
}

Result<> eachChunk(Session& session, const std::string& sql, JobContext& job, const ChunkSink& sink) {
  auto prepared = session.prepare(sql);
  if (!prepared) return forward(prepared);
  auto answer = session.execute(*prepared, job, Delivery::Streaming);
  if (!answer) return forward(answer);
  const std::stop_callback stop(job.stopToken(),
                                [connection = session.connection()] { duckdb_interrupt(connection); });
  while (true) {
    if (auto go = job.checkpoint(); !go) return go;
    auto chunk = answer->next();
    if (!chunk) return session.failure(duckdb_result_error(answer->get()), &job);
    if (!*chunk) return {};
    sink(viewsOf(chunk->get()), duckdb_data_chunk_get_size(chunk->get()));
  }
}

Result<std::vector<ColumnValues>> readValues(Session& session, const TableName& table,
                                             std::span<const ColumnInfo> columns, double share,
                                             JobContext& job) {
  std::vector<std::string> parts;
  for (const ColumnInfo& column : columns)
    parts.push_back("CASE WHEN " + name(column) + " IS NOT NULL THEN hash(" + name(column) + ") END, " +
                    partsSql(column, cut(name(column))));
  constexpr std::size_t kWidth = 1 + kParts;
  std::vector<ColumnValues> found(columns.size());
  std::vector<std::unordered_map<std::uint64_t, std::size_t>> places(columns.size());
  const auto take = [&](std::span<const VectorView> views, idx_t size) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const VectorView& key = views[c * kWidth];
      const auto value = views.subspan(c * kWidth + 1, kParts);
      for (idx_t row = 0; row < size; ++row) {
        if (!key.valid(row)) continue;
        auto& values = found[c].values;
        const auto [place, is_new] = places[c].try_emplace(key.at<std::uint64_t>(row), values.size());
        if (is_new) {
          values.push_back(valueAt(value, row));
          values.back().hash = place->first;
        }
        ++values[place->second].count;
        ++found[c].cells;
      }
    }
  };
  const std::string sql = "SELECT " + join(parts, ", ") + " FROM " + quoted(table) + sampleSql(share);
  if (auto read = eachChunk(session, sql, job, take); !read) return forward(read);
  return found;
}

Result<ColumnValues> groupValues(Session& session, const TableName& table, const ColumnInfo& column,
                                 bool long_text, JobContext& job) {
  const std::string x = name(column);
  const std::string from = " FROM " + quoted(table) + " WHERE " + x + " IS NOT NULL GROUP BY ";
  std::string sql;
  if (long_text)
    sql = "SELECT text, lower(text), NULL::DOUBLE, length, n FROM (SELECT any_value(" + cut(x) +
          ") AS text, any_value(" + lengthSql(column) + ") AS length, count(*) AS n" + from + "hash(" + x +
          "))";
  else
    sql = "SELECT " + partsSql(column, cut(x)) + ", count(*)" + from + x;
  ColumnValues found;
  const auto take = [&found](std::span<const VectorView> views, idx_t size) {
    for (idx_t row = 0; row < size; ++row) {
      Value value = valueAt(views, row);
      value.count = views[kParts].at<std::int64_t>(row);
      found.cells += value.count;
      found.values.push_back(std::move(value));
    }
  };
  if (auto read = eachChunk(session, sql, job, take); !read) return forward(read);
  return found;
}

}  // namespace lodestone::data
