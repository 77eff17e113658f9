// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/data_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

#include "tests/ui/support/ui_test.h"
#include "ui/tables/cells.h"
#include "ui/tables/sample_table.h"
#include "ui/tables/window_model.h"
#include "ui/words/words.h"

namespace lodestone::tables {

class DataTableTest : public QObject {
  Q_OBJECT

  std::shared_ptr<project::Project> project_;

  void make(const QString& sql) const {
    JobContext job;
    const auto database = project_->tables();
    QVERIFY(database);
    const auto made = (*database)->execute(words::toUtf8(sql), job);
    QVERIFY2(made, made ? "" : made.error().message(Language::English).c_str());
  }
  static QTableView* view(DataTable& table) { return table.findChild<QTableView*>("dataTableView"); }
  static QString cell(DataTable& table, int row, int column) {
    return view(table)->model()->index(row, column).data().toString();
  }
  void show(DataTable& table, const std::string& name) const {
    QSignalSpy shown(&table, &DataTable::shown);
    table.setTable(project_, {name});
    table.resize(900, 500);
    table.show();
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 20000);
  }
  void sortAndWait(DataTable& table, const std::optional<data::SortOrder>& sort) const {
    QSignalSpy shown(&table, &DataTable::shown);
    table.sortBy(sort);
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 20000);
  }

 private Q_SLOTS:
  void initTestCase() {
    auto opened = project::Project::open(test::emptyProject().toStdString());
    QVERIFY(opened);
    project_ = std::make_shared<project::Project>(std::move(*opened));
    make(
        "CREATE TABLE big AS SELECT i AS id, (i * 7919) % 1000003 AS k, 'name ' || i AS name, i / 8.0 AS x, "
        "CASE WHEN i % 4 = 0 THEN NULL ELSE DATE '2024-01-01' + (i % 300)::INTEGER END AS day "
        "FROM range(1000000) r(i)");
    make(
        "CREATE TABLE small AS SELECT * FROM (VALUES (2, 'b', 1234.5::DOUBLE, TRUE), (NULL, NULL, NULL, "
        "NULL), "
        "(1, 'a\tx', -0.25, FALSE)) v(n, t, d, f)");
    make("CREATE TABLE none (a BIGINT, b VARCHAR)");
  }

  void showsAMillionRowsAndFetchesTheFarOnes() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    QAbstractItemModelTester tester(view(table)->model());
    show(table, "big");
    QCOMPARE(table.rows(), 1000000);
    QTRY_COMPARE(view(table)->model()->rowCount(), 1000000);
    QCOMPARE(cell(table, 0, 2), QString("name 0"));
    QCOMPARE(cell(table, 900000, 2), QString("…"));
    view(table)->verticalScrollBar()->setValue(900000);
    QTRY_COMPARE(cell(table, 900000, 2), QString("name 900000"));
    QCOMPARE(cell(table, 900001, 0), QString("900001"));
    QCOMPARE(cell(table, 900001, 3), QString("112,500.125"));
    QCOMPARE(cell(table, 900000, 4), QString("∅"));
    QTest::keyClick(view(table), Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(cell(table, 999999, 2), QString("name 999999"));
    QTest::keyClick(view(table), Qt::Key_Home, Qt::ControlModifier);
    QTRY_COMPARE(cell(table, 3, 2), QString("name 3"));
  }

  void scrollingNeverWaits() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "big");
    QElapsedTimer timer;
    qint64 worst = 0;
    for (int i = 0; i < 100; ++i) {
      timer.start();
      view(table)->verticalScrollBar()->setValue(i * 9973 % 1000000);
      worst = std::max(worst, timer.elapsed());
      QCoreApplication::processEvents();
    }
    QVERIFY2(worst < 100, qPrintable(QString("%1 ms").arg(worst)));
    const int last = 99 * 9973 % 1000000;
    QTRY_COMPARE(cell(table, last + 3, 0), QString::number(last + 3));
    QTRY_VERIFY(!static_cast<WindowModel*>(view(table)->model())->loading());
  }

  void sortsByItsHeaderUpDownAndNot() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "big");
    QHeaderView* header = view(table)->horizontalHeader();
    const auto click = [&](int column) {
      QSignalSpy shown(&table, &DataTable::shown);
      QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                        {header->sectionViewportPosition(column) + 20, header->height() / 2});
      QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 20000);
    };
    click(1);
    QCOMPARE(table.currentColumn(), QString("k"));
    QCOMPARE(cell(table, 0, 1), QString("0"));
    QTRY_COMPARE(view(table)->model()->rowCount(), 1000000);
    view(table)->verticalScrollBar()->setValue(500000);
    QTRY_VERIFY(cell(table, 500000, 1) != "…" && cell(table, 500001, 1) != "…");
    QVERIFY(cell(table, 500000, 1).toLongLong() < cell(table, 500001, 1).toLongLong());
    click(1);
    QCOMPARE(cell(table, 0, 1), QString("1000002"));
    click(1);
    QCOMPARE(cell(table, 0, 0), QString("0"));
    QVERIFY(!table.sort());
    sortAndWait(table, data::SortOrder{"day", data::Direction::Descending});
    QCOMPARE(cell(table, 0, 4), QString("2024-10-26"));
  }

  void writesCellsSoThatTheyRead() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    QAbstractItemModelTester tester(view(table)->model());
    show(table, "small");
    QCOMPARE(cell(table, 0, 0), QString("2"));
    QCOMPARE(cell(table, 0, 2), QString("1,234.5"));
    QCOMPARE(cell(table, 0, 3), QString("true"));
    QCOMPARE(cell(table, 1, 1), QString("∅"));
    QCOMPARE(cell(table, 2, 1), QString("a x"));
    const auto side = [&](int column) {
      return view(table)->model()->index(0, column).data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    };
    QVERIFY(side(0) & Qt::AlignRight);
    QVERIFY(side(1) & Qt::AlignLeft);
    QVERIFY(side(2) & Qt::AlignRight);
    // Years and identifiers are whole numbers: no separators.
    QCOMPARE(cellText(Json(20260101), {"day", "BIGINT"}), QString("20260101"));
    QCOMPARE(cellText(Json(1234567.5), {"x", "DECIMAL(18,2)"}), QString("1,234,567.50"));
    QCOMPARE(cellText(Json(1e-9), {"x", "DOUBLE"}), QString("1E-09").replace("E", QLocale().exponential()));
  }

  void copiesWhatIsSelected() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "small");
    view(table)->selectAll();
    QTest::keyClick(view(table), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString("2\tb\t1234.5\ttrue\n\t\t\t\n1\t\"a\tx\"\t-0.25\tfalse\n"));
    view(table)->setCurrentIndex(view(table)->model()->index(0, 2));
    table.copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("1234.5"));
    table.copySelection(Headings::With);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("d\n1234.5\n"));
  }

  void copiesRowsThatAreNotInMemory() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "big");
    QGuiApplication::clipboard()->clear();
    view(table)->selectionModel()->select(
        {view(table)->model()->index(0, 0), view(table)->model()->index(9999, 1)},
        QItemSelectionModel::ClearAndSelect);
    table.copySelection();
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const QStringList lines = QGuiApplication::clipboard()->text().split('\n');
    QCOMPARE(lines.size(), 10001);
    QCOMPARE(lines[9999], QString("9999\t%1").arg(9999LL * 7919 % 1000003));
    QSignalSpy failed(&table, &DataTable::failed);
    view(table)->selectAll();
    table.copySelection();
    QCOMPARE(failed.size(), 1);
  }

  void goesToARow() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "big");
    auto* go = table.findChild<QLineEdit*>("dataTableGoTo");
    go->setText("777,778");
    QTest::keyClick(go, Qt::Key_Return);
    QCOMPARE(view(table)->currentIndex().row(), 777777);
    QTRY_COMPARE(cell(table, 777777, 2), QString("name 777777"));
    table.goToRow(99999999);
    QCOMPARE(view(table)->currentIndex().row(), 999999);
  }

  void keepsTheOldTableUntilTheNewOneIsHere() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "small");
    QSignalSpy columns(&table, &DataTable::columnSelected);
    table.selectColumn("d");
    QCOMPARE(columns.back().front().toString(), QString("d"));
    table.setTable(project_, {"big"});
    QCOMPARE(table.rows(), 3);
    QCOMPARE(cell(table, 0, 1), QString("b"));
    QTRY_COMPARE(table.rows(), 1000000);
    QCOMPARE(table.currentColumn(), QString("id"));
    table.clear();
    QCOMPARE(view(table)->model()->rowCount(), 0);
    QCOMPARE(table.currentColumn(), QString());
  }

  void saysWhatIsWrong() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    QSignalSpy failed(&table, &DataTable::failed);
    table.setTable(project_, {"nowhere"});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.back().front().value<Error>().code, ErrorCode::NotFound);
    show(table, "none");
    QCOMPARE(table.rows(), 0);
    QCOMPARE(table.currentColumn(), QString("a"));
    table.goToRow(5);
    table.copySelection();
    QCOMPARE(failed.size(), 1);
  }

  /// A view pays for each row of its model, so a model holds only so many of a very long table.
  void holdsAPartOfWhatIsTooLong() {
    jobs::Jobs jobs;
    WindowModel model(jobs, nullptr, 1000);
    QAbstractItemModelTester tester(&model);
    JobContext job;
    const auto window = data::RowWindow::open(**project_->tables(), {"big"}, {}, job);
    QVERIFY(window);
    model.adopt(project_, std::make_shared<const data::RowWindow>(*window), {});
    QCOMPARE(model.rowCount(), 1000);
    QVERIFY(!model.holdsAll());
    const int row = model.reach(500000);
    QVERIFY(row > 0 && row < 1000);
    model.setVisible(row, row + 20);
    QTRY_COMPARE(model.index(row, 2).data().toString(), QString("name 500000"));
    QCOMPARE(model.headerData(row, Qt::Vertical, Qt::DisplayRole).toString(), QString("500,001"));
    QCOMPARE(model.reach(999999), 999);
    QCOMPARE(model.base(), 999000);
  }

  void showsAProfileInItsHeader() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "big");
    JobContext job;
    const auto profile = data::profile(**project_->tables(), {"big"}, job);
    QVERIFY(profile);
    const int before = view(table)->horizontalHeader()->height();
    table.setProfile(*profile);
    QCOMPARE(view(table)->horizontalHeader()->height(), before);
    sortAndWait(table, data::SortOrder{"k", data::Direction::Descending});
    test::shoot(table, "data_table", {900, 460});
  }

  void wholeWindowFollowsTheLanguage() {
    jobs::Jobs jobs;
    DataTable table(jobs);
    show(table, "small");
    auto* rows = table.findChild<QLabel*>("dataTableRows");
    const QString english = rows->text();
    QVERIFY(english.contains("3"));
    words::setLanguage(Language::Chinese);
    QCOMPARE(cell(table, 0, 2), QString("1,234.5"));
    words::setLanguage(Language::English);
    QCOMPARE(rows->text(), english);
  }

  void showsSamples() {
    SampleTable sample;
    QAbstractItemModelTester tester(sample.model());
    sample.setSample({{"a", "BIGINT"}, {"b", "VARCHAR"}},
                     {{Json(1), Json("x")}, {Json(nullptr), Json("y\nz")}});
    QCOMPARE(sample.model()->index(1, 0).data().toString(), QString("∅"));
    sample.selectAll();
    sample.copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("a\tb\n1\tx\n\t\"y\nz\"\n"));
    sample.setSample({}, {});
    QCOMPARE(sample.model()->columnCount(), 0);
  }
};

}  // namespace lodestone::tables

LODESTONE_UI_TEST(lodestone::tables::DataTableTest)
#include "data_table_test.moc"
