// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>

#include "core/base/result.h"
#include "core/pipeline/chart/edit_draft.h"

namespace lodestone::pipeline {

/// What goes from a chart.
struct Removal {
  std::set<std::string> nodes;   ///< with all that says something of them
  std::set<std::string> frames;  ///< subgraphs whose "subgraph" and "end" go; what is in them stays
  std::set<std::size_t> edges;   ///< besides those of the nodes and frames
};

/// Takes it away in the text.
Result<> removeParts(ChartDocument& document, Removal removal);

}  // namespace lodestone::pipeline
