// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/data/source_input.h"

namespace lodestone::data {

/// Formats that are well known and not read: Unsupported, with the format's name and what to do instead.
Result<> mustBeReadable(const SourceInput& input, std::string_view head);

}  // namespace lodestone::data
