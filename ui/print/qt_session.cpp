// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/print/qt_session.h"

#include <QGuiApplication>

namespace lodestone::print {

void ensureQt() {
  if (QCoreApplication::instance() != nullptr) return;
  // The platform is named on the argument list so that neither the environment nor a missing display matters.
  static int count = 3;
  static char program[] = "lodestone";
  static char option[] = "-platform";
  static char platform[] = "offscreen";
  static char* arguments[] = {program, option, platform, nullptr};
  // Qt remarks there on folders of a desktop session that nobody here needs.
  const QtMessageHandler before =
      qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  static const QGuiApplication kApplication(count, arguments);
  qInstallMessageHandler(before);
}

}  // namespace lodestone::print
