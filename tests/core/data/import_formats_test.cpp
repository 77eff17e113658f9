// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "core/base/file.h"
#include "core/data/import.h"
#include "tests/core/data/import_fixture.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FormatsTest : public ImportFixture {
 protected:
  Result<ImportReport> import(const std::vector<std::string>& files, ImportOptions options = {}) {
    options.on_existing = OnExisting::Replace;
    return importFiles(database_, files, "t", options, job_);
  }
  std::string refused(const Result<ImportReport>& report, ErrorCode code) {
    if (report) return "nothing";
    EXPECT_EQ(report.error().code, code) << report.error().message(Language::English);
    return report.error().message(Language::English);
  }
  std::string text(const std::string& name, const std::string& bytes) {
    return folder_.write(name, bytes).string();
  }
};

using JsonImportTest = FormatsTest;

TEST_F(JsonImportTest, anArrayOfObjectsIsATable) {
  const auto report = must(import({text("a.json", R"([
    {"id": 1, "name": "Ann", "day": "2026-03-01", "paid": true, "price": 1.50},
    {"id": 2, "name": "流失 \"x\"", "day": "2026-03-02", "paid": null, "price": 2},
    {"id": 3, "day": null, "extra": "only here"}
  ])")}));
  EXPECT_EQ(types(report.columns), "id:BIGINT name:VARCHAR day:DATE paid:BOOLEAN price:DOUBLE extra:VARCHAR");
  EXPECT_EQ(cells(), R"([[1,"Ann","2026-03-01",true,1.5,null],[2,"流失 \"x\"","2026-03-02",null,2.0,null],)"
                     R"([3,null,null,null,null,"only here"]])");
  EXPECT_EQ(report.detected.format, "json");
  EXPECT_EQ(report.rows, 3);
}

TEST_F(JsonImportTest, nestedObjectsGetDottedNamesAndArraysStayText) {
  const auto report = must(
      import({text("a.json", R"([{"user":{"id":7,"at":{"city":"北京"}},"tags":["a","b"],"mixed":1,"none":{}},
    {"user":{"id":8},"tags":[],"mixed":"x"},{"mixed":{"y":[1]}}])")}));
  EXPECT_EQ(types(report.columns),
            "user.id:BIGINT user.at.city:VARCHAR tags:VARCHAR mixed:VARCHAR none:VARCHAR");
  EXPECT_EQ(
      cells(),
      R"([[7,"北京","[\"a\",\"b\"]","1","{}"],[8,null,"[]","x",null],[null,null,null,"{\"y\":[1]}",null]])");
}

TEST_F(JsonImportTest, strangeNamesAreColumns) {
  const auto report = must(import({text(
      "a.json",
      R"([{"a/b":1,"~":2,"x\"; DROP TABLE t; --":3,"select":4,"":5,"Id":6,"id":7,"a.b":8,"0":9,"$":10,"列 🛒":11}])")}));
  EXPECT_EQ(report.columns.size(), 11U);
  EXPECT_EQ(cells(), "[[1,2,3,4,5,6,7,8,9,10,11]]");
  EXPECT_EQ(report.columns[6].name, "id_2");
}

TEST_F(JsonImportTest, numbersLoseNothing) {
  const auto report =
      must(import({text("a.json",
                        R"([{"big":123456789012345678901234567890,"long":9007199254740993,"gap":NaN,
     "past":9223372036854775808}, {"big":1,"long":2,"gap":1.5,"past":0}])")}));
  EXPECT_EQ(types(report.columns), "big:VARCHAR long:BIGINT gap:DOUBLE past:VARCHAR");
  EXPECT_EQ(cells(), R"([["123456789012345678901234567890",9007199254740993,null,)"
                     R"("9223372036854775808"],["1",2,1.5,"0"]])");
}

TEST_F(JsonImportTest, wholeNumbersOfEitherSignAreWhole) {
  const auto report = must(import({text("a.ndjson", "{\"a\":1,\"b\":-1}\n{\"a\":-2,\"b\":1.5}\n")}));
  EXPECT_EQ(types(report.columns), "a:BIGINT b:DOUBLE");
  EXPECT_EQ(cells(), "[[1,-1.0],[-2,1.5]]");
}

TEST_F(JsonImportTest, membersThatComeLateStandInTheirOrder) {
  std::string lines;
  for (int i = 0; i < 30'000; ++i) lines += "{\"m\":" + std::to_string(i) + "}\n";
  lines += "{\"z\":\"last but one\",\"m\":1}\n\n\t{\"a\":\"2026-01-31\",\"m\":-1}\nno record\n";
  const auto report = must(import({text("late.ndjson", lines)}));
  EXPECT_EQ(types(report.columns), "m:BIGINT z:VARCHAR a:DATE");
  EXPECT_EQ(report.rows, 30'002);
  EXPECT_EQ(report.rejected, 1);
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].lines, 1);
  EXPECT_EQ(cells("SELECT * FROM t WHERE m < 0 OR z IS NOT NULL ORDER BY rowid"),
            R"([[1,"last but one",null],[-1,null,"2026-01-31"]])");
}

TEST_F(JsonImportTest, numbersBeyondDoubleStayText) {
  const std::string file = text("a.json", R"([{"a":1,"x":1e400},{"a":2,"x":1.5},{"a":3,"x":-Infinity}])");
  const auto report = must(import({file}));
  EXPECT_EQ(types(report.columns), "a:BIGINT x:VARCHAR");
  EXPECT_EQ(cells("SELECT x FROM t LIMIT 2"), R"([["1e400"],["1.5"]])");
  ASSERT_EQ(report.notices.size(), 1U);
  EXPECT_EQ(report.notices[0].kind, "digits");
  EXPECT_EQ(report.notices[0].column, "x");
  const auto given = must(import({file}, {.column_types = {{"x", "DOUBLE"}}}));
  EXPECT_EQ(given.rejected, 2);
}

TEST_F(JsonImportTest, aNulInAKeyIsRead) {
  const auto report = must(import({text("a.json", R"([{"a":1,"x\u0000y":6}])")}));
  EXPECT_EQ(types(report.columns), "a:BIGINT xy:BIGINT");
  EXPECT_EQ(cells(), "[[1,6]]");
}

TEST_F(JsonImportTest, timesWithAZoneAreUtcInEveryFormat) {
  const std::vector<std::string> times{"2026-03-01T09:30:00+02:00", "2026-03-01T23:30:00.25-0530",
                                       "2026-03-01 09:30+02",       "2026-03-01T09:30:00Z",
                                       "2026-03-01T09:30Z",         "2026-03-01 09:30:00"};
  const std::string expected =
      R"([["2026-03-01 07:30:00"],["2026-03-02 05:00:00.25"],["2026-03-01 07:30:00"],)"
      R"(["2026-03-01 09:30:00"],["2026-03-01 09:30:00"],["2026-03-01 09:30:00"]])";
  std::string json;
  std::string csv = "seen,x\n";
  std::string mended = "seen,x\n";
  for (const std::string& time : times) {
    json += (json.empty() ? "[" : ",") + ("{\"seen\":\"" + time + "\",\"x\":1}");
    csv += time + ",1\n";
    mended += time + ",\"1\"\"\n";
  }
  for (const std::string& file :
       {text("a.json", json + "]"), text("a.csv", csv), text("mended.csv", mended)}) {
    const auto report = must(import({file}));
    EXPECT_EQ(report.columns[0].type, "TIMESTAMP") << file;
    EXPECT_EQ(cells("SELECT seen FROM t"), expected) << file;
  }
  std::string late = "seen\nno time\n";
  for (int i = 0; i < 100; ++i) late += times[0] + "\n";
  const auto asked = must(import({text("b.csv", late)}, {.column_types = {{"seen", "TIMESTAMP"}}}));
  EXPECT_EQ(asked.rejected, 1);
  EXPECT_EQ(cells("SELECT DISTINCT seen FROM t"), R"([["2026-03-01 07:30:00"]])");
  must(import({text("c.json", R"([{"seen":"2026-03-01T09:30:00+02:00"},{"seen":"2026-03-01"}])")},
              {.column_types = {{"seen", "DATE"}}}));
  EXPECT_EQ(cells(), R"([["2026-03-01"]])") << "no time of day is cut off";
}

TEST_F(JsonImportTest, anObjectWithAnArrayInsideIsThatArray) {
  const auto file = text(
      "a.json", R"({"count": 2, "note": "a [ { in a string", "data": [{"a": 1}, {"a": 2}], "last": []})");
  const auto report = must(import({file}));
  EXPECT_EQ(cells(), "[[1],[2]]");
  EXPECT_EQ(report.detected.source_table, "data");
  const auto two = text("b.json", R"({"users": [{"u": 1}], "orders": [{"o": 5}, {"o": 6}]})");
  EXPECT_THAT(refused(import({two}), ErrorCode::InvalidArgument), HasSubstr("users, orders"));
  must(import({two}, {.source_table = "orders"}));
  EXPECT_EQ(cells(), "[[5],[6]]");
  must(import({text("c.json", R"({"a": {"b": 1}, "list": [1, 2]})")}));
  EXPECT_EQ(cells(), R"([[1,"[1,2]"]])") << "an object alone is one row";
}

TEST_F(JsonImportTest, aMalformedLineIsRejectedWithItsLine) {
  const std::string lines = "{\"a\":1}\n\n{\"a\":2,\n{\"a\":3}\n[1]\n   \r\n{\"a\":4}\r\n";
  const auto report = must(import({text("x.ndjson", lines)}));
  EXPECT_EQ(cells(), "[[1],[3],[4]]");
  EXPECT_EQ(report.rejected, 2);
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].lines, 2);
  const auto list = *rejects(database_, {"t"});
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].line, 3);
  EXPECT_EQ(list[0].text, "{\"a\":2,");
  EXPECT_THAT(list[0].reason, HasSubstr("not valid JSON"));
  EXPECT_EQ(list[1].line, 5);
  EXPECT_EQ(list[1].reason, "not an object");
  EXPECT_EQ(report.detected.format, "ndjson");
  EXPECT_THAT(refused(import({text("x.ndjson", lines)}, {.on_bad_rows = OnBadRows::Fail}),
                      ErrorCode::InvalidArgument),
              HasSubstr("line 3"));
}

TEST_F(JsonImportTest, aStrayByteIsToldWithItsLine) {
  const auto file = text("a.jsonl", "{\"a\":\"Łódź café\"}\n{\"a\":\"th\xFF\"}\n{\"a\":\"ok\"}\n");
  EXPECT_THAT(refused(import({file}), ErrorCode::InvalidArgument), HasSubstr("line 2"));
}

TEST_F(JsonImportTest, aMalformedArrayIsToldWithTheLine) {
  const auto line = [&](const std::string& bytes) {
    const auto report = import({text("x.json", bytes)});
    EXPECT_FALSE(report);
    return report ? 0 : report.error().where.line.value_or(0);
  };
  EXPECT_EQ(line("[\n{\"a\":1},\n{\"a\":}\n]"), 3);
  EXPECT_EQ(line("[\n{\"a\":1},\n{\"a\":2}"), 3);
  EXPECT_EQ(line("[{\"a\":1}]\n\nmore"), 3);
  EXPECT_EQ(line("[{\"a\":1}\n{\"a\":2}]"), 1);
  EXPECT_EQ(line("[{\"a\":\"line\nbreak\"}]"), 1);
  EXPECT_EQ(line("[{\"a\":1}}"), 1);
}

TEST_F(JsonImportTest, otherEncodingsAndManyRecords) {
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string(R"([{"a":"x"},{"a":"y"}])")) utf16 += std::string{c, '\0'};
  const auto report = must(import({text("x.json", utf16)}));
  EXPECT_EQ(report.detected.encoding, "utf-16le");
  EXPECT_EQ(cells(), R"([["x"],["y"]])");
  std::string many = "[";
  for (int i = 0; i < 100000; ++i)
    many += (i > 0 ? ",\n" : "") + std::string("{\"i\":") + std::to_string(i) + "}";
  EXPECT_EQ(must(import({text("many.json", many + "]")})).rows, 100000);
  EXPECT_EQ(cells("SELECT count(*) FILTER (i = rowid) FROM t"), "[[100000]]") << "in file order";
  const std::string cell(3000000, 'x');
  must(import({text("wide.json", "[{\"a\":\"" + cell + "\"}]")}));
  EXPECT_EQ(cells("SELECT length(a) FROM t"), "[[3000000]]");
}

TEST_F(JsonImportTest, typesAreTheUsersToSay) {
  const auto file = text("x.ndjson", "{\"a\":\"01.03.2026\",\"b\":1}\n{\"a\":\"soon\",\"b\":2}\n");
  const auto report = must(import({file}, {.column_types = {{"a", "DATE %d.%m.%Y"}, {"B", "VARCHAR"}}}));
  EXPECT_EQ(cells(), R"([["2026-03-01","1"]])");
  EXPECT_EQ(report.rejected, 1);
  EXPECT_EQ(rejects(database_, {"t"})->front().column, "a");
  EXPECT_EQ(rejects(database_, {"t"})->front().line, 2);
  refused(import({file}, {.column_types = {{"nope", "DATE"}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(types(must(import({file}, {.types = Types::AllText})).columns), "a:VARCHAR b:VARCHAR");
}

TEST_F(JsonImportTest, thePreviewIsTheImportsBeginning) {
  const auto preview = previewFile(text("x.json", R"([{"a":1,"b":{"c":"x"}},{"a":2}])"), {}, job_);
  ASSERT_TRUE(preview) << preview.error().message(Language::English);
  EXPECT_EQ(types(preview->columns), "a:BIGINT b.c:VARCHAR");
  EXPECT_EQ(dumpJson(Json(preview->sample)), R"([[1,"x"],[2,null]])");
}

using ParquetImportTest = FormatsTest;

TEST_F(ParquetImportTest, nestedColumnsAreFlattened) {
  const std::string file = (folder_ / "x.parquet").string();
  ASSERT_TRUE(database_.execute(
      "COPY (SELECT 1::TINYINT AS i, {'a': 2, 'b': {'c': 'x'}} AS s, [1, 2] AS l, 0.1::FLOAT AS f, "
      "1.25::DECIMAL(9,2) "
      "AS d, DATE '2026-03-01' AS day, TIMESTAMPTZ '2026-03-01 10:00:00+02' AS z, '\\xFF'::BLOB AS bytes, "
      "18446744073709551615::UBIGINT AS u) TO " +
          quoteLiteral(file) + " (FORMAT parquet)",
      job_));
  const auto report = must(import({file}));
  EXPECT_EQ(types(report.columns),
            "i:BIGINT s.a:BIGINT s.b.c:VARCHAR l:VARCHAR f:DOUBLE d:DECIMAL(9,2) day:DATE z:TIMESTAMP "
            "bytes:VARCHAR "
            "u:VARCHAR");
  EXPECT_EQ(cells("SELECT i, \"s.a\", \"s.b.c\", l, f, d, day, z, u FROM t"),
            R"([[1,2,"x","[1,2]",0.1,1.25,"2026-03-01","2026-03-01 08:00:00","18446744073709551615"]])");
  std::string bytes = *readFile(file);
  refused(import({text("cut.parquet", bytes.substr(0, bytes.size() - 10))}), ErrorCode::Corrupt);
  for (std::size_t i = 4; i < 60; ++i) bytes[bytes.size() - 8 - i] = 'x';
  EXPECT_THAT(refused(import({text("bad.parquet", bytes)}), ErrorCode::Corrupt), HasSubstr("bad.parquet"));
}

TEST_F(ParquetImportTest, typesAreTheUsersToSay) {
  const std::string file = (folder_ / "x.parquet").string();
  ASSERT_TRUE(
      database_.execute("COPY (SELECT * FROM (VALUES ('1', 2.0, '01.03.2026', 9007199254740993, TIMESTAMP "
                        "'2026-03-01', {'b': '5'}), "
                        "('NA', 2.5, '02.03.2026', 2, TIMESTAMP '2026-03-02', {'b': '6'}), "
                        "('x', 3.0, '03.03.2026', 3, TIMESTAMP '2026-03-03 10:00', {'b': '7'}), "
                        "('', 4.0, '04.03.2026', 4, TIMESTAMP '2026-03-04', NULL)) AS v(\"te\"\"xt\", real, "
                        "day, whole, seen, s)) TO " +
                            quoteLiteral(file) + " (FORMAT parquet)",
                        job_));
  const ImportOptions options{.column_types = {{"te\"xt", "BIGINT"},
                                               {"REAL", "BIGINT"},
                                               {"day", "DATE %d.%m.%Y"},
                                               {"whole", "VARCHAR"},
                                               {"seen", "DATE"},
                                               {"s.b", "DOUBLE"}}};
  const auto report = must(import({file}, options));
  EXPECT_EQ(types(report.columns), "te\"xt:BIGINT real:BIGINT day:DATE whole:VARCHAR seen:DATE s.b:DOUBLE");
  EXPECT_EQ(cells(), R"([[1,2,"2026-03-01","9007199254740993","2026-03-01",5.0],)"
                     R"([null,4,"2026-03-04","4","2026-03-04",null]])");
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(report.rejected, 2);
  const auto bad = rejects(database_, {"t"});
  ASSERT_TRUE(bad);
  ASSERT_EQ(bad->size(), 2U);
  EXPECT_EQ((*bad)[0].line, 2);
  EXPECT_EQ((*bad)[0].column, "real");
  EXPECT_THAT((*bad)[0].reason, HasSubstr("2.5"));
  EXPECT_EQ((*bad)[1].line, 3);
  EXPECT_EQ((*bad)[1].column, "te\"xt");
  EXPECT_THAT((*bad)[1].text, HasSubstr("x\t3.0\t03.03.2026"));
  const auto preview = previewFile(file, options, job_);
  ASSERT_TRUE(preview) << preview.error().message(Language::English);
  EXPECT_EQ(types(preview->columns), types(report.columns));
  EXPECT_THAT(refused(import({file}, {.column_types = {{"nosuch", "BIGINT"}}}), ErrorCode::InvalidArgument),
              HasSubstr("nosuch"));
  EXPECT_THAT(refused(import({file}, {.column_types = {{"day", "BLOB"}}}), ErrorCode::InvalidArgument),
              HasSubstr("day"));
}

TEST_F(ParquetImportTest, aRealFileIsItsCsv) {
  const auto parquet = test::sharedFile("data/formats/parquet/flights_2010-summary.gz.parquet");
  LODESTONE_NEEDS(parquet);
  EXPECT_EQ(must(import({parquet.string()})).rows, 255);
  ASSERT_TRUE(importFile(database_, test::sharedFile("data/formats/parquet/flights_2010-summary.csv"), "c",
                         {}, job_));
  EXPECT_EQ(cells("SELECT count(*) FROM (SELECT * FROM t EXCEPT SELECT * FROM c)"), "[[0]]");
  EXPECT_EQ(cells("SELECT count(*) FROM (SELECT * FROM c EXCEPT SELECT * FROM t)"), "[[0]]");
  const auto lines = test::sharedFile("data/formats/ndjson/flights_2015-summary.json");
  const auto report = must(import({lines.string()}));
  EXPECT_EQ(report.rows, 256);
  EXPECT_EQ(report.detected.format, "ndjson");
}

using SeveralFilesTest = FormatsTest;

TEST_F(SeveralFilesTest, columnsGoTogetherByName) {
  const auto report = must(import({text("2026-01.csv", "id,name,amount\n1,Ann,10\n2,Bob,20\n"),
                                   text("2026-02.csv", "Amount,id,city\n1.5,3,Rom\n"),
                                   text("2026-03.json", R"([{"id":4,"extra":true}])")},
                                  {.file_column = "month"}));
  EXPECT_EQ(types(report.columns),
            "id:BIGINT name:VARCHAR amount:DOUBLE city:VARCHAR extra:BOOLEAN month:VARCHAR");
  EXPECT_EQ(cells(), R"([[1,"Ann",10.0,null,null,"2026-01.csv"],[2,"Bob",20.0,null,null,"2026-01.csv"],)"
                     R"([3,null,1.5,"Rom",null,"2026-02.csv"],[4,null,null,null,true,"2026-03.json"]])");
  EXPECT_EQ(report.rows, 4);
  ASSERT_EQ(report.files.size(), 3U);
  EXPECT_EQ(report.files[0].rows, 2);
  EXPECT_EQ(cells("SELECT count(*), sum(\"rows\") FROM lodestone.imports"), "[[3,4]]");
  EXPECT_EQ(cells("SELECT count(*) FROM duckdb_databases() WHERE NOT internal"), "[[1]]")
      << "no rubbish left";
}

TEST_F(SeveralFilesTest, aTypeIsForTheFilesThatHaveTheColumn) {
  const std::vector<std::string> files{text("a.csv", "id,code\n1,7\n"), text("b.json", R"([{"id":2}])"),
                                       text("c.csv", "id,Code\n3,8\n")};
  const auto report = must(import(files, {.column_types = {{"code", "VARCHAR"}}}));
  EXPECT_EQ(types(report.columns), "id:BIGINT code:VARCHAR");
  EXPECT_EQ(cells(), R"([[1,"7"],[2,null],[3,"8"]])");
  const auto preview = previewFiles(files, {.column_types = {{"code", "VARCHAR"}}}, job_);
  ASSERT_TRUE(preview) << preview.error().message(Language::English);
  EXPECT_EQ(types(preview->columns), "id:BIGINT code:VARCHAR");
  const ImportOptions wrong{.column_types = {{"kode", "VARCHAR"}}};
  EXPECT_THAT(refused(import(files, wrong), ErrorCode::InvalidArgument), HasSubstr("kode"));
  EXPECT_FALSE(previewFiles(files, wrong, job_));
  EXPECT_THAT(refused(import({files[0]}, wrong), ErrorCode::InvalidArgument), HasSubstr("kode"));
}

TEST_F(SeveralFilesTest, textStaysAsItStands) {
  const auto report = must(import({text("a.csv", "id,day\n1,2026-03-01\n2,2026-03-02\n"),
                                   text("b.csv", "id,day\nx07,never\n"), text("c.csv", "id,day\n3,\n")}));
  EXPECT_EQ(types(report.columns), "id:VARCHAR day:VARCHAR");
  EXPECT_EQ(cells(), R"([["1","2026-03-01"],["2","2026-03-02"],["x07","never"],["3",null]])");
  const auto blank = must(import({text("a.csv", "id,day\n1,\n"), text("b.csv", "id,day\n2,2026-03-01\n")}));
  EXPECT_EQ(types(blank.columns), "id:BIGINT day:DATE") << "a column without cells says nothing of its type";
  const auto long_numbers =
      must(import({text("a.csv", "id,x\n900719925474099,1\n"), text("b.json", "[{\"id\":9007199254740993}]"),
                   text("c.csv", "id,x\n1.5,2\n")}));
  EXPECT_EQ(long_numbers.columns[0].type, "VARCHAR") << "DOUBLE would round";
  EXPECT_EQ(cells("SELECT id FROM t ORDER BY rowid LIMIT 1 OFFSET 1"), R"([["9007199254740993"]])");
}

TEST_F(SeveralFilesTest, rejectsNameTheirFile) {
  std::string good = "a,b\n";
  for (int i = 0; i < 200; ++i) good += std::to_string(i) + ",1\n";
  const auto report = must(import({text("a.csv", good + "oops,1\n"), text("b.csv", good + "1,1\nbad,1\n")}));
  EXPECT_EQ(report.rows, 401);
  EXPECT_EQ(report.rejected, 2);
  const auto list = *rejects(database_, {"t"});
  ASSERT_EQ(list.size(), 2U);
  EXPECT_THAT(list[0].file, HasSubstr("a.csv"));
  EXPECT_EQ(list[0].line, 202);
  EXPECT_THAT(list[1].file, HasSubstr("b.csv"));
  EXPECT_EQ(list[1].line, 203);
}

TEST_F(SeveralFilesTest, oneBadFileLeavesAllAsItWas) {
  must(import({text("a.csv", "a\n1\n")}));
  const auto report = import({text("b.csv", "a\n2\n"), (folder_ / "gone.csv").string()});
  EXPECT_THAT(refused(report, ErrorCode::NotFound), HasSubstr("gone.csv"));
  EXPECT_EQ(cells(), "[[1]]");
  refused(import({text("b.csv", "a\n2\n")}, {.file_column = "A"}), ErrorCode::InvalidArgument);
  EXPECT_EQ(cells(), "[[1]]");
}

TEST_F(SeveralFilesTest, patternsAndFoldersAreExpanded) {
  std::filesystem::create_directory(folder_ / "in");
  for (const char* name : {"in/b 2.csv", "in/a 1.csv", "in/[x].csv", "in/.hidden"}) text(name, "a\n1\n");
  const std::string in = (folder_ / "in").string();
  EXPECT_THAT(*expandFiles({in + "/? ?.csv"}), ElementsAre(in + "/a 1.csv", in + "/b 2.csv"));
  EXPECT_THAT(*expandFiles({in + "/[x].csv"}), ElementsAre(in + "/[x].csv"));
  EXPECT_THAT(*expandFiles({in}), ElementsAre(in + "/[x].csv", in + "/a 1.csv", in + "/b 2.csv"));
  EXPECT_THAT(*expandFiles({"postgres://h/d?x=[1]"}), ElementsAre("postgres://h/d?x=[1]"));
  EXPECT_EQ(expandFiles({in + "/*.nope"}).error().code, ErrorCode::NotFound);
}

using UnreadableTest = FormatsTest;

TEST_F(UnreadableTest, knownFormatsAreNamedWithWhatToDo) {
  const auto says = [&](const std::string& name, const std::string& bytes) {
    return refused(import({text(name, bytes)}), ErrorCode::Unsupported);
  };
  EXPECT_THAT(says("a.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), HasSubstr(".xlsx"));
  EXPECT_THAT(says("a.orc", "ORC..."), HasSubstr("ORC"));
  EXPECT_THAT(says("a.csv.bz2", "BZh91AY&SY"), HasSubstr("bzip2"));
  EXPECT_THAT(says("a.txt", "\n <!DOCTYPE HTML><html>"), HasSubstr("HTML"));
  for (const char* image : {"\x89PNG\r\n\x1A\n...", "\xFF\xD8\xFF\xE0..JFIF", "GIF89a.."})
    EXPECT_THAT(says("j.csv", image), HasSubstr("image"));
  EXPECT_THAT(says("a.tar", std::string(257, 'x') + "ustar"), HasSubstr("tar"));
  EXPECT_THAT(refused(import({"gopher://host/x"}), ErrorCode::Unsupported), HasSubstr("gopher://"));
  must(import({text("order.csv", "ORC,b\n1,2\n")}));
}

TEST_F(UnreadableTest, realFilesLoadOrSayWhyNot) {
  const auto file = [](const char* name) {
    return test::sharedFile(std::string("data/messy-csv/pandas-tests/") + name);
  };
  LODESTONE_NEEDS(file("tips.csv.gz"));
  EXPECT_EQ(must(import({file("tips.csv.gz").string()})).rows, 244);
  EXPECT_EQ(must(import({file("salaries.csv.gz").string()})).rows, 46);
  EXPECT_EQ(must(import({file("salaries.csv.zip").string()})).rows, 46);
  EXPECT_EQ(must(import({file("utf16_ex.txt").string()})).detected.encoding, "utf-16le");
  EXPECT_THAT(refused(import({file("tar_csv.tar.gz").string()}), ErrorCode::Unsupported), HasSubstr("tar"));
  EXPECT_THAT(refused(import({file("test4.xls").string()}), ErrorCode::Unsupported), HasSubstr("xls"));
  EXPECT_THAT(refused(import({file("test_types.xls").string()}), ErrorCode::Unsupported), HasSubstr("xls"));
  const auto orc = test::sharedFile("data/formats/parquet/flights_2010-summary.snappy.orc");
  EXPECT_THAT(refused(import({orc.string()}), ErrorCode::Unsupported), HasSubstr("ORC"));
}

TEST_F(UnreadableTest, namesAreTakenFromFilesAndAddresses) {
  EXPECT_EQ(defaultTableName("/x/tips.csv.gz"), "tips");
  EXPECT_EQ(defaultTableName("/x/export.zip"), "export");
  EXPECT_EQ(defaultTableName("/x/sales 2026.03.csv"), "sales 2026.03");
  EXPECT_EQ(defaultTableName("postgres://me@host:5432/shop?sslmode=off"), "shop");
}

/// A small file system of its own. Skips where the test may not mount one.
TEST_F(UnreadableTest, aFullDiskForTemporaryFilesIsToldAndLeavesNothing) {
  const auto place = folder_ / "tiny";
  std::filesystem::create_directory(place);
  if (::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=2m") != 0)
    GTEST_SKIP() << "skipped: no right to mount a small file system";
  std::string bytes = "a,b\n1,\xE9t\xE9\n";
  while (bytes.size() < 4000000) bytes += "1234567,caf\xE9 noir\n";
  const auto file = text("latin.csv", bytes);
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TMPDIR", place.c_str(), 1);
  const auto report = import({file});
  if (before == nullptr)
    ::unsetenv("TMPDIR");
  else
    ::setenv("TMPDIR", kept.c_str(), 1);
  EXPECT_TRUE(std::filesystem::is_empty(place));
  ::umount(place.c_str());
  EXPECT_THAT(refused(report, ErrorCode::Io), HasSubstr("TMPDIR"));
  EXPECT_TRUE(database_.tables()->empty());
}

TEST_F(UnreadableTest, aFullDiskForTheDatabaseLeavesTheTableBefore) {
  const auto place = folder_ / "tiny";
  std::filesystem::create_directory(place);
  if (::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=12m") != 0)
    GTEST_SKIP() << "skipped: no right to mount a small file system";
  {
    auto database = Database::open(place / "data.duckdb", {.threads = 1});
    ASSERT_TRUE(database);
    ASSERT_TRUE(importFile(*database, text("a.csv", "a\n1\n"), "t", {}, job_));
    std::string bytes = "a,b\n";
    std::uint64_t state = 1;
    while (bytes.size() < 40000000) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      bytes += std::to_string(state) + "," + std::to_string(state * 31) + "\n";
    }
    const auto report =
        importFile(*database, text("large.csv", bytes), "t", {.on_existing = OnExisting::Replace}, job_);
    ASSERT_FALSE(report);
    EXPECT_TRUE(report.error().code == ErrorCode::Io || report.error().code == ErrorCode::OutOfMemory)
        << report.error().message(Language::English);
  }
  auto again = Database::open(place / "data.duckdb");
  ASSERT_TRUE(again) << again.error().message(Language::English);
  EXPECT_EQ(dumpJson(Json(again->rows("SELECT * FROM t", job_)->rows)), "[[1]]");
  again = Database::openInMemory();
  ::umount2(place.c_str(), MNT_DETACH);
}

TEST_F(UnreadableTest, aFileThatGrowsWhileItIsReadIsTold) {
  const auto file = text("log.json", "[{\"a\":1}]");
  bool grown = false;
  JobContext job({}, nullptr, [&](const Progress&) {
    if (!std::exchange(grown, true)) std::ofstream(file, std::ios::app) << "\n";
  });
  const auto report = importFile(database_, file, "t", {}, job);
  ASSERT_TRUE(grown);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::Io);
  EXPECT_TRUE(database_.tables()->empty());
}

}  // namespace
}  // namespace lodestone::data
