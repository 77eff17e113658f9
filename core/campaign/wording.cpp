// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/wording.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lodestone::campaign {

Json both(const Text& text, const std::vector<std::string>& args) {
  return both(text, args, args);
}

Json both(const Text& text, const std::vector<std::string>& args_en,
          const std::vector<std::string>& args_zh) {
  return bothWords(fill(text, Language::English, args_en), fill(text, Language::Chinese, args_zh));
}

Json bothWords(std::string_view english, std::string_view chinese) {
  return {{"en", std::string(english)}, {"zh_CN", std::string(chinese)}};
}

std::string inLanguage(const Json& json, Language language) {
  if (json.is_string()) return json.get<std::string>();
  return textField(json, languageCode(language));
}

namespace {

bool isBoth(const Json& json) {
  return json.is_object() && json.size() == 2 && json.contains("en") && json.contains("zh_CN") &&
         json["en"].is_string() && json["zh_CN"].is_string();
}

}  // namespace

Json localised(const Json& json, Language language, const std::vector<std::string>& keep) {
  if (isBoth(json)) return inLanguage(json, language);
  if (json.is_array()) {
    Json out = Json::array();
    for (const Json& item : json) out.push_back(localised(item, language, keep));
    return out;
  }
  if (!json.is_object()) return json;
  Json out = Json::object();
  for (const auto& [key, value] : json.items()) {
    const bool stays = std::find(keep.begin(), keep.end(), key) != keep.end();
    out[key] = stays ? value : localised(value, language, keep);
  }
  return out;
}

const Json& field(const Json& json, std::string_view key) {
  static const Json kNothing;
  if (!json.is_object()) return kNothing;
  const auto found = json.find(key);
  return found == json.end() ? kNothing : *found;
}

std::string textField(const Json& json, std::string_view key) {
  const Json& value = field(json, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

double numberField(const Json& json, std::string_view key) {
  const Json& value = field(json, key);
  return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::int64_t countField(const Json& json, std::string_view key) {
  const Json& value = field(json, key);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

std::string formatCount(std::int64_t count) {
  return formatGrouped(static_cast<double>(count), 0);
}

std::string formatMoney(double value, const std::string& currency) {
  return currency + " " + formatGrouped(value, 2);
}

Json rounded(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  double text_value = value;
  // Through the decimal text, so that the number is the one that people read.
  parseNumber(replaceAll(formatGrouped(value, decimals), ",", ""), text_value);
  return text_value;
}

}  // namespace lodestone::campaign
