// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>
#include <optional>

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/csv/csv_copy.h"
#include "core/data/csv/csv_plan.h"
#include "core/data/csv/csv_preview.h"
#include "core/data/csv/csv_rejects.h"
#include "core/data/csv/csv_sql.h"
#include "core/data/duckdb_handle.h"
#include "core/data/file_stamp.h"
#include "core/data/source.h"
#include "core/data/text_file.h"

namespace lodestone::data {

namespace {

constexpr Text kImporting{"Importing {0}", "正在导入 {0}"};
constexpr Text kUnreadable{"{0} cannot be read as CSV: {1} Check its delimiter and quotes.",
                           "{0} 无法按 CSV 读取：{1} 请检查其分隔符和引号。"};

constexpr int kMostPasses = 12;

/// Every column as text whose type nobody gave.
void takeNoChances(CsvPlan& plan) {
  for (ColumnType& type : plan.types)
    if (!type.given) type = {};
}

/// Follows the "retype" of a pass that stopped; false when the failure is another one.
bool retype(const Error& error, CsvPlan& plan) {
  for (const std::string& text : error.args) {
    const std::size_t at = text.find("retype:");
    if (at == std::string::npos) continue;
    const auto parts = split(std::string_view(text).substr(at), ':');
    double index = 0;
    if (parts.size() < 3 || !parseNumber(parts[1], index) || index >= static_cast<double>(plan.types.size()))
      continue;
    ColumnType& type = plan.types[static_cast<std::size_t>(index)];
    if (parts[2].starts_with("real")) type = {.type = CellType::Real};
    if (parts[2].starts_with("text")) type = {};
    if (parts[2].starts_with("timestamp")) type = {.type = CellType::Timestamp, .format = {.zoned = true}};
    return true;
  }
  return false;
}

bool tooMany(std::int64_t bad, std::int64_t all) {
  return static_cast<double>(bad) > kBadCellsAllowed * static_cast<double>(all);
}

/// Bad cells that are few in each column may spoil many rows together: then the columns with the most of them
/// become text until the others spoil few, but for types that were given. True when some did.
bool sparesRows(const std::vector<std::int64_t>& bad_cells, std::int64_t bad_rows, std::int64_t rows,
                CsvPlan& plan) {
  if (!tooMany(bad_rows, rows)) return false;
  std::vector<std::size_t> worst(bad_cells.size());
  std::iota(worst.begin(), worst.end(), std::size_t{0});
  std::erase_if(worst, [&](std::size_t column) { return plan.types[column].given; });
  std::stable_sort(worst.begin(), worst.end(),
                   [&](std::size_t a, std::size_t b) { return bad_cells[a] > bad_cells[b]; });
  std::int64_t left =
      std::accumulate(worst.begin(), worst.end(), std::int64_t{0},
                      [&](std::int64_t sum, std::size_t column) { return sum + bad_cells[column]; });
  bool changed = false;
  for (const std::size_t column : worst) {
    if (!tooMany(left, rows)) break;
    plan.types[column] = {};
    left -= bad_cells[column];
    changed = true;
  }
  return changed;
}

enum class Learned { Nothing, Again, Mend };

/// Learns from a pass: marks of absence that the sample did not show, and columns with too many cells that do
/// not read, which become text: another pass is needed. Where their type was given, the rejects are many:
/// DuckDB's reader holds them in memory and loses those of a last buffer without a good row.
Result<Learned> learnFromRejects(Session& session, const TableName& table, std::int64_t rows, CsvPlan& plan,
                                 JobContext& job) {
  auto bad = badCells(session, plan.types.size(), job);
  if (!bad) return forward(bad);
  auto marks = lateMarks(session, plan, job);
  if (!marks) return forward(marks);
  bool changed = false;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    const std::size_t known = plan.marks[i].size();
    plan.marks[i].insert((*marks)[i].begin(), (*marks)[i].end());
    if (plan.marks[i].size() > known) changed = true;
  }
  if (changed) return Learned::Again;
  for (std::size_t i = 0; i < plan.types.size(); ++i) {
    if ((*bad)[i] == 0) continue;
    auto good =
        session.count("SELECT count(" + quoteIdentifier(plan.names()[i]) + ") FROM " + quoted(table), job);
    if (!good) return forward(good);
    if (!tooMany((*bad)[i], *good + (*bad)[i])) continue;
    if (plan.types[i].given) return Learned::Mend;
    plan.types[i] = {};
    changed = true;
  }
  if (changed) return Learned::Again;
  auto bad_rows = badRowCount(session, job);
  if (!bad_rows) return forward(bad_rows);
  return sparesRows(*bad, *bad_rows, rows + *bad_rows, plan) ? Learned::Again : Learned::Nothing;
}

/// Does the table have rows in which every cell is missing? Most often some column has no missing cell at
/// all, and the first one that has none answers it.
Result<bool> hasEmptyRows(Session& session, const TableName& table, const CsvPlan& plan, std::int64_t rows,
                          JobContext& job) {
  std::vector<std::string> blank;
  constexpr std::size_t kMostLookedAt = 50;
  for (const std::string& name : plan.names()) {
    blank.push_back(quoteIdentifier(name) + " IS NULL");
    if (blank.size() > kMostLookedAt) continue;
    auto there = session.count("SELECT count(" + quoteIdentifier(name) + ") FROM " + quoted(table), job);
    if (!there) return forward(there);
    if (*there == rows) return false;
  }
  auto empty = session.count("SELECT count(*) FROM " + quoted(table) + " WHERE NOT list_contains([" +
                                 join(blank, ", ") + "], false)",
                             job);
  if (!empty) return forward(empty);
  return *empty > 0;
}

/// One CSV file. DuckDB's reader reads it as it stands where it can; where it cannot, the file is gone
/// through by ourselves into a mended copy. Each pass begins anew, so that nothing of a pass that failed
/// stays.
class CsvTable : public Source {
 public:
  CsvTable(TextFile file, std::filesystem::path path, const FileStamp& stamp, const ImportOptions& options)
      : file_(std::move(file)), path_(std::move(path)), stamp_(stamp), options_(options) {}

  Result<ImportPreview> preview(JobContext& job) override {
    auto plan = planCsv(file_, options_, job);
    if (!plan) return forward(plan);
    return previewOf(file_, *plan);
  }

  Result<Loaded> load(ImportTarget& target, JobContext& job) override {
    auto loaded = loadAsPlanned(target, job);
    if (!loaded && loaded.error().code == ErrorCode::InvalidArgument) {
      auto reread = file_.reconsiderEncoding(job);
      if (!reread) return forward(reread);
      if (!*reread) return loaded;
      if (auto anew = target.restart(job); !anew) return forward(anew);
      loaded = loadAsPlanned(target, job);
    }
    if (!loaded) return loaded;
    if (auto same = mustBeUnchanged(path_, stamp_, name()); !same) return forward(same);
    return loaded;
  }

 private:
  Result<Loaded> loadAsPlanned(ImportTarget& target, JobContext& job) {
    auto plan = planCsv(file_, options_, job);
    if (!plan) return forward(plan);
    plan_ = std::move(*plan);
    if (auto found = findZones(job); !found) return forward(found);
    if (!plan_.regular) return loadMended(target, job);
    auto loaded = loadDirectly(target, job);
    if (!loaded) return forward(loaded);
    if (*loaded) return std::move(**loaded);
    if (auto anew = target.restart(job); !anew) return forward(anew);
    return loadMended(target, job);
  }

  /// DuckDB's reader leaves out a distance from UTC without a word. Where only a part of the file was looked
  /// at, all of it is gone through for one.
  Result<> findZones(JobContext& job) {
    std::vector<ColumnType*> doubtful;
    for (ColumnType& type : plan_.types)
      if ((type.type == CellType::Timestamp || type.type == CellType::Date) && type.format.plain() &&
          !type.verified)
        doubtful.push_back(&type);
    if (doubtful.empty()) return {};
    auto zoned = file_.hasZonedTime(job);
    if (!zoned) return forward(zoned);
    for (ColumnType* type : doubtful) type->format.zoned = *zoned;
    return {};
  }

  std::string name() const { return file_.file().string(); }

  /// By DuckDB's reader; nothing when the file needs mending after all.
  Result<std::optional<Loaded>> loadDirectly(ImportTarget& target, JobContext& job) {
    for (int pass = 0; pass < kMostPasses; ++pass) {
      job.report(0, kImporting, {file_.file().filename().string()});
      if (pass + 1 == kMostPasses) takeNoChances(plan_);
      if (pass > 0)
        if (auto anew = target.restart(job); !anew) return forward(anew);
      auto rows = target.session().count(directSql(file_, plan_, target.table()), job);
      if (!rows && rows.error().code != ErrorCode::InvalidArgument) return forward(rows);
      if (!rows && retype(rows.error(), plan_)) continue;
      if (!rows) return std::nullopt;
      auto odd = hasOddRows(target.session(), job);
      if (!odd) return forward(odd);
      if (*odd) return std::nullopt;
      auto learned = learnFromRejects(target.session(), target.table(), *rows, plan_, job);
      if (!learned) return forward(learned);
      if (*learned == Learned::Again) continue;
      if (*learned == Learned::Mend) return std::nullopt;
      auto empty = hasEmptyRows(target.session(), target.table(), plan_, *rows, job);
      if (!empty) return forward(empty);
      if (*empty) return std::nullopt;
      return finishDirect(target, *rows, job);
    }
    return std::nullopt;
  }

  Result<std::optional<Loaded>> finishDirect(ImportTarget& target, std::int64_t rows, JobContext& job) {
    auto rejected = collectRejects(target.session(), file_, plan_, job);
    if (!rejected) return forward(rejected);
    const bool look_for_spaces = rejected->blank_lines || plan_.width() == 1;
    auto blank = file_.countBlankLines(plan_.dialect.quote, look_for_spaces, job);
    if (!blank) return forward(blank);
    WalkCounts counts;
    counts.blank = *blank;
    return filled(rows, rejected->count, std::move(rejected->kept), counts);
  }

  Result<Loaded> loadMended(ImportTarget& target, JobContext& job) {
    JobContext copying = job.part(0, 0.4);
    auto copy = copyMended(file_, plan_, copying);
    if (!copy) return forward(copy);
    JobContext reading = job.part(0.4, 1);
    for (int pass = 0; pass < kMostPasses; ++pass) {
      if (pass + 1 == kMostPasses) takeNoChances(plan_);
      if (pass > 0)
        if (auto anew = target.restart(reading); !anew) return forward(anew);
      const CopySql sql(*copy, plan_);
      auto rows = target.session().count(sql.create(target.table()), reading);
      if (!rows && rows.error().code == ErrorCode::InvalidArgument)
        return fail(ErrorCode::InvalidArgument, kUnreadable,
                    {name(), rows.error().args.empty() ? "" : rows.error().args[0]}, {.file = name()});
      if (!rows) return forward(rows);
      const std::int64_t bad = copy->counts.rows - *rows;
      if (bad == 0) return filled(*rows, copy->counts.rejected, std::move(copy->kept), copy->counts);
      auto changed = widen(target.session(), sql, bad, copy->counts.rows, reading);
      if (!changed) return forward(changed);
      if (*changed) continue;
      auto kept = rejectsOf(target.session(), sql, std::move(copy->kept), reading);
      if (!kept) return forward(kept);
      return filled(*rows, copy->counts.rejected + bad, std::move(*kept), copy->counts);
    }
    return fail(ErrorCode::Internal, kUnreadable, {name(), ""}, {.file = name()});
  }

  /// Gives columns whose bad cells show them to be of another type that type.
  Result<bool> widen(Session& session, const CopySql& sql, std::int64_t bad_rows, std::int64_t rows,
                     JobContext& job) {
    auto answer = session.rows(sql.counts(), job);
    if (!answer) return forward(answer);
    bool changed = false;
    std::vector<std::int64_t> bad_cells(plan_.width(), 0);
    for (const auto& figures : answer->rows) {
      const auto column = figures[0].get<std::size_t>();
      const auto there = figures[1].get<std::int64_t>();
      const auto good = figures[2].get<std::int64_t>();
      const auto wide = figures[3].get<std::int64_t>();
      const std::int64_t bad = bad_cells[column] = there - good;
      ColumnType& type = plan_.types[column];
      if (bad == 0 || type.given) continue;
      if (wide > good) {
        type.type = type.type == CellType::Integer ? CellType::Real : CellType::Timestamp;
      } else if (tooMany(bad, there)) {
        type = {};
      } else {
        continue;
      }
      changed = true;
    }
    return changed || sparesRows(bad_cells, bad_rows, rows, plan_);
  }

  Result<std::vector<Reject>> rejectsOf(Session& session, const CopySql& sql, std::vector<Reject> kept,
                                        JobContext& job) {
    auto answer = session.rows(sql.badCells(kRejectsKept), job);
    if (!answer) return forward(answer);
    for (const auto& row : answer->rows) {
      const RowPlace place = placeFrom(row[0].get<std::string>());
      const auto column = row[1].get<std::size_t>();
      constexpr std::int64_t kMostText = 20000;
      kept.push_back({.file = name(),
                      .line = place.line,
                      .column = plan_.names()[column],
                      .text = rejectText(file_.bytesAt(
                          place.offset, static_cast<std::size_t>(std::min(place.length, kMostText)))),
                      .reason = badCellReason(row[2].get<std::string>(), plan_.types[column])});
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Reject& a, const Reject& b) { return a.line < b.line; });
    if (static_cast<std::int64_t>(kept.size()) > kRejectsKept)
      kept.resize(static_cast<std::size_t>(kRejectsKept));
    return kept;
  }

  Loaded filled(std::int64_t rows, std::int64_t rejected, std::vector<Reject> kept,
                const WalkCounts& counts) const {
    Loaded loaded;
    loaded.rows = rows;
    loaded.rejected = rejected;
    loaded.kept = std::move(kept);
    loaded.skipped = toSkipped(plan_, counts);
    for (std::size_t i = 0; i < plan_.names().size(); ++i)
      loaded.columns.push_back({plan_.names()[i], std::string(sqlTypeName(plan_.types[i].type))});
    loaded.detected = toDetected(file_, plan_, counts);
    return loaded;
  }

  TextFile file_;
  std::filesystem::path path_;
  FileStamp stamp_;
  ImportOptions options_;
  CsvPlan plan_;
};

Result<std::unique_ptr<Source>> openCsv(const SourceInput& input, const ImportOptions& options,
                                        JobContext& job) {
  const FileStamp stamp = FileStamp::of(input.path);
  auto file = TextFile::open(input, options, job);
  if (!file) return forward(file);
  return std::make_unique<CsvTable>(std::move(*file), input.path, stamp, options);
}

}  // namespace

SourceType csvSource() {
  return {.id = "csv",
          .title = {"Text with delimiters (CSV, TSV)", "分隔文本（CSV、TSV）"},
          .extensions = {".csv", ".tsv", ".tab", ".txt", ".psv", ".dat"},
          .beginning = true,
          .open = openCsv};
}

}  // namespace lodestone::data
