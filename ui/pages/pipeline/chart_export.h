// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/job_context.h"

namespace lodestone::pages {

/// Writes a chart as what the file's name ends in: .svg, .png (at twice the size) or else the text itself.
/// The drawing is the one on white that reports use.
Result<> exportChart(const std::string& text, const std::filesystem::path& file, JobContext& job);

}  // namespace lodestone::pages
