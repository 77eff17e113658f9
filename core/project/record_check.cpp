// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/record_check.h"

#include <array>
#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/project/audit_log.h"
#include "core/project/model_records.h"
#include "core/project/strategy_records.h"

namespace lodestone::project {

namespace fs = std::filesystem;

namespace {

constexpr Text kDamaged{"{0} is damaged: {1}. Restore the project from an archive or a backup.",
                        "{0} 已损坏：{1}。请从归档或备份恢复项目。"};
constexpr Text kContentChanged{
    "The content of strategy {0}, version {1}, was changed after it was saved: its hash does not fit.",
    "策略 {0} 版本 {1} 的内容在保存后被更改：其哈希不符。"};
constexpr Text kUnknownToLog{"Strategy {0}, version {1}, is not in the audit log.",
                             "审计日志中没有策略 {0} 的版本 {1}。"};
constexpr Text kVersionRemoved{"Strategy {0}, version {1}, is in the audit log and no longer in the project.",
                               "策略 {0} 的版本 {1} 存在于审计日志中，但已不在项目里。"};
constexpr Text kMadeTwice{"The audit log makes strategy {0}, version {1}, twice: an earlier one was removed.",
                          "审计日志两次创建策略 {0} 的版本 {1}：较早的一个已被删除。"};
constexpr Text kDisagrees{
    "Strategy {0}, version {1}: its {2} is \"{3}\", but by the audit log it is \"{4}\".",
    "策略 {0} 版本 {1}：其 {2} 为“{3}”，而审计日志中为“{4}”。"};
constexpr Text kModelFileMissing{
    "The file {1} of model {0} is missing or cannot be read. Train the model again.",
    "模型 {0} 的文件 {1} 缺失或无法读取。请重新训练该模型。"};
constexpr Text kModelChanged{
    "The files of model {0} were changed after it was trained: their hash does not fit. Train the model "
    "again.",
    "模型 {0} 的文件在训练后被更改：其哈希不符。请重新训练该模型。"};
constexpr Text kRewritten{
    "The report {0} carries the audit log's head {1}, which is not in the log: the log was rewritten after "
    "the "
    "report was exported, or the report is of another project.",
    "报告 {0} 记载的审计日志末端哈希 {1} 不在日志中：报告导出后日志被重写，或者该报告属于另一个项目。"};
constexpr Text kNoMark{
    "The report {0} carries no head of an audit log, so that nothing can be held against it.",
    "报告 {0} 未记载审计日志末端哈希，无法据此核对。"};

constexpr Text kReportChanged{
    "The file {0} is not what was exported under that name: its hash is in no export of the audit log.",
    "文件 {0} 与以该名称导出的内容不符：审计日志的导出记录中没有其哈希。"};
constexpr Text kModelRecordChanged{
    "The record of model {0} was changed after it was trained: its {1} is not that of its file.",
    "模型 {0} 的记录在训练后被更改：其 {1} 与文件中的不一致。"};

constexpr std::uintmax_t kReportLimit = std::uintmax_t{64} << 20U;

Error problem(const Text& text, std::vector<std::string> args, Where where) {
  return Error{ErrorCode::Corrupt, text, std::move(args), std::move(where)};
}

/// A version as the record or the log has it: what is compared by name.
using Facts = std::map<std::string, std::string>;
using Versions = std::map<std::pair<std::string, int>, Facts>;

Facts newDraft(const AuditEntry& entry) {
  return {{"state", "draft"},          {"content_hash", entry.content_hash},
          {"created_by", entry.actor}, {"created_at", entry.at},
          {"submitted_by", ""},        {"decided_by", ""},
          {"decided_at", ""}};
}

void follow(const AuditEntry& entry, Facts& facts) {
  static const std::map<std::string, std::string> kDecisions = {
      {"approve", "approved"}, {"request-changes", "changes_requested"}, {"reject", "rejected"}};
  if (entry.action == "submit") {
    facts["state"] = "in_review";
    facts["submitted_by"] = entry.actor;
    facts["decided_by"] = facts["decided_at"] = "";
  } else if (const auto decision = kDecisions.find(entry.action); decision != kDecisions.end()) {
    facts["state"] = decision->second;
    facts["decided_by"] = entry.actor;
    facts["decided_at"] = entry.at;
  } else if (entry.action == "export" && facts["state"] == "approved") {
    facts["state"] = "exported";
  }
}

/// What the log's entries, done one after the other, lead to.
Versions replay(const std::vector<AuditEntry>& entries, std::vector<Error>& problems) {
  Versions versions;
  for (const AuditEntry& entry : entries) {
    const auto key = std::pair(entry.subject, entry.version);
    const auto known = versions.find(key);
    if (entry.action == "create" || entry.action == "edit") {
      if (known != versions.end())
        problems.push_back(
            problem(kMadeTwice, {entry.subject, std::to_string(entry.version)}, {.item = entry.subject}));
      versions[key] = newDraft(entry);
    } else if (known != versions.end()) {
      follow(entry, known->second);
    }
  }
  return versions;
}

Result<Versions> readVersions(Sqlite& db, std::vector<Error>& problems) {
  Versions versions;
  auto done = db.each(
      "SELECT strategy, version, state, content, content_hash, created_by, created_at, submitted_by, "
      "decided_by, "
      "decided_at FROM strategy_versions ORDER BY strategy, version",
      {}, [&](const Statement& row) -> Result<> {
        const std::string id = row.text(0);
        const auto version = static_cast<int>(row.integer(1));
        const auto content = parseJson(row.text(3), "project.db");
        if (!content || contentHash(*content) != row.text(4))
          problems.push_back(problem(kContentChanged, {id, std::to_string(version)}, {.item = id}));
        versions[{id, version}] = {{"state", row.text(2)},        {"content_hash", row.text(4)},
                                   {"created_by", row.text(5)},   {"created_at", row.text(6)},
                                   {"submitted_by", row.text(7)}, {"decided_by", row.text(8)},
                                   {"decided_at", row.text(9)}};
        return {};
      });
  if (!done) return forward(done);
  return versions;
}

bool addFile(const fs::path& path, Sha256& hash) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  std::array<char, 1 << 16> buffer{};
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0)
    hash.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
  return !in.bad();
}

std::vector<std::string> headsIn(std::string_view bytes) {
  std::vector<std::string> heads;
  for (std::size_t at = bytes.find(kAuditHeadMark); at != std::string_view::npos;
       at = bytes.find(kAuditHeadMark, at + 1)) {
    const std::string_view head = bytes.substr(at + kAuditHeadMark.size(), 64);
    if (head.size() == 64 && head.find_first_not_of("0123456789abcdef") == std::string_view::npos)
      heads.emplace_back(head);
  }
  return heads;
}

enum class Mark { Required, Optional };

/// File name -> hashes under which the log says it was exported.
using Exported = std::map<std::string, std::set<std::string>>;

Result<Exported> exportedFiles(Sqlite& db) {
  const auto entries = AuditLog(db).entries();
  if (!entries) return forward(entries);
  Exported exported;
  for (const AuditEntry& entry : *entries) {
    if (entry.action != "export") continue;
    const auto detail = parseJson(entry.detail, "audit_log");
    if (!detail || !detail->contains("files")) continue;
    for (const Json& file : (*detail)["files"])
      if (file.is_object())
        exported[file.value("name", std::string())].insert(file.value("sha256", std::string()));
  }
  return exported;
}

Result<> checkReport(Sqlite& db, const Exported& exported, const fs::path& path, Mark mark,
                     std::vector<Error>& problems) {
  const auto bytes = readFile(path);
  if (!bytes) {
    problems.push_back(bytes.error());
    return {};
  }
  const auto known_name = exported.find(path.filename().string());
  const bool known_file = known_name != exported.end() && known_name->second.contains(sha256Hex(*bytes));
  if (known_name != exported.end() && !known_file)
    problems.push_back(problem(kReportChanged, {path.string()}, {.file = path.string()}));
  const auto heads = headsIn(*bytes);
  if (heads.empty() && !known_file && mark == Mark::Required)
    problems.push_back(problem(kNoMark, {path.string()}, {.file = path.string()}));
  for (const std::string& head : heads) {
    const auto known = AuditLog(db).contains(head);
    if (!known) return forward(known);
    if (!*known) problems.push_back(problem(kRewritten, {path.string(), head}, {.file = path.string()}));
  }
  return {};
}

bool mayBeReport(const fs::directory_entry& entry) {
  static const std::set<std::string> kExtensions = {".csv", ".html", ".json", ".pdf"};
  std::error_code error;
  return entry.is_regular_file(error) &&
         kExtensions.contains(lowerAscii(entry.path().extension().string())) &&
         entry.file_size(error) <= kReportLimit;
}

}  // namespace

Result<std::vector<Error>> checkDatabase(Sqlite& db) {
  const std::string file = db.file().string();
  std::vector<Error> problems;
  for (auto find : {&Sqlite::integrityProblems, &Sqlite::referenceProblems}) {
    const auto found = (db.*find)();
    if (!found) return forward(found);
    for (const std::string& finding : *found)
      problems.push_back(problem(kDamaged, {file, finding}, {.file = file}));
  }
  return problems;
}

Result<std::vector<Error>> checkStrategies(Sqlite& db) {
  const Sqlite::Hold alone = db.hold();
  std::vector<Error> problems;
  const auto entries = AuditLog(db).entries();
  if (!entries) return forward(entries);
  const auto recorded = readVersions(db, problems);
  if (!recorded) return forward(recorded);
  const Versions logged = replay(*entries, problems);
  for (const auto& [key, facts] : *recorded) {
    const auto known = logged.find(key);
    const std::string version = std::to_string(key.second);
    if (known == logged.end()) {
      problems.push_back(problem(kUnknownToLog, {key.first, version}, {.item = key.first}));
      continue;
    }
    for (const auto& [name, value] : facts)
      if (const std::string& expected = known->second.at(name); value != expected)
        problems.push_back(
            problem(kDisagrees, {key.first, version, name, value, expected}, {.item = key.first}));
  }
  for (const auto& [key, facts] : logged)
    if (!recorded->contains(key))
      problems.push_back(
          problem(kVersionRemoved, {key.first, std::to_string(key.second)}, {.item = key.first}));
  return problems;
}

namespace {

/// The record repeats what the model's own file says, for quick lists; the two must not part.
void compareWithFile(const ModelRecord& model, const fs::path& path, std::vector<Error>& problems) {
  const auto bytes = readFile(path);
  if (!bytes) return;
  const auto file = parseJson(*bytes, path.string());
  if (!file || !file->is_object()) return;
  const auto differs = [&](const char* key, const Json& recorded) {
    if (file->contains(key) && (*file)[key] != recorded)
      problems.push_back(problem(kModelRecordChanged, {model.id, key}, {.item = model.id}));
  };
  differs("type", model.type);
  differs("parameters", model.parameters);
  differs("metrics", model.metrics);
  differs("baseline", model.baseline);
  differs("card", model.card);
}

}  // namespace

Result<std::vector<Error>> checkModelFiles(Sqlite& db, const fs::path& models_folder) {
  std::vector<Error> problems;
  const auto models = ModelRecords(db).list();
  if (!models) return forward(models);
  for (const ModelRecord& model : *models) {
    if (model.state != TrainingState::Done) continue;
    Sha256 hash;
    std::string missing;
    for (const char* name : {"model.safetensors", "model.json"}) {
      const fs::path file = models_folder / model.id / name;
      if (missing.empty() && !addFile(file, hash)) missing = file.string();
    }
    if (!missing.empty())
      problems.push_back(
          problem(kModelFileMissing, {model.id, missing}, {.file = missing, .item = model.id}));
    else if (hash.hex() != model.file_hash)
      problems.push_back(problem(kModelChanged, {model.id}, {.item = model.id}));
    else
      compareWithFile(model, models_folder / model.id / "model.json", problems);
  }
  return problems;
}

Result<std::vector<Error>> checkReports(Sqlite& db, const fs::path& exports_folder,
                                        const std::vector<fs::path>& reports) {
  std::vector<Error> problems;
  const auto exported = exportedFiles(db);
  if (!exported) return forward(exported);
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(exports_folder, error), end; entry != end;
       entry.increment(error)) {
    if (mayBeReport(*entry)) found.push_back(entry->path());
    if (error) break;
  }
  for (const fs::path& path : found)
    if (auto done = checkReport(db, *exported, path, Mark::Optional, problems); !done) return forward(done);
  for (const fs::path& path : reports)
    if (auto done = checkReport(db, *exported, path, Mark::Required, problems); !done) return forward(done);
  return problems;
}

}  // namespace lodestone::project
