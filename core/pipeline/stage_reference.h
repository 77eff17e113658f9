// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/stage_type.h"
#include "core/pipeline/templates.h"

namespace lodestone::pipeline {

/// What a node of a template does and needs.
struct NodeDescription {
  std::string node;
  std::string label;
  const StageType* type = nullptr;
  /// Each input that is fed, forward or round a cycle, and the nodes that feed it.
  std::vector<std::pair<const Port*, std::vector<std::string>>> takes;
  std::map<std::string, std::string> given;  ///< parameters that the template sets for the demo shop
};

/// A template's nodes in the order of running, as the template's binding binds them. NotFound names the
/// templates that there are.
Result<std::vector<NodeDescription>> describeTemplate(const std::string& name, Language language);

/// All stage types by group, with ports and parameters, then the templates: docs/stages.md.
Result<std::string> stageReference(Language language);

}  // namespace lodestone::pipeline
