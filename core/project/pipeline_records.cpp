// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/pipeline_records.h"

#include "core/base/time.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

namespace {

constexpr Text kNoSuchRun{"There is no pipeline run {0} in the project.", "项目中没有第 {0} 次流程运行。"};
constexpr Text kBadEnd{"A run ends as done, waiting, failed or cancelled, not as {0}.",
                       "运行以完成、等待、失败或取消结束，不能是 {0}。"};

constexpr const char* kSelectStage =
    "SELECT cycle, node, label, type, state, rows_in, rows_out, seconds, cached, cache_key, message, "
    "outputs, "
    "position, started_at, memory, parameters, inputs, made_run, log, run FROM run_stages ";
constexpr const char* kSelectRun =
    "SELECT id, started_at, finished_at, state, chart, seed, code, options FROM runs ";
constexpr const char* kEnded = "state IN ('done', 'warning')";
constexpr const char* kForgotten = "cache_forgets_runs_to";  ///< setting: id of a run
/// ?2 is kForgotten.
constexpr const char* kRemembered =
    "(run > coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?2), 0) OR instr(outputs, "
    "'\"kind\":\"model\"') > 0)";

SqlValue orNull(const std::optional<std::int64_t>& value) {
  return value ? SqlValue(*value) : SqlValue(nullptr);
}

std::optional<std::int64_t> optionalInteger(const Statement& row, int column) {
  if (row.isNull(column)) return std::nullopt;
  return row.integer(column);
}

Json toJson(const std::vector<LogLine>& log) {
  Json json = Json::array();
  for (const LogLine& line : log) json.push_back({{"at", line.at}, {"text", line.text}});
  return json;
}

Result<StageOfRun> stageOf(const Statement& row) {
  const auto read = [&](int column) {
    return parseJson(row.text(column), "project.db: run_stages " + row.text(1));
  };
  auto outputs = read(11);
  auto parameters = read(15);
  auto inputs = read(16);
  auto log = read(18);
  for (const auto* part : {&outputs, &parameters, &inputs, &log})
    if (!*part) return forward(*part);
  StageOfRun found{.run = row.integer(19),
                   .stage = {.cycle = static_cast<int>(row.integer(0)),
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
                             .outputs = std::move(*outputs),
                             .position = row.integer(12),
                             .started_at = row.text(13),
                             .memory = optionalInteger(row, 14),
                             .parameters = std::move(*parameters),
                             .inputs = std::move(*inputs),
                             .made_run = row.integer(17),
                             .log = {}}};
  if (found.stage.made_run == 0) found.stage.made_run = found.run;
  for (const Json& line : *log)
    if (line.is_object())
      found.stage.log.push_back({line.value("at", std::string()), line.value("text", std::string())});
  return found;
}

Result<std::vector<StageOfRun>> select(Sqlite& db, const std::string& tail,
                                       const std::vector<SqlValue>& values) {
  std::vector<StageOfRun> stages;
  auto done = db.each(kSelectStage + tail, values, [&](const Statement& row) -> Result<> {
    auto stage = stageOf(row);
    if (!stage) return forward(stage);
    stages.push_back(std::move(*stage));
    return {};
  });
  if (!done) return forward(done);
  return stages;
}

Result<std::vector<RunRecord>> selectRuns(Sqlite& db, const std::string& tail,
                                          const std::vector<SqlValue>& values) {
  std::vector<RunRecord> runs;
  auto done = db.each(kSelectRun + tail, values, [&](const Statement& row) -> Result<> {
    auto options = parseJson(row.text(7), "project.db: runs " + std::to_string(row.integer(0)));
    if (!options) return forward(options);
    runs.push_back(RunRecord{.id = row.integer(0),
                             .started_at = row.text(1),
                             .finished_at = row.text(2),
                             .state = row.text(3),
                             .chart = row.text(4),
                             .seed = static_cast<std::uint64_t>(row.integer(5)),
                             .code = row.text(6),
                             .options = std::move(*options)});
    return {};
  });
  if (!done) return forward(done);
  return runs;
}

Result<> requireRun(Sqlite& db, std::int64_t run) {
  const auto found = db.integer("SELECT id FROM runs WHERE id = ?1", {run});
  if (!found) return forward(found);
  if (!*found) return fail(ErrorCode::NotFound, kNoSuchRun, {std::to_string(run)});
  return {};
}

}  // namespace

Result<std::int64_t> PipelineRecords::begin(const std::string& chart, std::uint64_t seed,
                                            const std::string& code, const Json& options) {
  const auto id = db_->integer(
      "INSERT INTO runs (started_at, state, chart, seed, code, options) VALUES (?1, 'running', ?2, ?3, ?4, "
      "?5) "
      "RETURNING id",
      {nowUtc(), toValidUtf8(chart), static_cast<std::int64_t>(seed), code, dumpJson(options)});
  if (!id) return forward(id);
  return id->value_or(0);
}

Result<> PipelineRecords::stage(std::int64_t run, const StageRecord& stage) {
  const Sqlite::Hold alone = db_->hold();
  if (auto known = requireRun(*db_, run); !known) return known;
  return db_->run(
      "INSERT INTO run_stages (run, cycle, node, label, type, state, rows_in, rows_out, seconds, cached, "
      "cache_key, message, outputs, position, started_at, memory, parameters, inputs, made_run, log) VALUES "
      "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) "
      "ON CONFLICT (run, cycle, node) DO UPDATE SET label = excluded.label, type = excluded.type, "
      "state = excluded.state, rows_in = excluded.rows_in, rows_out = excluded.rows_out, seconds = "
      "excluded.seconds, cached = excluded.cached, cache_key = excluded.cache_key, message = "
      "excluded.message, outputs = excluded.outputs, position = excluded.position, started_at = "
      "excluded.started_at, memory = excluded.memory, parameters = excluded.parameters, inputs = "
      "excluded.inputs, made_run = excluded.made_run, log = excluded.log",
      {run,
       std::int64_t{stage.cycle},
       toValidUtf8(stage.node),
       toValidUtf8(stage.label),
       stage.type,
       stage.state,
       orNull(stage.rows_in),
       orNull(stage.rows_out),
       stage.seconds,
       std::int64_t{stage.cached ? 1 : 0},
       stage.cache_key,
       toValidUtf8(stage.message),
       dumpJson(stage.outputs),
       stage.position,
       stage.started_at,
       orNull(stage.memory),
       dumpJson(stage.parameters),
       dumpJson(stage.inputs),
       stage.made_run,
       dumpJson(toJson(stage.log))});
}

Result<> PipelineRecords::end(std::int64_t run, const std::string& state) {
  if (state != "done" && state != "waiting" && state != "failed" && state != "cancelled")
    return fail(ErrorCode::InvalidArgument, kBadEnd, {state});
  if (auto known = requireRun(*db_, run); !known) return known;
  return db_->run("UPDATE runs SET state = ?2, finished_at = ?3 WHERE id = ?1", {run, state, nowUtc()});
}

Result<std::vector<RunRecord>> PipelineRecords::runs() const {
  return selectRuns(*db_, "ORDER BY id", {});
}

Result<RunRecord> PipelineRecords::run(std::int64_t id) const {
  auto found = selectRuns(*db_, "WHERE id = ?1", {id});
  if (!found) return forward(found);
  if (found->empty()) return fail(ErrorCode::NotFound, kNoSuchRun, {std::to_string(id)});
  return std::move(found->front());
}

Result<std::vector<StageRecord>> PipelineRecords::stages(std::int64_t run) const {
  if (auto known = requireRun(*db_, run); !known) return forward(known);
  auto found = select(*db_, "WHERE run = ?1 ORDER BY position, rowid", {run});
  if (!found) return forward(found);
  std::vector<StageRecord> stages;
  for (StageOfRun& each : *found) stages.push_back(std::move(each.stage));
  return stages;
}

Result<std::optional<StageRecord>> PipelineRecords::cached(const std::string& cache_key) const {
  if (cache_key.empty()) return std::nullopt;
  auto found = select(*db_,
                      std::string("WHERE cache_key = ?1 AND ") + kEnded + " AND " + kRemembered +
                          " ORDER BY run DESC, rowid DESC LIMIT 1",
                      {cache_key, std::string(kForgotten)});
  if (!found) return forward(found);
  if (found->empty()) return std::nullopt;
  return std::move(found->front().stage);
}

Result<> PipelineRecords::forget() {
  return db_->run(
      "INSERT INTO settings SELECT ?1, CAST(coalesce(max(id), 0) AS TEXT) FROM runs WHERE true "
      "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      {std::string(kForgotten)});
}

Result<std::vector<StageOfRun>> PipelineRecords::cache() const {
  return select(*db_,
                std::string("WHERE rowid IN (SELECT max(rowid) FROM run_stages WHERE cache_key <> ?1 AND "
                            "outputs <> 'null' AND ") +
                    kEnded + " AND " + kRemembered + " GROUP BY cache_key) ORDER BY rowid",
                {std::string(), std::string(kForgotten)});
}

Result<std::vector<StageOfRun>> PipelineRecords::leaving(const std::string& json_text) const {
  return select(*db_,
                std::string("WHERE cached = 0 AND ") + kEnded +
                    " AND instr(outputs, ?1) > 0 ORDER BY run DESC, position DESC",
                {json_text});
}

}  // namespace lodestone::project
