// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/strategy_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/base/hash.h"
#include "core/project/audit_log.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

namespace {

constexpr Text kNoSuchStrategy{"There is no strategy {0}. The project has: {1}.",
                               "没有策略 {0}。项目中有：{1}。"};
constexpr Text kNoStrategies{"There is no strategy {0}: the project has none yet. Generate some first.",
                             "没有策略 {0}：项目中还没有策略。请先生成。"};
constexpr Text kNoSuchVersion{"Strategy {0} has no version {1}; its newest is {2}.",
                              "策略 {0} 没有版本 {1}；最新版本是 {2}。"};
constexpr Text kNotAnObject{"A strategy's content is a JSON object.", "策略的内容必须是 JSON 对象。"};
constexpr Text kNoName{"A name is needed: who does this? Give it with --by.",
                       "需要姓名：由谁执行？请用 --by 指定。"};
constexpr Text kBadName{"A name is one line of at most {0} characters.", "姓名须为一行，最多 {0} 个字符。"};
constexpr Text kReservedName{"{0} is the program's own name; a person must give another one.",
                             "{0} 是程序自身的名称；请使用本人姓名。"};
constexpr Text kNoComment{"Strategy {0}: say why, in a comment (--comment).",
                          "策略 {0}：请用批注说明原因（--comment）。"};
constexpr Text kLongComment{"A comment has at most {0} characters.", "批注最多 {0} 个字符。"};
constexpr Text kWrongState{"Strategy {0}, version {1}, is in state {2}; {3} is possible only in state {4}.",
                           "策略 {0} 的版本 {1} 处于状态 {2}；{3} 只能在状态 {4} 下进行。"};
constexpr Text kSubmitterDecides{
    "{0} submitted version {1} of strategy {2} and cannot decide on it. Ask another person to review it.",
    "{0} 提交了策略 {2} 的版本 {1}，不能自行审批。请由他人审核。"};
constexpr Text kEditorDecides{
    "{0} wrote version {1} of strategy {2} and cannot decide on it. Ask another person to review it.",
    "{0} 编写了策略 {2} 的版本 {1}，不能自行审批。请由他人审核。"};
constexpr Text kInReview{
    "Strategy {0}, version {1}, is in review and locked. Wait for the decision, or let the reviewer request "
    "changes.",
    "策略 {0} 的版本 {1} 正在审核中，已锁定。请等待审核结果，或由审核人要求修改。"};
constexpr Text kSameContent{"Nothing would change in strategy {0}: the content is that of version {1}.",
                            "策略 {0} 不会有任何改变：内容与版本 {1} 相同。"};
constexpr Text kContentChanged{
    "The content of strategy {0}, version {1}, was changed by another program after it was saved. Run "
    "`lodestone-cli project verify`, and restore the project from an archive.",
    "策略 {0} 的版本 {1} 的内容在保存后被其他程序更改。请运行 `lodestone-cli project "
    "verify`，并从归档恢复项目。"};

constexpr std::size_t kNameLimit = 200;
constexpr std::size_t kCommentLimit = 10000;

constexpr std::array<std::string_view, 7> kStateNames = {
    "draft", "in_review", "approved", "changes_requested", "rejected", "exported", "measured"};

StrategyState stateOf(const std::string& name) {
  const auto found = std::find(kStateNames.begin(), kStateNames.end(), name);
  return static_cast<StrategyState>(found - kStateNames.begin());  // the schema allows no other name
}

struct Step {
  std::string_view name;  ///< in the audit log and on the command line
  StrategyState to;
};

Step stepOf(ReviewAction action) {
  switch (action) {
    case ReviewAction::Submit:
      return {"submit", StrategyState::InReview};
    case ReviewAction::Approve:
      return {"approve", StrategyState::Approved};
    case ReviewAction::RequestChanges:
      return {"request-changes", StrategyState::ChangesRequested};
    case ReviewAction::Reject:
      break;
  }
  return {"reject", StrategyState::Rejected};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<std::string> nameOf(const std::string& by) {
  std::string name = toValidUtf8(trim(by));
  if (name.empty()) return fail(ErrorCode::InvalidArgument, kNoName);
  const bool has_control = std::any_of(
      name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (has_control || characters(name) > kNameLimit)
    return fail(ErrorCode::InvalidArgument, kBadName, {std::to_string(kNameLimit)});
  return name;
}

/// What two names are compared by: case and the width of gaps make no other person.
std::string sameName(std::string_view name) {
  std::string out;
  for (const auto& part : split(lowerAscii(trim(name)), ' '))
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  return out;
}

Result<std::string> personOf(const std::string& by) {
  auto name = nameOf(by);
  if (name && sameName(*name) == kProgramName)
    return fail(ErrorCode::InvalidArgument, kReservedName, {*name});
  return name;
}

Result<std::string> commentOf(const std::string& text) {
  std::string comment = toValidUtf8(trim(text));
  if (characters(comment) > kCommentLimit)
    return fail(ErrorCode::InvalidArgument, kLongComment, {std::to_string(kCommentLimit)});
  return comment;
}

Json sortedKeys(const Json& json) {
  if (json.is_array()) {
    Json out = Json::array();
    for (const Json& element : json) out.push_back(sortedKeys(element));
    return out;
  }
  if (!json.is_object()) return json;
  std::map<std::string, const Json*> members;
  for (const auto& [key, value] : json.items()) members[key] = &value;
  Json out = Json::object();
  for (const auto& [key, value] : members) out[key] = sortedKeys(*value);
  return out;
}

constexpr const char* kSelect =
    "SELECT strategy, version, state, content, content_hash, created_by, created_at, submitted_by, "
    "decided_by, "
    "decided_at FROM strategy_versions v ";

Result<std::vector<StrategyVersion>> select(Sqlite& db, const std::string& tail,
                                            const std::vector<SqlValue>& values) {
  std::vector<StrategyVersion> versions;
  auto done = db.each(kSelect + tail, values, [&](const Statement& row) -> Result<> {
    auto content = parseJson(row.text(3), "project.db: strategy " + row.text(0));
    if (!content) return forward(content);
    const auto title = content->is_object() ? content->find("title") : content->end();
    const bool titled = title != content->end() && title->is_string();
    versions.push_back(StrategyVersion{.id = row.text(0),
                                       .version = static_cast<int>(row.integer(1)),
                                       .state = stateOf(row.text(2)),
                                       .title = titled ? title->get<std::string>() : row.text(0),
                                       .content = std::move(*content),
                                       .content_hash = row.text(4),
                                       .created_by = row.text(5),
                                       .created_at = row.text(6),
                                       .submitted_by = row.text(7),
                                       .decided_by = row.text(8),
                                       .decided_at = row.text(9)});
    return {};
  });
  if (!done) return forward(done);
  return versions;
}

/// Writes a version with its audit row. Inside the caller's transaction.
Result<> insertVersion(Sqlite& db, const std::string& id, int version, const Json& content,
                       const std::string& by, std::string_view action) {
  const std::string hash = contentHash(content);
  const auto entry = AuditLog(db).append(by, std::string(action), id, version, hash, Json::object());
  if (!entry) return forward(entry);
  if (version == 1) {
    auto made = db.run("INSERT INTO strategies VALUES (?1, ?2)", {id, entry->at});
    if (!made) return made;
  }
  return db.run(
      "INSERT INTO strategy_versions (strategy, version, state, content, content_hash, created_by, "
      "created_at) "
      "VALUES (?1, ?2, 'draft', ?3, ?4, ?5, ?6)",
      {id, std::int64_t{version}, dumpJson(content), hash, by, entry->at});
}

Result<> requireUnchanged(const StrategyVersion& version) {
  if (contentHash(version.content) == version.content_hash) return {};
  return fail(ErrorCode::Corrupt, kContentChanged, {version.id, std::to_string(version.version)},
              {.item = version.id});
}

Result<> requireStep(const StrategyVersion& now, ReviewAction action) {
  const bool submit = action == ReviewAction::Submit;
  const bool fits = submit ? now.state == StrategyState::Draft || now.state == StrategyState::ChangesRequested
                           : now.state == StrategyState::InReview;
  if (fits) return {};
  return fail(ErrorCode::InvalidArgument, kWrongState,
              {now.id, std::to_string(now.version), std::string(strategyStateName(now.state)),
               std::string(stepOf(action).name), submit ? "draft, changes_requested" : "in_review"},
              {.item = now.id});
}

Result<> requireAnother(const StrategyVersion& now, const std::string& name) {
  const std::vector<std::string> args = {name, std::to_string(now.version), now.id};
  if (sameName(name) == sameName(now.submitted_by))
    return fail(ErrorCode::InvalidArgument, kSubmitterDecides, args, {.item = now.id});
  if (sameName(name) == sameName(now.created_by))
    return fail(ErrorCode::InvalidArgument, kEditorDecides, args, {.item = now.id});
  return {};
}

}  // namespace

std::string_view strategyStateName(StrategyState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

std::string contentHash(const Json& content) {
  return sha256Hex(dumpJson(sortedKeys(content)));
}

Result<std::vector<StrategyVersion>> StrategyRecords::add(const std::vector<Json>& contents,
                                                          const std::string& by) {
  const auto name = nameOf(by);
  if (!name) return forward(name);
  for (const Json& content : contents)
    if (!content.is_object()) return fail(ErrorCode::InvalidArgument, kNotAnObject);
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  // An id that the log has seen is never given again, even if its strategy was taken out of the file.
  const auto last = db_->integer(
      "SELECT max(CAST(substr(id, 3) AS INTEGER)) FROM (SELECT id FROM strategies UNION ALL "
      "SELECT subject FROM audit_log WHERE action = 'create')");
  if (!last) return forward(last);
  std::vector<StrategyVersion> added;
  std::int64_t number = last->value_or(0);
  for (const Json& content : contents) {
    const std::string id = fmt::format("S-{:04}", ++number);
    if (auto done = insertVersion(*db_, id, 1, content, *name, "create"); !done) return forward(done);
    auto version = get(id, 1);
    if (!version) return forward(version);
    added.push_back(std::move(*version));
  }
  if (auto kept = transaction->commit(); !kept) return forward(kept);
  return added;
}

Result<std::vector<StrategyVersion>> StrategyRecords::list() const {
  return select(*db_,
                "WHERE version = (SELECT max(version) FROM strategy_versions WHERE strategy = v.strategy) "
                "ORDER BY length(strategy), strategy",
                {});
}

Result<StrategyVersion> StrategyRecords::get(const std::string& id) const {
  auto found = select(*db_, "WHERE strategy = ?1 ORDER BY version DESC LIMIT 1", {id});
  if (!found) return forward(found);
  if (!found->empty()) return std::move(found->front());
  std::vector<std::string> names;
  auto done = db_->each("SELECT id FROM strategies ORDER BY length(id), id LIMIT 20", {},
                        [&](const Statement& row) -> Result<> {
                          names.push_back(row.text(0));
                          return {};
                        });
  if (!done) return forward(done);
  if (names.empty()) return fail(ErrorCode::NotFound, kNoStrategies, {toValidUtf8(id)}, {.item = id});
  return fail(ErrorCode::NotFound, kNoSuchStrategy, {toValidUtf8(id), join(names, ", ")}, {.item = id});
}

Result<StrategyVersion> StrategyRecords::get(const std::string& id, int version) const {
  auto found = select(*db_, "WHERE strategy = ?1 AND version = ?2", {id, std::int64_t{version}});
  if (!found) return forward(found);
  if (!found->empty()) return std::move(found->front());
  const auto newest = get(id);
  if (!newest) return forward(newest);
  return fail(ErrorCode::NotFound, kNoSuchVersion,
              {id, std::to_string(version), std::to_string(newest->version)}, {.item = id});
}

Result<std::vector<StrategyVersion>> StrategyRecords::versions(const std::string& id) const {
  if (const auto newest = get(id); !newest) return forward(newest);
  return select(*db_, "WHERE strategy = ?1 ORDER BY version", {id});
}

Result<StrategyVersion> StrategyRecords::review(const std::string& id, ReviewAction action,
                                                const std::string& by, const std::string& comment) {
  const auto name = personOf(by);
  if (!name) return forward(name);
  const auto remark = commentOf(comment);
  if (!remark) return forward(remark);
  // Until the answer is read, so that it is what this call made.
  const Sqlite::Hold alone = db_->hold();
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  const auto now = get(id);
  if (!now) return forward(now);
  auto allowed = requireStep(*now, action);
  if (allowed && action != ReviewAction::Submit) allowed = requireAnother(*now, *name);
  if (allowed) allowed = requireUnchanged(*now);
  if (!allowed) return forward(allowed);
  const bool needs_reason = action == ReviewAction::RequestChanges || action == ReviewAction::Reject;
  if (needs_reason && remark->empty())
    return fail(ErrorCode::InvalidArgument, kNoComment, {id}, {.item = id});

  const Step step = stepOf(action);
  const Json detail = remark->empty() ? Json::object() : Json{{"comment", *remark}};
  const auto entry =
      AuditLog(*db_).append(*name, std::string(step.name), id, now->version, now->content_hash, detail);
  if (!entry) return forward(entry);
  const bool submit = action == ReviewAction::Submit;
  auto done = db_->run(
      "UPDATE strategy_versions SET state = ?3, submitted_by = ?4, decided_by = ?5, decided_at = ?6 "
      "WHERE strategy = ?1 AND version = ?2",
      {id, std::int64_t{now->version}, std::string(strategyStateName(step.to)),
       submit ? *name : now->submitted_by, submit ? std::string() : *name,
       submit ? std::string() : entry->at});
  if (done) done = transaction->commit();
  if (!done) return forward(done);
  return get(id);
}

Result<> StrategyRecords::comment(const std::string& id, const std::string& by, const std::string& text) {
  const auto name = personOf(by);
  if (!name) return forward(name);
  const auto remark = commentOf(text);
  if (!remark) return forward(remark);
  if (remark->empty()) return fail(ErrorCode::InvalidArgument, kNoComment, {id}, {.item = id});
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  const auto now = get(id);
  if (!now) return forward(now);
  const auto entry = AuditLog(*db_).append(*name, "comment", id, now->version, now->content_hash,
                                           Json{{"comment", *remark}});
  if (!entry) return forward(entry);
  return transaction->commit();
}

Result<std::vector<Comment>> StrategyRecords::comments(const std::string& id) const {
  if (const auto newest = get(id); !newest) return forward(newest);
  std::vector<Comment> comments;
  // The log is the one place where remarks are kept, so that they are as safe from changes as the decisions.
  auto done =
      db_->each("SELECT version, actor, at, detail FROM audit_log WHERE subject = ?1 ORDER BY sequence", {id},
                [&](const Statement& row) -> Result<> {
                  const auto detail = parseJson(row.text(3), "project.db: audit_log");
                  if (!detail) return forward(detail);
                  const auto text = detail->is_object() ? detail->find("comment") : detail->end();
                  if (text != detail->end() && text->is_string())
                    comments.push_back({static_cast<int>(row.integer(0)), row.text(1), row.text(2),
                                        text->get<std::string>()});
                  return {};
                });
  if (!done) return forward(done);
  return comments;
}

Result<StrategyVersion> StrategyRecords::edit(const std::string& id, const Json& content,
                                              const std::string& by) {
  const auto name = personOf(by);
  if (!name) return forward(name);
  if (!content.is_object()) return fail(ErrorCode::InvalidArgument, kNotAnObject, {}, {.item = id});
  // Until the answer is read, so that it is what this call made.
  const Sqlite::Hold alone = db_->hold();
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  const auto now = get(id);
  if (!now) return forward(now);
  if (now->state == StrategyState::InReview)
    return fail(ErrorCode::InvalidArgument, kInReview, {id, std::to_string(now->version)}, {.item = id});
  if (contentHash(content) == now->content_hash)
    return fail(ErrorCode::InvalidArgument, kSameContent, {id, std::to_string(now->version)}, {.item = id});
  auto done = insertVersion(*db_, id, now->version + 1, content, *name, "edit");
  if (done) done = transaction->commit();
  if (!done) return forward(done);
  return get(id);
}

Result<> StrategyRecords::exported(const std::string& id, int version, const std::string& by,
                                   const Json& files) {
  const auto name = nameOf(by);
  if (!name) return forward(name);
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  const auto now = get(id, version);
  if (!now) return forward(now);
  const auto entry =
      AuditLog(*db_).append(*name, "export", id, version, now->content_hash, Json{{"files", files}});
  if (!entry) return forward(entry);
  auto done = db_->run(
      "UPDATE strategy_versions SET state = 'exported' WHERE strategy = ?1 AND version = ?2 AND state = "
      "'approved'",
      {id, std::int64_t{version}});
  if (!done) return done;
  return transaction->commit();
}

}  // namespace lodestone::project
