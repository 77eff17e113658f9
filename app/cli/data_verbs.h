// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/cli/command_line.h"
#include "core/data/database.h"
#include "core/data/new_table.h"

namespace lodestone::cli {

/// [{"name":..., "type":...}]
Json columnsJson(const std::vector<data::ColumnInfo>& columns);
/// Rows as a table for people.
void showRows(const Output& out, const std::vector<data::ColumnInfo>& columns,
              const std::vector<std::vector<Json>>& rows);

/// [{"kind":..., "column":..., "message":...}]
Json noticesJson(const std::vector<data::Notice>& notices, Language language);
/// Their messages, a line each.
void tellNotices(const Output& out, const std::vector<data::Notice>& notices);

// One for each file data_*.cpp: verbs of the group `data`.
void addExportVerbs(CommandLine& line, CLI::App& group);
void addFeatureVerbs(CommandLine& line, CLI::App& group);
void addCleanVerbs(CommandLine& line, CLI::App& group);
void addImportVerbs(CommandLine& line, CLI::App& group);
void addJoinVerbs(CommandLine& line, CLI::App& group);
void addProfileVerbs(CommandLine& line, CLI::App& group);
void addTemplateVerbs(CommandLine& line, CLI::App& group);

}  // namespace lodestone::cli
