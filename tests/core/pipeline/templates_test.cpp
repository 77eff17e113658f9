// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/templates.h"

#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/pipeline/stage_reference.h"

namespace lodestone::pipeline {
namespace {

TEST(Templates, TheBindingBindsEveryNodeInBothLanguages) {
  for (const ChartTemplate& about : chartTemplates())
    for (const Language language : {Language::English, Language::Chinese}) {
      const auto nodes = describeTemplate(about.name, language);
      ASSERT_TRUE(nodes.has_value()) << about.name << nodes.error().message(Language::English);
      for (const NodeDescription& node : *nodes) {
        ASSERT_NE(node.type, nullptr) << about.name << " " << node.node << " " << node.label;
        const auto values = checkParameters(node.type->parameters, node.given, node.node);
        EXPECT_TRUE(values.has_value()) << values.error().message(Language::English);
        for (const Port& port : node.type->inputs) {
          if (port.optional) continue;
          bool fed = false;
          for (const auto& [taken, from] : node.takes) fed = fed || taken->name == port.name;
          EXPECT_TRUE(fed) << about.name << " " << node.node << " " << port.name;
        }
      }
    }
}

TEST(Templates, BothLanguagesDoTheSame) {
  for (const ChartTemplate& about : chartTemplates()) {
    const auto english = describeTemplate(about.name, Language::English);
    const auto chinese = describeTemplate(about.name, Language::Chinese);
    ASSERT_TRUE(english.has_value() && chinese.has_value());
    ASSERT_EQ(english->size(), chinese->size());
    for (std::size_t i = 0; i < english->size(); ++i) {
      EXPECT_EQ((*english)[i].node, (*chinese)[i].node);
      EXPECT_EQ((*english)[i].type, (*chinese)[i].type) << about.name << " " << (*english)[i].node;
    }
  }
}

TEST(Templates, TheLoopsBringSomethingBack) {
  const auto s1 = describeTemplate("s1", Language::Chinese);
  ASSERT_TRUE(s1.has_value());
  ASSERT_EQ(s1->front().takes.size(), 1U);
  EXPECT_EQ(s1->front().takes.front().first->kind, PortKind::Outcomes);
  EXPECT_EQ(s1->front().takes.front().second, std::vector<std::string>{"E"});
  const auto s2 = describeTemplate("s2", Language::English);
  ASSERT_TRUE(s2.has_value());
  EXPECT_EQ(s2->front().takes.front().second, std::vector<std::string>{"F"});
}

TEST(Templates, NamesAgreeWithTheFiles) {
  std::vector<std::string> names;
  for (const ChartTemplate& about : chartTemplates()) names.push_back(about.name);
  EXPECT_EQ(names, chartTemplateNames());
  EXPECT_EQ(boundTemplate("nothing", Language::English).error().code, ErrorCode::NotFound);
}

TEST(StageReference, TheDocumentsAreUpToDate) {
  const std::filesystem::path docs = std::filesystem::path(LODESTONE_SOURCE_DIR) / "docs";
  const auto english = stageReference(Language::English);
  const auto chinese = stageReference(Language::Chinese);
  ASSERT_TRUE(english.has_value() && chinese.has_value());
  EXPECT_EQ(readFile(docs / "stages.md").value_or(""), *english)
      << "run: lodestone-cli pipeline stages --markdown > docs/stages.md";
  EXPECT_EQ(readFile(docs / "stages.zh_CN.md").value_or(""), *chinese)
      << "run: lodestone-cli --lang zh_CN pipeline stages --markdown > docs/stages.zh_CN.md";
}

}  // namespace
}  // namespace lodestone::pipeline
