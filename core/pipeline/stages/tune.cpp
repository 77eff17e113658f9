// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/pipeline/artefacts.h"
#include "core/pipeline/model_workflow.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kBetter{"Better on validation: {0} (ROC AUC {1}, before {2}) with {3}",
                       "在验证行上更好：{0}（ROC AUC {1}，之前 {2}），参数 {3}"};
constexpr Text kNotBetter{"No point of the grid beats {0} on validation (ROC AUC {2}, best tried {1})",
                          "网格中没有一组参数在验证行上优于 {0}（ROC AUC {2}，最好的尝试 {1}）"};
constexpr Text kNothingToTry{"The grid has no parameter of the model {0}; the model stays as it is",
                             "网格中没有模型 {0} 的参数；模型保持不变"};
constexpr Text kBadGrid{"The grid \"{0}\" does not read. Write parameter=value,value; parameter=value,value.",
                        "无法解析网格“{0}”。请写成 参数=值,值; 参数=值,值。"};

/// Axes of parameters that the model does not have are passed over, so that one grid serves several models.
Result<std::vector<learn::GridAxis>> gridFromText(const std::string& text, const learn::ModelType& type) {
  std::vector<learn::GridAxis> axes;
  for (const std::string& part : split(text, ';')) {
    if (trim(part).empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) return fail(ErrorCode::InvalidArgument, kBadGrid, {text});
    learn::GridAxis axis{std::string(trim(part.substr(0, equals))), splitList(part.substr(equals + 1))};
    if (axis.parameter.empty() || axis.values.empty())
      return fail(ErrorCode::InvalidArgument, kBadGrid, {text});
    const bool known =
        std::any_of(type.parameters.begin(), type.parameters.end(),
                    [&](const Parameter& parameter) { return parameter.id == axis.parameter; });
    if (known) axes.push_back(std::move(axis));
  }
  return axes;
}

double validationAuc(const project::ModelRecord& record) {
  return record.metrics.value("/validation/roc_auc"_json_pointer, 0.0);
}

std::string gridParameters(const project::ModelRecord& record, const std::vector<learn::GridAxis>& grid) {
  std::vector<std::string> parts;
  for (const learn::GridAxis& axis : grid)
    parts.push_back(axis.parameter + " = " + record.parameters.value(axis.parameter, std::string()));
  return join(parts, ", ");
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  const DatasetValue dataset = datasetValueFromJson(input.value("dataset"));
  const auto current = input.project->models().get(input.value("model").at("model").get<std::string>());
  if (!current) return forward(current);
  const auto type = learn::modelType(current->type);
  if (!type) return forward(type);
  auto grid = gridFromText(input.parameters.text("grid"), **type);
  if (!grid) return forward(grid);
  if (grid->empty()) {
    StageOutput unchanged;
    unchanged.message = fill(kNothingToTry, job.language(), {current->type});
    unchanged.artefacts.push_back(input.inputs.at("model").front());
    return unchanged;
  }

  TrainRequest request;
  request.table = dataset.table.table;
  request.source = dataset.table.source;
  request.dataset = dataset.plan;
  request.model.type = current->type;
  request.model.device = input.device;
  for (const auto& [id, value] : current->parameters.items())
    request.model.parameters[id] = value.get<std::string>();
  request.model.grid = *grid;
  request.made_for = input.cache_key;
  const auto report = trainOnTable(*input.project, request, job);
  if (!report) return forward(report);

  const double before = validationAuc(*current);
  const double after = validationAuc(report->record);
  const bool better = after > before + 1e-4;
  StageOutput output;
  output.message = fill(better ? kBetter : kNotBetter, job.language(),
                        {better ? report->record.id : current->id, formatGrouped(after, 4),
                         formatGrouped(before, 4), gridParameters(report->record, *grid)});
  if (better)
    output.artefacts.push_back({PortKind::Model, {{"model", report->record.id}}, {}});
  else
    output.artefacts.push_back(input.inputs.at("model").front());
  return output;
}

}  // namespace

StageType tune() {
  return {
      .id = "tune",
      .title = {"Optimise the model", "模型优化"},
      .help = {"Tries a small grid of parameters and keeps the model that does best on the validation rows; "
               "the test "
               "rows have no say.",
               "尝试一个小的参数网格，保留在验证行上表现最好的模型；测试行不参与选择。"},
      .group = StageGroup::Models,
      .inputs = {{"dataset", PortKind::Dataset, {"Prepared rows", "备好的数据行"}},
                 {"model", PortKind::Model, {"Model", "模型"}}},
      .outputs = {{"model", PortKind::Model, {"Model", "模型"}}},
      .parameters = {{"grid",
                      {"Grid", "网格"},
                      {"Values to try, as parameter=value,value; parameter=value,value.",
                       "要尝试的取值，写成 参数=值,值; 参数=值,值。"},
                      ParameterKind::String,
                      "dropout=0.2,0.5; learning_rate=0.001,0.003"}},
      .run = run,
  };
}

}  // namespace lodestone::pipeline::stages
