// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// A label as it is written between quotes: quotes and what the preparation would take away as codes, lines
/// parted by <br/>. Any bytes; what is no UTF-8 is replaced.
std::string escapeLabel(std::string_view label);

/// The same with its quotes; a blank between them where there is nothing, because "" is no label.
std::string quotedLabel(std::string_view label);

/// The same as a value in @{...}.
std::string yamlLabel(std::string_view label);

/// The value of a key in the text between the braces of @{...}; an empty range when it is not found.
SourceRange findDataValue(std::string_view text, std::string_view key);

}  // namespace lodestone::pipeline
