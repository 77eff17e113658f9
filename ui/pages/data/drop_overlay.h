// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace lodestone::pages {

/// Covers its parent while files are dragged over it.
class DropOverlay : public QWidget {
  Q_OBJECT
 public:
  explicit DropOverlay(QWidget* parent);
  void cover();  ///< shows itself, as large as the parent

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace lodestone::pages
