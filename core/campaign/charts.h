// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lodestone::campaign {

// Charts as SVG that browsers and SVG Tiny renderers draw alike: attributes only, no style sheet, clip or
// filter. Texts are given in the language of the reader; every chart has a title and a description for those
// who cannot see it.

struct ChartText {
  std::string title;
  std::string summary;
  std::string x_label;
  std::string y_label;
};

struct Point {
  double x = 0;
  double y = 0;
};

struct Series {
  std::string name;
  std::vector<Point> points;
};

/// Where the eye compares against: nothing, the diagonal, or a level.
struct Reference {
  enum class Kind { None, Diagonal, Level } kind = Kind::None;
  double level = 0;
  std::string name;
};

/// Lines over 0..1 by 0..1, both axes in per cent. At most 7 series.
std::string lineChart(const ChartText& text, const std::vector<Series>& series, const Reference& reference);

struct CalibrationPoint {
  double predicted = 0;
  double observed = 0;
  double rows = 0;
};
/// Predicted against observed with the diagonal, and the rows of each bin as bars along the bottom. The axes
/// end at a round value above the largest.
std::string calibrationChart(const ChartText& text, const std::vector<CalibrationPoint>& points,
                             const std::string& ideal_name);

struct Bar {
  std::string label;
  double value = 0;
  std::string value_text;  ///< beside the bar
};
/// Horizontal bars on one axis from zero.
std::string barChart(const ChartText& text, const std::vector<Bar>& bars);

struct IntervalRow {
  std::string label;
  std::optional<double> value;  ///< none: no_value is written instead
  double low = 0;
  double high = 0;
  std::string value_text;
};
/// Dots with intervals on a shared axis, with a line at zero.
std::string intervalChart(const ChartText& text, const std::vector<IntervalRow>& rows,
                          const std::string& no_value);

/// About count round values (1, 2 or 5 times a power of ten apart) that cover low..high.
std::vector<double> niceTicks(double low, double high, int count = 5);

}  // namespace lodestone::campaign
