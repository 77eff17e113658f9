// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/result.h"

namespace lodestone::pipeline {

struct ChildLimits {
  double seconds = 20;
  std::size_t output_bytes = std::size_t{256} << 20U;
};

/// Runs a program (a name on the path, or a path) with a text as its input and returns what it prints.
/// Blocks; the child and what it starts are ended when the time is over, the job is stopped, or it prints too
/// much. NotFound when there is no such program, Unsupported when a limit is reached, Internal when it fails,
/// Cancelled.
Result<std::string> runChild(const std::vector<std::string>& command, std::string_view input, JobContext& job,
                             const ChildLimits& limits);

}  // namespace lodestone::pipeline
