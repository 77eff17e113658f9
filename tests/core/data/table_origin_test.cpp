// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table_origin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/base/version.h"
#include "core/data/features.h"
#include "core/data/import.h"
#include "core/data/join.h"
#include "core/data/query.h"
#include "core/data/recipe.h"
#include "core/data/reshape.h"
#include "core/data/sequences.h"
#include "core/data/table_export.h"
#include "tests/core/data/table_fixture.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TableOriginTest : public TableTest {
 protected:
  void SetUp() override {
    take("orders.csv", "id,customer,amount,day,kind\n1,10,5.5,2026-01-01,buy\n2,20,7,2026-01-03,buy\n",
         "orders");
    take("customers.csv", "customer,name\n10,Ann\n20,Bo\n", "customers");
  }
  void take(const std::string& file, const std::string& text, const std::string& table) {
    ImportOptions options;
    options.on_existing = OnExisting::Replace;
    must(importFile(database_, folder_.write(file, text), table, options, job_));
  }
  Origin origin(const std::string& table) { return must(originOf(database_, {table}, job_)); }
  void join(const std::string& left, const std::string& right, const std::string& out) {
    must(joinTables(database_, {.left = {left}, .right = {right}, .keys = {{"customer", "customer"}}},
                    {.name = out, .replace = true}, job_));
  }
  void clean(const std::string& from, const Recipe& recipe, const std::string& to) {
    must(data::clean(database_, {from}, recipe, {.name = to, .replace = true}, job_));
  }

  /// "orders = import(orders.csv)", "joined = join(orders, customers)", ...
  static std::vector<std::string> told(const Origin& origin) {
    std::map<std::string, std::string> names;
    std::vector<std::string> lines;
    for (const OriginStep& step : origin) {
      std::vector<std::string> from;
      for (const std::string& id : step.from) from.push_back(names.at(id));
      if (step.operation == "import")
        for (const Json& file : step.parameters.at("files"))
          from.push_back(std::filesystem::path(file.at("file").get<std::string>()).filename().string());
      names[step.id] = step.made;
      lines.push_back(step.made + " = " + step.operation + "(" + lodestone::join(from, ", ") + ")");
    }
    return lines;
  }
  std::vector<std::string> toldFile(const std::filesystem::path& file) {
    const auto origin = must(originOfFile(database_, must(sha256File(file)), job_));
    return origin ? told(*origin) : std::vector<std::string>();
  }

  const Recipe trimmed_{{{"fill", {{"column", "amount"}, {"method", "mean"}}}}};
  test::TemporaryFolder folder_;
};

TEST_F(TableOriginTest, LeadsBackThroughEveryTableToTheFiles) {
  clean("orders", trimmed_, "filled");
  join("FILLED", "customers", "joined");
  must(makeRfm(database_,
               {.table = {"joined"}, .columns = {.user = "customer", .time = "day", .amount = "amount"}},
               {.name = "rfm"}, job_));
  const Origin steps = origin("RFM");
  EXPECT_THAT(told(steps), ElementsAre("orders = import(orders.csv)", "filled = clean(orders)",
                                       "customers = import(customers.csv)",
                                       "joined = join(filled, customers)", "rfm = rfm(joined)"));
  EXPECT_EQ(steps[0].parameters["files"][0]["rows"], 2);
  EXPECT_GT(steps[0].parameters["files"][0]["bytes"], 0);
  EXPECT_EQ(steps[1].parameters["steps"][0]["method"], "mean");
  EXPECT_EQ(dumpJson(steps[3].parameters["keys"]), R"([{"left":"customer","right":"customer"}])");
  EXPECT_EQ(steps[3].parameters["how"], "left");
  EXPECT_EQ(steps[4].parameters["user"], "customer");
  EXPECT_EQ(steps[4].parameters["as_of"], "2026-01-03 00:00:00");
  EXPECT_EQ(steps[4].code, codeVersion());
  EXPECT_FALSE(steps[4].made_at.empty());
}

TEST_F(TableOriginTest, KnowsEveryWayToMakeATable) {
  must(unionTables(database_, {{{"orders"}, {"customers"}}, "source"}, {.name = "all"}, job_));
  must(pivotTable(database_, {.table = {"orders"}, .rows = {"customer"}, .column = "kind", .value = "amount"},
                  {.name = "wide"}, job_));
  must(unpivotTable(database_, {.table = {"wide"}, .keep = {"customer"}}, {.name = "long"}, job_));
  must(makeBehaviour(database_, {.table = {"orders"}, .columns = {.user = "customer", .time = "day"}},
                     {.name = "habits"}, job_));
  must(makeSequences(database_, {.table = {"orders"}, .columns = {.user = "customer", .item = "id"}},
                     {.name = "steps"}, job_));
  must(queryToTable(database_,
                    "WITH c AS (SELECT * FROM customers) SELECT * FROM c JOIN main.Orders USING (customer)",
                    {.name = "asked"}, job_));
  EXPECT_THAT(told(origin("all")).back(), "all = union(orders, customers)");
  EXPECT_THAT(told(origin("long")),
              ElementsAre("orders = import(orders.csv)", "wide = pivot(orders)", "long = unpivot(wide)"));
  EXPECT_EQ(origin("wide").back().parameters["aggregate"], "sum");
  EXPECT_EQ(told(origin("habits")).back(), "habits = behaviour(orders)");
  EXPECT_EQ(told(origin("steps")).back(), "steps = sequences(orders)");
  EXPECT_EQ(told(origin("asked")).back(), "asked = query(customers, orders)");
}

TEST_F(TableOriginTest, TellsOfSourcesAsTheyWereWhenTheTableWasMade) {
  join("orders", "customers", "joined");
  take("orders_new.csv", "id,customer\n7,10\n", "orders");
  ASSERT_TRUE(database_.drop({"customers"}));
  EXPECT_THAT(told(origin("joined")),
              ElementsAre("orders = import(orders.csv)", "customers = import(customers.csv)",
                          "joined = join(orders, customers)"));
  EXPECT_THAT(told(origin("orders")), ElementsAre("orders = import(orders_new.csv)"))
      << "a table that was imported anew has nothing of the former file";
  clean("joined", trimmed_, "joined");
  EXPECT_THAT(told(origin("joined")).back(), "joined = clean(joined)");
  EXPECT_EQ(origin("joined").size(), 4U);
}

TEST_F(TableOriginTest, AncestryEndsWithTheTable) {
  clean("orders", trimmed_, "filled");
  ASSERT_TRUE(database_.drop({"filled"}));
  sql("CREATE TABLE filled AS SELECT 1 AS a");
  EXPECT_THAT(told(origin("filled")), ElementsAre("filled = ()"));
  clean("orders", trimmed_, "again");
  take("again.csv", "a\n1\n", "again");
  EXPECT_THAT(told(origin("again")), ElementsAre("again = import(again.csv)"));
  Frame frame{.rows = 1, .columns = {{"a", ColumnKind::Number, {1}, {}, {}}}};
  ASSERT_TRUE(database_.writeFrame({"again"}, frame, job_));
  EXPECT_THAT(told(origin("again")), ElementsAre("again = ()"));
  // What fails leaves what was there, and what is known of it.
  EXPECT_FALSE(data::clean(database_, {"orders"}, {{{"fill", {{"column", "nothing"}, {"method", "mean"}}}}},
                           {.name = "customers", .replace = true}, job_));
  EXPECT_THAT(told(origin("customers")), ElementsAre("customers = import(customers.csv)"));
}

TEST_F(TableOriginTest, ManyJoinsOfATableWithItselfStaySmall) {
  for (int i = 0; i < 13; ++i)
    must(joinTables(database_,
                    {.left = {i == 0 ? "orders" : "twice"},
                     .right = {i == 0 ? "orders" : "twice"},
                     .keys = {{"customer", "customer"}},
                     .kind = JoinKind::Semi},
                    {.name = "twice", .replace = true}, job_));
  EXPECT_EQ(origin("twice").size(), 14U);
}

TEST_F(TableOriginTest, FilesAreKnownByTheirContents) {
  join("orders", "customers", "joined");
  for (const char* name : {"all.csv", "all.parquet", "all.xlsx", "all.json"}) {
    const auto file = folder_ / name;
    must(exportTable(database_, {"joined"}, file, {}, job_));
    const auto lines = toldFile(file);
    ASSERT_EQ(lines.size(), 4U) << name;
    EXPECT_EQ(lines.back(), file.string() + " = export(joined)");
  }
  must(exportQuery(database_, "SELECT name FROM joined", folder_ / "names.csv", {}, job_));
  EXPECT_EQ(toldFile(folder_ / "names.csv").back(), (folder_ / "names.csv").string() + " = query(joined)");
  must(queryToCsv(database_, "SELECT id FROM orders", folder_ / "ids.csv", job_));
  std::filesystem::rename(folder_ / "ids.csv", folder_ / "moved.csv");
  ASSERT_TRUE(database_.drop({"orders"}));
  EXPECT_THAT(
      toldFile(folder_ / "moved.csv"),
      ElementsAre("orders = import(orders.csv)", (folder_ / "ids.csv").string() + " = query(orders)"));
  EXPECT_THAT(toldFile(folder_.write("other.csv", "id\n")), IsEmpty());
}

}  // namespace
}  // namespace lodestone::data
