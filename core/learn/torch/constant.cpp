// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <numeric>

#include "core/base/time.h"
#include "core/learn/metrics.h"
#include "core/learn/torch/families.h"

namespace lodestone::learn {

namespace {

class ConstantRate : public FittedModel {
 public:
  explicit ConstantRate(float rate) : rate_(rate) {}

  Result<std::vector<float>> predict(const Matrix& rows, JobContext& /*job*/) override {
    return std::vector<float>(static_cast<std::size_t>(rows.rows), rate_);
  }
  std::vector<Tensor> tensors() const override { return {{"rate", {1}, {rate_}}}; }

 private:
  float rate_;
};

Result<Fit> fit(const FitRequest& request, JobContext& job) {
  const Stopwatch watch;
  const std::vector<float>& target = *request.train_target;
  const double rate = std::accumulate(target.begin(), target.end(), 0.0) / static_cast<double>(target.size());
  auto model = std::make_unique<ConstantRate>(static_cast<float>(rate));
  Fit fit;
  fit.train_seconds = watch.seconds();
  Epoch epoch{.epoch = 1};
  epoch.loss = measure(std::vector<float>(target.size(), static_cast<float>(rate)), target).log_loss;
  epoch.seconds = fit.train_seconds;
  if (auto ok = measureEpoch(*model, request, epoch, job); !ok) return forward(ok);
  fit.epochs.push_back(epoch);
  if (request.on_epoch)
    if (auto ok = request.on_epoch(epoch); !ok) return forward(ok);
  fit.model = std::move(model);
  return fit;
}

std::unique_ptr<FittedModel> load(const ParameterValues& /*parameters*/, const std::vector<Tensor>& tensors,
                                  const std::string& /*device*/) {
  return std::make_unique<ConstantRate>(tensors[0].values[0]);
}

}  // namespace

Family constantFamily() {
  return {"constant", fit, load};
}

}  // namespace lodestone::learn
