// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at a chart on the canvas: search, minimap, zoom, folds, figures, pictures.
#include <QLabel>
#include <QWheelEvent>

#include "core/pipeline/templates.h"
#include "tests/ui/pages/pipeline/canvas_fixture.h"
#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/words/words.h"

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program
using test::kChart;
using test::kFrames;
using test::Window;
using widgets::State;

class CanvasViewTest : public test::CanvasFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { begin(); }
  void cleanup() { end(); }

  void subgraphsCollapse();
  void rowsCoverNothing();
  void theSearchDimsTheRest();
  void theMinimapMovesTheView();
  void zoomIsSmoothAndKeepsItsPlace();
  void spaceAndTheMiddleButtonMoveTheGround();
  void picturesOfEverything();
};

void CanvasViewTest::subgraphsCollapse() {
  Window& window = open(kFrames);
  QTRY_COMPARE(canvas()->chart().frames().size(), 2);
  test::shoot(window.frame, "canvas_frames", {1224, 620});
  const QPoint button = canvas()->mapFromScene(canvas()->chart().frames().value("one")->button());
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, button);
  QTRY_COMPARE(window.count(), 2);
  QVERIFY(canvas()->chart().frames().value("one")->collapsed());
  QVERIFY(!canvas()->nodeBox("A").isNull());  // the frame stands for it
  QCOMPARE(canvas()->chart().edges().size(), std::size_t{3});
  QCOMPARE(text(), QString(kFrames));
  test::shoot(window.frame, "canvas_collapsed", {1224, 620});
  window_.reset();
  window_ = std::make_unique<Window>(*studio_);
  QTRY_COMPARE(window_->count(), 2);  // it was kept
  window_->action("expand_all")->trigger();
  QTRY_COMPARE(window_->count(), 4);
  window_->action("collapse_all")->trigger();
  QTRY_COMPARE(window_->count(), 0);
  window_->action("expand_all")->trigger();
  QTRY_COMPARE(window_->count(), 4);
}

void CanvasViewTest::rowsCoverNothing() {
  const QString loops =
      "A[Collect data] --> B[Preprocess]\nB --> C[Predict]\nB --> D[Model training]\nC --> B\n";
  Window& window = open(kChart);
  for (const pages::FlowSide side : {pages::FlowSide::Right, pages::FlowSide::Bottom}) {
    window.type((side == pages::FlowSide::Bottom ? "flowchart TD\n" : "flowchart LR\n") + loops);
    QTRY_VERIFY(canvas()->chart().side() == side && canvas()->chart().edges().size() == 4);
    std::map<QString, pages::NodeStatus> statuses;
    for (const QString& id : canvas()->nodeIds()) {
      pages::NodeStatus& status = statuses[id];
      status.state = State::Done;
      status.has_run = true;
      status.rows_in = 18430;
      status.rows_out = 12000;
    }
    QCOMPARE(statuses["A"].figures(), QString("18,430 → 12,000 rows"));
    canvas()->setStatuses(statuses);
    for (const QString& id : canvas()->nodeIds()) {
      const QRectF rows = canvas()->chart().node(id)->figuresBox();
      QVERIFY(!rows.isEmpty());
      for (const pages::EdgeItem* edge : canvas()->chart().edges())
        QVERIFY2(!edge->shape().intersects(rows), qPrintable(id + " covers " + edge->id()));
      for (const QString& other : canvas()->nodeIds())
        QVERIFY2(!canvas()->nodeBox(other).intersects(rows), qPrintable(id + " covers " + other));
    }
  }
}

void CanvasViewTest::theSearchDimsTheRest() {
  Window& window = open(kChart);
  click("A");
  QTest::keyClick(canvas(), Qt::Key_F, Qt::ControlModifier);
  auto* words = window.find<QLineEdit>("find_words");
  QTRY_VERIFY(words->hasFocus());
  QTest::keyClicks(words, "at");  // Collect data, Extract features
  QCOMPARE(canvas()->chosen(), QString("A"));
  QVERIFY(canvas()->chart().node("B")->opacity() < 0.5);
  QCOMPARE(canvas()->chart().node("C")->opacity(), 1.0);
  test::shoot(window.frame, "canvas_search", {1224, 620});
  QTest::keyClick(words, Qt::Key_Return);
  QCOMPARE(canvas()->chosen(), QString("C"));
  QTest::keyClick(words, Qt::Key_Return);
  QCOMPARE(canvas()->chosen(), QString("A"));
  QTest::keyClick(words, Qt::Key_Return, Qt::ShiftModifier);
  QCOMPARE(canvas()->chosen(), QString("C"));
  QVERIFY(window.find<QLabel>("find_answer")->text().contains("2"));
  QTest::keyClick(words, Qt::Key_Escape);
  QCOMPARE(canvas()->chart().node("B")->opacity(), 1.0);
  QVERIFY(canvas()->hasFocus());
}

void CanvasViewTest::theMinimapMovesTheView() {
  QByteArray chart = "flowchart TD\n";
  for (int i = 0; i < 60; ++i)
    chart += QByteArray("N%1[Collect data] --> N%2[Preprocess]\n")
                 .replace("%1", QByteArray::number(i))
                 .replace("%2", QByteArray::number(i + 1));
  Window& window = open(chart);
  auto* map = window.find<QWidget>("canvas_minimap");
  QTRY_VERIFY(map->isVisible());
  const QPointF before = canvas()->mapToScene(canvas()->viewport()->rect().center());
  QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() / 2, map->height() - 6));
  const QPointF after = canvas()->mapToScene(canvas()->viewport()->rect().center());
  QVERIFY(after.y() > before.y() + 500);
  window.action("fit")->trigger();
  QTRY_VERIFY(!map->isVisible());
}

void CanvasViewTest::zoomIsSmoothAndKeepsItsPlace() {
  open(kChart);
  const QPoint place = at("B");
  QPointF under;
  for (int i = 0; i < 8; ++i) {
    if (i == 4) under = canvas()->mapToScene(place);  // from here on it is larger than the view
    QWheelEvent wheel(place, canvas()->viewport()->mapToGlobal(place), {}, {0, 120}, Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas()->viewport(), &wheel);
  }
  QVERIFY(canvas()->zoom() > 2);
  QVERIFY(QLineF(canvas()->mapFromScene(under), place).length() < 6);
  canvas()->fit();
  const double aim = canvas()->zoom();
  QVERIFY(aim < 1.3);
  QTRY_COMPARE(canvas()->transform().m11(), aim);
}

void CanvasViewTest::spaceAndTheMiddleButtonMoveTheGround() {
  open(kFrames);
  QTRY_COMPARE(canvas()->chart().frames().size(), 2);
  for (int i = 0; i < 6; ++i) canvas()->zoomBy(1.3, at("B"));
  canvas()->centerOn(canvas()->nodeBox("B").center());
  canvas()->selection().setNodes({"A", "B"});
  const auto shape = [this] { return canvas()->viewport()->cursor().shape(); };
  const auto drags = [&](Qt::MouseButton button, const QPoint& from, const QPoint& step) {
    const QPointF held = canvas()->mapToScene(from);
    QTest::mousePress(canvas()->viewport(), button, {}, from);
    hover(from + step / 2, button);
    hover(from + step, button);
    QCOMPARE(shape(), Qt::ClosedHandCursor);
    QVERIFY(QLineF(canvas()->mapToScene(from + step), held).length() < 2);
    QTest::mouseRelease(canvas()->viewport(), button, {}, from + step);
  };
  QTest::keyPress(canvas(), Qt::Key_Space);
  QCOMPARE(shape(), Qt::OpenHandCursor);
  drags(Qt::LeftButton, at("B"), {-60, -40});
  QCOMPARE(shape(), Qt::OpenHandCursor);
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, QPoint(3, 3));
  QTest::mouseDClick(canvas()->viewport(), Qt::LeftButton, {}, at("B"));
  QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, {}, at("B"));
  QTest::keyRelease(canvas(), Qt::Key_Space);
  QCOMPARE(shape(), Qt::ArrowCursor);
  drags(Qt::MiddleButton, at("B"), {40, 40});
  const QPoint ground = canvas()->mapFromScene(canvas()->nodeBox("B").topLeft() - QPointF(8, 8));
  drags(Qt::LeftButton, ground, {30, 20});
  QCOMPARE(canvas()->selection().nodes(), QStringList({"A", "B"}));
  QVERIFY(!window_->find<QWidget>("label_editor")->isVisible());
  QCOMPARE(text(), QString(kFrames));
  // Nothing was folded, and a tap still does.
  QVERIFY(!canvas()->chart().frames().value("one")->collapsed());
  QTest::keyClick(canvas(), Qt::Key_Space);
  QTRY_VERIFY(canvas()->chart().frames().value("one")->collapsed());
}

void CanvasViewTest::picturesOfEverything() {
  if (qEnvironmentVariableIsEmpty("LODESTONE_SHOTS")) QSKIP("makes pictures only");
  Window& window = open(kChart);
  std::map<QString, pages::NodeStatus> statuses;
  QString states = "flowchart LR\n";
  const QList<State> all = {State::NotConfigured, State::Ready,       State::Queued,  State::Running,
                            State::Paused,        State::Done,        State::Warning, State::Failed,
                            State::Cancelled,     State::Interrupted, State::Stale,   State::Skipped};
  for (qsizetype i = 0; i < all.size(); ++i) {
    const QString id = QString("N%1").arg(i);
    pages::NodeStatus status;
    status.state = all[i];
    status.fraction = 0.42;
    status.has_run = all[i] == State::Done || all[i] == State::Warning || all[i] == State::Stale;
    status.rows_in = 3000;
    status.rows_out = 2950;
    status.seconds = 1.4;
    statuses[id] = status;
    states += QString("%1[Collect data]\n").arg(id);
    if (i > 0) states += QString("N%1 --> N%2\n").arg(i - 1).arg(i);
  }
  states += "N11 --> N5\n";
  window.type(states.replace("flowchart LR", "flowchart TD"));
  QTRY_COMPARE(window.count(), 12);
  canvas()->setStatuses(statuses);
  window.action("fit")->trigger();
  QTest::qWait(300);
  test::shoot(window.frame, "canvas_states", {1224, 620});
  test::shoot(window.frame, "canvas_states_large", {1864, 980});
  QString hundred = "flowchart TD\n";
  for (int i = 1; i < 100; ++i) hundred += QString("N%1[Step %1] --> N%2[Step %2]\n").arg(i / 2).arg(i);
  window.type(hundred);
  QTRY_COMPARE(window.count(), 100);
  test::shoot(window.frame, "canvas_hundred", {1224, 620});
  window.action("fit")->trigger();
  QTest::qWait(300);
  test::shoot(window.frame, "canvas_hundred_all", {1864, 980});
  for (const Language language : {Language::English, Language::Chinese})
    for (const char* name : {"s0", "s1", "s2", "s3"}) {
      window.type(words::toQt(*pipeline::chartTemplate(name, language)));
      QTest::qWait(900);
      window.action("fit")->trigger();
      QTest::qWait(300);
      test::shoot(window.frame,
                  QString("canvas_%1_%2").arg(name, language == Language::English ? "en" : "zh"),
                  {1224, 620});
    }
}

LODESTONE_UI_TEST(CanvasViewTest)
#include "canvas_view_test.moc"
