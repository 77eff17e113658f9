// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/shared_data.h"

#include <cstdlib>

namespace lodestone::test {

std::filesystem::path sharedFile(std::string_view name) {
  const auto file = std::filesystem::path(LODESTONE_SOURCE_DIR) / ".." / "shared" / name;
  return std::filesystem::exists(file) ? file : std::filesystem::path();
}

bool sharedFilesAreRequired() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string_view(ci) == "true";
}

}  // namespace lodestone::test
