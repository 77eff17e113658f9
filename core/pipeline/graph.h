// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// A chart as a graph of stages: nodes by their position in the order of first mention. Edges that close a
/// cycle (depth first in that order, an edge to a node on the current path) are feedback: cut for the order
/// of running.
struct Graph {
  std::vector<std::string> ids;
  std::vector<std::string> labels;               ///< as a reader sees them
  std::vector<std::vector<std::size_t>> before;  ///< forward edges, by target, as they are written
  std::vector<std::vector<std::size_t>> after;   ///< forward edges, by source
  std::vector<std::pair<std::size_t, std::size_t>> feedback;  ///< source, target
  /// Labels of the edges that have one, as a reader sees them, by source and target.
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::string>> edge_labels;

  /// Nodes in an order in which each comes after what it needs; ties by first mention.
  std::vector<std::size_t> order() const;
  /// The node and all that it needs, or all that needs it, along forward edges.
  std::vector<bool> ancestors(std::size_t node) const;
  std::vector<bool> descendants(std::size_t node) const;
  /// Nodes on a way from the target of a feedback edge to its source.
  std::vector<bool> loop() const;
};

Graph makeGraph(const Chart& chart);

}  // namespace lodestone::pipeline
