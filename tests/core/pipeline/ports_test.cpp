// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/pipeline/givers.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

StageType typeOf(std::string id, std::vector<Port> inputs, std::vector<Port> outputs) {
  return {.id = std::move(id),
          .title = {"T", "T"},
          .help = {"T", "T"},
          .group = inputs.empty() && !outputs.empty() ? StageGroup::Sources : StageGroup::Tables,
          .labels = {},
          .inputs = std::move(inputs),
          .outputs = std::move(outputs),
          .parameters = {},
          .run = {}};
}

const Port kTable{"table", PortKind::Table, {"Table", "表"}};
const Port kLeft{"left", PortKind::Table, {"Left table", "左表"}};
const Port kRight{"right", PortKind::Table, {"Right table", "右表"}};
const Port kModel{"model", PortKind::Model, {"Model", "模型"}};

const StageType kSource = typeOf("source", {}, {kTable});
const StageType kPass = typeOf("pass", {}, {});
const StageType kJoin = typeOf("join", {kLeft, kRight}, {kTable});
const StageType kGather = typeOf(
    "gather",
    {kTable, {.name = "more", .kind = PortKind::Table, .title = {"M", "M"}, .optional = true, .many = true}},
    {kTable});
const StageType kTrain = typeOf("train", {kTable}, {kModel});
const StageType kScore = typeOf("score", {kTable, kModel}, {});

/// The ids that feed each port of a node; types by the node's first letter.
std::vector<std::vector<std::string>> feedsOf(const std::string& text, const std::string& node,
                                              const std::set<std::string>& returned = {}) {
  const auto chart = readChart(text);
  EXPECT_TRUE(chart.has_value());
  const Graph graph = makeGraph(*chart);
  std::vector<const StageType*> types;
  std::set<std::size_t> back;
  std::size_t at = 0;
  for (std::size_t i = 0; i < graph.ids.size(); ++i) {
    const std::map<char, const StageType*> known = {{'S', &kSource}, {'P', &kPass},  {'J', &kJoin},
                                                    {'G', &kGather}, {'T', &kTrain}, {'M', &kScore}};
    const auto found = known.find(graph.ids[i][0]);
    types.push_back(found == known.end() ? nullptr : found->second);
    if (graph.ids[i] == node) at = i;
    if (returned.contains(graph.ids[i])) back.insert(i);
  }
  std::vector<std::vector<std::string>> ids;
  for (const PortFeed& feed : feeds(graph, types, at, back)) {
    ids.emplace_back();
    for (const std::size_t giver : feed.nodes) ids.back().push_back(graph.ids[giver]);
  }
  return ids;
}

TEST(Feeds, TheOnlyPortOfAKindTakesFromTheNearestGiver) {
  EXPECT_THAT(feedsOf("graph TD\nS1-->T1\nT1-->P1\nP1-->M1\n", "M1"),
              ElementsAre(ElementsAre("S1"), ElementsAre("T1")));
  EXPECT_THAT(feedsOf("graph TD\nS1-->P1\nP1-->M1\n", "M1"), ElementsAre(ElementsAre("S1"), IsEmpty()));
}

TEST(Feeds, SeveralPortsOfAKindTakeTheEdgesInTheOrderOfTheText) {
  EXPECT_THAT(feedsOf("graph TD\nS2-->J1\nS1-->J1\n", "J1"),
              ElementsAre(ElementsAre("S2"), ElementsAre("S1")));
  EXPECT_THAT(feedsOf("graph TD\nS1 & S2-->J1\n", "J1"), ElementsAre(ElementsAre("S1"), ElementsAre("S2")));
  // The order of the edges counts, not that in which the nodes are mentioned first.
  EXPECT_THAT(feedsOf("graph TD\nS1-->P1\nS2-->J1\nS1-->J1\n", "J1"),
              ElementsAre(ElementsAre("S2"), ElementsAre("S1")));
}

TEST(Feeds, AnEdgeThatNamesAPortFeedsIt) {
  EXPECT_THAT(feedsOf("graph TD\nS1-->|right|J1\nS2-->J1\n", "J1"),
              ElementsAre(ElementsAre("S2"), ElementsAre("S1")));
  EXPECT_THAT(feedsOf("graph TD\nS1-->|左表|J1\nS2-->|Right Table|J1\n", "J1"),
              ElementsAre(ElementsAre("S1"), ElementsAre("S2")));
  EXPECT_THAT(feedsOf("graph TD\nS1-->|yes|J1\nS2-->J1\n", "J1"),
              ElementsAre(ElementsAre("S1"), ElementsAre("S2")));
}

TEST(Feeds, ATableMayFeedBothSides) {
  EXPECT_THAT(feedsOf("graph TD\nS1-->|left|J1\nS1-->|right|J1\n", "J1"),
              ElementsAre(ElementsAre("S1"), ElementsAre("S1")));
}

TEST(Feeds, AnEdgeFromANodeThatGivesNothingLeadsFurtherUp) {
  EXPECT_THAT(feedsOf("graph TD\nS1-->P1\nP1-->J1\nS2-->J1\n", "J1"),
              ElementsAre(ElementsAre("S1"), ElementsAre("S2")));
}

TEST(Feeds, APortThatTakesManyTakesTheRest) {
  EXPECT_THAT(feedsOf("graph TD\nS1 & S2 & S3-->G1\n", "G1"),
              ElementsAre(ElementsAre("S1"), ElementsAre("S2", "S3")));
  EXPECT_THAT(feedsOf("graph TD\nS1-->G1\n", "G1"), ElementsAre(ElementsAre("S1"), IsEmpty()));
  EXPECT_THAT(feedsOf("graph TD\nS1-->|more|G1\nS2-->G1\nS3-->|more|G1\n", "G1"),
              ElementsAre(ElementsAre("S2"), ElementsAre("S1", "S3")));
}

TEST(Feeds, WhatComesBackRoundFeedsFirst) {
  const std::string chart = "graph TD\nS1-->T1\nT1-->M1\nM1-->T2\nT2-->M1\n";
  EXPECT_THAT(feedsOf(chart, "M1"), ElementsAre(ElementsAre("S1"), ElementsAre("T1")));
  EXPECT_THAT(feedsOf(chart, "M1", {"T2"}), ElementsAre(ElementsAre("S1"), ElementsAre("T2")));
}

TEST(Compatible, NamesThePortOrSaysWhyNone) {
  const Connection feeds = compatible(kTrain, kScore, Language::English);
  EXPECT_EQ(feeds.kind, Connection::Kind::Feeds);
  EXPECT_EQ(feeds.port->name, "model");
  const Connection passes = compatible(kPass, kScore, Language::English);
  EXPECT_EQ(passes.kind, Connection::Kind::Passes);
  EXPECT_EQ(passes.port, nullptr);
  EXPECT_NE(fill(passes.text, Language::English, passes.args).find("a table, a model"), std::string::npos);
  EXPECT_EQ(compatible(kSource, kSource, Language::English).kind, Connection::Kind::Never);
  EXPECT_EQ(compatible(kSource, kGather, Language::Chinese).port->name, "table");
}

TEST(Compatible, PortsOfTheTypesAreWellFormed) {
  for (const StageType& type : stageTypes()) {
    std::set<std::string> names;
    std::set<PortKind> many;
    for (const Port& port : type.inputs) {
      EXPECT_TRUE(names.insert(port.name).second) << type.id << " " << port.name;
      EXPECT_FALSE(many.contains(port.kind))
          << type.id << ": " << port.name << " comes after one that takes many";
      if (port.many) many.insert(port.kind);
    }
    std::set<PortKind> kinds;
    for (const Port& port : type.outputs) {
      EXPECT_TRUE(kinds.insert(port.kind).second) << type.id << " " << port.name;
      EXPECT_FALSE(portKindName(port.kind).empty());
    }
  }
}

}  // namespace
}  // namespace lodestone::pipeline
