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

/// One training: recorded when it starts, with every epoch as it comes, and when it ends.
enum class TrainingState { Running, Done, Cancelled, Failed, Interrupted };
std::string_view trainingStateName(TrainingState state);  ///< "running", "done", ...

struct ModelRecord {
  std::string id;  ///< also the folder's name below models/
  std::string type;
  std::string task;
  std::string table;
  std::string target;
  TrainingState state = TrainingState::Running;
  std::string created_at;
  Json parameters;
  Json metrics;             ///< {"train":{...},"validation":{...},"test":{...}}
  Json baseline;            ///< {"type","metrics"}
  Json card;                ///< the run card
  std::string file_hash;    ///< SHA-256 of model.safetensors followed by model.json
  std::string finished_at;  ///< "" while it runs
  std::string message;      ///< why it ended, where it is not Done
  std::string made_for;     ///< the cache key of the stage it was trained for; "" when it was for none
};

/// The models and trainings of a project. Refers to the project: use it while that lives. Thread safe.
class ModelRecords {
 public:
  explicit ModelRecords(Sqlite& db) : db_(&db) {}

  /// A new id such as "mlp-0001"; the record is there, Running, when this returns. A training that was
  /// interrupted while it ran for the same stage is begun anew under its id, so that a run which is resumed
  /// leaves what it would have left.
  Result<std::string> begin(const std::string& type, const std::string& task, const std::string& table,
                            const std::string& target, const Json& parameters,
                            const std::string& made_for = {});
  Result<> addEpoch(const std::string& id, int epoch, const Json& metrics);
  /// The model's files are in place before this is called: a model that is Done has them.
  Result<> finish(const ModelRecord& done);
  Result<> end(const std::string& id, TrainingState state, const std::string& message);

  Result<std::vector<ModelRecord>> list() const;
  Result<ModelRecord> get(const std::string& id) const;  ///< NotFound names those that there are
  Result<std::vector<Json>> epochs(const std::string& id) const;

 private:
  Sqlite* db_;
};

}  // namespace lodestone::project
