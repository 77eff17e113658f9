// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/campaign/export.h"
#include "core/campaign/personal_columns.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

TEST(SpreadsheetCellTest, neutralisesWhatASpreadsheetWouldExecute) {
  EXPECT_EQ(safeCsvCell("=1+1"), "'=1+1");
  EXPECT_EQ(safeCsvCell("  =1+1"), "'  =1+1");
  EXPECT_EQ(safeCsvCell("+49 171"), "'+49 171");
  EXPECT_EQ(safeCsvCell("-cmd"), "'-cmd");
  EXPECT_EQ(safeCsvCell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(safeCsvCell("\tx"), "\"'\tx\"");
  EXPECT_EQ(safeCsvCell("\rx"), "\"'\rx\"");
  EXPECT_EQ(safeCsvCell("＝1"), "'＝1");
  EXPECT_EQ(safeCsvCell("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
}

TEST(SpreadsheetCellTest, plainCellsStayAsTheyAre) {
  for (const char* cell : {"", "anna", "-12.5", "-1e3", "1,5", "a=b", "张三"})
    EXPECT_EQ(safeCsvCell(cell), std::string(cell).find(',') == std::string::npos ? cell : "\"1,5\"");
  EXPECT_EQ(safeCsvCell("say \"hi\""), "\"say \"\"hi\"\"\"");
}

TEST(SpreadsheetCellTest, masksPersonalValues) {
  EXPECT_EQ(maskPersonal("anna@example.com"), "a***@e***");
  EXPECT_EQ(maskPersonal("+49 171 2345678"), "+4***78");
  EXPECT_EQ(maskPersonal("13800138000"), "13***00");
  EXPECT_EQ(maskPersonal("张三"), "张***");
  EXPECT_EQ(maskPersonal(""), "");
}

TEST(PersonalColumnsTest, areFoundByNameAndByContent) {
  Frame frame;
  frame.rows = 2;
  frame.columns = {test::texts("emailAddress", {"x", "y"}),
                   test::numbers("email_consent", {1, 0}),
                   test::texts("contact", {"anna@example.com", "bob@example.org"}),
                   test::texts("nr", {"+49 171 2345678", "0171-2345678"}),
                   test::texts("手机号", {"a", "b"}),
                   test::texts("signup_date", {"2024-01-01", "2024-02-02"}),
                   test::numbers("birth_year", {1980, 1990}),
                   test::texts("city", {"Berlin", "Paris"})};
  EXPECT_EQ(contactColumns(frame), (std::vector<std::string>{"emailAddress", "contact", "nr", "手机号"}));
}

}  // namespace
}  // namespace lodestone::campaign
