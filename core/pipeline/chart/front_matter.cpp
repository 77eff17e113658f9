// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/front_matter.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <sstream>
#include <vector>

#include "core/base/spoken.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kTooLarge{"too large or nested too deeply", "内容过大或嵌套过深"};
constexpr Text kGivenTwice{"the key \"{0}\" is given twice", "键“{0}”出现了两次"};
constexpr Text kSecondDocument{"more than one document", "包含多个文档"};
constexpr std::size_t kMaximumNodes = 100000;
constexpr int kMaximumDepth = 200;

enum class Scalars { JsonSchema, Text };

YamlProblem problemAt(const YAML::Mark& mark, std::string message) {
  if (mark.is_null()) return {std::move(message), 1, 1};
  return {std::move(message), mark.line + 1, mark.column + 1};
}

bool isOneOf(const std::string& text, std::initializer_list<const char*> words) {
  for (const char* word : words)
    if (text == word) return true;
  return false;
}

std::optional<std::int64_t> asInteger(const std::string& text) {
  const std::size_t sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
  std::string digits = replaceAll(text.substr(sign), "_", "");
  int base = 10;
  if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'o' || digits[1] == 'b')) {
    base = digits[1] == 'x' ? 16 : digits[1] == 'o' ? 8 : 2;
    digits.erase(0, 2);
  }
  if (digits.empty() || digits.size() > 15 || text.back() == '_' || text[sign] == '_') return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : 99;
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
  }
  return text[0] == '-' ? -value : value;
}

Json scalar(const YAML::Node& node, Scalars scalars) {
  const std::string& text = node.Scalar();
  if (scalars == Scalars::Text || node.Tag() == "!") return text;
  if (text.empty() || isOneOf(text, {"~", "null", "Null", "NULL"})) return nullptr;
  if (isOneOf(text, {"true", "True", "TRUE"})) return true;
  if (isOneOf(text, {"false", "False", "FALSE"})) return false;
  if (const auto integer = asInteger(text)) return *integer;
  double real = 0;
  if (parseNumber(text, real)) return real;
  return text;
}

class Converter {
 public:
  Converter(Scalars scalars, std::size_t most) : scalars_(scalars), most_(most) {}

  Json convert(const YAML::Node& node, int depth) {
    if (++nodes_ > most_ || depth > kMaximumDepth) return refuse(node, spoken(kTooLarge));
    switch (node.Type()) {
      case YAML::NodeType::Scalar:
        return scalar(node, scalars_);
      case YAML::NodeType::Sequence: {
        Json list = Json::array();
        for (const auto& item : node) {
          list.push_back(convert(item, depth + 1));
          if (problem_) return nullptr;
        }
        return list;
      }
      case YAML::NodeType::Map:
        return convertMap(node, depth);
      default:
        return nullptr;
    }
  }

  const std::optional<YamlProblem>& problem() const { return problem_; }

 private:
  Json convertMap(const YAML::Node& node, int depth) {
    Json map = Json::object();
    std::set<std::string> seen;
    for (const auto& pair : node) {
      const Json key_value = convert(pair.first, depth + 1);
      if (problem_) return nullptr;
      const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : dumpJson(key_value);
      if (!seen.insert(key).second)
        return refuse(pair.first, spoken(fill(kGivenTwice, Language::English, {key}),
                                         fill(kGivenTwice, Language::Chinese, {key})));
      // Not map[key], which looks through all that is there.
      map.get_ref<Json::object_t&>().emplace_back(key, convert(pair.second, depth + 1));
      if (problem_) return nullptr;
    }
    return map;
  }

  Json refuse(const YAML::Node& node, std::string why) {
    if (!problem_) problem_ = problemAt(node.Mark(), std::move(why));
    return nullptr;
  }

  Scalars scalars_;
  std::size_t most_;
  std::size_t nodes_ = 0;
  std::optional<YamlProblem> problem_;
};

/// Where each document begins, up to the second one: yaml-cpp finds documents without end where a line within
/// a flow begins with %.
class DocumentStarts : public YAML::EventHandler {
 public:
  explicit DocumentStarts(const std::string& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (starts_.size() < 2 && parser.HandleNextDocument(*this)) {
    }
  }
  const std::vector<YAML::Mark>& all() const { return starts_; }

  void OnDocumentStart(const YAML::Mark& mark) override { starts_.push_back(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
  }
  void OnMapEnd() override {}

 private:
  std::vector<YAML::Mark> starts_;
};

tl::expected<Json, YamlProblem> read(std::string_view text, Scalars scalars) {
  try {
    const std::string own(text);
    const DocumentStarts starts(own);
    if (starts.all().size() > 1) return tl::unexpected(problemAt(starts.all()[1], spoken(kSecondDocument)));
    // What is written out takes a byte a node at least: only aliases can ask for more.
    Converter converter(scalars, std::max(kMaximumNodes, text.size()));
    Json result = converter.convert(YAML::Load(own), 0);
    if (converter.problem()) return tl::unexpected(*converter.problem());
    return result;
  } catch (const YAML::Exception& error) {
    return tl::unexpected(problemAt(error.mark, error.msg));
  }
}

// yaml-cpp's marks count characters in .pos of their stream; lines are what we can rely on.
std::size_t lineBegin(std::string_view text, int line) {
  std::size_t position = 0;
  for (int i = 0; i < line; ++i) {
    const std::size_t end = text.find('\n', position);
    if (end == std::string_view::npos) return text.size();
    position = end + 1;
  }
  return position;
}

}  // namespace

tl::expected<Json, YamlProblem> readYaml(std::string_view text) {
  return read(text, Scalars::JsonSchema);
}

tl::expected<Json, YamlProblem> readYamlTexts(std::string_view text) {
  return read(text, Scalars::Text);
}

std::optional<std::string> yamlText(const Json& value) {
  if (value.is_string()) {
    auto text = value.get<std::string>();
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  }
  if (value.is_boolean()) return value.get<bool>() ? std::optional<std::string>("true") : std::nullopt;
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    return number == 0 ? std::nullopt : std::optional(std::to_string(number));
  }
  if (value.is_number()) {
    const auto number = value.get<double>();
    return std::isnan(number) || number == 0 ? std::nullopt : std::optional(formatNumber(number));
  }
  if (value.is_array()) {
    std::vector<std::string> items;
    for (const Json& item : value)
      items.push_back(item.is_null() ? "" : yamlText(item).value_or(dumpJson(item)));
    return join(items, ",");
  }
  if (value.is_object()) return "[object Object]";
  return std::nullopt;
}

std::optional<YamlSection> findYamlSection(std::string_view text, std::string_view key) {
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    if (!root.IsMap() || root.Style() == YAML::EmitterStyle::Flow) return std::nullopt;
    std::optional<YamlSection> section;
    for (const auto& pair : root) {
      const std::size_t begin = lineBegin(text, pair.first.Mark().line);
      if (section) {
        section->end = begin;
        break;
      }
      if (!pair.first.IsScalar() || pair.first.Scalar() != key) continue;
      section = YamlSection{begin, text.size(), pair.first.Mark().line + 1, pair.first.Mark().line + 1};
      if (!pair.second.IsNull()) section->value_line = pair.second.Mark().line + 1;
    }
    if (!section) return std::nullopt;
    // Comments and blank lines before the next key are that key's, not ours.
    std::size_t end = section->end;
    while (end > section->begin) {
      const std::size_t previous = end >= 2 ? text.rfind('\n', end - 2) : std::string_view::npos;
      const std::size_t line = previous == std::string_view::npos ? 0 : previous + 1;
      if (line <= section->begin) break;
      const std::string_view content = text.substr(line, end - line);
      const std::size_t first = content.find_first_not_of(" \t\r\n");
      if (first != std::string_view::npos && !(first == 0 && content[0] == '#')) break;
      end = line;
    }
    section->end = end;
    return section;
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
}

std::int64_t yamlLine(std::string_view text, const std::vector<std::string>& keys) {
  try {
    YAML::Node node = YAML::Load(std::string(text));
    std::int64_t line = 0;
    for (const std::string& key : keys) {
      if (!node.IsMap()) return line;
      bool found = false;
      for (const auto& pair : node) {
        if (!pair.first.IsScalar() || pair.first.Scalar() != key) continue;
        line = pair.first.Mark().line + 1;
        const YAML::Node next = pair.second;
        node.reset(next);
        found = true;
        break;
      }
      if (!found) return line;
    }
    return line;
  } catch (const YAML::Exception&) {
    return 0;
  }
}

std::map<std::string, std::int64_t> yamlKeyLines(std::string_view text,
                                                 const std::vector<std::string>& keys) {
  std::map<std::string, std::int64_t> lines;
  try {
    YAML::Node node = YAML::Load(std::string(text));
    for (const std::string& key : keys) {
      if (!node.IsMap()) return lines;
      const YAML::Node next = node[key];
      if (!next) return lines;
      node.reset(next);
    }
    if (!node.IsMap()) return lines;
    for (const auto& pair : node)
      if (pair.first.IsScalar()) lines.emplace(pair.first.Scalar(), pair.first.Mark().line + 1);
  } catch (const YAML::Exception&) {
    return lines;
  }
  return lines;
}

std::optional<YamlEntry> findYamlEntry(std::string_view text, const std::vector<std::string>& keys) {
  try {
    const std::vector<std::string> lines = split(text, '\n');
    YAML::Node node = YAML::Load(std::string(text));
    YamlEntry entry{.end_line = lines.size() - (text.empty() || text.back() == '\n' ? 1 : 0)};
    for (const std::string& key : keys) {
      if (!node.IsMap() || node.Style() == YAML::EmitterStyle::Flow) return std::nullopt;
      std::optional<YAML::Node> value;
      for (const auto& pair : node) {
        const auto line = static_cast<std::size_t>(std::max(pair.first.Mark().line, 0));
        if (value) {
          entry.end_line = line;
          break;
        }
        if (!pair.first.IsScalar() || pair.first.Scalar() != key) continue;
        value = pair.second;
        entry.first_line = line;
        entry.column = static_cast<std::size_t>(std::max(pair.first.Mark().column, 0));
      }
      if (!value) return std::nullopt;
      node.reset(*value);
    }
    while (entry.end_line > entry.first_line + 1) {
      const std::string& last = lines[entry.end_line - 1];
      const std::size_t indent = last.find_first_not_of(" \t\r");
      if (indent != std::string::npos && (last[indent] != '#' || indent > entry.column)) break;
      --entry.end_line;
    }
    entry.is_empty = node.IsNull();
    entry.is_block = node.IsMap() && node.size() > 0 && node.Style() != YAML::EmitterStyle::Flow;
    if (entry.is_block)
      entry.child_column = static_cast<std::size_t>(std::max(node.begin()->first.Mark().column, 0));
    return entry;
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
}

}  // namespace lodestone::pipeline
