// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/versions_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/pages/strategies/labels.h"
#include "ui/pages/strategies/strategy_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

VersionsView::VersionsView(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  setObjectName("strategyHistory");
  column_->setContentsMargins(0, theme::kSpace2, 0, theme::kSpace2);
  column_->setSpacing(theme::kSpace3);
  words::say(this, [this] { showTexts(); });
}

void VersionsView::setHistory(const StrategyHistory& history) {
  history_ = history;
  showTexts();
}

void VersionsView::showTexts() {
  widgets::clearLayout(column_);
  for (const auto& version : history_.versions) addVersion(version);
  column_->addStretch();
}

void VersionsView::addVersion(const project::StrategyVersion& version) {
  auto* cell = new QVBoxLayout;
  cell->setSpacing(2);
  auto* head = new QHBoxLayout;
  head->addWidget(strong(theme::label(theme::Role::Body, this, tr("Version %1").arg(version.version))));
  head->addStretch();
  auto* state = new widgets::StateBadge(this);
  state->setState(widgets::stateOf(version.state));
  state->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  head->addWidget(state);
  cell->addLayout(head);
  QStringList lines{
      tr("Made by %1, %2").arg(words::toQt(version.created_by), words::moment(version.created_at))};
  if (!version.submitted_by.empty())
    lines.append(tr("Sent to review by %1").arg(words::toQt(version.submitted_by)));
  if (!version.decided_by.empty())
    lines.append(
        tr("Decided by %1, %2").arg(words::toQt(version.decided_by), words::moment(version.decided_at)));
  lines.append(tr("Content %1").arg(words::toQt(version.content_hash.substr(0, 12))));
  for (const auto& comment : history_.comments)
    if (comment.version == version.version)
      lines.append(tr("%1, %2: %3")
                       .arg(words::toQt(comment.by), words::moment(comment.at), words::toQt(comment.text)));
  for (const QString& line : lines) cell->addWidget(wrapped(theme::label(theme::Role::Caption, this, line)));
  column_->addLayout(cell);
}

}  // namespace lodestone::pages
