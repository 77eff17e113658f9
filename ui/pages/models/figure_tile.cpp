// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/figure_tile.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/theme/theme.h"

namespace lodestone::pages {

FigureTile::FigureTile(const QString& object_name, QWidget* parent)
    : Card(parent),
      name_(theme::label(theme::Role::Caption, this)),
      value_(theme::label(theme::Role::Section, this)),
      note_(theme::label(theme::Role::Caption, this)) {
  setObjectName(object_name);
  body()->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  body()->setSpacing(0);
  for (QLabel* label : {name_, value_, note_}) {
    label->setMinimumWidth(0);
    body()->addWidget(label);
  }
  value_->setObjectName(object_name + "_value");
  note_->setWordWrap(true);
  body()->addStretch();
}

void FigureTile::setFigure(const QString& name, const QString& value, const QString& note) {
  name_->setText(name);
  value_->setText(value);
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  setAccessibleName(name + ": " + value);
  setAccessibleDescription(note);
}

QString FigureTile::value() const {
  return value_->text();
}

}  // namespace lodestone::pages
