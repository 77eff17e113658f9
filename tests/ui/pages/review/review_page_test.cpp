// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabWidget>
#include <QTemporaryDir>

#include "core/campaign/generate.h"
#include "tests/ui/support/ui_test.h"
#include "ui/charts/charts.h"
#include "ui/pages/review/block_view.h"
#include "ui/pages/review/decision_rules.h"
#include "ui/pages/review/figure_object.h"
#include "ui/pages/review/queue_model.h"
#include "ui/tables/list_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::ReviewAction;
using project::StrategyState;

namespace {

/// The page beside its inspector, as the window shows them.
struct Bench {
  explicit Bench(const QString& folder = test::demoProject()) : studio(test::makeStudio()) {
    studio->setUserName("Ann");
    if (!test::openAndWait(*studio, folder)) qFatal("the project does not open");
    page = new ReviewPage(*studio);
    frame.addWidget(page);
    frame.addWidget(page->inspector());
    frame.setSizes({904, 320});
    frame.resize(1224, 620);
    frame.show();
  }

  template <class T>
  T* find(const char* name) const {
    T* found = frame.findChild<T*>(name);
    if (found == nullptr) qFatal("there is no %s", name);
    return found;
  }
  QPushButton* button(const char* name) const { return find<QPushButton>(name); }
  QString label(const char* name) const { return find<QLabel>(name)->text(); }
  QString shownId() const { return label("documentIdentity").section(' ', 0, 0); }
  widgets::State state() const { return find<widgets::StateBadge>("reviewState")->state(); }
  QString notice() const { return find<widgets::Notice>("reviewNotice")->text(); }
  project::StrategyRecords records() const { return studio->project()->strategies(); }

  void open(const char* id) const {
    QTRY_VERIFY(!shownId().isEmpty());
    page->opened(QString(id));
    QTRY_COMPARE(shownId(), QString(id));
    QTRY_VERIFY(!label("whyNot").isEmpty() || button("submit")->isEnabled() ||
                button("approve")->isEnabled());
  }
  void reviewAs(const char* name) const {
    auto* line = find<QComboBox>("reviewer")->lineEdit();
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, QString::fromUtf8(name));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(studio->userName(), QString::fromUtf8(name).trimmed());
  }
  void write(const char* text) const {
    find<QPlainTextEdit>("commentText")->setPlainText(QString::fromUtf8(text));
  }
  void submit(const char* id) const {
    if (!records().review(id, ReviewAction::Submit, "Ann", "")) qFatal("not submitted");
  }
  void edit(const char* id, const std::vector<std::pair<std::string, std::string>>& changes) const {
    JobContext job;
    const auto now = records().get(id);
    const auto content = campaign::editContent(*studio->project(), now->content, changes, job);
    if (!content || !records().edit(id, *content, "Ann")) qFatal("not edited");
  }
  void changed() const { Q_EMIT studio->strategiesChanged(); }

  std::unique_ptr<studio::Studio> studio;
  mutable QSplitter frame;
  ReviewPage* page = nullptr;
};

QString allText(const QWidget& widget) {
  QStringList texts;
  for (const auto* label : widget.findChildren<QLabel*>())
    if (label->isVisibleTo(&widget)) texts << label->text();
  return texts.join('\n');
}

QByteArray read(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList filesIn(const QString& folder, const char* ending) {
  return QDir(folder).entryList({QString("*.") + ending}, QDir::Files, QDir::Name);
}

}  // namespace

class ReviewPageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() {
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
  }

  void theQueueIsASoundModel() {
    QueueModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<project::StrategyVersion> strategies(4);
    for (std::size_t i = 0; i < 4; ++i) {
      strategies[i].id = "S-000" + std::to_string(i + 1);
      strategies[i].content = Json::object();
    }
    strategies[1].state = StrategyState::InReview;
    strategies[2].state = StrategyState::Approved;
    strategies[3].state = StrategyState::InReview;
    model.setStrategies(strategies);
    QCOMPARE(model.rowCount(), 7);  // three headings
    QVERIFY(model.isHeading(0));
    QCOMPARE(model.index(1).data(QueueModel::IdRole).toString(), QString("S-0002"));
    QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));
    model.setFilter(QueueFilter::Waiting);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.rowOf("S-0001"), -1);
    QCOMPARE(model.waitingAfter("S-0002"), QString("S-0004"));
    QCOMPARE(model.waitingAfter("S-0004"), QString("S-0002"));
    QCOMPARE(model.countOf(QueueFilter::Approved), 1);
    model.setStrategies({});
    QCOMPARE(model.rowCount(), 0);
  }

  void showsTheStrategyAsADocument() {
    const Bench bench;
    bench.open("S-0006");
    const auto* decided = bench.find<BlockView>("decidedBlocks");
    QTRY_VERIFY(decided->toPlainText().contains("demo_shop_rows"));
    QVERIFY(decided->toPlainText().contains(words::language() == Language::English ? "Budget" : "预算"));
    QTRY_VERIFY(bench.find<BlockView>("expectedBlocks")->complete());
    QTRY_VERIFY(bench.find<BlockView>("evidenceBlocks")->complete());
    QVERIFY(
        bench.find<BlockView>("evidenceBlocks")->toPlainText().contains(QChar::ObjectReplacementCharacter));
    // As high as its text, so that the page scrolls and not the part.
    QVERIFY(decided->height() >= static_cast<int>(decided->document()->size().height()));
    QCOMPARE(bench.state(), widgets::State::Draft);
  }

  void effectsStandOnOneAxisWithTheirIntervals() {
    const Bench bench;
    bench.open("S-0003");
    QVERIFY(!bench.find<charts::IntervalChart>("effectsChart")->isVisible());  // nothing is known
    Json content = bench.records().get("S-0003")->content;
    const auto estimate = [](double value, double low, double high) {
      return Json{{"value", value},
                  {"low", low},
                  {"high", high},
                  {"method", {{"en", "bootstrap"}, {"zh_CN", "自助法"}}}};
    };
    content["predicted"]["incremental_conversions"] = estimate(42.3, 12.1, 70.8);
    content["predicted"]["conversions"] = estimate(88.4, 61.0, 117.2);
    QVERIFY(bench.records().edit("S-0003", content, "Ann").has_value());
    bench.changed();
    auto* chart = bench.find<charts::IntervalChart>("effectsChart");
    QTRY_VERIFY(chart->isVisible());
    QCOMPARE(chart->table().rows.size(), std::size_t{2});
    QVERIFY(chart->summary().contains("42.3"));
    QVERIFY(chart->summary().contains("12.1"));
    QTRY_VERIFY(bench.find<BlockView>("evidenceBlocks")->complete());
    QTRY_VERIFY(bench.find<BlockView>("expectedBlocks")->toPlainText().contains("70.8"));
    test::shoot(bench.frame, QString("effects") + (theme::isDark() ? "_dark" : "_light"), {1224, 1300});
  }

  void theSubmitterCannotDecideAndSeesWhy() {
    const Bench bench;
    bench.open("S-0001");
    QTest::mouseClick(bench.button("submit"), Qt::LeftButton);
    QTRY_COMPARE(bench.state(), widgets::State::InReview);
    QVERIFY(!bench.button("approve")->isEnabled());
    QVERIFY(bench.button("approve")->toolTip().contains("Ann"));
    QVERIFY(bench.label("whyNot").contains("Ann"));
    QVERIFY(!bench.find<QAction>("actionApprove")->isEnabled());
    bench.reviewAs(" ANN");  // no other person
    QVERIFY(!bench.button("approve")->isEnabled());
    bench.reviewAs("Bob");
    QVERIFY(bench.button("approve")->isEnabled());
    QVERIFY(!bench.button("approve")->toolTip().contains("Ann"));
    bench.reviewAs("Lodestone");
    QVERIFY(!bench.button("approve")->isEnabled());
  }

  void anotherPersonApprovesAndTheQueueMovesOn() {
    const Bench bench;
    bench.submit("S-0002");
    bench.submit("S-0003");
    bench.changed();
    bench.open("S-0002");
    QTRY_COMPARE(bench.state(), widgets::State::InReview);
    bench.reviewAs("Bob");
    bench.find<QAction>("actionApprove")->trigger();
    QTRY_COMPARE(bench.shownId(), QString("S-0003"));
    QVERIFY(bench.notice().contains("S-0002"));
    QVERIFY(bench.notice().contains("S-0003"));
    const auto decided = bench.records().get("S-0002");
    QVERIFY(decided->state == StrategyState::Approved);
    QCOMPARE(decided->decided_by, std::string("Bob"));
    QTRY_COMPARE(bench.state(), widgets::State::InReview);
    QTest::mouseClick(bench.button("approve"), Qt::LeftButton);
    QTRY_COMPARE(bench.state(), widgets::State::Approved);
    QCOMPARE(bench.shownId(), QString("S-0003"));  // nothing else waits
    QTRY_VERIFY(bench.page->line().contains(words::language() == Language::English ? "0 of 6" : "0"));
  }

  void sayingNoNeedsAComment() {
    const Bench bench;
    bench.submit("S-0001");
    bench.changed();
    bench.open("S-0001");
    bench.reviewAs("Bob");
    QTRY_COMPARE(bench.state(), widgets::State::InReview);
    QTRY_VERIFY(bench.button("approve")->isEnabled());
    for (const char* name : {"requestChanges", "reject"}) QVERIFY(!bench.button(name)->isEnabled());
    QVERIFY(!bench.label("whyNot").isEmpty());
    bench.write("  ");
    QVERIFY(!bench.button("reject")->isEnabled());
    bench.write("The budget is too small.");
    for (const char* name : {"requestChanges", "reject"}) QVERIFY(bench.button(name)->isEnabled());
    QTest::mouseClick(bench.button("requestChanges"), Qt::LeftButton);
    QTRY_COMPARE(bench.state(), widgets::State::ChangesRequested);
    QTRY_VERIFY(allText(*bench.find<QWidget>("comments")).contains("The budget is too small."));
    QVERIFY(bench.find<QPlainTextEdit>("commentText")->toPlainText().isEmpty());
    QVERIFY(bench.button("submit")->isEnabled());
  }

  void rejectsWithAComment() {
    const Bench bench;
    bench.submit("S-0005");
    bench.changed();
    bench.open("S-0005");
    QTRY_COMPARE(bench.state(), widgets::State::InReview);
    bench.reviewAs("Bob");
    bench.write("We do not address them.");
    bench.find<QAction>("actionReject")->trigger();
    QTRY_COMPARE(bench.state(), widgets::State::Rejected);
    QVERIFY(!bench.button("submit")->isEnabled());
  }

  void commentsAndHistoryTellWhoAndWhen() {
    const Bench bench;
    bench.open("S-0004");
    QVERIFY(!bench.button("addComment")->isEnabled());
    bench.write("第一条意见");
    auto* text = bench.find<QPlainTextEdit>("commentText");
    text->setFocus();
    bench.frame.activateWindow();
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(allText(*bench.find<QWidget>("comments")).contains(QString::fromUtf8("第一条意见")));
    const QString history = allText(*bench.find<QWidget>("history"));
    QVERIFY(history.contains("Ann"));
    const std::string hash = bench.records().get("S-0004")->content_hash;
    QVERIFY(history.contains(QString::fromStdString(hash.substr(0, 8))));
  }

  void whatCoreRefusesIsShown() {
    const Bench bench;
    bench.submit("S-0001");
    bench.changed();
    bench.open("S-0001");
    bench.reviewAs("Bob");
    QTRY_VERIFY(bench.button("approve")->isEnabled());
    // Somebody else was faster, on the command line.
    QVERIFY(bench.records().review("S-0001", ReviewAction::Reject, "Eve", "No.").has_value());
    QTest::mouseClick(bench.button("approve"), Qt::LeftButton);
    QTRY_VERIFY(bench.notice().contains("rejected"));
    QCOMPARE(bench.find<widgets::Notice>("reviewNotice")->kind(), widgets::Notice::Kind::Failure);
  }

  void theDifferenceNamesTheFields() {
    const Bench bench;
    bench.open("S-0006");
    QVERIFY(bench.find<QWidget>("differenceView") != nullptr);
    bench.edit("S-0006", {{"budget", "12345"}, {"content.en.subject", "A gift for you"}});
    bench.changed();
    auto* table = bench.find<BlockView>("differenceTable");
    QTRY_VERIFY(table->toPlainText().contains("12,345"));
    const bool english = words::language() == Language::English;
    QVERIFY(bench.label("differenceSummary").contains(english ? "Budget" : "预算"));
    QVERIFY(table->toPlainText().contains("A gift for you"));
    QVERIFY(table->toPlainText().contains(english ? "≠ changed" : "≠"));
    const QString only = table->toPlainText();
    bench.find<QCheckBox>("onlyChanges")->setChecked(false);
    QTRY_VERIFY(table->toPlainText().size() > only.size());
    bench.find<QCheckBox>("onlyChanges")->setChecked(true);
    // The newest stands against the last that was decided on, not just the one before.
    auto* before = bench.find<QComboBox>("versionBefore");
    auto* after = bench.find<QComboBox>("versionAfter");
    QCOMPARE(before->currentData().toInt(), 1);
    QCOMPARE(after->currentData().toInt(), 2);
    bench.submit("S-0006");
    QVERIFY(bench.records().review("S-0006", ReviewAction::RequestChanges, "Bob", "More.").has_value());
    bench.edit("S-0006", {{"budget", "20000"}});
    bench.edit("S-0006", {{"budget", "30000"}});
    bench.changed();
    QTRY_COMPARE(after->currentData().toInt(), 4);
    QCOMPARE(before->currentData().toInt(), 2);
    before->setCurrentIndex(before->findData(3));
    QVERIFY(table->toPlainText().contains("20,000"));
  }

  void exportsWithAPreview() {
    const Bench bench;
    bench.submit("S-0001");
    QVERIFY(bench.records().review("S-0001", ReviewAction::Approve, "Bob", "").has_value());
    bench.changed();
    bench.open("S-0006");
    bench.find<QAction>("actionExport")->trigger();
    auto* files = bench.find<tables::ListTable>("filesPreview");
    QTRY_COMPARE(files->model()->rowCount(), 4);
    QVERIFY(files->model()->index(0, 0).data().toString().contains("DRAFT"));
    QTRY_VERIFY(bench.find<BlockView>("reportPreview")->toPlainText().contains("DRAFT"));
    const auto* audience = bench.find<tables::ListTable>("audiencePreview");
    const auto cells = [&] {
      QString text;
      for (int row = 0; row < audience->model()->rowCount(); ++row)
        for (int column = 0; column < audience->model()->columnCount(); ++column)
          text += audience->model()->index(row, column).data().toString() + '|';
      return text;
    };
    QCOMPARE(audience->model()->rowCount(), 12);
    QVERIFY(cells().contains("***"));
    QVERIFY(!cells().contains("@example"));
    const QTemporaryDir folder;
    bench.find<QLineEdit>("exportFolder")->setText(folder.path());
    bench.find<QRadioButton>("exportAll")->setChecked(true);
    QTRY_COMPARE(files->model()->rowCount(), 14);
    QVERIFY(QDir(folder.path()).isEmpty());  // a preview writes nothing there
    QTest::mouseClick(bench.button("exportNow"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.find<widgets::Notice>("exportNotice")->text().isEmpty(), 30000);
    QCOMPARE(bench.find<widgets::Notice>("exportNotice")->kind(), widgets::Notice::Kind::Ok);
    const QStringList written = filesIn(folder.path(), "csv");
    QCOMPARE(written.size(), 6);
    QVERIFY(!written.front().contains("DRAFT"));
    QVERIFY(!read(folder.filePath(written.front())).contains("DRAFT"));
    for (const QString& name : written.mid(1)) {
      QVERIFY(name.contains("DRAFT"));
      QVERIFY(read(folder.filePath(name)).contains("DRAFT"));
      QVERIFY(!read(folder.filePath(name)).contains("@example"));
    }
    // Made in a worker thread, whole.
    const QByteArray pdf = read(folder.filePath(filesIn(folder.path(), "pdf").value(0)));
    QVERIFY(pdf.startsWith("%PDF"));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    QVERIFY(pdf.count("/Type /Page\n") >= 4);
    QVERIFY(pdf.size() > 50000);
    QTRY_VERIFY(bench.records().get("S-0001")->state == StrategyState::Exported);
    QTest::keyClick(bench.button("exportNow"), Qt::Key_Escape);
    QTRY_VERIFY(bench.find<QWidget>("queueList")->isVisible());
  }

  void approvedOnesAloneAndPersonalColumnsInFull() {
    const Bench bench;
    bench.open("S-0001");
    bench.find<QAction>("actionExport")->trigger();
    auto* approved = bench.find<QRadioButton>("exportApproved");
    QTRY_VERIFY(!approved->isEnabled());
    QVERIFY(!approved->toolTip().isEmpty());
    const QString masked = bench.label("personalHelp");
    bench.find<QRadioButton>("personalAllow")->setChecked(true);
    QVERIFY(bench.label("personalHelp") != masked);
    const auto* audience = bench.find<tables::ListTable>("audiencePreview");
    const auto mails = [&] {
      int count = 0;
      for (int row = 0; row < audience->model()->rowCount(); ++row)
        for (int column = 0; column < audience->model()->columnCount(); ++column) {
          const QString cell = audience->model()->index(row, column).data().toString();
          count += cell.contains('@') && !cell.contains('*') ? 1 : 0;
        }
      return count;
    };
    QTRY_VERIFY(mails() > 0);
    for (const char* name : {"format_csv", "format_json", "format_html", "format_pdf"})
      bench.find<QCheckBox>(name)->setChecked(false);
    QVERIFY(!bench.button("exportNow")->isEnabled());
    QVERIFY(!bench.label("exportWhyNot").isEmpty());
    bench.find<QCheckBox>("format_json")->setChecked(true);
    QVERIFY(bench.button("exportNow")->isEnabled());
    auto* files = bench.find<tables::ListTable>("filesPreview");
    QTRY_COMPARE(files->model()->rowCount(), 1);
  }

  void anExportThatCannotBeWrittenSaysSo() {
    const Bench bench;
    bench.open("S-0001");
    bench.find<QAction>("actionExport")->trigger();
    const QTemporaryDir folder;
    QFile blocking(folder.filePath("file"));
    QVERIFY(blocking.open(QIODevice::WriteOnly));
    bench.find<QLineEdit>("exportFolder")->setText(folder.filePath("file") + "/below");
    QTest::mouseClick(bench.button("exportNow"), Qt::LeftButton);
    const auto* notice = bench.find<widgets::Notice>("exportNotice");
    QTRY_VERIFY(!notice->text().isEmpty());
    QCOMPARE(notice->kind(), widgets::Notice::Kind::Failure);
    QVERIFY(bench.button("exportNow")->isEnabled());
  }

  void moveThroughTheQueueByKeysAndFilters() {
    const Bench bench;
    bench.open("S-0001");
    bench.find<QAction>("actionNext")->trigger();
    QTRY_COMPARE(bench.shownId(), QString("S-0002"));
    auto* list = bench.find<QListView>("queueList");
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QTRY_COMPARE(bench.shownId(), QString("S-0003"));
    bench.find<QAction>("actionPrevious")->trigger();
    QTRY_COMPARE(bench.shownId(), QString("S-0002"));
    QTest::mouseClick(bench.button("filterWaiting"), Qt::LeftButton);
    QVERIFY(!list->isVisible());
    QVERIFY(bench.button("showAllStrategies")->isVisible());
    bench.page->opened(QString("S-0005"));  // hidden by the filter
    QTRY_COMPARE(bench.shownId(), QString("S-0005"));
    QVERIFY(list->isVisible());
    bench.submit("S-0003");
    bench.changed();
    QTRY_VERIFY(bench.button("filterWaiting")->text().contains("1"));
    QCOMPARE(bench.shownId(), QString("S-0005"));
  }

  void anEmptyProjectPointsToTheStrategies() {
    const Bench bench(test::emptyProject());
    QSignalSpy asked(bench.studio.get(), &studio::Studio::goRequested);
    QTRY_VERIFY(bench.button("goToStrategies")->isVisible());
    QTest::mouseClick(bench.button("goToStrategies"), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front().front().toString(), QString("strategies"));
    QVERIFY(!bench.find<QAction>("actionExport")->isEnabled());
    test::shoot(bench.frame, words::language() == Language::English ? "empty" : "empty_zh", {1224, 620});
  }

  void verifiesTheProject() {
    const Bench bench;
    bench.open("S-0001");
    bench.find<QAction>("actionVerify")->trigger();
    QTRY_VERIFY(!bench.notice().isEmpty());
    QCOMPARE(bench.find<widgets::Notice>("reviewNotice")->kind(), widgets::Notice::Kind::Ok);
    const QString weights_file = bench.studio->folder() + "/models/mlp-0001/model.safetensors";
    QFile weights(weights_file);
    QVERIFY(weights.open(QIODevice::Append));
    weights.write("x");
    weights.close();
    bench.find<QAction>("actionVerify")->trigger();
    QTRY_COMPARE(bench.find<widgets::Notice>("reviewNotice")->kind(), widgets::Notice::Kind::Failure);
    QVERIFY(bench.notice().contains("mlp-0001"));
  }

  void anotherProjectReplacesAll() {
    const Bench bench;
    bench.open("S-0002");
    QVERIFY(test::openAndWait(*bench.studio, test::emptyProject()));
    QTRY_VERIFY(bench.button("goToStrategies")->isVisible());
    QVERIFY(!bench.button("submit")->isEnabled());
  }

  void keepsWhatWasChosenBetweenVisits() {
    const Bench bench;
    QSettings& settings = bench.studio->settings();
    bench.open("S-0001");
    QTest::mouseClick(bench.button("filterApproved"), Qt::LeftButton);
    bench.find<QTabWidget>("reviewTabs")->setCurrentIndex(1);
    bench.find<QCheckBox>("format_pdf")->setChecked(false);
    bench.page->saveState(settings);
    ReviewPage other(*bench.studio);
    other.restoreState(settings);
    QVERIFY(other.findChild<QPushButton*>("filterApproved")->isChecked());
    QCOMPARE(other.findChild<QTabWidget*>("reviewTabs")->currentIndex(), 1);
    QVERIFY(!other.findChild<QCheckBox*>("format_pdf")->isChecked());
    QVERIFY(other.findChild<QCheckBox*>("format_csv")->isChecked());
  }

  void theLanguageIsSwitchedWhileItIsShown() {
    const Bench bench;
    words::setLanguage(Language::English);
    bench.open("S-0001");
    const auto* decided = bench.find<BlockView>("decidedBlocks");
    QTRY_VERIFY(decided->toPlainText().contains("Budget"));
    words::setLanguage(Language::Chinese);
    QTRY_VERIFY(decided->toPlainText().contains("预算"));
    QVERIFY(bench.label("documentTitle").contains("赠品"));
  }

  void figuresTakeTheColoursOfTheTheme() {
    const QByteArray svg = recoloured("<svg><rect fill=\"#FFFFFF\"/><text fill=\"#1B1F27\">#1</text></svg>");
    QVERIFY(svg.contains(theme::tokens().window.name().toLatin1()));
    QVERIFY(svg.contains(theme::tokens().text.name().toLatin1()));
    QVERIFY(svg.contains(">#1<"));
  }

  void pictures() {
    if (qEnvironmentVariableIsEmpty("LODESTONE_SHOTS")) QSKIP("no pictures asked for");
    const QString tail = QString(words::language() == Language::Chinese ? "_zh" : "_en") +
                         (theme::isDark() ? "_dark" : "_light");
    const Bench bench;
    for (const char* id : {"S-0002", "S-0004", "S-0006"}) bench.submit(id);
    QVERIFY(
        bench.records().review("S-0002", ReviewAction::Approve, "Bob Miller", "Well argued.").has_value());
    QVERIFY(
        bench.records()
            .review(
                "S-0004", ReviewAction::RequestChanges, "Bob Miller",
                "The audience overlaps with the newsletter of the week before. Please leave out whoever got "
                "that one, and tell in the message until when the gift can be had; last year we had forty "
                "calls about it.\n\nThe budget looks fine.")
            .has_value());
    bench.edit("S-0004", {{"budget", "250"},
                          {"audience.min_score", "0.02"},
                          {"content.en.body", "Hello! Until Sunday your next order comes with a free gift."},
                          {"timing.end", "2027-01-31"}});
    for (int i = 0; i < 6; ++i) bench.edit("S-0004", {{"budget", std::to_string(300 + i)}});
    for (int i = 0; i < 4; ++i)
      QVERIFY(bench.records()
                  .comment("S-0004", "Charlotte Dupont", "第 " + std::to_string(i) + " 条意见")
                  .has_value());
    bench.changed();
    const auto shoot = [&](const QString& name, const QSize& size = {1224, 620}) {
      QTRY_VERIFY(bench.find<BlockView>("evidenceBlocks")->complete());
      test::shoot(bench.frame, name + tail, size);
    };
    bench.open("S-0006");
    bench.reviewAs("Bob Miller");
    QTest::qWait(400);
    shoot("document");
    shoot("document_tall", {1224, 3000});
    bench.reviewAs("Ann");
    bench.open("S-0004");
    QTest::qWait(400);
    shoot("comments", {1664, 980});
    bench.find<QTabWidget>("reviewTabs")->setCurrentIndex(1);
    QTest::qWait(200);
    shoot("difference");
    bench.find<QComboBox>("versionBefore")->setCurrentIndex(7);
    shoot("difference_first", {1224, 1100});
    bench.find<QTabWidget>("reviewTabs")->setCurrentIndex(0);
    bench.find<QAction>("actionExport")->trigger();
    QTRY_COMPARE(bench.find<tables::ListTable>("filesPreview")->model()->rowCount(), 4);
    QTest::qWait(300);
    shoot("export_report");
    auto* tabs = bench.find<QTabWidget>("previewTabs");
    tabs->setCurrentIndex(1);
    shoot("export_audience");
    tabs->setCurrentIndex(2);
    shoot("export_files");
    const QTemporaryDir folder;
    bench.find<QLineEdit>("exportFolder")->setText(folder.path());
    QTest::mouseClick(bench.button("exportNow"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.find<widgets::Notice>("exportNotice")->text().isEmpty(), 30000);
    shoot("export_done");
  }
};

}  // namespace lodestone::pages

LODESTONE_UI_TEST(lodestone::pages::ReviewPageTest)
#include "review_page_test.moc"
