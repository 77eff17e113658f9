// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_shape.h"

#include <QPolygonF>
#include <algorithm>

#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

QPainterPath polygon(const QPolygonF& points) {
  QPainterPath path;
  path.addPolygon(points);
  path.closeSubpath();
  return path;
}

QPainterPath rectangle(const QRectF& box, double radius) {
  QPainterPath path;
  path.addRoundedRect(box, radius, radius);
  return path;
}

QPainterPath ellipse(const QRectF& box) {
  QPainterPath path;
  path.addEllipse(box);
  return path;
}

/// A drum: its upper rim is a detail.
NodeShape cylinder(const QRectF& box) {
  constexpr double kRim = 8;
  const QRectF upper(box.left(), box.top(), box.width(), 2 * kRim);
  const QRectF lower(box.left(), box.bottom() - 2 * kRim, box.width(), 2 * kRim);
  NodeShape shape;
  shape.outline.moveTo(box.left(), box.top() + kRim);
  shape.outline.arcTo(upper, 180, -180);
  shape.outline.lineTo(box.right(), box.bottom() - kRim);
  shape.outline.arcTo(lower, 0, -180);
  shape.outline.closeSubpath();
  shape.details.moveTo(box.left(), box.top() + kRim);
  shape.details.arcTo(upper, 180, 180);
  return shape;
}

NodeShape document(const QRectF& box) {
  NodeShape shape;
  shape.outline.moveTo(box.topLeft());
  shape.outline.lineTo(box.topRight());
  shape.outline.lineTo(box.right(), box.bottom() - 10);
  shape.outline.cubicTo(box.right() - box.width() / 4, box.bottom() - 22, box.center().x(), box.bottom() + 6,
                        box.left(), box.bottom() - 4);
  shape.outline.closeSubpath();
  return shape;
}

NodeShape delay(const QRectF& box) {
  const double half = box.height() / 2;
  NodeShape shape;
  shape.outline.moveTo(box.topLeft());
  shape.outline.lineTo(box.right() - half, box.top());
  shape.outline.arcTo(QRectF(box.right() - box.height(), box.top(), box.height(), box.height()), 90, -180);
  shape.outline.lineTo(box.bottomLeft());
  shape.outline.closeSubpath();
  return shape;
}

/// Shapes of straight lines; an empty path for others.
QPainterPath straight(const std::string& shape, const QRectF& b) {
  const double slant = std::min(b.height() / 2, b.width() / 4);
  const double l = b.left();
  const double t = b.top();
  const double r = b.right();
  const double o = b.bottom();
  const double mx = b.center().x();
  const double my = b.center().y();
  if (shape == "diam" || shape == "choice") return polygon({{mx, t}, {r, my}, {mx, o}, {l, my}});
  if (shape == "hex")
    return polygon({{l + slant, t}, {r - slant, t}, {r, my}, {r - slant, o}, {l + slant, o}, {l, my}});
  if (shape == "lean-r") return polygon({{l + slant, t}, {r, t}, {r - slant, o}, {l, o}});
  if (shape == "lean-l") return polygon({{l, t}, {r - slant, t}, {r, o}, {l + slant, o}});
  if (shape == "trap-b") return polygon({{l + slant, t}, {r - slant, t}, {r, o}, {l, o}});
  if (shape == "trap-t") return polygon({{l, t}, {r, t}, {r - slant, o}, {l + slant, o}});
  if (shape == "odd") return polygon({{l, t}, {r, t}, {r, o}, {l, o}, {l + slant, my}});
  if (shape == "tri") return polygon({{mx, t}, {r, o}, {l, o}});
  if (shape == "flip-tri") return polygon({{l, t}, {r, t}, {mx, o}});
  if (shape == "notch-rect") return polygon({{l + 12, t}, {r, t}, {r, o}, {l, o}, {l, t + 12}});
  if (shape == "sl-rect") return polygon({{l, t + 8}, {r, t}, {r, o}, {l, o}});
  if (shape == "hourglass") return polygon({{l, t}, {r, t}, {l, o}, {r, o}});
  return {};
}

}  // namespace

bool isMark(const std::string& shape) {
  return shape == "sm-circ" || shape == "f-circ" || shape == "fr-circ" || shape == "cross-circ" ||
         shape == "fork" || shape == "choice";
}

NodeShape nodeShape(const std::string& shape, const QRectF& box) {
  if (QPainterPath lines = straight(shape, box); !lines.isEmpty()) return {lines, {}};
  if (shape == "stadium") return {rectangle(box, box.height() / 2), {}};
  if (shape == "rounded") return {rectangle(box, 2 * theme::kRadius), {}};
  if (shape == "circle" || shape == "ellipse" || shape == "sm-circ" || shape == "f-circ" ||
      shape == "cross-circ")
    return {ellipse(box), {}};
  if (shape == "dbl-circ" || shape == "fr-circ") return {ellipse(box), ellipse(box.adjusted(4, 4, -4, -4))};
  if (shape == "fr-rect" || shape == "div-rect" || shape == "lin-rect") {
    NodeShape framed{rectangle(box, 2), {}};
    for (const double x : {box.left() + 7, box.right() - 7}) {
      framed.details.moveTo(x, box.top());
      framed.details.lineTo(x, box.bottom());
    }
    return framed;
  }
  if (shape == "st-rect" || shape == "docs") {
    const QRectF front = box.adjusted(0, 4, -4, 0);
    NodeShape stack{rectangle(box.adjusted(4, 0, 0, -4), 2).united(rectangle(front, 2)), {}};
    stack.details.addRoundedRect(front, 2, 2);
    return stack;
  }
  if (shape == "cyl" || shape == "lin-cyl") return cylinder(box);
  if (shape == "doc" || shape == "lin-doc" || shape == "tag-doc" || shape == "flag") return document(box);
  if (shape == "delay") return delay(box);
  return {rectangle(box, theme::kRadius), {}};
}

}  // namespace lodestone::pages
