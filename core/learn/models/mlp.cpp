// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/learn/models/models.h"

namespace lodestone::learn {

namespace {

constexpr Text kBadHidden{
    "mlp: the parameter \"hidden\" must be at most {1} layer widths from 1 to {2}, such as 64,64 or 64x64, "
    "not \"{0}\".",
    "mlp：参数“hidden”必须是最多 {1} 个、介于 1 与 {2} 之间的层宽，例如 64,64 或 64x64，而不是“{0}”。"};
constexpr std::size_t kMostLayers = 16;
constexpr double kWidestLayer = 8192;

Result<std::vector<TensorShape>> layout(const ParameterValues& parameters, std::int64_t inputs) {
  auto widths = mlpWidths(parameters, inputs);
  if (!widths) return forward(widths);
  std::vector<TensorShape> shapes;
  for (std::size_t i = 0; i + 1 < widths->size(); ++i) {
    const std::string name = "layer" + std::to_string(i);
    shapes.push_back({name + ".weight", {(*widths)[i + 1], (*widths)[i]}});
    shapes.push_back({name + ".bias", {(*widths)[i + 1]}});
  }
  return shapes;
}

std::vector<Parameter> parameters() {
  return {
      {.id = "hidden",
       .title = {"Hidden layers", "隐藏层"},
       .help = {"Width of each hidden layer, as 64,64 or 64x64. Empty: none.",
                "每个隐藏层的宽度，例如 64,64 或 64x64；留空表示没有隐藏层。"},
       .kind = ParameterKind::String,
       .default_value = "64,64"},
      {.id = "dropout",
       .title = {"Dropout", "随机失活率"},
       .help =
           {"Share of each hidden layer's outputs that training leaves out at random, against overfitting.",
            "训练时随机丢弃每个隐藏层输出的比例，用来抑制过拟合。"},
       .kind = ParameterKind::Number,
       .default_value = "0.5",
       .minimum = 0,
       .maximum = 0.95},
      {.id = "learning_rate",
       .title = {"Learning rate", "学习率"},
       .help = {"Length of Adam's steps.", "Adam 优化器的步长。"},
       .kind = ParameterKind::Number,
       .default_value = "0.001",
       .minimum = 1e-8,
       .maximum = 1},
      {.id = "batch_size",
       .title = {"Batch size", "批大小"},
       .help = {"Rows that are learned from in one step.", "每一步所学习的行数。"},
       .kind = ParameterKind::Integer,
       .default_value = "32",
       .minimum = 1,
       .maximum = 1048576},
      {.id = "epochs",
       .title = {"Epochs", "训练轮数"},
       .help = {"Passes over the training rows.", "遍历训练行的次数。"},
       .kind = ParameterKind::Integer,
       .default_value = "10",
       .minimum = 1,
       .maximum = 100000},
      {.id = "weight_decay",
       .title = {"Weight decay", "权重衰减"},
       .help = {"Draws the weights to zero: this much of each weight is added to its gradient.",
                "把权重拉向零：每个权重乘以该值后加到其梯度上。"},
       .kind = ParameterKind::Number,
       .default_value = "0",
       .minimum = 0,
       .maximum = 1},
  };
}

}  // namespace

Result<std::vector<std::int64_t>> mlpWidths(const ParameterValues& parameters, std::int64_t inputs) {
  const std::string& hidden = parameters.text("hidden");
  std::vector<std::int64_t> widths = {inputs};
  if (!trim(hidden).empty()) {
    for (const std::string& part : split(replaceAll(hidden, "x", ","), ',')) {
      double width = 0;
      if (!parseNumber(trim(part), width) || width < 1 || width > kWidestLayer ||
          width != std::floor(width) || widths.size() > kMostLayers)
        return fail(ErrorCode::InvalidArgument, kBadHidden,
                    {hidden, std::to_string(kMostLayers), formatNumber(kWidestLayer)});
      widths.push_back(std::llround(width));
    }
  }
  widths.push_back(1);
  return widths;
}

ModelType mlpModel() {
  return {.id = "mlp",
          .title = {"Neural network (MLP)", "神经网络（多层感知机）"},
          .help = {"Layers of ReLU units with dropout and one sigmoid output, trained by Adam on binary "
                   "cross-entropy. "
                   "Finds interplay of features that a weighted sum cannot.",
                   "由带随机失活的 ReLU 层和一个 sigmoid 输出组成，用 Adam "
                   "以二元交叉熵训练。能发现加权和发现不了的特征相互作用。"},
          .task = "classification",
          .parameters = parameters(),
          .baseline = "logistic_regression",
          .layout = layout};
}

}  // namespace lodestone::learn
