// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/pipeline/stage_type.h"
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kNoSuchStage{"There is no stage type \"{0}\". There are: {1}.",
                            "没有名为“{0}”的阶段类型。可用的有：{1}。"};

/// Letters, digits and everything beyond ASCII, in lower case: "Data-Collection" is "datacollection".
std::string plainLabel(std::string_view label) {
  std::string out;
  for (const char c : lowerAscii(label)) {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U);
    if (letter) out += c;
  }
  return out;
}

}  // namespace

const std::vector<StageType>& stageTypes() {
  static const std::vector<StageType> kTypes = {
      stages::collect(), stages::preprocess(), stages::features(), stages::train(),
      stages::predict(), stages::strategies(), stages::evaluate(), stages::tune(),
  };
  return kTypes;
}

Result<const StageType*> stageType(const std::string& id) {
  std::vector<std::string> ids;
  for (const StageType& type : stageTypes()) {
    if (type.id == id) return &type;
    ids.push_back(type.id);
  }
  return fail(ErrorCode::NotFound, kNoSuchStage, {id, join(ids, ", ")}, {.item = id});
}

const StageType* stageTypeForLabel(std::string_view label) {
  const std::string plain = plainLabel(label);
  if (plain.empty()) return nullptr;
  for (const StageType& type : stageTypes()) {
    const bool known = std::any_of(type.labels.begin(), type.labels.end(),
                                   [&](const std::string& name) { return plainLabel(name) == plain; });
    if (known || plainLabel(type.id) == plain) return &type;
  }
  return nullptr;
}

data::TableName StageInput::ownTable(const std::string& word) const {
  return {word + "_" + cache_key.substr(0, 16), "stages"};
}

}  // namespace lodestone::pipeline
