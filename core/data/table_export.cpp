// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table_export.h"

#include <array>
#include <stop_token>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/exports/export_task.h"
#include "core/data/sql_guard.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kWhichFormat{
    "What format should {0} have? Name it .csv, .tsv, .parquet, .xlsx, .json or .ndjson, or say the format.",
    "{0} 应为什么格式？请使用扩展名 .csv、.tsv、.parquet、.xlsx、.json 或 .ndjson，或指明格式。"};
constexpr Text kExists{"There is a file {0} already. Choose another name, or replace it.",
                       "文件 {0} 已存在。请另选名称，或选择替换。"};
constexpr Text kFolder{"{0} is a folder. Give the name of a file.", "{0} 是文件夹。请给出文件名。"};
constexpr Text kWriting{"Writing {0}", "正在写入 {0}"};

struct Extension {
  std::string_view name;
  ExportFormat format;
};
constexpr std::array<Extension, 8> kExtensions{{{".csv", ExportFormat::Csv},
                                                {".tsv", ExportFormat::Csv},
                                                {".txt", ExportFormat::Csv},
                                                {".parquet", ExportFormat::Parquet},
                                                {".xlsx", ExportFormat::Xlsx},
                                                {".json", ExportFormat::Json},
                                                {".ndjson", ExportFormat::Ndjson},
                                                {".jsonl", ExportFormat::Ndjson}}};

Result<> checkFile(const fs::path& file, const ExportOptions& options) {
  std::error_code error;
  if (fs::is_directory(file, error))
    return fail(ErrorCode::InvalidArgument, kFolder, {file.string()}, {.file = file.string()});
  if (options.on_existing == OnExistingFile::Fail && fs::exists(file, error))
    return fail(ErrorCode::AlreadyExists, kExists, {file.string()}, {.file = file.string()});
  return {};
}

Result<> writeAs(ExportFormat format, ExportTask& task, ExportReport& report) {
  if (format == ExportFormat::Csv) return writeCsv(task, report);
  if (format == ExportFormat::Xlsx) return writeXlsx(task, report);
  return writeByDatabase(task, format, report);
}

Result<ExportReport> write(const Database& database, Session& session, const std::string& select,
                           const std::string& name, std::int64_t rows, const fs::path& file,
                           const ExportOptions& options, const Making& making, JobContext& job) {
  ExportReport report;
  report.file = file;
  auto format = options.format ? Result<ExportFormat>(*options.format) : exportFormatOf(file);
  if (!format) return forward(format);
  report.format = *format;
  auto prepared = session.prepare(select);
  if (!prepared) return forward(prepared);
  PartFile part(file);
  if (auto made = part.made(); !made) return forward(made);
  ExportTask task{session, select, columnsOf(*prepared), name, rows, options, part, job};
  if (auto written = writeAs(*format, task, report); !written) return forward(written);
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto flushed = part.flush(); !flushed) return forward(flushed);
  if (auto recorded = recordExport(database, part.path(), file, making, job); !recorded)
    return forward(recorded);
  if (auto kept = part.keep(options.on_existing); !kept) return forward(kept);
  std::error_code error;
  report.bytes = static_cast<std::int64_t>(fs::file_size(file, error));
  job.report(1, kWriting, {file.filename().string()});
  return report;
}

/// Columns of a SELECT may share a name or have none; a file's may not.
std::string withDistinctNames(Session& session, const std::string& select) {
  auto prepared = session.prepare(select);
  if (!prepared) return select;
  DistinctNames names;
  std::vector<std::string> list;
  for (const ColumnInfo& column : columnsOf(*prepared))
    list.push_back(quoteIdentifier(names.add(column.name)));
  return "SELECT * FROM (\n" + select + "\n) AS answer(" + join(list, ", ") + ")";
}

}  // namespace

Result<ExportFormat> exportFormatOf(const fs::path& file) {
  const std::string extension = lowerAscii(file.extension().string());
  for (const Extension& one : kExtensions)
    if (one.name == extension) return one.format;
  return fail(ErrorCode::InvalidArgument, kWhichFormat, {file.string()}, {.file = file.string()});
}

Result<ExportReport> exportTable(const Database& database, const TableName& table, const fs::path& file,
                                 const ExportOptions& options, JobContext& job,
                                 const std::vector<std::string>& columns,
                                 const std::optional<SortOrder>& sort) {
  if (auto free = checkFile(file, options); !free) return forward(free);
  auto info = database.table(table);
  if (!info) return forward(info);
  auto chosen = columnsOf(*info, columns);
  if (!chosen) return forward(chosen);
  std::string select = "SELECT ";
  for (const ColumnInfo& column : columns.empty() ? info->columns : *chosen)
    select += quoteIdentifier(column.name) + ", ";
  select.resize(select.size() - 2);
  if (sort) {
    auto by = columnOf(*info, sort->column);
    if (!by) return forward(by);
    select += " FROM " + numberedRows(*info) + " ORDER BY " + quoteIdentifier(by->name) +
              (sort->direction == Direction::Ascending ? " ASC" : " DESC") + " NULLS LAST, " +
              std::string(kRowNumber);
  } else {
    select += " FROM " + quoted(info->table);
  }
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  Making making{"export", Json::object(), {info->table}};
  if (!columns.empty()) making.parameters["columns"] = columns;
  if (sort)
    making.parameters["sort"] = {{"column", sort->column},
                                 {"descending", sort->direction == Direction::Descending}};
  return write(database, *session, select, info->table.name, info->rows, file, options, making, job);
}

Result<ExportReport> exportQuery(const Database& database, const std::string& sql, const fs::path& file,
                                 const ExportOptions& options, JobContext& job) {
  if (auto free = checkFile(file, options); !free) return forward(free);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto harmless = harmlessSelect(*session, sql, job);
  if (!harmless) return forward(harmless);
  const auto making = queryMaking(*session, *harmless, job);
  if (!making) return forward(making);
  return write(database, *session, withDistinctNames(*session, *harmless), "Query", -1, file, options,
               *making, job);
}

std::string withoutZone(const std::string& name, const std::string& type) {
  return type == "TIMESTAMP WITH TIME ZONE" ? "(" + name + " AT TIME ZONE 'UTC')" : name;
}

std::string selectWithCasts(
    const ExportTask& task,
    const std::function<std::string(const std::string& name, const std::string& type)>& cast) {
  std::vector<std::string> cells;
  for (const ColumnInfo& column : task.columns) {
    const std::string name = quoteIdentifier(column.name);
    cells.push_back(cast(name, column.type) + " AS " + name);
  }
  return "SELECT " + join(cells, ", ") + " FROM (\n" + task.select + "\n)";
}

Result<> streamChunks(ExportTask& task, const std::string& select, JobContext& job, const ChunkSink& sink) {
  auto prepared = task.session.prepare(select);
  if (!prepared) return forward(prepared);
  // What the database does before the first row is a sort at most.
  JobContext running = job.part(0, 0);
  auto answer = task.session.execute(*prepared, running, Delivery::Streaming);
  if (!answer) return forward(answer);
  const std::stop_callback stop(job.stopToken(),
                                [connection = task.session.connection()] { duckdb_interrupt(connection); });
  std::int64_t done = 0;
  while (true) {
    if (auto go = job.checkpoint(); !go) return go;
    auto chunk = answer->next();
    if (!chunk) return task.session.failure(duckdb_result_error(answer->get()), &job);
    if (!*chunk) return {};
    const idx_t rows = duckdb_data_chunk_get_size(chunk->get());
    if (auto taken = sink(viewsOf(chunk->get()), rows); !taken) return taken;
    done += static_cast<std::int64_t>(rows);
    if (task.rows > 0)
      job.report(static_cast<double>(done) / static_cast<double>(task.rows), kWriting,
                 {task.file.target().filename().string()});
  }
}

}  // namespace lodestone::data
