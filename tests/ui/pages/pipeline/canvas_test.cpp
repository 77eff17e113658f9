// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Editing on the canvas, with mouse and keys as a user does.
#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QStackedWidget>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/layout.h"
#include "core/pipeline/templates.h"
#include "tests/ui/pages/pipeline/canvas_fixture.h"
#include "ui/pages/pipeline/arrange.h"
#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/chart_palette.h"
#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/connection_drag.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/pages/pipeline/label_editor.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program
using test::kChart;
using test::kFrames;
using test::Window;

class CanvasTest : public test::CanvasFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { begin(); }
  void cleanup() { end(); }

  void thePaletteAddsAndConnects();
  void thePaletteIsSearchedInBothLanguages();
  void aStageIsDroppedIntoAnEdge();
  void aDragConnects();
  void whatDoesNotFitSaysWhy();
  void keysConnect();
  void labelsAreEditedInPlace();
  void subgraphsAreRenamed();
  void subgraphsAreDeleted();
  void nodesAndEdgesAreDeleted();
  void copiesArePasted();
  void severalAreSelected();
  void draggedNodesStay();
  void nodesAreAlignedAndDistributed();
  void shapesDirectionsAndGroups();
  void undoGoesBackToTheBeginning();
  void menusFitWhatIsSelected();
  void aWrongTextCannotBeEditedHere();
};

void CanvasTest::thePaletteAddsAndConnects() {
  Window& window = open(kChart);
  click("D");
  QTest::keyClick(canvas(), Qt::Key_A);
  auto* palette = window.find<pages::ChartPalette>("stage_palette");
  QTRY_VERIFY(palette->isVisible());
  test::shoot(window.frame, "canvas_palette", {1224, 620});
  auto* words = window.find<QLineEdit>("palette_words");
  QVERIFY(words->hasFocus());
  QTest::keyClicks(words, "predict");
  QVERIFY(palette->listed().size() < 5 && !palette->listed().isEmpty());
  QTest::keyClick(words, Qt::Key_Return);
  QVERIFY(!palette->isVisible());
  QTRY_COMPARE(window.count(), 5);
  QTRY_VERIFY(joined("D", "E"));
  QTRY_COMPARE(canvas()->chosen(), QString("E"));
  QVERIFY(text().startsWith(kChart));
  QVERIFY(canvas()->hasFocus());
  window.action("undo")->trigger();
  QCOMPARE(text(), QString(kChart));
  QTRY_COMPARE(window.count(), 4);
  // What cannot follow is added all the same, without an edge.
  click("D");
  QTest::keyClick(canvas(), Qt::Key_A);
  QTest::keyClicks(words, "import");
  QTest::keyClick(words, Qt::Key_Return);
  QTRY_COMPARE(window.count(), 5);
  QVERIFY(!joined("D", "E"));
}

void CanvasTest::thePaletteIsSearchedInBothLanguages() {
  Window& window = open(kChart);
  window.find<QAbstractButton>("canvas_add")->click();
  auto* palette = window.find<pages::ChartPalette>("stage_palette");
  auto* words = window.find<QLineEdit>("palette_words");
  const QStringList all = palette->listed();
  QVERIFY(all.size() >= 9);
  words->setText(QString::fromUtf8("训练"));
  const QStringList chinese = palette->listed();
  QVERIFY(!chinese.isEmpty() && chinese.size() < all.size());
  words->setText("train");
  QVERIFY(palette->listed().contains(chinese.first()));
  words->setText("no such thing");
  QVERIFY(palette->listed().isEmpty());
  QTest::keyClick(words, Qt::Key_Return);
  QVERIFY(palette->isVisible());
  words->clear();
  // Pressed, an item can be dragged away or let go to be taken.
  auto* list = window.find<QListView>("palette_list");
  const QPoint item = list->visualRect(list->model()->index(1, 0)).center();
  const QPoint place = list->viewport()->mapTo(&window.frame, item);
  QTest::mousePress(window.frame.windowHandle(), Qt::LeftButton, {}, place);
  QVERIFY(palette->isVisible());
  QVERIFY(words->hasFocus());
  QTest::mouseRelease(window.frame.windowHandle(), Qt::LeftButton, {},
                      list->viewport()->mapTo(&window.frame, QPoint(1, 1)));
  QTest::keyClick(words, Qt::Key_Escape);
  QVERIFY(!palette->isVisible());
  QCOMPARE(text(), QString(kChart));
}

void CanvasTest::aStageIsDroppedIntoAnEdge() {
  Window& window = open("graph TD\nA[Collect data] -->|rows| C[Extract features]\n");
  const auto* edge = canvas()->chart().edges().front();
  const auto drop = [&](const char* stage, const QPoint& place) {
    QMimeData data;
    data.setData(pages::kStageMime, stage);
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas()->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent move(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas()->viewport(), &move);
    QDropEvent dropped(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas()->viewport(), &dropped);
  };
  // A source takes nothing: it cannot stand within an edge.
  drop("import", canvas()->mapFromScene(edge->middle()));
  QVERIFY(window.notice("run_notice")->isVisible());
  QCOMPARE(window.count(), 2);
  drop("preprocess", canvas()->mapFromScene(edge->middle()));
  QTRY_COMPARE(window.count(), 3);
  QVERIFY(joined("A", "B") && joined("B", "C") && !joined("A", "C"));
  QVERIFY2(text().contains("|rows|") || text().contains("rows"), qPrintable(text()));
  // On the ground it stands where it fell.
  const QPoint ground = canvas()->viewport()->rect().topLeft() + QPoint(20, 20);
  const QPointF there = canvas()->mapToScene(ground);
  drop("train", ground);
  QTRY_COMPARE(window.count(), 4);
  QVERIFY((canvas()->nodeBox("D").topLeft() - there).manhattanLength() < 3);
}

void CanvasTest::aDragConnects() {
  Window& window = open("graph TD\nA[Collect data]\nB[Preprocess]\nB --> C[Extract features]\n");
  hover(at("A"));
  const QPoint from = handle("A");
  hover(from);
  QTest::mousePress(canvas()->viewport(), Qt::LeftButton, {}, from);
  QVERIFY(canvas()->connection().active());
  pull(at("B"));
  QCOMPARE(canvas()->connection().target(), QString("B"));
  QVERIFY(!canvas()->connection().hint().isEmpty());
  test::shoot(window.frame, "canvas_connecting", {1224, 620});
  QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, {}, at("B"));
  QVERIFY(text().contains("A --> B"));
  QTRY_VERIFY(joined("A", "B"));
  QVERIFY(!canvas()->connection().active());
  // Esc gives up, and letting go over nothing too.
  hover(at("A"));
  QTest::mousePress(canvas()->viewport(), Qt::LeftButton, {}, handle("A"));
  pull(at("C"));
  QTest::keyClick(canvas(), Qt::Key_Escape);
  QVERIFY(!canvas()->connection().active());
  QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, {}, at("C"));
  QVERIFY(!text().contains("A --> C"));
}

void CanvasTest::whatDoesNotFitSaysWhy() {
  Window& window = open("graph TD\nA[Import files] --> B[Preprocess]\nB --> C[Extract features]\n");
  const QString before = text();
  hover(at("C"));
  QTest::mousePress(canvas()->viewport(), Qt::LeftButton, {}, handle("C"));
  pull(at("A"));
  const QString why = canvas()->connection().hint();
  QVERIFY(!why.isEmpty());
  test::shoot(window.frame, "canvas_refused", {1224, 620});
  QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, {}, at("A"));
  QCOMPARE(text(), before);
  auto* notice = window.notice("run_notice");
  QVERIFY(notice->isVisible());
  QCOMPARE(notice->text(), why);
  // Two that are connected are not connected twice.
  hover(at("A"));
  QTest::mousePress(canvas()->viewport(), Qt::LeftButton, {}, handle("A"));
  pull(at("B"));
  QVERIFY(canvas()->connection().hint() != why);
  QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, {}, at("B"));
  QCOMPARE(text(), before);
}

void CanvasTest::keysConnect() {
  open(kChart);
  click("A");
  QTest::keyClick(canvas(), Qt::Key_C);
  QVERIFY(canvas()->connection().active() && canvas()->connection().byKeys());
  QTest::keyClick(canvas(), Qt::Key_Down);
  QCOMPARE(canvas()->connection().target(), QString("B"));
  QTest::keyClick(canvas(), Qt::Key_Return);  // connected already: it goes on
  QVERIFY(canvas()->connection().active());
  QTest::keyClick(canvas(), Qt::Key_Down);
  QCOMPARE(canvas()->connection().target(), QString("C"));
  QTest::keyClick(canvas(), Qt::Key_Return);
  QVERIFY(!canvas()->connection().active());
  QVERIFY(text().contains("A --> C"));
  QCOMPARE(canvas()->chosen(), QString("A"));
  QTest::keyClick(canvas(), Qt::Key_C);
  QTest::keyClick(canvas(), Qt::Key_Escape);
  QVERIFY(!canvas()->connection().active());
}

void CanvasTest::labelsAreEditedInPlace() {
  Window& window = open("graph TD\nA[Collect data] --> B[Preprocess]\n");
  click("B");
  QTest::keyClick(canvas(), Qt::Key_F2);
  auto* editor = window.find<pages::LabelEditor>("label_editor");
  QTRY_VERIFY(editor->isVisible() && editor->hasFocus());
  test::shoot(window.frame, "canvas_rename", {1224, 620});
  QTest::keyClicks(editor, "Tidy up");
  QTest::keyClick(editor, Qt::Key_Return);
  QCOMPARE(text(), QString("graph TD\nA[Collect data] --> B[\"Tidy up\"]\n"));
  QVERIFY(!editor->isVisible());
  QVERIFY(canvas()->hasFocus());
  QTest::keyClick(canvas(), Qt::Key_F2);
  QTest::keyClicks(editor, "something else");
  QTest::keyClick(editor, Qt::Key_Escape);
  QCOMPARE(text(), QString("graph TD\nA[Collect data] --> B[\"Tidy up\"]\n"));
  QTest::mouseDClick(canvas()->viewport(), Qt::LeftButton, {},
                     canvas()->mapFromScene(canvas()->chart().edges().front()->middle()));
  QTRY_VERIFY(editor->isVisible());
  QTest::keyClicks(editor, "rows");
  QTest::keyClick(editor, Qt::Key_Return);
  QTRY_COMPARE(canvas()->chart().edges().front()->label(), QString("rows"));
}

void CanvasTest::subgraphsAreRenamed() {
  Window& window = open(kFrames);
  QTRY_COMPARE(canvas()->chart().frames().size(), 2);
  auto* editor = window.find<pages::LabelEditor>("label_editor");
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, title("one"));
  QCOMPARE(canvas()->selection().frame(), QString("one"));
  QTest::mouseDClick(canvas()->viewport(), Qt::LeftButton, {}, title("one"));
  QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, {}, title("one"));
  QTRY_VERIFY(editor->isVisible() && editor->hasFocus());
  QCOMPARE(editor->toPlainText(), QString("Before"));
  QTest::keyClicks(editor, "What was");
  QTest::keyClick(editor, Qt::Key_Return);
  QVERIFY(!window.notice("run_notice")->isVisible());
  QCOMPARE(text(), QString(kFrames).replace("[Before]", "[\"What was\"]"));
  QTRY_COMPARE(canvas()->chart().frames().value("one")->title(), QString("What was"));
  QCOMPARE(canvas()->selection().frame(), QString("one"));
  // By key, and closed.
  QTest::keyClick(canvas(), Qt::Key_Return);
  QTRY_VERIFY(canvas()->chart().frames().value("one")->collapsed());
  QTest::keyClick(canvas(), Qt::Key_F2);
  QTRY_VERIFY(editor->hasFocus());
  QTest::keyClicks(editor, "Closed");
  QTest::keyClick(editor, Qt::Key_Return);
  QTRY_COMPARE(canvas()->chart().frames().value("one")->title(), QString("Closed"));
  for (int i = 0; i < 2; ++i) window.action("undo")->trigger();
  QCOMPARE(text(), QString(kFrames));
}

void CanvasTest::subgraphsAreDeleted() {
  Window& window = open(kFrames);
  QTRY_COMPARE(canvas()->chart().frames().size(), 2);
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, title("one"));
  QTest::keyClick(canvas(), Qt::Key_Delete);
  QTRY_COMPARE(canvas()->nodeIds(), QStringList({"C", "D"}));
  QVERIFY(!text().contains("Before"));
  window.action("undo")->trigger();
  QCOMPARE(text(), QString(kFrames));
  QTRY_COMPARE(window.count(), 4);
  QTRY_COMPARE(canvas()->chart().frames().size(), 2);
  // From its menu, and closed.
  window.action("collapse_all")->trigger();
  QTRY_COMPARE(window.count(), 0);
  const QPoint place = canvas()->mapFromScene(canvas()->chart().frames().value("two")->box().center());
  QContextMenuEvent event(QContextMenuEvent::Mouse, place, canvas()->viewport()->mapToGlobal(place));
  QApplication::sendEvent(canvas()->viewport(), &event);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  QVERIFY(menu != nullptr && menu->actions().contains(window.action("delete_nodes")));
  QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(window.action("delete_nodes")).center());
  QTRY_COMPARE(canvas()->chart().frames().keys(), QStringList("one"));
  QVERIFY(!text().contains("After"));
  window.action("undo")->trigger();
  QCOMPARE(text(), QString(kFrames));
}

void CanvasTest::nodesAndEdgesAreDeleted() {
  Window& window = open(kChart);
  click("B");
  QTest::keyClick(canvas(), Qt::Key_Delete);
  QTRY_COMPARE(canvas()->nodeIds(), QStringList({"A", "C", "D"}));
  QVERIFY(text().contains("%% keep me") && text().contains("%% and me"));
  window.action("undo")->trigger();
  QCOMPARE(text(), QString(kChart));
  QTRY_COMPARE(window.count(), 4);
  QTRY_COMPARE(canvas()->chart().edges().size(), std::size_t{3});
  const pages::EdgeItem* edge = canvas()->chart().edges()[1];
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, canvas()->mapFromScene(edge->middle()));
  QCOMPARE(canvas()->selection().edges(), QStringList(edge->id()));
  QTest::keyClick(canvas(), Qt::Key_Delete);
  QTRY_COMPARE(canvas()->chart().edges().size(), std::size_t{2});
  QCOMPARE(window.count(), 4);
  window.action("undo")->trigger();
  QCOMPARE(text(), QString(kChart));
}

void CanvasTest::copiesArePasted() {
  Window& window = open(kChart);
  click("B");
  click("C", Qt::ControlModifier);
  QCOMPARE(canvas()->selection().nodes(), QStringList({"B", "C"}));
  QTest::keyClick(canvas(), Qt::Key_C, Qt::ControlModifier);
  const QString copied = QApplication::clipboard()->text();
  const auto fragment = pipeline::readChart(words::toUtf8(copied));
  QVERIFY(fragment.has_value());
  QCOMPARE(fragment->nodes.size(), std::size_t{2});
  QCOMPARE(fragment->edges.size(), std::size_t{1});
  QTest::keyClick(canvas(), Qt::Key_V, Qt::ControlModifier);
  QTRY_COMPARE(window.count(), 6);
  QTRY_COMPARE(canvas()->selection().nodes().size(), 2);
  QVERIFY(!canvas()->selection().nodes().contains("B"));
  window.action("undo")->trigger();
  QCOMPARE(text(), QString(kChart));
  QTRY_COMPARE(window.count(), 4);
  click("A");
  QTest::keyClick(canvas(), Qt::Key_D, Qt::ControlModifier);
  QTRY_COMPARE(window.count(), 5);
  QCOMPARE(QApplication::clipboard()->text(), copied);  // as it was
  QApplication::clipboard()->setText("graph LR\nX[From elsewhere] --> Y[And on]\n");
  QTest::keyClick(canvas(), Qt::Key_V, Qt::ControlModifier);
  QTRY_COMPARE(window.count(), 7);
  QApplication::clipboard()->setText("no flowchart at all [");
  const QString before = text();
  QTest::keyClick(canvas(), Qt::Key_V, Qt::ControlModifier);
  QTRY_VERIFY(window.notice("run_notice")->isVisible());
  QCOMPARE(text(), before);
  canvas()->selection().setNodes({"A"});
  QTest::keyClick(canvas(), Qt::Key_X, Qt::ControlModifier);
  QTRY_VERIFY(!canvas()->nodeIds().contains("A"));
  QVERIFY(QApplication::clipboard()->text().contains("Collect data"));
}

void CanvasTest::severalAreSelected() {
  open(kChart);
  QTest::keyClick(canvas(), Qt::Key_A, Qt::ControlModifier);
  QCOMPARE(canvas()->selection().nodes().size(), 4);
  QVERIFY(canvas()->accessibleDescription().contains("4"));
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, QPoint(4, 4));
  QVERIFY(canvas()->selection().isEmpty());
  const QPoint first = canvas()->mapFromScene(canvas()->nodeBox("A").topLeft()) - QPoint(8, 8);
  const QPoint last = canvas()->mapFromScene(canvas()->nodeBox("B").bottomRight()) + QPoint(8, 2);
  drag(first, last, Qt::ShiftModifier);
  QCOMPARE(canvas()->selection().nodes(), QStringList({"A", "B"}));
  click("D", Qt::ShiftModifier);
  QCOMPARE(canvas()->selection().nodes(), QStringList({"A", "B", "D"}));
  click("A", Qt::ControlModifier);
  QCOMPARE(canvas()->selection().nodes(), QStringList({"B", "D"}));
  click("C");
  QCOMPARE(canvas()->selection().nodes(), QStringList({"C"}));
  QTest::keyClick(canvas(), Qt::Key_Down, Qt::ShiftModifier);
  QCOMPARE(canvas()->selection().nodes(), QStringList({"C", "D"}));
  QTest::keyClick(canvas(), Qt::Key_Escape);
  QVERIFY(canvas()->selection().isEmpty());
}

void CanvasTest::draggedNodesStay() {
  Window& window = open(kChart);
  const QRectF before = canvas()->nodeBox("B");
  const QRectF other = canvas()->nodeBox("A");
  drag(at("B"), at("B") + QPoint(90, 12));
  QVERIFY(text().contains("positions:"));
  const QPointF moved = canvas()->nodeBox("B").topLeft();
  QVERIFY(moved.x() > before.left() + 40);
  QTRY_COMPARE(canvas()->nodeBox("B").topLeft(), moved);
  QCOMPARE(canvas()->nodeBox("A"), other);
  QTRY_VERIFY(window.action("tidy_up")->isEnabled());
  QTest::keyClick(canvas(), Qt::Key_Right, Qt::AltModifier);
  QTRY_COMPARE(canvas()->nodeBox("B").left(), moved.x() + 8);
  window.action("tidy_up")->trigger();
  QTRY_COMPARE(canvas()->nodeBox("B"), before);
  QVERIFY(!text().contains("positions:"));
  for (int i = 0; i < 3; ++i) window.action("undo")->trigger();
  QCOMPARE(text(), QString(kChart));
}

void CanvasTest::nodesAreAlignedAndDistributed() {
  using pages::Alignment;
  const std::vector<pages::NodeBox> boxes = {
      {"a", {0, 0, 10, 10}}, {"b", {30, 50, 20, 30}}, {"c", {100, 20, 40, 10}}};
  QCOMPARE(pages::align(boxes, Alignment::Left).at("c"), QPointF(0, 20));
  QCOMPARE(pages::align(boxes, Alignment::Right).at("a"), QPointF(130, 0));
  QCOMPARE(pages::align(boxes, Alignment::Centre).at("b"), QPointF(60, 50));
  QCOMPARE(pages::align(boxes, Alignment::Top).at("b"), QPointF(30, 0));
  QCOMPARE(pages::align(boxes, Alignment::Bottom).at("a"), QPointF(0, 70));
  QCOMPARE(pages::align(boxes, Alignment::Middle).at("c"), QPointF(100, 35));
  const auto across = pages::distribute(boxes, Qt::Horizontal);
  QCOMPARE(across.at("a"), QPointF(0, 0));
  QCOMPARE(across.at("b"), QPointF(45, 50));  // gaps of 35
  QCOMPARE(across.at("c"), QPointF(100, 20));
  QVERIFY(pages::align({}, Alignment::Top).empty());

  Window& window = open("graph TD\nA[Collect data] --> B[Preprocess]\nA --> C[Extract features and more]\n");
  canvas()->selection().setNodes({"A", "B", "C"});
  window.action("align_left")->trigger();
  QTRY_COMPARE(canvas()->nodeBox("A").left(), canvas()->nodeBox("C").left());
  QCOMPARE(canvas()->nodeBox("B").left(), canvas()->nodeBox("C").left());
  window.action("undo")->trigger();
  QVERIFY(!text().contains("positions"));
}

void CanvasTest::shapesDirectionsAndGroups() {
  Window& window = open(kChart);
  click("A");
  window.action("shape_cyl")->trigger();
  QVERIFY2(text().contains("A[(Collect data)]"), qPrintable(text()));
  window.action("direction_LR")->trigger();
  QTRY_VERIFY(canvas()->nodeBox("B").left() > canvas()->nodeBox("A").right());
  canvas()->selection().setNodes({"A", "B"});
  QTest::keyClick(canvas(), Qt::Key_G, Qt::ControlModifier);
  QTRY_COMPARE(canvas()->chart().frames().size(), 1);
  const QString frame = canvas()->chart().frames().keys().first();
  QTRY_COMPARE(canvas()->selection().frame(), frame);
  QCOMPARE(canvas()->chart().within(frame), QStringList({"A", "B"}));
  QTest::keyClick(canvas(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
  QTRY_VERIFY(canvas()->chart().frames().isEmpty());
  QCOMPARE(window.count(), 4);
  while (window.action("undo")->isEnabled()) window.action("undo")->trigger();
  QCOMPARE(text(), QString(kChart));
}

void CanvasTest::undoGoesBackToTheBeginning() {
  Window& window = open(kChart);
  click("D");
  QTest::keyClick(canvas(), Qt::Key_A);
  auto* words = window.find<QLineEdit>("palette_words");
  QTest::keyClicks(words, "predict");
  QTest::keyClick(words, Qt::Key_Return);
  QTRY_COMPARE(window.count(), 5);
  drag(at("B"), at("B") + QPoint(60, 0));
  QTRY_VERIFY(text().contains("positions"));
  click("C");
  QTest::keyClick(canvas(), Qt::Key_D, Qt::ControlModifier);
  QTRY_COMPARE(window.count(), 6);
  click("A");
  QTest::keyClick(canvas(), Qt::Key_Delete);
  QTRY_COMPARE(window.count(), 5);
  const QString last = text();
  int steps = 0;
  while (window.action("undo")->isEnabled()) {
    window.action("undo")->trigger();
    ++steps;
  }
  QCOMPARE(text(), QString(kChart));
  QCOMPARE(steps, 4);
  while (window.action("redo")->isEnabled()) window.action("redo")->trigger();
  QCOMPARE(text(), last);
  QTRY_COMPARE(window.count(), 5);
}

void CanvasTest::menusFitWhatIsSelected() {
  Window& window = open(kFrames);
  const auto menuAt = [&](const QPoint& place) {
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, canvas()->viewport()->mapToGlobal(place));
    QApplication::sendEvent(canvas()->viewport(), &event);
    QStringList names;
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (menu == nullptr) return names;
    test::shoot(*menu, QString("canvas_menu_%1").arg(menu->actions().size()), menu->sizeHint());
    for (const QAction* action : menu->actions()) names << action->objectName();
    menu->close();
    return names;
  };
  const QStringList node = menuAt(at("A"));
  QVERIFY(node.contains("rename") && node.contains("connect_nodes") && node.contains("delete_nodes"));
  QCOMPARE(canvas()->selection().nodes(), QStringList("A"));
  const auto* edge = canvas()->chart().edges().front();
  const QStringList of_edge = menuAt(canvas()->mapFromScene(edge->middle()));
  QVERIFY(of_edge.contains("delete_nodes") && !of_edge.contains("connect_nodes"));
  const pages::FrameItem* frame = canvas()->chart().frames().value("one");
  const QStringList of_frame =
      menuAt(canvas()->mapFromScene(QPointF(frame->box().center().x(), frame->box().top() + 10)));
  QVERIFY(of_frame.contains("toggle_frame") && of_frame.contains("ungroup_nodes"));
  const QStringList ground = menuAt(QPoint(3, 3));
  QVERIFY(ground.contains("paste_nodes") && ground.contains("tidy_up") && !ground.contains("rename"));
  // All of it stands in the command palette too.
  QStringList all;
  for (const QAction* action : window.page->actions()) all << action->objectName();
  for (const QString& name : node + of_edge + of_frame + ground)
    if (!name.isEmpty() && name != "run_to") QVERIFY2(all.contains(name), qPrintable(name));
}

void CanvasTest::aWrongTextCannotBeEditedHere() {
  Window& window = open(kChart);
  click("A");
  window.type("graph TD\nA[Collect data] --> B[Preprocess\n");
  QTRY_VERIFY(!window.action("delete_nodes")->isEnabled());
  QVERIFY(window.action("delete_nodes")->toolTip().contains("3") ||
          window.action("delete_nodes")->toolTip().contains("2"));
  canvas()->setFocus();
  QTest::keyClick(canvas(), Qt::Key_Delete);
  QTest::keyClick(canvas(), Qt::Key_A);
  QVERIFY(!window.find<QWidget>("stage_palette")->isVisible());
  QCOMPARE(text(), QString("graph TD\nA[Collect data] --> B[Preprocess\n"));
}

LODESTONE_UI_TEST(CanvasTest)
#include "canvas_test.moc"
