// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "app/cli/import_arguments.h"
#include "core/data/import.h"

namespace lodestone::cli {
namespace {

constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTableArgument{"Name of the table", "表名"};
constexpr Text kColumn{"Column", "列"};
constexpr Text kType{"Type", "类型"};
constexpr Text kNothing{"Nothing here.", "没有内容。"};
constexpr Text kFiles{
    "Files to read, folders of them, or a postgres:// address; * and ? stand for any characters",
    "要读取的文件、文件夹或 postgres:// 地址；可用 * 和 ? 通配"};
constexpr Text kPreview{"What an import would do; changes nothing", "预览导入结果；不做任何更改"};
constexpr Text kImport{"Read files into tables", "将文件导入为数据表"};
constexpr Text kRejects{"Rows of an import that did not become rows of the table", "导入时被拒绝的行"};
constexpr Text kTableOption{
    "Name of the table, for all the files together; default: a table for each file, named by its stem",
    "表名，所有文件合为一个表；默认为每个文件各建一个表，以文件名（不含扩展名）命名"};
constexpr Text kReplace{"Replace an existing table", "替换已有的表"};
constexpr Text kImported{"{0}: {1} rows into table {2} in {3} s ({4}); {5} rejected, {6} lines skipped.",
                         "{0}：{1} 行已导入表 {2}，用时 {3} 秒（{4}）；拒绝 {5} 行，跳过 {6} 行。"};
constexpr Text kDelimiterIs{"delimiter {0}", "分隔符 {0}"};
constexpr Text kFileCount{"{0} files from {1} on", "从 {1} 起的 {0} 个文件"};
constexpr Text kTemplate{"Options as a template says; those given beside it win",
                         "按模板设置选项；同时给出的选项优先"};
constexpr Text kProject{"Folder of the project that has the template", "模板所在的项目文件夹"};
constexpr Text kNoFile{
    "File {0} does not exist. Nothing has been imported: correct the name and import again.",
    "文件 {0} 不存在。尚未导入任何数据：请更正文件名后重新导入。"};
constexpr Text kSeeRejects{"Rejected rows: lodestone-cli data rejects {0} {1}",
                           "查看被拒绝的行：lodestone-cli data rejects {0} {1}"};
constexpr Text kLine{"Line", "行号"};
constexpr Text kReason{"Reason", "原因"};
constexpr Text kTextTitle{"Text", "原文"};

constexpr auto kRight = TableColumn::Align::Right;

struct ImportArguments {
  std::string folder;
  std::vector<std::string> files;
  std::string table;
  std::string template_name;
  ReadingArguments reading;
  bool replace = false;
};

std::string visible(const std::string& delimiter) {
  return delimiter == "\t" ? "tab" : delimiter;
}

void showColumns(const Output& out, const std::vector<data::ColumnInfo>& columns) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& column : columns) rows.push_back({column.name, column.type});
  out.table({{out.in(kColumn)}, {out.in(kType)}}, rows);
}

Result<int> preview(const ImportArguments& arguments, Invocation& run) {
  std::optional<project::Project> project;
  if (!arguments.folder.empty()) {
    auto opened = run.open(arguments.folder);
    if (!opened) return forward(opened);
    project.emplace(std::move(*opened));
  }
  const auto options =
      readingOptions(arguments.reading, arguments.template_name, project ? &*project : nullptr);
  if (!options) return forward(options);
  const auto files = data::expandFiles(arguments.files);
  if (!files) return forward(files);
  const auto answer = data::previewFiles(*files, *options, run.job);
  if (!answer) return forward(answer);
  run.progress.clear();
  run.output.object({{"detected", data::toJson(answer->detected)},
                     {"columns", columnsJson(answer->columns)},
                     {"sample", answer->sample}});
  showColumns(run.output, answer->columns);
  run.output.plain("");
  showRows(run.output, answer->columns, answer->sample);
  return kExitDone;
}

Json skippedJson(const std::vector<data::Skipped>& skipped) {
  Json json = Json::array();
  for (const auto& part : skipped) json.push_back(data::toJson(part));
  return json;
}

/// A file as it is told: where it lies, with the file in an archive behind it.
std::string toldPath(const std::string& file) {
  return file.find("://") == std::string::npos ? absolutePath(file) : file;
}

void tell(const data::ImportReport& report, const std::string& folder, Invocation& run) {
  std::int64_t skipped_lines = 0;
  for (const auto& part : report.skipped) skipped_lines += part.lines;
  Json files = Json::array();
  for (const auto& file : report.files)
    files.push_back({{"file", toldPath(file.file)},
                     {"rows", file.rows},
                     {"rejected", file.rejected},
                     {"skipped", skippedJson(file.skipped)}});
  const std::string& first = report.files.front().file;
  run.output.object({{"table", report.table.name},
                     {"file", toldPath(first)},
                     {"rows", report.rows},
                     {"rejected", report.rejected},
                     {"skipped", skippedJson(report.skipped)},
                     {"columns", columnsJson(report.columns)},
                     {"detected", data::toJson(report.detected)},
                     {"files", files},
                     {"warnings", noticesJson(report.notices, run.output.language())},
                     {"seconds", number(report.seconds)}});
  std::vector<std::string> looks{report.detected.format};
  if (!report.detected.encoding.empty()) looks.push_back(report.detected.encoding);
  if (!report.detected.delimiter.empty())
    looks.push_back(run.output.in(kDelimiterIs, {visible(report.detected.delimiter)}));
  const std::string& table = report.detected.source_table;
  const std::string what = report.files.size() == 1
                               ? first + (table.empty() ? "" : ", " + table)
                               : run.output.in(kFileCount, {std::to_string(report.files.size()), first});
  run.output.line(kImported, {what, formatGrouped(static_cast<double>(report.rows), 0), report.table.name,
                              formatGrouped(report.seconds, 2), join(looks, ", "),
                              std::to_string(report.rejected), std::to_string(skipped_lines)});
  tellNotices(run.output, report.notices);
  if (report.rejected > 0) run.output.line(kSeeRejects, {folder, report.table.name});
}

/// Each file a table of its own, or all of them one where it is named.
struct TableFiles {
  std::string table;
  std::vector<std::string> files;
};

Result<int> importFiles(const ImportArguments& arguments, Invocation& run) {
  const auto files = data::expandFiles(arguments.files);
  if (!files) return forward(files);
  for (const std::string& file : *files) {
    std::error_code error;
    if (file.find("://") == std::string::npos && !std::filesystem::exists(file, error))
      return fail(ErrorCode::NotFound, kNoFile, {file}, {.file = file});
  }
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  auto options = readingOptions(arguments.reading, arguments.template_name, &*project);
  if (!options) return forward(options);
  if (arguments.replace) options->on_existing = data::OnExisting::Replace;
  const auto database = project->tables();
  if (!database) return forward(database);
  std::vector<TableFiles> tables;
  if (arguments.table.empty())
    for (const std::string& file : *files) tables.push_back({data::defaultTableName(file), {file}});
  else
    tables.push_back({arguments.table, *files});
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto count = static_cast<double>(tables.size());
    JobContext part = run.job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    const auto report = data::importFiles(**database, tables[i].files, tables[i].table, *options, part);
    if (!report) return forward(report);
    run.progress.clear();
    tell(*report, arguments.folder, run);
  }
  return kExitDone;
}

struct RejectsArguments {
  std::string folder;
  std::string table;
};

Result<int> rejectedRows(const RejectsArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto list = data::rejects(**database, {arguments.table});
  if (!list) return forward(list);
  Json objects = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& reject : *list) {
    objects.push_back({{"file", reject.file},
                       {"line", reject.line},
                       {"column", reject.column},
                       {"text", reject.text},
                       {"reason", reject.reason}});
    rows.push_back({std::to_string(reject.line), reject.column, reject.reason, reject.text});
  }
  const Output& out = run.output;
  out.object({{"rejects", objects}});
  if (rows.empty())
    out.line(kNothing);
  else
    out.table({{out.in(kLine), kRight}, {out.in(kColumn)}, {out.in(kReason)}, {out.in(kTextTitle)}}, rows);
  return kExitDone;
}

}  // namespace

void addImportVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<ImportArguments>();
  CLI::App& looking = line.verb(group, "preview", kPreview,
                                [arguments](Invocation& run) { return preview(*arguments, run); });
  line.argument(looking, "FILE", arguments->files, kFiles);
  addReadingOptions(line, looking, arguments->reading);
  line.option(looking, "--template", arguments->template_name, kTemplate, "NAME");
  line.option(looking, "--project", arguments->folder, kProject, "DIR");
  CLI::App& reading = line.verb(group, "import", kImport,
                                [arguments](Invocation& run) { return importFiles(*arguments, run); });
  line.argument(reading, "DIR", arguments->folder, kFolder);
  line.argument(reading, "FILE", arguments->files, kFiles);
  addReadingOptions(line, reading, arguments->reading);
  line.option(reading, "--template", arguments->template_name, kTemplate, "NAME");
  line.option(reading, "--table", arguments->table, kTableOption, "NAME");
  line.flag(reading, "--replace", arguments->replace, kReplace);
  const auto rejecting = std::make_shared<RejectsArguments>();
  CLI::App& rejects = line.verb(group, "rejects", kRejects,
                                [rejecting](Invocation& run) { return rejectedRows(*rejecting, run); });
  line.argument(rejects, "DIR", rejecting->folder, kFolder);
  line.argument(rejects, "TABLE", rejecting->table, kTableArgument);
}

}  // namespace lodestone::cli
