// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline {

/// All that a stage's outputs depend on. The same key, the same outputs.
struct StageKey {
  const StageType* type = nullptr;
  std::uint64_t seed = 42;
  ParameterValues parameters;
  std::map<std::string, std::vector<std::string>> inputs;  ///< fingerprints, by port
  std::optional<std::string> outside;

  /// SHA-256, the cache key of the record.
  std::string hash() const;
};

}  // namespace lodestone::pipeline
