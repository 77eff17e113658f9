// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string_view>

namespace lodestone::test {

/// A file of the folder of public datasets that stands beside the checkout ("data/telco-churn/x.csv").
/// Empty when it is missing; use it through LODESTONE_NEEDS.
std::filesystem::path sharedFile(std::string_view name);

/// True where a missing dataset is a failure (CI=true) rather than a reason to skip.
bool sharedFilesAreRequired();

}  // namespace lodestone::test

/// Leaves the test when the file is missing: a failure in CI, a skip that says so elsewhere.
#define LODESTONE_NEEDS(path)                                                                \
  do {                                                                                       \
    if ((path).empty()) {                                                                    \
      if (lodestone::test::sharedFilesAreRequired()) FAIL() << "the shared data is missing"; \
      GTEST_SKIP() << "skipped: the shared data is not beside the checkout";                 \
    }                                                                                        \
  } while (false)
