// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
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
  Evaluation,   ///< figures about strategies, or about a table
  Profiles,     ///< a table with one row a user
  Recommender,  ///< what recommends items, and how well it did
  Outcomes,     ///< rows that an earlier campaign left, to be added to those that are collected
  Files,        ///< what was written into the exports folder
};
/// "table", "dataset", ...: for programs.
std::string_view portKindName(PortKind kind);
/// For people.
const Text& portKindTitle(PortKind kind);

/// A place where a stage takes or gives something.
struct Port {
  std::string name;  ///< unique among the inputs of its type; an edge with this label feeds it
  PortKind kind = PortKind::Table;
  Text title;
  bool optional = false;  ///< an input that may stay empty
  bool many = false;      ///< an input that takes from every node that leads there
};

/// What a stage left: a small JSON that names tables and models. Big things stay in the databases.
struct Artefact {
  PortKind kind = PortKind::Table;
  Json value;
  std::string fingerprint;  ///< changes when what it names changes; part of the cache keys downstream
};

/// What reached a stage, by the name of the input port. One artefact a port, more where it takes many; a port
/// that nothing feeds is not there.
using PortInputs = std::map<std::string, std::vector<Artefact>>;

/// What a stage gets to run with.
struct StageInput {
  project::Project* project = nullptr;
  std::string node;  ///< its id in the chart
  ParameterValues parameters;
  PortInputs inputs;
  std::uint64_t seed = 42;
  std::string device = "auto";
  std::string cache_key;  ///< names what the stage leaves, so that the same run finds it again

  /// The table in schema "stages" that a stage of this input leaves under the given word.
  data::TableName ownTable(const std::string& word) const;
  bool has(const std::string& port) const { return inputs.contains(port); }
  /// Of the port's first artefact; the port is fed.
  const Json& value(const std::string& port) const { return inputs.at(port).front().value; }
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
  std::set<std::string> fed;         ///< names of the input ports that something feeds
};

/// How stage types are grouped for people.
enum class StageGroup {
  Sources,
  Cleaning,
  Tables,
  Exploring,
  Models,
  Recommending,
  Strategies,
  Results,
  Notes
};
const Text& stageGroupTitle(StageGroup group);

/// A kind of stage: its one description. One file in stages/, one line in registry.cpp.
struct StageType {
  std::string id;
  int version = 1;  ///< part of the cache key: raise it when the same input gives another output
  Text title;
  Text help;
  StageGroup group = StageGroup::Tables;
  std::vector<std::string> labels = {};  ///< names by which a chart's node is recognised: see labels.h
  std::vector<Port> inputs;              ///< a port that takes many is the last of its kind
  std::vector<Port> outputs;             ///< no two of a kind
  std::vector<Parameter> parameters;
  std::vector<std::string> required = {};  ///< parameters that must not be empty
  bool same_columns = true;  ///< the table that it hands on has the columns of the one that it takes
  std::function<Result<StageOutput>(const StageInput&, JobContext&)> run;
  /// A fingerprint of what outside the chart the output depends on (the project's tables); empty when
  /// nothing.
  std::function<Result<std::string>(const StageInput&, JobContext&)> outside = {};
  /// What must still be set before it can run, as the error that a run would end with; empty when nothing.
  std::function<Result<>(const ParameterValues&, const Foresight&)> check = {};
  /// The table whose rows it hands on; empty for stages that take their rows from a node before.
  std::function<std::optional<KnownTable>(const ParameterValues&, const std::vector<KnownTable>&)> source =
      {};

  /// Null when it has no such port.
  const Port* input(std::string_view name) const;
  const Port* output(PortKind kind) const;
};

/// What becomes of an edge between two stages.
struct Connection {
  enum class Kind {
    Feeds,   ///< the first gives what the second takes
    Passes,  ///< the first comes before the second, which takes what it needs from nodes further up
    Never    ///< the second takes nothing from any node
  };
  Kind kind = Kind::Never;
  const Port* port =
      nullptr;  ///< Feeds: the input that is fed; of several the first, needed ones before optional
  Text text;    ///< what becomes of it, or why nothing does
  std::vector<std::string> args;  ///< in the language that compatible() was asked in
};
/// Which port an edge from one type to another feeds, or why none.
Connection compatible(const StageType& from, const StageType& to, Language language);

/// All stage types, in the order in which they are offered.
const std::vector<StageType>& stageTypes();
/// NotFound names those that there are.
Result<const StageType*> stageType(const std::string& id);

/// What a label seems to say, and how sure that is: see labelConfidence().
struct LabelMatch {
  const StageType* type = nullptr;  ///< null: nothing like it is known
  double confidence = 0;            ///< 0 to 1
  /// The type when it is sure enough to be bound without asking; else null: a suggestion at most.
  const StageType* bound() const;
};
inline constexpr double kSureEnough = 0.75;
inline constexpr double kClearLead = 0.02;  ///< over the second best, else neither is bound
/// The type whose names fit a node's label best.
LabelMatch stageTypeForLabel(std::string_view label);

}  // namespace lodestone::pipeline
