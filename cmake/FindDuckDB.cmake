# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later

# DuckDB's C library as DuckDB::DuckDB. An installed one wins (DuckDB_ROOT, CMAKE_PREFIX_PATH, the system), else the
# one that `./dev setup` put into third_party/duckdb. DuckDB_BUNDLED says that it is the latter.
set(_duckdb_fetched ${PROJECT_SOURCE_DIR}/third_party/duckdb)
foreach(_duckdb_entry DuckDB_INCLUDE_DIR DuckDB_LIBRARY)
  if(NOT EXISTS "${${_duckdb_entry}}" OR "${${_duckdb_entry}}" MATCHES "/third_party/duckdb/")
    unset(${_duckdb_entry} CACHE)  # so that one installed since the last configuration wins
  endif()
endforeach()

# Header and library must come from one place: the fetched pair is taken only where the installed one is not whole.
find_path(DuckDB_INCLUDE_DIR duckdb.h)
find_library(DuckDB_LIBRARY duckdb)
if(NOT DuckDB_INCLUDE_DIR OR NOT DuckDB_LIBRARY)
  unset(DuckDB_INCLUDE_DIR CACHE)
  unset(DuckDB_LIBRARY CACHE)
  find_path(DuckDB_INCLUDE_DIR duckdb.h PATHS ${_duckdb_fetched}/include NO_DEFAULT_PATH)
  find_library(DuckDB_LIBRARY duckdb PATHS ${_duckdb_fetched}/lib NO_DEFAULT_PATH)
endif()
mark_as_advanced(DuckDB_INCLUDE_DIR DuckDB_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Run ./dev setup, which fetches it, or install libduckdb.")

if(DuckDB_FOUND)
  cmake_path(IS_PREFIX _duckdb_fetched "${DuckDB_LIBRARY}" DuckDB_BUNDLED)
  if(NOT TARGET DuckDB::DuckDB)
    add_library(DuckDB::DuckDB SHARED IMPORTED)
    set_target_properties(DuckDB::DuckDB PROPERTIES
      IMPORTED_LOCATION "${DuckDB_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${DuckDB_INCLUDE_DIR}")
  endif()
endif()
unset(_duckdb_fetched)
unset(_duckdb_entry)
