// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/chart_builder.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/pipeline/chart/chart_shapes.h"
#include "core/pipeline/chart/chart_text.h"
#include "core/pipeline/chart/front_matter.h"
#include "core/pipeline/chart/plain_text.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchShape{"There is no shape named \"{0}\"; names of shapes are in lower case.",
                            "没有名为“{0}”的形状；形状名称使用小写字母。"};
constexpr Text kBadData{"What stands between @{ and } is not YAML: {0}",
                        "@{ 与 } 之间的内容不是有效的 YAML：{0}"};
constexpr Text kDataIsNothing{"What stands between @{ and } must be keys with values, such as shape: rect.",
                              "@{ 与 } 之间必须是键和值，例如 shape: rect。"};
constexpr Text kEdgeOutOfRange{
    "There is no edge number {0} before this line: the chart has {1} so far, counted from 0.",
    "此行之前没有编号为 {0} 的连线：目前共有 {1} 条，从 0 开始计数。"};
constexpr Text kTooManyLinks{
    "There would be more than {0} links. Split the chart, or link groups by way of a node between them.",
    "连线将超过 {0} 条。请拆分流程图，或在各组之间通过一个中间节点连接。"};
constexpr int kLongestLink = 10;
constexpr std::size_t kMostLinks = 150000;

std::vector<std::string> idsOf(const std::string& ids) {
  return split(ids, ',');
}

struct HalfLink {
  std::string type = "arrow_open";
  Stroke stroke = Stroke::Normal;
  int length = 0;
};

HalfLink readStart(std::string_view text) {
  HalfLink half;
  switch (text.empty() ? '\0' : text[0]) {
    case '<':
      half.type = "arrow_point";
      break;
    case 'x':
      half.type = "arrow_cross";
      break;
    case 'o':
      half.type = "arrow_circle";
      break;
    default:
      break;
  }
  if (text.find('=') != std::string_view::npos) half.stroke = Stroke::Thick;
  if (text.find('.') != std::string_view::npos) half.stroke = Stroke::Dotted;
  return half;
}

HalfLink readEnd(std::string_view text) {
  HalfLink half;
  std::string_view line = text.substr(0, text.empty() ? 0 : text.size() - 1);
  const auto head = [&](const char* type, char mark) {
    half.type = type;
    if (text.front() != mark) return;
    half.type = std::string("double_") + type;
    line.remove_prefix(std::min<std::size_t>(1, line.size()));
  };
  switch (text.empty() ? '\0' : text.back()) {
    case 'x':
      head("arrow_cross", 'x');
      break;
    case '>':
      head("arrow_point", '<');
      break;
    case 'o':
      head("arrow_circle", 'o');
      break;
    default:
      break;
  }
  half.length = static_cast<int>(line.size()) - 1;
  if (!line.empty() && line[0] == '=') half.stroke = Stroke::Thick;
  if (!line.empty() && line[0] == '~') half.stroke = Stroke::Invisible;
  if (const auto dots = std::count(line.begin(), line.end(), '.'); dots > 0) {
    half.stroke = Stroke::Dotted;
    half.length = static_cast<int>(dots);
  }
  return half;
}

ArrowHead headOf(std::string_view type) {
  if (type == "arrow_circle") return ArrowHead::Circle;
  if (type == "arrow_cross") return ArrowHead::Cross;
  return ArrowHead::Point;
}

void setArrowHeads(ChartEdge& edge) {
  edge.arrow_start = ArrowHead::None;
  edge.arrow_end = ArrowHead::None;
  if (edge.stroke == Stroke::Invisible || edge.type == "arrow_open") return;
  constexpr std::string_view kDouble = "double_";
  const std::string_view type = edge.type;
  const bool both = type.rfind(kDouble, 0) == 0;
  edge.arrow_end = headOf(both ? type.substr(kDouble.size()) : type);
  if (both) edge.arrow_start = edge.arrow_end;
}

// Trimmed, and without quotes where both ends have one.
std::string labelText(const LabelText& label) {
  std::string text(trimSpace(label.text));
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return restoreEntities(text);
}

bool isTrue(const Json& data, const char* key) {
  const auto found = data.find(key);
  if (found == data.end() || found->is_null()) return false;
  if (found->is_boolean()) return found->get<bool>();
  if (found->is_string()) return !found->get_ref<const std::string&>().empty();
  if (found->is_number()) return found->get<double>() != 0;
  return true;
}

Json asNumber(const Json& value) {
  if (value.is_number()) return value;
  double parsed = 0;
  if (value.is_string() && parseNumber(trim(value.get_ref<const std::string&>()), parsed)) {
    if (parsed == std::floor(parsed) && std::abs(parsed) < 1e15) return static_cast<std::int64_t>(parsed);
    return parsed;
  }
  return nullptr;
}

// YAML allows a key without a value between braces ("{a, b: c}"), yaml-cpp does not: such keys get an empty
// one.
std::string completeKeys(const std::string& yaml) {
  std::string result;
  char quote = '\0';
  int depth = 0;
  bool has_text = false;
  bool has_value = false;
  const auto close = [&] {
    if (has_text && !has_value) result += " : ";
    has_text = has_value = false;
  };
  for (std::size_t i = 0; i < yaml.size(); ++i) {
    const char c = yaml[i];
    if (quote != '\0') {
      if (c == '\\' && quote == '"' && i + 1 < yaml.size())
        result.push_back(yaml[i++]);
      else if (c == quote)
        quote = '\0';
    } else if ((c == '"' || c == '\'') && (!has_text || has_value)) {
      quote = c;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (depth == 0 && c == ',') {
      close();
    } else if (depth == 0 && c == ':') {
      const char before = i == 0 ? ' ' : yaml[i - 1];
      const char after = i + 1 < yaml.size() ? yaml[i + 1] : ' ';
      has_value =
          has_value || before == '"' || before == '\'' || after == ' ' || after == ',' || after == '\t';
    }
    if (c != ',' && c != ' ' && c != '\t') has_text = true;
    result.push_back(yaml[i]);
  }
  close();
  return result;
}

std::string shapeOf(const ChartNode& node) {
  if (node.meta.is_object() && node.meta.contains("img")) return "image";
  if (node.meta.is_object() && node.meta.contains("icon")) {
    const std::string form = node.meta.contains("form") && node.meta["form"].is_string()
                                 ? node.meta["form"].get<std::string>()
                                 : "";
    return form == "circle" || form == "square" || form == "rounded" ? "icon-" + form : "icon";
  }
  if (!node.type || *node.type == "square") return "rect";
  if (*node.type == "round") return "rounded";
  return std::string(canonicalShape(*node.type).value_or(*node.type));
}

}  // namespace

LinkText readLink(std::string_view link, std::string_view start) {
  const HalfLink end = readEnd(trimSpace(link));
  LinkText result{.type = end.type, .stroke = end.stroke, .length = end.length};
  if (start.empty()) return result;
  const HalfLink begin = readStart(trimSpace(start));
  const bool fits = begin.stroke == end.stroke && (begin.type == "arrow_open" || begin.type == end.type);
  if (!fits) return {.type = "INVALID", .stroke = Stroke::Invalid};
  if (begin.type != "arrow_open") result.type = "double_" + begin.type;
  return result;
}

ChartNode* ChartBuilder::node(const std::string& id) {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : &chart_.nodes[found->second];
}

ChartNode& ChartBuilder::nodeOrNew(const std::string& id) {
  if (ChartNode* existing = node(id)) return *existing;
  nodes_.emplace(id, chart_.nodes.size());
  return chart_.nodes.emplace_back(ChartNode{.id = id, .text = id});
}

ChartEdge* ChartBuilder::edge(const std::string& id) {
  const auto found = edges_.find(id);
  return found == edges_.end() ? nullptr : &chart_.edges[found->second];
}

ChartSubgraph* ChartBuilder::subgraph(const std::string& id) {
  const auto found = subgraphs_.find(id);
  return found == subgraphs_.end() ? nullptr : &chart_.subgraphs[found->second];
}

void ChartBuilder::setHeader(std::string_view keyword, std::string_view direction) {
  chart_.diagram_type = keyword == "flowchart-elk" ? "flowchart-elk" : "flowchart-v2";
  chart_.direction = trimSpace(direction);
  if (chart_.direction == "<") chart_.direction = "RL";
  if (chart_.direction == "^") chart_.direction = "BT";
  if (chart_.direction == ">") chart_.direction = "LR";
  if (chart_.direction.empty() || chart_.direction == "v" || chart_.direction == "TD")
    chart_.direction = "TB";
}

void ChartBuilder::setConfig(Json config) {
  if (const auto flowchart = config.find("flowchart"); flowchart != config.end() && flowchart->is_object())
    inherit_direction_ = isTrue(*flowchart, "inheritDir");
  chart_.config = std::move(config);
}

void ChartBuilder::setAccessibleDescription(std::string text) {
  std::vector<std::string> lines;
  for (const std::string& line : split(text, '\n')) {
    const std::string_view kept =
        lines.empty() ? std::string_view(line) : std::string_view(line).substr(skipSpace(line, 0));
    if (lines.empty() || !kept.empty()) lines.emplace_back(kept);
  }
  const std::string joined = join(lines, "\n");
  chart_.accessible_description = joined.empty() ? std::nullopt : std::optional(joined);
}

void ChartBuilder::mentionNode(NodeMention mention) {
  if (trimSpace(mention.id).empty() || edge(mention.id) != nullptr) return;
  ChartNode& target = nodeOrNew(mention.id);
  if (target.mention.empty()) target.mention = mention.range;
  if (mention.label) {
    target.label_type = mention.label->type;
    target.text = labelText(*mention.label);
    target.label = mention.label->range;
    target.label_from_data = false;
  }
  if (mention.type) target.type = mention.type;
  if (mention.property) target.property = mention.property;
}

BuildResult ChartBuilder::addData(const std::string& id, const std::string& yaml, SourceRange range) {
  const std::string text =
      yaml.find('\n') == std::string::npos ? "{\n" + completeKeys(yaml) + "\n}" : yaml + "\n";
  const auto data = readYaml(text);
  if (!data) return tl::unexpected(BuildProblem{kBadData, {data.error().message}, {"YAML"}});
  if (ChartSubgraph* group = subgraph(id); group != nullptr && !data->is_null()) {
    if (!data->is_object() || data->empty()) return {};
    if (!group->metadata.is_object()) group->metadata = Json::object();
    group->metadata.update(*data);
    return {};
  }
  if (ChartEdge* target = edge(id)) {
    if (!data->is_object()) return {};
    if (const auto animate = data->find("animate"); animate != data->end() && animate->is_boolean())
      target->animate = animate->get<bool>();
    if (const auto animation = data->find("animation"); animation != data->end() && animation->is_string())
      target->animation = animation->get<std::string>();
    if (const auto curve = data->find("curve"); curve != data->end() && curve->is_string())
      target->interpolate = curve->get<std::string>();
    if (const auto step = data->find("step");
        step != data->end() && step->is_number_integer() && step->get<std::int64_t>() > 0)
      target->step = step->get<std::int64_t>();
    return {};
  }
  if (data->is_null()) return tl::unexpected(BuildProblem{kDataIsNothing, {}, {"shape: ..."}});
  ChartNode& target = nodeOrNew(id);
  target.data = range;
  return data->is_object() ? applyData(target, *data) : BuildResult{};
}

BuildResult ChartBuilder::applyData(ChartNode& target, const Json& data) {
  if (isTrue(data, "shape")) {
    const Json& shape = data["shape"];
    const std::string name = shape.is_string() ? shape.get<std::string>() : dumpJson(shape);
    if (!shape.is_string() || name != lowerAscii(name) || name.find('_') != std::string::npos ||
        !canonicalShape(name))
      return tl::unexpected(BuildProblem{kNoSuchShape, {name}, {"rect", "rounded", "diam", "cyl"}});
    target.type = name;
  }
  if (isTrue(data, "label")) {
    target.text = restoreEntities(yamlText(data["label"]).value_or(dumpJson(data["label"])));
    const auto type = data.find("labelType");
    const std::string name = type != data.end() && type->is_string() ? type->get<std::string>() : "";
    target.label_type = name == "text"     ? LabelType::Text
                        : name == "string" ? LabelType::String
                                           : LabelType::Markdown;
    target.label_from_data = true;
  }
  const auto setMeta = [&](const char* key, Json value) {
    if (!target.meta.is_object()) target.meta = Json::object();
    target.meta[key] = std::move(value);
  };
  const auto copy = [&](const char* key) {
    if (!isTrue(data, key)) return false;
    setMeta(key, data[key].is_string() ? Json(restoreEntities(data[key].get<std::string>())) : data[key]);
    return true;
  };
  const bool blank_label = !isTrue(data, "label") ||
                           (data["label"].is_string() && trimSpace(data["label"].get<std::string>()).empty());
  if (copy("icon") && blank_label && target.text == target.id) target.text.clear();
  copy("form");
  copy("pos");
  if (copy("img") && blank_label && target.text == target.id) target.text.clear();
  copy("constraint");
  for (const char* key : {"w", "h"})
    if (isTrue(data, key)) setMeta(key, asNumber(data[key]));
  return {};
}

void ChartBuilder::addStyles(const std::string& id, const std::vector<std::string>& styles) {
  if (trimSpace(id).empty() || edge(id) != nullptr) return;
  ChartNode& target = nodeOrNew(id);
  target.styles.insert(target.styles.end(), styles.begin(), styles.end());
}

void ChartBuilder::addEdge(const std::string& start, const std::string& end, const LinkText& link,
                           bool with_id) {
  ChartEdge added{.start = start, .end = end, .type = link.type, .stroke = link.stroke};
  added.interpolate = chart_.default_edge_interpolate;
  if (link.label) {
    added.text = labelText(*link.label);
    added.label_type = link.label->type;
    added.plain = plainLabel(added.text, added.label_type);
  }
  added.length = link.length ? std::optional(std::min(*link.length, kLongestLink)) : std::nullopt;
  setArrowHeads(added);
  added.range = link.range;
  const int existing = links_[start + '\n' + end]++;
  if (with_id && link.id && !link.id->empty() && edge(*link.id) == nullptr) {
    added.id = *link.id;
    added.user_id = true;
  } else {
    added.id = "L_" + start + "_" + end + "_" + std::to_string(existing == 0 ? 0 : existing + 1);
  }
  edges_.emplace(added.id, chart_.edges.size());
  chart_.edges.push_back(std::move(added));
}

BuildResult ChartBuilder::addLinks(const std::vector<std::string>& starts,
                                   const std::vector<std::string>& ends, const LinkText& link) {
  if (chart_.edges.size() + starts.size() * ends.size() > kMostLinks)
    return tl::unexpected(
        BuildProblem{kTooManyLinks, {formatGrouped(static_cast<double>(kMostLinks), 0)}, {"fewer links"}});
  for (const std::string& start : starts)
    for (const std::string& end : ends)
      addEdge(start, end, link, start == starts.back() && end == ends.front());
  return {};
}

void ChartBuilder::addClassDefinition(const std::string& ids, const std::vector<std::string>& styles) {
  // A comma with a backslash belongs to the value, the others part the styles.
  std::vector<std::string> parts = {""};
  const std::string joined = join(styles, ",");
  for (std::size_t i = 0; i < joined.size(); ++i) {
    if (joined[i] == '\\' && i + 1 < joined.size() && joined[i + 1] == ',') {
      parts.back().push_back(',');
      ++i;
    } else if (joined[i] == ',' || joined[i] == ';') {
      parts.emplace_back();
    } else {
      parts.back().push_back(joined[i]);
    }
  }
  for (const std::string& id : idsOf(ids)) {
    const auto [found, is_new] = classes_.emplace(id, chart_.classes.size());
    if (is_new) chart_.classes.push_back({.id = id});
    ChartClass& target = chart_.classes[found->second];
    for (const std::string& style : parts) {
      if (style.find("color") != std::string::npos) {
        std::string text_style = style;
        if (const std::size_t fill = text_style.find("fill"); fill != std::string::npos)
          text_style.replace(fill, 4, "bgFill");
        target.text_styles.push_back(std::move(text_style));
      }
      target.styles.push_back(style);
    }
  }
}

void ChartBuilder::addClass(const std::string& ids, const std::string& name) {
  for (const std::string& id : idsOf(ids)) {
    if (ChartNode* target = node(id)) target->classes.push_back(name);
    if (ChartEdge* target = edge(id)) target->classes.push_back(name);
    if (ChartSubgraph* target = subgraph(id)) target->classes.push_back(name);
  }
}

void ChartBuilder::addClick(const std::string& ids, const ChartClick& click,
                            const std::optional<std::string>& tooltip) {
  for (const std::string& id : idsOf(ids)) {
    if (ChartNode* target = node(id))
      target->click = click;
    else
      chart_.ignored_clicks.emplace_back(id, click);
    if (tooltip) tooltips_[id] = *tooltip;
  }
  addClass(ids, "clickable");
}

BuildResult ChartBuilder::styleEdges(const std::vector<std::string>& positions,
                                     const std::optional<std::vector<std::string>>& styles,
                                     const std::optional<std::string>& interpolate) {
  for (const std::string& position : positions) {
    double number = 0;
    const bool canonical = position == "0" || position[0] != '0';
    if (!canonical || !parseNumber(position, number) || number >= static_cast<double>(chart_.edges.size()))
      return tl::unexpected(BuildProblem{
          kEdgeOutOfRange, {position, std::to_string(chart_.edges.size())}, {"a number of an edge"}});
    ChartEdge& target = chart_.edges[static_cast<std::size_t>(number)];
    if (interpolate) target.interpolate = interpolate;
    if (!styles) continue;
    target.style = *styles;
    const bool has_fill = std::any_of(styles->begin(), styles->end(),
                                      [](const std::string& style) { return style.rfind("fill", 0) == 0; });
    if (!has_fill) target.style.emplace_back("fill:none");
  }
  return {};
}

std::string ChartBuilder::addSubgraph(std::optional<std::string> id, LabelText title, SubgraphBody body) {
  const bool made_id = !id;
  if (made_id) id = "subGraph" + std::to_string(subgraph_count_);
  ++subgraph_count_;
  std::vector<std::string> members;
  std::unordered_set<std::string> seen;
  for (std::string& member : body.members) {
    if (trimSpace(member).empty() || !seen.insert(member).second) continue;
    if (member == *id || members_.count(member) > 0) continue;
    members.push_back(std::move(member));
  }
  members_.insert(members.begin(), members.end());
  if (ChartSubgraph* existing = subgraph(*id)) {
    existing->nodes.insert(existing->nodes.end(), members.begin(), members.end());
    return *id;
  }
  ChartSubgraph added{.id = *id,
                      .made_id = made_id,
                      .title = restoreEntities(trimSpace(title.text)),
                      .label_type = title.type};
  added.plain = plainLabel(added.title, added.label_type);
  added.nodes = std::move(members);
  added.direction = std::move(body.direction);
  if (!added.direction && inherit_direction_) added.direction = chart_.direction;
  subgraphs_.emplace(*id, chart_.subgraphs.size());
  chart_.subgraphs.push_back(std::move(added));
  return *id;
}

Chart ChartBuilder::finish() {
  // A member that is neither a node nor a subgraph is a leftover of the statement that named it.
  for (ChartSubgraph& group : chart_.subgraphs)
    group.nodes.erase(
        std::remove_if(group.nodes.begin(), group.nodes.end(),
                       [&](const std::string& id) { return node(id) == nullptr && subgraph(id) == nullptr; }),
        group.nodes.end());
  for (const ChartSubgraph& group : chart_.subgraphs) {
    for (const std::string& member : group.nodes) {
      if (ChartNode* child = node(member); child != nullptr && !child->parent) child->parent = group.id;
      if (ChartSubgraph* child = subgraph(member); child != nullptr && !child->parent)
        child->parent = group.id;
    }
  }
  for (ChartNode& target : chart_.nodes) {
    target.plain = plainLabel(target.text, target.label_type);
    target.shape = shapeOf(target);
    target.is_subgraph = subgraph(target.id) != nullptr;
    if (const auto tooltip = tooltips_.find(target.id); tooltip != tooltips_.end())
      target.tooltip = tooltip->second;
  }
  return std::move(chart_);
}

}  // namespace lodestone::pipeline
