// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

/// What it does one after the other, each with the parameters that are its own.
const std::vector<StageType>& parts() {
  static const std::vector<StageType> kParts = {features(), train(), predict(), strategies()};
  return kParts;
}

ParameterValues valuesOf(const StageType& type, const ParameterValues& all) {
  std::map<std::string, std::string> own;
  for (const Parameter& parameter : type.parameters) own[parameter.id] = all.text(parameter.id);
  return ParameterValues(std::move(own));
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  StageInput each = input;
  StageOutput output;
  std::vector<std::string> said;
  const auto count = static_cast<double>(parts().size());
  for (std::size_t i = 0; i < parts().size(); ++i) {
    const StageType& type = parts()[i];
    each.parameters = valuesOf(type, input.parameters);
    JobContext part = job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    auto done = type.run(each, part);
    if (!done) return forward(done);
    if (i == 0) output.rows_in = done->rows_in;
    output.rows_out = done->rows_out;
    said.push_back(done->message);
    for (Artefact& artefact : done->artefacts) {
      for (const StageType& reader : parts())
        for (const Port& port : reader.inputs)
          if (port.kind == artefact.kind) each.inputs[port.name] = {artefact};
      if (artefact.kind != PortKind::Dataset) output.artefacts.push_back(std::move(artefact));
    }
  }
  output.message = shorten(join(said, job.language() == Language::Chinese ? "；" : "; "), 700);
  return output;
}

std::vector<Parameter> parameters() {
  std::vector<Parameter> all;
  for (const StageType& type : parts()) all.insert(all.end(), type.parameters.begin(), type.parameters.end());
  return all;
}

}  // namespace

StageType propose() {
  return {
      .id = "propose",
      .title = {"Propose strategies from past campaigns", "由历史活动生成策略"},
      .help =
          {"Extracts features, trains a model, scores the customers and makes strategies, all in one: for "
           "flowcharts that go from data straight to strategies.",
           "一次完成特征提取、模型训练、客户评分和策略生成：适用于从数据直接到策略的流程图。"},
      .group = StageGroup::Strategies,
      .inputs = parts().front().inputs,
      .outputs = {{"model", PortKind::Model, {"Model", "模型"}},
                  {"predictions", PortKind::Predictions, {"Predictions", "预测结果"}},
                  {"strategies", PortKind::Strategies, {"Strategies", "策略"}}},
      .parameters = parameters(),
      .run = run,
      .outside = parts().back().outside,
      .check = parts().front().check,
  };
}

}  // namespace lodestone::pipeline::stages
