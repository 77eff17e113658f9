// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/table_export.h"

namespace lodestone::cli {
namespace {

constexpr Text kExport{"Write a table into a file", "将数据表导出为文件"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTable{"Name of the table", "表名"};
constexpr Text kFile{"The file; its extension is the format: csv, tsv, parquet, xlsx, json, ndjson",
                     "目标文件；扩展名决定格式：csv、tsv、parquet、xlsx、json、ndjson"};
constexpr Text kFormat{"The format, whatever the extension", "指定格式，不看扩展名"};
constexpr Text kColumns{
    "Only these columns, in this order; a name with a comma in double quotes; may be given several times",
    "仅导出这些列，并按此顺序；含逗号的列名用双引号括起；可多次给出"};
constexpr Text kSort{"By this column; default: as the rows stand in the table",
                     "按此列排序；默认保持表中顺序"};
constexpr Text kDescending{"Largest first", "从大到小"};
constexpr Text kDelimiter{"CSV: tab or one character; default: a comma, a tab for .tsv",
                          "CSV：tab 或单个字符；默认逗号，.tsv 为制表符"};
constexpr Text kBom{"CSV: begin with a byte order mark, by which Excel knows UTF-8",
                    "CSV：文件开头写入 BOM，便于 Excel 识别 UTF-8"};
constexpr Text kNoGuard{"CSV: leave texts that begin like a formula as they are, without an apostrophe",
                        "CSV：以公式符号开头的文本保持原样，不加撇号"};
constexpr Text kSheets{"XLSX: go on on another sheet where one is full", "XLSX：一张工作表写满后续写下一张"};
constexpr Text kCut{"XLSX: cut texts of more than 32,767 characters", "XLSX：截断超过 32,767 个字符的文本"};
constexpr Text kReplace{"Replace an existing file", "替换已有的文件"};
constexpr Text kOneCharacter{"tab or one character is taken, not '{0}'",
                             "只接受 tab 或单个字符，而不是“{0}”"};
constexpr Text kWritten{"{0} rows written to {1} in {2} s.", "已将 {0} 行写入 {1}，用时 {2} 秒。"};

struct ExportArguments {
  std::string folder;
  std::string table;
  std::string file;
  std::string format;
  std::vector<std::string> columns;
  std::string sort;
  bool descending = false;
  std::string delimiter;
  bool byte_order_mark = false;
  bool no_guard = false;
  bool several_sheets = false;
  bool cut_long_texts = false;
  bool replace = false;
};

bool isTab(const std::string& text) {
  return text == "tab" || text == "\\t";
}

bool isOneCharacter(const std::string& text) {
  return isTab(text) || text.size() == 1;
}

std::string_view formatName(data::ExportFormat format) {
  switch (format) {
    case data::ExportFormat::Csv:
      return "csv";
    case data::ExportFormat::Parquet:
      return "parquet";
    case data::ExportFormat::Xlsx:
      return "xlsx";
    case data::ExportFormat::Json:
      return "json";
    case data::ExportFormat::Ndjson:
      return "ndjson";
  }
  return "";
}

Result<data::ExportOptions> exportOptions(const ExportArguments& arguments) {
  data::ExportOptions options;
  if (!arguments.format.empty()) {
    // The words for formats are their extensions.
    const auto format = data::exportFormatOf("file." + arguments.format);
    if (!format) return forward(format);
    options.format = *format;
  }
  if (arguments.replace) options.on_existing = data::OnExistingFile::Replace;
  if (!arguments.delimiter.empty())
    options.delimiter = isTab(arguments.delimiter) ? '\t' : arguments.delimiter[0];
  options.byte_order_mark = arguments.byte_order_mark;
  options.guard_formulas = !arguments.no_guard;
  options.several_sheets = arguments.several_sheets;
  options.cut_long_texts = arguments.cut_long_texts;
  return options;
}

Result<int> exportVerb(const ExportArguments& arguments, Invocation& run) {
  const auto options = exportOptions(arguments);
  if (!options) return forward(options);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  std::optional<data::SortOrder> sort;
  if (!arguments.sort.empty())
    sort = data::SortOrder{arguments.sort,
                           arguments.descending ? data::Direction::Descending : data::Direction::Ascending};
  const Stopwatch watch;
  const auto report = data::exportTable(**database, {arguments.table}, arguments.file, *options, run.job,
                                        splitLists(arguments.columns), sort);
  if (!report) return forward(report);
  run.progress.clear();
  const std::string file = absolutePath(report->file);
  run.output.object({{"table", arguments.table},
                     {"file", file},
                     {"format", formatName(report->format)},
                     {"rows", report->rows},
                     {"bytes", report->bytes},
                     {"sheets", report->sheets},
                     {"warnings", noticesJson(report->notices, run.output.language())},
                     {"seconds", number(watch.seconds())}});
  run.output.line(kWritten, {formatGrouped(static_cast<double>(report->rows), 0), file,
                             formatGrouped(watch.seconds(), 2)});
  tellNotices(run.output, report->notices);
  return kExitDone;
}

}  // namespace

void addExportVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<ExportArguments>();
  CLI::App& verb = line.verb(group, "export", kExport,
                             [arguments](Invocation& run) { return exportVerb(*arguments, run); });
  line.argument(verb, "DIR", arguments->folder, kFolder);
  line.argument(verb, "TABLE", arguments->table, kTable);
  line.argument(verb, "FILE", arguments->file, kFile);
  oneOf(line.option(verb, "--format", arguments->format, kFormat, ""),
        {"csv", "parquet", "xlsx", "json", "ndjson"});
  line.option(verb, "--columns", arguments->columns, kColumns, "COLUMN,...");
  line.option(verb, "--sort", arguments->sort, kSort, "COLUMN");
  line.flag(verb, "--descending", arguments->descending, kDescending);
  mustBe(line, line.option(verb, "--delimiter", arguments->delimiter, kDelimiter, "C"), isOneCharacter,
         kOneCharacter);
  line.flag(verb, "--bom", arguments->byte_order_mark, kBom);
  line.flag(verb, "--no-guard", arguments->no_guard, kNoGuard);
  line.flag(verb, "--several-sheets", arguments->several_sheets, kSheets);
  line.flag(verb, "--cut-long-texts", arguments->cut_long_texts, kCut);
  line.flag(verb, "--replace", arguments->replace, kReplace);
}

}  // namespace lodestone::cli
