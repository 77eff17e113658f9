// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/port_list.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

PortList::PortList(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  setObjectName("node_ports");
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(theme::kSpace1);
  theme::paintWith(this, [this] { show(); });  // links and signs have colours of their own
  words::say(this, [this] { show(); });
}

void PortList::setPorts(const std::vector<PortView>& ports) {
  if (ports == ports_) return;  // a link that has the focus keeps it
  ports_ = ports;
  show();
}

void PortList::show() {
  widgets::clearLayout(column_);
  const auto any = [this](bool input) {
    return std::any_of(ports_.begin(), ports_.end(),
                       [&](const PortView& port) { return port.input == input; });
  };
  for (const bool input : {true, false}) {
    if (!any(input)) continue;
    addHeading(input ? tr("Takes") : tr("Gives"));
    for (const PortView& port : ports_)
      if (port.input == input) addPort(port);
  }
}

void PortList::addHeading(const QString& text) {
  column_->addWidget(theme::label(theme::Role::Caption, this, text));
}

void PortList::addPort(const PortView& port) {
  const theme::Tokens& tokens = theme::tokens();
  auto* row = new QWidget(this);
  auto* across = new QHBoxLayout(row);
  across->setContentsMargins(0, 0, 0, 0);
  across->setSpacing(theme::kSpace2);
  // A sign only for what is wrong: those of states are for nodes.
  if (port.missing()) {
    auto* sign = new QLabel(row);
    sign->setPixmap(theme::pixmap(QStringLiteral("state-warning"), tokens.warn, 16, devicePixelRatioF()));
    across->addWidget(sign, 0, Qt::AlignTop);
  }
  QLabel* words = theme::label(theme::Role::Body, row);
  words->setWordWrap(true);
  words->setTextFormat(Qt::RichText);
  words->setTextInteractionFlags(Qt::TextBrowserInteraction);
  words->setContextMenuPolicy(Qt::NoContextMenu);
  QStringList givers;
  for (const PortView::From& from : port.from)
    givers << QStringLiteral("<a href=\"%1\" style=\"color:%3\">%2</a>")
                  .arg(from.node.toHtmlEscaped(), from.label.toHtmlEscaped(), tokens.accent.name());
  QString second = port.kind.toHtmlEscaped();
  if (!givers.isEmpty())
    second = tr("%1 from %2").arg(second, givers.join(QStringLiteral(", ")));
  else if (port.missing())
    second = tr("%1: nobody gives it. Connect a node that does.").arg(second);
  else if (port.input)
    second = tr("%1, if there is any").arg(second);
  else if (port.kind.endsWith(port.title, Qt::CaseInsensitive))
    second.clear();  // "Table": a table
  QString text = port.title.toHtmlEscaped();
  if (!second.isEmpty())
    text += QStringLiteral("<br><span style=\"color:%2\">%1</span>").arg(second, tokens.text2.name());
  words->setText(text);
  words->setAccessibleName(port.title);
  connect(words, &QLabel::linkActivated, this, &PortList::nodePicked);
  across->addWidget(words, 1);
  column_->addWidget(row);
}

}  // namespace lodestone::pages
