// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include "tests/ui/support/ui_test.h"
#include "ui/tables/data_delegate.h"
#include "ui/tables/data_table.h"
#include "ui/tables/filter_words.h"
#include "ui/tables/table_look.h"
#include "ui/tables/window_model.h"
#include "ui/tables/window_view.h"
#include "ui/widgets/dialogs.h"
#include "ui/words/words.h"

namespace lodestone::tables {

/// What a user does with a table beyond scrolling and sorting: filter, find, freeze, hide, colour.
class DataTableFilterTest : public QObject {
  Q_OBJECT

  std::shared_ptr<project::Project> project_;
  std::unique_ptr<jobs::Jobs> jobs_;
  std::unique_ptr<DataTable> table_;

  void make(const QString& sql) const {
    JobContext job;
    const auto database = project_->tables();
    QVERIFY(database);
    const auto made = (*database)->execute(words::toUtf8(sql), job);
    QVERIFY2(made, made ? "" : made.error().message(Language::English).c_str());
  }
  template <class T>
  T* find(const char* name) const {
    T* found = table_->findChild<T*>(name);
    if (found == nullptr) qFatal("no %s", name);
    return found;
  }
  WindowView* view() const { return find<WindowView>("dataTableView"); }
  QString cell(int row, int column) const { return view()->model()->index(row, column).data().toString(); }
  void show(const std::string& name) const {
    QSignalSpy shown(table_.get(), &DataTable::shown);
    table_->setTable(project_, {name});
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 20000);
  }
  void filter(const data::RowFilter& filter) const {
    QSignalSpy shown(table_.get(), &DataTable::shown);
    table_->setFilter(filter);
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 20000);
  }
  void applyAndWait() const {
    QSignalSpy shown(table_.get(), &DataTable::shown);
    QTest::mouseClick(find<QPushButton>("filterApply"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 20000);
  }
  void trigger(const char* action) const { find<QAction>(action)->trigger(); }
  void openFind(const QString& text) const {
    QTest::keyClick(view(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(find<QWidget>("findBar")->isVisible());
    find<QLineEdit>("findText")->setText(text);
  }
  QString found() const { return find<QLabel>("findResult")->text(); }

 private Q_SLOTS:
  void initTestCase() {
    auto opened = project::Project::open(test::emptyProject().toStdString());
    QVERIFY(opened);
    project_ = std::make_shared<project::Project>(std::move(*opened));
    make(
        "CREATE TABLE sales AS SELECT i AS id, ['Madrid', 'München', '上海', 'Cape Town'][1 + i % 4] AS "
        "city, "
        "CASE WHEN i % 10 = 0 THEN NULL ELSE (i % 200 - 50) / 4.0 END AS price, DATE '2026-01-01' + (i % "
        "90)::INTEGER "
        "AS day, i % 2 = 0 AS web, 'order ' || i AS note FROM range(50000) r(i)");
    make(
        "CREATE TABLE wide AS SELECT i AS id, i + 1 AS a, i + 2 AS b, i + 3 AS c, i + 4 AS d, i + 5 AS e, i "
        "+ 6 AS f, "
        "i + 7 AS g, i + 8 AS h FROM range(3000) r(i)");
  }
  void init() {
    jobs_ = std::make_unique<jobs::Jobs>();
    table_ = std::make_unique<DataTable>(*jobs_);
    table_->resize(900, 500);
    table_->show();
    QVERIFY(QTest::qWaitForWindowExposed(table_.get()));
  }
  void cleanup() {
    table_.reset();
    jobs_.reset();
  }

  void filtersByALineAboveTheTable() {
    QAbstractItemModelTester tester(view()->model());
    show("sales");
    table_->selectColumn("city");
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(find<QWidget>("filterEditor")->isVisible());
    QCOMPARE(find<QComboBox>("filterColumn")->currentText(), QString("city"));
    QVERIFY(find<QLineEdit>("filterValue")->hasFocus());
    QSignalSpy shown(table_.get(), &DataTable::shown);
    QTest::keyClicks(find<QLineEdit>("filterValue"), "mad");
    QTest::keyClick(find<QLineEdit>("filterValue"), Qt::Key_Return);
    QTRY_COMPARE(shown.size(), 1);
    QCOMPARE(table_->rows(), 12500);
    QCOMPARE(table_->tableRows(), 50000);
    QVERIFY(!find<QWidget>("filterEditor")->isVisible());
    QCOMPARE(cell(1, 0), QString("4"));
    QCOMPARE(find<QPushButton>("filterChip")->text(), QString("city contains “mad”"));
    QCOMPARE(find<QLabel>("filterCount")->text(), QString("12,500 of 50,000 rows"));
    // A second one, of numbers as the language writes them.
    table_->selectColumn("price");
    trigger("filterColumn");
    find<QLineEdit>("filterValue")->setText("-1,0.5");
    find<QLineEdit>("filterSecondValue")->setText("1,000");
    find<QLineEdit>("filterValue")->setText("-1.5");
    applyAndWait();
    QCOMPARE(table_->filter().conditions.size(), std::size_t{2});
    QCOMPARE(table_->filter().conditions[1].values[1], std::string("1000"));
    QCOMPARE(table_->findChildren<QPushButton*>("filterChip").size(), 2);
    test::shoot(*table_, "data_table_filter", {900, 460});
    // Delete on a chip removes it.
    QSignalSpy again(table_.get(), &DataTable::shown);
    QTest::keyClick(table_->findChildren<QPushButton*>("filterChip").front(), Qt::Key_Delete);
    QTRY_COMPARE(again.size(), 1);
    QCOMPARE(table_->filter().conditions.size(), std::size_t{1});
    QCOMPARE(table_->filter().conditions[0].column, std::string("price"));
    QTest::mouseClick(find<QPushButton>("filterClear"), Qt::LeftButton);
    QTRY_COMPARE(table_->rows(), 50000);
    QVERIFY(!find<QWidget>("filterBar")->isVisible());
  }

  void aChipIsChangedInItsPlace() {
    show("sales");
    filter({{{"city", data::CellTest::Contains, {"mad"}}, {"web", data::CellTest::Equals, {"true"}}}, {}});
    QTest::mouseClick(table_->findChildren<QPushButton*>("filterChip").front(), Qt::LeftButton);
    QCOMPARE(find<QLineEdit>("filterValue")->text(), QString("mad"));
    find<QComboBox>("filterTest")->setCurrentText("is one of");
    find<QLineEdit>("filterValue")->setText("上海, \"Cape Town\"");
    applyAndWait();
    QCOMPARE(table_->filter().conditions.size(), std::size_t{2});
    QCOMPARE(table_->filter().conditions[0].values, (std::vector<std::string>{"上海", "Cape Town"}));
    QCOMPARE(table_->rows(), 12500);  // both cities, and of them every even row
  }

  void saysBesideTheLineWhatDoesNotFit() {
    show("sales");
    QSignalSpy failed(table_.get(), &DataTable::failed);
    table_->selectColumn("price");
    trigger("filterColumn");
    QTest::mouseClick(find<QPushButton>("filterApply"), Qt::LeftButton);
    QVERIFY(find<QLabel>("filterError")->isVisible());
    find<QComboBox>("filterTest")->setCurrentText("is at least");
    find<QLineEdit>("filterValue")->setText("cheap");
    QTest::mouseClick(find<QPushButton>("filterApply"), Qt::LeftButton);
    QTRY_VERIFY(find<QLabel>("filterError")->text().contains("cheap"));
    QCOMPARE(table_->rows(), 50000);
    trigger("filterExpression");
    find<QLineEdit>("filterValue")->setText("nothing > 3");
    QTest::mouseClick(find<QPushButton>("filterApply"), Qt::LeftButton);
    QTRY_VERIFY(find<QLabel>("filterError")->text().contains("nothing"));
    QCOMPARE(failed.size(), 0);
    find<QLineEdit>("filterValue")->setText("price > 10 AND web");
    applyAndWait();
    QCOMPARE(table_->filter().expression, std::string("price > 10 AND web"));
    QVERIFY(table_->rows() < 50000);
    trigger("filterColumn");
    QTest::keyClick(find<QLineEdit>("filterValue"), Qt::Key_Escape);
    QVERIFY(!find<QWidget>("filterEditor")->isVisible());
    QVERIFY(view()->hasFocus());
  }

  void filtersByTheCellAndKeepsTheSort() {
    show("sales");
    QSignalSpy shown(table_.get(), &DataTable::shown);
    table_->sortBy(data::SortOrder{"id", data::Direction::Descending});
    QTRY_COMPARE(shown.size(), 1);
    view()->setCurrentIndex(view()->model()->index(1, 1));  // row 49998
    trigger("filterOnlyThis");
    QTRY_COMPARE(table_->rows(), 12500);
    QCOMPARE(cell(0, 0), QString("49998"));
    QCOMPARE(cell(0, 1), QString("上海"));
    view()->setCurrentIndex(view()->model()->index(0, 2));
    trigger("filterWithoutThis");
    QTRY_VERIFY(table_->rows() < 12500);
    // The same table again keeps its filter; another one has none.
    show("sales");
    QCOMPARE(table_->filter().conditions.size(), std::size_t{2});
    show("wide");
    QVERIFY(table_->filter().empty());
    QVERIFY(!find<QWidget>("filterBar")->isVisible());
  }

  void offersTheFrequentValues() {
    show("sales");
    table_->selectColumn("city");
    trigger("filterColumn");
    QTRY_VERIFY(find<QToolButton>("filterPickValues")->isVisible());
    find<QComboBox>("filterTest")->setCurrentText("is one of");
    QMenu* menu = find<QToolButton>("filterPickValues")->menu();
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 4);
    menu->actions()[0]->trigger();
    menu->actions()[2]->trigger();
    QCOMPARE(FilterWords::values(find<QLineEdit>("filterValue")->text()).size(), std::size_t{2});
    menu->actions()[0]->trigger();
    QCOMPARE(FilterWords::values(find<QLineEdit>("filterValue")->text()).size(), std::size_t{1});
  }

  void writesAndReadsValues() {
    const std::vector<std::string> values = {"a", "b, c", "say \"x\"", " d"};
    QCOMPARE(FilterWords::values(FilterWords::line(values)), values);
    QCOMPARE(FilterWords::values(" a ,, b，c "), (std::vector<std::string>{"a", "b", "c"}));
    QCOMPARE(FilterWords::stored("1,234.5"), QString("1234.5"));
    QCOMPARE(FilterWords::stored("a, b"), QString("a, b"));
  }

  void findsAndGoesOn() {
    show("sales");
    openFind("ORDER 49");
    // order 49 first, counted a moment later: 49, 490-499, 4900-4999, 49000-49999.
    QTRY_COMPARE(found(), QString("Row 1 of 1,111 with it"));
    QCOMPARE(view()->currentIndex().row(), 49);
    QCOMPARE(view()->currentIndex().column(), 5);
    QTest::keyClick(find<QLineEdit>("findText"), Qt::Key_F3);
    QTRY_COMPARE(view()->currentIndex().row(), 490);
    QTRY_COMPARE(found(), QString("Row 2 of 1,111 with it"));
    QTest::keyClick(view(), Qt::Key_F3, Qt::ShiftModifier);
    QTRY_COMPARE(view()->currentIndex().row(), 49);
    QTest::keyClick(find<QLineEdit>("findText"), Qt::Key_Return, Qt::ShiftModifier);
    QTRY_COMPARE(view()->currentIndex().row(), 49999);
    QTRY_VERIFY(cell(49999, 5) != "…");
    const auto* delegate = static_cast<DataDelegate*>(view()->itemDelegate());
    QVERIFY(delegate->marked(view()->model()->index(49999, 5)));
    QVERIFY(!delegate->marked(view()->model()->index(49999, 1)));
    test::shoot(*table_, "data_table_find", {900, 460});
    find<QLineEdit>("findText")->setText("no such thing");
    QTRY_COMPARE(found(), QString("Not found"));
    QTest::keyClick(find<QLineEdit>("findText"), Qt::Key_Escape);
    QVERIFY(!find<QWidget>("findBar")->isVisible());
    QVERIFY(view()->hasFocus());
    QVERIFY(!delegate->marked(view()->model()->index(49999, 5)));
  }

  void findsInOneColumnInTheSortedRows() {
    show("sales");
    QSignalSpy shown(table_.get(), &DataTable::shown);
    table_->sortBy(data::SortOrder{"id", data::Direction::Descending});
    QTRY_COMPARE(shown.size(), 1);
    table_->selectColumn("price");
    openFind("-12.5");
    find<QCheckBox>("findOneColumn")->setChecked(true);
    QTRY_VERIFY(found().startsWith("Not found"));  // -12.5 is at i % 200 = 0, and those are missing
    find<QLineEdit>("findText")->setText("-12.25");
    QTRY_VERIFY(found().startsWith("Row 1 of 250"));
    QCOMPARE(view()->currentIndex().column(), 2);
    QTRY_COMPARE(cell(view()->currentIndex().row(), 0), QString("49801"));
  }

  void frozenColumnsStayWhileTheOthersScroll() {
    show("wide");
    table_->resize(420, 300);
    table_->freezeUpTo("a");
    QCOMPARE(view()->frozenColumns(), 2);
    view()->horizontalScrollBar()->setValue(view()->horizontalScrollBar()->maximum());
    const auto* model = view()->model();
    const QRect first = view()->visualRect(model->index(3, 0));
    const QRect second = view()->visualRect(model->index(3, 1));
    QCOMPARE(first.left(), 0);
    QCOMPARE(second.left(), view()->columnWidth(0));
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, second.center());
    QCOMPARE(view()->currentIndex(), model->index(3, 1));
    QCOMPARE(view()->horizontalScrollBar()->value(), view()->horizontalScrollBar()->maximum());
    // By keys it goes on to the columns beneath, and those come out from under the frozen ones.
    QTest::keyClick(view(), Qt::Key_Right);
    QCOMPARE(view()->currentIndex(), model->index(3, 2));
    QVERIFY(view()->columnViewportPosition(2) >= second.right());
    QTest::keyClick(view(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(view(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(view()->selectionModel()->selectedIndexes().size(), 4);
    // It takes no more than two thirds of the room.
    table_->freezeUpTo("h");
    QVERIFY(view()->frozenColumns() < 9);
    table_->freezeUpTo("a");
    view()->horizontalScrollBar()->setValue(view()->columnWidth(2) * 3 / 2);
    test::shoot(*table_, "data_table_frozen", {420, 300});
    table_->freezeUpTo({});
    QCOMPARE(view()->frozenColumns(), 0);
  }

  void aFrozenHeaderSortsItsOwnColumn() {
    show("wide");
    table_->resize(420, 300);
    view()->horizontalScrollBar()->setValue(view()->horizontalScrollBar()->maximum());
    QHeaderView* header = view()->horizontalHeader();
    QSignalSpy shown(table_.get(), &DataTable::shown);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      {view()->columnWidth(0) / 2, header->height() - 6});
    QTRY_COMPARE(shown.size(), 1);
    QCOMPARE(table_->sort()->column, std::string("id"));
  }

  void hidesAndShowsColumnsAndKeepsWidthsForEachTable() {
    show("sales");
    table_->selectColumn("city");
    trigger("hideColumn");
    QVERIFY(view()->isColumnHidden(1));
    QCOMPARE(table_->currentColumn(), QString("price"));
    QCOMPARE(table_->hiddenColumns(), QStringList{"city"});
    QVERIFY(find<QLabel>("dataTableRows")->text().contains("1 columns hidden"));
    view()->horizontalHeader()->resizeSection(5, 222);
    table_->freezeUpTo("price");
    // What is hidden is not copied.
    view()->selectionModel()->select({view()->model()->index(1, 0), view()->model()->index(1, 2)},
                                     QItemSelectionModel::ClearAndSelect);
    table_->copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("1\t-12.25\n"));
    show("wide");
    QVERIFY(table_->hiddenColumns().isEmpty());
    show("sales");
    QVERIFY(view()->isColumnHidden(1));
    QCOMPARE(view()->columnWidth(5), 222);
    QCOMPARE(view()->frozenColumns(), 3);
    // And between starts.
    const QVariantMap kept = table_->saveState();
    cleanup();
    init();
    table_->restoreState(kept);
    show("sales");
    QCOMPARE(table_->hiddenColumns(), QStringList{"city"});
    QCOMPARE(view()->columnWidth(5), 222);
    table_->selectColumn("city");
    QVERIFY(!view()->isColumnHidden(1));
    QVERIFY(view()->columnWidth(1) > 20);
    auto* menu = find<QMenu>("columnMenu");
    Q_EMIT menu->aboutToShow();
    QVERIFY(menu->actions().contains(find<QAction>("columnStatistics")));
    QSignalSpy statistics(table_.get(), &DataTable::statisticsWanted);
    trigger("columnStatistics");
    QCOMPARE(statistics.front().front().toString(), QString("city"));
    trigger("copyColumnName");
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("city"));
  }

  void exportsWhatIsShown() {
    show("sales");
    filter({{{"city", data::CellTest::Contains, {"cape"}}, {"id", data::CellTest::AtMost, {"20"}}}, {}});
    QSignalSpy shown(table_.get(), &DataTable::shown);
    table_->sortBy(data::SortOrder{"id", data::Direction::Descending});
    QTRY_COMPARE(shown.size(), 1);
    for (const char* column : {"city", "price", "day", "web"}) table_->hideColumn(column);
    const QString file = test::csvFile("out.csv", "");
    QSignalSpy exported(table_.get(), &DataTable::exported);
    widgets::answerNext(file);
    trigger("exportRows");
    QTRY_COMPARE(exported.size(), 1);
    QCOMPARE(exported.front()[1].toLongLong(), 5);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(),
             QByteArray("id,note\n19,order 19\n15,order 15\n11,order 11\n7,order 7\n3,order 3\n"));
  }

  void oneColumnStays() {
    show("wide");
    for (const char* column : {"id", "a", "b", "c", "d", "e", "f", "g", "h"}) table_->hideColumn(column);
    QCOMPARE(table_->hiddenColumns().size(), 8);
    QCOMPARE(table_->currentColumn(), QString("h"));
  }

  void coloursByValue() {
    show("sales");
    const auto* delegate = static_cast<DataDelegate*>(view()->itemDelegate());
    const auto* model = view()->model();
    QVERIFY(!delegate->background(model->index(51, 2)).isValid());
    table_->colourByValue("price", true);
    table_->colourByValue("city", true);
    QTRY_VERIFY(delegate->background(model->index(51, 2)).isValid());
    QTRY_VERIFY(delegate->background(model->index(51, 1)).isValid());
    const auto strength = [&](int row) { return delegate->background(model->index(row, 2)).alphaF(); };
    QVERIFY(strength(53) < strength(90));  // 0.75 and 10
    QVERIFY(strength(49) < strength(1));   // -0.25 and -12.25
    QVERIFY(delegate->background(model->index(1, 2)).rgb() !=
                delegate->background(model->index(90, 2)).rgb() ||
            strength(90) > 0);
    QVERIFY(delegate->background(model->index(0, 2)).isValid());  // missing
    QVERIFY(delegate->background(model->index(4, 1)) == delegate->background(model->index(8, 1)));
    QVERIFY(delegate->background(model->index(4, 1)) != delegate->background(model->index(5, 1)));
    test::shoot(*table_, "data_table_colours", {900, 460});
    table_->colourByValue("price", false);
    QVERIFY(!delegate->background(model->index(51, 2)).isValid());
  }

  void keepsTheLooksOfAHundredTables() {
    TableLooks looks;
    for (int i = 0; i < 120; ++i) looks.keep(QString::number(i), {.frozen = i + 2});
    TableLooks again;
    again.restore(looks.save());
    QCOMPARE(again.of("119").frozen, 121);
    QCOMPARE(again.of("3").frozen, 1);
    again.restore({{"order", QStringList{"x"}}, {"looks", QVariantMap{{"x", "rubbish"}}}});
    QCOMPARE(again.of("x"), TableLook());
  }
};

}  // namespace lodestone::tables

LODESTONE_UI_TEST(lodestone::tables::DataTableFilterTest)
#include "data_table_filter_test.moc"
