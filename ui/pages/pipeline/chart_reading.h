// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/layout.h"
#include "core/pipeline/outlook.h"
#include "core/project/project.h"

// What the page asks core for, in worker threads.
namespace lodestone::pages {

class ChartPlaces;

/// Where a text is wrong, and how.
struct TextProblem {
  int line = 1;    ///< from 1
  int column = 0;  ///< characters from 1; 0: the whole line
  std::optional<pipeline::ChartError> syntax;
  std::optional<Error> binding;  ///< the chart reads, but its section lodestone: does not
};

/// A chart's text as it was read.
struct ChartReading {
  std::string text;
  std::shared_ptr<const pipeline::ChartDocument> document;  ///< null while the text is no chart
  std::shared_ptr<const ChartPlaces> places;                ///< of the document; null without it
  pipeline::ChartOutlook outlook;                           ///< of the document
  std::vector<pipeline::NodePosition> positions;            ///< of nodes that were put by hand
  std::set<std::string> manual;                             ///< nodes applied by hand
  std::optional<pipeline::StopRule> until;                  ///< of its loop
  std::optional<TextProblem> problem;
  std::string shape;  ///< changes when the drawing of the open chart does; empty without a document

  bool placed(std::string_view node) const;
};

ChartReading readChartText(const std::string& text, const std::vector<pipeline::KnownTable>& tables);

/// With room for the state in each node. collapsed: subgraphs that are drawn closed.
Result<pipeline::Layout> layoutForCanvas(const pipeline::ChartDocument& document,
                                         const std::set<std::string>& collapsed, JobContext& job);
/// Of labels alone.
Result<pipeline::Layout> layoutForExport(const pipeline::ChartDocument& document,
                                         const std::set<std::string>& collapsed, JobContext& job);

/// A run as the list of runs offers it.
struct RunEntry {
  std::int64_t id = 0;
  std::string started_at;
  std::string finished_at;  ///< empty while it runs
  std::string state;
  std::uint64_t seed = 0;
  std::string code;  ///< the version of the program that ran it

  /// How long ago it ended; of one that runs, since when.
  QString when() const;
};

/// What is recorded of the project's runs.
struct RunHistory {
  std::vector<pipeline::ChartHistory> charts;
  std::map<std::string, pipeline::NodeHistory> newest;  ///< by node, of the chart that is open
  std::vector<RunEntry> runs;                           ///< newest first
  std::map<std::string, QStringList> columns;           ///< by quoted table that a stage left

  /// That of the newest run of the open chart; null when it never ran.
  const RunEntry* lastRun() const;
  /// Of the table that a node left, where it is still there.
  QStringList columnsOf(const std::string& node) const;
};

/// Without newest: that depends on the chart.
Result<RunHistory> readHistory(project::Project& project, JobContext& job);

/// The table that a stage left for others or for the eye; none where it left figures.
std::optional<data::TableName> outputTable(const Json& outputs);

}  // namespace lodestone::pages
