// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/audit_log.h"

#include <utility>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

namespace {

constexpr Text kChanged{"Entry {0} of the audit log was changed after it was written: its hash does not fit.",
                        "审计日志第 {0} 条在写入后被更改：其哈希不符。"};
constexpr Text kUnlinked{
    "Entry {0} of the audit log does not follow from the one before it: one of them was replaced.",
    "审计日志第 {0} 条与前一条不衔接：其中一条已被替换。"};
constexpr Text kRemoved{"Entries {0} to {1} of the audit log were removed.",
                        "审计日志第 {0} 至 {1} 条已被删除。"};
constexpr Text kAdded{"Entry {0} of the audit log was added by another program.",
                      "审计日志第 {0} 条由其他程序添加。"};
constexpr Text kHeadDiffers{
    "The audit log does not end with the entry that was written last: entry {0} was changed or replaced.",
    "审计日志的结尾不是最后写入的条目：第 {0} 条已被更改或替换。"};
constexpr Text kNoState{
    "The note of the audit log's length and head was removed from the project file; restore it from an "
    "archive.",
    "项目文件中记录审计日志长度和末端哈希的条目已被删除；请从归档恢复。"};
constexpr Text kCannotAppend{
    "The audit log of {0} was changed by another program, so that nothing can be added to it: {1}. "
    "Run `lodestone-cli project verify` on it, and restore the project from an archive.",
    "{0} 的审计日志被其他程序更改，无法再追加条目：{1}。请对其运行 `lodestone-cli project "
    "verify`，并从归档恢复项目。"};

struct ChainState {
  std::int64_t entries = 0;
  std::string head;
};

Result<std::optional<ChainState>> readState(Sqlite& db) {
  std::optional<ChainState> state;
  auto done = db.each("SELECT entries, head FROM chain_state", {}, [&](const Statement& row) -> Result<> {
    state = ChainState{row.integer(0), row.text(1)};
    return {};
  });
  if (!done) return forward(done);
  return state;
}

AuditEntry entryOf(const Statement& row) {
  AuditEntry entry;
  entry.sequence = row.integer(0);
  entry.at = row.text(1);
  entry.actor = row.text(2);
  entry.action = row.text(3);
  entry.subject = row.text(4);
  entry.version = static_cast<int>(row.integer(5));
  entry.content_hash = row.text(6);
  entry.detail = row.text(7);
  entry.previous_hash = row.text(8);
  entry.hash = row.text(9);
  return entry;
}

Error problem(const Text& text, std::vector<std::string> args) {
  return Error{ErrorCode::Corrupt, text, std::move(args), {.item = "audit_log"}};
}

void checkEntry(const AuditEntry& entry, const AuditEntry& before, std::vector<Error>& problems) {
  const std::string name = std::to_string(entry.sequence);
  if (entry.sequence > before.sequence + 1)
    problems.push_back(
        problem(kRemoved, {std::to_string(before.sequence + 1), std::to_string(entry.sequence - 1)}));
  if (entry.sequence < 1) problems.push_back(problem(kAdded, {name}));
  if (entry.hash != auditHash(entry)) problems.push_back(problem(kChanged, {name}));
  if (entry.previous_hash != before.hash) problems.push_back(problem(kUnlinked, {name}));
}

}  // namespace

std::string auditHash(const AuditEntry& entry) {
  Json json = Json::object();
  json["sequence"] = entry.sequence;
  json["at"] = entry.at;
  json["actor"] = entry.actor;
  json["action"] = entry.action;
  json["subject"] = entry.subject;
  json["version"] = entry.version;
  json["content_hash"] = entry.content_hash;
  json["detail"] = entry.detail;
  json["previous_hash"] = entry.previous_hash;
  return sha256Hex(dumpJson(json));
}

Result<AuditEntry> AuditLog::append(const std::string& actor, const std::string& action,
                                    const std::string& subject, int version, const std::string& content_hash,
                                    const Json& detail) {
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  // From the noted state, not from the last row: a row taken from the end must leave a gap, not be papered
  // over.
  const auto state = readState(*db_);
  if (!state) return forward(state);
  const std::string file = db_->file().string();
  if (!*state) return fail(ErrorCode::Corrupt, kCannotAppend, {file, "chain_state"}, {.file = file});
  AuditEntry entry{.sequence = (*state)->entries + 1,
                   .at = nowUtc(),
                   .actor = toValidUtf8(actor),
                   .action = action,
                   .subject = subject,
                   .version = version,
                   .content_hash = content_hash,
                   .detail = dumpJson(detail),
                   .previous_hash = (*state)->head,
                   .hash = {}};
  entry.hash = auditHash(entry);
  auto done = db_->run(
      "INSERT INTO audit_log VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      {entry.sequence, entry.at, entry.actor, entry.action, entry.subject, std::int64_t{entry.version},
       entry.content_hash, entry.detail, entry.previous_hash, entry.hash});
  if (!done && done.error().code == ErrorCode::InvalidArgument)
    return fail(ErrorCode::Corrupt, kCannotAppend, {file, "audit_log " + std::to_string(entry.sequence)},
                {.file = file});
  if (done) done = db_->run("UPDATE chain_state SET entries = ?1, head = ?2", {entry.sequence, entry.hash});
  if (done) done = transaction->commit();
  if (!done) return forward(done);
  return entry;
}

Result<std::vector<AuditEntry>> AuditLog::entries() const {
  std::vector<AuditEntry> entries;
  auto done = db_->each(
      "SELECT sequence, at, actor, action, subject, version, content_hash, detail, previous_hash, hash "
      "FROM audit_log ORDER BY sequence",
      {}, [&](const Statement& row) -> Result<> {
        entries.push_back(entryOf(row));
        return {};
      });
  if (!done) return forward(done);
  return entries;
}

Result<std::string> AuditLog::head() const {
  const auto state = readState(*db_);
  if (!state) return forward(state);
  return *state ? (*state)->head : std::string();
}

Result<std::vector<Error>> AuditLog::verify() const {
  const Sqlite::Hold alone = db_->hold();
  const auto all = entries();
  if (!all) return forward(all);
  const auto state = readState(*db_);
  if (!state) return forward(state);
  std::vector<Error> problems;
  if (!*state) problems.push_back(problem(kNoState, {}));
  AuditEntry before;
  for (const AuditEntry& entry : *all) {
    checkEntry(entry, before, problems);
    if (*state && entry.sequence > (*state)->entries)
      problems.push_back(problem(kAdded, {std::to_string(entry.sequence)}));
    before = entry;
  }
  if (!*state) return problems;
  if (before.sequence < (*state)->entries)
    problems.push_back(
        problem(kRemoved, {std::to_string(before.sequence + 1), std::to_string((*state)->entries)}));
  if (before.sequence == (*state)->entries && before.hash != (*state)->head)
    problems.push_back(problem(kHeadDiffers, {std::to_string(before.sequence)}));
  return problems;
}

Result<bool> AuditLog::contains(const std::string& head) const {
  const auto found = db_->integer("SELECT 1 FROM audit_log WHERE hash = ?1", {head});
  if (!found) return forward(found);
  return found->has_value();
}

}  // namespace lodestone::project
