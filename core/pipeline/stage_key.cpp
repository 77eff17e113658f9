// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stage_key.h"

#include "core/base/hash.h"

namespace lodestone::pipeline {

std::string StageKey::hash() const {
  Json key = {
      {"type", type->id}, {"version", type->version}, {"seed", seed}, {"parameters", parameters.all()}};
  for (const auto& [port, fingerprints] : inputs) key["inputs"][port] = fingerprints;
  if (outside) key["outside"] = *outside;
  return sha256Hex(dumpJson(key));
}

}  // namespace lodestone::pipeline
