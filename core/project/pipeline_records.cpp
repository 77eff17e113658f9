// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/pipeline_records.h"

#include "core/base/time.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

namespace {

constexpr Text kNoSuchRun{"There is no pipeline run {0} in the project.", "项目中没有第 {0} 次流程运行。"};
constexpr Text kBadEnd{"A run ends as done, failed or cancelled, not as {0}.",
                       "运行以完成、失败或取消结束，不能是 {0}。"};

constexpr const char* kSelectStage =
    "SELECT cycle, node, label, type, state, rows_in, rows_out, seconds, cached, cache_key, message, outputs "
    "FROM run_stages ";

SqlValue orNull(const std::optional<std::int64_t>& value) {
  return value ? SqlValue(*value) : SqlValue(nullptr);
}

std::optional<std::int64_t> optionalInteger(const Statement& row, int column) {
  if (row.isNull(column)) return std::nullopt;
  return row.integer(column);
}

Result<std::vector<StageRecord>> select(Sqlite& db, const std::string& tail,
                                        const std::vector<SqlValue>& values) {
  std::vector<StageRecord> stages;
  auto done = db.each(kSelectStage + tail, values, [&](const Statement& row) -> Result<> {
    auto outputs = parseJson(row.text(11), "project.db: run_stages " + row.text(1));
    if (!outputs) return forward(outputs);
    stages.push_back(StageRecord{.cycle = static_cast<int>(row.integer(0)),
                                 .node = row.text(1),
                                 .label = row.text(2),
                                 .type = row.text(3),
                                 .state = row.text(4),
                                 .rows_in = optionalInteger(row, 5),
                                 .rows_out = optionalInteger(row, 6),
                                 .seconds = row.real(7),
                                 .cached = row.integer(8) != 0,
                                 .cache_key = row.text(9),
                                 .message = row.text(10),
                                 .outputs = std::move(*outputs)});
    return {};
  });
  if (!done) return forward(done);
  return stages;
}

Result<> requireRun(Sqlite& db, std::int64_t run) {
  const auto found = db.integer("SELECT id FROM runs WHERE id = ?1", {run});
  if (!found) return forward(found);
  if (!*found) return fail(ErrorCode::NotFound, kNoSuchRun, {std::to_string(run)});
  return {};
}

}  // namespace

Result<std::int64_t> PipelineRecords::begin(const std::string& chart, std::uint64_t seed) {
  const auto id = db_->integer(
      "INSERT INTO runs (started_at, state, chart, seed) VALUES (?1, 'running', ?2, ?3) RETURNING id",
      {nowUtc(), toValidUtf8(chart), static_cast<std::int64_t>(seed)});
  if (!id) return forward(id);
  return id->value_or(0);
}

Result<> PipelineRecords::stage(std::int64_t run, const StageRecord& stage) {
  const Sqlite::Hold alone = db_->hold();
  if (auto known = requireRun(*db_, run); !known) return known;
  return db_->run(
      "INSERT INTO run_stages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
      "ON CONFLICT (run, cycle, node) DO UPDATE SET label = excluded.label, type = excluded.type, "
      "state = excluded.state, rows_in = excluded.rows_in, rows_out = excluded.rows_out, seconds = "
      "excluded.seconds, "
      "cached = excluded.cached, cache_key = excluded.cache_key, message = excluded.message, "
      "outputs = excluded.outputs",
      {run, std::int64_t{stage.cycle}, toValidUtf8(stage.node), toValidUtf8(stage.label), stage.type,
       stage.state, orNull(stage.rows_in), orNull(stage.rows_out), stage.seconds,
       std::int64_t{stage.cached ? 1 : 0}, stage.cache_key, toValidUtf8(stage.message),
       dumpJson(stage.outputs)});
}

Result<> PipelineRecords::end(std::int64_t run, const std::string& state) {
  if (state != "done" && state != "failed" && state != "cancelled")
    return fail(ErrorCode::InvalidArgument, kBadEnd, {state});
  if (auto known = requireRun(*db_, run); !known) return known;
  return db_->run("UPDATE runs SET state = ?2, finished_at = ?3 WHERE id = ?1", {run, state, nowUtc()});
}

Result<std::vector<RunRecord>> PipelineRecords::runs() const {
  std::vector<RunRecord> runs;
  auto done = db_->each("SELECT id, started_at, finished_at, state, chart, seed FROM runs ORDER BY id", {},
                        [&](const Statement& row) -> Result<> {
                          runs.push_back(RunRecord{.id = row.integer(0),
                                                   .started_at = row.text(1),
                                                   .finished_at = row.text(2),
                                                   .state = row.text(3),
                                                   .chart = row.text(4),
                                                   .seed = static_cast<std::uint64_t>(row.integer(5))});
                          return {};
                        });
  if (!done) return forward(done);
  return runs;
}

Result<std::vector<StageRecord>> PipelineRecords::stages(std::int64_t run) const {
  if (auto known = requireRun(*db_, run); !known) return forward(known);
  return select(*db_, "WHERE run = ?1 ORDER BY rowid", {run});
}

Result<std::optional<StageRecord>> PipelineRecords::cached(const std::string& cache_key) const {
  if (cache_key.empty()) return std::nullopt;
  auto found = select(
      *db_, "WHERE cache_key = ?1 AND state IN ('done', 'warning') ORDER BY run DESC, rowid DESC LIMIT 1",
      {cache_key});
  if (!found) return forward(found);
  if (found->empty()) return std::nullopt;
  return std::move(found->front());
}

}  // namespace lodestone::project
