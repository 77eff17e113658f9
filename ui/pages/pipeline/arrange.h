// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>
#include <vector>

#include "ui/pages/pipeline/node_drag.h"

namespace lodestone::pages {

struct NodeBox {
  QString id;
  QRectF box;
};

enum class Alignment { Left, Centre, Right, Top, Middle, Bottom };

/// Where the nodes stand when that side (or axis) of all lies where the outermost has it, or in the middle of
/// them all.
NodePlaces align(const std::vector<NodeBox>& nodes, Alignment alignment);

/// Where they stand with equal gaps between neighbours; the outermost two stay.
NodePlaces distribute(const std::vector<NodeBox>& nodes, Qt::Orientation along);

}  // namespace lodestone::pages
