// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/archive.h"
#include "core/data/file_stamp.h"
#include "core/data/given_types.h"
#include "core/data/import_record.h"
#include "core/data/import_union.h"
#include "core/data/source.h"
#include "core/data/sources/postgres/server_address.h"
#include "core/data/table_making.h"

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
constexpr Text kNoFiles{"No file is named to import.", "未指定要导入的文件。"};
constexpr Text kLeftOut{
    "Left out, because their format is not known: {0}. Import them by themselves if they are data.",
    "以下文件格式未知，未导入：{0}。如为数据，请单独导入。"};
constexpr std::int64_t kPreviewBytes = std::int64_t{8} << 20U;
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

/// All the inputs behind the names, archives taken apart.
struct Inputs {
  std::vector<SourceInput> inputs;
  std::vector<std::string> archived;  ///< files in the one archive, if it is one
  std::vector<std::string> left_out;  ///< files in archives that are of no known format
  ImportOptions options;              ///< for each of the inputs
  std::vector<FileStamp> stamps;
};

Result<Inputs> openInputs(const std::vector<std::string>& files, const ImportOptions& options,
                          const UnpackLimits& limits, JobContext& job) {
  Inputs all{.options = options};
  const auto count = static_cast<double>(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    const SourceInput input = inputOf(files[i]);
    all.stamps.push_back(input.path.empty() ? FileStamp() : FileStamp::of(input.path));
    JobContext part = job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    auto unpacked = unpack(input, options.source_table, part, limits);
    if (!unpacked) return forward(unpacked);
    all.left_out.insert(all.left_out.end(), unpacked->left_out.begin(), unpacked->left_out.end());
    all.inputs.insert(all.inputs.end(), unpacked->inputs.begin(), unpacked->inputs.end());
    if (files.size() > 1) continue;
    all.archived = unpacked->names;
    all.options.source_table = unpacked->source_table;
  }
  if (all.inputs.size() > 1 && files.size() > 1) all.options.source_table = options.source_table;
  return all;
}

Result<> mustAllBeUnchanged(const std::vector<std::string>& files, const std::vector<FileStamp>& stamps) {
  for (std::size_t i = 0; i < files.size(); ++i)
    if (!isServerAddress(files[i]))
      if (auto same = mustBeUnchanged(files[i], stamps[i], files[i]); !same) return same;
  return {};
}

std::int64_t sizeOf(const SourceInput& input) {
  std::error_code error;
  const auto size = input.path.empty() ? 0 : std::filesystem::file_size(input.path, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

/// One source straight into the target, several by way of their union.
Result<UnionLoad> loadAll(Database& database, ImportTarget& target, const Inputs& all, Columns columns,
                          JobContext& job) {
  if (all.inputs.size() > 1 || !all.options.file_column.empty()) {
    auto loaded = loadUnion(database, target, all.inputs, columns, all.options, job);
    if (!loaded) return loaded;
    for (std::size_t i = 0; i < loaded->files.size(); ++i) loaded->files[i].size = sizeOf(all.inputs[i]);
    return loaded;
  }
  auto source = openSource(all.inputs.front(), all.options, job);
  if (!source) return forward(source);
  auto loaded = (*source)->load(target, job);
  if (!loaded) return forward(loaded);
  UnionLoad one;
  one.files.push_back({.file = all.inputs.front().name,
                       .size = sizeOf(all.inputs.front()),
                       .rows = loaded->rows,
                       .rejected = loaded->rejected,
                       .skipped = loaded->skipped,
                       .detected = loaded->detected});
  one.loaded = std::move(*loaded);
  return one;
}

/// Files that nobody read are no secret.
void tellLeftOut(const Inputs& all, ImportReport& report) {
  if (all.left_out.empty()) return;
  const Skipped skipped{.kind = "unknown format", .lines = 0, .names = all.left_out};
  report.skipped.push_back(skipped);
  report.files.front().skipped.push_back(skipped);
  report.notices.push_back({"unknown format", "", kLeftOut, {shorten(join(all.left_out, ", "), 400)}});
}

/// The files of an archive are what there is to choose from, unless the one in it has tables of its own.
void tellArchive(const Inputs& all, Detected& detected) {
  if (all.archived.size() > 1) detected.source_tables = all.archived;
}

/// The database keeps what it writes in memory as long as there is room. What an import writes is not read
/// again at once, so while this lives the room is small: memory does not grow with the rows, and large files
/// import faster. Thousands of columns need more; they find the import tried once more without the bound.
class ImportMemory {
 public:
  explicit ImportMemory(Database& database) : database_(database) {
    JobContext job;
    auto limit = database_.rows("SELECT current_setting('memory_limit')", job);
    if (!limit) return;
    whole_ = limit->rows.at(0).at(0).get<std::string>();
    set("1GB");
  }
  ~ImportMemory() {
    if (!whole_.empty()) set(whole_);
  }
  ImportMemory(const ImportMemory&) = delete;
  ImportMemory& operator=(const ImportMemory&) = delete;

 private:
  /// Where it cannot be set, the import does without.
  void set(const std::string& limit) const {
    JobContext job;
    if (auto session = Session::open(database_))
      (void)session->run("SET memory_limit = " + quoteLiteral(limit), job);
  }
  Database& database_;
  std::string whole_;
};

Result<ImportReport> importOnce(Database& database, const std::vector<std::string>& files,
                                const TableName& name, const ImportOptions& options, JobContext& job) {
  const Stopwatch watch;
  JobContext unpacking = job.part(0, 0.1);
  auto all = openInputs(files, options, {}, unpacking);
  if (!all) return forward(all);
  auto target = ImportTarget::open(database, name, options.on_existing == OnExisting::Replace, job);
  if (!target) return forward(target);
  JobContext reading = job.part(0.1, 0.95);
  auto load = loadAll(database, *target, *all, files.size() > 1 ? Columns::Any : Columns::Same, reading);
  if (!load) return forward(load);
  if (options.on_bad_rows == OnBadRows::Fail && !load->loaded.kept.empty())
    return badRow(load->loaded.kept.front());
  if (auto same = mustAllBeUnchanged(files, all->stamps); !same) return forward(same);

  ImportReport report{.table = name,
                      .rows = load->loaded.rows,
                      .rejected = load->loaded.rejected,
                      .skipped = load->loaded.skipped,
                      .columns = load->loaded.columns,
                      .detected = load->loaded.detected,
                      .files = std::move(load->files),
                      .notices = load->loaded.notices};
  tellArchive(*all, report.detected);
  tellLeftOut(*all, report);
  if (auto kept = recordImport(target->session(), report, load->loaded.kept, options, job); !kept)
    return forward(kept);
  if (auto go = job.checkpoint(); !go) return forward(go);
  if (auto done = target->session().commit(); !done) return forward(done);
  report.seconds = watch.seconds();
  job.report(1, kImporting, {std::filesystem::path(files.front()).filename().string()});
  return report;
}

}  // namespace

ImportTarget::ImportTarget(Database& database, TableName table, bool replace)
    : database_(&database), table_(std::move(table)), replace_(replace) {}

Result<ImportTarget> ImportTarget::open(Database& database, TableName table, bool replace, JobContext& job) {
  ImportTarget target(database, std::move(table), replace);
  if (auto begun = target.restart(job); !begun) return forward(begun);
  return target;
}

Result<ImportTarget> ImportTarget::openIn(Database& database, const std::string& catalog, TableName table,
                                          JobContext& job) {
  ImportTarget target(database, std::move(table), false);
  target.catalog_ = catalog;
  if (auto begun = target.restart(job); !begun) return forward(begun);
  return target;
}

Result<> ImportTarget::restart(JobContext& job) {
  session_.reset();
  auto session = Session::open(*database_);
  if (!session) return forward(session);
  session_.emplace(std::move(*session));
  if (!catalog_.empty())
    if (auto used = session_->run("USE " + quoteIdentifier(catalog_) + ".main", job); !used) return used;
  if (auto begun = session_->begin(); !begun) return begun;
  if (!replace_) return {};
  return session_->run("DROP TABLE IF EXISTS " + quoted(table_), job);
}

std::string defaultTableName(const std::filesystem::path& file) {
  if (isServerAddress(file.string())) {
    const std::string table(trim(tableOfAddress(file.string())));
    return table.empty() ? "table" : shorten(toValidUtf8(table), 199);
  }
  std::filesystem::path name = file;
  const std::string packing = lowerAscii(name.extension().string());
  if (packing == ".gz" || packing == ".zip") {
    name = name.stem();
    const std::string inner = lowerAscii(name.extension().string());
    const bool known = std::any_of(sourceTypes().begin(), sourceTypes().end(), [&](const SourceType& type) {
      return std::find(type.extensions.begin(), type.extensions.end(), inner) != type.extensions.end();
    });
    if (!known) name += ".";
  }
  const std::string stem(trim(name.stem().string()));
  return stem.empty() ? "table" : shorten(toValidUtf8(stem), 199);
}

Result<ImportPreview> previewFile(const std::filesystem::path& file, const ImportOptions& options,
                                  JobContext& job) {
  return previewFiles({file.string()}, options, job);
}

Result<ImportPreview> previewFiles(const std::vector<std::string>& files, const ImportOptions& options,
                                   JobContext& job) {
  if (files.empty()) return fail(ErrorCode::InvalidArgument, kNoFiles);
  auto all = openInputs(files, options, {.beginning = kPreviewBytes}, job);
  if (!all) return forward(all);
  if (all->inputs.size() > 1) all->options.stray_types = StrayTypes::Ignore;
  std::optional<ImportPreview> together;
  for (const SourceInput& input : all->inputs) {
    auto source = openSource(input, all->options, job);
    if (!source) return forward(source);
    auto preview = (*source)->preview(job);
    if (!preview) return forward(preview);
    if (!together) {
      together = std::move(*preview);
      continue;
    }
    for (const ColumnInfo& column : preview->columns) {
      const auto same = std::find_if(
          together->columns.begin(), together->columns.end(),
          [&](const ColumnInfo& one) { return lowerAscii(one.name) == lowerAscii(column.name); });
      if (same != together->columns.end()) {
        same->type = commonType({same->type, column.type});
        continue;
      }
      together->columns.push_back(column);
      for (auto& row : together->sample) row.emplace_back(nullptr);
    }
  }
  std::vector<std::string> names;
  for (const ColumnInfo& column : together->columns) names.push_back(column.name);
  if (auto known = mustHaveGivenColumns(names, options, all->inputs.size()); !known) return forward(known);
  if (!options.file_column.empty()) {
    together->columns.push_back({options.file_column, "VARCHAR"});
    for (auto& row : together->sample)
      row.emplace_back(std::filesystem::path(all->inputs.front().name).filename().string());
  }
  tellArchive(*all, together->detected);
  return std::move(*together);
}

Result<ImportReport> importFile(Database& database, const std::filesystem::path& file,
                                const std::string& table, const ImportOptions& options, JobContext& job) {
  return importFiles(database, {file.string()}, table, options, job);
}

Result<ImportReport> importFiles(Database& database, const std::vector<std::string>& files,
                                 const std::string& table, const ImportOptions& options, JobContext& job) {
  return importFiles(database, files, TableName{table}, options, job);
}

Result<ImportReport> importFiles(Database& database, const std::vector<std::string>& files,
                                 const TableName& name, const ImportOptions& options, JobContext& job) {
  if (files.empty()) return fail(ErrorCode::InvalidArgument, kNoFiles);
  if (auto valid = checkName(database, name, options); !valid) return forward(valid);
  {
    const ImportMemory bound(database);
    auto report = importOnce(database, files, name, options, job);
    if (report || report.error().code != ErrorCode::OutOfMemory) return report;
  }
  return importOnce(database, files, name, options, job);
}

}  // namespace lodestone::data
