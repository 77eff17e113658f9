// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/duckdb_handle.h"

namespace lodestone::data {

/// What a Database holds; seen by database.cpp and session.cpp alone.
struct Database::State {
  Owned<duckdb_database, duckdb_close> database;
  std::string file;  ///< as given; ":memory:" where there is none
};

}  // namespace lodestone::data
