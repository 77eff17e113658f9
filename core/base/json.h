// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lodestone {

/// Objects keep the order in which keys were added, so that files and output read well and hash the same.
using Json = nlohmann::ordered_json;

/// The one place that writes JSON: valid UTF-8 whatever the data. indent < 0: one line.
std::string dumpJson(const Json& json, int indent = -1);

/// Corrupt with the position when it is not JSON; 'what' names it in the message (a file, a column).
Result<Json> parseJson(std::string_view text, const std::string& what);

/// A number, or null where JSON has none (not finite).
Json number(double value);

/// The error object of the command line: {"code","message","where":{...}}.
Json toJson(const Error& error, Language language);

}  // namespace lodestone
