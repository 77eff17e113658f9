// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryFile>
#include <QToolButton>
#include <QUndoStack>
#include <QUrl>
#include <QWheelEvent>

#include "tests/ui/support/ui_test.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr QSize kPageSize(1280 - 56 - 320, 720 - 72 - 28);

/// As a telephone company's export looks: 400 customers, three of them with a fee that is no number.
QByteArray telco() {
  QByteArray text = "customerID,gender,tenure,Contract,MonthlyCharges,Joined,Churn\n";
  for (int i = 0; i < 400; ++i) {
    const QByteArray fee =
        i == 40 || i == 41 || i == 200 ? "free" : QByteArray::number(18 + i % 90 * 1.05, 'f', 2);
    text += QString("%1-C,%2,%3,%4,%5,2024-%6-11,%7\n")
                .arg(7000 + i)
                .arg(i % 2 == 0 ? "Female" : "Male")
                .arg(i % 72)
                .arg(i % 3 == 0   ? "Two year"
                     : i % 3 == 1 ? "One year"
                                  : "Month-to-month")
                .arg(QString::fromLatin1(fee))
                .arg(1 + i % 12, 2, 10, QChar('0'))
                .arg(i % 4 == 0 ? "Yes" : "No")
                .toUtf8();
  }
  return text;
}

}  // namespace

class DataPageTest : public QObject {
  Q_OBJECT

  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<DataPage> page_;
  QWidget* inspector_ = nullptr;

  template <class T>
  T* find(const char* name) const {
    T* found = page_->findChild<T*>(name);
    if (found == nullptr) found = inspector_->findChild<T*>(name);
    if (found == nullptr) qFatal("no %s", name);
    return found;
  }
  QTableView* rows() const { return find<QTableView>("dataTableView"); }
  QString cell(const char* table, int row, int column) const {
    return find<QTableView>(table)->model()->index(row, column).data().toString();
  }
  QListView* list() const { return find<QListView>("tableList"); }
  QStringList tables() const {
    QStringList names;
    for (int i = 0; i < list()->model()->rowCount(); ++i)
      names.push_back(list()->model()->index(i, 0).data().toString());
    return names;
  }
  widgets::Notice* notice() const { return find<widgets::Notice>("dataNotice"); }
  void importByPanel(const QString& file) const {
    widgets::answerNext(file);
    find<QAction>("importFile")->trigger();
    QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
    QTest::mouseClick(find<QPushButton>("importStart"), Qt::LeftButton);
  }
  void importAndWait(const QString& file) const {
    importByPanel(file);
    QTRY_VERIFY(!find<QWidget>("importPanel")->isVisible());
    QTRY_COMPARE(list()->currentIndex().data().toString(), QFileInfo(file).completeBaseName());
    QTRY_VERIFY(rows()->model()->rowCount() > 0);
  }
  void drop(const QStringList& files) const {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& file : files) urls.push_back(QUrl::fromLocalFile(file));
    data.setUrls(urls);
    QDragEnterEvent enter({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(page_.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent dropped({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(page_.get(), &dropped);
    QVERIFY(dropped.isAccepted());
  }

 private Q_SLOTS:
  void init() {
    studio_ = test::makeStudio();
    QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
    page_ = std::make_unique<DataPage>(*studio_);
    inspector_ = page_->inspector();
    page_->resize(kPageSize);
    page_->show();
  }
  /// The page with its inspector beside it, as the shell shows them.
  void shootWithInspector(const QString& name, const QSize& size) const {
    QWidget host;
    auto* layout = new QHBoxLayout(&host);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(page_.get(), 1);
    QWidget* inspector = inspector_;
    inspector->setFixedWidth(320);
    layout->addWidget(inspector);
    test::shoot(host, name, size);
    page_->setParent(nullptr);
    inspector->setParent(nullptr);
    page_->show();
  }
  void cleanup() {
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
    page_.reset();
    studio_.reset();
  }

  void anEmptyProjectOffersTheImport() {
    QTRY_VERIFY(find<QWidget>("noTables")->isVisible());
    QVERIFY(!find<QAction>("deleteTable")->isEnabled());
    test::shoot(*page_, "data_empty", kPageSize);
    widgets::answerNext("");
    QTest::mouseClick(find<QPushButton>("firstImport"), Qt::LeftButton);
    QVERIFY(!find<QWidget>("importPanel")->isVisible());
    widgets::answerNext(test::csvFile("a.csv", "x,y\n1,2\n"));
    QTest::mouseClick(find<QPushButton>("firstImport"), Qt::LeftButton);
    QTRY_VERIFY(find<QWidget>("importPanel")->isVisible());
    QTest::keyClick(find<QLineEdit>("importName"), Qt::Key_Escape);
    QTRY_VERIFY(find<QWidget>("noTables")->isVisible());
  }

  void importsWhatIsNotUtf8() {
    const QByteArray text = QByteArray::fromHex("bfcdbba72cbdf0b6ee0ad5c52c330ac0ee2c340a");  // 客户,金额 ...
    widgets::answerNext(test::csvFile("gbk.csv", text));
    find<QAction>("importFile")->trigger();
    auto* encoding = find<QComboBox>("importEncoding");
    QTRY_VERIFY(encoding->itemText(0).contains("GB18030"));
    QCOMPARE(cell("importSample", 0, 0), QString::fromUtf8("张"));
    QVERIFY(page_->inspector() == nullptr);  // there is no column to tell about
    // Read otherwise, it looks otherwise; and back.
    encoding->setCurrentIndex(encoding->findData("latin-1"));
    Q_EMIT encoding->activated(encoding->currentIndex());
    QTRY_VERIFY(cell("importSample", 0, 0) != QString::fromUtf8("张"));
    encoding->setCurrentIndex(0);
    Q_EMIT encoding->activated(0);
    QTRY_COMPARE(cell("importSample", 0, 0), QString::fromUtf8("张"));
    QTest::mouseClick(find<QPushButton>("importStart"), Qt::LeftButton);
    QTRY_COMPARE(tables(), QStringList{"gbk"});
    QTRY_VERIFY(page_->inspector() == inspector_);
    // What was said is said in the language that is now.
    QTRY_VERIFY(notice()->isVisible());
    const QString said = notice()->text();
    words::setLanguage(words::language() == Language::Chinese ? Language::English : Language::Chinese);
    QVERIFY(notice()->isVisible() && notice()->text() != said);
  }

  void importsAFileAndShowsWhatItRejected() {
    QAbstractItemModelTester list_tester(list()->model());
    QAbstractItemModelTester rows_tester(rows()->model());
    widgets::answerNext(test::csvFile("telco.csv", telco()));
    find<QAction>("importFile")->trigger();
    QTRY_COMPARE(find<QTableView>("importSample")->model()->rowCount(), 20);
    QCOMPARE(find<QLineEdit>("importName")->text(), QString("telco"));
    QVERIFY(find<QComboBox>("importEncoding")->currentText().contains("UTF-8"));
    QCOMPARE(cell("importSample", 1, 1), QString("Male"));
    test::shoot(*page_, "data_import", kPageSize);
    QTest::mouseClick(find<QPushButton>("importStart"), Qt::LeftButton);
    QTRY_COMPARE(tables(), QStringList{"telco"});
    QTRY_COMPARE(rows()->model()->rowCount(), 397);
    QVERIFY2(notice()->text().contains("397") && notice()->text().contains("3"),
             qPrintable(notice()->text()));
    auto* tabs = find<QTabWidget>("tablePane");
    QTRY_VERIFY(tabs->tabText(2).contains("(3)"));
    QCOMPARE(cell("rejectedRows", 0, 0), QString("42"));
    QCOMPARE(cell("rejectedRows", 0, 1), QString("MonthlyCharges"));
    QVERIFY(cell("rejectedRows", 0, 3).contains("free"));
    QTest::mouseClick(notice()->findChild<QPushButton*>(), Qt::LeftButton);
    QCOMPARE(tabs->currentIndex(), 2);
    test::shoot(*page_, "data_rejects", kPageSize);
    QTRY_COMPARE(find<QTableView>("profileColumns")->model()->rowCount(), 7);
    QCOMPARE(cell("profileColumns", 2, 3), QString("72"));
    tabs->setCurrentIndex(1);
    test::shoot(*page_, "data_profile", kPageSize);
  }

  void anotherDelimiterReadsTheSampleAnew() {
    widgets::answerNext(test::csvFile("odd.csv", "a;b|c\n1;2|3\n4;5|6\n"));
    find<QAction>("importFile")->trigger();
    auto* sample = find<QTableView>("importSample");
    QTRY_VERIFY(sample->model()->rowCount() == 2);
    auto* delimiter = find<QComboBox>("importDelimiter");
    delimiter->setCurrentIndex(delimiter->findData("|"));
    Q_EMIT delimiter->activated(delimiter->currentIndex());
    QTRY_COMPARE(sample->model()->headerData(0, Qt::Horizontal).toString(), QString("a;b"));
    auto* header = find<QComboBox>("importHeader");
    header->setCurrentIndex(header->findData("no"));
    Q_EMIT header->activated(header->currentIndex());
    QTRY_COMPARE(sample->model()->rowCount(), 3);
    QCOMPARE(delimiter->currentData().toString(), QString("|"));
  }

  void aNameThatIsTakenIsReplacedOnlyWhenToldSo() {
    const QString file = test::csvFile("shop.csv", "a,b\n1,2\n3,4\n");
    importAndWait(file);
    widgets::answerNext(test::csvFile("shop.csv", "a,b\n5,6\n"));
    find<QAction>("importFile")->trigger();
    auto* start = find<QPushButton>("importStart");
    QTRY_VERIFY(find<QLabel>("importNameNote")->isVisible());
    QTRY_VERIFY(find<QTableView>("importSample")->model()->rowCount() == 1);
    QVERIFY(!start->isEnabled());
    QVERIFY(find<QCheckBox>("importReplace")->isVisible());
    auto* name = find<QLineEdit>("importName");
    name->clear();
    QTest::keyClicks(name, "other");
    QVERIFY(start->isEnabled());
    name->selectAll();
    QTest::keyClicks(name, "SHOP");
    QVERIFY(!start->isEnabled());
    find<QCheckBox>("importReplace")->click();
    QVERIFY(start->isEnabled());
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(rows()->model()->rowCount(), 1);
    QTRY_COMPARE(cell("dataTableView", 0, 0), QString("5"));
    QCOMPARE(tables().size(), 1);
  }

  void whatCannotBeReadIsSaidInThePanel() {
    auto* import_notice = find<widgets::Notice>("importNotice");
    for (const QByteArray& bytes : {QByteArray(), QByteArray("PK\x03\x04\x00\x00\x00\x08\x00\x01\x02", 11)}) {
      widgets::answerNext(test::csvFile("bad.csv", bytes));
      find<QAction>("importFile")->trigger();
      QTRY_VERIFY(import_notice->isVisible());
      QVERIFY(!import_notice->text().isEmpty());
      QTRY_VERIFY(!find<QPushButton>("importStart")->isEnabled());
    }
    widgets::answerNext("/nowhere/at/all.csv");
    find<QAction>("importFile")->trigger();
    QTRY_VERIFY(import_notice->text().contains("all.csv"));
    widgets::answerNext(test::csvFile("good.csv", "a\n1\n"));
    find<QAction>("importFile")->trigger();
    QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
    QVERIFY(!import_notice->isVisible());
  }

  void severalFilesBecomeATableEach() {
    drop({test::csvFile("one.csv", "a\n1\n"), test::csvFile("two.csv", "b\n2\n3\n"),
          test::csvFile("one.csv", "c\n4\n")});
    QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
    QCOMPARE(find<QTableView>("importFiles")->model()->rowCount(), 3);
    QCOMPARE(cell("importFiles", 2, 1), QString("one_2"));
    test::shoot(*page_, "data_import_several", kPageSize);
    QTest::mouseClick(find<QPushButton>("importStart"), Qt::LeftButton);
    QTRY_COMPARE(tables(), (QStringList{"one", "one_2", "two"}));
  }

  void severalFilesBecomeOneTable() {
    drop({test::csvFile("january.csv", "id,total\n1,2.5\n"),
          test::csvFile("february.csv", "id,city\n2,上海\n3,Rome\n")});
    QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
    QVERIFY(!find<QComboBox>("importDelimiter")->isVisible());  // each file has a dialect of its own
    find<QCheckBox>("importTogether")->setChecked(true);
    QVERIFY(find<QComboBox>("importDelimiter")->isVisible());
    QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
    QTest::mouseClick(find<QPushButton>("importStart"), Qt::LeftButton);
    QTRY_COMPARE(tables(), QStringList{"january"});
    QTRY_COMPARE(rows()->model()->rowCount(), 3);
    QCOMPARE(rows()->model()->columnCount(), 3);
  }

  void aDatabaseThatCannotBeReachedIsSaid() {
    widgets::answerNext("postgres://nobody:secret@127.0.0.1:1/shop?table=orders");
    find<QAction>("importDatabase")->trigger();
    auto* import_notice = find<widgets::Notice>("importNotice");
    QTRY_VERIFY_WITH_TIMEOUT(import_notice->isVisible(), 30000);
    QVERIFY(!import_notice->text().contains("secret"));
    QVERIFY(find<QLineEdit>("importQuery")->isVisible());
    QVERIFY(!find<QLabel>("importTitle")->text().contains("secret"));
  }

  void rolesAreSetAndUndone() {
    importAndWait(test::csvFile("telco.csv", telco()));
    auto* role = find<QComboBox>("columnRole");
    QCOMPARE(find<QLabel>("columnName")->text(), QString("customerID"));
    const auto chooseRole = [&](const QString& name) {
      role->setCurrentIndex(role->findData(name));
      Q_EMIT role->activated(role->currentIndex());
    };
    const auto roles = [&] { return *studio_->project()->roles("telco"); };
    QSignalSpy tables_changed(studio_.get(), &studio::Studio::tablesChanged);
    chooseRole("user");
    QTRY_COMPARE(roles(), (project::Roles{{"user", "customerID"}}));
    QTRY_VERIFY(!tables_changed.isEmpty());
    chooseRole("item");
    QTRY_COMPARE(roles(), (project::Roles{{"item", "customerID"}}));
    rows()->setCurrentIndex(rows()->model()->index(0, 6));
    QCOMPARE(find<QLabel>("columnName")->text(), QString("Churn"));
    QCOMPARE(role->currentData().toString(), QString());
    chooseRole("item");
    QTRY_COMPARE(roles(), (project::Roles{{"item", "Churn"}}));
    page_->undoStack()->undo();
    QCOMPARE(role->currentData().toString(), QString());
    page_->undoStack()->undo();
    page_->undoStack()->undo();
    QTRY_COMPARE(roles(), project::Roles());
    page_->undoStack()->redo();
    QTRY_COMPARE(roles(), (project::Roles{{"user", "customerID"}}));
  }

  void scrollingPastTheRolesSetsNone() {
    importAndWait(test::csvFile("telco.csv", telco()));
    inspector_->show();
    auto* role = find<QComboBox>("columnRole");
    QWheelEvent wheel({5, 5}, role->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(role, &wheel);
    QCOMPARE(role->currentIndex(), 0);
    QCOMPARE(page_->undoStack()->count(), 0);
  }

  void theProfileLeadsToItsColumns() {
    importAndWait(test::csvFile("telco.csv", telco()));
    auto* columns = find<QTableView>("profileColumns");
    QTRY_COMPARE(columns->model()->rowCount(), 7);
    auto* tabs = find<QTabWidget>("tablePane");
    tabs->setCurrentIndex(1);
    columns->setFocus();
    columns->setCurrentIndex(columns->model()->index(4, 0));
    QTRY_COMPARE(find<QLabel>("columnName")->text(), QString("MonthlyCharges"));
    QTest::keyClick(columns, Qt::Key_Return);
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(rows()->currentIndex().column(), 4);
  }

  void theInspectorTellsWhatIsKnownOfAColumn() {
    importAndWait(test::csvFile("telco.csv", telco()));
    QTRY_VERIFY(find<QWidget>("columnTopValues")->isVisibleTo(inspector_));
    inspector_->resize(320, 900);
    rows()->setCurrentIndex(rows()->model()->index(2, 4));
    QTRY_VERIFY(find<QWidget>("columnHistogram")->isVisibleTo(inspector_));
    shootWithInspector("data_page", {1224, 620});
    QCOMPARE(find<QWidget>("columnTopValues")->accessibleName(), QString("Most frequent values"));
    rows()->setCurrentIndex(rows()->model()->index(2, 0));
    QVERIFY(!inspector_->findChildren<QLabel*>("finding").isEmpty());
    // Each row has another one: none is frequent.
    QCOMPARE(find<QWidget>("columnTopValues")->accessibleName(), QString("Some of the values"));
    QVERIFY(!find<QWidget>("columnTopValues")->accessibleDescription().contains('%'));
    shootWithInspector("data_findings", {1224, 620});
  }

  void deletesATableWhenSure() {
    importAndWait(test::csvFile("telco.csv", telco()));
    importAndWait(test::csvFile("shop.csv", "a,b\n1,2\n"));
    widgets::answerNext("");
    find<QAction>("deleteTable")->trigger();
    QVERIFY(widgets::lastQuestion().contains("shop"));
    QCOMPARE(tables().size(), 2);
    widgets::answerNext("yes");
    find<QAction>("deleteTable")->trigger();
    QTRY_COMPARE(tables(), QStringList{"telco"});
    QTRY_COMPARE(rows()->model()->rowCount(), 397);
    widgets::answerNext("yes");
    find<QAction>("deleteTable")->trigger();
    QTRY_VERIFY(find<QWidget>("noTables")->isVisible());
    QCOMPARE(find<QLabel>("columnName")->isVisibleTo(inspector_), false);
  }

  void opensAMillionRows() {
    JobContext job;
    QVERIFY((*studio_->project()->tables())
                ->execute("CREATE TABLE big AS SELECT i AS id, i % 7 AS day, 'c' || i AS name FROM "
                          "range(1000000) r(i); "
                          "CREATE TABLE a_small AS SELECT 1 AS x",
                          job));
    Q_EMIT studio_->tablesChanged();
    QTRY_COMPARE(tables().size(), 2);
    page_->opened("big");
    QTRY_COMPARE_WITH_TIMEOUT(rows()->model()->rowCount(), 1000000, 20000);
    rows()->scrollTo(rows()->model()->index(765432, 2));
    QTRY_COMPARE(cell("dataTableView", 765432, 2), QString("c765432"));
    QVERIFY(page_->line().contains("1,000,000"));
  }

  void remembersItsStateAndItsTable() {
    importAndWait(test::csvFile("a.csv", "x\n1\n"));
    importAndWait(test::csvFile("b.csv", "y\n1\n2\n"));
    find<QTabWidget>("tablePane")->setCurrentIndex(1);
    QTemporaryFile file;
    QVERIFY(file.open());
    QSettings settings(file.fileName(), QSettings::IniFormat);
    page_->saveState(settings);
    page_ = std::make_unique<DataPage>(*studio_);
    inspector_ = page_->inspector();
    page_->restoreState(settings);
    page_->show();
    QTRY_COMPARE(list()->currentIndex().data().toString(), QString("b"));
    QCOMPARE(find<QTabWidget>("tablePane")->currentIndex(), 1);
  }

  void speaksTheOtherLanguageAtOnce() {
    importAndWait(test::csvFile("telco.csv", telco()));
    QSignalSpy header(page_.get(), &studio::Page::headerChanged);
    words::setLanguage(Language::Chinese);
    QVERIFY(!header.isEmpty());
    QTRY_COMPARE(rows()->model()->rowCount(), 397);
    QCOMPARE(list()->model()->rowCount(), 1);
    words::setLanguage(Language::English);
    QCOMPARE(find<QTabWidget>("tablePane")->tabText(0), QString("Rows"));
  }

  void closesItsProjectWhileItWorks() {
    widgets::answerNext(test::csvFile("telco.csv", telco()));
    find<QAction>("importFile")->trigger();
    QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
    QTest::mouseClick(find<QPushButton>("importStart"), Qt::LeftButton);
    studio_->closeProject();
    QTRY_VERIFY(studio_->project() == nullptr);
    QVERIFY(!find<QAction>("importFile")->isEnabled());
    QCOMPARE(list()->model()->rowCount(), 0);
  }

  void theDemoLooksGood() {
    QVERIFY(test::openAndWait(*studio_, test::demoProject()));
    QTRY_VERIFY(tables().contains("customers"));
    page_->opened("customers");
    QTRY_VERIFY(rows()->model()->rowCount() > 100);
    QTRY_VERIFY(find<QTableView>("profileColumns")->model()->rowCount() > 3);
    QTRY_VERIFY_WITH_TIMEOUT(
        !list()->model()->index(0, 0).data(Qt::ToolTipRole).toString().contains("Not looked"), 20000);
    rows()->setCurrentIndex(rows()->model()->index(4, 2));
    shootWithInspector("data_demo", {1224, 620});
    shootWithInspector("data_demo_wide", {1920 - 184, 1080 - 100});
  }
};

}  // namespace lodestone::pages

LODESTONE_UI_TEST(lodestone::pages::DataPageTest)
#include "data_page_test.moc"
