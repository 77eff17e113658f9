// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glob.h>

#include <algorithm>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "core/data/import.h"
#include "core/data/sources/postgres/server_address.h"

namespace lodestone::cli {
namespace {

constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTableArgument{"Name of the table", "表名"};
constexpr Text kColumn{"Column", "列"};
constexpr Text kType{"Type", "类型"};
constexpr Text kNothing{"Nothing here.", "没有内容。"};
constexpr Text kFile{"File to read", "要读取的文件"};
constexpr Text kFiles{"Files to read; * and ? stand for any characters", "要读取的文件；可用 * 和 ? 通配"};
constexpr Text kPreview{"What an import would do; changes nothing", "预览导入结果；不做任何更改"};
constexpr Text kImport{"Read files into tables", "将文件导入为数据表"};
constexpr Text kRejects{"Rows of an import that did not become rows of the table", "导入时被拒绝的行"};
constexpr Text kTableOption{"Name of the table; default: the file's stem",
                            "表名；默认为文件名（不含扩展名）"};
constexpr Text kFormat{"Format of the file; default: found out", "文件格式；默认自动判断"};
constexpr Text kEncoding{"auto, utf-8, utf-16, latin-1 and what else the reader knows; default auto",
                         "auto、utf-8、utf-16、latin-1 等；默认 auto"};
constexpr Text kDelimiter{"auto, tab or one character; default auto", "auto、tab 或单个字符；默认 auto"};
constexpr Text kQuote{"The character around cells; default: found out", "单元格的引号字符；默认自动判断"};
constexpr Text kHeader{"Whether the first row names the columns; default auto", "首行是否为列名；默认 auto"};
constexpr Text kOnBadRows{"Keep what reads and list the rest, or fail; default reject",
                          "保留可读的行并列出其余，或直接失败；默认 reject"};
constexpr Text kAllText{"Every column as text", "所有列按文本读取"};
constexpr Text kReplace{"Replace an existing table", "替换已有的表"};
constexpr Text kOneTableName{
    "--table names one table, but {0} files are given. Leave --table out: each file "
    "gets a table named after it.",
    "--table 只能命名一个表，但给出了 {0} 个文件。请去掉 --table，每个文件将按其名称建表。"};
constexpr Text kNoMatch{"No file matches '{0}'.", "没有文件与“{0}”匹配。"};
constexpr Text kNoFile{
    "File {0} does not exist. Nothing has been imported: correct the name and import again.",
    "文件 {0} 不存在。尚未导入任何数据：请更正文件名后重新导入。"};
constexpr Text kOneCharacter{"auto, tab or one character is taken, not '{0}'",
                             "只接受 auto、tab 或单个字符，而不是“{0}”"};
constexpr Text kFormatNotRead{
    "{0} files cannot be read by this version. It reads CSV: save the data as CSV, or "
    "give --format csv when the file is one.",
    "此版本无法读取 {0} 文件，只能读取 CSV。请将数据另存为 CSV；若文件本身就是 CSV,"
    "请加上 --format csv。"};
constexpr Text kSourceTable{"Sheet of a workbook or table of a database, by name or number",
                            "工作簿的工作表或数据库的表：名称或序号"};
constexpr Text kSourceQuery{"SELECT for a database server, in place of a table",
                            "对数据库服务器执行的 SELECT，代替表名"};
constexpr Text kImported{
    "{0}: {1} rows into table {2} in {3} s ({4}, {5}, delimiter {6}); {7} rejected, {8} lines skipped.",
    "{0}：{1} 行已导入表 {2}，用时 {3} 秒（{4}，{5}，分隔符 {6}）；拒绝 {7} 行，跳过 {8} 行。"};
constexpr Text kImportedTable{
    "{0}, {5}: {1} rows into table {2} in {3} s ({4}); {6} rejected, {7} lines skipped.",
    "{0}，{5}：{1} 行已导入表 {2}，用时 {3} 秒（{4}）；拒绝 {6} 行，跳过 {7} 行。"};
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
  std::string format = "auto";
  std::string encoding = "auto";
  std::string delimiter = "auto";
  std::string quote;
  std::string header = "auto";
  std::string on_bad_rows = "reject";
  std::string source_table;
  std::string query;
  bool all_text = false;
  bool replace = false;
};

bool isAutomatic(const std::string& text) {
  return text.empty() || text == "auto";
}

bool isTab(const std::string& text) {
  return text == "tab" || text == "\\t";
}

bool isOneCharacter(const std::string& text) {
  return isAutomatic(text) || isTab(text) || text.size() == 1;
}

/// None: to be found out.
std::optional<char> oneCharacter(const std::string& text) {
  if (isAutomatic(text)) return std::nullopt;
  return isTab(text) ? '\t' : text.front();
}

data::ImportOptions importOptions(const ImportArguments& arguments) {
  data::ImportOptions options;
  if (arguments.format != "auto") options.format = arguments.format;
  options.source_table = arguments.source_table;
  options.query = arguments.query;
  if (arguments.encoding != "auto") options.encoding = lowerAscii(arguments.encoding);
  if (const auto delimiter = oneCharacter(arguments.delimiter))
    options.delimiter = std::string(1, *delimiter);
  options.quote = oneCharacter(arguments.quote);
  if (arguments.header != "auto")
    options.header = arguments.header == "yes" ? data::Header::Yes : data::Header::No;
  if (arguments.all_text) options.types = data::Types::AllText;
  if (arguments.on_bad_rows == "fail") options.on_bad_rows = data::OnBadRows::Fail;
  if (arguments.replace) options.on_existing = data::OnExisting::Replace;
  return options;
}

/// The files that a pattern stands for where the shell left it as it is.
Result<std::vector<std::string>> expandFiles(const std::vector<std::string>& patterns) {
  std::vector<std::string> files;
  for (const std::string& pattern : patterns) {
    std::error_code error;
    if (data::isServerAddress(pattern) || pattern.find_first_of("*?[") == std::string::npos ||
        std::filesystem::exists(pattern, error)) {
      files.push_back(pattern);
      continue;
    }
    glob_t found = {};
    const int status = glob(pattern.c_str(), 0, nullptr, &found);
    for (std::size_t i = 0; status == 0 && i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
    globfree(&found);
    if (status != 0) return fail(ErrorCode::NotFound, kNoMatch, {pattern}, {.file = pattern});
  }
  return files;
}

std::string visible(const std::string& delimiter) {
  return delimiter == "\t" ? "tab" : delimiter;
}

void showColumns(const Output& out, const std::vector<data::ColumnInfo>& columns) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& column : columns) rows.push_back({column.name, column.type});
  out.table({{out.in(kColumn)}, {out.in(kType)}}, rows);
}

Result<int> preview(const ImportArguments& arguments, Invocation& run) {
  const std::string& file = arguments.files.front();
  const auto answer = data::previewFile(file, importOptions(arguments), run.job);
  if (!answer) return forward(answer);
  run.output.object({{"detected", data::toJson(answer->detected)},
                     {"columns", columnsJson(answer->columns)},
                     {"sample", answer->sample}});
  showColumns(run.output, answer->columns);
  run.output.plain("");
  showRows(run.output, answer->columns, answer->sample);
  return kExitDone;
}

void tell(const data::ImportReport& report, const std::string& file, const std::string& folder,
          Invocation& run) {
  Json skipped = Json::array();
  std::int64_t skipped_lines = 0;
  for (const auto& part : report.skipped) {
    skipped.push_back({{"kind", part.kind}, {"lines", part.lines}});
    skipped_lines += part.lines;
  }
  run.output.object({{"table", report.table.name},
                     {"file", data::isServerAddress(file) ? file : absolutePath(file)},
                     {"rows", report.rows},
                     {"rejected", report.rejected},
                     {"skipped", skipped},
                     {"columns", columnsJson(report.columns)},
                     {"detected", data::toJson(report.detected)},
                     {"seconds", number(report.seconds)}});
  const std::string rows = formatGrouped(static_cast<double>(report.rows), 0);
  const std::string seconds = formatGrouped(report.seconds, 2);
  const data::Detected& detected = report.detected;
  if (detected.source_table.empty())
    run.output.line(kImported, {file, rows, report.table.name, seconds, detected.format, detected.encoding,
                                visible(detected.delimiter), std::to_string(report.rejected),
                                std::to_string(skipped_lines)});
  else
    run.output.line(kImportedTable,
                    {file, rows, report.table.name, seconds, detected.format, detected.source_table,
                     std::to_string(report.rejected), std::to_string(skipped_lines)});
  if (report.rejected > 0) run.output.line(kSeeRejects, {folder, report.table.name});
}

Result<int> importFiles(const ImportArguments& arguments, Invocation& run) {
  const data::ImportOptions options = importOptions(arguments);
  const auto files = expandFiles(arguments.files);
  if (!files) return forward(files);
  if (!arguments.table.empty() && files->size() > 1) {
    run.output.failure({ErrorCode::InvalidArgument, kOneTableName, {std::to_string(files->size())}});
    return kExitUsage;
  }
  for (const std::string& file : *files) {
    std::error_code error;
    if (!data::isServerAddress(file) && !std::filesystem::exists(file, error))
      return fail(ErrorCode::NotFound, kNoFile, {file}, {.file = file});
  }
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  for (std::size_t i = 0; i < files->size(); ++i) {
    const std::string& file = (*files)[i];
    const auto count = static_cast<double>(files->size());
    JobContext part = run.job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    const std::string table = arguments.table.empty() ? data::defaultTableName(file) : arguments.table;
    const auto report = data::importFile(**database, file, table, options, part);
    if (!report) return forward(report);
    run.progress.clear();
    tell(*report, data::withoutPassword(file), arguments.folder, run);
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

void addFileOptions(CommandLine& line, CLI::App& verb, ImportArguments& arguments) {
  oneOf(line.option(verb, "--format", arguments.format, kFormat, ""),
        {"auto", "csv", "json", "ndjson", "parquet", "xlsx", "sqlite"});
  line.option(verb, "--encoding", arguments.encoding, kEncoding, "NAME");
  mustBe(line, line.option(verb, "--delimiter", arguments.delimiter, kDelimiter, "C"), isOneCharacter,
         kOneCharacter);
  mustBe(line, line.option(verb, "--quote", arguments.quote, kQuote, "C"), isOneCharacter, kOneCharacter);
  oneOf(line.option(verb, "--header", arguments.header, kHeader, ""), {"auto", "yes", "no"});
  oneOf(line.option(verb, "--on-bad-rows", arguments.on_bad_rows, kOnBadRows, ""), {"reject", "fail"});
  line.flag(verb, "--all-text", arguments.all_text, kAllText);
  line.option(verb, "--source-table", arguments.source_table, kSourceTable, "NAME");
  line.option(verb, "--query", arguments.query, kSourceQuery, "SQL");
  line.option(verb, "--table", arguments.table, kTableOption, "NAME");
  line.flag(verb, "--replace", arguments.replace, kReplace);
}

}  // namespace

void addImportVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<ImportArguments>();
  CLI::App& looking = line.verb(group, "preview", kPreview,
                                [arguments](Invocation& run) { return preview(*arguments, run); });
  line.argument(looking, "FILE", arguments->files, kFile)->expected(1);
  addFileOptions(line, looking, *arguments);
  CLI::App& reading = line.verb(group, "import", kImport,
                                [arguments](Invocation& run) { return importFiles(*arguments, run); });
  line.argument(reading, "DIR", arguments->folder, kFolder);
  line.argument(reading, "FILE", arguments->files, kFiles);
  addFileOptions(line, reading, *arguments);
  const auto rejecting = std::make_shared<RejectsArguments>();
  CLI::App& rejects = line.verb(group, "rejects", kRejects,
                                [rejecting](Invocation& run) { return rejectedRows(*rejecting, run); });
  line.argument(rejects, "DIR", rejecting->folder, kFolder);
  line.argument(rejects, "TABLE", rejecting->table, kTableArgument);
}

}  // namespace lodestone::cli
