// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategies_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QUndoStack>

#include "core/campaign/catalogue.h"
#include "core/campaign/generate.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/strategies/strategy_card.h"
#include "ui/tables/list_table.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

using namespace lodestone;  // NOLINT(google-build-using-namespace): one file, one program
using project::ReviewAction;
using project::StrategyState;
using project::StrategyVersion;

namespace {

/// The page with its inspector beside it, as the shell shows them.
class PageFrame : public QWidget {
 public:
  explicit PageFrame(studio::Studio& studio)
      : page(new pages::StrategiesPage(studio)), inspector(page->inspector()) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(page, 1);
    inspector->setFixedWidth(320);
    row->addWidget(inspector);
  }
  template <class Widget>
  Widget* find(const QString& name) const {
    auto* found = findChild<Widget*>(name);
    if (found == nullptr) qFatal("no widget called %s", qPrintable(name));
    return found;
  }
  pages::StrategyCard* card(const QString& id) const { return findChild<pages::StrategyCard*>("card-" + id); }
  QString onCard(const QString& id, const QString& label) const {
    return card(id) == nullptr ? QString() : card(id)->findChild<QLabel*>(label)->text();
  }
  QAction* action(const QString& name) const { return find<QAction>(name); }

  pages::StrategiesPage* page;
  QWidget* inspector;
};

/// A content of the demo as it would be with evidence: the demo's shop is too small to have any.
Json withEvidence(Json content, double scale) {
  const auto estimate = [](double value, double spread) {
    return Json{{"value", value}, {"low", value - spread}, {"high", value + spread}, {"method", nullptr}};
  };
  content["predicted"]["incremental_conversions"] = estimate(416.3 * scale, 380.5);
  content["predicted"]["revenue"] = estimate(111569.4 * scale, 24500.2);
  content["predicted"]["roi"] = estimate(3.4 * scale - 1, 1.3);
  content["cost"] = 4966.85 * scale;
  return content;
}

void type(QLineEdit* field, const QString& text) {
  field->setFocus();
  field->selectAll();
  QTest::keyClicks(field, text);
  QTest::keyClick(field, Qt::Key_Return);
}

}  // namespace

class StrategiesPageTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup();
  void cardsSayWhatTheRecordSays();
  void allCardsShareOneAxis();
  void profitIsToldOnlyWithEvidence();
  void tableShowsTheSame();
  void searchAndStateNarrowBothViews();
  void arrowsMoveBetweenCards();
  void editingMakesANewVersionAndUndoBringsTheContentBack();
  void anotherDiscountIsAnotherOffer();
  void valueThatDoesNotReadComplainsAtItsField();
  void endBeforeStartComplainsAtTheEnd();
  void inReviewIsLockedAndSaysWhy();
  void approvedAsksBeforeTheApprovalIsVoided();
  void undoOfWhatIsInReviewIsRefusedAndLeavesTheStack();
  void generatesWithinABudget();
  void catalogueThatDoesNotReadIsNotUsed();
  void comparesTwo();
  void speaksBothLanguages();
  void emptyProjectLeadsToThePipeline();
  void opensWhatItIsAskedFor();
  void remembersItsView();
  void pictures();

 private:
  void open(const QString& folder);
  std::vector<StrategyVersion> record() const;
  StrategyVersion newest(const std::string& id) const;

  std::unique_ptr<studio::Studio> studio_;
  std::unique_ptr<PageFrame> frame_;
};

void StrategiesPageTest::init() {
  studio_ = test::makeStudio();
  studio_->setUserName("anna");
  frame_ = std::make_unique<PageFrame>(*studio_);
  frame_->resize(1224, 620);
  frame_->show();
}

void StrategiesPageTest::cleanup() {
  studio_->jobs().stopAll();
  frame_.reset();
  studio_.reset();
  words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese : Language::English);
}

void StrategiesPageTest::open(const QString& folder) {
  QVERIFY(test::openAndWait(*studio_, folder));
  QTRY_VERIFY_WITH_TIMEOUT(frame_->card("S-0001") != nullptr, 10000);
  QTRY_VERIFY(frame_->card("S-0001")->isVisible());
}

std::vector<StrategyVersion> StrategiesPageTest::record() const {
  return studio_->project()->strategies().list().value();
}

StrategyVersion StrategiesPageTest::newest(const std::string& id) const {
  return studio_->project()->strategies().get(id).value();
}

void StrategiesPageTest::cardsSayWhatTheRecordSays() {
  open(test::demoProject());
  const auto strategies = record();
  QVERIFY(strategies.size() >= 2);
  QCOMPARE(frame_->findChildren<pages::StrategyCard*>().size(), static_cast<qsizetype>(strategies.size()));
  for (const StrategyVersion& strategy : strategies) {
    const QString id = words::toQt(strategy.id);
    const Json& content = strategy.content;
    QCOMPARE(frame_->onCard(id, "cardTitle"),
             words::toQt(campaign::strategyTitle(strategy, words::language())));
    QCOMPARE(
        frame_->onCard(id, "cardCost"),
        words::money(content["cost"].get<double>(), words::toQt(content["currency"].get<std::string>())));
    QVERIFY(frame_->onCard(id, "cardAudience")
                .contains(words::count(content["audience"]["size"].get<std::int64_t>())));
    const Json& extra = content["predicted"]["incremental_conversions"];
    const QString shown = frame_->onCard(id, "cardValue0");
    if (extra["value"].is_number())
      QVERIFY2(shown.endsWith(words::number(extra["value"].get<double>(), 1)), qPrintable(shown));
    else
      QVERIFY(frame_->onCard(id, "cardNoEvidence").contains(words::said(extra["reason"])));
    int passed = 0;
    for (const Json& check : content["checks"]) passed += check["status"] == "PASS" ? 1 : 0;
    const auto* mark = frame_->card(id)->findChild<QWidget*>("cardChecks0");
    QCOMPARE(mark->isVisible(), passed > 0);
    if (passed > 0) QVERIFY(mark->accessibleName().startsWith(words::count(passed)));
  }
  QCOMPARE(frame_->find<QLabel>("summaryCount")->text(),
           words::count(static_cast<std::int64_t>(strategies.size())));
}

void StrategiesPageTest::allCardsShareOneAxis() {
  open(test::demoProject());
  const pages::SharedAxes axes = pages::sharedAxes(record());
  for (const auto* card : frame_->findChildren<pages::StrategyCard*>()) QVERIFY(card->axes() == axes);
  frame_->find<QLineEdit>("strategySearch")->setText("S-0002");
  QVERIFY2(frame_->card("S-0002")->axes() == axes, "a filter moves no dot");
}

void StrategiesPageTest::profitIsToldOnlyWithEvidence() {
  open(test::demoProject());
  const Json content = withEvidence(record().front().content, 0.5);
  QVERIFY(studio_->project()->strategies().add({content}, "lodestone").has_value());
  Q_EMIT studio_->strategiesChanged();
  const QString profit = words::signedMoney(*pages::predictedProfit(content), "EUR");
  QTRY_VERIFY2(frame_->find<QLabel>("summaryProfit")->text().contains(profit), qPrintable(profit));
  QVERIFY2(frame_->find<QLabel>("summaryProfitCaption")->text().contains("1"), "one has evidence");
  QTRY_VERIFY(frame_->card("S-0007") != nullptr);
  QVERIFY(frame_->card("S-0007")->findChild<QWidget*>("cardDot0")->isVisible());
  QVERIFY2(!frame_->card("S-0001")->findChild<QWidget*>("cardDot0")->isVisible(),
           "no dot where nothing is known");
}

void StrategiesPageTest::tableShowsTheSame() {
  open(test::demoProject());
  frame_->action("viewTable")->trigger();
  auto* table = frame_->find<tables::ListTable>("strategyTable");
  QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
  QVERIFY(table->isVisible());
  QCOMPARE(table->model()->rowCount(), static_cast<int>(record().size()));
  table->selectId("S-0003");
  QVERIFY(frame_->card("S-0003")->isSelected());
  QTRY_VERIFY(frame_->find<QLabel>("inspectorTitle")->text() == frame_->onCard("S-0003", "cardTitle"));
  QVERIFY2(!frame_->find<QComboBox>("strategySort")->isEnabled(), "its headers sort it");
  QVERIFY(!frame_->find<QComboBox>("strategySort")->toolTip().isEmpty());
}

void StrategiesPageTest::searchAndStateNarrowBothViews() {
  open(test::demoProject());
  auto* search = frame_->find<QLineEdit>("strategySearch");
  search->setText("s-0002");
  QVERIFY(frame_->card("S-0002")->isVisible());
  QVERIFY(!frame_->card("S-0001")->isVisible());
  QCOMPARE(frame_->find<tables::ListTable>("strategyTable")->model()->rowCount(), 1);
  search->setText("nothing like this");
  QVERIFY(frame_->find<QWidget>("noMatch")->isVisible());
  frame_->find<QPushButton>("clearFilter")->click();
  QVERIFY(frame_->card("S-0001")->isVisible());
  frame_->find<QComboBox>("strategyState")->setCurrentIndex(1 + static_cast<int>(StrategyState::Approved));
  QVERIFY2(frame_->find<QWidget>("noMatch")->isVisible(), "all are drafts");
}

void StrategiesPageTest::arrowsMoveBetweenCards() {
  open(test::demoProject());
  auto* first = frame_->card("S-0001");
  first->setFocus();
  QTest::keyClick(first, Qt::Key_Right);
  QVERIFY(frame_->card("S-0002")->isSelected());
  QVERIFY(!first->isSelected());
  QTest::keyClick(frame_->card("S-0002"), Qt::Key_Down);
  QVERIFY2(!frame_->card("S-0002")->isSelected(), "the one beneath");
  QTest::keyClick(frame_->card("S-0002"), Qt::Key_Home);
  QVERIFY(first->isSelected());
  QTest::keyClick(first, Qt::Key_Return);
  frame_->resize(800, 420);
  QTest::keyClick(first, Qt::Key_End);
  const QString last = words::toQt(record().back().id);
  QTRY_VERIFY2(!frame_->card(last)->visibleRegion().isEmpty(), "it comes into sight");
  QTest::keyClick(frame_->card(last), Qt::Key_Home);
  QTest::keyClick(first, Qt::Key_Return);
  const bool chinese = words::language() == Language::Chinese;
  QTRY_VERIFY(frame_->find<QLineEdit>(chinese ? "fieldTitleZh" : "fieldTitleEn")->hasFocus());
}

void StrategiesPageTest::editingMakesANewVersionAndUndoBringsTheContentBack() {
  open(test::demoProject());
  const StrategyVersion before = newest("S-0001");
  QSignalSpy changed(studio_.get(), &studio::Studio::strategiesChanged);
  type(frame_->find<QLineEdit>("fieldMinScore"), "0.5");
  QTRY_COMPARE_WITH_TIMEOUT(newest("S-0001").version, 2, 20000);
  const StrategyVersion edited = newest("S-0001");
  QVERIFY2(edited.content["cost"].get<double>() < before.content["cost"].get<double>(),
           "fewer are addressed");
  QCOMPARE(edited.created_by, std::string("anna"));
  QTRY_COMPARE(frame_->onCard("S-0001", "cardCost"),
               words::money(edited.content["cost"].get<double>(), "EUR"));
  QVERIFY(changed.count() >= 1);

  QTRY_VERIFY(frame_->page->undoStack()->canUndo());
  frame_->page->undoStack()->undo();
  QTRY_COMPARE_WITH_TIMEOUT(newest("S-0001").version, 3, 20000);
  QCOMPARE(newest("S-0001").content_hash, before.content_hash);
  QTRY_COMPARE(frame_->onCard("S-0001", "cardCost"),
               words::money(before.content["cost"].get<double>(), "EUR"));
  frame_->page->undoStack()->redo();
  QTRY_COMPARE_WITH_TIMEOUT(newest("S-0001").version, 4, 20000);
  QCOMPARE(newest("S-0001").content_hash, edited.content_hash);
}

void StrategiesPageTest::anotherDiscountIsAnotherOffer() {
  open(test::demoProject());
  type(frame_->find<QLineEdit>("fieldDiscount"), "15");
  QTRY_COMPARE_WITH_TIMEOUT(newest("S-0001").version, 2, 20000);
  QCOMPARE(newest("S-0001").content["offer"]["discount"].get<double>(), 0.15);
  QTRY_VERIFY(frame_->onCard("S-0001", "cardOffer").contains("15"));
  QVERIFY2(!newest("S-0001").content["predicted"]["roi"]["value"].is_number(), "nobody has tried it");
  QVERIFY(frame_->card("S-0001")->findChild<QLabel*>("cardNoEvidence")->isVisible());
}

void StrategiesPageTest::valueThatDoesNotReadComplainsAtItsField() {
  open(test::demoProject());
  auto* discount = frame_->find<QLineEdit>("fieldDiscount");
  const QString recorded = discount->text();
  type(discount, "120");
  auto* complaint = frame_->find<QLabel>("fieldDiscountComplaint");
  QVERIFY(complaint->isVisible());
  QVERIFY(complaint->text().contains("120"));
  QCOMPARE(discount->text(), QString("120"));
  QTest::keyClick(discount, Qt::Key_Escape);
  QVERIFY(!complaint->isVisible());
  QCOMPARE(discount->text(), recorded);
  type(discount, "a lot");
  QVERIFY(complaint->isVisible());
  QCOMPARE(newest("S-0001").version, 1);
}

void StrategiesPageTest::endBeforeStartComplainsAtTheEnd() {
  open(test::demoProject());
  auto* end = frame_->find<QDateEdit>("fieldEnd");
  end->setDate(QDate(2001, 1, 1));
  QTest::keyClick(end, Qt::Key_Return);
  QTRY_VERIFY(frame_->find<QLabel>("fieldEndComplaint")->isVisible());
  QCOMPARE(newest("S-0001").version, 1);
}

void StrategiesPageTest::inReviewIsLockedAndSaysWhy() {
  open(test::demoProject());
  frame_->find<QPushButton>("submitStrategy")->click();
  QTRY_COMPARE(newest("S-0001").state, StrategyState::InReview);
  auto* discount = frame_->find<QLineEdit>("fieldDiscount");
  QTRY_VERIFY(!discount->isEnabled());
  QVERIFY(discount->toolTip().contains("anna"));
  QVERIFY(frame_->find<QLabel>("inspectorLocked")->isVisible());
  QVERIFY(!frame_->find<QPushButton>("submitStrategy")->isEnabled());
  QVERIFY(frame_->find<QPushButton>("submitStrategy")->toolTip().contains("S-0001"));
  QTRY_COMPARE(frame_->find<QLabel>("summaryWaiting")->text(), words::count(1));
  QVERIFY2(frame_->page->headerActions().front()->isEnabled(), "others can still be made");
}

void StrategiesPageTest::approvedAsksBeforeTheApprovalIsVoided() {
  open(test::demoProject());
  auto strategies = studio_->project()->strategies();
  QVERIFY(strategies.review("S-0001", ReviewAction::Submit, "anna", "").has_value());
  QVERIFY(strategies.review("S-0001", ReviewAction::Approve, "ben", "").has_value());
  Q_EMIT studio_->strategiesChanged();
  QTRY_VERIFY(!frame_->find<QPushButton>("submitStrategy")->isEnabled());
  auto* notice = frame_->find<widgets::Notice>("inspectorNotice");
  type(frame_->find<QLineEdit>("fieldOfferCost"), "1.25");
  QTRY_VERIFY(notice->isVisible());
  QVERIFY(notice->text().contains("ben"));
  QCOMPARE(newest("S-0001").state, StrategyState::Approved);
  QCOMPARE(newest("S-0001").version, 1);
  notice->findChild<QPushButton*>("noticeButton")->click();
  QTRY_COMPARE_WITH_TIMEOUT(newest("S-0001").version, 2, 20000);
  QCOMPARE(newest("S-0001").state, StrategyState::Draft);
}

void StrategiesPageTest::undoOfWhatIsInReviewIsRefusedAndLeavesTheStack() {
  open(test::demoProject());
  type(frame_->find<QLineEdit>("fieldOfferCost"), "1.25");
  QTRY_COMPARE_WITH_TIMEOUT(frame_->page->undoStack()->count(), 1, 20000);
  QVERIFY(studio_->project()->strategies().review("S-0001", ReviewAction::Submit, "anna", "").has_value());
  frame_->page->undoStack()->undo();
  QTRY_VERIFY(frame_->find<widgets::Notice>("inspectorNotice")->isVisible());
  QCOMPARE(newest("S-0001").version, 2);
  QCOMPARE(frame_->page->undoStack()->index(), 1);
}

void StrategiesPageTest::generatesWithinABudget() {
  open(test::demoProject());
  const std::size_t before = record().size();
  frame_->action("generate")->trigger();
  QVERIFY2(frame_->find<QComboBox>("generateModel")->count() == 1, "its model's rows were made by the run");
  auto* budget = frame_->find<QLineEdit>("generateBudget");
  auto* start = frame_->find<QPushButton>("generateStart");
  QVERIFY(start->isVisible());
  budget->setFocus();
  QTest::keyClicks(budget, "-5");
  QVERIFY(!start->isEnabled());
  QVERIFY(frame_->find<QLabel>("generateBudgetProblem")->isVisible());
  budget->clear();
  QTest::keyClicks(budget, "150");
  QVERIFY(start->isEnabled());
  start->click();
  QVERIFY2(!start->isEnabled(), "one at a time");
  QTRY_VERIFY_WITH_TIMEOUT(record().size() > before, 60000);
  auto* notice = frame_->find<widgets::Notice>("strategiesNotice");
  QTRY_VERIFY(notice->isVisible());
  double cost = 0;
  QString first;
  for (const StrategyVersion& strategy : record())
    if (strategy.id > std::string("S-000") + std::to_string(before)) {
      if (first.isEmpty()) first = words::toQt(strategy.id);
      cost += strategy.content["cost"].get<double>();
    }
  QVERIFY2(cost > 0 && cost <= 150, qPrintable(QString::number(cost)));
  QTRY_VERIFY(frame_->card(first) != nullptr && frame_->card(first)->isVisible());
  QVERIFY(frame_->card(first)->findChild<QLabel*>("cardFresh")->isVisible());
  QVERIFY(!frame_->card("S-0001")->findChild<QLabel*>("cardFresh")->isVisible());
  QTRY_VERIFY(frame_->card(first)->isSelected());
}

void StrategiesPageTest::catalogueThatDoesNotReadIsNotUsed() {
  open(test::demoProject());
  frame_->action("generate")->trigger();
  auto* margin = frame_->find<QLineEdit>("catalogueMargin");
  margin->setFocus();
  margin->selectAll();
  QTest::keyClicks(margin, "140");
  QVERIFY(!frame_->find<QPushButton>("generateStart")->isEnabled());
  QVERIFY(frame_->find<QLabel>("catalogueProblem")->isVisible());
  margin->selectAll();
  QTest::keyClicks(margin, "35");
  frame_->find<QPushButton>("saveCatalogue")->click();
  QTRY_COMPARE(campaign::loadCatalogue(*studio_->project()).value().margin, 0.35);
  QTRY_VERIFY(!frame_->find<QPushButton>("saveCatalogue")->isEnabled());
}

void StrategiesPageTest::comparesTwo() {
  open(test::demoProject());
  auto* second = frame_->card("S-0002");
  QTest::mouseClick(second, Qt::LeftButton, Qt::ControlModifier);
  QVERIFY(frame_->card("S-0001")->isSelected() && second->isSelected());
  frame_->action("compare")->trigger();
  QCOMPARE(frame_->find<QComboBox>("compareFirst")->currentData().toString(), QString("S-0001"));
  QCOMPARE(frame_->find<QComboBox>("compareSecond")->currentData().toString(), QString("S-0002"));
  QStringList texts;
  for (const auto* label : frame_->find<QWidget>("compareTable")->findChildren<QLabel*>())
    texts.append(label->text());
  const double difference =
      newest("S-0002").content["cost"].get<double>() - newest("S-0001").content["cost"].get<double>();
  const QString money = (difference > 0 ? "+" : "") + words::money(difference, "EUR");
  QVERIFY2(texts.contains(money), qPrintable(money + " in " + texts.join(" | ")));
  QTest::keyClick(frame_->find<QWidget>("strategyComparison"), Qt::Key_Escape);
  QVERIFY(frame_->card("S-0001")->isVisible());
}

void StrategiesPageTest::speaksBothLanguages() {
  open(test::demoProject());
  words::setLanguage(Language::Chinese);
  QCOMPARE(frame_->onCard("S-0001", "cardTitle"),
           words::toQt(campaign::strategyTitle(newest("S-0001"), Language::Chinese)));
  words::setLanguage(Language::English);
  QCOMPARE(frame_->onCard("S-0001", "cardTitle"),
           words::toQt(campaign::strategyTitle(newest("S-0001"), Language::English)));
}

void StrategiesPageTest::emptyProjectLeadsToThePipeline() {
  QVERIFY(test::openAndWait(*studio_, test::emptyProject()));
  auto* button = frame_->find<QPushButton>("runPipeline");
  QTRY_VERIFY(button->isVisible());
  QVERIFY(!frame_->action("generate")->isEnabled());
  QVERIFY(!frame_->action("generate")->toolTip().isEmpty());
  QSignalSpy went(studio_.get(), &studio::Studio::goRequested);
  button->click();
  QCOMPARE(went.count(), 1);
  QCOMPARE(went.at(0).at(0).toString(), QString("pipeline"));
}

void StrategiesPageTest::opensWhatItIsAskedFor() {
  const QString folder = test::demoProject();
  frame_->page->opened("S-0004");
  QVERIFY(test::openAndWait(*studio_, folder));
  frame_->page->opened("S-0004");
  QTRY_VERIFY(frame_->card("S-0004") != nullptr && frame_->card("S-0004")->isSelected());
}

void StrategiesPageTest::remembersItsView() {
  open(test::demoProject());
  frame_->action("viewTable")->trigger();
  frame_->action("viewEffects")->trigger();
  QSettings& settings = studio_->settings();
  settings.beginGroup("strategies");
  frame_->page->saveState(settings);
  PageFrame again(*studio_);
  again.page->restoreState(settings);
  settings.endGroup();
  again.show();
  QTRY_VERIFY(again.find<tables::ListTable>("strategyTable")->isVisible());
  QVERIFY(!again.find<QWidget>("strategyEffects")->isVisible());
}

void StrategiesPageTest::pictures() {
  if (qEnvironmentVariableIsEmpty("LODESTONE_SHOTS")) QSKIP("no folder for pictures");
  open(test::demoProject());
  QTest::qWait(300);
  const QString mark = QString(qEnvironmentVariableIsSet("LODESTONE_DARK") ? "-dark" : "") +
                       (qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? "-zh" : "");
  const auto shot = [&](const QString& name, const QSize& size = {1224, 620}) {
    test::shoot(*frame_, name + mark, size);
  };
  shot("six");
  shot("six-large", {1736, 980});
  frame_->find<QTabWidget>("inspectorTabs")->setCurrentIndex(1);
  shot("six-evidence");
  frame_->find<QTabWidget>("inspectorTabs")->setCurrentIndex(2);
  shot("six-history");
  frame_->find<QTabWidget>("inspectorTabs")->setCurrentIndex(0);
  type(frame_->find<QLineEdit>("fieldDiscount"), "120");
  shot("complaint");
  frame_->action("viewTable")->trigger();
  shot("table");
  frame_->action("viewCards")->trigger();
  frame_->action("viewEffects")->trigger();
  shot("no-chart");
  frame_->action("compare")->trigger();
  shot("compare");
  frame_->action("generate")->trigger();
  shot("generate");
  frame_->find<QPushButton>("generateClose")->click();
  frame_->find<QLineEdit>("strategySearch")->setText("S-0001");
  shot("one");
  frame_->find<QLineEdit>("strategySearch")->clear();
  frame_->action("viewEffects")->trigger();
  std::vector<Json> more;
  while (more.size() < 34)
    for (const StrategyVersion& strategy : record()) {
      const double scale = 0.1 + 0.05 * static_cast<double>(more.size() % 17);
      more.push_back(more.size() % 5 == 4 ? strategy.content : withEvidence(strategy.content, scale));
    }
  QVERIFY(studio_->project()->strategies().add(more, "lodestone").has_value());
  QVERIFY(studio_->project()->strategies().review("S-0002", ReviewAction::Submit, "anna", "").has_value());
  QVERIFY(studio_->project()->strategies().review("S-0002", ReviewAction::Approve, "ben", "").has_value());
  QVERIFY(studio_->project()->strategies().review("S-0001", ReviewAction::Submit, "anna", "").has_value());
  Q_EMIT studio_->strategiesChanged();
  QTRY_VERIFY(frame_->card("S-0040") != nullptr);
  shot("forty");
  frame_->action("viewTable")->trigger();
  shot("forty-table", {1736, 980});
  frame_->find<QComboBox>("strategySort")->setCurrentIndex(2);
  frame_->action("viewCards")->trigger();
  frame_->find<tables::ListTable>("strategyTable")->selectId("S-0012");
  frame_->page->opened("S-0012");
  frame_->find<QTabWidget>("inspectorTabs")->setCurrentIndex(1);
  shot("evidence");
  shot("evidence-large", {1736, 980});
  frame_->action("compare")->trigger();
  frame_->find<QComboBox>("compareSecond")->setCurrentIndex(8);
  Q_EMIT frame_->find<QComboBox>("compareSecond")->activated(8);
  shot("compare-evidence");
}

LODESTONE_UI_TEST(StrategiesPageTest)
#include "strategies_page_test.moc"
