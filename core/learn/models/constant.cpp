// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/models/models.h"

namespace lodestone::learn {

namespace {

Result<std::vector<TensorShape>> layout(const ParameterValues& /*parameters*/, std::int64_t /*inputs*/) {
  return std::vector<TensorShape>{{"rate", {1}}};
}

}  // namespace

ModelType constantModel() {
  return {
      .id = "constant",
      .title = {"Constant rate", "恒定比率"},
      .help = {"Gives every row the share of positives among the training rows. What any model has to beat.",
               "对每一行都给出训练行中正例的比例。任何模型都必须胜过它。"},
      .task = "classification",
      .parameters = {},
      .baseline = "constant",
      .layout = layout};
}

}  // namespace lodestone::learn
