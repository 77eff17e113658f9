// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/command_line.h"
#include "core/data/import.h"

namespace lodestone::cli {

/// The options of the command line that say how a file is read, as they are given. Empty: not given.
struct ReadingArguments {
  std::string format;
  std::string encoding;
  std::string delimiter;
  std::string quote;
  std::string escape;
  std::string header;
  std::string header_lines;
  std::string skip_lines;
  std::string decimal;
  std::vector<std::string> null_words;
  std::vector<std::string> types;
  std::string source_table;
  std::string query;
  std::string file_column;
  std::string on_bad_rows;
  bool all_text = false;
};

void addReadingOptions(CommandLine& line, CLI::App& verb, ReadingArguments& arguments);

/// What is given, and nothing else, as an import template keeps it.
Json readingJson(const ReadingArguments& arguments);

/// What is given, over what the template of that name in the project says ("": none).
Result<data::ImportOptions> readingOptions(const ReadingArguments& arguments,
                                           const std::string& template_name, project::Project* project);

}  // namespace lodestone::cli
