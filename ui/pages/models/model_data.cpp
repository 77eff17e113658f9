// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/model_data.h"

#include <cmath>

namespace lodestone::pages {
namespace {

/// Mean of what is above zero in the role's column; NaN where there is no such thing.
double meanOf(project::Project& project, const std::string& table, const std::string& column,
              JobContext& job) {
  auto database = project.tables();
  if (!database) return std::nan("");
  const std::string name = data::quoteIdentifier(column);
  const auto rows = (*database)->rows("SELECT avg(v) FROM (SELECT TRY_CAST(" + name +
                                          " AS DOUBLE) AS v FROM " + data::quoted({table}) + ") WHERE v > 0",
                                      job);
  if (!rows || rows->rows.empty() || !rows->rows[0][0].is_number()) return std::nan("");
  return rows->rows[0][0].get<double>();
}

/// A table or a role that is gone leaves the assumptions: they are shown, and editable.
Worth worthOf(project::Project& project, const std::string& table, JobContext& job) {
  Worth worth;
  const auto roles = project.roles(table);
  if (!roles) return worth;
  const auto take = [&](const char* role, double& figure, std::string& column) {
    const auto found = roles->find(role);
    if (found == roles->end() || !column.empty()) return;
    const double mean = meanOf(project, table, found->second, job);
    if (!std::isfinite(mean)) return;
    constexpr double kCents = 100;
    figure = std::round(mean * kCents) / kCents;
    column = found->second;
  };
  take("amount", worth.value, worth.value_column);
  take("revenue", worth.value, worth.value_column);
  take("cost", worth.cost, worth.cost_column);
  return worth;
}

}  // namespace

Result<ModelDataPointer> loadModelData(project::Project& project, const std::string& model, JobContext& job) {
  auto data = std::make_shared<ModelData>();
  auto record = project.models().get(model);
  if (!record) return forward(record);
  data->record = std::move(*record);
  auto epochs = project.models().epochs(model);
  if (!epochs) return forward(epochs);
  data->epochs = std::move(*epochs);
  if (data->record.state != project::TrainingState::Done) return data;

  auto held_out = pipeline::heldOut(project, model, job);
  if (!held_out && held_out.error().code == ErrorCode::Cancelled) return forward(held_out);
  if (!held_out) {
    data->held_out_problem = held_out.error();
    return data;
  }
  data->held_out = std::move(*held_out);
  const auto& [probability, target, baseline, rows] = data->held_out;
  if (auto ok = job.checkpoint(); !ok) return forward(ok);
  data->roc = learn::rocCurve(probability, target);
  data->precision_recall = learn::precisionRecallCurve(probability, target);
  if (!baseline.empty()) {
    data->baseline_roc = learn::rocCurve(baseline, target);
    data->baseline_precision_recall = learn::precisionRecallCurve(baseline, target);
  }
  data->calibration = learn::calibration(probability, target);
  data->calibration_error = learn::calibrationError(data->calibration);
  data->counts = pipeline::ThresholdCounts(probability, target);
  data->worth = worthOf(project, data->record.table, job);
  return data;
}

}  // namespace lodestone::pages
