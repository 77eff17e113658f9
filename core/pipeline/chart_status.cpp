// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart_status.h"

#include <algorithm>

namespace lodestone::pipeline {

namespace {

constexpr Text kUnbound{"No stage is bound to it.", "尚未绑定阶段。"};
constexpr Text kStale{"It or something before it has changed since run {0}.",
                      "自第 {0} 次运行以来，它或其前面的内容已变化。"};

NodeStatus statusOfNode(const ChartOutlook& outlook, const std::map<std::string, NodeHistory>& newest,
                        const NodeOutlook& node, Language language) {
  NodeStatus status{node.node, "ready", {}, 0};
  const auto found = newest.find(node.node);
  if (found != newest.end()) status.run = found->second.run;
  if (node.problem || node.type == nullptr) {
    status.state = "not_configured";
    status.message = node.problem ? node.problem->message(language) : std::string(kUnbound.in(language));
    return status;
  }
  if (found == newest.end()) return status;
  const project::StageRecord& record = found->second.record;
  const bool ended_well = record.state == "done" || record.state == "warning";
  if (isCurrent(outlook, newest, node)) {
    status.state = record.state == "running" || record.state == "queued" ? "interrupted" : record.state;
    status.message = record.message;
  } else if (ended_well) {
    status.state = "stale";
    status.message = fill(kStale, language, {std::to_string(status.run)});
  }
  return status;
}

}  // namespace

bool isCurrent(const ChartOutlook& outlook, const std::map<std::string, NodeHistory>& newest,
               const NodeOutlook& node) {
  const auto own = newest.find(node.node);
  if (own == newest.end() || own->second.recipe != node.recipe || own->second.outside_changed) return false;
  const auto place = std::find(outlook.graph.ids.begin(), outlook.graph.ids.end(), node.node);
  if (place == outlook.graph.ids.end()) return false;
  const std::vector<bool> before =
      outlook.graph.ancestors(static_cast<std::size_t>(place - outlook.graph.ids.begin()));
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!before[i]) continue;
    const auto earlier = newest.find(outlook.graph.ids[i]);
    if (earlier != newest.end() && earlier->second.outside_changed) return false;
  }
  return true;
}

std::vector<NodeStatus> statusOf(const ChartOutlook& outlook,
                                 const std::map<std::string, NodeHistory>& newest, Language language) {
  std::vector<NodeStatus> all;
  for (const NodeOutlook& node : outlook.nodes) all.push_back(statusOfNode(outlook, newest, node, language));
  return all;
}

}  // namespace lodestone::pipeline
