// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include "core/learn/training.h"

namespace lodestone::learn {

namespace {

constexpr int kMostFolds = 100;
constexpr Text kBadFolds{"Cross-validation takes 2 to {1} folds, not {0}.",
                         "交叉验证的折数必须在 2 到 {1} 之间，而不是 {0}。"};

std::vector<std::int32_t> groupNumbers(const Frame& frame, const std::string& name) {
  std::map<std::string, std::int32_t> number;
  std::vector<std::int32_t> group;
  const FrameColumn& column = *frame.find(name);
  std::int32_t next = 0;
  for (std::int64_t row = 0; row < frame.rows; ++row) {
    if (frame.missing(column, row)) {
      group.push_back(next++);
      continue;
    }
    const auto [entry, is_new] = number.try_emplace(frame.cell(column, row), next);
    if (is_new) ++next;
    group.push_back(entry->second);
  }
  return group;
}

/// Mean and sample deviation of one figure over the folds in which it is defined.
void summarise(const Json& folds, const std::string& key, Json& mean, Json& deviation) {
  std::vector<double> values;
  for (const Json& fold : folds)
    if (const auto found = fold.find(key); found != fold.end() && found->is_number())
      values.push_back(found->get<double>());
  mean[key] = nullptr;
  deviation[key] = nullptr;
  if (values.empty()) return;
  const auto count = static_cast<double>(values.size());
  const double average = std::accumulate(values.begin(), values.end(), 0.0) / count;
  mean[key] = number(average);
  if (values.size() < 2) return;
  double squares = 0;
  for (const double value : values) squares += (value - average) * (value - average);
  deviation[key] = number(std::sqrt(squares / (count - 1)));
}

struct FoldRows {
  std::vector<std::int64_t> train, test;
  std::vector<float> train_target, test_target;
};

Result<Json> runFold(const Dataset& dataset, const ModelPlan& plan, const ParameterValues& parameters,
                     const std::string& device, const FoldRows& fold, JobContext& job) {
  std::vector<std::string> exclude = dataset.plan.exclude;
  exclude.push_back(dataset.plan.target);
  if (!dataset.plan.group.empty()) exclude.push_back(dataset.plan.group);
  auto encoder = FeatureEncoder::fit(*dataset.learning, fold.train, exclude, dataset.plan.features);
  if (!encoder) return forward(encoder);
  auto all = encoder->encode(*dataset.learning, job);
  if (!all) return forward(all);
  const Matrix train = all->take(fold.train);
  FitRequest request{.type = plan.type,
                     .parameters = parameters,
                     .train = &train,
                     .train_target = &fold.train_target,
                     .seed = dataset.plan.seed,
                     .device = device};
  auto learner = engine();
  if (!learner) return forward(learner);
  auto fit = (*learner)->fit(request, job);
  if (!fit) return forward(fit);
  auto probability = fit->model->predict(all->take(fold.test), job);
  if (!probability) return forward(probability);
  return toJson(measure(*probability, fold.test_target));
}

}  // namespace

Result<Json> crossValidate(const Dataset& dataset, const ModelPlan& plan, const ParameterValues& parameters,
                           const std::string& device, JobContext& job) {
  const int count = plan.cross_validation;
  if (count < 2 || count > kMostFolds)
    return fail(ErrorCode::InvalidArgument, kBadFolds, {std::to_string(count), std::to_string(kMostFolds)});
  const Frame& frame = *dataset.learning;
  std::vector<float> target;
  for (std::size_t i = 0; i < dataset.part.size(); ++i)
    if (dataset.part[i] != Part::Test) target.push_back(dataset.target[i]);
  // A seed of its own, so that the folds have nothing to do with the splits.
  const std::uint64_t seed = dataset.plan.seed + 2;
  const std::vector<int> fold_of = dataset.plan.group.empty()
                                       ? foldRows(frame.rows, count, seed)
                                       : foldGroups(groupNumbers(frame, dataset.plan.group), count, seed);
  Json folds = Json::array();
  for (int fold = 0; fold < count; ++fold) {
    FoldRows rows;
    for (std::size_t i = 0; i < target.size(); ++i) {
      const bool is_test = fold_of[i] == fold;
      (is_test ? rows.test : rows.train).push_back(static_cast<std::int64_t>(i));
      (is_test ? rows.test_target : rows.train_target).push_back(target[i]);
    }
    if (rows.test.empty() || rows.train.empty()) continue;  // fewer groups than folds
    JobContext part = job.part(static_cast<double>(fold) / count, static_cast<double>(fold + 1) / count);
    auto metrics = runFold(dataset, plan, parameters, device, rows, part);
    if (!metrics) return metrics;
    folds.push_back(std::move(*metrics));
  }
  Json mean = Json::object();
  Json deviation = Json::object();
  for (const char* key : {"accuracy", "precision", "recall", "f1", "roc_auc", "pr_auc", "log_loss", "brier"})
    summarise(folds, key, mean, deviation);
  return Json{{"folds", folds}, {"mean", mean}, {"deviation", deviation}};
}

}  // namespace lodestone::learn
