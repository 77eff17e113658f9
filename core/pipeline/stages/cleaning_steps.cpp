// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/data/recipe.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"
#include "core/pipeline/templates.h"
#include "core/project/saved_records.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kNoColumn{"The table {0} has no column \"{1}\". It has: {2}.",
                         "表 {0} 没有列“{1}”。可用的列：{2}。"};
constexpr Text kWhichRecipe{
    "Which recipe? Set the stage's parameter \"name\" to a saved one, or \"steps\" to a list of steps.",
    "要用哪个配方？请把参数“name”设为已保存的配方，或把“steps”设为步骤列表。"};

/// The recipe of one step with what differs from its defaults.
data::Recipe recipeOf(const data::StepType& type, const ParameterValues& values) {
  data::RecipeStep step{type.id};
  for (const Parameter& parameter : type.parameters) {
    const std::string& value = values.text(parameter.id);
    if (value != parameter.default_value) step.parameters[parameter.id] = value;
  }
  return {{std::move(step)}};
}

Result<> checkColumns(const data::StepType& type, const ParameterValues& values, const KnownTable& table) {
  for (const Parameter& parameter : type.parameters) {
    std::vector<std::string> columns;
    if (parameter.kind == ParameterKind::Column && !values.text(parameter.id).empty())
      columns.push_back(values.text(parameter.id));
    if (parameter.kind == ParameterKind::ColumnList) columns = values.list(parameter.id);
    for (const std::string& column : columns) {
      const bool known = std::any_of(table.columns.begin(), table.columns.end(), [&](const std::string& one) {
        return lowerAscii(one) == lowerAscii(column);
      });
      if (!known)
        return fail(ErrorCode::InvalidArgument, kNoColumn,
                    {table.name, column, shorten(join(table.columns, ", "), 400)},
                    {.column = column, .table = table.name});
    }
  }
  return {};
}

/// A saved recipe, or one that ships with the program.
Result<data::Recipe> namedRecipe(project::Project& project, const std::string& name) {
  const auto saved = project.saved().get(project::kSavedRecipe, name);
  if (saved) return data::parseRecipe(saved->value);
  const auto shipped = recipeTemplate(name);
  if (!shipped) return forward(saved);
  return data::parseRecipeText(*shipped, name);
}

Result<data::Recipe> wholeRecipe(const StageInput& input) {
  const std::string& name = input.parameters.text("name");
  const std::string& steps = input.parameters.text("steps");
  if (name.empty() && trim(steps).empty()) return fail(ErrorCode::InvalidArgument, kWhichRecipe);
  data::Recipe recipe;
  if (!name.empty()) {
    auto named = namedRecipe(*input.project, name);
    if (!named) return named;
    recipe = std::move(*named);
  }
  if (!trim(steps).empty()) {
    auto written = data::parseRecipeText(steps, "steps");
    if (!written) return written;
    recipe.steps.insert(recipe.steps.end(), written->steps.begin(), written->steps.end());
  }
  return recipe;
}

Result<> checkWhole(const ParameterValues& values, const Foresight&) {
  if (values.text("name").empty() && trim(values.text("steps")).empty())
    return fail(ErrorCode::InvalidArgument, kWhichRecipe);
  if (trim(values.text("steps")).empty()) return {};
  const auto steps = data::parseRecipeText(values.text("steps"), "steps");
  return steps ? Result<>() : forward(steps);
}

}  // namespace

StageType cleaningStep(const data::StepType& type) {
  const bool columns_change = type.group == data::StepGroup::Columns ||
                              type.group == data::StepGroup::Shape || type.id == "drop_missing_columns";
  return {
      .id = type.id,
      .title = type.title,
      .help = type.help,
      .group = StageGroup::Cleaning,
      .inputs = {tablePort()},
      .outputs = {tablePort()},
      .parameters = type.parameters,
      .required = type.required,
      .same_columns = !columns_change,
      .run = [&type](const StageInput& input,
                     JobContext& job) { return applyRecipe(input, recipeOf(type, input.parameters), job); },
      .check = [&type](const ParameterValues& values, const Foresight& foresight) -> Result<> {
        if (auto fine = data::checkRecipe(recipeOf(type, values)); !fine) return fine;
        return foresight.source ? checkColumns(type, values, *foresight.source) : Result<>();
      },
  };
}

StageType recipe() {
  return {
      .id = "recipe",
      .title = {"Cleaning recipe", "清洗配方"},
      .help = {"Applies a saved cleaning recipe: what is learned from data is learned anew from these rows.",
               "应用一个已保存的清洗配方；其中需要从数据学习的内容会从这些行重新学习。"},
      .group = StageGroup::Cleaning,
      .inputs = {tablePort()},
      .outputs = {tablePort()},
      .parameters = {{"name",
                      {"Recipe", "配方"},
                      {"The name of a saved recipe, or of one that ships with the program.",
                       "已保存的配方名，或程序自带配方的名称。"},
                      ParameterKind::String},
                     {"steps",
                      {"Steps", "步骤"},
                      {"Steps as a JSON list, after those of the named recipe.",
                       "JSON 列表形式的步骤，排在所选配方之后。"},
                      ParameterKind::String}},
      .same_columns = false,
      .run = [](const StageInput& input, JobContext& job) -> Result<StageOutput> {
        const auto whole = wholeRecipe(input);
        if (!whole) return forward(whole);
        return applyRecipe(input, *whole, job);
      },
      .outside = [](const StageInput& input, JobContext&) -> Result<std::string> {
        const auto whole = wholeRecipe(input);
        if (!whole) return forward(whole);
        return dumpJson(data::toJson(*whole));
      },
      .check = checkWhole,
  };
}

}  // namespace lodestone::pipeline::stages
