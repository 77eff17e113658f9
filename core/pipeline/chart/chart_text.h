// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// Bytes of the white space character of ECMAScript (\s) at a position; 0 when there is none.
std::size_t spaceLength(std::string_view text, std::size_t position);
/// The first position from here on that is no white space.
std::size_t skipSpace(std::string_view text, std::size_t position);
/// Without white space (as above) at both ends.
std::string_view trimSpace(std::string_view text);
/// One of A-Z a-z 0-9 _.
bool isWordCharacter(char c);

/// A text with the place in the original of each of its bytes, and of its end.
struct MappedText {
  std::string text = {};
  std::vector<std::uint32_t> origin = {};  ///< text.size() + 1 entries

  void append(char c, std::size_t from) {
    text.push_back(c);
    origin.push_back(static_cast<std::uint32_t>(from));
  }
  /// Closes the mapping with the place of the end.
  void finish(std::size_t end) { origin.push_back(static_cast<std::uint32_t>(end)); }
};

/// The text with '\n' as its only line end.
MappedText normaliseLineEnds(std::string_view source);

/// The front matter of a text whose line ends are '\n'; positions are bytes of that text.
struct FrontMatterBlock {
  std::string indent = {};     ///< white space before the fences
  std::size_t body_begin = 0;  ///< after the line of the opening fence
  std::size_t body_end = 0;    ///< the line break before the closing fence
  std::size_t end = 0;         ///< after the line of the closing fence
};

/// Finds the block between two lines of three dashes at the top. False when there is none.
bool findFrontMatter(std::string_view text, FrontMatterBlock& block);

/// What is left for the grammar, and what was read on the way.
struct PreparedText {
  MappedText body = {};
  std::optional<std::string> title = {};
  Json config = Json::object();
};

/// Line ends, front matter, directives, comments and entity codes, in the order of Mermaid's own preparation.
/// Linear in the length of the source.
tl::expected<PreparedText, ChartError> prepareText(std::string_view source);

/// Turns the marks that prepareText() put in the place of entity codes back into the codes as written
/// (#quot;).
std::string restoreEntities(std::string_view text);

/// The 1-based line and column (in code points) of a byte.
std::pair<std::int64_t, std::int64_t> lineAndColumn(std::string_view source, std::size_t position);

}  // namespace lodestone::pipeline
