// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/mini_histogram.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace lodestone::charts {

void paintMiniHistogram(QPainter& painter, const QRectF& area, const std::vector<std::int64_t>& counts,
                        const QColor& colour) {
  if (counts.empty() || area.width() < 1 || area.height() < 1) return;
  // No more bars than there are pixels for: neighbours add up.
  const auto most = std::max<std::size_t>(1, static_cast<std::size_t>(area.width() / 2));
  const std::size_t bars = std::min(counts.size(), most);
  std::vector<double> heights(bars, 0);
  for (std::size_t i = 0; i < counts.size(); ++i)
    heights[i * bars / counts.size()] += static_cast<double>(counts[i]);
  const double highest = *std::max_element(heights.begin(), heights.end());
  if (!(highest > 0)) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  const double width = area.width() / static_cast<double>(bars);
  const double gap = width >= 4 ? 1 : 0;
  for (std::size_t i = 0; i < bars; ++i) {
    if (!(heights[i] > 0)) continue;
    const double height = std::max(1.0, std::round(heights[i] / highest * area.height()));
    const double left = std::round(area.left() + width * static_cast<double>(i));
    const double right = std::round(area.left() + width * static_cast<double>(i + 1));
    painter.drawRect(QRectF(left, area.bottom() - height, std::max(1.0, right - left - gap), height));
  }
  painter.restore();
}

}  // namespace lodestone::charts
