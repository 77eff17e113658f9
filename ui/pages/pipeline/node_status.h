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
  bool strategies = false;  ///< those were counted, not rows
  double seconds = 0;
  bool cached = false;
  bool has_run = false;  ///< rows and seconds are of a run
  QString message;       ///< of the last run, or what is missing

  bool operator==(const NodeStatus&) const = default;

  /// What is said beside the state's word: "42 %", "unchanged".
  QString note() const;
  /// "running · 42 %", "done · unchanged", as widgets::StateBadge shows it.
  QString word() const;
  /// "3,000 → 2,950 rows · 1 s", "3,000 rows" when as many went out; empty before a run.
  QString figures() const;
};

}  // namespace lodestone::pages
