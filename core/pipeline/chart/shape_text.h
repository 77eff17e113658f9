// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/pipeline/chart/chart_document.h"

namespace lodestone::pipeline {

/// How a shape is written.
struct ShapeText {
  std::string open;   ///< before the label: "[", "(["
  std::string close;  ///< after it
  std::string data;   ///< behind both, where brackets do not say it: "@{ shape: doc }"
  std::string type;   ///< ChartNode::type of a node that is written so
  std::string shape;  ///< ChartNode::shape
};

/// Nothing when Mermaid knows no such shape.
std::optional<ShapeText> shapeText(std::string_view name);

/// InvalidArgument.
tl::unexpected<Error> noSuchShape(const ChartDocument& document, std::string_view name);

}  // namespace lodestone::pipeline
