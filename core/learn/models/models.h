// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/learn/model_type.h"

namespace lodestone::learn {

/// The families, one file each.
ModelType constantModel();
ModelType logisticRegressionModel();
ModelType mlpModel();

/// Widths of an MLP's layers from its inputs to its one output: {inputs, 64, 64, 1}. InvalidArgument when the
/// parameter "hidden" is no list of widths.
Result<std::vector<std::int64_t>> mlpWidths(const ParameterValues& parameters, std::int64_t inputs);

}  // namespace lodestone::learn
