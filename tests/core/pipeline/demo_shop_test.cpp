// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demo_shop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/data/database.h"
#include "core/data/import.h"
#include "core/pipeline/templates.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::pipeline {
namespace {

class DemoRowsTest : public testing::Test {
 protected:
  void SetUp() override {
    demo::DemoShopOptions options;
    options.customers = 800;
    options.events = 16000;
    const auto files = demo::writeDemoShop(folder_ / "shop", options, job_);
    ASSERT_TRUE(files.has_value()) << files.error().message(Language::English);
    auto opened = data::Database::openInMemory();
    ASSERT_TRUE(opened.has_value());
    database_.emplace(std::move(*opened));
    for (const auto& file : files->files) {
      if (file.extension() != ".csv") continue;
      ASSERT_TRUE(data::importFile(*database_, file, file.stem().string(), {}, job_).has_value()) << file;
    }
  }

  data::Rows rows() {
    auto answer = database_->rows(std::string(queryTemplate("demo_shop_rows")), job_);
    EXPECT_TRUE(answer.has_value()) << answer.error().message(Language::English);
    return answer.value_or(data::Rows{});
  }

  test::TemporaryFolder folder_;
  std::optional<data::Database> database_;
  JobContext job_;
};

TEST_F(DemoRowsTest, OneRowAnAssignment) {
  const auto assignments = database_->table({"assignments"});
  ASSERT_TRUE(assignments.has_value());
  EXPECT_EQ(static_cast<std::int64_t>(rows().rows.size()), assignments->rows);
}

/// What happens on or after a campaign's first day may move, change or vanish: no row of that campaign or an
/// earlier one changes in anything but its outcome.
TEST_F(DemoRowsTest, LaterEventsChangeNoFeature) {
  const data::Rows before = rows();
  const auto campaign = database_->rows(
      "SELECT campaign_id, CAST(\"start\" AS VARCHAR) FROM campaigns ORDER BY \"start\" LIMIT 1 OFFSET 5",
      job_);
  ASSERT_TRUE(campaign.has_value());
  const auto start = campaign->rows.at(0).at(1).get<std::string>();
  const auto changed = database_->execute(
      "DELETE FROM events WHERE ts >= DATE '" + start +
          "' AND event_id LIKE '%3';"
          "UPDATE events SET ts = ts + INTERVAL 40 DAY, type = 'cart' WHERE ts >= DATE '" +
          start +
          "';"
          "UPDATE orders SET ts = ts + INTERVAL 9 DAY, total = total * 3, discount = 0 WHERE ts >= DATE '" +
          start +
          "';"
          "UPDATE assignments SET sent_at = sent_at + INTERVAL 3 DAY WHERE sent_at >= DATE '" +
          start + "'",
      job_);
  ASSERT_TRUE(changed.has_value()) << changed.error().message(Language::English);
  const data::Rows after = rows();
  ASSERT_EQ(after.rows.size(), before.rows.size());

  std::map<std::string, std::string> starts;
  const auto all = database_->rows("SELECT campaign_id, CAST(\"start\" AS VARCHAR) FROM campaigns", job_);
  for (const auto& row : all->rows) starts[row[0].dump()] = row[1].get<std::string>();
  std::size_t compared = 0;
  std::size_t moved = 0;
  for (std::size_t i = 0; i < before.rows.size(); ++i) {
    if (starts[before.rows[i][0].dump()] <= start) {
      EXPECT_EQ(before.rows[i], after.rows[i]) << "row " << i;
      ++compared;
    } else {
      moved += before.rows[i] != after.rows[i] ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 100U);
  EXPECT_GT(moved, 0U) << "the change must be one that later campaigns see";
}

/// Money is summed exactly: the order in which threads meet the rows must not show.
TEST_F(DemoRowsTest, RowsAreTheSameWithAnyCountOfThreads) {
  ASSERT_TRUE(database_->execute("SET threads = 1", job_).has_value());
  const data::Rows one = rows();
  ASSERT_TRUE(database_->execute("SET threads = 4", job_).has_value());
  EXPECT_EQ(rows().rows, one.rows);
}

TEST_F(DemoRowsTest, PopulationHasEachCustomerOnceWithTheSameFeatures) {
  const auto population = database_->rows(std::string(queryTemplate("demo_shop_population")), job_);
  ASSERT_TRUE(population.has_value()) << population.error().message(Language::English);
  EXPECT_EQ(population->rows.size(), 800U);
  std::vector<std::string> names;
  for (const data::ColumnInfo& column : population->columns) names.push_back(column.name);
  const std::vector<std::string> not_features = {"campaign_id", "offer",   "channel",
                                                 "treated",     "revenue", "converted"};
  for (const data::ColumnInfo& column : rows().columns) {
    if (std::find(not_features.begin(), not_features.end(), column.name) != not_features.end()) continue;
    EXPECT_NE(std::find(names.begin(), names.end(), column.name), names.end()) << column.name;
  }
}

}  // namespace
}  // namespace lodestone::pipeline
