// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/binding_text.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include "core/base/parameter.h"
#include "core/pipeline/chart/front_matter.h"

namespace lodestone::pipeline {

namespace {

constexpr const char* kSection = "lodestone";
constexpr const char* kNodes = "nodes";
constexpr const char* kPositions = "positions";

bool isPlain(const std::string& text) {
  static constexpr std::string_view kNever = "\"'`{}[],&*!|>%@#:\\?=";
  if (text.empty() || trim(text) != text || text.front() == '-' || text.front() == '~') return false;
  if (text == "null" || text == "Null" || text == "NULL") return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || kNever.find(c) != std::string_view::npos;
  });
}

std::string quotedScalar(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c != '\r')
      out += c;
  }
  return out + "\"";
}

/// "-4" and the like are plain too: only a dash with a space begins a list.
std::string scalarYaml(const std::string& text) {
  double value = 0;
  return isPlain(text) || parseNumber(text, value) ? text : quotedScalar(text);
}

std::string listYaml(const std::string& joined) {
  std::vector<std::string> items = splitList(joined);
  for (std::string& item : items) item = scalarYaml(item);
  return "[" + join(items, ", ") + "]";
}

/// A text of several lines as it is, under "|-"; nothing when that would read otherwise.
std::optional<std::vector<std::string>> blockLines(const std::string& text) {
  std::vector<std::string> lines = split(text, '\n');
  if (lines.size() < 2 || lines.front().empty() || lines.back().empty() || lines.front().front() == ' ')
    return std::nullopt;
  for (const std::string& line : lines) {
    const bool odd = std::any_of(line.begin(), line.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (odd || trim(line).substr(0, 3) == "---") return std::nullopt;
  }
  return lines;
}

/// "key: value" as lines that begin at the column.
std::vector<std::string> entryLines(const std::string& key, const std::string& value, bool list,
                                    std::size_t column) {
  const std::string indent(column, ' ');
  const std::string head = indent + scalarYaml(key) + ": ";
  if (list) return {head + listYaml(value)};
  if (const auto block = blockLines(value)) {
    std::vector<std::string> lines = {head + "|-"};
    for (const std::string& line : *block) lines.push_back(line.empty() ? "" : indent + "  " + line);
    return lines;
  }
  return {head + scalarYaml(value)};
}

std::vector<std::pair<std::string, std::string>> wordsOf(const NodeBinding& bound) {
  std::vector<std::pair<std::string, std::string>> words;
  if (!bound.stage.empty()) words.emplace_back("stage", bound.stage);
  if (bound.manual || bound.automatic) words.emplace_back("apply", bound.manual ? "manual" : "auto");
  words.insert(words.end(), bound.parameters.begin(), bound.parameters.end());
  return words;
}

std::vector<std::string> nodeLines(const NodeBinding& bound, std::size_t column) {
  std::vector<std::string> lines = {std::string(column, ' ') + scalarYaml(bound.node) + ":"};
  for (const auto& [key, value] : wordsOf(bound))
    for (std::string& line : entryLines(key, value, false, column + 2)) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> nodeInBraces(const NodeBinding& bound, const Json& old, std::size_t column) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : wordsOf(bound)) {
    const bool list = old.is_object() && old.contains(key) && old[key].is_array();
    parts.push_back(scalarYaml(key) + ": " + (list ? listYaml(value) : scalarYaml(value)));
  }
  return {std::string(column, ' ') + scalarYaml(bound.node) + ": {" + join(parts, ", ") + "}"};
}

std::vector<std::string> positionLines(const std::vector<NodePosition>& positions, std::size_t column) {
  const auto number = [](double value) { return formatNumber(std::round(value * 10) / 10); };
  std::vector<std::string> lines = {std::string(column, ' ') + kPositions + ":"};
  for (const NodePosition& position : positions)
    lines.push_back(std::string(column + 2, ' ') + scalarYaml(position.node) + ": [" + number(position.x) +
                    ", " + number(position.y) + "]");
  return lines;
}

/// A parameter's value as the binding gives it.
std::string textOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return {};
  std::vector<std::string> items;
  for (const Json& item : value) items.push_back(item.is_string() ? item.get<std::string>() : std::string());
  return joinList(items);
}

/// The lines of a front matter's body, changed one entry after another.
class Body {
 public:
  explicit Body(const std::string& text) : lines_(split(text, '\n')) {
    if (!lines_.empty() && lines_.back().empty()) lines_.pop_back();
  }

  std::string text() const {
    std::string out;
    for (const std::string& line : lines_) out += line + "\n";
    return out;
  }
  Json values() const {
    auto read = readYamlTexts(text());
    return read ? std::move(*read) : Json("unreadable");
  }
  std::optional<YamlEntry> find(const std::vector<std::string>& keys) const {
    return findYamlEntry(text(), keys);
  }

  void replace(const YamlEntry& entry, const std::vector<std::string>& by) {
    insert(entry.end_line, by);
    erase(entry);
  }
  void erase(const YamlEntry& entry) { lines_.erase(at(entry.first_line), at(entry.end_line)); }
  void insert(std::size_t line, const std::vector<std::string>& added) {
    lines_.insert(at(std::min(line, lines_.size())), added.begin(), added.end());
  }
  /// Puts lines, made for a column, below a key. The key must have lines of its own or no value.
  bool addBelow(const std::vector<std::string>& keys,
                const std::function<std::vector<std::string>(std::size_t column)>& make) {
    const auto entry = find(keys);
    if (!entry || (!entry->is_block && !entry->is_empty)) return false;
    if (entry->is_block)
      insert(entry->end_line, make(entry->child_column));
    else
      replace(*entry, joined({std::string(entry->column, ' ') + keys.back() + ":"}, make(entry->column + 2)));
    return true;
  }
  /// Takes away a key, and each key above it that has nothing else.
  void remove(std::vector<std::string> keys) {
    while (!keys.empty()) {
      const auto entry = find(keys);
      if (!entry) return;
      erase(*entry);
      keys.pop_back();
      const auto above = keys.empty() ? std::nullopt : find(keys);
      if (!above || above->is_block) return;
    }
  }
  std::size_t size() const { return lines_.size(); }
  /// Writes another key in the place of one; false when it is written in a way that is not understood.
  bool rename(const YamlEntry& entry, const std::string& from, const std::string& to) {
    std::string& line = lines_[entry.first_line];
    std::size_t length = from.size();
    if (const char quote = line[entry.column]; quote == '"' || quote == '\'') {
      const std::size_t end = line.find(quote, entry.column + 1);
      if (end == std::string::npos) return false;
      length = end + 1 - entry.column;
    } else if (line.compare(entry.column, from.size(), from) != 0) {
      return false;
    }
    line.replace(entry.column, length, scalarYaml(to));
    return true;
  }

  static std::vector<std::string> joined(std::vector<std::string> one,
                                         const std::vector<std::string>& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
  }

 private:
  std::vector<std::string>::iterator at(std::size_t line) {
    return lines_.begin() + static_cast<std::ptrdiff_t>(line);
  }
  std::vector<std::string> lines_;
};

Json member(const Json& object, const std::string& key) {
  return object.is_object() && object.contains(key) ? object[key] : Json(nullptr);
}

/// Parameters of a node that has lines of its own: only those that change.
bool changeParameters(Body& body, const NodeBinding& bound, const Json& old) {
  const auto words = wordsOf(bound);
  const std::vector<std::string> path = {kSection, kNodes, bound.node};
  const auto pathTo = [&](const std::string& key) {
    std::vector<std::string> keys = path;
    keys.push_back(key);
    return keys;
  };
  for (const auto& [key, value] : old.items()) {
    const auto wanted =
        std::find_if(words.begin(), words.end(), [&k = key](const auto& word) { return word.first == k; });
    if (wanted != words.end() && !value.is_null() && textOf(value) == wanted->second) continue;
    const auto entry = body.find(pathTo(key));
    if (!entry) return false;
    if (wanted == words.end())
      body.erase(*entry);
    else
      body.replace(*entry, entryLines(key, wanted->second, value.is_array(), entry->column));
  }
  for (const auto& [key, value] : words) {
    if (old.contains(key)) continue;
    const auto node = body.find(path);
    if (!node) return false;
    if (key == "stage" && node->is_block)
      body.insert(node->first_line + 1, entryLines(key, value, false, node->child_column));
    else if (!body.addBelow(path, [&key = key, &value = value](std::size_t column) {
               return entryLines(key, value, false, column);
             }))
      return false;
  }
  return true;
}

std::string ruleYaml(const StopRule& until) {
  return "{metric: " + scalarYaml(until.metric) + ", better: " + formatNumber(until.better) + "}";
}

/// The body with this key of the section and its value as YAML, or without it.
std::optional<std::string> withLine(const std::string& text, const std::string& key,
                                    const std::optional<std::string>& value) {
  Body body(text);
  const Json values = body.values();
  if (!values.is_object() && !values.is_null()) return std::nullopt;
  const std::vector<std::string> path = {kSection, key};
  const auto entry = body.find(path);
  if (!value) {
    if (entry) body.remove(path);
    return body.text();
  }
  const auto line = [&](std::size_t column) {
    return std::vector<std::string>{std::string(column, ' ') + key + ": " + *value};
  };
  if (entry) {
    body.replace(*entry, line(entry->column));
  } else if (const auto section = body.find({kSection})) {
    if (section->is_block)
      body.insert(section->first_line + 1, line(section->child_column));
    else if (!body.addBelow({kSection}, line))
      return std::nullopt;
  } else {
    if (values.is_object() && values.contains(kSection)) return std::nullopt;
    body.insert(body.size(), Body::joined({std::string(kSection) + ":"}, line(2)));
  }
  return body.text();
}

}  // namespace

std::optional<std::string> withBinding(const std::string& text, const NodeBinding& bound) {
  Body body(text);
  const Json values = body.values();
  if (!values.is_object() && !values.is_null()) return std::nullopt;
  const Json nodes = member(member(values, kSection), kNodes);
  const Json old = member(nodes, bound.node);
  const std::vector<std::string> path = {kSection, kNodes, bound.node};
  const bool known = nodes.is_object() && nodes.contains(bound.node);
  const bool empty = wordsOf(bound).empty();
  const auto entry = body.find(path);
  if (known && !entry) return std::nullopt;
  if (empty) {
    if (known) body.remove(path);
    return body.text();
  }
  if (entry && entry->is_block) {
    if (!changeParameters(body, bound, old)) return std::nullopt;
    return body.text();
  }
  if (entry) {
    body.replace(*entry,
                 entry->is_empty ? nodeLines(bound, entry->column) : nodeInBraces(bound, old, entry->column));
    return body.text();
  }
  const auto make = [&](std::size_t column) { return nodeLines(bound, column); };
  const auto withNodes = [&](std::size_t column) {
    return Body::joined({std::string(column, ' ') + kNodes + ":"}, make(column + 2));
  };
  if (body.find({kSection, kNodes})) {
    if (!body.addBelow({kSection, kNodes}, make)) return std::nullopt;
  } else if (body.find({kSection})) {
    if (!body.addBelow({kSection}, withNodes)) return std::nullopt;
  } else {
    if (values.is_object() && values.contains(kSection)) return std::nullopt;
    body.insert(body.size(), Body::joined({std::string(kSection) + ":"}, withNodes(2)));
  }
  return body.text();
}

std::optional<std::string> withCycles(const std::string& body, std::optional<std::int64_t> cycles) {
  return withLine(body, "cycles", cycles ? std::optional(std::to_string(*cycles)) : std::nullopt);
}

std::optional<std::string> withUntil(const std::string& body, const std::optional<StopRule>& until) {
  return withLine(body, "until", until ? std::optional(ruleYaml(*until)) : std::nullopt);
}

std::optional<std::string> withPositions(const std::string& text,
                                         const std::vector<NodePosition>& positions) {
  Body body(text);
  const Json values = body.values();
  if (!values.is_object() && !values.is_null()) return std::nullopt;
  const std::vector<std::string> path = {kSection, kPositions};
  const auto entry = body.find(path);
  const Json section = member(values, kSection);
  if (!entry && section.is_object() && section.contains(kPositions)) return std::nullopt;
  if (positions.empty()) {
    if (entry) body.remove(path);
    return body.text();
  }
  const auto lines = [&](std::size_t column) { return positionLines(positions, column); };
  if (entry) {
    body.replace(*entry, lines(entry->column));
  } else if (body.find({kSection})) {
    if (!body.addBelow({kSection}, lines)) return std::nullopt;
  } else {
    if (values.is_object() && values.contains(kSection)) return std::nullopt;
    body.insert(body.size(), Body::joined({std::string(kSection) + ":"}, lines(2)));
  }
  return body.text();
}

std::optional<std::string> withNodesNamed(const std::string& text,
                                          const std::map<std::string, std::string>& names) {
  Body body(text);
  // First to names that are nowhere, so that two may be exchanged.
  for (const bool final : {false, true}) {
    for (const auto& [from, to] : names) {
      const std::string middle = "to be renamed " + from;
      for (const char* section : {kNodes, kPositions}) {
        const std::string& now = final && !to.empty() ? middle : from;
        if (final && to.empty()) continue;
        const Json rows = member(member(body.values(), kSection), section);
        if (!rows.is_object() || !rows.contains(now)) continue;
        const std::vector<std::string> path = {kSection, section, now};
        const auto entry = body.find(path);
        if (!entry) return std::nullopt;
        if (to.empty())
          body.remove(path);
        else if (!body.rename(*entry, now, final ? to : middle))
          return std::nullopt;
      }
    }
  }
  return body.text();
}

std::string sectionYaml(const Binding& binding) {
  std::string yaml;
  const auto add = [&](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) yaml += line + "\n";
  };
  if (binding.seed) add(entryLines("seed", std::to_string(*binding.seed), false, 0));
  if (binding.cycles) add(entryLines("cycles", std::to_string(*binding.cycles), false, 0));
  if (binding.until) add({"until: " + ruleYaml(*binding.until)});
  if (!binding.nodes.empty()) add({std::string(kNodes) + ":"});
  for (const NodeBinding& node : binding.nodes) add(nodeLines(node, 2));
  if (!binding.positions.empty()) add(positionLines(binding.positions, 0));
  return yaml;
}

bool sameBinding(const Binding& one, const Binding& other) {
  const auto words = [](const Binding& binding) {
    std::map<std::string, std::map<std::string, std::string>> all;
    for (const NodeBinding& node : binding.nodes)
      for (const auto& [key, value] : wordsOf(node))
        if (!value.empty()) all[node.node][key] = value;
    return all;
  };
  // Places are written to a tenth of a point.
  const auto places = [](const Binding& binding) {
    std::map<std::string, std::pair<double, double>> all;
    for (const NodePosition& position : binding.positions)
      all[position.node] = {std::round(position.x * 10), std::round(position.y * 10)};
    return all;
  };
  return one.seed == other.seed && one.cycles == other.cycles && one.until == other.until &&
         words(one) == words(other) && places(one) == places(other);
}

}  // namespace lodestone::pipeline
