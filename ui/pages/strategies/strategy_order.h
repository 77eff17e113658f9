// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/project/strategy_records.h"
#include "ui/tables/list_table.h"

namespace lodestone::pages {

/// In which order cards stand.
enum class StrategyOrder { Number, ExtraConversions, Roi, Revenue, Cost, Audience, Start };
inline constexpr int kStrategyOrders = 7;

/// Best, largest and earliest first; what has no evidence last; ties by number.
void orderBy(std::vector<project::StrategyVersion>& strategies, StrategyOrder order);

/// Rows of the table, as strategyColumns() has them, in the language in use.
inline constexpr int kStateColumn = 2;
inline constexpr int kLastFigureColumn = 7;  ///< those between are figures
std::vector<tables::ListColumn> strategyColumns();
std::vector<tables::ListRow> strategyRows(const std::vector<project::StrategyVersion>& strategies);

}  // namespace lodestone::pages
