// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/label_text.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/pipeline/chart/chart_text.h"

namespace lodestone::pipeline {

std::string escapeLabel(std::string_view given) {
  const std::string label = toValidUtf8(given);
  std::string out;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const char c = label[i];
    if (c == '"') {
      out += "#quot;";
    } else if (c == '\n') {
      out += "<br/>";
    } else if (c == '\r') {
      continue;
    } else if (c == '`' && i == 0) {
      out += "#96;";
    } else if (c == '%' && label.compare(i, 3, "%%{") == 0) {
      out += "#37;";
    } else if (spaceLength(label, i) > 0 && i >= 9 && label.compare(i - 9, 9, "direction") == 0) {
      // The line of a chart that says "direction LR" anywhere is taken for nothing else.
      out += "#32;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

SourceRange findDataValue(std::string_view text, std::string_view wanted) {
  const std::string key = std::string(wanted) + ":";
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote != '\0') {
      if (text[i] == quote) quote = '\0';
      continue;
    }
    if (text[i] == '"' || text[i] == '\'') quote = text[i];
    const bool at_start = i == 0 || std::string_view(" \t\r\n,{").find(text[i - 1]) != std::string_view::npos;
    if (!at_start || text.substr(i, key.size()) != key) continue;
    const std::size_t begin = skipSpace(text, i + key.size());
    if (begin >= text.size()) return {};
    if (text[begin] == '"' || text[begin] == '\'') {
      const std::size_t end = text.find(text[begin], begin + 1);
      return end == std::string_view::npos ? SourceRange{} : SourceRange{begin, end + 1};
    }
    const std::size_t end = std::min(text.find_first_of(",\r\n}", begin), text.size());
    return {begin, begin + trimSpace(text.substr(begin, end - begin)).size()};
  }
  return {};
}

std::string quotedLabel(std::string_view label) {
  const std::string escaped = escapeLabel(label);
  return "\"" + (escaped.empty() ? " " : escaped) + "\"";
}

std::string yamlLabel(std::string_view label) {
  return "\"" + replaceAll(escapeLabel(label), "\\", "\\\\") + "\"";
}

}  // namespace lodestone::pipeline
