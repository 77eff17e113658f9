// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::project {

class Sqlite;

enum class StrategyState { Draft, InReview, Approved, ChangesRequested, Rejected, Exported, Measured };
std::string_view strategyStateName(StrategyState state);  ///< "draft", "in_review", ...

enum class ReviewAction { Submit, Approve, RequestChanges, Reject };

struct StrategyVersion {
  std::string id;  ///< "S-0001"
  int version = 1;
  StrategyState state = StrategyState::Draft;
  std::string title;
  Json content;              ///< everything that is decided: audience, offer, channel, timing, budget, ...
  std::string content_hash;  ///< SHA-256 of content as one line of JSON with sorted keys
  std::string created_by;
  std::string created_at;
  std::string submitted_by;
  std::string decided_by;
  std::string decided_at;
};

/// A remark on a version, with who and when. Decisions carry theirs too.
struct Comment {
  int version = 1;
  std::string by;
  std::string at;
  std::string text;
};

std::string contentHash(const Json& content);

/// The author of what the program made by itself. No person may review or edit under this name.
inline constexpr std::string_view kProgramName = "lodestone";

/// The strategies of a project, every version of each, and the review. Each change and its audit row are one
/// transaction with synchronous=FULL: what is reported as saved survives a power cut. Thread safe.
class StrategyRecords {
 public:
  explicit StrategyRecords(Sqlite& db) : db_(&db) {}

  /// New strategies as drafts, version 1; all of them or none. Returns them with ids.
  Result<std::vector<StrategyVersion>> add(const std::vector<Json>& contents, const std::string& by);
  /// The newest version of each, by id.
  Result<std::vector<StrategyVersion>> list() const;
  Result<StrategyVersion> get(
      const std::string& id) const;  ///< newest version; NotFound names those that there are
  Result<StrategyVersion> get(const std::string& id, int version) const;
  Result<std::vector<StrategyVersion>> versions(const std::string& id) const;

  /// Draft or ChangesRequested -> InReview -> Approved, ChangesRequested, Rejected. The one who decides must
  /// be neither the submitter nor an editor of that version (InvalidArgument says who it was); RequestChanges
  /// and Reject need a comment. A step that the state does not allow is InvalidArgument naming the state.
  Result<StrategyVersion> review(const std::string& id, ReviewAction action, const std::string& by,
                                 const std::string& comment);
  Result<> comment(const std::string& id, const std::string& by, const std::string& text);
  Result<std::vector<Comment>> comments(const std::string& id) const;
  /// A new draft version with this content. While a version is in review it is locked: InvalidArgument.
  /// The same content is InvalidArgument too: nothing would change.
  Result<StrategyVersion> edit(const std::string& id, const Json& content, const std::string& by);
  /// Records that files of this version were written; an approved one becomes Exported.
  Result<> exported(const std::string& id, int version, const std::string& by, const Json& files);

 private:
  Sqlite* db_;
};

}  // namespace lodestone::project
