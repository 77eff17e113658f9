// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/row_condition.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/expression_guard.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace {

constexpr Text kBadNumber{"'{0}' is no number, and column {1} holds numbers. Write it as 1234.5.",
                          "“{0}”不是数字，而列 {1} 存放数字。请写成 1234.5 的形式。"};
constexpr Text kBadValue{
    "'{0}' is no value for column {1} of type {2}. Write dates as 2026-01-31, times as 09:30:00.",
    "“{0}”不是列 {1}（类型 {2}）的有效值。日期请写作 2026-01-31，时间请写作 09:30:00。"};
constexpr Text kBadPattern{"The regular expression for column {0} cannot be read: {1}",
                           "无法理解列 {0} 的正则表达式：{1}"};
constexpr Text kValueCount{"The condition on column {0} needs {1} values and has {2}.",
                           "列 {0} 的条件需要 {1} 个值，实际有 {2} 个。"};
constexpr Text kNoValues{"The condition on column {0} needs at least one value.",
                         "列 {0} 的条件至少需要一个值。"};

std::string lowered(const std::string& sql) {
  return "lower(" + sql + ")";
}

/// Where a missing cell counts as one that does not.
std::string never(const std::string& condition) {
  return "NOT coalesce(" + condition + ", FALSE)";
}

/// 2026-01-31 and nothing behind it.
bool isDay(std::string_view value) {
  return value.size() == 10 && value[4] == '-' && value[7] == '-';
}

class ConditionWriter {
 public:
  ConditionWriter(Session& session, JobContext& job, const ColumnInfo& column)
      : session_(session),
        job_(job),
        column_(column),
        family_(familyOf(column.type)),
        cell_(quoteIdentifier(column.name)) {}

  Result<std::string> write(const Condition& condition) {
    if (auto fine = checkCount(condition); !fine) return forward(fine);
    switch (condition.test) {
      case CellTest::Missing:
        return cell_ + " IS NULL";
      case CellTest::NotMissing:
        return cell_ + " IS NOT NULL";
      case CellTest::Contains:
        return contains(condition.values[0]);
      case CellTest::ContainsNot:
        return never(contains(condition.values[0]));
      case CellTest::Matches:
        return matches(condition.values[0]);
      case CellTest::Equals:
        return equals(condition.values[0]);
      case CellTest::Differs: {
        auto same = equals(condition.values[0]);
        return same ? Result<std::string>(never(*same)) : same;
      }
      case CellTest::OneOf:
        return oneOf(condition.values);
      case CellTest::AtLeast:
        return bound(">=", condition.values[0]);
      case CellTest::AtMost:
        return bound("<=", condition.values[0]);
      case CellTest::Between:
        break;
    }
    auto low = bound(">=", condition.values[0]);
    if (!low) return low;
    auto high = bound("<=", condition.values[1]);
    if (!high) return high;
    return *low + " AND " + *high;
  }

 private:
  Result<> checkCount(const Condition& condition) const {
    const std::size_t count = condition.values.size();
    if (condition.test == CellTest::OneOf)
      return count > 0
                 ? Result<>()
                 : fail(ErrorCode::InvalidArgument, kNoValues, {column_.name}, {.column = column_.name});
    const bool none = condition.test == CellTest::Missing || condition.test == CellTest::NotMissing;
    const std::size_t wanted = none ? 0 : condition.test == CellTest::Between ? 2 : 1;
    if (count == wanted) return {};
    return fail(ErrorCode::InvalidArgument, kValueCount,
                {column_.name, std::to_string(wanted), std::to_string(count)}, {.column = column_.name});
  }

  std::string contains(const std::string& text) const {
    return "contains(" + searchedText(column_) + ", " + lowered(quoteLiteral(toValidUtf8(text))) + ")";
  }

  Result<std::string> matches(const std::string& pattern) {
    const std::string literal = quoteLiteral(toValidUtf8(pattern));
    if (auto tried = session_.rows("SELECT regexp_matches('', " + literal + ", 'i')", job_); !tried) {
      if (tried.error().code == ErrorCode::Cancelled) return forward(tried);
      const std::string why = tried.error().args.empty() ? "" : tried.error().args[0];
      return fail(ErrorCode::InvalidArgument, kBadPattern, {column_.name, why}, {.column = column_.name});
    }
    return "regexp_matches(CAST(" + cell_ + " AS VARCHAR), " + literal + ", 'i')";
  }

  Result<std::string> equals(const std::string& text) {
    if (family_ == TypeFamily::Moment && isDay(trim(text))) {
      auto from = bound(">=", text);
      if (!from) return from;
      auto to = bound("<=", text);
      return to ? Result<std::string>("(" + *from + " AND " + *to + ")") : to;
    }
    auto written = value(text);
    if (!written) return written;
    return (comparesText() ? searchedText(column_) : cell_) + " = " + *written;
  }

  Result<std::string> oneOf(const std::vector<std::string>& values) {
    std::vector<std::string> any;
    for (const std::string& one : values) {
      auto written = family_ == TypeFamily::Moment ? equals(one) : value(one);
      if (!written) return written;
      any.push_back(std::move(*written));
    }
    if (family_ == TypeFamily::Moment) return "(" + join(any, " OR ") + ")";
    return (comparesText() ? searchedText(column_) : cell_) + " IN (" + join(any, ", ") + ")";
  }

  Result<std::string> bound(const std::string& comparison, const std::string& text) {
    auto written = value(text);
    if (!written) return written;
    if (comparison == "<=" && family_ == TypeFamily::Moment && isDay(trim(text)))
      return cell_ + " < " + *written + " + INTERVAL 1 DAY";
    return (comparesText() ? searchedText(column_) : cell_) + " " + comparison + " " + *written;
  }

  bool comparesText() const { return family_ == TypeFamily::Text || family_ == TypeFamily::Other; }

  /// As SQL of the column's own kind.
  Result<std::string> value(const std::string& text) {
    if (comparesText()) return lowered(quoteLiteral(toValidUtf8(text)));
    const std::string given(trim(toValidUtf8(text)));
    if (family_ == TypeFamily::Number) {
      double number = 0;
      if (!parseNumber(given, number))
        return fail(ErrorCode::InvalidArgument, kBadNumber, {shorten(given, 60), column_.name},
                    {.column = column_.name});
      // Digits stay as they are: a double would round the long ones.
      const bool whole = given.find_first_not_of("-0123456789") == std::string::npos;
      return "(" + (whole ? given : formatNumber(number)) + ")";
    }
    const std::string cast = "CAST(" + quoteLiteral(given) + " AS " + column_.type + ")";
    auto tried = session_.rows("SELECT TRY_" + cast + " IS NOT NULL", job_);
    if (!tried) return forward(tried);
    if (tried->rows[0][0] == Json(true)) return cast;
    return fail(ErrorCode::InvalidArgument, kBadValue, {shorten(given, 60), column_.name, column_.type},
                {.column = column_.name});
  }

  Session& session_;
  JobContext& job_;
  const ColumnInfo& column_;
  TypeFamily family_;
  std::string cell_;
};

}  // namespace

std::string searchedText(const ColumnInfo& column) {
  const std::string cell = quoteIdentifier(column.name);
  return lowered(column.type == "VARCHAR" ? cell : "CAST(" + cell + " AS VARCHAR)");
}

Result<std::string> whereOf(Session& session, const TableInfo& table, const RowFilter& filter,
                            JobContext& job) {
  std::vector<std::string> all;
  for (const Condition& condition : filter.conditions) {
    auto column = columnOf(table, condition.column);
    if (!column) return forward(column);
    auto written = ConditionWriter(session, job, *column).write(condition);
    if (!written) return written;
    all.push_back("(" + *written + ")");
  }
  if (!filter.expression.empty()) {
    auto expression = harmlessExpression(session, filter.expression, job);
    if (!expression) return forward(expression);
    // In parentheses that are ours: "1) OR (1" would not stay together in its own.
    all.push_back("(" + expression->sql + ")");
  }
  return all.empty() ? std::string("TRUE") : join(all, " AND ");
}

}  // namespace lodestone::data
