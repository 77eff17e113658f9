// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/duckdb_handle.h"

namespace lodestone::data {

/// One column of a chunk, read in place. Valid while its chunk lives.
struct VectorView {
  duckdb_type type = DUCKDB_TYPE_INVALID;
  const void* data = nullptr;
  std::uint64_t* validity = nullptr;  ///< null: every cell is there
  duckdb_type decimal_type = DUCKDB_TYPE_INVALID;
  double decimal_divisor = 1;

  bool valid(idx_t row) const {
    return validity == nullptr || (validity[row / 64] & (std::uint64_t{1} << (row % 64))) != 0;
  }
  template <class T>
  const T& at(idx_t row) const {
    return static_cast<const T*>(data)[row];
  }
  std::string_view text(idx_t row) const;
  double decimal(idx_t row) const;
};

std::vector<VectorView> viewsOf(duckdb_data_chunk chunk);

double hugeDouble(const duckdb_hugeint& value);
std::string hugeText(const duckdb_hugeint& value);

}  // namespace lodestone::data
