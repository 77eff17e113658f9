// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <unordered_map>

#include "core/base/hash.h"
#include "core/learn/training.h"

namespace lodestone::learn {

namespace {

constexpr std::int64_t kFewestRows = 50;
constexpr std::int64_t kFewestOfClass = 10;
constexpr std::size_t kMostValuesShown = 10;

constexpr Text kPreparing{"Preparing rows", "正在准备数据行"};
constexpr Text kNoColumn{"There is no column \"{0}\". There are: {1}.", "没有列“{0}”。现有的列：{1}。"};
constexpr Text kBadFraction{"The {0} fraction must be at least 0 and below 1, not {1}.",
                            "{0} 所占比例必须不小于 0 且小于 1，而不是 {1}。"};
constexpr Text kManyValues{
    "The target \"{0}\" has {1} values: {2}. Name the one to predict as the positive value, or choose a "
    "target of two values.",
    "目标列“{0}”有 {1} 个取值：{2}。请指定要预测的正例取值，或选择只有两个取值的目标列。"};
constexpr Text kNoPositive{"The target \"{0}\" has no value \"{1}\". It has: {2}.",
                           "目标列“{0}”没有取值“{1}”。现有取值：{2}。"};
constexpr Text kFewRows{
    "{0} rows remain after dropping {2} duplicates and {3} rows without a target; at least {1} are needed. "
    "Import more "
    "rows.",
    "去掉 {2} 个重复行和 {3} 个没有目标值的行之后只剩 {0} 行，至少需要 {1} 行。请导入更多数据。"};
constexpr Text kOneClass{
    "The target \"{0}\" has only the value \"{1}\": there is nothing to tell apart. Choose another "
    "target, or import rows with other values.",
    "目标列“{0}”只有取值“{1}”，没有可区分的内容。请选择其他目标列，或导入含有其他取值的数据。"};
constexpr Text kFewOfClass{
    "Of the {0} training rows, {1} are positive (\"{3}\") and {2} are not; at least {4} of each are needed. "
    "Import more "
    "rows, or hold out fewer.",
    "在 {0} 个训练行中，正例（“{3}”）有 {1} 个，其他有 {2} 个；两者至少各需 {4} "
    "个。请导入更多数据，或减少留出的行。"};
constexpr Text kOneSidedPart{
    "The {0} part has {1} rows, {2} of them positive: it needs both kinds. Import more rows, or change its "
    "fraction.",
    "{0} 部分有 {1} 行，其中正例 {2} 行；该部分必须同时包含两类。请导入更多数据，或调整其比例。"};

/// A number whose bits are equal exactly when the cells are.
std::uint64_t cellBits(const FrameColumn& column, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  if (column.kind == ColumnKind::Text)
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(column.codes[i]));
  const double value = column.numbers[i];
  if (std::isnan(value)) return ~std::uint64_t{0};
  return std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
}

bool sameRow(const Frame& frame, std::int64_t a, std::int64_t b) {
  return std::all_of(frame.columns.begin(), frame.columns.end(),
                     [&](const FrameColumn& column) { return cellBits(column, a) == cellBits(column, b); });
}

/// True for each row that an earlier one equals in all columns.
std::vector<bool> findDuplicates(const Frame& frame) {
  std::vector<std::uint64_t> hash(static_cast<std::size_t>(frame.rows));
  for (const FrameColumn& column : frame.columns)
    for (std::int64_t row = 0; row < frame.rows; ++row) {
      std::uint64_t& h = hash[static_cast<std::size_t>(row)];
      h = splitmix64(h + kGoldenGamma + splitmix64(cellBits(column, row)));
    }
  std::vector<bool> duplicate(hash.size());
  std::unordered_multimap<std::uint64_t, std::int64_t> first;
  first.reserve(hash.size());
  for (std::int64_t row = 0; row < frame.rows; ++row) {
    const std::uint64_t h = hash[static_cast<std::size_t>(row)];
    const auto [begin, end] = first.equal_range(h);
    const bool seen =
        std::any_of(begin, end, [&](const auto& earlier) { return sameRow(frame, earlier.second, row); });
    if (seen)
      duplicate[static_cast<std::size_t>(row)] = true;
    else
      first.emplace(h, row);
  }
  return duplicate;
}

std::string hashOfCells(const Frame& frame, const Frame* test) {
  Sha256 sha;
  for (const Frame* part : {&frame, test}) {
    if (part == nullptr) continue;
    sha.add("rows " + std::to_string(part->rows) + "\n");
    for (const FrameColumn& column : part->columns) {
      Json names = {column.name, static_cast<int>(column.kind), column.levels};
      sha.add(dumpJson(names) + "\n");
      std::vector<std::uint64_t> bits(static_cast<std::size_t>(part->rows));
      for (std::int64_t row = 0; row < part->rows; ++row)
        bits[static_cast<std::size_t>(row)] = cellBits(column, row);
      sha.add({reinterpret_cast<const char*>(bits.data()), bits.size() * sizeof(bits[0])});
    }
  }
  return sha.hex();
}

Result<const FrameColumn*> findColumn(const Frame& frame, const std::string& name, ErrorCode code) {
  const FrameColumn* column = frame.find(name);
  if (column != nullptr) return column;
  std::vector<std::string> names;
  for (const FrameColumn& other : frame.columns) names.push_back(other.name);
  return fail(code, kNoColumn, {name, shorten(join(names, ", "), 500)}, {.column = name});
}

Result<> checkPlan(const Frame& frame, const DatasetPlan& plan) {
  for (const auto& [name, fraction] :
       {std::pair{"test", plan.test_fraction}, {"validation", plan.validation_fraction}})
    if (!(fraction >= 0 && fraction < 1))
      return fail(ErrorCode::InvalidArgument, kBadFraction, {name, formatNumber(fraction)});
  if (auto found = findColumn(frame, plan.target, ErrorCode::NotFound); !found) return forward(found);
  if (!plan.group.empty())
    if (auto found = findColumn(frame, plan.group, ErrorCode::InvalidArgument); !found) return forward(found);
  for (const std::string& name : plan.exclude)
    if (auto found = findColumn(frame, name, ErrorCode::InvalidArgument); !found) return forward(found);
  return {};
}

/// Rows that have a target, without duplicates.
std::vector<std::int64_t> keptRows(const Frame& frame, const FrameColumn& target, Duplicates duplicates,
                                   std::int64_t& dropped_duplicates, std::int64_t& dropped_without_target) {
  const std::vector<bool> duplicate = duplicates == Duplicates::Drop
                                          ? findDuplicates(frame)
                                          : std::vector<bool>(static_cast<std::size_t>(frame.rows));
  std::vector<std::int64_t> kept;
  for (std::int64_t row = 0; row < frame.rows; ++row) {
    if (duplicate[static_cast<std::size_t>(row)])
      ++dropped_duplicates;
    else if (frame.missing(target, row))
      ++dropped_without_target;
    else
      kept.push_back(row);
  }
  return kept;
}

/// The target's distinct values as texts, sorted by their bytes.
std::set<std::string> valuesOf(const Frame& frame, const FrameColumn& target,
                               const std::vector<std::int64_t>& rows) {
  std::set<std::uint64_t> seen;
  std::set<std::string> values;
  for (const std::int64_t row : rows)
    if (seen.insert(cellBits(target, row)).second) values.insert(frame.cell(target, row));
  return values;
}

std::string shown(const std::set<std::string>& values) {
  std::vector<std::string> some;
  for (const std::string& value : values) {
    if (some.size() == kMostValuesShown) break;
    some.push_back(shorten(value, 40));
  }
  return join(some, ", ") + (values.size() > some.size() ? ", …" : "");
}

/// What was asked for as it stands in the column: truth values and numbers may be written in several ways.
std::string asInColumn(const std::string& wanted, const FrameColumn& target) {
  if (target.kind != ColumnKind::Number) return wanted;
  const std::string lower = lowerAscii(wanted);
  if (lower == "true") return "1";
  if (lower == "false") return "0";
  double value = 0;
  return parseNumber(wanted, value) ? formatNumber(value) : wanted;
}

/// Fills in plan.positive and negative.
Result<> choosePositive(Dataset& dataset, const FrameColumn& target, const std::set<std::string>& values) {
  DatasetPlan& plan = dataset.plan;
  if (!plan.positive.empty() && !values.contains(plan.positive)) {
    const std::string wanted = asInColumn(plan.positive, target);
    if (!values.contains(wanted))
      return fail(ErrorCode::InvalidArgument, kNoPositive, {plan.target, plan.positive, shown(values)},
                  {.column = plan.target});
    plan.positive = wanted;
  }
  if (values.size() == 1)
    return fail(ErrorCode::NotEnoughData, kOneClass, {plan.target, *values.begin()}, {.column = plan.target});
  if (plan.positive.empty()) {
    if (values.size() > 2)
      return fail(ErrorCode::InvalidArgument, kManyValues,
                  {plan.target, std::to_string(values.size()), shown(values)}, {.column = plan.target});
    plan.positive = *values.rbegin();
  }
  if (values.size() == 2)
    dataset.negative = *values.begin() == plan.positive ? *values.rbegin() : *values.begin();
  return {};
}

void addTargets(const Frame& frame, const FrameColumn& column, const std::vector<std::int64_t>& rows,
                const std::string& positive, std::vector<float>& target) {
  std::unordered_map<std::uint64_t, bool> known;
  for (const std::int64_t row : rows) {
    const auto [entry, is_new] = known.try_emplace(cellBits(column, row), false);
    if (is_new) entry->second = frame.cell(column, row) == positive;
    target.push_back(entry->second ? 1.0F : 0.0F);
  }
}

/// Group of each of the rows; rows without one stand alone.
std::vector<std::int32_t> groupsOf(const FrameColumn& column, const Frame& frame,
                                   const std::vector<std::int64_t>& rows) {
  std::unordered_map<std::uint64_t, std::int32_t> number;
  std::vector<std::int32_t> group;
  std::int32_t next = 0;
  for (const std::int64_t row : rows) {
    if (frame.missing(column, row)) {
      group.push_back(next++);
      continue;
    }
    const auto [entry, is_new] = number.try_emplace(cellBits(column, row), next);
    if (is_new) ++next;
    group.push_back(entry->second);
  }
  return group;
}

/// Parts of the rows that were not given as test rows. The validation rows are split off by the same rule
/// with the next seed over what is left, so that the two splits have nothing to do with each other.
std::vector<Part> splitParts(const Frame& frame, const DatasetPlan& plan,
                             const std::vector<std::int64_t>& rows, double test_fraction) {
  const FrameColumn* group = plan.group.empty() ? nullptr : frame.find(plan.group);
  const auto splitOf = [&](const std::vector<std::int64_t>& of, double fraction, std::uint64_t seed) {
    return group != nullptr ? splitGroups(groupsOf(*group, frame, of), fraction, seed)
                            : splitRows(static_cast<std::int64_t>(of.size()), fraction, seed);
  };
  std::vector<Part> part(rows.size(), Part::Train);
  const Split outer = splitOf(rows, test_fraction, plan.seed);
  for (const std::int64_t i : outer.first) part[static_cast<std::size_t>(i)] = Part::Test;
  std::vector<std::int64_t> rest;
  for (const std::int64_t i : outer.second) rest.push_back(rows[static_cast<std::size_t>(i)]);
  for (const std::int64_t i : splitOf(rest, plan.validation_fraction, plan.seed + 1).first)
    part[static_cast<std::size_t>(outer.second[static_cast<std::size_t>(i)])] = Part::Validation;
  return part;
}

std::int64_t positivesOf(const std::vector<float>& target) {
  return std::count_if(target.begin(), target.end(), [](float t) { return t > 0.5F; });
}

Result<> checkParts(const Dataset& dataset, bool wants_test) {
  const auto rows = static_cast<std::int64_t>(dataset.train_target.size());
  const std::int64_t positives = positivesOf(dataset.train_target);
  if (positives < kFewestOfClass || rows - positives < kFewestOfClass)
    return fail(ErrorCode::NotEnoughData, kFewOfClass,
                {std::to_string(rows), std::to_string(positives), std::to_string(rows - positives),
                 dataset.plan.positive, std::to_string(kFewestOfClass)},
                {.column = dataset.plan.target});
  const auto check = [&](const char* name, const std::vector<float>& target) -> Result<> {
    const auto count = static_cast<std::int64_t>(target.size());
    const std::int64_t positive = positivesOf(target);
    if (positive > 0 && positive < count) return {};
    return fail(ErrorCode::NotEnoughData, kOneSidedPart,
                {name, std::to_string(count), std::to_string(positive)}, {.column = dataset.plan.target});
  };
  if (dataset.plan.validation_fraction > 0)
    if (auto ok = check("validation", dataset.validation_target); !ok) return ok;
  if (wants_test) return check("test", dataset.test_target);
  return {};
}

/// Row numbers and targets of the three parts.
void fillParts(Dataset& dataset) {
  for (std::size_t i = 0; i < dataset.part.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    switch (dataset.part[i]) {
      case Part::Train:
        dataset.train_rows.push_back(row);
        dataset.train_target.push_back(dataset.target[i]);
        break;
      case Part::Validation:
        dataset.validation_rows.push_back(row);
        dataset.validation_target.push_back(dataset.target[i]);
        break;
      case Part::Test:
        dataset.test_rows.push_back(row);
        dataset.test_target.push_back(dataset.target[i]);
        break;
    }
  }
}

std::vector<std::int64_t> sourceRows(const Dataset& dataset, const std::vector<std::int64_t>& rows) {
  std::vector<std::int64_t> out;
  out.reserve(rows.size());
  for (const std::int64_t row : rows) out.push_back(dataset.source_row[static_cast<std::size_t>(row)]);
  return out;
}

Result<> encodeParts(Dataset& dataset, const Frame& frame, const Frame* test, JobContext& job) {
  std::vector<std::int64_t> learning;
  for (std::size_t i = 0; i < dataset.part.size(); ++i)
    if (dataset.part[i] != Part::Test) learning.push_back(dataset.source_row[i]);
  std::vector<std::string> exclude = dataset.plan.exclude;
  exclude.push_back(dataset.plan.target);
  if (!dataset.plan.group.empty()) exclude.push_back(dataset.plan.group);
  auto encoder = FeatureEncoder::fit(frame, learning, exclude, dataset.plan.features);
  if (!encoder) return forward(encoder);
  dataset.encoder = std::move(*encoder);
  auto all = dataset.encoder.encode(frame, job);
  if (!all) return forward(all);
  dataset.train = all->take(sourceRows(dataset, dataset.train_rows));
  dataset.validation = all->take(sourceRows(dataset, dataset.validation_rows));
  if (test != nullptr) {
    all = dataset.encoder.encode(*test, job);
    if (!all) return forward(all);
  }
  dataset.test = all->take(sourceRows(dataset, dataset.test_rows));
  dataset.learning = std::make_shared<const Frame>(frame.take(learning));
  return {};
}

}  // namespace

Result<Dataset> prepareDataset(const Frame& frame, const DatasetPlan& plan, JobContext& job,
                               const Frame* test) {
  job.report(0, kPreparing);
  if (auto ok = checkPlan(frame, plan); !ok) return forward(ok);
  Dataset dataset;
  dataset.plan = plan;
  const FrameColumn& target = *frame.find(plan.target);
  const std::vector<std::int64_t> kept =
      keptRows(frame, target, plan.duplicates, dataset.dropped_duplicates, dataset.dropped_without_target);
  if (auto ok = job.checkpoint(); !ok) return forward(ok);
  const std::set<std::string> values = valuesOf(frame, target, kept);
  if (!values.empty())
    if (auto ok = choosePositive(dataset, target, values); !ok) return forward(ok);
  if (static_cast<std::int64_t>(kept.size()) < kFewestRows)
    return fail(ErrorCode::NotEnoughData, kFewRows,
                {std::to_string(kept.size()), std::to_string(kFewestRows),
                 std::to_string(dataset.dropped_duplicates), std::to_string(dataset.dropped_without_target)});

  dataset.source_row = kept;
  addTargets(frame, target, kept, dataset.plan.positive, dataset.target);
  dataset.part = splitParts(frame, dataset.plan, kept, test == nullptr ? plan.test_fraction : 0);
  if (test != nullptr) {
    auto test_target = findColumn(*test, plan.target, ErrorCode::NotFound);
    if (!test_target) return forward(test_target);
    std::int64_t ignored = 0;
    const auto rows =
        keptRows(*test, **test_target, Duplicates::Keep, ignored, dataset.dropped_without_target);
    addTargets(*test, **test_target, rows, dataset.plan.positive, dataset.target);
    dataset.source_row.insert(dataset.source_row.end(), rows.begin(), rows.end());
    dataset.part.resize(dataset.source_row.size(), Part::Test);
  }
  fillParts(dataset);
  if (auto ok = checkParts(dataset, test != nullptr || plan.test_fraction > 0); !ok) return forward(ok);
  if (auto ok = encodeParts(dataset, frame, test, job); !ok) return forward(ok);
  dataset.data_hash = hashOfCells(frame, test);
  return dataset;
}

}  // namespace lodestone::learn
