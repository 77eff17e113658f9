// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <filesystem>

#include "core/base/file.h"
#include "core/data/table_export.h"
#include "tests/core/data/table_fixture.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ExportTest : public TableTest {
 protected:
  ExportReport exported(const std::string& name, const ExportOptions& options = {}) {
    return must(exportTable(database_, {"t"}, folder_ / name, options, job_));
  }
  std::string bytes(const std::string& name) { return must(readFile(folder_ / name)); }
  /// Only what was asked for is in the folder: nothing half written.
  std::vector<std::string> files() {
    std::vector<std::string> list;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      list.push_back(entry.path().filename().string());
    std::sort(list.begin(), list.end());
    return list;
  }
  std::string entry(const std::string& archive, const std::string& name) {
    zip_t* zip = zip_open((folder_ / archive).c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
    if (zip == nullptr) throw std::runtime_error("no archive");
    zip_stat_t stat;
    zip_file_t* file = zip_fopen(zip, name.c_str(), 0);
    if (file == nullptr || zip_stat(zip, name.c_str(), 0, &stat) != 0)
      throw std::runtime_error("no entry " + name);
    std::string text(stat.size, '\0');
    if (zip_fread(file, text.data(), stat.size) != static_cast<zip_int64_t>(stat.size))
      throw std::runtime_error("a short entry");
    zip_fclose(file);
    zip_close(zip);
    return text;
  }
  void mixed() {
    sql("CREATE TABLE t (id BIGINT, name VARCHAR, price DECIMAL(8,2), day DATE, stamp TIMESTAMP, yes "
        "BOOLEAN, x "
        "DOUBLE);"
        "INSERT INTO t VALUES (1, 'Ann, \"A\"', 1.50, '2026-03-01', '2026-03-01 12:30:00', true, 0.1),"
        "(9007199254740993, '', -2.00, NULL, NULL, false, 'nan'), (3, NULL, NULL, '1850-01-02', NULL, NULL, "
        "-1e300),"
        "(4, '=1+1', 0, '2026-03-02', '1969-12-31 23:59:59.5', true, 'inf')");
  }

  test::TemporaryFolder folder_;
};

TEST_F(ExportTest, CsvQuotesGuardsAndKeepsMissingApartFromEmpty) {
  mixed();
  const ExportReport report = exported("t.csv");
  EXPECT_EQ(bytes("t.csv"),
            "id,name,price,day,stamp,yes,x\n"
            "1,\"Ann, \"\"A\"\"\",1.50,2026-03-01,2026-03-01 12:30:00,true,0.1\n"
            "9007199254740993,\"\",-2.00,,,false,nan\n"
            "3,,,1850-01-02,,,-1e+300\n"
            "4,'=1+1,0.00,2026-03-02,1969-12-31 23:59:59.5,true,inf\n");
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(report.bytes, static_cast<std::int64_t>(bytes("t.csv").size()));
  EXPECT_THAT(kinds(report.notices), ElementsAre("guarded"));
  EXPECT_THAT(files(), ElementsAre("t.csv"));
}

TEST_F(ExportTest, CsvOptions) {
  sql("CREATE TABLE t AS SELECT 'a;b' AS \"x,y\", '+49 30 1' AS phone, '-5' AS n");
  EXPECT_EQ(
      exported("t.csv", {.delimiter = ';', .byte_order_mark = true, .guard_formulas = false}).notices.size(),
      0U);
  EXPECT_EQ(bytes("t.csv"), "\xEF\xBB\xBFx,y;phone;n\n\"a;b\";+49 30 1;-5\n");
  exported("t.tsv");
  EXPECT_EQ(bytes("t.tsv"), "x,y\tphone\tn\na;b\t'+49 30 1\t-5\n");
  for (const char bad : {'"', '\n', 'a', '1', '-'})
    EXPECT_EQ(exportTable(database_, {"t"}, folder_ / "bad.csv", {.delimiter = bad}, job_).error().code,
              ErrorCode::InvalidArgument);
  sql("CREATE OR REPLACE TABLE t AS SELECT NULL::INT AS only FROM range(2)");
  exported("one.csv");
  EXPECT_EQ(bytes("one.csv"), "only\n\"\"\n\"\"\n") << "no blank lines that a reader would skip";
}

TEST_F(ExportTest, ALongCsvReadsBackAsItWas) {
  sql("CREATE TABLE t AS SELECT range AS id, hash(range) / 7.0::DOUBLE AS x, CASE WHEN range % 3 = 0 THEN "
      "NULL ELSE "
      "'line\n' || range END AS s, DATE '2020-01-01' + (range % 5000)::INT AS d FROM range(200000)");
  EXPECT_EQ(exported("t.csv", {.guard_formulas = false}).rows, 200000);
  sql("CREATE TABLE back AS SELECT * FROM read_csv('" + (folder_ / "t.csv").string() + "', header = true)");
  EXPECT_EQ(rows("SELECT count(*) FROM (SELECT *, row_number() OVER () AS n FROM t) a POSITIONAL JOIN back b "
                 "WHERE a.id "
                 "IS DISTINCT FROM b.id OR a.x IS DISTINCT FROM b.x OR a.s IS DISTINCT FROM b.s OR a.d IS "
                 "DISTINCT FROM b.d"),
            (Cells{{0}}));
}

TEST_F(ExportTest, ParquetReadsBackWithItsTypes) {
  mixed();
  sql("CREATE OR REPLACE TABLE t AS SELECT *, 12345678901234567890123456789::HUGEINT AS big, [1, NULL] AS "
      "list FROM t");
  EXPECT_EQ(exported("客户 😀.parquet").rows, 4);
  sql("CREATE TABLE back AS FROM read_parquet('" + (folder_ / "客户 😀.parquet").string() + "')");
  EXPECT_EQ(rows("SELECT column_type FROM (DESCRIBE back)"), (Cells{{"BIGINT"},
                                                                    {"VARCHAR"},
                                                                    {"DECIMAL(8,2)"},
                                                                    {"DATE"},
                                                                    {"TIMESTAMP"},
                                                                    {"BOOLEAN"},
                                                                    {"DOUBLE"},
                                                                    {"DECIMAL(38,0)"},
                                                                    {"INTEGER[]"}}));
  EXPECT_EQ(rows("SELECT * REPLACE (big::VARCHAR AS big) FROM back"),
            rows("SELECT * REPLACE (big::VARCHAR AS big) FROM t"));
  EXPECT_THAT(files(), ElementsAre("客户 😀.parquet"));
}

TEST_F(ExportTest, LongTablesKeepTheirOrder) {
  sql("CREATE TABLE t AS SELECT range AS x FROM range(500000)");
  exported("t.parquet");
  EXPECT_EQ(rows("SELECT count(*) FROM (SELECT x, file_row_number AS n FROM read_parquet('" +
                 (folder_ / "t.parquet").string() + "', file_row_number = true)) WHERE x <> n"),
            (Cells{{0}}));
  must(exportTable(database_, {"t"}, folder_ / "down.csv", {}, job_, {"x"},
                   SortOrder{"x", Direction::Descending}));
  EXPECT_TRUE(bytes("down.csv").starts_with("x\n499999\n499998\n"));
}

TEST_F(ExportTest, JsonIsValidWhateverTheNumbers) {
  mixed();
  exported("t.json");
  const Json read = Json::parse(bytes("t.json"));
  ASSERT_EQ(read.size(), 4U);
  EXPECT_EQ(read[0]["name"], "Ann, \"A\"");
  EXPECT_EQ(read[0]["price"], 1.5);
  EXPECT_EQ(read[1]["x"], Json(nullptr));
  EXPECT_EQ(read[1]["id"], 9007199254740993);
  exported("t.ndjson");
  const std::string lines = bytes("t.ndjson");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 4);
  EXPECT_EQ(Json::parse(lines.substr(0, lines.find('\n')))["day"], "2026-03-01");
}

TEST_F(ExportTest, XlsxKeepsTypesAndDates) {
  mixed();
  const ExportReport report = exported("t.xlsx");
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(report.sheets, 1);
  const std::string sheet = entry("t.xlsx", "xl/worksheets/sheet1.xml");
  for (const char* cell :
       {"<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>id</t></is></c>", "<c r=\"A2\"><v>1</v></c>",
        "<c r=\"B2\" t=\"inlineStr\"><is><t>Ann, \"A\"</t></is></c>", "<c r=\"C2\"><v>1.50</v></c>",
        "<c r=\"D2\" s=\"2\"><v>46082</v></c>", "<c r=\"F2\" t=\"b\"><v>1</v></c>",
        "<c r=\"G2\"><v>0.1</v></c>", "<c r=\"A3\" t=\"inlineStr\"><is><t>9007199254740993</t></is></c>",
        "<c r=\"B3\" t=\"inlineStr\"><is><t></t></is></c>",
        "<c r=\"G3\" t=\"inlineStr\"><is><t>nan</t></is></c>",
        "<c r=\"D4\" t=\"inlineStr\"><is><t>1850-01-02</t></is></c>",
        "<c r=\"B5\" t=\"inlineStr\"><is><t>=1+1</t></is></c>"})
    EXPECT_THAT(sheet, HasSubstr(cell));
  EXPECT_THAT(sheet, HasSubstr("<c r=\"E2\" s=\"3\"><v>46082.5208333333"));
  EXPECT_THAT(sheet, Not(HasSubstr("r=\"B4\""))) << "a missing cell is no cell";
  EXPECT_THAT(kinds(report.notices), ElementsAre("digits_as_text", "dates_as_text"));
  EXPECT_THAT(entry("t.xlsx", "xl/workbook.xml"), HasSubstr("<sheet name=\"t\""));
  EXPECT_THAT(files(), ElementsAre("t.xlsx"));
}

TEST_F(ExportTest, XlsxEscapesWhatXmlCannotHold) {
  sql("CREATE TABLE t AS SELECT '<a>&' || chr(1) || chr(13) || '_x0041_ ' AS \"a<b\", ' x' AS s, chr(0) || "
      "'z' AS z");
  exported("t.xlsx");
  const std::string sheet = entry("t.xlsx", "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<t>a&lt;b</t>"));
  EXPECT_THAT(sheet, HasSubstr("<t xml:space=\"preserve\">&lt;a&gt;&amp;_x0001__x000D__x005F_x0041_ </t>"));
  EXPECT_THAT(sheet, HasSubstr("<t xml:space=\"preserve\"> x</t>"));
  EXPECT_THAT(sheet, HasSubstr("<t>_x0000_z</t>"));
}

TEST_F(ExportTest, XlsxLimitsAreClearErrorsOrOptions) {
  sql("CREATE TABLE t AS SELECT range AS x FROM range(1048576)");
  const auto refused = exportTable(database_, {"t"}, folder_ / "t.xlsx", {}, job_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(messageOf(refused.error()), HasSubstr("1,048,575"));
  EXPECT_THAT(exportQuery(database_, "SELECT * FROM t", folder_ / "t.xlsx", {}, job_).error().code,
              ErrorCode::Unsupported);
  EXPECT_TRUE(files().empty());
  const ExportReport report = exported("t.xlsx", {.several_sheets = true});
  EXPECT_EQ(report.sheets, 2);
  EXPECT_EQ(report.rows, 1048576);
  EXPECT_THAT(entry("t.xlsx", "xl/worksheets/sheet2.xml"),
              HasSubstr("<row r=\"2\"><c r=\"A2\"><v>1048575</v></c></row></sheetData>"));
  EXPECT_THAT(entry("t.xlsx", "xl/workbook.xml"), HasSubstr("name=\"t 2\""));

  sql("CREATE OR REPLACE TABLE t AS SELECT 'short' AS note UNION ALL SELECT repeat('😀', 20000)");
  const auto long_text = exportTable(database_, {"t"}, folder_ / "long.xlsx", {}, job_);
  ASSERT_FALSE(long_text);
  EXPECT_EQ(long_text.error().where.column, "note");
  EXPECT_EQ(long_text.error().where.line, 2);
  EXPECT_THAT(messageOf(long_text.error()), HasSubstr("40,000"));
  EXPECT_THAT(kinds(exported("long.xlsx", {.cut_long_texts = true}).notices), ElementsAre("cut"));
}

TEST_F(ExportTest, AFileThatIsThereStaysUnlessItMayBeReplaced) {
  mixed();
  folder_.write("t.csv", "mine");
  const auto refused = exportTable(database_, {"t"}, folder_ / "t.csv", {}, job_);
  EXPECT_EQ(refused.error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(bytes("t.csv"), "mine");
  exported("t.csv", {.on_existing = OnExistingFile::Replace});
  EXPECT_THAT(bytes("t.csv"), HasSubstr("Ann"));
  EXPECT_EQ(exportTable(database_, {"t"}, folder_.path(), {.format = ExportFormat::Csv}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(exportTable(database_, {"t"}, folder_ / "t.doc", {}, job_).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(exportTable(database_, {"t"}, folder_ / "no/t.csv", {}, job_).error().code, ErrorCode::Io);
  EXPECT_EQ(exportTable(database_, {"u"}, folder_ / "u.csv", {}, job_).error().code, ErrorCode::NotFound);
  EXPECT_EQ(exportTable(database_, {"t"}, folder_ / "u.csv", {}, job_, {"nothing"}).error().code,
            ErrorCode::NotFound);
  EXPECT_THAT(files(), ElementsAre("t.csv"));
}

TEST_F(ExportTest, AQueryIsExportedIfItIsHarmless) {
  mixed();
  const ExportReport report = must(exportQuery(
      database_, "SELECT id, id, count(*) FROM t GROUP BY id ORDER BY id;", folder_ / "q.csv", {}, job_));
  EXPECT_EQ(report.rows, 4);
  EXPECT_TRUE(bytes("q.csv").starts_with("id,id_2,count_star()\n1,1,1\n")) << bytes("q.csv");
  EXPECT_FALSE(exportQuery(database_, "SELECT * FROM read_csv('/etc/passwd')", folder_ / "x.csv", {}, job_));
  EXPECT_FALSE(exportQuery(database_, "DROP TABLE t", folder_ / "x.parquet", {}, job_));
  EXPECT_THAT(files(), ElementsAre("q.csv"));
}

TEST_F(ExportTest, AStopLeavesNothing) {
  sql("CREATE TABLE t AS SELECT range AS x, hash(range) AS y FROM range(3000000)");
  for (const char* name : {"t.csv", "t.parquet", "t.json", "t.xlsx"}) {
    std::stop_source stop;
    JobContext job(stop.get_token(), nullptr, [&](const Progress&) { stop.request_stop(); });
    stop.request_stop();
    EXPECT_EQ(exportTable(database_, {"t"}, folder_ / name, {.several_sheets = true}, job).error().code,
              ErrorCode::Cancelled);
  }
  EXPECT_TRUE(files().empty());
  std::stop_source stop;
  JobContext job(stop.get_token(), nullptr, [&](const Progress& progress) {
    if (progress.fraction > 0.1) stop.request_stop();
  });
  EXPECT_EQ(exportTable(database_, {"t"}, folder_ / "t.csv", {}, job).error().code, ErrorCode::Cancelled);
  EXPECT_TRUE(files().empty());
}

/// A file that may not grow beyond a size fails like one on a full disk.
TEST_F(ExportTest, AFullDiskIsAClearErrorAndLeavesNothing) {
  sql("CREATE TABLE t AS SELECT range AS x, hash(range)::VARCHAR AS y FROM range(100000)");
  for (const char* name : {"t.csv", "t.parquet", "t.json", "t.ndjson", "t.xlsx"}) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{100000, 100000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      // Threads do not live on in a child: a database of its own.
      Database own = must(Database::openInMemory({.threads = 1}));
      JobContext job;
      if (!own.execute("CREATE TABLE t AS SELECT range AS x, hash(range)::VARCHAR AS y FROM range(100000)",
                       job))
        ::_exit(3);
      const auto done = exportTable(own, {"t"}, folder_ / name, {}, job);
      const bool right = !done && done.error().code == ErrorCode::Io &&
                         done.error().where.file == (folder_ / name).string() &&
                         messageOf(done.error()).find(".part-") == std::string::npos;
      if (!right && !done) std::fprintf(stderr, "%s\n", messageOf(done.error()).c_str());
      ::_exit(right ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0) << name;
    EXPECT_TRUE(files().empty()) << name;
  }
}

}  // namespace
}  // namespace lodestone::data
