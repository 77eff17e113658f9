// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/charts/figures.h"
#include "ui/charts/line_chart.h"

namespace lodestone::charts {

/// One row for each x with a column for each series where they share their x; else one row for each point
/// with the series' name in front.
ChartTable lineTable(const std::vector<LineSeries>& series, const Axis& x, const Axis& y, Figures figures);

}  // namespace lodestone::charts
