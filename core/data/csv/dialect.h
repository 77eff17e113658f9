// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/data/import.h"

namespace lodestone::data {

/// The delimiter that stands for any run of blanks and tabs, as in columns aligned with spaces.
inline constexpr std::string_view kRunsOfBlanks = "\\s+";

/// Excel reads the delimiter of a file from a first line such as "sep=;".
inline constexpr std::string_view kSeparatorWord = "sep=";

/// How cells and records are parted.
struct CsvDialect {
  std::string delimiter = ",";  ///< a character, several, or kRunsOfBlanks
  char quote = '"';             ///< '\0': none
  char escape = '"';            ///< stands before a quote inside quotes; '\0': nothing can
  char line_end = '\n';         ///< '\n' for "\n", "\r\n", "\r", "\n\r" in any mixture; else that character

  bool blanks() const { return delimiter == kRunsOfBlanks; }
  /// What DuckDB's reader takes as it is.
  bool usual() const {
    return delimiter.size() == 1 && (escape == quote || quote == '\0') && line_end == '\n';
  }
};

/// What the options say, or a first line for Excel; for the rest, the dialect under which the text looks most
/// like a table. The score of a dialect is how well the widths of its records agree times how many of its
/// cells are of a known kind, after van den Burg, Nazábal, Sutton: "Wrangling messy CSV files by detecting
/// row and type patterns" (2019).
CsvDialect detectDialect(std::string_view text, bool text_is_all, const ImportOptions& options);

}  // namespace lodestone::data
