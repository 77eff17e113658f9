// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/chart_edit.h"

namespace {

using namespace lodestone::pipeline;

void require(bool holds) {
  if (!holds) std::abort();
}

/// What is refused changed nothing, and what is left reads as what the document says.
template <class Edit>
bool tryEdit(ChartDocument& document, Edit edit) {
  const std::string before = document.text();
  if (!edit(document)) {
    require(document.text() == before);
    return false;
  }
  const auto again = readChart(document.text());
  require(again.has_value());
  require(again->nodes.size() == document.chart().nodes.size());
  require(again->edges.size() == document.chart().edges.size());
  return true;
}

void editGraph(const ChartDocument& document) {
  const Chart& chart = document.chart();
  const std::string some = chart.nodes.empty() ? "A" : chart.nodes.front().id;
  const std::string other = chart.nodes.empty() ? "A" : chart.nodes.back().id;
  ChartDocument grown = document;
  tryEdit(grown,
          [](ChartDocument& d) { return addNode(d, {.label = "新 \"x\"", .shape = "doc"}).has_value(); });
  if (tryEdit(grown, [&](ChartDocument& d) { return connect(d, some, other, "a|b").has_value(); })) {
    require(grown.chart().edges.size() == chart.edges.size() + 1);
    // Taken away again, the graph is what it was.
    if (tryEdit(grown, [&](ChartDocument& d) { return removeEdges(d, {chart.edges.size()}).has_value(); }))
      require(grown.chart().edges.size() == chart.edges.size());
  }
  for (const std::string& id : {some, other}) {
    ChartDocument less = document;
    if (tryEdit(less, [&](ChartDocument& d) { return removeNodes(d, {id}).has_value(); }))
      require(less.chart().findNode(id) == nullptr);
    ChartDocument renamed = document;
    tryEdit(renamed, [&](ChartDocument& d) { return renameId(d, id, "renamed_1").has_value(); });
    tryEdit(renamed, [&](ChartDocument& d) { return setShape(d, id, "cyl").has_value(); });
    tryEdit(renamed, [&](ChartDocument& d) { return group(d, {id}, "框").has_value(); });
  }
  ChartDocument changed = document;
  if (!chart.edges.empty()) {
    tryEdit(changed, [](ChartDocument& d) { return setEdgeLabel(d, 0, "是").has_value(); });
    tryEdit(changed, [](ChartDocument& d) { return removeEdges(d, {0}).has_value(); });
  }
  if (!chart.subgraphs.empty())
    tryEdit(changed, [&](ChartDocument& d) { return ungroup(d, chart.subgraphs.front().id).has_value(); });
  ChartDocument pasted = document;
  const std::string copy = copyNodes(document, {some, other});
  tryEdit(pasted, [&](ChartDocument& d) { return pasteNodes(d, copy).has_value(); });
  tryEdit(pasted, [&](ChartDocument& d) { return d.setPositions({{some, 1, 2}}).has_value(); });
}

}  // namespace

// Any bytes: an answer, no crash, a place within the text, and an unchanged document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string source(data, data + size);
  const auto chart = readChart(source);
  if (!chart) {
    if (chart.error().line < 1 || chart.error().column < 1) std::abort();
    (void)lodestone::dumpJson(toJson(chart.error(), lodestone::Language::Chinese));
    return 0;
  }
  (void)lodestone::dumpJson(toJson(*chart));
  auto document = ChartDocument::parse(source, "fuzz.mmd");
  if (!document || document->text() != source) std::abort();
  (void)document->binding();
  const std::string section = document->lodestoneSection();
  if (section.empty() && document->setLodestoneSection("seed: 1")) {
    if (!document->binding() && !ChartDocument::parse(document->text(), "fuzz.mmd")) std::abort();
  }
  if (!chart->nodes.empty()) (void)document->setLabel(chart->nodes.back().id, "新 \"label\"\n;|]");
  const auto fresh = ChartDocument::parse(source, "fuzz.mmd");
  if (fresh) editGraph(*fresh);
  return 0;
}
