// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"

#include <string_view>

namespace lodestone {

std::string codeVersion() {
  constexpr std::string_view kCommit = LODESTONE_COMMIT;
  std::string version = LODESTONE_VERSION;
  if (!kCommit.empty()) (version += '+') += kCommit;
  return version;
}

}  // namespace lodestone
