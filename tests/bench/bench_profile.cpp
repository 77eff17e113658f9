// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_profile make FILE ROWS: writes a database with a table of made shop events.
// bench_profile profile|summarize FILE: looks at that table, by our profile or by DuckDB's SUMMARIZE; prints
// seconds and the process's peak memory.
#include <sys/resource.h>

#include <chrono>
#include <iostream>
#include <string>

#include "core/base/json.h"
#include "core/data/database.h"
#include "core/data/profile.h"

namespace {

using namespace lodestone;

/// Users and items of power-law popularity, a time of a year, few kinds of event, prices with gaps, forty
/// cities.
std::string eventsSql(const std::string& rows) {
  return "CREATE TABLE events AS SELECT (200000 * pow(random(), 2))::BIGINT + 1 AS user_id, "
         "(50000 * pow(random(), 2))::BIGINT + 1 AS item_id, "
         "TIMESTAMP '2023-01-01' + to_seconds((random() * 365 * 86400)::BIGINT) AS ts, "
         "['view', 'view', 'view', 'view', 'view', 'view', 'view', 'cart', 'purchase', 'remove']"
         "[1 + (random() * 9.99)::BIGINT % 10] AS event, "
         "CASE WHEN random() > 0.01 THEN round(exp(3.2 + sqrt(-2 * ln(1 - random())) * cos(2 * pi() * "
         "random())), 2) "
         "END AS price, CASE WHEN random() > 0.005 THEN 'City ' || (random() * 39)::BIGINT END AS city "
         "FROM range(" +
         rows + ")";
}

int failed(const Error& error) {
  std::cerr << error.message(Language::English) << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[1] : "";
  if (what != "make" && what != "profile" && what != "summarize") {
    std::cerr << "bench_profile make FILE ROWS | bench_profile profile|summarize FILE\n";
    return 2;
  }
  auto database = data::Database::open(argv[2]);
  if (!database) return failed(database.error());
  JobContext job;
  if (what == "make") {
    const std::string seeded = "SELECT setseed(0.42); " + eventsSql(argc > 3 ? argv[3] : "10000000");
    const auto made = database->execute(seeded, job);
    return made ? 0 : failed(made.error());
  }
  const auto begun = std::chrono::steady_clock::now();
  if (what == "profile") {
    if (const auto profile = data::profile(*database, {"events"}, job); !profile)
      return failed(profile.error());
  } else if (const auto summary = database->rows("SUMMARIZE events", job); !summary) {
    return failed(summary.error());
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << dumpJson({{"seconds", seconds.count()}, {"memory_mb", usage.ru_maxrss / 1024}}) << '\n';
  return 0;
}
