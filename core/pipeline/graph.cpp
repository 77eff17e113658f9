// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/graph.h"

#include <algorithm>
#include <map>
#include <set>

namespace lodestone::pipeline {

namespace {

using Adjacency = std::vector<std::vector<std::size_t>>;

std::vector<bool> reach(const Adjacency& edges, std::size_t start) {
  std::vector<bool> seen(edges.size());
  std::vector<std::size_t> stack = {start};
  seen[start] = true;
  while (!stack.empty()) {
    const std::size_t node = stack.back();
    stack.pop_back();
    for (const std::size_t next : edges[node]) {
      if (seen[next]) continue;
      seen[next] = true;
      stack.push_back(next);
    }
  }
  return seen;
}

/// Depth first without recursion: charts of any depth are safe.
void cutFeedback(const Adjacency& edges, Graph& graph) {
  enum class Mark { New, OnPath, Done };
  std::vector<Mark> marks(edges.size(), Mark::New);
  for (std::size_t root = 0; root < edges.size(); ++root) {
    if (marks[root] != Mark::New) continue;
    std::vector<std::pair<std::size_t, std::size_t>> path = {{root, 0}};
    marks[root] = Mark::OnPath;
    while (!path.empty()) {
      const std::size_t node = path.back().first;
      if (path.back().second == edges[node].size()) {
        marks[node] = Mark::Done;
        path.pop_back();
        continue;
      }
      const std::size_t next = edges[node][path.back().second++];
      if (marks[next] == Mark::OnPath) {
        graph.feedback.emplace_back(node, next);
        continue;
      }
      graph.after[node].push_back(next);
      graph.before[next].push_back(node);
      if (marks[next] == Mark::New) {
        marks[next] = Mark::OnPath;
        path.emplace_back(next, 0);
      }
    }
  }
}

}  // namespace

std::vector<std::size_t> Graph::order() const {
  std::vector<std::size_t> waiting(ids.size());
  std::set<std::size_t> ready;
  for (std::size_t node = 0; node < ids.size(); ++node) {
    waiting[node] = before[node].size();
    if (waiting[node] == 0) ready.insert(node);
  }
  std::vector<std::size_t> sorted;
  while (!ready.empty()) {
    const std::size_t node = *ready.begin();
    ready.erase(ready.begin());
    sorted.push_back(node);
    for (const std::size_t next : after[node])
      if (--waiting[next] == 0) ready.insert(next);
  }
  return sorted;
}

std::vector<bool> Graph::ancestors(std::size_t node) const {
  return reach(before, node);
}
std::vector<bool> Graph::descendants(std::size_t node) const {
  return reach(after, node);
}

std::vector<bool> Graph::loop() const {
  std::vector<bool> in_loop(ids.size());
  for (const auto& [source, target] : feedback) {
    const std::vector<bool> from_target = descendants(target);
    const std::vector<bool> to_source = ancestors(source);
    for (std::size_t node = 0; node < ids.size(); ++node)
      if (from_target[node] && to_source[node]) in_loop[node] = true;
  }
  return in_loop;
}

Graph makeGraph(const Chart& chart) {
  Graph graph;
  std::map<std::string, std::size_t> index;
  for (const ChartNode& node : chart.nodes) {
    if (node.is_subgraph) continue;
    index[node.id] = graph.ids.size();
    graph.ids.push_back(node.id);
    graph.labels.push_back(node.plain);
  }
  Adjacency edges(graph.ids.size());
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> mentions;
  for (const ChartEdge& edge : chart.edges) {
    const auto start = index.find(edge.start);
    const auto end = index.find(edge.end);
    if (start == index.end() || end == index.end()) continue;
    const std::pair pair{start->second, end->second};
    if (mentions.emplace(pair, mentions.size()).second) edges[start->second].push_back(end->second);
    if (!edge.plain.empty()) graph.edge_labels[pair].push_back(edge.plain);
  }
  graph.before.resize(graph.ids.size());
  graph.after.resize(graph.ids.size());
  cutFeedback(edges, graph);
  for (std::size_t node = 0; node < graph.before.size(); ++node)
    std::sort(graph.before[node].begin(), graph.before[node].end(), [&](std::size_t a, std::size_t b) {
      return mentions.at({a, node}) < mentions.at({b, node});
    });
  return graph;
}

}  // namespace lodestone::pipeline
