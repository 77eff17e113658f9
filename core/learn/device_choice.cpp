// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/learn/engine.h"

namespace lodestone::learn {

namespace {

constexpr Text kBadDevice{"\"{0}\" is no device. Say auto, cpu, cuda or cuda:N.",
                          "“{0}”不是有效的设备。请使用 auto、cpu、cuda 或 cuda:N。"};
constexpr Text kNoGpu{"There is no usable GPU for \"{0}\"; the processor is used instead.",
                      "没有可用于“{0}”的 GPU，改用处理器。"};

bool isGpu(const DeviceInfo& device) {
  return device.id.starts_with("cuda:");
}

bool readsAsDevice(std::string_view wanted) {
  if (wanted == "auto" || wanted == "cpu" || wanted == "cuda") return true;
  if (!wanted.starts_with("cuda:") || wanted.size() == 5 || wanted.size() > 8) return false;
  return std::all_of(wanted.begin() + 5, wanted.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<DeviceChoice> chooseDevice(const std::string& wanted, const std::vector<DeviceInfo>& available) {
  if (!readsAsDevice(wanted)) return fail(ErrorCode::InvalidArgument, kBadDevice, {wanted});
  if (wanted == "cpu") return DeviceChoice{"cpu", {}, {}};
  std::vector<DeviceInfo> gpus;
  std::copy_if(available.begin(), available.end(), std::back_inserter(gpus), isGpu);
  if (wanted == "auto") {
    // The first of those with the most memory.
    const auto largest = std::max_element(
        gpus.begin(), gpus.end(),
        [](const DeviceInfo& a, const DeviceInfo& b) { return a.memory_bytes < b.memory_bytes; });
    return DeviceChoice{largest == gpus.end() ? "cpu" : largest->id, {}, {}};
  }
  if (wanted == "cuda" && !gpus.empty()) return DeviceChoice{gpus.front().id, {}, {}};
  if (std::any_of(gpus.begin(), gpus.end(), [&](const DeviceInfo& gpu) { return gpu.id == wanted; }))
    return DeviceChoice{wanted, {}, {}};
  return DeviceChoice{"cpu", kNoGpu, {wanted}};
}

}  // namespace lodestone::learn
