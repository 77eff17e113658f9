// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/campaign/markup.h"

#include <set>
#include <vector>

namespace lodestone::test {

std::string firstUnbalancedTag(std::string_view html) {
  static const std::set<std::string, std::less<>> kVoid{"meta", "!DOCTYPE", "br"};
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) return "unfinished tag";
    const bool closing = html[at + 1] == '/';
    const std::size_t from = at + (closing ? 2 : 1);
    const std::string name(html.substr(from, html.find_first_of(" >/", from) - from));
    if (kVoid.contains(name) || html[end - 1] == '/') continue;
    if (!closing) {
      open.push_back(name);
      continue;
    }
    if (open.empty() || open.back() != name) return "/" + name;
    open.pop_back();
  }
  return open.empty() ? "" : open.back();
}

std::string readableText(std::string_view html) {
  const std::size_t style = html.find("<style>");
  const std::size_t style_end = html.find("</style>");
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (i >= style && i < style_end) continue;
    if (html[i] == '<') inside = true;
    if (!inside) out += html[i];
    if (html[i] == '>') {
      inside = false;
      out += ' ';
    }
  }
  return out;
}

}  // namespace lodestone::test
