// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/base/random.h"

namespace lodestone::learn {

/// Everything of a training step that is no matrix product. Float32, contiguous. Two ways to the same
/// numbers: plain loops over the memory of the processor, each a pass or less, and LibTorch's operators for
/// any device. The two draw different dropout masks from one seed; each draws the same ones every time.
class Elementwise {
 public:
  enum class Way { Loops, Operators };

  /// Loops on the processor, operators elsewhere.
  static Way wayFor(const at::Device& device);

  Elementwise(Way way, const at::Device& device, std::uint64_t seed);

  /// The given rows of data (rows x columns) and target into the first rows of batch and batch_target.
  void gather(const at::Tensor& data, const at::Tensor& target, const std::vector<std::int64_t>& order,
              std::int64_t begin, std::int64_t count, at::Tensor& batch, at::Tensor& batch_target);
  /// values = dropout(relu(values + bias)): kept ones are scaled by 1 / (1 - dropout).
  void activate(at::Tensor& values, const at::Tensor& bias, double dropout);
  /// gradient *= derivative of activate, whose outcome was values.
  void activateBackward(at::Tensor& gradient, const at::Tensor& values, double dropout);
  /// logits (rows x 1) += bias; gradient = (sigmoid(logits) - target) / rows; adds the summed cross-entropy
  /// to the loss.
  void loss(at::Tensor& logits, const at::Tensor& bias, const at::Tensor& target, at::Tensor& gradient);
  /// sum = column sums of values (rows x columns).
  void columnSums(const at::Tensor& values, at::Tensor& sum);
  /// The cross-entropy summed since the last call; waits for the device.
  double takeLoss();

  struct Adam {
    double rate = 0.001;
    double weight_decay = 0;
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
    std::int64_t step = 0;
  };
  /// One step of Adam (Kingma, Ba 2015, algorithm 1) over the flat buffers; counts it.
  void adam(Adam& state, at::Tensor& parameters, at::Tensor& gradients, at::Tensor& first,
            at::Tensor& second);

  /// The stream of random numbers for whoever shuffles.
  Random& random() { return random_; }

 private:
  Way way_;
  Random random_;
  at::Generator generator_;
  at::Tensor device_loss_;
  double loss_ = 0;
  std::vector<std::uint64_t> bits_;
};

}  // namespace lodestone::learn
