// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/charts.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <cmath>

#include "tests/ui/support/ui_test.h"
#include "ui/charts/chart_table_view.h"
#include "ui/charts/csv.h"
#include "ui/charts/figures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/words/words.h"

namespace lodestone::charts {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
const bool kChinese = qEnvironmentVariableIsSet("LODESTONE_CHINESE");

QByteArray bytesOf(const QString& file) {
  QFile read(file);
  return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
}

QTableView* tableOf(Chart& chart) {
  return chart.findChild<QTableView*>("chartTable");
}

QStringList rowOf(Chart& chart, int row) {
  QStringList cells;
  const QAbstractItemModel* model = tableOf(chart)->model();
  for (int column = 0; column < model->columnCount(); ++column)
    cells << model->index(row, column).data().toString();
  return cells;
}

void fillBars(BarChart& chart) {
  chart.setTitle("Quality on the test rows");
  chart.setSummary("The neural model finds 81.2 % of those who leave; the baseline 76.0 %.");
  chart.setBars(
      {"Accuracy", "Precision", "Recall", "F1"},
      {{"Neural model", {0.842, 0.671, 0.812, 0.735}}, {"Linear baseline", {0.801, 0.655, 0.760, kNone}}},
      {"Share", 0, 1, true}, 1);
}

void fillHistogram(HistogramChart& chart) {
  chart.setTitle("Monthly charges");
  chart.setSummary("Half of all customers pay between 35 and 90.");
  chart.setHistogram(18.25, 118.75, {1210, 420, 205, 398, 640, 910, 1105, 890, 720, 540,
                                     432,  360, 280, 170, 60,  12,  8,    3,   0,   1},
                     HistogramChart::Values::Numbers, "Monthly charges (USD)");
}

std::vector<IntervalRow> intervals() {
  return {{"Lapsed high spenders × 10 % off × e-mail", 12.31, 4.5, 20.1, "12.31 (4.50 to 20.10)"},
          {"New customers × free shipping × push message in the evening, second reminder", 6.2, -1.4, 13.8,
           "6.20 (−1.40 to 13.80)"},
          {"Loyal × early access", -3.4, -8.2, 1.6, "−3.40 (−8.20 to 1.60)"},
          {"Students × bundle", std::nullopt, 0, 0, "Too few customers for an estimate: 31 of 200"}};
}

void fillIntervals(IntervalChart& chart) {
  chart.setTitle("Predicted extra revenue");
  chart.setSummary("One of four offers is above zero with 90 % certainty.");
  chart.setRows(intervals(), {"EUR a customer", {}, {}, false});
}

void fillMatrix(ConfusionMatrix& chart) {
  chart.setTitle("Predicted against happened");
  chart.setSummary("Of 374 customers who left, 303 were found.");
  chart.setCounts({303, 149, 884, 71}, "Left", "Stayed");
}

}  // namespace

class ChartsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { words::setLanguage(Language::English); }
  void cleanup() { theme::apply(kDark ? theme::Mode::Dark : theme::Mode::Light); }

  void barsSayTheirValues() {
    BarChart chart;
    fillBars(chart);
    const ChartTable table = chart.table();
    QCOMPARE(table.header, QStringList({"", "Neural model", "Linear baseline"}));
    QCOMPARE(table.rows.size(), std::size_t{4});
    QCOMPARE(table.rows[1], QStringList({"Precision", words::percent(0.671), words::percent(0.655)}));
    QCOMPARE(table.rows[3][2], QString("–"));
  }

  void barsKeepUpWithTheirValues() {
    BarChart chart;
    chart.resize(480, 300);
    chart.show();
    chart.setBars({"A", "B"}, {{"", {1, 2}}}, {"Count", {}, {}, false}, 0);
    const QImage before = chart.grab().toImage();
    chart.setBars({"A", "B"}, {{"", {2, 1}}}, {"Count", {}, {}, false}, 0);
    QVERIFY(chart.grab().toImage() != before);
    QCOMPARE(chart.table().rows[0], QStringList({"A", "2"}));
    chart.setBars({"A", "B", "C"}, {{"one", {2, 1, 3}}, {"two", {-1, 1, 3}}}, {"Count", {}, {}, false}, 0);
    QCOMPARE(chart.table().rows.size(), std::size_t{3});
    chart.setBars({}, {}, {}, 0);
    QCOMPARE(chart.findChild<QLabel*>("chartEmpty")->isVisible(), true);
  }

  void histogramSaysItsBins() {
    HistogramChart chart;
    chart.setHistogram(0, 30, {10, 20, 10}, HistogramChart::Values::Numbers, "Age");
    const ChartTable table = chart.table();
    QCOMPARE(table.header, QStringList({"Age from", "To", "Rows", "Share"}));
    QCOMPARE(table.text_columns, 0);
    QCOMPARE(table.rows[1], QStringList({"10", "20", "20", words::percent(0.5)}));
  }

  void histogramOfTimesSaysDays() {
    HistogramChart chart;
    const double from = 1704067200;  // 2024-01-01
    chart.setHistogram(from, from + 2 * 86400, {3, 1}, HistogramChart::Values::Times, "Ordered");
    QCOMPARE(chart.table().rows[0], QStringList({"2024-01-01", "2024-01-02", "3", words::percent(0.75)}));
    chart.setHistogram(from, from, {3}, HistogramChart::Values::Times, "Ordered");
    QCOMPARE(chart.table().rows[0][0], QString("2024-01-01"));
  }

  void intervalsSayTheirRows() {
    IntervalChart chart;
    fillIntervals(chart);
    const ChartTable table = chart.table();
    QCOMPARE(table.header, QStringList({"Name", "In words", "EUR a customer", "From", "To"}));
    QCOMPARE(table.rows[2],
             QStringList({"Loyal × early access", "−3.40 (−8.20 to 1.60)", "−3.40", "−8.20", "1.60"}));
    QCOMPARE(table.rows[3],
             QStringList({"Students × bundle", "Too few customers for an estimate: 31 of 200", "", "", ""}));
  }

  void intervalRowsAreChosenByMouseAndKeyboard() {
    IntervalChart chart;
    fillIntervals(chart);
    chart.resize(720, 320);
    chart.show();
    auto* view = chart.findChild<QAbstractScrollArea*>("chartIntervals");
    QSignalSpy pressed(&chart, &IntervalChart::rowPressed);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(200, 42));
    QCOMPARE(pressed.takeFirst().front().toInt(), 1);
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(pressed.takeFirst().front().toInt(), 2);
    QTest::keyClick(view, Qt::Key_Up);
    QTest::keyClick(view, Qt::Key_Up);
    QCOMPARE(pressed.takeLast().front().toInt(), 0);
    QTest::keyClick(view, Qt::Key_End);
    QCOMPARE(pressed.takeLast().front().toInt(), 3);
    pressed.clear();
    const QImage before = view->viewport()->grab().toImage();
    chart.select(-1);
    QVERIFY(view->viewport()->grab().toImage() != before);
    QCOMPARE(pressed.count(), 0);
  }

  void matrixSaysCountsAndShares() {
    ConfusionMatrix chart;
    fillMatrix(chart);
    const ChartTable table = chart.table();
    QCOMPARE(table.rows.size(), std::size_t{4});
    QCOMPARE(table.rows[0], QStringList({"Left", "Left", "303", words::percent(303.0 / 374)}));
    QCOMPARE(table.rows[1], QStringList({"Left", "Stayed", "71", words::percent(71.0 / 374)}));
    QCOMPARE(table.rows[2], QStringList({"Stayed", "Left", "149", words::percent(149.0 / 1033)}));
    chart.setCounts({0, 0, 0, 5}, "Left", "Stayed");
    QCOMPARE(chart.table().rows[2][3], QString());
  }

  void showsItsTable() {
    ConfusionMatrix chart;
    fillMatrix(chart);
    chart.resize(480, 320);
    chart.show();
    QVERIFY(!tableOf(chart)->isVisible());
    auto* as_table = chart.findChild<QToolButton*>("chartAsTable");
    QTest::mouseClick(as_table, Qt::LeftButton);
    QVERIFY(chart.isTable());
    QVERIFY(tableOf(chart)->isVisible());
    QCOMPARE(rowOf(chart, 1), chart.table().rows[1]);
    const QModelIndex count = tableOf(chart)->model()->index(0, 2);
    QVERIFY((count.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0);
    // It follows what the chart shows.
    chart.setCounts({1, 2, 3, 4}, "Left", "Stayed");
    QTRY_COMPARE(rowOf(chart, 1), chart.table().rows[1]);
    tableOf(chart)->selectAll();
    QTest::keySequence(tableOf(chart), QKeySequence::Copy);
    QVERIFY(QApplication::clipboard()->text().startsWith("Left\tLeft\t1\t"));
    chart.showAsTable(false);
    QVERIFY(!tableOf(chart)->isVisible());
    QVERIFY(!as_table->isChecked());
  }

  void tableModelIsSound() {
    ChartTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTable({{"a", "b"}, {{"x", "1"}, {"y"}}, 1});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, 1).data(), QVariant());
    model.setTable({});
    QCOMPARE(model.columnCount(), 0);
  }

  void emptyChartSaysSo() {
    BarChart chart;
    chart.setEmptyText("Train a model first.");
    chart.resize(480, 300);
    chart.show();
    auto* nothing = chart.findChild<QLabel*>("chartEmpty");
    QVERIFY(nothing->isVisible());
    QCOMPARE(nothing->text(), QString("Train a model first."));
    auto* as_table = chart.findChild<QToolButton*>("chartAsTable");
    QVERIFY(!as_table->isEnabled());
    QCOMPARE(as_table->toolTip(), QString("Train a model first."));
    fillBars(chart);
    QVERIFY(!nothing->isVisible());
    QVERIFY(as_table->isEnabled());
    QVERIFY(as_table->toolTip() != "Train a model first.");
  }

  void hasAccessibleNames() {
    HistogramChart chart;
    fillHistogram(chart);
    QCOMPARE(chart.accessibleName(), QString("Monthly charges"));
    QCOMPARE(chart.accessibleDescription(), QString("Half of all customers pay between 35 and 90."));
    QCOMPARE(chart.findChild<QWidget*>("chartCanvas")->accessibleName(), QString("Monthly charges"));
    QCOMPARE(tableOf(chart)->accessibleName(), QString("Monthly charges"));
    for (const char* name : {"chartAsTable", "chartSave"})
      QVERIFY(!chart.findChild<QToolButton*>(name)->accessibleName().isEmpty());
  }

  void savesPictureDrawingAndTable_data() {
    QTest::addColumn<int>("kind");
    QTest::newRow("bars") << 0;
    QTest::newRow("histogram") << 1;
    QTest::newRow("intervals") << 2;
    QTest::newRow("matrix") << 3;
  }

  void savesPictureDrawingAndTable() {
    QFETCH(int, kind);
    const auto made = make(kind);
    QTemporaryDir folder;
    const QString file = folder.filePath("图 1");
    QVERIFY(made->savePng(file + ".png").has_value());
    const QImage image(file + ".png");
    QVERIFY(image.width() >= 960);
    QCOMPARE(image.pixelColor(1, 1), theme::tokens().surface);
    QVERIFY(coloursOf(image) > 20);
    QVERIFY(made->saveSvg(file + ".svg").has_value());
    QSvgRenderer drawing(file + ".svg");
    QVERIFY(drawing.isValid());
    QImage drawn(image.size(), QImage::Format_ARGB32_Premultiplied);
    drawn.fill(Qt::black);
    QPainter painter(&drawn);
    drawing.render(&painter);
    painter.end();
    QVERIFY(coloursOf(drawn) > 20);
    QVERIFY(bytesOf(file + ".svg").contains(made->title().toUtf8()));
    QVERIFY(made->saveCsv(file + ".csv").has_value());
    QVERIFY(bytesOf(file + ".csv").count("\r\n") >= 5);
    const auto refused = made->savePng(folder.filePath("nowhere/chart.png"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Io);
  }

  void savesByItsMenu() {
    ConfusionMatrix chart;
    fillMatrix(chart);
    QTemporaryDir folder;
    widgets::answerNext(folder.filePath("matrix.csv"));
    chart.findChild<QAction*>("chartSaveCsv")->trigger();
    QCOMPARE(bytesOf(folder.filePath("matrix.csv")).split('\n')[1],
             QByteArray("Left,Left,303,0.8101604278074866\r"));
    widgets::answerNext(folder.filePath("matrix"));
    chart.findChild<QAction*>("chartSavePng")->trigger();
    QVERIFY(!QImage(folder.filePath("matrix.png")).isNull());
    QSignalSpy failed(&chart, &Chart::failed);
    widgets::answerNext(folder.filePath("nowhere/matrix.svg"));
    chart.findChild<QAction*>("chartSaveSvg")->trigger();
    QCOMPARE(failed.count(), 1);
  }

  void csvIsForPrograms() {
    const ChartTable table{{"name", "a \"b\""}, {{"=1+1", "-2.5"}, {"x,y", "3"}, {"two\nlines", ""}}, 1};
    QCOMPARE(csvOf(table),
             QByteArray("name,\"a \"\"b\"\"\"\r\n'=1+1,-2.5\r\n\"x,y\",3\r\n\"two\nlines\",\r\n"));
    IntervalChart chart;
    chart.setRows({{"one", 1234.5, -1, 2000, "words"}}, {"EUR", {}, {}, false});
    QTemporaryDir folder;
    QVERIFY(chart.saveCsv(folder.filePath("a.csv")).has_value());
    QVERIFY(bytesOf(folder.filePath("a.csv")).contains("one,words,1234.5,-1,2000\r\n"));
    QCOMPARE(chart.table().rows[0][2], QString("1,234.5"));
  }

  void followsTheTheme_data() { savesPictureDrawingAndTable_data(); }

  void followsTheTheme() {
    QFETCH(int, kind);
    const auto chart = make(kind);
    chart->resize(640, 400);
    chart->show();
    theme::apply(theme::Mode::Light);
    QTRY_COMPARE(plotColour(*chart), theme::tokens().surface);
    theme::apply(theme::Mode::Dark);
    QTRY_COMPARE(plotColour(*chart), theme::tokens().surface);
  }

  void ticksAreRound() {
    QCOMPARE(niceTicks(0, 1, 5, false).at, QVector<double>({0, 0.2, 0.4, 0.4 + 0.2, 0.8, 1}));
    QCOMPARE(niceTicks(0, 1, 5, false).decimals, 1);
    QCOMPARE(niceTicks(0, 1, 5, true).decimals, 0);
    QCOMPARE(niceTicks(-7, 1234, 5, false).at, QVector<double>({0, 500, 1000}));
    QCOMPARE(niceTicks(0, 1.06, 5, false, 1).at, QVector<double>({0, 1}));
    QVERIFY(niceTicks(1, 1, 5, false).at.isEmpty());
    QCOMPARE(decimalsOfColumn({1, 2, 30000}), 0);
    QCOMPARE(decimalsOfColumn({0.5, 0.25}), 4);
  }

  void miniHistogramFillsItsArea() {
    QImage image(40, 20, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintMiniHistogram(painter, {0, 0, 40, 20}, {1, 4, 0, 2}, Qt::black);
    painter.end();
    QCOMPARE(image.pixelColor(14, 1), QColor(Qt::black));
    QCOMPARE(image.pixelColor(4, 10), QColor(Qt::white));
    QCOMPARE(image.pixelColor(4, 18), QColor(Qt::black));
    QCOMPARE(image.pixelColor(24, 18), QColor(Qt::white));
    paintMiniHistogram(painter, {0, 0, 40, 20}, {}, Qt::black);
  }

  void intervalDotShowsWhereItStands() {
    IntervalDot dot;
    dot.resize(200, 20);
    dot.setInterval(0.75, 0.5, 1, 0, 1);
    const QImage right = dot.grab().toImage();
    QCOMPARE(right.pixelColor(147, 10), theme::tokens().accent);
    dot.setInterval(std::nullopt, 0, 0, 0, 1);
    QVERIFY(dot.grab().toImage() != right);
  }

  void pictures() {
    words::setLanguage(kChinese ? Language::Chinese : Language::English);
    for (int kind = 0; kind < 4; ++kind) {
      const auto chart = make(kind);
      const QString name = QString(chart->metaObject()->className()).section("::", -1);
      test::shoot(*chart, name, {640, 380});
      test::shoot(*chart, name + "_small", {340, 260});
      chart->showAsTable(true);
      test::shoot(*chart, name + "_table", {640, 380});
    }
    BarChart nothing;
    nothing.setTitle("Quality on the test rows");
    nothing.setEmptyText("Train a model: its quality on rows that it has never seen stands here.");
    test::shoot(nothing, "empty", {640, 300});
    HistogramChart times;
    times.setTitle("Orders");
    times.setHistogram(1672531200, 1704067200, {5, 9, 12, 20, 24, 31, 18, 17, 22, 25, 40, 60},
                       HistogramChart::Values::Times, "Ordered at");
    test::shoot(times, "times", {640, 300});
  }

 private:
  static std::unique_ptr<Chart> make(int kind) {
    const auto filled = [](auto made, auto fill) -> std::unique_ptr<Chart> {
      fill(*made);
      return made;
    };
    if (kind == 0) return filled(std::make_unique<BarChart>(), fillBars);
    if (kind == 1) return filled(std::make_unique<HistogramChart>(), fillHistogram);
    if (kind == 2) return filled(std::make_unique<IntervalChart>(), fillIntervals);
    return filled(std::make_unique<ConfusionMatrix>(), fillMatrix);
  }

  static std::size_t coloursOf(const QImage& image) {
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2)
      for (int x = 0; x < image.width(); ++x) colours.insert(image.pixel(x, y));
    return static_cast<std::size_t>(colours.size());
  }

  /// Near the right edge above the middle, where no chart has ink.
  static QColor plotColour(Chart& chart) {
    QTemporaryDir folder;
    if (!chart.savePng(folder.filePath("a.png"))) return {};
    const QImage image(folder.filePath("a.png"));
    return image.pixelColor(image.width() - 3, image.height() / 2);
  }

  const bool kDark = qEnvironmentVariableIsSet("LODESTONE_DARK");
};

}  // namespace lodestone::charts

LODESTONE_UI_TEST(lodestone::charts::ChartsTest)
#include "charts_test.moc"
