// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/charts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/campaign/rule.h"

namespace lodestone::campaign {

namespace {

// Okabe and Ito's colours that stand apart on white, and dashes, so that colour is never alone.
constexpr std::array<const char*, 7> kColours{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                              "#56B4E9", "#E69F00", "#5B6472"};
constexpr std::array<const char*, 7> kDashes{"", "7 4", "2 3", "9 3 2 3", "5 2", "12 4", "1 4"};
constexpr const char* kLine = "#DADDE3";
constexpr const char* kInk = "#1B1F27";
constexpr const char* kInk2 = "#5B6472";
constexpr const char* kWarn = "#B42318";

constexpr double kPlotText = 13;

std::string coordinate(double value) {
  return plainNumber(std::round(value * 10) / 10 + 0.0);
}

enum class Anchor { Start, Middle, End };

/// About how wide a text of that size is: wide characters count as one size, others as just over half.
double textWidth(std::string_view text, double size) {
  double width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE0)
      width += size;
    else if (byte < 0x80 || byte >= 0xC0)
      width += size * 0.54;
  }
  return width;
}

std::string shortenTo(const std::string& text, double width, double size) {
  if (textWidth(text, size) <= width) return text;
  for (std::size_t characters = text.size(); characters > 1; --characters)
    if (std::string cut = shorten(text, characters - 1); textWidth(cut, size) <= width) return cut;
  return "…";
}

class Svg {
 public:
  Svg(double width, double height, const ChartText& text) : width_(width), height_(height) {
    const std::string w = coordinate(width);
    const std::string h = coordinate(height);
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + w + "\" height=\"" + h +
           "\" viewBox=\"0 0 " + w + " " + h + "\" role=\"img\" font-family=\"sans-serif\"><title>" +
           escapeHtml(text.title) + "</title><desc>" + escapeHtml(text.summary) + "</desc>";
    rectangle(0, 0, width, height, "#FFFFFF");
  }

  void rectangle(double x, double y, double width, double height, const std::string& fill,
                 double opacity = 1) {
    out_ += "<rect" + at("x", x) + at("y", y) + at("width", width) + at("height", height) + " fill=\"" +
            fill + "\"" + (opacity < 1 ? at("fill-opacity", opacity) : "") + "/>";
  }
  void line(double x1, double y1, double x2, double y2, const std::string& colour, double width = 1,
            const std::string& dashes = "") {
    out_ += "<line" + at("x1", x1) + at("y1", y1) + at("x2", x2) + at("y2", y2) +
            stroke(colour, width, dashes) + "/>";
  }
  void polyline(const std::vector<Point>& points, const std::string& colour, double width,
                const std::string& dashes) {
    out_ += "<polyline fill=\"none\" points=\"";
    for (const Point& point : points) out_ += coordinate(point.x) + "," + coordinate(point.y) + " ";
    out_ += "\"" + stroke(colour, width, dashes) + "/>";
  }
  void circle(double x, double y, double radius, const std::string& fill) {
    out_ += "<circle" + at("cx", x) + at("cy", y) + at("r", radius) + " fill=\"" + fill + "\"/>";
  }
  void text(double x, double y, const std::string& words, Anchor anchor, double size = 11,
            const std::string& colour = kInk2, const std::string& more = "") {
    const char* name = anchor == Anchor::Start ? "start" : anchor == Anchor::Middle ? "middle" : "end";
    out_ += "<text" + at("x", x) + at("y", y) + at("font-size", size) + " text-anchor=\"" + name +
            "\" fill=\"" + colour + "\"" + more + ">" + escapeHtml(words) + "</text>";
  }
  void textUp(double x, double y, const std::string& words) {
    const std::string turn = " transform=\"rotate(-90 " + coordinate(x) + " " + coordinate(y) + ")\"";
    text(x, y, words, Anchor::Middle, kPlotText, kInk2, turn);
  }
  std::string done() { return out_ + "</svg>"; }
  double width() const { return width_; }
  double height() const { return height_; }

 private:
  static std::string at(const char* name, double value) {
    return std::string(" ") + name + "=\"" + coordinate(value) + "\"";
  }
  static std::string stroke(const std::string& colour, double width, const std::string& dashes) {
    return " stroke=\"" + colour + "\"" + at("stroke-width", width) +
           (dashes.empty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
  }

  double width_;
  double height_;
  std::string out_;
};

struct Axis {
  double low = 0;
  double high = 1;
  double begin = 0;  // pixels
  double end = 1;
  double at(double value) const { return begin + (value - low) / (high - low) * (end - begin); }
};

constexpr double kPlotWidth = 440;
constexpr double kPlotHeight = 336;

constexpr double kPlotLeft = 64;
constexpr double kPlotRight = 422;
constexpr double kPlotTop = 34;
constexpr double kPlotBottom = 282;

std::string percentTick(double value, double step) {
  const int decimals = step >= 0.00999 ? 0 : step >= 0.000999 ? 1 : 2;
  return formatGrouped(value * 100, decimals) + " %";
}

/// Grid, ticks and names of two axes in per cent; the title is the page's.
void drawFrame(Svg& svg, const ChartText& text, const Axis& x, const Axis& y,
               const std::vector<double>& ticks) {
  const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
  for (const double tick : ticks) {
    svg.line(x.begin, y.at(tick), x.end, y.at(tick), kLine);
    svg.line(x.at(tick), y.begin, x.at(tick), y.end, kLine);
    svg.text(x.begin - 7, y.at(tick) + 4, percentTick(tick, step), Anchor::End, kPlotText);
    svg.text(x.at(tick), y.begin + 19, percentTick(tick, step), Anchor::Middle, kPlotText);
  }
  svg.text((x.begin + x.end) / 2, y.begin + 42, text.x_label, Anchor::Middle, kPlotText);
  svg.textUp(13, (y.begin + y.end) / 2, text.y_label);
}

struct LegendEntry {
  std::string name;
  std::string colour;
  std::string dashes;
};

void drawLegend(Svg& svg, const std::vector<LegendEntry>& entries) {
  double x = kPlotLeft;
  for (const LegendEntry& entry : entries) {
    svg.line(x, 16, x + 22, 16, entry.colour, 2, entry.dashes);
    svg.text(x + 28, 20, entry.name, Anchor::Start, kPlotText, kInk);
    x += 28 + textWidth(entry.name, kPlotText) + 18;
  }
}

constexpr double kRowLabel = 12;
constexpr double kRowNote = 11;

double labelGutter(const std::vector<std::string>& labels, double most) {
  double width = 60;
  for (const std::string& label : labels)
    for (const std::string& line : split(label, '\n'))
      width = std::max(width, textWidth(line, kRowLabel) + 14);
  return std::min(width, most);
}

/// The name of a row beside it; what follows a line feed stands smaller below.
void drawLabel(Svg& svg, const std::string& label, double right, double middle) {
  const std::size_t end = std::min(label.find('\n'), label.size());
  const std::string name = label.substr(0, end);
  const std::string note = end < label.size() ? label.substr(end + 1) : "";
  svg.text(right, middle + (note.empty() ? 4 : -2), shortenTo(name, right - 4, kRowLabel), Anchor::End,
           kRowLabel, kInk);
  if (!note.empty())
    svg.text(right, middle + 12, shortenTo(note, right - 4, kRowNote), Anchor::End, kRowNote);
}

std::string tickText(double value, double step) {
  const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
  return formatGrouped(value, std::clamp(decimals, 0, 6));
}

constexpr double kWide = 720;
constexpr double kRowHeight = 36;
constexpr double kWidestLabel = 270;

}  // namespace

std::vector<double> niceTicks(double low, double high, int count) {
  if (!(high > low)) high = low + 1;
  const double raw = (high - low) / count;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= raw * 0.999) {
      step = factor * power;
      break;
    }
  std::vector<double> ticks;
  const double first = std::floor(low / step + 1e-9);
  for (double i = first; (ticks.empty() || ticks.back() < high - step * 1e-6) && ticks.size() < 50; i += 1)
    ticks.push_back(i * step);
  return ticks;
}

std::string lineChart(const ChartText& text, const std::vector<Series>& series, const Reference& reference) {
  Svg svg(kPlotWidth, kPlotHeight, text);
  const Axis x{0, 1, kPlotLeft, kPlotRight};
  const Axis y{0, 1, kPlotBottom, kPlotTop};
  drawFrame(svg, text, x, y, {0, 0.2, 0.4, 0.6, 0.8, 1});
  std::vector<LegendEntry> legend;
  if (reference.kind != Reference::Kind::None) {
    const bool level = reference.kind == Reference::Kind::Level;
    svg.line(x.at(0), y.at(level ? reference.level : 0), x.at(1), y.at(level ? reference.level : 1), kInk2,
             1.2, "3 4");
  }
  for (std::size_t i = 0; i < series.size() && i < kColours.size(); ++i) {
    std::vector<Point> points;
    for (const Point& point : series[i].points) points.push_back({x.at(point.x), y.at(point.y)});
    svg.polyline(points, kColours[i], 2, kDashes[i]);
    legend.push_back({series[i].name, kColours[i], kDashes[i]});
  }
  if (reference.kind != Reference::Kind::None) legend.push_back({reference.name, kInk2, "3 4"});
  drawLegend(svg, legend);
  return svg.done();
}

std::string calibrationChart(const ChartText& text, const std::vector<CalibrationPoint>& points,
                             const std::string& ideal_name) {
  Svg svg(kPlotWidth, kPlotHeight, text);
  double largest = 0;
  double most_rows = 1;
  for (const CalibrationPoint& point : points) {
    largest = std::max({largest, point.predicted, point.observed});
    most_rows = std::max(most_rows, point.rows);
  }
  const std::vector<double> ticks = niceTicks(0, std::clamp(largest, 0.01, 1.0));
  const Axis x{0, ticks.back(), kPlotLeft, kPlotRight};
  const Axis y{0, ticks.back(), kPlotBottom, kPlotTop};
  drawFrame(svg, text, x, y, ticks);
  for (const CalibrationPoint& point : points) {
    const double height = 34 * point.rows / most_rows;
    svg.rectangle(x.at(point.predicted) - 5, kPlotBottom - height, 10, height, kColours[4], 0.35);
  }
  svg.line(x.begin, y.begin, x.end, y.end, kInk2, 1.2, "3 4");
  std::vector<Point> line;
  for (const CalibrationPoint& point : points) line.push_back({x.at(point.predicted), y.at(point.observed)});
  svg.polyline(line, kColours[0], 1.5, "");
  for (const Point& point : line) svg.circle(point.x, point.y, 4, kColours[0]);
  drawLegend(svg, {{text.y_label, kColours[0], ""}, {ideal_name, kInk2, "3 4"}});
  return svg.done();
}

std::string barChart(const ChartText& text, const std::vector<Bar>& bars) {
  std::vector<std::string> labels;
  double largest = 0;
  double value_width = 40;
  for (const Bar& bar : bars) {
    labels.push_back(bar.label);
    largest = std::max(largest, bar.value);
    value_width = std::max(value_width, textWidth(bar.value_text, 11) + 12);
  }
  const double left = labelGutter(labels, kWidestLabel);
  const double bottom = 14 + kRowHeight * static_cast<double>(bars.size());
  Svg svg(kWide, bottom + 44, text);
  const std::vector<double> ticks = niceTicks(0, largest);
  const Axis x{0, ticks.back(), left, kWide - value_width - 14};
  for (const double tick : ticks) {
    svg.line(x.at(tick), 10, x.at(tick), bottom, kLine);
    svg.text(x.at(tick), bottom + 16, tickText(tick, ticks[1] - ticks[0]), Anchor::Middle);
  }
  svg.text((x.begin + x.end) / 2, bottom + 35, text.x_label, Anchor::Middle);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double top = 14 + kRowHeight * static_cast<double>(i);
    drawLabel(svg, bars[i].label, left - 10, top + kRowHeight / 2);
    svg.rectangle(left, top + 7, std::max(1.0, x.at(bars[i].value) - left), kRowHeight - 14, kColours[0],
                  0.85);
    svg.text(x.at(bars[i].value) + 7, top + kRowHeight / 2 + 4, bars[i].value_text, Anchor::Start, 11, kInk);
  }
  return svg.done();
}

std::string intervalChart(const ChartText& text, const std::vector<IntervalRow>& rows,
                          const std::string& no_value) {
  std::vector<std::string> labels;
  double low = 0;
  double high = 0;
  double value_width = 40;
  for (const IntervalRow& row : rows) {
    labels.push_back(row.label);
    if (!row.value) continue;
    low = std::min(low, row.low);
    high = std::max(high, row.high);
    value_width = std::max(value_width, textWidth(row.value_text, 11) + 12);
  }
  const double left = labelGutter(labels, kWidestLabel);
  const double bottom = 14 + kRowHeight * static_cast<double>(rows.size());
  Svg svg(kWide, bottom + 44, text);
  const std::vector<double> ticks = niceTicks(low, high, 6);
  const Axis x{ticks.front(), ticks.back(), left + 8, kWide - value_width - 14};
  for (const double tick : ticks) {
    svg.line(x.at(tick), 10, x.at(tick), bottom, kLine);
    svg.text(x.at(tick), bottom + 16, tickText(tick, ticks[1] - ticks[0]), Anchor::Middle);
  }
  svg.line(x.at(0), 8, x.at(0), bottom, kInk2, 1.5);
  svg.text((x.begin + x.end) / 2, bottom + 35, text.x_label, Anchor::Middle);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const IntervalRow& row = rows[i];
    const double middle = 14 + kRowHeight * (static_cast<double>(i) + 0.5);
    drawLabel(svg, row.label, left - 10, middle);
    if (!row.value) {
      svg.text(x.at(0) + 8, middle + 4, no_value, Anchor::Start, 11, kInk2);
      continue;
    }
    // What surely loses is drawn in another colour and with a square, so that colour is not alone.
    const bool loses = row.high < 0;
    const std::string colour = loses ? kWarn : kColours[0];
    svg.rectangle(x.at(row.low), middle - 6, std::max(1.0, x.at(row.high) - x.at(row.low)), 12, colour, 0.2);
    // A line without length becomes an empty path, which readers of PDF complain about.
    if (coordinate(x.at(row.low)) != coordinate(x.at(row.high)))
      svg.line(x.at(row.low), middle, x.at(row.high), middle, colour, 2);
    svg.line(x.at(row.low), middle - 6, x.at(row.low), middle + 6, colour, 2);
    svg.line(x.at(row.high), middle - 6, x.at(row.high), middle + 6, colour, 2);
    if (loses)
      svg.rectangle(x.at(*row.value) - 4.5, middle - 4.5, 9, 9, colour);
    else
      svg.circle(x.at(*row.value), middle, 5, colour);
    svg.text(kWide - value_width - 4, middle + 4, row.value_text, Anchor::Start, 11, kInk);
  }
  return svg.done();
}

}  // namespace lodestone::campaign
