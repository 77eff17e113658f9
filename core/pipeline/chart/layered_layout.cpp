// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/layered_layout.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/pipeline/chart/edge_route.h"
#include "core/pipeline/chart/layer_order.h"

namespace lodestone::pipeline {

namespace {

constexpr double kFrame = 14;
constexpr double kParallel = 18;  // between two edges of the same ends
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// A node or a subgraph; the chart itself is the last one.
struct Part {
  TextSize size = {};
  std::size_t parent = kNone;
  std::size_t depth = 0;
  std::vector<std::size_t> children = {};
  double x = 0;  ///< of the upper left corner, within the parent and then in the drawing
  double y = 0;
};

class LayeredLayout {
 public:
  LayeredLayout(const Chart& chart, const LayoutOptions& options, const FixedSizes& fixed)
      : chart_(chart), options_(options), fixed_(fixed) {}

  Result<Layout> place(JobContext& job) {
    makeParts();
    shareEdges();
    std::vector<std::size_t> inner_first = parts_with_children_;
    std::stable_sort(inner_first.begin(), inner_first.end(),
                     [&](std::size_t a, std::size_t b) { return parts_[a].depth > parts_[b].depth; });
    for (const std::size_t part : inner_first) {
      if (const auto go = job.checkpoint(); !go) return forward(go);
      placeWithin(part);
    }
    for (auto part = inner_first.rbegin(); part != inner_first.rend(); ++part)
      for (const std::size_t child : parts_[*part].children) {
        parts_[child].x += parts_[*part].x;
        parts_[child].y += parts_[*part].y;
      }
    return write();
  }

 private:
  void makeParts() {
    std::unordered_map<std::string, std::size_t> frames;
    for (const ChartNode& node : chart_.nodes) {
      if (node.is_subgraph) continue;
      index_.emplace(node.id, parts_.size());
      parts_.push_back({nodeSize(node, options_, fixed_)});
    }
    first_frame_ = parts_.size();
    for (const ChartSubgraph& group : chart_.subgraphs) {
      index_[group.id] = parts_.size();
      frames.emplace(group.id, parts_.size());
      parts_.emplace_back();
    }
    const std::size_t root = parts_.size();
    parts_.emplace_back();
    const auto frameOf = [&](const std::optional<std::string>& id) {
      const auto found = id ? frames.find(*id) : frames.end();
      return found == frames.end() ? root : found->second;
    };
    for (const ChartNode& node : chart_.nodes)
      if (!node.is_subgraph) parts_[index_.at(node.id)].parent = frameOf(node.parent);
    for (const ChartSubgraph& group : chart_.subgraphs)
      parts_[frames.at(group.id)].parent = frameOf(group.parent);
    openRings(root);
    for (std::size_t i = 0; i < root; ++i) parts_[parts_[i].parent].children.push_back(i);
    std::vector<std::size_t> open = {root};
    while (!open.empty()) {
      const std::size_t part = open.back();
      open.pop_back();
      if (part >= first_frame_) parts_with_children_.push_back(part);
      for (const std::size_t child : parts_[part].children) {
        parts_[child].depth = parts_[part].depth + 1;
        open.push_back(child);
      }
    }
  }

  // A subgraph that (through others) is within itself stands at the top.
  void openRings(std::size_t root) {
    std::vector<std::size_t> seen(parts_.size(), kNone);
    for (std::size_t i = first_frame_; i < root; ++i)
      for (std::size_t at = i; at != root && seen[at] != root; at = parts_[at].parent) {
        if (seen[at] == i) {
          parts_[at].parent = root;
          break;
        }
        seen[at] = seen[at] == kNone ? i : root;
        if (seen[at] == root) break;
      }
  }

  // Each edge counts between the two parts of its common frame that hold its ends.
  void shareEdges() {
    edges_within_.resize(parts_.size());
    for (std::size_t i = 0; i < chart_.edges.size(); ++i) {
      const auto start = index_.find(chart_.edges[i].start);
      const auto end = index_.find(chart_.edges[i].end);
      if (start == index_.end() || end == index_.end()) continue;
      std::size_t a = start->second;
      std::size_t b = end->second;
      while (parts_[a].parent != parts_[b].parent) {
        // What holds the other end is no neighbour of it.
        if (parts_[a].parent == b || parts_[b].parent == a) break;
        if (parts_[a].depth >= parts_[b].depth)
          a = parts_[a].parent;
        else
          b = parts_[b].parent;
        if (a == b) break;
      }
      if (a != b && parts_[a].parent == parts_[b].parent)
        edges_within_[parts_[a].parent].push_back({i, a, b});
    }
  }

  bool isAcross() const { return chart_.direction == "LR" || chart_.direction == "RL"; }
  bool isTurned() const { return chart_.direction == "BT" || chart_.direction == "RL"; }

  void placeWithin(std::size_t part) {
    std::vector<LayerItem> items;
    std::unordered_map<std::size_t, std::size_t> item_of;
    for (const std::size_t child : parts_[part].children) {
      item_of.emplace(child, items.size());
      const TextSize& size = parts_[child].size;
      items.push_back(isAcross() ? LayerItem{size.height, size.width} : LayerItem{size.width, size.height});
    }
    std::vector<LayerEdge> edges;
    for (const Shared& shared : edges_within_[part]) {
      const ChartEdge& edge = chart_.edges[shared.edge];
      LayerEdge row{item_of.at(shared.start), item_of.at(shared.end), edge.length.value_or(1)};
      if (!edge.plain.empty()) {
        const TextSize label = labelSize(edge.plain);
        row.label_height = isAcross() ? label.width : label.height;
      }
      edges.push_back(row);
    }
    double width = 0;
    double height = 0;
    auto bends = placeInLayers(items, edges, width, height);
    const bool is_root = part + 1 == parts_.size();
    const TextSize title = is_root ? TextSize{} : labelSize(chart_.subgraphs[part - first_frame_].plain);
    const double frame = is_root ? kLayoutMargin : kFrame;
    const double down = frame + (title.height > 0 ? title.height + 6 : 0);
    const TextSize inside = isAcross() ? TextSize{height, width} : TextSize{width, height};
    const double wider = std::max(0.0, (title.width + 8 - inside.width) / 2);
    const auto turned = [&](double x, double y) {
      if (isTurned()) y = height - y;
      return isAcross() ? LayoutPoint{y + frame + wider, x + down} : LayoutPoint{x + frame + wider, y + down};
    };
    for (const auto& [child, item] : item_of) {
      const LayoutPoint center = turned(items[item].x, items[item].y);
      parts_[child].x = center.x - parts_[child].size.width / 2;
      parts_[child].y = center.y - parts_[child].size.height / 2;
    }
    for (std::size_t k = 0; k < edges.size(); ++k) {
      Bends& kept = bends_[edges_within_[part][k].edge];
      kept.part = part;
      for (const auto& [x, y] : bends[k]) kept.points.push_back(turned(x, y));
    }
    parts_[part].size = {std::max(inside.width + 2 * (frame + wider), is_root ? 0.0 : 44.0),
                         std::max(inside.height + down + frame, is_root ? 0.0 : 36.0)};
  }

  LayoutBox boxOf(std::size_t part) const {
    return {parts_[part].x, parts_[part].y, parts_[part].size.width, parts_[part].size.height};
  }

  Layout write() const {
    Layout layout{.width = parts_.back().size.width, .height = parts_.back().size.height};
    for (const ChartNode& node : chart_.nodes)
      if (!node.is_subgraph) layout.nodes.push_back({node.id, boxOf(index_.at(node.id))});
    std::vector<std::size_t> frames;
    for (const std::size_t part : parts_with_children_)
      if (part + 1 != parts_.size()) frames.push_back(part);
    std::stable_sort(frames.begin(), frames.end(),
                     [&](std::size_t a, std::size_t b) { return parts_[a].depth < parts_[b].depth; });
    for (const std::size_t part : frames)
      layout.subgraphs.push_back({chart_.subgraphs[part - first_frame_].id, boxOf(part)});
    writeEdges(layout);
    return layout;
  }

  void writeEdges(Layout& layout) const {
    std::map<std::pair<std::size_t, std::size_t>, int> used;
    for (std::size_t i = 0; i < chart_.edges.size(); ++i) {
      EdgeLayout placed{.edge = i};
      const auto start = index_.find(chart_.edges[i].start);
      const auto end = index_.find(chart_.edges[i].end);
      if (start != index_.end() && end != index_.end()) {
        const std::size_t a = start->second;
        const std::size_t b = end->second;
        const int number = used[std::minmax(a, b)]++;
        if (a == b) {
          placed.spline = routeLoop(boxOf(a), number);
          layout.width = std::max(layout.width, placed.spline[3].x + kLayoutMargin);
        } else {
          // One after the other to both sides: a curve's right is that of its own way.
          const double side = number == 0 ? 0 : (number % 2 == 1 ? 1 : -1) * kParallel * ((number + 1) / 2);
          placed.spline = routeEdge(boxOf(a), pointsOf(i), boxOf(b), a < b ? side : -side);
        }
        if (!chart_.edges[i].plain.empty()) placed.label_center = middleOf(placed.spline);
      }
      layout.edges.push_back(std::move(placed));
    }
  }

  std::vector<LayoutPoint> pointsOf(std::size_t edge) const {
    const auto found = bends_.find(edge);
    if (found == bends_.end()) return {};
    std::vector<LayoutPoint> points = found->second.points;
    for (LayoutPoint& point : points) {
      point.x += parts_[found->second.part].x;
      point.y += parts_[found->second.part].y;
    }
    return points;
  }

  struct Shared {
    std::size_t edge;
    std::size_t start;
    std::size_t end;
  };
  struct Bends {
    std::size_t part = 0;
    std::vector<LayoutPoint> points = {};
  };

  const Chart& chart_;
  const LayoutOptions& options_;
  const FixedSizes& fixed_;
  std::vector<Part> parts_ = {};
  std::size_t first_frame_ = 0;
  std::unordered_map<std::string, std::size_t> index_ = {};
  std::vector<std::size_t> parts_with_children_ = {};
  std::vector<std::vector<Shared>> edges_within_ = {};
  std::unordered_map<std::size_t, Bends> bends_ = {};
};

}  // namespace

Result<Layout> layeredLayout(const Chart& chart, JobContext& job, const LayoutOptions& options,
                             const FixedSizes& fixed) {
  return LayeredLayout(chart, options, fixed).place(job);
}

}  // namespace lodestone::pipeline
