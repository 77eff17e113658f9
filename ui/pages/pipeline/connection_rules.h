// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

#include "ui/pages/pipeline/chart_reading.h"

namespace lodestone::pages {

/// Whether a connection may be made, and what it will do or why it cannot be.
struct Verdict {
  bool fits = false;
  QString why;
};

using Judge = std::function<Verdict(const QString& to)>;

/// Judges edges from one node of a chart to others; what the chart says is taken in once, for thousands of
/// questions. Nodes without a stage may be connected with any.
Judge judgeFrom(const ChartReading& reading, const QString& from);
/// Whether what the first stage leaves is of use to the second.
Verdict stagesFit(const pipeline::StageType& from, const pipeline::StageType& to);

}  // namespace lodestone::pages
