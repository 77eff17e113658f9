// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/models/models.h"

namespace lodestone::learn {

namespace {

Result<std::vector<TensorShape>> layout(const ParameterValues& /*parameters*/, std::int64_t inputs) {
  return std::vector<TensorShape>{{"weight", {inputs}}, {"bias", {1}}};
}

}  // namespace

ModelType logisticRegressionModel() {
  return {
      .id = "logistic_regression",
      .title = {"Logistic regression", "逻辑回归"},
      .help = {"A weighted sum of the features turned into a probability. Quick, exact and easy to explain; "
               "finds no "
               "interplay of features by itself. Runs on the processor.",
               "把各特征的加权和转换成概率。速度快、结果精确、容易解释；但不会自行发现特征之间的相互作用。在"
               "处理器上运行。"},
      .task = "classification",
      .parameters =
          {{.id = "c",
            .title = {"Inverse penalty C", "惩罚强度的倒数 C"},
            .help =
                {"The smaller, the more the weights are drawn to zero. Minimised is C times the sum of "
                 "the losses plus half the sum of the squared weights; the intercept is free.",
                 "越小，权重越被拉向零。最小化的目标是 C 乘以损失之和再加上权重平方和的一半；截距不受惩罚。"},
            .kind = ParameterKind::Number,
            .default_value = "1",
            .minimum = 1e-6,
            .maximum = 1e6},
           {.id = "max_iterations",
            .title = {"Most iterations", "最多迭代次数"},
            .help = {"Passes over the training rows after which it stops at the latest.",
                     "最多经过这么多遍训练行之后停止。"},
            .kind = ParameterKind::Integer,
            .default_value = "200",
            .minimum = 1,
            .maximum = 10000}},
      .baseline = "constant",
      .layout = layout};
}

}  // namespace lodestone::learn
