// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_status.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <limits>

#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

QString timeOf(double seconds) {
  return seconds < 1 ? words::number(seconds, 1) + QStringLiteral(" s") : words::duration(seconds);
}

constexpr double kWorthSaying = 0.05;

}  // namespace

QString NodeStatus::note() const {
  if (state == widgets::State::Running) return words::percent(fraction, 0);
  if (cached && has_run && state == widgets::State::Done)
    return QCoreApplication::translate("lodestone::pages::NodeStatus", "unchanged");
  return {};
}

QString NodeStatus::word() const {
  const QString beside = note();
  const QString word = widgets::stateWord(state);
  return beside.isEmpty() ? word : word + QStringLiteral(" · ") + beside;
}

QString NodeStatus::figures() const {
  if (!has_run) return {};
  QStringList parts;
  if (const auto last = rows_out ? rows_out : rows_in) {
    const bool changed = rows_in && rows_out && *rows_in != *rows_out;
    const QString rows = changed ? words::count(*rows_in) + QStringLiteral(" → ") + words::count(*rows_out)
                                 : words::count(*last);
    const int number = static_cast<int>(std::min<std::int64_t>(*last, std::numeric_limits<int>::max()));
    const QString counted =
        strategies
            ? QCoreApplication::translate("lodestone::pages::NodeStatus", "%1 strategies", nullptr, number)
            : QCoreApplication::translate("lodestone::pages::NodeStatus", "%1 row(s)", nullptr, number);
    parts << counted.arg(rows);
  }
  if (!cached && seconds >= kWorthSaying) parts << timeOf(seconds);
  return parts.join(QStringLiteral(" · "));
}

}  // namespace lodestone::pages
