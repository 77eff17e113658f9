// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/chart_document.h"

// Any bytes: an answer, no crash, a place within the text, and an unchanged document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lodestone::pipeline;
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
  return 0;
}
