// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch/elementwise.h"

#include <ATen/ops/allclose.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

namespace lodestone::learn {
namespace {

const at::Device kCpu(at::kCPU);

at::Tensor made(std::int64_t rows, std::int64_t columns, std::uint64_t seed) {
  Random random(seed);
  at::Tensor out = at::zeros({rows, columns});
  for (std::int64_t i = 0; i < out.numel(); ++i)
    out.data_ptr<float>()[i] = static_cast<float>(2 * random.uniform() - 1);
  return out;
}

/// Both ways over the same tensors.
class BothWays : public testing::Test {
 protected:
  Elementwise loops_{Elementwise::Way::Loops, kCpu, 1};
  Elementwise operators_{Elementwise::Way::Operators, kCpu, 1};
};

TEST_F(BothWays, activateAlike) {
  at::Tensor a = made(7, 5, 1);
  at::Tensor b = a.clone();
  const at::Tensor bias = made(1, 5, 2).view({5});
  loops_.activate(a, bias, 0);
  operators_.activate(b, bias, 0);
  EXPECT_TRUE(at::allclose(a, b, 1e-6, 1e-7));
  at::Tensor gradient = made(7, 5, 3);
  at::Tensor gradient_too = gradient.clone();
  loops_.activateBackward(gradient, a, 0.25);
  operators_.activateBackward(gradient_too, b, 0.25);
  EXPECT_TRUE(at::allclose(gradient, gradient_too, 1e-6, 1e-7));
}

TEST_F(BothWays, loseAlike) {
  at::Tensor logits = made(9, 1, 4).mul_(20);
  at::Tensor logits_too = logits.clone();
  const at::Tensor bias = at::ones({1});
  const at::Tensor target = made(9, 1, 5).gt(0).to(at::kFloat).view({9});
  at::Tensor gradient = at::zeros({9, 1});
  at::Tensor gradient_too = at::zeros({9, 1});
  loops_.loss(logits, bias, target, gradient);
  operators_.loss(logits_too, bias, target, gradient_too);
  EXPECT_TRUE(at::allclose(gradient, gradient_too, 1e-5, 1e-7));
  EXPECT_NEAR(loops_.takeLoss(), operators_.takeLoss(), 1e-4);
  EXPECT_EQ(loops_.takeLoss(), 0);
}

TEST_F(BothWays, stepAlike) {
  at::Tensor p = made(1, 33, 6).view({33});
  at::Tensor q = p.clone();
  at::Tensor m = at::zeros({33}), v = at::zeros({33}), n = at::zeros({33}), w = at::zeros({33});
  Elementwise::Adam one{.rate = 0.01, .weight_decay = 0.1};
  Elementwise::Adam two = one;
  for (std::uint64_t step = 0; step < 5; ++step) {
    at::Tensor g = made(1, 33, 10 + step).view({33});
    at::Tensor h = g.clone();
    loops_.adam(one, p, g, m, v);
    operators_.adam(two, q, h, n, w);
  }
  EXPECT_TRUE(at::allclose(p, q, 1e-5, 1e-6));
  EXPECT_EQ(one.step, 5);
}

TEST_F(BothWays, gatherAndSumAlike) {
  const at::Tensor data = made(20, 3, 7);
  const at::Tensor target = made(1, 20, 8).view({20});
  const std::vector<std::int64_t> order = {19, 3, 3, 0, 7, 11};
  at::Tensor a = at::zeros({4, 3}), b = at::zeros({4, 3}), c = at::zeros({4}), d = at::zeros({4});
  loops_.gather(data, target, order, 1, 4, a, c);
  operators_.gather(data, target, order, 1, 4, b, d);
  EXPECT_TRUE(a.equal(b));
  EXPECT_TRUE(c.equal(d));
  at::Tensor sum = at::ones({3}), sum_too = at::ones({3});
  loops_.columnSums(a, sum);
  operators_.columnSums(b, sum_too);
  EXPECT_TRUE(at::allclose(sum, sum_too));
}

TEST_F(BothWays, dropOutTheShareAndKeepTheMean) {
  for (Elementwise* math : {&loops_, &operators_}) {
    at::Tensor values = at::zeros({400, 100});
    math->activate(values, at::ones({100}), 0.3);
    EXPECT_NEAR(values.eq(0).to(at::kFloat).mean().item<double>(), 0.3, 0.01);
    EXPECT_NEAR(values.mean().item<double>(), 1, 0.02);
  }
}

TEST(Elementwise, oneSeedDrawsTheSame) {
  for (const auto way : {Elementwise::Way::Loops, Elementwise::Way::Operators}) {
    at::Tensor a = at::ones({8, 8}), b = at::ones({8, 8}), c = at::ones({8, 8});
    const at::Tensor bias = at::zeros({8});
    Elementwise(way, kCpu, 5).activate(a, bias, 0.5);
    Elementwise(way, kCpu, 5).activate(b, bias, 0.5);
    Elementwise(way, kCpu, 6).activate(c, bias, 0.5);
    EXPECT_TRUE(a.equal(b));
    EXPECT_FALSE(a.equal(c));
  }
}

}  // namespace
}  // namespace lodestone::learn
