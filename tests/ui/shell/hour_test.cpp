// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A newcomer's first hour in the whole window: from an empty folder to exported files, closed and opened
// again.
#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTabWidget>
#include <QTableView>

#include "core/base/random.h"
#include "core/project/model_records.h"
#include "core/project/pipeline_records.h"
#include "core/project/project.h"
#include "core/project/strategy_records.h"
#include "tests/ui/support/ui_test.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/dialogs.h"

namespace lodestone {
namespace {

using project::StrategyState;
using project::TrainingState;

constexpr int kPatience = 30000;

/// Customers of whom the older, the spenders and the treated buy more often.
QByteArray customers(int rows) {
  Random random(3);
  QByteArray csv = "customer_id,age,spend,city,treated,converted\n";
  const char* cities[] = {"Berlin", "Lyon", "Porto"};
  for (int i = 0; i < rows; ++i) {
    const auto age = static_cast<int>(20 + random.below(50));
    const auto spend = static_cast<int>(random.below(900));
    const double rate = 0.1 + (age > 45 ? 0.15 : 0) + (spend > 500 ? 0.15 : 0) + (i % 2) * 0.12;
    csv += "C" + QByteArray::number(10000 + i) + "," + QByteArray::number(age) + "," +
           QByteArray::number(spend) + "," + cities[random.below(3)] + "," + QByteArray::number(i % 2) + "," +
           (random.uniform() < rate ? "yes" : "no") + "\n";
  }
  return csv;
}

QByteArray bytesOf(const QString& file) {
  QFile in(file);
  return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

}  // namespace

class HourTest : public QObject {
  Q_OBJECT

  template <class T>
  T* find(const QString& name) {
    T* found = window_->findChild<T*>(name);
    if (found == nullptr) qFatal("no %s", qPrintable(name));
    return found;
  }
  void press(const QString& name) {
    auto* button = find<QAbstractButton>(name);
    if (!button->isVisible() || !button->isEnabled())
      qFatal("%s cannot be pressed: %s", qPrintable(name), qPrintable(button->toolTip()));
    QTest::mouseClick(button, Qt::LeftButton);
  }
  bool canPress(const QString& name) {
    auto* button = find<QAbstractButton>(name);
    return button->isVisible() && button->isEnabled();
  }
  /// Types into a field, or into the line of a choice, and leaves it with Enter.
  void type(const QString& name, const QString& text) {
    auto* widget = find<QWidget>(name);
    auto* line = qobject_cast<QLineEdit*>(widget);
    if (line == nullptr) line = widget->findChild<QLineEdit*>();
    if (line == nullptr) qFatal("%s takes no text", qPrintable(name));
    line->setFocus();
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
  }
  /// A field of a form may be built anew while it is looked at.
  bool hasField(const QString& name) {
    const auto* field = window_->findChild<QWidget*>(name);
    return field != nullptr && field->isVisible();
  }
  void openWindow() {
    studio_ = std::make_unique<studio::Studio>(home_.filePath("settings.ini"));
    studio_->setUserName("Ann");
    studio_->setDevice("cpu");
    window_ = std::make_unique<shell::MainWindow>(*studio_);
    window_->resize(1280, 720);
    window_->show();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }
  void closeWindow() {
    QVERIFY(window_->close());
    window_.reset();
    studio_.reset();
  }
  int tableRows() {
    return window_->page("data")->findChild<QTableView*>("dataTableView")->model()->rowCount();
  }
  std::vector<project::ModelRecord> models() { return *studio_->project()->models().list(); }
  project::StrategyVersion strategy() { return *studio_->project()->strategies().get("S-0001"); }
  QString file() const { return home_.filePath("spring.lodestone"); }

  void makeProject();
  void importTable();
  void runPipeline();
  void trainAndCancel();
  void moveThreshold();
  void editStrategy();
  void review();
  void exportIt();
  void openAgain();

  QTemporaryDir home_;
  double threshold_ = 0;
  std::size_t models_ = 0;
  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<shell::MainWindow> window_;

 private Q_SLOTS:
  void aNewcomersHour() {
    openWindow();
    for (const auto step :
         {&HourTest::makeProject, &HourTest::importTable, &HourTest::runPipeline, &HourTest::trainAndCancel,
          &HourTest::moveThreshold, &HourTest::editStrategy, &HourTest::review, &HourTest::exportIt}) {
      (this->*step)();
      if (QTest::currentTestFailed()) return;
    }
    closeWindow();
    {
      auto project = project::Project::open(file().toStdString());
      QVERIFY(project.has_value());
      const auto wrong = project->verify();
      QVERIFY(wrong.has_value() && wrong->empty());
    }
    openWindow();
    openAgain();
    closeWindow();
  }
};

void HourTest::makeProject() {
  type("newFolder", home_.path());
  auto* chart = find<QComboBox>("newTemplate");
  chart->setCurrentIndex(chart->findData("s3"));
  type("newName", "spring");
  QTRY_VERIFY(studio_->project() != nullptr);
  QTRY_COMPARE(find<QAbstractButton>("nextStep")->text(), QString("Import data"));
}

void HourTest::importTable() {
  widgets::answerNext(test::csvFile("customers.csv", customers(1500)));
  press("nextStep");
  QCOMPARE(window_->currentPage()->id(), QString("data"));
  QTRY_COMPARE(find<QLineEdit>("importName")->text(), QString("customers"));
  QTRY_VERIFY(canPress("importStart"));
  press("importStart");
  QTRY_COMPARE(tableRows(), 1500);
}

void HourTest::runPipeline() {
  press("rail_pipeline");
  const auto set = [this](const QString& node, const QString& parameter, const QString& value) {
    studio_->go("pipeline", node);
    const QString name = "parameter_" + parameter;
    QTRY_VERIFY(find<QLabel>("node_id")->text().contains(node) && hasField(name));
    type(name, value);
    const QString line = parameter + ": ";
    QTRY_VERIFY2(find<QPlainTextEdit>("chart_text")->toPlainText().contains(line), qPrintable(line));
  };
  set("A", "table", "customers");
  set("C", "target", "converted");
  set("C", "positive", "yes");
  set("D", "epochs", "4");
  set("H", "grid", "dropout=0.2,0.5");
  // As fast as they were typed, one after the other: none may take an earlier one back.
  for (const char* kept : {"table: customers", "target: converted", "epochs: ", "grid: "})
    QVERIFY2(find<QPlainTextEdit>("chart_text")->toPlainText().contains(kept), kept);
  QTRY_VERIFY(bytesOf(file() + "/pipeline.mmd").contains("grid: "));
  QTRY_VERIFY(canPress("runButton"));
  press("runButton");
  const auto finished = [this] {
    const auto runs = studio_->project()->pipelines().runs();
    return runs && runs->size() == 1 && runs->front().state == "done";
  };
  QTRY_VERIFY2_WITH_TIMEOUT(finished(), qPrintable(find<QPlainTextEdit>("chart_text")->toPlainText()),
                            kPatience);
  QTRY_VERIFY(!studio_->project()->strategies().list()->empty());
}

void HourTest::trainAndCancel() {
  press("rail_models");
  QTRY_COMPARE(find<QComboBox>("train_table")->currentText(), QString("customers"));
  find<QComboBox>("train_target")->setCurrentText("converted");
  QTRY_COMPARE(find<QComboBox>("train_positive")->currentText(), QString("yes"));
  models_ = models().size();
  const auto trained = [this] {
    const auto all = models();
    return all.size() == models_ + 1 && all.back().state == TrainingState::Done;
  };
  auto* epochs = find<QLineEdit>("parameter_epochs");
  epochs->setText("3");
  Q_EMIT epochs->editingFinished();
  QTRY_VERIFY(canPress("trainButton"));
  press("trainButton");
  QTRY_VERIFY_WITH_TIMEOUT(trained(), kPatience);
  QTRY_VERIFY(canPress("trainButton"));
  epochs->setText("100000");
  Q_EMIT epochs->editingFinished();
  press("trainButton");
  QTRY_VERIFY_WITH_TIMEOUT(canPress("jobCancel"), kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(models().size() == models_ + 2, kPatience);
  press("jobCancel");
  QTRY_COMPARE_WITH_TIMEOUT(models().back().state, TrainingState::Cancelled, kPatience);
  QTRY_VERIFY(!studio_->jobs().busy());
}

void HourTest::moveThreshold() {
  studio_->go("models", QString::fromStdString(models()[models_].id));
  auto* tabs = find<QTabWidget>("model_tabs");
  QTRY_VERIFY(tabs->isVisible() && tabs->isTabEnabled(1));
  tabs->setCurrentIndex(1);
  auto* slider = find<QSlider>("threshold_slider");
  auto* addressed = find<QLabel>("threshold_contacts_value");
  QTRY_VERIFY(slider->isVisible() && !addressed->text().isEmpty());
  slider->setFocus();
  QTest::keyClick(slider, Qt::Key_Home);
  const QString everybody = addressed->text();
  QCOMPARE(everybody, QString("300"));
  for (int i = 0; i < 30; ++i) QTest::keyClick(slider, Qt::Key_PageUp);
  QVERIFY(addressed->text() != everybody);
}

void HourTest::editStrategy() {
  studio_->go("strategies", "S-0001");
  QTRY_VERIFY(hasField("fieldDiscount") && find<QWidget>("fieldDiscount")->isEnabled());
  const QString before = find<QLineEdit>("fieldDiscount")->text();
  // What cannot be is said and changes nothing.
  type("fieldDiscount", "150");
  QTRY_VERIFY(find<QLabel>("fieldDiscountComplaint")->isVisible());
  type("fieldTitleEn", "");
  QTRY_VERIFY(find<QLabel>("fieldTitleEnComplaint")->isVisible());
  QCOMPARE(strategy().version, 1);
  type("fieldTitleEn", "Spring is here");
  QTRY_COMPARE_WITH_TIMEOUT(strategy().version, 2, kPatience);
  type("fieldDiscount", "12");
  QTRY_COMPARE_WITH_TIMEOUT(strategy().version, 3, kPatience);
  QTRY_VERIFY(!studio_->jobs().busy());
  // A field with nothing of its own to take back leaves the keys to the page.
  find<QLineEdit>("fieldOfferCost")->setFocus();
  QTest::keySequence(find<QLineEdit>("fieldOfferCost"), QKeySequence::Undo);
  QTRY_COMPARE(find<QLineEdit>("fieldDiscount")->text(), before);
  QTRY_COMPARE(strategy().version, 4);
  QTRY_VERIFY(!studio_->jobs().busy());
  QTest::keySequence(find<QLineEdit>("fieldOfferCost"), QKeySequence::Redo);
  QTRY_COMPARE(find<QLineEdit>("fieldDiscount")->text(), QString("12"));
  QTRY_COMPARE(strategy().version, 5);
  QTRY_VERIFY(!studio_->jobs().busy());
  QTRY_VERIFY(canPress("submitStrategy"));
  press("submitStrategy");
  QTRY_COMPARE(strategy().state, StrategyState::InReview);
  QTRY_VERIFY(!find<QWidget>("fieldDiscount")->isEnabled());
}

void HourTest::review() {
  press("openInReview");
  QCOMPARE(window_->currentPage()->id(), QString("review"));
  // Who wrote it does not decide on it.
  QTRY_VERIFY(find<QLabel>("whyNot")->text().contains("Ann"));
  QVERIFY(!canPress("approve"));
  type("reviewer", "Bob");
  QTRY_VERIFY(canPress("approve"));
  QVERIFY(!canPress("reject"));
  QTest::keyClicks(find<QPlainTextEdit>("commentText"), "Well done.");
  QTRY_VERIFY(canPress("reject"));
  press("approve");
  QTRY_COMPARE(strategy().state, StrategyState::Approved);
  QCOMPARE(strategy().decided_by, std::string("Bob"));
}

void HourTest::exportIt() {
  QTRY_VERIFY(canPress("actionExportButton"));
  press("actionExportButton");
  QTRY_VERIFY(find<QLineEdit>("exportFolder")->isVisible());
  const QString folder = home_.filePath("out");
  QVERIFY(QDir().mkpath(folder));
  find<QLineEdit>("exportFolder")->setText(folder);
  press("exportAll");
  QTRY_VERIFY_WITH_TIMEOUT(canPress("exportNow"), kPatience);
  press("exportNow");
  QTRY_COMPARE_WITH_TIMEOUT(strategy().state, StrategyState::Exported, kPatience);
  QTRY_VERIFY(!studio_->jobs().busy());
  const QStringList files = QDir(folder).entryList(QDir::Files);
  QVERIFY(files.size() >= 4);
  // Only what was approved goes without the mark.
  for (const QString& each : files) QCOMPARE(each.contains("DRAFT"), !each.startsWith("S-0001"));
  press("closeExport");
}

void HourTest::openAgain() {
  QVERIFY(studio_->project() == nullptr);  // nothing opens by itself
  auto* card = find<QWidget>("recent_spring");
  card->setFocus();
  QTest::keyClick(card, Qt::Key_Return);
  QTRY_VERIFY(studio_->project() != nullptr);
  QCOMPARE(studio_->folder(), file());
  press("rail_data");
  QTRY_COMPARE(tableRows(), 1500);
  press("rail_pipeline");
  QTRY_VERIFY(find<QPlainTextEdit>("chart_text")->toPlainText().contains("target: converted"));
  QCOMPARE(models().size(), models_ + 2);
  QCOMPARE(models().back().state, TrainingState::Cancelled);
  studio_->go("strategies", "S-0001");
  QTRY_COMPARE(find<QLabel>("inspectorTitle")->text(), QString("Spring is here"));
  QCOMPARE(find<QLineEdit>("fieldDiscount")->text(), QString("12"));
  studio_->go("review", "S-0001");
  QTRY_VERIFY(find<QLabel>("whyNot")->isVisible());
  QCOMPARE(strategy().state, StrategyState::Exported);
  QCOMPARE(strategy().decided_by, std::string("Bob"));
}

}  // namespace lodestone

LODESTONE_UI_TEST(lodestone::HourTest)
#include "hour_test.moc"
