// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch/mlp_network.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/relu.h>
#include <gtest/gtest.h>

#include <cmath>

namespace lodestone::learn {
namespace {

class Gradients : public testing::TestWithParam<std::vector<std::int64_t>> {
 protected:
  Gradients() : network_(GetParam(), at::Device(at::kCPU)), space_(network_.workspace(kRows)) {
    Random random(3);
    network_.initialise(random);
    for (std::int64_t i = 0; i < space_.batch.numel(); ++i)
      space_.batch.data_ptr<float>()[i] = static_cast<float>(2 * random.uniform() - 1);
    for (std::int64_t i = 0; i < kRows; ++i)
      space_.target.data_ptr<float>()[i] = static_cast<float>(random.below(2));
  }

  /// The mean cross-entropy as LibTorch works it out, from a flat tensor of parameters.
  at::Tensor lossOf(const at::Tensor& flat) const {
    const std::vector<std::int64_t>& widths = GetParam();
    at::Tensor values = space_.batch;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
      const at::Tensor weight =
          flat.narrow(0, offset, widths[i] * widths[i + 1]).view({widths[i + 1], widths[i]});
      offset += widths[i] * widths[i + 1];
      values = at::addmm(flat.narrow(0, offset, widths[i + 1]), values, weight.t());
      offset += widths[i + 1];
      if (i + 2 < widths.size()) values = at::relu(values);
    }
    return at::binary_cross_entropy_with_logits(values.view({kRows}), space_.target);
  }

  static constexpr std::int64_t kRows = 13;
  MlpNetwork network_;
  MlpNetwork::Workspace space_;
};

TEST_P(Gradients, areThoseOfLibTorch) {
  for (const auto way : {Elementwise::Way::Loops, Elementwise::Way::Operators}) {
    Elementwise math(way, at::Device(at::kCPU), 1);
    network_.step(space_, 0, math);
    at::Tensor flat = network_.parameters().clone().set_requires_grad(true);
    const at::Tensor loss = lossOf(flat);
    loss.backward();
    EXPECT_NEAR(math.takeLoss() / kRows, loss.item<double>(), 1e-5);
    EXPECT_TRUE(at::allclose(network_.gradients(), flat.grad(), 1e-4, 1e-6));
  }
}

TEST_P(Gradients, areFiniteDifferences) {
  Elementwise math(Elementwise::Way::Loops, at::Device(at::kCPU), 1);
  network_.step(space_, 0, math);
  const at::Tensor flat = network_.parameters().to(at::kDouble);
  space_.batch = space_.batch.to(at::kDouble);
  space_.target = space_.target.to(at::kDouble);
  constexpr double kStep = 1e-6;
  for (std::int64_t i = 0; i < flat.numel(); i += 7) {
    const auto lossAt = [&](double shift) {
      const at::Tensor moved = flat.clone();
      moved.data_ptr<double>()[i] += shift;
      return lossOf(moved).item<double>();
    };
    const double difference = (lossAt(kStep) - lossAt(-kStep)) / (2 * kStep);
    EXPECT_NEAR(network_.gradients().data_ptr<float>()[i], difference, 1e-4) << i;
  }
}

TEST_P(Gradients, withDropoutAreThoseOfTheNetworkThatIsLeft) {
  // Whatever was dropped: a step along the gradient lowers the loss of the same network with the same drops.
  Elementwise math(Elementwise::Way::Loops, at::Device(at::kCPU), 9);
  network_.step(space_, 0.5, math);
  const double before = math.takeLoss();
  const double squares = network_.gradients().dot(network_.gradients()).item<double>();
  constexpr double kStep = 1e-3;
  network_.parameters().sub_(network_.gradients(), kStep);
  Elementwise again(Elementwise::Way::Loops, at::Device(at::kCPU), 9);
  network_.step(space_, 0.5, again);
  const double after = again.takeLoss();
  EXPECT_NEAR((before - after) / kRows, kStep * squares, 0.2 * kStep * squares + 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Widths, Gradients,
                         testing::Values(std::vector<std::int64_t>{5, 1}, std::vector<std::int64_t>{6, 8, 1},
                                         std::vector<std::int64_t>{10, 64, 64, 1},
                                         std::vector<std::int64_t>{3, 5, 4, 3, 2, 1}));

TEST(MlpNetwork, startsUniformlyWithinTheRootOfItsInputs) {
  MlpNetwork network({100, 50, 1}, at::Device(at::kCPU));
  Random random(1);
  network.initialise(random);
  const at::Tensor first = network.parameters().narrow(0, 0, 101 * 50);
  EXPECT_LE(first.abs().max().item<double>(), 0.1);
  EXPECT_GT(first.abs().max().item<double>(), 0.099);
  EXPECT_NEAR(first.mean().item<double>(), 0, 0.003);
}

}  // namespace
}  // namespace lodestone::learn
