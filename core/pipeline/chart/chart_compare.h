// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// Whether two charts say the same, wherever it stands in their texts: everything but source ranges, the
/// order of nodes and of subgraphs and that of a subgraph's members, and the numbers in ids that the text
/// does not give (subGraph0).
bool saysTheSame(const Chart& one, const Chart& other);

/// Gives edges without an id of their own the one that they get by their order.
void renumberEdges(Chart& chart);

}  // namespace lodestone::pipeline
