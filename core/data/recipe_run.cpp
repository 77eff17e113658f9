// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/recipe_run.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/cells.h"

namespace lodestone::data {

namespace {

constexpr Text kInStep{"#{0} {1}: {2}", "#{0} {1}：{2}"};
constexpr Text kReserved{"No column may be called \"{0}\": the program needs that name. Rename it first.",
                         "列名不能是“{0}”：程序需要使用该名称。请先重命名。"};
constexpr Text kTwoOfAName{
    "Two columns would be called {0} (capital letters make no difference). Choose another name.",
    "将有两列同名：{0}（不区分大小写）。请换一个名称。"};
constexpr Text kNoName{"A column would have no name. Give it one.", "有一列没有名称。请为其命名。"};
constexpr Text kNoColumnLeft{"No column would be left. Keep at least one.", "将没有任何列。请至少保留一列。"};

/// How much may be put on top of a table before it is written down: reading it costs so much again each time.
constexpr int kMostCost = 8;
constexpr int kCostOfJoin = 4;

constexpr std::int64_t kRuns = 50;

/// Errors of the data, of memory and of the disk say nothing of the step; a stop is a stop.
tl::unexpected<Error> inStep(const Error& error, const RecipeStep& step, std::size_t index,
                             Language language) {
  if (error.code == ErrorCode::Cancelled) return tl::unexpected<Error>(error);
  Error told{
      error.code, kInStep, {std::to_string(index + 1), step.step, error.message(language)}, error.where};
  // A wrong name or type is the mistake of whoever wrote the step, whatever part of DuckDB found it.
  if (told.code == ErrorCode::AlreadyExists || told.code == ErrorCode::Unsupported)
    told.code = ErrorCode::InvalidArgument;
  told.where.item = step.step;
  return tl::unexpected<Error>(std::move(told));
}

/// A name that no column of the table has.
std::string rowNameBeside(const std::vector<ColumnInfo>& columns) {
  std::string name = "lodestone row number";
  while (std::any_of(columns.begin(), columns.end(),
                     [&](const ColumnInfo& column) { return sameName(column.name, name); }))
    name += "'";
  return quoteIdentifier(name);
}

Result<> checkNames(const StepOutcome& outcome, const std::string& row) {
  if (outcome.columns.empty()) return fail(ErrorCode::InvalidArgument, kNoColumnLeft);
  std::vector<std::string> names;
  for (const OutputColumn& column : outcome.columns) {
    if (trim(column.name).empty()) return fail(ErrorCode::InvalidArgument, kNoName);
    if (sameName(quoteIdentifier(column.name), row))
      return fail(ErrorCode::InvalidArgument, kReserved, {column.name}, {.column = column.name});
    names.push_back(lowerAscii(column.name));
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return {};
  return fail(ErrorCode::InvalidArgument, kTwoOfAName, {*twice}, {.column = *twice});
}

std::string selectOf(const StepOutcome& outcome, const Relation& input) {
  std::string list = "s." + input.row;
  for (const OutputColumn& column : outcome.columns)
    list += ", " + column.expression + " AS " + quoteIdentifier(column.name);
  std::string select = "SELECT " + list + " FROM " + input.from + " AS s" + outcome.join;
  if (!outcome.where.empty()) select += " WHERE " + outcome.where;
  return select;
}

const ColumnInfo* findColumn(const std::vector<ColumnInfo>& columns, const std::string& name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnInfo& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

/// Where in a row something is not what it was: conditions over s, the input.
std::vector<std::string> changeTerms(const StepOutcome& outcome, const Relation& before,
                                     const Relation& after) {
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < outcome.columns.size(); ++i) {
    const OutputColumn& column = outcome.columns[i];
    if (column.was.empty())
      terms.push_back("(" + column.expression + ") IS NOT NULL");
    else if (column.expression != cell(column.was))
      terms.push_back(differs(cell(column.was), findColumn(before.columns, column.was)->type,
                              "(" + column.expression + ")", after.columns[i].type));
  }
  for (const ColumnInfo& column : before.columns) {
    const bool kept = std::any_of(outcome.columns.begin(), outcome.columns.end(),
                                  [&](const OutputColumn& out) { return out.was == column.name; });
    if (!kept) terms.push_back(cell(column.name) + " IS NOT NULL");
  }
  return terms;
}

void tellColumns(const StepOutcome& outcome, const Relation& before, StepReport& report) {
  for (const OutputColumn& column : outcome.columns)
    if (findColumn(before.columns, column.name) == nullptr) report.columns_added.push_back(column.name);
  for (const ColumnInfo& column : before.columns) {
    const bool kept = std::any_of(outcome.columns.begin(), outcome.columns.end(),
                                  [&](const OutputColumn& out) { return out.name == column.name; });
    if (!kept) report.columns_removed.push_back(column.name);
  }
}

/// Do a table's rows stand in the order of their numbers? DuckDB promises it only where there is no join, and
/// keeps it through most of them: looking is cheaper than sorting.
Result<bool> isSorted(Session& session, const std::string& table, const std::string& row, JobContext& job) {
  auto back = session.count("SELECT count(*) FROM (SELECT " + row + " < lag(" + row +
                                ") OVER () AS back FROM " + table + ") WHERE back",
                            job);
  if (!back) return forward(back);
  return *back == 0;
}

}  // namespace

std::string differs(const std::string& old_cell, const std::string& old_type, const std::string& new_cell,
                    const std::string& new_type) {
  const bool numbers = isNumber({"", old_type}) && isNumber({"", new_type});
  if (old_type == new_type || numbers) return new_cell + " IS DISTINCT FROM " + old_cell;
  // A cell that is only read as another type is what it was; one that became missing is not.
  return "(" + new_cell + " IS DISTINCT FROM TRY_CAST(" + old_cell + " AS " + new_type + ") OR (" + new_cell +
         " IS NULL) <> (" + old_cell + " IS NULL))";
}

Result<RecipeRun> RecipeRun::open(const Database& database, Session& session, const TableName& table,
                                  JobContext& job) {
  const auto info = database.table(table);
  if (!info) return forward(info);
  RecipeRun run(session);
  run.table_ = info->table;
  auto prepared = session.prepare("SELECT * FROM " + quoted(info->table));
  if (!prepared) return forward(prepared);
  run.relation_.columns = columnsOf(*prepared);
  for (const ColumnInfo& column : run.relation_.columns)
    if (sameName(column.name, "rowid")) run.has_row_numbers_ = false;
  run.relation_.row = rowNameBeside(run.relation_.columns);
  const std::string number = run.has_row_numbers_ ? "rowid" : "row_number() OVER () - 1";
  run.relation_.from =
      "(SELECT " + number + " AS " + run.relation_.row + ", * FROM " + quoted(info->table) + ")";
  auto rows = session.count("SELECT count(*) FROM " + quoted(info->table), job);
  if (!rows) return forward(rows);
  run.relation_.rows = *rows;
  return run;
}

Result<StepReport> RecipeRun::apply(const RecipeStep& step, std::size_t index, JobContext& job) {
  auto report = applyChecked(step, index, job);
  if (!report) return inStep(report.error(), step, index, job.language());
  return report;
}

Result<StepReport> RecipeRun::applyChecked(const RecipeStep& step, std::size_t index, JobContext& job) {
  const auto type = stepType(step.step);
  if (!type) return forward(type);
  const auto values = checkParameters((*type)->parameters, step.parameters, step.step);
  if (!values) return forward(values);
  job.report(0, (*type)->title);
  StepRun run(*session_, relation_, *values, "lodestone step " + std::to_string(index + 1), job);
  auto outcome = (*type)->apply(run);
  if (!outcome) return forward(outcome);
  StepReport report{.step = step.step, .rows_before = relation_.rows};
  auto next = made(*outcome, job);
  if (!next) return forward(next);
  if (outcome->grouped.empty()) {
    if (auto counted = count(*outcome, *next, report, job); !counted) return forward(counted);
    tellColumns(*outcome, relation_, report);
    next->rows = report.rows_after;
  } else {
    report.rows_after = next->rows;
    report.changed = report.rows_before;
    for (const ColumnInfo& column : next->columns) {
      outcome->columns.push_back({column.name, "", ""});
      if (findColumn(relation_.columns, column.name) == nullptr) report.columns_added.push_back(column.name);
    }
    for (const ColumnInfo& column : relation_.columns)
      if (findColumn(next->columns, column.name) == nullptr) report.columns_removed.push_back(column.name);
  }
  report.notes = run.notes();
  relation_ = std::move(*next);
  outcome_ = std::move(*outcome);
  if (relation_.cost > kMostCost)
    if (auto settled = settle(job); !settled) return forward(settled);
  return report;
}

Result<Relation> RecipeRun::made(const StepOutcome& outcome, JobContext& job) {
  Relation next{.row = relation_.row};
  std::string select;
  if (outcome.grouped.empty()) {
    if (auto fine = checkNames(outcome, relation_.row); !fine) return forward(fine);
    select = selectOf(outcome, relation_);
    next.from = "(" + select + ")";
    next.ordered = relation_.ordered && outcome.ordered && outcome.join.empty();
    next.cost = relation_.cost + 1 + (outcome.join.empty() && outcome.ordered ? 0 : kCostOfJoin);
  } else {
    const std::string table = "temp." + quoteIdentifier("lodestone rows " + std::to_string(++tables_));
    if (auto done = session_->run("CREATE TEMP TABLE " + table + " AS " + outcome.grouped, job); !done)
      return forward(done);
    select = "SELECT * FROM " + table;
    next.from = table;
    auto rows = session_->count("SELECT count(*) FROM " + table, job);
    if (!rows) return forward(rows);
    next.rows = *rows;
  }
  auto prepared = session_->prepare(select);
  if (!prepared) return forward(prepared);
  next.columns = columnsOf(*prepared);
  next.columns.erase(next.columns.begin());
  return next;
}

Result<> RecipeRun::count(const StepOutcome& outcome, const Relation& next, StepReport& report,
                          JobContext& job) {
  const std::vector<std::string> terms = changeTerms(outcome, relation_, next);
  report.rows_after = outcome.rows_left.value_or(relation_.rows);
  const bool drops = !outcome.where.empty() && !outcome.rows_left;
  if (terms.empty() && !drops) {
    report.changed = report.rows_before - report.rows_after;
    return {};
  }
  const std::string stay = outcome.where.empty() ? "true" : "(" + outcome.where + ")";
  const std::string changed = terms.empty() ? "false" : join(terms, " OR ");
  // Inside a SELECT of its own: a new cell may look at other rows, and an aggregate's filter may not.
  auto counts = session_->rows(
      "SELECT count(*) FILTER (WHERE stays), count(*) FILTER (WHERE stays AND differs) FROM "
      "(SELECT " +
          stay + " AS stays, (" + changed + ") AS differs FROM " + relation_.from + " AS s" + outcome.join +
          ")",
      job);
  if (!counts) return forward(counts);
  report.rows_after = counts->rows.at(0).at(0).get<std::int64_t>();
  report.changed = counts->rows.at(0).at(1).get<std::int64_t>() + report.rows_before - report.rows_after;
  return {};
}

Result<> RecipeRun::settle(JobContext& job) {
  const std::string table = "temp." + quoteIdentifier("lodestone rows " + std::to_string(++tables_));
  const std::string create = "CREATE TEMP TABLE " + table + " AS SELECT * FROM " + relation_.from + " AS s";
  if (auto done = session_->run(create, job); !done) return done;
  if (!relation_.ordered) {
    auto sorted = isSorted(*session_, table, relation_.row, job);
    if (!sorted) return forward(sorted);
    if (!*sorted) {
      const std::string by = " ORDER BY " + relation_.row;
      if (auto done = session_->run("DROP TABLE " + table + "; " + create + by, job); !done) return done;
    }
  }
  relation_.from = table;
  relation_.ordered = true;
  relation_.cost = 0;
  return {};
}

Result<> RecipeRun::sample(std::int64_t most, JobContext& job) {
  if (relation_.rows <= most) return {};
  const std::int64_t length = std::max<std::int64_t>(1, most / kRuns);
  std::int64_t first = 0;
  if (has_row_numbers_) {
    auto least = session_->count("SELECT min(rowid) FROM " + quoted(table_), job);
    if (!least) return forward(least);
    first = *least;
  }
  std::vector<std::string> parts;
  for (std::int64_t i = 0; i < std::min(kRuns, most); ++i) {
    const std::int64_t begin = first + (relation_.rows - length) / (kRuns - 1) * i;
    const std::string between =
        " BETWEEN " + std::to_string(begin) + " AND " + std::to_string(begin + length - 1);
    // The table itself where it has row numbers: DuckDB then reads no other rows.
    parts.push_back(has_row_numbers_
                        ? "SELECT rowid AS " + relation_.row + ", * FROM " + quoted(table_) + " WHERE rowid" +
                              between
                        : "SELECT * FROM " + relation_.from + " WHERE " + relation_.row + between);
  }
  const std::string table = "temp." + quoteIdentifier("lodestone rows " + std::to_string(++tables_));
  if (auto done = session_->run("CREATE TEMP TABLE " + table + " AS " + join(parts, " UNION ALL "), job);
      !done)
    return done;
  auto rows = session_->count("SELECT count(*) FROM " + table, job);
  if (!rows) return forward(rows);
  relation_.from = table;
  relation_.rows = *rows;
  return {};
}

}  // namespace lodestone::data
