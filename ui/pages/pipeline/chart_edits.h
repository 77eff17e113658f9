// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/stage_type.h"
#include "ui/pages/pipeline/node_drag.h"

// What one order on the canvas changes in the text, out of several edits of core. On an error the document is
// half changed: the caller works on a copy.
namespace lodestone::pages {

/// A node that is to be added.
struct NodeToAdd {
  const pipeline::StageType* type = nullptr;  ///< null: a node without a stage
  std::string after;                          ///< the node that leads to it; empty: none
  bool connect = false;                       ///< draws the edge from there
  std::string edge;                           ///< the id of an edge that it is put into; empty: none
  std::optional<QPointF> place;               ///< where it is to stand; none: where the layout puts it
};

/// The new node's id. It is bound to its stage where its label alone does not say it, and goes into the
/// subgraph of the node before it.
Result<std::string> addStage(pipeline::ChartDocument& document, const NodeToAdd& wanted, Language language);

/// Takes nodes, edges (by their ids) and a subgraph away.
Result<> removeParts(pipeline::ChartDocument& document, const std::vector<std::string>& nodes,
                     const std::vector<std::string>& edges);

/// Nodes stand there from now on.
Result<> setPlaces(pipeline::ChartDocument& document, const NodePlaces& places);
/// The layout places them again; no ids: all.
Result<> forgetPlaces(pipeline::ChartDocument& document, const std::vector<std::string>& nodes);
/// NotFound when the chart has no such edge.
Result<std::size_t> edgeIndex(const pipeline::Chart& chart, std::string_view id);

}  // namespace lodestone::pages
