// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/base/parameter.h"
#include "core/base/result.h"
#include "core/data/database.h"
#include "core/data/new_table.h"

namespace lodestone::data {

class StepRun;
struct StepOutcome;

/// What a cleaning step is about: how a list of steps is grouped for people.
enum class StepGroup { Rows, Missing, Values, Columns, Shape, Privacy };
const Text& stepGroupTitle(StepGroup group);

/// A kind of cleaning step: its one description. One file in steps/, one line in steps/registry.cpp.
struct StepType {
  std::string id;
  Text title;
  Text help;
  StepGroup group = StepGroup::Values;
  std::vector<Parameter> parameters;
  std::vector<std::string> required = {};  ///< parameters that must not be empty
  /// What the parameters must agree on among themselves; empty when nothing. owner: as in checkParameters.
  std::function<Result<>(const ParameterValues&, const std::string& owner)> check = {};
  /// Internal to core/data: what becomes of a table.
  std::function<Result<StepOutcome>(StepRun&)> apply;
};

/// All step types, in the order in which they are offered.
const std::vector<StepType>& stepTypes();
/// NotFound names those that there are.
Result<const StepType*> stepType(std::string_view id);

/// One step of a recipe. Only the parameters that were given; each value as Parameter writes it.
struct RecipeStep {
  std::string step;
  std::map<std::string, std::string> parameters = {};
  bool operator==(const RecipeStep&) const = default;
};

/// What is done to a table, in order. What a step learns from data (a mean, bounds, a model) it learns anew
/// from each table that it is applied to.
struct Recipe {
  std::vector<RecipeStep> steps;
  bool operator==(const Recipe&) const = default;
};

inline constexpr std::size_t kMostRecipeSteps = 200;
inline constexpr std::size_t kMostRecipeBytes = std::size_t{1} << 20U;     ///< of the JSON
inline constexpr std::size_t kMostParameterBytes = std::size_t{1} << 16U;  ///< of one value

/// [{"step":"fill","column":"x","method":"mean"}, ...]. Lists of columns are arrays or one name, pairs are
/// objects. Checks everything that can be checked without a table: InvalidArgument names the step's number,
/// its id, the parameter and what is expected there. Unknown keys are errors.
Result<Recipe> parseRecipe(const Json& json);
/// The same of a text; 'what' names it in the message when it is no JSON.
Result<Recipe> parseRecipeText(std::string_view text, const std::string& what);
/// What parseRecipe reads back as an equal recipe. The recipe must be one that checkRecipe passes.
Json toJson(const Recipe& recipe);
/// The same checks for a recipe made in the program.
Result<> checkRecipe(const Recipe& recipe);

/// A recipe's file: its JSON, one step a line.
Result<Recipe> readRecipe(const std::filesystem::path& file);
Result<> writeRecipe(const Recipe& recipe, const std::filesystem::path& file);

/// For `data steps`: id, title, help, group, parameters, required.
Json toJson(const StepType& type);

/// Something that a step found out, to be shown beside it.
struct StepNote {
  Text text;
  std::vector<std::string> args = {};
};

/// What a step did. A row counts as changed when it went away, or when, column by column, a cell is not what
/// it was; a column that is not there counts as missing everywhere, so adding or dropping a column changes
/// the rows that have a value in it. A column that only got another name or another type with the same text
/// is unchanged.
struct StepReport {
  std::string step;
  std::int64_t changed = 0;
  std::int64_t rows_before = 0;
  std::int64_t rows_after = 0;
  std::vector<std::string> columns_added = {};
  std::vector<std::string> columns_removed = {};
  std::vector<StepNote> notes = {};
};

struct CleanReport {
  TableName table;
  std::int64_t rows = 0;
  std::vector<StepReport> steps;
  double seconds = 0;
};

/// Applies a recipe: the table 'from' becomes the table 'to', in one transaction; 'from' is left as it is
/// unless it is 'to' and to be replaced. Rows keep their order. Memory is bounded by DuckDB's limit: what
/// does not fit is spilled beside the database, but for what single steps say of themselves. An error inside
/// a step names its number and id.
Result<CleanReport> clean(Database& database, const TableName& from, const Recipe& recipe, const NewTable& to,
                          JobContext& job);

struct PreviewOptions {
  std::int64_t most_rows =
      100'000;  ///< a longer table is looked at in 50 runs of consecutive rows, evenly spread
  std::int64_t most_changes = 20;  ///< rows shown a step
};

/// A row that a step changed. Cells as in Rows, in the order of the step's columns_before and columns_after.
struct RowChange {
  std::int64_t row = 0;            ///< its number in the table, 1-based; of a group: of its first row
  std::vector<Json> before;        ///< empty: the row is new
  std::vector<Json> after;         ///< empty: the row went away
  std::vector<std::string> cells;  ///< the columns whose cells changed
};

struct StepPreview {
  StepReport report;
  std::vector<ColumnInfo> columns_before;
  std::vector<ColumnInfo> columns_after;
  std::vector<RowChange> changes;  ///< the first ones in the order of the table
};

struct RecipePreview {
  std::int64_t table_rows = 0;
  std::int64_t rows_looked_at = 0;  ///< fewer than table_rows: counts and figures are of these rows alone
  std::vector<StepPreview> steps;   ///< up to the one that failed
  std::optional<Error> failed;      ///< of step steps.size()
};

/// What each step would do, without writing anything into the project.
Result<RecipePreview> previewRecipe(const Database& database, const TableName& from, const Recipe& recipe,
                                    const PreviewOptions& options, JobContext& job);

/// The same for the step at 'index' alone, after those before it.
Result<StepPreview> previewStep(const Database& database, const TableName& from, const Recipe& recipe,
                                std::size_t index, const PreviewOptions& options, JobContext& job);

/// {"step","changed","rows_before","rows_after","columns_added","columns_removed","notes"}; notes in the
/// language.
Json toJson(const StepReport& report, Language language);
/// {"table","rows","steps":[...],"seconds"}.
Json toJson(const CleanReport& report, Language language);
/// {"table_rows","rows_looked_at","sampled","steps":[{..., "columns_before", "columns_after",
/// "changes"}],"error"}.
Json toJson(const RecipePreview& preview, Language language);

}  // namespace lodestone::data
