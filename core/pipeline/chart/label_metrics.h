// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lodestone::pipeline {

inline constexpr double kFontSize = 13;    ///< points
inline constexpr double kLineHeight = 18;  ///< points

/// Estimated width in points at kFontSize; wide characters (CJK, emoji) count one em. Independent of fonts.
double textWidth(std::string_view text);

/// The lines of a plain label as they are drawn: its own line breaks, and long lines broken at spaces or
/// between wide characters. Empty for an empty label.
std::vector<std::string> labelLines(std::string_view plain);

struct TextSize {
  double width = 0;
  double height = 0;
};
TextSize labelSize(std::string_view plain);

}  // namespace lodestone::pipeline
