// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_text.h"

#include <algorithm>
#include <array>

#include "core/base/spoken.h"
#include "core/pipeline/chart/front_matter.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kBadFrontMatter{"The front matter is not YAML: {0}", "前置元数据不是有效的 YAML：{0}"};
constexpr Text kOpenFrontMatter{
    "The chart begins with --- but this is no front matter: close it with a line of three dashes, with at "
    "least one "
    "line in between.",
    "流程图以 --- 开头，但这不是前置元数据：请用一行三个短横线结束它，并在中间至少写一行内容。"};

// Stand-ins that the grammar takes as text; letters chosen so that no entity code can be read as punctuation.
constexpr std::string_view kEntityNumber = "\xEF\xAC\x82\xC2\xB0\xC2\xB0";
constexpr std::string_view kEntityName = "\xEF\xAC\x82\xC2\xB0";
constexpr std::string_view kEntityEnd = "\xC2\xB6\xC3\x9F";

bool isDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// <a href="x"> becomes <a href='x'>: the same length, so the mapping holds.
void softenAttributeQuotes(std::string& text) {
  std::size_t position = 0;
  while ((position = text.find('<', position)) != std::string::npos) {
    const std::size_t name = position + 1;
    std::size_t after = name;
    while (after < text.size() && isWordCharacter(text[after])) ++after;
    if (after == name) {
      ++position;
      continue;
    }
    const std::size_t close = text.find('>', after);
    if (close == std::string::npos) return;
    std::size_t quote = after;
    while ((quote = text.find("=\"", quote)) != std::string::npos && quote < close) {
      const std::size_t end = text.find('"', quote + 2);
      if (end == std::string::npos || end >= close) break;
      text[quote + 1] = '\'';
      text[end] = '\'';
      quote = end + 1;
    }
    position = close + 1;
  }
}

MappedText without(const MappedText& source, const std::vector<std::pair<std::size_t, std::size_t>>& cuts) {
  MappedText result;
  result.text.reserve(source.text.size());
  result.origin.reserve(source.origin.size());
  std::size_t position = 0;
  const auto copyUpTo = [&](std::size_t end) {
    for (; position < end; ++position) result.append(source.text[position], source.origin[position]);
  };
  for (const auto& [begin, end] : cuts) {
    copyUpTo(begin);
    position = std::max(position, end);
  }
  copyUpTo(source.text.size());
  result.finish(source.origin.back());
  return result;
}

struct Directive {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view name;
  std::string_view arguments;
};

// %%{ name : arguments }%%, each part after the name optional.
std::vector<Directive> findDirectives(std::string_view text) {
  std::vector<Directive> found;
  std::size_t position = 0;
  const auto word = [&](std::size_t at) {
    while (at < text.size() && isWordCharacter(text[at])) ++at;
    return at;
  };
  while ((position = text.find("%%{", position)) != std::string_view::npos) {
    Directive directive;
    directive.begin = position;
    std::size_t at = skipSpace(text, position + 3);
    const std::size_t name_end = word(at);
    if (name_end == at) {
      position += 2;
      continue;
    }
    directive.name = text.substr(at, name_end - at);
    at = name_end;
    if (const std::size_t colon = skipSpace(text, at); colon < text.size() && text[colon] == ':')
      at = colon + 1;
    at = skipSpace(text, at);
    std::size_t arguments_end = word(at);
    if (arguments_end == at) {
      arguments_end = text.find("}%%", at);
      if (arguments_end == std::string_view::npos) arguments_end = text.size();
    }
    directive.arguments = trimSpace(text.substr(at, arguments_end - at));
    at = skipSpace(text, arguments_end);
    if (text.substr(at, 3) == "}%%") at += 3;
    directive.end = at;
    found.push_back(directive);
    position = at;
  }
  return found;
}

void mergeInto(Json& target, const Json& changes) {
  for (const auto& [key, value] : changes.items()) {
    if (value.is_object() && target.contains(key) && target[key].is_object())
      mergeInto(target[key], value);
    else
      target[key] = value;
  }
}

void readInitDirectives(const std::vector<Directive>& directives, Json& config) {
  for (const Directive& directive : directives) {
    if (lowerAscii(directive.name).rfind("init", 0) != 0) continue;
    const std::string arguments = replaceAll(std::string(directive.arguments), "'", "\"");
    Json values = Json::parse(arguments, nullptr, false);
    if (!values.is_object()) continue;
    if (values.contains("config") && values["config"].is_object()) {
      const Json inner = values["config"];
      values.erase("config");
      values["flowchart"] = inner;
    }
    mergeInto(config, values);
  }
}

// Lines that begin with %% and go on with anything but {; blank lines before them go too.
std::vector<std::pair<std::size_t, std::size_t>> findComments(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> cuts;
  std::size_t line = 0;
  while (line < text.size()) {
    const std::size_t at = skipSpace(text, line);
    if (text.substr(at, 2) == "%%" && at + 2 < text.size() && text[at + 2] != '{' && text[at + 2] != '\n') {
      std::size_t end = text.find('\n', at);
      end = end == std::string_view::npos ? text.size() : end + 1;
      cuts.emplace_back(line, end);
      line = end;
      continue;
    }
    const std::size_t next = text.find('\n', at);
    if (next == std::string_view::npos) break;
    line = next + 1;
  }
  return cuts;
}

// Mermaid drops the last semicolon of a line that gives a hexadecimal colour after this word.
void findColourSemicolons(std::string_view text, std::string_view keyword,
                          std::vector<std::pair<std::size_t, std::size_t>>& cuts) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t word = line.find(keyword);
    const std::size_t semicolon = line.rfind(';');
    if (word != std::string_view::npos && semicolon != std::string_view::npos) {
      bool colon = false;
      for (std::size_t i = word + keyword.size(); i < semicolon; ++i) {
        if (line[i] == ':') {
          colon = true;
        } else if (line[i] == '#' && colon) {
          cuts.emplace_back(begin + semicolon, begin + semicolon + 1);
          break;
        } else if (spaceLength(line, i) > 0) {
          colon = false;
        }
      }
    }
    begin = end + 1;
  }
}

MappedText markEntities(const MappedText& source) {
  MappedText result;
  result.text.reserve(source.text.size());
  result.origin.reserve(source.origin.size());
  const std::string& text = source.text;
  const auto put = [&](std::string_view mark, std::size_t from) {
    for (const char c : mark) result.append(c, from);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t end = i + 1;
    if (text[i] == '#')
      while (end < text.size() && isWordCharacter(text[end])) ++end;
    if (text[i] != '#' || end == i + 1 || end >= text.size() || text[end] != ';') {
      // A long word that is no entity is copied whole, so that it is looked at once.
      for (; i < end; ++i) result.append(text[i], source.origin[i]);
      --i;
      continue;
    }
    const std::string_view code = std::string_view(text).substr(i + 1, end - i - 1);
    put(isDigits(code) ? kEntityNumber : kEntityName, source.origin[i]);
    for (std::size_t k = i + 1; k < end; ++k) result.append(text[k], source.origin[k]);
    put(kEntityEnd, source.origin[end]);
    i = end;
  }
  result.finish(source.origin.back());
  return result;
}

// White space between a closing brace and the end of its line is dropped.
std::vector<std::pair<std::size_t, std::size_t>> findSpaceAfterBraces(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> cuts;
  std::size_t position = 0;
  while ((position = text.find('}', position)) != std::string_view::npos) {
    ++position;
    const std::size_t end = skipSpace(text, position);
    const std::size_t last_break = end > position ? text.rfind('\n', end - 1) : std::string_view::npos;
    if (last_break != std::string_view::npos && last_break > position)
      cuts.emplace_back(position, last_break);
    position = end;
  }
  return cuts;
}

tl::expected<void, ChartError> readFrontMatter(std::string_view source, MappedText& text,
                                               PreparedText& prepared) {
  FrontMatterBlock block;
  if (!findFrontMatter(text.text, block)) return {};
  std::string body = text.text.substr(block.body_begin, block.body_end - block.body_begin);
  if (!block.indent.empty()) {
    std::vector<std::string> lines = split(body, '\n');
    for (std::string& line : lines)
      if (line.rfind(block.indent, 0) == 0) line.erase(0, block.indent.size());
    body = join(lines, "\n");
  }
  const auto yaml = readYaml(body);
  if (!yaml) {
    const auto [line, column] = lineAndColumn(source, text.origin[block.body_begin]);
    return tl::unexpected(
        ChartError{.text = kBadFrontMatter,
                   .args = {yaml.error().message},
                   .line = line + yaml.error().line - 1,
                   .column = yaml.error().column + static_cast<std::int64_t>(block.indent.size()),
                   .expected = {"YAML"},
                   .got = spokenIn(yaml.error().message, Language::English)});
  }
  if (yaml->is_object()) {
    if (yaml->contains("title")) prepared.title = yamlText((*yaml)["title"]);
    if (yaml->contains("config") && (*yaml)["config"].is_object()) prepared.config = (*yaml)["config"];
  }
  text = without(text, {{0, block.end}});
  return {};
}

}  // namespace

std::size_t spaceLength(std::string_view text, std::size_t position) {
  if (position >= text.size()) return 0;
  const auto c = static_cast<unsigned char>(text[position]);
  if (c == ' ' || (c >= 9 && c <= 13)) return 1;
  if (c < 0xC2) return 0;
  const std::string_view rest = text.substr(position, 3);
  if (rest.substr(0, 2) == "\xC2\xA0") return 2;
  if (rest.size() < 3) return 0;
  if (rest == "\xE1\x9A\x80" || rest == "\xE3\x80\x80" || rest == "\xEF\xBB\xBF" || rest == "\xE2\x81\x9F")
    return 3;
  if (rest.substr(0, 2) == "\xE2\x80") {
    const auto last = static_cast<unsigned char>(rest[2]);
    if ((last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF) return 3;
  }
  return 0;
}

std::size_t skipSpace(std::string_view text, std::size_t position) {
  while (const std::size_t length = spaceLength(text, position)) position += length;
  return position;
}

std::string_view trimSpace(std::string_view text) {
  text.remove_prefix(skipSpace(text, 0));
  while (!text.empty()) {
    std::size_t cut = 0;
    for (std::size_t length = 1; length <= 3 && length <= text.size(); ++length)
      if (spaceLength(text, text.size() - length) == length) cut = length;
    if (cut == 0) break;
    text.remove_suffix(cut);
  }
  return text;
}

bool isWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

MappedText normaliseLineEnds(std::string_view source) {
  MappedText result;
  result.text.reserve(source.size());
  result.origin.reserve(source.size() + 1);
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] == '\r') {
      result.append('\n', i);
      if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
    } else {
      result.append(source[i], i);
    }
  }
  result.finish(source.size());
  return result;
}

bool findFrontMatter(std::string_view text, FrontMatterBlock& block) {
  std::size_t cursor = 0;
  while (const std::size_t length = spaceLength(text, cursor)) {
    if (text[cursor] == '\n') break;
    cursor += length;
  }
  const std::string_view indent = text.substr(0, cursor);
  if (text.substr(cursor, 3) != "---") return false;
  const std::size_t opening_end = skipSpace(text, cursor + 3);
  const std::size_t first_break = text.substr(0, opening_end).find('\n', cursor + 3);
  if (first_break == std::string_view::npos) return false;

  // A closing fence is a line break, the indent, three dashes, and white space with a line break in it.
  const std::string fence = "\n" + std::string(indent) + "---";
  const auto closingEnd = [&](std::size_t at) {
    const std::size_t after = skipSpace(text, at + fence.size());
    const std::size_t last = after > at + fence.size() ? text.rfind('\n', after - 1) : std::string_view::npos;
    return last == std::string_view::npos || last < at + fence.size() ? std::string_view::npos : last + 1;
  };
  std::size_t last_fence = std::string_view::npos;
  for (std::size_t at = text.find(fence, first_break + 1); at != std::string_view::npos;
       at = text.find(fence, at + 1))
    if (closingEnd(at) != std::string_view::npos) last_fence = at;
  if (last_fence == std::string_view::npos) return false;

  // The opening fence takes the blank lines after it, but for the line break of the closing one.
  std::size_t opening = first_break;
  for (std::size_t at = first_break; at < opening_end; ++at)
    if (text[at] == '\n' && at < last_fence) opening = at;
  for (std::size_t at = text.find(fence, opening + 1); at != std::string_view::npos;
       at = text.find(fence, at + 1)) {
    const std::size_t end = closingEnd(at);
    if (end == std::string_view::npos) continue;
    block = {std::string(indent), opening + 1, at, end};
    return true;
  }
  return false;
}

tl::expected<PreparedText, ChartError> prepareText(std::string_view source) {
  PreparedText prepared;
  MappedText text = normaliseLineEnds(source);
  softenAttributeQuotes(text.text);
  if (auto read = readFrontMatter(source, text, prepared); !read) return tl::unexpected(read.error());

  const std::vector<Directive> directives = findDirectives(text.text);
  readInitDirectives(directives, prepared.config);
  std::vector<std::pair<std::size_t, std::size_t>> cuts;
  for (const Directive& directive : directives) cuts.emplace_back(directive.begin, directive.end);
  text = without(text, cuts);
  text = without(text, findComments(text.text));
  text = without(text, {{0, skipSpace(text.text, 0)}});
  if (text.text.rfind("---", 0) == 0) {
    const auto [line, column] = lineAndColumn(source, text.origin.front());
    return tl::unexpected(ChartError{.text = kOpenFrontMatter,
                                     .line = line,
                                     .column = column,
                                     .expected = {"flowchart", "graph"},
                                     .got = "---"});
  }
  for (const std::string_view keyword : {"style", "classDef"}) {
    cuts.clear();
    findColourSemicolons(text.text, keyword, cuts);
    if (!cuts.empty()) text = without(text, cuts);
  }
  text = markEntities(text);
  const std::size_t end = text.origin.back();
  text.origin.pop_back();
  text.append('\n', end);
  text.finish(end);
  prepared.body = without(text, findSpaceAfterBraces(text.text));
  return prepared;
}

std::string restoreEntities(std::string_view text) {
  std::string result(text);
  if (result.find(kEntityName) == std::string::npos) return result;
  result = replaceAll(std::move(result), kEntityNumber, "#");
  result = replaceAll(std::move(result), kEntityName, "#");
  return replaceAll(std::move(result), kEntityEnd, ";");
}

std::pair<std::int64_t, std::int64_t> lineAndColumn(std::string_view source, std::size_t position) {
  std::int64_t line = 1;
  std::int64_t column = 1;
  for (std::size_t i = 0; i < position && i < source.size(); ++i) {
    const auto c = static_cast<unsigned char>(source[i]);
    if (c == '\n' || (c == '\r' && (i + 1 >= source.size() || source[i + 1] != '\n'))) {
      ++line;
      column = 1;
    } else if (c != '\r' && (c & 0xC0U) != 0x80U) {
      ++column;
    }
  }
  return {line, column};
}

}  // namespace lodestone::pipeline
