// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "core/data/steps/fill_methods.h"
#include "core/data/steps/gaussian_smoother.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kFilled{"{0}: {1} cells filled with bandwidth {2}; {3} have no known cell to fill them from",
                       "{0}：以带宽 {2} 填充了 {1} 个单元格；{3} 个没有可用的已知值"};
constexpr Text kSmoothing{"Filling {0}", "正在填充 {0}"};

/// Known cells by group and place; those at one place are one, with their sum and count.
struct Known {
  std::vector<double> group;
  std::vector<double> place;
  std::vector<double> sum;
  std::vector<double> count;
};

/// Three times the median distance of neighbours: some ten known cells on either side have a say.
double usualBandwidth(const Known& known) {
  std::vector<double> distances;
  for (std::size_t i = 1; i < known.place.size(); ++i)
    if (known.group[i] == known.group[i - 1]) distances.push_back(known.place[i] - known.place[i - 1]);
  if (distances.empty()) return 1;
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return 3 * *middle;
}

/// The known cells of one group.
SmootherCells cellsOf(const Known& known, std::size_t begin, std::size_t end) {
  const auto part = [&](const std::vector<double>& all) {
    return std::vector<double>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                               all.begin() + static_cast<std::ptrdiff_t>(end));
  };
  return {.place = part(known.place), .sum = part(known.sum), .count = part(known.count)};
}

Result<Known> knownCells(StepRun& run, const std::string& table) {
  const std::string value(kValue);
  const std::string place(kPlace);
  // Added up in the order of the rows: the same sum, however the rows fall to threads.
  auto columns = run.numbers("SELECT g::DOUBLE, " + place + ", sum(" + value + " ORDER BY " + run.row() +
                             "), count(*)::DOUBLE FROM " + table + " WHERE " + value +
                             " IS NOT NULL GROUP BY ALL ORDER BY 1, 2");
  if (!columns) return forward(columns);
  return Known{std::move((*columns)[0]), std::move((*columns)[1]), std::move((*columns)[2]),
               std::move((*columns)[3])};
}

}  // namespace

Result<> fillGaussian(StepRun& run, const ColumnInfo& column, StepOutcome& outcome) {
  if (const auto number = run.number(column.name); !number) return forward(number);
  const auto placed = placedRows(run, cell(column.name) + "::DOUBLE");
  if (!placed) return forward(placed);
  const std::string group =
      placed->groups.empty()
          ? "0"
          : "dense_rank() OVER (ORDER BY " + placed->groups.substr(0, placed->groups.size() - 2) + ")";
  const std::string& row = run.row();
  const std::string table = run.newTable();
  if (auto made =
          run.makeTable(table, "SELECT " + row + ", " + std::string(kPlace) + ", " + std::string(kValue) +
                                   ", " + group + " AS g FROM " + placed->select);
      !made)
    return made;
  const auto known = knownCells(run, table);
  if (!known) return forward(known);
  auto gaps = run.numbers("SELECT " + row + "::DOUBLE, g::DOUBLE, " + std::string(kPlace) + " FROM " + table +
                          " WHERE " + std::string(kValue) + " IS NULL ORDER BY g, " + std::string(kPlace) +
                          ", " + row);
  if (!gaps) return forward(gaps);
  const double given = run.parameters().number("bandwidth");
  const double bandwidth = given > 0 ? given : usualBandwidth(*known);

  std::vector<double> rows;
  std::vector<double> values;
  std::size_t end = 0;
  std::optional<GaussianSmoother> smoother;  // of the group that the gap is in
  const std::size_t count = (*gaps)[0].size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 1024 == 0) {
      if (auto go = run.job().checkpoint(); !go) return go;
      run.job().report(static_cast<double>(i) / static_cast<double>(count), kSmoothing, {column.name});
    }
    const double at_group = (*gaps)[1][i];
    if (i == 0 || at_group != (*gaps)[1][i - 1]) {
      std::size_t begin = end;
      while (begin < known->group.size() && known->group[begin] < at_group) ++begin;
      for (end = begin; end < known->group.size() && known->group[end] == at_group;) ++end;
      smoother.emplace(cellsOf(*known, begin, end), bandwidth);
    }
    if (smoother->empty()) continue;
    rows.push_back((*gaps)[0][i]);
    values.push_back(smoother->at((*gaps)[2][i]));
  }
  auto missing = run.session().count(
      "SELECT count(*) - count(" + cell(column.name) + ") FROM " + run.source(), run.job());
  if (!missing) return forward(missing);
  const auto filled = static_cast<std::int64_t>(rows.size());
  run.note(kFilled,
           {column.name, std::to_string(filled), formatNumber(bandwidth), std::to_string(*missing - filled)});
  const std::string fills = run.newTable();
  if (auto written = run.writeValues(fills, std::move(rows), std::move(values)); !written) return written;
  fillFrom(run, outcome, column, fills, "DOUBLE");
  return {};
}

}  // namespace lodestone::data::steps
