// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <fstream>
#include <utility>

#include "tests/core/data/import_fixture.h"

namespace lodestone::data {
namespace {

class MessyCsvTest : public CsvFixture {
 protected:
  /// Twelve sales with a day, a time, a count, a price and words; one column of text holds the delimiter in
  /// quotes.
  static std::vector<std::vector<std::string>> sales() {
    std::vector<std::vector<std::string>> rows;
    const std::vector<std::string> things{"Lamp", "Desk, oak", "Chair", "Rug 8\" wide", "Clock", "Sofa"};
    for (int i = 0; i < 12; ++i)
      rows.push_back({"2026-03-" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1),
                      (i % 2 ? "08:30" : "17:45"), std::to_string(3 * i + 1), std::to_string(i + 10) + ".50",
                      things[static_cast<std::size_t>(i) % 6], "SKU-" + std::to_string(1000 + i)});
    return rows;
  }
  static std::string quoted(const std::string& cell, const std::string& delimiter, char quote,
                            const std::string& escaped) {
    if (cell.find_first_of(delimiter + quote + "\"") == std::string::npos) return cell;
    std::string out(1, quote);
    for (const char c : cell) out += c == quote ? escaped : std::string(1, c);
    return out + quote;
  }
  static std::string text(const std::string& delimiter = ",", char quote = '"',
                          const std::string& escaped = "\"\"", const std::string& end = "\n") {
    std::string out;
    for (const char* name : {"day", "time", "count", "price", "thing", "code"})
      out += (out.empty() ? "" : delimiter) + name;
    out += end;
    for (const auto& row : sales()) {
      std::string line;
      for (const std::string& cell : row)
        line += (line.empty() ? "" : delimiter) + quoted(cell, delimiter, quote, escaped);
      out += line + end;
    }
    return out;
  }
  static std::string line(std::size_t row) {
    std::string out;
    const std::vector<std::string> cells = sales()[row];
    for (const std::string& cell : cells) out += (out.empty() ? "" : ",") + quoted(cell, ",", '"', "\"\"");
    return out;
  }
  static std::string changed(std::size_t row, const std::string& by) {
    std::string out = text();
    const std::string old = line(row) + "\n";
    return out.replace(out.find(old), old.size(), by + "\n");
  }
  std::string expected() {
    Json rows = Json::array();
    for (const auto& row : sales()) rows.push_back(row);
    return dumpJson(rows);
  }
  std::string asText() {
    return cells("SELECT day::VARCHAR, time, count::VARCHAR, format('{:.2f}', price), thing, code FROM t");
  }
  static constexpr const char* kTypes =
      "day:DATE time:VARCHAR count:BIGINT price:DOUBLE thing:VARCHAR code:VARCHAR";
};

TEST_F(MessyCsvTest, DelimitersOfAllKindsAreFound) {
  for (const std::string delimiter : {",", ";", "\t", "|", "^", "~", "#", "\x01", "||", "~|~", "，"}) {
    const auto report = importText(text(delimiter));
    EXPECT_EQ(report.detected.delimiter, delimiter);
    EXPECT_EQ(types(report), kTypes) << delimiter;
    EXPECT_EQ(asText(), expected()) << delimiter;
  }
}

TEST_F(MessyCsvTest, ColumnsAlignedWithSpaces) {
  const auto report = importText(
      " id      day         n    x\n 00001   2026-01-01  1    11.77\n 00002   2026-01-12  5    77.00\n"
      " 00003   2026-01-13  12    2.50\n");
  EXPECT_EQ(report.detected.delimiter, "\\s+");
  EXPECT_EQ(types(report), "id:VARCHAR day:DATE n:BIGINT x:DOUBLE");
  EXPECT_EQ(cells("SELECT * FROM t LIMIT 1"), "[[\"00001\",\"2026-01-01\",1,11.77]]");
}

TEST_F(MessyCsvTest, WordsAreNoColumns) {
  const auto names = importText("name\nAnn Lee\nBob Ray\nCy Fox\n");
  EXPECT_EQ(types(names), "name:VARCHAR");
  EXPECT_EQ(names.rows, 3);
  EXPECT_EQ(types(importText("at\n2026-03-01 08:30:00\n2026-03-02 09:00:00\n2026-03-03 17:45:00\n")),
            "at:TIMESTAMP");
}

TEST_F(MessyCsvTest, QuotesAndEscapesAreFound) {
  EXPECT_EQ(importText(text(",", '\'')).detected.quote, "'");
  EXPECT_EQ(asText(), expected()) << "single quotes";
  const auto backslash = importText(text(",", '"', "\\\""));
  EXPECT_EQ(backslash.detected.escape, "\\");
  EXPECT_EQ(asText(), expected()) << "backslash";
  // Several in a row: only without any escape do they have six cells each.
  std::string bare = "a,b,n\n";
  for (int i = 0; i < 10; ++i) bare += "\"Table, 48\"\",\"made, by hand\"," + std::to_string(i) + "\n";
  importText(bare);
  EXPECT_EQ(cells("SELECT a, b FROM t LIMIT 1"), "[[\"Table, 48\\\"\",\"made, by hand\"]]") << "none";
}

TEST_F(MessyCsvTest, RecordsEndInManyWays) {
  for (const std::string end : {"\n", "\r\n", "\r", "\n\r", "\x1E"}) {
    const auto report = importText(text(",", '"', "\"\"", end));
    EXPECT_EQ(asText(), expected());
    EXPECT_EQ(report.rejected + skipped(report), 0);
  }
  std::string mixed = text();
  mixed.replace(mixed.find('\n', 100), 1, "\r\n");
  importText(mixed);
  EXPECT_EQ(asText(), expected());
}

TEST_F(MessyCsvTest, BlanksBesideQuotes) {
  const auto report = importText("a, b, c\n1, \"x, y\", 2\n2, \"z\" , 3\n");
  EXPECT_EQ(types(report), "a:BIGINT b:VARCHAR c:BIGINT");
  EXPECT_EQ(cells(), "[[1,\"x, y\",2],[2,\"z\",3]]");
}

TEST_F(MessyCsvTest, PreambleAndFootnotesAreSkippedAndCounted) {
  const auto report = importText("Sales report\nmade 2026-04-01 by the till\n\n" + text() +
                                 "\nSource: the tills of all shops\n* without returns\n");
  EXPECT_EQ(types(report), kTypes);
  EXPECT_EQ(asText(), expected());
  EXPECT_EQ(report.detected.preamble_lines, 2);
  EXPECT_EQ(report.detected.footnote_lines, 2);
  EXPECT_EQ(skipped(report, "preamble"), 2);
  EXPECT_EQ(skipped(report, "footnote"), 2);
  EXPECT_EQ(skipped(report, "blank"), 2);
  EXPECT_EQ(report.rejected, 0);
}

TEST_F(MessyCsvTest, ATotalWithoutDelimitersIsAFootnote) {
  for (const auto& [rows, total] : std::vector<std::pair<const char*, const char*>>{
           {"id,name,n\n1,a,2\n2,b,3\n", "Total: 2 rows"},
           {"name,id,n\na,1,2\nb,2,3\n", "Total: 2 rows"},
           {"名称,编号,数量\n甲,1,2\n乙,2,3\n", "合计：2"},
           {"id,name,n\n1,a,2\n2,b,3\n3,c,4\n4,d,5\n", "end of file"}}) {
    const auto report = importText(std::string(rows) + total + "\n");
    EXPECT_EQ(skipped(report, "footnote"), 1) << total;
    EXPECT_NE(types(report).find("BIGINT"), std::string::npos);
    EXPECT_EQ(report.columns[2].type, "BIGINT");
  }
  const auto report = importText("name,city,n\nAnn,Ulm,2\nBob,Rom,3\nCyd,Pau,4\nDee,Bex,5\nEvelyn\n");
  EXPECT_EQ(report.rows, 5) << "a short row";
}

TEST_F(MessyCsvTest, ALineForExcelTellsTheDelimiter) {
  for (const std::string delimiter : {";", "\t", ",", "|"}) {
    std::string text = "sep=" + delimiter + "\r\na;b\r\n1,5;2\r\n2,5;3\r\n";
    if (delimiter != ";")
      for (char& c : text) c = c == ',' ? '.' : c == ';' ? delimiter.front() : c;
    if (delimiter == ",") text.replace(0, 5, "SEP=,");
    const auto report = importText(text);
    EXPECT_EQ(report.detected.delimiter, delimiter);
    EXPECT_EQ(types(report), "a:DOUBLE b:BIGINT");
    EXPECT_EQ(skipped(report, "preamble"), 1);
  }
  const auto alone = importText("sep=|\na,x|b,y\nu,v|w,z\n");
  EXPECT_EQ(types(alone), "a,x:VARCHAR b,y:VARCHAR") << "whatever else would part cells";
  EXPECT_EQ(types(importText("\"sep=;\"\na;b\n1;2\n")), "a:BIGINT b:BIGINT");
  EXPECT_EQ(types(importText("sep=;\na,b\n1,2\n", {.delimiter = ","})), "a:BIGINT b:BIGINT");
}

TEST_F(MessyCsvTest, PaddedTitlesOfSpreadsheetsAreNoHeader) {
  const auto report =
      importText(",,\nTurnover 2026,,\n,,\nshop,day,eur\nA,2026-01-01,5.5\nB,2026-01-02,7.25\n,,\n,,\n");
  EXPECT_EQ(types(report), "shop:VARCHAR day:DATE eur:DOUBLE");
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(skipped(report, "preamble"), 1);
  EXPECT_EQ(skipped(report, "blank"), 4);
}

TEST_F(MessyCsvTest, HeadersOfSeveralLinesAreJoined) {
  auto report = importText("north,,south,\nx,y,x,y\n1.5,2,3.5,4\n2.5,3,4.5,5\n3.5,4,5.5,6\n");
  EXPECT_EQ(types(report), "north x:DOUBLE north y:BIGINT south x:DOUBLE south y:BIGINT");
  EXPECT_EQ(report.detected.header_lines, 2);
  report = importText("unit,2019,2020,2021\na,1.5,2,3\nb,4,5,6\nc,7,8,9\n");
  EXPECT_EQ(types(report), "unit:VARCHAR 2019:DOUBLE 2020:BIGINT 2021:BIGINT") << "years are names";
  report = importText("a,b\n1,2\n3,4\n5,6\n", {.header_lines = 2});
  EXPECT_EQ(types(report), "a 1:BIGINT b 2:BIGINT") << "as told";
}

TEST_F(MessyCsvTest, RemarksFilledUpWithDelimitersAreNoHeaderAndNoRows) {
  const auto report = importText(
      "Sales of a year,,\nPeriod,2024,\n,,\nshop,day,eur\nA,2026-01-01,5.5\n"
      "B,2026-01-02,7.25\n,,\nNotes,,\n1. rounded,,\n2. without returns,,\n");
  EXPECT_EQ(types(report), "shop:VARCHAR day:DATE eur:DOUBLE");
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(skipped(report, "preamble"), 2);
  EXPECT_EQ(skipped(report, "footnote"), 3);
  EXPECT_EQ(skipped(report, "blank"), 2);
}

TEST_F(MessyCsvTest, RulesBetweenLinesAreNoRows) {
  const auto lines = importText("a,b,c\n---,---,---\n1,2,x\n3,4,y\n");
  EXPECT_EQ(types(lines), "a:BIGINT b:BIGINT c:VARCHAR");
  EXPECT_EQ(skipped(lines, "blank"), 1);
  const auto printed = importText(" id | n | x\n----+---+-----\n  1 | a | 2.5\n  2 | b | 3.5\n(2 rows)\n");
  EXPECT_EQ(types(printed), "id:BIGINT n:VARCHAR x:DOUBLE");
  EXPECT_EQ(printed.rows, 2);
  EXPECT_EQ(importText("a,b,c\n1,2,x\n\x1A").rows, 1) << "how old systems end a file";
}

TEST_F(MessyCsvTest, YearsAboveNamesArePartOfTheHeader) {
  for (const std::string years : {",2024,2024,2025,2025\n", ",2024,,2025,\n"}) {
    const auto report = importText(years + "region,sales,cost,sales,cost\nN,1,2,3,4\nS,5,6,7,8\nW,5,6,7,8");
    EXPECT_EQ(types(report),
              "region:VARCHAR 2024 sales:BIGINT 2024 cost:BIGINT 2025 sales:BIGINT 2025 cost:BIGINT");
    EXPECT_EQ(report.detected.header_lines, 2);
    EXPECT_EQ(report.rows, 3);
  }
  const auto rows = importText("Alaska,1990,1990\nTexas,1991,1995\nOhio,1980,1985\n");
  EXPECT_EQ(rows.rows, 3) << "of two years alone nothing is told";
}

TEST_F(MessyCsvTest, TheHeaderOfAFewRaggedRowsIsFound) {
  const auto ragged = importText("id,name,x\n1,abc,2\n2,def\n3\n4,a,b,6\n5,jk,7\n");
  EXPECT_EQ(types(ragged), "id:BIGINT name:VARCHAR x:BIGINT");
  EXPECT_EQ(cells(), R"([[1,"abc",2],[2,"def",null],[3,null,null],[5,"jk",7]])");
  EXPECT_EQ(rejects(database_, {"t"})->at(0).line, 5);
  const auto longer = importText("id,name,x\n1,abc,2\n2,def\n3\n4,a,b,6\n5,jk,7,8\n");
  EXPECT_EQ(types(longer), "id:BIGINT name:VARCHAR x:BIGINT");
  EXPECT_EQ(longer.rows, 3);
  EXPECT_EQ(longer.rejected, 2);
  const auto prices = importText("city,price\nA,1,000\nB,500\n");
  EXPECT_EQ(types(prices), "city:VARCHAR price:BIGINT");
  EXPECT_EQ(cells(), R"([["B",500]])");
  EXPECT_EQ(rejects(database_, {"t"})->at(0).text, "A,1,000");
  EXPECT_EQ(types(importText("名称,价格\n甲,¥1,234.50\n乙,¥2.00\n")), "名称:VARCHAR 价格:DOUBLE");
  EXPECT_EQ(types(importText("a,b,c,d\n1,2\n3,4\n5,6\n")), "a:BIGINT b:BIGINT c:VARCHAR d:VARCHAR");
}

TEST_F(MessyCsvTest, NamesOfRowsMayHaveNoName) {
  const auto report = importText("mass,speed\nhare,3.5,70\nfox,8.2,50\nowl,1.1,60\n");
  EXPECT_EQ(types(report), "column_1:VARCHAR mass:DOUBLE speed:BIGINT");
}

TEST_F(MessyCsvTest, OfTwoTablesTheFirstIsRead) {
  const auto report = importText(text() + "\nStock\n\nshop,shelf\nA,12\nB,7\nC,9\n");
  EXPECT_EQ(asText(), expected());
  EXPECT_EQ(skipped(report, "second table"), 5);
  EXPECT_EQ(report.rejected, 0);
  const auto wider = importText("a,b\n1,2\n3,4\n5,6\n7,8\n9,1\n2,2\na,b,c\n1,2,3\n4,5,6\n");
  EXPECT_EQ(wider.rows, 6);
  EXPECT_EQ(skipped(wider, "second table"), 3);
}

TEST_F(MessyCsvTest, ASecondTableMayHaveATitleOrAsManyColumns) {
  const auto titled = importText("a,b,c,d\n1,2,3,4\n5,6,7,8\n\nTable 2\nshop,shelf\nA,12\nB,7\n");
  EXPECT_EQ(types(titled), "a:BIGINT b:BIGINT c:BIGINT d:BIGINT");
  EXPECT_EQ(skipped(titled, "second table"), 4);
  std::string rows = "id,n\n";
  for (int i = 0; i < 60; ++i) rows += std::to_string(i) + ",7\n";
  const auto same = importText(rows + "\nshop,shelf\nA,12\nB,7\n");
  EXPECT_EQ(types(same), "id:BIGINT n:BIGINT");
  EXPECT_EQ(same.rows, 60);
  EXPECT_EQ(skipped(same, "second table"), 3);
}

TEST_F(MessyCsvTest, AHeaderThatComesAgainIsNoRow) {
  const auto report = importText("a,b\n1,2\n3,4\na,b\n5,6\n");
  EXPECT_EQ(types(report), "a:BIGINT b:BIGINT");
  EXPECT_EQ(report.rows, 3);
  EXPECT_EQ(skipped(report, "repeated header"), 1);
}

TEST_F(MessyCsvTest, PagesOfAReportAreOneTable) {
  const std::string header = "day,account,amount,what\n";
  const auto rows = [](int from) {
    std::string out;
    for (int i = from; i < from + 5; ++i)
      out += "2026-03-1" + std::to_string(i % 10) + ",ACC-" + std::to_string(i) + ",1.5,Rent\n";
    return out;
  };
  struct Case {
    std::string between;
    std::int64_t page_lines;
  };
  for (const auto& [between, page_lines] : std::vector<Case>{{"Page 2\n", 1},
                                                             {"page 2 of 9,,,\n", 1},
                                                             {"\n- Page 2/9 -\n\n", 1},
                                                             {"第 2 页\n", 1},
                                                             {"第2页，共9页\n", 1},
                                                             {"Accounts of the club\nPage 2\n", 2}}) {
    const auto report = importText("Accounts of the club\nPage 1\n" + header + rows(10) + between + header +
                                   rows(20) + between + header + rows(30));
    EXPECT_EQ(types(report), "day:DATE account:VARCHAR amount:DOUBLE what:VARCHAR") << between;
    EXPECT_EQ(report.rows, 15) << between;
    EXPECT_EQ(report.rejected, 0) << between;
    EXPECT_EQ(skipped(report, "page line"), 2 * page_lines) << between;
    EXPECT_EQ(skipped(report, "repeated header"), 2) << between;
    EXPECT_EQ(skipped(report, "preamble"), 2) << between;
  }
  const auto feet = importText(header + rows(10) + "Page 1 of 2\n" + header + rows(20) + "Page 2 of 2\n");
  EXPECT_EQ(feet.rows, 10);
  EXPECT_EQ(skipped(feet, "page line"), 1);
  EXPECT_EQ(skipped(feet, "footnote"), 1);
}

TEST_F(MessyCsvTest, AShortRowMayNameAPage) {
  const auto report = importText("page,author,words\nPage 1,Ann,3\nPage 2\nPage 3,Bob,7\nPage 4\n");
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(cells("SELECT page FROM t"), dumpJson(Json{{"Page 1"}, {"Page 2"}, {"Page 3"}, {"Page 4"}}));
}

TEST_F(MessyCsvTest, ASecondTableMayFollowAtOnce) {
  std::string first = "day,account,amount,what\n";
  for (int i = 0; i < 50; ++i) first += "2026-03-11,ACC-" + std::to_string(i) + ",1.5,Rent\n";
  for (const char* second : {"shop,shelf\nA,12\nB,7\nC,9\nD,4\n",
                             "shop,shelf,w,x,y,z\nA,12,1,1,1,1\nB,7,1,1,1,1\nC,9,1,1,1,1\nD,4,1,1,1,1\n"}) {
    const auto report = importText(first + second);
    EXPECT_EQ(types(report), "day:DATE account:VARCHAR amount:DOUBLE what:VARCHAR") << second;
    EXPECT_EQ(report.rows, 50) << second;
    EXPECT_EQ(report.rejected, 0) << second;
    EXPECT_EQ(skipped(report, "second table"), 5) << second;
  }
}

TEST_F(MessyCsvTest, RaggedRowsAreNoSecondTable) {
  std::string first = "name,town,age,size\n";
  for (int i = 0; i < 50; ++i) first += "Ann,Ulm,30,1.5\n";
  const auto words = importText(first + "Bob,Rom\nCyd,Pau\nDee,Bex\nEve,Lee\nFay,Ely\n" + "Gus,Bad,31,1.6\n");
  EXPECT_EQ(words.rows, 56) << "short rows that fit the columns";
  const auto few = importText(first + "shop,shelf,w,x,y\nA,12,1,1,1\nB,7,1,1,1\nGus,Bad,31,1.6\n");
  EXPECT_EQ(few.rows, 51);
  EXPECT_EQ(few.rejected, 3) << "too few rows of another width to show a table";
  const auto texts = importText(first + "a,b,c,d,e\nf,g,h,i,j\nk,l,m,n,o\np,q,r,s,u\nGus,Bad,31,1.6\n");
  EXPECT_EQ(texts.rows, 51);
  EXPECT_EQ(texts.rejected, 4) << "nothing tells the first of them from those below";
}

TEST_F(MessyCsvTest, RowsInDisorderAreMendedWhereOneWayIsLeft) {
  const std::vector<std::pair<const char*, std::string>> disorders{
      {"a delimiter too many in front", "," + line(4)},
      {"one at the end", line(4) + ","},
      {"one lost between day and time", "2026-03-0517:45,13,14.50,Clock,SKU-1004"},
      {"one lost between words", "2026-03-05,17:45,13,14.50,ClockSKU-1004"},
      {"another delimiter", "2026-03-05;17:45;13;14.50;Clock;SKU-1004"},
      {"a delimiter in words without quotes", "2026-03-05,17:45,13,14.50,Clock, big,SKU-1004"}};
  for (const auto& [name, by] : disorders) {
    const auto report = importText(changed(4, by));
    EXPECT_EQ(report.rows, 12) << name;
    EXPECT_EQ(report.rejected, 0) << name;
    const std::string thing =
        std::string(name) == "a delimiter in words without quotes" ? "Clock, big" : "Clock";
    EXPECT_EQ(cells("SELECT day, time, count, price, thing, code FROM t WHERE day = '2026-03-05'"),
              dumpJson(Json{{"2026-03-05", "17:45", 13, 14.5, thing, "SKU-1004"}}))
        << name;
  }
}

TEST_F(MessyCsvTest, ARowThatIsQuotedAsAWholeIsTakenApart) {
  const auto mixed = importText(changed(4, "\"2026-03-05,17:45,13,14.50,Clock,SKU-1004\""));
  EXPECT_EQ(types(mixed), kTypes);
  EXPECT_EQ(asText(), expected());
  const auto all = importText("id,name,x\n\"1,a,2\"\n\"2,b,3\"\n\"3,c,4\"\n");
  EXPECT_EQ(types(all), "id:BIGINT name:VARCHAR x:BIGINT");
  EXPECT_EQ(all.rows, 3);
}

TEST_F(MessyCsvTest, ACommaInsideANumberIsMended) {
  std::string rows = "n,x,day\n";
  for (int i = 0; i < 10; ++i) rows += std::to_string(i) + ",2.5,2026-01-01\n";
  const auto report = importText(rows + "7,3,75,2026-01-02\n");
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(cells("SELECT n, x FROM t WHERE day = '2026-01-02'"), "[[7,3.75]]");
}

TEST_F(MessyCsvTest, UnbalancedQuotesSpoilOneRowAtMost) {
  const auto front = importText(changed(4, "\"" + line(4)));
  EXPECT_EQ(front.rows, 12);
  EXPECT_EQ(cells("SELECT day, code FROM t WHERE count = 13"), "[[\"\\\"2026-03-05\",\"SKU-1004\"]]")
      << "the quote is told, not swallowed";
  const auto words = importText(changed(4, "2026-03-05,17:45,13,14.50,\"Clock,SKU-1004"));
  EXPECT_EQ(words.rows, 12);
  EXPECT_EQ(cells("SELECT thing FROM t WHERE day = '2026-03-05'"), "[[\"\\\"Clock\"]]");
  const auto short_row = importText(changed(4, "2026-03-05,\"17:45"));
  EXPECT_EQ(short_row.rows, 11);
  EXPECT_EQ(short_row.rejected, 1);
  EXPECT_EQ(rejects(database_, {"t"})->at(0).reason, "a quote is opened and never closed");
}

TEST_F(MessyCsvTest, ShortRowsArePaddedAndLongOnesRejected) {
  const auto report = importText(changed(4, "2026-03-05,17:45,13") + "1,2,3,4,5,6,7,8\n");
  EXPECT_EQ(report.rows, 12);
  EXPECT_EQ(report.rejected, 1);
  EXPECT_EQ(cells("SELECT count, price, thing, code FROM t WHERE day = '2026-03-05'"),
            "[[13,null,null,null]]");
  EXPECT_EQ(rejects(database_, {"t"})->at(0).reason, "8 cells where 6 are expected");
}

TEST_F(MessyCsvTest, AmbiguousRowsAreRejectedNotGuessed) {
  std::string rows = "first,last,n\n";
  for (int i = 0; i < 40; ++i)
    rows += std::string(1, static_cast<char>('a' + i % 26)) + std::string(static_cast<std::size_t>(i), 'x') +
            ",y" + std::string(static_cast<std::size_t>(40 - i), 'z') + "," + std::to_string(i) + "\n";
  const auto report = importText(rows + "Ann,Lee,Fox,7\n");
  EXPECT_EQ(report.rows, 40);
  EXPECT_EQ(report.rejected, 1) << "whose comma is too many?";
}

TEST_F(MessyCsvTest, NumbersInTheDressOfManyCountries) {
  auto report = importText("a;b;c;d\n1.234,5;12 %;€ 3,20;1\n0,25;7,5 %;€ 1.000,00;2\n99,9;3 %;€ 7,00;3\n");
  EXPECT_EQ(types(report), "a:DOUBLE b:DOUBLE c:DOUBLE d:BIGINT");
  EXPECT_EQ(report.detected.decimal, ",");
  EXPECT_EQ(cells(), "[[1234.5,0.12,3.2,1],[0.25,0.075,1000.0,2],[99.9,0.03,7.0,3]]");
  report = importText("a,b\n\"1,234\",x\n\"2,500\",y\n\"12,000,000\",z\n");
  EXPECT_EQ(cells("SELECT a FROM t"), "[[1234],[2500],[12000000]]");
  report = importText("a;b\n1,234;x\n2,500;y\n");
  EXPECT_EQ(types(report), "a:VARCHAR b:VARCHAR") << "1234 or 1.234?";
  EXPECT_EQ(types(importText("a;b\n1,234;x\n2,500;y\n", {.decimal = ','})), "a:DOUBLE b:VARCHAR");
  EXPECT_EQ(cells("SELECT a FROM t"), "[[1.234],[2.5]]");
  EXPECT_EQ(types(importText("a,b\n$5,x\n€6,y\n")), "a:VARCHAR b:VARCHAR") << "currencies do not mix";
}

TEST_F(MessyCsvTest, DatesInManyForms) {
  const auto report = importText(
      "a|b|c|d|e\n3 Mar 2026|03/31/26|2026年3月1日 下午3:05|20260301|31.12.25\n"
      "14 Apr 2026|04/01/26|2026年3月2日 上午9:10|20260302|01.02.26\n"
      "25 Dec 2026|12/25/26|2026年3月3日 上午11:00|20260303|15.02.26\n");
  EXPECT_EQ(types(report), "a:DATE b:DATE c:TIMESTAMP d:DATE e:DATE");
  EXPECT_EQ(cells("SELECT * FROM t LIMIT 1"),
            "[[\"2026-03-03\",\"2026-03-31\",\"2026-03-01 15:05:00\",\"2026-03-01\",\"2025-12-31\"]]");
}

TEST_F(MessyCsvTest, BadCellsOfMendedFilesAreTold) {
  std::string rows = "Title of it all\n\nn,day\n";
  for (int i = 0; i < 200; ++i) rows += std::to_string(i) + ",31.01.2026\n";
  const auto report = importText(rows + "x,31.01.2026\n7,31.02.2026\n1.5,01.02.2026\n");
  EXPECT_EQ(types(report), "n:DOUBLE day:DATE") << "1.5 makes all of them reals";
  EXPECT_EQ(report.rows, 201);
  EXPECT_EQ(report.rejected, 2);
  const auto kept = rejects(database_, {"t"});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->at(0).line, 204);
  EXPECT_EQ(kept->at(0).text, "x,31.01.2026");
  EXPECT_EQ(kept->at(0).reason, "'x' is not a number");
  EXPECT_EQ(kept->at(1).column, "day");
  EXPECT_EQ(kept->at(1).reason, "'31.02.2026' is not a date");
}

TEST_F(MessyCsvTest, ThreeThousandColumnsUnderATitle) {
  std::string rows = "Title\n\n";
  for (int row = 0; row < 4; ++row)
    for (int i = 0; i < 3000; ++i)
      rows += (row == 0 ? "c" : "") + std::to_string(i + row) + (i == 2999 ? "\n" : ",");
  const auto report = importText(rows);
  EXPECT_EQ(report.rows, 3);
  EXPECT_EQ(report.columns.size(), 3000U);
  EXPECT_EQ(cells("SELECT c2999 FROM t"), "[[3000],[3001],[3002]]");
}

TEST_F(MessyCsvTest, ACellOfTensOfMegabytesStaysWhole) {
  const std::string cell(std::size_t{40} << 20U, 'x');
  const auto report = importText("a,b\n1,\"" + cell + "\"\n2,y\n");
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(cells("SELECT length(b) FROM t"), "[[" + std::to_string(cell.size()) + "],[1]]");
}

TEST_F(MessyCsvTest, AFileThatGrowsWhileItIsReadIsNotImported) {
  std::string rows = "Title\n\na,b\n";
  for (int i = 0; i < 200000; ++i) rows += std::to_string(i) + ",words of some length\n";
  const auto file = folder_.write("growing.csv", rows);
  bool grown = false;
  JobContext job({}, nullptr, [&](const Progress&) {
    if (std::exchange(grown, true)) return;
    std::ofstream(file, std::ios::app) << "1,more\n";
  });
  const auto report = importFile(database_, file, "t", {}, job);
  ASSERT_TRUE(grown);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::Io);
  EXPECT_TRUE(database_.tables()->empty());
}

TEST_F(MessyCsvTest, AShortRowOfThousandsOfColumnsIsMended) {
  constexpr int kColumns = 5000;
  std::string text;
  for (int column = 0; column < kColumns; ++column)
    text += (column == 0 ? "c" : ",c") + std::to_string(column);
  for (int row = 0; row < 20; ++row) {
    text += '\n';
    for (int column = row == 10 ? 1 : 0; column < kColumns; ++column)
      text += (text.back() == '\n' ? "" : ",") + std::to_string(row * column);
  }
  const auto report = importText(text + "\n");
  EXPECT_EQ(report.rows, 20);
  EXPECT_EQ(report.columns.back().type, "BIGINT");
  EXPECT_EQ(cells("SELECT c0, c4998, c4999 FROM t LIMIT 2 OFFSET 10"), "[[10,49990,null],[0,54978,54989]]");
}

TEST_F(MessyCsvTest, FourHundredTypedColumnsUnderATitle) {
  std::string rows = "Title\n\n";
  for (int row = 0; row < 40; ++row)
    for (int i = 0; i < 400; ++i)
      rows += (row == 0 ? "c" + std::to_string(i) : std::to_string(i + row) + (i % 2 ? ".5" : "")) +
              (i == 399 ? "\n" : ",");
  const auto report = importText(rows);
  EXPECT_EQ(report.rows, 39);
  EXPECT_EQ(report.columns.at(398).type, "BIGINT");
  EXPECT_EQ(report.columns.at(399).type, "DOUBLE");
  EXPECT_EQ(cells("SELECT c398, c399 FROM t LIMIT 1"), "[[399,400.5]]");
}

TEST_F(MessyCsvTest, NamesThatManyColumnsShareAreAHeaderThatLacksOne) {
  std::string rows = "\"x\";\"x\";\"x\";\"load\";\"load\"\r\n";
  for (int i = 0; i < 20; ++i)
    rows += "\"run" + std::to_string(i) + "\";1;0;" + std::to_string(i) + ";2.5;3\r\n";
  const auto report = importText(rows);
  EXPECT_EQ(types(report), "column_1:VARCHAR x:BIGINT x_2:BIGINT x_3:BIGINT load:DOUBLE load_2:BIGINT");
  EXPECT_EQ(report.rows, 20);
  EXPECT_EQ(skipped(report), 0);
}

TEST_F(MessyCsvTest, BadCellsOfManyColumnsDoNotSpoilManyRows) {
  for (const std::string title : {"", "Counts of a year\n\n"}) {
    std::string rows = title + "id,a,b,c,d,e,f\n";
    for (int i = 0; i < 300; ++i) {
      rows += std::to_string(i);
      for (int column = 0; column < 6; ++column) rows += i % 60 == column && i < 240 ? ",<=5" : ",7";
      rows += "\n";
    }
    const auto report = importText(rows);
    EXPECT_LE(report.rejected, 6) << "of 24 rows with such a cell; two in a hundred are bearable";
    EXPECT_EQ(report.rows + report.rejected, 300);
    EXPECT_EQ(cells("SELECT count(*) FROM (SELECT unnest([a, b, c, d, e]::VARCHAR[]) AS v FROM t) "
                    "WHERE v = '<=5'"),
              "[[20]]");
    EXPECT_EQ(types(report).substr(0, 9), "id:BIGINT");
  }
}

TEST_F(MessyCsvTest, MissingIsAMarkOfAbsence) {
  const auto report = importText("site,may\nA,61\nB,missing\nC,72\nD,N.A.\n");
  EXPECT_EQ(types(report), "site:VARCHAR may:BIGINT");
  EXPECT_EQ(cells("SELECT may FROM t"), "[[61],[null],[72],[null]]");
}

TEST_F(MessyCsvTest, PreviewAndImportAgree) {
  const auto file =
      folder_.write("in.csv", "Report\n\nday;eur;note\n31.12.2025;1.234,5;\n01.02.2026;-7,25;x\n");
  const auto preview = previewFile(file, {}, job_);
  ASSERT_TRUE(preview);
  const auto report = importFile(database_, file, "t", {}, job_);
  ASSERT_TRUE(report);
  EXPECT_EQ(toJson(preview->detected), toJson(report->detected));
  EXPECT_EQ(dumpJson(Json(preview->sample)), "[[\"31.12.2025\",1234.5,null],[\"01.02.2026\",-7.25,\"x\"]]");
  EXPECT_EQ(cells(), "[[\"2025-12-31\",1234.5,null],[\"2026-02-01\",-7.25,\"x\"]]");
}

}  // namespace
}  // namespace lodestone::data
