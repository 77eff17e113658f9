// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demo_shop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/core/demo/csv_table.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::demo {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

// The second half came later, each file with a stream of its own: the first keeps its bytes.
constexpr std::array<const char*, 7> kSales{"customers.csv",  "products.csv",    "events.csv",
                                            "orders.csv",     "order_items.csv", "campaigns.csv",
                                            "assignments.csv"};
constexpr std::array<const char*, 7> kMore{"reviews.csv", "tickets.csv",  "payments.csv",     "ad_log.csv",
                                           "demand.csv",  "holidays.csv", "channel_spend.csv"};
constexpr std::array<const char*, 1> kTruth{"truth.json"};

DemoShopOptions small() {
  DemoShopOptions options;
  options.customers = 400;
  options.events = 9000;
  options.days = 200;
  return options;
}

DemoShopFiles write(const fs::path& folder, const DemoShopOptions& options) {
  JobContext job;
  auto written = writeDemoShop(folder, options, job);
  if (!written) throw std::runtime_error(written.error().message(Language::English));
  return *written;
}

template <class Names>
std::string fingerprint(const fs::path& folder, const Names& names) {
  Sha256 hash;
  for (const char* name : names) hash.add(readFile(folder / name).value());
  return hash.hex();
}

std::vector<std::string> fingerprints(const fs::path& folder) {
  return {fingerprint(folder, kSales), fingerprint(folder, kMore), fingerprint(folder, kTruth)};
}

std::set<std::string> idsOf(const CsvTable& table, std::string_view column) {
  std::set<std::string> ids;
  for (std::size_t row = 0; row < table.rows.size(); ++row) ids.insert(table.at(row, column));
  return ids;
}

std::int64_t centsOf(std::string text) {
  std::erase(text, '.');
  return std::stoll(text);
}

TEST(DemoShop, SameArgumentsGiveTheSameBytes) {
  const TemporaryFolder folder;
  write(folder / "one", small());
  write(folder / "two", small());
  DemoShopOptions other = small();
  other.seed = 43;
  write(folder / "three", other);
  EXPECT_EQ(fingerprints(folder / "one"), fingerprints(folder / "two"));
  EXPECT_NE(fingerprint(folder / "one", kSales), fingerprint(folder / "three", kSales));
  EXPECT_NE(fingerprint(folder / "one", kMore), fingerprint(folder / "three", kMore));
}

TEST(DemoShop, BytesAreTheSameOnEveryMachine) {
  const TemporaryFolder folder;
  write(folder / "clean", small());
  DemoShopOptions dirty = small();
  dirty.dirt = Dirt::Much;
  dirty.data_language = Language::Chinese;
  write(folder / "dirty", dirty);
  using testing::ElementsAre;
  EXPECT_THAT(fingerprints(folder / "clean"),
              ElementsAre("feaff7f77ed7b5a6386d2b66781a19a62c98eb2298adde4d5a1e25bb6896e70b",
                          "6ea5496e0d3535db8e751e8275694e07bf96acdde8733aa5ef2bcbe3a6c9a738",
                          "5c041cd99d7eecc2eb8c8e1ed073d27246cfd5f8a18bc420869a8e097da0d085"));
  EXPECT_THAT(fingerprints(folder / "dirty"),
              ElementsAre("dedb65989e1df8e4277fc6bfdcdd608eaa9e501f1f4d0aa6e776f7a36bea0dbf",
                          "caee01f0f7db59e731fd34e70e62b2116ce7328ead18705c2f0be1544a0a7878",
                          "9c18f4788dd057a875a03dc6619e9cc7cc25bed6771b9aa92c744a7abbe39938"));
}

TEST(DemoShop, TellsFilesAndRows) {
  const TemporaryFolder folder;
  const DemoShopFiles written = write(folder / "shop", small());
  ASSERT_EQ(written.files.size(), kSales.size() + kMore.size() + 1);
  for (const char* name : kSales) EXPECT_THAT(written.files, testing::Contains(folder / "shop" / name));
  for (const char* name : kMore) EXPECT_THAT(written.files, testing::Contains(folder / "shop" / name));
  EXPECT_EQ(written.files.back().filename(), "truth.json");
  const std::map<std::string, std::int64_t> rows(written.rows.begin(), written.rows.end());
  EXPECT_EQ(rows.at("customers"), 400);
  EXPECT_EQ(rows.at("events"), 9000);
  for (const auto& [name, count] : written.rows)
    EXPECT_EQ(count, std::ssize(readCsv(folder / "shop" / (name + ".csv")).rows)) << name;
}

TEST(DemoShop, KeysOfTheTablesFit) {
  const TemporaryFolder folder;
  write(folder.path(), small());
  const std::set<std::string> customers = idsOf(readCsv(folder / "customers.csv"), "customer_id");
  const std::set<std::string> products = idsOf(readCsv(folder / "products.csv"), "product_id");
  for (const char* name : {"reviews.csv", "tickets.csv", "ad_log.csv"})
    EXPECT_THAT(customers, testing::IsSupersetOf(idsOf(readCsv(folder / name), "customer_id"))) << name;
  for (const char* name : {"reviews.csv", "demand.csv"})
    EXPECT_THAT(products, testing::IsSupersetOf(idsOf(readCsv(folder / name), "product_id"))) << name;
  const CsvTable orders = readCsv(folder / "orders.csv");
  const CsvTable items = readCsv(folder / "order_items.csv");
  const CsvTable events = readCsv(folder / "events.csv");
  const CsvTable assignments = readCsv(folder / "assignments.csv");
  EXPECT_EQ(customers.size(), 400U);
  EXPECT_EQ(idsOf(orders, "order_id").size(), orders.rows.size());
  EXPECT_EQ(idsOf(events, "event_id").size(), events.rows.size());
  EXPECT_THAT(customers, testing::IsSupersetOf(idsOf(orders, "customer_id")));
  EXPECT_THAT(customers, testing::IsSupersetOf(idsOf(events, "customer_id")));
  EXPECT_THAT(customers, testing::IsSupersetOf(idsOf(assignments, "customer_id")));
  EXPECT_THAT(products, testing::IsSupersetOf(idsOf(items, "product_id")));
  EXPECT_EQ(idsOf(items, "order_id"), idsOf(orders, "order_id"));
  EXPECT_EQ(idsOf(readCsv(folder / "campaigns.csv"), "campaign_id"), idsOf(assignments, "campaign_id"));
  std::size_t purchases = 0;
  for (std::size_t row = 0; row < events.rows.size(); ++row) {
    const bool search = events.at(row, "type") == "search";
    EXPECT_EQ(search, events.at(row, "product_id").empty());
    EXPECT_EQ(search, !events.at(row, "query").empty());
    purchases += events.at(row, "type") == "purchase" ? 1 : 0;
    EXPECT_GE(events.at(row, "ts"), events.at(row > 0 ? row - 1 : 0, "ts"));
  }
  EXPECT_EQ(purchases, items.rows.size());
}

TEST(DemoShop, ItemsAddUpToTheirOrder) {
  const TemporaryFolder folder;
  write(folder.path(), small());
  std::map<std::string, std::int64_t> sums;
  const CsvTable items = readCsv(folder / "order_items.csv");
  for (std::size_t row = 0; row < items.rows.size(); ++row)
    sums[items.at(row, "order_id")] +=
        std::stoll(items.at(row, "quantity")) * centsOf(items.at(row, "unit_price"));
  const CsvTable orders = readCsv(folder / "orders.csv");
  for (std::size_t row = 0; row < orders.rows.size(); ++row)
    EXPECT_EQ(centsOf(orders.at(row, "total")) + centsOf(orders.at(row, "discount")),
              sums.at(orders.at(row, "order_id")));
}

TEST(DemoShop, ConvertedMeansAnOrderWithinTheCampaign) {
  const TemporaryFolder folder;
  write(folder.path(), small());
  std::unordered_map<std::string, std::vector<std::pair<std::int64_t, std::string>>> orders_of;
  const CsvTable orders = readCsv(folder / "orders.csv");
  for (std::size_t row = 0; row < orders.rows.size(); ++row)
    orders_of[orders.at(row, "customer_id")].emplace_back(dayOf(orders.at(row, "ts")),
                                                          orders.at(row, "total"));
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> windows;
  const CsvTable campaigns = readCsv(folder / "campaigns.csv");
  for (std::size_t row = 0; row < campaigns.rows.size(); ++row)
    windows[campaigns.at(row, "campaign_id")] = {dayOf(campaigns.at(row, "start")),
                                                 dayOf(campaigns.at(row, "end"))};
  const CsvTable assignments = readCsv(folder / "assignments.csv");
  int conversions = 0;
  for (std::size_t row = 0; row < assignments.rows.size(); ++row) {
    const auto [start, end] = windows.at(assignments.at(row, "campaign_id"));
    std::string total = "0.00";
    for (const auto& [day, amount] : orders_of[assignments.at(row, "customer_id")]) {
      if (day < start || day > end) continue;
      total = amount;
      break;
    }
    EXPECT_EQ(assignments.at(row, "revenue"), total);
    EXPECT_EQ(assignments.at(row, "converted"), total == "0.00" ? "0" : "1");
    EXPECT_EQ(assignments.at(row, "sent_at").empty(), assignments.at(row, "treated") == "0");
    conversions += total == "0.00" ? 0 : 1;
  }
  EXPECT_GT(conversions, 20);
}

TEST(DemoShop, OnlyTheWordsAreChinese) {
  const TemporaryFolder folder;
  write(folder / "en", small());
  DemoShopOptions chinese = small();
  chinese.data_language = Language::Chinese;
  write(folder / "zh", chinese);
  const std::string customers = readFile(folder / "zh" / "customers.csv").value();
  EXPECT_THAT(customers, testing::HasSubstr("北京"));
  EXPECT_THAT(readFile(folder / "zh" / "products.csv").value(), testing::HasSubstr("咖啡茶饮"));
  EXPECT_THAT(readFile(folder / "zh" / "events.csv").value(), testing::Not(testing::HasSubstr("tea")));
  EXPECT_EQ(toValidUtf8(customers), customers);
  EXPECT_THAT(readFile(folder / "zh" / "reviews.csv").value(), testing::HasSubstr("。"));
  EXPECT_THAT(readFile(folder / "zh" / "tickets.csv").value(), testing::Not(testing::HasSubstr("order O")));
  for (const char* name : {"orders.csv", "order_items.csv", "assignments.csv", "payments.csv", "ad_log.csv",
                           "demand.csv", "channel_spend.csv", "truth.json"})
    EXPECT_EQ(readFile(folder / "zh" / name).value(), readFile(folder / "en" / name).value()) << name;
}

Json truthButForDirt(const fs::path& folder) {
  Json truth = parseJson(readFile(folder / "truth.json").value(), "truth.json").value();
  truth.erase("dirt");
  return truth;
}

TEST(DemoShop, DirtSpoilsRowsButNotTheTruth) {
  const TemporaryFolder folder;
  write(folder / "clean", small());
  DemoShopOptions dirty = small();
  dirty.dirt = Dirt::Much;
  write(folder / "dirty", dirty);
  EXPECT_EQ(truthButForDirt(folder / "clean"), truthButForDirt(folder / "dirty"));
  const CsvTable clean = readCsv(folder / "clean" / "customers.csv");
  const CsvTable spoiled = readCsv(folder / "dirty" / "customers.csv");
  const std::set<std::vector<std::string>> known(clean.rows.begin(), clean.rows.end());
  std::size_t kept = 0;
  std::size_t missing = 0;
  std::size_t impossible = 0;
  std::size_t odd_dates = 0;
  std::size_t accounts = 0;
  std::map<std::string, int> times;
  for (std::size_t row = 0; row < spoiled.rows.size(); ++row) {
    kept += known.count(spoiled.rows[row]);
    ++times[spoiled.at(row, "customer_id")];
    const std::string& year = spoiled.at(row, "birth_year");
    missing += year.empty() ? 1 : 0;
    impossible += year == "1875" || year == "2044" || year == "0" ? 1 : 0;
    odd_dates += spoiled.at(row, "signup_date")[4] == '-' ? 0 : 1;
    accounts += spoiled.at(row, "customer_id")[0] == 'T' ? 1 : 0;
  }
  EXPECT_GT(kept, clean.rows.size() / 3);
  EXPECT_LT(kept, clean.rows.size());
  EXPECT_GT(missing, 5U);
  EXPECT_GT(impossible, 5U);
  EXPECT_GT(odd_dates, 5U);
  EXPECT_GE(accounts, 15U);
  EXPECT_GT(spoiled.rows.size(), times.size());
}

TEST(DemoShop, DirtLeaksTheTarget) {
  const TemporaryFolder folder;
  DemoShopOptions dirty = small();
  dirty.dirt = Dirt::Some;
  write(folder.path(), dirty);
  const CsvTable assignments = readCsv(folder / "assignments.csv");
  for (std::size_t row = 0; row < assignments.rows.size(); ++row)
    EXPECT_EQ(assignments.at(row, "converting_order_id").empty(), assignments.at(row, "converted") == "0");
}

TEST(DemoShop, CancelLeavesNothing) {
  const TemporaryFolder folder;
  for (const double stop_at : {0.01, 0.4, 0.6, 0.9}) {
    std::stop_source stop;
    JobContext job(stop.get_token(), nullptr, [&](const Progress& progress) {
      if (progress.fraction >= stop_at) stop.request_stop();
    });
    DemoShopOptions options = small();
    options.customers = 20'000;
    options.events = 200'000;
    const auto written = writeDemoShop(folder / "new" / "shop", options, job);
    ASSERT_FALSE(written) << stop_at;
    EXPECT_EQ(written.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(fs::is_empty(folder.path())) << stop_at;
  }
}

TEST(DemoShop, OverwritesNothing) {
  const TemporaryFolder folder;
  folder.write("orders.csv", "mine\n");
  JobContext job;
  const auto written = writeDemoShop(folder.path(), small(), job);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(written.error().where.file, (folder / "orders.csv").string());
  EXPECT_EQ(readFile(folder / "orders.csv").value(), "mine\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(DemoShop, RefusesWhatItCannotMake) {
  const TemporaryFolder folder;
  JobContext job;
  const auto refused = [&](const DemoShopOptions& options) {
    const auto written = writeDemoShop(folder / "shop", options, job);
    return !written && written.error().code == ErrorCode::InvalidArgument && !fs::exists(folder / "shop");
  };
  DemoShopOptions few = small();
  few.customers = 99;
  EXPECT_TRUE(refused(few));
  DemoShopOptions short_history = small();
  short_history.days = 59;
  EXPECT_TRUE(refused(short_history));
  DemoShopOptions no_events = small();
  no_events.events = 0;
  EXPECT_TRUE(refused(no_events));
  EXPECT_FALSE(parseDirt("a lot"));
  EXPECT_EQ(parseDirt("much").value(), Dirt::Much);
}

TEST(DemoShop, SmallestShopIsWhole) {
  const TemporaryFolder folder;
  DemoShopOptions options;
  options.customers = 100;
  options.events = 100;
  options.days = 60;
  write(folder.path(), options);
  EXPECT_GE(readCsv(folder / "events.csv").rows.size(), 100U);
  EXPECT_EQ(readCsv(folder / "campaigns.csv").rows.size(), 4U);
}

}  // namespace
}  // namespace lodestone::demo
