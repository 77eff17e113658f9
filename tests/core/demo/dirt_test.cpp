// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/base/file.h"
#include "core/base/text.h"
#include "tests/core/demo/planted_shop.h"

// truth.json tells every row and cell that dirt touched, and what the clean tables hold: checked cell by cell
// against the clean files of the same shop.

namespace lodestone::demo {
namespace {

struct TwoShops {
  test::TemporaryFolder folder;
  Json truth;

  explicit TwoShops(Dirt dirt) {
    DemoShopOptions options;
    options.customers = 600;
    options.events = 6000;
    options.days = 200;
    write("clean", options);
    options.dirt = dirt;
    write("dirty", options);
    truth = parseJson(readFile(folder / "dirty" / "truth.json").value(), "truth.json").value();
  }
  void write(const char* name, const DemoShopOptions& options) {
    JobContext job;
    if (!writeDemoShop(folder / name, options, job)) throw std::runtime_error("no shop");
  }
  CsvTable clean(const std::string& table) const { return readCsv(folder / "clean" / (table + ".csv")); }
  CsvTable dirty(const std::string& table) const {
    return readCsv(folder / "dirty" / (table + ".csv"),
                   truth["dirt"][table]["separator"].get<std::string>().front());
  }
};

const TwoShops& shops() {
  static const TwoShops kShops(Dirt::Much);
  return kShops;
}

std::set<std::size_t> rowsOf(const Json& object, const char* key) {
  std::set<std::size_t> rows;
  if (object.contains(key))
    for (const Json& row : object[key]) rows.insert(row.get<std::size_t>() - 1);
  return rows;
}

/// What a cell of a foreign dialect would be in the usual one.
std::string usual(const std::string& table, std::string_view column, std::string cell) {
  if (table == "channel_spend" && column == "date")
    return cell.substr(6, 4) + "-" + cell.substr(3, 2) + "-" + cell.substr(0, 2);
  if (table == "channel_spend") return replaceAll(cell, ",", ".");
  if (table != "payments" || column != "method") return cell;
  const std::map<std::string, std::string> words{{"\xD2\xF8\xD0\xD0\xBF\xA8", "card"},
                                                 {"\xB5\xE7\xD7\xD3\xC7\xAE\xB0\xFC", "wallet"},
                                                 {"\xD2\xF8\xD0\xD0\xD7\xAA\xD5\xCB", "bank_transfer"},
                                                 {"\xC0\xF1\xC6\xB7\xBF\xA8", "gift_card"}};
  return words.at(cell);
}

/// 2025-03-09, 2025/03/09, 09.03.2025 and 20250309, with or without a time, as the first.
std::string isoDate(const std::string& cell) {
  const std::size_t space = std::min(cell.find(' '), cell.size());
  const std::string date = cell.substr(0, space);
  const std::string rest = cell.substr(space);
  if (date.size() == 8) return date.substr(0, 4) + "-" + date.substr(4, 2) + "-" + date.substr(6, 2) + rest;
  if (date[2] == '.') return date.substr(6, 4) + "-" + date.substr(3, 2) + "-" + date.substr(0, 2) + rest;
  return replaceAll(date, "/", "-") + rest;
}

/// Which rows of a column have which flaw.
struct ColumnFlaws {
  std::set<std::size_t> missing;
  std::set<std::size_t> year;
  std::set<std::size_t> spaces;
  std::set<std::size_t> date;

  ColumnFlaws(const Json& columns, const std::string& name) {
    const Json told = columns.contains(name) ? columns[name] : Json::object();
    missing = rowsOf(told, "missing");
    year = rowsOf(told, "impossible_year");
    spaces = rowsOf(told, "trailing_spaces");
    date = rowsOf(told, "mixed_dates");
  }
  void expect(const std::string& was, const std::string& is, std::size_t row) const {
    if (year.contains(row))
      EXPECT_THAT(is, testing::AnyOf("1875", "2044", "0"));
    else if (missing.contains(row))
      EXPECT_EQ(is, "");
    else if (spaces.contains(row))
      EXPECT_TRUE(is.size() > was.size() && trim(is) == was) << is;
    else if (date.contains(row))
      EXPECT_TRUE(is != was && isoDate(is) == was) << is;
    else
      EXPECT_EQ(is, was);
  }
};

class DirtOf : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Tables, DirtOf,
                         testing::Values("customers", "products", "events", "orders", "order_items",
                                         "campaigns", "assignments", "reviews", "tickets", "payments",
                                         "ad_log", "demand", "holidays", "channel_spend"));

TEST_P(DirtOf, IsToldToTheCell) {
  const std::string table = GetParam();
  const CsvTable clean = shops().clean(table);
  const CsvTable dirty = shops().dirty(table);
  const Json& told = shops().truth["dirt"][table];
  const std::set<std::size_t> doubles = rowsOf(told, "duplicates");
  const std::set<std::size_t> tests = rowsOf(told, "test_accounts");
  ASSERT_EQ(told["rows"].get<std::size_t>(), dirty.rows.size());
  EXPECT_TRUE(table == "holidays" || table == "campaigns" || !doubles.empty());
  EXPECT_EQ(tests.empty(), table != "customers");
  std::vector<ColumnFlaws> flaws;
  for (const std::string& name : clean.names) flaws.emplace_back(told["columns"], name);
  std::size_t next = 0;
  for (std::size_t row = 0; row < dirty.rows.size(); ++row) {
    SCOPED_TRACE(table + " row " + std::to_string(row + 1));
    if (doubles.contains(row)) {
      EXPECT_EQ(dirty.rows[row], dirty.rows[row - 1]);
      continue;
    }
    if (tests.contains(row)) {
      EXPECT_EQ(dirty.rows[row][0][0], 'T');
      continue;
    }
    ASSERT_LT(next, clean.rows.size());
    for (std::size_t column = 0; column < clean.names.size(); ++column)
      flaws[column].expect(clean.rows[next][column],
                           usual(table, clean.names[column], dirty.rows[row][column]), row);
    ++next;
  }
  EXPECT_EQ(next, clean.rows.size());
}

std::int64_t digitsOf(std::string text) {
  std::erase(text, '.');
  return std::stoll(text);
}

TEST_P(DirtOf, LeavesTheTruthOfTheCleanTable) {
  const std::string table = GetParam();
  const CsvTable clean = shops().clean(table);
  const Json& told = shops().truth["clean"][table];
  ASSERT_EQ(told["rows"].get<std::size_t>(), clean.rows.size());
  ASSERT_EQ(told["columns"].size(), clean.names.size());
  for (std::size_t column = 0; column < clean.names.size(); ++column) {
    const Json& figures = told["columns"][clean.names[column]];
    std::int64_t missing = 0;
    std::int64_t sum = 0;
    double decimals = 1;
    for (const auto& row : clean.rows) {
      const std::string& cell = row[column];
      missing += cell.empty() ? 1 : 0;
      if (cell.empty()) continue;
      if (figures.contains("days")) sum += dayOf(cell);
      if (figures.contains("seconds"))
        sum += dayOf(cell) * 86'400 + std::stoll(cell.substr(11, 2)) * 3600 +
               std::stoll(cell.substr(14, 2)) * 60 + std::stoll(cell.substr(17, 2));
      if (!figures.contains("sum")) continue;
      sum += digitsOf(cell);
      if (cell.find('.') != std::string::npos) decimals = std::pow(10.0, cell.size() - cell.find('.') - 1);
    }
    EXPECT_EQ(figures["missing"].get<std::int64_t>(), missing) << clean.names[column];
    for (const char* key : {"days", "seconds", "sum"}) {
      if (!figures.contains(key)) continue;
      EXPECT_DOUBLE_EQ(figures[key].get<double>(), static_cast<double>(sum) / decimals)
          << clean.names[column];
    }
  }
}

TEST(Dirt, OldCustomersAreMissingMoreOften) {
  const Json& column = shops().truth["dirt"]["customers"]["columns"]["email"];
  const std::set<std::size_t> doubles = rowsOf(shops().truth["dirt"]["customers"], "duplicates");
  const std::set<std::size_t> missing = rowsOf(column, "missing");
  const CsvTable clean = shops().clean("customers");
  std::array<Share, 2> shares;
  std::size_t row = 0;
  for (std::size_t i = 0; i < clean.rows.size(); ++i, ++row) {
    while (doubles.contains(row)) ++row;
    shares[std::stoi(clean.at(i, "birth_year")) <= 1965 ? 1 : 0].add(missing.contains(row));
  }
  EXPECT_GT(shares[1].value() - shares[0].value(),
            3 * std::sqrt(shares[0].variance() + shares[1].variance()));
}

// A missing total is the amount of the order's payment, and a missing discount what its items cost beyond
// that.
TEST(Dirt, WhatFollowsFromOtherFilesIsNotLost) {
  const Json& told = shops().truth["dirt"]["orders"]["columns"];
  for (const char* column : {"total", "discount"}) {
    EXPECT_FALSE(rowsOf(told[column], "missing").empty());
    EXPECT_EQ(told[column]["lost"].get<int>(), 0);
  }
  EXPECT_GT(told["returned"]["lost"].get<int>(), 0);
}

TEST(Dirt, SomeIsLessThanMuch) {
  const TwoShops some(Dirt::Some);
  std::size_t few = 0;
  std::size_t many = 0;
  for (const auto& [table, told] : shops().truth["dirt"].items()) {
    many += rowsOf(told, "duplicates").size();
    few += rowsOf(some.truth["dirt"][table], "duplicates").size();
  }
  EXPECT_GT(few, 0U);
  EXPECT_GT(many, 4 * few);
  EXPECT_FALSE(plantedShop().truth.contains("dirt"));
}

}  // namespace
}  // namespace lodestone::demo
