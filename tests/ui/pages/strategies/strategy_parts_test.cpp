// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

#include "core/campaign/catalogue.h"
#include "core/campaign/rule.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/strategies/catalogue_editor.h"
#include "ui/pages/strategies/catalogue_model.h"
#include "ui/pages/strategies/name_prompt.h"
#include "ui/pages/strategies/strategy_form.h"
#include "ui/pages/strategies/strategy_order.h"
#include "ui/pages/strategies/strategy_words.h"
#include "ui/words/words.h"

using namespace lodestone;         // NOLINT(google-build-using-namespace): one file, one program
using namespace lodestone::pages;  // NOLINT(google-build-using-namespace): one file, one program

namespace {

Json estimate(double value, double low, double high) {
  return {{"value", value}, {"low", low}, {"high", high}};
}

project::StrategyVersion strategy(const std::string& id, const Json& extra, double cost) {
  project::StrategyVersion version;
  version.id = id;
  version.content = {
      {"title", {{"en", "Some"}, {"zh_CN", "某"}}},
      {"currency", "EUR"},
      {"cost", cost},
      {"cost_parts", {{"discounts", 50.0}}},
      {"audience", {{"size", 10}, {"conditions", campaign::toJson(*campaign::parseRule("score >= 0.25"))}}},
      {"offer", {{"id", "gone"}, {"discount", 0.1}, {"cost", 2.5}}},
      {"channel", "email"},
      {"timing", {{"start", "2026-03-01"}, {"end", "2026-03-14"}}},
      {"budget", 99.5},
      {"predicted", {{"incremental_conversions", extra}, {"roi", estimate(0.5, -0.5, 1.5)}}},
      {"checks", {{{"name", "effect"}, {"status", "PASS"}}, {{"name", "budget"}, {"status", "FAIL"}}}}};
  return version;
}

const Json kNone = {{"value", nullptr}, {"reason", {{"en", "nobody tried"}, {"zh_CN", "没有人试过"}}}};

}  // namespace

class StrategyPartsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void axesCoverAllIntervalsAndZero();
  void profitIsTheReturnOnAllThatIsSpent();
  void noEvidenceSaysWhyInEachLanguage();
  void whatHasNoEvidenceComesLast();
  void catalogueSaysWhatDoesNotRead();
  void catalogueComesBackAsItWasTyped();
  void catalogueKeepsEditsOverARefresh();
  void formShowsAnOfferThatTheCatalogueLacks();
  void formSendsBothDaysTogether();
  void formSendsAValueOnce();
  void whoHasNoNameIsAskedInPlace();
};

void StrategyPartsTest::axesCoverAllIntervalsAndZero() {
  const SharedAxes axes = sharedAxes({strategy("S-1", estimate(10, 5, 20), 1),
                                      strategy("S-2", estimate(8, 2, 60), 1), strategy("S-3", kNone, 1)});
  QCOMPARE(axes[0].first, 0.0);
  QCOMPARE(axes[0].second, 60.0);
  QCOMPARE(axes[2].first, -0.5);
  QVERIFY2(axes[1].first < axes[1].second, "an axis without figures still has a length");
}

void StrategyPartsTest::profitIsTheReturnOnAllThatIsSpent() {
  QCOMPARE(*predictedProfit(strategy("S-1", kNone, 150).content), 100.0);
  Json content = strategy("S-1", kNone, 150).content;
  content["predicted"]["roi"] = kNone;
  QVERIFY(!predictedProfit(content).has_value());
}

void StrategyPartsTest::noEvidenceSaysWhyInEachLanguage() {
  const Estimate none = estimateOf(strategy("S-1", kNone, 1).content, Metric::IncrementalConversions);
  QVERIFY(!none.value.has_value());
  words::setLanguage(Language::Chinese);
  QVERIFY(StrategyWords::noEvidence(none).contains("没有人试过"));
  words::setLanguage(Language::English);
  QVERIFY(StrategyWords::noEvidence(none).contains("nobody tried"));
}

void StrategyPartsTest::whatHasNoEvidenceComesLast() {
  std::vector<project::StrategyVersion> all{strategy("S-1", kNone, 5),
                                            strategy("S-2", estimate(-3, -5, 1), 7),
                                            strategy("S-3", estimate(9, 1, 12), 6)};
  const auto ids = [&] {
    QStringList out;
    for (const auto& each : all) out.append(words::toQt(each.id));
    return out;
  };
  orderBy(all, StrategyOrder::ExtraConversions);
  QCOMPARE(ids(), (QStringList{"S-3", "S-2", "S-1"}));
  orderBy(all, StrategyOrder::Cost);
  QCOMPARE(ids(), (QStringList{"S-2", "S-3", "S-1"}));
  orderBy(all, StrategyOrder::Number);
  QCOMPARE(ids(), (QStringList{"S-1", "S-2", "S-3"}));
}

void StrategyPartsTest::catalogueSaysWhatDoesNotRead() {
  CatalogueModel offers(CatalogueModel::Kind::Offers);
  QAbstractItemModelTester tester(&offers, QAbstractItemModelTester::FailureReportingMode::QtTest);
  offers.setCatalogue(campaign::defaultCatalogue());
  QCOMPARE(offers.firstProblem(), QString());
  QVERIFY(offers.setData(offers.index(0, CatalogueModel::Third), "140", Qt::EditRole));
  QVERIFY(offers.firstProblem().contains("140"));
  QVERIFY(!offers.index(0, CatalogueModel::Third).data(Qt::ToolTipRole).toString().isEmpty());
  QVERIFY(offers.setData(offers.index(0, CatalogueModel::Third), "15", Qt::EditRole));
  QCOMPARE(offers.firstProblem(), QString());
  QVERIFY(offers.setData(offers.index(0, CatalogueModel::Id), "free_gift", Qt::EditRole));
  QVERIFY2(offers.firstProblem().contains("free_gift"), "an id may be there once");
  while (offers.rowCount() > 0) offers.removeRow(0);
  QVERIFY(!offers.firstProblem().isEmpty());
  CatalogueModel channels(CatalogueModel::Kind::Channels);
  QAbstractItemModelTester channels_tester(&channels, QAbstractItemModelTester::FailureReportingMode::QtTest);
  channels.setCatalogue(campaign::defaultCatalogue());
  QVERIFY(channels.setData(channels.index(0, CatalogueModel::Fourth), "1.5", Qt::EditRole));
  QVERIFY(!channels.firstProblem().isEmpty());
}

void StrategyPartsTest::catalogueComesBackAsItWasTyped() {
  CatalogueEditor editor;
  editor.setSaved(campaign::defaultCatalogue());
  QVERIFY(!editor.changed());
  auto* channels = editor.findChild<QTableView*>("channelsTable")->model();
  QVERIFY(channels->setData(channels->index(1, CatalogueModel::Fourth), "500"));
  editor.findChild<QPushButton*>("addOffer")->click();
  QVERIFY2(!editor.problem().isEmpty(), "a new offer has no id yet");
  QVERIFY(!editor.findChild<QPushButton*>("saveCatalogue")->isEnabled());
  auto* offers = editor.findChild<QTableView*>("offersTable")->model();
  QVERIFY(offers->setData(offers->index(offers->rowCount() - 1, CatalogueModel::Id), "voucher"));
  QVERIFY(offers->setData(offers->index(offers->rowCount() - 1, CatalogueModel::Third), "12.5"));
  QCOMPARE(editor.problem(), QString());
  QVERIFY(editor.changed());
  const campaign::Catalogue typed = editor.catalogue();
  QCOMPARE(*typed.channels.at(1).capacity, 500);
  QVERIFY(!typed.channels.at(0).capacity.has_value());
  QCOMPARE(typed.offers.back().id, std::string("voucher"));
  QCOMPARE(typed.offers.back().discount, 0.125);
  QCOMPARE(typed.margin, campaign::defaultCatalogue().margin);
}

void StrategyPartsTest::catalogueKeepsEditsOverARefresh() {
  CatalogueEditor editor;
  editor.setSaved(campaign::defaultCatalogue());
  auto* margin = editor.findChild<QLineEdit*>("catalogueMargin");
  margin->selectAll();
  QTest::keyClicks(margin, "55");
  editor.setSaved(campaign::defaultCatalogue());
  QCOMPARE(margin->text(), QString("55"));
  editor.findChild<QPushButton*>("revertCatalogue")->click();
  QCOMPARE(margin->text(), QString("40"));
  QVERIFY(!editor.changed());
}

void StrategyPartsTest::formShowsAnOfferThatTheCatalogueLacks() {
  StrategyForm form;
  form.setCatalogue(campaign::defaultCatalogue());
  form.setStrategy(strategy("S-1", kNone, 1));
  auto* offer = form.findChild<QComboBox*>("fieldOffer");
  QCOMPARE(offer->currentData().toString(), QString("gone"));
  QVERIFY(offer->currentText().contains("gone"));
  QCOMPARE(form.findChild<QLineEdit*>("fieldDiscount")->text(), QString("10"));
  QCOMPARE(form.findChild<QLineEdit*>("fieldMinScore")->text(), QString("0.25"));
}

void StrategyPartsTest::formSendsBothDaysTogether() {
  StrategyForm form;
  form.setStrategy(strategy("S-1", kNone, 1));
  form.show();
  QSignalSpy sent(&form, &StrategyForm::committed);
  auto* start = form.findChild<QDateEdit*>("fieldStart");
  auto* end = form.findChild<QDateEdit*>("fieldEnd");
  start->setDate(QDate(2026, 4, 1));
  QTest::keyClick(start, Qt::Key_Return);
  QCOMPARE(sent.count(), 1);
  QVERIFY(form.complain("timing", "the end comes first"));
  QVERIFY(form.findChild<QLabel*>("fieldEndComplaint")->isVisible());
  end->setDate(QDate(2026, 4, 9));
  QTest::keyClick(end, Qt::Key_Return);
  QCOMPARE(sent.count(), 2);
  const auto changes = sent.at(1).at(0).value<Changes>();
  QCOMPARE(changes.size(), std::size_t(2));
}

void StrategyPartsTest::formSendsAValueOnce() {
  StrategyForm form;
  form.setStrategy(strategy("S-1", kNone, 1));
  form.show();
  QSignalSpy sent(&form, &StrategyForm::committed);
  auto* discount = form.findChild<QLineEdit*>("fieldDiscount");
  discount->setFocus();
  discount->selectAll();
  QTest::keyClicks(discount, "25");
  QTest::keyClick(discount, Qt::Key_Return);
  QTest::keyClick(discount, Qt::Key_Return);
  QCOMPARE(sent.count(), 1);
  const auto changes = sent.at(0).at(0).value<Changes>();
  QCOMPARE(changes.front().first, std::string("offer.discount"));
  QCOMPARE(changes.front().second, std::string("0.25"));
}

void StrategyPartsTest::whoHasNoNameIsAskedInPlace() {
  NamePrompt prompt;
  QVERIFY(!prompt.isVisible());
  QStringList names;
  prompt.ask([&](const QString& name) { names.append(name); });
  QVERIFY(prompt.isVisible());
  auto* name = prompt.findChild<QLineEdit*>("namePromptName");
  QTest::keyClick(name, Qt::Key_Return);
  QVERIFY2(names.isEmpty() && prompt.isVisible(), "no name is no answer");
  QTest::keyClicks(name, " carla  m ");
  QTest::keyClick(name, Qt::Key_Return);
  QCOMPARE(names, QStringList{"carla m"});
  QVERIFY(!prompt.isVisible());
  prompt.ask([&](const QString& given) { names.append(given); });
  QTest::keyClick(&prompt, Qt::Key_Escape);
  QVERIFY(!prompt.isVisible());
  QCOMPARE(names.size(), 1);
}

LODESTONE_UI_TEST(StrategyPartsTest)
#include "strategy_parts_test.moc"
