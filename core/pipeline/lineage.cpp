// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/lineage.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <set>

#include "core/base/hash.h"
#include "core/pipeline/stage_type.h"
#include "core/pipeline/templates.h"
#include "core/project/audit_log.h"
#include "core/project/model_records.h"
#include "core/project/strategy_records.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kUnknown{
    "\"{0}\" is no table, model or strategy of this project and no file that it exported. Give a table's "
    "name, an id such as mlp-0001 or S-0001, or the path of an exported file.",
    "“{0}”既不是本项目的表、模型或策略，也不是其导出的文件。请给出表名、mlp-0001 或 S-0001 "
    "这样的编号，或导出文件的路径。"};

constexpr const char* kFigure = "figure";

bool isWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Whether a query names a table, as a word of its own in any case.
bool names(const std::string& sql, const std::string& table) {
  const std::string text = lowerAscii(sql);
  const std::string word = lowerAscii(table);
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !isWord(text[at - 1])) && (end == text.size() || !isWord(text[end]))) return true;
  }
  return false;
}

/// Tables of the project (schema main) that a JSON value names.
void addTables(const Json& value, std::set<std::string>& tables) {
  if (value.is_object() && value.value("schema", Json()) == "main" && value.contains("name") &&
      value["name"].is_string())
    tables.insert(value["name"].get<std::string>());
  if (value.is_object() || value.is_array())
    for (const auto& [key, item] : value.items()) addTables(item, tables);
}

/// Follows one thing back.
class Follower {
 public:
  Follower(project::Project& project, data::Database& database, JobContext& job)
      : project_(project), database_(database), job_(job) {}

  Result<Lineage> follow(const std::string& what);
  Result<Lineage> followRun(std::int64_t run, const std::string& stage);

 private:
  Result<bool> strategy(const std::string& id, int version);
  Result<bool> model(const std::string& id);
  Result<bool> table(const std::string& name);
  Result<bool> file(const std::filesystem::path& path);
  Result<> figure(const data::Origin& origin);
  Result<bool> stagesFrom(const std::optional<project::StageOfRun>& maker);
  Result<> stagesOf(std::int64_t run, const std::string& last);
  Result<std::optional<LineageKind>> thing(const std::string& name, int version);
  Result<Lineage> withSources();
  Result<> readTables();
  Result<> readOrigins();
  void take(const data::Origin& origin);
  Result<> stagesBefore(const data::Origin& origin);

  project::Project& project_;
  data::Database& database_;
  JobContext& job_;
  Lineage found_;
  std::set<std::string> tables_;
  data::Origin figure_;  ///< of the picture that was asked for
};

/// A stage of a run and all before it, by the inputs that were recorded; all of them without one.
Result<> Follower::stagesOf(std::int64_t run_id, const std::string& last) {
  auto run = project_.pipelines().run(run_id);
  if (!run) return forward(run);
  const auto stages = project_.pipelines().stages(run_id);
  if (!stages) return forward(stages);
  std::map<std::string, const project::StageRecord*> by_name;
  for (const project::StageRecord& stage : *stages)
    if (stage.state != "skipped") by_name[stageName(stage)] = &stage;
  std::deque<std::string> queue;
  for (const auto& [name, stage] : by_name)
    if (last.empty() || name == last) queue.push_back(name);
  std::set<std::string> seen(queue.begin(), queue.end());
  while (!queue.empty()) {
    const std::string name = queue.front();
    queue.pop_front();
    const auto stage = by_name.find(name);
    if (stage == by_name.end() || !stage->second->inputs.is_array()) continue;
    for (const Json& input : stage->second->inputs) {
      const std::string from = input.value("from", std::string());
      found_.edges.emplace_back(from, name);
      if (seen.insert(from).second) queue.push_back(from);
    }
  }
  std::map<std::int64_t, std::string> codes;
  for (const project::StageRecord& stage : *stages) {
    if (!seen.contains(stageName(stage))) continue;
    if (!codes.contains(stage.made_run)) {
      const auto made = project_.pipelines().run(stage.made_run);
      codes[stage.made_run] = made ? made->code : std::string();
    }
    addTables(stage.outputs, tables_);
    found_.stages.push_back({stage, codes[stage.made_run]});
  }
  std::sort(found_.edges.begin(), found_.edges.end());
  found_.edges.erase(std::unique(found_.edges.begin(), found_.edges.end()), found_.edges.end());
  found_.run = std::move(*run);
  return {};
}

/// The stage that made it and all before it; false when no stage did.
Result<bool> Follower::stagesFrom(const std::optional<project::StageOfRun>& maker) {
  if (!maker) return false;
  if (auto done = stagesOf(maker->run, stageName(maker->stage)); !done) return forward(done);
  return true;
}

Result<bool> Follower::strategy(const std::string& id, int version) {
  const auto versions = project_.strategies().versions(id);
  if (!versions) {
    if (versions.error().code == ErrorCode::NotFound) return false;
    return forward(versions);
  }
  found_.strategy = id;
  found_.version = version > 0 ? version : versions->back().version;
  // Later versions are edits of the first, which a run made.
  const std::string& hash = versions->front().content_hash;
  const auto makers = project_.pipelines().leaving("\"kind\":\"strategies\"");
  if (!makers) return forward(makers);
  for (const project::StageOfRun& maker : *makers)
    for (const Json& output : maker.stage.outputs) {
      if (output.value("kind", std::string()) != portKindName(PortKind::Strategies)) continue;
      for (const Json& content : output.at("value").at("strategies"))
        if (project::contentHash(content) == hash) {
          if (auto done = stagesFrom(maker); !done) return done;
          return true;
        }
    }
  return true;
}

Result<bool> Follower::model(const std::string& id) {
  const auto record = project_.models().get(id);
  if (!record) {
    if (record.error().code == ErrorCode::NotFound) return false;
    return forward(record);
  }
  found_.model = id;
  found_.training = record->card;
  const auto stages = project_.pipelines().leaving(dumpJson(Json(id)));
  if (!stages) return forward(stages);
  // Newest first: the earliest that hands the model on is the one that trained it.
  std::optional<project::StageOfRun> maker;
  for (const project::StageOfRun& stage : *stages)
    for (const Json& output : stage.stage.outputs)
      if (output.value("kind", std::string()) == portKindName(PortKind::Model) &&
          output.at("value").value("model", std::string()) == id)
        maker = stage;
  const auto made = stagesFrom(maker);
  if (!made) return made;
  if (!*made) {
    addTables(record->card, tables_);
    tables_.insert(record->table);
  }
  return true;
}

Result<bool> Follower::table(const std::string& name) {
  const std::string plain = name.starts_with("stages.") ? name.substr(7) : name;
  const auto user_table = database_.has({name});
  if (!user_table) return forward(user_table);
  if (*user_table) {
    tables_.insert(name);
    const auto origin = data::originOf(database_, {name}, job_);
    if (!origin) return forward(origin);
    take(*origin);
    if (auto before = stagesBefore(*origin); !before) return forward(before);
    return true;
  }
  const auto stages = project_.pipelines().leaving(dumpJson(Json(plain)));
  if (!stages) return forward(stages);
  const project::StageOfRun* maker = nullptr;
  for (const project::StageOfRun& stage : *stages) {
    // What a stage leaves is named after its key; what others merely hand on is not.
    const bool own = plain.ends_with("_" + stage.stage.cache_key.substr(0, 16));
    if (own && (maker == nullptr || maker->run < stage.run)) maker = &stage;
  }
  if (maker == nullptr) return false;
  return stagesFrom(*maker);
}

/// By its content, as the log of exports holds it.
Result<bool> Follower::file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  const auto hash = sha256File(path);
  if (!hash) return forward(hash);
  const auto entries = project_.audit().entries();
  if (!entries) return forward(entries);
  for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
    if (entry->action != "export") continue;
    const auto detail = parseJson(entry->detail, "project.db: audit_log");
    if (!detail) return forward(detail);
    const Json files = detail->value("files", Json::array());
    const bool of_this = std::any_of(files.begin(), files.end(), [&](const Json& one) {
      return one.is_object() && one.value("sha256", std::string()) == *hash;
    });
    if (of_this) return strategy(entry->subject, entry->version);
  }
  const auto origin = data::originOfFile(database_, *hash, job_);
  if (!origin) return forward(origin);
  if (!*origin) return false;
  if ((*origin)->back().operation == kFigure) {
    if (auto shown = figure(**origin); !shown) return forward(shown);
    figure_ = **origin;
    return true;
  }
  take(**origin);
  if (auto before = stagesBefore(**origin); !before) return forward(before);
  return true;
}

/// One thing's lineage is the picture's; of several each has its own. What was deleted since is left out.
Result<> Follower::figure(const data::Origin& origin) {
  const Json& shown = origin.back().parameters;
  const Json things = shown.value("of", Json::array());
  for (const Json& one : things) {
    Follower own(project_, database_, job_);
    Follower& follower = things.size() == 1 ? *this : own;
    const auto kind = follower.thing(one.at("name").get<std::string>(), one.value("version", 0));
    if (!kind) return forward(kind);
    if (!*kind || things.size() == 1) continue;
    own.found_.what = one.at("name").get<std::string>();
    own.found_.kind = **kind;
    auto part = own.withSources();
    if (!part) return forward(part);
    tables_.insert(part->tables.begin(), part->tables.end());
    found_.parts.push_back(std::move(*part));
  }
  const auto run = shown.value("run", std::int64_t{0});
  return run == 0 ? Result<>() : stagesOf(run, shown.value("stage", std::string()));
}

/// The stages of a run behind what a stage left, where the way begins there. A run's own export leaves the
/// file's name as well.
Result<> Follower::stagesBefore(const data::Origin& origin) {
  if (origin.empty()) return {};
  const data::OriginStep& last = origin.back();
  const auto stages = project_.pipelines().leaving(dumpJson(Json(last.made)));
  if (!stages) return forward(stages);
  const auto maker = std::find_if(stages->begin(), stages->end(), [&](const project::StageOfRun& one) {
    return one.stage.started_at <= last.made_at;
  });
  if (last.operation == "export" && maker != stages->end()) {
    const auto known = stagesFrom(*maker);
    if (!known) return forward(known);
    return {};
  }
  if (last.operation == "predict") {
    found_.model = last.parameters.value("model", std::string());
    if (const auto record = project_.models().get(found_.model)) found_.training = record->card;
  }
  for (const data::OriginStep& step : origin) {
    if (found_.run || !step.operation.empty() || !step.made.starts_with("stages.")) continue;
    if (const auto known = table(step.made); !known) return forward(known);
  }
  return {};
}

/// Each step once.
void Follower::take(const data::Origin& origin) {
  for (const data::OriginStep& step : origin) {
    const bool known = std::any_of(found_.operations.begin(), found_.operations.end(),
                                   [&](const data::OriginStep& one) { return one.id == step.id; });
    if (known) continue;
    found_.operations.push_back(step);
    if (step.operation != "import") continue;
    for (const Json& file : step.parameters.at("files"))
      found_.files.push_back({step.made, file.at("file").get<std::string>(),
                              file.at("bytes").get<std::int64_t>(), file.at("imported_at").get<std::string>(),
                              file.at("rows").get<std::int64_t>()});
  }
}

/// The tables that the stages' parameters name.
Result<> Follower::readTables() {
  const auto known = database_.tables();
  if (!known) return forward(known);
  for (const LineageStage& stage : found_.stages) {
    const auto type = stageType(stage.record.type);
    if (!type || !stage.record.parameters.is_object()) continue;
    for (const Parameter& parameter : (*type)->parameters) {
      const std::string value = stage.record.parameters.value(parameter.id, std::string());
      if (value.empty()) continue;
      if (parameter.kind == ParameterKind::Table) tables_.insert(value);
      if (parameter.kind != ParameterKind::Sql) continue;
      const std::string_view shipped = queryTemplate(value);
      const std::string sql = shipped.empty() ? value : std::string(shipped);
      for (const data::TableInfo& info : *known)
        if (names(sql, info.table.name)) tables_.insert(info.table.name);
    }
  }
  for (const std::string& name : tables_) {
    const auto there = database_.has({name});
    if (!there) return forward(there);
    if (*there) found_.tables.push_back(name);
  }
  return {};
}

Result<> Follower::readOrigins() {
  for (const std::string& name : found_.tables) {
    const auto origin = data::originOf(database_, {name}, job_);
    if (!origin) return forward(origin);
    take(*origin);
  }
  return {};
}

Result<std::optional<LineageKind>> Follower::thing(const std::string& name, int version) {
  Result<bool> known = strategy(name, version);
  if (known && *known) return LineageKind::Strategy;
  if (known) known = model(name);
  if (known && *known) return LineageKind::Model;
  if (known) known = table(name);
  if (known && *known) return LineageKind::Table;
  if (!known) return forward(known);
  return std::optional<LineageKind>();
}

Result<Lineage> Follower::follow(const std::string& what) {
  found_.what = what;
  const auto kind = thing(what, 0);
  if (!kind) return forward(kind);
  if (!*kind) {
    const auto known = file(what);
    if (!known) return forward(known);
    if (!*known) return fail(ErrorCode::NotFound, kUnknown, {toValidUtf8(what)}, {.item = toValidUtf8(what)});
  }
  found_.kind = kind->value_or(LineageKind::File);
  return withSources();
}

Result<Lineage> Follower::followRun(std::int64_t run, const std::string& stage) {
  found_.what = stage.empty() ? std::to_string(run) : stage;
  found_.kind = LineageKind::Run;
  if (auto done = stagesOf(run, stage); !done) return forward(done);
  return withSources();
}

Result<Lineage> Follower::withSources() {
  if (auto read = readTables(); !read) return forward(read);
  if (auto read = readOrigins(); !read) return forward(read);
  take(figure_);
  return std::move(found_);
}

}  // namespace

std::string_view lineageKindName(LineageKind kind) {
  switch (kind) {
    case LineageKind::Table:
      return "table";
    case LineageKind::Model:
      return "model";
    case LineageKind::Strategy:
      return "strategy";
    case LineageKind::File:
      return "file";
    case LineageKind::Run:
      return "run";
  }
  return "table";
}

const data::OriginStep* madeBy(const Lineage& lineage) {
  const bool itself = lineage.kind == LineageKind::Table || lineage.kind == LineageKind::File;
  if (!itself || lineage.run || !lineage.strategy.empty() || lineage.operations.empty()) return nullptr;
  return &lineage.operations.back();
}

Result<Lineage> lineageOf(project::Project& project, const std::string& what, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  return Follower(project, **database, job).follow(what);
}

Result<> recordFigure(project::Project& project, const std::filesystem::path& file,
                      const FigureSubject& subject, JobContext& job) {
  const auto database = project.tables();
  if (!database) return forward(database);
  data::Making making{.operation = kFigure, .parameters = Json::object(), .sources = {}};
  for (const FigureSubject::Thing& thing : subject.of) {
    Json one = {{"name", thing.name}};
    if (thing.version != 0) one["version"] = thing.version;
    making.parameters["of"].push_back(one);
    const auto table = (*database)->has({thing.name});
    if (!table) return forward(table);
    if (*table) making.sources.push_back({thing.name});
  }
  if (subject.run != 0) making.parameters["run"] = subject.run;
  if (!subject.stage.empty()) making.parameters["stage"] = subject.stage;
  if (!subject.chart.empty()) making.parameters["chart"] = subject.chart;
  return data::recordExport(**database, file, file, making, job);
}

Result<Lineage> lineageOfRun(project::Project& project, std::int64_t run, JobContext& job,
                             const std::string& stage) {
  const auto database = project.tables();
  if (!database) return forward(database);
  return Follower(project, **database, job).followRun(run, stage);
}

}  // namespace lodestone::pipeline
