// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/pipeline_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextCursor>

#include "core/pipeline/templates.h"
#include "core/project/pipeline_records.h"
#include "core/project/project.h"
#include "tests/ui/pages/pipeline/pipeline_window.h"
#include "tests/ui/support/ui_test.h"
#include "ui/forms/parameter_form.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/tables/data_table.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program
using test::bytesOf;
using test::Window;
using test::write;
using widgets::State;

namespace {

constexpr const char* kSmall =
    "---\nlodestone:\n  nodes:\n    # of the first\n    A: {table: shop}\n---\n"
    "graph TD\nA[Collect data] --> B[Preprocess]\nB --> C[Extract features]\n";

}  // namespace

class PipelinePageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { studio_ = test::makeStudio(); }
  void cleanup() {
    studio_.reset();
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
  }

  void anEmptyProjectStartsFromATemplate();
  void theDrawingFollowsTheText();
  void aWrongTextSaysWhereAndKeepsTheChart();
  void aWrongTextWithoutAChartSaysSoOnTheCanvas();
  void aFormChangeIsTextAndUndone();
  void whatIsMissingIsSaid();
  void aProjectWithoutTablesLeadsToTheImport();
  void theTableBoxSaysThatAQueryIsUsed();
  void aLabelIsEditedAndTheStageChosen();
  void aRunIsAsOldAsItsEnd();
  void runsTheDemoTwice();
  void cancelKeepsWhatIsDone();
  void aFailingStageIsShown();
  void aChangeFromOutsideIsOffered();
  void keysWalkAlongTheEdges();
  void lineEndsStay();
  void exportsAndLanguages();
  void manyNodesStayReadable();

 private:
  QString file() const { return studio_->folder() + "/pipeline.mmd"; }
  void openWith(const QByteArray& chart);
  std::unique_ptr<studio::Studio> studio_;
};

void PipelinePageTest::openWith(const QByteArray& chart) {
  const QString folder = test::emptyProject();
  write(folder + "/pipeline.mmd", chart);
  QVERIFY(test::openAndWait(*studio_, folder));
  auto tables = studio_->project()->tables();
  QVERIFY(tables.has_value());
  JobContext job;
  const auto made = (*tables)->execute(
      "CREATE TABLE shop AS SELECT * FROM (SELECT 'c' || i AS id, 20 + (i * 7) % 50 AS age, "
      "CASE WHEN i % 3 = 0 THEN 'Bern' ELSE 'Basel' END AS city, (i * 13) % 500 AS "
      "spend, CASE WHEN (i * 7) % 50 < 20 THEN 'yes' ELSE 'no' END AS churn FROM "
      "range(400) t(i))",
      job);
  QVERIFY2(made.has_value(), made ? "" : made.error().message(Language::English).c_str());
}

void PipelinePageTest::anEmptyProjectStartsFromATemplate() {
  QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
  Window window(*studio_);
  auto* card = window.find<widgets::Card>("template_s3");
  QTRY_VERIFY(card->isVisible());
  test::shoot(window.frame, "pipeline_empty", {1224, 620});
  QTest::mouseClick(card, Qt::LeftButton);
  QVERIFY(card->isSelected());
  QTRY_COMPARE(window.find<QWidget>("template_nodes")->findChildren<QLabel*>().size(),
               16);  // a name and a help each
  window.find<QPushButton>("use_template")->click();
  QTRY_COMPARE(window.count(), 8);
  QTRY_VERIFY(QFile::exists(file()));
  QCOMPARE(bytesOf(file()), QByteArray::fromStdString(*pipeline::chartTemplate("s3", words::language())));
  QTRY_COMPARE(window.canvas()->status("A").state, State::NotConfigured);
  QTRY_COMPARE(window.canvas()->status("B").state, State::Ready);
  test::shoot(window.frame, "pipeline_s3_new", {1224, 620});
}

void PipelinePageTest::theDrawingFollowsTheText() {
  openWith(kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.canvas()->nodeIds(), QStringList({"A", "B", "C"}));
  QTextCursor cursor = window.text()->textCursor();
  cursor.movePosition(QTextCursor::End);
  window.text()->setTextCursor(cursor);
  window.text()->setFocus();
  QTest::keyClicks(window.text(), "C --> D[Model training]");
  QTRY_COMPARE(window.canvas()->nodeIds(), QStringList({"A", "B", "C", "D"}));
  QTRY_COMPARE(window.canvas()->chosen(), QString("D"));
  QTRY_COMPARE(bytesOf(file()), QByteArray(kSmall) + "C --> D[Model training]");
  window.page->opened("B");
  QTRY_COMPARE(window.canvas()->chosen(), QString("B"));
  QTRY_COMPARE(window.find<QLineEdit>("node_label")->text(), QString("Preprocess"));
  QCOMPARE(window.text()->textCursor().block().text(), QString("A[Collect data] --> B[Preprocess]"));
}

void PipelinePageTest::aWrongTextSaysWhereAndKeepsTheChart() {
  openWith(kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  window.type("graph TD\nA[Collect data] --> B[Preprocess\n");
  auto* problem = window.notice("text_problem");
  QTRY_VERIFY(problem->isVisible());
  QVERIFY2(problem->text().contains("3") || problem->text().contains("2"), qPrintable(problem->text()));
  QCOMPARE(window.count(), 3);
  QVERIFY(window.find<QLabel>("canvas_note")->isVisible());
  QVERIFY(!window.action("run")->isEnabled());
  QVERIFY(!window.action("run")->toolTip().isEmpty());
  test::shoot(window.frame, "pipeline_wrong", {1224, 620});
  window.type("graph TD\nA[Collect data] --> B[Preprocess]\n");
  QTRY_VERIFY(!problem->isVisible());
  QTRY_COMPARE(window.count(), 2);
  window.type("---\nlodestone:\n  nodes:\n    Q: {stage: collect}\n---\ngraph TD\nA[Collect data]\n");
  QTRY_VERIFY(problem->isVisible());
  QVERIFY2(problem->text().contains("4"), qPrintable(problem->text()));
}

void PipelinePageTest::aWrongTextWithoutAChartSaysSoOnTheCanvas() {
  openWith("graph TD\nA[Collect data] --> B[Preprocess\n");
  Window window(*studio_);
  auto* note = window.find<QLabel>("canvas_note");
  QTRY_VERIFY(note->isVisible());
  QVERIFY2(note->text().contains("mended"), qPrintable(note->text()));
  window.type("graph TD\nA[Collect data] --> B[Preprocess]\n");
  QTRY_COMPARE(window.count(), 2);
  QVERIFY(!note->isVisible());
}

void PipelinePageTest::aFormChangeIsTextAndUndone() {
  openWith(kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  QTRY_COMPARE(window.canvas()->status("C").state, State::NotConfigured);
  window.page->opened("C");
  QTRY_VERIFY(window.find<QLabel>("node_id")->text().contains("C"));
  QTRY_VERIFY(window.frame.findChild<QWidget*>("parameter_target") != nullptr);
  window.set("target", "churn");
  const QString with_target =
      QString(kSmall).replace("A: {table: shop}\n", "A: {table: shop}\n    C:\n      target: churn\n");
  QCOMPARE(window.text()->toPlainText(), with_target);
  QTRY_COMPARE(window.canvas()->status("C").state, State::Ready);
  QTRY_COMPARE(bytesOf(file()), with_target.toUtf8());
  QCOMPARE(window.form()->values()["target"], std::string("churn"));
  window.set("exclude", "id,city");
  QVERIFY(window.text()->toPlainText().contains("exclude: \"id,city\""));
  window.action("undo")->trigger();
  QCOMPARE(window.text()->toPlainText(), with_target);
  window.action("undo")->trigger();
  QCOMPARE(window.text()->toPlainText(), QString(kSmall));
  QTRY_COMPARE(bytesOf(file()), QByteArray(kSmall));
  QTRY_COMPARE(window.canvas()->status("C").state, State::NotConfigured);
  QTRY_VERIFY(!window.form()->values().contains("target"));
  window.action("redo")->trigger();
  QCOMPARE(window.text()->toPlainText(), with_target);
}

void PipelinePageTest::whatIsMissingIsSaid() {
  openWith(kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.canvas()->status("C").state, State::NotConfigured);
  window.page->opened("C");
  auto* notice = window.notice("node_notice");
  QTRY_VERIFY(notice->isVisible());
  QVERIFY2(notice->text().contains("target"), qPrintable(notice->text()));
  test::shoot(window.frame, "pipeline_missing", {1224, 620});
  window.action("run")->trigger();
  auto* refused = window.notice("run_notice");
  QTRY_VERIFY_WITH_TIMEOUT(refused->isVisible() && refused->kind() == widgets::Notice::Kind::Failure, 30000);
}

void PipelinePageTest::aProjectWithoutTablesLeadsToTheImport() {
  const QString folder = test::emptyProject();
  write(folder + "/pipeline.mmd", "graph TD\nA[Collect data]\n");
  QVERIFY(test::openAndWait(*studio_, folder));
  Window window(*studio_);
  QTRY_COMPARE(window.canvas()->status("A").state, State::NotConfigured);
  window.page->opened("A");
  auto* notice = window.notice("node_notice");
  QTRY_VERIFY(notice->isVisible());
  test::shoot(window.frame, "pipeline_no_table", {1224, 620});
  QSignalSpy gone(studio_.get(), &studio::Studio::goRequested);
  notice->findChild<QPushButton*>()->click();
  QCOMPARE(gone.count(), 1);
  QCOMPARE(gone.first().at(0).toString(), QString("data"));
  auto* table = window.find<QWidget>("parameter_table");
  QVERIFY(!table->findChild<QLineEdit*>()->placeholderText().isEmpty());
}

void PipelinePageTest::theTableBoxSaysThatAQueryIsUsed() {
  openWith("graph TD\nA[Collect data] --> B[Preprocess]\n");
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  window.page->opened("A");
  QTRY_VERIFY(window.frame.findChild<QWidget*>("parameter_query") != nullptr);
  const auto empty = [&] {
    return window.find<QWidget>("parameter_table")->findChild<QLineEdit*>()->placeholderText();
  };
  QTRY_COMPARE(empty(), QString("shop"));
  window.type(
      "---\nlodestone:\n  nodes:\n    A: {query: SELECT * FROM shop}\n---\n"
      "graph TD\nA[Collect data] --> B[Preprocess]\n");
  QTRY_VERIFY2(empty().contains("query"), qPrintable(empty()));
  window.action("undo")->trigger();
  QTRY_COMPARE(empty(), QString("shop"));
}

void PipelinePageTest::aLabelIsEditedAndTheStageChosen() {
  openWith("graph TD\nA[Collect data] --> B[Something]\n");
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  window.page->opened("B");
  auto* stage = window.find<QComboBox>("node_stage");
  QTRY_COMPARE(window.canvas()->status("B").state, State::NotConfigured);
  const int preprocess = stage->findData("preprocess");
  QVERIFY(preprocess > 0);
  stage->setCurrentIndex(preprocess);
  Q_EMIT stage->activated(preprocess);
  QTRY_COMPARE(window.canvas()->status("B").state, State::Ready);
  QVERIFY(window.text()->toPlainText().contains("stage: preprocess"));
  auto* label = window.find<QLineEdit>("node_label");
  label->setFocus();
  label->selectAll();
  QTest::keyClicks(label, "Tidy \"up\"");
  QTest::keyClick(label, Qt::Key_Return);
  QVERIFY(window.text()->toPlainText().contains("B[\"Tidy #quot;up#quot;\"]"));
  QTRY_COMPARE(window.find<QLineEdit>("node_label")->text(), QString("Tidy \"up\""));
  window.action("undo")->trigger();
  QVERIFY(window.text()->toPlainText().contains("B[Something]"));
}

void PipelinePageTest::aRunIsAsOldAsItsEnd() {
  const auto minutesAgo = [](int minutes) {
    return QDateTime::currentDateTimeUtc()
        .addSecs(-60 * minutes - 1)
        .toString(Qt::ISODateWithMs)
        .toStdString();
  };
  pages::RunEntry run;
  run.started_at = minutesAgo(9);
  QCOMPARE(run.when(), "began " + words::moment(run.started_at));
  run.finished_at = minutesAgo(5);
  QCOMPARE(run.when(), QString("5 minutes ago"));
}

void PipelinePageTest::runsTheDemoTwice() {
  QVERIFY(test::openAndWait(*studio_, test::demoProject()));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 8);
  QTRY_VERIFY2_WITH_TIMEOUT(window.all(State::Done) || window.canvas()->status("G").state == State::Warning,
                            "the newest run's states are shown", 20000);
  const auto runs = [&] { return studio_->project()->pipelines().runs()->size(); };
  const std::size_t before = runs();
  QSignalSpy changed(studio_.get(), &studio::Studio::runsChanged);
  window.action("run")->trigger();
  QTRY_VERIFY(window.action("cancel_run")->isEnabled());
  QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 120000);
  QCOMPARE(runs(), before + 1);
  const auto stages =
      studio_->project()->pipelines().stages(studio_->project()->pipelines().runs()->back().id);
  QVERIFY(stages.has_value() && !stages->empty());
  for (const auto& stage : *stages) QVERIFY2(stage.cached, stage.node.c_str());
  QTRY_VERIFY(window.canvas()->status("E").cached);
  QVERIFY(window.canvas()->status("A").state == State::Done);
  QVERIFY(window.notice("run_notice")->isVisible());
  // One wording on the canvas and beside it.
  window.page->opened("E");
  QTRY_COMPARE(window.find<QWidget>("node_state")->accessibleName(), window.canvas()->status("E").word());
  test::shoot(window.frame, "pipeline_demo_done", {1224, 620});
  test::shoot(window.frame, "pipeline_demo_done_large", {1864, 980});

  auto* tabs = window.find<QTabWidget>("output_tabs");
  new QAbstractItemModelTester(window.find<tables::ListTable>("output_log")->model(),
                               QAbstractItemModelTester::FailureReportingMode::QtTest, this);
  QTRY_COMPARE(window.find<tables::ListTable>("output_log")->model()->rowCount(),
               static_cast<int>(stages->size()));
  tabs->setCurrentIndex(2);
  test::shoot(window.frame, "pipeline_demo_log", {1224, 620});
  tabs->setCurrentIndex(0);
  window.page->opened("D");
  auto* link = window.find<QPushButton>("output_link");
  QTRY_VERIFY(link->isVisible());
  QSignalSpy gone(studio_.get(), &studio::Studio::goRequested);
  link->click();
  QCOMPARE(gone.count(), 1);
  QCOMPARE(gone.first().at(0).toString(), QString("models"));
  QVERIFY(!gone.first().at(1).toString().isEmpty());
  test::shoot(window.frame, "pipeline_demo_model", {1224, 620});
  tabs->setCurrentIndex(1);
  for (const char* node : {"C", "D", "E", "F"}) {
    window.page->opened(node);
    const char* chart = node[0] == 'E' ? "output_histogram" : "output_bars";
    // So small a shop may tell no effect at all: then it is said why.
    QTRY_VERIFY(node[0] != 'F' ? window.find<QWidget>(chart)->isVisible()
                               : window.find<QWidget>("output_intervals")->isVisible() ||
                                     window.find<QLabel>("output_chart_empty")->isVisible());
    QTest::qWait(50);
    test::shoot(window.frame, QString("pipeline_demo_chart_%1").arg(node), {1224, 620});
  }
  tabs->setCurrentIndex(0);
  window.page->opened("A");
  QTRY_VERIFY(window.find<tables::DataTable>("output_table")->isVisible());
  QTRY_VERIFY(window.find<tables::DataTable>("output_table")->rows() > 0);

  // A parameter changes: the node and what follows it are stale, what is before it is not.
  window.page->opened("D");
  window.set("epochs", "2");
  QTRY_COMPARE(window.canvas()->status("D").state, State::Stale);
  QCOMPARE(window.canvas()->status("C").state, State::Done);
  QCOMPARE(window.canvas()->status("F").state, State::Stale);
  test::shoot(window.frame, "pipeline_demo_stale", {1224, 620});
  window.action("undo")->trigger();
  QTRY_COMPARE(window.canvas()->status("D").state, State::Done);

  // What an export of strategies counts is strategies, what a look at a table counts is rows.
  window.type(window.text()->toPlainText() + "F --> X[Export]\nB --> Y[Data exploration]\n");
  QTRY_COMPARE(window.count(), 10);
  QTRY_COMPARE(window.canvas()->status("X").state, State::Ready);
  window.action("run")->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2, 120000);
  QTRY_COMPARE(window.canvas()->status("X").state, State::Done);
  const QString figures = window.canvas()->status("X").figures();
  QVERIFY2(figures.contains("strateg") && !figures.contains("row"), qPrintable(figures));
  QVERIFY2(window.canvas()->status("Y").figures().contains("row"),
           qPrintable(window.canvas()->status("Y").figures()));
}

void PipelinePageTest::cancelKeepsWhatIsDone() {
  QVERIFY(test::openAndWait(*studio_, test::demoProject()));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 8);
  window.page->opened("D");
  QTRY_COMPARE(window.canvas()->chosen(), QString("D"));
  window.set("epochs", "5000");
  QTRY_VERIFY(window.text()->toPlainText().contains("5000"));
  QTRY_COMPARE_WITH_TIMEOUT(window.canvas()->status("D").state, State::Stale, 20000);
  QSignalSpy changed(studio_.get(), &studio::Studio::runsChanged);
  window.action("run_to")->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(window.canvas()->status("D").state, State::Running, 60000);
  QCOMPARE(window.canvas()->moving(), theme::animationMs() > 0);
  test::shoot(window.frame, "pipeline_running", {1224, 620});
  window.action("cancel_run")->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 60000);
  QTRY_COMPARE(window.canvas()->status("D").state, State::Cancelled);
  QVERIFY(!window.canvas()->moving());
  QCOMPARE(window.canvas()->status("C").state, State::Done);
  QVERIFY(window.action("run")->isEnabled());
}

void PipelinePageTest::aFailingStageIsShown() {
  openWith(QByteArray(kSmall).replace("A: {table: shop}", "A: {query: SELECT 1 / 'x' AS broken FROM shop}"));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  window.page->opened("B");
  QSignalSpy changed(studio_.get(), &studio::Studio::runsChanged);
  QTRY_VERIFY(window.action("run_to")->isEnabled());
  window.action("run_to")->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 30000);
  QTRY_COMPARE(window.canvas()->status("A").state, State::Failed);
  QCOMPARE(window.canvas()->chosen(), QString("A"));
  QVERIFY(window.notice("run_notice")->isVisible());
  auto* notice = window.notice("node_notice");
  QTRY_VERIFY(notice->isVisible());
  QCOMPARE(notice->kind(), widgets::Notice::Kind::Failure);
  test::shoot(window.frame, "pipeline_failed", {1224, 620});
}

void PipelinePageTest::aChangeFromOutsideIsOffered() {
  openWith(kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  const QByteArray theirs = "graph TD\nX[Collect data]\n";
  write(file(), theirs);
  auto* offer = window.notice("file_changed");
  QTRY_VERIFY(offer->isVisible());
  test::shoot(window.frame, "pipeline_outside", {1224, 620});
  window.type("graph TD\nY[Collect data]\n");
  QTRY_COMPARE(window.canvas()->nodeIds(), QStringList({"Y"}));
  QVERIFY(!window.page->saveNow());
  QCOMPARE(bytesOf(file()), theirs);
  window.find<QPushButton>("keep_mine")->click();
  QTRY_COMPARE(bytesOf(file()), QByteArray("graph TD\nY[Collect data]\n"));
  QVERIFY(!offer->isVisible());
  write(file(), theirs);
  QTRY_VERIFY(offer->isVisible());
  window.find<QPushButton>("load_theirs")->click();
  QTRY_COMPARE(window.text()->toPlainText().toUtf8(), theirs);
  QVERIFY(window.page->saveNow());
  QCOMPARE(bytesOf(file()), theirs);
}

void PipelinePageTest::keysWalkAlongTheEdges() {
  openWith(kSmall);
  Window window(*studio_);
  auto* canvas = window.canvas();
  QTRY_COMPARE(window.count(), 3);
  canvas->setFocus();
  canvas->choose("A");
  QTest::keyClick(canvas, Qt::Key_Down);
  QCOMPARE(canvas->chosen(), QString("B"));
  QTest::keyClick(canvas, Qt::Key_Tab);
  QCOMPARE(canvas->chosen(), QString("C"));
  QTest::keyClick(canvas, Qt::Key_Up);
  QCOMPARE(canvas->chosen(), QString("B"));
  QVERIFY(!canvas->accessibleDescription().isEmpty());
  const double before = canvas->zoom();
  window.action("zoom_in")->trigger();
  QVERIFY(canvas->zoom() > before);
  window.action("fit")->trigger();
  QVERIFY(canvas->zoom() <= 1.26);
  QTest::keyClick(canvas, Qt::Key_Return);
  QTRY_VERIFY(window.find<QLineEdit>("node_label")->hasFocus());
  QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {},
                    canvas->mapFromScene(canvas->nodeBox("C").center()));
  QCOMPARE(canvas->chosen(), QString("C"));

  window.action("find")->trigger();
  auto* words = window.find<QLineEdit>("find_words");
  QVERIFY(words->isVisible());
  QTest::keyClicks(words, "Preprocess");
  QCOMPARE(window.text()->textCursor().selectedText(), QString("Preprocess"));
  QTest::keyClick(words, Qt::Key_Escape);
  QVERIFY(!words->isVisible());
}

void PipelinePageTest::lineEndsStay() {
  openWith("graph TD\r\nA[Collect data] --> B[Preprocess]\r\n");
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  QVERIFY(window.page->saveNow());
  QCOMPARE(bytesOf(file()), QByteArray("graph TD\r\nA[Collect data] --> B[Preprocess]\r\n"));
  window.page->opened("A");
  window.set("table", "shop");
  QVERIFY(window.page->saveNow());
  QCOMPARE(bytesOf(file()),
           QByteArray("---\r\nlodestone:\r\n  nodes:\r\n    A:\r\n      table: shop\r\n---\r\n"
                      "graph TD\r\nA[Collect data] --> B[Preprocess]\r\n"));
}

void PipelinePageTest::exportsAndLanguages() {
  openWith(kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  for (const char* ending : {"svg", "png", "pdf", "mmd"}) {
    const QString to = studio_->folder() + "/exports/chart." + ending;
    widgets::answerNext(to);
    window.action(qPrintable(QString("export_") + ending))->trigger();
    QTRY_VERIFY(bytesOf(to).size() > 20);
  }
  QCOMPARE(bytesOf(studio_->folder() + "/exports/chart.mmd"), QByteArray(kSmall));
  QVERIFY(bytesOf(studio_->folder() + "/exports/chart.svg").contains("<svg"));
  QVERIFY(bytesOf(studio_->folder() + "/exports/chart.pdf").startsWith("%PDF-"));
  window.action("export_dark")->setChecked(true);
  widgets::answerNext(studio_->folder() + "/exports/dark.svg");
  window.action("export_svg")->trigger();
  QTRY_VERIFY(bytesOf(studio_->folder() + "/exports/dark.svg").contains("<svg"));
  QVERIFY(!bytesOf(studio_->folder() + "/exports/dark.svg").contains("fill=\"#ffffff\""));
  window.action("cycles_3")->trigger();
  QTRY_VERIFY(window.text()->toPlainText().contains("cycles: 3"));
  window.action("use_template_s3")->trigger();
  QTRY_COMPARE(window.count(), 8);
  words::setLanguage(words::language() == Language::English ? Language::Chinese : Language::English);
  QTRY_VERIFY(!window.find<QLabel>("node_id")->text().isEmpty());
  QVERIFY(!window.action("run")->text().isEmpty());
  for (const char* name : {"s0", "s1", "s2", "s3"}) {
    window.type(words::toQt(*pipeline::chartTemplate(name, words::language())));
    QTRY_VERIFY(window.canvas()->status("A").state != State::Queued);
    QTest::qWait(400);
    test::shoot(window.frame, QString("pipeline_other_language_%1").arg(name), {1224, 620});
  }
}

void PipelinePageTest::manyNodesStayReadable() {
  QString chart = "flowchart LR\nsubgraph one [First part]\n";
  for (int i = 0; i < 12; ++i)
    chart += QString("N%1[Collect data] --> N%2{Preprocess or not?}\n").arg(i).arg(i + 12);
  chart += "end\nsubgraph two [Second part]\n";
  for (int i = 24; i < 44; ++i)
    chart += QString("N%1((Predict)) -- scores --> N%2[(Store)]\n").arg(i).arg(i + 20);
  chart += "end\nN12 --> N24\nN13 -.-> N25\nN40 ==> N0\n";
  openWith(chart.toUtf8());
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 64);
  QVERIFY(window.canvas()->zoom() >= 0.69);
  test::shoot(window.frame, "pipeline_many", {1864, 980});
  window.action("fit")->trigger();
  test::shoot(window.frame, "pipeline_many_all", {1864, 980});
}

LODESTONE_UI_TEST(PipelinePageTest)
#include "pipeline_page_test.moc"
