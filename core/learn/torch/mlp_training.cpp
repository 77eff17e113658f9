// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/Parallel.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/InferenceMode.h>

#include <cstring>
#include <limits>
#include <numeric>

#include "core/base/time.h"
#include "core/learn/models/models.h"
#include "core/learn/torch/families.h"
#include "core/learn/torch/mlp_network.h"

namespace lodestone::learn {

namespace {

constexpr Text kTraining{"Training the network, epoch {0} of {1}", "正在训练网络，第 {0} 轮，共 {1} 轮"};
constexpr std::int64_t kPredictRows = 4096;
/// Multiplications of a step below which a second thread costs more than it gives: half of the time of the
/// worked example on two processors.
constexpr std::int64_t kWorthThreads = std::int64_t{1} << 22;

/// One thread for small steps, while it lives.
class ThreadsForSteps {
 public:
  explicit ThreadsForSteps(std::int64_t multiplications) : before_(at::get_num_threads()) {
    if (multiplications < kWorthThreads) at::set_num_threads(1);
  }
  ~ThreadsForSteps() {
    if (at::get_num_threads() != before_) at::set_num_threads(before_);
  }
  ThreadsForSteps(const ThreadsForSteps&) = delete;
  ThreadsForSteps& operator=(const ThreadsForSteps&) = delete;

 private:
  int before_;
};

at::Tensor wrap(const std::vector<float>& values, at::IntArrayRef shape) {
  return at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat);  // NOLINT: only read
}

class FittedMlp : public FittedModel {
 public:
  FittedMlp(MlpNetwork network, at::Device device) : network_(std::move(network)), device_(device) {}

  Result<std::vector<float>> predict(const Matrix& rows, JobContext& job) override {
    const c10::InferenceMode guard;
    std::vector<float> out(static_cast<std::size_t>(rows.rows));
    const at::Tensor all = wrap(rows.values, {rows.rows, rows.columns});
    // In blocks of one size, counted from the first row: a row's number does not depend on how many follow.
    for (std::int64_t begin = 0; begin < rows.rows; begin += kPredictRows) {
      if (auto ok = job.checkpoint(); !ok) return forward(ok);
      const std::int64_t count = std::min(kPredictRows, rows.rows - begin);
      const at::Tensor block =
          network_.probabilities(all.narrow(0, begin, count).to(device_)).to(at::kCPU).contiguous();
      std::memcpy(out.data() + begin, block.data_ptr<float>(),
                  static_cast<std::size_t>(count) * sizeof(float));
    }
    return out;
  }

  std::vector<Tensor> tensors() const override {
    const c10::InferenceMode guard;
    const at::Tensor flat = network_.parameters().to(at::kCPU).contiguous();
    const float* from = flat.data_ptr<float>();
    std::vector<Tensor> out;
    const std::vector<std::int64_t>& widths = network_.widths();
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
      const std::string name = "layer" + std::to_string(i);
      const float* bias = from + widths[i] * widths[i + 1];
      out.push_back({name + ".weight", {widths[i + 1], widths[i]}, {from, bias}});
      out.push_back({name + ".bias", {widths[i + 1]}, {bias, bias + widths[i + 1]}});
      from = bias + widths[i + 1];
    }
    return out;
  }

  MlpNetwork& network() { return network_; }

 private:
  MlpNetwork network_;
  at::Device device_;
};

/// The training loop's state between epochs.
class Trainer {
 public:
  Trainer(const FitRequest& request, MlpNetwork& network, const at::Device& device)
      : network_(network),
        math_(Elementwise::wayFor(device), device, request.seed),
        dropout_(request.parameters.number("dropout")),
        rows_(request.train->rows),
        batch_rows_(std::min(request.parameters.integer("batch_size"), rows_)),
        data_(wrap(request.train->values, {rows_, request.train->columns}).to(device)),
        target_(wrap(*request.train_target, {rows_}).to(device)),
        order_(static_cast<std::size_t>(rows_)),
        full_(network.workspace(batch_rows_)),
        first_(at::zeros_like(network.parameters())),
        second_(at::zeros_like(network.parameters())) {
    if (rows_ % batch_rows_ != 0) rest_ = network.workspace(rows_ % batch_rows_);
    std::iota(order_.begin(), order_.end(), std::int64_t{0});
    adam_.rate = request.parameters.number("learning_rate");
    adam_.weight_decay = request.parameters.number("weight_decay");
    network.initialise(math_.random());
  }

  /// One pass over the rows in a new order. Seconds does not count the time in which the job was held.
  Result<double> epoch(int number, int epochs, JobContext& job, double& seconds) {
    const Stopwatch watch;
    double held = 0;
    shuffle(order_, math_.random());
    const std::vector<std::string> what = {std::to_string(number), std::to_string(epochs)};
    for (std::int64_t begin = 0; begin < rows_; begin += batch_rows_) {
      const double before = watch.seconds();
      if (auto ok = job.checkpoint(); !ok) return forward(ok);
      job.report((number - 1 + static_cast<double>(begin) / static_cast<double>(rows_)) / epochs, kTraining,
                 what);
      held += watch.seconds() - before;
      const std::int64_t count = std::min(batch_rows_, rows_ - begin);
      MlpNetwork::Workspace& space = count == batch_rows_ ? full_ : rest_;
      math_.gather(data_, target_, order_, begin, count, space.batch, space.target);
      network_.step(space, dropout_, math_);
      math_.adam(adam_, network_.parameters(), network_.gradients(), first_, second_);
    }
    const double loss = math_.takeLoss() / static_cast<double>(rows_);
    seconds = watch.seconds() - held;
    return loss;
  }

 private:
  MlpNetwork& network_;
  Elementwise math_;
  Elementwise::Adam adam_;
  double dropout_;
  std::int64_t rows_;
  std::int64_t batch_rows_;
  at::Tensor data_, target_;
  std::vector<std::int64_t> order_;
  MlpNetwork::Workspace full_, rest_;
  at::Tensor first_, second_;
};

Result<Fit> fit(const FitRequest& request, JobContext& job) {
  const c10::InferenceMode guard;
  const Stopwatch since_start;
  auto widths = mlpWidths(request.parameters, request.train->columns);
  if (!widths) return forward(widths);
  const at::Device device(request.device);
  auto model = std::make_unique<FittedMlp>(MlpNetwork(*widths, device), device);
  const ThreadsForSteps threads(request.parameters.integer("batch_size") *
                                model->network().parameters().numel());
  Trainer trainer(request, model->network(), device);
  Fit fit;
  fit.train_seconds = since_start.seconds();
  const auto epochs = static_cast<int>(request.parameters.integer("epochs"));
  for (int number = 1; number <= epochs; ++number) {
    double seconds = 0;
    auto loss = trainer.epoch(number, epochs, job, seconds);
    if (!loss) return forward(loss);
    fit.train_seconds += seconds;
    Epoch epoch{.epoch = number, .loss = *loss};
    if (auto ok = measureEpoch(*model, request, epoch, job); !ok) return forward(ok);
    epoch.seconds = since_start.seconds();
    fit.epochs.push_back(epoch);
    if (request.on_epoch)
      if (auto ok = request.on_epoch(epoch); !ok) return forward(ok);
  }
  fit.model = std::move(model);
  return fit;
}

std::unique_ptr<FittedModel> load(const ParameterValues& /*parameters*/, const std::vector<Tensor>& tensors,
                                  const std::string& device) {
  const c10::InferenceMode guard;
  std::vector<std::int64_t> widths = {tensors.front().shape[1]};
  std::vector<float> flat;
  for (const Tensor& tensor : tensors) {
    if (tensor.shape.size() == 1) widths.push_back(tensor.shape[0]);
    flat.insert(flat.end(), tensor.values.begin(), tensor.values.end());
  }
  const at::Device where(device);
  MlpNetwork network(widths, where);
  network.parameters().copy_(wrap(flat, {static_cast<std::int64_t>(flat.size())}));
  return std::make_unique<FittedMlp>(std::move(network), where);
}

}  // namespace

Family mlpFamily() {
  return {"mlp", fit, load};
}

}  // namespace lodestone::learn
