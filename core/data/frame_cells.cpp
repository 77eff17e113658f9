// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <unordered_map>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/vectors.h"

namespace lodestone::data {

namespace {

constexpr Text kSavingTable{"Writing table {0}", "正在写入表 {0}"};
constexpr Text kShortColumn{"Column {1} of the table {0} has {2} cells where {3} are expected.",
                            "表 {0} 的列 {1} 有 {2} 个单元格，应为 {3} 个。"};
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr double kSecondsADay = 86400;

bool isTime(duckdb_type type) {
  return type == DUCKDB_TYPE_DATE || type == DUCKDB_TYPE_TIMESTAMP || type == DUCKDB_TYPE_TIMESTAMP_S ||
         type == DUCKDB_TYPE_TIMESTAMP_MS || type == DUCKDB_TYPE_TIMESTAMP_NS ||
         type == DUCKDB_TYPE_TIMESTAMP_TZ;
}

bool isNumber(duckdb_type type) {
  return (type >= DUCKDB_TYPE_BOOLEAN && type <= DUCKDB_TYPE_DOUBLE) || type == DUCKDB_TYPE_HUGEINT ||
         type == DUCKDB_TYPE_UHUGEINT || type == DUCKDB_TYPE_DECIMAL;
}

bool fitsFrame(duckdb_type type) {
  return isTime(type) || isNumber(type) || type == DUCKDB_TYPE_VARCHAR;
}

template <class T>
void copyNumbers(const VectorView& vector, idx_t size, double factor, std::vector<double>& out) {
  const auto* values = static_cast<const T*>(vector.data);
  for (idx_t row = 0; row < size; ++row)
    out.push_back(vector.valid(row) ? static_cast<double>(values[row]) * factor : kMissing);
}

/// DuckDB's "infinity" has no place on our time line: missing.
template <class T>
void copyTimes(const VectorView& vector, idx_t size, double units_a_second, std::vector<double>& out) {
  const auto* values = static_cast<const T*>(vector.data);
  constexpr T kInfinity = std::numeric_limits<T>::max();
  for (idx_t row = 0; row < size; ++row) {
    const bool there = vector.valid(row) && values[row] != kInfinity && values[row] != -kInfinity;
    out.push_back(there ? static_cast<double>(values[row]) / units_a_second : kMissing);
  }
}

void appendNumbers(const VectorView& vector, idx_t size, std::vector<double>& out) {
  switch (vector.type) {
    case DUCKDB_TYPE_BOOLEAN:
      return copyNumbers<bool>(vector, size, 1, out);
    case DUCKDB_TYPE_TINYINT:
      return copyNumbers<std::int8_t>(vector, size, 1, out);
    case DUCKDB_TYPE_SMALLINT:
      return copyNumbers<std::int16_t>(vector, size, 1, out);
    case DUCKDB_TYPE_INTEGER:
      return copyNumbers<std::int32_t>(vector, size, 1, out);
    case DUCKDB_TYPE_BIGINT:
      return copyNumbers<std::int64_t>(vector, size, 1, out);
    case DUCKDB_TYPE_UTINYINT:
      return copyNumbers<std::uint8_t>(vector, size, 1, out);
    case DUCKDB_TYPE_USMALLINT:
      return copyNumbers<std::uint16_t>(vector, size, 1, out);
    case DUCKDB_TYPE_UINTEGER:
      return copyNumbers<std::uint32_t>(vector, size, 1, out);
    case DUCKDB_TYPE_UBIGINT:
      return copyNumbers<std::uint64_t>(vector, size, 1, out);
    case DUCKDB_TYPE_FLOAT:
      return copyNumbers<float>(vector, size, 1, out);
    case DUCKDB_TYPE_DOUBLE:
      return copyNumbers<double>(vector, size, 1, out);
    case DUCKDB_TYPE_DATE:
      return copyTimes<std::int32_t>(vector, size, 1 / kSecondsADay, out);
    case DUCKDB_TYPE_TIMESTAMP_S:
      return copyTimes<std::int64_t>(vector, size, 1, out);
    case DUCKDB_TYPE_TIMESTAMP_MS:
      return copyTimes<std::int64_t>(vector, size, 1e3, out);
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return copyTimes<std::int64_t>(vector, size, 1e6, out);
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return copyTimes<std::int64_t>(vector, size, 1e9, out);
    default:
      break;
  }
  for (idx_t row = 0; row < size; ++row) {
    if (!vector.valid(row))
      out.push_back(kMissing);
    else if (vector.type == DUCKDB_TYPE_DECIMAL)
      out.push_back(vector.decimal(row));
    else if (vector.type == DUCKDB_TYPE_UHUGEINT)
      out.push_back(std::ldexp(static_cast<double>(vector.at<duckdb_uhugeint>(row).upper), 64) +
                    static_cast<double>(vector.at<duckdb_uhugeint>(row).lower));
    else
      out.push_back(hugeDouble(vector.at<duckdb_hugeint>(row)));
  }
}

/// The levels of one text column by first appearance.
class LevelIndex {
 public:
  std::int32_t code(std::string_view text) {
    if (const auto found = codes_.find(text); found != codes_.end()) return found->second;
    const auto code = static_cast<std::int32_t>(levels_.size());
    levels_.push_back(std::make_unique<std::string>(text));
    codes_.emplace(*levels_.back(), code);
    return code;
  }
  std::vector<std::string> take() {
    std::vector<std::string> out;
    out.reserve(levels_.size());
    for (const auto& level : levels_) out.push_back(std::move(*level));
    return out;
  }

 private:
  std::vector<std::unique_ptr<std::string>> levels_;  // stable addresses for the views below
  std::unordered_map<std::string_view, std::int32_t> codes_;
};

void appendCodes(const VectorView& vector, idx_t size, LevelIndex& levels, std::vector<std::int32_t>& out) {
  for (idx_t row = 0; row < size; ++row)
    out.push_back(vector.valid(row) ? levels.code(vector.text(row)) : std::int32_t{-1});
}

bool allWhole(const std::vector<double>& numbers, double unit) {
  constexpr double kLargest = 9007199254740992.0;
  bool any = false;
  for (const double x : numbers) {
    if (std::isnan(x)) continue;
    if (std::fabs(x) > kLargest || std::fmod(x, unit) != 0 || (x == 0 && std::signbit(x))) return false;
    any = true;
  }
  return any;
}

struct FrameTarget {
  const FrameColumn* column = nullptr;
  duckdb_type type = DUCKDB_TYPE_VARCHAR;
};

duckdb_type targetType(const FrameColumn& column) {
  switch (column.kind) {
    case ColumnKind::Number:
      return allWhole(column.numbers, 1) ? DUCKDB_TYPE_BIGINT : DUCKDB_TYPE_DOUBLE;
    case ColumnKind::Time:
      return allWhole(column.numbers, kSecondsADay) ? DUCKDB_TYPE_DATE : DUCKDB_TYPE_TIMESTAMP;
    case ColumnKind::Text:
      break;
  }
  return DUCKDB_TYPE_VARCHAR;
}

void fillVector(const FrameTarget& target, std::size_t first, idx_t size, duckdb_vector vector) {
  void* data = duckdb_vector_get_data(vector);
  duckdb_vector_ensure_validity_writable(vector);
  std::uint64_t* validity = duckdb_vector_get_validity(vector);
  for (idx_t row = 0; row < size; ++row) {
    const std::size_t i = first + row;
    if (target.type == DUCKDB_TYPE_VARCHAR) {
      const std::int32_t code = target.column->codes[i];
      duckdb_validity_set_row_validity(validity, row, code >= 0);
      if (code < 0) continue;
      const std::string& level = target.column->levels[static_cast<std::size_t>(code)];
      duckdb_vector_assign_string_element_len(vector, row, level.data(), level.size());
      continue;
    }
    const double value = target.column->numbers[i];
    const bool there = target.type == DUCKDB_TYPE_DOUBLE ? !std::isnan(value) : std::isfinite(value);
    duckdb_validity_set_row_validity(validity, row, there);
    if (!there) continue;
    switch (target.type) {
      case DUCKDB_TYPE_BIGINT:
        static_cast<std::int64_t*>(data)[row] = static_cast<std::int64_t>(value);
        break;
      case DUCKDB_TYPE_DATE:
        static_cast<std::int32_t*>(data)[row] = static_cast<std::int32_t>(value / kSecondsADay);
        break;
      case DUCKDB_TYPE_TIMESTAMP:
        static_cast<std::int64_t*>(data)[row] = std::llround(value * 1e6);
        break;
      default:
        static_cast<double*>(data)[row] = value;
        break;
    }
  }
}

}  // namespace

Result<Frame> readFrame(Session& session, const std::string& sql, JobContext& job) {
  std::vector<ColumnInfo> columns;
  auto prepared = prepareWithCasts(session, sql, fitsFrame, columns);
  if (!prepared) return forward(prepared);
  auto answer = session.execute(*prepared, job);
  if (!answer) return forward(answer);
  Frame frame;
  std::vector<LevelIndex> levels(columns.size());
  for (idx_t i = 0; i < columns.size(); ++i) {
    const duckdb_type type = duckdb_column_type(answer->get(), i);
    const ColumnKind kind = isTime(type)     ? ColumnKind::Time
                            : isNumber(type) ? ColumnKind::Number
                                             : ColumnKind::Text;
    frame.columns.push_back({columns[i].name, kind, {}, {}, {}});
  }
  while (true) {
    auto chunk = answer->next();
    if (!chunk) return forward(chunk);
    if (!*chunk) break;
    if (auto go = job.checkpoint(); !go) return forward(go);
    const idx_t size = duckdb_data_chunk_get_size(chunk->get());
    const std::vector<VectorView> vectors = viewsOf(chunk->get());
    for (std::size_t i = 0; i < vectors.size(); ++i) {
      FrameColumn& column = frame.columns[i];
      if (column.kind == ColumnKind::Text)
        appendCodes(vectors[i], size, levels[i], column.codes);
      else
        appendNumbers(vectors[i], size, column.numbers);
    }
    frame.rows += static_cast<std::int64_t>(size);
  }
  for (std::size_t i = 0; i < frame.columns.size(); ++i) frame.columns[i].levels = levels[i].take();
  return frame;
}

std::vector<ColumnInfo> frameColumns(const Frame& frame) {
  std::vector<ColumnInfo> columns;
  for (const FrameColumn& column : frame.columns) {
    LogicalType type;
    *type.out() = duckdb_create_logical_type(targetType(column));
    columns.push_back({column.name, typeName(type.get())});
  }
  return columns;
}

Result<> appendFrame(Session& session, const TableName& table, const Frame& frame, JobContext& job) {
  std::vector<FrameTarget> targets;
  std::vector<LogicalType> owners(frame.columns.size());
  std::vector<duckdb_logical_type> types;
  for (std::size_t i = 0; i < frame.columns.size(); ++i) {
    const FrameColumn& column = frame.columns[i];
    const std::size_t cells = column.kind == ColumnKind::Text ? column.codes.size() : column.numbers.size();
    if (cells != static_cast<std::size_t>(frame.rows))
      return fail(ErrorCode::Internal, kShortColumn,
                  {table.name, column.name, std::to_string(cells), std::to_string(frame.rows)},
                  {.column = column.name, .table = table.name});
    targets.push_back({&column, targetType(column)});
    *owners[i].out() = duckdb_create_logical_type(targets[i].type);
    types.push_back(owners[i].get());
  }
  Appender appender;
  if (duckdb_appender_create(session.connection(), table.schema.c_str(), table.name.c_str(),
                             appender.out()) != DuckDBSuccess)
    return session.failure(duckdb_appender_error(appender.get()), &job);
  Chunk chunk;
  *chunk.out() = duckdb_create_data_chunk(types.data(), types.size());
  const idx_t capacity = duckdb_vector_size();
  const auto rows = static_cast<idx_t>(frame.rows);
  for (idx_t first = 0; first < rows; first += capacity) {
    if (auto go = job.checkpoint(); !go) return go;
    job.report(static_cast<double>(first) / static_cast<double>(rows), kSavingTable, {table.name});
    const idx_t size = std::min(capacity, rows - first);
    duckdb_data_chunk_reset(chunk.get());
    for (idx_t i = 0; i < targets.size(); ++i)
      fillVector(targets[i], first, size, duckdb_data_chunk_get_vector(chunk.get(), i));
    duckdb_data_chunk_set_size(chunk.get(), size);
    if (duckdb_append_data_chunk(appender.get(), chunk.get()) != DuckDBSuccess)
      return session.failure(duckdb_appender_error(appender.get()), &job);
  }
  if (duckdb_appender_close(appender.get()) != DuckDBSuccess)
    return session.failure(duckdb_appender_error(appender.get()), &job);
  return {};
}

}  // namespace lodestone::data
