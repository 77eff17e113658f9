// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/learn/engine.h"

namespace lodestone::learn {

/// An engine over LibTorch with so many threads (0: one a processor). The caller owns it; null when LibTorch
/// throws.
Engine* makeTorchEngine(int threads) noexcept;

}  // namespace lodestone::learn
