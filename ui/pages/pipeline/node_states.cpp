// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_states.h"

#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::State;

namespace {

/// Whether something outside the chart has changed for each node, or for one that it needs.
std::vector<bool> changedOutside(const pipeline::Graph& graph, const RunHistory& history) {
  std::vector<bool> changed(graph.ids.size());
  for (const std::size_t at : graph.order()) {
    const auto found = history.newest.find(graph.ids[at]);
    changed[at] = found != history.newest.end() && found->second.outside_changed;
    for (const std::size_t before : graph.before[at]) changed[at] = changed[at] || changed[before];
  }
  return changed;
}

NodeStatus statusOfNode(const pipeline::NodeOutlook& node, const pipeline::NodeHistory* history,
                        bool changed_outside) {
  NodeStatus status;
  if (history != nullptr) status = statusOfRecord(history->record);
  if (node.type == nullptr || node.problem) {
    status.state = State::NotConfigured;
    status.message = node.problem ? words::said(*node.problem) : QString();
    return status;
  }
  if (history == nullptr) {
    status.state = State::Ready;
    return status;
  }
  const bool current = history->recipe == node.recipe && !changed_outside;
  if (status.state == State::Running || status.state == State::Queued) status.state = State::Interrupted;
  if (status.has_run && !current) status.state = State::Stale;
  if (!status.has_run && !current) {
    status.state = State::Ready;
    status.message.clear();
  }
  return status;
}

}  // namespace

NodeStatus statusOfRecord(const project::StageRecord& record) {
  NodeStatus status;
  status.state = widgets::stateOf(record.state);
  status.has_run = record.state == "done" || record.state == "warning";
  status.rows_in = record.rows_in;
  status.rows_out = record.rows_out;
  const std::string strategies(pipeline::portKindName(pipeline::PortKind::Strategies));
  if (record.outputs.is_array())
    for (const Json& output : record.outputs) {
      const std::string kind = output.value("kind", std::string());
      const Json value = output.value("value", Json::object());
      status.strategies = status.strategies || kind == strategies ||
                          (value.is_object() && value.value("holds", std::string()) == strategies);
    }
  status.seconds = record.seconds;
  status.cached = record.cached;
  status.message = words::toQt(record.message);
  return status;
}

std::map<QString, NodeStatus> nodeStatuses(const pipeline::ChartOutlook& outlook, const RunHistory& history,
                                           const std::map<QString, NodeStatus>* live) {
  std::map<QString, NodeStatus> statuses;
  const std::vector<bool> changed = changedOutside(outlook.graph, history);
  for (std::size_t i = 0; i < outlook.nodes.size(); ++i) {
    const pipeline::NodeOutlook& node = outlook.nodes[i];
    const QString id = words::toQt(node.node);
    if (live != nullptr)
      if (const auto now = live->find(id); now != live->end()) {
        statuses.emplace(id, now->second);
        continue;
      }
    const auto found = history.newest.find(node.node);
    statuses.emplace(
        id, statusOfNode(node, found == history.newest.end() ? nullptr : &found->second, changed[i]));
  }
  return statuses;
}

std::map<QString, NodeStatus> statusesOfRun(const pipeline::ChartOutlook& outlook,
                                            const std::vector<project::StageRecord>& stages) {
  std::map<QString, NodeStatus> statuses;
  for (const pipeline::NodeOutlook& node : outlook.nodes) {
    NodeStatus none;
    none.state = State::Skipped;
    statuses.emplace(words::toQt(node.node), none);
  }
  for (const project::StageRecord& stage : stages)  // of several cycles the last one counts
    if (const auto found = statuses.find(words::toQt(stage.node)); found != statuses.end())
      found->second = statusOfRecord(stage);
  return statuses;
}

}  // namespace lodestone::pages
