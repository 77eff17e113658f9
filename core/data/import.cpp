// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import.h"

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/import_record.h"
#include "core/data/source.h"
#include "core/data/sources/postgres/server_address.h"

namespace lodestone::data {

namespace {

constexpr Text kNoName{"A table needs a name of 1 to 200 characters; {0} has {1}.",
                       "表名须为 1 到 200 个字符；{0} 有 {1} 个。"};
constexpr Text kExists{"There is a table {0} already. Choose another name, or replace it.",
                       "表 {0} 已存在。请另选名称，或选择替换。"};
constexpr Text kBadRow{"{0}, line {1}, column {2}: {3}. Mend the file, or let bad rows be rejected.",
                       "{0} 第 {1} 行，列 {2}：{3}。请修正文件，或允许拒绝坏行。"};
constexpr Text kBadWholeRow{"{0}, line {1}: {2}. Mend the file, or let bad rows be rejected.",
                            "{0} 第 {1} 行：{2}。请修正文件，或允许拒绝坏行。"};
constexpr Text kImporting{"Importing {0}", "正在导入 {0}"};

Result<> checkName(const Database& database, const TableName& table, const ImportOptions& options) {
  std::size_t characters = 0;
  for (const char c : table.name) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  const bool valid = toValidUtf8(table.name) == table.name && table.name.find('\0') == std::string::npos;
  if (trim(table.name).empty() || characters > 200 || !valid)
    return fail(ErrorCode::InvalidArgument, kNoName,
                {"\"" + shorten(toValidUtf8(table.name), 40) + "\"", std::to_string(characters)});
  if (options.on_existing == OnExisting::Replace) return {};
  auto there = database.has(table);
  if (!there) return forward(there);
  if (*there) return fail(ErrorCode::AlreadyExists, kExists, {table.name}, {.table = table.name});
  return {};
}

tl::unexpected<Error> badRow(const Reject& reject) {
  const Where where{.file = reject.file, .line = reject.line, .column = reject.column};
  if (reject.column.empty())
    return fail(ErrorCode::InvalidArgument, kBadWholeRow,
                {reject.file, std::to_string(reject.line), reject.reason}, where);
  return fail(ErrorCode::InvalidArgument, kBadRow,
              {reject.file, std::to_string(reject.line), reject.column, reject.reason}, where);
}

std::int64_t sizeOf(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

}  // namespace

ImportTarget::ImportTarget(Database& database, TableName table, bool replace)
    : database_(&database), table_(std::move(table)), replace_(replace) {}

Result<ImportTarget> ImportTarget::open(Database& database, TableName table, bool replace, JobContext& job) {
  ImportTarget target(database, std::move(table), replace);
  if (auto begun = target.restart(job); !begun) return forward(begun);
  return target;
}

Result<> ImportTarget::restart(JobContext& job) {
  session_.reset();
  auto session = Session::open(*database_);
  if (!session) return forward(session);
  session_.emplace(std::move(*session));
  if (auto begun = session_->begin(); !begun) return begun;
  if (!replace_) return {};
  return session_->run("DROP TABLE IF EXISTS " + quoted(table_), job);
}

std::string defaultTableName(const std::filesystem::path& file) {
  const std::string given = file.string();
  const std::string stem(trim(isServerAddress(given) ? tableOfAddress(given) : file.stem().string()));
  return stem.empty() ? "table" : shorten(toValidUtf8(stem), 199);
}

Result<ImportPreview> previewFile(const std::filesystem::path& file, const ImportOptions& options,
                                  JobContext& job) {
  auto source = openSource(inputOf(file), options, job);
  if (!source) return forward(source);
  return (*source)->preview(job);
}

Result<ImportReport> importFile(Database& database, const std::filesystem::path& file,
                                const std::string& table, const ImportOptions& options, JobContext& job) {
  const Stopwatch watch;
  const TableName name{table};
  if (auto valid = checkName(database, name, options); !valid) return forward(valid);
  const SourceInput input = inputOf(file);
  auto source = openSource(input, options, job);
  if (!source) return forward(source);
  auto target = ImportTarget::open(database, name, options.on_existing == OnExisting::Replace, job);
  if (!target) return forward(target);
  JobContext reading = job.part(0, 0.95);
  auto loaded = (*source)->load(*target, reading);
  if (!loaded) return forward(loaded);
  if (options.on_bad_rows == OnBadRows::Fail && !loaded->kept.empty()) return badRow(loaded->kept.front());

  ImportReport report{.table = name,
                      .rows = loaded->rows,
                      .rejected = loaded->rejected,
                      .skipped = loaded->skipped,
                      .columns = loaded->columns,
                      .detected = loaded->detected};
  if (auto kept =
          recordImport(target->session(), report, loaded->kept, input.name, sizeOf(input.path), options, job);
      !kept)
    return forward(kept);
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = target->session().commit(); !done) return forward(done);
  report.seconds = watch.seconds();
  job.report(1, kImporting, {std::filesystem::path(input.name).filename().string()});
  return report;
}

}  // namespace lodestone::data
