// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/learn/engine.h"
#include "core/learn/torch/elementwise.h"

namespace lodestone::learn {

/// Dense layers with ReLU and dropout between them and one logit at the end. All parameters lie in one flat
/// buffer, all gradients in another: {weight, bias} of each layer in turn, weights (outputs x inputs)
/// row-major. Made and used under InferenceMode or without gradients.
class MlpNetwork {
 public:
  /// widths: inputs, hidden layers, 1. Parameters are zero.
  MlpNetwork(std::vector<std::int64_t> widths, const at::Device& device);

  /// Weights and biases uniform in +-1 / sqrt(inputs of the layer), as LibTorch's nn::Linear starts them. The
  /// same numbers on every device.
  void initialise(Random& random);

  at::Tensor& parameters() { return parameters_; }
  const at::Tensor& parameters() const { return parameters_; }
  at::Tensor& gradients() { return gradients_; }
  const std::vector<std::int64_t>& widths() const { return widths_; }

  /// Probabilities of the rows (rows x inputs), without dropout.
  at::Tensor probabilities(const at::Tensor& rows) const;

  /// Room for the steps over batches of one size.
  struct Workspace {
    at::Tensor batch, target;
    std::vector<at::Tensor> values;      // of each layer, after activation; the last is the logits
    std::vector<at::Tensor> gradients;   // of values
    std::vector<at::Tensor> transposed;  // gradients, transposed
  };
  Workspace workspace(std::int64_t rows) const;

  /// Forward and backward over workspace.batch: sets gradients() to those of the mean cross-entropy and adds
  /// to math's loss.
  void step(Workspace& workspace, double dropout, Elementwise& math);

 private:
  struct Layer {
    at::Tensor weight, weight_transposed, bias;
    at::Tensor weight_gradient, bias_gradient;
  };

  std::vector<std::int64_t> widths_;
  at::Tensor parameters_;
  at::Tensor gradients_;
  std::vector<Layer> layers_;  // views of the two
};

}  // namespace lodestone::learn
