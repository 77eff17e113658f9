// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/text_edit.h"

#include <algorithm>

namespace lodestone::pipeline {

namespace {

bool isBlank(char c) {
  return c == ' ' || c == '\t';
}

bool isLineEnd(char c) {
  return c == '\n' || c == '\r';
}

}  // namespace

std::string TextEdit::apply() const {
  std::vector<std::pair<SourceRange, std::string>> changes = changes_;
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.begin, a.first.end) < std::pair(b.first.begin, b.first.end);
  });
  std::string result;
  std::size_t position = 0;
  for (const auto& [range, text] : changes) {
    if (range.begin < position) {
      position = std::max(position, range.end);
      continue;
    }
    result.append(source_.substr(position, range.begin - position)).append(text);
    position = range.end;
  }
  return result.append(source_.substr(position));
}

std::string lineEndOf(std::string_view source) {
  const std::size_t end = source.find_first_of("\r\n");
  if (end == std::string_view::npos || source[end] == '\n') return "\n";
  return end + 1 < source.size() && source[end + 1] == '\n' ? "\r\n" : "\r";
}

std::size_t lineBegin(std::string_view source, std::size_t position) {
  while (position > 0 && !isLineEnd(source[position - 1])) --position;
  return position;
}

SourceRange lineEndAfter(std::string_view source, std::size_t position) {
  const std::size_t end = std::min(source.find_first_of("\r\n", position), source.size());
  if (end == source.size()) return {end, end};
  return {end, end + (source.substr(end, 2) == "\r\n" ? 2U : 1U)};
}

std::string indentAt(std::string_view source, std::size_t position) {
  const std::size_t begin = lineBegin(source, position);
  std::size_t end = begin;
  while (end < source.size() && isBlank(source[end])) ++end;
  return std::string(source.substr(begin, end - begin));
}

bool isFirstInLine(std::string_view source, std::size_t position) {
  while (position > 0 && isBlank(source[position - 1])) --position;
  return position == 0 || isLineEnd(source[position - 1]);
}

SourceRange wholeStatement(std::string_view source, SourceRange statement) {
  std::size_t after = statement.end;
  const auto skipBlanks = [&] {
    while (after < source.size() && isBlank(source[after])) ++after;
  };
  skipBlanks();
  if (after < source.size() && source[after] == ';') {
    ++after;
    skipBlanks();
  }
  const bool last = after >= source.size() || isLineEnd(source[after]);
  if (!last) return {statement.begin, after};
  if (!isFirstInLine(source, statement.begin)) {
    std::size_t begin = statement.begin;
    while (begin > 0 && isBlank(source[begin - 1])) --begin;
    return {begin, after};
  }
  return {lineBegin(source, statement.begin), lineEndAfter(source, after).end};
}

}  // namespace lodestone::pipeline
