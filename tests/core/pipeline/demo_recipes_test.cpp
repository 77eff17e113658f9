// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>

#include "core/base/file.h"
#include "core/data/import.h"
#include "core/data/join.h"
#include "core/data/recipe.h"
#include "core/demo/demo_shop.h"
#include "core/pipeline/templates.h"
#include "tests/support/temporary_folder.h"

// The recipes that ship with the program turn the dirty shop back into the clean one: every row, and of each
// cell what is not lost; counts and sums are those of truth.json.

namespace lodestone::pipeline {
namespace {

constexpr const char* kTables[] = {"customers", "products",    "events",   "orders",       "order_items",
                                   "campaigns", "assignments", "reviews",  "tickets",      "payments",
                                   "ad_log",    "demand",      "holidays", "channel_spend"};

template <class T>
T must(Result<T> result, const std::string& what) {
  if (!result) throw std::runtime_error(what + ": " + result.error().message(Language::English));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// A dirty shop, imported, cleaned and joined beside the clean one.
class CleanedShop {
 public:
  CleanedShop(Language language, data::Types types) : types_(types) {
    demo::DemoShopOptions options;
    options.customers = 700;
    options.events = 9000;
    options.days = 240;
    options.data_language = language;
    must(demo::writeDemoShop(folder_ / "clean", options, job_), "clean shop");
    options.dirt = demo::Dirt::Much;
    must(demo::writeDemoShop(folder_ / "dirty", options, job_), "dirty shop");
    truth_ = must(parseJson(readFile(folder_ / "dirty" / "truth.json").value(), "truth.json"), "truth");
    database_.emplace(must(data::Database::openInMemory(), "database"));
    for (const std::string table : kTables) {
      importClean(table);
      importDirty(table);
      apply("demo_shop_" + table, table, table + "_done");
    }
    apply("demo_shop_order_amounts", "payments_done", "order_amounts");
    apply("demo_shop_order_values", "order_items_done", "order_values");
    join("orders_done", "order_amounts", "orders_1");
    join("orders_1", "order_values", "orders_2");
    must(database_->drop({"orders_done"}), "drop");
    apply("demo_shop_orders_filled", "orders_2", "orders_done");
  }

  const Json& truth() const { return truth_; }
  std::vector<Json> row(const std::string& sql) const {
    JobContext job;
    return must(database_->rows(sql, job), sql).rows.at(0);
  }
  std::size_t columns(const std::string& table) const {
    return must(database_->table({table}), table).columns.size();
  }

 private:
  void importClean(const std::string& table) {
    must(data::importFile(*database_, folder_ / "clean" / (table + ".csv"), "clean_" + table, {}, job_),
         table);
  }

  void importDirty(const std::string& table) {
    data::ImportOptions options;
    // In a table as short as the products', one date written otherwise is too few to keep the column from
    // being taken for dates and its row from being rejected.
    options.types = table == "products" ? data::Types::AllText : types_;
    const auto report =
        must(data::importFile(*database_, folder_ / "dirty" / (table + ".csv"), table, options, job_), table);
    EXPECT_EQ(report.rejected, 0) << table;
    EXPECT_EQ(report.rows, truth_["dirt"][table]["rows"].get<std::int64_t>()) << table;
    EXPECT_EQ(report.detected.delimiter, truth_["dirt"][table]["separator"].get<std::string>()) << table;
  }

  void apply(const std::string& recipe, const std::string& from, const std::string& to) {
    const auto steps = must(data::parseRecipeText(must(recipeTemplate(recipe), recipe), recipe), recipe);
    must(data::clean(*database_, {from}, steps, {to, false}, job_), recipe);
  }

  void join(const std::string& left, const std::string& right, const std::string& to) {
    data::JoinSpec spec;
    spec.left = {left};
    spec.right = {right};
    spec.keys = {{"order_id", "order_id"}};
    const auto report = must(data::joinTables(*database_, spec, {to}, job_), "join");
    EXPECT_EQ(report.unmatched_left, 0);
    EXPECT_EQ(report.fan_out, 1);
  }

  data::Types types_;
  test::TemporaryFolder folder_;
  std::optional<data::Database> database_;
  Json truth_;
  JobContext job_;
};

/// Types found out and types left to the recipes, each in one language: the recipes lead to the same.
class DemoRecipes : public testing::TestWithParam<Language> {
 protected:
  // Made once, and closed before the program ends: an open database outlives no DuckDB.
  static const CleanedShop& shop() {
    auto& made = shops_[GetParam()];
    const bool texts = GetParam() == Language::Chinese;
    if (!made)
      made = std::make_unique<CleanedShop>(GetParam(), texts ? data::Types::AllText : data::Types::Detect);
    return *made;
  }
  static void TearDownTestSuite() { shops_.clear(); }
  static std::vector<Json> row(const std::string& sql) { return shop().row(sql); }

 private:
  static inline std::map<Language, std::unique_ptr<CleanedShop>> shops_;
};
INSTANTIATE_TEST_SUITE_P(Both, DemoRecipes, testing::Values(Language::English, Language::Chinese));

double lostOf(const Json& dirt, const std::string& column, const char* key) {
  const Json& columns = dirt["columns"];
  return columns.contains(column) && columns[column].contains(key) ? columns[column][key].get<double>() : 0;
}

TEST_P(DemoRecipes, CountsAndSumsAreThoseOfTheTruth) {
  for (const std::string table : kTables) {
    const Json& clean = shop().truth()["clean"][table];
    const Json& dirt = shop().truth()["dirt"][table];
    const std::string from = " FROM " + table + "_done";
    EXPECT_EQ(row("SELECT count(*)" + from)[0], clean["rows"]) << table;
    for (const auto& [column, figures] : clean["columns"].items()) {
      const std::string name = "\"" + column + "\"";
      const std::string where = table + "." + column;
      EXPECT_EQ(row("SELECT count(*) - count(" + name + ")" + from)[0].get<double>(),
                figures["missing"].get<double>() + lostOf(dirt, column, "lost"))
          << where;
      std::string sum;
      if (figures.contains("sum")) sum = "sum(CAST(" + name + " AS DECIMAL(30, 4)))";
      if (figures.contains("days")) sum = "sum(CAST(" + name + " AS DATE) - DATE '1970-01-01')";
      if (figures.contains("seconds")) sum = "sum(CAST(epoch(" + name + ") AS BIGINT))";
      if (sum.empty()) continue;
      const char* key = figures.contains("sum") ? "sum" : (figures.contains("days") ? "days" : "seconds");
      EXPECT_DOUBLE_EQ(row("SELECT CAST(" + sum + " AS DOUBLE)" + from)[0].get<double>(),
                       figures[key].get<double>() - lostOf(dirt, column, "lost_sum"))
          << where;
    }
  }
}

TEST_P(DemoRecipes, EveryCellIsTheCleanOneOrLost) {
  for (const std::string table : kTables) {
    for (const auto& [column, figures] : shop().truth()["clean"][table]["columns"].items()) {
      const std::string done = "CAST(d.\"" + column + "\" AS VARCHAR)";
      const std::string clean = "CAST(c.\"" + column + "\" AS VARCHAR)";
      const bool number = figures.contains("sum");
      const std::string differs =
          number ? "d.\"" + column + "\"::DOUBLE <> c.\"" + column + "\"::DOUBLE" : done + " <> " + clean;
      const auto counts =
          row("SELECT count(*) FILTER (" + differs + "), count(*) FILTER (" + done + " IS NULL AND " + clean +
              " IS NOT NULL), count(*) FILTER (" + done + " IS NOT NULL AND " + clean + " IS NULL) FROM " +
              table + "_done d POSITIONAL JOIN clean_" + table + " c");
      EXPECT_EQ(counts[0], 0) << table << "." << column;
      EXPECT_EQ(counts[1].get<double>(), lostOf(shop().truth()["dirt"][table], column, "lost"))
          << table << "." << column;
      EXPECT_EQ(counts[2], 0) << table << "." << column;
    }
    EXPECT_EQ(shop().columns(table + "_done"), shop().truth()["clean"][table]["columns"].size()) << table;
  }
}

// The recipes have something to do: without them the figures are wrong.
TEST_P(DemoRecipes, WithoutThemTheFiguresAreWrong) {
  for (const std::string table : {"customers", "events", "orders", "order_items", "payments", "demand"})
    EXPECT_NE(row("SELECT count(*) FROM " + table)[0], shop().truth()["clean"][table]["rows"]) << table;
  EXPECT_GT(row("SELECT count(*) FROM orders WHERE total IS NULL")[0].get<int>(), 0);
  EXPECT_EQ(row("SELECT count(*) FROM orders_done WHERE total IS NULL OR discount IS NULL")[0], 0);
}

TEST(RecipeTemplates, AreNamedAfterTheirTables) {
  for (const std::string table : kTables)
    EXPECT_TRUE(recipeTemplate("demo_shop_" + table).has_value()) << table;
  EXPECT_EQ(recipeTemplateNames().size(), std::size(kTables) + 3);
  const auto unknown = recipeTemplate("moon");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace lodestone::pipeline
