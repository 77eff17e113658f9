// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/history_view.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/campaign/report_builder.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr std::size_t kShown = 12;
constexpr std::size_t kHashDigits = 8;
constexpr int kIcon = 16;

struct ActionLook {
  QString icon;
  QColor colour;
};

ActionLook lookOf(const std::string& action) {
  const theme::Tokens& tokens = theme::tokens();
  if (action == "create") return {"add", tokens.text2};
  if (action == "edit") return {"edit", tokens.text2};
  if (action == "submit") return {"in-review", tokens.info};
  if (action == "approve") return {"approved", tokens.ok};
  if (action == "request-changes") return {"changes-requested", tokens.warn};
  if (action == "reject") return {"rejected", tokens.fail};
  if (action == "export") return {"exported", tokens.info};
  if (action == "comment") return {"comment", tokens.text2};
  return {"history", tokens.text2};
}

}  // namespace

HistoryView::HistoryView(QWidget* parent) : QWidget(parent), rows_(new QVBoxLayout), more_(new QPushButton) {
  setObjectName("history");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace2);
  rows_->setSpacing(theme::kSpace3);
  layout->addLayout(rows_);
  more_->setObjectName("showAllHistory");
  more_->setProperty("kind", "flat");
  connect(more_, &QPushButton::clicked, this, [this] {
    all_ = true;
    show();
  });
  layout->addWidget(more_, 0, Qt::AlignLeft);
  words::say(this, [this] { show(); });
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { show(); });
}

void HistoryView::setHistory(const std::vector<project::AuditEntry>& history) {
  std::vector<Line> lines;
  for (const project::AuditEntry& entry : history) {
    const bool again = !lines.empty() && entry.action == "export" &&
                       lines.back().entry.action == entry.action && lines.back().entry.actor == entry.actor &&
                       lines.back().entry.version == entry.version;
    if (again) {
      lines.back().entry = entry;
      ++lines.back().times;
    } else {
      lines.push_back({entry, 1});
    }
  }
  if (lines_.empty() || lines.empty() || lines_.front().entry.subject != lines.front().entry.subject)
    all_ = false;
  lines_ = std::move(lines);
  show();
}

void HistoryView::show() {
  widgets::clearLayout(rows_);
  std::size_t shown = 0;
  for (auto line = lines_.rbegin(); line != lines_.rend() && (all_ || shown < kShown); ++line, ++shown)
    rows_->addWidget(row(*line));
  const auto left = static_cast<int>(lines_.size() - shown);
  more_->setVisible(left > 0);
  more_->setText(tr("Show %n earlier", nullptr, left));
  setAccessibleName(tr("History"));
}

QWidget* HistoryView::row(const Line& line) const {
  const project::AuditEntry& entry = line.entry;
  const ActionLook look = lookOf(entry.action);
  auto* made = new QWidget;
  auto* grid = new QGridLayout(made);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(theme::kSpace2);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(1, 1);
  auto* icon = new QLabel;
  icon->setPixmap(theme::pixmap(look.icon, look.colour, kIcon, devicePixelRatioF()));
  grid->addWidget(icon, 0, 0, Qt::AlignTop);
  QString action = words::toQt(campaign::actionText(entry.action, words::language()));
  if (line.times > 1) action = tr("%1 (%2 times)").arg(action, words::count(line.times));
  auto* what = theme::label(theme::Role::Body, made,
                            tr("%1 %2", "who did what").arg(words::toQt(entry.actor), action));
  what->setWordWrap(true);
  grid->addWidget(what, 0, 1);
  auto* when = theme::label(theme::Role::Caption, made,
                            tr("%1 · version %2 · %3")
                                .arg(words::moment(entry.at), words::count(entry.version),
                                     words::toQt(entry.content_hash.substr(0, kHashDigits))));
  when->setWordWrap(true);
  when->setToolTip(
      tr("Content %1\nEntry %2 of the audit log, %3")
          .arg(words::toQt(entry.content_hash), words::count(entry.sequence), words::toQt(entry.hash)));
  grid->addWidget(when, 1, 1);
  return made;
}

}  // namespace lodestone::pages
