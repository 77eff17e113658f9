// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/givers.h"

#include <algorithm>
#include <deque>
#include <map>

namespace lodestone::pipeline {

namespace {

constexpr Text kMissingInput{
    "The node {0} needs {1} from a node before it, and none gives that. Connect it to a node that does.",
    "节点 {0} 需要其前面的节点提供 {1}，但没有节点提供。请把它与相应的节点相连。"};

using Types = std::vector<const StageType*>;

/// The edges that lead to a node: those of the text, then what has come back round.
std::vector<std::size_t> sourcesOf(const Graph& graph, std::size_t node,
                                   const std::set<std::size_t>& returned) {
  std::vector<std::size_t> sources = graph.before[node];
  for (const auto& [source, target] : graph.feedback)
    if (target == node && returned.contains(source)) sources.push_back(source);
  return sources;
}

bool names(const std::string& label, const Port& port) {
  const std::string plain = lowerAscii(trim(label));
  return plain == lowerAscii(port.name) || plain == lowerAscii(port.title.in(Language::English)) ||
         plain == port.title.in(Language::Chinese);
}

/// The ports that the labels between two nodes name.
std::vector<const Port*> namedPorts(const Graph& graph, const StageType& type, std::size_t source,
                                    std::size_t node) {
  std::vector<const Port*> ports;
  const auto labels = graph.edge_labels.find({source, node});
  if (labels == graph.edge_labels.end()) return ports;
  for (const std::string& label : labels->second)
    for (const Port& port : type.inputs)
      if (names(label, port)) ports.push_back(&port);
  return ports;
}

/// Hands what the edges lead to, in their order, to the ports of one kind.
void shareOut(std::vector<PortFeed*>& ports, const std::vector<std::size_t>& givers) {
  std::size_t next = 0;
  for (PortFeed* feed : ports) {
    if (!feed->nodes.empty()) continue;  // named by an edge
    const std::size_t end = feed->port->many ? givers.size() : std::min(next + 1, givers.size());
    for (; next < end; ++next)
      if (std::find(feed->nodes.begin(), feed->nodes.end(), givers[next]) == feed->nodes.end())
        feed->nodes.push_back(givers[next]);
  }
}

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
    if (type != nullptr && type->output(kind) != nullptr) return before;
    if (before != node) visitBefore(before);
  }
  return std::nullopt;
}

std::vector<PortFeed> feeds(const Graph& graph, const Types& types, std::size_t node,
                            const std::set<std::size_t>& returned) {
  std::vector<PortFeed> all;
  const StageType* type = types[node];
  if (type == nullptr) return all;
  for (const Port& port : type->inputs) all.push_back({&port, {}});
  const std::vector<std::size_t> sources = sourcesOf(graph, node, returned);
  const auto giverAt = [&](std::size_t source, PortKind kind) -> std::optional<std::size_t> {
    if (types[source] != nullptr && types[source]->output(kind) != nullptr) return source;
    return nearestGiver(graph, types, source, kind, returned);
  };
  for (const std::size_t source : sources)
    for (const Port* port : namedPorts(graph, *type, source, node)) {
      PortFeed& feed = all[static_cast<std::size_t>(port - type->inputs.data())];
      const auto giver = giverAt(source, port->kind);
      if (giver && (feed.nodes.empty() || port->many)) feed.nodes.push_back(*giver);
    }
  std::map<PortKind, std::vector<PortFeed*>> by_kind;
  for (PortFeed& feed : all) by_kind[feed.port->kind].push_back(&feed);
  for (auto& [kind, ports] : by_kind) {
    if (ports.size() == 1 && !ports.front()->port->many) {
      if (!ports.front()->nodes.empty()) continue;
      if (const auto giver = nearestGiver(graph, types, node, kind, returned))
        ports.front()->nodes.push_back(*giver);
      continue;
    }
    std::vector<std::size_t> givers;
    for (const std::size_t source : sources) {
      if (!namedPorts(graph, *type, source, node).empty()) continue;
      if (const auto giver = giverAt(source, kind)) givers.push_back(*giver);
    }
    shareOut(ports, givers);
  }
  return all;
}

Error missingInput(const std::string& id, const std::string& label, PortKind kind) {
  return {ErrorCode::InvalidArgument,
          kMissingInput,
          {id + " (" + label + ")", std::string(portKindName(kind))},
          {.stage = id}};
}

}  // namespace lodestone::pipeline
