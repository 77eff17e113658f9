// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/vectors.h"

#include <algorithm>
#include <cmath>

namespace lodestone::data {

std::string_view VectorView::text(idx_t row) const {
  const auto& string = at<duckdb_string_t>(row);
  if (duckdb_string_is_inlined(string)) return {string.value.inlined.inlined, string.value.inlined.length};
  return {string.value.pointer.ptr, string.value.pointer.length};
}

double VectorView::decimal(idx_t row) const {
  switch (decimal_type) {
    case DUCKDB_TYPE_SMALLINT:
      return at<std::int16_t>(row) / decimal_divisor;
    case DUCKDB_TYPE_INTEGER:
      return at<std::int32_t>(row) / decimal_divisor;
    case DUCKDB_TYPE_BIGINT:
      return static_cast<double>(at<std::int64_t>(row)) / decimal_divisor;
    default:
      return hugeDouble(at<duckdb_hugeint>(row)) / decimal_divisor;
  }
}

std::vector<VectorView> viewsOf(duckdb_data_chunk chunk) {
  std::vector<VectorView> views;
  const idx_t count = duckdb_data_chunk_get_column_count(chunk);
  views.reserve(count);
  for (idx_t i = 0; i < count; ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
    LogicalType type;
    *type.out() = duckdb_vector_get_column_type(vector);
    VectorView view;
    view.type = duckdb_get_type_id(type.get());
    view.data = duckdb_vector_get_data(vector);
    view.validity = duckdb_vector_get_validity(vector);
    if (view.type == DUCKDB_TYPE_DECIMAL) {
      view.decimal_type = duckdb_decimal_internal_type(type.get());
      view.decimal_divisor = std::pow(10.0, duckdb_decimal_scale(type.get()));
    }
    views.push_back(view);
  }
  return views;
}

double hugeDouble(const duckdb_hugeint& value) {
  // In two steps through doubles small negative numbers would lose all their digits.
  __extension__ using Wide = __int128;
  return static_cast<double>(static_cast<Wide>(value.upper) * (static_cast<Wide>(1) << 64) +
                             static_cast<Wide>(value.lower));
}

std::string hugeText(const duckdb_hugeint& value) {
  __extension__ using Wide = unsigned __int128;
  Wide rest = (static_cast<Wide>(static_cast<std::uint64_t>(value.upper)) << 64U) | value.lower;
  const bool negative = value.upper < 0;
  if (negative) rest = ~rest + 1;
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace lodestone::data
