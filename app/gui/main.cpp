// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QTimer>
#include <cstdio>

#include "ui/shell/main_window.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/single_instance.h"
#include "ui/studio/studio.h"
#include "ui/theme/theme.h"

namespace {

void setUp() {
  QApplication::setApplicationName("lodestone");
  QApplication::setApplicationDisplayName("Lodestone");
  QApplication::setOrganizationName("lodestone");
  QApplication::setApplicationVersion(LODESTONE_VERSION);
  QApplication::setDesktopFileName("org.lodestone.Lodestone");
  QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
}

/// --help and --version are answered everywhere; a window needs a display, and Qt ends the program without
/// one.
bool needsDisplay(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (const QByteArrayView word(argv[i]); word == "--help" || word == "-h" || word == "--help-all" ||
                                            word == "--version" || word == "-v" ||
                                            word.startsWith("-platform"))
      return false;
  return true;
}

bool hasDisplay() {
#ifdef Q_OS_LINUX
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    if (!qEnvironmentVariableIsEmpty(name)) return true;
  return false;
#else
  return true;
#endif
}

}  // namespace

int main(int argc, char** argv) {
  setUp();
  if (!hasDisplay()) {
    if (needsDisplay(argc, argv)) {
      std::fprintf(
          stderr,
          "There is no display (DISPLAY and WAYLAND_DISPLAY are empty). lodestone-cli does all the same "
          "without one.\n");
      return 1;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
  }
  QApplication application(argc, argv);
  QCommandLineParser line;
  line.setApplicationDescription("Lodestone: a desktop campaign studio. The command line is lodestone-cli.");
  line.addHelpOption();
  line.addVersionOption();
  line.addPositionalArgument("project", "Folder of a project (name.lodestone) to open.", "[project]");
  const QCommandLineOption demo(
      "demo",
      "Make the demo shop in this new folder and open its project; open it where it is "
      "there already.",
      "folder");
  line.addOption(demo);
  QCommandLineOption quit_when_shown("quit-when-shown",
                                     "End as soon as the window is there: measures the start.");
  quit_when_shown.setFlags(QCommandLineOption::HiddenFromHelp);
  line.addOption(quit_when_shown);
  line.process(application);

  QString project = line.positionalArguments().value(0);
  if (line.isSet(demo) && QFileInfo::exists(line.value(demo) + "/demo.lodestone"))
    project = line.value(demo) + "/demo.lodestone";
  if (!project.isEmpty() && lodestone::shell::SingleInstance::raiseOther(project)) {
    std::printf("%s is open in another window, which comes to the front.\n", qPrintable(project));
    return 0;
  }
  lodestone::studio::Studio studio;
  lodestone::shell::applySettings(studio);
  lodestone::shell::MainWindow window(studio);
  window.setWindowIcon(QIcon::fromTheme("lodestone", QIcon(":/icons/lodestone.svg")));
  window.show();
  if (!project.isEmpty())
    studio.openProject(QDir(project).absolutePath());
  else if (line.isSet(demo))
    studio.makeDemo(QDir(line.value(demo)).absolutePath());
  if (line.isSet(quit_when_shown)) QTimer::singleShot(0, &window, &QWidget::close);
  return QApplication::exec();
}
