// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/profile_relations.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/data/repeats.h"
#include "core/data/sample_columns.h"

namespace lodestone::data {

namespace {

constexpr Text kCorrelated{
    "Columns {0} and {1} go together (correlation {2}): one of them tells nearly all that the other does.",
    "列 {0} 与 {1} 高度相关（相关系数 {2}）：其中一列几乎包含了另一列的全部信息。"};
constexpr Text kAssociated{
    "Columns {0} and {1} go together (Cramér's V {2}): one of them tells nearly all that the other does.",
    "列 {0} 与 {1} 高度关联（Cramér's V {2}）：其中一列几乎包含了另一列的全部信息。"};
constexpr Text kCopy{"Columns {0} and {1} are the same.", "列 {0} 与 {1} 完全相同。"};
constexpr Text kLeakAccuracy{
    "Column {0} alone tells {1} right in {2} of the rows: it may be known only afterwards. Leave it out when "
    "a "
    "model learns.",
    "仅凭列 {0} 就能在 {2} 的行中正确得出 {1}：它可能是事后才知道的。训练模型时请排除它。"};
constexpr Text kLeakArea{
    "Column {0} alone tells {1} nearly without fail (area under the ROC curve {2}): it may be known only "
    "afterwards. Leave it out when a model learns.",
    "仅凭列 {0} 就几乎能完全区分 {1}（ROC 曲线下面积 {2}）：它可能是事后才知道的。训练模型时请排除它。"};
constexpr Text kLeakRank{
    "Column {0} puts the rows in nearly the same order as {1} (rank correlation {2}): it may be the same "
    "thing. "
    "Leave it out when a model learns.",
    "列 {0} 与 {1} 的排序几乎相同（秩相关 {2}）：可能就是同一信息。训练模型时请排除它。"};
constexpr Text kPairKey{"Columns {0} and {1} together tell the rows apart: no pair of values comes twice.",
                        "列 {0} 与 {1} 合在一起可唯一确定每一行：没有重复的取值组合。"};
constexpr Text kComparing{"Comparing columns", "正在比较各列"};

constexpr std::size_t kMostColumns = 200;
constexpr double kSampleCells = 8e6;
constexpr double kMostRows = 100'000;
constexpr std::size_t kMostValuesOfText = 50;
constexpr double kStrong = 0.95;
constexpr double kWorthALook = 0.8;
constexpr std::size_t kRowsOfALook = 2000;
constexpr std::int64_t kMostRowsForKeys = 1'000'000;
constexpr std::int64_t kFewestRowsForKeys = 20;
constexpr std::size_t kMostColumnsForKeys = 30;
constexpr std::size_t kMostKeys = 3;

class Relations {
 public:
  Relations(Session& session, const TableName& table, std::int64_t rows,
            const std::vector<ColumnState>& columns, JobContext& job)
      : session_(session), table_(table), rows_(rows), columns_(columns), job_(job) {}

  Result<std::vector<Finding>> run() {
    for (const ColumnState& column : columns_)
      if (column.is_target) target_ = &column;
    for (std::size_t first = 0; first < columns_.size(); first += kMostColumns) {
      if (first > 0 && target_ == nullptr) break;
      auto sample = readBatch(first);
      if (!sample) return forward(sample);
      if (first == 0) {
        if (auto found = findCorrelated(*sample); !found) return forward(found);
        if (auto found = findKeys(*sample); !found) return forward(found);
      }
      if (auto found = findLeaks(*sample); !found) return forward(found);
    }
    return std::move(findings_);
  }

 private:
  /// The target stands last, unless it is among the batch anyway.
  Result<std::vector<SampleColumn>> readBatch(std::size_t first) {
    std::vector<const ColumnState*> batch;
    bool has_target = target_ == nullptr;
    for (std::size_t i = first; i < std::min(first + kMostColumns, columns_.size()); ++i) {
      const ColumnState& column = columns_[i];
      has_target = has_target || &column == target_;
      if (column.nature != Nature::Other && column.profile.distinct > 1) batch.push_back(&column);
    }
    if (!has_target) batch.push_back(target_);
    if (batch.empty()) return std::vector<SampleColumn>();
    const double rows = std::min(kMostRows, kSampleCells / static_cast<double>(batch.size()));
    return readSample(session_, table_, batch, rows / static_cast<double>(rows_), job_);
  }

  void tell(const char* kind, const SampleColumn& column, const SampleColumn& other, const Text& text,
            std::vector<std::string> args, Severity severity, Json step) {
    args.insert(args.begin(), {column.column->info.name, other.column->info.name});
    findings_.push_back({.kind = kind,
                         .column = column.column->info.name,
                         .text = text,
                         .args = std::move(args),
                         .step = std::move(step),
                         .severity = severity,
                         .other = other.column->info.name});
  }

  /// Rows from all over the sample, few enough to compare all pairs of many columns.
  static std::vector<double> lookAt(const SampleColumn& column) {
    const std::size_t stride = column.cells.size() / kRowsOfALook + 1;
    std::vector<double> few;
    for (std::size_t i = 0; i < column.cells.size(); i += stride) few.push_back(column.cells[i]);
    return few;
  }

  Result<> findCorrelated(const std::vector<SampleColumn>& sample) {
    std::vector<std::vector<double>> looks;
    for (const SampleColumn& column : sample) looks.push_back(lookAt(column));
    for (std::size_t b = 1; b < sample.size(); ++b) {
      if (auto go = job_.checkpoint(); !go) return go;
      job_.report(static_cast<double>(b) / static_cast<double>(sample.size()), kComparing);
      for (std::size_t a = 0; a < b; ++a) {
        if (sample[a].column->is_target || sample[b].column->is_target) continue;
        if (sample[a].is_code != sample[b].is_code) continue;
        if (sample[a].is_code)
          compareTexts(sample[a], sample[b]);
        else if (const auto look = pearson(looks[a], looks[b]); !look || std::abs(*look) >= kWorthALook)
          compareNumbers(sample[a], sample[b]);
      }
    }
    return {};
  }

  void compareNumbers(const SampleColumn& a, const SampleColumn& b) {
    const auto r = pearson(a.cells, b.cells);
    if (r && std::abs(*r) >= kStrong)
      tell("correlated", a, b, kCorrelated, {formatGrouped(*r, 3)}, Severity::Note,
           dropColumnStep(b.column->info.name));
  }

  void compareTexts(const SampleColumn& a, const SampleColumn& b) {
    const Json step = dropColumnStep(b.column->info.name);
    if (a.fingerprint == b.fingerprint && a.codes == b.codes)
      return tell("correlated", a, b, kCopy, {}, Severity::Warning, step);
    // Where nearly every value is there once, any two columns seem to tell each other.
    const std::size_t codes = std::max(a.codes, b.codes);
    if (codes > kMostValuesOfText || 2 * codes > a.cells.size()) return;
    const auto v = cramersV(a, b);
    if (v && *v >= kStrong)
      tell("correlated", a, b, kAssociated, {formatGrouped(*v, 3)}, Severity::Note, step);
  }

  Result<> findLeaks(const std::vector<SampleColumn>& sample) {
    const auto target = std::find_if(sample.begin(), sample.end(),
                                     [](const SampleColumn& one) { return one.column->is_target; });
    if (target == sample.end()) return {};
    for (const SampleColumn& column : sample) {
      if (auto go = job_.checkpoint(); !go) return go;
      if (column.column->is_target) continue;
      const auto prediction = tellsTarget(column, *target);
      if (!prediction) continue;
      using Measure = Prediction::Measure;
      const bool accuracy = prediction->measure == Measure::Accuracy;
      const Text& text = accuracy                                 ? kLeakAccuracy
                         : prediction->measure == Measure::RocAuc ? kLeakArea
                                                                  : kLeakRank;
      tell("leak", column, *target, text,
           {accuracy ? formatPercent(prediction->value) : formatGrouped(prediction->value, 3)},
           Severity::Problem, dropColumnStep(column.column->info.name));
    }
    return {};
  }

  bool mayBeInKey(const SampleColumn& one) const {
    const ColumnState& column = *one.column;
    return column.profile.missing == 0 && column.profile.distinct <= rows_ / 2 &&
           !isFloating(column.info.type);
  }

  static bool isKeyOfSample(const SampleColumn& a, const SampleColumn& b) {
    std::vector<std::pair<double, double>> pairs;
    pairs.reserve(a.cells.size());
    for (std::size_t i = 0; i < a.cells.size(); ++i) pairs.emplace_back(a.cells[i], b.cells[i]);
    std::sort(pairs.begin(), pairs.end());
    return std::adjacent_find(pairs.begin(), pairs.end()) == pairs.end();
  }

  Result<> findKeys(const std::vector<SampleColumn>& sample) {
    const bool has_key = std::any_of(columns_.begin(), columns_.end(),
                                     [](const ColumnState& column) { return column.unique; });
    if (has_key || rows_ < kFewestRowsForKeys || rows_ > kMostRowsForKeys ||
        sample.size() > kMostColumnsForKeys)
      return {};
    std::size_t tried = 0;
    for (std::size_t b = 1; b < sample.size(); ++b)
      for (std::size_t a = 0; a < b && tried < kMostKeys; ++a) {
        if (!mayBeInKey(sample[a]) || !mayBeInKey(sample[b])) continue;
        const std::int64_t pairs = sample[a].column->profile.distinct * sample[b].column->profile.distinct;
        if (pairs < rows_ || !isKeyOfSample(sample[a], sample[b])) continue;
        ++tried;
        const auto repeats = countRepeats(
            session_, table_, rows_,
            {quoteIdentifier(sample[a].column->info.name), quoteIdentifier(sample[b].column->info.name)},
            job_);
        if (!repeats) return forward(repeats);
        if (*repeats == 0) tell("key", sample[a], sample[b], kPairKey, {}, Severity::Note, nullptr);
      }
    return {};
  }

  Session& session_;
  const TableName& table_;
  std::int64_t rows_;
  const std::vector<ColumnState>& columns_;
  JobContext& job_;
  const ColumnState* target_ = nullptr;
  std::vector<Finding> findings_;
};

}  // namespace

Result<std::vector<Finding>> findRelations(Session& session, const TableName& table, std::int64_t rows,
                                           const std::vector<ColumnState>& columns, JobContext& job) {
  if (rows < 2) return std::vector<Finding>();
  return Relations(session, table, rows, columns, job).run();
}

}  // namespace lodestone::data
