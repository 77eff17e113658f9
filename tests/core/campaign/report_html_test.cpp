// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/campaign/report.h"
#include "tests/core/campaign/markup.h"

namespace lodestone::campaign {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ReportDocument someReport() {
  ReportDocument report;
  report.title = "Spring <b>";
  report.audit_head = "abc123";
  report.made_at = "2026-03-01T09:00:00.000Z";
  report.blocks = {Heading{2, "Why & what"},
                   Paragraph{"<script>alert(1)</script>"},
                   Notice{Notice::Kind::Failure, "FAIL"},
                   Table{{"a", "b"}, {{"x", "1"}}, {false, true}},
                   Figure{"F", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", "s"},
                   Figure{"G", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", "s"}};
  return report;
}

TEST(ReportHtmlTest, isWellFormedAndEscapesWhatItIsGiven) {
  const std::string html = renderHtml(someReport());
  EXPECT_EQ(test::firstUnbalancedTag(html), "");
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, HasSubstr("Spring &lt;b&gt;"));
}

TEST(ReportHtmlTest, carriesTheAuditHeadOnThePageAndInItsMetadata) {
  const std::string html = renderHtml(someReport());
  const auto first = html.find("lodestone-audit-head:abc123");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(html.find("lodestone-audit-head:abc123", first + 1), std::string::npos);
}

TEST(ReportHtmlTest, onlyDraftsAreMarked) {
  ReportDocument report = someReport();
  EXPECT_THAT(renderHtml(report), HasSubstr("DRAFT"));
  report.draft = false;
  EXPECT_THAT(renderHtml(report), Not(HasSubstr("DRAFT")));
}

TEST(ReportHtmlTest, refersToNothingOutside) {
  const std::string html = renderHtml(someReport());
  for (const char* reference : {"src=", "href=", "@import", "url("})
    EXPECT_THAT(html, Not(HasSubstr(reference)));
}

}  // namespace
}  // namespace lodestone::campaign
