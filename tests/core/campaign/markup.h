// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace lodestone::test {

/// The first tag of an HTML page that is closed without having been opened, or never closed; "" when all are.
std::string firstUnbalancedTag(std::string_view html);

/// The page without its markup, style and what stands in code (hashes, file names): what a reader reads.
std::string readableText(std::string_view html);

}  // namespace lodestone::test
