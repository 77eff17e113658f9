// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import_union.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/data/given_types.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace fs = std::filesystem;

namespace {

constexpr Text kOtherColumns{
    "The files in one archive have different columns: {0} has {1}, {2} has {3}. Name one of the files as the "
    "source table, or unpack them and import each.",
    "压缩包中各文件的列不同：{0} 有 {1}，{2} 有 {3}。请指定其中一个文件作为源表，或解压后分别导入。"};
constexpr Text kColumnThere{"The column for the file's name cannot be {0}: {1} has a column of that name.",
                            "文件名列不能命名为 {0}：{1} 中已有同名列。"};
constexpr Text kJoining{"Putting {0} files together", "正在合并 {0} 个文件"};

/// The largest whole number below which DOUBLE holds every one.
constexpr const char* kLargestExact = "9007199254740992";

/// A database in memory beside the project's own, for the parts; gone with this object.
class Scratch {
 public:
  static Result<Scratch> attach(Database& database, JobContext& job) {
    static std::atomic<int> count{0};
    Scratch scratch(database, "lodestone parts " + std::to_string(++count));
    auto session = Session::open(database);
    if (!session) return forward(session);
    auto done = session->run("ATTACH ':memory:' AS " + quoteIdentifier(scratch.name_) + " (COMPRESS)", job);
    if (!done) {
      scratch.database_ = nullptr;
      return forward(done);
    }
    return scratch;
  }
  ~Scratch() {
    if (database_ == nullptr) return;
    JobContext job;
    if (auto session = Session::open(*database_)) (void)session->run("DETACH " + quoteIdentifier(name_), job);
  }
  Scratch(Scratch&& other) noexcept
      : database_(std::exchange(other.database_, nullptr)), name_(std::move(other.name_)) {}
  Scratch& operator=(Scratch&&) = delete;

  const std::string& name() const { return name_; }

 private:
  Scratch(Database& database, std::string name) : database_(&database), name_(std::move(name)) {}
  Database* database_;
  std::string name_;
};

struct Part {
  SourceInput input;
  std::string table;
  Loaded loaded;
  std::map<std::string, std::string> as_text;  ///< columns to be read again as text: {name, "VARCHAR"}
};

struct UnionColumn {
  std::string name;
  std::string type;
};

std::string tableOf(const Scratch& scratch, const Part& part) {
  return quoteIdentifier(scratch.name()) + ".main." + quoteIdentifier(part.table);
}

Result<> loadPart(Database& database, const Scratch& scratch, Part& part, ImportOptions options,
                  JobContext& job) {
  options.stray_types = StrayTypes::Ignore;
  for (const auto& [name, type] : part.as_text) {
    std::erase_if(options.column_types,
                  [&name = name](const auto& one) { return lowerAscii(one.first) == lowerAscii(name); });
    options.column_types[name] = type;
  }
  auto source = openSource(part.input, options, job);
  if (!source) return forward(source);
  if (!part.as_text.empty()) {
    auto session = Session::open(database);
    if (!session) return forward(session);
    if (auto gone = session->run("DROP TABLE " + tableOf(scratch, part), job); !gone) return gone;
  }
  auto target = ImportTarget::openIn(database, scratch.name(), {part.table}, job);
  if (!target) return forward(target);
  auto loaded = (*source)->load(*target, job);
  if (!loaded) return forward(loaded);
  part.loaded = std::move(*loaded);
  return target->session().commit();
}

std::string namesOf(const Loaded& loaded) {
  std::vector<std::string> names;
  for (const ColumnInfo& column : loaded.columns) names.push_back(column.name);
  return shorten(join(names, ", "), 200);
}

std::set<std::string> keysOf(const Loaded& loaded) {
  std::set<std::string> keys;
  for (const ColumnInfo& column : loaded.columns) keys.insert(lowerAscii(column.name));
  return keys;
}

Result<> mustHaveSameColumns(const Part& first, const Part& other) {
  if (keysOf(first.loaded) == keysOf(other.loaded)) return {};
  return fail(ErrorCode::InvalidArgument, kOtherColumns,
              {first.input.name, namesOf(first.loaded), other.input.name, namesOf(other.loaded)},
              {.file = other.input.name});
}

const ColumnInfo* find(const Loaded& loaded, const std::string& name) {
  for (const ColumnInfo& column : loaded.columns)
    if (lowerAscii(column.name) == lowerAscii(name)) return &column;
  return nullptr;
}

/// Names of all parts' columns in the order in which they first come.
std::vector<UnionColumn> namesOf(const std::vector<Part>& parts) {
  std::vector<UnionColumn> columns;
  std::set<std::string> known;
  for (const Part& part : parts)
    for (const ColumnInfo& column : part.loaded.columns)
      if (known.insert(lowerAscii(column.name)).second) columns.push_back({column.name, {}});
  return columns;
}

/// The type for a column of all parts. A part in which every cell of a text column is missing says nothing of
/// the type.
Result<std::string> typeOf(Session& session, const Scratch& scratch, const std::vector<Part>& parts,
                           const std::string& name, JobContext& job) {
  std::vector<std::string> types;
  for (const Part& part : parts)
    if (const ColumnInfo* column = find(part.loaded, name)) types.push_back(column->type);
  if (std::set<std::string>(types.begin(), types.end()).size() == 1) return types.front();
  types.clear();
  bool exact = true;
  for (const Part& part : parts) {
    const ColumnInfo* column = find(part.loaded, name);
    if (column == nullptr) continue;
    const std::string id = quoteIdentifier(column->name);
    const std::string from = " FROM " + tableOf(scratch, part);
    if (column->type == "VARCHAR") {
      auto there = session.count("SELECT count(" + id + ")" + from, job);
      if (!there) return forward(there);
      if (*there == 0) continue;
    }
    if (column->type == "BIGINT") {
      auto large =
          session.count("SELECT count(*)" + from + " WHERE abs(" + id + "::HUGEINT) > " + kLargestExact, job);
      if (!large) return forward(large);
      exact = exact && *large == 0;
    }
    if (column->type.starts_with("DECIMAL(")) {
      auto rounded = session.count("SELECT count(*)" + from + " WHERE TRY_CAST(CAST(" + id +
                                       " AS DOUBLE) AS " + column->type + ") IS DISTINCT FROM " + id,
                                   job);
      if (!rounded) return forward(rounded);
      exact = exact && *rounded == 0;
    }
    types.push_back(column->type);
  }
  if (types.empty()) return std::string("VARCHAR");
  const std::string common = commonType(types);
  return common == "DOUBLE" && !exact ? std::string("VARCHAR") : common;
}

/// Marks the parts that must be read again because a column of theirs is to be text. True when there are any.
bool askForText(std::vector<Part>& parts, const std::vector<UnionColumn>& columns) {
  bool any = false;
  for (Part& part : parts)
    for (const UnionColumn& column : columns) {
      const ColumnInfo* own = find(part.loaded, column.name);
      if (column.type != "VARCHAR" || own == nullptr || own->type == "VARCHAR") continue;
      any = part.as_text.emplace(own->name, "VARCHAR").second || any;
    }
  return any;
}

/// What the file column says: the file's name, or the whole of it where two files have one name.
std::vector<std::string> shownNames(const std::vector<Part>& parts) {
  std::set<std::string> names;
  for (const Part& part : parts) names.insert(fs::path(part.input.name).filename().string());
  std::vector<std::string> shown;
  for (const Part& part : parts)
    shown.push_back(toValidUtf8(names.size() == parts.size() ? fs::path(part.input.name).filename().string()
                                                             : part.input.name));
  return shown;
}

std::string unionSql(const Scratch& scratch, const std::vector<Part>& parts,
                     const std::vector<UnionColumn>& columns, const std::string& file_column) {
  const std::vector<std::string> shown = shownNames(parts);
  std::vector<std::string> selects;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::vector<std::string> cells;
    for (const UnionColumn& column : columns) {
      const ColumnInfo* own = find(parts[i].loaded, column.name);
      cells.push_back("CAST(" + (own == nullptr ? "NULL" : quoteIdentifier(own->name)) + " AS " +
                      column.type + ") AS " + quoteIdentifier(column.name));
    }
    if (!file_column.empty()) cells.push_back(quoteLiteral(shown[i]) + " AS " + quoteIdentifier(file_column));
    selects.push_back("SELECT " + join(cells, ", ") + " FROM " + tableOf(scratch, parts[i]));
  }
  return join(selects, " UNION ALL ");
}

void addUp(UnionLoad& all, Part& part) {
  all.files.push_back({.file = part.input.name,
                       .size = 0,
                       .rows = part.loaded.rows,
                       .rejected = part.loaded.rejected,
                       .skipped = part.loaded.skipped,
                       .detected = part.loaded.detected});
  Loaded& sum = all.loaded;
  sum.rows += part.loaded.rows;
  sum.rejected += part.loaded.rejected;
  for (Reject& reject : part.loaded.kept)
    if (static_cast<std::int64_t>(sum.kept.size()) < kRejectsKept) sum.kept.push_back(std::move(reject));
  for (const Notice& notice : part.loaded.notices) {
    const bool known = std::any_of(sum.notices.begin(), sum.notices.end(), [&](const Notice& one) {
      return one.kind == notice.kind && one.column == notice.column && one.args == notice.args;
    });
    if (!known) sum.notices.push_back(notice);
  }
  for (const Skipped& skipped : part.loaded.skipped) {
    const auto same = std::find_if(sum.skipped.begin(), sum.skipped.end(),
                                   [&](const Skipped& one) { return one.kind == skipped.kind; });
    if (same == sum.skipped.end())
      sum.skipped.push_back(skipped);
    else
      same->lines += skipped.lines;
  }
}

}  // namespace

Result<UnionLoad> loadUnion(Database& database, ImportTarget& target, const std::vector<SourceInput>& inputs,
                            Columns same, const ImportOptions& options, JobContext& job) {
  auto scratch = Scratch::attach(database, job);
  if (!scratch) return forward(scratch);
  std::vector<Part> parts;
  const auto count = static_cast<double>(inputs.size());
  const auto load = [&](Part& part, std::size_t i) -> Result<> {
    JobContext one = job.part(0.8 * static_cast<double>(i) / count, 0.8 * static_cast<double>(i + 1) / count);
    return loadPart(database, *scratch, part, options, one);
  };
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Part& part = parts.emplace_back(Part{inputs[i], "part " + std::to_string(i), {}, {}});
    if (auto loaded = load(part, i); !loaded) return forward(loaded);
    if (same == Columns::Same)
      if (auto fits = mustHaveSameColumns(parts.front(), part); !fits) return forward(fits);
    if (!options.file_column.empty() && find(part.loaded, options.file_column) != nullptr)
      return fail(ErrorCode::InvalidArgument, kColumnThere, {options.file_column, part.input.name},
                  {.file = part.input.name, .column = options.file_column});
  }
  std::vector<UnionColumn> columns = namesOf(parts);
  std::vector<std::string> names;
  for (const UnionColumn& column : columns) names.push_back(column.name);
  if (auto known = mustHaveGivenColumns(names, options, inputs.size()); !known) return forward(known);
  {
    auto reading = Session::open(database);
    if (!reading) return forward(reading);
    for (UnionColumn& column : columns) {
      auto type = typeOf(*reading, *scratch, parts, column.name, job);
      if (!type) return forward(type);
      column.type = *type;
    }
  }
  if (askForText(parts, columns))
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (!parts[i].as_text.empty())
        if (auto loaded = load(parts[i], i); !loaded) return forward(loaded);

  job.report(0.8, kJoining, {std::to_string(parts.size())});
  UnionLoad all;
  auto made = target.session().run("CREATE TABLE " + quoted(target.table()) + " AS " +
                                       unionSql(*scratch, parts, columns, options.file_column),
                                   job);
  if (!made) return forward(made);
  for (const UnionColumn& column : columns) all.loaded.columns.push_back({column.name, column.type});
  if (!options.file_column.empty()) all.loaded.columns.push_back({options.file_column, "VARCHAR"});
  all.loaded.detected = parts.front().loaded.detected;
  for (Part& part : parts) addUp(all, part);
  return all;
}

}  // namespace lodestone::data
