// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/recipe_fixture.h"

namespace lodestone::data {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class RecipeStepsTest : public RecipeTest {};

TEST_F(RecipeStepsTest, DropDuplicatesKeepsOneRowAndTheOrder) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (3, 'a'), (1, 'b'), (3, 'a'), (NULL, 'c'), (1, 'B'), (NULL, "
      "'c'), (3, "
      "'a')) v(n, s)");
  const CleanReport report = done(R"js([{"step":"drop_duplicates"}])js");
  EXPECT_EQ(all(), R"js([[3,"a"],[1,"b"],[null,"c"],[1,"B"]])js");
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(report.steps.at(0).changed, 3);
  EXPECT_EQ(report.steps[0].rows_before, 7);
  EXPECT_EQ(report.steps[0].rows_after, 4);
  done(R"js([{"step":"drop_duplicates","keep":"last","by":"n"}])js");
  EXPECT_EQ(all(), R"js([[1,"B"],[null,"c"],[3,"a"]])js");
}

TEST_F(RecipeStepsTest, DropDuplicatesKeepsTheNewestOfAKey) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('k', DATE '2026-03-01', 1), ('k', DATE '2026-03-05', 2), "
      "('k', NULL, 3), "
      "('k', DATE '2026-03-05', 4), ('m', NULL, 5), ('m', NULL, 6)) v(key, day, n)");
  done(R"js([{"step":"drop_duplicates","by":["key"],"keep":"newest","time":"day"}])js");
  EXPECT_EQ(all("SELECT n FROM out"), "[[2],[5]]");
  EXPECT_THAT(refusal(R"js([{"step":"drop_duplicates","keep":"newest"}])js"),
              HasSubstr("#1 drop_duplicates"));
}

TEST_F(RecipeStepsTest, FilterKeepsWhatIsTrueAndNothingElseGetsIn) {
  sql("CREATE TABLE t AS SELECT range AS n, CASE WHEN range = 2 THEN NULL ELSE range * 10 END AS v FROM "
      "range(5)");
  EXPECT_EQ(done(R"js([{"step":"filter","condition":"v > 5 AND n <> 4 -- a remark"}])js").steps[0].changed,
            3);
  EXPECT_EQ(all("SELECT n FROM out"), "[[1],[3]]");
  for (const char* condition :
       {"true) UNION SELECT (1", "n IN (SELECT 1)", "(SELECT true)", "true; DROP TABLE t", "*", "n, v",
        "random() > 0.5", "true) FROM range(3) WHERE (true", "read_text('/etc/passwd') IS NOT NULL",
        "nosuch > 1", "getenv('HOME') = ''", "COLUMNS(*) > 1", "sum(n) OVER () > 1", "exists(FROM t)",
        "1) AS x, (2", "?", "n >"})
    EXPECT_FALSE(tryClean("[{\"step\":\"filter\",\"condition\":" + Json(condition).dump() + "}]"))
        << condition;
  EXPECT_EQ(all("SELECT count(*) FROM t"), "[[5]]");
}

TEST_F(RecipeStepsTest, ExpressionsAreToldOnlyOfTheTablesOwnColumns) {
  sql("CREATE TABLE t AS SELECT 1 AS \"number of the row\", 'x' AS city");
  for (const char* recipe :
       {R"js([{"step":"filter","condition":"row_number > 1"}])js",
        R"js([{"step":"filter","condition":"s.row_number > 1"}])js",
        R"js([{"step":"filter","condition":"sum(row_number) > 1"}])js",
        R"js([{"step":"filter","condition":"sum(\"number of the row\") > 1"}])js",
        R"js([{"step":"derive","column":"a","expression":"row_number + 1"}])js",
        R"js([{"step":"derive","column":"a","expression":"sum(\"number of the row\")"}])js",
        R"js([{"step":"derive","column":"a","expression":"CAST(city AS INTEGER)"}])js"})
    EXPECT_THAT(refusal(recipe), Not(HasSubstr("lodestone"))) << recipe;
  EXPECT_THAT(refusal(R"js([{"step":"filter","condition":"\"lodestone row number\" > 1"}])js"),
              HasSubstr("There are: number of the row, city"));
  const std::string said = refusal(R"js([{"step":"aggregate","values":{"a":"sum(row_number)"}}])js");
  EXPECT_THAT(said, AllOf(HasSubstr("number of the row, city"), Not(HasSubstr("lodestone"))));
  EXPECT_EQ(all("SELECT count(*) FROM t"), "[[1]]");
}

TEST_F(RecipeStepsTest, ATableMayHaveAnyColumnName) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (3, 'a', NULL, 'x'), (1, NULL, 2.0, 'y'), (3, 'a', NULL, "
      "'x'), (2, 'b', 4.0, 'y')) v(\"Lodestone Row Number\", \"lodestone value\", \"lodestone place\", "
      "\"s\")");
  done(R"js([{"step":"drop_duplicates"},
             {"step":"fill","column":"lodestone place","method":"gaussian","by":["s"]},
             {"step":"fill","column":"lodestone place","method":"linear"},
             {"step":"fill","column":"lodestone value","method":"mode","by":["s"]},
             {"step":"fill","column":"lodestone value","method":"predicted"},
             {"step":"derive","column":"twice","expression":"\"lodestone row number\" * 2"},
             {"step":"filter","condition":"\"lodestone row number\" > 1"}])js");
  EXPECT_EQ(all("SELECT \"lodestone row number\", twice FROM out"), "[[3,6],[2,4]]");
  done(R"js([{"step":"aggregate","by":"lodestone row number","values":{"n":"count(*)"}}])js");
  EXPECT_EQ(all(), "[[3,2],[1,1],[2,1]]");
  const auto looked = previewRecipe(
      database_, {"t"}, *parseRecipeText(R"js([{"step":"drop_duplicates"}])js", "r"), {.most_rows = 3}, job_);
  ASSERT_TRUE(looked) << looked.error().message(Language::English);
  EXPECT_FALSE(looked->failed);
}

TEST_F(RecipeStepsTest, DropMissingRowsByShare) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a', 1.5), (2, NULL, 2.5), (3, NULL, NULL), (NULL, NULL, "
      "NULL)) v(n, "
      "s, x)");
  EXPECT_EQ(done(R"js([{"step":"drop_missing_rows"}])js").rows, 1);
  EXPECT_EQ(done(R"js([{"step":"drop_missing_rows","share":0.34}])js").rows, 2);
  EXPECT_EQ(done(R"js([{"step":"drop_missing_rows","share":1}])js").rows, 3);
  EXPECT_EQ(done(R"js([{"step":"drop_missing_rows","columns":["n","X"]}])js").rows, 2);
}

TEST_F(RecipeStepsTest, DropMissingColumnsByShare) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a', NULL), (2, NULL, NULL), (3, NULL, NULL), (4, NULL, "
      "NULL)) v(n, s, "
      "x)");
  const CleanReport report = done(R"js([{"step":"drop_missing_columns"}])js");
  EXPECT_EQ(columns(), "n INTEGER");
  EXPECT_THAT(report.steps[0].columns_removed, ElementsAre("s", "x"));
  EXPECT_EQ(report.steps[0].changed, 1);  // the one row that had a text
  done(R"js([{"step":"drop_missing_columns","share":1}])js");
  EXPECT_EQ(columns(), "n INTEGER, s VARCHAR");
}

TEST_F(RecipeStepsTest, OutliersAreClippedOrDropped) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (1), (2), (3), (4), (5), (NULL), (100)) v(n)");
  // Quartiles of 1 2 3 4 5 100 by linear interpolation: 2.25 and 4.75; bounds -1.5 and 8.5.
  EXPECT_EQ(done(R"js([{"step":"clip_outliers","column":"n"}])js").steps[0].changed, 1);
  EXPECT_EQ(all(), "[[1],[2],[3],[4],[5],[null],[8]]");
  EXPECT_EQ(columns(), "n INTEGER");
  EXPECT_EQ(done(R"js([{"step":"drop_outliers","column":"n"}])js").rows, 6);
  // Median 3.5, MAD 1.5: bounds 3.5 -+ f * 1.5 / 0.6745.
  const CleanReport robust =
      done(R"js([{"step":"drop_outliers","column":"n","method":"robust_z","factor":1}])js");
  EXPECT_EQ(all(), "[[2],[3],[4],[5],[null]]");
  EXPECT_THAT(notes(robust.steps[0]), HasSubstr("1.276"));
  EXPECT_EQ(done(R"js([{"step":"drop_outliers","column":"n","method":"quantile","factor":0.2}])js").rows, 5);
  sql("CREATE OR REPLACE TABLE t AS SELECT 1.5 AS n FROM range(5)");
  EXPECT_THAT(notes(done(R"js([{"step":"drop_outliers","column":"n","method":"robust_z"}])js").steps[0]),
              HasSubstr("MAD is 0"));
  EXPECT_THAT(refusal(R"js([{"step":"clip_outliers","column":"n","method":"quantile","factor":0.5}])js"),
              HasSubstr("below 0.5"));
}

TEST_F(RecipeStepsTest, ChangeTypeReadsNumbersAsTheyAreWritten) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('1.234,50 €', '12,5 %', '1''234'), ('-3,25', '7%', '42'), (' "
      " ', NULL, "
      "'9007199254740993')) v(price, share, n)");
  const CleanReport report = done(R"js([
    {"step":"change_type","column":"price","type":"number","format":"decimal_comma thousands currency"},
    {"step":"change_type","column":"share","type":"number","format":"percent decimal_comma"},
    {"step":"change_type","column":"n","type":"integer","format":"thousands"}])js");
  EXPECT_EQ(all(), "[[1234.5,0.125,1234],[-3.25,0.07,42],[null,null,9007199254740993]]");
  EXPECT_EQ(columns(), "price DOUBLE, share DOUBLE, n BIGINT");
  EXPECT_EQ(report.steps[0].changed, 3);  // the blank text became missing
  EXPECT_EQ(report.steps[2].changed, 1);  // the others are only read as another type
}

TEST_F(RecipeStepsTest, ChangeTypeNamesWhatDoesNotFit) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('1'), ('x'), ('1,5'), ('2.5'), (NULL), ('')) v(n)");
  const std::string refused = refusal(R"js([{"step":"change_type","column":"n","type":"integer"}])js");
  EXPECT_THAT(refused, HasSubstr("3 of 4"));
  EXPECT_THAT(refused, HasSubstr("\"1,5\", \"2.5\", \"x\""));
  const CleanReport report =
      done(R"js([{"step":"change_type","column":"n","type":"integer","on_error":"missing"}])js");
  EXPECT_EQ(all(), "[[1],[null],[null],[null],[null],[null]]");
  EXPECT_THAT(notes(report.steps[0]), HasSubstr("3 of 4"));
  EXPECT_THAT(refusal(R"js([{"step":"change_type","column":"n","type":"number","format":"comma"}])js"),
              HasSubstr("decimal_comma, thousands, currency, percent"));
  sql("CREATE OR REPLACE TABLE t AS SELECT * FROM (VALUES ('12.0'), (' 9007199254740993 ')) v(n)");
  done(R"([{"step":"change_type","column":"n","type":"integer"}])");
  EXPECT_EQ(all(), "[[12],[9007199254740993]]");
}

TEST_F(RecipeStepsTest, ChangeTypeReadsDatesAndTruth) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('01.03.2026', 'yes', 46082.5, TIMESTAMP '2026-03-01 "
      "10:00:00'), ('2.3.2026', "
      "'No', 46083, NULL)) v(day, yes, serial, \"at\")");
  done(R"js([{"step":"change_type","column":"day","type":"date","format":"%d.%m.%Y"},
           {"step":"change_type","column":"yes","type":"boolean"},
           {"step":"change_type","column":"serial","type":"timestamp","format":"excel"},
           {"step":"change_type","column":"at","type":"text","format":"%Y/%m/%d"}])js");
  EXPECT_EQ(
      all(),
      R"js([["2026-03-01",true,"2026-03-01 12:00:00","2026/03/01"],["2026-03-02",false,"2026-03-02 00:00:00",null]])js");
  EXPECT_THAT(refusal(R"js([{"step":"change_type","column":"at","type":"number"}])js"),
              HasSubstr("TIMESTAMP"));
  EXPECT_THAT(refusal(R"js([{"step":"change_type","column":"day","type":"date","format":"%m/%d/%Y"}])js"),
              HasSubstr("\"01.03.2026\""));
}

TEST_F(RecipeStepsTest, TextIsTidied) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('  \u3000ＡＢＣ　１２３ ﬁ '), ('straße'), (NULL), ('o''neil  "
      "mc''DONALD')) "
      "v(s)");
  const auto after = [&](const std::string& operation) {
    done(R"js([{"step":"text","column":"s","operation":")js" + operation + "\"}]");
    return all();
  };
  EXPECT_EQ(after("trim"), R"js([["ＡＢＣ　１２３ ﬁ"],["straße"],[null],["o'neil  mc'DONALD"]])js");
  EXPECT_EQ(after("collapse"), R"js([["ＡＢＣ １２３ ﬁ"],["straße"],[null],["o'neil mc'DONALD"]])js");
  EXPECT_EQ(after("nfkc"), R"js([["   ABC 123 fi "],["straße"],[null],["o'neil  mc'DONALD"]])js");
  EXPECT_EQ(after("title"), R"js([["  　Ａｂｃ　１２３ Fi "],["Straße"],[null],["O'neil  Mc'donald"]])js");
  EXPECT_EQ(after("upper"), R"js([["  　ＡＢＣ　１２３ ﬁ "],["STRAẞE"],[null],["O'NEIL  MC'DONALD"]])js");
}

TEST_F(RecipeStepsTest, SplitAndMergeColumns) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'Ann, Lee, PhD'), (2, 'Bo'), (3, NULL), (4, 'C,')) v(n, "
      "name)");
  const CleanReport report =
      done(R"js([{"step":"split","column":"name","separator":",","into":["first","rest"]}])js");
  EXPECT_EQ(all(), R"js([[1,"Ann","Lee, PhD"],[2,"Bo",null],[3,null,null],[4,"C",null]])js");
  EXPECT_THAT(report.steps[0].columns_added, ElementsAre("first", "rest"));
  EXPECT_EQ(report.steps[0].changed, 3);
  done(R"js([{"step":"split","column":"name","separator":",","into":["first","rest"]},
           {"step":"merge","columns":["n","first"],"separator":"-","to":"id"}])js");
  EXPECT_EQ(all(), R"js([["1-Ann","Lee, PhD"],["2-Bo",null],["3",null],["4-C",null]])js");
  EXPECT_THAT(refusal(R"js([{"step":"split","column":"name","separator":",","into":["N"]}])js"),
              HasSubstr("called n"));
}

TEST_F(RecipeStepsTest, MapValues) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('y', 1), ('n', 2), ('?', 3), (NULL, NULL)) v(s, n)");
  EXPECT_EQ(done(R"js([{"step":"map","column":"s","values":{"y":"yes","?":null}}])js").steps[0].changed, 2);
  EXPECT_EQ(all("SELECT s FROM out"), R"js([["yes"],["n"],[null],[null]])js");
  done(R"js([{"step":"map","column":"n","values":{"1":10},"other":0}])js");
  EXPECT_EQ(columns(), "s VARCHAR, n INTEGER");
  EXPECT_EQ(all("SELECT n FROM out"), "[[10],[0],[0],[null]]");
  done(R"js([{"step":"map","column":"n","values":{"1":"one","3.0":"1.5"}}])js");
  EXPECT_EQ(all("SELECT n FROM out"), R"js([["one"],["2"],["1.5"],[null]])js");
  done(R"js([{"step":"map","column":"s","values":{"y":"a=b, \"c\""},"other_missing":true}])js");
  EXPECT_EQ(all("SELECT s FROM out"), R"js([["a=b, \"c\""],[null],[null],[null]])js");
}

TEST_F(RecipeStepsTest, BucketsByWidthQuantileAndEdges) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (0.0), (5.0), (10.0), (NULL), (20.0)) v(n)");
  done(R"js([{"step":"bucket","column":"n","method":"width","count":2,"to":"b"}])js");
  EXPECT_EQ(all("SELECT b FROM out"), R"js([["[0, 10)"],["[0, 10)"],["[10, 20]"],[null],["[10, 20]"]])js");
  done(R"js([{"step":"bucket","column":"n","method":"edges","edges":[5,18]}])js");
  EXPECT_EQ(all("SELECT n_bucket FROM out"), R"js([["< 5"],["[5, 18)"],["[5, 18)"],[null],[">= 18"]])js");
  done(R"js([{"step":"bucket","column":"n","count":4,"to":"n"}])js");
  EXPECT_EQ(all(), R"js([["[0, 3.75)"],["[3.75, 7.5)"],["[7.5, 12.5)"],[null],["[12.5, 20]"]])js");
  sql("CREATE OR REPLACE TABLE t AS SELECT 7 AS n FROM range(2)");
  done(R"js([{"step":"bucket","column":"n","method":"width"}])js");
  EXPECT_EQ(all("SELECT n_bucket FROM out"), R"js([["7"],["7"]])js");
}

TEST_F(RecipeStepsTest, DeriveReplacesOrAdds) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (2, 3.0), (NULL, 1.0)) v(n, \"unit price\")");
  EXPECT_EQ(
      done(R"js([{"step":"derive","column":"total","expression":"n * \"unit price\""}])js").steps[0].changed,
      1);
  EXPECT_EQ(all(), "[[2,3.0,6.0],[null,1.0,null]]");
  EXPECT_EQ(done(R"js([{"step":"derive","column":"n","expression":"coalesce(n, 7)"}])js").steps[0].changed,
            1);
  EXPECT_EQ(all("SELECT n FROM out"), "[[2],[7]]");
  done(R"js([{"step":"derive","column":"p","expression":"lag(n) OVER (ORDER BY \"unit price\")"}])js");
  EXPECT_EQ(all("SELECT n, p FROM out"), "[[2,null],[null,null]]");
  EXPECT_THAT(refusal(R"js([{"step":"derive","column":"x","expression":"nosuch + 1"}])js"),
              HasSubstr("nosuch"));
  EXPECT_THAT(refusal(R"js([{"step":"derive","column":"x","expression":"(SELECT max(n) FROM t)"}])js"),
              HasSubstr("another table"));
}

TEST_F(RecipeStepsTest, AggregateInTheOrderOfFirstAppearance) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('z', 1.5), ('a', 2.0), ('z', 3.0), (NULL, 9.0)) v(city, "
      "price)");
  const CleanReport report =
      done(R"js([{"step":"aggregate","by":"city","values":{"revenue":"sum(price)","orders":"count(*)"}}])js");
  EXPECT_EQ(all(), R"js([["z",4.5,2],["a",2.0,1],[null,9.0,1]])js");
  EXPECT_EQ(report.steps[0].rows_after, 3);
  EXPECT_THAT(report.steps[0].columns_added, ElementsAre("revenue", "orders"));
  EXPECT_THAT(report.steps[0].columns_removed, ElementsAre("price"));
  EXPECT_EQ(
      done(R"js([{"step":"filter","condition":"false"},{"step":"aggregate","values":{"n":"count(*)"}}])js")
          .rows,
      1);
  EXPECT_EQ(all(), "[[0]]");
  EXPECT_THAT(refusal(R"js([{"step":"aggregate","by":"city","values":{"City":"count(*)"}}])js"),
              HasSubstr("City"));
}

TEST_F(RecipeStepsTest, TimeFeatures) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (TIMESTAMP '2026-03-01 23:15:00'), (NULL), (TIMESTAMP "
      "'2026-01-01 00:00:00')) "
      "v(\"at\"); CREATE TABLE free AS SELECT 'New Year' AS name, DATE '2026-01-01' AS day");
  done(
      R"js([{"step":"time_features","column":"at","features":["weekday","weekend","day","week","month","quarter","year","hour","holiday"],"holidays":"free"}])js");
  EXPECT_EQ(all("SELECT * EXCLUDE \"at\" FROM out"),
            "[[7,true,1,9,3,1,2026,23,false],[null,null,null,null,null,null,null,null,null],"
            "[4,false,1,1,1,1,2026,0,true]]");
  EXPECT_THAT(refusal(R"js([{"step":"time_features","column":"at","features":["minute"]}])js"),
              HasSubstr("weekday"));
  EXPECT_THAT(refusal(R"js([{"step":"time_features","column":"at","features":["holiday"]}])js"),
              HasSubstr("holidays"));
  EXPECT_THAT(
      refusal(R"js([{"step":"time_features","column":"at","features":"holiday","holidays":"nosuch"}])js"),
      HasSubstr("nosuch"));
}

TEST_F(RecipeStepsTest, PersonalColumnsAreHashedOrMasked) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES ('ann.lee@example.com', '+49 170-1234567', 'AB123456'), "
      "(NULL, NULL, NULL), "
      "('no address', '123', 'XY')) v(mail, phone, id)");
  done(R"js([{"step":"hash","columns":["mail"],"salt":"pepper"}])js");
  // sha256sum of "pepperann.lee@example.com"
  EXPECT_EQ(all("SELECT mail FROM out LIMIT 2"),
            R"js([["a7467495fca1794caf6e0ee6b6ad66a1073a8403ab7ed5594b473b5bec1a1625"],[null]])js");
  done(
      R"js([{"step":"mask","columns":"mail","method":"email"},{"step":"mask","columns":"phone","method":"phone"},
           {"step":"mask","columns":"id","keep":3}])js");
  EXPECT_EQ(
      all(),
      R"js([["a***@example.com","+** ***-***4567","*****456"],[null,null,null],["**********","***","**"]])js");
}

TEST_F(RecipeStepsTest, RenameAndDropColumns) {
  sql("CREATE TABLE t AS SELECT 1 AS a, 2 AS b");
  const CleanReport report =
      done(R"js([{"step":"rename","column":"a","to":"SELECT"},{"step":"drop_columns","columns":"b"}])js");
  EXPECT_EQ(columns(), "SELECT INTEGER");
  EXPECT_EQ(report.steps[0].changed, 0);
  EXPECT_EQ(report.steps[1].changed, 1);
  EXPECT_THAT(refusal(R"js([{"step":"rename","column":"a","to":"B"}])js"),
              HasSubstr("Two columns would be called b"));
  EXPECT_THAT(refusal(R"js([{"step":"drop_columns","columns":["a","b"]}])js"), HasSubstr("No column"));
  EXPECT_THAT(refusal(R"js([{"step":"drop_columns","columns":["c"]}])js"), HasSubstr("There are: a, b"));
}

}  // namespace
}  // namespace lodestone::data
