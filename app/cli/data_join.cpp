// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "core/base/text.h"
#include "core/data/join.h"
#include "core/data/reshape.h"

namespace lodestone::cli {
namespace {

constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTable{"Name of the table", "表名"};
constexpr Text kJoin{"Join two tables by equal columns, with a report of what matches",
                     "按相等的列连接两张表，并报告匹配情况"};
constexpr Text kLeft{"The left table", "左表"};
constexpr Text kRight{"The right table", "右表"};
constexpr Text kOn{
    "Columns that must be equal: LEFT=RIGHT[,LEFT=RIGHT...], or one name for both; a pair with a comma in "
    "its "
    "names in double quotes; may be given several times",
    "必须相等的列：左列=右列[,左列=右列...]"
    "，两边同名时写一个名称即可；列名含逗号的一对用双引号括起；可多次给出"};
constexpr Text kHow{
    "left keeps every row of the left table (default), inner what matches, full everything; right, "
    "semi (left rows that match), anti (left rows that do not)",
    "left 保留左表全部行（默认），inner 只保留匹配行，full 保留全部；另有 right、"
    "semi（有匹配的左表行）、anti（无匹配的左表行）"};
constexpr Text kLoose{"Ignore case and spaces at the ends of texts", "忽略大小写和文本首尾空格"};
constexpr Text kDryRun{"Only the report; makes no table", "只给出报告，不生成表"};
constexpr Text kOut{"Name of the new table", "新表的名称"};
constexpr Text kReplace{"Replace an existing table", "替换已有的表"};
constexpr Text kUnion{"Put tables under each other, by column name", "按列名上下合并多张表"};
constexpr Text kTables{"The tables, in order", "要合并的表，按顺序"};
constexpr Text kSourceColumn{"Add a column with the name of the table each row comes from",
                             "添加一列，记录每行来自哪张表"};
constexpr Text kPivot{"Turn the values of a column into columns", "将一列的值转为多列"};
constexpr Text kRowsOption{
    "Columns that name a row of the result; a name with a comma in double quotes; may be given several times",
    "标识结果行的列；含逗号的列名用双引号括起；可多次给出"};
constexpr Text kColumnOption{"Its values become columns", "其值将成为列"};
constexpr Text kValueOption{"What is aggregated; count needs none", "要汇总的列；count 可不指定"};
constexpr Text kAggregateOption{"How; default sum", "汇总方式；默认 sum"};
constexpr Text kMostColumns{"Refuse to make more columns; default 200", "允许的最多列数；默认 200"};
constexpr Text kUnpivot{"Turn columns into rows", "将多列转为行"};
constexpr Text kColumnsOption{
    "Columns that become rows; default: all but those kept; a name with a comma in double quotes; may be "
    "given "
    "several times",
    "要转为行的列；默认为保留列以外的所有列；含逗号的列名用双引号括起；可多次给出"};
constexpr Text kKeep{
    "Columns repeated on each row; default: all others; a name with a comma in double quotes; may be given "
    "several "
    "times",
    "每行重复保留的列；默认为其余所有列；含逗号的列名用双引号括起；可多次给出"};
constexpr Text kNameColumn{"Name of the column of names; default name", "名称列的列名；默认 name"};
constexpr Text kValueColumn{"Name of the column of values; default value", "值列的列名；默认 value"};
constexpr Text kKeepMissing{"Rows for missing cells too", "缺失单元格也生成行"};
constexpr Text kBadKey{"--on takes LEFT=RIGHT pairs, not '{0}'.", "--on 需要“左列=右列”，而不是“{0}”。"};
constexpr Text kNoOut{"Name the new table with --out, or ask for the report alone with --dry-run.",
                      "请用 --out 指定新表名，或用 --dry-run 只查看报告。"};

constexpr Text kJoined{"Table {0}: {1} rows.", "表 {0}：{1} 行。"};
constexpr Text kWouldJoin{"The join would make {0} rows.", "连接将产生 {0} 行。"};
constexpr Text kMatched{"{0}: {1} rows match, {2} do not.", "{0}：{1} 行有匹配，{2} 行没有。"};
constexpr Text kExamples{"Without a match in {0}: {1}", "{0} 中没有匹配的键：{1}"};

struct JoinArguments {
  std::string folder;
  std::string left;
  std::string right;
  std::vector<std::string> on;
  std::string how = "left";
  std::string out;
  bool loose = false;
  bool dry_run = false;
  bool replace = false;
};

std::string grouped(std::int64_t count) {
  return formatGrouped(static_cast<double>(count), 0);
}

Result<std::vector<data::JoinKey>> joinKeys(const std::vector<std::string>& words) {
  std::vector<data::JoinKey> keys;
  for (const std::string& word : splitLists(words)) {
    const auto sign = word.find('=');
    const std::string left(trim(word.substr(0, sign)));
    const std::string right = sign == std::string::npos ? left : std::string(trim(word.substr(sign + 1)));
    if (left.empty() || right.empty()) return fail(ErrorCode::InvalidArgument, kBadKey, {word});
    keys.push_back({left, right});
  }
  return keys;
}

data::JoinKind joinKind(const std::string& word) {
  if (word == "inner") return data::JoinKind::Inner;
  if (word == "full") return data::JoinKind::Full;
  if (word == "right") return data::JoinKind::Right;
  if (word == "semi") return data::JoinKind::Semi;
  return word == "anti" ? data::JoinKind::Anti : data::JoinKind::Left;
}

Json examplesJson(const std::vector<data::UnmatchedKey>& examples) {
  Json list = Json::array();
  for (const auto& example : examples) list.push_back({{"key", example.values}, {"rows", example.rows}});
  return list;
}

Json joinJson(const data::JoinReport& report, Language language) {
  return {{"table", report.table.empty() ? Json(nullptr) : Json(report.table)},
          {"rows", report.rows},
          {"matched", report.matched_left},
          {"unmatched_left", report.unmatched_left},
          {"unmatched_right", report.unmatched_right},
          {"fan_out", report.fan_out},
          {"mean_fan_out", number(report.mean_fan_out)},
          {"matched_right", report.matched_right},
          {"fan_out_right", report.fan_out_right},
          {"multiplied", report.multiplied},
          {"columns", columnsJson(report.columns)},
          {"warnings", noticesJson(report.warnings, language)},
          {"examples_left", examplesJson(report.examples_left)},
          {"examples_right", examplesJson(report.examples_right)}};
}

void tellExamples(const Output& out, const std::string& table,
                  const std::vector<data::UnmatchedKey>& examples) {
  std::vector<std::string> keys;
  for (const auto& example : examples) keys.push_back(join(example.values, " / "));
  if (!keys.empty()) out.line(kExamples, {table, join(keys, ", ")});
}

Result<int> joinVerb(const JoinArguments& arguments, Invocation& run) {
  auto keys = joinKeys(arguments.on);
  if (!keys) return forward(keys);
  if (arguments.out.empty() && !arguments.dry_run) {
    run.output.failure({ErrorCode::InvalidArgument, kNoOut});
    return kExitUsage;
  }
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const data::JoinSpec spec{.left = {arguments.left},
                            .right = {arguments.right},
                            .keys = std::move(*keys),
                            .kind = joinKind(arguments.how),
                            .key_text = arguments.loose ? data::KeyText::Loose : data::KeyText::Exact};
  const auto report = arguments.dry_run
                          ? data::previewJoin(**database, spec, run.job)
                          : data::joinTables(**database, spec, {arguments.out, arguments.replace}, run.job);
  if (!report) return forward(report);
  run.progress.clear();
  const Output& out = run.output;
  out.object(joinJson(*report, out.language()));
  if (report->table.empty())
    out.line(kWouldJoin, {grouped(report->rows)});
  else
    out.line(kJoined, {report->table, grouped(report->rows)});
  out.line(kMatched, {arguments.left, grouped(report->matched_left), grouped(report->unmatched_left)});
  out.line(kMatched, {arguments.right, grouped(report->matched_right), grouped(report->unmatched_right)});
  tellNotices(out, report->warnings);
  tellExamples(out, arguments.left, report->examples_left);
  tellExamples(out, arguments.right, report->examples_right);
  return kExitDone;
}

struct ReshapeArguments {
  std::string folder;
  std::vector<std::string> tables;
  std::string table;
  std::string source_column;
  std::vector<std::string> rows;
  std::string column;
  std::string value;
  std::string aggregate = "sum";
  int most_columns = 200;
  std::vector<std::string> columns;
  std::vector<std::string> keep;
  std::string name_column = "name";
  std::string value_column = "value";
  bool keep_missing = false;
  std::string out;
  bool replace = false;
};

data::Aggregate aggregate(const std::string& word) {
  if (word == "count") return data::Aggregate::Count;
  if (word == "count_distinct") return data::Aggregate::CountDistinct;
  if (word == "mean") return data::Aggregate::Mean;
  if (word == "median") return data::Aggregate::Median;
  if (word == "min") return data::Aggregate::Min;
  return word == "max" ? data::Aggregate::Max : data::Aggregate::Sum;
}

using Reshape = Result<data::ReshapeReport> (*)(data::Database&, const ReshapeArguments&,
                                                const data::NewTable&, JobContext&);

Result<data::ReshapeReport> unite(data::Database& database, const ReshapeArguments& arguments,
                                  const data::NewTable& target, JobContext& job) {
  data::UnionSpec spec{.tables = {}, .source_column = arguments.source_column};
  for (const std::string& table : arguments.tables) spec.tables.push_back({table});
  return data::unionTables(database, spec, target, job);
}

Result<data::ReshapeReport> pivot(data::Database& database, const ReshapeArguments& arguments,
                                  const data::NewTable& target, JobContext& job) {
  return data::pivotTable(database,
                          {.table = {arguments.table},
                           .rows = splitLists(arguments.rows),
                           .column = arguments.column,
                           .value = arguments.value,
                           .aggregate = aggregate(arguments.aggregate),
                           .most_columns = arguments.most_columns},
                          target, job);
}

Result<data::ReshapeReport> unpivot(data::Database& database, const ReshapeArguments& arguments,
                                    const data::NewTable& target, JobContext& job) {
  return data::unpivotTable(database,
                            {.table = {arguments.table},
                             .columns = splitLists(arguments.columns),
                             .keep = splitLists(arguments.keep),
                             .name_column = arguments.name_column,
                             .value_column = arguments.value_column,
                             .keep_missing = arguments.keep_missing},
                            target, job);
}

Result<int> reshapeVerb(const ReshapeArguments& arguments, Reshape reshape, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto report = reshape(**database, arguments, {arguments.out, arguments.replace}, run.job);
  if (!report) return forward(report);
  run.progress.clear();
  run.output.object({{"table", report->table},
                     {"rows", report->rows},
                     {"columns", columnsJson(report->columns)},
                     {"warnings", noticesJson(report->notices, run.output.language())}});
  run.output.line(kJoined, {report->table, grouped(report->rows)});
  tellNotices(run.output, report->notices);
  return kExitDone;
}

void addJoin(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<JoinArguments>();
  CLI::App& verb =
      line.verb(group, "join", kJoin, [arguments](Invocation& run) { return joinVerb(*arguments, run); });
  line.argument(verb, "DIR", arguments->folder, kFolder);
  line.argument(verb, "LEFT", arguments->left, kLeft);
  line.argument(verb, "RIGHT", arguments->right, kRight);
  line.option(verb, "--on", arguments->on, kOn, "A=B")->required();
  oneOf(line.option(verb, "--how", arguments->how, kHow, ""),
        {"left", "inner", "full", "right", "semi", "anti"});
  line.option(verb, "--out", arguments->out, kOut, "NEW");
  line.flag(verb, "--loose", arguments->loose, kLoose);
  line.flag(verb, "--dry-run", arguments->dry_run, kDryRun);
  line.flag(verb, "--replace", arguments->replace, kReplace);
}

CLI::App& addReshape(CommandLine& line, CLI::App& group, const char* name, const Text& help,
                     const std::shared_ptr<ReshapeArguments>& arguments, Reshape reshape) {
  CLI::App& verb = line.verb(group, name, help, [arguments, reshape](Invocation& run) {
    return reshapeVerb(*arguments, reshape, run);
  });
  line.argument(verb, "DIR", arguments->folder, kFolder);
  line.option(verb, "--out", arguments->out, kOut, "NEW")->required();
  line.flag(verb, "--replace", arguments->replace, kReplace);
  return verb;
}

}  // namespace

void addJoinVerbs(CommandLine& line, CLI::App& group) {
  addJoin(line, group);
  const auto arguments = std::make_shared<ReshapeArguments>();
  CLI::App& uniting = addReshape(line, group, "union", kUnion, arguments, unite);
  line.argument(uniting, "TABLES", arguments->tables, kTables);
  line.option(uniting, "--source-column", arguments->source_column, kSourceColumn, "NAME");

  CLI::App& pivoting = addReshape(line, group, "pivot", kPivot, arguments, pivot);
  line.argument(pivoting, "TABLE", arguments->table, kTable);
  line.option(pivoting, "--rows", arguments->rows, kRowsOption, "COLUMN,...");
  line.option(pivoting, "--column", arguments->column, kColumnOption, "COLUMN")->required();
  line.option(pivoting, "--value", arguments->value, kValueOption, "COLUMN");
  oneOf(line.option(pivoting, "--aggregate", arguments->aggregate, kAggregateOption, ""),
        {"sum", "mean", "median", "min", "max", "count", "count_distinct"});
  line.option(pivoting, "--most-columns", arguments->most_columns, kMostColumns, "N");

  CLI::App& unpivoting = addReshape(line, group, "unpivot", kUnpivot, arguments, unpivot);
  line.argument(unpivoting, "TABLE", arguments->table, kTable);
  line.option(unpivoting, "--columns", arguments->columns, kColumnsOption, "COLUMN,...");
  line.option(unpivoting, "--keep", arguments->keep, kKeep, "COLUMN,...");
  line.option(unpivoting, "--name-column", arguments->name_column, kNameColumn, "NAME");
  line.option(unpivoting, "--value-column", arguments->value_column, kValueColumn, "NAME");
  line.flag(unpivoting, "--keep-missing", arguments->keep_missing, kKeepMissing);
}

}  // namespace lodestone::cli
