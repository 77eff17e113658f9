// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/features.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "core/base/hash.h"
#include "core/learn/json_fields.h"

namespace lodestone::learn {

namespace {

constexpr double kSecondsPerDay = 86400;
constexpr std::size_t kFewRows = 50;  // among so few, distinct values mean little
constexpr std::int64_t kBlock = 1024;

constexpr Text kNoSuchColumn{"There is no column \"{0}\" to exclude. There are: {1}.",
                             "没有要排除的列“{0}”。现有的列：{1}。"};
constexpr Text kNoFeatures{
    "No column is left to learn from: {0} left out as constant, empty or identifier. Add columns, or exclude "
    "fewer.",
    "没有可供学习的列：有 {0} 列因恒定、全空或是标识符而被去掉。请增加列，或少排除一些列。"};
constexpr Text kMissingColumns{"The table lacks columns that the model needs: {0}.",
                               "该表缺少模型所需的列：{0}。"};
constexpr Text kOtherKind{
    "The column \"{0}\" is {1} here, but the model learned it as {2}. Import it with that type.",
    "列“{0}”在此是 {1}，而模型学习时它是 {2}。请按该类型重新导入。"};
constexpr Text kCorruptEncoder{
    "The model's encoder is damaged at \"{0}\". Take it from a backup, or train again.",
    "模型的编码器在“{0}”处已损坏。请从备份恢复，或重新训练。"};

struct ReasonName {
  const char* id;
  Text text;
};
constexpr ReasonName kReasons[] = {
    {"empty", {"It has no value in the training rows.", "在训练行中没有任何值。"}},
    {"constant", {"It has the same value in all training rows.", "在所有训练行中取值相同。"}},
    {"identifier",
     {"It looks like an identifier: hardly a value comes twice.", "看起来是标识符：几乎没有重复的值。"}},
    {"numbering",
     {"It looks like an identifier: whole numbers that never come twice.",
      "看起来是标识符：从不重复的整数。"}},
};
constexpr const Text* kEmpty = &kReasons[0].text;
constexpr const Text* kConstant = &kReasons[1].text;
constexpr const Text* kIdentifier = &kReasons[2].text;
constexpr const Text* kNumbering = &kReasons[3].text;

std::string_view reasonId(const Text& reason) {
  for (const ReasonName& name : kReasons)
    if (name.text.in(Language::English) == reason.in(Language::English)) return name.id;
  return kReasons[0].id;
}

std::string_view kindName(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::Number:
      return "number";
    case ColumnKind::Time:
      return "time";
    case ColumnKind::Text:
      return "text";
  }
  return "number";
}

double scale(ColumnKind kind) {
  return kind == ColumnKind::Time ? 1 / kSecondsPerDay : 1;
}

bool namedAsIdentifier(const std::string& name) {
  const std::string lower = lowerAscii(name);
  const auto ends = [](const std::string& text, std::string_view end) { return text.ends_with(end); };
  return lower == "id" || ends(lower, "_id") || ends(lower, " id") || ends(lower, "_no") ||
         ends(name, "ID") || ends(name, "Id") || ends(name, "编号");
}

/// Whole numbers that never come twice and are named as identifiers or lie densely, as row numbers do.
bool isNumbering(const FrameColumn& column, std::vector<double> values, std::size_t rows) {
  if (column.kind != ColumnKind::Number || values.size() != rows || rows <= kFewRows) return false;
  if (!std::all_of(values.begin(), values.end(), [](double v) { return v == std::floor(v); })) return false;
  std::sort(values.begin(), values.end());
  if (std::adjacent_find(values.begin(), values.end()) != values.end()) return false;
  return namedAsIdentifier(column.name) || values.back() - values.front() < 2.0 * static_cast<double>(rows);
}

double median(std::vector<double> values) {
  const std::size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle), values.end());
  if (values.size() % 2 == 1) return values[middle];
  const double lower =
      *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle));
  return (lower + values[middle]) / 2;
}

double meanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double fillValue(FillNumbers fill, const std::vector<double>& values) {
  switch (fill) {
    case FillNumbers::Zero:
      return 0;
    case FillNumbers::Median:
      return median(values);
    case FillNumbers::Mean:
      return meanOf(values);
  }
  return 0;
}

/// Null when the column is learned; else why it is not.
const Text* learnNumbers(const FrameColumn& column, const std::vector<std::int64_t>& rows,
                         const FeatureOptions& options, FeatureEncoder::Column& out) {
  std::vector<double> values;
  for (const std::int64_t row : rows) {
    const double value = column.numbers[static_cast<std::size_t>(row)];
    if (std::isfinite(value)) values.push_back(value * scale(column.kind));
  }
  if (values.empty()) return kEmpty;
  if (isNumbering(column, values, rows.size())) return kNumbering;
  out.fill = fillValue(options.fill_numbers, values);
  values.resize(rows.size(), out.fill);
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*low == *high) return kConstant;
  out.mean = meanOf(values);
  double squares = 0;
  for (const double value : values) squares += (value - out.mean) * (value - out.mean);
  out.deviation = std::sqrt(squares / static_cast<double>(values.size()));
  // Values of 1e200 and more, or differences below the last digit: nothing that can be standardised.
  if (!std::isfinite(out.mean) || !std::isfinite(out.deviation) || out.deviation <= 0) return kConstant;
  return nullptr;
}

const Text* learnLevels(const FrameColumn& column, const std::vector<std::int64_t>& rows,
                        const FeatureOptions& options, FeatureEncoder::Column& out) {
  std::vector<std::int64_t> count(column.levels.size());
  for (const std::int64_t row : rows) {
    const std::int32_t code = column.codes[static_cast<std::size_t>(row)];
    if (code < 0)
      out.has_gap_level = true;
    else
      ++count[static_cast<std::size_t>(code)];
  }
  std::vector<std::size_t> present;
  for (std::size_t level = 0; level < count.size(); ++level)
    if (count[level] > 0) present.push_back(level);
  if (present.empty()) return kEmpty;
  if (present.size() == 1 && !out.has_gap_level) return kConstant;
  if (present.size() > kFewRows && 2 * present.size() > rows.size()) return kIdentifier;
  std::sort(present.begin(), present.end(), [&](std::size_t a, std::size_t b) {
    return count[a] != count[b] ? count[a] > count[b] : column.levels[a] < column.levels[b];
  });
  const auto most = static_cast<std::size_t>(std::max(options.max_levels, 1));
  out.has_other_level = present.size() > most;
  if (out.has_other_level) present.resize(most);
  for (const std::size_t level : present) out.levels.push_back(column.levels[level]);
  std::sort(out.levels.begin(), out.levels.end());
  return nullptr;
}

std::int64_t width(const FeatureEncoder::Column& column) {
  if (column.kind != ColumnKind::Text) return 1;
  return static_cast<std::int64_t>(column.levels.size()) + (column.has_gap_level ? 1 : 0) +
         (column.has_other_level ? 1 : 0);
}

/// A column of the table that is read, ready for its rows.
struct Source {
  const FeatureEncoder::Column* recipe = nullptr;
  const FrameColumn* column = nullptr;
  std::int64_t first = 0;            // its first column in the matrix
  std::vector<std::int64_t> offset;  // of each code of the frame's column; -1: none
  std::int64_t gap = -1;
};

/// Levels are looked up once here, not once a cell.
Source openSource(const FeatureEncoder::Column& recipe, const FrameColumn& column, std::int64_t first) {
  Source source{&recipe, &column, first, {}, -1};
  if (recipe.kind != ColumnKind::Text) return source;
  const auto levels = static_cast<std::int64_t>(recipe.levels.size());
  if (recipe.has_gap_level) source.gap = levels;
  const std::int64_t other = recipe.has_other_level ? levels + (recipe.has_gap_level ? 1 : 0) : -1;
  std::unordered_map<std::string_view, std::int64_t> place;
  for (std::int64_t i = 0; i < levels; ++i) place.emplace(recipe.levels[static_cast<std::size_t>(i)], i);
  for (const std::string& level : column.levels) {
    const auto found = place.find(level);
    source.offset.push_back(found == place.end() ? other : found->second);
  }
  return source;
}

void encodeBlock(const Source& source, std::int64_t begin, std::int64_t end, Matrix& matrix) {
  const FeatureEncoder::Column& recipe = *source.recipe;
  float* out = matrix.values.data() + begin * matrix.columns + source.first;
  if (recipe.kind == ColumnKind::Text) {
    // Of another kind than Text only when all its cells are missing.
    const bool all_gaps = source.column->kind != ColumnKind::Text;
    for (std::int64_t row = begin; row < end; ++row, out += matrix.columns) {
      const std::int32_t code = all_gaps ? -1 : source.column->codes[static_cast<std::size_t>(row)];
      const std::int64_t place = code < 0 ? source.gap : source.offset[static_cast<std::size_t>(code)];
      if (place >= 0) out[place] = 1;
    }
    return;
  }
  const double factor = scale(recipe.kind);
  const bool all_gaps = source.column->kind == ColumnKind::Text;
  for (std::int64_t row = begin; row < end; ++row, out += matrix.columns) {
    const double raw = all_gaps ? NAN : source.column->numbers[static_cast<std::size_t>(row)] * factor;
    *out = static_cast<float>(((std::isfinite(raw) ? raw : recipe.fill) - recipe.mean) / recipe.deviation);
  }
}

bool allMissing(const Frame& frame, const FrameColumn& column) {
  for (std::int64_t row = 0; row < frame.rows; ++row)
    if (!frame.missing(column, row)) return false;
  return true;
}

Result<ColumnKind> kindOf(const std::string& name) {
  for (const ColumnKind kind : {ColumnKind::Number, ColumnKind::Time, ColumnKind::Text})
    if (kindName(kind) == name) return kind;
  return fail(ErrorCode::Corrupt, kCorruptEncoder, {"kind"});
}

Result<FeatureEncoder::Column> readColumn(const Json& json) {
  JsonFields fields(json);
  FeatureEncoder::Column column;
  column.name = fields.text("name");
  auto kind = kindOf(fields.text("kind"));
  if (!kind) return forward(kind);
  column.kind = *kind;
  if (column.kind == ColumnKind::Text) {
    column.levels = fields.texts("levels");
    column.has_gap_level = fields.flag("gap_level");
    column.has_other_level = fields.flag("other_level");
    const std::set<std::string> distinct(column.levels.begin(), column.levels.end());
    if (distinct.size() != column.levels.size()) fields.reject("levels");
  } else {
    column.fill = fields.number("fill");
    column.mean = fields.number("mean");
    column.deviation = fields.number("deviation");
    if (column.deviation <= 0) fields.reject("deviation");
  }
  if (!fields.problem().empty())
    return fail(ErrorCode::Corrupt, kCorruptEncoder, {column.name + "." + fields.problem()},
                {.column = column.name});
  return column;
}

}  // namespace

Matrix Matrix::take(const std::vector<std::int64_t>& rows_to_take) const {
  Matrix out{static_cast<std::int64_t>(rows_to_take.size()), columns, {}};
  out.values.reserve(rows_to_take.size() * static_cast<std::size_t>(columns));
  for (const std::int64_t i : rows_to_take) out.values.insert(out.values.end(), row(i), row(i) + columns);
  return out;
}

Result<FeatureEncoder> FeatureEncoder::fit(const Frame& frame, const std::vector<std::int64_t>& rows,
                                           const std::vector<std::string>& exclude,
                                           const FeatureOptions& options) {
  for (const std::string& name : exclude) {
    if (frame.find(name) != nullptr) continue;
    std::vector<std::string> names;
    for (const FrameColumn& column : frame.columns) names.push_back(column.name);
    return fail(ErrorCode::InvalidArgument, kNoSuchColumn, {name, shorten(join(names, ", "), 500)},
                {.column = name});
  }
  FeatureEncoder encoder;
  for (const FrameColumn& column : frame.columns) {
    if (std::find(exclude.begin(), exclude.end(), column.name) != exclude.end()) continue;
    Column recipe;
    recipe.name = column.name;
    recipe.kind = column.kind;
    const Text* reason = column.kind == ColumnKind::Text ? learnLevels(column, rows, options, recipe)
                                                         : learnNumbers(column, rows, options, recipe);
    if (reason == nullptr)
      encoder.columns_.push_back(std::move(recipe));
    else
      encoder.left_out_.push_back({column.name, *reason});
  }
  if (encoder.columns_.empty())
    return fail(ErrorCode::NotEnoughData, kNoFeatures, {std::to_string(encoder.left_out_.size())});
  return encoder;
}

Result<Matrix> FeatureEncoder::encode(const Frame& frame, JobContext& job) const {
  std::vector<Source> sources;
  std::vector<std::string> lacking;
  Matrix matrix;
  for (const Column& recipe : columns_) {
    const FrameColumn* column = frame.find(recipe.name);
    if (column == nullptr) {
      lacking.push_back(recipe.name);
      continue;
    }
    if (column->kind != recipe.kind && !allMissing(frame, *column))
      return fail(ErrorCode::InvalidArgument, kOtherKind,
                  {recipe.name, std::string(kindName(column->kind)), std::string(kindName(recipe.kind))},
                  {.column = recipe.name});
    sources.push_back(openSource(recipe, *column, matrix.columns));
    matrix.columns += width(recipe);
  }
  if (!lacking.empty())
    return fail(ErrorCode::InvalidArgument, kMissingColumns, {join(lacking, ", ")},
                {.column = lacking.front()});
  matrix.rows = frame.rows;
  matrix.values.resize(static_cast<std::size_t>(matrix.rows * matrix.columns));
  // By blocks of rows, so that the part of the matrix that is written stays in the cache.
  for (std::int64_t begin = 0; begin < frame.rows; begin += kBlock) {
    if (auto ok = job.checkpoint(); !ok) return forward(ok);
    for (const Source& source : sources)
      encodeBlock(source, begin, std::min(begin + kBlock, frame.rows), matrix);
  }
  return matrix;
}

std::vector<std::string> FeatureEncoder::featureNames() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) {
    if (column.kind != ColumnKind::Text) names.push_back(column.name);
    for (const std::string& level : column.levels) names.push_back(column.name + " = " + level);
    if (column.has_gap_level) names.push_back(column.name + " = ∅");
    if (column.has_other_level) names.push_back(column.name + " = …");
  }
  return names;
}

std::vector<std::string> FeatureEncoder::inputColumns() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name);
  return names;
}

Json FeatureEncoder::toJson() const {
  Json columns = Json::array();
  for (const Column& column : columns_) {
    Json json = {{"name", column.name}, {"kind", kindName(column.kind)}};
    if (column.kind == ColumnKind::Text) {
      json["levels"] = column.levels;
      json["gap_level"] = column.has_gap_level;
      json["other_level"] = column.has_other_level;
    } else {
      json["fill"] = column.fill;
      json["mean"] = column.mean;
      json["deviation"] = column.deviation;
    }
    columns.push_back(std::move(json));
  }
  Json left_out = Json::array();
  for (const LeftOut& left : left_out_)
    left_out.push_back({{"column", left.column}, {"reason", reasonId(left.reason)}});
  return {{"columns", columns}, {"left_out", left_out}};
}

Result<FeatureEncoder> FeatureEncoder::fromJson(const Json& json) {
  JsonFields fields(json);
  FeatureEncoder encoder;
  std::set<std::string> names;
  for (const Json& item : fields.array("columns")) {
    auto column = readColumn(item);
    if (!column) return forward(column);
    if (!names.insert(column->name).second) fields.reject(column->name);
    encoder.columns_.push_back(std::move(*column));
  }
  for (const Json& item : fields.array("left_out")) {
    JsonFields left(item);
    const std::string column = left.text("column");
    const std::string id = left.text("reason");
    const auto reason =
        std::find_if(std::begin(kReasons), std::end(kReasons), [&](const auto& r) { return r.id == id; });
    if (!left.problem().empty() || reason == std::end(kReasons))
      fields.reject("left_out");
    else
      encoder.left_out_.push_back({column, reason->text});
  }
  if (encoder.columns_.empty()) fields.reject("columns");
  if (!fields.problem().empty()) return fail(ErrorCode::Corrupt, kCorruptEncoder, {fields.problem()});
  return encoder;
}

std::string FeatureEncoder::fingerprint() const {
  Json schema = Json::array();
  for (const Column& column : columns_)
    schema.push_back(
        {column.name, kindName(column.kind), column.levels, column.has_gap_level, column.has_other_level});
  return sha256Hex(dumpJson(schema));
}

}  // namespace lodestone::learn
