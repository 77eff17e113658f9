// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

#include "core/pipeline/chart/chart_document.h"

// Between a node and the place of the text that speaks of it. The text is the document's own.
namespace lodestone::pages {

/// The node that the text at a position (in characters) is about: where it or its label stands, or in the
/// lines of its binding. Empty: none.
std::string nodeAtPosition(const pipeline::ChartDocument& document, const QString& text, int position);

/// Where a node is first mentioned; -1 when it is nowhere.
int positionOfNode(const pipeline::ChartDocument& document, const std::string& node);

}  // namespace lodestone::pages
