// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch/elementwise.h"

#include <ATen/Context.h>
#include <ATen/ops/add.h>
#include <ATen/ops/addcdiv.h>
#include <ATen/ops/addcmul.h>
#include <ATen/ops/bernoulli.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/div.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/sub.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/threshold_backward.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <cstring>

namespace lodestone::learn {

Elementwise::Way Elementwise::wayFor(const at::Device& device) {
  return device.is_cpu() ? Way::Loops : Way::Operators;
}

Elementwise::Elementwise(Way way, const at::Device& device, std::uint64_t seed)
    : way_(way), random_(seed, "mlp") {
  if (way_ == Way::Loops) return;
  // A copy of the device's generator: the global one is not touched.
  generator_ = at::globalContext().defaultGenerator(device).clone();
  generator_.set_current_seed(random_.next());
  device_loss_ = at::zeros({}, at::TensorOptions().device(device).dtype(at::kFloat));
}

void Elementwise::gather(const at::Tensor& data, const at::Tensor& target,
                         const std::vector<std::int64_t>& order, std::int64_t begin, std::int64_t count,
                         at::Tensor& batch, at::Tensor& batch_target) {
  const std::int64_t* rows = order.data() + begin;
  if (way_ == Way::Operators) {
    auto* readable = const_cast<std::int64_t*>(rows);  // NOLINT: only read
    const at::Tensor index = at::from_blob(readable, {count}, at::kLong).to(data.device());
    at::index_select_out(batch, data, 0, index);
    at::index_select_out(batch_target, target, 0, index);
    return;
  }
  const auto columns = static_cast<std::size_t>(data.size(1));
  const float* from = data.data_ptr<float>();
  const float* from_target = target.data_ptr<float>();
  float* to = batch.data_ptr<float>();
  float* to_target = batch_target.data_ptr<float>();
  for (std::int64_t i = 0; i < count; ++i) {
    const auto row = static_cast<std::size_t>(rows[i]);
    std::memcpy(to + static_cast<std::size_t>(i) * columns, from + row * columns, columns * sizeof(float));
    to_target[i] = from_target[row];
  }
}

void Elementwise::activate(at::Tensor& values, const at::Tensor& bias, double dropout) {
  const auto scale = static_cast<float>(1 / (1 - dropout));
  if (way_ == Way::Operators) {
    values.add_(bias).relu_();
    if (dropout > 0) values.mul_(at::empty_like(values).bernoulli_(1 - dropout, generator_)).mul_(scale);
    return;
  }
  const std::int64_t rows = values.size(0);
  const std::int64_t columns = values.size(1);
  float* z = values.data_ptr<float>();
  const float* b = bias.data_ptr<float>();
  if (dropout <= 0) {
    for (std::int64_t i = 0; i < rows; ++i, z += columns)
      for (std::int64_t j = 0; j < columns; ++j) z[j] = z[j] + b[j] > 0 ? z[j] + b[j] : 0;
    return;
  }
  bits_.resize(static_cast<std::size_t>(rows * columns / 2 + 1));
  for (std::uint64_t& two : bits_) two = random_.next();
  const auto lowest_kept = static_cast<std::uint32_t>(dropout * 0x1.0p32);
  const auto* draw = reinterpret_cast<const std::uint32_t*>(bits_.data());
  for (std::int64_t i = 0; i < rows; ++i, z += columns, draw += columns)
    for (std::int64_t j = 0; j < columns; ++j) {
      const float sum = z[j] + b[j];
      const float kept = draw[j] >= lowest_kept ? scale : 0;
      z[j] = (sum > 0 ? sum : 0) * kept;
    }
}

void Elementwise::activateBackward(at::Tensor& gradient, const at::Tensor& values, double dropout) {
  const auto scale = static_cast<float>(1 / (1 - dropout));
  if (way_ == Way::Operators) {
    at::threshold_backward_out(gradient, gradient, values, 0);
    if (dropout > 0) gradient.mul_(scale);
    return;
  }
  float* g = gradient.data_ptr<float>();
  const float* a = values.data_ptr<float>();
  const std::int64_t count = gradient.numel();
  for (std::int64_t i = 0; i < count; ++i) g[i] = a[i] > 0 ? g[i] * scale : 0;
}

void Elementwise::loss(at::Tensor& logits, const at::Tensor& bias, const at::Tensor& target,
                       at::Tensor& gradient) {
  const std::int64_t rows = logits.size(0);
  if (way_ == Way::Operators) {
    logits.add_(bias);
    const at::Tensor wanted = target.view({rows, 1});
    device_loss_.add_(at::binary_cross_entropy_with_logits(logits, wanted, {}, {}, at::Reduction::Sum));
    at::sigmoid_out(gradient, logits);
    gradient.sub_(wanted).div_(static_cast<double>(rows));
    return;
  }
  float* z = logits.data_ptr<float>();
  float* g = gradient.data_ptr<float>();
  const float* y = target.data_ptr<float>();
  const float b = *bias.data_ptr<float>();
  const float share = 1.0F / static_cast<float>(rows);
  for (std::int64_t i = 0; i < rows; ++i) {
    z[i] += b;
    const float small = std::exp(-std::fabs(z[i]));  // never overflows
    const float probability = (z[i] > 0 ? 1.0F : small) / (1.0F + small);
    loss_ += (z[i] > 0 ? z[i] : 0.0F) - z[i] * y[i] + std::log1p(small);
    g[i] = (probability - y[i]) * share;
  }
}

void Elementwise::columnSums(const at::Tensor& values, at::Tensor& sum) {
  if (way_ == Way::Operators) {
    constexpr std::int64_t kRows = 0;
    at::sum_out(sum, values, at::IntArrayRef(kRows));
    return;
  }
  const std::int64_t rows = values.size(0);
  const std::int64_t columns = values.size(1);
  const float* v = values.data_ptr<float>();
  float* s = sum.data_ptr<float>();
  for (std::int64_t j = 0; j < columns; ++j) s[j] = 0;
  for (std::int64_t i = 0; i < rows; ++i, v += columns)
    for (std::int64_t j = 0; j < columns; ++j) s[j] += v[j];
}

double Elementwise::takeLoss() {
  if (way_ == Way::Operators) {
    loss_ = device_loss_.item<double>();
    device_loss_.zero_();
  }
  const double taken = loss_;
  loss_ = 0;
  return taken;
}

void Elementwise::adam(Adam& state, at::Tensor& parameters, at::Tensor& gradients, at::Tensor& first,
                       at::Tensor& second) {
  ++state.step;
  const double correction1 = 1 - std::pow(state.beta1, static_cast<double>(state.step));
  const double correction2 = std::sqrt(1 - std::pow(state.beta2, static_cast<double>(state.step)));
  if (way_ == Way::Operators) {
    if (state.weight_decay > 0) gradients.add_(parameters, state.weight_decay);
    first.mul_(state.beta1).add_(gradients, 1 - state.beta1);
    second.mul_(state.beta2).addcmul_(gradients, gradients, 1 - state.beta2);
    const at::Tensor denominator = at::sqrt(second).div_(correction2).add_(state.epsilon);
    parameters.addcdiv_(first, denominator, -state.rate / correction1);
    return;
  }
  float* __restrict p = parameters.data_ptr<float>();
  const float* __restrict g = gradients.data_ptr<float>();
  float* __restrict m = first.data_ptr<float>();
  float* __restrict v = second.data_ptr<float>();
  const auto decay = static_cast<float>(state.weight_decay);
  const auto beta1 = static_cast<float>(state.beta1);
  const auto beta2 = static_cast<float>(state.beta2);
  const auto rest1 = static_cast<float>(1 - state.beta1);
  const auto rest2 = static_cast<float>(1 - state.beta2);
  const auto rate = static_cast<float>(state.rate / correction1);
  const auto inverse2 = static_cast<float>(1 / correction2);
  const auto epsilon = static_cast<float>(state.epsilon);
  const std::int64_t count = parameters.numel();
  for (std::int64_t i = 0; i < count; ++i) {
    const float gradient = g[i] + decay * p[i];
    m[i] = beta1 * m[i] + rest1 * gradient;
    v[i] = beta2 * v[i] + rest2 * gradient * gradient;
    p[i] -= rate * m[i] / (std::sqrt(v[i]) * inverse2 + epsilon);
  }
}

}  // namespace lodestone::learn
