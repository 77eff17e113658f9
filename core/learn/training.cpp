// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/training.h"

#include <algorithm>
#include <cmath>

#include "core/base/time.h"
#include "core/learn/model_type.h"

namespace lodestone::learn {

namespace {

constexpr std::size_t kMostPoints = 1000;
constexpr Text kEmptyAxis{"The grid names no value for \"{0}\".", "网格没有为“{0}”给出任何取值。"};
constexpr Text kLargeGrid{"The grid has more than {0} combinations. Try fewer values.",
                          "网格组合超过 {0} 个。请减少取值。"};
constexpr Text kGridNeedsValidation{
    "A grid is chosen on the validation rows, and there are none. Set a validation fraction.",
    "网格要在验证行上择优，但没有验证行。请设置验证比例。"};
constexpr Text kScoring{"Scoring", "正在评分"};

constexpr const char* kRule =
    "rows in file order after duplicates and rows without a target were dropped, row r from 0, sorted by "
    "splitmix64(r + seed * 0x9E3779B97F4A7C15); the first round(fraction * rows) are the part";

/// Every combination of the axes over the plan's parameters, the last axis fastest.
Result<std::vector<std::map<std::string, std::string>>> gridPoints(const ModelPlan& plan) {
  std::vector<std::map<std::string, std::string>> points = {plan.parameters};
  for (const GridAxis& axis : plan.grid) {
    if (axis.values.empty()) return fail(ErrorCode::InvalidArgument, kEmptyAxis, {axis.parameter});
    std::vector<std::map<std::string, std::string>> next;
    if (points.size() * axis.values.size() > kMostPoints)
      return fail(ErrorCode::InvalidArgument, kLargeGrid, {std::to_string(kMostPoints)});
    for (const auto& point : points)
      for (const std::string& value : axis.values) {
        next.push_back(point);
        next.back()[axis.parameter] = value;
      }
    points = std::move(next);
  }
  return points;
}

/// Checked before anything is trained, so that the last point of a grid cannot fail for a slip of the pen.
Result<std::vector<ParameterValues>> checkPoints(const ModelType& type, const ModelPlan& plan,
                                                 std::int64_t inputs) {
  auto points = gridPoints(plan);
  if (!points) return forward(points);
  std::vector<ParameterValues> checked;
  for (const auto& point : *points) {
    auto values = checkParameters(type.parameters, point, type.id);
    if (!values) return forward(values);
    if (auto shapes = type.layout(*values, inputs); !shapes) return forward(shapes);
    checked.push_back(std::move(*values));
  }
  return checked;
}

FitRequest requestFor(const Dataset& dataset, const std::string& type, const ParameterValues& parameters,
                      const std::string& device) {
  FitRequest request{.type = type,
                     .parameters = parameters,
                     .train = &dataset.train,
                     .train_target = &dataset.train_target,
                     .seed = dataset.plan.seed,
                     .device = device};
  if (dataset.validation.rows > 0) {
    request.validation = &dataset.validation;
    request.validation_target = &dataset.validation_target;
  }
  return request;
}

struct Scores {
  Json metrics;
  std::vector<float> validation, test;
};

/// Parts without rows are null.
Result<Scores> score(FittedModel& model, const Dataset& dataset, JobContext& job) {
  Scores scores;
  const auto part = [&](const Matrix& rows, const std::vector<float>& target, const char* name,
                        std::vector<float>& out) -> Result<> {
    scores.metrics[name] = nullptr;
    if (rows.rows == 0) return {};
    auto probability = model.predict(rows, job);
    if (!probability) return forward(probability);
    out = std::move(*probability);
    scores.metrics[name] = toJson(measure(out, target));
    return {};
  };
  std::vector<float> train;
  if (auto ok = part(dataset.train, dataset.train_target, "train", train); !ok) return forward(ok);
  if (auto ok = part(dataset.validation, dataset.validation_target, "validation", scores.validation); !ok)
    return forward(ok);
  if (auto ok = part(dataset.test, dataset.test_target, "test", scores.test); !ok) return forward(ok);
  return scores;
}

struct Best {
  Fit fit;
  ParameterValues parameters;
  std::vector<GridPoint> grid;
};

/// Fits each point and keeps the best on the validation rows.
Result<Best> fitGrid(Engine& engine, const Dataset& dataset, const std::string& type,
                     const std::vector<ParameterValues>& points, const std::string& device, JobContext& job,
                     const std::function<Result<>(const Epoch&)>& on_epoch) {
  Best best;
  double best_auc = -1;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto count = static_cast<double>(points.size());
    JobContext part = job.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
    FitRequest request = requestFor(dataset, type, points[i], device);
    if (points.size() == 1) request.on_epoch = on_epoch;
    auto fit = engine.fit(request, part);
    if (!fit) return forward(fit);
    if (points.size() == 1) return Best{std::move(*fit), points[i], {}};
    auto probability = fit->model->predict(dataset.validation, part);
    if (!probability) return forward(probability);
    const Metrics validation = measure(*probability, dataset.validation_target);
    best.grid.push_back({points[i].all(), validation});
    if (best.fit.model != nullptr && !(validation.roc_auc > best_auc)) continue;
    best_auc = validation.roc_auc;
    best.fit = std::move(*fit);
    best.parameters = points[i];
  }
  if (on_epoch)
    for (const Epoch& epoch : best.fit.epochs)
      if (auto ok = on_epoch(epoch); !ok) return forward(ok);
  return best;
}

Json versionsOf(const Engine& engine) {
  Json versions = {{"lodestone", LODESTONE_VERSION}};
  versions.update(engine.versions());
  return versions;
}

Json makeCard(const Dataset& dataset, const Training& training, const Engine& engine,
              const std::vector<DeviceInfo>& devices) {
  const DatasetPlan& plan = dataset.plan;
  Json left_out = Json::array();
  for (const LeftOut& left : dataset.encoder.leftOut())
    left_out.push_back({{"column", left.column}, {"reason", toJson(left.reason)}});
  Json split = {{"rule", kRule},
                {"test_fraction", number(plan.test_fraction)},
                {"test_seed", plan.seed},
                {"validation_fraction", number(plan.validation_fraction)},
                {"validation_seed", plan.seed + 1},
                {"train", dataset.train.rows},
                {"validation", dataset.validation.rows},
                {"test", dataset.test.rows}};
  if (!plan.group.empty()) split["group"] = plan.group;
  const auto device = std::find_if(devices.begin(), devices.end(),
                                   [&](const DeviceInfo& info) { return info.id == training.device.id; });
  Json card = {{"created_at", nowUtc()},
               {"seed", plan.seed},
               {"data_hash", dataset.data_hash},
               {"split", split},
               {"target", plan.target},
               {"positive", plan.positive},
               {"negative", dataset.negative},
               {"device", training.device.id},
               {"device_name", device == devices.end() ? std::string() : device->name},
               {"duration_seconds", number(training.seconds)},
               {"train_seconds", number(training.train_seconds)},
               {"rows", static_cast<std::int64_t>(dataset.part.size())},
               {"features", dataset.train.columns},
               {"left_out", left_out},
               {"dropped_duplicates", dataset.dropped_duplicates},
               {"dropped_without_target", dataset.dropped_without_target},
               {"versions", versionsOf(engine)},
               {"parameters", training.model.parameters.all()}};
  if (training.device.fallback)
    card["device_note"] = {
        {"en", fill(*training.device.fallback, Language::English, training.device.args)},
        {"zh_CN", fill(*training.device.fallback, Language::Chinese, training.device.args)}};
  return card;
}

}  // namespace

Result<Training> train(const Dataset& dataset, const ModelPlan& plan, JobContext& job,
                       const std::function<Result<>(const Epoch&)>& on_epoch) {
  constexpr double kAfterFit = 0.7;
  constexpr double kAfterBaseline = 0.85;
  constexpr double kAfterScores = 0.9;
  const Stopwatch watch;
  auto type = modelType(plan.type);
  if (!type) return forward(type);
  auto points = checkPoints(**type, plan, dataset.train.columns);
  if (!points) return forward(points);
  if (points->size() > 1 && dataset.validation.rows == 0)
    return fail(ErrorCode::InvalidArgument, kGridNeedsValidation);
  auto loaded = engine();
  if (!loaded) return forward(loaded);
  Engine& learner = **loaded;
  const std::vector<DeviceInfo> devices = learner.devices();
  auto device = chooseDevice(plan.device, devices);
  if (!device) return forward(device);

  Training training;
  training.device = *device;
  // Cross-validation is half of the work where there is one.
  JobContext main = job.part(0, plan.cross_validation > 0 ? 0.5 : 1);
  JobContext fit_job = main.part(0, kAfterFit);
  auto best = fitGrid(learner, dataset, plan.type, *points, device->id, fit_job, on_epoch);
  if (!best) return forward(best);
  JobContext baseline_job = main.part(kAfterFit, kAfterBaseline);
  const auto baseline_type = modelType((*type)->baseline);
  if (!baseline_type) return forward(baseline_type);
  const auto baseline_values = checkParameters((*baseline_type)->parameters, {}, (*baseline_type)->id);
  if (!baseline_values) return forward(baseline_values);
  auto baseline =
      learner.fit(requestFor(dataset, (*baseline_type)->id, *baseline_values, device->id), baseline_job);
  if (!baseline) return forward(baseline);

  JobContext score_job = main.part(kAfterBaseline, kAfterScores);
  score_job.report(0, kScoring);
  auto scores = score(*best->fit.model, dataset, score_job);
  if (!scores) return forward(scores);
  auto baseline_scores = score(*baseline->model, dataset, score_job);
  if (!baseline_scores) return forward(baseline_scores);
  if (plan.cross_validation != 0) {
    JobContext part = job.part(0.5, 1);
    auto folds = crossValidate(dataset, plan, best->parameters, device->id, part);
    if (!folds) return forward(folds);
    training.cross_validation = std::move(*folds);
  }

  training.epochs = std::move(best->fit.epochs);
  training.grid = std::move(best->grid);
  training.validation_probability = std::move(scores->validation);
  training.test_probability = std::move(scores->test);
  training.baseline_test_probability = std::move(baseline_scores->test);
  training.train_seconds = best->fit.train_seconds;
  training.seconds = watch.seconds();
  TrainedModel& model = training.model;
  model.type = plan.type;
  model.parameters = best->parameters;
  model.plan = dataset.plan;
  model.encoder = dataset.encoder;
  model.metrics = std::move(scores->metrics);
  model.baseline = {{"type", (*baseline_type)->id}, {"metrics", std::move(baseline_scores->metrics)}};
  model.fitted = std::move(best->fit.model);
  model.card = makeCard(dataset, training, learner, devices);
  job.report(1, kScoring);
  return training;
}

Json toJson(const Epoch& epoch) {
  return {{"epoch", epoch.epoch},
          {"loss", number(epoch.loss)},
          {"validation_loss", number(epoch.validation_loss)},
          {"validation_accuracy", number(epoch.validation_accuracy)},
          {"validation_recall", number(epoch.validation_recall)},
          {"validation_roc_auc", number(epoch.validation_roc_auc)},
          {"seconds", number(epoch.seconds)}};
}

}  // namespace lodestone::learn
