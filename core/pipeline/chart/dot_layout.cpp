// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/dot_layout.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <unordered_map>

#include "core/pipeline/chart/chart_view.h"
#include "core/pipeline/chart/child_process.h"
#include "core/pipeline/chart/label_metrics.h"
#include "core/pipeline/chart/node_size.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoGraphviz{
    "Drawing needs Graphviz, and its program \"{0}\" was not found: install the package graphviz.",
    "绘制流程图需要 Graphviz，但未找到其程序“{0}”：请安装 graphviz 软件包。"};
constexpr Text kBadAnswer{"The answer of Graphviz cannot be read: {0}", "无法读取 Graphviz 的输出：{0}"};

constexpr double kPointsPerInch = 72;
constexpr double kMargin = kLayoutMargin;
constexpr std::size_t kLargeChart = 300;
constexpr std::size_t kHugeChart = 1000;  // curves around nodes take longer than all the rest

/// What the chart says, as Graphviz is to see it: nodes and clusters by number, never by their own words.
struct Plan {
  std::unordered_map<std::string, std::size_t> node_of;     // id to index of the chart's nodes that are drawn
  std::unordered_map<std::string, std::size_t> cluster_of;  // id to index of the chart's subgraphs
  std::vector<std::vector<std::size_t>> children;           // clusters in a cluster
  std::vector<std::vector<std::size_t>> members;            // nodes in a cluster
  std::vector<std::size_t> roots;
  std::vector<bool> is_inside;     // nodes that some cluster owns
  std::vector<std::string> first;  // the dot node that edges to a cluster end at
  std::vector<std::string> last;   // the one that edges from it begin at
  std::vector<int> depth;          // of a node below the top, by its forward edges
};

// The longest way to each node along edges to nodes that are mentioned later.
void findDepths(const Chart& chart, Plan& plan) {
  plan.depth.resize(chart.nodes.size());
  std::vector<std::vector<std::pair<std::size_t, int>>> forward(chart.nodes.size());
  for (const ChartEdge& edge : chart.edges) {
    const auto start = plan.node_of.find(edge.start);
    const auto end = plan.node_of.find(edge.end);
    if (start == plan.node_of.end() || end == plan.node_of.end() || start->second >= end->second) continue;
    forward[start->second].emplace_back(end->second, edge.length.value_or(1));
  }
  for (std::size_t i = 0; i < forward.size(); ++i)
    for (const auto& [end, length] : forward[i])
      plan.depth[end] = std::max(plan.depth[end], plan.depth[i] + length);
}

Plan makePlan(const Chart& chart) {
  Plan plan;
  for (std::size_t i = 0; i < chart.subgraphs.size(); ++i) plan.cluster_of.emplace(chart.subgraphs[i].id, i);
  for (std::size_t i = 0; i < chart.nodes.size(); ++i)
    if (!chart.nodes[i].is_subgraph) plan.node_of.emplace(chart.nodes[i].id, i);
  plan.children.resize(chart.subgraphs.size());
  plan.members.resize(chart.subgraphs.size());
  plan.first.resize(chart.subgraphs.size());
  plan.last.resize(chart.subgraphs.size());
  plan.is_inside.resize(chart.nodes.size());
  // A subgraph that (through others) is within itself is a root: each is written exactly once.
  std::vector<bool> attached(chart.subgraphs.size());
  for (std::size_t i = 0; i < chart.subgraphs.size(); ++i) {
    std::size_t top = i;
    std::size_t steps = 0;
    for (; steps <= chart.subgraphs.size() && chart.subgraphs[top].parent; ++steps) {
      const auto parent = plan.cluster_of.find(*chart.subgraphs[top].parent);
      if (parent == plan.cluster_of.end()) break;
      top = parent->second;
    }
    const bool in_cycle = steps > chart.subgraphs.size();
    const auto parent =
        chart.subgraphs[i].parent ? plan.cluster_of.find(*chart.subgraphs[i].parent) : plan.cluster_of.end();
    if (in_cycle || parent == plan.cluster_of.end())
      plan.roots.push_back(i);
    else
      plan.children[parent->second].push_back(i);
  }
  for (const auto& [id, node] : plan.node_of) {
    if (!chart.nodes[node].parent) continue;
    const auto cluster = plan.cluster_of.find(*chart.nodes[node].parent);
    if (cluster == plan.cluster_of.end()) continue;
    plan.members[cluster->second].push_back(node);
    plan.is_inside[node] = true;
  }
  for (auto& members : plan.members) std::sort(members.begin(), members.end());
  findDepths(chart, plan);
  return plan;
}

// A blank of fixed size in the place of a text, so that no words and no fonts reach Graphviz.
std::string blankLabel(const TextSize& size) {
  return "<<table border=\"0\" cellborder=\"0\" cellpadding=\"0\" cellspacing=\"0\" fixedsize=\"true\" "
         "width=\"" +
         std::to_string(static_cast<int>(std::ceil(size.width)) + 6) + "\" height=\"" +
         std::to_string(static_cast<int>(std::ceil(size.height)) + 2) + "\"><tr><td></td></tr></table>>";
}

class DotWriter {
 public:
  DotWriter(const Chart& chart, Plan& plan, const LayoutOptions& options, const FixedSizes& fixed)
      : chart_(chart), plan_(plan), options_(options), fixed_(fixed), feedback_(feedbackEdges(chart)) {}

  std::string write() {
    const std::string direction = chart_.direction == "BR" ? "TB" : chart_.direction;
    dot_ << "digraph chart {\n graph [compound=true, rankdir=" << direction
         << ", nodesep=0.45, ranksep=0.5, charset=\"UTF-8\", fontsize=10";
    if (chart_.nodes.size() > kLargeChart) dot_ << ", nslimit=0.5, nslimit1=0.5, mclimit=0.1";
    if (chart_.nodes.size() > kHugeChart) dot_ << ", splines=line";
    dot_ << "];\n node [shape=box, fixedsize=true, label=\"\"];\n";
    // In the order of first mention, so that the first one of a cycle comes out on top.
    for (std::size_t i = 0; i < chart_.nodes.size(); ++i)
      if (!chart_.nodes[i].is_subgraph && !plan_.is_inside[i]) writeNode(i);
    for (const std::size_t root : plan_.roots) writeClusters(root);
    for (std::size_t i = 0; i < chart_.edges.size(); ++i) writeEdge(i);
    dot_ << "}\n";
    return dot_.str();
  }

 private:
  void writeNode(std::size_t index) {
    const TextSize size = nodeSize(chart_.nodes[index], options_, fixed_);
    dot_ << " n" << index << " [width=" << size.width / kPointsPerInch
         << ", height=" << size.height / kPointsPerInch << "];\n";
  }

  struct Anchors {
    std::string first;
    std::string last;
    int first_depth = 0;
    int last_depth = 0;

    void add(const Anchors& other) {
      if (other.first.empty()) return;
      const bool none = first.empty();
      if (none || other.first_depth < first_depth) {
        first = other.first;
        first_depth = other.first_depth;
      }
      if (none || other.last_depth > last_depth) {
        last = other.last;
        last_depth = other.last_depth;
      }
    }
  };

  struct OpenCluster {
    std::size_t cluster;
    std::size_t next_child = 0;
    Anchors anchors = {};
  };

  OpenCluster beginCluster(std::size_t cluster) {
    OpenCluster opened{cluster};
    const TextSize title = labelSize(chart_.subgraphs[cluster].plain);
    dot_ << " subgraph cluster_" << cluster
         << " {\n  margin=14; labeljust=c;\n  label=" << (title.height > 0 ? blankLabel(title) : "\"\"")
         << ";\n";
    for (const std::size_t node : plan_.members[cluster]) {
      writeNode(node);
      const std::string name = "n" + std::to_string(node);
      opened.anchors.add({name, name, plan_.depth[node], plan_.depth[node]});
    }
    return opened;
  }

  // Written with a stack, because charts may nest deeply.
  void writeClusters(std::size_t root) {
    std::vector<OpenCluster> stack = {beginCluster(root)};
    while (!stack.empty()) {
      OpenCluster& top = stack.back();
      const auto& children = plan_.children[top.cluster];
      if (top.next_child < children.size()) {
        const std::size_t child = children[top.next_child++];
        stack.push_back(beginCluster(child));
        continue;
      }
      Anchors anchors = top.anchors;
      if (anchors.first.empty()) {
        anchors.first = anchors.last = "c" + std::to_string(top.cluster);
        dot_ << "  " << anchors.first << " [style=invis, width=0.6, height=0.3];\n";
      }
      dot_ << " }\n";
      plan_.first[top.cluster] = anchors.first;
      plan_.last[top.cluster] = anchors.last;
      stack.pop_back();
      if (!stack.empty()) stack.back().anchors.add(anchors);
    }
  }

  void writeEdge(std::size_t index) {
    const ChartEdge& edge = chart_.edges[index];
    std::string attributes;
    const auto endpoint = [&](const std::string& id, const char* attribute,
                              const std::vector<std::string>& anchors) -> std::string {
      if (const auto cluster = plan_.cluster_of.find(id); cluster != plan_.cluster_of.end()) {
        attributes += std::string(", ") + attribute + "=cluster_" + std::to_string(cluster->second);
        return anchors[cluster->second];
      }
      const auto node = plan_.node_of.find(id);
      return node == plan_.node_of.end() ? "" : "n" + std::to_string(node->second);
    };
    // Turned round, so that Graphviz need not choose by itself which edge of a cycle leads up.
    const bool turned = feedback_[index] && edge.start != edge.end;
    const std::string start = endpoint(turned ? edge.end : edge.start, "ltail", plan_.last);
    const std::string end = endpoint(turned ? edge.start : edge.end, "lhead", plan_.first);
    const ArrowHead at_start = turned ? edge.arrow_end : edge.arrow_start;
    const ArrowHead at_end = turned ? edge.arrow_start : edge.arrow_end;
    // An end that carries the name of an edge is no node: there is nothing to draw it to.
    if (start.empty() || end.empty()) return;
    dot_ << " " << start << " -> " << end << " [id=" << (turned ? 't' : 'e') << index
         << ", minlen=" << edge.length.value_or(1) << ", dir="
         << (at_start == ArrowHead::None ? (at_end == ArrowHead::None ? "none" : "forward")
                                         : (at_end == ArrowHead::None ? "back" : "both"));
    if (!edge.plain.empty()) dot_ << ", label=" << blankLabel(labelSize(edge.plain));
    dot_ << attributes << "];\n";
  }

  const Chart& chart_;
  Plan& plan_;
  const LayoutOptions& options_;
  const FixedSizes& fixed_;
  std::vector<bool> feedback_;
  std::ostringstream dot_;
};

std::vector<double> numbers(std::string_view text) {
  std::vector<double> values;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ',' && text[i] != ' ') {
      word.push_back(text[i]);
      continue;
    }
    double value = 0;
    if (parseNumber(word, value)) values.push_back(value);
    word.clear();
  }
  return values;
}

std::string textAt(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Reads Graphviz' JSON; its y axis points upwards.
class AnswerReader {
 public:
  AnswerReader(const Chart& chart, const Json& answer, const LayoutOptions& options, const FixedSizes& fixed)
      : chart_(chart), answer_(answer), options_(options), fixed_(fixed) {}

  Result<Layout> read() {
    const std::vector<double> frame = numbers(textAt(answer_, "bb"));
    if (frame.size() != 4) return fail(ErrorCode::Internal, kBadAnswer, {"bb"});
    height_ = frame[3];
    layout_.width = frame[2] + 2 * kMargin;
    layout_.height = frame[3] + 2 * kMargin;
    layout_.edges.resize(chart_.edges.size());
    for (std::size_t i = 0; i < chart_.edges.size(); ++i) layout_.edges[i].edge = i;
    std::vector<std::optional<LayoutBox>> nodes(chart_.nodes.size());
    std::vector<std::pair<std::size_t, LayoutBox>> clusters;
    for (const Json& object : answer_.value("objects", Json::array())) readObject(object, nodes, clusters);
    for (const Json& edge : answer_.value("edges", Json::array())) readEdge(edge);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i])
        layout_.nodes.push_back({chart_.nodes[i].id, *nodes[i]});
      else if (!chart_.nodes[i].is_subgraph)
        return fail(ErrorCode::Internal, kBadAnswer, {chart_.nodes[i].id});
    }
    // The larger frame first: an outer one never covers what is inside it.
    std::stable_sort(clusters.begin(), clusters.end(), [](const auto& a, const auto& b) {
      return a.second.width * a.second.height > b.second.width * b.second.height;
    });
    for (const auto& [index, box] : clusters) layout_.subgraphs.push_back({chart_.subgraphs[index].id, box});
    return std::move(layout_);
  }

 private:
  LayoutPoint place(double x, double y) const { return {x + kMargin, height_ - y + kMargin}; }

  void readObject(const Json& object, std::vector<std::optional<LayoutBox>>& nodes,
                  std::vector<std::pair<std::size_t, LayoutBox>>& clusters) {
    const std::string name = textAt(object, "name");
    double number = 0;
    if (name.rfind("cluster_", 0) == 0 && parseNumber(name.substr(8), number)) {
      const std::vector<double> box = numbers(textAt(object, "bb"));
      const auto index = static_cast<std::size_t>(number);
      if (box.size() != 4 || index >= chart_.subgraphs.size()) return;
      const LayoutPoint corner = place(box[0], box[3]);
      clusters.emplace_back(index, LayoutBox{corner.x, corner.y, box[2] - box[0], box[3] - box[1]});
    } else if (name.rfind('n', 0) == 0 && parseNumber(name.substr(1), number) &&
               number < static_cast<double>(nodes.size())) {
      const std::vector<double> center = numbers(textAt(object, "pos"));
      const auto index = static_cast<std::size_t>(number);
      if (center.size() != 2) return;
      const TextSize size = nodeSize(chart_.nodes[index], options_, fixed_);
      const LayoutPoint at = place(center[0], center[1]);
      nodes[index] = LayoutBox{at.x - size.width / 2, at.y - size.height / 2, size.width, size.height};
    }
  }

  // "s,x,y e,x,y x,y x,y ...": tips first, then the curve. Turned edges are turned back.
  void readEdge(const Json& edge) {
    double number = 0;
    const std::string id = textAt(edge, "id");
    if (id.empty() || !parseNumber(id.substr(1), number) ||
        number >= static_cast<double>(layout_.edges.size()))
      return;
    EdgeLayout& target = layout_.edges[static_cast<std::size_t>(number)];
    std::optional<LayoutPoint> start_tip;
    std::optional<LayoutPoint> end_tip;
    for (const std::string& word : split(split(textAt(edge, "pos"), ';').front(), ' ')) {
      const std::vector<double> xy =
          numbers(word.size() > 2 && word[1] == ',' && (word[0] == 's' || word[0] == 'e')
                      ? std::string_view(word).substr(2)
                      : word);
      if (xy.size() != 2) continue;
      const LayoutPoint point = place(xy[0], xy[1]);
      if (word[0] == 's')
        start_tip = point;
      else if (word[0] == 'e')
        end_tip = point;
      else
        target.spline.push_back(point);
    }
    std::vector<LayoutPoint>& spline = target.spline;
    if (spline.empty()) return;
    if (start_tip) spline.insert(spline.begin(), {*start_tip, *start_tip, spline.front()});
    if (end_tip) spline.insert(spline.end(), {spline.back(), *end_tip, *end_tip});
    if (id[0] == 't') std::reverse(spline.begin(), spline.end());
    const std::vector<double> label = numbers(textAt(edge, "lp"));
    if (label.size() == 2) target.label_center = place(label[0], label[1]);
  }

  const Chart& chart_;
  const Json& answer_;
  const LayoutOptions& options_;
  const FixedSizes& fixed_;
  double height_ = 0;
  Layout layout_;
};

}  // namespace

Result<Layout> dotLayout(const Chart& chart, JobContext& job, const LayoutOptions& options,
                         const FixedSizes& fixed) {
  Plan plan = makePlan(chart);
  const std::string source = DotWriter(chart, plan, options, fixed).write();
  const auto output =
      runChild({options.dot, "-Tjson0"}, source, job, {.seconds = options.time_limit_seconds});
  if (!output) {
    if (output.error().code == ErrorCode::NotFound)
      return fail(ErrorCode::Unsupported, kNoGraphviz, {options.dot});
    return forward(output);
  }
  const auto answer = parseJson(*output, "Graphviz");
  if (!answer || !answer->is_object())
    return fail(ErrorCode::Internal, kBadAnswer,
                {answer ? "JSON" : answer.error().message(Language::English)});
  return AnswerReader(chart, *answer, options, fixed).read();
}

}  // namespace lodestone::pipeline
