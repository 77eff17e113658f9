// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/project/audit_log.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"
#include "core/project/project.h"
#include "core/project/sqlite.h"
#include "core/project/strategy_records.h"
#include "tests/support/temporary_folder.h"

namespace lodestone::project {

/// The value, or a failed test with the error's message.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message(Language::English));
  return std::move(*result);
}

inline void mustDo(const Result<>& result) {
  if (!result) throw std::runtime_error(result.error().message(Language::English));
}

template <class T>
ErrorCode codeOf(const Result<T>& result) {
  if (result) throw std::runtime_error("an error was expected");
  return result.error().code;
}

template <class T>
std::string messageOf(const Result<T>& result) {
  if (result) throw std::runtime_error("an error was expected");
  return result.error().message(Language::English);
}

inline std::vector<std::string> messages(const std::vector<Error>& problems) {
  std::vector<std::string> out;
  for (const Error& problem : problems) out.push_back(problem.message(Language::English));
  return out;
}

/// Every file below a folder, by name, with its bytes.
inline std::map<std::string, std::string> snapshot(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    files[entry.path().string()] = entry.is_regular_file() ? must(readFile(entry.path())) : "a folder";
  return files;
}

inline Json content(const std::string& title, double discount = 0.1) {
  return Json{{"title", title}, {"offer", {{"id", "spring"}, {"discount", discount}}}, {"channel", "email"}};
}

class ProjectTest : public ::testing::Test {
 protected:
  Project create() const { return must(Project::create(path_)); }
  Project open() const { return must(Project::open(path_)); }

  /// A project with two strategies, the first of them approved: six entries in the log.
  void makeReviewed() const {
    Project project = create();
    auto strategies = project.strategies();
    must(strategies.add({content("Win back"), content("Thank you")}, "lodestone"));
    must(strategies.review("S-0001", ReviewAction::Submit, "Ann", ""));
    mustDo(strategies.comment("S-0001", "Carl", "looks fine"));
    must(strategies.review("S-0001", ReviewAction::Approve, "Bob", "ok"));
    must(strategies.edit("S-0002", content("Thank you", 0.2), "Ann"));
  }

  /// What somebody with an SQLite shell does, who knows of the triggers.
  void tamper(const std::string& sql) const {
    auto db = must(Sqlite::open(path_ / "project.db", Sqlite::Mode::Write));
    std::vector<std::string> triggers;
    mustDo(db.each("SELECT name FROM sqlite_master WHERE type = 'trigger'", {},
                   [&](const Statement& row) -> Result<> {
                     triggers.push_back(row.text(0));
                     return {};
                   }));
    for (const auto& trigger : triggers) mustDo(db.execute("DROP TRIGGER " + trigger));
    mustDo(db.execute(sql));
  }

  std::vector<std::string> problems(const std::vector<std::filesystem::path>& reports = {}) const {
    return messages(must(open().verify(reports)));
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "shop.lodestone";
};

/// One thing that somebody changes behind the program, and what the check must say of it.
struct Tampering {
  const char* name;
  const char* sql;
  const char* found;  ///< part of a problem's message
};

class TamperingTest : public ProjectTest, public ::testing::WithParamInterface<Tampering> {};

}  // namespace lodestone::project
