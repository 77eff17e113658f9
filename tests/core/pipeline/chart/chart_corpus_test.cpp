// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/chart_document.h"
#include "tests/support/shared_data.h"

namespace lodestone::pipeline {
namespace {

std::vector<Json> readCases(const std::filesystem::path& file) {
  std::vector<Json> cases;
  std::ifstream in(file, std::ios::binary);
  for (std::string line; std::getline(in, line);) cases.push_back(Json::parse(line));
  return cases;
}

std::string readAll(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

Json pick(const Json& object, std::initializer_list<const char*> keys) {
  Json picked = Json::array();
  for (const char* key : keys) picked.push_back(object.at(key));
  return picked;
}

Json trimmed(const Json& styles) {
  Json list = Json::array();
  if (styles.is_array())
    for (const Json& style : styles) list.push_back(std::string(trim(style.get<std::string>())));
  return list;
}

Json sortedRows(Json rows) {
  std::sort(rows.begin(), rows.end(), [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
  return rows;
}

template <class Row>
Json rowsOf(const Json& list, Row row) {
  Json rows = Json::array();
  for (const Json& entry : list) rows.push_back(row(entry));
  return rows;
}

Json graphTier(const Json& c) {
  return {c["direction"],
          sortedRows(rowsOf(c["vertices"],
                            [](const Json& v) {
                              return pick(v, {"id", "shape"});
                            })),
          rowsOf(c["edges"],
                 [](const Json& e) {
                   return pick(e, {"start", "end", "arrow_start", "arrow_end", "stroke", "length"});
                 }),
          sortedRows(rowsOf(c["subgraphs"], [](const Json& s) {
            return Json{s["id"], sortedRows(s["nodes"]), s["dir"], s["parent"]};
          }))};
}

Json textTier(const Json& c) {
  return {c["title"],
          sortedRows(rowsOf(c["vertices"],
                            [](const Json& v) {
                              return pick(v, {"id", "text", "plain"});
                            })),
          rowsOf(c["edges"], [](const Json& e) { return e["text"]; }),
          sortedRows(rowsOf(c["subgraphs"], [](const Json& s) {
            return pick(s, {"id", "title"});
          }))};
}

Json styleTier(const Json& c) {
  return {sortedRows(rowsOf(c["vertices"],
                            [](const Json& v) {
                              return Json{v["id"], v["classes"], trimmed(v["styles"])};
                            })),
          rowsOf(c["edges"],
                 [](const Json& e) {
                   return Json{trimmed(e["style"]), e["interpolate"], e["classes"]};
                 }),
          sortedRows(rowsOf(c["class_defs"],
                            [](const Json& d) {
                              return Json{d["id"], trimmed(d["styles"])};
                            })),
          sortedRows(rowsOf(c["subgraphs"],
                            [](const Json& s) {
                              return pick(s, {"id", "classes"});
                            })),
          trimmed(c["edge_defaults"]["style"]),
          c["edge_defaults"]["interpolate"]};
}

Json interactionTier(const Json& c) {
  return sortedRows(rowsOf(c["vertices"], [](const Json& v) { return pick(v, {"id", "click", "tooltip"}); }));
}

// The floors are what the reader reaches; the few plain texts that differ are unknown entities.
TEST(ChartCorpus, AnswersAsTheRealParser) {
  const auto file = test::sharedFile("mermaid/open.jsonl");
  LODESTONE_NEEDS(file);
  const std::vector<Json> cases = readCases(file);
  ASSERT_GT(cases.size(), 1000U);
  std::map<std::string, int> right;
  std::map<std::string, int> total;
  for (const Json& c : cases) {
    const Json& wanted = c["expected"];
    const auto chart = readChart(c["source"].get<std::string>());
    const bool verdict = chart.has_value() == wanted["valid"].get<bool>();
    ++total["verdict"];
    right["verdict"] += verdict ? 1 : 0;
    EXPECT_TRUE(verdict) << c["name"];
    if (!wanted["valid"].get<bool>() || !chart) continue;
    const Json got = toJson(*chart);
    const auto compare = [&](const char* tier, const Json& a, const Json& b) {
      ++total[tier];
      if (a == b)
        ++right[tier];
      else
        ADD_FAILURE_AT(__FILE__, __LINE__) << tier << " " << c["name"] << "\n"
                                           << a.dump() << "\n"
                                           << b.dump();
    };
    compare("graph", graphTier(wanted), graphTier(got));
    compare("style", styleTier(wanted), styleTier(got));
    compare("interaction", interactionTier(wanted), interactionTier(got));
    ++total["text"];
    right["text"] += textTier(wanted) == textTier(got) ? 1 : 0;
  }
  for (const auto& [tier, count] : total) {
    const double share = static_cast<double>(right[tier]) / count;
    EXPECT_GE(share, tier == "text" ? 0.995 : 0.999) << tier;
  }
}

TEST(ChartCorpus, RefusalsSayWhere) {
  const auto file = test::sharedFile("mermaid/open.jsonl");
  LODESTONE_NEEDS(file);
  for (const Json& c : readCases(file)) {
    if (c["expected"]["valid"].get<bool>()) continue;
    const auto source = c["source"].get<std::string>();
    const auto chart = readChart(source);
    if (chart) continue;
    const auto lines = std::count(source.begin(), source.end(), '\n') + 1;
    EXPECT_GE(chart.error().line, 1) << c["name"];
    EXPECT_LE(chart.error().line, lines) << c["name"];
    EXPECT_GE(chart.error().column, 1) << c["name"];
    EXPECT_FALSE(chart.error().got.empty()) << c["name"];
    EXPECT_FALSE(chart.error().message(Language::English).empty()) << c["name"];
    EXPECT_FALSE(chart.error().message(Language::Chinese).empty()) << c["name"];
  }
}

// Every accepted chart comes back byte for byte, and a change and its opposite too.
TEST(ChartCorpus, RoundTripsByteForByte) {
  const auto file = test::sharedFile("mermaid/open.jsonl");
  LODESTONE_NEEDS(file);
  int edited = 0;
  for (const Json& c : readCases(file)) {
    if (!c["expected"]["valid"].get<bool>()) continue;
    const auto source = c["source"].get<std::string>();
    auto document = ChartDocument::parse(source, "case.mmd");
    ASSERT_TRUE(document) << c["name"];
    EXPECT_EQ(document->text(), source) << c["name"];
    if (!document->lodestoneSection().empty()) continue;
    const auto written = document->setLodestoneSection("seed: 7\nnodes:\n");
    if (!written) continue;
    EXPECT_EQ(document->lodestoneSection(), "seed: 7\nnodes:\n") << c["name"];
    EXPECT_EQ(toJson(document->chart())["edges"], toJson(*readChart(source))["edges"]) << c["name"];
    ASSERT_TRUE(document->setLodestoneSection("")) << c["name"];
    EXPECT_EQ(document->text(), source) << c["name"];
    ++edited;
  }
  EXPECT_GT(edited, 1500);
}

// One label changed leaves every other byte, and reads back as given.
TEST(ChartCorpus, LabelEditsTouchOnlyTheLabel) {
  const auto file = test::sharedFile("mermaid/open.jsonl");
  LODESTONE_NEEDS(file);
  int edited = 0;
  int refused = 0;
  for (const Json& c : readCases(file)) {
    if (!c["expected"]["valid"].get<bool>()) continue;
    const auto source = c["source"].get<std::string>();
    auto document = ChartDocument::parse(source, "case.mmd");
    ASSERT_TRUE(document) << c["name"];
    if (document->chart().nodes.empty()) continue;
    const std::string id = document->chart().nodes.front().id;
    if (!document->setLabel(id, "新的 \"label\" [1]")) {
      ++refused;
      EXPECT_EQ(document->text(), source) << c["name"];
      continue;
    }
    ++edited;
    EXPECT_EQ(document->chart().findNode(id)->plain, "新的 \"label\" [1]") << c["name"] << "\n"
                                                                           << document->text();
    // What differs is one stretch: all before and after is untouched.
    const std::string& changed = document->text();
    const auto front = std::mismatch(source.begin(), source.end(), changed.begin(), changed.end());
    const auto back = std::mismatch(source.rbegin(), source.rend(), changed.rbegin(), changed.rend());
    const auto same = (front.first - source.begin()) + (back.first - source.rbegin());
    EXPECT_GE(same + 400, static_cast<std::ptrdiff_t>(source.size())) << c["name"];
  }
  EXPECT_GT(edited, 1400);
  EXPECT_LT(refused, 20);
}

TEST(ChartCorpus, SeedsHaveAllNodesEdgesAndLabels) {
  const std::pair<const char*, std::pair<std::size_t, std::size_t>> seeds[] = {
      {"seeds/s0-marketing-automation.mmd", {11, 10}},
      {"seeds/s1-strategy-and-effect.mmd", {5, 5}},
      {"seeds/s2-precision-marketing.mmd", {7, 7}},
      {"seeds/s3-strategy-generation.mmd", {8, 8}}};
  for (const auto& [name, counts] : seeds) {
    const auto file = test::sharedFile(name);
    LODESTONE_NEEDS(file);
    const auto chart = parseChart(readAll(file), name);
    ASSERT_TRUE(chart) << name;
    EXPECT_EQ(chart->nodes.size(), counts.first) << name;
    EXPECT_EQ(chart->edges.size(), counts.second) << name;
    EXPECT_EQ(chart->direction, "TB");
    for (const ChartNode& node : chart->nodes) {
      EXPECT_EQ(node.shape, "rect");
      EXPECT_NE(node.plain, node.id);
    }
  }
  const auto chart = parseChart(readAll(test::sharedFile("seeds/s3-strategy-generation.mmd")), "s3");
  EXPECT_EQ(chart->findNode("F")->plain, "营销策略生成");
  EXPECT_EQ(chart->edges.back().start, "H");
  EXPECT_EQ(chart->edges.back().end, "E");
}

}  // namespace
}  // namespace lodestone::pipeline
