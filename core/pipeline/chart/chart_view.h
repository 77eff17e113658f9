// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// A chart with some of its subgraphs as nodes.
struct ChartView {
  Chart chart;
  std::vector<std::size_t> edge_of = {};  ///< index in the whole chart of each edge
  std::set<std::string> boxes = {};       ///< the subgraphs that are nodes now
};

/// Subgraphs named in frames become nodes; what is in them goes, edges to what is in them end at the node,
/// and edges within them go. A frame within another one is not seen. Linear.
ChartView withBoxes(const Chart& chart, const std::set<std::string>& frames);

/// What is in one subgraph, as a chart of its own with its direction.
ChartView insideOf(const Chart& chart, const std::string& frame);

/// The outermost subgraphs that are laid out on their own: their direction is another than that around them,
/// and no edge leads from outside to something within.
std::set<std::string> framesWithOwnDirection(const Chart& chart);

/// For each edge: it leads back to a node on the way to its start, going depth first in the order of first
/// mention.
std::vector<bool> feedbackEdges(const Chart& chart);

}  // namespace lodestone::pipeline
