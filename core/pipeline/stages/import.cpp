// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import.h"

#include <system_error>

#include "core/data/file_stamp.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"
#include "core/project/saved_records.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kImported{"{0} rows from {1}", "从 {1} 导入 {0} 行"};
constexpr Text kRejected{"; {0} rows rejected", "；拒绝 {0} 行"};
constexpr Text kWhichFile{"Which file? Set the stage's parameter \"files\".",
                          "要导入哪个文件？请设置参数“files”。"};

/// Files beside the project come first: its folder may be moved, and a chart that names them by the way from
/// there still finds them.
Result<std::vector<std::string>> filesOf(const StageInput& input) {
  std::vector<std::string> names;
  for (const std::string& name : input.parameters.list("files")) {
    const std::filesystem::path beside = input.project->folder() / name;
    std::error_code error;
    const bool there = std::filesystem::path(name).is_relative() && std::filesystem::exists(beside, error);
    names.push_back(there ? beside.string() : name);
  }
  if (names.empty()) return fail(ErrorCode::InvalidArgument, kWhichFile);
  return data::expandFiles(names);
}

Json whole(const ParameterValues& values, const std::string& id) {
  return values.text(id).empty() ? Json(nullptr) : Json(values.integer(id));
}

/// What the template says, and over it what the stage's own parameters say.
Result<data::ImportOptions> optionsOf(const StageInput& input) {
  const ParameterValues& values = input.parameters;
  Json json = Json::object();
  if (const std::string& name = values.text("template"); !name.empty()) {
    const auto saved = input.project->saved().get(project::kSavedImportTemplate, name);
    if (!saved) return forward(saved);
    json = saved->value;
  }
  for (const char* key :
       {"format", "encoding", "delimiter", "decimal", "source_table", "query", "file_column", "on_bad_rows"})
    if (!values.text(key).empty()) json[key] = values.text(key);
  if (values.text("header") != "auto") json["header"] = values.text("header") == "yes";
  if (const Json lines = whole(values, "skip_lines"); !lines.is_null()) json["skip_lines"] = lines;
  if (values.flag("all_text")) json["all_text"] = true;
  if (const auto words = values.list("null_words"); !words.empty()) json["null_words"] = words;
  for (const Pair& pair : values.pairs("column_types"))
    json["column_types"][pair.first] = pair.second.value_or("");
  return data::importOptionsFrom(json);
}

Result<> check(const ParameterValues& values, const Foresight&) {
  if (values.list("files").empty())
    return fail(ErrorCode::InvalidArgument, kWhichFile, {}, {.item = "files"});
  const auto roles = rolesFromText(values.text("roles"));
  return roles ? Result<>() : forward(roles);
}

/// A file that was written to is another one; what a server holds is asked for by its address alone.
Result<std::string> outside(const StageInput& input, JobContext&) {
  const auto files = filesOf(input);
  if (!files) return forward(files);
  const auto options = optionsOf(input);
  if (!options) return forward(options);
  Json seen = Json::array({data::toJson(*options)});
  for (const std::string& file : *files) {
    const data::FileStamp stamp = data::FileStamp::of(file);
    seen.push_back({file, stamp.size, stamp.seconds, stamp.nanoseconds});
  }
  return dumpJson(seen);
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  auto database = stageTables(input, job);
  if (!database) return forward(database);
  const auto files = filesOf(input);
  if (!files) return forward(files);
  auto options = optionsOf(input);
  if (!options) return forward(options);
  auto roles = rolesFromText(input.parameters.text("roles"));
  if (!roles) return forward(roles);
  options->on_existing = data::OnExisting::Replace;
  TableValue value;
  value.table = input.ownTable("imported");
  const auto report = data::importFiles(**database, *files, value.table, *options, job);
  if (!report) return forward(report);
  value.roles = std::move(*roles);
  std::vector<std::string> names;
  for (const std::string& file : *files) names.push_back(std::filesystem::path(file).filename().string());
  value.source = shorten(join(names, ", "), 120);
  StageOutput output = tableOutput(value, report->rows + report->rejected, report->rows);
  output.message = fill(kImported, job.language(), {grouped(report->rows), value.source});
  if (report->rejected > 0) output.message += fill(kRejected, job.language(), {grouped(report->rejected)});
  output.warning = report->rejected > 0;
  return output;
}

std::vector<Parameter> parameters() {
  return {
      {.id = "files",
       .title = {"Files", "文件"},
       .help = {"Files, folders, patterns or addresses, separated by commas; looked for beside the project "
                "first.",
                "文件、文件夹、通配模式或地址，用逗号分隔；先在项目文件夹中查找。"},
       .kind = ParameterKind::List},
      {.id = "template",
       .title = {"Import template", "导入模板"},
       .help = {"The name of a saved import template.", "已保存的导入模板名。"}},
      {.id = "format",
       .title = {"Format", "格式"},
       .help = {"csv, json, ndjson, parquet, xlsx, ...; empty: by its looks.",
                "csv、json、ndjson、parquet、xlsx 等；留空则自动识别。"}},
      {.id = "encoding",
       .title = {"Encoding", "编码"},
       .help = {"utf-8, gb18030, latin-1, ...; empty: detected.",
                "utf-8、gb18030、latin-1 等；留空则自动检测。"}},
      {.id = "delimiter",
       .title = {"Delimiter", "分隔符"},
       .help = {"Of a CSV file; empty: detected.", "CSV 文件的分隔符；留空则自动检测。"}},
      {.id = "header",
       .title = {"Header", "表头"},
       .help = {"Whether the first row names the columns.", "首行是否为列名。"},
       .kind = ParameterKind::Choice,
       .default_value = "auto",
       .choices = {{"auto", {"detect", "自动检测"}}, {"yes", {"yes", "有"}}, {"no", {"no", "没有"}}}},
      {.id = "skip_lines",
       .title = {"Lines to skip", "跳过行数"},
       .help = {"Lines in front of the table; empty: detected.", "表格之前的行数；留空则自动检测。"},
       .kind = ParameterKind::Integer,
       .minimum = 0},
      {.id = "decimal",
       .title = {"Decimal sign", "小数点符号"},
       .help = {"A point or a comma; empty: detected.", "点或逗号；留空则自动检测。"}},
      {.id = "null_words",
       .title = {"Words for missing", "缺失标记"},
       .help = {"Cells that mean missing, besides blank ones.", "除空白外表示缺失的单元格内容。"},
       .kind = ParameterKind::List},
      {.id = "column_types",
       .title = {"Types of columns", "列类型"},
       .help =
           {"column=TYPE, separated by commas; types are DuckDB's, a date with its format behind a blank.",
            "列=类型，用逗号分隔；类型为 DuckDB 类型，日期可在空格后附格式。"},
       .kind = ParameterKind::Pairs},
      {.id = "all_text",
       .title = {"All columns as text", "全部作为文本"},
       .help = {"Nothing is detected.", "不检测类型。"},
       .kind = ParameterKind::Flag,
       .default_value = "false"},
      {.id = "on_bad_rows",
       .title = {"Rows that do not read", "无法解析的行"},
       .help = {"Whether they are kept apart, or the import fails.", "单独保存，或令导入失败。"},
       .kind = ParameterKind::Choice,
       .default_value = "reject",
       .choices = {{"reject", {"keep them apart", "单独保存"}}, {"fail", {"fail", "导入失败"}}}},
      {.id = "source_table",
       .title = {"Sheet or table", "工作表或表"},
       .help = {"Of a workbook or a database file; empty: the first.",
                "工作簿或数据库文件中的表；留空则取第一个。"}},
      {.id = "query",
       .title = {"Query", "查询"},
       .help = {"SQL for a database server, in place of a table.", "数据库服务器上的 SQL，代替表名。"},
       .kind = ParameterKind::Sql},
      {.id = "file_column",
       .title = {"Column of the file", "文件来源列"},
       .help = {"With several files, a column that says which; empty: none.",
                "导入多个文件时注明来源的列；留空则不加。"}},
      {.id = "roles",
       .title = {"Roles of columns", "列的角色"},
       .help = {"What columns mean, as role=column separated by commas.",
                "列的含义，写成以逗号分隔的 角色=列名。"}},
  };
}

}  // namespace

StageType fileImport() {
  return {
      .id = "import",
      .title = {"Import files", "导入文件"},
      .help = {"Reads files into a table of the flowchart's own. A file that was written to is read again.",
               "把文件读入流程图自己的表；文件被改动后会重新读取。"},
      .group = StageGroup::Sources,
      .inputs = {},
      .outputs = {tablePort()},
      .parameters = parameters(),
      .required = {"files"},
      .same_columns = false,
      .run = run,
      .outside = outside,
      .check = check,
  };
}

}  // namespace lodestone::pipeline::stages
