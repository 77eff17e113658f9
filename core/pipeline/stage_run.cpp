// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stage_run.h"

#include <algorithm>
#include <new>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/pipeline/artefacts.h"
#include "core/pipeline/stage_key.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kFromCache{"unchanged, taken from an earlier run: {0}", "未变化，沿用之前的结果：{0}"};
constexpr Text kFromRun{"unchanged since run {0}, whose outputs are taken",
                        "自第 {0} 次运行以来未变化，沿用其结果"};
constexpr Text kWaits{"waits to be applied by hand: run it with --apply {0}, or run to it",
                      "等待手动应用：用 --apply {0} 运行，或运行到该节点"};
constexpr Text kReads{"reads what {0} left", "读取 {0} 的结果"};
constexpr Text kMoreLines{"more lines were said than are kept", "日志行数过多，其余未保留"};
constexpr Text kNoMemory{"There is not enough memory for this. Close other programs or use less data.",
                         "内存不足。请关闭其他程序或减少数据量。"};
constexpr Text kUnforeseen{"Something unforeseen happened: {0}. Please report it.",
                           "发生了意外情况：{0}。请报告此问题。"};
constexpr std::size_t kMostLines = 1000;
constexpr double kSecondsBetweenLogs = 2;

void say(project::StageRecord& record, const std::string& text) {
  if (record.log.size() < kMostLines) record.log.push_back({nowUtc(), text});
}

Json parametersJson(const ParameterValues& values) {
  Json json = Json::object();
  for (const auto& [id, value] : values.all()) json[id] = value;
  return json;
}

Json outputsJson(const std::vector<Artefact>& artefacts) {
  Json json = Json::array();
  for (const Artefact& artefact : artefacts)
    json.push_back({{"kind", portKindName(artefact.kind)},
                    {"value", artefact.value},
                    {"fingerprint", artefact.fingerprint}});
  return json;
}

std::vector<Artefact> artefactsFromJson(const Json& json, const StageType& type) {
  std::vector<Artefact> artefacts;
  for (const Json& item : json)
    for (const Port& port : type.outputs)
      if (item.value("kind", std::string()) == portKindName(port.kind))
        artefacts.push_back(
            {port.kind, item.value("value", Json()), item.value("fingerprint", std::string())});
  return artefacts;
}

/// What a stage left is known by the stage's key: the same key, the same content. What it hands on as it came
/// keeps its fingerprint.
void sealArtefacts(std::vector<Artefact>& artefacts, const std::string& cache_key) {
  for (Artefact& artefact : artefacts)
    if (artefact.fingerprint.empty())
      artefact.fingerprint = sha256Hex(cache_key + std::string(portKindName(artefact.kind)));
}

}  // namespace

/// The key of a stage that runs now; another one with the same key waits until this is gone.
class StageRunner::Claim {
 public:
  explicit Claim(StageRunner& runner, const std::string& key) : runner_(runner), key_(key) {
    std::unique_lock lock(runner_.mutex_);
    // A stage that is stopped ends and frees its key, so this wait ends too.
    runner_.freed_.wait(lock, [this] { return !runner_.claimed_.contains(key_); });
    runner_.claimed_.insert(key_);
  }
  ~Claim() {
    const std::scoped_lock lock(runner_.mutex_);
    runner_.claimed_.erase(key_);
    runner_.freed_.notify_all();
  }
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

 private:
  StageRunner& runner_;
  const std::string& key_;
};

struct StageRunner::Work {
  const StageTask& task;
  const Step& step;
  StageInput input = {};
  StageOutcome outcome = {};

  project::StageRecord& record() { return outcome.record; }
};

/// The inputs and the cache key.
Result<> StageRunner::prepare(Work& work) {
  StageInput& input = work.input;
  input.project = &project_;
  input.node = work.step.id;
  input.parameters = work.step.parameters;
  input.seed = plan_.seed;
  input.device = options_.device;
  StageKey key{work.step.type, plan_.seed, work.step.parameters, {}, {}};
  work.record().inputs = Json::array();
  for (const StageSource& source : work.task.sources) {
    input.inputs[source.port].push_back(source.artefact);
    key.inputs[source.port].push_back(source.artefact.fingerprint);
    work.record().inputs.push_back({{"port", source.port},
                                    {"kind", portKindName(source.artefact.kind)},
                                    {"from", source.from},
                                    {"fingerprint", source.artefact.fingerprint}});
  }
  if (work.task.missing) return tl::unexpected<Error>(*work.task.missing);
  if (work.step.type->outside) {
    JobContext own = job_.listening({});
    auto outside = work.step.type->outside(input, own);
    if (!outside) return forward(outside);
    key.outside = *outside;
  }
  input.cache_key = key.hash();
  work.record().cache_key = input.cache_key;
  return {};
}

Result<bool> StageRunner::fromCache(Work& work) {
  if (plan_.anew[work.task.node]) return false;
  const auto known = project_.pipelines().cached(work.record().cache_key);
  if (!known) return forward(known);
  if (!*known || (*known)->outputs.is_null()) return false;
  const auto there = stillThere(project_, (*known)->outputs);
  if (!there || !*there) return there;
  project::StageRecord& record = work.record();
  record.outputs = (*known)->outputs;
  record.rows_in = (*known)->rows_in;
  record.rows_out = (*known)->rows_out;
  record.state = (*known)->state;
  record.made_run = (*known)->made_run;
  record.message =
      (*known)->cached ? (*known)->message : fill(kFromCache, job_.language(), {(*known)->message});
  record.cached = true;
  say(record, fill(kFromRun, job_.language(), {std::to_string(record.made_run)}));
  work.outcome.left = artefactsFromJson(record.outputs, *work.step.type);
  return true;
}

/// A stage that throws fails; the others go on.
Result<StageOutput> StageRunner::guarded(Work& work, JobContext& job) {
  try {
    return work.step.type->run(work.input, job);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::OutOfMemory, kNoMemory);
  } catch (const std::exception& error) {
    return fail(ErrorCode::Internal, kUnforeseen, {toValidUtf8(error.what())});
  }
}

Result<> StageRunner::make(Work& work) {
  project::StageRecord& record = work.record();
  for (const StageSource& source : work.task.sources)
    say(record, fill(kReads, job_.language(), {source.from}));
  if (auto kept = feed_.keep(record); !kept) return kept;
  Stopwatch since_kept;
  JobContext own = job_.listening([&](const Progress& progress) {
    feed_.progress(work.task.position, progress.fraction, work.step.id, progress.what);
    if (!record.log.empty() && record.log.back().text == progress.what) return;
    say(record,
        record.log.size() + 1 < kMostLines ? progress.what : std::string(kMoreLines.in(job_.language())));
    if (since_kept.seconds() < kSecondsBetweenLogs) return;
    // A line that cannot be kept now is kept with the next, or at the end.
    if (feed_.keepQuietly(record)) since_kept = Stopwatch();
  });
  const std::uint64_t watched = memory_.begin();
  auto output = guarded(work, own);
  record.memory = memory_.end(watched);
  if (!output) return forward(output);
  sealArtefacts(output->artefacts, record.cache_key);
  record.rows_in = output->rows_in;
  record.rows_out = output->rows_out;
  record.message = output->message;
  record.state = output->warning ? "warning" : "done";
  record.made_run = run_;
  record.outputs = outputsJson(output->artefacts);
  say(record, record.message);
  work.outcome.left = std::move(output->artefacts);
  return {};
}

StageOutcome StageRunner::run(const StageTask& task) {
  Work work{task, plan_.steps[task.node]};
  const Stopwatch watch;
  project::StageRecord& record = work.record();
  record.cycle = task.cycle;
  record.node = work.step.id;
  record.label = work.step.label;
  record.type = work.step.type->id;
  record.position = static_cast<std::int64_t>(task.position);
  record.parameters = parametersJson(work.step.parameters);
  record.started_at = nowUtc();
  record.made_run = run_;
  record.state = "running";
  JobContext own = job_.listening({});
  Result<> result = own.checkpoint();
  if (result) {
    feed_.tell(record);
    feed_.progress(task.position, 0, work.step.id, std::string(work.step.type->title.in(job_.language())));
    result = prepare(work);
  }
  if (result) {
    const Claim claim(*this, record.cache_key);
    const auto cached = fromCache(work);
    if (!cached)
      result = forward(cached);
    else if (!*cached && plan_.waits[task.node]) {
      record.state = "waiting";
      record.message = fill(kWaits, job_.language(), {work.step.id});
      say(record, record.message);
    } else if (!*cached) {
      result = make(work);
    }
    if (result) {
      record.seconds = watch.seconds();
      result = feed_.keep(record);  // before the key is free: who waits for it finds this
    }
  }
  if (!result) {
    Error error = result.error();
    record.state = error.code == ErrorCode::Cancelled ? "cancelled" : "failed";
    record.message = error.message(job_.language());
    say(record, record.message);
    record.seconds = watch.seconds();
    if (error.where.stage.empty()) error.where.stage = work.step.id;
    work.outcome.error = std::move(error);
    auto kept = feed_.keep(record);  // the stage's own error is the one to tell
  }
  feed_.progress(task.position, 1, work.step.id, record.message);
  return std::move(work.outcome);
}

}  // namespace lodestone::pipeline
