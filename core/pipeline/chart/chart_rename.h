// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "core/base/result.h"
#include "core/pipeline/chart/chart_document.h"

namespace lodestone::pipeline {

/// New ids by old ones: of nodes, subgraphs and named edges.
using NewIds = std::map<std::string, std::string>;

/// Renames them all at once in the text and in the section. No new id may be taken.
Result<> renameIds(ChartDocument& document, const NewIds& names);

}  // namespace lodestone::pipeline
