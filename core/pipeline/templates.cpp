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
constexpr std::string_view kBinding = ".binding.yml";

constexpr Text kS0{"Marketing automation", "营销自动化"};
constexpr Text kS0Help{
    "From collection to the automated campaign in eleven steps: rows are collected, cleaned, integrated, "
    "explored and encoded, three models of growing size are trained, customers are scored, items recommended "
    "and strategies made.",
    "从数据采集到自动化营销共十一步：收集、清洗、集成、探索并编码数据，训练三个由小到大的模型，"
    "为客户评分，推荐商品并生成策略。"};
constexpr Text kS1{"Strategies and their effect", "策略生成与效果预测"};
constexpr Text kS1Help{
    "Strategies are made straight from past campaigns and their effect is predicted; the results of the last "
    "campaign come back into the collection for the next cycle.",
    "直接由历史活动生成策略并预测其效果；最近一次活动的结果回到数据收集，供下一轮使用。"};
constexpr Text kS2{"Precision marketing", "精准营销"};
constexpr Text kS2Help{
    "User profiles and recommendations from what users do; what they did later comes back, and the "
    "recommender "
    "is optimised for the next cycle.",
    "根据用户行为构建画像并推荐商品；用户后续的行为会带回，推荐模型据此优化后进入下一轮。"};
constexpr Text kS3{"Strategy generation", "策略生成系统"};
constexpr Text kS3Help{
    "From rows with outcomes to strategies: features, a model, predictions, strategies and their evaluation; "
    "the optimised model predicts once more.",
    "从带结果的数据到策略：特征、模型、预测、策略及其评估；优化后的模型再次预测。"};
constexpr Text kDemo{"The demo shop", "演示商店"};
constexpr Text kDemoHelp{
    "Strategy generation on the demo shop, with all that its nodes need in the chart itself.",
    "在演示商店上生成策略，节点所需的设置都写在流程图中。"};

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

const std::vector<ChartTemplate>& chartTemplates() {
  static const std::vector<ChartTemplate> kTemplates = {{"s0", kS0, kS0Help},
                                                        {"s1", kS1, kS1Help},
                                                        {"s2", kS2, kS2Help},
                                                        {"s3", kS3, kS3Help},
                                                        {"demo", kDemo, kDemoHelp}};
  return kTemplates;
}

Result<std::string> boundTemplate(const std::string& name, Language language) {
  const auto chart = chartTemplate(name, language);
  if (!chart) return chart;
  for (const TemplateFile& file : templateFiles())
    if (file.name.ends_with(kBinding) && file.name.substr(0, file.name.find('-')) == name)
      return "---\n" + std::string(file.text) + "---\n" + *chart;
  return chart;
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
