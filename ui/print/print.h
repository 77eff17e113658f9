// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/result.h"
#include "core/campaign/report.h"

namespace lodestone::print {

/// A report as PDF: A4, page numbers, the audit head in every footer, DRAFT across every page of a draft.
/// Figures stay vectors. Written beside the target first, so that half a file is never left. Io naming the
/// file; InvalidArgument when a figure is no SVG. Needs no window and no display: a QGuiApplication without a
/// screen is made when the program has none, so call it from the main thread.
Result<> writePdf(const campaign::ReportDocument& report, const std::filesystem::path& file);

/// The size of a picture: its own times scale, or as wide as given when width is not 0 (pixels).
struct PngOptions {
  double scale = 1;
  int width = 0;
};

/// An SVG as a PNG on white. Same errors, same needs; InvalidArgument too when it would be larger than 20,000
/// pixels a side.
Result<> writePng(std::string_view svg, const std::filesystem::path& file, const PngOptions& options = {});

/// An SVG as a PDF of one page that is as large as it. Same errors, same needs.
Result<> writeDrawingPdf(std::string_view svg, const std::filesystem::path& file);

}  // namespace lodestone::print
