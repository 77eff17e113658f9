// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/operations/operations.h"

namespace lodestone::data {

namespace {

constexpr Text kUnknown{"There is no operation {0}. There are {1}.", "没有操作 {0}。可用：{1}。"};
constexpr Text kNeeded{"{0} needs a value for {1}.", "{0} 需要填写 {1}。"};

}  // namespace

const std::vector<TableOperation>& tableOperations() {
  static const std::vector<TableOperation> kOperations{
      operations::join(), operations::unite(),     operations::pivot(),    operations::unpivot(),
      operations::rfm(),  operations::behaviour(), operations::sequences()};
  return kOperations;
}

Result<const TableOperation*> tableOperation(std::string_view id) {
  std::vector<std::string> ids;
  for (const TableOperation& one : tableOperations()) {
    if (one.id == id) return &one;
    ids.push_back(one.id);
  }
  return fail(ErrorCode::NotFound, kUnknown, {std::string(id), join(ids, ", ")}, {.item = std::string(id)});
}

Result<ParameterValues> checkOperation(const TableOperation& operation,
                                       const std::map<std::string, std::string>& given) {
  auto values = checkParameters(operation.parameters, given, operation.id);
  if (!values) return values;
  for (const std::string& id : operation.required)
    if (trim(values->text(id)).empty())
      return fail(ErrorCode::InvalidArgument, kNeeded, {operation.id, id}, {.item = id});
  return values;
}

}  // namespace lodestone::data
