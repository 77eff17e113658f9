// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "core/pipeline/chart/label_metrics.h"
#include "core/pipeline/chart/layout.h"

// Only plain attributes, paths and text: readers such as Qt's know neither markers nor style sheets.

namespace lodestone::pipeline {

namespace {

constexpr std::string_view kFonts =
    "system-ui, 'Noto Sans', 'Segoe UI', 'DejaVu Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang "
    "SC', sans-serif";
/// The colours of a theme.
struct Palette {
  std::string_view page;
  std::string_view node;
  std::string_view node_line;
  std::string_view text;
  std::string_view edge;
  std::string_view feedback;
  std::string_view frame;
  std::string_view frame_line;
  std::string_view lit;
};
constexpr Palette kLight{"#ffffff", "#eef2fb", "#5b6f9f", "#1f2937", "#4b5563",
                         "#9a6700", "#f8fafc", "#b6c1d2", "#0a58ca"};
constexpr Palette kDark{"#14171c", "#232b3a", "#7f96c9", "#e5e9f0", "#9aa4b2",
                        "#d9a441", "#1a1f27", "#3c4758", "#6ea8fe"};
constexpr std::string_view kFaint = "0.3";

std::string_view markColour(NodeMark mark) {
  switch (mark) {
    case NodeMark::Done:
      return "#2e9e5b";
    case NodeMark::Running:
      return "#2f7de1";
    case NodeMark::Waiting:
      return "#8b94a3";
    case NodeMark::Failed:
      return "#d64545";
    case NodeMark::Stale:
      return "#c98a1b";
  }
  return "#8b94a3";
}

/// Addresses that cannot run anything.
bool isHarmless(std::string_view address) {
  const std::string lower = lowerAscii(address);
  const std::size_t colon = lower.find_first_of(":/?#");
  const bool relative = colon == std::string::npos || lower[colon] != ':';
  if (relative) return lower.find('\\') == std::string::npos;
  const std::string scheme = lower.substr(0, colon);
  return scheme == "http" || scheme == "https" || scheme == "mailto";
}
constexpr double kArrowLength = 10;
constexpr double kArrowHalfWidth = 4;

std::string number(double value) {
  return formatNumber(std::round(value * 100) / 100);
}

std::string pair(double x, double y) {
  return number(x) + "," + number(y);
}

// XML knows no control characters.
std::string xmlText(std::string_view text) {
  std::string clean;
  for (const char c : toValidUtf8(text)) clean.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  return escapeHtml(clean);
}

/// Style properties that we draw, by name.
using Properties = std::map<std::string, std::string, std::less<>>;

// Values go into attributes, so only what colours, numbers and dashes are made of.
void readStyles(const std::vector<std::string>& styles, Properties& properties) {
  static constexpr std::string_view kAllowed = "#(),.% -";
  for (const std::string& style : styles) {
    const std::size_t colon = style.find(':');
    if (colon == std::string::npos) continue;
    const std::string name(trim(std::string_view(style).substr(0, colon)));
    std::string value(trim(std::string_view(style).substr(colon + 1)));
    if (const std::size_t important = value.find('!'); important != std::string::npos)
      value = trim(std::string_view(value).substr(0, important));
    if (!value.empty() && value.back() == ';') value.pop_back();
    const bool plain = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             kAllowed.find(c) != std::string_view::npos;
    });
    if (plain) properties[name] = value;
  }
}

std::string valueOr(const Properties& properties, std::string_view name, std::string_view otherwise) {
  const auto found = properties.find(name);
  return found == properties.end() ? std::string(otherwise) : found->second;
}

class SvgWriter {
 public:
  SvgWriter(const Chart& chart, const Layout& layout, const SvgOptions& options)
      : chart_(chart), layout_(layout), options_(options), palette_(options.dark ? kDark : kLight) {
    for (const ChartClass& definition : chart.classes) readStyles(definition.styles, classes_[definition.id]);
    for (const ChartNode& node : chart.nodes) nodes_.emplace(node.id, &node);
    for (const ChartSubgraph& subgraph : chart.subgraphs) subgraphs_.emplace(subgraph.id, &subgraph);
  }

  std::string write() {
    const std::string width = number(layout_.width);
    const std::string height = number(layout_.height);
    svg_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        "version=\"1.1\" width=\"" +
        width + "pt\" height=\"" + height + "pt\" viewBox=\"" + number(layout_.left) + " " +
        number(layout_.top) + " " + width + " " + height + "\" font-family=\"" + std::string(kFonts) +
        "\" font-size=\"" + number(kFontSize) + "\">\n";
    if (const auto& title = chart_.accessible_title ? chart_.accessible_title : chart_.title)
      svg_ += "<title>" + xmlText(*title) + "</title>\n";
    if (chart_.accessible_description)
      svg_ += "<desc>" + xmlText(*chart_.accessible_description) + "</desc>\n";
    svg_ += rectangle({layout_.left, layout_.top, layout_.width, layout_.height}, 0) + " fill=\"" +
            std::string(palette_.page) + "\"/>\n";
    if (chart_.title)
      text(labelLines(*chart_.title), layout_.width / 2, 12 + labelSize(*chart_.title).height / 2,
           palette_.text, "bold");
    for (const SubgraphLayout& subgraph : layout_.subgraphs) drawSubgraph(subgraph);
    for (const EdgeLayout& edge : layout_.edges) drawEdge(edge);
    for (const NodeLayout& node : layout_.nodes) drawNode(node);
    for (const EdgeLayout& edge : layout_.edges) drawEdgeLabel(edge);
    return svg_ + "</svg>\n";
  }

 private:
  Properties propertiesOf(const std::vector<std::string>& classes,
                          const std::vector<std::string>& styles) const {
    Properties properties;
    const auto add = [&](const std::string& name) {
      if (const auto found = classes_.find(name); found != classes_.end())
        for (const auto& [key, value] : found->second) properties[key] = value;
    };
    add("default");
    for (const std::string& name : classes) add(name);
    readStyles(styles, properties);
    return properties;
  }

  void text(const std::vector<std::string>& lines, double x, double middle, std::string_view colour,
            std::string_view weight = "normal") {
    double y = middle - kLineHeight * (static_cast<double>(lines.size()) - 1) / 2 + kFontSize * 0.36;
    for (const std::string& line : lines) {
      svg_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"middle\" fill=\"" +
              std::string(colour) +
              (weight == "normal" ? "\"" : "\" font-weight=\"" + std::string(weight) + "\"") + ">" +
              xmlText(line) + "</text>\n";
      y += kLineHeight;
    }
  }

  void drawSubgraph(const SubgraphLayout& placed) {
    const auto found = subgraphs_.find(placed.id);
    if (found == subgraphs_.end()) return;
    const auto node = nodes_.find(placed.id);
    const Properties style = propertiesOf(
        found->second->classes, node == nodes_.end() ? std::vector<std::string>{} : node->second->styles);
    const LayoutBox& box = placed.box;
    svg_ += "<rect x=\"" + number(box.x) + "\" y=\"" + number(box.y) + "\" width=\"" + number(box.width) +
            "\" height=\"" + number(box.height) + "\" rx=\"4\" fill=\"" +
            valueOr(style, "fill", palette_.frame) + "\" stroke=\"" +
            valueOr(style, "stroke", palette_.frame_line) + "\"/>\n";
    const TextSize size = labelSize(found->second->plain);
    if (placed.collapsed) {
      svg_ += rectangle({box.x + 3, box.y + 3, box.width - 6, box.height - 6}, 3) +
              " fill=\"none\" stroke=\"" + valueOr(style, "stroke", palette_.frame_line) + "\"/>\n";
      text(labelLines(found->second->plain), box.x + box.width / 2, box.y + box.height / 2,
           valueOr(style, "color", palette_.text));
      return;
    }
    text(labelLines(found->second->plain), box.x + box.width / 2, box.y + 6 + size.height / 2,
         valueOr(style, "color", palette_.text));
  }

  // --- nodes ---

  std::string polygon(const std::vector<LayoutPoint>& points) const {
    std::string list;
    for (const LayoutPoint& point : points) list += (list.empty() ? "" : " ") + pair(point.x, point.y);
    return "<polygon points=\"" + list + "\"";
  }

  static std::string rectangle(const LayoutBox& b, double radius) {
    return "<rect x=\"" + number(b.x) + "\" y=\"" + number(b.y) + "\" width=\"" + number(b.width) +
           "\" height=\"" + number(b.height) + (radius > 0 ? "\" rx=\"" + number(radius) + "\"" : "\"");
  }

  static std::string ellipse(const LayoutBox& b, double inset) {
    return "<ellipse cx=\"" + number(b.x + b.width / 2) + "\" cy=\"" + number(b.y + b.height / 2) +
           "\" rx=\"" + number(std::max(b.width / 2 - inset, 1.0)) + "\" ry=\"" +
           number(std::max(b.height / 2 - inset, 1.0)) + "\"";
  }

  static std::string path(const std::string& data) { return "<path d=\"" + data + "\""; }

  // The outline, and lines drawn over it.
  std::vector<std::string> outline(const std::string& shape, const LayoutBox& b) const {
    const double l = b.x;
    const double t = b.y;
    const double r = b.x + b.width;
    const double o = b.y + b.height;
    const double mx = (l + r) / 2;
    const double my = (t + o) / 2;
    const double slant = std::min(b.height / 2, b.width / 4);
    if (shape == "rounded") return {rectangle(b, 8)};
    if (shape == "stadium") return {rectangle(b, b.height / 2)};
    if (shape == "circle" || shape == "ellipse" || shape == "sm-circ" || shape == "f-circ")
      return {ellipse(b, 0)};
    if (shape == "dbl-circ" || shape == "fr-circ") return {ellipse(b, 0), ellipse(b, 4)};
    if (shape == "diam" || shape == "choice") return {polygon({{mx, t}, {r, my}, {mx, o}, {l, my}})};
    if (shape == "hex")
      return {polygon({{l + slant, t}, {r - slant, t}, {r, my}, {r - slant, o}, {l + slant, o}, {l, my}})};
    if (shape == "lean-r") return {polygon({{l + slant, t}, {r, t}, {r - slant, o}, {l, o}})};
    if (shape == "lean-l") return {polygon({{l, t}, {r - slant, t}, {r, o}, {l + slant, o}})};
    if (shape == "trap-b") return {polygon({{l + slant, t}, {r - slant, t}, {r, o}, {l, o}})};
    if (shape == "trap-t") return {polygon({{l, t}, {r, t}, {r - slant, o}, {l + slant, o}})};
    if (shape == "odd") return {polygon({{l, t}, {r, t}, {r, o}, {l, o}, {l + slant, my}})};
    if (shape == "tri") return {polygon({{mx, t}, {r, o}, {l, o}})};
    if (shape == "flip-tri") return {polygon({{l, t}, {r, t}, {mx, o}})};
    if (shape == "notch-rect") return {polygon({{l + 12, t}, {r, t}, {r, o}, {l, o}, {l, t + 12}})};
    if (shape == "sl-rect") return {polygon({{l, t + 8}, {r, t}, {r, o}, {l, o}})};
    if (shape == "hourglass") return {polygon({{l, t}, {r, t}, {l, o}, {r, o}})};
    if (shape == "fr-rect" || shape == "div-rect" || shape == "lin-rect")
      return {rectangle(b, 0), rectangle({l + 7, t, b.width - 14, b.height}, 0)};
    if (shape == "st-rect" || shape == "docs")
      return {rectangle({l + 4, t, b.width - 4, b.height - 4}, 0),
              rectangle({l, t + 4, b.width - 4, b.height - 4}, 0)};
    if (shape == "cyl" || shape == "lin-cyl") {
      const std::string cap = number(b.width / 2) + ",8 0 0 ";
      return {path("M" + pair(l, t + 8) + " A" + cap + "1 " + pair(r, t + 8) + " L" + pair(r, o - 8) + " A" +
                   cap + "1 " + pair(l, o - 8) + " Z"),
              path("M" + pair(l, t + 8) + " A" + cap + "0 " + pair(r, t + 8))};
    }
    if (shape == "doc" || shape == "lin-doc" || shape == "tag-doc" || shape == "flag")
      return {path("M" + pair(l, t) + " L" + pair(r, t) + " L" + pair(r, o - 10) + " C" +
                   pair(r - b.width / 4, o - 22) + " " + pair(mx, o + 6) + " " + pair(l, o - 4) + " Z")};
    if (shape == "delay")
      return {path("M" + pair(l, t) + " L" + pair(r - b.height / 2, t) + " A" +
                   pair(b.height / 2, b.height / 2) + " 0 0 1 " + pair(r - b.height / 2, o) + " L" +
                   pair(l, o) + " Z")};
    return {rectangle(b, 2)};
  }

  void drawNode(const NodeLayout& placed) {
    const auto found = nodes_.find(placed.id);
    if (found == nodes_.end()) return;
    const ChartNode& node = *found->second;
    const bool linked =
        options_.links && node.click && !node.click->callback && isHarmless(node.click->target_or_function);
    svg_ += isLit(node.id) ? "<g>\n" : "<g opacity=\"" + std::string(kFaint) + "\">\n";
    if (node.tooltip) svg_ += "<title>" + xmlText(*node.tooltip) + "</title>\n";
    if (linked)
      svg_ += "<a href=\"" + xmlText(node.click->target_or_function) + "\" xlink:href=\"" +
              xmlText(node.click->target_or_function) + "\">\n";
    drawShape(node, placed.box);
    if (const auto mark = options_.marks.find(node.id); mark != options_.marks.end())
      svg_ += "<circle cx=\"" + number(placed.box.x + placed.box.width - 6) + "\" cy=\"" +
              number(placed.box.y + 6) + "\" r=\"4\" fill=\"" + std::string(markColour(mark->second)) +
              "\"/>\n";
    svg_ += linked ? "</a>\n</g>\n" : "</g>\n";
  }

  bool isLit(const std::string& id) const { return options_.lit.empty() || options_.lit.count(id) > 0; }

  void drawShape(const ChartNode& node, const LayoutBox& box) {
    const Properties style = propertiesOf(node.classes, node.styles);
    const bool solid = node.shape == "sm-circ" || node.shape == "f-circ" || node.shape == "fork";
    std::string paint = " fill=\"" + valueOr(style, "fill", solid ? palette_.node_line : palette_.node) +
                        "\" stroke=\"" + valueOr(style, "stroke", palette_.node_line) + "\" stroke-width=\"" +
                        valueOr(style, "stroke-width", "1.2") + "\"";
    if (const std::string dashes = valueOr(style, "stroke-dasharray", ""); !dashes.empty())
      paint += " stroke-dasharray=\"" + dashes + "\"";
    if (node.shape != "text" && node.shape.rfind("brace", 0) != 0)
      for (const std::string& line : outline(node.shape, box)) svg_ += line + paint + "/>\n";
    if (solid || node.shape == "fr-circ" || node.shape == "choice") return;
    text(labelLines(node.plain), box.x + box.width / 2, box.y + box.height / 2,
         valueOr(style, "color", palette_.text));
  }

  // --- edges ---

  static LayoutPoint towards(const LayoutPoint& from, const LayoutPoint& to) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    if (length < 1e-6) return {0, 1};
    return {(to.x - from.x) / length, (to.y - from.y) / length};
  }

  void drawHead(ArrowHead head, const LayoutPoint& tip, const LayoutPoint& before,
                const std::string& colour) {
    if (head == ArrowHead::None) return;
    const LayoutPoint d = towards(before, tip);
    const auto at = [&](double back, double aside) {
      return LayoutPoint{tip.x - d.x * back - d.y * aside, tip.y - d.y * back + d.x * aside};
    };
    if (head == ArrowHead::Point) {
      svg_ += polygon({tip, at(kArrowLength, kArrowHalfWidth), at(kArrowLength, -kArrowHalfWidth)}) +
              " fill=\"" + colour + "\"/>\n";
    } else if (head == ArrowHead::Circle) {
      const LayoutPoint center = at(kArrowHalfWidth, 0);
      svg_ += "<circle cx=\"" + number(center.x) + "\" cy=\"" + number(center.y) + "\" r=\"" +
              number(kArrowHalfWidth) + "\" fill=\"" + colour + "\"/>\n";
    } else {
      for (const double side : {-1.0, 1.0}) {
        const LayoutPoint from = at(1, side * kArrowHalfWidth);
        const LayoutPoint to = at(1 + 2 * kArrowHalfWidth, -side * kArrowHalfWidth);
        svg_ += path("M" + pair(from.x, from.y) + " L" + pair(to.x, to.y)) + " fill=\"none\" stroke=\"" +
                colour + "\" stroke-width=\"1.6\"/>\n";
      }
    }
  }

  Properties edgeStyle(const ChartEdge& edge) const {
    Properties style;
    if (chart_.default_edge_style) readStyles(*chart_.default_edge_style, style);
    for (const std::string& name : edge.classes)
      if (const auto found = classes_.find(name); found != classes_.end())
        for (const auto& [key, value] : found->second) style[key] = value;
    readStyles(edge.style, style);
    return style;
  }

  void drawEdge(const EdgeLayout& placed) {
    const ChartEdge& edge = chart_.edges[placed.edge];
    const std::vector<LayoutPoint>& spline = placed.spline;
    if (spline.size() < 4 || edge.stroke == Stroke::Invisible) return;
    const Properties style = edgeStyle(edge);
    const bool lit = !options_.lit.empty() && isLit(edge.start) && isLit(edge.end);
    const std::string colour =
        lit ? std::string(palette_.lit)
            : valueOr(style, "stroke", placed.feedback ? palette_.feedback : palette_.edge);
    std::string data = "M" + pair(spline[0].x, spline[0].y);
    for (std::size_t i = 1; i + 2 < spline.size(); i += 3)
      data += " C" + pair(spline[i].x, spline[i].y) + " " + pair(spline[i + 1].x, spline[i + 1].y) + " " +
              pair(spline[i + 2].x, spline[i + 2].y);
    std::string paint = " fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" +
                        valueOr(style, "stroke-width", edge.stroke == Stroke::Thick || lit ? "2.8" : "1.2") +
                        "\"";
    if (!options_.lit.empty() && !lit) paint += " stroke-opacity=\"" + std::string(kFaint) + "\"";
    const std::string dashes = valueOr(style, "stroke-dasharray", edge.stroke == Stroke::Dotted ? "3,3" : "");
    if (!dashes.empty()) paint += " stroke-dasharray=\"" + dashes + "\"";
    svg_ += path(data) + paint + "/>\n";
    drawHead(edge.arrow_end, spline.back(), spline[spline.size() - 4], colour);
    drawHead(edge.arrow_start, spline.front(), spline[3], colour);
  }

  void drawEdgeLabel(const EdgeLayout& placed) {
    const ChartEdge& edge = chart_.edges[placed.edge];
    if (!placed.label_center || edge.plain.empty()) return;
    const TextSize size = labelSize(edge.plain);
    const LayoutPoint& c = *placed.label_center;
    svg_ += rectangle({c.x - size.width / 2 - 3, c.y - size.height / 2, size.width + 6, size.height}, 2) +
            " fill=\"" + std::string(palette_.page) + "\" fill-opacity=\"0.85\"/>\n";
    text(labelLines(edge.plain), c.x, c.y, valueOr(edgeStyle(edge), "color", palette_.text));
  }

  const Chart& chart_;
  const Layout& layout_;
  const SvgOptions& options_;
  const Palette& palette_;
  std::unordered_map<std::string, Properties> classes_;
  std::unordered_map<std::string, const ChartNode*> nodes_;
  std::unordered_map<std::string, const ChartSubgraph*> subgraphs_;
  std::string svg_;
};

}  // namespace

std::string renderSvg(const Chart& chart, const Layout& layout, const SvgOptions& options) {
  return SvgWriter(chart, layout, options).write();
}

}  // namespace lodestone::pipeline
