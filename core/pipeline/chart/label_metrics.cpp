// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/label_metrics.h"

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::pipeline {

namespace {

constexpr double kLongestLine = 240;

struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};

// The text is valid UTF-8.
Character characterAt(std::string_view text, std::size_t position) {
  const auto byte = [&](std::size_t i) {
    return position + i < text.size() ? static_cast<char32_t>(static_cast<unsigned char>(text[position + i]))
                                      : U'\0';
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
  if (lead < 0xF0) return {((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU), 3};
  return {
      ((lead & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) | (byte(3) & 0x3FU),
      4};
}

bool isWide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

double widthOf(char32_t c) {
  if (isWide(c)) return kFontSize;
  if (c >= 0x80) return 0.62 * kFontSize;
  if (std::string_view("iljI.,:;'|!").find(static_cast<char>(c)) != std::string_view::npos)
    return 0.3 * kFontSize;
  if (std::string_view("mwMW@%").find(static_cast<char>(c)) != std::string_view::npos)
    return 0.92 * kFontSize;
  if (c >= 'A' && c <= 'Z') return 0.7 * kFontSize;
  if (c == ' ' || c == 'f' || c == 't' || c == 'r' || c == '(' || c == ')' || c == '-')
    return 0.38 * kFontSize;
  return 0.58 * kFontSize;
}

void wrapLine(std::string_view line, std::vector<std::string>& lines) {
  std::string current;
  double width = 0;
  std::size_t last_break = std::string::npos;  // a place in current after which it may be parted
  for (std::size_t i = 0; i < line.size();) {
    const Character character = characterAt(line, i);
    if (isWide(character.code) && !current.empty()) last_break = current.size();
    current.append(line.substr(i, character.length));
    width += widthOf(character.code);
    i += character.length;
    if (character.code == ' ') last_break = current.size();
    if (width <= kLongestLine || last_break == std::string::npos || last_break == current.size()) continue;
    lines.emplace_back(trim(std::string_view(current).substr(0, last_break)));
    current.erase(0, last_break);
    width = textWidth(current);
    last_break = std::string::npos;
  }
  lines.emplace_back(trim(current));
}

}  // namespace

double textWidth(std::string_view text) {
  double width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Character character = characterAt(text, i);
    width += widthOf(character.code);
    i += character.length;
  }
  return width;
}

std::vector<std::string> labelLines(std::string_view plain) {
  std::vector<std::string> lines;
  if (plain.empty()) return lines;
  for (const std::string& line : split(toValidUtf8(plain), '\n')) wrapLine(line, lines);
  return lines;
}

TextSize labelSize(std::string_view plain) {
  TextSize size;
  for (const std::string& line : labelLines(plain)) {
    size.width = std::max(size.width, textWidth(line));
    size.height += kLineHeight;
  }
  return size;
}

}  // namespace lodestone::pipeline
