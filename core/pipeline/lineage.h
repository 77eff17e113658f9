// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/data/table_origin.h"
#include "core/project/pipeline_records.h"
#include "core/project/project.h"

namespace lodestone::pipeline {

enum class LineageKind { Table, Model, Strategy, File, Run };

/// A file that a table of the project was imported from.
struct SourceFile {
  std::string table;
  std::string file;
  std::int64_t bytes = 0;
  std::string imported_at;
  std::int64_t rows = 0;
};

/// "B@1".
inline std::string stageName(const project::StageRecord& stage) {
  return stage.node + "@" + std::to_string(stage.cycle);
}

/// A stage on the way, and the program that ran it.
struct LineageStage {
  project::StageRecord record;
  std::string code;  ///< of the run that made its outputs
  std::string name() const { return stageName(record); }
};

/// Where something came from.
struct Lineage {
  std::string what;  ///< as it was asked for
  LineageKind kind = LineageKind::Table;
  std::string strategy;                   ///< "S-0001", of a strategy and of a file about one
  int version = 0;                        ///< of that strategy
  std::string model;                      ///< id of what was asked for, or of what scored that table
  std::optional<project::RunRecord> run;  ///< none for what no run made
  std::vector<LineageStage> stages;       ///< each after what it needs; the last one made it
  std::vector<std::pair<std::string, std::string>> edges;  ///< "A@1" -> "B@1"
  std::vector<std::string> tables;                         ///< of the project, that the stages read
  data::Origin operations;  ///< that made those tables of others, back to their imports, or wrote the file
  std::vector<SourceFile> files;  ///< that all of it was imported from
  Json training;                  ///< the run card of the model, where there is one
  std::vector<Lineage> parts;     ///< of a picture that shows several things: each by itself
};

/// What a picture shows: things of the project, or what a run left, or a flowchart.
struct FigureSubject {
  struct Thing {
    std::string name;  ///< a table, model or strategy, as lineageOf takes them
    int version = 0;   ///< of a strategy
  };
  std::vector<Thing> of;
  std::int64_t run = 0;  ///< 0: none
  std::string stage;     ///< of that run, "B@1"; empty: all of it
  std::string chart;     ///< the Mermaid text, of a drawing of a flowchart
};

/// Keeps what a picture or its figures show, known by the file's contents, so that lineageOf leads back from
/// it. Io where the file cannot be read.
Result<> recordFigure(project::Project& project, const std::filesystem::path& file,
                      const FigureSubject& subject, JobContext& job);

/// Follows a table ("shop", "clean_0123456789abcdef"), a model or strategy by its id, or an exported file by
/// its path (told by its content, so that it may have been moved) back to the files, parameters, code and
/// seed, through all tables that were made of others on the way. NotFound says what can be asked for.
Result<Lineage> lineageOf(project::Project& project, const std::string& what, JobContext& job);

/// Where all that a run left came from; of one stage ("B@1") what that one left.
Result<Lineage> lineageOfRun(project::Project& project, std::int64_t run, JobContext& job,
                             const std::string& stage = {});

std::string_view lineageKindName(LineageKind kind);
/// The last step of the way to a table or a file that no run left; null of anything else.
const data::OriginStep* madeBy(const Lineage& lineage);
/// The chart as it was run with the way lit: its nodes in the class lodestoneLineage, its edges drawn thick.
/// A chart of its own (files, tables, operations, model) for what no run made.
std::string lineageMermaid(const Lineage& lineage);
Json toJson(const SourceFile& file);
Json toJson(const Lineage& lineage);

}  // namespace lodestone::pipeline
