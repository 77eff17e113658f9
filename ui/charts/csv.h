// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include "ui/charts/chart.h"

namespace lodestone::charts {

/// RFC 4180 in UTF-8. A word that a spreadsheet would take for a formula gets an apostrophe in front.
QByteArray csvOf(const ChartTable& table);

}  // namespace lodestone::charts
