// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/widgets.h"

class QLabel;

namespace lodestone::pages {

/// One figure: what it is, how much, and beside what.
class FigureTile : public widgets::Card {
  Q_OBJECT
 public:
  explicit FigureTile(const QString& object_name, QWidget* parent = nullptr);
  void setFigure(const QString& name, const QString& value, const QString& note = {});
  QString value() const;

 private:
  QLabel* name_;
  QLabel* value_;
  QLabel* note_;
};

}  // namespace lodestone::pages
