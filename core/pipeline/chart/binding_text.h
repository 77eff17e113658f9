// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/chart/chart_document.h"

namespace lodestone::pipeline {

/// The body of a front matter (YAML, each line closed) in which one node has this stage and these parameters.
/// Lines that are not about what changes stay. Nothing when it cannot be done line by line: the section is
/// within braces. An empty body may be given and may come back.
std::optional<std::string> withBinding(const std::string& body, const NodeBinding& bound);
/// The same for the count of cycles.
std::optional<std::string> withCycles(const std::string& body, std::optional<std::int64_t> cycles);
/// The same for the stop rule of a loop.
std::optional<std::string> withUntil(const std::string& body, const std::optional<StopRule>& until);

/// The same with exactly these places of nodes.
std::optional<std::string> withPositions(const std::string& body, const std::vector<NodePosition>& positions);
/// The same with nodes renamed, or taken out where the new name is empty.
std::optional<std::string> withNodesNamed(const std::string& body,
                                          const std::map<std::string, std::string>& names);

/// The section written from what it says, under its key: for ChartDocument::setLodestoneSection.
std::string sectionYaml(const Binding& binding);

/// Whether two sections say the same, in whatever order and on whatever lines.
bool sameBinding(const Binding& one, const Binding& other);

}  // namespace lodestone::pipeline
