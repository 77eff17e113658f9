// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch/torch_engine.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <torch/version.h>
#include <unistd.h>
#ifdef LODESTONE_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <new>
#include <thread>

#include "core/learn/metrics.h"
#include "core/learn/model_type.h"
#include "core/learn/torch/families.h"

namespace lodestone::learn {

namespace {

constexpr Text kOutOfMemory{
    "The device {0} has too little free memory. Use a smaller batch, fewer columns or another "
    "device.",
    "设备 {0} 的可用内存不足。请减小批大小、减少列数，或换用其他设备。"};
constexpr Text kTorchFailed{"LibTorch failed on {0}: {1}", "LibTorch 在 {0} 上出错：{1}"};
constexpr Text kNoRows{"There are no training rows.", "没有训练行。"};
constexpr Text kWrongTensors{"These are not the arrays of a model of type {0}.",
                             "这些不是类型为 {0} 的模型的数组。"};
constexpr Text kOtherWidth{"The rows have {0} features, the model learned {1}.",
                           "数据行有 {0} 个特征，而模型学习时有 {1} 个。"};

const std::vector<Family>& families() {
  static const std::vector<Family> all = {mlpFamily(), logisticRegressionFamily(), constantFamily()};
  return all;
}

/// The one place where LibTorch's exceptions end. R is a Result.
template <class R, class Work>
R guarded(const std::string& device, const Work& work) {
  try {
    return work();
  } catch (const c10::OutOfMemoryError&) {
    return fail(ErrorCode::OutOfMemory, kOutOfMemory, {device});
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::OutOfMemory, kOutOfMemory, {device});
  } catch (const c10::Error& error) {
    const std::string what = error.what_without_backtrace();
    if (what.find("out of memory") != std::string::npos ||
        what.find("can't allocate memory") != std::string::npos)
      return fail(ErrorCode::OutOfMemory, kOutOfMemory, {device});
    return fail(ErrorCode::Internal, kTorchFailed, {device, what});
  } catch (const std::exception& error) {
    return fail(ErrorCode::Internal, kTorchFailed, {device, error.what()});
  }
}

/// A model whose calls throw nothing.
class GuardedModel : public FittedModel {
 public:
  GuardedModel(std::unique_ptr<FittedModel> model, std::string device, std::int64_t inputs)
      : model_(std::move(model)), device_(std::move(device)), inputs_(inputs) {}

  Result<std::vector<float>> predict(const Matrix& rows, JobContext& job) override {
    if (inputs_ >= 0 && rows.columns != inputs_)
      return fail(ErrorCode::InvalidArgument, kOtherWidth,
                  {std::to_string(rows.columns), std::to_string(inputs_)});
    return guarded<Result<std::vector<float>>>(device_, [&] { return model_->predict(rows, job); });
  }
  std::vector<Tensor> tensors() const override { return model_->tensors(); }

 private:
  std::unique_ptr<FittedModel> model_;
  std::string device_;
  std::int64_t inputs_;  // -1: any
};

std::string processorName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const std::size_t colon = line.find(':');
    if (line.starts_with("model name") && colon != std::string::npos)
      return std::string(trim(std::string_view(line).substr(colon + 1)));
  }
  return "CPU";
}

class TorchEngine : public Engine {
 public:
  std::vector<DeviceInfo> devices() const override {
    std::vector<DeviceInfo> all = {
        {"cpu", processorName(),
         static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE)}};
    const auto added = guarded<Result<>>("cuda", [&]() -> Result<> {
      const int count = at::hasCUDA() ? static_cast<int>(at::getNumGPUs()) : 0;
      for (int i = 0; i < count; ++i) {
        DeviceInfo gpu{"cuda:" + std::to_string(i), "GPU " + std::to_string(i), 0};
#ifdef LODESTONE_CUDA
        const auto* properties = at::cuda::getDeviceProperties(i);
        gpu.name = properties->name;
        gpu.memory_bytes = static_cast<std::int64_t>(properties->totalGlobalMem);
#endif
        all.push_back(std::move(gpu));
      }
      return {};
    });
    // A driver that does not work is no reason not to learn on the processor.
    if (!added) all.resize(1);
    return all;
  }

  Json versions() const override {
    return {{"libtorch", TORCH_VERSION}, {"threads", at::get_num_threads()}};
  }

  Result<Fit> fit(const FitRequest& request, JobContext& job) override {
    const Family* family = find(request.type);
    if (family == nullptr) return forward(modelType(request.type));
    if (request.train == nullptr || request.train->rows == 0) return fail(ErrorCode::NotEnoughData, kNoRows);
    if (auto ok = job.checkpoint(); !ok) return forward(ok);
    auto fit = guarded<Result<Fit>>(request.device, [&] { return family->fit(request, job); });
    if (!fit) return fit;
    fit->model =
        std::make_unique<GuardedModel>(std::move(fit->model), request.device, request.train->columns);
    return fit;
  }

  Result<std::unique_ptr<FittedModel>> load(const std::string& type, const ParameterValues& parameters,
                                            const std::vector<Tensor>& tensors,
                                            const std::string& device) override {
    const auto described = modelType(type);
    if (!described) return forward(described);
    const Family* family = find(type);
    // The first array's last extent is the count of inputs, in every layout.
    const std::int64_t inputs = tensors.empty() || tensors[0].shape.empty() ? 0 : tensors[0].shape.back();
    const auto layout = (*described)->layout(parameters, inputs);
    std::vector<TensorShape> shapes;
    for (const Tensor& tensor : tensors) shapes.push_back({tensor.name, tensor.shape});
    if (family == nullptr || !layout || *layout != shapes)
      return fail(ErrorCode::Corrupt, kWrongTensors, {type});
    return guarded<Result<std::unique_ptr<FittedModel>>>(
        device, [&]() -> Result<std::unique_ptr<FittedModel>> {
          auto model = family->load(parameters, tensors, device);
          return std::make_unique<GuardedModel>(std::move(model), device, type == "constant" ? -1 : inputs);
        });
  }

 private:
  static const Family* find(const std::string& type) {
    const auto found = std::find_if(families().begin(), families().end(),
                                    [&](const Family& family) { return family.id == type; });
    return found == families().end() ? nullptr : &*found;
  }
};

}  // namespace

Result<> measureEpoch(FittedModel& model, const FitRequest& request, Epoch& epoch, JobContext& job) {
  Metrics metrics = measure({}, {});
  if (request.validation != nullptr && request.validation_target != nullptr && request.validation->rows > 0) {
    auto probability = model.predict(*request.validation, job);
    if (!probability) return forward(probability);
    metrics = measure(*probability, *request.validation_target);
  }
  epoch.validation_loss = metrics.log_loss;
  epoch.validation_accuracy = metrics.accuracy;
  epoch.validation_recall = metrics.recall;
  epoch.validation_roc_auc = metrics.roc_auc;
  return {};
}

Engine* makeTorchEngine(int threads) noexcept {
  try {
    const int processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    at::set_num_threads(threads > 0 ? threads : processors);
    return std::make_unique<TorchEngine>().release();
  } catch (const std::exception&) {
    return nullptr;
  }
}

}  // namespace lodestone::learn
