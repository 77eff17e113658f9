// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/text.h"

namespace lodestone::campaign {

/// {"en":...,"zh_CN":...}: a sentence as a content keeps it, in both languages.
Json both(const Text& text, const std::vector<std::string>& args = {});
Json both(const Text& text, const std::vector<std::string>& args_en, const std::vector<std::string>& args_zh);
Json bothWords(std::string_view english, std::string_view chinese);

/// A string, or the language's entry of {"en","zh_CN"}; empty where there is neither.
std::string inLanguage(const Json& json, Language language);

/// A copy in which every {"en","zh_CN"} object is one string; what stands under the keys in keep stays.
Json localised(const Json& json, Language language, const std::vector<std::string>& keep = {});

/// Fields of JSON that others wrote: no exception, whatever it holds.
const Json& field(const Json& json, std::string_view key);  ///< null where there is none
std::string textField(const Json& json, std::string_view key);
double numberField(const Json& json, std::string_view key);  ///< NaN where there is none
std::int64_t countField(const Json& json, std::string_view key);

/// 1234 -> "1,234".
std::string formatCount(std::int64_t count);
/// "EUR 1,234.50".
std::string formatMoney(double value, const std::string& currency);
/// Rounded to that many decimals, null when it is not finite.
Json rounded(double value, int decimals);

}  // namespace lodestone::campaign
