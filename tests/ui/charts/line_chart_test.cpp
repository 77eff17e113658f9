// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/line_chart.h"

#include <QCheckBox>
#include <QImage>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QSvgRenderer>
#include <QTableView>
#include <QTemporaryDir>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <cmath>

#include "tests/ui/support/ui_test.h"
#include "ui/charts/clipping.h"
#include "ui/charts/smoothing.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::charts {
namespace {

QWidget* canvasOf(LineChart& chart) {
  return chart.findChild<QWidget*>("chartCanvas");
}

void turnWheel(QWidget* widget, const QPointF& at, int notches) {
  QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(widget, &event);
}

/// Sent straight to it: without a display the cursor has no place.
void point(QWidget* widget, const QPointF& at) {
  QMouseEvent event(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                    Qt::NoModifier);
  QApplication::sendEvent(widget, &event);
}

void drag(QWidget* widget, const QPoint& from, const QPoint& to) {
  QTest::mousePress(widget, Qt::LeftButton, {}, from);
  QTest::mouseMove(widget, (from + to) / 2);
  QTest::mouseMove(widget, to);
  QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
}

/// What the canvas shows, once it has caught up, without the readout.
QImage shown(LineChart& chart) {
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(canvasOf(chart), &leave);
  QApplication::processEvents();
  return canvasOf(chart)->grab().toImage();
}

LineSeries wave(const QString& name, int points, double shift) {
  LineSeries series{name, {}, {}, false, {}, {}};
  for (int i = 0; i < points; ++i) {
    series.x.append(i);
    series.y.append(shift + std::sin(i * 0.1) + 0.2 * std::sin(i * 37.0));
  }
  return series;
}

/// A loss as training gives it: falling, noisy, the same each time.
LineSeries loss(const QString& name, int points, double floor) {
  LineSeries series{name, {}, {}, false, {}, {}};
  for (int i = 1; i <= points; ++i) {
    series.x.append(i);
    series.y.append(floor + 0.6 * std::exp(-i / 40.0) + 0.05 * std::sin(i * 12.9898) * std::sin(i * 78.233));
  }
  return series;
}

void prepare(LineChart& chart) {
  chart.setTitle("Loss");
  chart.setSummary("Lowest on the validation rows: 0.412 in epoch 31.");
  chart.setAxes({"Step", {}, {}, false}, {"Cross entropy", {}, {}, false});
  chart.setSeries({wave("Training", 200, 2), wave("Validation", 200, 3)});
  chart.resize(640, 400);
  chart.show();
}

}  // namespace

class LineChartTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { words::setLanguage(Language::English); }

  void smoothingIsThatOfTensorBoard() {
    // 0.6: 1; (0.6 * 0.4 + 0.4 * 2) / 0.64; (0.6 * 1.04 + 0.4 * 6) / 0.784.
    const QVector<double> smooth = smoothed({1, 2, 6}, 0.6);
    QCOMPARE(smooth[0], 1.0);
    QCOMPARE(smooth[1], 1.04 / 0.64);
    QCOMPARE(smooth[2], 3.024 / 0.784);
    QCOMPARE(smoothed({1, 5, 2}, 0), QVector<double>({1, 5, 2}));
    const QVector<double> gap = smoothed({1, std::nan(""), 2}, 0.6);
    QVERIFY(std::isnan(gap[1]));
    QCOMPARE(gap[2], smooth[1]);
    for (const double value : smoothed(QVector<double>(50, 7.0), 0.99)) QVERIFY(std::abs(value - 7) < 1e-9);
  }

  void tableIsWideWhereLinesShareTheirX() {
    LineChart chart;
    chart.setAxes({"Epoch", {}, {}, false}, {"Accuracy", 0, 1, true});
    chart.setSeries({{"Training", {1, 2, 3, 4}, {0.5, 0.6, 0.7, 0.8}, false, {}, {}},
                     {"Validation", {2, 4}, {0.55, 0.66}, true, {0.5, 0.6}, {0.6, 0.7}}});
    const ChartTable table = chart.table();
    QCOMPARE(table.header,
             QStringList({"Epoch", "Training", "Validation", "Validation, from", "Validation, to"}));
    QCOMPARE(table.rows.size(), std::size_t{4});
    QCOMPARE(table.rows[0], QStringList({"1", words::percent(0.5), "", "", ""}));
    QCOMPARE(table.rows[3], QStringList({"4", words::percent(0.8), words::percent(0.66), words::percent(0.6),
                                         words::percent(0.7)}));
  }

  void tableIsLongWhereTheyDoNot() {
    LineChart chart;
    chart.setAxes({"False alarms", 0, 1, false}, {"Found", 0, 1, false});
    // From the right, with steps: as a ROC curve may come.
    chart.setSeries({{"Model", {1, 0.5, 0.5, 0}, {1, 0.9, 0.4, 0}, false, {}, {}},
                     {"Baseline", {0, 0.3, 1}, {0, 0.5, 1}, false, {}, {}}});
    const ChartTable table = chart.table();
    QCOMPARE(table.header, QStringList({"Line", "False alarms", "Found"}));
    QCOMPARE(table.rows.size(), std::size_t{7});
    QCOMPARE(table.rows[1], QStringList({"Model", "0.5000", "0.4000"}));
    QCOMPARE(table.rows[2], QStringList({"Model", "0.5000", "0.9000"}));
    QCOMPARE(table.rows[5], QStringList({"Baseline", "0.3000", "0.5000"}));
  }

  void pointsComeOneByOne() {
    LineChart chart;
    chart.setEmptyText("Starts with the first step.");
    chart.resize(640, 400);
    chart.show();
    QVERIFY(!canvasOf(chart)->isVisible());
    chart.setSeries({{"Training", {}, {}, false, {}, {}}, {"Validation", {}, {}, false, {}, {}}});
    chart.append(0, 1, 0.9);
    chart.append(0, 2, 0.8);
    chart.append(1, 2, 0.85);
    QTRY_VERIFY(canvasOf(chart)->isVisible());
    QCOMPARE(chart.table().rows.size(), std::size_t{2});
    const QImage before = shown(chart);
    chart.append(0, 3, 0.4);
    QTRY_VERIFY(shown(chart) != before);
    // A resumed training repeats a step: it takes its place.
    chart.append(0, 1.5, 0.7);
    QTRY_COMPARE(chart.table().rows.size(), std::size_t{4});
    QCOMPARE(chart.table().rows[1][0], QString("1.500"));
    // A line that nobody announced.
    chart.append(3, 1, 0.5);
    QTRY_COMPARE(chart.table().header.size(), 5);
  }

  void tableFollowsWhileItGrows() {
    LineChart chart;
    prepare(chart);
    chart.showAsTable(true);
    auto* table = chart.findChild<QTableView*>("chartTable");
    QCOMPARE(table->model()->rowCount(), 200);
    QCOMPARE(table->model()->index(3, 0).data().toString(), QString("3"));
    chart.append(0, 200, 2);
    QTRY_COMPARE(table->model()->rowCount(), 201);
  }

  void zoomHasAWayBack() {
    LineChart chart;
    prepare(chart);
    QWidget* canvas = canvasOf(chart);
    const QImage all = shown(chart);
    const QPointF middle = QRectF(canvas->rect()).center();
    turnWheel(canvas, middle, 2);
    turnWheel(canvas, middle, 2);
    const QImage near = shown(chart);
    QVERIFY(near != all);
    drag(canvas, middle.toPoint(), middle.toPoint() + QPoint(60, 20));
    const QImage moved = shown(chart);
    QVERIFY(moved != near);
    QTest::keyClick(canvas, Qt::Key_Backspace);
    QCOMPARE(shown(chart), near);
    QTest::keyClick(canvas, Qt::Key_Backspace);
    QCOMPARE(shown(chart), all);
    QTest::keyClick(canvas, Qt::Key_Backspace);
    QCOMPARE(shown(chart), all);
    turnWheel(canvas, middle, 5);
    QVERIFY(shown(chart) != all);
    QTest::mouseDClick(canvas, Qt::LeftButton, {}, middle.toPoint());
    QCOMPARE(shown(chart), all);
    turnWheel(canvas, middle, -3);  // there is no more than all
    QCOMPARE(shown(chart), all);
  }

  void zoomsByKeyboard() {
    LineChart chart;
    prepare(chart);
    const QImage all = shown(chart);
    QTest::keyClick(canvasOf(chart), Qt::Key_Plus);
    QVERIFY(shown(chart) != all);
    QTest::keyClick(canvasOf(chart), Qt::Key_Home);
    QCOMPARE(shown(chart), all);
  }

  void zoomStaysWhilePointsCome() {
    LineChart chart;
    prepare(chart);
    turnWheel(canvasOf(chart), QRectF(canvasOf(chart)->rect()).center(), 4);
    const QImage near = shown(chart);
    chart.append(0, 5000, 90);
    QTest::qWait(40);
    QCOMPARE(shown(chart), near);
    QTest::keyClick(canvasOf(chart), Qt::Key_Home);
    QVERIFY(shown(chart) != near);
  }

  void wheelScrollsThePageUntilTheChartIsUsed() {
    QScrollArea page;
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    auto* chart = new LineChart;
    layout->addWidget(chart);
    layout->addSpacing(2000);
    page.setWidget(content);
    page.setWidgetResizable(true);
    chart->setSeries({wave("a", 100, 1)});
    chart->setMinimumHeight(300);
    page.resize(640, 400);
    page.show();
    QTRY_VERIFY(page.verticalScrollBar()->maximum() > 0);
    const QImage all = shown(*chart);
    turnWheel(canvasOf(*chart), QRectF(canvasOf(*chart)->rect()).center(), 3);
    QCOMPARE(shown(*chart), all);
    page.activateWindow();
    canvasOf(*chart)->setFocus(Qt::MouseFocusReason);
    QTRY_VERIFY(canvasOf(*chart)->hasFocus());
    turnWheel(canvasOf(*chart), QRectF(canvasOf(*chart)->rect()).center(), 3);
    QVERIFY(shown(*chart) != all);
  }

  void smoothingAndLogarithmAreOffered() {
    LineChart chart;
    chart.offerSmoothing();
    chart.offerLogarithm();
    prepare(chart);
    const QImage raw = shown(chart);
    auto* slider = chart.findChild<QSlider*>("chartSmoothing");
    QVERIFY(!slider->accessibleName().isEmpty());
    slider->setValue(90);
    const QImage smooth = shown(chart);
    QVERIFY(smooth != raw);
    chart.setSmoothing(0);
    QCOMPARE(slider->value(), 0);
    QCOMPARE(shown(chart), raw);
    auto* logarithm = chart.findChild<QCheckBox*>("chartLogarithm");
    logarithm->setChecked(true);
    const QImage log = shown(chart);
    QVERIFY(log != raw);
    chart.setScale(Scale::Linear);
    QVERIFY(!logarithm->isChecked());
    QCOMPARE(shown(chart), raw);
    // Zero and less have no place there, and do no harm.
    chart.setSeries({{"a", {0, 1, 2, 3}, {0, -1, 0.001, 100}, true, {}, {}}});
    chart.setScale(Scale::Logarithmic);
    QVERIFY(!shown(chart).isNull());
  }

  void readsThePointUnderThePointer() {
    LineChart chart;
    prepare(chart);
    QWidget* canvas = canvasOf(chart);
    const QImage before = shown(chart);
    point(canvas, canvas->rect().center());
    QVERIFY(canvas->grab().toImage() != before);
    QTest::keyClick(canvas, Qt::Key_Escape);
    QCOMPARE(shown(chart), before);
    QTest::keyClick(canvas, Qt::Key_Right);
    QVERIFY(canvas->grab().toImage() != before);
  }

  void marksAndReferencesShow() {
    LineChart chart;
    prepare(chart);
    const QImage plain = shown(chart);
    chart.setMark(100, "Threshold 0.5");
    const QImage marked = shown(chart);
    QVERIFY(marked != plain);
    chart.setMark(std::nullopt);
    QCOMPARE(shown(chart), plain);
    chart.setReference(Reference::Level, 2.5, "Baseline");
    QVERIFY(shown(chart) != plain);
    chart.setReference(Reference::None);
    QCOMPARE(shown(chart), plain);
  }

  void followsTheTheme() {
    LineChart chart;
    prepare(chart);
    QTemporaryDir folder;
    QList<QImage> pictures;
    for (const theme::Mode mode : {theme::Mode::Light, theme::Mode::Dark}) {
      theme::apply(mode);
      QVERIFY(chart.savePng(folder.filePath("a.png")).has_value());
      pictures.append(QImage(folder.filePath("a.png")));
      QCOMPARE(pictures.back().pixelColor(2, 2), theme::tokens().surface);
      pictures.append(shown(chart));
    }
    QVERIFY(pictures[1] != pictures[3]);
    theme::apply(qEnvironmentVariableIsSet("LODESTONE_DARK") ? theme::Mode::Dark : theme::Mode::Light);
  }

  void paintsAMillionPoints() {
    LineChart chart;
    chart.offerSmoothing();
    chart.setSeries({wave("Many", 1'000'000, 0)});
    chart.resize(1000, 500);
    chart.show();
    const QImage raw = shown(chart);
    int ink = 0;
    for (int x = 100; x < 900; ++x)
      ink += raw.pixelColor(x, raw.height() / 2) != raw.pixelColor(2, 2) ? 1 : 0;
    QVERIFY(ink > 600);
    chart.setSmoothing(0.9);
    QVERIFY(shown(chart) != raw);
  }

  void savesWhatIsInSight() {
    LineChart chart;
    prepare(chart);
    turnWheel(canvasOf(chart), QRectF(canvasOf(chart)->rect()).center(), 6);
    QApplication::processEvents();
    QTemporaryDir folder;
    const QImage before = shown(chart);
    QVERIFY(chart.savePng(folder.filePath("a.png")).has_value());
    QVERIFY(QImage(folder.filePath("a.png")).width() >= 2 * canvasOf(chart)->width());
    QVERIFY(chart.saveSvg(folder.filePath("a.svg")).has_value());
    QVERIFY(QSvgRenderer(folder.filePath("a.svg")).isValid());
    QVERIFY(chart.saveCsv(folder.filePath("a.csv")).has_value());
    QCOMPARE(shown(chart), before);  // saving changes nothing on the screen
  }

  void linesEndAtTheEdge() {
    const auto parts = clippedLine({{-10, 5}, {5, 5}, {5, 20}, {8, 20}, {8, 2}}, QRectF(0, 0, 10, 10));
    QCOMPARE(parts.size(), std::size_t{2});
    QCOMPARE(parts[0], QPolygonF({{0, 5}, {5, 5}, {5, 10}}));
    QCOMPARE(parts[1], QPolygonF({{8, 10}, {8, 2}}));
    QVERIFY(clippedLine({{-5, -5}, {-5, 20}}, QRectF(0, 0, 10, 10)).empty());
    QCOMPARE(clippedLine({{1, 1}, {2, std::nan("")}, {3, 3}, {4, 4}}, QRectF(0, 0, 10, 10)).size(),
             std::size_t{1});
  }

  void pictures() {
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
    LineChart live;
    live.setTitle("Loss");
    live.setSummary("Lowest on the validation rows: 0.412 in epoch 31.");
    live.offerSmoothing();
    live.offerLogarithm();
    live.setAxes({"Step", {}, {}, false}, {"Cross entropy", {}, {}, false});
    live.setSeries({loss("Training", 400, 0.35), loss("Validation", 400, 0.41)});
    live.setSmoothing(0.8);
    test::shoot(live, "live", {720, 420});
    test::shoot(live, "live_small", {400, 280});
    live.setScale(Scale::Logarithmic);
    point(canvasOf(live), canvasOf(live)->rect().center());
    test::shoot(live, "live_log_readout", {720, 420});
    live.showAsTable(true);
    test::shoot(live, "live_table", {720, 420});
    LineChart roc;
    roc.setTitle("ROC curve");
    roc.setSummary("Area under the curve 0.842 (0.819 to 0.864).");
    roc.setAxes({"False positive rate", 0, 1, true}, {"Recall", 0, 1, true});
    roc.setReference(Reference::Diagonal, 0, "By chance");
    LineSeries curve{"Neural model", {}, {}, false, {}, {}}, base{"Linear baseline", {}, {}, true, {}, {}};
    for (int i = 0; i <= 100; ++i) {
      curve.x.append(i / 100.0);
      curve.y.append(std::pow(i / 100.0, 0.3));
      curve.low.append(std::max(0.0, curve.y.back() - 0.05));
      curve.high.append(std::min(1.0, curve.y.back() + 0.05));
    }
    for (int i = 0; i <= 10; ++i) {
      base.x.append(i / 10.0);
      base.y.append(std::pow(i / 10.0, 0.5));
    }
    roc.setSeries({curve, base});
    roc.setMark(0.31, "Threshold 0.42");
    test::shoot(roc, "roc", {520, 460});
    QTemporaryDir folder;
    const QString to = qEnvironmentVariable("LODESTONE_SHOTS");
    if (to.isEmpty()) return;
    QVERIFY(roc.savePng(to + "/saved.png").has_value());
    QVERIFY(roc.saveSvg(to + "/saved.svg").has_value());
    QSvgRenderer drawing(to + "/saved.svg");
    QImage drawn(drawing.defaultSize() * 1, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&drawn);
    drawing.render(&painter);
    painter.end();
    drawn.save(to + "/saved_svg.png");
  }
};

}  // namespace lodestone::charts

LODESTONE_UI_TEST(lodestone::charts::LineChartTest)
#include "line_chart_test.moc"
