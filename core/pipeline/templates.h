// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/text.h"

namespace lodestone::pipeline {

/// A file of resources/templates as it is built into the program.
struct TemplateFile {
  std::string_view name;  ///< "s3-strategy-generation.mmd", "demo_shop_rows.sql"
  std::string_view text;
};

const std::vector<TemplateFile>& templateFiles();

/// A chart by its short name: s0, s1, s2, s3, demo. Each has its original Chinese labels and an English twin.
/// NotFound names those that there are.
Result<std::string> chartTemplate(const std::string& name, Language language);
std::vector<std::string> chartTemplateNames();

/// What a template is about.
struct ChartTemplate {
  std::string name;
  Text title;
  Text help;
};
/// All of them, in the order of chartTemplateNames().
const std::vector<ChartTemplate>& chartTemplates();

/// A chart with what its nodes need on the demo shop in front of it: every node bound, every parameter set.
/// The chart itself stays as it is. NotFound as chartTemplate().
Result<std::string> boundTemplate(const std::string& name, Language language);

/// A query that ships with the program by its name without ".sql"; empty when there is none of that name.
std::string_view queryTemplate(std::string_view name);

/// Names of the cleaning recipes that ship with the program, such as "demo_shop_customers", which cleans the
/// dirty table of that name of the demo shop.
std::vector<std::string> recipeTemplateNames();
/// The recipe's JSON; NotFound names those that there are.
Result<std::string> recipeTemplate(const std::string& name);

}  // namespace lodestone::pipeline
