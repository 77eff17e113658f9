// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::project {

class Sqlite;

/// One row of the hash chain: hash = SHA-256 of the canonical JSON of all other fields, previous_hash
/// included.
struct AuditEntry {
  std::int64_t sequence = 0;  ///< from 1, without gaps
  std::string at;             ///< UTC
  std::string actor;
  std::string action;   ///< create, submit, approve, request-changes, reject, edit, comment, export, ...
  std::string subject;  ///< strategy id
  int version = 0;
  std::string content_hash;
  std::string detail;  ///< JSON text: comment, files, ...
  std::string previous_hash;
  std::string hash;
};

/// What stands before the head (64 hexadecimal digits) in every exported report, so that the chain can be
/// held against it.
inline constexpr std::string_view kAuditHeadMark = "lodestone-audit-head:";

/// The hash that the entry must carry: SHA-256 of
/// {"sequence":1,"at":"...","actor":"...","action":"...","subject":"...","version":1,"content_hash":"...",
/// "detail":"...","previous_hash":"..."} as one line of JSON without spaces, keys in this order, detail as a
/// string.
std::string auditHash(const AuditEntry& entry);

/// The project's append-only history of decisions. Thread safe.
class AuditLog {
 public:
  explicit AuditLog(Sqlite& db) : db_(&db) {}

  /// Joins the transaction that is open, if one is. Corrupt when the log was changed by another program.
  Result<AuditEntry> append(const std::string& actor, const std::string& action, const std::string& subject,
                            int version, const std::string& content_hash, const Json& detail);
  Result<std::vector<AuditEntry>> entries() const;
  /// The hash of the last entry ("" of an empty log): what every exported report carries.
  Result<std::string> head() const;
  /// What is wrong with the chain: changed, removed, added rows. Empty when all is well.
  Result<std::vector<Error>> verify() const;
  /// Whether a head that a report carries is in the chain.
  Result<bool> contains(const std::string& head) const;

 private:
  Sqlite* db_;
};

}  // namespace lodestone::project
