// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/plain_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

#include "core/base/text.h"
#include "core/pipeline/chart/chart_text.h"

namespace lodestone::pipeline {

namespace {

struct Entity {
  std::string_view name;
  std::string_view text;
};

constexpr Entity kEntities[] = {
    {"amp", "&"},        {"lt", "<"},          {"gt", ">"},         {"quot", "\""},
    {"apos", "'"},       {"nbsp", "\u00a0"},   {"copy", "\u00a9"},  {"reg", "\u00ae"},
    {"trade", "\u2122"}, {"hearts", "\u2665"}, {"infin", "\u221e"}, {"rarr", "\u2192"},
    {"larr", "\u2190"},  {"uarr", "\u2191"},   {"darr", "\u2193"},  {"harr", "\u2194"},
    {"euro", "\u20ac"},  {"pound", "\u00a3"},  {"yen", "\u00a5"},   {"cent", "\u00a2"},
    {"deg", "\u00b0"},   {"plusmn", "\u00b1"}, {"times", "\u00d7"}, {"divide", "\u00f7"},
    {"micro", "\u00b5"}, {"para", "\u00b6"},   {"sect", "\u00a7"},  {"middot", "\u00b7"},
    {"bull", "\u2022"},  {"hellip", "\u2026"}, {"ndash", "\u2013"}, {"mdash", "\u2014"},
    {"lsquo", "\u2018"}, {"rsquo", "\u2019"},  {"ldquo", "\u201c"}, {"rdquo", "\u201d"},
    {"laquo", "\u00ab"}, {"raquo", "\u00bb"},  {"le", "\u2264"},    {"ge", "\u2265"},
    {"ne", "\u2260"},    {"alpha", "\u03b1"},  {"beta", "\u03b2"},  {"gamma", "\u03b3"},
    {"delta", "\u03b4"}, {"lambda", "\u03bb"}, {"mu", "\u03bc"},    {"pi", "\u03c0"},
    {"sigma", "\u03c3"}, {"omega", "\u03c9"},  {"check", "\u2713"}, {"not", "\u00ac"},
    {"lbrace", "{"},     {"rbrace", "}"},      {"lbrack", "["},     {"rbrack", "]"},
    {"lpar", "("},       {"rpar", ")"},        {"num", "#"},        {"semi", ";"},
    {"dollar", "$"},     {"colon", ":"},       {"comma", ","},      {"vert", "|"},
    {"ensp", "\u2002"},  {"emsp", "\u2003"},
};

void appendUtf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

std::optional<std::string> decodeEntity(std::string_view name) {
  if (!name.empty() && name[0] == '#') name.remove_prefix(1);
  if (!name.empty() && name.size() < 8 && name.find_first_not_of("0123456789") == std::string_view::npos) {
    std::uint32_t code = 0;
    for (const char c : name) code = code * 10 + static_cast<std::uint32_t>(c - '0');
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
    std::string text;
    appendUtf8(text, code);
    return text;
  }
  const auto* found = std::find_if(std::begin(kEntities), std::end(kEntities),
                                   [&](const Entity& e) { return e.name == name; });
  if (found == std::end(kEntities)) return std::nullopt;
  return std::string(found->text);
}

// #quot; &quot; #9829; &#9829; and the unclosed &#40 of a browser.
std::string decodeEntities(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '#' || text[i] == '&') {
      std::size_t end = i + 1;
      const bool numbered = text[i] == '&' && end < text.size() && text[end] == '#';
      if (numbered) ++end;
      while (end < text.size() &&
             (numbered ? text[end] >= '0' && text[end] <= '9' : isWordCharacter(text[end])))
        ++end;
      const bool closed = end < text.size() && text[end] == ';';
      const std::string_view name = text.substr(i + 1, end - i - 1);
      if (closed || (text[i] == '&' && name.size() > 1 && name[0] == '#')) {
        if (const auto decoded = decodeEntity(name)) {
          out += *decoded;
          i = closed ? end + 1 : end;
          continue;
        }
      }
    }
    out.push_back(text[i++]);
  }
  return out;
}

// Tags go; <br> in any spelling is a line break. A < that begins no tag stays.
std::string dropTags(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t name = i + 1 + (i + 1 < text.size() && text[i + 1] == '/' ? 1U : 0U);
    if (text[i] != '<' || name >= text.size() || !isWordCharacter(text[name])) {
      out.push_back(text[i++]);
      continue;
    }
    const std::size_t close = text.find('>', name);
    if (close == std::string_view::npos) {
      out.append(text.substr(i));
      break;
    }
    std::size_t name_end = name;
    while (isWordCharacter(text[name_end])) ++name_end;
    if (lowerAscii(text.substr(name, name_end - name)) == "br") out.push_back('\n');
    i = close + 1;
  }
  return out;
}

bool isIconName(char c) {
  return isWordCharacter(c) || c == '-';
}

// fa:fa-user, fab:fa-github, ...
std::string dropIcons(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == 'f' && (i == 0 || !isWordCharacter(text[i - 1])) && i + 1 < text.size() &&
        text[i + 1] == 'a') {
      std::size_t colon = i + 2;
      while (colon < text.size() && colon < i + 4 && text[colon] >= 'a' && text[colon] <= 'z') ++colon;
      if (text.substr(colon, 4) == ":fa-") {
        std::size_t end = colon + 4;
        while (end < text.size() && isIconName(text[end])) ++end;
        i = end;
        continue;
      }
    }
    out.push_back(text[i++]);
  }
  return out;
}

// **bold**, *emphasis*, and the same with underscores at the edges of words.
std::string dropEmphasis(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size() &&
        std::string_view("*_`\\#").find(text[i + 1]) != std::string_view::npos) {
      out.push_back(text[++i]);
      continue;
    }
    if (c == '*' || c == '_') {
      std::size_t end = i;
      while (end < text.size() && text[end] == c) ++end;
      const bool word_before = i > 0 && isWordCharacter(text[i - 1]);
      const bool word_after = end < text.size() && isWordCharacter(text[end]);
      const bool alone =
          (i == 0 || spaceLength(text, i - 1) > 0) && (end >= text.size() || spaceLength(text, end) > 0);
      if (!alone && !(c == '_' && word_before && word_after)) {
        i = end - 1;
        continue;
      }
      out.append(text.substr(i, end - i));
      i = end - 1;
      continue;
    }
    out.push_back(c);
  }
  return out;
}

// Runs of blanks are one, as a browser draws them.
std::string singleSpaces(std::string_view line) {
  std::string out;
  for (const char c : trimSpace(line))
    if ((c != ' ' && c != '\t') || out.empty() || out.back() != ' ') out.push_back(c == '\t' ? ' ' : c);
  return out;
}

}  // namespace

std::string plainLabel(std::string_view text, LabelType type) {
  std::string plain = dropTags(text);
  if (type == LabelType::Markdown) plain = dropEmphasis(plain);
  plain = replaceAll(dropIcons(plain), "\\n", "\n");
  plain = decodeEntities(plain);
  std::vector<std::string> lines;
  for (const std::string& line : split(plain, '\n')) {
    const std::string words = singleSpaces(line);
    if (type == LabelType::Markdown && words.empty()) continue;
    lines.push_back(words);
  }
  return std::string(trimSpace(join(lines, "\n")));
}

}  // namespace lodestone::pipeline
