// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <cmath>

namespace lodestone {

std::string dumpJson(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Result<Json> parseJson(std::string_view text, const std::string& what) {
  try {
    return Json::parse(text);
  } catch (const Json::exception& e) {
    return fail(ErrorCode::Corrupt, Text{"{0} is not valid JSON: {1}", "{0} 不是有效的 JSON：{1}"},
                {what, e.what()}, {.file = what});
  }
}

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json toJson(const Error& error, Language language) {
  Json where = Json::object();
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) where[key] = value;
  };
  put("file", error.where.file);
  if (error.where.line) where["line"] = *error.where.line;
  put("column", error.where.column);
  put("table", error.where.table);
  put("stage", error.where.stage);
  put("item", error.where.item);
  return {{"code", errorCodeName(error.code)}, {"message", error.message(language)}, {"where", where}};
}

}  // namespace lodestone
