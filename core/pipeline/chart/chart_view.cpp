// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_view.h"

#include <algorithm>
#include <unordered_map>

namespace lodestone::pipeline {

namespace {

constexpr std::size_t kDeepest = 64;  // nesting with directions of its own

/// The subgraphs around each id.
class Frames {
 public:
  explicit Frames(const Chart& chart) {
    for (std::size_t i = 0; i < chart.subgraphs.size(); ++i) index_.emplace(chart.subgraphs[i].id, i);
    parent_.resize(chart.subgraphs.size());
    for (std::size_t i = 0; i < chart.subgraphs.size(); ++i)
      parent_[i] = find(chart.subgraphs[i].parent.value_or(""));
    for (const ChartNode& node : chart.nodes)
      if (!node.is_subgraph && node.parent) of_node_.emplace(node.id, find(*node.parent));
  }

  std::optional<std::size_t> find(const std::string& id) const {
    const auto found = index_.find(id);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<std::size_t> parent(std::size_t frame) const { return parent_[frame]; }
  /// The frame that a node or a frame stands in.
  std::optional<std::size_t> around(const std::string& id) const {
    if (const auto frame = find(id)) return parent_[*frame];
    const auto found = of_node_.find(id);
    return found == of_node_.end() ? std::nullopt : found->second;
  }
  std::size_t size() const { return parent_.size(); }

  /// For each frame what `start` says of it, else what holds for the frame around it. Rings of frames end
  /// where they begin.
  template <class Value, class Start>
  std::vector<std::optional<Value>> inherited(Start start) const {
    std::vector<std::optional<Value>> values(size());
    std::vector<char> done(size(), 0);
    for (std::size_t i = 0; i < size(); ++i) {
      std::vector<std::size_t> way;
      std::optional<std::size_t> at = i;
      while (at && done[*at] == 0) {
        done[*at] = 1;
        way.push_back(*at);
        at = parent_[*at];
      }
      std::optional<Value> value = at ? values[*at] : std::nullopt;
      for (auto frame = way.rbegin(); frame != way.rend(); ++frame) {
        value = start(*frame, value);
        values[*frame] = value;
      }
    }
    return values;
  }

 private:
  std::unordered_map<std::string, std::size_t> index_ = {};
  std::vector<std::optional<std::size_t>> parent_ = {};
  std::unordered_map<std::string, std::optional<std::size_t>> of_node_ = {};
};

Chart frameOf(const Chart& chart) {
  Chart view;
  view.direction = chart.direction;
  view.config = chart.config;
  return view;
}

ChartNode boxOf(const ChartSubgraph& group) {
  ChartNode node{.id = group.id, .text = group.title, .plain = group.plain};
  node.parent = group.parent;
  return node;
}

}  // namespace

ChartView withBoxes(const Chart& chart, const std::set<std::string>& frames) {
  const Frames tree(chart);
  // The outermost box at or around each frame.
  const auto box = tree.inherited<std::size_t>([&](std::size_t frame, std::optional<std::size_t> above) {
    if (above) return above;
    return frames.count(chart.subgraphs[frame].id) > 0 ? std::optional(frame) : std::nullopt;
  });
  const auto boxOfId = [&](const std::string& id) -> std::optional<std::size_t> {
    if (const auto frame = tree.find(id)) return box[*frame];
    const auto around = tree.around(id);
    return around ? box[*around] : std::nullopt;
  };
  ChartView view{.chart = frameOf(chart)};
  view.chart.title = chart.title;
  // A box stands where the first of what is in it stood: the order tells which edge of a cycle leads back.
  const auto addBox = [&](std::size_t frame) {
    if (view.boxes.insert(chart.subgraphs[frame].id).second)
      view.chart.nodes.push_back(boxOf(chart.subgraphs[frame]));
  };
  for (const ChartNode& node : chart.nodes)
    if (const auto frame = boxOfId(node.id))
      addBox(*frame);
    else if (!node.is_subgraph)
      view.chart.nodes.push_back(node);
  for (std::size_t i = 0; i < chart.subgraphs.size(); ++i)
    if (box[i] == i)
      addBox(i);
    else if (!box[i])
      view.chart.subgraphs.push_back(chart.subgraphs[i]);
  for (std::size_t i = 0; i < chart.edges.size(); ++i) {
    ChartEdge edge = chart.edges[i];
    const auto start = boxOfId(edge.start);
    const auto end = boxOfId(edge.end);
    const bool loop_of_box = edge.start == edge.end && tree.find(edge.start) == start;
    if (start && start == end && !loop_of_box) continue;
    if (start) edge.start = chart.subgraphs[*start].id;
    if (end) edge.end = chart.subgraphs[*end].id;
    view.chart.edges.push_back(std::move(edge));
    view.edge_of.push_back(i);
  }
  return view;
}

ChartView insideOf(const Chart& chart, const std::string& frame) {
  const Frames tree(chart);
  const auto wanted = tree.find(frame);
  const auto inside = tree.inherited<bool>([&](std::size_t i, std::optional<bool> above) {
    return std::optional((above && *above) || tree.parent(i) == wanted);
  });
  const auto isInside = [&](const std::string& id) {
    const auto around = tree.around(id);
    return around && (around == wanted || inside[*around].value_or(false));
  };
  ChartView view{.chart = frameOf(chart)};
  if (!wanted) return view;
  view.chart.direction = chart.subgraphs[*wanted].direction.value_or(chart.direction);
  const auto leave = [&](std::optional<std::string>& parent) {
    if (parent == frame) parent.reset();
  };
  for (const ChartNode& node : chart.nodes)
    if (!node.is_subgraph && isInside(node.id)) {
      view.chart.nodes.push_back(node);
      leave(view.chart.nodes.back().parent);
    }
  for (const ChartSubgraph& group : chart.subgraphs)
    if (group.id != frame && isInside(group.id)) {
      view.chart.subgraphs.push_back(group);
      leave(view.chart.subgraphs.back().parent);
    }
  for (std::size_t i = 0; i < chart.edges.size(); ++i)
    if (isInside(chart.edges[i].start) && isInside(chart.edges[i].end)) {
      view.chart.edges.push_back(chart.edges[i]);
      view.edge_of.push_back(i);
    }
  return view;
}

std::set<std::string> framesWithOwnDirection(const Chart& chart) {
  const Frames tree(chart);
  const auto plain = [](const std::string& direction) {
    return direction == "TD" || direction == "BR" ? "TB" : direction;
  };
  const auto depth = tree.inherited<std::size_t>(
      [&](std::size_t, std::optional<std::size_t> above) { return std::optional(above.value_or(0) + 1); });
  std::set<std::string> own;
  if (std::any_of(depth.begin(), depth.end(), [](const auto& d) { return d.value_or(0) > kDeepest; }))
    return own;
  std::vector<bool> crossed(tree.size(), false);
  for (const ChartEdge& edge : chart.edges) {
    std::vector<std::size_t> of_start;
    std::vector<std::size_t> of_end;
    for (auto at = tree.around(edge.start); at && of_start.size() <= kDeepest; at = tree.parent(*at))
      of_start.push_back(*at);
    for (auto at = tree.around(edge.end); at && of_end.size() <= kDeepest; at = tree.parent(*at))
      of_end.push_back(*at);
    const auto mark = [&](const std::vector<std::size_t>& of, const std::vector<std::size_t>& other) {
      for (const std::size_t frame : of)
        if (std::find(other.begin(), other.end(), frame) == other.end()) crossed[frame] = true;
    };
    mark(of_start, of_end);
    mark(of_end, of_start);
  }
  // Above a frame of its own direction nothing more is looked for: what is in it follows with it.
  const auto around = tree.inherited<bool>([&](std::size_t frame, std::optional<bool> above) {
    if (above.value_or(false)) return std::optional(true);
    const auto& direction = chart.subgraphs[frame].direction;
    const bool differs = direction && plain(*direction) != plain(chart.direction) && !crossed[frame];
    if (differs) own.insert(chart.subgraphs[frame].id);
    return std::optional(differs);
  });
  return own;
}

std::vector<bool> feedbackEdges(const Chart& chart) {
  std::unordered_map<std::string, std::size_t> index;
  for (const ChartNode& node : chart.nodes) index.emplace(node.id, index.size());
  for (const ChartSubgraph& group : chart.subgraphs) index.emplace(group.id, index.size());
  struct Out {
    std::size_t edge;
    std::size_t end;
  };
  std::vector<std::vector<Out>> out(index.size());
  for (std::size_t i = 0; i < chart.edges.size(); ++i) {
    const auto start = index.find(chart.edges[i].start);
    const auto end = index.find(chart.edges[i].end);
    if (start != index.end() && end != index.end()) out[start->second].push_back({i, end->second});
  }
  std::vector<bool> feedback(chart.edges.size(), false);
  enum class State : char { New, Open, Done };
  std::vector<State> state(index.size(), State::New);
  std::vector<std::pair<std::size_t, std::size_t>> stack;  // vertex, next edge
  for (std::size_t root = 0; root < state.size(); ++root) {
    if (state[root] != State::New) continue;
    stack.assign(1, {root, 0});
    state[root] = State::Open;
    while (!stack.empty()) {
      auto& [vertex, next] = stack.back();
      if (next == out[vertex].size()) {
        state[vertex] = State::Done;
        stack.pop_back();
        continue;
      }
      const Out& edge = out[vertex][next++];
      if (state[edge.end] == State::Open) feedback[edge.edge] = true;
      if (state[edge.end] != State::New) continue;
      state[edge.end] = State::Open;
      stack.emplace_back(edge.end, 0);
    }
  }
  return feedback;
}

}  // namespace lodestone::pipeline
