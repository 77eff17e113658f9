// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch/mlp_network.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/zeros.h>

#include <cmath>

namespace lodestone::learn {

MlpNetwork::MlpNetwork(std::vector<std::int64_t> widths, const at::Device& device)
    : widths_(std::move(widths)) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i + 1 < widths_.size(); ++i) count += (widths_[i] + 1) * widths_[i + 1];
  const auto options = at::TensorOptions().device(device).dtype(at::kFloat);
  parameters_ = at::zeros({count}, options);
  gradients_ = at::zeros({count}, options);
  std::int64_t offset = 0;
  for (std::size_t i = 0; i + 1 < widths_.size(); ++i) {
    const std::int64_t inputs = widths_[i];
    const std::int64_t outputs = widths_[i + 1];
    const auto view = [&](const at::Tensor& flat) { return flat.narrow(0, offset, inputs * outputs); };
    const auto tail = [&](const at::Tensor& flat) {
      return flat.narrow(0, offset + inputs * outputs, outputs);
    };
    Layer layer;
    layer.weight = view(parameters_).view({outputs, inputs});
    layer.weight_transposed = layer.weight.t();
    layer.bias = tail(parameters_);
    layer.weight_gradient = view(gradients_).view({outputs, inputs});
    layer.bias_gradient = tail(gradients_);
    layers_.push_back(std::move(layer));
    offset += (inputs + 1) * outputs;
  }
}

void MlpNetwork::initialise(Random& random) {
  std::vector<float> start;
  for (std::size_t i = 0; i + 1 < widths_.size(); ++i) {
    const double bound = 1 / std::sqrt(static_cast<double>(widths_[i]));
    for (std::int64_t k = 0; k < (widths_[i] + 1) * widths_[i + 1]; ++k)
      start.push_back(static_cast<float>((2 * random.uniform() - 1) * bound));
  }
  parameters_.copy_(at::from_blob(start.data(), {static_cast<std::int64_t>(start.size())}, at::kFloat));
}

at::Tensor MlpNetwork::probabilities(const at::Tensor& rows) const {
  at::Tensor values = rows;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    values = at::addmm(layers_[i].bias, values, layers_[i].weight_transposed);
    if (i + 1 < layers_.size()) values.relu_();
  }
  return values.sigmoid_().view({rows.size(0)});
}

MlpNetwork::Workspace MlpNetwork::workspace(std::int64_t rows) const {
  const auto options = parameters_.options();
  Workspace space;
  space.batch = at::empty({rows, widths_.front()}, options);
  space.target = at::empty({rows}, options);
  for (std::size_t i = 1; i < widths_.size(); ++i) {
    space.values.push_back(at::empty({rows, widths_[i]}, options));
    space.gradients.push_back(at::empty({rows, widths_[i]}, options));
    space.transposed.push_back(space.gradients.back().t());
  }
  return space;
}

void MlpNetwork::step(Workspace& space, double dropout, Elementwise& math) {
  const std::size_t last = layers_.size() - 1;
  for (std::size_t i = 0; i <= last; ++i) {
    const at::Tensor& input = i == 0 ? space.batch : space.values[i - 1];
    at::mm_out(space.values[i], input, layers_[i].weight_transposed);
    if (i < last) math.activate(space.values[i], layers_[i].bias, dropout);
  }
  math.loss(space.values[last], layers_[last].bias, space.target, space.gradients[last]);
  for (std::size_t i = last + 1; i-- > 0;) {
    const at::Tensor& input = i == 0 ? space.batch : space.values[i - 1];
    at::mm_out(layers_[i].weight_gradient, space.transposed[i], input);
    math.columnSums(space.gradients[i], layers_[i].bias_gradient);
    if (i == 0) break;
    at::mm_out(space.gradients[i - 1], space.gradients[i], layers_[i].weight);
    math.activateBackward(space.gradients[i - 1], space.values[i - 1], dropout);
  }
}

}  // namespace lodestone::learn
