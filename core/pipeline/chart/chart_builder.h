// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// A label as the grammar found it.
struct LabelText {
  std::string text;
  LabelType type = LabelType::Text;
  SourceRange range = {};  ///< between the delimiters, in the original
};

/// What one mention of a node says.
struct NodeMention {
  std::string id;
  std::optional<LabelText> label = {};
  std::optional<std::string> type = {};
  std::optional<std::pair<std::string, std::string>> property = {};
  SourceRange range = {};  ///< the id, in the original; empty in a style statement
};

/// What a link says.
struct LinkText {
  std::string type;
  Stroke stroke = Stroke::Normal;
  std::optional<int> length = {};
  std::optional<LabelText> label = {};
  std::optional<std::string> id = {};
  SourceRange range = {};
};

/// Reads the characters of a link ("x--", "==>"); start is empty unless the text stands in the middle.
LinkText readLink(std::string_view link, std::string_view start);

/// What is wrong with a statement that the grammar takes.
struct BuildProblem {
  Text text;
  std::vector<std::string> args = {};
  std::vector<std::string> expected = {};
};
using BuildResult = tl::expected<void, BuildProblem>;

/// One thing listed in a subgraph.
struct SubgraphBody {
  std::vector<std::string> members = {};
  std::optional<std::string> direction = {};
};

/// Gives statements their meaning, in the order in which they are read. Every step takes constant time on
/// average.
class ChartBuilder {
 public:
  void setHeader(std::string_view keyword, std::string_view direction);
  void setTitle(std::optional<std::string> title) { chart_.title = std::move(title); }
  void setConfig(Json config);
  void setAccessibleTitle(std::string text) {
    chart_.accessible_title = text.empty() ? std::nullopt : std::optional(std::move(text));
  }
  void setAccessibleDescription(std::string text);

  void mentionNode(NodeMention mention);
  /// The text between @{ and }.
  BuildResult addData(const std::string& id, const std::string& yaml, SourceRange range);
  void addStyles(const std::string& id, const std::vector<std::string>& styles);
  /// A & B --> C & D are four links, so a short text could ask for very many: beyond 150,000 they are
  /// refused.
  BuildResult addLinks(const std::vector<std::string>& starts, const std::vector<std::string>& ends,
                       const LinkText& link);
  std::size_t edgeCount() const { return chart_.edges.size(); }
  void addClassDefinition(const std::string& ids, const std::vector<std::string>& styles);
  void addClass(const std::string& ids, const std::string& name);
  void addClick(const std::string& ids, const ChartClick& click, const std::optional<std::string>& tooltip);
  void setDefaultEdgeStyle(std::vector<std::string> styles) { chart_.default_edge_style = std::move(styles); }
  void setDefaultInterpolate(std::string name) { chart_.default_edge_interpolate = std::move(name); }
  BuildResult styleEdges(const std::vector<std::string>& positions,
                         const std::optional<std::vector<std::string>>& styles,
                         const std::optional<std::string>& interpolate);
  /// The id of the new (or continued) subgraph. No id: one is made from the count of subgraphs.
  std::string addSubgraph(std::optional<std::string> id, LabelText title, SubgraphBody body);

  /// The chart, with parents, shapes and plain texts filled in. Call once.
  Chart finish();

 private:
  ChartNode* node(const std::string& id);
  ChartNode& nodeOrNew(const std::string& id);
  ChartEdge* edge(const std::string& id);
  ChartSubgraph* subgraph(const std::string& id);
  void addEdge(const std::string& start, const std::string& end, const LinkText& link, bool with_id);
  BuildResult applyData(ChartNode& node, const Json& data);

  Chart chart_;
  bool inherit_direction_ = false;
  int subgraph_count_ = 0;
  std::unordered_map<std::string, std::size_t> nodes_;
  std::unordered_map<std::string, std::size_t> edges_;  // the first with each id
  std::unordered_map<std::string, int> links_;          // edges between two nodes
  std::unordered_map<std::string, std::size_t> subgraphs_;
  std::unordered_set<std::string> members_;  // of any subgraph
  std::unordered_map<std::string, std::string> tooltips_;
  std::unordered_map<std::string, std::size_t> classes_;
};

}  // namespace lodestone::pipeline
