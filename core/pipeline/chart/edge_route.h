// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/pipeline/chart/layout.h"

namespace lodestone::pipeline {

/// A smooth curve from the border of one box by way of points to the border of another: cubic Bézier, 1 + 3n
/// points (Catmull-Rom tangents). aside moves its middle to the right of its way, so that two edges of the
/// same ends part.
std::vector<LayoutPoint> routeEdge(const LayoutBox& from, const std::vector<LayoutPoint>& by,
                                   const LayoutBox& to, double aside = 0);

/// A small loop at the right of a box; the size grows with the number of loops that are there already.
std::vector<LayoutPoint> routeLoop(const LayoutBox& box, int number);

/// The point of a curve in the middle of its pieces.
LayoutPoint middleOf(const std::vector<LayoutPoint>& spline);

}  // namespace lodestone::pipeline
