// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/wheel_guard.h"

#include <QEvent>
#include <QWidget>

namespace lodestone::pages {

WheelGuard::WheelGuard(QWidget* control) : QObject(control) {
  control->setFocusPolicy(Qt::StrongFocus);
  control->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event) {
  const auto* control = qobject_cast<QWidget*>(watched);
  if (event->type() != QEvent::Wheel || control == nullptr || control->hasFocus()) return false;
  event->ignore();  // so that it goes on to the parent
  return true;
}

}  // namespace lodestone::pages
