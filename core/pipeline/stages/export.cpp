// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/file.h"
#include "core/campaign/personal_columns.h"
#include "core/campaign/scored_tables.h"
#include "core/data/table_export.h"
#include "core/pipeline/stages/stages.h"
#include "core/pipeline/stages/table_stage.h"

namespace lodestone::pipeline::stages {

namespace {

constexpr Text kExported{"{0} rows into {1}", "{0} 行写入 {1}"};
constexpr Text kMasked{"; masked: {0}", "；已脱敏：{0}"};
constexpr Text kStrategiesWritten{"{0} strategies, as drafts, into {1}", "{0} 个策略（草稿）写入 {1}"};
constexpr Text kNothing{"There is nothing to export: no node before this one gives {0}.",
                        "没有可导出的内容：前面没有节点给出{0}。"};
constexpr Text kPlainName{"A file name without a folder is needed, not \"{0}\".",
                          "需要不含文件夹的文件名，而不是“{0}”。"};
constexpr int kLookedAt = 1000;

/// In this order, unless one is asked for: the furthest that a flowchart has come to.
const std::vector<std::string>& offers() {
  static const std::vector<std::string> kOffers = {"strategies", "predictions", "profiles", "table"};
  return kOffers;
}

Result<std::string> chosen(const std::string& what, const auto& has) {
  if (what != "auto") {
    if (has(what)) return what;
    return fail(ErrorCode::InvalidArgument, kNothing, {what}, {.item = "what"});
  }
  for (const std::string& port : offers())
    if (has(port)) return port;
  return fail(ErrorCode::InvalidArgument, kNothing, {join(offers(), ", ")}, {.item = "what"});
}

Result<> checkFileName(const std::string& name) {
  if (name.empty() || (name == safeFileName(name) && name != "." && name != "..")) return {};
  return fail(ErrorCode::InvalidArgument, kPlainName, {shorten(name, 80)}, {.item = "file"});
}

Result<data::TableName> tableOf(const StageInput& input, const std::string& port) {
  if (port != "predictions") return tableValueFromJson(input.value(port)).table;
  const auto scored = campaign::ScoredTables::fromJson(input.value(port));
  if (!scored) return forward(scored);
  return scored->population;
}

Artefact fileArtefact(const std::filesystem::path& file) {
  return {PortKind::Files, {{"file", file.string()}}, {}};
}

Result<StageOutput> exportStrategies(const StageInput& input, const std::filesystem::path& file,
                                     JobContext& job) {
  const Json& strategies = input.value("strategies").at("strategies");
  const Json document = {{"draft", true}, {"strategies", strategies}};
  if (auto kept = writeFileAtomically(file, dumpJson(document, 2) + "\n"); !kept) return forward(kept);
  StageOutput output;
  output.rows_in = static_cast<std::int64_t>(strategies.size());
  output.rows_out = output.rows_in;
  output.message =
      fill(kStrategiesWritten, job.language(), {std::to_string(strategies.size()), file.filename().string()});
  Artefact written = fileArtefact(file);
  written.value["holds"] = portKindName(PortKind::Strategies);  // what was counted
  output.artefacts.push_back(std::move(written));
  return output;
}

/// The table with the columns by which persons can be reached masked; the names of those columns.
Result<std::vector<std::string>> maskPersons(data::Database& database, const StageInput& input,
                                             data::TableName& table, JobContext& job) {
  const auto looked =
      database.frame("SELECT * FROM " + data::quoted(table) + " LIMIT " + std::to_string(kLookedAt), job);
  if (!looked) return forward(looked);
  std::vector<std::string> columns = campaign::contactColumns(*looked);
  if (columns.empty()) return columns;
  const data::Recipe mask{{{"mask", {{"columns", joinList(columns)}}}}};
  const data::TableName masked = input.ownTable("masked");
  const auto done = data::clean(database, table, mask, {masked.name, true, masked.schema}, job);
  if (!done) return forward(done);
  table = masked;
  return columns;
}

Result<StageOutput> run(const StageInput& input, JobContext& job) {
  const auto port =
      chosen(input.parameters.text("what"), [&](const std::string& name) { return input.has(name); });
  if (!port) return forward(port);
  if (auto plain = checkFileName(input.parameters.text("file")); !plain) return forward(plain);
  const std::string extension = *port == "strategies" ? "json" : input.parameters.text("format");
  const std::string& given = input.parameters.text("file");
  const std::string stem = given.empty() ? safeFileName(input.node) + "_" + *port : given;
  const auto file =
      input.project->exportsFolder() / (stem.ends_with("." + extension) ? stem : stem + "." + extension);
  if (auto ready = makeFolder(input.project->exportsFolder()); !ready) return forward(ready);
  if (*port == "strategies") return exportStrategies(input, file, job);

  auto database = stageTables(input, job);
  if (!database) return forward(database);
  auto table = tableOf(input, *port);
  if (!table) return forward(table);
  std::vector<std::string> masked;
  const data::TableName source = *table;
  if (input.parameters.text("personal") == "mask") {
    auto columns = maskPersons(**database, input, *table, job);
    if (!columns) return forward(columns);
    masked = std::move(*columns);
  }
  data::ExportOptions options;
  options.on_existing = data::OnExistingFile::Replace;
  options.several_sheets = true;
  options.cut_long_texts = true;
  const auto report = data::exportTable(**database, *table, file, options, job);
  if (!masked.empty() && *table != source)
    if (auto gone = (*database)->drop(*table); !gone) return forward(gone);
  if (!report) return forward(report);
  StageOutput output;
  output.rows_in = report->rows;
  output.rows_out = report->rows;
  output.message = fill(kExported, job.language(),
                        {formatGrouped(static_cast<double>(report->rows), 0), file.filename().string()});
  if (!masked.empty()) output.message += fill(kMasked, job.language(), {join(masked, ", ")});
  output.artefacts.push_back(fileArtefact(file));
  return output;
}

Port optionalPort(std::string name, PortKind kind, const Text& title) {
  return {.name = std::move(name), .kind = kind, .title = title, .optional = true};
}

}  // namespace

StageType exportFile() {
  return {
      .id = "export",
      .version = 2,
      .title = {"Export", "导出"},
      .help =
          {"Writes rows, predictions, profiles or strategies into the project's exports folder. Columns by "
           "which persons can be reached are masked; cells that a spreadsheet would run are disarmed.",
           "把数据行、预测结果、用户画像或策略写入项目的导出文件夹；可联系到个人的列会脱敏，"
           "会被电子表格当作公式执行的单元格会被转义。"},
      .group = StageGroup::Results,
      .inputs = {optionalPort("table", PortKind::Table, {"Table", "表"}),
                 optionalPort("predictions", PortKind::Predictions, {"Predictions", "预测结果"}),
                 optionalPort("profiles", PortKind::Profiles, {"User profiles", "用户画像"}),
                 optionalPort("strategies", PortKind::Strategies, {"Strategies", "策略"})},
      .outputs = {{"files", PortKind::Files, {"Files", "文件"}}},
      .parameters = {{"what",
                      {"What", "内容"},
                      {"Automatic: strategies, else predictions, else profiles, else the table.",
                       "自动：优先策略，其次预测结果、用户画像、表。"},
                      ParameterKind::Choice,
                      "auto",
                      {},
                      {},
                      {},
                      {{"auto", {"automatic", "自动"}},
                       {"table", {"the table", "表"}},
                       {"predictions", {"the predictions", "预测结果"}},
                       {"profiles", {"the user profiles", "用户画像"}},
                       {"strategies", {"the strategies", "策略"}}}},
                     {"file",
                      {"File", "文件名"},
                      {"Its name in the exports folder; a file of that name is replaced. Empty: by the node.",
                       "在导出文件夹中的文件名；同名文件会被替换。留空：按节点命名。"},
                      ParameterKind::String},
                     {"format",
                      {"Format", "格式"},
                      {"Of tables; strategies are written as JSON.", "表的格式；策略写为 JSON。"},
                      ParameterKind::Choice,
                      "csv",
                      {},
                      {},
                      {},
                      {{"csv", {"CSV", "CSV"}},
                       {"xlsx", {"Excel", "Excel"}},
                       {"parquet", {"Parquet", "Parquet"}},
                       {"json", {"JSON", "JSON"}},
                       {"ndjson", {"JSON, a line each", "每行一个 JSON"}}}},
                     {"personal",
                      {"Personal columns", "个人信息列"},
                      {"What becomes of addresses and telephone numbers.", "邮箱、电话等列如何处理。"},
                      ParameterKind::Choice,
                      "mask",
                      {},
                      {},
                      {},
                      {{"mask", {"mask", "脱敏"}}, {"allow", {"as they are", "原样"}}}}},
      .run = run,
      .check = [](const ParameterValues& values, const Foresight& foresight) -> Result<> {
        if (auto plain = checkFileName(values.text("file")); !plain) return plain;
        const auto port = chosen(values.text("what"),
                                 [&](const std::string& name) { return foresight.fed.contains(name); });
        return port ? Result<>() : forward(port);
      },
  };
}

}  // namespace lodestone::pipeline::stages
