// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/pipeline/chart/chart_document.h"

// Changes of a chart's graph, made in its text. Each rewrites only the bytes that it is about: comments,
// spacing, order and line ends of the rest stay. Each is accepted only if the result reads as exactly the
// graph that is meant (nodes, edges in their order, labels, subgraphs, classes, styles and clicks); otherwise
// it is refused as Unsupported, saying so, and nothing changes. What does not exist is NotFound.

namespace lodestone::pipeline {

struct NewNode {
  std::string label = {};
  std::string shape = "rect";  ///< any name of a shape that Mermaid knows
  std::string subgraph = {};   ///< the subgraph it goes into; empty: none
};

/// Adds a node after the last statement of its subgraph or of the chart. Returns its id: the first of A to Z,
/// AA, AB, ... that names nothing yet.
Result<std::string> addNode(ChartDocument& document, const NewNode& node);

/// Adds an edge with an arrow, as the last of the chart. Either end may be a subgraph.
Result<> connect(ChartDocument& document, std::string_view from, std::string_view to,
                 std::string_view label = {});

/// Takes edges away, by their index in Chart::edges. Their nodes stay; `A & B --> C & D` keeps what is left.
/// Numbers of linkStyle follow.
Result<> removeEdges(ChartDocument& document, const std::vector<std::size_t>& edges);

/// Takes nodes away with their edges, styles, classes, clicks, bindings and positions; a subgraph goes with
/// all that is in it. A subgraph that becomes empty stays.
Result<> removeNodes(ChartDocument& document, const std::vector<std::string>& ids);

/// Gives one edge another label; an empty one takes it away. Where edges share one link it is written apart.
Result<> setEdgeLabel(ChartDocument& document, std::size_t edge, std::string_view label);

/// Gives a subgraph another title; one whose title alone was written gets its id written too.
Result<> setSubgraphTitle(ChartDocument& document, std::string_view subgraph, std::string_view title);

/// InvalidArgument when there is no such shape.
Result<> setShape(ChartDocument& document, std::string_view node, std::string_view shape);

/// The direction of the chart, or of a subgraph: TB, BT, LR or RL, else InvalidArgument.
Result<> setDirection(ChartDocument& document, std::string_view direction, std::string_view subgraph = {});

/// Gives a node or subgraph another id everywhere, its binding and position too. InvalidArgument when the new
/// id is taken or cannot be an id.
Result<> renameId(ChartDocument& document, std::string_view from, const std::string& to);

/// A small Mermaid document of these nodes and subgraphs, the edges between them, their classes and styles,
/// and their bindings. Ids that are none are left out.
std::string copyNodes(const ChartDocument& document, const std::vector<std::string>& ids);

/// Puts a Mermaid document's nodes, edges and subgraphs at the end of the chart, with their bindings. Ids
/// that are taken become new ones. Returns the ids of the nodes and of the subgraphs on top.
Result<std::vector<std::string>> pasteNodes(ChartDocument& document, std::string_view fragment);

/// Puts a frame around nodes and subgraphs that all are in the same subgraph, or in none, else
/// InvalidArgument. Returns its id.
Result<std::string> group(ChartDocument& document, const std::vector<std::string>& ids,
                          std::string_view title);

/// Takes the frame of a subgraph away, with its edges; what is in it belongs to the subgraph around it.
Result<> ungroup(ChartDocument& document, std::string_view subgraph);

}  // namespace lodestone::pipeline
