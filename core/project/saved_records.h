// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::project {

class Sqlite;

/// Kinds of what a user saves under a name. Another kind is another constant.
inline constexpr const char* kSavedImportTemplate = "import_template";  ///< data::ImportOptions as JSON
inline constexpr const char* kSavedRecipe = "recipe";                   ///< [{"step":...},...]
/// The recipe that is being made for the table of the same name.
inline constexpr const char* kSavedRecipeDraft = "recipe_draft";

struct SavedRecord {
  std::string kind;
  std::string name;
  Json value;
  std::string created_at;
  std::string created_by;
  std::string changed_at;  ///< as created_at while nobody has replaced it
  std::string changed_by;
};

enum class OnSaved { Fail, Replace };

/// What users save under a name to use it again: import templates, cleaning recipes. A name is unique within
/// its kind; names are told apart by case. Refers to the project: use it while that lives. Thread safe.
class SavedRecords {
 public:
  explicit SavedRecords(Sqlite& db) : db_(&db) {}

  /// AlreadyExists unless it may be replaced; InvalidArgument for a name that is blank, longer than 200
  /// characters or not UTF-8. Who made it first stays on record.
  Result<> save(const std::string& kind, const std::string& name, const Json& value, const std::string& by,
                OnSaved on_saved = OnSaved::Fail);
  /// All of a kind, by name.
  Result<std::vector<SavedRecord>> list(const std::string& kind) const;
  Result<SavedRecord> get(const std::string& kind,
                          const std::string& name) const;             ///< NotFound names those that there are
  Result<> remove(const std::string& kind, const std::string& name);  ///< NotFound likewise

 private:
  Sqlite* db_;
};

}  // namespace lodestone::project
