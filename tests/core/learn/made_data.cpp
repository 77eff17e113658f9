// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/learn/made_data.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <unordered_map>

#include "core/base/random.h"
#include "core/learn/model_type.h"

namespace lodestone::test {

FrameColumn numbers(std::string name, std::vector<double> values) {
  return {std::move(name), ColumnKind::Number, std::move(values), {}, {}};
}

FrameColumn times(std::string name, std::vector<double> seconds) {
  return {std::move(name), ColumnKind::Time, std::move(seconds), {}, {}};
}

FrameColumn texts(std::string name, const std::vector<std::string>& values) {
  FrameColumn column{std::move(name), ColumnKind::Text, {}, {}, {}};
  std::unordered_map<std::string, std::int32_t> codes;
  for (const std::string& value : values) {
    if (value.empty()) {
      column.codes.push_back(-1);
      continue;
    }
    const auto [entry, is_new] = codes.try_emplace(value, static_cast<std::int32_t>(column.levels.size()));
    if (is_new) column.levels.push_back(value);
    column.codes.push_back(entry->second);
  }
  return column;
}

Frame frameOf(std::vector<FrameColumn> columns) {
  Frame frame;
  frame.columns = std::move(columns);
  const FrameColumn& first = frame.columns.front();
  frame.rows =
      static_cast<std::int64_t>(first.kind == ColumnKind::Text ? first.codes.size() : first.numbers.size());
  return frame;
}

Frame customers(std::int64_t rows, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::string> id, plan, churn;
  std::vector<double> spend, visits;
  for (std::int64_t i = 0; i < rows; ++i) {
    id.push_back("c" + std::to_string(i));
    spend.push_back(std::floor(random.uniform() * 1000) / 10);
    visits.push_back(random.uniform() < 0.05 ? std::numeric_limits<double>::quiet_NaN()
                                             : static_cast<double>(random.below(20)));
    plan.push_back(random.uniform() < 0.1 ? "" : random.uniform() < 0.5 ? "basic" : "gold");
    const double leaning = 2 - spend.back() / 25 - (plan.back() == "gold" ? 1.5 : 0) + 2 * random.uniform();
    churn.push_back(leaning > 1 ? "yes" : "no");
  }
  return frameOf({texts("id", id), numbers("spend", spend), numbers("visits", visits), texts("plan", plan),
                  texts("churn", churn)});
}

learn::Matrix sameSign(std::int64_t rows, std::uint64_t seed, std::vector<float>& target) {
  Random random(seed);
  learn::Matrix matrix{rows, 2, {}};
  target.clear();
  for (std::int64_t i = 0; i < rows; ++i) {
    const double x = 2 * random.uniform() - 1;
    const double y = 2 * random.uniform() - 1;
    matrix.values.push_back(static_cast<float>(x));
    matrix.values.push_back(static_cast<float>(y));
    target.push_back((x > 0) == (y > 0) ? 1.0F : 0.0F);
  }
  return matrix;
}

Frame readPlainCsv(const std::string& text) {
  std::vector<std::vector<std::string>> columns;
  std::vector<std::string> header;
  for (const std::string& line : split(text, '\n')) {
    const std::vector<std::string> cells = split(trim(line), ',');
    if (trim(line).empty()) continue;
    if (header.empty()) {
      header = cells;
      columns.resize(header.size());
      continue;
    }
    for (std::size_t i = 0; i < header.size(); ++i) columns[i].emplace_back(trim(cells.at(i)));
  }
  std::vector<FrameColumn> out;
  for (std::size_t i = 0; i < header.size(); ++i) {
    std::vector<double> values;
    bool all_numbers = true;
    for (const std::string& cell : columns[i]) {
      values.push_back(std::numeric_limits<double>::quiet_NaN());
      if (!cell.empty() && !parseNumber(cell, values.back())) all_numbers = false;
    }
    out.push_back(all_numbers ? numbers(header[i], values) : texts(header[i], columns[i]));
  }
  return frameOf(std::move(out));
}

ParameterValues parametersOf(const std::string& type, const std::map<std::string, std::string>& given) {
  auto values = checkParameters(learn::modelType(type).value()->parameters, given, type);
  if (!values) throw std::invalid_argument(values.error().message(Language::English));
  return *values;
}

}  // namespace lodestone::test
