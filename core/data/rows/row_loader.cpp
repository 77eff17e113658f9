// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rows/row_loader.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/data/given_types.h"
#include "core/data/rows/cell_value.h"
#include "core/data/rows/column_vote.h"
#include "core/data/rows/table_writer.h"

namespace lodestone::data {

namespace {

constexpr Text kReading{"Reading {0}", "正在读取 {0}"};
constexpr Text kNoColumns{"{0} has no columns to import. Choose another table or sheet.",
                          "{0} 没有可导入的列。请选择其他表或工作表。"};
constexpr Text kNoSuchType{
    "Column {1} of {0} cannot be read as {2}. Use VARCHAR, BIGINT, DOUBLE, BOOLEAN, "
    "DATE, TIME or TIMESTAMP.",
    "{0} 的列 {1} 不能按 {2} 读取。可用类型：VARCHAR、BIGINT、DOUBLE、BOOLEAN、"
    "DATE、TIME、TIMESTAMP。"};

constexpr Text kDigits{
    "Column {0} is text: some of its numbers have more digits than a number can hold. Give it the type "
    "DOUBLE "
    "to have them rounded.",
    "列 {0} 按文本导入：其中部分数字的位数超出数值类型的范围。如可接受四舍五入，请将其类型指定为 DOUBLE。"};

constexpr std::int64_t kSampleRows = 4096;
constexpr std::size_t kPreviewRows = 20;
constexpr std::int64_t kRowsBetweenLooks = 512;
constexpr std::size_t kTextKept = 4000;
constexpr std::size_t kCellTold = 80;

std::string wanted(const ColumnStore& store) {
  switch (store.kind) {
    case CellKind::Boolean:
      return "is neither true nor false";
    case CellKind::Integer:
      return "is not a whole number";
    case CellKind::Real:
      return store.width > 0 ? "does not fit " + sqlType(store) : "is not a number";
    case CellKind::Date:
      return "is not a date";
    case CellKind::Time:
      return "is not a time of day";
    case CellKind::Timestamp:
      return "is not a date and time";
    default:
      return "is not UTF-8";
  }
}

std::string toldRow(const Row& row) {
  std::string told;
  std::string buffer;
  for (std::size_t i = 0; i < row.cells.size() && told.size() < 4 * kTextKept; ++i) {
    if (i > 0) told += '\t';
    told += textOf(row.cells[i], buffer).substr(0, 4 * kTextKept);
  }
  return shorten(toValidUtf8(told), kTextKept - 1);
}

Json jsonCell(const Cell& cell) {
  std::string buffer;
  switch (cell.kind) {
    case CellKind::Missing:
      return nullptr;
    case CellKind::Boolean:
      return cell.whole != 0;
    case CellKind::Integer:
      return cell.whole;
    case CellKind::Real:
      return number(cell.real);
    default:
      return toValidUtf8(textOf(cell, buffer));
  }
}

/// One import out of rows.
class RowLoad {
 public:
  RowLoad(RowReader& reader, const std::string& name, const ImportOptions& options)
      : reader_(reader), name_(name), options_(options), decimal_(options.decimal.value_or('.')) {}

  Result<ImportPreview> preview(JobContext& job) {
    std::vector<std::vector<Cell>> cells;
    std::vector<std::vector<std::string>> texts;
    if (auto sampled = sample(job, &cells, &texts); !sampled) return forward(sampled);
    ImportPreview preview{.detected = reader_.detected(), .columns = columns(), .sample = {}};
    for (std::size_t row = 0; row < cells.size(); ++row) {
      std::vector<Json>& out = preview.sample.emplace_back();
      for (std::size_t i = 0; i < stores_.size(); ++i) {
        Cell cell = i < cells[row].size() ? cells[row][i] : Cell{};
        if (cell.kind == CellKind::Text || cell.kind == CellKind::Decimal) cell.text = texts[row][i];
        std::string buffer;
        auto fitted = fit(cell, stores_[i], decimal_);
        if (fitted && stores_[i].kind == CellKind::Text && fitted->kind != CellKind::Missing)
          fitted = Cell{.kind = CellKind::Text, .text = textOf(cell, buffer)};
        out.push_back(jsonCell(fitted.value_or(cell)));
      }
    }
    return preview;
  }

  Result<Loaded> load(ImportTarget& target, JobContext& job) {
    if (!knownAtFirst()) {
      if (auto sampled = sample(job, nullptr, nullptr); !sampled) return forward(sampled);
      if (auto again = reader_.rewind(job); !again) return forward(again);
    } else if (auto decided = decide(); !decided) {
      return forward(decided);
    }
    // What the sample did not show is known after one pass over all rows: the second one is right.
    while (true) {
      auto complete = pass(target, job);
      if (!complete) return forward(complete);
      if (*complete) break;
      if (auto anew = target.restart(job); !anew) return forward(anew);
      if (auto again = reader_.rewind(job); !again) return forward(again);
    }
    loaded_.columns = columns();
    tellDigits();
    loaded_.skipped = reader_.skipped();
    loaded_.detected = reader_.detected();
    return std::move(loaded_);
  }

 private:
  /// The declared types are good enough for a first pass over all rows.
  bool knownAtFirst() const {
    const auto declared = reader_.declared();
    return allCertain() || (declared.size() == reader_.names().size() &&
                            std::all_of(declared.begin(), declared.end(), [](const DeclaredColumn& column) {
                              return (column.certain || column.likely) && column.store;
                            }));
  }

  bool allCertain() const {
    if (options_.types == Types::AllText) return reader_.declared().size() == reader_.names().size();
    const auto declared = reader_.declared();
    return declared.size() == reader_.names().size() &&
           std::all_of(declared.begin(), declared.end(),
                       [](const DeclaredColumn& column) { return column.certain && column.store; });
  }

  std::vector<ColumnInfo> columns() const {
    std::vector<ColumnInfo> out;
    for (std::size_t i = 0; i < stores_.size(); ++i) out.push_back({reader_.names()[i], sqlType(stores_[i])});
    return out;
  }

  /// Says which columns are text for the sake of their digits alone.
  void tellDigits() {
    if (options_.types == Types::AllText) return;
    for (std::size_t i = 0; i < stores_.size() && i < votes_.size(); ++i) {
      const std::string& name = reader_.names()[i];
      if (stores_[i].kind == CellKind::Text && votes_[i].tooManyDigits() &&
          !options_.column_types.contains(name))
        loaded_.notices.push_back({"digits", name, kDigits, {name}});
    }
  }

  void vote(const Row& row) {
    if (votes_.size() < row.cells.size()) votes_.resize(row.cells.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) votes_[i].add(row.cells[i]);
  }

  /// Words that the user says mean missing.
  void blankOut(Row& row) const {
    if (!options_.null_words) return;
    for (Cell& cell : row.cells)
      if (cell.kind == CellKind::Text && std::find(options_.null_words->begin(), options_.null_words->end(),
                                                   cell.text) != options_.null_words->end())
        cell = {};
  }

  /// Votes on the first rows and decides; keeps the first of them for a preview.
  Result<> sample(JobContext& job, std::vector<std::vector<Cell>>* kept,
                  std::vector<std::vector<std::string>>* texts) {
    Row row;
    for (std::int64_t count = 0; count < kSampleRows; ++count) {
      if (count % kRowsBetweenLooks == 0)
        if (auto go = job.checkpoint(); !go) return go;
      auto more = reader_.next(row, job);
      if (!more) return forward(more);
      if (!*more) break;
      blankOut(row);
      vote(row);
      if (kept == nullptr || kept->size() >= kPreviewRows) continue;
      kept->push_back(row.cells);
      std::vector<std::string>& own = texts->emplace_back();
      for (const Cell& cell : row.cells) own.emplace_back(cell.text);
    }
    return decide();
  }

  /// The user's word first, then what the source is certain of, then the votes, then what is declared.
  Result<> decide() {
    const std::vector<std::string>& names = reader_.names();
    if (names.empty()) return fail(ErrorCode::InvalidArgument, kNoColumns, {name_}, {.file = name_});
    const auto declared = reader_.declared();
    votes_.resize(names.size());
    stores_.assign(names.size(), {});
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (options_.types == Types::AllText) continue;
      const DeclaredColumn own = i < declared.size() ? declared[i] : DeclaredColumn{};
      stores_[i] = own.store && (own.certain || votes_[i].empty())
                       ? *own.store
                       : votes_[i].decide(own.store ? own.store->kind : CellKind::Missing);
    }
    auto types = givenTypes(names, options_, name_);
    if (!types) return forward(types);
    for (const auto& [index, type] : *types) {
      const auto store = storeFrom(type);
      if (!store)
        return fail(ErrorCode::InvalidArgument, kNoSuchType, {name_, names[index], type},
                    {.file = name_, .column = names[index]});
      stores_[index] = *store;
    }
    return {};
  }

  void reject(const Row& row, std::size_t column) {
    ++loaded_.rejected;
    if (loaded_.rejected > kRejectsKept) return;
    std::string buffer;
    const std::string cell =
        shorten(toValidUtf8(textOf(row.cells[column], buffer).substr(0, 4 * kCellTold)), kCellTold);
    loaded_.kept.push_back({.file = name_,
                            .line = row.line,
                            .column = reader_.names()[column],
                            .text = toldRow(row),
                            .reason = "'" + cell + "' " + wanted(stores_[column])});
  }

  /// Reads all rows into the table. False: the types or columns were wrong; those of the next pass are right.
  Result<bool> pass(ImportTarget& target, JobContext& job) {
    const bool certain = exact_ || allCertain();
    const std::size_t width = reader_.names().size();
    const std::vector<ColumnStore> stores = stores_;
    loaded_ = {};
    if (!certain) votes_.assign(width, {});
    auto writer =
        TableWriter::create(target.session(), target.table(), reader_.names(), stores_, decimal_, job);
    if (!writer) return forward(writer);
    Row row;
    bool hopeless = false;  // no more is appended: the next pass will do it right
    for (std::int64_t count = 0;; ++count) {
      if (count % kRowsBetweenLooks == 0) {
        if (auto go = job.checkpoint(); !go) return forward(go);
        hopeless = !certain && loaded_.rejected > kSampleRows && loaded_.rejected * 20 > count;
        job.report(reader_.fraction(), kReading, {name_});
      }
      auto more = reader_.next(row, job);
      if (!more) return forward(more);
      if (!*more) break;
      blankOut(row);
      if (!certain) vote(row);
      if (hopeless || reader_.names().size() > width) continue;
      if (const auto misfit = writer->put(row)) reject(row, *misfit);
      if (auto flushed = writer->flushWhenFull(job); !flushed) return forward(flushed);
    }
    if (!certain) {
      exact_ = true;
      if (auto decided = decide(); !decided) return forward(decided);
      if (hopeless || stores_ != stores) return false;
    }
    if (auto finished = writer->finish(job); !finished) return forward(finished);
    loaded_.rows = writer->rows();
    return true;
  }

  RowReader& reader_;
  const std::string& name_;
  const ImportOptions& options_;
  char decimal_;
  std::vector<ColumnVote> votes_;
  std::vector<ColumnStore> stores_;
  bool exact_ = false;  ///< the types are those of all rows
  Loaded loaded_;
};

}  // namespace

Result<Loaded> loadRows(RowReader& reader, const std::string& name, const ImportOptions& options,
                        ImportTarget& target, JobContext& job) {
  return RowLoad(reader, name, options).load(target, job);
}

Result<ImportPreview> previewRows(RowReader& reader, const std::string& name, const ImportOptions& options,
                                  JobContext& job) {
  return RowLoad(reader, name, options).preview(job);
}

}  // namespace lodestone::data
