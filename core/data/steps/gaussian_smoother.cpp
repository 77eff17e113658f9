// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/gaussian_smoother.h"

#include <algorithm>
#include <cmath>

namespace lodestone::data::steps {

namespace {

/// exp(-u) with a larger u is nothing beside 1.
constexpr double kLeastExponent = 37;

}  // namespace

GaussianSmoother::GaussianSmoother(SmootherCells cells, double bandwidth)
    : cells_(std::move(cells)), unit_(2 * bandwidth * bandwidth) {}

double GaussianSmoother::at(double place) {
  const std::vector<double>& places = cells_.place;
  const auto right = std::lower_bound(places.begin(), places.end(), place);
  double nearest = right == places.end() ? place - places.back() : *right - place;
  if (right != places.begin()) nearest = std::min(nearest, place - *(right - 1));
  const double reach = std::sqrt(nearest * nearest + kLeastExponent * unit_);
  const auto first = std::lower_bound(places.begin(), places.end(), place - reach);
  const auto last = std::upper_bound(first, places.end(), place + reach);
  const bool many = last - first > static_cast<std::ptrdiff_t>(kExactCells);
  return weigh(many ? bins() : cells_, place, nearest, reach);
}

/// Weights are taken relative to the nearest cell's, so that none is lost where all are far away.
double GaussianSmoother::weigh(const SmootherCells& cells, double place, double nearest, double reach) {
  const auto begin = std::lower_bound(cells.place.begin(), cells.place.end(), place - reach);
  double weights = 0;
  double values = 0;
  for (auto i = static_cast<std::size_t>(begin - cells.place.begin());
       i < cells.place.size() && cells.place[i] <= place + reach; ++i) {
    const double distance = cells.place[i] - place;
    const double weight = std::exp((nearest * nearest - distance * distance) / unit_);
    weights += weight * cells.count[i];
    values += weight * cells.sum[i];
    ++weighed_;
  }
  return values / weights;
}

const SmootherCells& GaussianSmoother::bins() {
  if (!bins_.place.empty()) return bins_;
  const double width = std::sqrt(unit_ / 2) / kBinsPerBandwidth;
  double bin = 0;
  for (std::size_t i = 0; i < cells_.place.size(); ++i) {
    const double own = std::floor((cells_.place[i] - cells_.place.front()) / width);
    if (i == 0 || own != bin) {
      bins_.place.push_back(0);
      bins_.sum.push_back(0);
      bins_.count.push_back(0);
      bin = own;
    }
    bins_.place.back() += cells_.place[i] * cells_.count[i];
    bins_.sum.back() += cells_.sum[i];
    bins_.count.back() += cells_.count[i];
  }
  for (std::size_t i = 0; i < bins_.place.size(); ++i) bins_.place[i] /= bins_.count[i];
  return bins_;
}

}  // namespace lodestone::data::steps
