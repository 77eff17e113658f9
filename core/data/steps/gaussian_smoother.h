// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace lodestone::data::steps {

/// Known values along one line, by ascending place; those at one place are one, with their sum and count.
struct SmootherCells {
  std::vector<double> place;
  std::vector<double> sum;
  std::vector<double> count;
};

/// The Nadaraya-Watson estimate with a Gaussian kernel (Nadaraya 1964, Watson 1964) of bandwidth h:
/// sum K((t - ti) / h) vi / sum K((t - ti) / h), K(u) = exp(-u^2 / 2), from the cells that weigh at least
/// 1e-16 of the nearest one: for a place among known cells, those within 8.6 h. A place that more than
/// kExactCells of them reach is estimated from bins of h / 64, each with its mean place: at most 1,102 bins
/// and the nearest have a say, however large h is. A cell moves by less than h / 64 then, so that the
/// estimate changes by less than 1/80 of the range of the values, were they chosen to do the worst; what is
/// smooth or random along the line changes by less than 1e-4 of it.
class GaussianSmoother {
 public:
  static constexpr std::size_t kExactCells = 4096;
  static constexpr double kBinsPerBandwidth = 64;

  GaussianSmoother(SmootherCells cells, double bandwidth);

  bool empty() const { return cells_.place.empty(); }
  /// There must be cells.
  double at(double place);
  /// Cells and bins weighed so far: what the estimates cost.
  std::int64_t weighed() const { return weighed_; }

 private:
  double weigh(const SmootherCells& cells, double place, double nearest, double reach);
  const SmootherCells& bins();

  SmootherCells cells_;
  SmootherCells bins_;  ///< empty until they are needed
  double unit_;         ///< 2 h^2
  std::int64_t weighed_ = 0;
};

}  // namespace lodestone::data::steps
