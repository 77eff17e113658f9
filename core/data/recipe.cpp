// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/recipe.h"

#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/base/written_json.h"

namespace lodestone::data {

namespace {

constexpr Text kNoSuchStep{"There is no cleaning step \"{0}\". There are: {1}.",
                           "没有名为“{0}”的清洗步骤。可用的有：{1}。"};
constexpr Text kNotAList{
    "A recipe is a list of steps: [{\"step\":\"fill\",\"column\":\"x\",\"method\":\"mean\"}, ...].",
    "配方是步骤的列表：[{\"step\":\"fill\",\"column\":\"x\",\"method\":\"mean\"}, ...]。"};
constexpr Text kNotAStep{
    "Step {0} of the recipe is not an object with a key \"step\" that names what it does.",
    "配方的第 {0} 步不是带有“step”键的对象；该键说明要做什么。"};
constexpr Text kUnknownStep{"Step {0} of the recipe: there is no step \"{1}\". There are: {2}.",
                            "配方第 {0} 步：没有步骤“{1}”。可用的有：{2}。"};
constexpr Text kTooManySteps{"A recipe has at most {1} steps; this one has {0}.",
                             "配方最多 {1} 步；此配方有 {0} 步。"};
constexpr Text kTooLong{"A recipe has at most {1} bytes; this one has {0}.",
                        "配方最多 {1} 字节；此配方有 {0} 字节。"};
constexpr Text kLongValue{"{0}: the parameter \"{1}\" has {2} bytes; at most {3} are taken.",
                          "{0}：参数“{1}”有 {2} 字节；最多 {3} 字节。"};
constexpr Text kMustBeGiven{"{0}: the parameter \"{1}\" must be given.", "{0}：必须给出参数“{1}”。"};
constexpr Text kExpects{"{0}: the parameter \"{1}\" must be {2}, not {3}.",
                        "{0}：参数“{1}”必须是 {2}，而不是 {3}。"};
constexpr Text kBadText{
    "{0}: the parameter \"{1}\" holds a character that no name and no text may have (NUL).",
    "{0}：参数“{1}”含有不允许的字符（NUL）。"};

/// How a step is called in messages of either language.
std::string ownerOf(std::size_t index, const std::string& step) {
  return "#" + std::to_string(index + 1) + " " + step;
}

std::vector<std::string> stepIds() {
  std::vector<std::string> ids;
  for (const StepType& type : stepTypes()) ids.push_back(type.id);
  return ids;
}

const Parameter* findParameter(const StepType& type, std::string_view id) {
  const auto found = std::find_if(type.parameters.begin(), type.parameters.end(),
                                  [&](const Parameter& parameter) { return parameter.id == id; });
  return found == type.parameters.end() ? nullptr : &*found;
}

bool isList(ParameterKind kind) {
  return kind == ParameterKind::ColumnList || kind == ParameterKind::List;
}

/// A number, a truth value or a text as a parameter's value.
std::optional<std::string> plainValue(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_boolean()) return json.get<bool>() ? "true" : "false";
  if (json.is_number_unsigned()) return std::to_string(json.get<std::uint64_t>());
  if (json.is_number_integer()) return std::to_string(json.get<std::int64_t>());
  if (json.is_number()) return formatNumber(json.get<double>());
  return std::nullopt;
}

std::optional<std::string> listValue(const Json& json) {
  std::vector<std::string> items;
  if (const auto one = plainValue(json)) {
    if (!one->empty()) items.push_back(*one);
    return joinList(items);
  }
  if (!json.is_array()) return std::nullopt;
  for (const Json& part : json) {
    const auto item = plainValue(part);
    if (!item) return std::nullopt;
    items.push_back(*item);
  }
  return joinList(items);
}

std::optional<std::string> pairsValue(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  std::vector<Pair> pairs;
  for (const auto& [from, to] : json.items()) {
    const auto value = plainValue(to);
    if (!value && !to.is_null()) return std::nullopt;
    pairs.emplace_back(from, value);
  }
  return joinPairs(pairs);
}

std::optional<std::string> valueOf(ParameterKind kind, const Json& json) {
  if (isList(kind)) return listValue(json);
  if (kind == ParameterKind::Pairs) return pairsValue(json);
  return plainValue(json);
}

std::string expectation(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::Integer:
    case ParameterKind::Number:
      return "12.5";
    case ParameterKind::Flag:
      return "true, false";
    case ParameterKind::ColumnList:
    case ParameterKind::List:
      return "\"a\", [\"a\",\"b\"]";
    case ParameterKind::Pairs:
      return "{\"a\":\"b\",\"c\":null}";
    default:
      return "\"...\"";
  }
}

Result<RecipeStep> parseStep(const Json& json, std::size_t index) {
  const auto named = json.is_object() ? json.find("step") : json.end();
  if (!json.is_object() || named == json.end() || !named->is_string())
    return fail(ErrorCode::InvalidArgument, kNotAStep, {std::to_string(index + 1)});
  RecipeStep step{named->get<std::string>()};
  const auto type = stepType(step.step);
  if (!type)
    return fail(ErrorCode::InvalidArgument, kUnknownStep,
                {std::to_string(index + 1), shorten(step.step, 60), join(stepIds(), ", ")});
  const std::string owner = ownerOf(index, step.step);
  for (const auto& [key, value] : json.items()) {
    if (key == "step") continue;
    const Parameter* parameter = findParameter(**type, key);
    const auto text = valueOf(parameter == nullptr ? ParameterKind::String : parameter->kind, value);
    if (parameter != nullptr && !text)
      return fail(ErrorCode::InvalidArgument, kExpects,
                  {owner, key, expectation(parameter->kind), shorten(dumpJson(value), 60)},
                  {.item = step.step});
    // Whatever it holds, checkStep refuses an unknown key by its name.
    step.parameters[key] = text.value_or("");
  }
  return step;
}

Result<> checkStep(const RecipeStep& step, std::size_t index) {
  const auto type = stepType(step.step);
  if (!type)
    return fail(ErrorCode::InvalidArgument, kUnknownStep,
                {std::to_string(index + 1), shorten(step.step, 60), join(stepIds(), ", ")});
  const std::string owner = ownerOf(index, step.step);
  for (const auto& [id, value] : step.parameters) {
    if (value.size() > kMostParameterBytes)
      return fail(ErrorCode::InvalidArgument, kLongValue,
                  {owner, shorten(id, 60), std::to_string(value.size()), std::to_string(kMostParameterBytes)},
                  {.item = step.step});
    if (value.find('\0') != std::string::npos)
      return fail(ErrorCode::InvalidArgument, kBadText, {owner, shorten(id, 60)}, {.item = step.step});
  }
  const auto values = checkParameters((*type)->parameters, step.parameters, owner);
  if (!values) {
    Error error = values.error();
    error.where.item = step.step;
    return tl::unexpected<Error>(std::move(error));
  }
  for (const std::string& id : (*type)->required) {
    const Parameter* parameter = findParameter(**type, id);
    const bool list =
        parameter != nullptr && (isList(parameter->kind) || parameter->kind == ParameterKind::Pairs);
    if (list ? values->list(id).empty() : values->text(id).empty())
      return fail(ErrorCode::InvalidArgument, kMustBeGiven, {owner, id}, {.item = step.step});
  }
  return (*type)->check ? (*type)->check(*values, owner) : Result<>();
}

Json valueJson(const Parameter& parameter, const std::string& value) {
  switch (parameter.kind) {
    case ParameterKind::Integer:
    case ParameterKind::Number: {
      double parsed = 0;
      if (!parseNumber(value, parsed)) return value;
      const bool whole = parsed == std::floor(parsed) && std::fabs(parsed) < 1e15;
      return whole ? Json(static_cast<std::int64_t>(parsed)) : Json(parsed);
    }
    case ParameterKind::Flag:
      return value == "true";
    case ParameterKind::ColumnList:
    case ParameterKind::List: {
      const std::vector<std::string> items = splitList(value);
      if (items.size() == 1 && parameter.id == "column" && !items[0].empty()) return items[0];
      return items;
    }
    case ParameterKind::Pairs: {
      Json object = Json::object();
      for (const auto& [from, to] : splitPairs(value)) object[from] = to ? Json(*to) : Json(nullptr);
      return object;
    }
    default:
      return value;
  }
}

Json stepJson(const RecipeStep& step) {
  Json json = {{"step", step.step}};
  const auto type = stepType(step.step);
  if (!type) return json;
  for (const Parameter& parameter : (*type)->parameters)
    if (const auto given = step.parameters.find(parameter.id); given != step.parameters.end())
      json[parameter.id] = valueJson(parameter, given->second);
  return json;
}

std::string_view groupName(StepGroup group) {
  switch (group) {
    case StepGroup::Rows:
      return "rows";
    case StepGroup::Missing:
      return "missing";
    case StepGroup::Values:
      return "values";
    case StepGroup::Columns:
      return "columns";
    case StepGroup::Shape:
      return "shape";
    case StepGroup::Privacy:
      return "privacy";
  }
  return "values";
}

}  // namespace

const Text& stepGroupTitle(StepGroup group) {
  static constexpr Text kRows{"Rows", "行"};
  static constexpr Text kMissing{"Missing cells", "缺失值"};
  static constexpr Text kValues{"Values", "取值"};
  static constexpr Text kColumns{"Columns", "列"};
  static constexpr Text kShape{"Groups", "分组"};
  static constexpr Text kPrivacy{"Personal data", "个人信息"};
  switch (group) {
    case StepGroup::Rows:
      return kRows;
    case StepGroup::Missing:
      return kMissing;
    case StepGroup::Values:
      return kValues;
    case StepGroup::Columns:
      return kColumns;
    case StepGroup::Shape:
      return kShape;
    case StepGroup::Privacy:
      return kPrivacy;
  }
  return kValues;
}

Result<const StepType*> stepType(std::string_view id) {
  for (const StepType& type : stepTypes())
    if (type.id == id) return &type;
  return fail(ErrorCode::NotFound, kNoSuchStep, {shorten(id, 60), join(stepIds(), ", ")},
              {.item = shorten(id, 60)});
}

Result<> checkRecipe(const Recipe& recipe) {
  if (recipe.steps.size() > kMostRecipeSteps)
    return fail(ErrorCode::InvalidArgument, kTooManySteps,
                {std::to_string(recipe.steps.size()), std::to_string(kMostRecipeSteps)});
  for (std::size_t i = 0; i < recipe.steps.size(); ++i)
    if (auto fine = checkStep(recipe.steps[i], i); !fine) return fine;
  return {};
}

Result<Recipe> parseRecipe(const Json& json) {
  if (!json.is_array()) return fail(ErrorCode::InvalidArgument, kNotAList);
  if (json.size() > kMostRecipeSteps)
    return fail(ErrorCode::InvalidArgument, kTooManySteps,
                {std::to_string(json.size()), std::to_string(kMostRecipeSteps)});
  Recipe recipe;
  for (const Json& part : json) {
    auto step = parseStep(part, recipe.steps.size());
    if (!step) return forward(step);
    recipe.steps.push_back(std::move(*step));
  }
  if (auto fine = checkRecipe(recipe); !fine) return forward(fine);
  return recipe;
}

Result<Recipe> parseRecipeText(std::string_view text, const std::string& what) {
  if (text.size() > kMostRecipeBytes)
    return fail(ErrorCode::InvalidArgument, kTooLong,
                {std::to_string(text.size()), std::to_string(kMostRecipeBytes)}, {.file = what});
  const auto json = parseWrittenJson(text, what);
  if (!json) return forward(json);
  auto recipe = parseRecipe(*json);
  if (recipe) return recipe;
  Error error = recipe.error();
  error.where.file = what;
  return tl::unexpected<Error>(std::move(error));
}

Json toJson(const Recipe& recipe) {
  Json list = Json::array();
  for (const RecipeStep& step : recipe.steps) list.push_back(stepJson(step));
  return list;
}

Result<Recipe> readRecipe(const std::filesystem::path& file) {
  const auto text = readFile(file);
  if (!text) return forward(text);
  return parseRecipeText(*text, file.string());
}

Result<> writeRecipe(const Recipe& recipe, const std::filesystem::path& file) {
  if (auto fine = checkRecipe(recipe); !fine) return fine;
  std::vector<std::string> lines;
  for (const Json& step : toJson(recipe)) lines.push_back("  " + dumpJson(step));
  return writeFileAtomically(file, lines.empty() ? "[]\n" : "[\n" + join(lines, ",\n") + "\n]\n");
}

Json toJson(const StepType& type) {
  Json parameters = Json::array();
  for (const Parameter& parameter : type.parameters) parameters.push_back(toJson(parameter));
  return {{"id", type.id},
          {"title", toJson(type.title)},
          {"help", toJson(type.help)},
          {"group", groupName(type.group)},
          {"parameters", parameters},
          {"required", type.required}};
}

}  // namespace lodestone::data
