// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/chart_document.h"

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
  bool feedback = false;  ///< it closes a cycle: it leads back to a node on the way to its start
};

struct SubgraphLayout {
  std::string id;
  LayoutBox box = {};
  bool collapsed = false;  ///< drawn as one node
};

struct Layout {
  double left = 0;  ///< of the drawing: less than 0 where nodes were put there by hand; and so top
  double top = 0;
  double width = 0;
  double height = 0;
  std::vector<NodeLayout> nodes = {};          ///< those that are drawn, in the chart's order: none within a
                                               ///< collapsed subgraph
  std::vector<EdgeLayout> edges = {};          ///< one for each edge of the chart, in its order; without a
                                               ///< spline when it is hidden
  std::vector<SubgraphLayout> subgraphs = {};  ///< outer before inner
  std::string by = "dot";                      ///< "dot", or "layered" where that did not answer
};

struct LayoutOptions {
  std::string dot = "dot";  ///< Graphviz' program: a name to be found on the path, or a path
  double time_limit_seconds = 4;
  /// Room in each node that has a label, for more than the label: its text is taken as at least so wide, and
  /// as so much higher.
  double least_text_width = 0;
  double extra_text_height = 0;
  /// Subgraphs drawn as one node: what is in them is hidden, and edges to it end at the box.
  std::set<std::string> collapsed = {};
  /// Where nodes were put by hand. Others stay where they are without it; their edges are drawn anew.
  std::vector<NodePosition> positions = {};
};

/// Places a chart with Graphviz' dot in a child process (up to 2,500 nodes and subgraphs), and in layers by
/// ourselves where dot is not installed, fails or takes longer than the limit (Layout::by says which). Sizes
/// come from the labels by our own estimate, so that no fonts are needed and the result is the same
/// everywhere. A subgraph with a direction of its own has it, unless an edge leads from outside to something
/// within it, as in Mermaid. Cancelled when the job is stopped.
Result<Layout> layoutChart(const Chart& chart, JobContext& job, const LayoutOptions& options = {});

/// Layouts that were made already, by what the charts say and the options. Holds the last ones that were
/// asked for. Thread safe; a layout that is made does not keep others waiting.
class LayoutCache {
 public:
  explicit LayoutCache(std::size_t capacity = 32) : capacity_(capacity) {}

  /// layoutChart(), or the same as the last time. What could only be placed without dot is not kept.
  Result<Layout> layout(const Chart& chart, JobContext& job, const LayoutOptions& options = {});
  std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::size_t capacity_;
  std::list<std::pair<std::string, Layout>> layouts_ = {};  ///< by hash, the last one used first
};

/// What has come of a node, shown as a mark at its corner.
enum class NodeMark { Done, Running, Waiting, Failed, Stale };

struct SvgOptions {
  bool dark = false;
  /// Nodes on a path that is lit: they and the edges between them stand out, the rest is faint. Empty:
  /// nothing is.
  std::set<std::string> lit = {};
  std::map<std::string, NodeMark> marks = {};
  /// Links of nodes can be followed (addresses with http, https and mailto, and relative ones).
  bool links = false;
};

/// A complete SVG 1.1 document: well-formed whatever the labels are. Tooltips are titles of their nodes,
/// feedback edges have a colour of their own, collapsed subgraphs a second border. The layout must be of this
/// chart.
std::string renderSvg(const Chart& chart, const Layout& layout, const SvgOptions& options = {});

/// {"nodes":[{id,x,y,width,height}],"edges":[{id,start,end,points[[x,y]]}],"subgraphs":[],"width","height"}.
Json toJson(const Chart& chart, const Layout& layout);

}  // namespace lodestone::pipeline
