// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kNeedsTime{"{0}: to keep the newest row, the parameter \"time\" must name a column of times.",
                          "{0}：要保留最新的行，必须用参数“time”指定时间列。"};

/// The row of a group that stays comes first.
std::string orderInGroup(const StepRun& run, const std::string& time) {
  const std::string row = "s." + run.row();
  const std::string& keep = run.parameters().text("keep");
  if (keep == "last") return row + " DESC";
  if (keep == "newest") return cell(time) + " DESC NULLS LAST, " + row;
  return row;
}

/// Rows are sorted into groups in two passes, so that a table with few duplicates costs a list of its hashes
/// and not of its rows: which hashes occur twice, then which rows of those are truly equal.
Result<StepOutcome> apply(StepRun& run) {
  auto by = run.columns("by");
  if (!by) return forward(by);
  const std::vector<ColumnInfo>& keys = by->empty() ? run.input().columns : *by;
  std::string time = run.parameters().text("time");
  if (run.parameters().text("keep") == "newest") {
    const auto found = run.column(time);
    if (!found) return forward(found);
    time = found->name;
  }
  std::vector<std::string> cells;
  for (const ColumnInfo& column : keys) cells.push_back(cell(column.name));
  const std::string list = join(cells, ", ");
  const std::string hash = "hash(" + list + ")";
  const std::string hashes = run.newTable();
  if (auto made = run.makeTable(
          hashes, "SELECT " + hash + " AS h FROM " + run.source() + " GROUP BY 1 HAVING count(*) > 1");
      !made)
    return forward(made);
  const std::string dropped = run.newTable();
  const std::string& row = run.row();
  if (auto made = run.makeTable(
          dropped, "SELECT " + row + " FROM (SELECT s." + row + ", row_number() OVER (PARTITION BY " + list +
                       " ORDER BY " + orderInGroup(run, time) + ") AS place FROM " + run.source() +
                       " WHERE " + hash + " IN (SELECT h FROM " + hashes + ")) WHERE place > 1");
      !made)
    return forward(made);
  auto count = run.session().count("SELECT count(*) FROM " + dropped, run.job());
  if (!count) return forward(count);
  StepOutcome outcome = run.unchanged();
  if (*count > 0) outcome.join = " ANTI JOIN " + dropped + " AS d ON d." + row + " = s." + row;
  outcome.rows_left = run.input().rows - *count;
  return outcome;
}

}  // namespace

StepType dropDuplicates() {
  return {
      .id = "drop_duplicates",
      .title = {"Drop duplicates", "删除重复行"},
      .help = {"Of rows that are equal in the columns given, or in all, one stays. Missing cells equal each "
               "other.",
               "在指定列（或所有列）上相同的行只保留一行。缺失值彼此视为相等。"},
      .group = StepGroup::Rows,
      .parameters = {{"by",
                      {"Columns", "列"},
                      {"Columns in which rows must be equal. Empty: all.", "要比较的列。留空：所有列。"},
                      ParameterKind::ColumnList},
                     {"keep",
                      {"Keep", "保留"},
                      {"Which of the equal rows stays.", "相同的行中保留哪一行。"},
                      ParameterKind::Choice,
                      "first",
                      {},
                      {},
                      {},
                      {{"first", {"the first", "第一行"}},
                       {"last", {"the last", "最后一行"}},
                       {"newest",
                        {"the newest; of equally new ones the first", "最新的一行；同样新时取第一行"}}}},
                     {"time",
                      {"Newest by", "按此列判断新旧"},
                      {"The column that says which row is the newest; a row without a time is the oldest.",
                       "用于判断哪一行最新的列；没有时间的行视为最旧。"},
                      ParameterKind::Column}},
      .check = [](const ParameterValues& values, const std::string& owner) -> Result<> {
        if (values.text("keep") != "newest" || !values.text("time").empty()) return {};
        return fail(ErrorCode::InvalidArgument, kNeedsTime, {owner}, {.item = "drop_duplicates"});
      },
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
