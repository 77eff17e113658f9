// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QRectF>
#include <string>

namespace lodestone::pages {

/// A node's outline, which is filled, and the lines that are drawn over it.
struct NodeShape {
  QPainterPath outline;
  QPainterPath details;
};

/// By the canonical short name of Mermaid's shape; a rounded rectangle for those without one of their own.
NodeShape nodeShape(const std::string& shape, const QRectF& box);

/// Dots and bars, too small for words.
bool isMark(const std::string& shape);

}  // namespace lodestone::pages
