// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/model_type.h"

#include <gtest/gtest.h>

#include "tests/core/learn/made_data.h"

namespace lodestone::learn {
namespace {

TEST(ModelType, idsAreUniqueAndDefaultsAreValid) {
  std::set<std::string> ids;
  for (const ModelType& type : modelTypes()) {
    EXPECT_TRUE(ids.insert(type.id).second) << type.id;
    for (const Parameter& parameter : type.parameters)
      EXPECT_TRUE(checkParameters(type.parameters, {{parameter.id, parameter.default_value}}, type.id))
          << parameter.id;
    EXPECT_TRUE(type.layout(test::parametersOf(type.id), 7));
    EXPECT_TRUE(modelType(type.baseline)) << type.baseline;
  }
}

TEST(ModelType, anUnknownOneNamesThoseThatThereAre) {
  const auto type = modelType("nosuch");
  ASSERT_FALSE(type);
  EXPECT_EQ(type.error().code, ErrorCode::NotFound);
  EXPECT_NE(type.error().message(Language::English).find("mlp"), std::string::npos);
}

TEST(Mlp, isTheWorkedExampleByDefault) {
  const ParameterValues values = test::parametersOf("mlp");
  EXPECT_EQ(values.number("dropout"), 0.5);
  EXPECT_EQ(values.number("learning_rate"), 0.001);
  EXPECT_EQ(values.integer("batch_size"), 32);
  EXPECT_EQ(values.integer("epochs"), 10);
  const auto shapes = modelType("mlp").value()->layout(values, 46);
  ASSERT_TRUE(shapes);
  EXPECT_EQ(*shapes, (std::vector<TensorShape>{{"layer0.weight", {64, 46}},
                                               {"layer0.bias", {64}},
                                               {"layer1.weight", {64, 64}},
                                               {"layer1.bias", {64}},
                                               {"layer2.weight", {1, 64}},
                                               {"layer2.bias", {1}}}));
}

TEST(Mlp, takesAnyCountOfHiddenLayers) {
  const auto layers = [](const std::string& hidden) {
    const auto shapes = modelType("mlp").value()->layout(test::parametersOf("mlp", {{"hidden", hidden}}), 5);
    return shapes ? static_cast<int>(shapes->size()) / 2 : -1;
  };
  EXPECT_EQ(layers(""), 1);
  EXPECT_EQ(layers("8"), 2);
  EXPECT_EQ(layers("32x16x8"), 4);
  EXPECT_EQ(layers(" 32, 16 "), 3);
  for (const std::string bad : {"0", "64,,64", "a", "-3", "1.5", "1e9", "64,"})
    EXPECT_EQ(layers(bad), -1) << bad;
}

}  // namespace
}  // namespace lodestone::learn
