// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "core/base/job_context.h"
#include "core/base/result.h"

namespace lodestone::pages {

/// How a chart is drawn into a file.
struct ExportLook {
  bool dark = false;                ///< on a dark ground; else on white, as reports are
  std::set<std::string> collapsed;  ///< subgraphs that are drawn closed
};

/// Writes a chart as what the file's name ends in: .svg, .png (at twice the size), .pdf (one page of its
/// size) or else the text itself.
Result<> exportChart(const std::string& text, const std::filesystem::path& file, const ExportLook& look,
                     JobContext& job);

}  // namespace lodestone::pages
