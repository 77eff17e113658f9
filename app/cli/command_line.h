// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "core/base/job_context.h"
#include "core/project/project.h"

namespace lodestone::cli {

/// Options that stand before or after any verb.
struct GeneralOptions {
  bool json = false;
  bool quiet = false;
  Language language = Language::English;
  std::optional<std::uint64_t> seed;  ///< none: a chart's own where there is one, else 42
  int threads = 0;                    ///< 0: as many as the machine has
  std::string device = "auto";

  std::uint64_t seedOrDefault() const { return seed.value_or(42); }
};

/// What a verb runs with. Lives until the program ends.
struct Invocation {
  const GeneralOptions& general;
  const Output& output;
  ProgressDisplay& progress;
  JobContext& job;

  Result<project::Project> open(const std::string& folder) const;
  data::DatabaseOptions databaseOptions() const { return {.threads = general.threads}; }
  /// Before work that learns: LibTorch takes its threads when it is loaded.
  Result<> prepareEngine() const;
};

/// Does a verb's work and gives its answer; the exit status.
using Action = std::function<Result<int>(Invocation&)>;

/// The verbs as they are declared, and the one that was chosen.
class CommandLine {
 public:
  CommandLine(CLI::App& app, Language language);

  CLI::App& app() const { return app_; }
  Language language() const { return language_; }
  std::string in(const Text& text) const { return std::string(text.in(language_)); }

  /// A name that only gathers verbs.
  CLI::App& group(CLI::App& parent, const char* name, const Text& help);
  CLI::App& verb(CLI::App& parent, const char* name, const Text& help, Action action);

  /// An argument by its place; it must be given.
  template <class T>
  CLI::Option* argument(CLI::App& verb, const char* name, T& value, const Text& help) const {
    return verb.add_option(name, value, in(help))->required()->type_name("");
  }
  /// --name VALUE; a list takes one value each time it is given.
  template <class T>
  CLI::Option* option(CLI::App& verb, const char* name, T& value, const Text& help,
                      const char* value_name) const {
    return verb.add_option(name, value, in(help))->allow_extra_args(false)->type_name(value_name);
  }
  CLI::Option* flag(CLI::App& verb, const char* name, bool& value, const Text& help) const {
    return verb.add_flag(name, value, in(help));
  }

  const Action& chosen() const { return chosen_; }

 private:
  void dress(CLI::App& app) const;

  CLI::App& app_;
  Language language_;
  Action chosen_;
};

/// A verb's option must be one of the given words; anything else is a usage error.
void oneOf(CLI::Option* option, const std::vector<std::string>& words);

/// Each value of an option must be what the test takes; anything else is a usage error that says the text,
/// its {0} being the value.
void mustBe(const CommandLine& line, CLI::Option* option, bool (*test)(const std::string&), const Text& text);
/// Each value of an option must read NAME=VALUE.
void keysAndValues(const CommandLine& line, CLI::Option* option);

/// The login name of whoever runs the program.
std::string loginName();
/// "a=b" -> {a, b}. InvalidArgument naming what should stand there.
Result<std::pair<std::string, std::string>> keyAndValue(const std::string& text);
/// The names in an option's values: separated by commas, those with a comma of their own in double quotes.
std::vector<std::string> splitLists(const std::vector<std::string>& values);
/// AlreadyExists naming the file when there is one: what --replace is for.
Result<> mustBeNew(const std::string& file);
/// "done", "cancelled" and the like of runs, stages and trainings, in words of the language.
std::string stateWord(std::string_view state, Language language);
/// A folder or file as given on the command line, absolute, for answers.
std::string absolutePath(const std::filesystem::path& path);
/// A figure for people: four significant decimals; "–" where there is none.
std::string figure(const Json& value, int decimals = 4);

// One for each group of verbs.
void addDemoVerbs(CommandLine& line);
void addProjectVerbs(CommandLine& line);
void addDataVerbs(CommandLine& line);
void addPipelineVerbs(CommandLine& line);
void addModelVerbs(CommandLine& line);
void addCampaignVerbs(CommandLine& line);

}  // namespace lodestone::cli
