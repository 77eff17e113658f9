// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the page tells of a node and lets one do with runs.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>

#include "core/project/pipeline_records.h"
#include "tests/ui/pages/pipeline/small_shop.h"
#include "ui/pages/pipeline/cycles_view.h"
#include "ui/pages/pipeline/port_list.h"
#include "ui/pages/pipeline/run_bar.h"
#include "ui/pages/pipeline/run_list.h"
#include "ui/tables/list_table.h"
#include "ui/widgets/dialogs.h"
#include "ui/words/words.h"

using namespace lodestone;        // NOLINT(google-build-using-namespace): one file, one program
using namespace lodestone::test;  // NOLINT(google-build-using-namespace): one file, one program
using widgets::State;

namespace {

constexpr const char* kManual =
    "---\nlodestone:\n  nodes:\n    A: {table: shop}\n    B:\n      apply: manual\n---\n"
    "graph TD\nA[Collect data] --> B[Preprocess]\n";

QStringList cellsOf(const QAbstractItemModel& model, int column) {
  QStringList cells;
  for (int row = 0; row < model.rowCount(); ++row) cells << model.index(row, column).data().toString();
  return cells;
}

}  // namespace

class WorkbenchTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { studio_ = makeStudio(); }
  void cleanup() {
    studio_.reset();
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
  }

  void portsSayWhoGives();
  void aManualNodeWaitsAndIsApplied();
  void theLogHasLinesAndTheLineageFiles();
  void aSavedDrawingLeadsBack();
  void aRunOfThePastIsShown();
  void anotherChartHasNotRun();
  void whatFailedIsRetried();
  void aRunIsHeldAndGoesOn();
  void theRuleOfALoopIsText();
  void roundsAreComparedSideBySide();
  void theBarTellsOfTheRun();

 private:
  /// Runs and waits for the end.
  void run(Window& window, const char* action, int times);
  std::unique_ptr<studio::Studio> studio_;
};

void WorkbenchTest::run(Window& window, const char* action, int times) {
  QSignalSpy changed(studio_.get(), &studio::Studio::runsChanged);
  QTRY_VERIFY2(window.action(action)->isEnabled(), action);
  window.action(action)->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 60000);
  QTRY_COMPARE(window.find<tables::ListTable>("run_list")->model()->rowCount(), times);
}

void WorkbenchTest::portsSayWhoGives() {
  openWith(*studio_, kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  window.page->opened("B");
  auto* ports = window.find<pages::PortList>("node_ports");
  const auto texts = [&] {
    QString all;
    for (const QLabel* label : ports->findChildren<QLabel*>()) all += label->text() + "\n";
    return all;
  };
  QTRY_VERIFY2(texts().contains("href=\"A\"") && texts().contains("Collect data"), qPrintable(texts()));
  QVERIFY2(texts().contains("Takes") && texts().contains("Gives"), qPrintable(texts()));
  test::shoot(window.frame, "node_ports", {1224, 620});
  QSignalSpy picked(ports, &pages::PortList::nodePicked);
  for (QLabel* label : ports->findChildren<QLabel*>())
    if (label->text().contains("href=\"A\"")) Q_EMIT label->linkActivated("A");
  QCOMPARE(picked.count(), 1);
  QTRY_COMPARE(window.canvas()->chosen(), QString("A"));
  window.type("graph TD\nA[Preprocess]\n");
  QTRY_VERIFY2(texts().contains("nobody gives it"), qPrintable(texts()));
}

void WorkbenchTest::aManualNodeWaitsAndIsApplied() {
  openWith(*studio_, QByteArray(kManual).replace("    B:\n      apply: manual\n", ""));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  window.page->opened("B");
  auto* apply = window.find<QComboBox>("node_apply");
  QTRY_VERIFY(apply->isVisible());
  QCOMPARE(apply->currentIndex(), 0);
  apply->setCurrentIndex(1);
  Q_EMIT apply->activated(1);
  QTRY_COMPARE(window.text()->toPlainText().toUtf8(), QByteArray(kManual));
  QTRY_VERIFY(window.action("run")->isEnabled());
  QTRY_COMPARE(apply->currentIndex(), 1);
  run(window, "run", 1);
  QTRY_COMPARE(window.canvas()->status("B").state, State::Waiting);
  QCOMPARE(window.canvas()->status("A").state, State::Done);
  auto* now = window.find<QPushButton>("node_apply_now");
  QTRY_VERIFY(now->isVisible() && now->isEnabled());
  test::shoot(window.frame, "node_waiting", {1224, 620});
  QVERIFY(window.action("apply_nodes")->isEnabled());
  QSignalSpy changed(studio_.get(), &studio::Studio::runsChanged);
  now->click();
  QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 60000);
  QTRY_COMPARE(window.canvas()->status("B").state, State::Done);
  QTRY_VERIFY(!now->isVisible());
  QVERIFY(!window.action("apply_nodes")->isEnabled());
  window.action("undo")->trigger();
  QVERIFY(!window.text()->toPlainText().contains("manual"));
}

void WorkbenchTest::theLogHasLinesAndTheLineageFiles() {
  openWith(*studio_, QByteArray(kManual).replace("      apply: manual\n", "      stage: preprocess\n"));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  run(window, "run", 1);
  window.page->opened("B");
  auto* tabs = window.find<QTabWidget>("output_tabs");
  auto* lines = window.find<tables::ListTable>("output_log_lines");
  new QAbstractItemModelTester(lines->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
  QTRY_VERIFY(lines->model()->rowCount() > 0);
  tabs->setCurrentIndex(2);
  test::shoot(window.frame, "node_log", {1224, 620});
  QVERIFY(window.find<QLabel>("node_when")->text().contains("rows"));

  window.action("show_lineage")->trigger();
  QCOMPARE(tabs->currentIndex(), 3);
  auto* list = window.find<tables::ListTable>("lineage_list");
  QTRY_VERIFY_WITH_TIMEOUT(list->isVisible(), 30000);
  QVERIFY2(cellsOf(*list->model(), 1).contains("shop"), qPrintable(cellsOf(*list->model(), 1).join("; ")));
  QVERIFY(cellsOf(*list->model(), 1).contains("42"));  // the seed
  test::shoot(window.frame, "node_lineage", {1224, 620});
  test::shoot(window.frame, "node_lineage_large", {1864, 980});
}

void WorkbenchTest::aSavedDrawingLeadsBack() {
  openWith(
      *studio_,
      "---\nlodestone:\n  nodes:\n    A: {table: shop}\n---\ngraph TD\nA[Collect data] --> B[Preprocess]\n");
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  run(window, "run", 1);
  const QTemporaryDir folder;
  const QString drawing = folder.filePath("chart.svg");
  widgets::answerNext(drawing);
  window.action("export_svg")->trigger();
  QTRY_VERIFY_WITH_TIMEOUT(window.notice("run_notice")->text().contains("chart.svg"), 30000);
  // Of the drawing, by its file, and of a table, asked for by another page.
  widgets::answerNext(drawing);
  window.action("file_lineage")->trigger();
  auto* dialog = window.frame.findChild<QDialog*>("lineage_dialog");
  QVERIFY(dialog != nullptr && dialog->isVisible());
  auto* list = dialog->findChild<tables::ListTable*>("lineage_list");
  QTRY_VERIFY_WITH_TIMEOUT(list->isVisible(), 30000);
  const QStringList names = cellsOf(*list->model(), 1);
  QVERIFY2(names.contains("shop") && names.contains("42"), qPrintable(names.join("; ")));
  test::shoot(*dialog, "lineage_of_a_drawing", {1000, 560});
  Q_EMIT studio_->lineageWanted("no such thing");
  auto* empty = dialog->findChild<QLabel*>("lineage_empty");
  QTRY_VERIFY(empty->isVisible() && empty->text().contains("no such thing"));
  QVERIFY(dialog->windowTitle().contains("no such thing"));
  Q_EMIT studio_->lineageWanted("shop");
  QTRY_VERIFY_WITH_TIMEOUT(list->isVisible(), 30000);
  QVERIFY2(cellsOf(*list->model(), 1).contains("shop"), qPrintable(cellsOf(*list->model(), 1).join("; ")));
  studio_->closeProject();
  QVERIFY(!dialog->isVisible());
}

void WorkbenchTest::aRunOfThePastIsShown() {
  openWith(
      *studio_,
      "---\nlodestone:\n  nodes:\n    A: {table: shop}\n---\ngraph TD\nA[Collect data] --> B[Preprocess]\n");
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  window.page->opened("A");
  QTRY_COMPARE(window.canvas()->chosen(), QString("A"));
  run(window, "run_to", 1);
  run(window, "run", 2);
  QTRY_COMPARE(window.canvas()->status("B").state, State::Done);
  auto* list = window.find<tables::ListTable>("run_list");
  new QAbstractItemModelTester(list->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
  window.find<QTabWidget>("output_tabs")->setCurrentIndex(4);
  list->selectId("1");
  QTRY_COMPARE(window.canvas()->status("B").state, State::Skipped);
  QCOMPARE(window.canvas()->status("A").state, State::Done);
  auto* notice = window.notice("run_notice");
  QTRY_VERIFY(notice->isVisible());
  test::shoot(window.frame, "run_of_the_past", {1224, 620});
  list->selectId("2");
  QTRY_COMPARE(window.canvas()->status("B").state, State::Done);
  QTRY_VERIFY(!notice->isVisible());
}

void WorkbenchTest::anotherChartHasNotRun() {
  openWith(*studio_, QByteArray(kSmall).replace("B --> C[Extract features]\n", ""));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  window.page->opened("A");
  run(window, "run", 1);
  QTRY_VERIFY(window.all(State::Done));
  QTRY_VERIFY(window.find<QLabel>("node_when")->isVisible());
  QVERIFY2(window.page->line().contains("last run"), qPrintable(window.page->line()));
  const QString ran = window.text()->toPlainText();
  window.action("use_template_s2")->trigger();
  QTRY_COMPARE(window.count(), 7);
  for (const QString& node : window.canvas()->nodeIds()) {
    const pages::NodeStatus status = window.canvas()->status(node);
    QVERIFY2(!status.has_run && status.figures().isEmpty() && status.state != State::Stale, qPrintable(node));
  }
  QVERIFY2(window.page->line().contains("not run yet"), qPrintable(window.page->line()));
  QVERIFY(!window.find<QLabel>("node_when")->isVisible());
  window.action("undo")->trigger();
  QCOMPARE(window.text()->toPlainText(), ran);
  QTRY_VERIFY(window.count() == 2 && window.all(State::Done));
}

void WorkbenchTest::whatFailedIsRetried() {
  openWith(*studio_,
           QByteArray(kSmall).replace("A: {table: shop}", "A: {query: SELECT 1 / 'x' AS broken FROM shop}"));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  QVERIFY(!window.action("retry_run")->isEnabled());
  QVERIFY(!window.action("retry_run")->toolTip().isEmpty());
  window.page->opened("B");
  QTRY_COMPARE(window.canvas()->chosen(), QString("B"));
  run(window, "run_to", 1);
  QTRY_COMPARE(window.canvas()->status("A").state, State::Failed);
  QTRY_VERIFY(window.action("retry_run")->isEnabled());
  window.type(
      "---\nlodestone:\n  nodes:\n    A: {table: shop}\n---\ngraph TD\nA[Collect data] --> B[Preprocess]\n");
  QTRY_COMPARE(window.count(), 2);
  run(window, "retry_run", 2);
  QTRY_COMPARE(window.canvas()->status("B").state, State::Done);
  QTRY_VERIFY(!window.action("retry_run")->isEnabled());
  window.page->opened("B");
  QTRY_VERIFY(window.action("run_from")->isEnabled());
  run(window, "run_from", 3);
  const auto stages = studio_->project()->pipelines().stages(3);
  QVERIFY(stages.has_value());
  for (const auto& stage : *stages)
    if (stage.node == "B") QVERIFY2(!stage.cached, "from here means anew");
}

void WorkbenchTest::aRunIsHeldAndGoesOn() {
  QVERIFY(openAndWait(*studio_, demoProject()));
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 8);
  window.page->opened("D");
  QTRY_COMPARE(window.canvas()->chosen(), QString("D"));
  window.set("epochs", "5000");
  QTRY_COMPARE_WITH_TIMEOUT(window.canvas()->status("D").state, State::Stale, 20000);
  auto* bar = window.find<pages::RunBar>("run_bar");
  QVERIFY(!bar->isVisible());
  window.action("run_to")->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(window.canvas()->status("D").state, State::Running, 60000);
  QVERIFY(bar->isVisible());
  QTRY_VERIFY2(window.find<QLabel>("run_bar_words")->text().startsWith("D · "),
               qPrintable(window.find<QLabel>("run_bar_words")->text()));
  QTRY_VERIFY(!window.find<QLabel>("run_bar_device")->text().isEmpty());
  window.action("pause_run")->trigger();
  QTRY_COMPARE(window.canvas()->status("D").state, State::Paused);
  QVERIFY(window.action("pause_run")->text() == "Continue" || words::language() == Language::Chinese);
  test::shoot(window.frame, "run_paused", {1224, 620});
  window.action("pause_run")->trigger();
  QTRY_COMPARE(window.canvas()->status("D").state, State::Running);
  test::shoot(window.frame, "run_running", {1224, 620});
  QSignalSpy changed(studio_.get(), &studio::Studio::runsChanged);
  window.action("cancel_run")->trigger();
  QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 60000);
  QTRY_VERIFY(!bar->isVisible());
  QTRY_VERIFY(window.action("retry_run")->isEnabled());
}

void WorkbenchTest::theRuleOfALoopIsText() {
  const QByteArray chart = "graph TD\nA[Collect data] --> B[Preprocess]\nB --> A\n";
  openWith(*studio_, chart);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 2);
  window.find<QTabWidget>("output_tabs")->setCurrentIndex(5);
  auto* limit = window.find<QSpinBox>("cycle_limit");
  QTRY_VERIFY(limit->isEnabled());
  QCOMPARE(limit->value(), 2);
  QVERIFY(!window.find<QComboBox>("cycle_metric")->isEnabled());
  limit->setValue(4);
  QTRY_VERIFY(window.text()->toPlainText().contains("  cycles: 4\n"));
  window.find<QCheckBox>("cycle_stops")->click();
  QTRY_VERIFY2(window.text()->toPlainText().contains("  until: {metric: roc_auc, better: 0.001}\n"),
               qPrintable(window.text()->toPlainText()));
  QTRY_VERIFY(window.find<QComboBox>("cycle_metric")->isEnabled());
  window.find<QDoubleSpinBox>("cycle_better")->setValue(0.02);
  QTRY_VERIFY(window.text()->toPlainText().contains("better: 0.02}"));
  test::shoot(window.frame, "loop_rule", {1224, 620});
  for (int i = 0; i < 3; ++i) window.action("undo")->trigger();
  QCOMPARE(window.text()->toPlainText().toUtf8(), chart);
  QTRY_COMPARE(limit->value(), 2);
  QTRY_VERIFY(!window.find<QCheckBox>("cycle_stops")->isChecked());
  window.type("graph TD\nA[Collect data] --> B[Preprocess]\n");
  QTRY_VERIFY(!limit->isEnabled());
  QVERIFY(!limit->toolTip().isEmpty());
}

void WorkbenchTest::roundsAreComparedSideBySide() {
  pages::CyclesView view;
  view.resize(900, 300);
  pages::CycleRule rule;
  rule.until = pipeline::StopRule{"auc", 0.01};
  view.setRule(rule, true, {});
  view.show();
  auto* empty = view.findChild<QLabel*>("cycles_empty");
  QVERIFY(empty->isVisible());
  pipeline::CycleReport first;
  first.cycle = 1;
  first.metrics = Json::parse(R"({"validation": {"roc_auc": 0.75, "log_loss": 0.5}})");
  first.totals = Json::parse(R"({"strategies": 3, "cost": 120.5, "conversions": {"value": 40}})");
  first.made = {"A", "B"};
  pipeline::CycleReport second = first;
  second.cycle = 2;
  second.metrics["validation"]["roc_auc"] = 0.755;
  second.totals["cost"] = 100.5;
  second.made = {"B"};
  second.cached = {"A"};
  second.enough = true;
  view.setCycles({first, second});
  auto* table = view.findChild<tables::ListTable*>("cycles_table");
  QVERIFY(table->isVisible());
  const QAbstractItemModel& model = *table->model();
  QCOMPARE(model.columnCount(), 4);
  QCOMPARE(cellsOf(model, 0).size(), 7);  // two figures, three totals, two lists of nodes
  QCOMPARE(cellsOf(model, 1).first(), QString("0.750"));
  QCOMPARE(cellsOf(model, 3).first(), QString("+0.005"));
  QVERIFY(cellsOf(model, 3).contains(QStringLiteral("−20.0")));
  QVERIFY(cellsOf(model, 2).contains("A"));
  test::shoot(view, "rounds", {900, 300});
  // A loop that recommends has figures of another kind; when to stop is not asked of them.
  first.metrics = second.metrics = first.totals = second.totals = {};
  first.recommender = Json::parse(R"({"recall_at_10": 0.0431, "ndcg_at_10": 0.0402})");
  second.recommender = Json::parse(R"({"recall_at_10": 0.0452, "ndcg_at_10": 0.0409})");
  view.setCycles({first, second});
  QCOMPARE(cellsOf(model, 0).size(), 4);
  QCOMPARE(cellsOf(model, 3).first(), QString("+0.0021"));
  QVERIFY(!pages::CyclesView::metrics().contains("recall_at_10"));
  test::shoot(view, "rounds_of_a_recommender", {900, 300});
  view.setCycles({first});
  QVERIFY(empty->isVisible());
}

void WorkbenchTest::theBarTellsOfTheRun() {
  QAction pause("Pause");
  QAction cancel("Cancel");
  pages::RunBar bar(&pause, &cancel);
  pages::RunProgress progress;
  bar.showProgress(progress);
  auto* words = bar.findChild<QLabel*>("run_bar_words");
  QCOMPARE(words->text(), QString("Preparing the run"));
  progress = {2, 8, 2, 3, "D · Train", 0.4, 75.0, "CPU", false};
  bar.showProgress(progress);
  QCOMPARE(words->text(), QString("D · Train · 2 of 8 stages done · round 2 of 3 at most · 1 min 15 s left"));
  QCOMPARE(bar.findChild<QProgressBar*>("run_bar_progress")->value(), 400);
  QCOMPARE(bar.findChild<QLabel*>("run_bar_device")->text(), QString("CPU"));
  progress.paused = true;
  bar.showProgress(progress);
  QVERIFY(words->text().endsWith("paused"));
}

LODESTONE_UI_TEST(WorkbenchTest)
#include "workbench_test.moc"
