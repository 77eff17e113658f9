// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/recipe.h"

#include <stop_token>

#include "core/base/file.h"
#include "tests/core/data/recipe_fixture.h"

namespace lodestone::data {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string parseRefusal(const std::string& text) {
  const auto recipe = parseRecipeText(text, "r.json");
  EXPECT_FALSE(recipe) << text;
  return recipe ? "" : recipe.error().message(Language::English);
}

TEST(RecipeParsing, RefusalsNameStepParameterAndWhatIsExpected) {
  EXPECT_THAT(parseRefusal("{}"), HasSubstr("list of steps"));
  EXPECT_THAT(parseRefusal("[{\"step\":\"rename\",\"column\":\"a\",\"to\":\"b\"},7]"), HasSubstr("Step 2"));
  EXPECT_THAT(parseRefusal(R"js([{"steps":"fill"}])js"), HasSubstr("Step 1"));
  EXPECT_THAT(parseRefusal(R"js([{"step":"Fill"}])js"), AllOf(HasSubstr("\"Fill\""), HasSubstr("fill")));
  EXPECT_THAT(parseRefusal(R"js([{"step":"fill","column":"a","metod":"mean"}])js"),
              AllOf(HasSubstr("#1 fill"), HasSubstr("\"metod\""), HasSubstr("method")));
  EXPECT_THAT(
      parseRefusal(R"js([{"step":"fill","column":"a","method":"avg"}])js"),
      AllOf(HasSubstr("#1 fill"), HasSubstr("\"method\""), HasSubstr("mean, median"), HasSubstr("\"avg\"")));
  EXPECT_THAT(parseRefusal(R"js([{"step":"fill"}])js"),
              AllOf(HasSubstr("\"column\""), HasSubstr("must be given")));
  EXPECT_THAT(parseRefusal(R"js([{"step":"fill","column":{"a":1}}])js"), HasSubstr("[\"a\",\"b\"]"));
  EXPECT_THAT(parseRefusal(R"js([{"step":"fill","column":[["a"]]}])js"), HasSubstr("\"column\""));
  EXPECT_THAT(parseRefusal(R"js([{"step":"map","column":"a","values":["x"]}])js"), HasSubstr("null"));
  EXPECT_THAT(parseRefusal(R"js([{"step":"drop_missing_rows","share":1.5}])js"), HasSubstr("at most 1"));
  EXPECT_THAT(parseRefusal(R"js([{"step":"drop_missing_rows","share":"half"}])js"), HasSubstr("number"));
  EXPECT_THAT(
      parseRefusal(R"js([{"step":"split","column":"a","separator":",","into":["b"],"keep":"yes"}])js"),
      HasSubstr("true or false"));
  EXPECT_THAT(parseRefusal(R"js([{"step":"rename","column":"a","to":"b\u0000c"}])js"), HasSubstr("NUL"));
  EXPECT_THAT(parseRefusal("[" + std::string(201 * 29, ' ') + "{}]"), HasSubstr("Step 1"));
  std::string many = "[";
  for (std::size_t i = 0; i <= kMostRecipeSteps; ++i)
    many += (i > 0 ? "," : "") + std::string(R"js({"step":"drop_duplicates"})js");
  EXPECT_THAT(parseRefusal(many + "]"), HasSubstr("at most 200"));
  EXPECT_THAT(parseRefusal(std::string(kMostRecipeBytes + 1, ' ')), HasSubstr("bytes"));
  EXPECT_THAT(parseRefusal(R"js([{"step":"filter","condition":")js" +
                           std::string(kMostParameterBytes + 1, 'x') + "\"}]"),
              HasSubstr("bytes"));
  EXPECT_EQ(parseRecipeText("[{", "r.json").error().code, ErrorCode::Corrupt);
}

TEST(RecipeParsing, AKeyThatStandsTwiceInAStepIsToldWithItsLine) {
  const auto refused = parseRecipeText(
      "[{\"step\":\"drop_duplicates\"},\n {\"step\":\"drop_duplicates\",\n\n  \"step\":\"drop_columns\"}]",
      "r.json");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(refused.error().where.file, "r.json");
  EXPECT_EQ(refused.error().where.line, 4);
  EXPECT_THAT(refused.error().message(Language::English), HasSubstr("\"step\" stands twice"));
  // Inside too, where an object is a value; not where two objects have the same key, or a value is a key.
  EXPECT_THAT(parseRefusal(R"js([{"step":"map","column":"a","values":{"x":"1","x":"2"}}])js"),
              HasSubstr("\"x\""));
  EXPECT_TRUE(parseRecipeText(
      R"js([{"step":"map","column":"step","values":{"step":"column","column":"step"}}])js", "r.json"));
}

TEST(RecipeParsing, ComesBackFromJsonAndFiles) {
  const std::string text = R"js([
    {"step":"fill","column":["a","b, c","\"d\"",""],"method":"gaussian","bandwidth":0.125,"time":"时间"},
    {"step":"fill","column":"x,y","method":"constant","value":"0"},
    {"step":"map","column":"s","values":{"a=b":"c","N/A":null,"\\":"=",", ":""},"other_missing":true},
    {"step":"bucket","column":"n","method":"edges","edges":[18,30.5],"count":3},
    {"step":"aggregate","by":["k"],"values":{"total":"sum(\"a, b\")"}},
    {"step":"drop_duplicates"}])js";
  const auto recipe = parseRecipeText(text, "r.json");
  ASSERT_TRUE(recipe) << recipe.error().message(Language::English);
  const auto again = parseRecipe(toJson(*recipe));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *recipe);
  EXPECT_EQ(toJson(*recipe)[1]["column"], Json("x,y"));
  EXPECT_EQ(toJson(*recipe)[2]["values"], Json::parse(R"js({"a=b":"c","N/A":null,"\\":"=",", ":""})js"));
  EXPECT_EQ(toJson(*recipe)[0]["bandwidth"], Json(0.125));
  const test::TemporaryFolder folder;
  ASSERT_TRUE(writeRecipe(*recipe, folder / "r 配方.json"));
  EXPECT_EQ(*readRecipe(folder / "r 配方.json"), *recipe);
  EXPECT_EQ(readRecipe(folder / "none.json").error().code, ErrorCode::NotFound);
}

TEST(RecipeParsing, EveryStepDescribesItselfAndItsDefaultsPass) {
  for (const StepType& type : stepTypes()) {
    for (const std::string& id : type.required)
      EXPECT_TRUE(std::any_of(type.parameters.begin(), type.parameters.end(),
                              [&](const Parameter& parameter) { return parameter.id == id; }))
          << type.id << " " << id;
    for (const Parameter& parameter : type.parameters)
      if (!parameter.default_value.empty()) {
        EXPECT_TRUE(checkParameters({parameter}, {{parameter.id, parameter.default_value}}, type.id))
            << type.id << " " << parameter.id;
      }
    EXPECT_TRUE(stepType(type.id));
  }
  EXPECT_EQ(stepType("nosuch").error().code, ErrorCode::NotFound);
}

class RecipeRunTest : public RecipeTest {
 protected:
  void makeOrders(const std::string& table, std::int64_t first) {
    sql("CREATE OR REPLACE TABLE " + table +
        " AS SELECT i AS id, ['a', 'b', NULL][1 + i % 3] AS city, CASE WHEN i % 4 = 0 "
        "THEN NULL ELSE i * 1.5 END AS price FROM range(" +
        std::to_string(first) + ", " + std::to_string(first + 60) + ") r(i) UNION ALL SELECT " +
        std::to_string(first) + ", NULL, 3");
  }
};

constexpr const char* kMonthly = R"js([
  {"step":"drop_duplicates","by":"id"},
  {"step":"fill","column":"price","method":"median","by":"city"},
  {"step":"fill","column":"city","method":"mode"},
  {"step":"clip_outliers","column":"price","factor":0.5},
  {"step":"derive","column":"half","expression":"price / 2"},
  {"step":"filter","condition":"half > 20"}])js";

TEST_F(RecipeRunTest, ReplayedOnNewDataGivesTheSameAsByHand) {
  for (const std::int64_t first : {0, 1000}) {
    makeOrders("t", first);
    done(kMonthly);
    sql("CREATE OR REPLACE TABLE hand AS WITH a AS (SELECT * FROM t QUALIFY row_number() OVER (PARTITION BY "
        "id ORDER BY "
        "rowid) = 1), b AS (SELECT id, city, coalesce(price::DOUBLE, median(price::DOUBLE) OVER (PARTITION "
        "BY city)) AS "
        "price FROM a), c AS (SELECT id, coalesce(city, (SELECT city FROM b WHERE city IS NOT NULL GROUP BY "
        "1 ORDER BY "
        "count(*) DESC, 1 LIMIT 1)) AS city, price FROM b), q AS (SELECT quantile_cont(price, 0.25) AS q1, "
        "quantile_cont(price, 0.75) AS q3 FROM c), d AS (SELECT id, city, least(greatest(price, q1 - 0.5 * "
        "(q3 - q1)), q3 "
        "+ 0.5 * (q3 - q1)) AS price FROM c, q) SELECT *, price / 2 AS half FROM d WHERE price / 2 > 20 "
        "ORDER BY id");
    EXPECT_EQ(all(), all("SELECT * FROM hand"));
    EXPECT_GT(all().size(), 200U);
  }
}

TEST_F(RecipeRunTest, StepsOneByOneGiveTheSameAsAllAtOnce) {
  makeOrders("t", 0);
  const CleanReport whole = done(kMonthly);
  const std::string wanted = all();
  const Json steps = Json::parse(kMonthly);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const CleanReport one = done("[" + steps[i].dump() + "]");
    EXPECT_EQ(one.steps.at(0).changed, whole.steps.at(i).changed) << i;
    EXPECT_EQ(one.steps[0].rows_after, whole.steps[i].rows_after) << i;
    sql("CREATE OR REPLACE TABLE t AS FROM out");
  }
  EXPECT_EQ(all(), wanted);
}

TEST_F(RecipeRunTest, ManyStepsKeepOrderAndCounts) {
  sql("CREATE TABLE t AS SELECT (i * 7919) % 100003 AS n, CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS v FROM "
      "range(20000) "
      "r(i)");
  std::string recipe =
      "[{\"step\":\"drop_duplicates\"},{\"step\":\"fill\",\"column\":\"v\",\"method\":\"ffill\"}";
  for (int i = 0; i < 12; ++i) recipe += ",{\"step\":\"derive\",\"column\":\"v\",\"expression\":\"v + 1\"}";
  const CleanReport report = done(recipe + ",{\"step\":\"filter\",\"condition\":\"n % 2 = 0\"}]");
  EXPECT_EQ(all("SELECT count(*) FROM (SELECT v < lag(v) OVER () AS back FROM out) WHERE back"), "[[0]]");
  EXPECT_EQ(report.steps.at(5).changed, 19999);  // the first row has nothing before it
  EXPECT_EQ(all("SELECT count(*) FROM out"), "[[" + std::to_string(report.rows) + "]]");
}

TEST_F(RecipeRunTest, NothingHalfDone) {
  sql("CREATE TABLE t AS SELECT range AS n FROM range(10); CREATE TABLE out AS SELECT 'old' AS s");
  EXPECT_FALSE(tryClean(
      R"js([{"step":"filter","condition":"n > 3"},{"step":"fill","column":"x","method":"mean"}])js"));
  EXPECT_EQ(all(), R"js([["old"]])js");
  EXPECT_EQ(tryClean("[]", false).error().code, ErrorCode::AlreadyExists);
  std::stop_source stop;
  stop.request_stop();
  JobContext stopped(stop.get_token());
  const auto report = clean(database_, {"t"}, *parseRecipeText(R"js([{"step":"drop_duplicates"}])js", "r"),
                            {"out", true}, stopped);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::Cancelled);
  EXPECT_EQ(all(), R"js([["old"]])js");
  EXPECT_EQ(clean(database_, {"nosuch"}, {}, {"out", true}, job_).error().code, ErrorCode::NotFound);
  EXPECT_EQ(clean(database_, {"t"}, {}, {" ", true}, job_).error().code, ErrorCode::InvalidArgument);
  ASSERT_TRUE(clean(database_, {"t"}, *parseRecipeText(R"js([{"step":"filter","condition":"n < 2"}])js", "r"),
                    {"t", true}, job_));
  EXPECT_EQ(all("SELECT * FROM t"), "[[0],[1]]");
}

TEST_F(RecipeRunTest, TablesWithAColumnCalledRowidWork) {
  sql("CREATE TABLE t AS SELECT 9 - range AS rowid, range % 3 AS n FROM range(10)");
  done(R"js([{"step":"drop_duplicates","by":"n"},{"step":"fill","column":"n","method":"ffill"}])js");
  EXPECT_EQ(all(), "[[9,0],[8,1],[7,2]]");
}

TEST_F(RecipeRunTest, PreviewShowsCountsAndChangedRows) {
  sql("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a'), (1, 'a'), (NULL, 'b'), (5, 'c')) v(n, s)");
  const auto recipe =
      parseRecipeText(R"js([{"step":"drop_duplicates"},{"step":"fill","column":"n","method":"mean"},
    {"step":"rename","column":"s","to":"t"},{"step":"aggregate","values":{"total":"sum(n)"}}])js",
                      "r");
  ASSERT_TRUE(recipe);
  const auto preview = previewRecipe(database_, {"t"}, *recipe, {}, job_);
  ASSERT_TRUE(preview) << preview.error().message(Language::English);
  EXPECT_EQ(preview->table_rows, 4);
  EXPECT_EQ(preview->rows_looked_at, 4);
  ASSERT_EQ(preview->steps.size(), 4U);
  ASSERT_EQ(preview->steps[0].changes.size(), 1U);
  EXPECT_EQ(preview->steps[0].changes[0].row, 2);
  EXPECT_TRUE(preview->steps[0].changes[0].after.empty());
  const RowChange& filled = preview->steps[1].changes.at(0);
  EXPECT_EQ(filled.row, 3);
  EXPECT_EQ(dumpJson(Json(filled.before)), R"js([null,"b"])js");
  EXPECT_EQ(dumpJson(Json(filled.after)), R"js([3.0,"b"])js");
  EXPECT_THAT(filled.cells, ElementsAre("n"));
  EXPECT_TRUE(preview->steps[2].changes.empty());
  EXPECT_EQ(dumpJson(Json(preview->steps[3].changes.at(0).after)), "[9.0]");
  EXPECT_EQ(database_.tables()->size(), 1U);
  const auto step = previewStep(database_, {"t"}, *recipe, 1, {}, job_);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->report.changed, 1);
  EXPECT_FALSE(previewStep(database_, {"t"}, *recipe, 4, {}, job_));
}

TEST_F(RecipeRunTest, PreviewTellsTheStepThatFails) {
  sql("CREATE TABLE t AS SELECT 1 AS n");
  const auto recipe = parseRecipeText(
      R"js([{"step":"drop_duplicates"},{"step":"drop_columns","columns":"x"},{"step":"drop_duplicates"}])js",
      "r");
  const auto preview = previewRecipe(database_, {"t"}, *recipe, {}, job_);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->steps.size(), 1U);
  ASSERT_TRUE(preview->failed);
  EXPECT_THAT(preview->failed->message(Language::English), HasSubstr("#2 drop_columns"));
  EXPECT_THAT(preview->failed->message(Language::Chinese), HasSubstr("#2 drop_columns"));
}

TEST_F(RecipeRunTest, PreviewOfALongTableLooksAtRunsOfIt) {
  sql("CREATE TABLE t AS SELECT i, CASE WHEN i % 10 = 0 THEN NULL ELSE i END AS v FROM range(300000) r(i)");
  const auto recipe = parseRecipeText(R"js([{"step":"fill","column":"v","method":"linear"}])js", "r");
  const auto preview =
      previewRecipe(database_, {"t"}, *recipe, {.most_rows = 10000, .most_changes = 5}, job_);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->table_rows, 300000);
  EXPECT_EQ(preview->rows_looked_at, 10000);
  EXPECT_EQ(preview->steps.at(0).changes.size(), 5U);
  EXPECT_EQ(preview->steps[0].report.rows_before, 10000);
  EXPECT_NEAR(static_cast<double>(preview->steps[0].report.changed), 1000, 2);
  sql("CREATE OR REPLACE TABLE t AS SELECT i AS rowid, i AS v FROM range(300000) r(i)");
  EXPECT_EQ(previewRecipe(database_, {"t"}, *parseRecipeText("[]", "r"), {.most_rows = 10000}, job_)
                ->rows_looked_at,
            10000);
}

}  // namespace
}  // namespace lodestone::data
