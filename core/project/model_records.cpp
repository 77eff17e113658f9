// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/model_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/file.h"
#include "core/base/time.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

namespace {

constexpr Text kNoSuchModel{"There is no model {0}. The project has: {1}.", "没有模型 {0}。项目中有：{1}。"};
constexpr Text kNoModels{"There is no model {0}: the project has none yet. Train one first.",
                         "没有模型 {0}：项目中还没有模型。请先训练一个。"};
constexpr Text kNotRunning{"The training of {0} has ended ({1}); its record is closed.",
                           "{0} 的训练已结束（{1}）；其记录已关闭。"};
constexpr Text kBadType{"A model type is named with letters, digits, '-' and '_', not {0}.",
                        "模型类型名只能含字母、数字、'-' 和 '_'，不能是 {0}。"};
constexpr Text kNoEnd{
    "A training ends as cancelled, failed or interrupted; done is recorded with its results.",
    "训练以取消、失败或中断结束；完成须连同结果一起记录。"};

constexpr std::array<std::string_view, 5> kStateNames = {"running", "done", "cancelled", "failed",
                                                         "interrupted"};

TrainingState stateOf(const std::string& name) {
  const auto found = std::find(kStateNames.begin(), kStateNames.end(), name);
  return static_cast<TrainingState>(found - kStateNames.begin());  // the schema allows no other name
}

constexpr const char* kSelect =
    "SELECT id, type, task, table_name, target, state, created_at, parameters, metrics, baseline, card, "
    "file_hash, "
    "finished_at, message, made_for FROM models ";

Result<ModelRecord> recordOf(const Statement& row) {
  ModelRecord record;
  record.id = row.text(0);
  record.type = row.text(1);
  record.task = row.text(2);
  record.table = row.text(3);
  record.target = row.text(4);
  record.state = stateOf(row.text(5));
  record.created_at = row.text(6);
  int column = 7;
  for (Json* part : {&record.parameters, &record.metrics, &record.baseline, &record.card}) {
    auto json = parseJson(row.text(column), "project.db: models " + record.id);
    if (!json) return forward(json);
    *part = std::move(*json);
    ++column;
  }
  record.file_hash = row.text(11);
  record.finished_at = row.text(12);
  record.message = row.text(13);
  record.made_for = row.text(14);
  return record;
}

Result<std::vector<ModelRecord>> select(Sqlite& db, const std::string& tail,
                                        const std::vector<SqlValue>& values) {
  std::vector<ModelRecord> records;
  auto done = db.each(kSelect + tail, values, [&](const Statement& row) -> Result<> {
    auto record = recordOf(row);
    if (!record) return forward(record);
    records.push_back(std::move(*record));
    return {};
  });
  if (!done) return forward(done);
  return records;
}

Result<> requireRunning(const ModelRecords& records, const std::string& id) {
  const auto record = records.get(id);
  if (!record) return forward(record);
  if (record->state == TrainingState::Running) return {};
  return fail(ErrorCode::InvalidArgument, kNotRunning, {id, std::string(trainingStateName(record->state))},
              {.item = id});
}

/// The interrupted training for that stage, running again from nothing; none when there is none.
Result<std::optional<std::string>> beginAgain(Sqlite& db, const std::string& type,
                                              const std::string& made_for) {
  if (made_for.empty()) return std::nullopt;
  auto id = db.text(
      "SELECT id FROM models WHERE made_for = ?1 AND type = ?2 AND state = 'interrupted' ORDER BY rowid "
      "LIMIT "
      "1",
      {made_for, type});
  if (!id || !*id) return id;
  auto done = db.run("DELETE FROM epochs WHERE model = ?1", {**id});
  if (done)
    done = db.run(
        "UPDATE models SET state = 'running', created_at = ?2, finished_at = '', message = '' WHERE id = ?1",
        {**id, nowUtc()});
  if (!done) return forward(done);
  return id;
}

}  // namespace

std::string_view trainingStateName(TrainingState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

Result<std::string> ModelRecords::begin(const std::string& type, const std::string& task,
                                        const std::string& table, const std::string& target,
                                        const Json& parameters, const std::string& made_for) {
  if (type.empty() || safeFileName(type) != type || type.find('.') != std::string::npos)
    return fail(ErrorCode::InvalidArgument, kBadType, {toValidUtf8(type)});
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  const auto again = beginAgain(*db_, type, made_for);
  if (!again) return forward(again);
  if (*again) {
    if (auto kept = transaction->commit(); !kept) return forward(kept);
    return **again;
  }
  const auto before = db_->integer("SELECT count(*) FROM models WHERE type = ?1", {type});
  if (!before) return forward(before);
  const std::string id = fmt::format("{}-{:04}", type, before->value_or(0) + 1);
  auto done = db_->run(
      "INSERT INTO models (id, type, task, table_name, target, state, created_at, parameters, "
      "made_for) VALUES (?1, ?2, ?3, ?4, ?5, 'running', ?6, ?7, ?8)",
      {id, type, task, toValidUtf8(table), toValidUtf8(target), nowUtc(), dumpJson(parameters), made_for});
  if (done) done = transaction->commit();
  if (!done) return forward(done);
  return id;
}

Result<> ModelRecords::addEpoch(const std::string& id, int epoch, const Json& metrics) {
  const Sqlite::Hold alone = db_->hold();
  if (auto running = requireRunning(*this, id); !running) return running;
  return db_->run(
      "INSERT INTO epochs VALUES (?1, ?2, ?3) ON CONFLICT (model, epoch) DO UPDATE SET metrics = "
      "excluded.metrics",
      {id, std::int64_t{epoch}, dumpJson(metrics)});
}

Result<> ModelRecords::finish(const ModelRecord& done) {
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  if (auto running = requireRunning(*this, done.id); !running) return running;
  auto written = db_->run(
      "UPDATE models SET state = 'done', finished_at = ?2, metrics = ?3, baseline = ?4, card = ?5, file_hash "
      "= ?6, "
      "message = ?7, parameters = CASE WHEN ?8 = 'null' THEN parameters ELSE ?8 END WHERE id = ?1",
      {done.id, nowUtc(), dumpJson(done.metrics), dumpJson(done.baseline), dumpJson(done.card),
       done.file_hash, toValidUtf8(done.message), dumpJson(done.parameters)});
  if (!written) return written;
  return transaction->commit();
}

Result<> ModelRecords::end(const std::string& id, TrainingState state, const std::string& message) {
  if (state == TrainingState::Running || state == TrainingState::Done)
    return fail(ErrorCode::InvalidArgument, kNoEnd, {}, {.item = id});
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  if (auto running = requireRunning(*this, id); !running) return running;
  auto written = db_->run("UPDATE models SET state = ?2, finished_at = ?3, message = ?4 WHERE id = ?1",
                          {id, std::string(trainingStateName(state)), nowUtc(), toValidUtf8(message)});
  if (!written) return written;
  return transaction->commit();
}

Result<std::vector<ModelRecord>> ModelRecords::list() const {
  return select(*db_, "ORDER BY rowid", {});
}

Result<ModelRecord> ModelRecords::get(const std::string& id) const {
  auto found = select(*db_, "WHERE id = ?1", {id});
  if (!found) return forward(found);
  if (!found->empty()) return std::move(found->front());
  std::vector<std::string> names;
  auto done = db_->each("SELECT id FROM models ORDER BY rowid DESC LIMIT 20", {},
                        [&](const Statement& row) -> Result<> {
                          names.push_back(row.text(0));
                          return {};
                        });
  if (!done) return forward(done);
  if (names.empty()) return fail(ErrorCode::NotFound, kNoModels, {toValidUtf8(id)}, {.item = id});
  return fail(ErrorCode::NotFound, kNoSuchModel, {toValidUtf8(id), join(names, ", ")}, {.item = id});
}

Result<std::vector<Json>> ModelRecords::epochs(const std::string& id) const {
  if (const auto record = get(id); !record) return forward(record);
  std::vector<Json> epochs;
  auto done = db_->each("SELECT metrics FROM epochs WHERE model = ?1 ORDER BY epoch", {id},
                        [&](const Statement& row) -> Result<> {
                          auto json = parseJson(row.text(0), "project.db: epochs " + id);
                          if (!json) return forward(json);
                          epochs.push_back(std::move(*json));
                          return {};
                        });
  if (!done) return forward(done);
  return epochs;
}

}  // namespace lodestone::project
