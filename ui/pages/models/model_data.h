// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/learn/metrics.h"
#include "core/pipeline/held_out.h"
#include "core/pipeline/threshold_counts.h"
#include "core/project/model_records.h"
#include "core/project/project.h"

namespace lodestone::pages {

/// What one conversion and one contact are worth, as far as the table's roles tell.
struct Worth {
  double value = 10;
  double cost = 1;
  std::string value_column;  ///< that the value is the mean of; empty: it is an assumption
  std::string cost_column;
};

/// Everything that the page shows of one model, made in a worker thread and never changed again.
struct ModelData {
  project::ModelRecord record;
  std::vector<Json> epochs;
  pipeline::HeldOut held_out;
  std::optional<Error> held_out_problem;  ///< why there are no curves
  std::vector<learn::CurvePoint> roc, baseline_roc;
  std::vector<learn::CurvePoint> precision_recall, baseline_precision_recall;
  std::vector<learn::CalibrationBin> calibration;
  double calibration_error = 0;
  pipeline::ThresholdCounts counts;
  Worth worth;
};

using ModelDataPointer = std::shared_ptr<const ModelData>;

/// Held-out rows that cannot be had are told in the data, not as an error: the record still stands.
Result<ModelDataPointer> loadModelData(project::Project& project, const std::string& model, JobContext& job);

}  // namespace lodestone::pages
