// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/layout.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/pipeline/chart/chart_view.h"
#include "core/pipeline/chart/dot_layout.h"
#include "core/pipeline/chart/edge_route.h"
#include "core/pipeline/chart/layered_layout.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kPlacing{"Placing the nodes", "正在布置节点"};
constexpr double kFrame = 14;
constexpr std::size_t kMostPrograms = 24;  // runs of dot for one chart; what is left is placed in layers
constexpr std::size_t kLargestForDot =
    2500;                             // nodes and frames: by count, so that it never depends on the machine
constexpr std::size_t kDeepest = 12;  // frames with a direction of their own within each other

void move(Layout& layout, double right, double down) {
  const auto shift = [&](auto& point) {
    point.x += right;
    point.y += down;
  };
  for (NodeLayout& node : layout.nodes) shift(node.box);
  for (SubgraphLayout& subgraph : layout.subgraphs) shift(subgraph.box);
  for (EdgeLayout& edge : layout.edges) {
    for (LayoutPoint& point : edge.spline) shift(point);
    if (edge.label_center) shift(*edge.label_center);
  }
}

/// Places charts with dot as long as it answers.
class Placer {
 public:
  Placer(JobContext& job, const LayoutOptions& options) : job_(job), options_(options) {}

  /// Frames with a direction of their own are laid out first and then placed as boxes.
  Result<Layout> place(const Chart& chart, const FixedSizes& fixed, std::size_t depth = 0) {
    const std::set<std::string> own =
        depth < kDeepest ? framesWithOwnDirection(chart) : std::set<std::string>{};
    if (own.empty()) return placePlain(chart, fixed);
    const ChartView view = withBoxes(chart, own);
    FixedSizes sizes = fixed;
    std::vector<std::pair<ChartView, Layout>> insides;
    for (const ChartSubgraph& group : chart.subgraphs) {
      if (view.boxes.count(group.id) == 0) continue;
      ChartView inside = insideOf(chart, group.id);
      auto placed = place(inside.chart, fixed, depth + 1);
      if (!placed) return placed;
      const TextSize title = labelSize(group.plain);
      move(*placed, std::max(0.0, (title.width + 16 - placed->width) / 2), title.height);
      sizes[group.id] = {std::max(placed->width, title.width + 16), placed->height + title.height};
      insides.emplace_back(std::move(inside), std::move(*placed));
    }
    auto outer = placePlain(view.chart, sizes);
    if (!outer) return outer;
    return joined(chart, view, std::move(*outer), insides);
  }

  bool byDot() const { return !dot_failed_; }

 private:
  Result<Layout> placePlain(const Chart& chart, const FixedSizes& fixed) {
    LayoutOptions options = options_;
    options.time_limit_seconds -= watch_.seconds();
    const bool small = chart.nodes.size() + chart.subgraphs.size() <= kLargestForDot &&
                       chart.edges.size() <= 3 * kLargestForDot;
    if (small && !dot_failed_ && runs_++ < kMostPrograms && options.time_limit_seconds > 0) {
      auto placed = dotLayout(chart, job_, options, fixed);
      if (placed || placed.error().code == ErrorCode::Cancelled) return placed;
    }
    dot_failed_ = true;
    return layeredLayout(chart, job_, options_, fixed);
  }

  static Layout joined(const Chart& chart, const ChartView& view, Layout outer,
                       std::vector<std::pair<ChartView, Layout>>& insides) {
    std::unordered_map<std::string, LayoutBox> boxes;
    for (const NodeLayout& node : outer.nodes)
      if (view.boxes.count(node.id) > 0) boxes.emplace(node.id, node.box);
    std::erase_if(outer.nodes, [&](const NodeLayout& node) { return boxes.count(node.id) > 0; });
    std::vector<EdgeLayout> edges(chart.edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) edges[i].edge = i;
    const auto take = [&](std::vector<EdgeLayout>& from, const ChartView& of) {
      for (EdgeLayout& edge : from) {
        const std::size_t index = of.edge_of[edge.edge];
        edges[index] = std::move(edge);
        edges[index].edge = index;
      }
    };
    take(outer.edges, view);
    std::size_t next = 0;
    for (const ChartSubgraph& group : chart.subgraphs) {
      const auto box = boxes.find(group.id);
      if (box == boxes.end()) continue;
      auto& [inside, placed] = insides[next++];
      move(placed, box->second.x, box->second.y);
      outer.subgraphs.push_back({group.id, box->second});
      outer.nodes.insert(outer.nodes.end(), placed.nodes.begin(), placed.nodes.end());
      outer.subgraphs.insert(outer.subgraphs.end(), placed.subgraphs.begin(), placed.subgraphs.end());
      take(placed.edges, inside);
    }
    outer.edges = std::move(edges);
    return outer;
  }

  JobContext& job_;
  const LayoutOptions& options_;
  Stopwatch watch_ = {};
  std::size_t runs_ = 0;
  bool dot_failed_ = false;
};

// The title of the chart stands above the drawing.
void addTitle(const Chart& chart, Layout& layout) {
  if (!chart.title) return;
  const TextSize title = labelSize(*chart.title);
  const double down = title.height + 12;
  const double right = std::max(0.0, (title.width + 2 * kLayoutMargin - layout.width) / 2);
  move(layout, right, down);
  layout.width += 2 * right;
  layout.height += down;
}

// Nodes in the chart's order, edges in that of the whole chart, boxes of collapsed subgraphs as such.
Layout ofWhole(const Chart& chart, const ChartView& view, Layout placed) {
  Layout layout = std::move(placed);
  std::unordered_map<std::string, LayoutBox> boxes;
  for (const NodeLayout& node : layout.nodes) boxes.emplace(node.id, node.box);
  layout.nodes.clear();
  for (const ChartNode& node : chart.nodes)
    if (const auto found = boxes.find(node.id); found != boxes.end() && !node.is_subgraph)
      layout.nodes.push_back({node.id, found->second});
  for (const ChartSubgraph& group : chart.subgraphs)
    if (view.boxes.count(group.id) > 0) layout.subgraphs.push_back({group.id, boxes.at(group.id), true});
  std::vector<EdgeLayout> edges(chart.edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) edges[i].edge = i;
  const std::vector<bool> feedback = feedbackEdges(view.chart);
  for (std::size_t i = 0; i < layout.edges.size(); ++i) {
    const std::size_t index = view.edge_of[i];
    edges[index] = std::move(layout.edges[i]);
    edges[index].edge = index;
    edges[index].feedback = feedback[i];
  }
  layout.edges = std::move(edges);
  return layout;
}

void include(LayoutBox& frame, const LayoutBox& box) {
  const double right = std::max(frame.x + frame.width, box.x + box.width);
  const double bottom = std::max(frame.y + frame.height, box.y + box.height);
  frame.x = std::min(frame.x, box.x);
  frame.y = std::min(frame.y, box.y);
  frame.width = right - frame.x;
  frame.height = bottom - frame.y;
}

/// Puts nodes where they were put by hand: frames grow with them, and their edges are drawn anew.
void putByHand(const ChartView& view, const std::vector<NodePosition>& positions, Layout& layout) {
  std::unordered_map<std::string, LayoutBox*> boxes;
  for (NodeLayout& node : layout.nodes) boxes.emplace(node.id, &node.box);
  std::unordered_map<std::string, LayoutBox*> frames;
  for (SubgraphLayout& group : layout.subgraphs)
    (group.collapsed ? boxes : frames).emplace(group.id, &group.box);
  std::unordered_map<std::string, std::optional<std::string>> parents;
  for (const ChartNode& node : view.chart.nodes) parents[node.id] = node.parent;
  for (const ChartSubgraph& group : view.chart.subgraphs) parents[group.id] = group.parent;
  std::set<std::string> moved;
  for (const NodePosition& position : positions) {
    const auto box = boxes.find(position.node);
    if (box == boxes.end()) continue;
    moved.insert(position.node);
    box->second->x = position.x;
    box->second->y = position.y;
    LayoutBox inner = *box->second;
    std::size_t steps = 0;
    for (auto at = parents[position.node]; at && frames.count(*at) > 0 && steps++ <= frames.size();
         at = parents[*at]) {
      const double title = labelSize(*at).height + 6;
      include(*frames[*at], {inner.x - kFrame, inner.y - kFrame - title, inner.width + 2 * kFrame,
                             inner.height + 2 * kFrame + title});
      moved.insert(*at);
      inner = *frames[*at];
    }
  }
  if (moved.empty()) return;
  std::unordered_map<std::string, int> used;
  for (std::size_t i = 0; i < view.chart.edges.size(); ++i) {
    const ChartEdge& edge = view.chart.edges[i];
    EdgeLayout& placed = layout.edges[view.edge_of[i]];
    if (moved.count(edge.start) == 0 && moved.count(edge.end) == 0) continue;
    const auto boxOf = [&](const std::string& id) -> const LayoutBox* {
      if (const auto frame = frames.find(id); frame != frames.end()) return frame->second;
      const auto box = boxes.find(id);
      return box == boxes.end() ? nullptr : box->second;
    };
    const LayoutBox* start = boxOf(edge.start);
    const LayoutBox* end = boxOf(edge.end);
    if (start == nullptr || end == nullptr) continue;
    const bool forward = edge.start < edge.end;
    const int number = used[forward ? edge.start + "\n" + edge.end : edge.end + "\n" + edge.start]++;
    const double side = number == 0 ? 0 : (number % 2 == 1 ? 18.0 : -18.0) * ((number + 1) / 2);
    placed.spline =
        start == end ? routeLoop(*start, number) : routeEdge(*start, {}, *end, forward ? side : -side);
    if (placed.label_center || !edge.plain.empty()) placed.label_center = middleOf(placed.spline);
  }
}

// What was put by hand may lie anywhere: the drawing is as large as what is in it.
void growToContents(Layout& layout) {
  LayoutBox all{0, 0, layout.width, layout.height};
  const auto add = [&](double left, double top, double right, double bottom) {
    include(all, {left - kLayoutMargin, top - kLayoutMargin, right - left + 2 * kLayoutMargin,
                  bottom - top + 2 * kLayoutMargin});
  };
  for (const NodeLayout& node : layout.nodes)
    add(node.box.x, node.box.y, node.box.x + node.box.width, node.box.y + node.box.height);
  for (const SubgraphLayout& group : layout.subgraphs)
    add(group.box.x, group.box.y, group.box.x + group.box.width, group.box.y + group.box.height);
  for (const EdgeLayout& edge : layout.edges)
    for (const LayoutPoint& point : edge.spline) include(all, {point.x, point.y, 0, 0});
  layout.left = all.x;
  layout.top = all.y;
  layout.width = all.width;
  layout.height = all.height;
}

std::string keyOf(const Chart& chart, const LayoutOptions& options) {
  std::string text;
  const auto add = [&](const std::string& word) { text += std::to_string(word.size()) + ":" + word; };
  const auto addNumber = [&](double value) { text += formatNumber(value) + ";"; };
  add(chart.direction);
  add(chart.title.value_or(""));
  for (const ChartNode& node : chart.nodes)
    for (const std::string& word : {node.id, node.plain, node.shape, node.parent.value_or(""),
                                    std::string(node.is_subgraph ? "frame" : "node")})
      add(word);
  text += "|";
  for (const ChartEdge& edge : chart.edges) {
    for (const std::string& word : {edge.start, edge.end, edge.plain}) add(word);
    addNumber(edge.length.value_or(0));
    text += edge.arrow_start == ArrowHead::None ? "-" : "<";
    text += edge.arrow_end == ArrowHead::None ? "-" : ">";
  }
  text += "|";
  for (const ChartSubgraph& group : chart.subgraphs)
    for (const std::string& word :
         {group.id, group.plain, group.direction.value_or(""), group.parent.value_or("")})
      add(word);
  text += "|";
  for (const std::string& id : options.collapsed) add(id);
  text += "|";
  for (const NodePosition& position : options.positions) {
    add(position.node);
    addNumber(position.x);
    addNumber(position.y);
  }
  add(options.dot);
  addNumber(options.least_text_width);
  addNumber(options.extra_text_height);
  return sha256Hex(text);
}

}  // namespace

Result<Layout> layoutChart(const Chart& chart, JobContext& job, const LayoutOptions& options) {
  job.report(0, kPlacing);
  const ChartView view = withBoxes(chart, options.collapsed);
  Placer placer(job, options);
  auto placed = placer.place(view.chart, {});
  if (!placed) return placed;
  Layout layout = ofWhole(chart, view, std::move(*placed));
  layout.by = placer.byDot() ? "dot" : "layered";
  addTitle(chart, layout);
  if (!options.positions.empty()) {
    putByHand(view, options.positions, layout);
    growToContents(layout);
  }
  job.report(1, kPlacing);
  return layout;
}

Result<Layout> LayoutCache::layout(const Chart& chart, JobContext& job, const LayoutOptions& options) {
  const std::string key = keyOf(chart, options);
  {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(layouts_.begin(), layouts_.end(), [&](const auto& entry) { return entry.first == key; });
    if (found != layouts_.end()) {
      layouts_.splice(layouts_.begin(), layouts_, found);
      return layouts_.front().second;
    }
  }
  auto made = layoutChart(chart, job, options);
  if (!made || made->by != "dot") return made;
  const std::lock_guard lock(mutex_);
  layouts_.emplace_front(key, *made);
  while (layouts_.size() > capacity_) layouts_.pop_back();
  return made;
}

std::size_t LayoutCache::size() const {
  const std::lock_guard lock(mutex_);
  return layouts_.size();
}

Json toJson(const Chart& chart, const Layout& layout) {
  const auto box = [](const std::string& id, const LayoutBox& b) {
    return Json{{"id", id}, {"x", b.x}, {"y", b.y}, {"width", b.width}, {"height", b.height}};
  };
  Json json = {{"nodes", Json::array()}, {"edges", Json::array()},  {"subgraphs", Json::array()},
               {"width", layout.width},  {"height", layout.height}, {"by", layout.by}};
  for (const NodeLayout& node : layout.nodes) json["nodes"].push_back(box(node.id, node.box));
  for (const EdgeLayout& edge : layout.edges) {
    const ChartEdge& of = chart.edges[edge.edge];
    Json entry = {{"id", of.id}, {"start", of.start}, {"end", of.end}, {"points", Json::array()}};
    for (const LayoutPoint& point : edge.spline) entry["points"].push_back({point.x, point.y});
    if (edge.feedback) entry["feedback"] = true;
    json["edges"].push_back(std::move(entry));
  }
  for (const SubgraphLayout& subgraph : layout.subgraphs) {
    Json entry = box(subgraph.id, subgraph.box);
    if (subgraph.collapsed) entry["collapsed"] = true;
    json["subgraphs"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace lodestone::pipeline
