// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/learn/engine.h"
#include "core/learn/features.h"
#include "core/learn/metrics.h"
#include "core/learn/split.h"

namespace lodestone::learn {

enum class Duplicates { Drop, Keep };

/// Which rows and columns take part, and how they become numbers.
struct DatasetPlan {
  std::string target;
  std::string positive;              ///< "": the lexicographically greater of two values
  std::vector<std::string> exclude;  ///< columns that are no features
  std::string group;                 ///< "": none; else all rows with one value stay on one side of the split
  double test_fraction = 0.2;
  double validation_fraction = 0.2;  ///< of the training rows
  Duplicates duplicates = Duplicates::Drop;
  FeatureOptions features;
  std::uint64_t seed = 42;
};

/// Which part of the split a row belongs to.
enum class Part : std::int8_t { Train, Validation, Test };

/// Rows ready to be learned from. Row numbers count the frame's rows after duplicates and rows without a
/// target were dropped.
struct Dataset {
  DatasetPlan plan;        ///< with positive filled in
  std::string negative;    ///< the other value when there are two, else ""
  FeatureEncoder encoder;  ///< learned on the training rows (validation rows are training rows too)
  std::vector<Part> part;  ///< one a row
  std::vector<std::int64_t>
      source_row;  ///< row of the frame, or of the test table for its rows, which come last
  Matrix train, validation, test;
  std::vector<float> train_target, validation_target, test_target;
  std::vector<std::int64_t> train_rows, validation_rows, test_rows;
  std::int64_t dropped_duplicates = 0;
  std::int64_t dropped_without_target = 0;
  std::string data_hash;      ///< SHA-256 over the cells of the frame
  std::vector<float> target;  ///< 0 or 1, one a row
  /// The training and validation rows as they came, in order, for folds that learn an encoder of their own.
  std::shared_ptr<const Frame> learning;
};

/// NotFound names the target that is not there; InvalidArgument for more than two values without a positive
/// one; NotEnoughData with the counts that are missing (one class only, too few rows or positives). test:
/// rows of another table that are the test rows; then nothing is split off for it.
Result<Dataset> prepareDataset(const Frame& frame, const DatasetPlan& plan, JobContext& job,
                               const Frame* test = nullptr);

/// One parameter's values to try.
struct GridAxis {
  std::string parameter;
  std::vector<std::string> values;
};

struct ModelPlan {
  std::string type = "mlp";
  std::map<std::string, std::string> parameters;
  std::vector<GridAxis> grid;  ///< chosen by validation ROC AUC; ties to the first
  int cross_validation = 0;    ///< K folds over the training rows, 0: none
  std::string device = "auto";
};

/// One point of a grid, as it came out on the validation rows.
struct GridPoint {
  std::map<std::string, std::string> parameters;
  Metrics validation;
};

/// A model that stands on its own: encoder, weights, what it was trained on and how good it is.
class TrainedModel {
 public:
  std::string type;
  ParameterValues parameters;
  DatasetPlan plan;
  FeatureEncoder encoder;
  Json metrics;   ///< {"train","validation","test"} as toJson(Metrics) writes them
  Json baseline;  ///< {"type","metrics"}
  Json card;      ///< {"seed","data_hash","split","device","duration","versions",...}
  std::shared_ptr<FittedModel> fitted;

  /// Probability of the positive class, one a row of the frame. InvalidArgument names missing columns.
  Result<std::vector<float>> predict(const Frame& frame, JobContext& job) const;

  /// model.safetensors and model.json into a new folder, flushed to disk; returns the SHA-256 of both files'
  /// bytes, in that order.
  Result<std::string> save(const std::filesystem::path& folder) const;
  /// Runs no code of the file. Corrupt naming the file when it is not what it says.
  static Result<TrainedModel> load(const std::filesystem::path& folder, const std::string& device = "auto");
};

struct Training {
  TrainedModel model;
  std::vector<Epoch> epochs;
  std::vector<GridPoint> grid;
  Json cross_validation;  ///< per fold and mean with spread; null without
  std::vector<float> validation_probability;
  std::vector<float> test_probability;  ///< for the curves: the model's own, and the baseline's
  std::vector<float> baseline_test_probability;
  double train_seconds = 0;
  double seconds = 0;
  DeviceChoice device;  ///< what it ran on; its fallback is to be said aloud
};

/// Fits the model and its baseline, scores both on all parts. The test rows touch nothing but the final
/// score. on_epoch is called for the main model's epochs as they come; with a grid, for those of the model
/// that was chosen, once it is. NotFound for an unknown type, InvalidArgument for parameters, grids, folds
/// and devices that make no sense.
Result<Training> train(const Dataset& dataset, const ModelPlan& plan, JobContext& job,
                       const std::function<Result<>(const Epoch&)>& on_epoch = {});

/// The K-fold cross-validation of a model over the training and validation rows: each fold's encoder and
/// model are learned from the other folds alone; rows of one group share a fold.
/// {"folds":[{"rows",...metrics}],"mean":{...},"deviation":{...}}, the deviation that of a sample.
Result<Json> crossValidate(const Dataset& dataset, const ModelPlan& plan, const ParameterValues& parameters,
                           const std::string& device, JobContext& job);

/// As kept in the record: {"epoch","loss","validation_loss",...}.
Json toJson(const Epoch& epoch);

}  // namespace lodestone::learn
