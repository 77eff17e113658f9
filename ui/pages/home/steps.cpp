// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/steps.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

QStringList pageTitles() {
  return {Steps::tr("Data"), Steps::tr("Pipeline"), Steps::tr("Models"), Steps::tr("Strategies"),
          Steps::tr("Review")};
}

void addHead(widgets::Card& card, const char* page, QLabel* title) {
  auto* picture = new QLabel(&card);
  theme::paintWith(picture, [picture, page] {
    picture->setPixmap(theme::pixmap(page, theme::tokens().text2, 20, picture->devicePixelRatioF()));
  });
  auto* head = new QHBoxLayout;
  head->addWidget(picture);
  head->addWidget(title, 1);
  card.body()->addLayout(head);
}

Steps::Steps(QWidget* parent) : QWidget(parent) {
  setObjectName("homeWay");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace3);
  title_ = theme::label(theme::Role::Section, this);
  column->addWidget(title_);
  auto* row = new QHBoxLayout;
  row->setSpacing(theme::kSpace3);
  for (const char* page : kPages) {
    auto* card = new widgets::Card(this);
    Step step{theme::label(theme::Role::Body, card), theme::label(theme::Role::Caption, card)};
    QFont bold = step.title->font();
    bold.setWeight(QFont::DemiBold);
    step.title->setFont(bold);
    step.text->setWordWrap(true);
    step.text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    addHead(*card, page, step.title);
    card->body()->addWidget(step.text, 1);
    steps_.push_back(step);
    row->addWidget(card, 1);
  }
  column->addLayout(row);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  words::say(this, [this] { showTexts(); });
}

void Steps::showTexts() {
  title_->setText(tr("The way of a campaign"));
  const QStringList titles = pageTitles();
  const QString texts[] = {
      tr("Import what the shop exports, look at it, say what its columns mean."),
      tr("One flowchart from the rows to the strategies: set it up, run it, see every step."),
      tr("Train on this computer, watch it learn, choose the threshold in money."),
      tr("Who gets which offer, with the effect that is predicted and how sure it is."),
      tr("A second pair of eyes approves; what is approved can be exported."),
  };
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    steps_[i].title->setText(QString("%1. %2").arg(i + 1).arg(titles[static_cast<qsizetype>(i)]));
    steps_[i].text->setText(texts[i]);
  }
}

}  // namespace lodestone::pages
