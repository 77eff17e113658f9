// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/templates.h"

#include "core/base/text.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchTemplate{"There is no template \"{0}\". There are: {1}.",
                               "没有名为“{0}”的模板。可用的有：{1}。"};

constexpr Text kNoSuchRecipe{"There is no recipe \"{0}\". There are: {1}.",
                             "没有名为“{0}”的配方。可用的有：{1}。"};

constexpr std::string_view kEnglish = ".en.mmd";
constexpr std::string_view kChart = ".mmd";
constexpr std::string_view kRecipe = ".json";

/// "s3-strategy-generation.mmd" and "s3-strategy-generation.en.mmd" -> "s3"; empty for what is no chart.
std::string shortName(std::string_view file) {
  return file.ends_with(kChart) ? std::string(file.substr(0, file.find('-'))) : std::string();
}

}  // namespace

std::vector<std::string> chartTemplateNames() {
  std::vector<std::string> names;
  for (const TemplateFile& file : templateFiles())
    if (file.name.ends_with(kEnglish)) names.push_back(shortName(file.name));
  return names;
}

Result<std::string> chartTemplate(const std::string& name, Language language) {
  for (const TemplateFile& file : templateFiles())
    if (shortName(file.name) == name && file.name.ends_with(kEnglish) == (language == Language::English))
      return std::string(file.text);
  return fail(ErrorCode::NotFound, kNoSuchTemplate, {name, join(chartTemplateNames(), ", ")}, {.item = name});
}

std::string_view queryTemplate(std::string_view name) {
  for (const TemplateFile& file : templateFiles())
    if (file.name == std::string(name) + ".sql") return file.text;
  return {};
}

std::vector<std::string> recipeTemplateNames() {
  std::vector<std::string> names;
  for (const TemplateFile& file : templateFiles())
    if (file.name.ends_with(kRecipe))
      names.emplace_back(file.name.substr(0, file.name.size() - kRecipe.size()));
  return names;
}

Result<std::string> recipeTemplate(const std::string& name) {
  for (const TemplateFile& file : templateFiles())
    if (file.name == name + std::string(kRecipe)) return std::string(file.text);
  return fail(ErrorCode::NotFound, kNoSuchRecipe, {name, join(recipeTemplateNames(), ", ")}, {.item = name});
}

}  // namespace lodestone::pipeline
