// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glob.h>

#include <algorithm>
#include <array>
#include <memory>

#include "app/cli/command_line.h"
#include "core/data/csv_import.h"
#include "core/data/profile.h"
#include "core/data/query.h"

namespace lodestone::cli {
namespace {

constexpr Text kGroup{"Read, look at and ask tables", "导入、查看和查询数据表"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kFile{"File to read", "要读取的文件"};
constexpr Text kFiles{"Files to read; * and ? stand for any characters", "要读取的文件；可用 * 和 ? 通配"};
constexpr Text kTableArgument{"Name of the table", "表名"};
constexpr Text kPreview{"What an import would do; changes nothing", "预览导入结果；不做任何更改"};
constexpr Text kImport{"Read files into tables", "将文件导入为数据表"};
constexpr Text kTables{"The tables of a project", "项目中的数据表"};
constexpr Text kProfile{"Figures and findings about each column of a table", "表中各列的统计与发现"};
constexpr Text kRejects{"Rows of an import that did not become rows of the table", "导入时被拒绝的行"};
constexpr Text kQuery{"Ask the tables with read-only SQL: one SELECT",
                      "用只读 SQL 查询数据表：一条 SELECT 语句"};
constexpr Text kRoles{"Show or set what columns mean", "查看或设置各列的角色"};
constexpr Text kTableOption{"Name of the table; default: the file's stem",
                            "表名；默认为文件名（不含扩展名）"};
constexpr Text kFormat{"Format of the file; this version reads csv", "文件格式；此版本可读取 csv"};
constexpr Text kEncoding{"auto, utf-8, utf-16, latin-1 and what else the reader knows; default auto",
                         "auto、utf-8、utf-16、latin-1 等；默认 auto"};
constexpr Text kDelimiter{"auto, tab or one character; default auto", "auto、tab 或单个字符；默认 auto"};
constexpr Text kQuote{"The character around cells; default: found out", "单元格的引号字符；默认自动判断"};
constexpr Text kHeader{"Whether the first row names the columns; default auto", "首行是否为列名；默认 auto"};
constexpr Text kOnBadRows{"Keep what reads and list the rest, or fail; default reject",
                          "保留可读的行并列出其余，或直接失败；默认 reject"};
constexpr Text kAllText{"Every column as text", "所有列按文本读取"};
constexpr Text kReplace{"Replace an existing table", "替换已有的表"};
constexpr Text kReplaceFile{"Replace an existing file", "替换已有的文件"};
constexpr Text kSql{"The statement", "SQL 语句"};
constexpr Text kOut{"Write the answer as CSV instead of showing it", "将结果写入 CSV 文件而不显示"};
constexpr Text kRoleWords{
    "ROLE=COLUMN: user, item, time, amount, target, treatment, cost, text, consent, "
    "consent:CHANNEL, campaign, offer, channel; nothing after = takes the role away",
    "角色=列：user、item、time、amount、target、treatment、cost、text、consent、"
    "consent:渠道、campaign、offer、channel;= 后留空表示取消该角色"};

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
constexpr Text kNotALink{
    "Databases by address cannot be read by this version. Export the query as a CSV file "
    "and import that.",
    "此版本无法直接读取数据库地址。请将查询结果导出为 CSV 文件后再导入。"};
constexpr Text kNoSuchColumn{"Table {1} has no column '{0}'. It has {2}.",
                             "表 {1} 没有列“{0}”。现有列：{2}。"};

constexpr Text kImported{
    "{0}: {1} rows into table {2} in {3} s ({4}, {5}, delimiter {6}); {7} rejected, {8} lines skipped.",
    "{0}：{1} 行已导入表 {2}，用时 {3} 秒（{4}，{5}，分隔符 {6}）；拒绝 {7} 行，跳过 {8} 行。"};
constexpr Text kSeeRejects{"Rejected rows: lodestone-cli data rejects {0} {1}",
                           "查看被拒绝的行：lodestone-cli data rejects {0} {1}"};
constexpr Text kColumn{"Column", "列"};
constexpr Text kType{"Type", "类型"};
constexpr Text kTable{"Table", "表"};
constexpr Text kRows{"Rows", "行数"};
constexpr Text kColumns{"Columns", "列数"};
constexpr Text kMissing{"Missing", "缺失"};
constexpr Text kDistinct{"Distinct", "不同值"};
constexpr Text kLow{"Lowest", "最小"};
constexpr Text kHigh{"Highest", "最大"};
constexpr Text kMean{"Mean", "均值"};
constexpr Text kMost{"Most frequent", "最常见"};
constexpr Text kRowsOf{"{0}: {1} rows.", "{0}：{1} 行。"};
constexpr Text kLine{"Line", "行号"};
constexpr Text kReason{"Reason", "原因"};
constexpr Text kTextTitle{"Text", "原文"};
constexpr Text kWritten{"{0} rows written to {1}.", "已将 {0} 行写入 {1}。"};
constexpr Text kRole{"Role", "角色"};
constexpr Text kNothing{"Nothing here.", "没有内容。"};

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

data::CsvOptions csvOptions(const ImportArguments& arguments) {
  data::CsvOptions options;
  if (arguments.encoding != "auto") options.encoding = lowerAscii(arguments.encoding);
  options.delimiter = oneCharacter(arguments.delimiter);
  options.quote = oneCharacter(arguments.quote);
  if (arguments.header != "auto")
    options.header = arguments.header == "yes" ? data::Header::Yes : data::Header::No;
  if (arguments.all_text) options.types = data::Types::AllText;
  if (arguments.on_bad_rows == "fail") options.on_bad_rows = data::OnBadRows::Fail;
  if (arguments.replace) options.on_existing = data::OnExisting::Replace;
  return options;
}

/// CSV is what is read; a file that says by its name that it is something else is not guessed at.
Result<> checkFormat(const ImportArguments& arguments, const std::string& file) {
  std::string format = arguments.format;
  if (file.find("://") != std::string::npos)
    return fail(ErrorCode::Unsupported, kNotALink, {}, {.file = file});
  if (format == "auto") {
    constexpr std::array kOthers = {"json", "ndjson", "jsonl", "parquet", "xlsx", "xls", "sqlite", "db"};
    const std::string extension = lowerAscii(std::filesystem::path(file).extension().string());
    for (const char* other : kOthers)
      if (extension == std::string(".") + other) format = other;
  }
  if (format == "auto" || format == "csv") return {};
  return fail(ErrorCode::Unsupported, kFormatNotRead, {format}, {.file = file});
}

/// The files that a pattern stands for where the shell left it as it is.
Result<std::vector<std::string>> expandFiles(const std::vector<std::string>& patterns) {
  std::vector<std::string> files;
  for (const std::string& pattern : patterns) {
    std::error_code error;
    if (pattern.find_first_of("*?[") == std::string::npos || std::filesystem::exists(pattern, error)) {
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

Json columnsJson(const std::vector<data::ColumnInfo>& columns) {
  Json list = Json::array();
  for (const auto& column : columns) list.push_back({{"name", column.name}, {"type", column.type}});
  return list;
}

Json detectedJson(const data::Detected& detected) {
  return {{"format", detected.format},
          {"encoding", detected.encoding},
          {"delimiter", detected.delimiter},
          {"quote", detected.quote},
          {"header", detected.header}};
}

std::string visible(const std::string& delimiter) {
  return delimiter == "\t" ? "tab" : delimiter;
}

void showColumns(const Output& out, const std::vector<data::ColumnInfo>& columns) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& column : columns) rows.push_back({column.name, column.type});
  out.table({{out.in(kColumn)}, {out.in(kType)}}, rows);
}

std::string cellText(const Json& cell) {
  if (cell.is_null()) return "";
  return cell.is_string() ? cell.get<std::string>() : dumpJson(cell);
}

void showRows(const Output& out, const std::vector<data::ColumnInfo>& columns,
              const std::vector<std::vector<Json>>& rows) {
  std::vector<TableColumn> titles;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool numeric = !rows.empty() && c < rows.front().size() && rows.front()[c].is_number();
    titles.push_back({columns[c].name, numeric ? kRight : TableColumn::Align::Left});
  }
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : rows) {
    auto& line = cells.emplace_back();
    for (const Json& cell : row) line.push_back(cellText(cell));
  }
  out.table(titles, cells);
}

Result<int> preview(const ImportArguments& arguments, Invocation& run) {
  const std::string& file = arguments.files.front();
  if (const auto known = checkFormat(arguments, file); !known) return forward(known);
  const auto answer = data::previewCsv(file, csvOptions(arguments), run.job);
  if (!answer) return forward(answer);
  run.output.object({{"detected", detectedJson(answer->detected)},
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
                     {"file", absolutePath(file)},
                     {"rows", report.rows},
                     {"rejected", report.rejected},
                     {"skipped", skipped},
                     {"columns", columnsJson(report.columns)},
                     {"detected", detectedJson(report.detected)},
                     {"seconds", number(report.seconds)}});
  run.output.line(kImported, {file, formatGrouped(static_cast<double>(report.rows), 0), report.table.name,
                              formatGrouped(report.seconds, 2), report.detected.format,
                              report.detected.encoding, visible(report.detected.delimiter),
                              std::to_string(report.rejected), std::to_string(skipped_lines)});
  if (report.rejected > 0) run.output.line(kSeeRejects, {folder, report.table.name});
}

Result<int> importFiles(const ImportArguments& arguments, Invocation& run) {
  const data::CsvOptions options = csvOptions(arguments);
  const auto files = expandFiles(arguments.files);
  if (!files) return forward(files);
  if (!arguments.table.empty() && files->size() > 1) {
    run.output.failure({ErrorCode::InvalidArgument, kOneTableName, {std::to_string(files->size())}});
    return kExitUsage;
  }
  for (const std::string& file : *files) {
    if (const auto known = checkFormat(arguments, file); !known) return forward(known);
    std::error_code error;
    if (!std::filesystem::exists(file, error))
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
    const auto report = data::importCsv(**database, file, table, options, part);
    if (!report) return forward(report);
    run.progress.clear();
    tell(*report, file, arguments.folder, run);
  }
  return kExitDone;
}

struct TableArguments {
  std::string folder;
  std::string table;
  std::string sql;
  std::string out;
  bool replace = false;
  std::vector<std::string> roles;
};

Result<int> tables(const TableArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto list = (*database)->tables();
  if (!list) return forward(list);
  Json objects = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& table : *list) {
    objects.push_back({{"name", table.table.name},
                       {"rows", table.rows},
                       {"columns", table.columns.size()},
                       {"column_types", columnsJson(table.columns)}});
    rows.push_back({table.table.name, formatGrouped(static_cast<double>(table.rows), 0),
                    std::to_string(table.columns.size())});
  }
  const Output& out = run.output;
  out.object({{"tables", objects}});
  if (rows.empty())
    out.line(kNothing);
  else
    out.table({{out.in(kTable)}, {out.in(kRows), kRight}, {out.in(kColumns), kRight}}, rows);
  return kExitDone;
}

Json optionalNumber(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}

Json columnJson(const data::ColumnProfile& column) {
  constexpr std::array kShares = {"0.05", "0.25", "0.5", "0.75", "0.95"};
  const auto bound = [&column](const std::string& text) -> Json {
    double value = 0;
    if (text.empty()) return nullptr;
    if (column.mean && parseNumber(text, value)) return number(value);
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
  return {{"name", column.name},
          {"type", column.type},
          {"missing", column.missing},
          {"distinct", column.distinct},
          {"min", bound(column.min)},
          {"max", bound(column.max)},
          {"mean", optionalNumber(column.mean)},
          {"sd", optionalNumber(column.standard_deviation)},
          {"quantiles", quantiles},
          {"top", top},
          {"histogram", histogram}};
}

Result<int> profileTable(const TableArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto profile = data::profile(**database, {arguments.table}, run.job);
  if (!profile) return forward(profile);
  const Output& out = run.output;
  Json columns = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& column : profile->columns) {
    columns.push_back(columnJson(column));
    rows.push_back({column.name, column.type, std::to_string(column.missing), std::to_string(column.distinct),
                    column.min, column.max, figure(optionalNumber(column.mean), 3),
                    column.top.empty() ? "" : column.top.front().value});
  }
  Json findings = Json::array();
  for (const auto& finding : profile->findings)
    findings.push_back({{"kind", finding.kind},
                        {"column", finding.column},
                        {"message", out.in(finding.text, finding.args)},
                        {"step", finding.step}});
  out.object({{"rows", profile->rows}, {"columns", columns}, {"findings", findings}});
  run.progress.clear();
  out.line(kRowsOf, {arguments.table, formatGrouped(static_cast<double>(profile->rows), 0)});
  out.table({{out.in(kColumn)},
             {out.in(kType)},
             {out.in(kMissing), kRight},
             {out.in(kDistinct), kRight},
             {out.in(kLow), kRight},
             {out.in(kHigh), kRight},
             {out.in(kMean), kRight},
             {out.in(kMost)}},
            rows);
  for (const auto& finding : profile->findings) out.plain("- " + out.in(finding.text, finding.args));
  return kExitDone;
}

Result<int> rejectedRows(const TableArguments& arguments, Invocation& run) {
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

Result<int> query(const TableArguments& arguments, Invocation& run) {
  if (!arguments.out.empty() && !arguments.replace)
    if (const auto is_new = mustBeNew(arguments.out); !is_new) return forward(is_new);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  if (const auto locked = (*database)->lockDown(); !locked) return forward(locked);
  if (!arguments.out.empty()) {
    const auto count = data::queryToCsv(**database, arguments.sql, arguments.out, run.job);
    if (!count) return forward(count);
    run.output.object({{"file", absolutePath(arguments.out)}, {"rows", *count}});
    run.output.line(kWritten, {formatGrouped(static_cast<double>(*count), 0), absolutePath(arguments.out)});
    return kExitDone;
  }
  const auto answer = data::query(**database, arguments.sql, run.job);
  if (!answer) return forward(answer);
  run.output.object({{"columns", columnsJson(answer->columns)}, {"rows", answer->rows}});
  run.progress.clear();
  showRows(run.output, answer->columns, answer->rows);
  return kExitDone;
}

Result<project::Roles> givenRoles(const std::vector<std::string>& words, const data::TableInfo& table) {
  project::Roles roles;
  std::vector<std::string> columns;
  for (const auto& column : table.columns) columns.push_back(column.name);
  for (const std::string& word : words) {
    const auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    const auto& [role, column] = *pair;
    if (auto known = project::checkRole(role); !known) return forward(known);
    if (!column.empty() && std::find(columns.begin(), columns.end(), column) == columns.end())
      return fail(ErrorCode::NotFound, kNoSuchColumn, {column, table.table.name, join(columns, ", ")},
                  {.column = column, .table = table.table.name});
    roles[role] = column;
  }
  return roles;
}

Result<int> roles(const TableArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto table = (*database)->table({arguments.table});
  if (!table) return forward(table);
  const auto given = givenRoles(arguments.roles, *table);
  if (!given) return forward(given);
  if (!given->empty())
    if (const auto set = project->setRoles(arguments.table, *given); !set) return forward(set);
  const auto all = project->roles(arguments.table);
  if (!all) return forward(all);
  Json object = Json::object();
  std::vector<std::vector<std::string>> rows;
  for (const auto& [role, column] : *all) {
    object[role] = column;
    rows.push_back({role, column});
  }
  const Output& out = run.output;
  out.object({{"table", arguments.table}, {"roles", object}});
  if (rows.empty())
    out.line(kNothing);
  else
    out.table({{out.in(kRole)}, {out.in(kColumn)}}, rows);
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
  line.option(verb, "--table", arguments.table, kTableOption, "NAME");
  line.flag(verb, "--replace", arguments.replace, kReplace);
}

void addImports(CommandLine& line, CLI::App& group) {
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
}

}  // namespace

void addDataVerbs(CommandLine& line) {
  CLI::App& group = line.group(line.app(), "data", kGroup);
  addImports(line, group);
  const auto arguments = std::make_shared<TableArguments>();
  const auto verb = [&](const char* name, const Text& help,
                        Result<int> (*action)(const TableArguments&, Invocation&)) -> CLI::App& {
    CLI::App& added = line.verb(group, name, help,
                                [arguments, action](Invocation& run) { return action(*arguments, run); });
    line.argument(added, "DIR", arguments->folder, kFolder);
    return added;
  };
  verb("tables", kTables, tables);
  line.argument(verb("profile", kProfile, profileTable), "TABLE", arguments->table, kTableArgument);
  line.argument(verb("rejects", kRejects, rejectedRows), "TABLE", arguments->table, kTableArgument);
  CLI::App& asking = verb("query", kQuery, query);
  line.argument(asking, "SQL", arguments->sql, kSql);
  line.option(asking, "--out", arguments->out, kOut, "FILE.csv");
  line.flag(asking, "--replace", arguments->replace, kReplaceFile);
  CLI::App& meaning = verb("roles", kRoles, roles);
  line.argument(meaning, "TABLE", arguments->table, kTableArgument);
  line.argument(meaning, "ROLES", arguments->roles, kRoleWords)->required(false);
}

}  // namespace lodestone::cli
