// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/layout.h"

// bench_chart FILE DOT: times of reading, laying out and writing one chart, the median of five, as one line
// of JSON.

namespace {

using namespace lodestone;

double median(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

int measure(const std::string& source, const std::string& dot) {
  constexpr int kRuns = 5;
  std::vector<double> parse;
  std::vector<double> layout;
  std::vector<double> svg;
  std::string by;
  for (int run = 0; run < kRuns; ++run) {
    const Stopwatch reading;
    const auto chart = pipeline::readChart(source);
    parse.push_back(reading.seconds());
    if (!chart) return 1;
    JobContext job;
    const Stopwatch placing;
    const auto placed = pipeline::layoutChart(*chart, job, {.dot = dot, .time_limit_seconds = 60});
    layout.push_back(placing.seconds());
    if (!placed) return 1;
    by = placed->by;
    const Stopwatch writing;
    const std::string text = pipeline::renderSvg(*chart, *placed);
    svg.push_back(writing.seconds());
    if (text.empty()) return 1;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const Json result = {{"parse", median(parse)},
                       {"layout", median(layout)},
                       {"svg", median(svg)},
                       {"by", by},
                       {"peak_mib", static_cast<double>(usage.ru_maxrss) / 1024}};
  std::printf("%s\n", dumpJson(result).c_str());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    std::fprintf(stderr, "usage: bench_chart FILE DOT\n");
    return 2;
  }
  std::ifstream in(words[1], std::ios::binary);
  return measure(std::string(std::istreambuf_iterator<char>(in), {}), words[2]);
}
