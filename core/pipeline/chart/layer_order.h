// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace lodestone::pipeline {

/// A graph to be drawn in layers from top to bottom.
struct LayerEdge {
  std::size_t start = 0;
  std::size_t end = 0;
  int length = 1;           ///< ranks between its ends at the least
  double label_height = 0;  ///< room that its label takes
};

struct LayerItem {
  double width = 0;
  double height = 0;
  double x = 0;  ///< of the centre
  double y = 0;
};

/// Sets the centres of the items, from 0 on. Returns for each edge the points that it passes between its
/// ends, in the order from its start; none for loops. width and height become those of the whole.
std::vector<std::vector<std::pair<double, double>>> placeInLayers(std::vector<LayerItem>& items,
                                                                  const std::vector<LayerEdge>& edges,
                                                                  double& width, double& height);

}  // namespace lodestone::pipeline
