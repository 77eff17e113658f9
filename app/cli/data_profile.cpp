// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "core/data/profile.h"

namespace lodestone::cli {
namespace {

constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTableArgument{"Name of the table", "表名"};
constexpr Text kProfile{"Figures and findings about each column of a table", "表中各列的统计与发现"};
constexpr Text kTarget{
    "The column that a model is to predict, to find columns that give it away; default: the "
    "column in the role target",
    "模型要预测的列，用于查找会泄露它的列；默认为角色为 target 的列"};
constexpr Text kColumn{"Column", "列"};
constexpr Text kType{"Type", "类型"};
constexpr Text kMissing{"Missing", "缺失"};
constexpr Text kDistinct{"Distinct", "不同值"};
constexpr Text kLow{"Lowest", "最小"};
constexpr Text kHigh{"Highest", "最大"};
constexpr Text kMean{"Mean", "均值"};
constexpr Text kMost{"Most frequent", "最常见"};
constexpr Text kRowsOf{"{0}: {1} rows.", "{0}：{1} 行。"};

constexpr auto kRight = TableColumn::Align::Right;
constexpr std::size_t kCellWidth = 40;

struct ProfileArguments {
  std::string folder;
  std::string table;
  std::string target;
};

Json optionalNumber(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}

std::string_view word(data::Severity severity) {
  switch (severity) {
    case data::Severity::Note:
      return "note";
    case data::Severity::Warning:
      return "warning";
    case data::Severity::Problem:
      return "problem";
  }
  return "";
}

Json columnJson(const data::ColumnProfile& column) {
  constexpr std::array kShares = {"0.05", "0.25", "0.5", "0.75", "0.95"};
  const auto bound = [&column](const std::string& text) -> Json {
    double value = 0;
    if (text.empty()) return nullptr;
    if (column.standard_deviation && parseNumber(text, value)) return number(value);
    return text;
  };
  Json quantiles = nullptr;
  if (column.quantiles.size() == kShares.size()) {
    quantiles = Json::object();
    for (std::size_t i = 0; i < kShares.size(); ++i) quantiles[kShares[i]] = number(column.quantiles[i]);
  }
  Json top = Json::array();
  for (const auto& value : column.top) top.push_back({{"value", value.value}, {"count", value.count}});
  Json histogram = nullptr;
  if (column.histogram)
    histogram = {{"low", number(column.histogram->low)},
                 {"high", number(column.histogram->high)},
                 {"counts", column.histogram->counts}};
  Json lengths = nullptr;
  if (column.lengths)
    lengths = {
        {"min", column.lengths->min}, {"mean", number(column.lengths->mean)}, {"max", column.lengths->max}};
  return {{"name", column.name},
          {"type", column.type},
          {"exact", column.exact},
          {"missing", column.missing},
          {"not_finite", column.not_finite},
          {"distinct", column.distinct},
          {"min", bound(column.min)},
          {"max", bound(column.max)},
          {"mean", optionalNumber(column.mean)},
          {"sd", optionalNumber(column.standard_deviation)},
          {"quantiles", quantiles},
          {"top", top},
          {"histogram", histogram},
          {"examples", column.examples},
          {"lengths", lengths}};
}

Json findingJson(const data::Finding& finding, const Output& out) {
  return {{"kind", finding.kind},
          {"column", finding.column},
          {"other", finding.other},
          {"severity", word(finding.severity)},
          {"message", out.in(finding.text, finding.args)},
          {"step", finding.stepId()},
          {"recipe", finding.step}};
}

void show(const data::TableProfile& profile, const std::string& table, const Output& out) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& column : profile.columns)
    rows.push_back({column.name, column.type, std::to_string(column.missing), std::to_string(column.distinct),
                    shorten(column.min, kCellWidth), shorten(column.max, kCellWidth),
                    figure(optionalNumber(column.mean), 3),
                    column.top.empty() ? "" : shorten(column.top.front().value, kCellWidth)});
  out.line(kRowsOf, {table, formatGrouped(static_cast<double>(profile.rows), 0)});
  out.table({{out.in(kColumn)},
             {out.in(kType)},
             {out.in(kMissing), kRight},
             {out.in(kDistinct), kRight},
             {out.in(kLow), kRight},
             {out.in(kHigh), kRight},
             {out.in(kMean), kRight},
             {out.in(kMost)}},
            rows);
  for (const auto& finding : profile.findings) out.plain("- " + out.in(finding.text, finding.args));
}

Result<int> profileTable(const ProfileArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  data::ProfileOptions options{.target = arguments.target};
  if (options.target.empty()) {
    const auto roles = project->roles(arguments.table);
    if (!roles) return forward(roles);
    if (const auto target = roles->find("target"); target != roles->end()) options.target = target->second;
  }
  const auto profile = data::profile(**database, {arguments.table}, options, run.job);
  if (!profile) return forward(profile);
  Json columns = Json::array();
  for (const auto& column : profile->columns) columns.push_back(columnJson(column));
  Json findings = Json::array();
  for (const auto& finding : profile->findings) findings.push_back(findingJson(finding, run.output));
  run.output.object({{"rows", profile->rows}, {"columns", columns}, {"findings", findings}});
  run.progress.clear();
  show(*profile, arguments.table, run.output);
  return kExitDone;
}

}  // namespace

void addProfileVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<ProfileArguments>();
  CLI::App& verb = line.verb(group, "profile", kProfile,
                             [arguments](Invocation& run) { return profileTable(*arguments, run); });
  line.argument(verb, "DIR", arguments->folder, kFolder);
  line.argument(verb, "TABLE", arguments->table, kTableArgument);
  line.option(verb, "--target", arguments->target, kTarget, "COL");
}

}  // namespace lodestone::cli
