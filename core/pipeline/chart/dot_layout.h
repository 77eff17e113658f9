// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pipeline/chart/layout.h"
#include "core/pipeline/chart/node_size.h"

namespace lodestone::pipeline {

/// Places a chart with Graphviz in a child process that is ended when the time is over or the job is stopped.
/// Unsupported when Graphviz is not installed or takes too long, Internal when its answer cannot be read,
/// Cancelled.
Result<Layout> dotLayout(const Chart& chart, JobContext& job, const LayoutOptions& options,
                         const FixedSizes& fixed);

}  // namespace lodestone::pipeline
