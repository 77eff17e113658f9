// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/parameter.h"

namespace lodestone::learn {

/// Name and shape of one of a model's arrays, as it stands in model.safetensors.
struct TensorShape {
  std::string name;
  std::vector<std::int64_t> shape;
  bool operator==(const TensorShape&) const = default;
};

/// A family of models: its one description. How it is fitted lives in learn/torch under the same id.
struct ModelType {
  std::string id;
  Text title;
  Text help;
  std::string task;  ///< "classification"
  std::vector<Parameter> parameters;
  std::string baseline;  ///< the type that always trains beside it
  /// The arrays of a model with these parameters and so many inputs, in the order of the file.
  /// InvalidArgument for parameters that make no model.
  Result<std::vector<TensorShape>> (*layout)(const ParameterValues& parameters, std::int64_t inputs);
};

/// All types, in the order in which they are offered.
const std::vector<ModelType>& modelTypes();
/// NotFound names those that there are.
Result<const ModelType*> modelType(const std::string& id);

}  // namespace lodestone::learn
