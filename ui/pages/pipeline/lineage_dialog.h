// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/studio/studio.h"

namespace lodestone::pages {

class LineageView;

/// Where one thing of the project came from, in a window of its own beside whatever page is shown.
class LineageDialog : public QDialog {
  Q_OBJECT
 public:
  explicit LineageDialog(studio::Studio& studio, QWidget* parent = nullptr);
  /// A table, model, strategy or exported file, as pipeline::lineageOf.
  void follow(const QString& what);

 private:
  QString what_;
  LineageView* view_;
};

}  // namespace lodestone::pages
