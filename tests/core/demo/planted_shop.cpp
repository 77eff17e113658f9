// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/demo/planted_shop.h"

#include <stdexcept>

#include "core/base/file.h"

namespace lodestone::demo {

PlantedShop::PlantedShop(Language language) {
  DemoShopOptions options;
  options.customers = 12'000;
  options.events = 240'000;
  options.data_language = language;
  JobContext job;
  if (!writeDemoShop(folder.path(), options, job)) throw std::runtime_error("no shop");
  truth = parseJson(readFile(folder / "truth.json").value(), "truth.json").value();
  first_day = dayOf(truth["first_date"].get<std::string>());
}

CsvTable PlantedShop::table(std::string_view name) const {
  return readCsv(folder / (std::string(name) + ".csv"));
}

const PlantedShop& plantedShop(Language language) {
  if (language == Language::Chinese) {
    static const PlantedShop kShop(Language::Chinese);
    return kShop;
  }
  static const PlantedShop kShop(Language::English);
  return kShop;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto count = static_cast<double>(x.size());
  double mean_x = 0;
  double mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / count;
    mean_y += y[i] / count;
  }
  double xy = 0;
  double xx = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  return xy / std::sqrt(xx * yy);
}

}  // namespace lodestone::demo
