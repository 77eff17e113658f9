// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pipeline/chart/layout.h"
#include "core/pipeline/chart/node_size.h"

namespace lodestone::pipeline {

/// Places a chart in layers, with nothing but this program: ranks by the longest way with feedback edges
/// turned, order within a rank by barycentres, each subgraph laid out within itself and placed as one box
/// (Sugiyama, Tagawa, Toda 1981, in its plainest form). O((nodes + edges) log nodes). Cancelled when the job
/// is stopped.
Result<Layout> layeredLayout(const Chart& chart, JobContext& job, const LayoutOptions& options,
                             const FixedSizes& fixed);

}  // namespace lodestone::pipeline
