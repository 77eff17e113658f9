// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/saved_records.h"

#include "core/base/time.h"
#include "core/project/sqlite.h"

namespace lodestone::project {

namespace {

constexpr Text kBadName{"A name has 1 to 200 characters; {0} cannot be one.",
                        "名称须为 1 到 200 个字符；不能是 {0}。"};
constexpr Text kExists{"'{0}' is saved already. Choose another name, or replace it.",
                       "“{0}”已存在。请另选名称，或选择替换。"};
constexpr Text kNotSaved{"Nothing is saved as '{0}'. There are: {1}.", "没有名为“{0}”的项目。现有：{1}。"};
constexpr Text kNoneSaved{"Nothing is saved as '{0}': nothing of its kind is saved yet.",
                          "没有名为“{0}”的项目：尚未保存任何此类项目。"};

Result<> checkName(const std::string& name) {
  std::size_t characters = 0;
  for (const char c : name) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  const bool readable = toValidUtf8(name) == name && name.find('\0') == std::string::npos;
  if (!trim(name).empty() && characters <= 200 && readable) return {};
  return fail(ErrorCode::InvalidArgument, kBadName, {"\"" + shorten(toValidUtf8(name), 40) + "\""});
}

Result<std::vector<SavedRecord>> select(Sqlite& db, const std::string& where,
                                        const std::vector<SqlValue>& values) {
  std::vector<SavedRecord> records;
  auto done =
      db.each("SELECT kind, name, value, created_at, created_by, changed_at, changed_by FROM saved WHERE " +
                  where + " ORDER BY name",
              values, [&](const Statement& row) -> Result<> {
                auto value = parseJson(row.text(2), "project.db: saved " + row.text(0) + " " + row.text(1));
                if (!value) return forward(value);
                records.push_back({.kind = row.text(0),
                                   .name = row.text(1),
                                   .value = std::move(*value),
                                   .created_at = row.text(3),
                                   .created_by = row.text(4),
                                   .changed_at = row.text(5),
                                   .changed_by = row.text(6)});
                return {};
              });
  if (!done) return forward(done);
  return records;
}

tl::unexpected<Error> notSaved(Sqlite& db, const std::string& kind, const std::string& name) {
  const auto all = select(db, "kind = ?1", {kind});
  if (!all) return forward(all);
  const std::string shown = shorten(toValidUtf8(name), 200);
  std::vector<std::string> names;
  for (const SavedRecord& record : *all) names.push_back(record.name);
  if (names.empty()) return fail(ErrorCode::NotFound, kNoneSaved, {shown}, {.item = shown});
  return fail(ErrorCode::NotFound, kNotSaved, {shown, join(names, ", ")}, {.item = shown});
}

}  // namespace

Result<> SavedRecords::save(const std::string& kind, const std::string& name, const Json& value,
                            const std::string& by, OnSaved on_saved) {
  if (auto valid = checkName(name); !valid) return valid;
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  const auto there = db_->integer("SELECT 1 FROM saved WHERE kind = ?1 AND name = ?2", {kind, name});
  if (!there) return forward(there);
  if (*there && on_saved == OnSaved::Fail)
    return fail(ErrorCode::AlreadyExists, kExists, {name}, {.item = name});
  auto saved = db_->run(
      "INSERT INTO saved VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?5) ON CONFLICT (kind, name) DO UPDATE SET "
      "value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
      {kind, name, dumpJson(value), nowUtc(), toValidUtf8(by)});
  if (!saved) return saved;
  return transaction->commit();
}

Result<std::vector<SavedRecord>> SavedRecords::list(const std::string& kind) const {
  return select(*db_, "kind = ?1", {kind});
}

Result<SavedRecord> SavedRecords::get(const std::string& kind, const std::string& name) const {
  const auto hold = db_->hold();
  auto found = select(*db_, "kind = ?1 AND name = ?2", {kind, toValidUtf8(name)});
  if (!found) return forward(found);
  if (found->empty()) return notSaved(*db_, kind, name);
  return std::move(found->front());
}

Result<> SavedRecords::remove(const std::string& kind, const std::string& name) {
  auto transaction = Transaction::begin(*db_);
  if (!transaction) return forward(transaction);
  const auto there =
      db_->integer("SELECT 1 FROM saved WHERE kind = ?1 AND name = ?2", {kind, toValidUtf8(name)});
  if (!there) return forward(there);
  if (!*there) return notSaved(*db_, kind, name);
  if (auto gone = db_->run("DELETE FROM saved WHERE kind = ?1 AND name = ?2", {kind, toValidUtf8(name)});
      !gone)
    return gone;
  return transaction->commit();
}

}  // namespace lodestone::project
