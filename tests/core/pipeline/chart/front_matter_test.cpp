// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/front_matter.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/spoken.h"

namespace lodestone::pipeline {
namespace {

TEST(FrontMatter, ScalarsFollowTheJsonSchema) {
  const auto yaml = readYaml("a: 1\nb: 1.5\nc: true\nd: ~\ne: \"1\"\nf: yes\ng: [x, 0x10]\nh:\n");
  ASSERT_TRUE(yaml) << yaml.error().message;
  EXPECT_EQ(dumpJson(*yaml), R"({"a":1,"b":1.5,"c":true,"d":null,"e":"1","f":"yes","g":["x",16],"h":null})");
  EXPECT_EQ(dumpJson(*readYamlTexts("a: 01\nb: 1.50\n")), R"({"a":"01","b":"1.50"})");
}

TEST(FrontMatter, RefusesWithAPlace) {
  const auto twice = readYaml("a: 1\nb: 2\na: 3\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().line, 3);
  EXPECT_FALSE(readYaml("a: [1\n"));
  EXPECT_FALSE(readYaml("a: b: c\n"));
  EXPECT_FALSE(readYaml("{a: b: c}\n"));
}

TEST(FrontMatter, AliasesCannotGrowWithoutBound) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 9; ++k) bomb += ", " + last;
    bomb += "]\n";
  }
  EXPECT_FALSE(readYaml(bomb));
  EXPECT_FALSE(readYaml(std::string(100000, '[')));
}

TEST(FrontMatter, DocumentsHaveAnEnd) {
  EXPECT_FALSE(readYaml("{ a:%%{init: {\"theme\": \"dark\"}}%%\n%%{e: db, label: \"db\" }"));
  const auto two = readYaml("a: 1\n---\nb: 2\n");
  ASSERT_FALSE(two);
  EXPECT_EQ(spokenIn(two.error().message, Language::English), "more than one document");
  EXPECT_EQ(spokenIn(two.error().message, Language::Chinese), "包含多个文档");
  EXPECT_EQ(two.error().line, 2);
  EXPECT_EQ(dumpJson(*readYaml("---\na: 1\n")), R"({"a":1})");
  EXPECT_TRUE(readYaml("")->is_null());
}

TEST(FrontMatter, FindsTheLinesOfAKey) {
  const std::string text = "title: x\nlodestone:\n  seed: 1\n\n# about config\nconfig: {}\n";
  const auto section = findYamlSection(text, "lodestone");
  ASSERT_TRUE(section);
  EXPECT_EQ(text.substr(section->begin, section->end - section->begin), "lodestone:\n  seed: 1\n");
  EXPECT_EQ(section->line, 2);
  EXPECT_FALSE(findYamlSection(text, "seed"));
  EXPECT_FALSE(findYamlSection("{lodestone: 1}", "lodestone"));
  EXPECT_EQ(yamlLine(text, {"lodestone", "seed"}), 3);
}

}  // namespace
}  // namespace lodestone::pipeline
