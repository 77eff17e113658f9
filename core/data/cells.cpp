// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cells.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <stop_token>

#include "core/base/text.h"
#include "core/data/vectors.h"

namespace lodestone::data {

namespace {

std::string ownedText(char* text) {
  std::string copy = text == nullptr ? "" : text;
  duckdb_free(text);
  return copy;
}

LogicalType owned(duckdb_logical_type type) {
  LogicalType holder;
  *holder.out() = type;
  return holder;
}

std::string_view plainTypeName(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
      return "BOOLEAN";
    case DUCKDB_TYPE_TINYINT:
      return "TINYINT";
    case DUCKDB_TYPE_SMALLINT:
      return "SMALLINT";
    case DUCKDB_TYPE_INTEGER:
      return "INTEGER";
    case DUCKDB_TYPE_BIGINT:
      return "BIGINT";
    case DUCKDB_TYPE_UTINYINT:
      return "UTINYINT";
    case DUCKDB_TYPE_USMALLINT:
      return "USMALLINT";
    case DUCKDB_TYPE_UINTEGER:
      return "UINTEGER";
    case DUCKDB_TYPE_UBIGINT:
      return "UBIGINT";
    case DUCKDB_TYPE_HUGEINT:
      return "HUGEINT";
    case DUCKDB_TYPE_UHUGEINT:
      return "UHUGEINT";
    case DUCKDB_TYPE_FLOAT:
      return "FLOAT";
    case DUCKDB_TYPE_DOUBLE:
      return "DOUBLE";
    case DUCKDB_TYPE_TIMESTAMP:
      return "TIMESTAMP";
    case DUCKDB_TYPE_TIMESTAMP_S:
      return "TIMESTAMP_S";
    case DUCKDB_TYPE_TIMESTAMP_MS:
      return "TIMESTAMP_MS";
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return "TIMESTAMP_NS";
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return "TIMESTAMP WITH TIME ZONE";
    case DUCKDB_TYPE_DATE:
      return "DATE";
    case DUCKDB_TYPE_TIME:
      return "TIME";
    case DUCKDB_TYPE_TIME_NS:
      return "TIME_NS";
    case DUCKDB_TYPE_TIME_TZ:
      return "TIME WITH TIME ZONE";
    case DUCKDB_TYPE_INTERVAL:
      return "INTERVAL";
    case DUCKDB_TYPE_VARCHAR:
      return "VARCHAR";
    case DUCKDB_TYPE_BLOB:
      return "BLOB";
    case DUCKDB_TYPE_BIT:
      return "BIT";
    case DUCKDB_TYPE_UUID:
      return "UUID";
    case DUCKDB_TYPE_BIGNUM:
      return "BIGNUM";
    case DUCKDB_TYPE_ENUM:
      return "ENUM";
    case DUCKDB_TYPE_STRUCT:
      return "STRUCT";
    case DUCKDB_TYPE_MAP:
      return "MAP";
    case DUCKDB_TYPE_UNION:
      return "UNION";
    default:
      return "VARCHAR";
  }
}

Json hugeJson(const duckdb_hugeint& value) {
  // Exact where it fits the 64 bits that JSON readers know.
  const bool small = (value.upper == 0 && value.lower <= std::uint64_t{INT64_MAX}) ||
                     (value.upper == -1 && value.lower > std::uint64_t{INT64_MAX});
  if (small) return static_cast<std::int64_t>(value.lower);
  return nullptr;
}

Json floatJson(float value) {
  if (!std::isfinite(value)) return nullptr;
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  double shortest = value;
  std::from_chars(buffer.data(), written.ptr, shortest);
  return shortest;
}

/// Needs no cast to be told as JSON.
bool tellsItself(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
    case DUCKDB_TYPE_VARCHAR:
      return true;
    default:
      return false;
  }
}

Json jsonCell(const VectorView& vector, idx_t row) {
  if (!vector.valid(row)) return nullptr;
  switch (vector.type) {
    case DUCKDB_TYPE_BOOLEAN:
      return vector.at<bool>(row);
    case DUCKDB_TYPE_TINYINT:
      return vector.at<std::int8_t>(row);
    case DUCKDB_TYPE_SMALLINT:
      return vector.at<std::int16_t>(row);
    case DUCKDB_TYPE_INTEGER:
      return vector.at<std::int32_t>(row);
    case DUCKDB_TYPE_BIGINT:
      return vector.at<std::int64_t>(row);
    case DUCKDB_TYPE_UTINYINT:
      return vector.at<std::uint8_t>(row);
    case DUCKDB_TYPE_USMALLINT:
      return vector.at<std::uint16_t>(row);
    case DUCKDB_TYPE_UINTEGER:
      return vector.at<std::uint32_t>(row);
    case DUCKDB_TYPE_UBIGINT:
      return vector.at<std::uint64_t>(row);
    case DUCKDB_TYPE_HUGEINT: {
      Json exact = hugeJson(vector.at<duckdb_hugeint>(row));
      return exact.is_null() ? Json(hugeText(vector.at<duckdb_hugeint>(row))) : exact;
    }
    case DUCKDB_TYPE_FLOAT:
      return floatJson(vector.at<float>(row));
    case DUCKDB_TYPE_DOUBLE:
      return number(vector.at<double>(row));
    case DUCKDB_TYPE_DECIMAL:
      return number(vector.decimal(row));
    case DUCKDB_TYPE_VARCHAR:
      return std::string(vector.text(row));
    default:
      return nullptr;
  }
}

}  // namespace

std::string typeName(duckdb_logical_type type) {
  if (const std::string alias = ownedText(duckdb_logical_type_get_alias(type)); !alias.empty()) return alias;
  switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_DECIMAL:
      return "DECIMAL(" + std::to_string(duckdb_decimal_width(type)) + "," +
             std::to_string(duckdb_decimal_scale(type)) + ")";
    case DUCKDB_TYPE_LIST:
      return typeName(owned(duckdb_list_type_child_type(type)).get()) + "[]";
    case DUCKDB_TYPE_ARRAY:
      return typeName(owned(duckdb_array_type_child_type(type)).get()) + "[" +
             std::to_string(duckdb_array_type_array_size(type)) + "]";
    default:
      return std::string(plainTypeName(duckdb_get_type_id(type)));
  }
}

std::vector<ColumnInfo> columnsOf(const Prepared& prepared) {
  std::vector<ColumnInfo> columns;
  const idx_t count = duckdb_prepared_statement_column_count(prepared.get());
  for (idx_t i = 0; i < count; ++i) {
    const char* name = duckdb_prepared_statement_column_name(prepared.get(), i);
    std::string copy = name == nullptr ? "" : name;
    duckdb_free(const_cast<char*>(name));  // the API says const and yet hands it over
    const LogicalType type = owned(duckdb_prepared_statement_column_logical_type(prepared.get(), i));
    columns.push_back({std::move(copy), typeName(type.get())});
  }
  return columns;
}

Result<Prepared> prepareWithCasts(Session& session, const std::string& sql, bool (*keep)(duckdb_type),
                                  std::vector<ColumnInfo>& columns) {
  auto prepared = session.prepare(sql);
  if (!prepared) return forward(prepared);
  columns = columnsOf(*prepared);
  std::string names;
  std::string cells;
  bool casts = false;
  for (idx_t i = 0; i < columns.size(); ++i) {
    const duckdb_type type = duckdb_prepared_statement_column_type(prepared->get(), i);
    const std::string name = "c" + std::to_string(i);
    const std::string separator = i == 0 ? "" : ", ";
    names += separator + name;
    if (keep(type)) {
      cells += separator + name;
    } else {
      // Zoned timestamps are told in UTC, whatever the machine's zone.
      const std::string value = type == DUCKDB_TYPE_TIMESTAMP_TZ ? "(" + name + " AT TIME ZONE 'UTC')" : name;
      cells += separator + "CAST(" + value + " AS VARCHAR) AS " + name;
      casts = true;
    }
  }
  if (!casts || duckdb_prepared_statement_type(prepared->get()) != DUCKDB_STATEMENT_TYPE_SELECT)
    return prepared;
  std::string inner(trim(sql));
  while (inner.ends_with(';')) inner = trim(inner.substr(0, inner.size() - 1));
  return session.prepare("SELECT " + cells + " FROM (\n" + inner + "\n) AS answer(" + names + ")");
}

Result<Rows> readRows(Session& session, const std::string& sql, JobContext& job) {
  Rows rows;
  auto prepared = prepareWithCasts(session, sql, tellsItself, rows.columns);
  if (!prepared) return forward(prepared);
  auto answer = session.execute(*prepared, job);
  if (!answer) return forward(answer);
  while (true) {
    auto chunk = answer->next();
    if (!chunk) return forward(chunk);
    if (!*chunk) break;
    const std::vector<VectorView> vectors = viewsOf(chunk->get());
    const idx_t size = duckdb_data_chunk_get_size(chunk->get());
    for (idx_t row = 0; row < size; ++row) {
      std::vector<Json>& cells = rows.rows.emplace_back();
      cells.reserve(vectors.size());
      for (const VectorView& vector : vectors) cells.push_back(jsonCell(vector, row));
    }
  }
  return rows;
}

Result<> streamRows(Session& session, const std::string& sql, JobContext& job, const HeaderSink& header,
                    const RowSink& sink) {
  std::vector<ColumnInfo> columns;
  auto prepared = prepareWithCasts(session, sql, tellsItself, columns);
  if (!prepared) return forward(prepared);
  auto answer = session.execute(*prepared, job, Delivery::Streaming);
  if (!answer) return forward(answer);
  if (auto told = header(columns); !told) return told;
  const std::stop_callback stop(job.stopToken(),
                                [connection = session.connection()] { duckdb_interrupt(connection); });
  std::vector<Json> cells(columns.size());
  while (true) {
    if (auto go = job.checkpoint(); !go) return go;
    auto chunk = answer->next();
    if (!chunk) return session.failure(duckdb_result_error(answer->get()), &job);
    if (!*chunk) return {};
    const std::vector<VectorView> vectors = viewsOf(chunk->get());
    const idx_t size = duckdb_data_chunk_get_size(chunk->get());
    for (idx_t row = 0; row < size; ++row) {
      for (std::size_t i = 0; i < vectors.size(); ++i) cells[i] = jsonCell(vectors[i], row);
      if (auto taken = sink(cells); !taken) return taken;
    }
  }
}

}  // namespace lodestone::data
