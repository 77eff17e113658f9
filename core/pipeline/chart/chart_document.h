// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// What one node of a chart does: the id of a stage type (empty when not given) and its parameters as
/// written, in order.
struct NodeBinding {
  std::string node;
  std::string stage = {};
  std::vector<std::pair<std::string, std::string>> parameters = {};
  std::int64_t line = 0;   ///< of the file, 1-based; 0 when it does not come from a file
  bool manual = false;     ///< `apply: manual`: a run stops before it until somebody asks for it
  bool automatic = false;  ///< `apply: auto`, which says what is usual, stands in the text

  /// Null when it is not given.
  const std::string* parameter(std::string_view name) const;
};

/// Where a node was put by hand: its upper left corner, in points.
struct NodePosition {
  std::string node;
  double x = 0;
  double y = 0;
};

/// When a loop has gone round often enough: the metric of a cycle is not better than the last one's by this
/// much.
struct StopRule {
  std::string metric;
  double better = 0;
  bool operator==(const StopRule&) const = default;
};

/// The section `lodestone:` of a chart's front matter:
///   lodestone:
///     seed: 7
///     cycles: 5          (1 to 100)
///     until: {metric: auc, better: 0.001}
///     nodes:
///       A: {stage: collect, table: telco}
///       F: {stage: strategies, apply: manual}
///     positions:
///       A: [120, 40]
/// Lists become one value with its items joined by joinList() of core/base/parameter.h.
struct Binding {
  std::vector<NodeBinding> nodes = {};
  std::optional<std::int64_t> seed = {};
  std::optional<std::int64_t> cycles = {};
  std::optional<StopRule> until = {};
  std::int64_t until_line = 0;               ///< of the file, 1-based; 0 without a rule
  std::vector<NodePosition> positions = {};  ///< of nodes that need not be in the chart

  /// Null when the node is not bound.
  const NodeBinding* find(std::string_view node) const;
};

/// A chart with its text. The text is the truth: every change rewrites only the bytes it is about, so that
/// what we do not understand (comments, spacing, other front matter, line ends) stays. A value type; not
/// thread safe.
class ChartDocument {
 public:
  /// InvalidArgument with file, line and column when the text is no flowchart.
  static Result<ChartDocument> parse(std::string source, std::string file_name);

  const std::string& text() const { return source_; }
  const std::string& fileName() const { return file_name_; }
  const Chart& chart() const { return chart_; }

  /// Gives a node another label. The text may have several lines and any characters; it is quoted and escaped
  /// where needed. NotFound when there is no such node; nothing changes on an error.
  Result<> setLabel(std::string_view node, std::string_view label);

  /// The YAML text under `lodestone:` without its indent; empty when there is no such section.
  std::string lodestoneSection() const;
  /// Replaces the lines of the section, or adds it (and the front matter) when there is none; an empty text
  /// removes it. InvalidArgument when the text is not YAML.
  Result<> setLodestoneSection(std::string_view yaml);

  /// What the section says. InvalidArgument with the line when it is malformed.
  Result<Binding> binding() const;
  /// Gives one node this stage and these parameters; without any it is no longer bound. Only the lines of
  /// what changes are written anew, except where the section stands within braces: then all of it is. What
  /// says `apply: auto` goes on saying so until the node is applied by hand.
  /// NotFound when there is no such node, else as binding(); nothing changes on an error.
  Result<> setBinding(const NodeBinding& bound);
  /// How often a loop runs, in the section; none takes it away.
  Result<> setCycles(std::optional<std::int64_t> cycles);
  /// When a loop has gone round often enough; none takes the rule away.
  Result<> setUntil(const std::optional<StopRule>& until);
  /// Exactly these nodes have a place; none takes the key away.
  Result<> setPositions(const std::vector<NodePosition>& positions);
  /// Renames nodes in the section, in bindings and positions, or takes them out where the new name is empty.
  /// A section that cannot be read stays.
  Result<> renameInSection(const std::map<std::string, std::string>& names);

 private:
  ChartDocument(std::string source, std::string file_name, Chart chart)
      : source_(std::move(source)), file_name_(std::move(file_name)), chart_(std::move(chart)) {}
  Result<> replace(std::string changed);
  Result<> replaceBody(const std::string& body);
  Result<> setSection(const std::optional<std::string>& body, const Binding& wanted);
  Result<Binding> readSection() const;

  std::string source_;
  std::string file_name_;
  Chart chart_;
};

}  // namespace lodestone::pipeline
