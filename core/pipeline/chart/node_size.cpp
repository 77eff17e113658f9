// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/node_size.h"

#include <algorithm>
#include <cmath>

namespace lodestone::pipeline {

TextSize nodeSize(const ChartNode& node, const LayoutOptions& options, const FixedSizes& fixed) {
  if (const auto found = fixed.find(node.id); found != fixed.end()) return found->second;
  TextSize text = labelSize(node.plain);
  text.width = std::max(text.width, options.least_text_width);
  text.height += options.extra_text_height;
  const std::string& shape = node.shape;
  const double width = std::max(text.width + 26, 44.0);
  const double height = std::max(text.height + 18, 36.0);
  if (shape == "sm-circ" || shape == "f-circ" || shape == "fr-circ" || shape == "cross-circ" ||
      shape == "choice")
    return {22, 22};
  if (shape == "fork") return {70, 10};
  if (shape == "circle" || shape == "dbl-circ") {
    const double diameter = std::hypot(text.width, text.height) + (shape == "circle" ? 14 : 24);
    return {std::max(diameter, 40.0), std::max(diameter, 40.0)};
  }
  if (shape == "diam") return {text.width * 1.45 + 40, text.height * 1.7 + 34};
  if (shape == "ellipse") return {text.width * 1.35 + 24, text.height * 1.3 + 20};
  if (shape == "tri" || shape == "flip-tri") return {text.width * 1.7 + 40, text.height * 2 + 24};
  if (shape == "cyl" || shape == "lin-cyl" || shape == "doc" || shape == "docs" || shape == "tag-doc")
    return {width, height + 18};
  if (shape == "hex" || shape == "stadium" || shape == "delay" || shape == "h-cyl")
    return {width + height / 2, height};
  if (shape.rfind("lean-", 0) == 0 || shape.rfind("trap-", 0) == 0 || shape == "odd")
    return {width + height, height};
  if (shape == "fr-rect" || shape == "lin-rect" || shape == "div-rect" || shape == "win-pane")
    return {width + 16, height};
  if (shape == "image" || shape.rfind("icon", 0) == 0) return {std::max(width, 60.0), height + 48};
  return {width, height};
}

}  // namespace lodestone::pipeline
