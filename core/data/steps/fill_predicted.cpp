// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/data/steps/fill_methods.h"
#include "core/data/steps/predictor.h"
#include "core/data/steps/ridge.h"

namespace lodestone::data::steps {

namespace {

constexpr Text kNumberError{
    "{0}: learned from {1} rows and {2} figures of the other columns; on {3} rows held out the error (root "
    "mean square) "
    "is {4}, and {5} for the mean alone",
    "{0}：由 {1} 行、其他列的 {2} 个特征学得；在 {3} 行留出数据上均方根误差为 {4}，仅用均值时为 {5}"};
constexpr Text kTextError{
    "{0}: learned from {1} rows and {2} figures of the other columns; on {3} rows held out {4} are right, "
    "and {5} with "
    "the most frequent value alone",
    "{0}：由 {1} 行、其他列的 {2} 个特征学得；在 {3} 行留出数据上正确率为 {4}，仅用众数时为 {5}"};
constexpr Text kTooFew{"{0}: learned from {1} rows, too few to hold some out",
                       "{0}：由 {1} 行学得，行数太少，未留出检验数据"};
constexpr Text kNothingKnown{"{0}: every cell is missing, so nothing is filled",
                             "{0}：所有单元格均缺失，未填充"};
constexpr Text kRareLevels{"{0}: only the {1} most frequent of {2} values are ever predicted",
                           "{0}：只会预测 {2} 个取值中最常见的 {1} 个"};
constexpr Text kNotPredictable{"The column {0} holds {1}; numbers, texts and truth values can be predicted.",
                               "列 {0} 的类型是 {1}；只能预测数字、文本和是否值。"};
constexpr Text kLearning{"Learning {0} from the other columns", "正在由其他列学习 {0}"};

constexpr std::int64_t kMostRows = 100'000;
constexpr std::size_t kMostFeatures = 200;
constexpr std::size_t kMostClasses = 20;
constexpr double kLambda = 1;  ///< on features of deviation 1
constexpr std::int64_t kFewestToHoldOut = 20;

/// What the model learns from: column 0 is the target, known in every row.
struct Lesson {
  Frame frame;
  std::vector<ColumnInfo> columns;
  std::vector<std::string> values;  ///< SQL of the frame's numbers
  std::vector<Feature> features;
  std::vector<std::size_t> classes;  ///< levels of the target, most frequent first; empty: a number
};

bool isHeldOut(std::int64_t row) {
  return splitmix64(static_cast<std::uint64_t>(row) + kGoldenGamma) % 5 == 0;
}

Result<Lesson> readLesson(StepRun& run, const ColumnInfo& target) {
  auto known = run.session().count("SELECT count(" + cell(target.name) + ") FROM " + run.source(), run.job());
  if (!known) return forward(known);
  Lesson lesson;
  std::string list;
  const auto take = [&](const ColumnInfo& column, const std::string& value) {
    lesson.columns.push_back(column);
    lesson.values.push_back(value);
    list += (list.empty() ? "" : ", ") + value + " AS c" + std::to_string(lesson.columns.size());
  };
  const bool number = isNumber(target);
  take(target, number ? cell(target.name) + "::DOUBLE" : cell(target.name) + "::VARCHAR");
  for (const ColumnInfo& column : run.input().columns) {
    const ColumnClass kind = classOf(column.type);
    if (column.name == target.name || kind == ColumnClass::Other) continue;
    if (kind == ColumnClass::Text)
      take(column, cell(column.name));
    else
      take(column,
           kind == ColumnClass::Boolean ? cell(column.name) + "::INTEGER::DOUBLE" : positionOf(column));
  }
  // Which rows are taken hangs on their numbers alone.
  const std::int64_t every = (*known + kMostRows - 1) / kMostRows;
  const std::string some =
      every > 1 ? " AND hash(s." + run.row() + ") % " + std::to_string(every) + " = 0" : "";
  auto frame = run.session().frame("SELECT " + list + " FROM " + run.source() + " WHERE " +
                                       cell(target.name) + " IS NOT NULL" + some + " ORDER BY s." + run.row(),
                                   run.job());
  if (!frame) return forward(frame);
  lesson.frame = std::move(*frame);
  lesson.features = featuresOf(lesson.frame, 1, kMostFeatures);
  return lesson;
}

void chooseClasses(Lesson& lesson) {
  const FrameColumn& target = lesson.frame.columns[0];
  std::vector<std::int64_t> counts(target.levels.size(), 0);
  for (const std::int32_t code : target.codes) ++counts[static_cast<std::size_t>(code)];
  lesson.classes.resize(counts.size());
  std::iota(lesson.classes.begin(), lesson.classes.end(), std::size_t{0});
  std::sort(lesson.classes.begin(), lesson.classes.end(), [&](std::size_t a, std::size_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : target.levels[a] < target.levels[b];
  });
  if (lesson.classes.size() > kMostClasses) lesson.classes.resize(kMostClasses);
}

/// A number, or 1 for the row's class and 0 for the others.
void readTargets(const Lesson& lesson, std::int64_t row, std::vector<double>& out) {
  const FrameColumn& target = lesson.frame.columns[0];
  const auto at = static_cast<std::size_t>(row);
  if (target.kind != ColumnKind::Text) {
    out.assign(1, target.numbers[at]);
    return;
  }
  out.clear();
  for (const std::size_t level : lesson.classes)
    out.push_back(static_cast<std::size_t>(target.codes[at]) == level ? 1 : 0);
}

double score(const std::vector<double>& weights, const std::vector<double>& features) {
  return std::inner_product(weights.begin(), weights.end(), features.begin(), 0.0);
}

using Weights = std::vector<std::vector<double>>;

/// The class of the highest score; of equal ones the more frequent.
std::size_t bestClass(const Weights& weights, const std::vector<double>& features) {
  std::size_t best = 0;
  double highest = score(weights[0], features);
  for (std::size_t i = 1; i < weights.size(); ++i)
    if (const double now = score(weights[i], features); now > highest) {
      highest = now;
      best = i;
    }
  return best;
}

/// How well the weights, and the simplest guess, do on rows that they were not learned from.
void noteError(StepRun& run, const Lesson& lesson, const Weights& weights, double guess) {
  const bool number = lesson.classes.empty();
  std::vector<double> features;
  std::vector<double> targets;
  double error = 0;
  double simplest = 0;
  std::int64_t held = 0;
  for (std::int64_t row = 0; row < lesson.frame.rows; ++row) {
    if (!isHeldOut(row)) continue;
    ++held;
    readRow(lesson.frame, lesson.features, row, features);
    readTargets(lesson, row, targets);
    if (number) {
      error += std::pow(targets[0] - score(weights[0], features), 2);
      simplest += std::pow(targets[0] - guess, 2);
    } else {
      error += targets[bestClass(weights, features)];
      simplest += targets[0];
    }
  }
  const auto rows = static_cast<double>(held);
  const auto shown = [&](double sum) {
    return number ? formatNumber(std::round(std::sqrt(sum / rows) * 1e6) / 1e6) : formatPercent(sum / rows);
  };
  run.note(number ? kNumberError : kTextError,
           {lesson.columns[0].name, std::to_string(lesson.frame.rows), std::to_string(lesson.features.size()),
            std::to_string(held), shown(error), shown(simplest)});
}

Result<Weights> learn(StepRun& run, const Lesson& lesson) {
  run.job().report(0, kLearning, {lesson.columns[0].name});
  const std::size_t wide = lesson.features.size() + 1;
  const std::size_t deep = std::max<std::size_t>(1, lesson.classes.size());
  RidgeSums learned(wide, deep);
  RidgeSums held(wide, deep);
  std::vector<double> features;
  std::vector<double> targets;
  double sum = 0;
  std::int64_t count = 0;
  const bool holds_out = lesson.frame.rows >= kFewestToHoldOut;
  for (std::int64_t row = 0; row < lesson.frame.rows; ++row) {
    if (row % 4096 == 0)
      if (auto go = run.job().checkpoint(); !go) return forward(go);
    readRow(lesson.frame, lesson.features, row, features);
    readTargets(lesson, row, targets);
    const bool out = holds_out && isHeldOut(row);
    (out ? held : learned).add(features, targets);
    if (out) continue;
    sum += targets[0];
    ++count;
  }
  if (holds_out)
    noteError(run, lesson, learned.solve(kLambda), sum / static_cast<double>(count));
  else
    run.note(kTooFew, {lesson.columns[0].name, std::to_string(lesson.frame.rows)});
  learned.add(held);
  return learned.solve(kLambda);
}

/// The class with the highest score, as SQL: the largest of pairs of score and place.
std::string classSql(const Lesson& lesson, const Weights& weights) {
  std::vector<std::string> pairs;
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    pairs.push_back("{'score': " + scoreSql(lesson.features, weights[i], lesson.columns, lesson.values) +
                    ", 'place': " + std::to_string(weights.size() - i) + "}");
    levels.push_back(quoteLiteral(lesson.frame.columns[0].levels[lesson.classes[weights.size() - 1 - i]]));
  }
  return "list_extract([" + join(levels, ", ") + "], struct_extract(list_max([" + join(pairs, ", ") +
         "]), 'place'))";
}

}  // namespace

Result<> fillPredicted(StepRun& run, const ColumnInfo& column, StepOutcome& outcome) {
  const ColumnClass kind = classOf(column.type);
  if (!isNumber(column) && kind != ColumnClass::Text && kind != ColumnClass::Boolean)
    return fail(ErrorCode::InvalidArgument, kNotPredictable, {column.name, column.type},
                {.column = column.name});
  auto lesson = readLesson(run, column);
  if (!lesson) return forward(lesson);
  if (lesson->frame.rows == 0) {
    run.note(kNothingKnown, {column.name});
    return {};
  }
  const bool number = isNumber(column);
  if (!number) chooseClasses(*lesson);
  if (const std::size_t levels = lesson->frame.columns[0].levels.size();
      levels > lesson->classes.size() && !number)
    run.note(kRareLevels, {column.name, std::to_string(lesson->classes.size()), std::to_string(levels)});
  const auto weights = learn(run, *lesson);
  if (!weights) return forward(weights);
  const std::string type = number ? "DOUBLE" : column.type;
  const std::string value = cell(column.name);
  const std::string predicted =
      number ? scoreSql(lesson->features, (*weights)[0], lesson->columns, lesson->values)
             : classSql(*lesson, *weights);
  setCells(outcome, column.name,
           "CASE WHEN " + value + " IS NULL THEN CAST(" + predicted + " AS " + type + ") ELSE CAST(" + value +
               " AS " + type + ") END");
  return {};
}

}  // namespace lodestone::data::steps
