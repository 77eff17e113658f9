// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/base/json.h"

namespace lodestone::pipeline {

/// Why a text is not YAML; positions from 1 within that text.
struct YamlProblem {
  std::string message;  ///< an argument of a message (core/base/spoken.h)
  std::int64_t line = 1;
  std::int64_t column = 1;
};

/// The one place where yaml-cpp is used. Scalars are read by YAML's JSON schema (null, true, 12, 1.5, else
/// text), keys become text, an empty text is null. Refuses a key given twice, several documents and what is
/// larger than 100,000 nodes when its aliases are followed.
tl::expected<Json, YamlProblem> readYaml(std::string_view text);

/// The same, with every scalar as the text that was written.
tl::expected<Json, YamlProblem> readYamlTexts(std::string_view text);

/// A value as text; nothing for null, false, zero and an empty text.
std::optional<std::string> yamlText(const Json& value);

/// The lines of one top-level key in a YAML text: bytes from the beginning of its line to the beginning of
/// the next key (or the end); line counts from 1.
struct YamlSection {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::int64_t line = 0;        ///< of the key
  std::int64_t value_line = 0;  ///< of the value
};

/// Nothing when the text is no block mapping or has no such key.
std::optional<YamlSection> findYamlSection(std::string_view text, std::string_view key);

/// The line (from 1) of a value by its keys from the top; 0 when it is not found.
std::int64_t yamlLine(std::string_view text, const std::vector<std::string>& keys);

/// The lines (from 1) of all keys of the mapping found by its own keys from the top; empty when there is
/// none.
std::map<std::string, std::int64_t> yamlKeyLines(std::string_view text, const std::vector<std::string>& keys);

/// The lines of one key in a YAML text, at any depth: from the line of the key (0-based) to the line after
/// its value. Blank lines and comments that are not indented more than the key belong to what follows.
struct YamlEntry {
  std::size_t first_line = 0;
  std::size_t end_line = 0;
  std::size_t column = 0;        ///< of the key
  bool is_block = false;         ///< the value is a mapping over lines of its own
  bool is_empty = false;         ///< there is no value
  std::size_t child_column = 0;  ///< of the keys below, when it is a block
};

/// Nothing when there is no such key, or when it stands within braces.
std::optional<YamlEntry> findYamlEntry(std::string_view text, const std::vector<std::string>& keys);

}  // namespace lodestone::pipeline
