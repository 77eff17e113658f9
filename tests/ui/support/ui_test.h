// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <memory>

#include "ui/studio/studio.h"

class QWidget;

namespace lodestone::test {

/// Runs Qt Test objects in an application without display, with settings of its own. A Qt warning that is not
/// in a short list ends the test.
int runUiTest(int argc, char** argv, const std::function<int(int, char**)>& tests);

/// A studio with settings of its own.
std::unique_ptr<studio::Studio> makeStudio();
/// Opens a project and waits for it.
bool openAndWait(studio::Studio& studio, const QString& folder);
/// A demo project of a small shop (3,000 customers), made once a program and copied for each call;
/// strategies, models and a run are in it. Valid while the program runs.
QString demoProject();
/// An empty project in a folder of its own.
QString emptyProject();
/// A CSV file with the given text.
QString csvFile(const QString& name, const QByteArray& text);

/// When the variable LODESTONE_SHOTS names a folder: a picture of the widget there, as name.png.
void shoot(QWidget& widget, const QString& name, const QSize& size = {1280, 720});

}  // namespace lodestone::test

#define LODESTONE_UI_TEST(Class)                                                    \
  int main(int argc, char** argv) {                                                 \
    return lodestone::test::runUiTest(argc, argv, [](int count, char** arguments) { \
      Class test;                                                                   \
      return QTest::qExec(&test, count, arguments);                                 \
    });                                                                             \
  }
