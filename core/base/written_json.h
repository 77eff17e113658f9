// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

namespace lodestone {

/// JSON that a person wrote: as parseJson, and InvalidArgument with the line where a key stands twice in one
/// object, because one of the two would go without a word.
Result<Json> parseWrittenJson(std::string_view text, const std::string& what);

}  // namespace lodestone
