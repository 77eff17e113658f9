// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

namespace lodestone::cli {

// Verbs of the group `pipeline`, one function for each file app/cli/pipeline_*.cpp.
void addStageVerbs(CommandLine& line, CLI::App& group);

}  // namespace lodestone::cli
