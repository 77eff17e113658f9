// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/text.h"
#include "core/data/recipe.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::data {

/// A database file with tables made by SQL, and recipes applied to the table t.
class RecipeTest : public testing::Test {
 protected:
  RecipeTest() : database_(std::move(*Database::open(folder_ / "data.duckdb", {.threads = 2}))) {}

  void sql(const std::string& text) {
    const auto done = database_.execute(text, job_);
    ASSERT_TRUE(done) << text << ": " << done.error().message(Language::English);
  }

  /// t by a recipe written as JSON; into the table "out".
  Result<CleanReport> tryClean(const std::string& recipe, bool replace = true) {
    const auto parsed = parseRecipeText(recipe, "recipe");
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    return clean(database_, {"t"}, *parsed, {"out", replace}, job_);
  }
  CleanReport done(const std::string& recipe) {
    auto report = tryClean(recipe);
    EXPECT_TRUE(report) << recipe << ": " << (report ? "" : report.error().message(Language::English));
    return report ? *report : CleanReport{};
  }
  std::string refusal(const std::string& recipe) {
    const auto report = tryClean(recipe);
    EXPECT_FALSE(report) << recipe;
    return report ? "" : report.error().message(Language::English);
  }

  /// The answer as JSON, rows in the order in which the table has them.
  std::string all(const std::string& select = "SELECT * FROM out") {
    const auto rows = database_.rows(select, job_);
    EXPECT_TRUE(rows) << select << ": " << (rows ? "" : rows.error().message(Language::English));
    return rows ? dumpJson(Json(rows->rows)) : "";
  }
  std::string columns(const std::string& table = "out") {
    const auto info = database_.table({table});
    std::vector<std::string> list;
    if (info)
      for (const ColumnInfo& column : info->columns) list.push_back(column.name + " " + column.type);
    return join(list, ", ");
  }
  static std::string notes(const StepReport& step) {
    std::vector<std::string> list;
    for (const StepNote& note : step.notes) list.push_back(fill(note.text, Language::English, note.args));
    return join(list, "; ");
  }

  test::TemporaryFolder folder_;
  Database database_;
  JobContext job_;
};

}  // namespace lodestone::data
