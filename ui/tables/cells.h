// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>
#include <string>

#include "core/base/json.h"
#include "core/data/database.h"

// How cells of data are written on the screen.
namespace lodestone::tables {

enum class CellKind { Whole, Decimal, Time, Flag, Text };

/// Of a type as DuckDB writes it.
CellKind cellKind(const std::string& type);
/// For theme::icon.
QString typeIcon(CellKind kind);
bool alignsRight(CellKind kind);

/// On one line and at most some hundred characters long, for painting. Decimals have the locale's separators.
/// Whole numbers have none: a column of them is as often of years, identifiers or postcodes as of counts, and
/// those are wrong with separators, while a count without them still reads. Missing cells are "∅".
QString cellText(const Json& cell, const data::ColumnInfo& column);
/// For another program: in full, no separators, missing is empty; text that holds tabs, line ends or quotes
/// is quoted.
QString copyText(const Json& cell);

/// What a model says of a cell for a role of Qt's; invalid for other roles.
QVariant cellData(const Json& cell, const data::ColumnInfo& column, int role);
/// The same while the cell has not come yet: "…".
QVariant pendingData(const data::ColumnInfo& column, int role);

}  // namespace lodestone::tables
