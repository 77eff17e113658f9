// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_import make FILE ROWS: writes a CSV of made shop events.
// bench_import lodestone|duckdb FILE DATABASE: makes a table of it in a new database, by our import or by
// DuckDB alone, until the file is closed; prints seconds, rows and the process's peak memory.
#include <duckdb.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "core/base/json.h"
#include "core/data/import.h"

namespace {

using namespace lodestone;

/// The same numbers on every machine.
class Dice {
 public:
  std::uint64_t below(std::uint64_t bound) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31U)) % bound;
  }

 private:
  std::uint64_t state_ = 42;
};

bool make(const std::string& path, std::uint64_t rows) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(path.c_str(), "w"), &std::fclose);
  if (!out) return false;
  std::fputs("user_id,item_id,ts,event,price,city\n", out.get());
  Dice dice;
  constexpr std::array<const char*, 5> kEvents{"view", "view", "view", "cart", "purchase"};
  for (std::uint64_t i = 0; i < rows; ++i) {
    const std::uint64_t second = dice.below(28 * 86400);
    const std::uint64_t cents = dice.below(30000);
    // One price in a hundred is not known.
    const std::string price = dice.below(100) == 0
                                  ? std::string()
                                  : std::to_string(cents / 100) + "." + std::to_string(cents % 100 / 10) +
                                        std::to_string(cents % 10);
    std::fprintf(out.get(), "%llu,%llu,2026-03-%02llu %02llu:%02llu:%02llu,%s,%s,City %llu\n",
                 static_cast<unsigned long long>(1 + dice.below(200000)),
                 static_cast<unsigned long long>(1 + dice.below(50000)),
                 static_cast<unsigned long long>(1 + second / 86400),
                 static_cast<unsigned long long>(second / 3600 % 24),
                 static_cast<unsigned long long>(second / 60 % 60),
                 static_cast<unsigned long long>(second % 60), kEvents.at(dice.below(kEvents.size())),
                 price.c_str(), static_cast<unsigned long long>(dice.below(40)));
  }
  return std::ferror(out.get()) == 0;
}

/// Rows of the table; -1 where it failed, told on the error stream.
std::int64_t byLodestone(const std::string& file, const std::string& path) {
  auto database = data::Database::open(path);
  if (!database) return std::cerr << database.error().message(Language::English) << '\n', -1;
  JobContext job;
  const auto report = data::importFile(*database, file, "events", {}, job);
  if (!report) return std::cerr << report.error().message(Language::English) << '\n', -1;
  return report->rows;
}

/// What one would type into DuckDB.
std::int64_t byDuckdb(const std::string& file, const std::string& path) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  if (duckdb_open(path.c_str(), &database) != DuckDBSuccess) return -1;
  if (duckdb_connect(database, &connection) != DuckDBSuccess) return -1;
  duckdb_result result;
  const std::string sql = "CREATE TABLE events AS FROM read_csv('" + file + "')";
  std::int64_t rows = -1;
  if (duckdb_query(connection, sql.c_str(), &result) == DuckDBSuccess)
    rows = duckdb_value_int64(&result, 0, 0);
  else
    std::cerr << duckdb_result_error(&result) << '\n';
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return rows;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  if (what == "make") return make(argv[2], std::stoull(argv[3])) ? 0 : 1;
  if (what != "lodestone" && what != "duckdb") {
    std::cerr << "bench_import make FILE ROWS | bench_import lodestone|duckdb FILE DATABASE\n";
    return 2;
  }
  const auto begun = std::chrono::steady_clock::now();
  const std::int64_t rows = what == "duckdb" ? byDuckdb(argv[2], argv[3]) : byLodestone(argv[2], argv[3]);
  if (rows < 0) return 1;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << dumpJson({{"seconds", seconds.count()}, {"rows", rows}, {"memory_mb", usage.ru_maxrss / 1024}})
            << '\n';
  return 0;
}
