// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/catalogue.h"

#include <gtest/gtest.h>

#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

TEST(CatalogueTest, aNewProjectHasTheDefaultAndKeepsItsEdits) {
  const test::TemporaryFolder folder;
  auto project = test::newProject(folder);
  Catalogue catalogue = loadCatalogue(project).value();
  EXPECT_NE(catalogue.offer("free_shipping"), nullptr);
  EXPECT_EQ(catalogue.offer("nothing"), nullptr);
  catalogue.channels[0].capacity = 500;
  catalogue.margin = 0.25;
  ASSERT_TRUE(saveCatalogue(project, catalogue));
  const Catalogue again = loadCatalogue(project).value();
  EXPECT_EQ(again.channels[0].capacity, 500);
  EXPECT_EQ(toJson(again), toJson(catalogue));
}

TEST(CatalogueTest, refusesEntriesThatMakeNoSenseAndNamesThem) {
  const auto refused = [](const char* text, const std::string& named) {
    const auto catalogue = catalogueFromJson(parseJson(text, "test").value());
    ASSERT_FALSE(catalogue) << text;
    EXPECT_EQ(catalogue.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(catalogue.error().message(Language::English).find(named), std::string::npos) << text;
  };
  refused(R"([])", "offers");
  refused(R"({"offers":[],"channels":[{"id":"a"}]})", "offers");
  refused(R"({"offers":[{"id":"half","discount":1.5}],"channels":[{"id":"a"}]})", "half");
  refused(R"({"offers":[{"id":"half","discount":"x"}],"channels":[{"id":"a"}]})", "discount");
  refused(R"({"offers":[{"id":"x"},{"id":"x"}],"channels":[{"id":"a"}]})", "twice");
  refused(R"({"offers":[{"id":"x"}],"channels":[{"unit_cost":1}]})", "channels");
  refused(R"({"offers":[{"id":"x"}],"channels":[{"id":"a","unit_cost":-1}]})", "unit_cost");
}

}  // namespace
}  // namespace lodestone::campaign
