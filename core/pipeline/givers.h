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

/// The failure of a node that nobody gives what it needs.
Error missingInput(const std::string& id, const std::string& label, PortKind kind);

}  // namespace lodestone::pipeline
