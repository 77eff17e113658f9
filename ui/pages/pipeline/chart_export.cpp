// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_export.h"

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/layout.h"
#include "ui/pages/pipeline/chart_reading.h"
#include "ui/print/print.h"

namespace lodestone::pages {

Result<> exportChart(const std::string& text, const std::filesystem::path& file, const ExportLook& look,
                     JobContext& job) {
  const std::string ending = lowerAscii(file.extension().string());
  if (ending != ".svg" && ending != ".png" && ending != ".pdf") return writeFileAtomically(file, text);
  const auto document = pipeline::ChartDocument::parse(text, "pipeline.mmd");
  if (!document) return forward(document);
  const auto layout = layoutForExport(*document, look.collapsed, job);
  if (!layout) return forward(layout);
  const std::string svg = pipeline::renderSvg(document->chart(), *layout, {.dark = look.dark});
  if (ending == ".svg") return writeFileAtomically(file, svg);
  return ending == ".png" ? print::writePng(svg, file, {.scale = 2}) : print::writeDrawingPdf(svg, file);
}

}  // namespace lodestone::pages
