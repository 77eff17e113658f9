// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch/torch_engine.h"

/// The one door of the module: the engine, made for ever, or null when LibTorch does not start.
extern "C" __attribute__((visibility("default"))) lodestone::learn::Engine* lodestone_make_engine(
    int threads);

lodestone::learn::Engine* lodestone_make_engine(int threads) {
  return lodestone::learn::makeTorchEngine(threads);
}
