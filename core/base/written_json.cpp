// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/written_json.h"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

#include "core/base/text.h"

namespace lodestone {

namespace {

constexpr Text kKeyTwice{"{0}, line {1}: the key \"{2}\" stands twice in one object. Keep one of them.",
                         "{0} 第 {1} 行：键“{2}”在同一对象中出现了两次。请只保留一个。"};

}  // namespace

Result<Json> parseWrittenJson(std::string_view text, const std::string& what) {
  if (auto json = parseJson(text, what); !json) return json;
  // Read a second time from a stream, whose position tells the line.
  std::istringstream stream{std::string(text)};
  std::vector<std::set<std::string>> keys;  // of each object that is open
  std::optional<Error> twice;
  const auto look = [&](int, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event != Json::parse_event_t::key || twice) return true;
    const auto key = parsed.get<std::string>();
    if (keys.back().insert(key).second) return true;
    const auto at = static_cast<std::ptrdiff_t>(stream.tellg());
    const auto line = 1 + std::count(text.begin(), text.begin() + at, '\n');
    twice = Error{ErrorCode::InvalidArgument,
                  kKeyTwice,
                  {what, std::to_string(line), shorten(key, 60)},
                  {.file = what, .line = line}};
    return true;
  };
  Json read = Json::parse(stream, look);
  if (twice) return tl::unexpected<Error>(std::move(*twice));
  return read;
}

}  // namespace lodestone
