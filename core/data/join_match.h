// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/data/join_keys.h"

namespace lodestone::data {

/// What a join would make, from the keys of both sides alone: all of JoinReport but table and columns. In the
/// transaction that is open; leaves temporary tables to the connection.
Result<JoinReport> matchReport(Session& session, const TableInfo& left, const TableInfo& right,
                               const std::vector<KeyPlan>& keys, const JoinSpec& spec, JobContext& job);

}  // namespace lodestone::data
