// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/pipeline/outlook.h"

namespace lodestone::pipeline {

/// How a node of a chart stands before the next run.
struct NodeStatus {
  std::string node;
  /// not_configured, ready (never run as it is now), done, warning, stale (ran, but something before it or it
  /// itself has changed since), waiting, failed, cancelled, interrupted.
  std::string state;
  std::string message;   ///< why, in the language asked for
  std::int64_t run = 0;  ///< of its newest record; 0 without one
};

/// Whether a node's newest record is of the chart and the tables as they are now.
bool isCurrent(const ChartOutlook& outlook, const std::map<std::string, NodeHistory>& newest,
               const NodeOutlook& node);

/// Every node of a chart, in the chart's order.
std::vector<NodeStatus> statusOf(const ChartOutlook& outlook,
                                 const std::map<std::string, NodeHistory>& newest, Language language);

}  // namespace lodestone::pipeline
