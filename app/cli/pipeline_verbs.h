// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/cli/command_line.h"
#include "core/project/pipeline_records.h"

namespace lodestone::cli {

template <class T>
Json orNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// "12.3 MB".
std::string byteText(std::int64_t bytes);

/// A stage of a run, as every answer tells it.
Json stageJson(const project::StageRecord& stage);

// One for each file pipeline_*.cpp: verbs of the group `pipeline`.
void addRecordVerbs(CommandLine& line, CLI::App& group);
void addRunVerbs(CommandLine& line, CLI::App& group);
void addStageVerbs(CommandLine& line, CLI::App& group);

}  // namespace lodestone::cli
