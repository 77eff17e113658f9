// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/parameter.h"
#include "core/base/result.h"
#include "core/learn/features.h"

namespace lodestone::learn {

/// A device that could train, as the machine reports it.
struct DeviceInfo {
  std::string id;    ///< "cpu", "cuda:0", ...
  std::string name;  ///< "NVIDIA ...", or the processor
  std::int64_t memory_bytes = 0;
};

/// What was asked for against what there is.
struct DeviceChoice {
  std::string id;                      ///< what will run
  std::optional<Text> fallback;        ///< said aloud when it is not what was asked for
  std::vector<std::string> args = {};  ///< of fallback
};

/// "auto" takes the GPU with the most memory, else the CPU; "cuda" the first GPU; "cuda:N" that one; without
/// it the CPU with a fallback that says so. InvalidArgument for anything else. Pure, so that it is tested
/// with made lists.
Result<DeviceChoice> chooseDevice(const std::string& wanted, const std::vector<DeviceInfo>& available);

/// One pass over the training rows, as it ends.
struct Epoch {
  int epoch = 0;               ///< from 1
  double loss = 0;             ///< mean over the training rows, as trained (with dropout)
  double validation_loss = 0;  ///< NaN without validation rows
  double validation_accuracy = 0;
  double validation_recall = 0;
  double validation_roc_auc = 0;
  double seconds = 0;  ///< since the training began
};

struct FitRequest {
  std::string type;
  ParameterValues parameters;
  const Matrix* train = nullptr;
  const std::vector<float>* train_target = nullptr;       ///< 0 or 1
  const Matrix* validation = nullptr;                     ///< null: none
  const std::vector<float>* validation_target = nullptr;  ///< null: none
  std::uint64_t seed = 42;
  std::string device = "cpu";
  std::function<Result<>(const Epoch&)> on_epoch;  ///< an error ends the training with it
};

/// A named array as it stands in model.safetensors: F32, row-major.
struct Tensor {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

/// A fitted model on its device. Used by one thread at a time.
class FittedModel {
 public:
  virtual ~FittedModel() = default;
  /// Probabilities of the positive class, one a row.
  virtual Result<std::vector<float>> predict(const Matrix& rows, JobContext& job) = 0;
  virtual std::vector<Tensor> tensors() const = 0;
};

struct Fit {
  std::unique_ptr<FittedModel> model;
  std::vector<Epoch> epochs;
  double train_seconds = 0;  ///< the loop alone, without validation
};

/// LibTorch behind a door: this header and everything outside learn/torch are free of it.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::vector<DeviceInfo> devices() const = 0;
  /// For the run card: {"libtorch":"1.13.1",...}.
  virtual Json versions() const = 0;
  virtual Result<Fit> fit(const FitRequest& request, JobContext& job) = 0;
  /// Corrupt when the tensors are not those of that type with those parameters.
  virtual Result<std::unique_ptr<FittedModel>> load(const std::string& type,
                                                    const ParameterValues& parameters,
                                                    const std::vector<Tensor>& tensors,
                                                    const std::string& device) = 0;
};

/// Loads LibTorch on the first call (about half a second) and keeps it; threads count then.
/// Unsupported when the library is missing from the installation.
Result<Engine*> engine(int threads = 0);

}  // namespace lodestone::learn
