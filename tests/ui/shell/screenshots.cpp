// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every page: lodestone_screenshots --out FOLDER [--project FOLDER] [--pages a,b]
// [--sizes 1280x720] [--languages en,zh_CN] [--themes light,dark]. Runs without a display.
#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPainter>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <cstdio>

#include "ui/shell/main_window.h"
#include "ui/studio/studio.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/words/words.h"

namespace {

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program

void wait(int milliseconds) {
  QEventLoop loop;
  QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
  loop.exec();
}

/// Until nothing is read any more, not even what is begun a moment later, and what came of it is drawn.
void settle(studio::Studio& studio) {
  QElapsedTimer clock;
  clock.start();
  for (const int pause : {150, 600}) {
    wait(pause);
    while (studio.jobs().busy() && clock.elapsed() < 20000) wait(50);
  }
  wait(250);
}

bool open(studio::Studio& studio, const QString& project) {
  studio.openProject(project);
  QElapsedTimer clock;
  clock.start();
  while (!studio.project() && clock.elapsed() < 20000) wait(20);
  return studio.project() != nullptr;
}

/// The file that data:import asks for.
QString& importFile() {
  static QString file;
  return file;
}

/// Shows what page[:thing[:part...]] names: a thing as Studio::go knows it, then actions of the window or the
/// page to trigger ("generate") and tabs to bring to the front ("model_tabs.2").
void show(shell::MainWindow& window, studio::Studio& studio, const QString& name) {
  const QStringList parts = name.split(':');
  const QString thing = parts.value(1);
  if (parts[0] == "data" && thing == "import") widgets::answerNext(importFile());
  window.showPage(parts[0], thing.isEmpty() ? QVariant() : QVariant(thing));
  settle(studio);
  for (const QString& part : parts.mid(2)) {
    if (auto* tabs = window.findChild<QTabWidget*>(part.section('.', 0, 0)); tabs != nullptr)
      tabs->setCurrentIndex(part.section('.', 1).toInt());
    else if (auto* action = window.findChild<QAction*>(part); action != nullptr && action->isEnabled())
      action->trigger();
    else
      std::fprintf(stderr, "%s: there is no %s now\n", qPrintable(name), qPrintable(part));
    settle(studio);
  }
}

/// The window with what stands open over it, such as the command palette, which is closed then.
QPixmap picture(QWidget& window) {
  QPixmap made = window.grab();
  QPainter painter(&made);
  for (QWidget* each : QApplication::topLevelWidgets()) {
    if (each == &window || !each->isVisible()) continue;
    painter.drawPixmap(each->pos() - window.pos(), each->grab());
    each->close();
  }
  return made;
}

struct Wanted {
  QStringList pages, languages, themes;
  QList<QSize> sizes;
  QString out, name;
};

void shootAll(studio::Studio& studio, shell::MainWindow& window, const Wanted& wanted) {
  for (const QString& language : wanted.languages) {
    words::setLanguage(language == "zh_CN" ? Language::Chinese : Language::English);
    for (const QString& look : wanted.themes) {
      theme::apply(look == "dark" ? theme::Mode::Dark : theme::Mode::Light);
      for (const QSize& size : wanted.sizes) {
        window.resize(size);
        for (const QString& page : wanted.pages) {
          show(window, studio, page);
          const QString file =
              QString("%1/%2-%3-%4-%5-%6x%7.png")
                  .arg(wanted.out, wanted.name, QString(page).replace(QRegularExpression("[:./]+"), "-"),
                       language, look)
                  .arg(size.width())
                  .arg(size.height());
          picture(window).save(file);
          std::printf("%s\n", qPrintable(file));
        }
      }
    }
  }
}

QList<QSize> sizesOf(const QString& text) {
  QList<QSize> sizes;
  for (const QString& each : text.split(','))
    sizes << QSize(each.section('x', 0, 0).toInt(), each.section('x', 1, 1).toInt());
  return sizes;
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  QCommandLineParser line;
  line.addOption({"out", "Folder for the pictures.", "folder", "screenshots"});
  line.addOption({"project", "A project; without it an empty one.", "folder"});
  line.addOption({"pages", "Pages, page:thing for a thing on it.", "list",
                  "home,data,pipeline,models,strategies,review,settings"});
  line.addOption({"sizes", "Sizes of the window.", "list", "1280x720,1920x1080"});
  line.addOption({"languages", "Languages.", "list", "en,zh_CN"});
  line.addOption({"themes", "Themes.", "list", "light,dark"});
  line.addOption({"import", "The file that data:import shows.", "file"});
  line.addHelpOption();
  line.process(application);
  importFile() = line.value("import");
  const QTemporaryDir own;
  const QString empty = own.filePath("empty.lodestone");
  if (!line.isSet("project") && !project::Project::create(empty.toStdString())) return 1;
  studio::Studio studio(own.filePath("settings.ini"));
  studio.setUserName("Ann");
  words::setLanguage(Language::English);
  theme::apply(theme::Mode::Light);
  shell::MainWindow window(studio);
  window.show();
  const QString project = line.isSet("project") ? line.value("project") : empty;
  if (!open(studio, QDir(project).absolutePath())) {
    std::fprintf(stderr, "cannot open %s\n", qPrintable(project));
    return 1;
  }
  const Wanted wanted{line.value("pages").split(','),
                      line.value("languages").split(','),
                      line.value("themes").split(','),
                      sizesOf(line.value("sizes")),
                      line.value("out"),
                      studio.projectName()};
  QDir().mkpath(wanted.out);
  shootAll(studio, window, wanted);
  studio.closeProject();
  return 0;
}
