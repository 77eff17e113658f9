// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/source.h"

namespace lodestone::data {

/// Keeps what an import did with each file and its rejected rows, in the transaction of the session, in place
/// of what was kept of a former table of that name.
Result<> recordImport(Session& session, const ImportReport& report, const std::vector<Reject>& kept,
                      const ImportOptions& options, JobContext& job);

}  // namespace lodestone::data
