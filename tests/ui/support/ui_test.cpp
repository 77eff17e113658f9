// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/ui_test.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTimer>
#include <cstdio>
#include <filesystem>

#include "core/learn/engine.h"
#include "core/pipeline/demo_project.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::test {
namespace {

QtMessageHandler previous_handler = nullptr;

/// What the offscreen platform says of itself.
bool harmless(const QString& text) {
  return text.contains("propagateSizeHints") || text.contains("plugin does not support raise") ||
         text.contains("grabbing the keyboard") || text.contains("XDG_RUNTIME_DIR");
}

void failOnWarning(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  if ((type == QtWarningMsg || type == QtCriticalMsg) && !harmless(text)) {
    std::fprintf(stderr, "Qt warning: %s (%s:%d)\n", qPrintable(text),
                 context.file != nullptr ? context.file : "?", context.line);
    std::abort();
  }
  previous_handler(type, context, text);
}

QTemporaryDir& folder() {
  static QTemporaryDir folder;
  return folder;
}

QString freshFolder() {
  static int number = 0;
  return folder().filePath(QString("p%1").arg(++number));
}

/// Qt Test installs a handler of its own when it starts; ours goes on top of that.
void makeWarningsFatal() {
  static bool done = false;
  if (done) return;
  done = true;
  previous_handler = qInstallMessageHandler(failOnWarning);
}

}  // namespace

int runUiTest(int argc, char** argv, const std::function<int(int, char**)>& tests) {
  qputenv("QT_QPA_PLATFORM",
          qgetenv("LODESTONE_PLATFORM").isEmpty() ? "offscreen" : qgetenv("LODESTONE_PLATFORM"));
  QStandardPaths::setTestModeEnabled(true);
  QApplication application(argc, argv);
  QApplication::setApplicationName("lodestone-test");
  theme::apply(qEnvironmentVariableIsSet("LODESTONE_DARK") ? theme::Mode::Dark : theme::Mode::Light);
  words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese : Language::English);
  QTimer::singleShot(0, qApp, makeWarningsFatal);
  return tests(argc, argv);
}

std::unique_ptr<studio::Studio> makeStudio() {
  makeWarningsFatal();
  return std::make_unique<studio::Studio>(freshFolder() + ".ini");
}

bool openAndWait(studio::Studio& studio, const QString& project) {
  QSignalSpy opened(&studio, &studio::Studio::projectChanged);
  studio.openProject(project);
  for (int i = 0; i < 200 && (studio.project() == nullptr || studio.folder() != project); ++i)
    opened.wait(100);
  return studio.project() != nullptr;
}

QString demoProject() {
  static const QString made = [] {
    pipeline::DemoProjectOptions options;
    options.shop.customers = 3000;
    options.shop.events = 60000;
    options.device = "cpu";
    JobContext job;
    const QString parent = freshFolder();
    const auto project = pipeline::makeDemoProject(parent.toStdString(), options, job);
    if (!project) qFatal("%s", project.error().message(Language::English).c_str());
    return QString::fromStdString(project->folder.string());
  }();
  const QString copy = freshFolder() + "/demo.lodestone";
  std::filesystem::create_directories(std::filesystem::path(copy.toStdString()).parent_path());
  std::filesystem::copy(made.toStdString(), copy.toStdString(), std::filesystem::copy_options::recursive);
  return copy;
}

QString emptyProject() {
  const QString path = freshFolder() + "/empty.lodestone";
  QDir().mkpath(QFileInfo(path).path());
  if (const auto project = project::Project::create(path.toStdString()); !project)
    qFatal("%s", project.error().message(Language::English).c_str());
  return path;
}

QString csvFile(const QString& name, const QByteArray& text) {
  const QString path = freshFolder() + "/" + name;
  QDir().mkpath(QFileInfo(path).path());
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
    qFatal("cannot write %s", qPrintable(path));
  return path;
}

void shoot(QWidget& widget, const QString& name, const QSize& size) {
  const QString to = qEnvironmentVariable("LODESTONE_SHOTS");
  if (to.isEmpty()) return;
  widget.resize(size);
  widget.show();
  QTest::qWait(50);  // layouts and charts settle
  QDir().mkpath(to);
  widget.grab().save(to + "/" + name + ".png");
}

}  // namespace lodestone::test
