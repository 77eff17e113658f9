// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/ridge.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>

namespace lodestone::data::steps {

namespace {

/// Rows multiplied at a time.
constexpr Eigen::Index kBlock = 512;

}  // namespace

struct RidgeSums::State {
  Eigen::MatrixXd gram;     // X'X, lower half
  Eigen::MatrixXd moments;  // X'Y
  Eigen::MatrixXd block;    // features x kBlock
  Eigen::MatrixXd answers;  // targets x kBlock
  Eigen::Index waiting = 0;
};

RidgeSums::RidgeSums(std::size_t features, std::size_t targets) : state_(std::make_unique<State>()) {
  const auto wide = static_cast<Eigen::Index>(features);
  const auto deep = static_cast<Eigen::Index>(targets);
  state_->gram = Eigen::MatrixXd::Zero(wide, wide);
  state_->moments = Eigen::MatrixXd::Zero(wide, deep);
  state_->block.resize(wide, kBlock);
  state_->answers.resize(deep, kBlock);
}

RidgeSums::RidgeSums(RidgeSums&&) noexcept = default;
RidgeSums& RidgeSums::operator=(RidgeSums&&) noexcept = default;
RidgeSums::~RidgeSums() = default;

void RidgeSums::add(std::span<const double> features, std::span<const double> targets) {
  State& state = *state_;
  state.block.col(state.waiting) =
      Eigen::Map<const Eigen::VectorXd>(features.data(), static_cast<Eigen::Index>(features.size()));
  state.answers.col(state.waiting) =
      Eigen::Map<const Eigen::VectorXd>(targets.data(), static_cast<Eigen::Index>(targets.size()));
  if (++state.waiting == kBlock) flush();
}

void RidgeSums::flush() {
  State& state = *state_;
  const auto block = state.block.leftCols(state.waiting);
  state.gram.selfadjointView<Eigen::Lower>().rankUpdate(block);
  state.moments.noalias() += block * state.answers.leftCols(state.waiting).transpose();
  state.waiting = 0;
}

void RidgeSums::add(const RidgeSums& other) {
  flush();
  state_->gram += other.state_->gram;
  state_->moments += other.state_->moments;
  const State& rest = *other.state_;
  const auto block = rest.block.leftCols(rest.waiting);
  state_->gram.selfadjointView<Eigen::Lower>().rankUpdate(block);
  state_->moments.noalias() += block * rest.answers.leftCols(rest.waiting).transpose();
}

std::vector<std::vector<double>> RidgeSums::solve(double lambda) {
  flush();
  Eigen::MatrixXd penalised = state_->gram.selfadjointView<Eigen::Lower>();
  penalised.diagonal().tail(penalised.rows() - 1).array() += lambda;
  const Eigen::MatrixXd weights = penalised.ldlt().solve(state_->moments);
  std::vector<std::vector<double>> out;
  for (Eigen::Index target = 0; target < weights.cols(); ++target) {
    const Eigen::VectorXd column = weights.col(target);
    out.emplace_back(column.data(), column.data() + column.size());
  }
  return out;
}

}  // namespace lodestone::data::steps
