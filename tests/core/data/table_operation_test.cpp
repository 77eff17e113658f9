// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table_operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace lodestone::data {
namespace {

class TableOperationTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = Database::openInMemory();
    ASSERT_TRUE(made);
    database_.emplace(std::move(*made));
    ASSERT_TRUE(database_->execute(
        "CREATE TABLE orders AS SELECT * FROM (VALUES (1, 'a', TIMESTAMP '2026-01-01 10:00', 10.0), "
        "(2, 'a', TIMESTAMP '2026-01-05 10:00', 5.5), (3, 'b', TIMESTAMP '2026-01-03 09:00', 7.0), "
        "(4, 'c', TIMESTAMP '2026-01-02 09:00', 1.0)) t(id, buyer, \"when\", total); "
        "CREATE TABLE buyers AS SELECT * FROM (VALUES ('a', '上海'), ('b', 'Berlin'), ('d', 'Rome')) "
        "t(buyer, \"select\")",
        job_));
  }

  Result<OperationReport> run(const std::string& id, const std::map<std::string, std::string>& given,
                              const std::map<std::string, std::string>& roles = {}) {
    const auto operation = tableOperation(id);
    if (!operation) return forward(operation);
    const auto values = checkOperation(**operation, given);
    if (!values) return forward(values);
    return (*operation)->run(*database_, {{"orders"}, *values, roles}, {"made", true}, job_);
  }
  std::int64_t count(const std::string& sql) {
    const auto rows = database_->rows(sql, job_);
    return rows ? rows->rows.at(0).at(0).get<std::int64_t>() : -1;
  }

  std::optional<Database> database_;
  JobContext job_;
};

TEST_F(TableOperationTest, DescribesEachInBothLanguagesWithReadableDefaults) {
  std::set<std::string> ids;
  for (const TableOperation& one : tableOperations()) {
    EXPECT_TRUE(ids.insert(one.id).second) << one.id;
    EXPECT_FALSE(one.suffix.empty()) << one.id;
    EXPECT_TRUE(checkParameters(one.parameters, {}, one.id)) << one.id;
    for (const std::string& needed : one.required)
      EXPECT_TRUE(std::any_of(one.parameters.begin(), one.parameters.end(),
                              [&](const Parameter& each) { return each.id == needed; }))
          << one.id << " " << needed;
  }
}

TEST_F(TableOperationTest, JoinsAndTellsBeforehandWhatWillMatch) {
  const std::map<std::string, std::string> given{{"right", "buyers"}, {"keys", "buyer=buyer"}};
  const auto operation = tableOperation("join");
  ASSERT_TRUE(operation);
  const auto values = checkOperation(**operation, given);
  ASSERT_TRUE(values);
  const auto preview = (*operation)->preview(*database_, {{"orders"}, *values, {}}, job_);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->rows, 4);
  EXPECT_EQ(preview->table, "");
  EXPECT_THAT(preview->lines.at(0).args, testing::ElementsAre("3", "4", "1"));
  EXPECT_THAT(preview->lines.at(1).args, testing::ElementsAre("2", "3", "1", "buyers"));
  const auto made = run("join", given);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->rows, preview->rows);
  EXPECT_EQ(count("SELECT count(*) FROM made WHERE \"select\" = '上海'"), 2);
}

TEST_F(TableOperationTest, SaysWhatIsMissing) {
  const auto made = run("join", {{"right", "buyers"}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(made.error().where.item, "keys");
  EXPECT_EQ(run("no_such", {}).error().code, ErrorCode::NotFound);
}

TEST_F(TableOperationTest, AppendsReshapesAndTakesApart) {
  const auto both = run("union", {{"tables", "orders"}, {"source_column", "from"}});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->rows, 8);
  const auto pivot = run("pivot", {{"rows", "buyer"}, {"column", "id"}, {"value", "total"}});
  ASSERT_TRUE(pivot);
  EXPECT_EQ(pivot->rows, 3);
  const auto unpivot = run("unpivot", {{"keep", "id"}, {"columns", "total"}});
  ASSERT_TRUE(unpivot);
  EXPECT_EQ(unpivot->rows, 4);
}

TEST_F(TableOperationTest, FindsTheColumnsOfFeaturesByRoleBeforeName) {
  const auto rfm = run("rfm", {}, {{"user", "buyer"}, {"time", "when"}, {"amount", "total"}});
  ASSERT_TRUE(rfm) << rfm.error().message(Language::English);
  EXPECT_EQ(rfm->rows, 3);
  EXPECT_EQ(count("SELECT frequency FROM made WHERE buyer = 'a'"), 2);
  const auto behaviour = run("behaviour", {{"user", "buyer"}, {"time", "when"}});
  ASSERT_TRUE(behaviour) << behaviour.error().message(Language::English);
  EXPECT_EQ(behaviour->rows, 3);
  const auto sequences = run("sequences", {{"user", "buyer"}, {"item", "id"}, {"time", "when"}});
  ASSERT_TRUE(sequences) << sequences.error().message(Language::English);
  EXPECT_EQ(sequences->rows, 4);
}

}  // namespace
}  // namespace lodestone::data
