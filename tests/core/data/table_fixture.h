// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "core/data/database.h"
#include "core/data/new_table.h"

namespace lodestone::data {

/// A database in memory for tests that make tables out of tables. What must work throws where it does not.
class TableTest : public testing::Test {
 protected:
  using Cells = std::vector<std::vector<Json>>;

  static std::string messageOf(const Error& error) { return error.message(Language::English); }

  template <class T>
  static T must(Result<T> result) {
    if (!result) throw std::runtime_error(messageOf(result.error()));
    return std::move(*result);
  }
  void sql(const std::string& text) {
    if (auto done = database_.execute(text, job_); !done) throw std::runtime_error(messageOf(done.error()));
  }
  Cells rows(const std::string& text) { return must(database_.rows(text, job_)).rows; }

  template <class Report>
  static std::vector<std::string> names(const Report& report) {
    std::vector<std::string> list;
    for (const ColumnInfo& column : report.columns) list.push_back(column.name);
    return list;
  }
  static std::vector<std::string> kinds(const std::vector<Notice>& notices) {
    std::vector<std::string> list;
    for (const Notice& notice : notices) list.push_back(notice.kind);
    return list;
  }
  /// The message of the first notice of that kind; empty: there is none.
  static std::string notice(const std::vector<Notice>& notices, const std::string& kind) {
    for (const Notice& notice : notices)
      if (notice.kind == kind) return notice.message(Language::English);
    return "";
  }

  Database database_ = std::move(*Database::openInMemory({.threads = 2}));
  JobContext job_;
};

}  // namespace lodestone::data
