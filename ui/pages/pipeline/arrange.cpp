// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/arrange.h"

#include <algorithm>

namespace lodestone::pages {

NodePlaces align(const std::vector<NodeBox>& nodes, Alignment alignment) {
  NodePlaces places;
  if (nodes.empty()) return places;
  QRectF all = nodes.front().box;
  for (const NodeBox& node : nodes) all = all.united(node.box);
  for (const NodeBox& node : nodes) {
    QRectF box = node.box;
    switch (alignment) {
      case Alignment::Left:
        box.moveLeft(all.left());
        break;
      case Alignment::Centre:
        box.moveCenter({all.center().x(), box.center().y()});
        break;
      case Alignment::Right:
        box.moveRight(all.right());
        break;
      case Alignment::Top:
        box.moveTop(all.top());
        break;
      case Alignment::Middle:
        box.moveCenter({box.center().x(), all.center().y()});
        break;
      case Alignment::Bottom:
        box.moveBottom(all.bottom());
        break;
    }
    places[node.id] = box.topLeft();
  }
  return places;
}

NodePlaces distribute(const std::vector<NodeBox>& nodes, Qt::Orientation along) {
  const bool across = along == Qt::Horizontal;
  const auto begin = [across](const QRectF& box) { return across ? box.left() : box.top(); };
  const auto size = [across](const QRectF& box) { return across ? box.width() : box.height(); };
  std::vector<NodeBox> sorted = nodes;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const NodeBox& a, const NodeBox& b) {
    return begin(a.box) + size(a.box) / 2 < begin(b.box) + size(b.box) / 2;
  });
  NodePlaces places;
  if (sorted.empty()) return places;
  double filled = 0;
  for (const NodeBox& node : sorted) filled += size(node.box);
  const double length = begin(sorted.back().box) + size(sorted.back().box) - begin(sorted.front().box);
  const double gap = sorted.size() > 1 ? (length - filled) / static_cast<double>(sorted.size() - 1) : 0;
  double at = begin(sorted.front().box);
  for (const NodeBox& node : sorted) {
    places[node.id] = across ? QPointF(at, node.box.top()) : QPointF(node.box.left(), at);
    at += size(node.box) + gap;
  }
  return places;
}

}  // namespace lodestone::pages
