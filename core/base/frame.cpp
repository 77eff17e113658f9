// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/frame.h"

#include <cmath>

#include "core/base/text.h"
#include "core/base/time.h"

namespace lodestone {

const FrameColumn* Frame::find(std::string_view name) const {
  for (const FrameColumn& column : columns)
    if (column.name == name) return &column;
  return nullptr;
}

bool Frame::missing(const FrameColumn& column, std::int64_t row) const {
  const auto i = static_cast<std::size_t>(row);
  return column.kind == ColumnKind::Text ? column.codes[i] < 0 : std::isnan(column.numbers[i]);
}

std::string Frame::cell(const FrameColumn& column, std::int64_t row) const {
  if (missing(column, row)) return {};
  const auto i = static_cast<std::size_t>(row);
  switch (column.kind) {
    case ColumnKind::Number:
      return formatNumber(column.numbers[i]);
    case ColumnKind::Time:
      return formatTimestamp(static_cast<std::int64_t>(column.numbers[i]));
    case ColumnKind::Text:
      return column.levels[static_cast<std::size_t>(column.codes[i])];
  }
  return {};
}

Frame Frame::take(const std::vector<std::int64_t>& rows_to_take) const {
  Frame out;
  out.rows = static_cast<std::int64_t>(rows_to_take.size());
  for (const FrameColumn& column : columns) {
    FrameColumn taken{column.name, column.kind, {}, {}, column.levels};
    for (const std::int64_t row : rows_to_take) {
      const auto i = static_cast<std::size_t>(row);
      if (column.kind == ColumnKind::Text)
        taken.codes.push_back(column.codes[i]);
      else
        taken.numbers.push_back(column.numbers[i]);
    }
    out.columns.push_back(std::move(taken));
  }
  return out;
}

}  // namespace lodestone
