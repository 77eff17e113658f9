// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/pipeline/chart/chart_edit.h"
#include "tests/support/shared_data.h"

// Every edit on every chart that the real parser accepts: what is meant happens or is refused with nothing
// changed, and refusals are rare.

namespace lodestone::pipeline {
namespace {

struct Case {
  std::string name;
  std::string source;
};

std::vector<Case> acceptedCases(const std::filesystem::path& file) {
  std::vector<Case> cases;
  std::ifstream in(file, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    const Json c = Json::parse(line);
    if (c["expected"]["valid"].get<bool>()) cases.push_back({c["name"], c["source"]});
  }
  return cases;
}

using Ends = std::pair<std::string, std::string>;

std::vector<Ends> endsOf(const Chart& chart) {
  std::vector<Ends> ends;
  for (const ChartEdge& edge : chart.edges) ends.emplace_back(edge.start, edge.end);
  return ends;
}

std::map<std::string, std::string> labelsOf(const Chart& chart) {
  std::map<std::string, std::string> labels;
  for (const ChartNode& node : chart.nodes)
    if (!node.is_subgraph) labels[node.id] = node.plain;
  return labels;
}

/// Counts what is done and what is refused, and looks after what a refusal must leave.
class Tally {
 public:
  void count(const Case& c, const ChartDocument& before, const ChartDocument& after, bool done,
             const std::string& what) {
    ++total_;
    if (done) return;
    ++refused_;
    refusals_ += what + " " + c.name + "\n";
    EXPECT_EQ(before.text(), after.text()) << what << " " << c.name;
  }
  void expectFew(double share) const {
    EXPECT_GT(total_, 1000);
    EXPECT_LE(refused_, total_ * share) << refusals_;
  }

 private:
  int total_ = 0;
  int refused_ = 0;
  std::string refusals_;
};

void forEachChart(const std::function<void(const Case&, const ChartDocument&)>& look) {
  const auto file = test::sharedFile("mermaid/open.jsonl");
  LODESTONE_NEEDS(file);
  for (const Case& c : acceptedCases(file)) {
    auto document = ChartDocument::parse(c.source, "case.mmd");
    ASSERT_TRUE(document) << c.name;
    if (c.source.size() > 20000) continue;
    look(c, *document);
  }
}

TEST(ChartEditCorpus, AnyEdgeCanGo) {
  Tally tally;
  forEachChart([&](const Case& c, const ChartDocument& before) {
    const std::size_t count = before.chart().edges.size();
    for (std::size_t i = 0; i < count; i += std::max<std::size_t>(1, count / 5)) {
      ChartDocument document = before;
      const bool done = removeEdges(document, {i}).has_value();
      tally.count(c, before, document, done, "edge " + std::to_string(i));
      if (!done) continue;
      auto wanted = endsOf(before.chart());
      wanted.erase(wanted.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_EQ(endsOf(document.chart()), wanted) << c.name << "\n" << document.text();
      EXPECT_EQ(labelsOf(document.chart()), labelsOf(before.chart())) << c.name << "\n" << document.text();
    }
  });
  tally.expectFew(0.01);
}

TEST(ChartEditCorpus, AnyNodeCanGo) {
  Tally tally;
  forEachChart([&](const Case& c, const ChartDocument& before) {
    const std::size_t count = before.chart().nodes.size();
    for (std::size_t i = 0; i < count; i += std::max<std::size_t>(1, count / 5)) {
      const ChartNode& node = before.chart().nodes[i];
      if (node.is_subgraph) continue;
      ChartDocument document = before;
      const bool done = removeNodes(document, {node.id}).has_value();
      tally.count(c, before, document, done, "node " + node.id);
      if (!done) continue;
      auto wanted = endsOf(before.chart());
      std::erase_if(wanted,
                    [&](const Ends& ends) { return ends.first == node.id || ends.second == node.id; });
      EXPECT_EQ(endsOf(document.chart()), wanted) << c.name << "\n" << document.text();
      auto labels = labelsOf(before.chart());
      labels.erase(node.id);
      EXPECT_EQ(labelsOf(document.chart()), labels) << c.name << "\n" << document.text();
    }
  });
  tally.expectFew(0.01);
}

TEST(ChartEditCorpus, NodesAndEdgesCanBeAddedAnywhere) {
  Tally tally;
  forEachChart([&](const Case& c, const ChartDocument& before) {
    ChartDocument document = before;
    const auto added = addNode(document, {.label = "新的 \"x\"", .shape = "hex"});
    tally.count(c, before, document, added.has_value(), "add");
    if (!added) return;
    auto labels = labelsOf(before.chart());
    labels[*added] = "新的 \"x\"";
    EXPECT_EQ(labelsOf(document.chart()), labels) << c.name << "\n" << document.text();
    for (const ChartSubgraph& group : before.chart().subgraphs) {
      ChartDocument inside = before;
      const auto id = addNode(inside, {.label = "in", .shape = "doc", .subgraph = group.id});
      tally.count(c, before, inside, id.has_value(), "add into " + group.id);
      if (id) {
        EXPECT_EQ(inside.chart().findNode(*id)->parent, group.id) << c.name;
      }
    }
    for (const std::string& end :
         {before.chart().nodes.empty() ? *added : before.chart().nodes.back().id,
          before.chart().subgraphs.empty() ? *added : before.chart().subgraphs.back().id}) {
      const ChartDocument unconnected = document;
      const bool done = connect(document, end, *added, "a | b").has_value();
      tally.count(c, unconnected, document, done, "connect " + end);
      if (!done) continue;
      EXPECT_EQ(document.chart().edges.back().start, end) << c.name;
      EXPECT_EQ(document.chart().edges.back().end, *added) << c.name;
      EXPECT_EQ(document.chart().edges.back().plain, "a | b") << c.name;
      EXPECT_EQ(document.chart().edges.size(), unconnected.chart().edges.size() + 1) << c.name;
    }
  });
  tally.expectFew(0.01);
}

TEST(ChartEditCorpus, EdgeLabelsShapesAndDirectionsChange) {
  Tally tally;
  forEachChart([&](const Case& c, const ChartDocument& before) {
    const std::size_t edges = before.chart().edges.size();
    for (std::size_t i = 0; i < edges; i += std::max<std::size_t>(1, edges / 3)) {
      for (const char* label : {"是 (yes)", ""}) {
        ChartDocument document = before;
        const bool done = setEdgeLabel(document, i, label).has_value();
        tally.count(c, before, document, done, "label of edge " + std::to_string(i));
        if (!done) continue;
        EXPECT_EQ(document.chart().edges[i].plain, label) << c.name;
        EXPECT_EQ(endsOf(document.chart()), endsOf(before.chart())) << c.name;
      }
    }
    const std::size_t nodes = before.chart().nodes.size();
    for (std::size_t i = 0; i < nodes; i += std::max<std::size_t>(1, nodes / 3)) {
      const ChartNode& node = before.chart().nodes[i];
      if (node.is_subgraph || node.meta.is_object()) continue;
      for (const char* shape : {"cyl", "doc", "lean-r"}) {
        ChartDocument document = before;
        const bool done = setShape(document, node.id, shape).has_value();
        tally.count(c, before, document, done, std::string(shape) + " for " + node.id);
        if (!done) continue;
        EXPECT_EQ(document.chart().findNode(node.id)->shape, shape) << c.name;
        EXPECT_EQ(labelsOf(document.chart()), labelsOf(before.chart())) << c.name;
      }
    }
    ChartDocument document = before;
    const bool done = setDirection(document, "RL").has_value();
    tally.count(c, before, document, done, "direction");
    if (done) {
      EXPECT_EQ(document.chart().direction, "RL") << c.name;
    }
    for (const ChartSubgraph& group : before.chart().subgraphs) {
      ChartDocument inside = before;
      const bool turned = setDirection(inside, "BT", group.id).has_value();
      tally.count(c, before, inside, turned, "direction of " + group.id);
    }
  });
  tally.expectFew(0.01);
}

TEST(ChartEditCorpus, IdsChangeEverywhere) {
  Tally tally;
  forEachChart([&](const Case& c, const ChartDocument& before) {
    const std::size_t count = before.chart().nodes.size();
    for (std::size_t i = 0; i < count; i += std::max<std::size_t>(1, count / 3)) {
      const std::string id = before.chart().nodes[i].id;
      ChartDocument document = before;
      const bool done = renameId(document, id, "节点_new").has_value();
      tally.count(c, before, document, done, "rename " + id);
      if (!done) continue;
      auto wanted = endsOf(before.chart());
      for (Ends& ends : wanted) {
        if (ends.first == id) ends.first = "节点_new";
        if (ends.second == id) ends.second = "节点_new";
      }
      EXPECT_EQ(endsOf(document.chart()), wanted) << c.name << "\n" << document.text();
      EXPECT_EQ(document.chart().findNode(id), nullptr) << c.name;
    }
  });
  tally.expectFew(0.02);
}

TEST(ChartEditCorpus, CopiesCanBePasted) {
  Tally tally;
  forEachChart([&](const Case& c, const ChartDocument& before) {
    std::vector<std::string> all;
    for (const ChartNode& node : before.chart().nodes) all.push_back(node.id);
    for (const ChartSubgraph& group : before.chart().subgraphs)
      if (!group.made_id) all.push_back(group.id);
    const std::string copy = copyNodes(before, all);
    const auto part = ChartDocument::parse(copy, "copy.mmd");
    tally.count(c, before, before, part.has_value(), "copy");
    if (!part) return;
    EXPECT_EQ(labelsOf(part->chart()), labelsOf(before.chart())) << c.name << "\n" << copy;
    ChartDocument document = before;
    const auto pasted = pasteNodes(document, copy);
    tally.count(c, before, document, pasted.has_value(), "paste");
    if (!pasted) return;
    EXPECT_EQ(document.chart().edges.size(), before.chart().edges.size() + part->chart().edges.size())
        << c.name;
    EXPECT_EQ(labelsOf(document.chart()).size(), 2 * labelsOf(before.chart()).size()) << c.name;
  });
  tally.expectFew(0.03);
}

TEST(ChartEditCorpus, FramesComeAndGo) {
  Tally tally;
  forEachChart([&](const Case& c, const ChartDocument& before) {
    if (before.chart().nodes.empty()) return;
    const ChartNode& node = before.chart().nodes.front();
    if (!node.is_subgraph) {
      ChartDocument document = before;
      const auto frame = group(document, {node.id}, "Frame 框");
      tally.count(c, before, document, frame.has_value(), "group");
      if (frame) {
        EXPECT_EQ(document.chart().findNode(node.id)->parent, *frame) << c.name;
        EXPECT_EQ(document.chart().subgraphs.size(), before.chart().subgraphs.size() + 1) << c.name;
        EXPECT_TRUE(ungroup(document, *frame)) << c.name << "\n" << document.text();
        EXPECT_EQ(document.chart().findNode(node.id)->parent, node.parent) << c.name;
      }
    }
    for (const ChartSubgraph& frame : before.chart().subgraphs) {
      ChartDocument document = before;
      const bool done = ungroup(document, frame.id).has_value();
      tally.count(c, before, document, done, "ungroup " + frame.id);
      if (!done) continue;
      EXPECT_EQ(document.chart().subgraphs.size(), before.chart().subgraphs.size() - 1) << c.name;
      ChartDocument emptied = before;
      const bool gone = removeNodes(emptied, {frame.id}).has_value();
      tally.count(c, before, emptied, gone, "remove " + frame.id);
    }
  });
  tally.expectFew(0.03);
}

}  // namespace
}  // namespace lodestone::pipeline
