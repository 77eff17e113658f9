// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/lineage_dialog.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/pages/pipeline/lineage_view.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

LineageDialog::LineageDialog(studio::Studio& studio, QWidget* parent)
    : QDialog(parent), view_(new LineageView(studio, this)) {
  setObjectName("lineage_dialog");
  auto* close = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace3, theme::kSpace3, theme::kSpace3, theme::kSpace3);
  column->setSpacing(theme::kSpace3);
  column->addWidget(view_, 1);
  column->addWidget(close);
  constexpr QSize kRoomy(1000, 560);
  resize(kRoomy);
  connect(&studio, &studio::Studio::projectChanged, this, &QDialog::reject);
  words::say(this, [this, close] {
    setWindowTitle(tr("Where %1 came from").arg(QFileInfo(what_).fileName()));
    close->button(QDialogButtonBox::Close)->setText(tr("Close"));
  });
}

void LineageDialog::follow(const QString& what) {
  what_ = what;
  setWindowTitle(tr("Where %1 came from").arg(QFileInfo(what).fileName()));
  view_->follow(LineageView::Subject{what});
  show();
  raise();
  activateWindow();
}

}  // namespace lodestone::pages
