// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/list_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSignalSpy>

#include "tests/ui/support/ui_test.h"
#include "ui/widgets/widgets.h"

namespace lodestone::tables {

class ListTableTest : public QObject {
  Q_OBJECT

  static std::vector<ListColumn> columns() {
    return {{"Name"}, {"Cost", ListColumn::Kind::Number}, {"State", ListColumn::Kind::State}};
  }
  static ListRow row(const QString& id, const QString& name, double cost) {
    return {
        id,
        {{name}, {QString::number(cost), cost}, {"ready", {}, {}, static_cast<int>(widgets::State::Ready)}}};
  }
  static std::vector<ListRow> rows() {
    return {row("a", "Run 10", 9), row("b", "Run 9", 100), row("c", "run 1", 20)};
  }
  static QStringList shown(const ListTable& table, int column) {
    QStringList texts;
    for (int i = 0; i < table.model()->rowCount(); ++i)
      texts.push_back(table.model()->index(i, column).data().toString());
    return texts;
  }

 private Q_SLOTS:
  void isAModel() {
    ListTable table;
    QAbstractItemModelTester tester(table.model());
    table.setColumns(columns());
    table.setRows(rows());
    table.sortByColumn(1, Qt::DescendingOrder);
    table.setRows({row("d", "x", 1)});
    table.setRows({});
    table.setColumns({{"One"}});
    QCOMPARE(table.model()->columnCount(), 1);
  }
  void sortsNumbersAsNumbersAndTextAsPeopleDo() {
    ListTable table;
    table.setColumns(columns());
    table.setRows(rows());
    QCOMPARE(shown(table, 0), (QStringList{"Run 10", "Run 9", "run 1"}));
    table.sortByColumn(1, Qt::AscendingOrder);
    QCOMPARE(shown(table, 1), (QStringList{"9", "20", "100"}));
    table.sortByColumn(0, Qt::AscendingOrder);
    QCOMPARE(shown(table, 0), (QStringList{"run 1", "Run 9", "Run 10"}));
    table.sortByColumn(-1, Qt::AscendingOrder);
    QCOMPARE(shown(table, 0), (QStringList{"Run 10", "Run 9", "run 1"}));
  }
  void keepsSelectionAndSortOverNewRows() {
    ListTable table;
    table.setColumns(columns());
    table.setRows(rows());
    table.sortByColumn(1, Qt::AscendingOrder);
    QSignalSpy changed(&table, &ListTable::currentIdChanged);
    table.selectId("b");
    QCOMPARE(changed.size(), 1);
    table.setRows({row("e", "new", 1), row("b", "Run 9", 50), row("a", "Run 10", 900)});
    QCOMPARE(table.currentId(), QString("b"));
    QCOMPARE(table.selectedIds(), QStringList{"b"});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(shown(table, 0), (QStringList{"new", "Run 9", "Run 10"}));
    table.setRows({row("a", "Run 10", 900)});
    QCOMPARE(table.currentId(), QString());
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.back().front().toString(), QString());
  }
  void titlesMayBeSaidAnew() {
    ListTable table;
    table.setColumns(columns());
    table.setRows(rows());
    table.selectId("c");
    table.setColumnWidth(0, 222);
    table.setColumns({{"名称"}, {"成本", ListColumn::Kind::Number}, {"状态", ListColumn::Kind::State}});
    QCOMPARE(table.model()->headerData(1, Qt::Horizontal).toString(), QString("成本"));
    QCOMPARE(table.columnWidth(0), 222);
    QCOMPARE(table.currentId(), QString("c"));
    QCOMPARE(table.model()->rowCount(), 3);
  }
  void enterAndDoubleClickOpen() {
    ListTable table;
    table.setColumns(columns());
    table.setRows(rows());
    table.resize(500, 300);
    table.show();
    QSignalSpy opened(&table, &ListTable::opened);
    table.selectId("b");
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.back().front().toString(), QString("b"));
    const QPoint third = table.visualRect(table.model()->index(2, 0)).center();
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, third);
    QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, third);
    QCOMPARE(opened.size(), 2);
    QCOMPARE(opened.back().front().toString(), QString("c"));
  }
  void copiesAsText() {
    ListTable table;
    table.setColumns(columns());
    table.setRows({{"a", {{"two\nlines"}, {"1"}, {"ok"}}}, {"b", {{"short row"}}}});
    table.selectAll();
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString("Name\tCost\tState\ntwo lines\t1\tok\nshort row\t\t\n"));
  }
  void looks() {
    ListTable table;
    table.setColumns(columns());
    std::vector<ListRow> many = rows();
    const auto all = {widgets::State::Running, widgets::State::Done,     widgets::State::Warning,
                      widgets::State::Failed,  widgets::State::InReview, widgets::State::Approved};
    for (const auto state : all)
      many.push_back({QString::number(static_cast<int>(state)),
                      {{"A long name of something that must be cut off somewhere"},
                       {"1,234.5", 1234.5},
                       {widgets::stateWord(state), {}, {}, static_cast<int>(state)}}});
    table.setRows(many);
    table.selectId("b");
    test::shoot(table, "list_table", {560, 320});
    QVERIFY(table.columnWidth(0) > 100);
  }
};

}  // namespace lodestone::tables

LODESTONE_UI_TEST(lodestone::tables::ListTableTest)
#include "list_table_test.moc"
