// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/data/steps/step.h"
#include "core/data/steps/steps.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kEdges{"{0}: edges {1}", "{0}：边界 {1}"};
constexpr Text kNothing{"{0}: every cell is missing, so there are no buckets",
                        "{0}：所有单元格均缺失，无法分箱"};
constexpr Text kNeedsEdges{
    "{0}: with the method edges the parameter \"edges\" must list at least one number.",
    "{0}：使用 edges 方法时，参数“edges”至少要列出一个数字。"};
constexpr Text kNotANumber{"{0}: the parameter \"edges\" must list numbers; \"{1}\" is not one.",
                           "{0}：参数“edges”必须是数字列表；“{1}”不是数字。"};

Result<std::vector<double>> edgesOf(StepRun& run, const ColumnInfo& column) {
  const std::string& method = run.parameters().text("method");
  std::vector<double> edges;
  if (method == "edges") {
    for (const std::string& item : run.parameters().list("edges")) {
      double edge = 0;
      parseNumber(item, edge);
      edges.push_back(edge);
    }
  } else {
    const std::string value = cell(column.name) + "::DOUBLE";
    const auto count = run.parameters().integer("count");
    std::vector<std::string> figures{"min(" + value + ")", "max(" + value + ")"};
    if (method == "quantile")
      for (std::int64_t i = 1; i < count; ++i)
        figures.push_back("quantile_cont(" + value + ", " +
                          realLiteral(static_cast<double>(i) / static_cast<double>(count)) + ")");
    const auto answer = run.numbers("SELECT " + join(figures, ", ") + " FROM " + run.source());
    if (!answer) return forward(answer);
    const double low = (*answer)[0].at(0);
    const double high = (*answer)[1].at(0);
    if (std::isnan(low)) return edges;
    for (const auto& figure : *answer) edges.push_back(figure.at(0));
    if (method == "width")
      for (std::int64_t i = 1; i < count; ++i)
        edges.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(count));
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

/// "[a, b)", the last one "[a, b]"; with edges of the user's own also what lies outside: "< a", ">= b".
std::string labels(const std::vector<double>& edges, const std::string& value, bool open) {
  std::string cases;
  if (open)
    cases += " WHEN " + value + " < " + realLiteral(edges.front()) + " THEN " +
             quoteLiteral("< " + formatNumber(edges.front()));
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    const bool last = i + 2 == edges.size() && !open;
    cases +=
        " WHEN " + value + (last ? " <= " : " < ") + realLiteral(edges[i + 1]) + " THEN " +
        quoteLiteral("[" + formatNumber(edges[i]) + ", " + formatNumber(edges[i + 1]) + (last ? "]" : ")"));
  }
  const std::string end =
      edges.size() == 1 && !open ? formatNumber(edges.back()) : ">= " + formatNumber(edges.back());
  return "CASE WHEN " + value + " IS NULL THEN NULL" + cases + " ELSE " + quoteLiteral(end) + " END";
}

Result<StepOutcome> apply(StepRun& run) {
  const auto column = run.number(run.parameters().text("column"));
  if (!column) return forward(column);
  const auto edges = edgesOf(run, *column);
  if (!edges) return forward(edges);
  const std::string given(trim(run.parameters().text("to")));
  const std::string to = given.empty() ? column->name + "_bucket" : given;
  StepOutcome outcome = run.unchanged();
  if (edges->empty()) {
    run.note(kNothing, {column->name});
    putColumn(outcome, to, "CAST(NULL AS VARCHAR)");
    return outcome;
  }
  std::vector<std::string> told;
  for (const double edge : *edges) told.push_back(formatNumber(edge));
  run.note(kEdges, {column->name, join(told, ", ")});
  putColumn(outcome, to,
            labels(*edges, cell(column->name) + "::DOUBLE", run.parameters().text("method") == "edges"));
  return outcome;
}

Result<> check(const ParameterValues& values, const std::string& owner) {
  const std::vector<std::string> edges = values.list("edges");
  for (const std::string& edge : edges) {
    double number = 0;
    if (!parseNumber(edge, number))
      return fail(ErrorCode::InvalidArgument, kNotANumber, {owner, shorten(edge, 60)}, {.item = "bucket"});
  }
  if (values.text("method") == "edges" && edges.empty())
    return fail(ErrorCode::InvalidArgument, kNeedsEdges, {owner}, {.item = "bucket"});
  return {};
}

}  // namespace

StepType bucket() {
  return {
      .id = "bucket",
      .title = {"Put numbers into buckets", "数值分箱"},
      .help = {"Adds a text column that says in which range a number lies: \"[10, 20)\" has 10 and not 20. "
               "Ranges by "
               "width and by quantile are learned from the table; equal edges become one.",
               "新增一个文本列，说明数值所在的区间：“[10, 20)”包含 10 但不包含 "
               "20。等宽和等频区间从表中学得；相同的边界合并。"},
      .group = StepGroup::Columns,
      .parameters =
          {{"column", {"Column", "列"}, {"A column of numbers.", "数字列。"}, ParameterKind::Column},
           {"method",
            {"Ranges", "区间划分"},
            {"How the ranges are made.", "如何划分区间。"},
            ParameterKind::Choice,
            "quantile",
            {},
            {},
            {},
            {{"width", {"equally wide", "等宽"}},
             {"quantile", {"equally many rows", "等频"}},
             {"edges", {"between given edges", "按给定边界"}}}},
           {"count",
            {"Ranges", "区间数"},
            {"How many ranges, for width and quantile.", "等宽和等频时的区间个数。"},
            ParameterKind::Integer,
            "10",
            1.0,
            1000.0},
           {"edges",
            {"Edges", "边界"},
            {"Numbers between which the ranges lie: 18, 30, 65. What is below and above gets ranges too.",
             "区间之间的数字，例如 18, 30, 65。低于和高于边界的部分也各成一个区间。"},
            ParameterKind::List},
           {"to",
            {"New column", "新列"},
            {"Its name. Empty: the column's with _bucket behind.", "新列名。留空：原列名加 _bucket。"}}},
      .required = {"column"},
      .check = check,
      .apply = apply,
  };
}

}  // namespace lodestone::data::steps
