// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/stage_type.h"
#include "core/pipeline/templates.h"

namespace lodestone::pipeline {
namespace {

TEST(Registry, BindsEveryNodeOfS3ByItsLabelInBothLanguages) {
  const std::vector<std::string> expected = {"collect", "preprocess", "features", "train",
                                             "predict", "strategies", "evaluate", "tune"};
  for (const Language language : {Language::English, Language::Chinese}) {
    const auto text = chartTemplate("s3", language);
    ASSERT_TRUE(text.has_value());
    const auto document = ChartDocument::parse(*text, "s3.mmd");
    ASSERT_TRUE(document.has_value());
    ASSERT_EQ(document->chart().nodes.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const StageType* type = stageTypeForLabel(document->chart().nodes[i].plain).bound();
      ASSERT_NE(type, nullptr) << document->chart().nodes[i].plain;
      EXPECT_EQ(type->id, expected[i]);
    }
  }
}

TEST(Registry, DefaultsOfEveryStagePassItsOwnCheck) {
  for (const StageType& type : stageTypes())
    EXPECT_TRUE(checkParameters(type.parameters, {}, type.id).has_value()) << type.id;
}

TEST(Registry, UnknownStageNamesThoseThatThereAre) {
  const auto type = stageType("frobnicate");
  ASSERT_FALSE(type.has_value());
  EXPECT_EQ(type.error().code, ErrorCode::NotFound);
  EXPECT_NE(type.error().message(Language::English).find("collect"), std::string::npos);
}

TEST(Templates, EveryTemplateParsesInBothLanguages) {
  for (const std::string& name : chartTemplateNames())
    for (const Language language : {Language::English, Language::Chinese}) {
      const auto text = chartTemplate(name, language);
      ASSERT_TRUE(text.has_value()) << name;
      const auto document = ChartDocument::parse(*text, name);
      ASSERT_TRUE(document.has_value()) << name;
      EXPECT_TRUE(document->binding().has_value()) << name;
    }
}

}  // namespace
}  // namespace lodestone::pipeline
