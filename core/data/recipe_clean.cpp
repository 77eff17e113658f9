// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/recipe_run.h"
#include "core/data/text_functions.h"

namespace lodestone::data {

namespace {

constexpr Text kExists{"There is a table {0} already. Choose another name, or replace it.",
                       "已存在表 {0}。请换一个名称，或选择替换。"};
constexpr Text kWriting{"Writing table {0}", "正在写入表 {0}"};
constexpr Text kNoTableName{"The new table needs a name.", "新表需要一个名称。"};

/// Where the rows wait until the table that they replace is gone.
constexpr std::string_view kUnfinished = "lodestone table in the making";

/// The relation as the table 'to', its rows in order. What is called that already is replaced.
Result<> write(Session& session, RecipeRun& run, const TableName& to, JobContext& job) {
  job.report(0, kWriting, {to.name});
  const std::string row(kRow);
  const TableName unfinished{std::string(kUnfinished), to.schema};
  const std::string create =
      "CREATE TABLE " + quoted(unfinished) + " AS SELECT * FROM " + run.relation().from + " AS s";
  std::string sql = "CREATE SCHEMA IF NOT EXISTS " + quoteIdentifier(to.schema) + "; ";
  if (auto done = session.run(sql + create, job); !done) return done;
  if (!run.relation().ordered) {
    auto sorted = isSorted(session, quoted(unfinished), job);
    if (!sorted) return forward(sorted);
    if (!*sorted)
      if (auto done =
              session.run("DROP TABLE " + quoted(unfinished) + "; " + create + " ORDER BY " + row, job);
          !done)
        return done;
  }
  sql = "ALTER TABLE " + quoted(unfinished) + " DROP COLUMN " + row + "; DROP TABLE IF EXISTS " + quoted(to) +
        "; ALTER TABLE " + quoted(unfinished) + " RENAME TO " + quoteIdentifier(to.name);
  return session.run(sql, job);
}

/// Rejected rows told of a table that is gone would be taken for the new one's.
Result<> forgetRejects(Session& session, const TableName& to, JobContext& job) {
  auto kept = session.count(
      "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'lodestone' AND table_name = 'rejects' AND "
      "database_name = current_database()",
      job);
  if (!kept) return forward(kept);
  if (*kept == 0 || to.schema != "main") return {};
  return session.run("DELETE FROM lodestone.rejects WHERE table_name = " + quoteLiteral(to.name), job);
}

}  // namespace

Result<CleanReport> clean(Database& database, const TableName& from, const Recipe& recipe,
                          const TableName& to, OnTarget on_target, JobContext& job) {
  const Stopwatch watch;
  if (auto fine = checkRecipe(recipe); !fine) return forward(fine);
  if (trim(to.name).empty()) return fail(ErrorCode::InvalidArgument, kNoTableName);
  const auto there = database.has(to);
  if (!there) return forward(there);
  if (*there && on_target == OnTarget::Fail)
    return fail(ErrorCode::AlreadyExists, kExists, {to.name}, {.table = to.name});
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto known = registerTextFunctions(*session, job); !known) return forward(known);
  if (auto begun = session->begin(); !begun) return forward(begun);
  auto run = RecipeRun::open(database, *session, from, job);
  if (!run) return forward(run);

  CleanReport report{.table = to};
  const auto parts = static_cast<double>(recipe.steps.size() + 1);
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    JobContext part = job.part(static_cast<double>(i) / parts, static_cast<double>(i + 1) / parts);
    auto step = run->apply(recipe.steps[i], i, part);
    if (!step) return forward(step);
    report.steps.push_back(std::move(*step));
  }
  JobContext last = job.part(1 - 1 / parts, 1);
  if (auto written = write(*session, *run, to, last); !written) return forward(written);
  if (auto done = forgetRejects(*session, to, last); !done) return forward(done);
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = session->commit(); !done) return forward(done);
  report.rows = run->relation().rows;
  report.seconds = watch.seconds();
  job.report(1, kWriting, {to.name});
  return report;
}

}  // namespace lodestone::data
