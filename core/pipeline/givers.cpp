// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/givers.h"

#include <algorithm>
#include <deque>

namespace lodestone::pipeline {

namespace {

constexpr Text kMissingInput{
    "The node {0} needs {1} from a node before it, and none gives that. Connect it to a node that does.",
    "节点 {0} 需要其前面的节点提供 {1}，但没有节点提供。请把它与相应的节点相连。"};

}  // namespace

std::optional<std::size_t> nearestGiver(const Graph& graph, const std::vector<const StageType*>& types,
                                        std::size_t node, PortKind kind,
                                        const std::set<std::size_t>& returned) {
  std::deque<std::size_t> queue;
  std::set<std::size_t> seen;
  const auto visit = [&](std::size_t before) {
    if (seen.insert(before).second) queue.push_back(before);
  };
  const auto visitBefore = [&](std::size_t of) {
    for (const auto& [source, target] : graph.feedback)
      if (target == of && returned.contains(source)) visit(source);
    for (const std::size_t before : graph.before[of]) visit(before);
  };
  visitBefore(node);
  while (!queue.empty()) {
    const std::size_t before = queue.front();
    queue.pop_front();
    const StageType* type = types[before];
    if (type != nullptr && std::find(type->outputs.begin(), type->outputs.end(), kind) != type->outputs.end())
      return before;
    if (before != node) visitBefore(before);
  }
  return std::nullopt;
}

Error missingInput(const std::string& id, const std::string& label, PortKind kind) {
  return {ErrorCode::InvalidArgument,
          kMissingInput,
          {id + " (" + label + ")", std::string(portKindName(kind))},
          {.stage = id}};
}

}  // namespace lodestone::pipeline
