// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/parameter.h"
#include "core/base/result.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

/// What flows along an edge, by kind.
enum class PortKind {
  Table,        ///< rows with outcomes, and perhaps rows to address
  Dataset,      ///< rows split and encoded
  Model,        ///< a trained model
  Predictions,  ///< scored tables
  Strategies,   ///< strategy contents
  Evaluation,   ///< figures about strategies and their model
};
std::string_view portKindName(PortKind kind);

/// What a stage left: a small JSON that names tables and models. Big things stay in the databases.
struct Artefact {
  PortKind kind = PortKind::Table;
  Json value;
  std::string fingerprint;  ///< changes when what it names changes; part of the cache keys downstream
};

/// What a stage gets to run with.
struct StageInput {
  project::Project* project = nullptr;
  std::string node;  ///< its id in the chart
  ParameterValues parameters;
  std::map<PortKind, Artefact> inputs;
  std::uint64_t seed = 42;
  std::string device = "auto";
  std::string cache_key;  ///< names what the stage leaves, so that the same run finds it again

  /// The table in schema "stages" that a stage of this input leaves under the given word.
  data::TableName ownTable(const std::string& word) const;
  const Json& value(PortKind kind) const { return inputs.at(kind).value; }
};

struct StageOutput {
  std::vector<Artefact> artefacts;
  std::optional<std::int64_t> rows_in;
  std::optional<std::int64_t> rows_out;
  std::string message;   ///< in the job's language: what it did, in one line
  bool warning = false;  ///< message is something to look at
};

/// A table of the project, as far as stages ask before they run.
struct KnownTable {
  std::string name;
  std::vector<std::string> columns;
  project::Roles roles;
};

/// What is known before anything has run.
struct Foresight {
  std::vector<KnownTable> tables;    ///< of the project, by name
  std::optional<KnownTable> source;  ///< whose rows will reach the stage; none when a query makes them
};

/// A kind of stage: its one description. One file in stages/, one line in registry.cpp.
struct StageType {
  std::string id;
  int version = 1;  ///< part of the cache key: raise it when the same input gives another output
  Text title;
  Text help;
  std::vector<std::string> labels;  ///< names by which a chart's node is recognised, in English and Chinese
  std::vector<PortKind> inputs;
  std::vector<PortKind> outputs;
  std::vector<Parameter> parameters;
  std::function<Result<StageOutput>(const StageInput&, JobContext&)> run;
  /// A fingerprint of what outside the chart the output depends on (the project's tables); empty when
  /// nothing.
  std::function<Result<std::string>(const StageInput&, JobContext&)> outside = {};
  /// What must still be set before it can run, as the error that a run would end with; empty when nothing.
  std::function<Result<>(const ParameterValues&, const Foresight&)> check = {};
  /// The table whose rows it hands on; empty for stages that take their rows from a node before.
  std::function<std::optional<KnownTable>(const ParameterValues&, const std::vector<KnownTable>&)> source =
      {};
};

/// All stage types, in the order in which they are offered.
const std::vector<StageType>& stageTypes();
/// NotFound names those that there are.
Result<const StageType*> stageType(const std::string& id);
/// The type whose labels fit a node's label best; null when none does.
const StageType* stageTypeForLabel(std::string_view label);

}  // namespace lodestone::pipeline
