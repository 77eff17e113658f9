// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

#include "ui/widgets/widgets.h"

namespace lodestone::pages {

/// What a node of the chart is in, as it is shown.
struct NodeStatus {
  widgets::State state = widgets::State::NotConfigured;
  double fraction = 0;  ///< of a running one
  std::optional<std::int64_t> rows_in;
  std::optional<std::int64_t> rows_out;
  double seconds = 0;
  bool cached = false;
  bool has_run = false;  ///< rows and seconds are of a run
  QString message;       ///< of the last run, or what is missing

  bool operator==(const NodeStatus&) const = default;

  /// "running 42 %", "done · unchanged".
  QString word() const;
  /// "3,000 → 2,950 · 1 s"; empty before a run.
  QString figures() const;
  /// The same in words: "3,000 in, 2,950 out, 1 s".
  QString sentence() const;
};

}  // namespace lodestone::pages
