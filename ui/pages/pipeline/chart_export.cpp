// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_export.h"

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/layout.h"
#include "ui/print/print.h"

namespace lodestone::pages {

Result<> exportChart(const std::string& text, const std::filesystem::path& file, JobContext& job) {
  const std::string ending = lowerAscii(file.extension().string());
  if (ending != ".svg" && ending != ".png") return writeFileAtomically(file, text);
  const auto chart = pipeline::parseChart(text, "pipeline.mmd");
  if (!chart) return forward(chart);
  const auto layout = pipeline::layoutChart(*chart, job);
  if (!layout) return forward(layout);
  const std::string svg = pipeline::renderSvg(*chart, *layout);
  return ending == ".svg" ? writeFileAtomically(file, svg) : print::writePng(svg, file, {.scale = 2});
}

}  // namespace lodestone::pages
