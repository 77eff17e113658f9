// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHBoxLayout>
#include <QLabel>
#include <array>

#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::widgets {
namespace {

struct Look {
  State state;
  const char* record;  ///< as the records write it
  const char* icon;
  const char* word;  ///< English, for translation
  QColor theme::Tokens::*colour;
};

using theme::Tokens;

constexpr std::array<Look, 20> kLooks{{
    {State::NotConfigured, "not_configured", "state-not-configured",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "not configured"), &Tokens::warn},
    {State::Ready, "ready", "state-ready", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "ready"),
     &Tokens::text2},
    {State::Queued, "queued", "state-queued", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "queued"),
     &Tokens::text2},
    {State::Running, "running", "state-running",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "running"), &Tokens::accent},
    {State::Paused, "paused", "state-paused", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "paused"),
     &Tokens::warn},
    {State::Waiting, "waiting", "state-waiting",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "waiting for you"), &Tokens::accent},
    {State::Done, "done", "state-done", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "done"),
     &Tokens::ok},
    {State::Warning, "warning", "state-warning",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "warning"), &Tokens::warn},
    {State::Failed, "failed", "state-failed", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "failed"),
     &Tokens::fail},
    {State::Cancelled, "cancelled", "state-cancelled",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "cancelled"), &Tokens::text2},
    {State::Interrupted, "interrupted", "state-interrupted",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "interrupted"), &Tokens::warn},
    {State::Stale, "stale", "state-stale", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "stale"),
     &Tokens::warn},
    {State::Skipped, "skipped", "state-skipped",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "skipped"), &Tokens::text2},
    {State::Draft, "draft", "draft", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "draft"),
     &Tokens::text2},
    {State::InReview, "in_review", "in-review",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "in review"), &Tokens::accent},
    {State::Approved, "approved", "approved", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "approved"),
     &Tokens::ok},
    {State::ChangesRequested, "changes_requested", "changes-requested",
     QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "changes requested"), &Tokens::warn},
    {State::Rejected, "rejected", "rejected", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "rejected"),
     &Tokens::fail},
    {State::Exported, "exported", "exported", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "exported"),
     &Tokens::ok},
    {State::Measured, "measured", "measured", QT_TRANSLATE_NOOP("lodestone::widgets::StateBadge", "measured"),
     &Tokens::info},
}};

const Look& look(State state) {
  for (const Look& each : kLooks)
    if (each.state == state) return each;
  return kLooks[1];
}

}  // namespace

State stateOf(std::string_view word) {
  for (const Look& each : kLooks)
    if (word == each.record) return each.state;
  return State::Ready;
}

State stateOf(project::StrategyState state) {
  return stateOf(project::strategyStateName(state));
}
QString stateWord(State state) {
  return StateBadge::tr(look(state).word);
}
QString stateIcon(State state) {
  return look(state).icon;
}
QColor stateColour(State state) {
  return theme::tokens().*look(state).colour;
}

StateBadge::StateBadge(QWidget* parent) : QWidget(parent), icon_(new QLabel(this)), word_(new QLabel(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(theme::kSpace1);
  row->addWidget(icon_);
  row->addWidget(word_);
  row->addStretch();
  word_->setTextFormat(Qt::PlainText);
  connect(&words::notifier(), &words::Notifier::changed, this, &StateBadge::show);
  connect(&theme::notifier(), &theme::Notifier::changed, this, &StateBadge::show);
  show();
}

void StateBadge::setState(State state, const QString& note) {
  state_ = state;
  note_ = note;
  show();
}

void StateBadge::show() {
  const QColor colour = stateColour(state_);
  icon_->setPixmap(theme::pixmap(stateIcon(state_), colour, 16, devicePixelRatioF()));
  word_->setText(note_.isEmpty() ? stateWord(state_) : stateWord(state_) + " · " + note_);
  QPalette palette = word_->palette();
  palette.setColor(QPalette::WindowText, colour);
  word_->setPalette(palette);
  setAccessibleName(word_->text());
}

}  // namespace lodestone::widgets
