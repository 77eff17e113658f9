// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

#include "core/pipeline/stage_type.h"
#include "ui/pages/pipeline/chart_reading.h"

class QTextCursor;

namespace lodestone::pages {

/// Something that may stand where the cursor is.
struct Completion {
  QString insert = {};  ///< in place of what is there already
  QString shown = {};   ///< what the list calls it
  QString detail = {};  ///< what it is, for people
  QString help = {};
};

struct Completions {
  int typed = 0;  ///< characters before the cursor that belong to what is completed
  std::vector<Completion> items = {};
};

/// What a completion may name.
struct CompletionSource {
  const ChartReading* reading = nullptr;  ///< the newest that is a chart; null before one
  QStringList tables = {};
  QStringList metrics = {};                                      ///< that a stop rule may name
  std::function<QStringList(const QString& node)> columns = {};  ///< of the rows that reach a node
};

/// What fits at the cursor: nodes, words of the language, classes and shapes in the chart; keys, stages,
/// parameters, their choices, tables and columns in the front matter. The best first, at most 100. The
/// document's blocks bear the states of ChartHighlighter.
Completions completionsAt(const QTextCursor& cursor, const CompletionSource& source);

}  // namespace lodestone::pages
