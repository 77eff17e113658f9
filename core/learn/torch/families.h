// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/learn/engine.h"

namespace lodestone::learn {

/// How one model type is fitted and loaded: one file each, under the id of its descriptor in learn/models.
/// These may throw what LibTorch throws; the engine alone catches it.
struct Family {
  std::string id;
  Result<Fit> (*fit)(const FitRequest& request, JobContext& job);
  /// The tensors have the names and shapes of the type's layout.
  std::unique_ptr<FittedModel> (*load)(const ParameterValues& parameters, const std::vector<Tensor>& tensors,
                                       const std::string& device);
};

Family constantFamily();
Family logisticRegressionFamily();
Family mlpFamily();

/// The figures of an epoch that come from the validation rows; NaN without them.
Result<> measureEpoch(FittedModel& model, const FitRequest& request, Epoch& epoch, JobContext& job);

}  // namespace lodestone::learn
