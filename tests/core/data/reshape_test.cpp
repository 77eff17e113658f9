// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/reshape.h"

#include <gmock/gmock.h>

#include "tests/core/data/table_fixture.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ReshapeTest : public TableTest {
 protected:
  static std::vector<std::string> types(const ReshapeReport& report) {
    std::vector<std::string> list;
    for (const ColumnInfo& column : report.columns) list.push_back(column.type);
    return list;
  }
  void sales() {
    sql("CREATE TABLE sales AS SELECT * FROM (VALUES ('north', 'Q1', 10, 'a'), ('north', 'Q2', 20, 'b'), "
        "('south', 'Q1', 5, 'a'), ('south', 'Q1', 7, 'c'), (NULL, 'Q2', 1, 'a'), ('south', NULL, 3, 'a')) "
        "AS t(region, quarter, amount, shop)");
  }
};

TEST_F(ReshapeTest, AUnionMatchesNamesWidensTypesAndKeepsOrder) {
  sql("CREATE TABLE jan (id INT, Amount DOUBLE, day DATE); INSERT INTO jan VALUES (1, 1.5, '2026-01-01'), "
      "(2, 2, NULL);"
      "CREATE TABLE feb (amount BIGINT, ID BIGINT, note VARCHAR, day TIMESTAMP);"
      "INSERT INTO feb VALUES (7, 3, 'x', '2026-02-01 10:00:00');"
      "CREATE TABLE mar (id VARCHAR); INSERT INTO mar VALUES ('M4')");
  const ReshapeReport two = must(unionTables(database_, {{{"jan"}, {"feb"}}, "month"}, {"months"}, job_));
  EXPECT_THAT(names(two), ElementsAre("id", "Amount", "day", "note", "month"));
  EXPECT_THAT(types(two), ElementsAre("BIGINT", "DOUBLE", "TIMESTAMP", "VARCHAR", "VARCHAR"));
  EXPECT_EQ(rows("SELECT * FROM months"), (Cells{{1, 1.5, "2026-01-01 00:00:00", nullptr, "jan"},
                                                 {2, 2.0, nullptr, nullptr, "jan"},
                                                 {3, 7.0, "2026-02-01 10:00:00", "x", "feb"}}));
  EXPECT_THAT(kinds(two.notices), ElementsAre("widened", "widened", "widened", "missing_column"));
  const ReshapeReport three = must(unionTables(database_, {{{"jan"}, {"mar"}, {"jan"}}, ""}, {"all"}, job_));
  EXPECT_EQ(three.rows, 5);
  EXPECT_EQ(rows("SELECT id FROM \"all\""), (Cells{{"1"}, {"2"}, {"M4"}, {"1"}, {"2"}}));
}

TEST_F(ReshapeTest, ALongUnionKeepsTheOrderOfItsRows) {
  sql("CREATE TABLE a AS SELECT range AS x FROM range(300000); CREATE TABLE b AS SELECT 300000 + range AS x "
      "FROM "
      "range(300000)");
  EXPECT_EQ(must(unionTables(database_, {{{"a"}, {"b"}}, ""}, {"c"}, job_)).rows, 600000);
  EXPECT_EQ(rows("SELECT count(*) FROM (SELECT x, row_number() OVER () - 1 AS n FROM c) WHERE x <> n"),
            (Cells{{0}}));
}

TEST_F(ReshapeTest, WholeNumbersAndDecimalsKeepTheirDigits) {
  sql("CREATE TABLE a AS SELECT 9007199254740993 AS x, 1.25::DECIMAL(4,2) AS y, true AS z;"
      "CREATE TABLE b AS SELECT 0.5::DECIMAL(3,1) AS x, 100000::DECIMAL(9,0) AS y, 1 AS z");
  const ReshapeReport report = must(unionTables(database_, {{{"a"}, {"b"}}, ""}, {"c"}, job_));
  EXPECT_THAT(types(report), ElementsAre("DECIMAL(20,1)", "DECIMAL(11,2)", "VARCHAR"));
  EXPECT_EQ(rows("SELECT x::VARCHAR, y::VARCHAR, z FROM c"),
            (Cells{{"9007199254740993.0", "1.25", "true"}, {"0.5", "100000.00", "1"}}));
}

TEST_F(ReshapeTest, AUnionRefusesATakenSourceColumnAndAnUnknownTable) {
  sql("CREATE TABLE a AS SELECT 1 AS Source");
  EXPECT_EQ(unionTables(database_, {{{"a"}}, "source"}, {"c"}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(unionTables(database_, {{{"a"}, {"b"}}, ""}, {"c"}, job_).error().code, ErrorCode::NotFound);
  EXPECT_EQ(unionTables(database_, {{}, ""}, {"c"}, job_).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(unionTables(database_, {{{"a"}}, ""}, {"a"}, job_).error().code, ErrorCode::AlreadyExists);
}

TEST_F(ReshapeTest, APivotHasAColumnForEachValue) {
  sales();
  const ReshapeReport sums =
      must(pivotTable(database_, {{"sales"}, {"region"}, "quarter", "amount", Aggregate::Sum}, {"p"}, job_));
  EXPECT_THAT(names(sums), ElementsAre("region", "Q1", "Q2", "(missing)"));
  EXPECT_EQ(rows("SELECT * FROM p"),
            (Cells{{"north", 10, 20, nullptr}, {"south", 12, nullptr, 3}, {nullptr, nullptr, 1, nullptr}}));
  must(pivotTable(database_, {{"sales"}, {}, "quarter", "", Aggregate::Count}, {"p", true}, job_));
  EXPECT_EQ(rows("SELECT * FROM p"), (Cells{{3, 2, 1}}));
  must(pivotTable(database_, {{"sales"}, {"region"}, "quarter", "shop", Aggregate::CountDistinct},
                  {"p", true}, job_));
  EXPECT_EQ(rows("SELECT * FROM p"), (Cells{{"north", 1, 1, 0}, {"south", 2, 0, 1}, {nullptr, 0, 1, 0}}));
  must(pivotTable(database_, {{"sales"}, {"region"}, "quarter", "amount", Aggregate::Mean}, {"p", true},
                  job_));
  EXPECT_EQ(rows("SELECT Q1 FROM p"), (Cells{{10.0}, {6.0}, {nullptr}}));
  must(pivotTable(database_, {{"sales"}, {"region"}, "quarter", "shop", Aggregate::Max}, {"p", true}, job_));
  EXPECT_EQ(rows("SELECT Q1 FROM p"), (Cells{{"a"}, {"c"}, {nullptr}}));
}

TEST_F(ReshapeTest, APivotIsBoundedAndChecksItsColumns) {
  sales();
  sql("CREATE TABLE many AS SELECT range AS k, 1 AS v FROM range(300); CREATE TABLE none AS SELECT 1 AS k "
      "LIMIT 0");
  const auto refused = pivotTable(database_, {{"many"}, {}, "k", "v"}, {"p"}, job_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(messageOf(refused.error()), HasSubstr("300 different values"));
  EXPECT_TRUE(pivotTable(database_, {{"many"}, {}, "k", "v", Aggregate::Sum, 300}, {"p"}, job_));
  const auto text = pivotTable(database_, {{"sales"}, {}, "quarter", "shop"}, {"q"}, job_);
  EXPECT_THAT(messageOf(text.error()), HasSubstr("shop"));
  EXPECT_EQ(pivotTable(database_, {{"sales"}, {"quarter"}, "quarter", "amount"}, {"q"}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(pivotTable(database_, {{"none"}, {}, "k", "k"}, {"q"}, job_).error().code,
            ErrorCode::NotEnoughData);
}

TEST_F(ReshapeTest, ValuesThatAreAwkwardNamesBecomeColumns) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('a', 1), ('A', 2), ('r', 3), ('\"; DROP TABLE t', 4), ('', "
      "5), "
      "('select', 6), ('客户😀', 7)) AS v(\"key\", n)");
  const ReshapeReport report =
      must(pivotTable(database_, {{"t"}, {}, "KEY", "n", Aggregate::Sum}, {"p"}, job_));
  EXPECT_EQ(report.columns.size(), 7U);
  EXPECT_EQ(rows("SELECT a_2, \"客户😀\", \"\"\"; DROP TABLE t\" FROM p"), (Cells{{1, 7, 4}}))
      << "by value, capital letters first";
}

TEST_F(ReshapeTest, AnUnpivotIsTheWayBack) {
  sales();
  must(pivotTable(database_, {{"sales"}, {"region"}, "quarter", "amount", Aggregate::Sum}, {"p"}, job_));
  const ReshapeReport report =
      must(unpivotTable(database_, {{"p"}, {}, {"region"}, "quarter", "amount", false}, {"u"}, job_));
  EXPECT_THAT(names(report), ElementsAre("region", "quarter", "amount"));
  EXPECT_EQ(rows("SELECT * FROM u"), (Cells{{"north", "Q1", 10},
                                            {"north", "Q2", 20},
                                            {"south", "Q1", 12},
                                            {"south", "(missing)", 3},
                                            {nullptr, "Q2", 1}}));
  EXPECT_EQ(
      must(unpivotTable(database_, {{"p"}, {"q1"}, {}, "quarter", "amount", true}, {"u", true}, job_)).rows,
      3);
  EXPECT_EQ(unpivotTable(database_, {{"p"}, {}, {"region"}, "region", "amount"}, {"v"}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(unpivotTable(database_, {{"p"}, {}, {}}, {"v"}, job_).error().code, ErrorCode::InvalidArgument);
}

TEST_F(ReshapeTest, UnpivotedColumnsOfSeveralTypesGetOneThatHoldsThemAll) {
  sql("CREATE TABLE t AS SELECT 1 AS id, 2 AS a, 'x' AS b, 1.5::DOUBLE AS c");
  const ReshapeReport numbers = must(unpivotTable(database_, {{"t"}, {"a", "c"}, {"id"}}, {"u"}, job_));
  EXPECT_EQ(numbers.columns[2].type, "DOUBLE");
  EXPECT_EQ(rows("SELECT * FROM u"), (Cells{{1, "a", 2.0}, {1, "c", 1.5}}));
  const ReshapeReport texts = must(unpivotTable(database_, {{"t"}, {}, {"id"}}, {"u", true}, job_));
  EXPECT_EQ(texts.columns[2].type, "VARCHAR");
  EXPECT_THAT(kinds(texts.notices), ElementsAre("widened"));
}

}  // namespace
}  // namespace lodestone::data
