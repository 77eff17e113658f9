// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/file.h"
#include "core/campaign/generate.h"
#include "core/project/audit_log.h"
#include "core/project/strategy_records.h"
#include "tests/core/campaign/markup.h"
#include "tests/core/campaign/small_shop.h"

namespace lodestone::campaign {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    tables_ = test::makeSmallShop(project_);
    const Generated made = generateStrategies(project_, tables_, {}, job_).value();
    first_ = project_.strategies().add(made.strategies, "Ann").value()[0];
    options_.folder = folder_ / "out";
    options_.by = "Ann";
    options_.write_pdf = [](const ReportDocument& report, const fs::path& path) {
      return writeFileAtomically(path, "%PDF " + report.title);
    };
  }
  std::vector<ExportedFile> files() {
    return exportStrategies(project_, {first_.id}, options_, job_).value();
  }
  std::string text(const std::string& extension, const std::vector<ExportedFile>& from) {
    for (const ExportedFile& file : from)
      if (file.path.extension() == extension) return readFile(file.path).value();
    return "";
  }
  void approve() {
    using project::ReviewAction;
    project_.strategies().review(first_.id, ReviewAction::Submit, "Ann", "").value();
    project_.strategies().review(first_.id, ReviewAction::Approve, "Bob", "ok").value();
  }

  test::TemporaryFolder folder_;
  project::Project project_ = test::newProject(folder_);
  JobContext job_;
  ScoredTables tables_;
  project::StrategyVersion first_;
  ExportOptions options_;
};

TEST_F(ExportTest, aPreviewIsWhatTheExportWritesAndKeepsNothing) {
  const auto head = project_.audit().head().value();
  const ExportPreview preview = previewExport(project_, {first_.id}, options_, job_).value();
  EXPECT_FALSE(fs::exists(options_.folder));
  EXPECT_TRUE(fs::is_empty(project_.exportsFolder()));
  EXPECT_EQ(project_.audit().head().value(), head);
  EXPECT_TRUE(preview.report.draft);
  ASSERT_EQ(preview.audiences.size(), 1U);
  EXPECT_EQ(preview.audiences[0].customers, first_.content["audience"]["size"]);
  ASSERT_GT(preview.audiences[0].rows.size(), 2U);

  const auto written = files();
  ASSERT_EQ(preview.files.size(), written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    EXPECT_EQ(preview.files[i].name, written[i].path.filename().string());
    EXPECT_EQ(preview.files[i].draft, written[i].draft);
    EXPECT_EQ(preview.files[i].bytes, fs::file_size(written[i].path)) << preview.files[i].name;
  }
  const std::string csv = text(".csv", written);
  for (const auto& row : preview.audiences[0].rows) EXPECT_THAT(csv, HasSubstr(join(row, ",") + "\r\n"));
}

TEST_F(ExportTest, draftsAreMarkedInEveryFile) {
  const auto written = files();
  ASSERT_EQ(written.size(), 4U);
  for (const ExportedFile& file : written) {
    EXPECT_TRUE(file.draft);
    EXPECT_THAT(file.path.filename().string(), HasSubstr("DRAFT"));
  }
  EXPECT_THAT(text(".csv", written), HasSubstr("DRAFT"));
  EXPECT_THAT(text(".json", written), HasSubstr("DRAFT"));
  EXPECT_THAT(text(".html", written), HasSubstr("DRAFT"));
}

TEST_F(ExportTest, anApprovedStrategyExportsCleanAndIsExportedThen) {
  approve();
  for (int round = 0; round < 2; ++round) {
    const auto written = files();
    for (const char* extension : {".csv", ".json", ".html"})
      EXPECT_THAT(text(extension, written), Not(HasSubstr("DRAFT")));
    EXPECT_EQ(project_.strategies().get(first_.id)->state, project::StrategyState::Exported);
  }
  EXPECT_TRUE(project_.audit().verify()->empty());
}

TEST_F(ExportTest, theAudienceIsTheDecidedOneWithPersonalColumnsMasked) {
  const std::string csv = text(".csv", files());
  const auto lines = std::count(csv.begin(), csv.end(), '\n');
  EXPECT_EQ(lines - 1, first_.content["audience"]["size"].get<std::int64_t>());
  EXPECT_THAT(csv, HasSubstr("customer_id,score,spend,strategy,version,offer,channel,status,email,name"));
  EXPECT_THAT(csv, HasSubstr("u***@e***"));
  EXPECT_THAT(csv, Not(HasSubstr("@example.com")));
}

TEST_F(ExportTest, allowedPersonalColumnsAreStillHarmlessInASpreadsheet) {
  options_.personal = PersonalColumns::Allow;
  const std::string csv = text(".csv", files());
  EXPECT_THAT(csv, HasSubstr("@example.com"));
  EXPECT_THAT(csv, HasSubstr("\"'=HYPERLINK("));
  EXPECT_THAT(csv, Not(HasSubstr(",=HYPERLINK")));
  EXPECT_THAT(csv, Not(HasSubstr(",\"=HYPERLINK")));
}

TEST_F(ExportTest, anAudienceThatIsNoLongerTheDecidedOneIsRefused) {
  ASSERT_TRUE(
      (*project_.tables())->execute("UPDATE stages.population SET email_consent = 1 - email_consent", job_));
  const auto written = exportStrategies(project_, {first_.id}, options_, job_);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::Corrupt);
  EXPECT_TRUE(fs::is_empty(options_.folder)) << "nothing half done";
}

TEST_F(ExportTest, nothingIsOverwritten) {
  const auto once = files();
  const std::string before = text(".json", once);
  const auto twice = files();
  EXPECT_NE(once[0].path, twice[0].path);
  EXPECT_EQ(text(".json", once), before);
}

TEST_F(ExportTest, aFailedPdfLeavesNothing) {
  options_.write_pdf = [](const ReportDocument&, const fs::path& path) -> Result<> {
    return fail(ErrorCode::Io, Text{"no {0}", "没有 {0}"}, {path.string()});
  };
  EXPECT_FALSE(exportStrategies(project_, {}, options_, job_));
  EXPECT_TRUE(fs::is_empty(options_.folder));
  EXPECT_EQ(project_.strategies().get(first_.id)->state, project::StrategyState::Draft);
}

TEST_F(ExportTest, withoutQtPdfIsUnsupportedBeforeAnythingIsWritten) {
  options_.write_pdf = {};
  EXPECT_EQ(exportStrategies(project_, {}, options_, job_).error().code, ErrorCode::Unsupported);
  EXPECT_FALSE(fs::exists(options_.folder));
  options_.formats = {"docx"};
  EXPECT_EQ(exportStrategies(project_, {}, options_, job_).error().code, ErrorCode::InvalidArgument);
}

TEST_F(ExportTest, reportsCarryTheAuditHeadThatTheChainHas) {
  const std::string html = text(".html", files());
  const std::string mark = "lodestone-audit-head:";
  const auto at = html.find(mark);
  ASSERT_NE(at, std::string::npos);
  EXPECT_TRUE(project_.audit().contains(html.substr(at + mark.size(), 64)).value());
}

TEST_F(ExportTest, theReportIsWellFormedAndCompleteInBothLanguages) {
  const std::string english = text(".html", exportStrategies(project_, {}, options_, job_).value());
  EXPECT_EQ(test::firstUnbalancedTag(english), "");
  for (const char* part :
       {"Summary", "Incremental conversions", "ROC curve", "Calibration", "Gains", "Checks", "C3", "<svg"})
    EXPECT_THAT(english, HasSubstr(part));
  options_.language = Language::Chinese;
  const std::string chinese = text(".html", exportStrategies(project_, {}, options_, job_).value());
  EXPECT_EQ(test::firstUnbalancedTag(chinese), "");
  const std::string words = test::readableText(chinese);
  for (const char* foreign : {"Summary", "Audience", "holdout", "conversions", "estimate", "treated", "rows",
                              "Checks", "PASS", "REVIEW", "bootstrap", "draft"})
    EXPECT_THAT(words, Not(HasSubstr(foreign)));
}

}  // namespace
}  // namespace lodestone::campaign
