// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/duckdb_handle.h"
#include "core/data/expression_guard.h"
#include "core/data/recipe.h"

namespace lodestone::data {

/// In temporary tables of steps: what a missing cell becomes.
inline constexpr std::string_view kValue = "\"lodestone value\"";

enum class ColumnClass { Integer, Real, Text, Boolean, Date, Timestamp, Other };
ColumnClass classOf(std::string_view duckdb_type);
bool isNumber(const ColumnInfo& column);  ///< Integer or Real
bool isMoment(const ColumnInfo& column);  ///< Date or Timestamp

/// Rows in the making: something that can stand behind FROM, with the row numbers and the columns.
struct Relation {
  std::string from;
  std::string
      row;  ///< quoted: the column by which rows keep their order; no column of the table is called so
  std::vector<ColumnInfo> columns;  ///< without the row numbers
  std::int64_t rows = 0;
  bool ordered = true;  ///< surely read in the order of the row numbers
  int cost = 0;         ///< of reading it: what has been put on top of a table
};

/// One column of what a step makes. The input is called s: s."column".
struct OutputColumn {
  std::string name;
  std::string expression;
  std::string was;  ///< the input's column that it goes on; empty: it is new
};

/// What becomes of a relation, as the parts of a SELECT over it.
struct StepOutcome {
  std::vector<OutputColumn> columns;
  std::string join = {};   ///< behind FROM input AS s
  std::string where = {};  ///< the rows that stay; empty: all
  bool ordered = true;     ///< false: a join or a window may put rows elsewhere
  std::string grouped =
      {};  ///< instead of all of these: a SELECT of row numbers and columns, one row a group
  std::optional<std::int64_t> rows_left = {};  ///< how many stay, where the step knows
};

/// s."column".
std::string cell(std::string_view column);
/// A number that SQL reads back as exactly this one.
std::string realLiteral(double value);
/// A place in time as DOUBLE: days since 1970 for dates and times, else the number itself.
std::string positionOf(const ColumnInfo& column);

/// What a step works with. Lives while the step runs.
class StepRun {
 public:
  StepRun(Session& session, const Relation& input, const ParameterValues& parameters,
          std::string table_prefix, JobContext& job)
      : session_(session),
        input_(input),
        parameters_(parameters),
        prefix_(std::move(table_prefix)),
        job_(job) {}

  Session& session() { return session_; }
  JobContext& job() { return job_; }
  const ParameterValues& parameters() const { return parameters_; }
  const Relation& input() const { return input_; }
  /// input AS s
  std::string source() const { return input_.from + " AS s"; }
  /// The column of row numbers, quoted: in the input, and so called in tables of the step's own.
  const std::string& row() const { return input_.row; }

  /// A column of the input; ASCII letters count without regard to case. NotFound names those that there are.
  Result<ColumnInfo> column(const std::string& name) const;
  /// The columns that a parameter lists, each once.
  Result<std::vector<ColumnInfo>> columns(std::string_view parameter) const;
  /// The column of a parameter, which must hold dates or times.
  Result<ColumnInfo> moment(const std::string& name) const;
  Result<ColumnInfo> number(const std::string& name) const;
  Result<ColumnInfo> text(const std::string& name) const;

  /// An analyst's expression over the input's columns, which it has and whose types meet. It looks at each
  /// row, or at the groups that 'group_by' makes of them: " GROUP BY ...", empty for one group.
  Result<Expression> expression(const std::string& text,
                                const std::optional<std::string>& group_by = std::nullopt) const;

  /// All columns as they are.
  StepOutcome unchanged() const;
  /// The quoted name of a temporary table of this step's own.
  std::string newTable();
  /// Makes a temporary table of a SELECT.
  Result<> makeTable(const std::string& table, const std::string& select);
  /// The answer of a SELECT of numbers, column by column; NaN where missing.
  Result<std::vector<std::vector<double>>> numbers(const std::string& select);
  /// A temporary table of row numbers and kValue.
  Result<> writeValues(const std::string& table, std::vector<double> rows, std::vector<double> values);

  void note(const Text& text, std::vector<std::string> args = {}) {
    notes_.push_back({text, std::move(args)});
  }
  const std::vector<StepNote>& notes() const { return notes_; }

 private:
  Session& session_;
  const Relation& input_;
  const ParameterValues& parameters_;
  std::string prefix_;
  JobContext& job_;
  int tables_ = 0;
  std::vector<StepNote> notes_;
};

/// Gives the column new cells, and another name where one is given.
void setCells(StepOutcome& outcome, const std::string& column, std::string expression);
/// Adds a column; one of that name takes the new cells in its place.
void putColumn(StepOutcome& outcome, const std::string& name, std::string expression);
void removeColumn(StepOutcome& outcome, const std::string& name);
/// Do two names mean the same column to DuckDB?
bool sameName(std::string_view a, std::string_view b);

/// For steps whose parameter asks for another kind of column.
inline constexpr Text kNeedsNumbers{
    "The column {0} holds {1}, and this needs numbers. Put a step \"change_type\" to number before it.",
    "列 {0} 的类型是 {1}，而此处需要数字。请在前面加一个转换为数字的“change_type”步骤。"};

}  // namespace lodestone::data
