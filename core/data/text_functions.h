// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/duckdb_handle.h"

namespace lodestone::data {

/// Makes lodestone_nfkc(text) and lodestone_title(text) known to the database, for as long as it is open;
/// nothing of them is in its file. Unicode's NFKC (UAX 15) and title case (chapter 3.13), by ICU. Call it
/// outside of a transaction. Thread safe.
Result<> registerTextFunctions(Session& session, JobContext& job);

}  // namespace lodestone::data
