// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/template_gallery.h"

#include <QCoreApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/pipeline/graph.h"
#include "core/pipeline/templates.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kCardWidth = 260;

/// The labels of its nodes, in order.
QString stepsOf(const QString& name) {
  const auto text = pipeline::chartTemplate(words::toUtf8(name), words::language());
  const auto chart = text ? pipeline::readChart(*text) : pipeline::readChart({});
  if (!chart) return {};
  QStringList labels;
  for (const std::string& label : pipeline::makeGraph(*chart).labels) labels << words::toQt(label);
  return labels.join(QStringLiteral(" → "));
}

}  // namespace

QString templateTitle(const QString& name) {
  const auto say = [](const char* text) {
    return QCoreApplication::translate("lodestone::pages::TemplateGallery", text);
  };
  if (name == "s0")
    return say(QT_TRANSLATE_NOOP("lodestone::pages::TemplateGallery", "Marketing automation"));
  if (name == "s1") return say(QT_TRANSLATE_NOOP("lodestone::pages::TemplateGallery", "Strategy and effect"));
  if (name == "s2") return say(QT_TRANSLATE_NOOP("lodestone::pages::TemplateGallery", "Precision marketing"));
  if (name == "s3") return say(QT_TRANSLATE_NOOP("lodestone::pages::TemplateGallery", "Strategy generation"));
  if (name == "demo") return say(QT_TRANSLATE_NOOP("lodestone::pages::TemplateGallery", "Demo shop"));
  return name;
}

TemplateGallery::TemplateGallery(QWidget* parent)
    : QWidget(parent),
      empty_(new widgets::EmptyState("pipeline", this)),
      open_(empty_->addButton("open_chart_file")) {
  setObjectName("template_gallery");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace4, theme::kSpace5, theme::kSpace4, theme::kSpace5);
  column->setSpacing(theme::kSpace4);
  column->addStretch(1);
  column->addWidget(empty_);
  auto* cards = new QWidget(this);
  auto* flow = new widgets::FlowLayout(cards, kCardWidth);
  flow->setSpacing(theme::kSpace3);
  for (const std::string& known : pipeline::chartTemplateNames()) {
    const QString name = words::toQt(known);
    auto* card = new widgets::Card(cards);
    card->setObjectName("template_" + name);
    card->setPressable(true);
    Entry entry{name, card, theme::label(theme::Role::Body, card), theme::label(theme::Role::Caption, card)};
    QFont strong = entry.title->font();
    strong.setWeight(QFont::DemiBold);
    entry.title->setFont(strong);
    entry.steps->setWordWrap(true);
    card->body()->addWidget(entry.title);
    card->body()->addWidget(entry.steps);
    card->body()->addStretch();
    flow->addWidget(card);
    connect(card, &widgets::Card::pressed, this, [this, name] { Q_EMIT chosen(name); });
    entries_.push_back(entry);
  }
  column->addWidget(cards);
  column->addStretch(2);
  connect(open_, &QPushButton::clicked, this, &TemplateGallery::fileWanted);
  words::say(this, [this] { showTexts(); });
}

void TemplateGallery::showTexts() {
  empty_->setTexts(
      tr("No flowchart yet"),
      tr("A flowchart says what is done with your data, step by step. Start from one of these, or "
         "bring one of your own in Mermaid's language."));
  open_->setText(tr("Open a Mermaid file…"));
  for (const Entry& entry : entries_) {
    entry.title->setText(templateTitle(entry.name));
    entry.steps->setText(stepsOf(entry.name));
    entry.card->setAccessibleName(templateTitle(entry.name));
    entry.card->setAccessibleDescription(entry.steps->text());
  }
}

}  // namespace lodestone::pages
