// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <map>
#include <vector>

#include "core/pipeline/outlook.h"
#include "ui/pages/pipeline/chart_reading.h"
#include "ui/pages/pipeline/node_status.h"

namespace lodestone::pages {

/// What each node of a chart is in: what its newest run left, as long as that still holds; see PipelinePage.
/// live: over those, of a run that goes on; may be null. One pass over the graph.
std::map<QString, NodeStatus> nodeStatuses(const pipeline::ChartOutlook& outlook, const RunHistory& history,
                                           const std::map<QString, NodeStatus>* live);

/// What each node was in when a run of the past ended; a node that had no part in it is skipped.
std::map<QString, NodeStatus> statusesOfRun(const pipeline::ChartOutlook& outlook,
                                            const std::vector<project::StageRecord>& stages);

/// A record's figures.
NodeStatus statusOfRecord(const project::StageRecord& record);

}  // namespace lodestone::pages
