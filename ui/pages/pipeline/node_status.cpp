// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_status.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

QString say(const char* text) {
  return QCoreApplication::translate("lodestone::pages::NodeStatus", text);
}

QString timeOf(double seconds) {
  return seconds < 1 ? words::number(seconds, 1) + QStringLiteral(" s") : words::duration(seconds);
}

constexpr double kWorthSaying = 0.05;

}  // namespace

QString NodeStatus::word() const {
  const QString word = widgets::stateWord(state);
  if (state == widgets::State::Running) return word + " " + words::percent(fraction, 0);
  if (cached && has_run && state == widgets::State::Done)
    return word + QStringLiteral(" · ") + say(QT_TRANSLATE_NOOP("lodestone::pages::NodeStatus", "unchanged"));
  return word;
}

QString NodeStatus::figures() const {
  if (!has_run) return {};
  QStringList parts;
  if (rows_in && rows_out)
    parts << words::count(*rows_in) + QStringLiteral(" → ") + words::count(*rows_out);
  else if (rows_out)
    parts << QStringLiteral("→ ") + words::count(*rows_out);
  else if (rows_in)
    parts << words::count(*rows_in);
  if (!cached && seconds >= kWorthSaying) parts << timeOf(seconds);
  return parts.join(QStringLiteral(" · "));
}

QString NodeStatus::sentence() const {
  if (!has_run || state == widgets::State::NotConfigured) return {};
  QStringList parts;
  if (rows_in)
    parts << say(QT_TRANSLATE_NOOP("lodestone::pages::NodeStatus", "%1 in")).arg(words::count(*rows_in));
  if (rows_out)
    parts << say(QT_TRANSLATE_NOOP("lodestone::pages::NodeStatus", "%1 out")).arg(words::count(*rows_out));
  if (cached)
    parts << say(QT_TRANSLATE_NOOP("lodestone::pages::NodeStatus", "unchanged"));
  else if (seconds >= kWorthSaying)
    parts << timeOf(seconds);
  return parts.join(words::language() == Language::Chinese ? QStringLiteral("，") : QStringLiteral(", "));
}

}  // namespace lodestone::pages
