// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/addmv.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cholesky_solve.h>
#include <ATen/ops/dot.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/linalg_cholesky_ex.h>
#include <ATen/ops/log1p.h>
#include <ATen/ops/mv.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/InferenceMode.h>

#include <cmath>
#include <cstring>
#include <deque>
#include <optional>

#include "core/base/time.h"
#include "core/learn/torch/families.h"

namespace lodestone::learn {

namespace {

constexpr Text kFitting{"Fitting the logistic regression, iteration {0}", "正在拟合逻辑回归，第 {0} 次迭代"};
constexpr std::int64_t kBlock = 8192;
constexpr std::int64_t kMostNewtonColumns = 1500;
constexpr double kSmallGradient = 1e-8;
constexpr int kMostHalvings = 40;
constexpr std::size_t kHistory = 10;

at::Tensor wrap(const std::vector<float>& values, at::IntArrayRef shape) {
  return at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat);  // NOLINT: only read
}

/// Weights and the intercept behind them. Float64 on the processor whatever the device: consumer GPUs are
/// slow at it.
class FittedLogistic : public FittedModel {
 public:
  FittedLogistic(std::vector<float> weight, float bias) : weight_(std::move(weight)), bias_(bias) {}

  Result<std::vector<float>> predict(const Matrix& rows, JobContext& job) override {
    const c10::InferenceMode guard;
    std::vector<float> out(static_cast<std::size_t>(rows.rows));
    const at::Tensor all = wrap(rows.values, {rows.rows, rows.columns});
    const at::Tensor weight = wrap(weight_, {rows.columns}).to(at::kDouble);
    for (std::int64_t begin = 0; begin < rows.rows; begin += kBlock) {
      if (auto ok = job.checkpoint(); !ok) return forward(ok);
      const std::int64_t count = std::min(kBlock, rows.rows - begin);
      const at::Tensor block = at::mv(all.narrow(0, begin, count).to(at::kDouble), weight)
                                   .add_(static_cast<double>(bias_))
                                   .sigmoid_()
                                   .to(at::kFloat)
                                   .contiguous();
      std::memcpy(out.data() + begin, block.data_ptr<float>(),
                  static_cast<std::size_t>(count) * sizeof(float));
    }
    return out;
  }

  std::vector<Tensor> tensors() const override {
    return {{"weight", {static_cast<std::int64_t>(weight_.size())}, weight_}, {"bias", {1}, {bias_}}};
  }

 private:
  std::vector<float> weight_;
  float bias_;
};

std::unique_ptr<FittedLogistic> modelOf(const at::Tensor& beta) {
  const at::Tensor rounded = beta.to(at::kFloat).contiguous();
  const float* values = rounded.data_ptr<float>();
  const std::int64_t inputs = rounded.numel() - 1;
  return std::make_unique<FittedLogistic>(std::vector<float>(values, values + inputs), values[inputs]);
}

/// The mean cross-entropy plus |weight|^2 / (2 C rows): scikit-learn's objective divided by C times the rows.
class Objective {
 public:
  Objective(const FitRequest& request, double c)
      : rows_(request.train->rows),
        inputs_(request.train->columns),
        data_(wrap(request.train->values, {rows_, inputs_})),
        target_(wrap(*request.train_target, {rows_})),
        penalty_(1 / (c * static_cast<double>(rows_))) {}

  struct At {
    at::Tensor beta;
    double value = 0;
    double loss = 0;  // without the penalty
    at::Tensor gradient;
    at::Tensor hessian;  // only where asked for
  };
  enum class Want { Gradient, Hessian };

  Result<At> at(const at::Tensor& beta, Want want, JobContext& job) const {
    At here;
    here.beta = beta;
    const std::int64_t size = inputs_ + 1;
    const auto options = at::TensorOptions().dtype(at::kDouble);
    here.gradient = at::zeros({size}, options);
    if (want == Want::Hessian) here.hessian = at::zeros({size, size}, options);
    const double share = 1 / static_cast<double>(rows_);
    for (std::int64_t begin = 0; begin < rows_; begin += kBlock) {
      if (auto ok = job.checkpoint(); !ok) return forward(ok);
      const std::int64_t count = std::min(kBlock, rows_ - begin);
      const at::Tensor ones = at::ones({count, 1}, options);
      const at::Tensor x = at::cat({data_.narrow(0, begin, count).to(at::kDouble), ones}, 1);
      const at::Tensor y = target_.narrow(0, begin, count).to(at::kDouble);
      const at::Tensor z = at::mv(x, beta);
      const at::Tensor p = at::sigmoid(z);
      // log(1 + exp(z)) - y z, in the form that never overflows
      here.loss += (z.clamp_min(0) - y * z + at::log1p(z.abs().neg_().exp_())).sum().item<double>() * share;
      here.gradient.addmv_(x.t(), p - y, 1, share);
      if (want == Want::Hessian) here.hessian.addmm_(x.t(), x * (p * (1 - p)).unsqueeze(1), 1, share);
    }
    const at::Tensor weight = beta.narrow(0, 0, inputs_);
    here.value = here.loss + penalty_ / 2 * weight.dot(weight).item<double>();
    here.gradient.narrow(0, 0, inputs_).add_(weight, penalty_);
    if (want == Want::Hessian) {
      here.hessian.diagonal().narrow(0, 0, inputs_).add_(penalty_);
      here.hessian.diagonal().add_(
          1e-12);  // rows that are told apart perfectly leave the intercept no curvature
    }
    return here;
  }

  at::Tensor start() const { return at::zeros({inputs_ + 1}, at::TensorOptions().dtype(at::kDouble)); }

 private:
  std::int64_t rows_;
  std::int64_t inputs_;
  at::Tensor data_, target_;
  double penalty_;
};

at::Tensor newtonDirection(const Objective::At& here) {
  const at::Tensor lower = std::get<0>(at::linalg_cholesky_ex(here.hessian));
  return at::cholesky_solve(here.gradient.unsqueeze(1), lower).squeeze(1).neg_();
}

/// Two-loop recursion (Nocedal 1980; Nocedal, Wright 2006, algorithm 7.4).
class LimitedMemory {
 public:
  at::Tensor direction(const at::Tensor& gradient) const {
    at::Tensor q = gradient.clone();
    std::vector<double> alpha(pairs_.size());
    for (std::size_t i = pairs_.size(); i-- > 0;) {
      alpha[i] = pairs_[i].step.dot(q).item<double>() / pairs_[i].curvature;
      q.add_(pairs_[i].change, -alpha[i]);
    }
    if (!pairs_.empty())
      q.mul_(pairs_.back().curvature / pairs_.back().change.dot(pairs_.back().change).item<double>());
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const double beta = pairs_[i].change.dot(q).item<double>() / pairs_[i].curvature;
      q.add_(pairs_[i].step, alpha[i] - beta);
    }
    return q.neg_();
  }

  void learn(const Objective::At& from, const Objective::At& to) {
    Pair pair{to.beta - from.beta, to.gradient - from.gradient, 0};
    pair.curvature = pair.step.dot(pair.change).item<double>();
    if (pair.curvature <= 0) return;
    pairs_.push_back(std::move(pair));
    if (pairs_.size() > kHistory) pairs_.pop_front();
  }

 private:
  struct Pair {
    at::Tensor step, change;
    double curvature;
  };
  std::deque<Pair> pairs_;
};

/// Halves the step until the objective falls enough (Armijo). Nothing when it no longer does.
Result<std::optional<Objective::At>> lineSearch(const Objective& objective, const Objective::At& here,
                                                const at::Tensor& direction, Objective::Want want,
                                                JobContext& job) {
  const double slope = here.gradient.dot(direction).item<double>();
  double length = 1;
  for (int i = 0; i < kMostHalvings && slope < 0; ++i, length /= 2) {
    auto next = objective.at(here.beta + direction * length, want, job);
    if (!next) return forward(next);
    if (next->value <= here.value + 1e-4 * length * slope) return std::optional(std::move(*next));
  }
  return std::optional<Objective::At>();
}

Result<Fit> fit(const FitRequest& request, JobContext& job) {
  const c10::InferenceMode guard;
  const Stopwatch watch;
  const Objective objective(request, request.parameters.number("c"));
  const bool newton = request.train->columns <= kMostNewtonColumns;
  const auto want = newton ? Objective::Want::Hessian : Objective::Want::Gradient;
  auto here = objective.at(objective.start(), want, job);
  if (!here) return forward(here);
  LimitedMemory memory;
  Fit fit;
  double validating = 0;
  const auto most = static_cast<int>(request.parameters.integer("max_iterations"));
  for (int iteration = 1; iteration <= most; ++iteration) {
    const double gradient = here->gradient.abs().max().item<double>();
    if (!(gradient > kSmallGradient)) break;
    // Quadratic convergence cannot be told ahead; a few steps are usual.
    job.report(1 - 1 / (1 + 0.3 * iteration), kFitting, {std::to_string(iteration)});
    const at::Tensor direction = newton ? newtonDirection(*here) : memory.direction(here->gradient);
    auto next = lineSearch(objective, *here, direction, want, job);
    if (!next) return forward(next);
    if (!next->has_value()) break;  // as exact as the arithmetic allows
    memory.learn(*here, **next);
    *here = std::move(**next);

    const double before = watch.seconds();
    Epoch epoch{.epoch = iteration, .loss = here->loss};
    if (auto ok = measureEpoch(*modelOf(here->beta), request, epoch, job); !ok) return forward(ok);
    epoch.seconds = watch.seconds();
    fit.epochs.push_back(epoch);
    if (request.on_epoch)
      if (auto ok = request.on_epoch(epoch); !ok) return forward(ok);
    validating += watch.seconds() - before;
  }
  fit.train_seconds = watch.seconds() - validating;
  fit.model = modelOf(here->beta);
  return fit;
}

std::unique_ptr<FittedModel> load(const ParameterValues& /*parameters*/, const std::vector<Tensor>& tensors,
                                  const std::string& /*device*/) {
  return std::make_unique<FittedLogistic>(tensors[0].values, tensors[1].values[0]);
}

}  // namespace

Family logisticRegressionFamily() {
  return {"logistic_regression", fit, load};
}

}  // namespace lodestone::learn
