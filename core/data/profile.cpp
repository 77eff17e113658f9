// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/profile.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/base/text.h"
#include "core/data/duckdb_handle.h"
#include "core/data/profile_figures.h"
#include "core/data/profile_findings.h"
#include "core/data/profile_relations.h"
#include "core/data/profile_values.h"
#include "core/data/repeats.h"

namespace lodestone::data {

namespace {

constexpr Text kProfiling{"Looking at column {0}", "正在分析列 {0}"};
constexpr Text kDuplicates{"Rows that repeat an earlier one in every column: {0} ({1}).",
                           "与之前的行完全相同的行：{0}（{1}）。"};
constexpr Text kNoTarget{"Table {1} has no column '{0}' to predict. It has {2}.",
                         "表 {1} 没有要预测的列“{0}”。现有列：{2}。"};

constexpr std::int64_t kRowsReadPlainly = 100'000;
constexpr std::int64_t kExactRows = 1'000'000;
constexpr std::int64_t kExactValues = 1'000'000;
constexpr std::size_t kBatch = 500;
constexpr std::int64_t kCellsInABatch = 1'000'000;
constexpr std::size_t kEstimatedAtOnce = 8;
constexpr double kColumnsPart = 0.8;  // of the work
constexpr double kDuplicatesPart = 0.9;
constexpr double kShareOfHashes = 1.0 / 64;
constexpr double kSampleRows = 150'000;  // of which at least 100,000 are there
constexpr double kLongText = 64;         // bytes in the mean, above which values are told apart by a hash
constexpr double kSurelyRepeats = 0.97;  // of the estimate of different values, six standard errors

std::string textCell(const Json& cell) {
  return cell.is_string() ? cell.get<std::string>() : std::string();
}
std::int64_t countCell(const Json& cell) {
  return cell.is_number_integer() ? cell.get<std::int64_t>() : 0;
}
double numberCell(const Json& cell) {
  return cell.is_number() ? cell.get<double>() : std::nan("");
}
std::string name(const ColumnState& column) {
  return quoteIdentifier(column.info.name);
}
std::string literal(double value) {
  return formatNumber(value) + "::DOUBLE";
}

/// Reads one table; all statements see the same state of it.
class Profiler {
 public:
  Profiler(Session& session, const TableInfo& info, const ProfileOptions& options, JobContext& job)
      : session_(session), info_(info), rows_(info.rows), whole_job_(job), job_(job) {
    for (const ColumnInfo& column : info.columns) {
      ColumnState state;
      state.info = column;
      state.nature = natureOf(column.type);
      state.profile.name = column.name;
      state.profile.type = column.type;
      state.is_target = !options.target.empty() && column.name == options.target;
      columns_.push_back(std::move(state));
    }
    by_column_.resize(columns_.size());
  }

  Result<TableProfile> run() {
    const bool plainly = rows_ <= kRowsReadPlainly;
    const std::size_t batch = plainly ? static_cast<std::size_t>(std::clamp<std::int64_t>(
                                            kCellsInABatch / std::max<std::int64_t>(rows_, 1), 1, kBatch))
                                      : kEstimatedAtOnce;
    for (std::size_t first = 0; first < columns_.size(); first += batch) {
      const std::size_t count = std::min(batch, columns_.size() - first);
      moveTo(first);
      if (auto read = readBounds(first, count); !read) return forward(read);
      if (auto done = plainly ? profilePlainly(first, count) : profileLong(first, count); !done)
        return forward(done);
    }
    moveTo(kColumnsPart);
    if (auto found = findDuplicates(); !found) return forward(found);
    job_ = whole_job_.part(kDuplicatesPart, 1);
    auto relations = findRelations(session_, info_.table, rows_, columns_, job_);
    if (!relations) return forward(relations);
    return collect(std::move(*relations));
  }

 private:
  std::string from() const { return " FROM " + quoted(info_.table); }

  /// What follows is at this place of the whole, so that its statements do not each count from 0 to 1.
  void moveTo(double fraction) { job_ = whole_job_.part(fraction, fraction); }

  void moveTo(std::size_t column) {
    moveTo(kColumnsPart * static_cast<double>(column) / static_cast<double>(columns_.size()));
    job_.report(1, kProfiling, {columns_[column].info.name});
  }

  /// Least and greatest come from DuckDB's statistics, without reading a row, when nothing else is asked.
  Result<> readBounds(std::size_t first, std::size_t count) {
    std::vector<std::string> counts;
    std::vector<std::string> bounds;
    const std::string cut = "::VARCHAR, " + std::to_string(kValueCharacters) + ")";
    for (std::size_t i = first; i < first + count; ++i) {
      const std::string x = name(columns_[i]);
      counts.push_back("count(" + x + ")");
      for (const char* bound : {"min", "max"}) {
        const std::string least = bound + ("(" + x + ")");
        bounds.push_back("left(" + least + cut);
        bounds.push_back(numberSql(columns_[i].info.type, least));
      }
    }
    const auto there = session_.rows("SELECT " + join(counts, ", ") + from(), job_);
    if (!there) return forward(there);
    const auto least = session_.rows("SELECT " + join(bounds, ", ") + from(), job_);
    if (!least) return forward(least);
    for (std::size_t i = 0; i < count; ++i) {
      ColumnState& column = columns_[first + i];
      column.profile.missing = rows_ - countCell(there->rows[0][i]);
      takeBounds(column, std::span(least->rows[0]).subspan(4 * i, 4));
      if (std::isfinite(column.low) && std::isfinite(column.high)) continue;
      if (column.nature != Nature::Number && column.nature != Nature::Time) continue;
      if (auto read = readFiniteBounds(column); !read) return read;
    }
    return {};
  }

  /// Cells: the least as text and as number, and the greatest.
  static void takeBounds(ColumnState& column, std::span<const Json> cells) {
    column.profile.min = textCell(cells[0]);
    column.low = numberCell(cells[1]);
    column.profile.max = textCell(cells[2]);
    column.high = numberCell(cells[3]);
  }

  /// Infinity and NaN are told of, but bound nothing.
  Result<> readFiniteBounds(ColumnState& column) {
    const bool may_be_infinite = isFloating(column.info.type) || column.nature == Nature::Time;
    if (column.profile.missing == rows_ || !may_be_infinite) return {};
    const std::string x = name(column);
    std::vector<std::string> cells;
    for (const char* bound : {"min", "max"}) {
      const std::string least = bound + ("(" + x + ")");
      cells.push_back(least + "::VARCHAR, " + numberSql(column.info.type, least));
    }
    const auto bounds =
        session_.rows("SELECT " + join(cells, ", ") + from() + " WHERE isfinite(" + x + ")", job_);
    if (!bounds) return forward(bounds);
    takeBounds(column, bounds->rows[0]);
    return {};
  }

  Result<> profilePlainly(std::size_t first, std::size_t count) {
    const auto values =
        readValues(session_, info_.table, std::span(info_.columns).subspan(first, count), 1, job_);
    if (!values) return forward(values);
    for (std::size_t i = 0; i < count; ++i) takeAll(first + i, (*values)[i]);
    return {};
  }

  void takeAll(std::size_t index, const ColumnValues& values) {
    ColumnState& column = columns_[index];
    describe(values, column.nature, column.profile);
    describeWhole(values, column.nature, column.profile);
    column.unique = column.profile.distinct == rows_ && rows_ > 0;
    if (column.nature == Nature::Number) {
      const WeightedNumbers numbers(values);
      if (const auto fences = fencesOf(numbers))
        column.outliers = Outliers{*fences, numbers.countOutside(fences->low, fences->high),
                                   numbers.countOutside(fences->robust_low, fences->robust_high)};
    }
    by_column_[index] = findInColumn(column, values, rows_);
  }

  /// Columns of few values are counted by DuckDB, value by value; the others are sampled, and what must be
  /// exact counted.
  Result<> profileLong(std::size_t first, std::size_t count) {
    if (auto estimated = estimateDistinct(first, count); !estimated) return estimated;
    for (std::size_t i = first; i < first + count; ++i) {
      moveTo(i);
      ColumnState& column = columns_[i];
      column.profile.exact = rows_ <= kExactRows || column.profile.distinct <= kExactValues;
      auto done = column.profile.exact ? profileGrouped(i) : profileSampled(i);
      if (!done) return done;
    }
    return {};
  }

  Result<> estimateDistinct(std::size_t first, std::size_t count) {
    if (rows_ <= kExactRows) return {};
    const std::string below =
        std::to_string(static_cast<std::uint64_t>(kShareOfHashes * 0x1p64)) + "::UBIGINT";
    std::vector<std::string> counts;
    for (std::size_t i = first; i < first + count; ++i) {
      const std::string x = name(columns_[i]);
      counts.push_back("(SELECT count(DISTINCT h) FROM (SELECT hash(" + x + ") AS h" + from() + " WHERE " +
                       x + " IS NOT NULL) WHERE h < " + below + ")");
    }
    const auto found = session_.rows("SELECT " + join(counts, ", "), job_);
    if (!found) return forward(found);
    for (std::size_t i = 0; i < count; ++i) {
      ColumnProfile& profile = columns_[first + i].profile;
      const double estimate = static_cast<double>(countCell(found->rows[0][i])) / kShareOfHashes;
      profile.distinct = std::min(static_cast<std::int64_t>(std::llround(estimate)), rows_ - profile.missing);
    }
    return {};
  }

  Result<> profileGrouped(std::size_t index) {
    const ColumnState& column = columns_[index];
    bool long_text = column.nature == Nature::Other;
    if (column.nature == Nature::Text) {
      const auto bytes = session_.rows("SELECT avg(strlen(" + name(column) + "::VARCHAR))" + from(), job_);
      if (!bytes) return forward(bytes);
      long_text = numberCell(bytes->rows[0][0]) > kLongText;
    }
    const auto values = groupValues(session_, info_.table, column.info, long_text, job_);
    if (!values) return forward(values);
    takeAll(index, *values);
    return {};
  }

  Result<> profileSampled(std::size_t index) {
    ColumnState& column = columns_[index];
    const double share = kSampleRows / static_cast<double>(rows_ - column.profile.missing);
    const auto sample = readValues(session_, info_.table, std::span(&column.info, 1), share, job_);
    if (!sample) return forward(sample);
    const ColumnValues& values = sample->front();
    describe(values, column.nature, column.profile);
    auto counted = countTop(column, values);
    if (counted && column.nature == Nature::Text) counted = readLengths(column);
    if (counted && (column.nature == Nature::Number || column.nature == Nature::Time))
      counted = readFigures(column, WeightedNumbers(values));
    if (counted) counted = checkUnique(column);
    if (!counted) return counted;
    by_column_[index] = findInColumn(column, values, rows_);
    return {};
  }

  /// The candidates are the most frequent ones of the sample; their counts are those of the table.
  Result<> countTop(ColumnState& column, const ColumnValues& sample) {
    std::vector<std::string> hashes;
    for (const Value* value : mostFrequent(sample, column.nature))
      hashes.push_back(std::to_string(value->hash) + "::UBIGINT");
    if (hashes.empty()) return {};
    const std::string x = name(column);
    const auto counts =
        session_.rows("SELECT left(any_value(" + x + ")::VARCHAR, " + std::to_string(kValueCharacters) +
                          "), count(*) AS n" + from() + " WHERE hash(" + x + ") IN (" + join(hashes, ", ") +
                          ") GROUP BY hash(" + x + ") ORDER BY n DESC, any_value(" + x + ")",
                      job_);
    if (!counts) return forward(counts);
    column.profile.top.clear();
    for (const auto& row : counts->rows) column.profile.top.push_back({textCell(row[0]), countCell(row[1])});
    return {};
  }

  Result<> readLengths(ColumnState& column) {
    const std::string length = lengthSql(column.info);
    const auto row =
        session_.rows("SELECT min(" + length + "), avg(" + length + "), max(" + length + ")" + from(), job_);
    if (!row) return forward(row);
    column.profile.lengths =
        TextLengths{countCell(row->rows[0][0]), numberCell(row->rows[0][1]), countCell(row->rows[0][2])};
    return {};
  }

  /// Histogram, mean, deviation and outliers of all numbers in one pass. The sums are of numbers moved to the
  /// sample's median and scaled to the range, so that they neither overflow nor cancel.
  Result<> readFigures(ColumnState& column, const WeightedNumbers& sample) {
    const std::string x = numberSql(column.info.type, name(column));
    if (!std::isfinite(column.low) || sample.count() == 0) {
      column.profile.not_finite = rows_ - column.profile.missing;
      return {};
    }
    const double low = column.low;
    const double high = column.high;
    const double middle = sample.quantile(0.5);
    const int bins = histogramBins(low, high);
    const double width = bins == 1 ? 1 : high / bins - low / bins;
    const double unit = bins * width;
    const auto fences = fencesOf(sample);
    const auto outside = [&fences](double Fences::*from_low, double Fences::*to_high) {
      if (!fences) return std::string("0");
      return "count(*) FILTER (WHERE x < " + literal((*fences).*from_low) + " OR x > " +
             literal((*fences).*to_high) + ")";
    };
    const std::string sql =
        "SELECT least(greatest(floor((x - " + literal(low) + ") / " + literal(width) + "), 0), " +
        std::to_string(bins - 1) + ")::INTEGER AS bin, count(*), sum(u), sum(u * u), " +
        outside(&Fences::low, &Fences::high) + ", " + outside(&Fences::robust_low, &Fences::robust_high) +
        " FROM (SELECT x, (x - " + literal(middle) + ") / " + literal(unit) + " AS u FROM (SELECT " + x +
        " AS x" + from() + ") WHERE isfinite(x)) GROUP BY bin ORDER BY bin";
    const auto read = session_.rows(sql, job_);
    if (!read) return forward(read);
    Histogram histogram{low, high, std::vector<std::int64_t>(static_cast<std::size_t>(bins), 0)};
    Outliers outliers{fences.value_or(Fences{}), 0, 0};
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (const auto& row : read->rows) {
      histogram.counts.at(static_cast<std::size_t>(countCell(row[0]))) = countCell(row[1]);
      count += static_cast<double>(countCell(row[1]));
      sum += numberCell(row[2]);
      squares += numberCell(row[3]);
      outliers.far += countCell(row[4]);
      outliers.robust += countCell(row[5]);
    }
    column.profile.not_finite = rows_ - column.profile.missing - static_cast<std::int64_t>(count);
    column.profile.histogram = std::move(histogram);
    if (column.nature != Nature::Number) return {};
    if (fences) column.outliers = outliers;
    column.profile.mean = middle + unit * (sum / count);
    column.profile.standard_deviation =
        unit * std::sqrt(std::max(0.0, squares - sum * sum / count) / (count - 1));
    return {};
  }

  Result<> checkUnique(ColumnState& column) {
    const auto rows = static_cast<double>(rows_);
    const bool floating = isFloating(column.info.type);
    if (column.profile.missing > 0 || floating || column.nature == Nature::Time ||
        static_cast<double>(column.profile.distinct) < kSurelyRepeats * rows)
      return {};
    const auto repeats = countRepeats(session_, info_.table, rows_, {name(column)}, job_);
    if (!repeats) return forward(repeats);
    column.unique = *repeats == 0;
    column.profile.distinct = rows_ - *repeats;
    return {};
  }

  /// Where one column has another value in every row there can be none.
  Result<> findDuplicates() {
    const auto unique = [](const ColumnState& column) { return column.unique; };
    if (std::any_of(columns_.begin(), columns_.end(), unique)) return {};
    std::vector<std::string> names;
    for (const ColumnState& column : columns_) names.push_back(name(column));
    const auto repeats = countRepeats(session_, info_.table, rows_, names, job_);
    if (!repeats) return forward(repeats);
    if (*repeats > 0)
      findings_.push_back({.kind = "duplicates",
                           .column = {},
                           .text = kDuplicates,
                           .args = {toldCount(static_cast<double>(*repeats), true),
                                    toldShare(static_cast<double>(*repeats), rows_)},
                           .step = {{"step", "drop_duplicates"}},
                           .severity = Severity::Warning,
                           .other = {}});
    return {};
  }

  TableProfile collect(std::vector<Finding> relations) {
    TableProfile profile;
    profile.rows = rows_;
    profile.findings = std::move(findings_);
    for (auto& found : by_column_)
      std::move(found.begin(), found.end(), std::back_inserter(profile.findings));
    std::move(relations.begin(), relations.end(), std::back_inserter(profile.findings));
    for (ColumnState& column : columns_) profile.columns.push_back(std::move(column.profile));
    return profile;
  }

  Session& session_;
  const TableInfo& info_;
  std::int64_t rows_;
  JobContext& whole_job_;
  JobContext job_;  // the part of it that is being done
  std::vector<ColumnState> columns_;
  std::vector<std::vector<Finding>> by_column_;
  std::vector<Finding> findings_;
};

Result<> checkTarget(const TableInfo& info, const std::string& target) {
  if (target.empty()) return {};
  std::vector<std::string> names;
  for (const ColumnInfo& column : info.columns) names.push_back(column.name);
  if (std::find(names.begin(), names.end(), target) != names.end()) return {};
  return fail(ErrorCode::NotFound, kNoTarget, {target, info.table.name, join(names, ", ")},
              {.column = target, .table = info.table.name});
}

}  // namespace

std::string Finding::stepId() const {
  return step.is_object() ? step.value("step", std::string()) : std::string();
}

Result<TableProfile> profile(const Database& database, const TableName& table, JobContext& job) {
  return profile(database, table, {}, job);
}

Result<TableProfile> profile(const Database& database, const TableName& table, const ProfileOptions& options,
                             JobContext& job) {
  auto info = database.table(table);
  if (!info) return forward(info);
  if (auto known = checkTarget(*info, options.target); !known) return forward(known);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto rows = session->count("SELECT count(*) FROM " + quoted(info->table), job);
  if (!rows) return forward(rows);
  info->rows = *rows;
  return Profiler(*session, *info, options, job).run();
}

}  // namespace lodestone::data
