// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace lodestone::pages {

/// Leaves the wheel over a control to what scrolls behind it until the control is chosen, so that scrolling
/// past a list of choices never chooses. The control owns it.
class WheelGuard : public QObject {
  Q_OBJECT
 public:
  explicit WheelGuard(QWidget* control);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace lodestone::pages
