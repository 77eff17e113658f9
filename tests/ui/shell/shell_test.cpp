// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QSignalSpy>
#include <QUndoStack>

#include "tests/ui/support/ui_test.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/main_window.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/single_instance.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/words/words.h"

namespace lodestone {

using shell::MainWindow;

class ShellTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup();
  void railLeadsToEveryPage();
  void pagesWaitForAProject();
  void paletteFindsAndRuns();
  void paletteFindsTheProjectsThings();
  void languageSwitchesWithoutRestart();
  void themeSwitchesWithoutRestart();
  void newProjectFromTemplate();
  void badNameIsSaid();
  void lockedProjectIsSaid();
  void recentProjectOpens();
  void closedProjectOpensAgainAtOnce();
  void failedTemplateLeavesNothing();
  void closingAsksWhileWorkRuns();
  void anotherProjectAsksWhileWorkRuns();
  void tabGoesThroughThePartsInTurn();
  void enterPressesAButtonAndKeysHoldEverywhere();
  void disabledUnderTheHandKeepsTheFocusNear();
  void secondStartFindsTheFirst();
  void everyControlHasAName();
  void geometryAndPageComeBack();

 private:
  QAbstractButton* button(const QString& name) { return window_->findChild<QAbstractButton*>(name); }
  QString text(const QString& name) { return window_->findChild<QLabel*>(name)->text(); }

  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<MainWindow> window_;
};

void ShellTest::init() {
  studio_ = test::makeStudio();
  window_ = std::make_unique<MainWindow>(*studio_);
  window_->resize(1280, 720);
  window_->show();
}

void ShellTest::cleanup() {
  words::setLanguage(Language::English);
  theme::apply(theme::Mode::Light);
  studio_->closeProject();
  window_.reset();
  studio_.reset();
}

void ShellTest::railLeadsToEveryPage() {
  QVERIFY(test::openAndWait(*studio_, test::demoProject()));
  for (studio::Page* page : window_->pages()) {
    button("rail_" + page->id())->click();
    QCOMPARE(window_->currentPage(), page);
    QCOMPARE(text("pageTitle"), page->title());
    QVERIFY(!page->title().isEmpty());
    QVERIFY(page->isVisible());
  }
}

void ShellTest::pagesWaitForAProject() {
  window_->showPage("models");
  QVERIFY(!window_->page("models")->isVisible());
  auto* home = button("modelsGoHome");
  QVERIFY(home->isVisible());
  home->click();
  QCOMPARE(window_->currentPage()->id(), QString("home"));
  QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
  window_->showPage("models");
  QVERIFY(window_->page("models")->isVisible());
}

void ShellTest::paletteFindsAndRuns() {
  QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
  window_->palette().popUp();
  auto* edit = window_->palette().findChild<QLineEdit*>("paletteEdit");
  QTest::keyClicks(edit, "strat");
  QVERIFY(window_->palette().listed().join('|').contains("Strategies"));
  edit->clear();
  QTest::keyClicks(edit, "models");
  QCOMPARE(window_->palette().listed().front(), QString("Models"));
  QTest::keyClick(edit, Qt::Key_Return);
  QCOMPARE(window_->currentPage()->id(), QString("models"));
  QVERIFY(!window_->palette().isVisible());
  QCOMPARE(shell::fit("xyz", "Models"), 0);
  QVERIFY(shell::fit("imp fi", "Import a file") > shell::fit("if", "Import a file"));
}

void ShellTest::paletteFindsTheProjectsThings() {
  QVERIFY(test::openAndWait(*studio_, test::demoProject()));
  QTRY_VERIFY(studio_->findable().size() > 7);
  window_->palette().popUp();
  auto* edit = window_->palette().findChild<QLineEdit*>("paletteEdit");
  QTest::keyClicks(edit, "S-0001");
  QTest::keyClick(edit, Qt::Key_Return);
  QCOMPARE(window_->currentPage()->id(), QString("strategies"));
}

void ShellTest::languageSwitchesWithoutRestart() {
  window_->showPage("home");
  QCOMPARE(text("pageTitle"), QString("Home"));
  button("languageButton")->click();
  QCOMPARE(words::language(), Language::Chinese);
  QCOMPARE(text("pageTitle"), QString("首页"));
  QCOMPARE(button("rail_data")->accessibleName(), QString("数据"));
  QCOMPARE(studio_->settings().value("language").toString(), QString("zh_CN"));
  button("languageButton")->click();
  QCOMPARE(text("pageTitle"), QString("Home"));
}

void ShellTest::themeSwitchesWithoutRestart() {
  const QColor light = QApplication::palette().color(QPalette::Window);
  button("themeButton")->click();
  QVERIFY(theme::isDark());
  QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < light.lightness());
  button("themeButton")->click();
  QCOMPARE(QApplication::palette().color(QPalette::Window), light);
}

void ShellTest::newProjectFromTemplate() {
  QTemporaryDir folder;
  window_->findChild<QLineEdit*>("newFolder")->setText(folder.path());
  auto* name = window_->findChild<QLineEdit*>("newName");
  QVERIFY(!button("newCreate")->isEnabled());
  QTest::keyClicks(name, "spring");
  QVERIFY(button("newCreate")->isEnabled());
  QSignalSpy opened(studio_.get(), &studio::Studio::projectChanged);
  QTest::keyClick(name, Qt::Key_Return);
  QTRY_VERIFY(studio_->project() != nullptr);
  QCOMPARE(studio_->projectName(), QString("spring"));
  QVERIFY(QFile::exists(folder.filePath("spring.lodestone/pipeline.mmd")));
  QVERIFY(window_->windowTitle().startsWith("spring"));
  studio_->closeProject();
  QTRY_VERIFY(!studio_->jobs().busy());  // its files are closed before their folder goes
}

void ShellTest::badNameIsSaid() {
  window_->findChild<QLineEdit*>("newName")->setText("a/b");
  QVERIFY(!button("newCreate")->isEnabled());
  QVERIFY(text("newComplaint").contains("slash"));
  window_->findChild<QLineEdit*>("newName")->setText("fine");
  window_->findChild<QLineEdit*>("newFolder")->setText("/nowhere/at/all");
  QVERIFY(text("newComplaint").contains("/nowhere/at/all"));
  QVERIFY(button("newCreate")->toolTip().contains("/nowhere/at/all"));
}

void ShellTest::lockedProjectIsSaid() {
  const QString path = test::emptyProject();
  const auto held = project::Project::open(path.toStdString());
  QVERIFY(held.has_value());
  QSignalSpy failed(studio_.get(), &studio::Studio::failed);
  studio_->openProject(path);
  QTRY_COMPARE(failed.count(), 1);
  QVERIFY(studio_->project() == nullptr);
  auto* notice = window_->findChild<QWidget*>("notice");
  QVERIFY(notice->isVisible());
}

void ShellTest::recentProjectOpens() {
  const QString path = test::emptyProject();
  QVERIFY(test::openAndWait(*studio_, path));
  studio_->closeProject();
  window_->showPage("home");
  auto* card = window_->findChild<QWidget*>("recent_empty");
  QVERIFY(card != nullptr);
  QTest::keyClick(card, Qt::Key_Return);
  QTRY_VERIFY(studio_->project() != nullptr);
  QCOMPARE(studio_->folder(), path);
}

void ShellTest::closedProjectOpensAgainAtOnce() {
  const QString path = test::demoProject();
  QVERIFY(test::openAndWait(*studio_, path));
  window_->showPage("data", "customers");
  QTRY_VERIFY_WITH_TIMEOUT(!studio_->jobs().busy(), 60000);
  // Its lock goes with its files, which a worker closes: opening waits for that instead of failing.
  for (int i = 0; i < 3; ++i) {
    const std::weak_ptr<project::Project> before = studio_->project();
    studio_->closeProject();
    QVERIFY(studio_->project() == nullptr);
    QVERIFY(test::openAndWait(*studio_, path));
    QVERIFY(before.expired());
  }
}

void ShellTest::failedTemplateLeavesNothing() {
  const QTemporaryDir folder;
  const QString path = folder.filePath("new.lodestone");
  QSignalSpy failed(studio_.get(), &studio::Studio::failed);
  studio_->createProject(path, "no-such-template");
  QTRY_COMPARE(failed.count(), 1);
  QVERIFY(!QFile::exists(path));
}

void ShellTest::closingAsksWhileWorkRuns() {
  const auto id = studio_->jobs().start(
      this, {.title = "long"},
      [](JobContext& job) -> Result<int> {
        for (;;) {
          if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
          QThread::msleep(1);
        }
      },
      [](const Result<int>&) {});
  widgets::answerNext("no");
  QVERIFY(!window_->close());
  QVERIFY(studio_->jobs().running(id));
  QVERIFY(window_->isVisible());
  widgets::answerNext("yes");
  QVERIFY(window_->close());
}

void ShellTest::anotherProjectAsksWhileWorkRuns() {
  const QString first = test::emptyProject();
  const QString second = test::emptyProject();
  QVERIFY(test::openAndWait(*studio_, first));
  const auto id = studio_->jobs().start(
      this, {.title = "long"},
      [](JobContext& job) -> Result<int> {
        for (;;) {
          if (auto go_on = job.checkpoint(); !go_on) return forward(go_on);
          QThread::msleep(1);
        }
      },
      [](const Result<int>&) {});
  widgets::answerNext("no");
  studio_->openProject(second);
  QVERIFY(studio_->jobs().running(id));
  QCOMPARE(studio_->folder(), first);
  widgets::answerNext("yes");
  QVERIFY(test::openAndWait(*studio_, second));
  QVERIFY(!studio_->jobs().running(id));
}

void ShellTest::tabGoesThroughThePartsInTurn() {
  QVERIFY(test::openAndWait(*studio_, test::demoProject()));
  window_->showPage("strategies");
  QTRY_VERIFY(window_->findChild<QWidget*>("card-S-0001") != nullptr);
  window_->activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  QWidgetList parts;
  for (const char* name : {"rail", "pageHeader", "pages", "inspectors", "jobsStrip"})
    parts << window_->findChild<QWidget*>(name);
  const auto partOf = [&](const QWidget* widget) {
    for (qsizetype i = 0; i < parts.size(); ++i)
      if (parts[i]->isAncestorOf(widget)) return i;
    return qsizetype{-1};
  };
  button("rail_strategies")->setFocus();
  QList<qsizetype> seen{0};
  for (int i = 0; i < 80; ++i) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    const qsizetype part = partOf(QApplication::focusWidget());
    if (part != seen.back()) seen << part;
    if (part == 0) break;
  }
  QCOMPARE(seen, QList<qsizetype>({0, 1, 2, 3, 4, 0}));
}

void ShellTest::enterPressesAButtonAndKeysHoldEverywhere() {
  QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
  window_->activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  button("rail_models")->setFocus();
  QTest::keyClick(button("rail_models"), Qt::Key_Return);
  QCOMPARE(window_->currentPage()->id(), QString("models"));
  // A key of the page, while the focus is in the header.
  window_->showPage("data");
  button("searchButton")->setFocus();
  const auto* refresh = window_->page("data")->findChild<QAction*>("refreshTables");
  QSignalSpy triggered(refresh, &QAction::triggered);
  QTest::keyClick(button("searchButton"), Qt::Key_F5);
  QCOMPARE(triggered.count(), 1);
}

void ShellTest::disabledUnderTheHandKeepsTheFocusNear() {
  QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
  window_->showPage("home");
  window_->activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  auto* demo = button("demoButton");
  demo->setFocus();
  demo->setEnabled(false);
  QVERIFY(window_->findChild<QWidget*>("pages")->isAncestorOf(QApplication::focusWidget()));
}

void ShellTest::secondStartFindsTheFirst() {
  const QString path = test::emptyProject();
  QVERIFY(!shell::SingleInstance::raiseOther(path));
  shell::SingleInstance first;
  first.listenFor(path);
  QSignalSpy raised(&first, &shell::SingleInstance::raiseRequested);
  // The second program blocks until it is answered, so it asks from a thread of its own here.
  bool found = false;
  std::unique_ptr<QThread> second(
      QThread::create([&found, path] { found = shell::SingleInstance::raiseOther(path); }));
  second->start();
  QTRY_VERIFY(second->isFinished());
  QVERIFY(found);
  QCOMPARE(raised.count(), 1);
}

void ShellTest::everyControlHasAName() {
  QVERIFY(test::openAndWait(*studio_, test::demoProject()));
  QStringList nameless;
  for (studio::Page* page : window_->pages()) {
    window_->showPage(page->id());
    QTRY_VERIFY_WITH_TIMEOUT(!studio_->jobs().busy(), 60000);
    for (QWidget* each : window_->findChildren<QWidget*>()) {
      if (!each->isVisible() || (each->focusPolicy() & Qt::TabFocus) == 0) continue;
      const auto* as_button = qobject_cast<QAbstractButton*>(each);
      const bool named =
          !each->accessibleName().isEmpty() || (as_button != nullptr && !as_button->text().isEmpty());
      const bool labelled = [each] {
        for (const QLabel* label : each->window()->findChildren<QLabel*>())
          if (label->buddy() == each && !label->text().isEmpty()) return true;
        return false;
      }();
      const auto* area = qobject_cast<QAbstractScrollArea*>(each->parentWidget());
      if (area != nullptr && area->viewport() == each) continue;  // its area was looked at
      const bool inner =
          each->objectName().startsWith("qt_") || qobject_cast<QComboBox*>(each->parentWidget()) != nullptr;
      if (!named && !labelled && !inner)
        nameless << QString("%1: %2 %3 in %4")
                        .arg(page->id(), each->metaObject()->className(), each->objectName(),
                             each->parentWidget()->objectName());
    }
  }
  nameless.removeDuplicates();
  QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join("\n")));
}

void ShellTest::geometryAndPageComeBack() {
  window_->resize(1111, 777);
  QVERIFY(window_->close());
  window_ = std::make_unique<MainWindow>(*studio_);
  QCOMPARE(window_->size(), QSize(1111, 777));
}

}  // namespace lodestone

LODESTONE_UI_TEST(lodestone::ShellTest)
#include "shell_test.moc"
