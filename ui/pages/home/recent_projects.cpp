// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/recent_projects.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>
#include <filesystem>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kCardWidth = 250;

std::int64_t bytesOf(const std::filesystem::path& folder, JobContext& job) {
  std::int64_t sum = 0;
  std::error_code ignored;  // a file that goes while we look counts nothing
  for (std::filesystem::recursive_directory_iterator it(folder, ignored), end;
       it != end && !job.stopRequested(); it.increment(ignored))
    if (it->is_regular_file(ignored)) sum += static_cast<std::int64_t>(it->file_size(ignored));
  return sum;
}

}  // namespace

RecentProjects::RecentProjects(studio::Studio& studio, QWidget* parent)
    : QWidget(parent),
      studio_(studio),
      measuring_(studio.jobs()),
      title_(theme::label(theme::Role::Section, this)),
      none_(theme::label(theme::Role::Body, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace4);
  none_->setProperty("role", "caption");
  none_->setWordWrap(true);
  auto* place = new QWidget(this);
  cards_ = new widgets::FlowLayout(place, kCardWidth);
  column->addWidget(title_);
  column->addWidget(none_);
  column->addWidget(place);
  words::say(this, [this] {
    title_->setText(tr("Recent projects"));
    none_->setText(tr("Projects that you open are listed here."));
    refresh();
  });
}

void RecentProjects::refresh() {
  widgets::clearLayout(cards_);
  sizes_.clear();
  for (const studio::Recent& recent : studio_.recent())
    if (recent.folder != studio_.folder()) cards_->addWidget(cardOf(recent));
  any_ = cards_->count() > 0;
  none_->setVisible(!any_);
  cards_->parentWidget()->setVisible(any_);
  readSizes();
}

QWidget* RecentProjects::cardOf(const studio::Recent& recent) {
  const bool there = QFileInfo::exists(recent.folder);
  auto* card = new widgets::Card(this);
  card->setObjectName("recent_" + recent.name);
  card->setPressable(there);
  card->setToolTip(recent.folder);
  auto* head = new QHBoxLayout;
  QLabel* name = theme::label(theme::Role::Body, card, recent.name);
  QFont bold = name->font();
  bold.setWeight(QFont::DemiBold);
  name->setFont(bold);
  auto* forget = new QToolButton(card);
  forget->setObjectName("forget_" + recent.name);
  forget->setIcon(theme::icon("close"));
  forget->setToolTip(tr("Take it off this list; the project stays where it is"));
  forget->setAccessibleName(tr("Take %1 off the list").arg(recent.name));
  head->addWidget(name, 1);
  head->addWidget(forget);
  card->body()->addLayout(head);
  QLabel* when = theme::label(theme::Role::Caption, card, tr("opened %1").arg(words::ago(recent.opened)));
  QLabel* size =
      theme::label(theme::Role::Caption, card, there ? QString("…") : tr("The folder is not there any more"));
  card->body()->addWidget(when);
  card->body()->addWidget(size);
  if (there) sizes_[recent.folder] = size;
  card->body()->addWidget(theme::label(theme::Role::Caption, card,
                                       recent.waiting > 0
                                           ? tr("%n waiting for review", nullptr, recent.waiting)
                                           : tr("%n strategies", nullptr, recent.strategies)));
  card->setAccessibleName(tr("Open %1").arg(recent.name));
  connect(card, &widgets::Card::pressed, this,
          [this, folder = recent.folder] { studio_.openProject(folder); });
  connect(forget, &QToolButton::clicked, this, [this, folder = recent.folder] {
    studio_.forgetRecent(folder);
    refresh();
    Q_EMIT changed();
  });
  return card;
}

void RecentProjects::readSizes() {
  QStringList folders;
  for (const auto& [folder, label] : sizes_) folders << folder;
  if (folders.isEmpty()) return;
  measuring_.start(
      this, {.title = tr("Measuring projects"), .shown = jobs::Shown::Quiet},
      [folders](JobContext& job) -> Result<std::map<QString, std::int64_t>> {
        std::map<QString, std::int64_t> bytes;
        for (const QString& folder : folders) bytes[folder] = bytesOf(words::toUtf8(folder), job);
        if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
        return bytes;
      },
      [this](const Result<std::map<QString, std::int64_t>>& bytes) {
        if (!bytes) return;
        for (const auto& [folder, count] : *bytes)
          if (const auto label = sizes_.find(folder); label != sizes_.end())
            label->second->setText(QLocale().formattedDataSize(count, 1, QLocale::DataSizeTraditionalFormat));
      });
}

}  // namespace lodestone::pages
