// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/edge_route.h"

#include <algorithm>
#include <cmath>

namespace lodestone::pipeline {

namespace {

LayoutPoint centerOf(const LayoutBox& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

/// Where the way from the centre of a box to a point leaves it.
LayoutPoint borderTowards(const LayoutBox& box, const LayoutPoint& target) {
  const LayoutPoint center = centerOf(box);
  const double dx = target.x - center.x;
  const double dy = target.y - center.y;
  double share = 1;
  if (std::abs(dx) > 1e-9) share = std::min(share, box.width / 2 / std::abs(dx));
  if (std::abs(dy) > 1e-9) share = std::min(share, box.height / 2 / std::abs(dy));
  return {center.x + dx * share, center.y + dy * share};
}

}  // namespace

std::vector<LayoutPoint> routeEdge(const LayoutBox& from, const std::vector<LayoutPoint>& by,
                                   const LayoutBox& to, double aside) {
  std::vector<LayoutPoint> way = by;
  if (aside != 0 && way.empty()) {
    const LayoutPoint a = centerOf(from);
    const LayoutPoint b = centerOf(to);
    const double length = std::max(std::hypot(b.x - a.x, b.y - a.y), 1.0);
    way.push_back(
        {(a.x + b.x) / 2 - (b.y - a.y) / length * aside, (a.y + b.y) / 2 + (b.x - a.x) / length * aside});
  }
  const LayoutPoint start = borderTowards(from, way.empty() ? centerOf(to) : way.front());
  const LayoutPoint end = borderTowards(to, way.empty() ? centerOf(from) : way.back());
  way.insert(way.begin(), start);
  way.push_back(end);
  std::vector<LayoutPoint> spline = {way.front()};
  const auto tangent = [&](std::size_t i) {
    const LayoutPoint& before = way[i == 0 ? 0 : i - 1];
    const LayoutPoint& after = way[std::min(i + 1, way.size() - 1)];
    return LayoutPoint{(after.x - before.x) / 6, (after.y - before.y) / 6};
  };
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    const LayoutPoint out = tangent(i);
    const LayoutPoint in = tangent(i + 1);
    spline.push_back({way[i].x + out.x, way[i].y + out.y});
    spline.push_back({way[i + 1].x - in.x, way[i + 1].y - in.y});
    spline.push_back(way[i + 1]);
  }
  return spline;
}

std::vector<LayoutPoint> routeLoop(const LayoutBox& box, int number) {
  const double reach = 24 + 10 * number;
  const double right = box.x + box.width;
  const double middle = box.y + box.height / 2;
  const double up = middle - box.height / 4;
  const double down = middle + box.height / 4;
  return {{right, up},
          {right + reach * 0.6, up},
          {right + reach, middle - 4},
          {right + reach, middle},
          {right + reach, middle + 4},
          {right + reach * 0.6, down},
          {right, down}};
}

LayoutPoint middleOf(const std::vector<LayoutPoint>& spline) {
  const std::size_t pieces = spline.size() / 3;
  if (pieces == 0) return spline.empty() ? LayoutPoint{} : spline.front();
  if (pieces % 2 == 0) return spline[pieces / 2 * 3];
  const LayoutPoint* p = &spline[pieces / 2 * 3];
  return {(p[0].x + 3 * p[1].x + 3 * p[2].x + p[3].x) / 8, (p[0].y + 3 * p[1].y + 3 * p[2].y + p[3].y) / 8};
}

}  // namespace lodestone::pipeline
