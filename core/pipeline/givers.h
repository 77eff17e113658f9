// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/pipeline/graph.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline {

/// The nearest node before this one that gives a kind: through feedback edges whose source has returned first
/// (what comes back round), then breadth first along forward edges. types: one a node, null where none is
/// bound.
std::optional<std::size_t> nearestGiver(const Graph& graph, const std::vector<const StageType*>& types,
                                        std::size_t node, PortKind kind,
                                        const std::set<std::size_t>& returned = {});

/// From which nodes an input port takes; none when nobody gives what it needs, several when it takes many.
struct PortFeed {
  const Port* port = nullptr;
  std::vector<std::size_t> nodes;
};

/// Who feeds each input port of a node, in the order of the ports. What an edge leads to is its source, or
/// the nearest giver before it where the source does not give the kind.
/// - An edge whose label is the name or title of a port feeds that port.
/// - The only port of a kind takes from the nearest giver, or, if it takes many, from all edges.
/// - Of several ports of a kind the n-th takes from the n-th edge, in the order of the text, that leads to a
///   giver; one that takes many takes the rest.
std::vector<PortFeed> feeds(const Graph& graph, const std::vector<const StageType*>& types, std::size_t node,
                            const std::set<std::size_t>& returned = {});

/// The failure of a node that nobody gives what it needs.
Error missingInput(const std::string& id, const std::string& label, PortKind kind);

}  // namespace lodestone::pipeline
