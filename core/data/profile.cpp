// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/profile.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/data/duckdb_handle.h"

namespace lodestone::data {

namespace {

constexpr Text kProfiling{"Looking at column {0}", "正在分析列 {0}"};
constexpr Text kDuplicates{"{0} rows ({1}) repeat an earlier row in every column.",
                           "{0} 行（{1}）与之前的行完全相同。"};
constexpr Text kConstant{"Column {0} has one value only, {1}: it tells nothing.",
                         "列 {0} 只有一个值 {1}：不含信息。"};
constexpr Text kMissing{"{1} of the cells of column {0} are missing.", "列 {0} 有 {1} 的单元格缺失。"};
constexpr Text kIdentifier{
    "Column {0} has another value in every row: it looks like an identifier. Leave it out when "
    "a model learns.",
    "列 {0} 每行的值都不同：看起来是标识符。训练模型时请排除它。"};
constexpr Text kOutliers{
    "{1} of the cells of column {0} ({2}) lie far outside the rest, below {3} or above {4}.",
    "列 {0} 有 {1} 个单元格（{2}）远离其余数据：低于 {3} 或高于 {4}。"};
constexpr Text kMixedCase{"Column {0} has {1} values, but {2} when upper case and spaces are ignored.",
                          "列 {0} 有 {1} 个不同的值；忽略大小写和空格后只有 {2} 个。"};

constexpr std::size_t kBatch = 50;
constexpr int kBins = 20;
constexpr double kManyMissing = 0.4;
constexpr double kManyOutliers = 0.005;
constexpr std::int64_t kRowsToTell = 20;

enum class Nature { Number, Time, Text };

Nature natureOf(const std::string& type) {
  if (type == "DATE" || type.starts_with("TIMESTAMP")) return Nature::Time;
  static const std::vector<std::string> numbers{"TINYINT", "SMALLINT", "INTEGER",   "BIGINT",
                                                "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
                                                "UBIGINT", "UHUGEINT", "FLOAT",     "DOUBLE"};
  const bool number =
      type.starts_with("DECIMAL") || std::find(numbers.begin(), numbers.end(), type) != numbers.end();
  return number ? Nature::Number : Nature::Text;
}

std::string textCell(const Json& cell) {
  return cell.is_string() ? cell.get<std::string>() : std::string();
}
std::int64_t countCell(const Json& cell) {
  return cell.is_number_integer() ? cell.get<std::int64_t>() : 0;
}

/// Reads one table column by column; all statements see the same state of it.
class Profiler {
 public:
  Profiler(Session& session, const TableInfo& info, JobContext& job)
      : session_(session), info_(info), job_(job) {}

  Result<TableProfile> run() {
    profile_.rows = info_.rows;
    for (std::size_t first = 0; first < info_.columns.size(); first += kBatch)
      if (auto done = summarize(first, std::min(first + kBatch, info_.columns.size())); !done)
        return forward(done);
    if (auto found = findDuplicates(); !found) return forward(found);
    for (std::size_t i = 0; i < profile_.columns.size(); ++i) {
      ColumnProfile& column = profile_.columns[i];
      job_.report(static_cast<double>(i) / static_cast<double>(profile_.columns.size()), kProfiling,
                  {column.name});
      if (auto done = countValues(column); !done) return forward(done);
      if (auto done = countBins(column); !done) return forward(done);
      if (auto found = findInColumn(column); !found) return forward(found);
    }
    return std::move(profile_);
  }

 private:
  static std::string asNumber(const ColumnProfile& column) {
    const std::string name = quoteIdentifier(column.name);
    return natureOf(column.type) == Nature::Time ? "epoch(" + name + ")" : name + "::DOUBLE";
  }

  Result<> summarize(std::size_t first, std::size_t last) {
    std::vector<std::string> cells;
    for (std::size_t i = first; i < last; ++i) {
      const std::string name = quoteIdentifier(info_.columns[i].name);
      cells.push_back("count(" + name + "), min(" + name + ")::VARCHAR, max(" + name + ")::VARCHAR");
      if (natureOf(info_.columns[i].type) != Nature::Number) continue;
      const std::string finite = " FILTER (WHERE isfinite(" + name + "::DOUBLE))";
      cells.push_back("avg(" + name + "::DOUBLE)" + finite + ", stddev_samp(" + name + "::DOUBLE)" + finite);
      for (const char* share : {"0.05", "0.25", "0.5", "0.75", "0.95"})
        cells.push_back("quantile_cont(" + name + "::DOUBLE, " + share + ")" + finite);
    }
    auto answer = session_.rows("SELECT " + join(cells, ", ") + " FROM " + quoted(info_.table), job_);
    if (!answer) return forward(answer);
    const std::vector<Json>& row = answer->rows.at(0);
    std::size_t at = 0;
    for (std::size_t i = first; i < last; ++i) {
      ColumnProfile column;
      column.name = info_.columns[i].name;
      column.type = info_.columns[i].type;
      column.missing = info_.rows - countCell(row.at(at++));
      column.min = textCell(row.at(at++));
      column.max = textCell(row.at(at++));
      if (natureOf(column.type) == Nature::Number) {
        if (const Json& mean = row.at(at++); mean.is_number()) column.mean = mean.get<double>();
        if (const Json& deviation = row.at(at++); deviation.is_number())
          column.standard_deviation = deviation.get<double>();
        for (int n = 0; n < 5; ++n)
          if (const Json& quantile = row.at(at++); quantile.is_number())
            column.quantiles.push_back(quantile.get<double>());
      }
      profile_.columns.push_back(std::move(column));
    }
    return {};
  }

  Result<> countValues(ColumnProfile& column) {
    const std::string name = quoteIdentifier(column.name);
    auto answer =
        session_.rows("WITH counts AS MATERIALIZED (SELECT " + name + " AS v, count(*) AS n FROM " +
                          quoted(info_.table) + " WHERE " + name +
                          " IS NOT NULL GROUP BY 1) SELECT v::VARCHAR, n, (SELECT count(*) FROM counts) FROM "
                          "counts ORDER BY n DESC, v LIMIT 10",
                      job_);
    if (!answer) return forward(answer);
    for (const auto& row : answer->rows) {
      column.top.push_back({textCell(row[0]), countCell(row[1])});
      column.distinct = countCell(row[2]);
    }
    return {};
  }

  Result<> countBins(ColumnProfile& column) {
    if (natureOf(column.type) == Nature::Text || column.distinct == 0) return {};
    const std::string x = asNumber(column);
    const std::string from = " FROM " + quoted(info_.table) + " WHERE isfinite(" + x + ")";
    auto range = session_.rows("SELECT min(" + x + "), max(" + x + ")" + from, job_);
    if (!range) return forward(range);
    if (!range->rows[0][0].is_number()) return {};
    Histogram histogram;
    histogram.low = range->rows[0][0].get<double>();
    histogram.high = range->rows[0][1].get<double>();
    const int bins = histogram.high > histogram.low ? kBins : 1;
    histogram.counts.assign(static_cast<std::size_t>(bins), 0);
    const std::string low = formatNumber(histogram.low) + "::DOUBLE";
    const std::string width = "(" + formatNumber(histogram.high) + "::DOUBLE - " + low + ")";
    const std::string bin = bins == 1 ? "0"
                                      : "least(greatest(floor((" + x + " - " + low + ") / " + width + " * " +
                                            std::to_string(bins) + "), 0), " + std::to_string(bins - 1) +
                                            ")::INTEGER";
    auto counts = session_.rows("SELECT " + bin + ", count(*)" + from + " GROUP BY 1", job_);
    if (!counts) return forward(counts);
    for (const auto& row : counts->rows)
      histogram.counts.at(static_cast<std::size_t>(countCell(row[0]))) += countCell(row[1]);
    column.histogram = std::move(histogram);
    return {};
  }

  void tell(const char* kind, const std::string& column, const Text& text, std::vector<std::string> args,
            Json step) {
    profile_.findings.push_back(
        {.kind = kind, .column = column, .text = text, .args = std::move(args), .step = std::move(step)});
  }

  /// By a hash of 128 bits of each row, so that a wide table is never held whole.
  Result<> findDuplicates() {
    std::vector<std::string> names;
    for (const ColumnInfo& column : info_.columns) names.push_back(quoteIdentifier(column.name));
    if (names.empty() || info_.rows < 2) return {};
    const std::string all = join(names, ", ");
    auto distinct = session_.count("SELECT count(*) FROM (SELECT DISTINCT hash(" + all + "), hash('again', " +
                                       all + ") FROM " + quoted(info_.table) + ")",
                                   job_);
    if (!distinct) return forward(distinct);
    const std::int64_t repeated = info_.rows - *distinct;
    if (repeated > 0)
      tell("duplicates", "", kDuplicates, {formatGrouped(static_cast<double>(repeated), 0), share(repeated)},
           {{"step", "drop_duplicates"}});
    return {};
  }

  std::string share(std::int64_t count) const {
    return formatPercent(static_cast<double>(count) /
                         static_cast<double>(std::max<std::int64_t>(info_.rows, 1)));
  }

  Result<> findInColumn(const ColumnProfile& column) {
    const std::int64_t there = info_.rows - column.missing;
    if (static_cast<double>(column.missing) > kManyMissing * static_cast<double>(info_.rows))
      tell("missing", column.name, kMissing, {column.name, share(column.missing)},
           {{"step", "drop_columns"}, {"columns", {column.name}}});
    if (column.distinct == 1 && there > 1)
      tell("constant", column.name, kConstant, {column.name, "\"" + shorten(column.min, 40) + "\""},
           {{"step", "drop_columns"}, {"columns", {column.name}}});
    const bool may_name = column.type == "VARCHAR" || column.type == "BIGINT" || column.type == "UUID";
    if (may_name && column.distinct == there && there >= kRowsToTell && column.missing == 0)
      tell("identifier", column.name, kIdentifier, {column.name}, nullptr);
    if (natureOf(column.type) == Nature::Number) return findOutliers(column);
    if (column.type == "VARCHAR" && column.distinct > 1) return findMixedCase(column);
    return {};
  }

  Result<> findOutliers(const ColumnProfile& column) {
    if (column.quantiles.size() != 5) return {};
    const double spread = column.quantiles[3] - column.quantiles[1];
    if (!(spread > 0)) return {};
    const double low = column.quantiles[1] - 3 * spread;
    const double high = column.quantiles[3] + 3 * spread;
    const std::string x = asNumber(column);
    auto count =
        session_.count("SELECT count(*) FROM " + quoted(info_.table) + " WHERE " + x + " < " +
                           formatNumber(low) + "::DOUBLE OR " + x + " > " + formatNumber(high) + "::DOUBLE",
                       job_);
    if (!count) return forward(count);
    if (static_cast<double>(*count) > kManyOutliers * static_cast<double>(info_.rows - column.missing))
      tell("outliers", column.name, kOutliers,
           {column.name, formatGrouped(static_cast<double>(*count), 0), share(*count), formatNumber(low),
            formatNumber(high)},
           {{"step", "clip_outliers"}, {"column", column.name}, {"method", "iqr"}, {"factor", 3}});
    return {};
  }

  Result<> findMixedCase(const ColumnProfile& column) {
    const std::string name = quoteIdentifier(column.name);
    auto same =
        session_.count("SELECT count(DISTINCT lower(trim(" + name + "))) FROM " + quoted(info_.table), job_);
    if (!same) return forward(same);
    if (*same < column.distinct)
      tell("mixed_case", column.name, kMixedCase,
           {column.name, formatGrouped(static_cast<double>(column.distinct), 0),
            formatGrouped(static_cast<double>(*same), 0)},
           {{"step", "text"}, {"column", column.name}, {"operation", "lower"}});
    return {};
  }

  Session& session_;
  const TableInfo& info_;
  JobContext& job_;
  TableProfile profile_;
};

}  // namespace

std::string Finding::stepId() const {
  return step.is_object() ? step.value("step", std::string()) : std::string();
}

Result<TableProfile> profile(const Database& database, const TableName& table, JobContext& job) {
  return profile(database, table, {}, job);
}

Result<TableProfile> profile(const Database& database, const TableName& table,
                             const ProfileOptions& /*options*/, JobContext& job) {
  auto info = database.table(table);
  if (!info) return forward(info);
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->beginReadOnly(); !begun) return forward(begun);
  auto rows = session->count("SELECT count(*) FROM " + quoted(info->table), job);
  if (!rows) return forward(rows);
  info->rows = *rows;
  return Profiler(*session, *info, job).run();
}

}  // namespace lodestone::data
