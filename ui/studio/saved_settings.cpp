// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio/saved_settings.h"

#include <QEvent>

namespace lodestone::studio {

SavedSettings::SavedSettings() {
  writer_.setMaxThreadCount(1);
}

SavedSettings::SavedSettings(const QString& ini_file) : QSettings(ini_file, QSettings::IniFormat) {
  writer_.setMaxThreadCount(1);
}

SavedSettings::~SavedSettings() {
  writer_.waitForDone();
}

bool SavedSettings::event(QEvent* event) {
  // This is how QSettings asks itself to write.
  if (event->type() != QEvent::UpdateRequest) return QSettings::event(event);
  writer_.start([this, file = fileName(), format = format()] {
    // All settings objects on one file share what is not written yet.
    QSettings(file, format).sync();
    // Finds nothing left to write, and from now on asks again when something changes.
    QMetaObject::invokeMethod(
        this, [this] { sync(); }, Qt::QueuedConnection);
  });
  return true;
}

}  // namespace lodestone::studio
