// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/model_type.h"

#include "core/learn/models/models.h"

namespace lodestone::learn {

namespace {

constexpr Text kNoSuchType{"There is no model type \"{0}\". There are: {1}.",
                           "没有名为“{0}”的模型类型。可用的类型：{1}。"};

}  // namespace

const std::vector<ModelType>& modelTypes() {
  static const std::vector<ModelType> types = {
      mlpModel(),
      logisticRegressionModel(),
      constantModel(),
  };
  return types;
}

Result<const ModelType*> modelType(const std::string& id) {
  std::vector<std::string> ids;
  for (const ModelType& type : modelTypes()) {
    if (type.id == id) return &type;
    ids.push_back(type.id);
  }
  return fail(ErrorCode::NotFound, kNoSuchType, {id, join(ids, ", ")}, {.item = id});
}

}  // namespace lodestone::learn
