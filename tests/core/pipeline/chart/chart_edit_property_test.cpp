// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/json.h"
#include "core/pipeline/chart/chart_edit.h"
#include "tests/support/shared_data.h"

// Two sides edit one chart: someone types in the text (and breaks it), someone else works on the graph. After
// every step the text must read as the graph that a plain model says; undo goes back to the first byte and
// redo to the last.

namespace lodestone::pipeline {
namespace {

/// What the test knows of a chart, kept by its own means.
struct Model {
  std::map<std::string, std::string> labels;      // nodes that are drawn
  std::map<std::string, std::string> parents;     // nodes and frames; empty at the top
  std::map<std::string, std::string> titles;      // frames
  std::vector<std::array<std::string, 3>> edges;  // from, to, label

  bool operator==(const Model&) const = default;

  void erase(const std::string& id) {
    labels.erase(id);
    titles.erase(id);
    parents.erase(id);
    std::erase_if(edges, [&](const auto& edge) { return edge[0] == id || edge[1] == id; });
  }
};

Model modelOf(const Chart& chart) {
  Model model;
  for (const ChartNode& node : chart.nodes) {
    if (node.is_subgraph) continue;
    model.labels[node.id] = node.plain;
    model.parents[node.id] = node.parent.value_or("");
  }
  for (const ChartSubgraph& group : chart.subgraphs) {
    model.titles[group.id] = group.plain;
    model.parents[group.id] = group.parent.value_or("");
  }
  for (const ChartEdge& edge : chart.edges) model.edges.push_back({edge.start, edge.end, edge.plain});
  return model;
}

std::string textOf(const Model& model) {
  std::string text;
  for (const auto& [id, label] : model.labels)
    text += id + " '" + label + "' in '" + model.parents.at(id) + "'\n";
  for (const auto& [id, title] : model.titles) text += id + " frame '" + title + "'\n";
  for (const auto& edge : model.edges) text += edge[0] + " > " + edge[1] + " '" + edge[2] + "'\n";
  return text;
}

/// One step of a text editor: at a place one stretch goes and another comes.
struct Step {
  std::size_t at = 0;
  std::string removed;
  std::string inserted;
};

Step stepBetween(const std::string& before, const std::string& after) {
  const auto front = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto at = static_cast<std::size_t>(front.first - before.begin());
  std::size_t tail = 0;
  while (tail < std::min(before.size(), after.size()) - at &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  return {at, before.substr(at, before.size() - at - tail), after.substr(at, after.size() - at - tail)};
}

/// The text with its undo stack, as an editor holds it.
class Editor {
 public:
  explicit Editor(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  void change(const std::string& now) {
    steps_.resize(done_);
    steps_.push_back(stepBetween(text_, now));
    ++done_;
    text_ = now;
  }
  bool undo() {
    if (done_ == 0) return false;
    const Step& step = steps_[--done_];
    text_.replace(step.at, step.inserted.size(), step.removed);
    return true;
  }
  bool redo() {
    if (done_ == steps_.size()) return false;
    const Step& step = steps_[done_++];
    text_.replace(step.at, step.removed.size(), step.inserted);
    return true;
  }
  std::size_t done() const { return done_; }

 private:
  std::string text_;
  std::vector<Step> steps_ = {};
  std::size_t done_ = 0;
};

class Session {
 public:
  Session(const std::string& source, std::uint32_t seed) : random_(seed), editor_(source) {
    states_.push_back({source, modelOf(document()->chart())});
  }

  void run(int edits) {
    for (int i = 0; i < edits && !testing::Test::HasFailure(); ++i) step();
    while (editor_.undo() && !testing::Test::HasFailure()) check("undo to the start");
    EXPECT_EQ(editor_.text(), states_.front().text);
    while (editor_.redo() && !testing::Test::HasFailure()) check("redo to the end");
    EXPECT_EQ(editor_.text(), states_.back().text);
  }

  int edits() const { return edits_; }
  int refused() const { return refused_; }
  int broken() const { return broken_; }

 private:
  struct State {
    std::string text;
    std::optional<Model> model;  // none where the text is no chart
  };

  std::size_t upTo(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }
  template <class Rows>
  auto anyOf(const Rows& rows) {
    return *std::next(rows.begin(), static_cast<std::ptrdiff_t>(upTo(rows.size())));
  }
  std::string word() {
    static const std::vector<std::string> kWords = {"客户分群", "a --> b",  "say \"hi\"", "end",
                                                    "50% off",  "x | y; z", "[box]",      "direction LR",
                                                    "营销 🚀",   "#1 (b)"};
    return anyOf(kWords);
  }

  std::optional<ChartDocument> document() const {
    auto parsed = ChartDocument::parse(editor_.text(), "p.mmd");
    return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
  }

  // The graph as it is read now is the one that was meant when this text was made.
  void check(const std::string& what) {
    const State& state = states_[editor_.done()];
    EXPECT_EQ(editor_.text(), state.text) << what;
    const auto now = document();
    ASSERT_EQ(now.has_value(), state.model.has_value()) << what << "\n" << editor_.text();
    if (!now) return;
    const Model read = modelOf(now->chart());
    // Frames without an id are numbered by Mermaid as they close: another frame may change all their numbers.
    const auto& frames = now->chart().subgraphs;
    if (std::any_of(frames.begin(), frames.end(), [](const ChartSubgraph& frame) { return frame.made_id; })) {
      ASSERT_EQ(read.labels, state.model->labels) << what << "\n" << editor_.text();
      ASSERT_EQ(read.edges.size(), state.model->edges.size()) << what << "\n" << editor_.text();
      return;
    }
    ASSERT_TRUE(read == *state.model) << what << "\nread:\n"
                                      << textOf(read) << "\nmeant:\n"
                                      << textOf(*state.model) << "\n"
                                      << editor_.text();
  }

  void change(const std::string& text, std::optional<Model> model, const std::string& what) {
    if (text == editor_.text()) return;
    states_.resize(editor_.done() + 1);
    states_.push_back({text, std::move(model)});
    editor_.change(text);
    check(what);
  }

  void step() {
    ++edits_;
    const auto now = document();
    const std::size_t dice = upTo(100);
    if (!now || dice < 12) {
      for (std::size_t times = 1 + upTo(4); times > 0 && editor_.undo(); --times) check("undo");
    } else if (dice < 22) {
      for (std::size_t times = 1 + upTo(4); times > 0 && editor_.redo(); --times) check("redo");
    } else if (dice < 30) {
      damage();
    } else if (dice < 42) {
      type(modelOf(now->chart()));
    } else {
      workOnGraph(*now);
    }
  }

  // Any bytes anywhere: whatever it reads as then, both sides hold the same.
  void damage() {
    static const std::vector<std::string> kBits = {"[",  "]", "-->", "\"", "\n",  "end", "&",  "subgraph x\n",
                                                   "%%", "}", ";",   "|",  ":::", "@{",  "\r", "图"};
    std::string text = editor_.text();
    const std::size_t at = upTo(text.size() + 1);
    if (upTo(2) == 0)
      text.erase(at, 1 + upTo(3));
    else
      text.insert(at, anyOf(kBits));
    const auto parsed = readChart(text);
    broken_ += parsed ? 0 : 1;
    change(text, parsed ? std::optional(modelOf(*parsed)) : std::nullopt, "damage");
  }

  // A line that someone types at the end.
  void type(Model model) {
    const std::string id = "t" + std::to_string(typed_++);
    std::string text = editor_.text();
    if (text.empty() || text.back() != '\n') text += "\n";
    if (upTo(3) == 0) {
      text += "  %% 说明 " + id + "\n";
    } else {
      const std::string label = "typed " + id;
      if (!model.labels.empty() && isPlain(model.labels.begin()->first)) {
        model.edges.push_back({model.labels.begin()->first, id, ""});
        text += "  " + model.labels.begin()->first + " --> " + id + "[\"" + label + "\"]\n";
      } else {
        text += "  " + id + "[\"" + label + "\"]\n";
      }
      model.labels[id] = label;
      model.parents[id] = "";
    }
    // After damage the end of the text may belong to a string or a comment: then the line is something else.
    const auto parsed = readChart(text);
    if (!parsed || !(modelOf(*parsed) == model)) return;
    change(text, std::move(model), "type");
  }

  static bool isPlain(const std::string& id) {
    return std::all_of(id.begin(), id.end(),
                       [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
  }

  void workOnGraph(const ChartDocument& before) {
    Model model = modelOf(before.chart());
    ChartDocument document = before;
    const bool large = model.labels.size() > 25;
    std::size_t what = upTo(12);
    if (large) what = 2;
    const std::string name = "graph edit " + std::to_string(what);
    const Result<> done = edit(what, document, model);
    if (!done) {
      ++refused_;
      EXPECT_EQ(document.text(), before.text()) << name;
      return;
    }
    change(document.text(), std::move(model), name);
  }

  Result<> edit(std::size_t what, ChartDocument& document, Model& model) {
    if (what == 0 || model.labels.empty()) return add(document, model);
    if (what == 1) return join(document, model);
    if (what == 2) return removeSome(document, model);
    if (what == 3) return rename(document, model);
    if (what == 4) return frame(document, model);
    if (what == 5) return paste(document, model);
    if (what == 6) return setDirection(document, upTo(2) == 0 ? "LR" : "BT");
    if (what == 7) {
      static const std::vector<std::string> kShapes = {"diam", "cyl", "doc", "stadium", "lean-l"};
      return setShape(document, anyOf(model.labels).first, anyOf(kShapes));
    }
    if (what == 8) {
      const std::string id = anyOf(model.labels).first;
      model.labels[id] = word();
      return document.setLabel(id, model.labels[id]);
    }
    if (model.edges.empty()) return join(document, model);
    const std::size_t edge = upTo(model.edges.size());
    if (what == 9) {
      model.edges[edge][2] = upTo(3) == 0 ? "" : word();
      return setEdgeLabel(document, edge, model.edges[edge][2]);
    }
    if (what == 10 || model.titles.empty()) {
      model.edges.erase(model.edges.begin() + static_cast<std::ptrdiff_t>(edge));
      return removeEdges(document, {edge});
    }
    return openFrame(document, model);
  }

  Result<> add(ChartDocument& document, Model& model) {
    NewNode node{.label = word(), .shape = upTo(2) == 0 ? "rounded" : "docs"};
    if (!model.titles.empty() && upTo(2) == 0) node.subgraph = anyOf(model.titles).first;
    const auto id = addNode(document, node);
    if (!id) return forward(id);
    EXPECT_EQ(model.labels.count(*id) + model.titles.count(*id), 0U);
    model.labels[*id] = node.label;
    model.parents[*id] = node.subgraph;
    return {};
  }

  Result<> join(ChartDocument& document, Model& model) {
    const std::string from = anyOf(model.labels).first;
    const std::string to =
        !model.titles.empty() && upTo(5) == 0 ? anyOf(model.titles).first : anyOf(model.labels).first;
    const std::string label = upTo(2) == 0 ? "" : word();
    model.edges.push_back({from, to, label});
    return connect(document, from, to, label);
  }

  Result<> removeSome(ChartDocument& document, Model& model) {
    std::vector<std::string> ids = {anyOf(model.labels).first};
    if (upTo(2) == 0) ids.push_back(anyOf(model.labels).first);
    if (!model.titles.empty() && upTo(4) == 0) ids.push_back(anyOf(model.titles).first);
    std::vector<std::string> open = ids;
    while (!open.empty()) {
      const std::string id = open.back();
      open.pop_back();
      model.erase(id);
      for (const auto& [inner, parent] : model.parents)
        if (parent == id) open.push_back(inner);
    }
    return removeNodes(document, ids);
  }

  // Only the chart knows whether a label is the id itself.
  static bool isUnlabelled(const Chart& chart, const std::string& id) {
    const ChartNode& node = *chart.findNode(id);
    return node.label.empty() && !node.label_from_data && node.text == id;
  }

  Result<> rename(ChartDocument& document, Model& model) {
    const std::string from = anyOf(model.labels).first;
    const std::string to = "名" + std::to_string(typed_++);
    const auto node = model.labels.extract(from);
    model.labels[to] = isUnlabelled(document.chart(), from) ? to : node.mapped();
    model.parents[to] = model.parents.extract(from).mapped();
    for (auto& edge : model.edges)
      for (std::size_t end : {0U, 1U})
        if (edge[end] == from) edge[end] = to;
    return renameId(document, from, to);
  }

  Result<> frame(ChartDocument& document, Model& model) {
    const std::string id = anyOf(model.labels).first;
    std::vector<std::string> ids = {id};
    for (const auto& [other, label] : model.labels)
      if (other != id && model.parents[other] == model.parents[id] && upTo(3) == 0) ids.push_back(other);
    const std::string title = word();
    const auto made = group(document, ids, title);
    if (!made) return forward(made);
    model.titles[*made] = title;
    model.parents[*made] = model.parents[id];
    for (const std::string& inner : ids) model.parents[inner] = *made;
    return {};
  }

  Result<> openFrame(ChartDocument& document, Model& model) {
    const std::string id = anyOf(model.titles).first;
    const std::string around = model.parents[id];
    model.erase(id);
    for (auto& [inner, parent] : model.parents)
      if (parent == id) parent = around;
    return ungroup(document, id);
  }

  Result<> paste(ChartDocument& document, Model& model) {
    std::vector<std::string> ids;
    for (const auto& [id, label] : model.labels)
      if (upTo(4) == 0) ids.push_back(id);
    if (ids.empty()) ids.push_back(model.labels.begin()->first);
    const auto in = [&](const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
    std::map<std::string, bool> unlabelled;
    for (const std::string& id : ids) unlabelled[id] = isUnlabelled(document.chart(), id);
    const auto pasted = pasteNodes(document, copyNodes(document, ids));
    if (!pasted) return forward(pasted);
    // Copies come in the chart's order.
    std::map<std::string, std::string> copy_of;
    std::size_t next = 0;
    for (const ChartNode& node : document.chart().nodes) {
      if (model.labels.count(node.id) == 0 || !in(node.id)) continue;
      if (next >= pasted->size()) break;
      copy_of[node.id] = (*pasted)[next++];
    }
    EXPECT_EQ(pasted->size(), ids.size());
    for (const auto& [id, copy] : copy_of) {
      model.labels[copy] = unlabelled.at(id) ? copy : model.labels[id];
      model.parents[copy] = "";
    }
    const auto edges = model.edges;
    for (const auto& edge : edges)
      if (in(edge[0]) && in(edge[1])) model.edges.push_back({copy_of[edge[0]], copy_of[edge[1]], edge[2]});
    return {};
  }

  std::mt19937 random_;
  Editor editor_;
  std::vector<State> states_ = {};  // by the count of steps done
  int edits_ = 0;
  int refused_ = 0;
  int broken_ = 0;
  int typed_ = 0;
};

const std::vector<std::string>& ownCharts() {
  static const std::vector<std::string> kCharts = {
      "graph TD\n    A[数据采集] --> B[数据清洗]\n    B --> C{有效?}\n    C -->|是| D[建模]\n    C -->|否| "
      "A\n",
      "flowchart LR\r\n  %% windows\r\n  A & B ==> C & D ---> E\r\n  subgraph one [One]\r\n    direction "
      "TB\r\n    F-.->G\r\n  "
      "end\r\n  classDef hot fill:#f96\r\n  class A,F hot\r\n  linkStyle 0,2 stroke:red\r\n",
      "---\ntitle: t\nlodestone:\n  seed: 7\n  nodes:\n    A: {stage: collect, table: telco}\n---\nflowchart "
      "TB\n  A@{ shape: "
      "cyl, label: \"Store\" } e1@--> B(\"`**bold** text`\")\n  e1@{ animate: true }\n  click A "
      "\"https://x.y\" \"tip\"\n",
      "graph TD;A-->B;B-->C;C-->A;A-->A;style A fill:#fff\n",
      "flowchart TD\n  subgraph out\n    subgraph in\n      A --> B\n    end\n    C\n  end\n  in --> D\n  D "
      "-- \"two\n  lines\" "
      "--> out\n"};
  return kCharts;
}

TEST(ChartEditProperty, TextAndGraphAgreeWhoeverEdits) {
  int edits = 0;
  int refused = 0;
  int broken = 0;
  for (std::size_t i = 0; i < ownCharts().size() && !HasFailure(); ++i) {
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
      SCOPED_TRACE("chart " + std::to_string(i) + ", seed " + std::to_string(seed));
      Session session(ownCharts()[i], seed * 1000 + static_cast<std::uint32_t>(i));
      session.run(450);
      edits += session.edits();
      refused += session.refused();
      broken += session.broken();
    }
  }
  EXPECT_GE(edits, 6700);
  EXPECT_LT(refused, edits / 20);
  EXPECT_GT(broken, 50);
}

TEST(ChartEditProperty, TextAndGraphAgreeOnRealCharts) {
  const auto file = test::sharedFile("mermaid/open.jsonl");
  LODESTONE_NEEDS(file);
  std::ifstream in(file, std::ios::binary);
  int edits = 0;
  std::uint32_t seed = 0;
  for (std::string line; std::getline(in, line) && !HasFailure();) {
    if (++seed % 16 != 0) continue;
    const Json c = Json::parse(line);
    const auto source = c["source"].get<std::string>();
    if (!c["expected"]["valid"].get<bool>() || source.size() > 4000) continue;
    SCOPED_TRACE(c["name"].get<std::string>());
    Session session(source, seed);
    session.run(40);
    edits += session.edits();
  }
  EXPECT_GE(edits, 3300);
}

}  // namespace
}  // namespace lodestone::pipeline
