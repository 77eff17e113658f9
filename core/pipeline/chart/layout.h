// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// Points (1/72 inch); the origin is the upper left corner, y grows downwards.
struct LayoutPoint {
  double x = 0;
  double y = 0;
};

/// A rectangle by its upper left corner.
struct LayoutBox {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

struct NodeLayout {
  std::string id;
  LayoutBox box = {};
};

struct EdgeLayout {
  std::size_t edge = 0;  ///< index into Chart::edges
  std::vector<LayoutPoint> spline =
      {};  ///< cubic Bézier: 1 + 3n points from start to end, arrow tips included
  std::optional<LayoutPoint> label_center = {};
};

struct SubgraphLayout {
  std::string id;
  LayoutBox box = {};
};

struct Layout {
  double width = 0;
  double height = 0;
  std::vector<NodeLayout> nodes = {};          ///< those that are drawn, in the chart's order
  std::vector<EdgeLayout> edges = {};          ///< one for each edge of the chart, in its order
  std::vector<SubgraphLayout> subgraphs = {};  ///< outer before inner
};

struct LayoutOptions {
  std::string dot = "dot";  ///< Graphviz' program: a name to be found on the path, or a path
  double time_limit_seconds = 20;
  /// Room in each node that has a label, for more than the label: its text is taken as at least so wide, and
  /// as so much higher.
  double least_text_width = 0;
  double extra_text_height = 0;
};

/// Places a chart with Graphviz in a child process that is ended when the time is over or the job is stopped.
/// Sizes come from the labels by our own estimate, so that no fonts are needed and the result is the same
/// everywhere. Unsupported when Graphviz is not installed or takes too long, Internal when its answer cannot
/// be read, Cancelled.
Result<Layout> layoutChart(const Chart& chart, JobContext& job, const LayoutOptions& options = {});

/// A complete SVG 1.1 document. The layout must be of this chart.
std::string renderSvg(const Chart& chart, const Layout& layout);

/// {"nodes":[{id,x,y,width,height}],"edges":[{id,start,end,points[[x,y]]}],"subgraphs":[],"width","height"}.
Json toJson(const Chart& chart, const Layout& layout);

}  // namespace lodestone::pipeline
