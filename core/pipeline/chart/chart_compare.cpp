// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_compare.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace lodestone::pipeline {

namespace {

// Ids that the text does not give count by their rank.
class Names {
 public:
  explicit Names(const Chart& chart) {
    std::size_t rank = 0;
    for (const ChartSubgraph& group : chart.subgraphs)
      if (group.made_id) made_.emplace(group.id, "\n" + std::to_string(rank++));
  }
  std::string of(const std::string& id) const {
    const auto found = made_.find(id);
    return found == made_.end() ? id : found->second;
  }
  std::optional<std::string> of(const std::optional<std::string>& id) const {
    return id ? std::optional(of(*id)) : std::nullopt;
  }

 private:
  std::unordered_map<std::string, std::string> made_;
};

bool sameClick(const std::optional<ChartClick>& a, const std::optional<ChartClick>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::tie(a->callback, a->target_or_function, a->detail) ==
         std::tie(b->callback, b->target_or_function, b->detail);
}

bool sameNode(const ChartNode& a, const Names& of_a, const ChartNode& b, const Names& of_b) {
  const auto words = [](const ChartNode& node) {
    return std::tie(node.plain, node.label_type, node.type, node.shape, node.classes, node.styles,
                    node.is_subgraph, node.tooltip, node.property, node.meta);
  };
  // A node without a label is called by its id, and so is one with a made id.
  const auto text = [](const ChartNode& node) { return node.text == node.id ? std::string() : node.text; };
  return of_a.of(a.id) == of_b.of(b.id) && of_a.of(a.parent) == of_b.of(b.parent) && text(a) == text(b) &&
         words(a) == words(b) && sameClick(a.click, b.click);
}

bool sameEdge(const ChartEdge& a, const Names& of_a, const ChartEdge& b, const Names& of_b) {
  const auto words = [](const ChartEdge& edge) {
    return std::tie(edge.user_id, edge.text, edge.plain, edge.label_type, edge.type, edge.stroke, edge.length,
                    edge.arrow_start, edge.arrow_end, edge.style, edge.interpolate, edge.classes,
                    edge.animate, edge.animation, edge.step);
  };
  return of_a.of(a.start) == of_b.of(b.start) && of_a.of(a.end) == of_b.of(b.end) &&
         (!a.user_id || a.id == b.id) && words(a) == words(b);
}

std::vector<std::string> namesOf(const std::vector<std::string>& ids, const Names& names) {
  std::vector<std::string> sorted;
  for (const std::string& id : ids) sorted.push_back(names.of(id));
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

bool sameSubgraph(const ChartSubgraph& a, const Names& of_a, const ChartSubgraph& b, const Names& of_b) {
  const auto words = [](const ChartSubgraph& group) {
    return std::tie(group.title, group.plain, group.label_type, group.direction, group.classes,
                    group.metadata);
  };
  return of_a.of(a.id) == of_b.of(b.id) && of_a.of(a.parent) == of_b.of(b.parent) && words(a) == words(b) &&
         namesOf(a.nodes, of_a) == namesOf(b.nodes, of_b);
}

// Rows by name, and each pair compared.
template <class Row, class Same>
bool sameRows(const std::vector<Row>& one, const Names& of_one, const std::vector<Row>& other,
              const Names& of_other, Same same) {
  if (one.size() != other.size()) return false;
  std::unordered_map<std::string, const Row*> rows;
  for (const Row& row : other) rows.emplace(of_other.of(row.id), &row);
  return std::all_of(one.begin(), one.end(), [&](const Row& row) {
    const auto found = rows.find(of_one.of(row.id));
    return found != rows.end() && same(row, of_one, *found->second, of_other);
  });
}

bool sameFrame(const Chart& one, const Chart& other) {
  const auto words = [](const Chart& chart) {
    return std::tie(chart.diagram_type, chart.direction, chart.title, chart.accessible_title,
                    chart.accessible_description, chart.default_edge_style, chart.default_edge_interpolate,
                    chart.config);
  };
  const auto sameClass = [](const ChartClass& a, const ChartClass& b) {
    return a.id == b.id && a.styles == b.styles && a.text_styles == b.text_styles;
  };
  const auto sameIgnored = [](const auto& a, const auto& b) {
    return a.first == b.first && sameClick(a.second, b.second);
  };
  return words(one) == words(other) &&
         std::equal(one.classes.begin(), one.classes.end(), other.classes.begin(), other.classes.end(),
                    sameClass) &&
         std::equal(one.ignored_clicks.begin(), one.ignored_clicks.end(), other.ignored_clicks.begin(),
                    other.ignored_clicks.end(), sameIgnored);
}

}  // namespace

bool saysTheSame(const Chart& one, const Chart& other) {
  const Names of_one(one);
  const Names of_other(other);
  return sameFrame(one, other) && sameRows(one.nodes, of_one, other.nodes, of_other, sameNode) &&
         std::equal(
             one.edges.begin(), one.edges.end(), other.edges.begin(), other.edges.end(),
             [&](const ChartEdge& a, const ChartEdge& b) { return sameEdge(a, of_one, b, of_other); }) &&
         sameRows(one.subgraphs, of_one, other.subgraphs, of_other, sameSubgraph);
}

void renumberEdges(Chart& chart) {
  std::unordered_map<std::string, int> links;
  for (ChartEdge& edge : chart.edges) {
    const int existing = links[edge.start + '\n' + edge.end]++;
    if (!edge.user_id)
      edge.id = "L_" + edge.start + "_" + edge.end + "_" + std::to_string(existing == 0 ? 0 : existing + 1);
  }
}

}  // namespace lodestone::pipeline
