// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace lodestone::data::steps {

/// Ridge regression (Hoerl and Kennard 1970) in closed form: the weights w of every target minimise
/// |y - X w|^2 + lambda |w|^2, the first feature (the intercept, 1 in every row) free of penalty.
/// Rows are added one by one and not kept; what is kept is (features + targets) * features numbers. The same
/// rows in the same order give the same bits.
class RidgeSums {
 public:
  RidgeSums(std::size_t features, std::size_t targets);
  RidgeSums(RidgeSums&&) noexcept;
  RidgeSums& operator=(RidgeSums&&) noexcept;
  ~RidgeSums();

  void add(std::span<const double> features, std::span<const double> targets);
  void add(const RidgeSums& other);
  /// weights[target][feature].
  std::vector<std::vector<double>> solve(double lambda);

 private:
  void flush();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lodestone::data::steps
