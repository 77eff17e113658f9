// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/wheel_guard.h"

#include <QEvent>
#include <QWidget>

namespace lodestone::forms {
namespace {

class Guard : public QObject {
 public:
  explicit Guard(QWidget* control) : QObject(control), control_(control) {
    control->installEventFilter(this);
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::Wheel || control_->hasFocus()) return QObject::eventFilter(watched, event);
    event->ignore();  // goes on to the scroll area
    return true;
  }

 private:
  QWidget* control_;
};

}  // namespace

void guardWheel(QWidget* control) {
  control->setFocusPolicy(Qt::StrongFocus);  // the wheel itself gives no focus
  new Guard(control);
}

}  // namespace lodestone::forms
