// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <unordered_map>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/label_metrics.h"
#include "core/pipeline/chart/layout.h"

namespace lodestone::pipeline {

/// Sizes of nodes that are boxes for something else, by id.
using FixedSizes = std::unordered_map<std::string, TextSize>;

/// The size of a node: that of its label and what its shape adds.
TextSize nodeSize(const ChartNode& node, const LayoutOptions& options, const FixedSizes& fixed);

/// The space around a drawing.
inline constexpr double kLayoutMargin = 12;

}  // namespace lodestone::pipeline
