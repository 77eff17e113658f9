// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/sql_console.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include "tests/ui/support/ui_test.h"
#include "ui/pages/data/sql_editor.h"
#include "ui/pages/data/sql_words.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

class SqlConsoleTest : public QObject {
  Q_OBJECT

  std::shared_ptr<project::Project> project_;
  std::unique_ptr<jobs::Jobs> jobs_;
  std::unique_ptr<SqlConsole> console_;

  template <class T>
  T* find(const char* name) const {
    T* found = console_->findChild<T*>(name);
    if (found == nullptr) qFatal("no %s", name);
    return found;
  }
  SqlEditor* editor() const { return find<SqlEditor>("sqlEditor"); }
  QTableView* answer() const { return find<QTableView>("sqlAnswer"); }
  QString told() const { return find<QLabel>("sqlTold")->text(); }
  QString cell(int row, int column) const { return answer()->model()->index(row, column).data().toString(); }
  QString notice() const { return find<widgets::Notice>("sqlNotice")->text(); }
  void run(const QString& sql) const {
    editor()->setPlainText(sql);
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!find<QPushButton>("sqlStop")->isVisible());
  }

 private Q_SLOTS:
  void init() {
    auto opened = project::Project::open(test::emptyProject().toStdString());
    QVERIFY(opened);
    project_ = std::make_shared<project::Project>(std::move(*opened));
    JobContext job;
    QVERIFY(
        (*project_->tables())
            ->execute(
                "CREATE TABLE orders AS SELECT i AS id, ['Madrid', '上海'][1 + i % 2] AS city, i / 4.0 AS "
                "\"unit price\" FROM range(25000) r(i); CREATE TABLE \"Odd Name\" AS SELECT 1 AS \"select\"",
                job));
    jobs_ = std::make_unique<jobs::Jobs>();
    console_ = std::make_unique<SqlConsole>(*jobs_);
    console_->setProject(project_);
    console_->resize(900, 560);
    console_->show();
    QVERIFY(QTest::qWaitForWindowExposed(console_.get()));
    editor()->setPlainText("ord");
    editor()->moveCursor(QTextCursor::End);
    QTRY_VERIFY(editor()->offers().contains("orders"));
    editor()->clear();
    editor()->setFocus();
  }
  void cleanup() {
    console_.reset();
    jobs_.reset();
    project_.reset();
  }

  void answersBelow() {
    QVERIFY(!find<QPushButton>("sqlSaveTable")->isEnabled());
    run("SELECT city, count(*) AS n, sum(\"unit price\") FROM orders GROUP BY city ORDER BY city");
    QCOMPARE(answer()->model()->rowCount(), 2);
    QCOMPARE(cell(0, 0), QString("Madrid"));
    QCOMPARE(cell(0, 1), QString("12500"));
    QVERIFY2(told().startsWith("2 rows · "), qPrintable(told()));
    QVERIFY(find<QPushButton>("sqlSaveTable")->isEnabled());
    test::shoot(*console_, "sql_console", {900, 560});
  }

  void showsTheFirstOfVeryMany() {
    run("SELECT * FROM orders");
    QCOMPARE(answer()->model()->rowCount(), 10000);
    QVERIFY2(told().startsWith("The first 10,000 rows · "), qPrintable(told()));
  }

  void runsTheSelectionOrTheStatementWithTheCursor() {
    editor()->setPlainText("SELECT 1 AS one;\nSELECT ';' AS two -- ; not here\n;SELECT 3 AS three");
    QTextCursor cursor = editor()->textCursor();
    cursor.setPosition(25);
    editor()->setTextCursor(cursor);
    console_->run();
    QTRY_COMPARE(answer()->model()->headerData(0, Qt::Horizontal).toString(), QString("two"));
    cursor.setPosition(0);
    cursor.setPosition(8, QTextCursor::KeepAnchor);
    editor()->setTextCursor(cursor);
    console_->run();
    QTRY_COMPARE(answer()->model()->headerData(0, Qt::Horizontal).toString(), QString("1"));
  }

  void saysWhereTheMistakeIs() {
    run("SELECT id,\n  cty\nFROM orders");
    QVERIFY2(notice().startsWith("Line 2, column 3: "), qPrintable(notice()));
    QVERIFY(notice().contains("cty"));
    QCOMPARE(editor()->extraSelections().size(), 1);
    QCOMPARE(editor()->extraSelections().front().cursor.selectedText(), QString("cty"));
    test::shoot(*console_, "sql_mistake", {900, 560});
    QTest::keyClicks(editor(), "x");
    QCOMPARE(editor()->extraSelections().size(), 0);
  }

  void changesNothing() {
    for (const char* sql :
         {"DROP TABLE orders", "DELETE FROM orders", "SELECT * FROM read_csv('/etc/passwd')"}) {
      run(sql);
      QVERIFY2(!notice().isEmpty(), sql);
    }
    run("SELECT count(*) FROM orders");
    QCOMPARE(cell(0, 0), QString("25000"));
    QVERIFY(notice().isEmpty());
  }

  void stops() {
    editor()->setPlainText("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b");
    console_->run();
    QVERIFY(find<QPushButton>("sqlStop")->isVisible());
    QTest::mouseClick(find<QPushButton>("sqlStop"), Qt::LeftButton);
    QTRY_VERIFY(told().startsWith("Stopped after"));
    QVERIFY(notice().isEmpty());
  }

  void offersNamesWhileTyping() {
    QTest::keyClicks(editor(), "SELECT * FROM ord");
    auto* popup = editor()->findChild<QAbstractItemView*>("sqlOffers");
    if (popup == nullptr)
      for (QWidget* each : QApplication::topLevelWidgets())
        if (each->objectName() == "sqlOffers") popup = qobject_cast<QAbstractItemView*>(each);
    QVERIFY(popup != nullptr);
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(editor()->toPlainText(), QString("SELECT * FROM orders"));
    // Columns of the table before the point, and names that need quotes get them.
    editor()->setPlainText("SELECT o. FROM orders o");
    QTextCursor cursor = editor()->textCursor();
    cursor.setPosition(9);
    editor()->setTextCursor(cursor);
    QCOMPARE(editor()->offers(), (QStringList{"id", "city", "unit price"}));
    editor()->setPlainText("SELECT uni");
    editor()->moveCursor(QTextCursor::End);
    QTest::keyClick(editor(), Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(editor()->toPlainText(), QString("SELECT \"unit price\""));
    editor()->setPlainText("SELECT regexp_mat");
    editor()->moveCursor(QTextCursor::End);
    QVERIFY(editor()->offers().contains("regexp_matches"));
  }

  void remembersWhatWasRun() {
    run("SELECT 1");
    run("SELECT city FROM orders");
    editor()->setPlainText("a draft");
    QTest::keyClick(editor(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(editor()->toPlainText(), QString("SELECT city FROM orders"));
    QTest::keyClick(editor(), Qt::Key_Up, Qt::ControlModifier);
    QTest::keyClick(editor(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(editor()->toPlainText(), QString("SELECT 1"));
    QTest::keyClick(editor(), Qt::Key_Down, Qt::ControlModifier);
    QTest::keyClick(editor(), Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(editor()->toPlainText(), QString("a draft"));
    QTest::keyClick(editor(), Qt::Key_H, Qt::ControlModifier);
    auto* list = find<QListWidget>("sqlHistory");
    QCOMPARE(list->count(), 2);
    find<QLineEdit>("sqlHistorySearch")->setText("orders CITY");
    QCOMPARE(list->count(), 1);
    QTest::keyClick(find<QLineEdit>("sqlHistorySearch"), Qt::Key_Return);
    QCOMPARE(editor()->toPlainText(), QString("SELECT city FROM orders"));
    const QVariantMap kept = console_->saveState();
    SqlConsole again(*jobs_);
    again.restoreState(kept);
    again.setProject(project_);
    QCOMPARE(again.findChild<QListWidget*>("sqlHistory")->count(), 2);
    again.setProject(nullptr);
    QCOMPARE(again.findChild<QListWidget*>("sqlHistory")->count(), 0);
  }

  void makesATableOfTheAnswer() {
    run("SELECT city, count(*) AS n FROM orders GROUP BY city");
    QSignalSpy made(console_.get(), &SqlConsole::tableMade);
    widgets::answerNext("by city");
    QTest::mouseClick(find<QPushButton>("sqlSaveTable"), Qt::LeftButton);
    QTRY_COMPARE(made.size(), 1);
    QCOMPARE(made.front().front().toString(), QString("by city"));
    JobContext job;
    QCOMPARE((*project_->tables())->table({"by city"})->rows, 2);
    // The name is taken: it asks.
    widgets::answerNext("by city");
    QTest::mouseClick(find<QPushButton>("sqlSaveTable"), Qt::LeftButton);
    widgets::answerNext("yes");
    QTRY_COMPARE(made.size(), 2);
  }

  void exportsAllRows() {
    run("SELECT * FROM orders");
    const QString file = test::csvFile("out.csv", "");
    widgets::answerNext(file);
    QTest::mouseClick(find<QPushButton>("sqlExport"), Qt::LeftButton);
    QTRY_VERIFY(notice().startsWith("25,000 rows written"));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll().count('\n'), 25001);
  }

  void readsSqlAsText() {
    SqlInside inside = SqlInside::Nothing;
    const auto tokens = sqlTokens("SELECT \"a\"\"b\", 'it''s' -- remark", inside);
    QCOMPARE(tokens.size(), std::size_t{5});
    QCOMPARE(static_cast<int>(tokens[0].kind), static_cast<int>(SqlToken::Kind::Keyword));
    QCOMPARE(tokens[1].length, 6);
    QCOMPARE(static_cast<int>(tokens[3].kind), static_cast<int>(SqlToken::Kind::Text));
    QCOMPARE(static_cast<int>(tokens[4].kind), static_cast<int>(SqlToken::Kind::Remark));
    (void)sqlTokens("SELECT /* goes on", inside);
    QCOMPARE(static_cast<int>(inside), static_cast<int>(SqlInside::Remark));
    const auto next = sqlTokens("and ends */ x", inside);
    QCOMPARE(static_cast<int>(next[0].kind), static_cast<int>(SqlToken::Kind::Remark));
    QCOMPARE(static_cast<int>(inside), static_cast<int>(SqlInside::Nothing));
    QCOMPARE(sqlName("select"), QString("\"select\""));
    QCOMPARE(sqlName("unit \"price"), QString("\"unit \"\"price\""));
    QCOMPARE(sqlName("city"), QString("city"));
    QVERIFY(std::is_sorted(sqlKeywords().begin(), sqlKeywords().end()));
  }
};

}  // namespace lodestone::pages

LODESTONE_UI_TEST(lodestone::pages::SqlConsoleTest)
#include "sql_console_test.moc"
