// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rows/table_writer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/rows/cell_value.h"

namespace lodestone::data {

namespace {

LogicalType logicalType(const ColumnStore& store) {
  const auto plain = [](CellKind kind) {
    switch (kind) {
      case CellKind::Boolean:
        return DUCKDB_TYPE_BOOLEAN;
      case CellKind::Integer:
        return DUCKDB_TYPE_BIGINT;
      case CellKind::Real:
        return DUCKDB_TYPE_DOUBLE;
      case CellKind::Date:
        return DUCKDB_TYPE_DATE;
      case CellKind::Time:
        return DUCKDB_TYPE_TIME;
      case CellKind::Timestamp:
        return DUCKDB_TYPE_TIMESTAMP;
      default:
        return DUCKDB_TYPE_VARCHAR;
    }
  };
  LogicalType type;
  *type.out() = store.width > 0 ? duckdb_create_decimal_type(static_cast<std::uint8_t>(store.width),
                                                             static_cast<std::uint8_t>(store.scale))
                                : duckdb_create_logical_type(plain(store.kind));
  return type;
}

/// DuckDB keeps decimals in the smallest of four whole numbers that holds their digits.
void placeDecimal(void* data, idx_t row, int width, Int128 value) {
  if (width <= 4)
    static_cast<std::int16_t*>(data)[row] = static_cast<std::int16_t>(value);
  else if (width <= 9)
    static_cast<std::int32_t*>(data)[row] = static_cast<std::int32_t>(value);
  else if (width <= 18)
    static_cast<std::int64_t*>(data)[row] = static_cast<std::int64_t>(value);
  else
    static_cast<duckdb_hugeint*>(data)[row] = {
        .lower = static_cast<std::uint64_t>(value & Int128{~std::uint64_t{0}}),
        .upper = static_cast<std::int64_t>(value >> 64)};
}

bool isUtf8(std::string_view text) {
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii || toValidUtf8(text) == text;
}

}  // namespace

Result<TableWriter> TableWriter::create(Session& session, const TableName& table,
                                        const std::vector<std::string>& names,
                                        const std::vector<ColumnStore>& stores, char decimal,
                                        JobContext& job) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < names.size(); ++i)
    columns.push_back(quoteIdentifier(names[i]) + " " + sqlType(stores[i]));
  if (auto made = session.run("CREATE TABLE " + quoted(table) + " (" + join(columns, ", ") + ")", job); !made)
    return forward(made);
  TableWriter writer;
  writer.session_ = &session;
  writer.decimal_ = decimal;
  if (duckdb_appender_create(session.connection(), table.schema.c_str(), table.name.c_str(),
                             writer.appender_.out()) != DuckDBSuccess)
    return session.failure(duckdb_appender_error(writer.appender_.get()), &job);
  std::vector<LogicalType> owners;
  std::vector<duckdb_logical_type> types;
  for (const ColumnStore& store : stores) {
    owners.push_back(logicalType(store));
    types.push_back(owners.back().get());
    writer.targets_.push_back({.store = store});
  }
  *writer.chunk_.out() = duckdb_create_data_chunk(types.data(), types.size());
  writer.capacity_ = duckdb_vector_size();
  writer.clear();
  return writer;
}

void TableWriter::clear() {
  duckdb_data_chunk_reset(chunk_.get());
  filled_ = 0;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    Target& target = targets_[i];
    target.vector = duckdb_data_chunk_get_vector(chunk_.get(), i);
    target.data = duckdb_vector_get_data(target.vector);
    duckdb_vector_ensure_validity_writable(target.vector);
    target.validity = duckdb_vector_get_validity(target.vector);
  }
}

bool TableWriter::place(Target& target, const Cell& cell) {
  // Most cells are of their column's kind already.
  const bool same = cell.kind == target.store.kind && target.store.width == 0;
  const std::optional<Cell> fitted = same ? cell : fit(cell, target.store, decimal_);
  if (!fitted) return false;
  const idx_t row = filled_;
  const bool there = fitted->kind != CellKind::Missing;
  duckdb_validity_set_row_validity(target.validity, row, there);
  if (!there) return true;
  switch (target.store.kind) {
    case CellKind::Boolean:
      static_cast<bool*>(target.data)[row] = fitted->whole != 0;
      return true;
    case CellKind::Date:
      static_cast<std::int32_t*>(target.data)[row] = static_cast<std::int32_t>(fitted->whole);
      return true;
    case CellKind::Integer:
    case CellKind::Time:
    case CellKind::Timestamp:
      static_cast<std::int64_t*>(target.data)[row] = fitted->whole;
      return true;
    case CellKind::Real: {
      if (target.store.width == 0) {
        static_cast<double*>(target.data)[row] = fitted->real;
        return true;
      }
      Int128 value = 0;
      if (!parseDecimal(fitted->text, target.store.width, target.store.scale, value)) return false;
      placeDecimal(target.data, row, target.store.width, value);
      return true;
    }
    default:
      break;
  }
  const std::string_view text = textOf(*fitted, buffer_);
  if (!isUtf8(text)) return false;
  duckdb_vector_assign_string_element_len(target.vector, row, text.data(), text.size());
  return true;
}

std::optional<std::size_t> TableWriter::put(const Row& row) {
  for (std::size_t i = 0; i < targets_.size(); ++i)
    if (!place(targets_[i], row.cells[i])) return i;
  ++filled_;
  ++rows_;
  return std::nullopt;
}

Result<> TableWriter::flushWhenFull(JobContext& job) {
  return filled_ < capacity_ ? Result<>{} : flush(job);
}

Result<> TableWriter::flush(JobContext& job) {
  duckdb_data_chunk_set_size(chunk_.get(), filled_);
  if (duckdb_append_data_chunk(appender_.get(), chunk_.get()) != DuckDBSuccess)
    return session_->failure(duckdb_appender_error(appender_.get()), &job);
  clear();
  return {};
}

Result<> TableWriter::finish(JobContext& job) {
  if (filled_ > 0)
    if (auto flushed = flush(job); !flushed) return flushed;
  if (duckdb_appender_close(appender_.get()) != DuckDBSuccess)
    return session_->failure(duckdb_appender_error(appender_.get()), &job);
  return {};
}

}  // namespace lodestone::data
