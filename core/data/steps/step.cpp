// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/step.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stop_token>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/vectors.h"

namespace lodestone::data {

namespace {

constexpr Text kNoColumn{"There is no column {0} at this point. There are: {1}.",
                         "此时没有列 {0}。现有的列：{1}。"};
constexpr Text kNeedsMoments{
    "The column {0} holds {1}, and this needs dates or times. Put a step \"change_type\" to date before it.",
    "列 {0} 的类型是 {1}，而此处需要日期或时间。请在前面加一个转换为日期的“change_type”步骤。"};
constexpr Text kNeedsText{
    "The column {0} holds {1}, and this needs text. Put a step \"change_type\" to text before it.",
    "列 {0} 的类型是 {1}，而此处需要文本。请在前面加一个转换为文本的“change_type”步骤。"};
constexpr Text kAggregate{
    "{0} makes one figure of many rows, and this is about each row. Use the step \"aggregate\", or "
    "{0}(...) OVER () in a step \"derive\".",
    "{0} 由多行汇总得出，而此处针对每一行。请使用“aggregate”步骤，或在“derive”步骤中使用 {0}(...) OVER ()。"};
constexpr Text kWorking{"Cleaning", "正在清洗数据"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// The column that DuckDB did not find.
std::optional<std::string> missingColumn(const Error& error) {
  constexpr std::string_view kBefore = "Referenced column \"";
  if (error.args.empty() || !error.args[0].starts_with(kBefore)) return std::nullopt;
  return error.args[0].substr(kBefore.size(), error.args[0].find("\" not found") - kBefore.size());
}

std::string listed(const std::vector<ColumnInfo>& columns) {
  std::vector<std::string> names;
  for (const ColumnInfo& column : columns) {
    if (names.size() == 40) {
      names.emplace_back("…");
      break;
    }
    names.push_back(column.name);
  }
  return names.empty() ? "-" : join(names, ", ");
}

}  // namespace

ColumnClass classOf(std::string_view type) {
  constexpr std::array<std::string_view, 10> kWhole{"TINYINT", "SMALLINT", "INTEGER",   "BIGINT",
                                                    "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
                                                    "UBIGINT", "UHUGEINT"};
  if (isOneOf(kWhole, type)) return ColumnClass::Integer;
  if (type == "DOUBLE" || type == "FLOAT" || type.starts_with("DECIMAL(")) {
    return type.ends_with(']') ? ColumnClass::Other : ColumnClass::Real;
  }
  if (type == "VARCHAR") return ColumnClass::Text;
  if (type == "BOOLEAN") return ColumnClass::Boolean;
  if (type == "DATE") return ColumnClass::Date;
  if (type.starts_with("TIMESTAMP") && !type.ends_with(']')) return ColumnClass::Timestamp;
  return ColumnClass::Other;
}

bool isNumber(const ColumnInfo& column) {
  const ColumnClass kind = classOf(column.type);
  return kind == ColumnClass::Integer || kind == ColumnClass::Real;
}

bool isMoment(const ColumnInfo& column) {
  const ColumnClass kind = classOf(column.type);
  return kind == ColumnClass::Date || kind == ColumnClass::Timestamp;
}

std::string cell(std::string_view column) {
  return "s." + quoteIdentifier(column);
}

std::string realLiteral(double value) {
  // As text: a bare 0.1 would be a decimal first.
  return quoteLiteral(formatNumber(value)) + "::DOUBLE";
}

std::string positionOf(const ColumnInfo& column) {
  const std::string value = cell(column.name);
  switch (classOf(column.type)) {
    case ColumnClass::Date:
      return "(epoch_us(" + value + "::TIMESTAMP) / 86400000000.0::DOUBLE)";
    case ColumnClass::Timestamp:
      return "(epoch_us(" + value + ") / 86400000000.0::DOUBLE)";
    default:
      return value + "::DOUBLE";
  }
}

bool sameName(std::string_view a, std::string_view b) {
  return lowerAscii(a) == lowerAscii(b);
}

Result<ColumnInfo> StepRun::column(const std::string& name) const {
  for (const ColumnInfo& column : input_.columns)
    if (sameName(column.name, name)) return column;
  return fail(ErrorCode::NotFound, kNoColumn, {shorten(name, 100), listed(input_.columns)}, {.column = name});
}

Result<std::vector<ColumnInfo>> StepRun::columns(std::string_view parameter) const {
  std::vector<ColumnInfo> found;
  for (const std::string& name : parameters_.list(parameter)) {
    const auto one = column(name);
    if (!one) return forward(one);
    const bool again = std::any_of(found.begin(), found.end(),
                                   [&](const ColumnInfo& other) { return other.name == one->name; });
    if (!again) found.push_back(*one);
  }
  return found;
}

Result<ColumnInfo> StepRun::moment(const std::string& name) const {
  auto found = column(name);
  if (found && !isMoment(*found))
    return fail(ErrorCode::InvalidArgument, kNeedsMoments, {found->name, found->type},
                {.column = found->name});
  return found;
}

Result<ColumnInfo> StepRun::number(const std::string& name) const {
  auto found = column(name);
  if (found && !isNumber(*found))
    return fail(ErrorCode::InvalidArgument, kNeedsNumbers, {found->name, found->type},
                {.column = found->name});
  return found;
}

Result<ColumnInfo> StepRun::text(const std::string& name) const {
  auto found = column(name);
  if (found && classOf(found->type) != ColumnClass::Text)
    return fail(ErrorCode::InvalidArgument, kNeedsText, {found->name, found->type}, {.column = found->name});
  return found;
}

Result<Expression> StepRun::expression(const std::string& text,
                                       const std::optional<std::string>& group_by) const {
  auto expression = harmlessExpression(session_, text, job_);
  if (!expression) return expression;
  if (!group_by && !expression->aggregate.empty())
    return fail(ErrorCode::InvalidArgument, kAggregate, {expression->aggregate});
  // Without the row numbers: nobody is to ask for them, or to be told of them.
  const auto understood = session_.prepare("SELECT " + expression->sql + " FROM (SELECT * EXCLUDE (" + row() +
                                           ") FROM " + input_.from + ") AS s" + group_by.value_or(""));
  if (understood) return expression;
  if (const auto missing = missingColumn(understood.error()))
    if (const auto known = column(*missing); !known) return forward(known);
  return forward(understood);
}

StepOutcome StepRun::unchanged() const {
  StepOutcome outcome;
  for (const ColumnInfo& column : input_.columns)
    outcome.columns.push_back({column.name, cell(column.name), column.name});
  return outcome;
}

std::string StepRun::newTable() {
  return "temp." + quoteIdentifier(prefix_ + " " + std::to_string(++tables_));
}

Result<> StepRun::makeTable(const std::string& table, const std::string& select) {
  return session_.run("CREATE TEMP TABLE " + table + " AS " + select, job_);
}

Result<std::vector<std::vector<double>>> StepRun::numbers(const std::string& select) {
  auto prepared = session_.prepare(select);
  if (!prepared) return forward(prepared);
  auto answer = session_.execute(*prepared, job_, Delivery::Streaming);
  if (!answer) return forward(answer);
  const std::stop_callback stop(job_.stopToken(),
                                [connection = session_.connection()] { duckdb_interrupt(connection); });
  std::vector<std::vector<double>> columns(answer->columnCount());
  while (true) {
    if (auto go = job_.checkpoint(); !go) return forward(go);
    auto chunk = answer->next();
    if (!chunk) return session_.failure(duckdb_result_error(answer->get()), &job_);
    if (!*chunk) return columns;
    const std::vector<VectorView> vectors = viewsOf(chunk->get());
    const idx_t size = duckdb_data_chunk_get_size(chunk->get());
    for (std::size_t i = 0; i < vectors.size(); ++i)
      for (idx_t row = 0; row < size; ++row)
        columns[i].push_back(vectors[i].valid(row) ? vectors[i].at<double>(row)
                                                   : std::numeric_limits<double>::quiet_NaN());
  }
}

Result<> StepRun::writeValues(const std::string& table, std::vector<double> rows,
                              std::vector<double> values) {
  if (auto made = session_.run(
          "CREATE TEMP TABLE " + table + " (" + row() + " BIGINT, " + std::string(kValue) + " DOUBLE)", job_);
      !made)
    return made;
  const std::string name = prefix_ + " " + std::to_string(tables_);
  Appender appender;
  if (duckdb_appender_create_ext(session_.connection(), "temp", "main", name.c_str(), appender.out()) !=
      DuckDBSuccess)
    return session_.failure(duckdb_appender_error(appender.get()), &job_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % 65536 == 0) {
      if (auto go = job_.checkpoint(); !go) return go;
      job_.report(static_cast<double>(i) / static_cast<double>(rows.size()), kWorking);
    }
    duckdb_append_int64(appender.get(), static_cast<std::int64_t>(rows[i]));
    duckdb_append_double(appender.get(), values[i]);
    if (duckdb_appender_end_row(appender.get()) != DuckDBSuccess)
      return session_.failure(duckdb_appender_error(appender.get()), &job_);
  }
  if (duckdb_appender_close(appender.get()) != DuckDBSuccess)
    return session_.failure(duckdb_appender_error(appender.get()), &job_);
  return {};
}

namespace {

OutputColumn* findOutput(StepOutcome& outcome, std::string_view name) {
  for (OutputColumn& column : outcome.columns)
    if (sameName(column.name, name)) return &column;
  return nullptr;
}

}  // namespace

void setCells(StepOutcome& outcome, const std::string& column, std::string expression) {
  if (OutputColumn* found = findOutput(outcome, column)) found->expression = std::move(expression);
}

void putColumn(StepOutcome& outcome, const std::string& name, std::string expression) {
  if (OutputColumn* found = findOutput(outcome, name))
    found->expression = std::move(expression);
  else
    outcome.columns.push_back({name, std::move(expression), {}});
}

void removeColumn(StepOutcome& outcome, const std::string& name) {
  std::erase_if(outcome.columns, [&](const OutputColumn& column) { return sameName(column.name, name); });
}

}  // namespace lodestone::data
