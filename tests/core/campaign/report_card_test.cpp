// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>

#include "core/campaign/report_builder.h"

namespace lodestone::campaign {
namespace {

project::ModelRecord someRecord() {
  project::ModelRecord record;
  record.id = "mlp-0001";
  record.type = "mlp";
  record.table = "shop";
  record.target = "bought";
  record.created_at = "2026-03-01T09:30:00.000Z";
  record.parameters = {{"batch_size", "32"}, {"dropout", "0.2"}};
  record.card = {{"left_out", Json::array()},
                 {"duration_seconds", 2.09},
                 {"device", "cpu"},
                 {"dropped_duplicates", 0},
                 {"parameters", {{"batch_size", "32"}}}};
  return record;
}

std::string valueOf(const Table& table, const std::string& name) {
  for (const auto& row : table.rows)
    if (row[0] == name) return row[1];
  return {};
}

TEST(ReportCardTest, namesEveryEntryOnceAndLeavesEmptyOnesOut) {
  const Table card = runCard(someRecord(), Language::English);
  for (const auto& row : card.rows) {
    EXPECT_EQ(row[0].find('_'), std::string::npos) << row[0];
    EXPECT_FALSE(row[1].empty()) << row[0];
    EXPECT_EQ(std::count_if(card.rows.begin(), card.rows.end(),
                            [&](const auto& other) { return other[0] == row[0]; }),
              1)
        << row[0];
  }
  EXPECT_EQ(valueOf(card, "Parameters"), "Dropout 0.2; Batch size 32");
  EXPECT_EQ(valueOf(card, "Duration"), "2.1 s");
  EXPECT_EQ(valueOf(card, "Trained at"), "2026-03-01 09:30 UTC");
  EXPECT_EQ(valueOf(card, "Duplicate rows left out"), "");
}

TEST(ReportCardTest, speaksChinese) {
  const Table card = runCard(someRecord(), Language::Chinese);
  EXPECT_EQ(valueOf(card, "总用时"), "2.1 秒");
  EXPECT_EQ(valueOf(card, "参数"), "随机失活率 0.2；批大小 32");
}

TEST(ReportCardTest, aTypeThatIsUnknownKeepsItsIds) {
  project::ModelRecord record = someRecord();
  record.type = "forest";
  EXPECT_EQ(valueOf(runCard(record, Language::English), "Model"), "mlp-0001, forest");
  EXPECT_EQ(modelTypeTitle("forest", Language::English), "forest");
}

TEST(ReportTextTest, amountsAndSharesStayOnOneLine) {
  EXPECT_EQ(tied("costs EUR 4,966.85 at 12.3 % each"), "costs EUR\u00A04,966.85 at 12.3\u00A0% each");
  EXPECT_EQ(tied("FAIL 3 of 4"), "FAIL 3 of 4");
}

TEST(ReportWordsTest, checksHaveNamesAndVerdictsInBothLanguages) {
  EXPECT_EQ(checkTitle("enough_data", Language::English), "Enough data");
  EXPECT_EQ(checkTitle("enough_data", Language::Chinese), "数据充足");
  EXPECT_EQ(checkTitle("of_tomorrow", Language::English), "of_tomorrow");
  EXPECT_EQ(checkStatusWord("FAIL", Language::English), "FAIL");
  EXPECT_EQ(checkStatusWord("REVIEW", Language::Chinese), "需复核");
}

}  // namespace
}  // namespace lodestone::campaign
