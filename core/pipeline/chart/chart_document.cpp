// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_document.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "core/base/parameter.h"
#include "core/base/spoken.h"
#include "core/pipeline/chart/binding_text.h"
#include "core/pipeline/chart/chart_text.h"
#include "core/pipeline/chart/front_matter.h"
#include "core/pipeline/chart/label_text.h"
#include "core/pipeline/chart/text_edit.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchNode{"The chart has no node {0}.", "流程图中没有节点 {0}。"};
constexpr Text kLabelDoesNotFit{
    "The label of {0} cannot be written into this chart without changing its meaning.",
    "无法在不改变流程图含义的情况下写入 {0} 的标签。"};
constexpr Text kSectionNotYaml{"The section \"lodestone\" is not YAML: {0}",
                               "“lodestone”部分不是有效的 YAML：{0}"};
constexpr Text kSectionDoesNotFit{"The section \"lodestone\" cannot be written into this front matter: {0}",
                                  "无法将“lodestone”部分写入该前置元数据：{0}"};
constexpr Text kSectionNotAMap{"\"{0}\" must be keys with values.", "“{0}”必须是键和值。"};
constexpr Text kUnknownKey{
    "The section \"lodestone\" has the unknown key \"{0}\"; it may have nodes, positions, seed, "
    "cycles and until.",
    "“lodestone”部分含有未知的键“{0}”；可用的键为 nodes、positions、seed、cycles 和 until。"};
constexpr Text kBadPosition{"The position of {0} must be two numbers, such as [120, 40].",
                            "{0} 的位置必须是两个数字，例如 [120, 40]。"};
constexpr Text kBadUntil{
    "\"until\" must name a metric and by how much a cycle must be better, such as {metric: auc, better: "
    "0.001}.",
    "“until”须给出指标及每轮至少要改进多少，例如 {metric: auc, better: 0.001}。"};
constexpr Text kBadApply{"\"apply\" of node {1} must be auto or manual, not \"{0}\".",
                         "节点 {1} 的“apply”必须是 auto 或 manual，而不是“{0}”。"};
constexpr std::int64_t kMostCycles = 100;
constexpr Text kNotAWholeNumber{"\"{0}\" must be a whole number, not \"{1}\".",
                                "“{0}”必须是整数，而不是“{1}”。"};
constexpr Text kBadCycles{"\"cycles\" must be a whole number from 1 to {1}, not {0}.",
                          "“cycles”必须是 1 到 {1} 的整数，而不是 {0}。"};
constexpr Text kBadParameter{"The parameter \"{0}\" of node {1} must be a value or a list of values.",
                             "节点 {1} 的参数“{0}”必须是一个值或值的列表。"};
constexpr Text kBoundNodeMissing{"No node {0} is in the chart, but the section \"lodestone\" binds it.",
                                 "流程图中没有节点 {0}，但“lodestone”部分绑定了它。"};

constexpr std::string_view kKey = "lodestone";

/// The front matter as lines of the text with plain line ends.
struct FrontMatterLines {
  MappedText text;
  FrontMatterBlock block;
  std::string body;  ///< without the indent, each line closed

  /// The place in the source of the n-th line of the body; of the closing fence for the one after the last.
  std::size_t sourceOfLine(std::size_t line) const {
    std::size_t position = block.body_begin;
    for (std::size_t i = 0; i < line; ++i) {
      const std::size_t next = text.text.find('\n', position);
      if (next == std::string::npos || next > block.body_end) break;
      position = next + 1;
    }
    return text.origin[position];
  }
};

std::optional<FrontMatterLines> readLines(const std::string& source) {
  FrontMatterLines lines;
  lines.text = normaliseLineEnds(source);
  if (!findFrontMatter(lines.text.text, lines.block)) return std::nullopt;
  const std::string body =
      lines.text.text.substr(lines.block.body_begin, lines.block.body_end - lines.block.body_begin);
  for (std::string& line : split(body, '\n')) {
    if (line.rfind(lines.block.indent, 0) == 0) line.erase(0, lines.block.indent.size());
    lines.body += line + "\n";
  }
  return lines;
}

std::size_t countLines(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string sectionText(std::string_view yaml, const std::string& indent, const std::string& line_end) {
  std::string text = indent + std::string(kKey) + ":" + line_end;
  std::vector<std::string> lines = split(replaceAll(std::string(yaml), "\r\n", "\n"), '\n');
  while (!lines.empty() && trim(lines.back()).empty()) lines.pop_back();
  for (const std::string& line : lines) text += (line.empty() ? "" : indent + "  " + line) + line_end;
  return text;
}

std::string sectionOf(const std::string& body) {
  const auto section = findYamlSection(body, kKey);
  if (!section) return "";
  const std::string text = body.substr(section->begin, section->end - section->begin);
  const std::size_t first_end = text.find('\n');
  const std::string first = text.substr(0, first_end);
  const std::string_view after_colon =
      trim(std::string_view(first).substr(std::min(first.find(':') + 1, first.size())));
  if (!after_colon.empty() && after_colon[0] != '#') {
    return std::string(after_colon) + text.substr(std::min(first_end, text.size()));
  }
  std::vector<std::string> lines = split(text.substr(std::min(first_end, text.size() - 1) + 1), '\n');
  std::size_t indent = std::string::npos;
  for (const std::string& line : lines)
    if (const std::size_t used = line.find_first_not_of(' '); used != std::string::npos)
      indent = std::min(indent, used);
  for (std::string& line : lines) line.erase(0, std::min(indent, line.find_first_not_of(' ')));
  return join(lines, "\n");
}

// --- labels ---

std::string withLabel(const std::string& source, const ChartNode& node, std::string_view label) {
  const auto replaced = [&](std::size_t begin, std::size_t end, const std::string& text) {
    return source.substr(0, begin) + text + source.substr(end);
  };
  const std::string quoted = quotedLabel(label);
  if (node.label_from_data) {
    const SourceRange value = findDataValue(
        std::string_view(source).substr(node.data.begin, node.data.end - node.data.begin), "label");
    if (!value.empty())
      return replaced(node.data.begin + value.begin, node.data.begin + value.end, yamlLabel(label));
  }
  if (!node.label.empty()) return replaced(node.label.begin, node.label.end, quoted);
  if (!node.data.empty())
    return replaced(node.data.begin, node.data.begin, " label: " + yamlLabel(label) + ", ");
  if (!node.mention.empty()) return replaced(node.mention.end, node.mention.end, "[" + quoted + "]");
  const std::string line_end = lineEndOf(source);
  const bool closed = !source.empty() && source.back() == '\n';
  return source + (closed ? "" : line_end) + node.id + "[" + quoted + "]" + line_end;
}

bool sameGraph(const Chart& one, const Chart& other) {
  const auto sameNode = [](const ChartNode& a, const ChartNode& b) {
    return a.id == b.id && a.classes == b.classes && a.parent == b.parent;
  };
  const auto sameEdge = [](const ChartEdge& a, const ChartEdge& b) {
    return a.id == b.id && a.text == b.text;
  };
  return std::equal(one.nodes.begin(), one.nodes.end(), other.nodes.begin(), other.nodes.end(), sameNode) &&
         std::equal(one.edges.begin(), one.edges.end(), other.edges.begin(), other.edges.end(), sameEdge) &&
         one.subgraphs.size() == other.subgraphs.size();
}

std::optional<std::int64_t> wholeNumber(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Reads the section; the places are lines of the file.
class BindingReader {
 public:
  BindingReader(const std::string& file_name, const FrontMatterLines& lines)
      : file_name_(file_name), lines_(lines) {
    const std::string_view before = std::string_view(lines.text.text).substr(0, lines.block.body_begin);
    first_line_ = static_cast<std::int64_t>(countLines(before));
  }

  Result<Binding> read(const Json& section) {
    Binding binding;
    if (section.is_null()) return binding;
    if (!section.is_object()) return refuse(kSectionNotAMap, {std::string(kKey)}, {std::string(kKey)});
    for (const auto& [key, value] : section.items()) {
      if (key == "seed" || key == "cycles") {
        const auto number = value.is_string() ? wholeNumber(value.get<std::string>()) : std::nullopt;
        if (!number)
          return refuse(kNotAWholeNumber,
                        {key, value.is_string() ? value.get<std::string>() : dumpJson(value)},
                        {std::string(kKey), key});
        if (key == "cycles" && (*number < 1 || *number > kMostCycles))
          return refuse(kBadCycles, {std::to_string(*number), std::to_string(kMostCycles)},
                        {std::string(kKey), key});
        (key == "seed" ? binding.seed : binding.cycles) = number;
      } else if (key == "positions") {
        if (auto read = readPositions(value, binding); !read) return forward(read);
      } else if (key == "until") {
        auto rule = readUntil(value);
        if (!rule) return forward(rule);
        binding.until = std::move(*rule);
        binding.until_line = lineOf({std::string(kKey), key});
      } else if (key != "nodes") {
        return refuse(kUnknownKey, {key}, {std::string(kKey), key});
      } else if (!value.is_null()) {
        if (!value.is_object()) return refuse(kSectionNotAMap, {"nodes"}, {std::string(kKey), key});
        node_lines_ = yamlKeyLines(lines_.body, {std::string(kKey), key});
        for (const auto& [node, parameters] : value.items()) {
          auto bound = readNode(node, parameters);
          if (!bound) return forward(bound);
          binding.nodes.push_back(std::move(*bound));
        }
      }
    }
    return binding;
  }

 private:
  Result<> readPositions(const Json& section, Binding& binding) const {
    const std::string key = "positions";
    if (section.is_null()) return {};
    if (!section.is_object()) return refuse(kSectionNotAMap, {key}, {std::string(kKey), key});
    for (const auto& [node, value] : section.items()) {
      NodePosition position{.node = node};
      const bool two = value.is_array() && value.size() == 2 && value[0].is_string() &&
                       value[1].is_string() && parseNumber(value[0].get<std::string>(), position.x) &&
                       parseNumber(value[1].get<std::string>(), position.y) && std::isfinite(position.x) &&
                       std::isfinite(position.y);
      if (!two) return refuse(kBadPosition, {node}, {std::string(kKey), key, node}, node);
      binding.positions.push_back(std::move(position));
    }
    return {};
  }

  Result<StopRule> readUntil(const Json& value) {
    StopRule rule;
    const std::vector<std::string> keys = {std::string(kKey), "until"};
    if (!value.is_object()) return refuse(kBadUntil, {}, keys);
    for (const auto& [name, text] : value.items()) {
      const std::string written = text.is_string() ? text.get<std::string>() : std::string();
      const bool read = name == "metric"
                            ? !written.empty()
                            : name == "better" && parseNumber(written, rule.better) && rule.better >= 0;
      if (!read) return refuse(kBadUntil, {}, keys);
      if (name == "metric") rule.metric = written;
    }
    if (rule.metric.empty()) return refuse(kBadUntil, {}, keys);
    return rule;
  }

  Result<NodeBinding> readNode(const std::string& node, const Json& parameters) {
    NodeBinding bound{.node = node};
    if (const auto line = node_lines_.find(node); line != node_lines_.end())
      bound.line = first_line_ + line->second;
    if (parameters.is_null()) return bound;
    if (!parameters.is_object())
      return refuse(kSectionNotAMap, {node}, {std::string(kKey), "nodes", node}, node);
    for (const auto& [name, value] : parameters.items()) {
      auto text = parameterText(value);
      if (!text) return refuse(kBadParameter, {name, node}, {std::string(kKey), "nodes", node, name}, node);
      if (name == "stage") {
        bound.stage = std::move(*text);
      } else if (name == "apply") {
        if (!text->empty() && *text != "auto" && *text != "manual")
          return refuse(kBadApply, {*text, node}, {std::string(kKey), "nodes", node, name}, node);
        bound.manual = *text == "manual";
        bound.automatic = *text == "auto";
      } else {
        bound.parameters.emplace_back(name, std::move(*text));
      }
    }
    return bound;
  }

  static std::optional<std::string> parameterText(const Json& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return std::nullopt;
    std::vector<std::string> items;
    for (const Json& item : value) {
      if (!item.is_string()) return std::nullopt;
      items.push_back(item.get<std::string>());
    }
    return joinList(items);
  }

  std::int64_t lineOf(const std::vector<std::string>& keys) const {
    return first_line_ + yamlLine(lines_.body, keys);
  }

  tl::unexpected<Error> refuse(const Text& text, std::vector<std::string> args,
                               const std::vector<std::string>& keys, const std::string& stage = {}) const {
    return fail(ErrorCode::InvalidArgument, text, std::move(args),
                {.file = file_name_, .line = lineOf(keys), .stage = stage});
  }

  const std::string& file_name_;
  const FrontMatterLines& lines_;
  std::int64_t first_line_ = 0;
  std::map<std::string, std::int64_t> node_lines_;  ///< of the bound nodes, in the body
};

}  // namespace

const std::string* NodeBinding::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return &value;
  return nullptr;
}

const NodeBinding* Binding::find(std::string_view node) const {
  for (const NodeBinding& bound : nodes)
    if (bound.node == node) return &bound;
  return nullptr;
}

Result<ChartDocument> ChartDocument::parse(std::string source, std::string file_name) {
  auto chart = parseChart(source, file_name);
  if (!chart) return forward(chart);
  return ChartDocument(std::move(source), std::move(file_name), std::move(*chart));
}

Result<> ChartDocument::setLabel(std::string_view node, std::string_view label) {
  const ChartNode* target = chart_.findNode(node);
  if (target == nullptr)
    return fail(ErrorCode::NotFound, kNoSuchNode, {std::string(node)},
                {.file = file_name_, .stage = std::string(node)});
  const std::string valid = toValidUtf8(label);
  std::string changed = withLabel(source_, *target, valid);
  auto chart = readChart(changed);
  const ChartNode* now = chart ? chart->findNode(node) : nullptr;
  if (now == nullptr || !sameGraph(chart_, *chart))
    return fail(ErrorCode::InvalidArgument, kLabelDoesNotFit, {std::string(node)},
                {.file = file_name_, .stage = std::string(node)});
  source_ = std::move(changed);
  chart_ = std::move(*chart);
  return {};
}

std::string ChartDocument::lodestoneSection() const {
  const auto lines = readLines(source_);
  return lines ? sectionOf(lines->body) : "";
}

Result<> ChartDocument::setLodestoneSection(std::string_view yaml) {
  const auto values = readYaml(yaml);
  if (!values)
    return fail(ErrorCode::InvalidArgument, kSectionNotYaml, {values.error().message},
                {.file = file_name_, .line = values.error().line});
  const bool remove = values->is_null();
  const std::string line_end = lineEndOf(source_);
  const auto lines = readLines(source_);
  if (!lines) {
    if (remove) return {};
    return replace("---" + line_end + sectionText(yaml, "", line_end) + "---" + line_end + source_);
  }
  const std::string written = remove ? "" : sectionText(yaml, lines->block.indent, line_end);
  std::size_t first = countLines(lines->body);
  std::size_t last = first;
  if (const auto section = findYamlSection(lines->body, kKey)) {
    first = countLines(std::string_view(lines->body).substr(0, section->begin));
    last = countLines(std::string_view(lines->body).substr(0, section->end));
  }
  const std::size_t begin = lines->sourceOfLine(first);
  const std::size_t end = lines->sourceOfLine(last);
  // Front matter without a line is none for Mermaid, so it goes with its last one.
  const bool nothing_left = remove && begin == lines->text.origin[lines->text.text.find('\n') + 1] &&
                            end >= lines->text.origin[lines->block.body_end];
  if (nothing_left) {
    const std::size_t fence_end = lines->text.text.find('\n', lines->block.body_end + 1);
    return replace(source_.substr(lines->text.origin[fence_end + 1]));
  }
  return replace(source_.substr(0, begin) + written + source_.substr(end));
}

/// Puts another body into the front matter; lines at both ends that stay the same keep their bytes.
Result<> ChartDocument::replaceBody(const std::string& body) {
  const std::string line_end = lineEndOf(source_);
  const auto lines = readLines(source_);
  const std::vector<std::string> now = split(body, '\n');
  const auto written = [&](std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i)
      text += (now[i].empty() || !lines ? "" : lines->block.indent) + now[i] + line_end;
    return text;
  };
  const std::size_t count = now.size() - 1;  // each line is closed
  if (!lines) {
    if (count == 0) return {};
    return replace("---" + line_end + written(0, count) + "---" + line_end + source_);
  }
  const std::vector<std::string> old = split(lines->body, '\n');
  const std::size_t old_count = old.size() - 1;
  if (trim(body).empty()) return setLodestoneSection("");
  std::size_t first = 0;
  while (first < count && first < old_count && now[first] == old[first]) ++first;
  std::size_t tail = 0;
  while (tail < count - first && tail < old_count - first &&
         now[count - 1 - tail] == old[old_count - 1 - tail])
    ++tail;
  const std::size_t begin = lines->sourceOfLine(first);
  const std::size_t end = lines->sourceOfLine(old_count - tail);
  return replace(source_.substr(0, begin) + written(first, count - tail) + source_.substr(end));
}

Result<> ChartDocument::setSection(const std::optional<std::string>& body, const Binding& wanted) {
  if (body) {
    ChartDocument changed = *this;
    if (changed.replaceBody(*body)) {
      const auto after = changed.readSection();
      if (after && sameBinding(*after, wanted)) {
        *this = std::move(changed);
        return {};
      }
    }
  }
  return setLodestoneSection(sectionYaml(wanted));
}

Result<> ChartDocument::setBinding(const NodeBinding& asked) {
  NodeBinding bound = asked;
  if (chart_.findNode(bound.node) == nullptr)
    return fail(ErrorCode::NotFound, kNoSuchNode, {bound.node}, {.file = file_name_, .stage = bound.node});
  auto before = binding();
  if (!before) return forward(before);
  Binding wanted = *before;
  const NodeBinding* old = before->find(bound.node);
  const bool stays = !bound.stage.empty() || !bound.parameters.empty() || bound.manual;
  bound.automatic = stays && !bound.manual && (bound.automatic || (old != nullptr && old->automatic));
  std::erase_if(wanted.nodes, [&](const NodeBinding& other) { return other.node == bound.node; });
  if (stays) wanted.nodes.push_back(bound);
  const auto lines = readLines(source_);
  return setSection(withBinding(lines ? lines->body : "", bound), wanted);
}

Result<> ChartDocument::setCycles(std::optional<std::int64_t> cycles) {
  auto before = binding();
  if (!before) return forward(before);
  Binding wanted = *before;
  wanted.cycles = cycles;
  const auto lines = readLines(source_);
  return setSection(withCycles(lines ? lines->body : "", cycles), wanted);
}

Result<> ChartDocument::setUntil(const std::optional<StopRule>& until) {
  auto before = binding();
  if (!before) return forward(before);
  Binding wanted = *before;
  wanted.until = until;
  const auto lines = readLines(source_);
  return setSection(withUntil(lines ? lines->body : "", until), wanted);
}

Result<> ChartDocument::setPositions(const std::vector<NodePosition>& positions) {
  auto before = readSection();
  if (!before) return forward(before);
  Binding wanted = *before;
  wanted.positions = positions;
  if (sameBinding(*before, wanted)) return {};
  const auto lines = readLines(source_);
  return setSection(withPositions(lines ? lines->body : "", positions), wanted);
}

Result<> ChartDocument::renameInSection(const std::map<std::string, std::string>& names) {
  const auto before = readSection();
  if (!before) return {};
  Binding wanted = *before;
  const auto rename = [&](auto& rows) {
    for (auto& row : rows)
      if (const auto found = names.find(row.node); found != names.end()) row.node = found->second;
    std::erase_if(rows, [](const auto& row) { return row.node.empty(); });
  };
  rename(wanted.nodes);
  rename(wanted.positions);
  if (sameBinding(*before, wanted)) return {};
  const auto lines = readLines(source_);
  return setSection(withNodesNamed(lines ? lines->body : "", names), wanted);
}

Result<> ChartDocument::replace(std::string changed) {
  auto chart = readChart(changed);
  if (!chart)
    return fail(ErrorCode::InvalidArgument, kSectionDoesNotFit,
                {spoken(chart.error().message(Language::English), chart.error().message(Language::Chinese))},
                {.file = file_name_, .line = chart.error().line});
  source_ = std::move(changed);
  chart_ = std::move(*chart);
  return {};
}

Result<Binding> ChartDocument::readSection() const {
  const auto lines = readLines(source_);
  if (!lines) return Binding{};
  const auto values = readYamlTexts(lines->body);
  if (!values)
    return fail(ErrorCode::InvalidArgument, kSectionNotYaml, {values.error().message},
                {.file = file_name_, .line = values.error().line});
  if (!values->is_object() || !values->contains(std::string(kKey))) return Binding{};
  return BindingReader(file_name_, *lines).read((*values)[std::string(kKey)]);
}

Result<Binding> ChartDocument::binding() const {
  auto binding = readSection();
  if (!binding) return binding;
  std::set<std::string_view> ids;
  for (const ChartNode& node : chart_.nodes) ids.insert(node.id);
  for (const NodeBinding& bound : binding->nodes)
    if (!ids.contains(bound.node))
      return fail(ErrorCode::InvalidArgument, kBoundNodeMissing, {bound.node},
                  {.file = file_name_, .line = bound.line, .stage = bound.node});
  return binding;
}

}  // namespace lodestone::pipeline
