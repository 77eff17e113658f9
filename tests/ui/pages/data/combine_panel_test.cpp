// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/combine_panel.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>

#include "core/data/import.h"
#include "tests/ui/support/ui_test.h"
#include "ui/forms/parameter_form.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr QSize kPanelSize(1280 - 56 - 320 - 220, 720 - 72 - 28 - 30);

}  // namespace

class CombinePanelTest : public QObject {
  Q_OBJECT

  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<CombinePanel> panel_;

  template <class T>
  T* find(const char* name) const {
    T* found = panel_->findChild<T*>(name);
    if (found == nullptr) qFatal("no %s", name);
    return found;
  }
  data::Database& database() const {
    auto tables = studio_->project()->tables();
    if (!tables) qFatal("no tables");
    return **tables;
  }
  std::int64_t rowsOf(const std::string& table) const {
    const auto found = database().table({table});
    return found ? found->rows : -1;
  }
  void import(const char* table, const QByteArray& csv) const {
    JobContext job;
    const QString file = test::csvFile(QString(table) + ".csv", csv);
    QVERIFY(data::importFile(database(), words::toUtf8(file), table, {}, job));
  }
  void choose(const char* operation) const {
    for (std::size_t i = 0; i < data::tableOperations().size(); ++i)
      if (data::tableOperations()[i].id == operation)
        find<QListWidget>("operations")->setCurrentRow(static_cast<int>(i));
  }
  void set(const std::map<std::string, std::string>& values) const {
    auto* form = find<forms::ParameterForm>("operationForm");
    form->setValues(values);
    Q_EMIT form->changed(words::toQt(values.begin()->first), words::toQt(values.begin()->second));
  }

 private Q_SLOTS:
  void init() {
    studio_ = test::makeStudio();
    QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
    import("orders",
           "order_id,customer_id,ts,total\n1,a,2026-01-01,10\n2,a,2026-01-05,5.5\n3,b,2026-01-03,7\n4,x,2026-"
           "01-02,"
           "1\n");
    import("customers", "customer_id,city\na,Berlin\na,Bonn\nb,上海\nc,Rome\n");
    panel_ = std::make_unique<CombinePanel>(*studio_);
    panel_->setTables({"customers", "orders"});
    const auto info = database().table({"orders"});
    QVERIFY(info);
    panel_->setTable(*info);
    panel_->resize(kPanelSize);
    panel_->show();
  }
  void cleanup() {
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
    panel_.reset();
    studio_.reset();
  }

  void offersEveryOperationAndSaysWhatIsMissing() {
    QCOMPARE(find<QListWidget>("operations")->count(), static_cast<int>(data::tableOperations().size()));
    auto* make = find<QPushButton>("makeStart");
    QVERIFY(!make->isEnabled());
    QVERIFY2(make->toolTip().contains("right"), qPrintable(make->toolTip()));
  }

  void tellsWhatMatchesBeforeItJoins() {
    choose("join");
    set({{"right", "customers"}, {"keys", "customer_id=customer_id"}});
    QTRY_VERIFY(find<QLabel>("operationReport")->text().contains("3"));
    // Customer a is there twice: each order of hers would be too, and that is said.
    QTRY_VERIFY(panel_->findChild<widgets::Notice*>("operationWarning") != nullptr);
    test::shoot(*panel_, "combine_join", kPanelSize);
    QSignalSpy made(panel_.get(), &CombinePanel::made);
    QCOMPARE(find<QLineEdit>("makeName")->text(), QString("orders_joined"));
    QTest::mouseClick(find<QPushButton>("makeStart"), Qt::LeftButton);
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(rowsOf("orders_joined"), 6);
    QCOMPARE(rowsOf("orders"), 4);
  }

  void refusesAWrongColumnWhereItWasTyped() {
    choose("join");
    set({{"right", "customers"}, {"keys", "nobody=customer_id"}});
    QTRY_VERIFY(find<widgets::Notice>("combineNotice")->isVisible());
    QVERIFY(find<widgets::Notice>("combineNotice")->text().contains("nobody"));
    set({{"right", "customers"}, {"keys", "customer_id=customer_id"}});
    QTRY_VERIFY(!find<widgets::Notice>("combineNotice")->isVisible());
  }

  void findsTheColumnsOfCustomersByTheirRoles() {
    panel_->setRoles({{"user", "customer_id"}, {"time", "ts"}, {"amount", "total"}});
    choose("rfm");
    QVERIFY(find<QPushButton>("makeStart")->isEnabled());
    QSignalSpy made(panel_.get(), &CombinePanel::made);
    QTest::mouseClick(find<QPushButton>("makeStart"), Qt::LeftButton);
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(rowsOf("orders_rfm"), 3);
    test::shoot(*panel_, "combine_rfm", kPanelSize);
  }

  void speaksTheLanguageInUse() {
    const QString english = find<QListWidget>("operations")->item(0)->text();
    words::setLanguage(words::language() == Language::Chinese ? Language::English : Language::Chinese);
    QVERIFY(find<QListWidget>("operations")->item(0)->text() != english);
  }
};

}  // namespace lodestone::pages

LODESTONE_UI_TEST(lodestone::pages::CombinePanelTest)
#include "combine_panel_test.moc"
