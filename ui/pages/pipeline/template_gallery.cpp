// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/template_gallery.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/templates.h"
#include "ui/pages/pipeline/port_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kCardWidth = 220;

const pipeline::ChartTemplate* templateOf(const QString& name) {
  const auto& all = pipeline::chartTemplates();
  const auto found = std::find_if(all.begin(), all.end(), [&](const pipeline::ChartTemplate& one) {
    return words::toQt(one.name) == name;
  });
  return found == all.end() ? nullptr : &*found;
}

/// As the chart is read with these tables, bound to the demo shop, so that the stages stand there which its
/// labels mean; no nodes where it does not read.
pipeline::ChartOutlook outlookOf(const QString& name, const std::vector<pipeline::KnownTable>& tables) {
  const auto text = pipeline::boundTemplate(words::toUtf8(name), words::language());
  if (!text) return {};
  const auto document = pipeline::ChartDocument::parse(*text, "template.mmd");
  if (!document) return {};
  return pipeline::lookAhead(*document, tables).value_or(pipeline::ChartOutlook());
}

/// Its nodes lack something when the demo shop's tables are not in the project.
QString whyNotBound(const pipeline::ChartOutlook& outlook) {
  for (const pipeline::NodeOutlook& node : outlook.nodes)
    if (node.problem)
      return TemplateGallery::tr("The tables of the demo shop are not in this project: %1")
          .arg(words::said(*node.problem));
  return {};
}

QLabel* wrapped(theme::Role role, QWidget* parent, const char* name = nullptr) {
  QLabel* label = theme::label(role, parent);
  if (name != nullptr) label->setObjectName(name);
  label->setWordWrap(true);
  return label;
}

void makeStrong(QLabel* label) {
  QFont strong = label->font();
  strong.setWeight(QFont::DemiBold);
  label->setFont(strong);
}

}  // namespace

QString templateTitle(const QString& name) {
  const pipeline::ChartTemplate* known = templateOf(name);
  return known != nullptr ? words::said(known->title) : name;
}

TemplateGallery::TemplateGallery(QWidget* parent)
    : QWidget(parent),
      empty_(new widgets::EmptyState("pipeline", this)),
      open_(empty_->addButton("open_chart_file")) {
  setObjectName("template_gallery");
  return_ = empty_->addButton("back_to_chart");
  return_->hide();
  build();
  if (!entries_.empty()) selected_ = entries_.front().name;
  connect(open_, &QPushButton::clicked, this, &TemplateGallery::fileWanted);
  connect(return_, &QPushButton::clicked, this, &TemplateGallery::returnWanted);
  words::say(this, [this] { showTexts(); });
}

void TemplateGallery::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace4);
  column->setSpacing(theme::kSpace3);
  column->addWidget(empty_);
  auto* cards = new QWidget(this);
  auto* flow = new widgets::FlowLayout(cards, kCardWidth);
  flow->setSpacing(theme::kSpace3);
  for (const pipeline::ChartTemplate& known : pipeline::chartTemplates()) {
    const QString name = words::toQt(known.name);
    auto* card = new widgets::Card(cards);
    card->setObjectName("template_" + name);
    card->setPressable(true);
    Entry entry{name, card, wrapped(theme::Role::Body, card), wrapped(theme::Role::Caption, card)};
    makeStrong(entry.title);
    card->body()->addWidget(entry.title);
    card->body()->addWidget(entry.help);
    card->body()->addStretch();
    flow->addWidget(card);
    connect(card, &widgets::Card::pressed, this, [this, name] { select(name); });
    connect(card, &widgets::Card::opened, this, [this, name] { Q_EMIT chosen(name, false); });
    entries_.push_back(entry);
  }
  column->addWidget(cards);
  column->addWidget(buildDetails());
  column->addStretch(1);
}

QWidget* TemplateGallery::buildDetails() {
  details_ = new widgets::Card(this);
  details_->setObjectName("template_details");
  auto* head = new QHBoxLayout;
  details_title_ = wrapped(theme::Role::Section, details_, "template_title");
  use_ = new QPushButton(details_);
  use_->setObjectName("use_template");
  widgets::makePrimary(use_);
  use_demo_ = new QPushButton(details_);
  use_demo_->setObjectName("use_template_demo");
  head->addWidget(details_title_, 1);
  head->addWidget(use_demo_);
  head->addWidget(use_);
  details_help_ = wrapped(theme::Role::Body, details_, "template_help");
  nodes_ = new QWidget(details_);
  nodes_->setObjectName("template_nodes");
  nodes_column_ = new QVBoxLayout(nodes_);
  nodes_column_->setContentsMargins(0, theme::kSpace2, 0, 0);
  nodes_column_->setSpacing(theme::kSpace3);
  details_->body()->addLayout(head);
  details_->body()->addWidget(details_help_);
  details_->body()->addWidget(nodes_);
  connect(use_, &QPushButton::clicked, this, [this] { Q_EMIT chosen(selected_, false); });
  connect(use_demo_, &QPushButton::clicked, this, [this] { Q_EMIT chosen(selected_, true); });
  return details_;
}

void TemplateGallery::setTables(const std::vector<pipeline::KnownTable>& tables) {
  tables_ = tables;
  showDetails();
}

void TemplateGallery::setReturns(bool returns) {
  return_->setVisible(returns);
  showTexts();
}

void TemplateGallery::select(const QString& name) {
  if (name == selected_) return;
  selected_ = name;
  showDetails();
}

void TemplateGallery::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (due_) showDetails();
}

void TemplateGallery::showTexts() {
  const bool returns = return_->isVisibleTo(empty_);
  empty_->setTexts(
      returns ? tr("Templates") : tr("No flowchart yet"),
      tr("A flowchart says what is done with your data, step by step. Start from one of these, or "
         "bring one of your own in Mermaid's language."));
  open_->setText(tr("Open a Mermaid file…"));
  return_->setText(tr("Back to the chart"));
  use_->setText(tr("Use this chart"));
  use_->setToolTip(tr("The chart as it is; you say what its nodes read"));
  use_demo_->setText(tr("Use it with the demo shop"));
  use_demo_->setToolTip(tr("With every node set for the tables of the demo shop, ready to run"));
  for (const Entry& entry : entries_) {
    const pipeline::ChartTemplate* known = templateOf(entry.name);
    entry.title->setText(templateTitle(entry.name));
    entry.help->setText(known != nullptr ? words::said(known->help) : QString());
    entry.card->setAccessibleName(entry.title->text());
    entry.card->setAccessibleDescription(entry.help->text());
  }
  showDetails();
}

void TemplateGallery::showDetails() {
  // Most often a chart is shown and this is not: what it takes is read when somebody looks.
  due_ = !isVisible();
  if (due_) return;
  for (const Entry& entry : entries_) entry.card->setSelected(entry.name == selected_);
  const pipeline::ChartTemplate* known = templateOf(selected_);
  if (known == nullptr) return;
  details_title_->setText(words::said(known->title));
  details_help_->setText(words::said(known->help));
  const pipeline::ChartOutlook outlook = outlookOf(selected_, tables_);
  widgets::enableOrSay(use_demo_, whyNotBound(outlook));
  widgets::clearLayout(nodes_column_);
  for (const pipeline::NodeOutlook& node : outlook.nodes) addNode(node);
}

/// Its label, what it does, what it takes, and what must be set.
void TemplateGallery::addNode(const pipeline::NodeOutlook& node) {
  auto* row = new QWidget(nodes_);
  auto* across = new QHBoxLayout(row);
  across->setContentsMargins(0, 0, 0, 0);
  across->setSpacing(theme::kSpace4);
  QLabel* label = wrapped(theme::Role::Body, row);
  makeStrong(label);
  label->setText(words::toQt(node.label).replace(u'\n', u' '));
  across->addWidget(label, 1, Qt::AlignTop);
  QStringList lines;
  if (node.type == nullptr) {
    lines << tr("A note: nothing runs here.");
  } else {
    lines << QStringLiteral("%1. %2").arg(words::said(node.type->title), words::said(node.type->help));
    QStringList needs;
    for (const pipeline::Port& port : node.type->inputs)
      if (!port.optional) needs << portWord(port.kind);
    for (const std::string& id : node.type->required)
      for (const Parameter& parameter : node.type->parameters)
        if (parameter.id == id) needs << words::said(parameter.title);
    if (!needs.isEmpty()) lines << tr("Needs: %1").arg(needs.join(QStringLiteral(", ")));
  }
  QLabel* what = wrapped(theme::Role::Caption, row);
  what->setText(lines.join(u'\n'));
  across->addWidget(what, 3, Qt::AlignTop);
  nodes_column_->addWidget(row);
}

}  // namespace lodestone::pages
