// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The text of the flowchart: colours, completion, comments, marks, and the way to the nodes and back.
#include <QClipboard>
#include <QLabel>
#include <QListView>
#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextLayout>

#include "core/pipeline/templates.h"
#include "tests/ui/pages/pipeline/small_shop.h"
#include "ui/pages/pipeline/chart_completion.h"
#include "ui/pages/pipeline/chart_editor.h"
#include "ui/pages/pipeline/chart_highlighter.h"
#include "ui/pages/pipeline/chart_places.h"
#include "ui/pages/pipeline/chart_reading.h"
#include "ui/pages/pipeline/chart_scan.h"
#include "ui/pages/pipeline/yaml_place.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

using namespace lodestone;        // NOLINT(google-build-using-namespace): one file, one program
using namespace lodestone::test;  // NOLINT(google-build-using-namespace): one file, one program
using pages::ScanKind;

namespace {

const std::map<ScanKind, QString> kNames = {{ScanKind::Fence, "fence"},
                                            {ScanKind::Key, "key"},
                                            {ScanKind::Value, "value"},
                                            {ScanKind::Comment, "comment"},
                                            {ScanKind::Keyword, "keyword"},
                                            {ScanKind::Direction, "direction"},
                                            {ScanKind::Id, "id"},
                                            {ScanKind::Reference, "reference"},
                                            {ScanKind::EdgeId, "edge"},
                                            {ScanKind::Bracket, "bracket"},
                                            {ScanKind::Label, "label"},
                                            {ScanKind::Arrow, "arrow"},
                                            {ScanKind::EdgeLabel, "edge label"},
                                            {ScanKind::ClassName, "class"},
                                            {ScanKind::Style, "style"}};

/// "keyword:graph direction:TD" of every line, lines apart by " / ".
QString scanned(const QString& text) {
  QStringList lines;
  int state = pages::scan_state::kStart;
  for (const QString& line : text.split(u'\n')) {
    const pages::ScannedLine found = pages::scanLine(line, state);
    QStringList spans;
    int last = 0;
    for (const pages::ScanSpan& span : found.spans) {
      if (span.begin < last || span.end() > line.size()) return "spans out of order in " + line;
      last = span.end();
      spans << kNames.at(span.kind) + ":" + line.mid(span.begin, span.length);
    }
    lines << spans.join(" ");
    state = found.state;
  }
  return lines.join(" / ");
}

/// What is offered where | stands.
QStringList offered(const QString& text, const pages::CompletionSource& source, QString* written = nullptr) {
  QTextDocument document;
  document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
  const qsizetype at = text.indexOf(u'|');
  pages::ChartHighlighter highlighter(&document);
  document.setPlainText(QString(text).remove(at, 1));
  if (!QTest::qWaitFor([&] { return highlighter.finished(); })) return {"not coloured"};
  QTextCursor cursor(&document);
  cursor.setPosition(static_cast<int>(at));
  const pages::Completions found = pages::completionsAt(cursor, source);
  QStringList words;
  for (const pages::Completion& one : found.items) words << one.shown;
  if (written != nullptr && !found.items.empty()) {
    cursor.setPosition(cursor.position() - found.typed, QTextCursor::KeepAnchor);
    cursor.insertText(found.items.front().insert);
    *written = document.toPlainText();
  }
  return words;
}

}  // namespace

class WorkbenchTextTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { studio_ = makeStudio(); }
  void cleanup() {
    studio_.reset();
    words::setLanguage(qEnvironmentVariableIsSet("LODESTONE_CHINESE") ? Language::Chinese
                                                                      : Language::English);
  }

  void colours_data();
  void colours();
  void coloursFollowEdits();
  void longTextsAreColouredInPieces();
  void placesOfNodes();
  void completesTheChart();
  void completesTheFrontMatter();
  void namesAreWrittenAsYaml();
  void theListAnswersKeys();
  void commentsComeAndGo();
  void marksSayWhy();
  void cursorAndNodeFollowEachOther();

 private:
  QString file() const { return studio_->folder() + "/pipeline.mmd"; }
  std::unique_ptr<studio::Studio> studio_;
};

void WorkbenchTextTest::colours_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("expected");
  QTest::newRow("header") << "flowchart LR"
                          << "keyword:flowchart direction:LR";
  QTest::newRow("chain") << "graph TD\nA & B --> C & D;E"
                         << "keyword:graph direction:TD / id:A arrow:& id:B arrow:--> id:C arrow:& id:D id:E";
  QTest::newRow("labels")
      << "graph TD\nA[Data: all] -->|yes| B((\"a (b)\"))"
      << "keyword:graph direction:TD / id:A bracket:[ label:Data: all bracket:] arrow:--> "
         "edge label:|yes| id:B bracket:(( label:\"a (b)\" bracket:))";
  QTest::newRow("words on an edge")
      << "graph TD\nA -- not --> B -.-> C == so ==> D --- E x--x F"
      << "keyword:graph direction:TD / id:A arrow:-- edge label:not arrow:--> id:B "
         "arrow:-.-> id:C arrow:== edge label:so arrow:==> id:D arrow:--- id:E "
         "arrow:x--x id:F";
  QTest::newRow("chinese")
      << "graph TD\nA[数据采集] --> 清洗-1{是否}"
      << "keyword:graph direction:TD / id:A bracket:[ label:数据采集 bracket:] arrow:--> "
         "id:清洗-1 bracket:{ label:是否 bracket:}";
  QTest::newRow("classes")
      << "graph TD\nclassDef big fill:#fff,stroke:#000\nclass A,B big\nA:::big --> B\nstyle A fill:#f00\n"
         "linkStyle 0,1 stroke:red"
      << "keyword:graph direction:TD / keyword:classDef class:big style:fill:#fff,stroke:#000 / "
         "keyword:class reference:A reference:B class:big / id:A bracket:::: class:big "
         "arrow:--> id:B / keyword:style reference:A style:fill:#f00 / keyword:linkStyle "
         "reference:0 reference:1 style:stroke:red";
  QTest::newRow("shape") << "graph TD\nA@{ shape: cyl, label: \"a: b\" }\ne1@--> B"
                         << "keyword:graph direction:TD / id:A bracket:@{ key:shape value:cyl key:label "
                            "value:\"a: b\" bracket:} / edge:e1 arrow:--> id:B";
  QTest::newRow("over lines")
      << "graph TD\nA[\"one\ntwo\"] --> B[one\ntwo] --> C\nA@{\n  shape: doc\n} --> D"
      << "keyword:graph direction:TD / id:A bracket:[ label:\"one / label:two\" bracket:] "
         "arrow:--> id:B bracket:[ label:one / label:two bracket:] arrow:--> id:C / "
         "id:A bracket:@{ / key:shape value:doc / bracket:} arrow:--> id:D";
  QTest::newRow("comments") << "graph TD\n  %% A --> B\n%%{init: {\n'x': 1}}%%\nA"
                            << "keyword:graph direction:TD / comment:%% A --> B / comment:%%{init: { / "
                               "comment:'x': 1}}%% / id:A";
  QTest::newRow("front matter")
      << "---\nlodestone:\n  nodes: # all\n    A: {stage: collect, table: \"a: b\"}\n---\ngraph TD"
      << "fence:--- / key:lodestone / key:nodes comment:# all / key:A key:stage key:table value:\"a: b\" / "
         "fence:--- / keyword:graph direction:TD";
  QTest::newRow("frames")
      << "graph TD\nsubgraph one [First part]\ndirection LR\nA[/in/]\nend\nclick A href \"x\" _blank"
      << "keyword:graph direction:TD / keyword:subgraph reference:one bracket:[ "
         "label:First part bracket:] / keyword:direction direction:LR / id:A bracket:[/ label:in "
         "bracket:/] / keyword:end / keyword:click reference:A keyword:href value:\"x\" value:_blank";
  QTest::newRow("ids like words") << "graph TD\nend1 --> classy"
                                  << "keyword:graph direction:TD / id:end1 arrow:--> id:classy";
  QTest::newRow("unfinished") << "graph TD\nA[never\nB -->"
                              << "keyword:graph direction:TD / id:A bracket:[ label:never / label:B -->";
}

void WorkbenchTextTest::colours() {
  QFETCH(QString, text);
  QFETCH(QString, expected);
  QCOMPARE(scanned(text), expected);
}

void WorkbenchTextTest::coloursFollowEdits() {
  pages::ChartEditor editor;
  editor.setPlainText("graph TD\nA[one]\nB[two]\n");
  const auto colourAt = [&](int position) {
    const QTextBlock block = editor.document()->findBlock(position);
    for (const auto& range : block.layout()->formats())
      if (position - block.position() >= range.start &&
          position - block.position() < range.start + range.length)
        return range.format.foreground().color();
    return QColor();
  };
  QTRY_COMPARE(colourAt(16), theme::tokens().text);  // B
  QTRY_COMPARE(colourAt(18), theme::tokens().ok);    // two
  QTextCursor cursor = editor.textCursor();
  cursor.setPosition(11);
  cursor.insertText("\"");  // the label of A now runs on
  QTRY_COMPARE(colourAt(17), theme::tokens().ok);
  editor.undo();
  QTRY_COMPARE(colourAt(16), theme::tokens().text);
}

void WorkbenchTextTest::longTextsAreColouredInPieces() {
  QString text = "graph TD\n";
  for (int i = 0; i < 20000; ++i) text += QString("N%1[Node number %1] --> N%2\n").arg(i).arg(i + 1);
  pages::ChartEditor editor;
  auto* highlighter = editor.document()->findChild<pages::ChartHighlighter*>();
  QVERIFY(highlighter != nullptr);
  editor.setPlainText(text);
  QVERIFY2(!highlighter->finished(), "not all of it at once");
  QTRY_VERIFY_WITH_TIMEOUT(highlighter->finished(), 60000);
  QCOMPARE(editor.document()->findBlockByNumber(19000).layout()->formats().size(), 6);
}

void WorkbenchTextTest::placesOfNodes() {
  const QString text =
      "---\nlodestone:\n  nodes:\n    A:\n      stage: collect\n    C: {stage: features}\n---\n"
      "graph TD\n%% A is first\nA[\"Daten\nsammeln 🙂\"] & B --> C\nC --> D\nstyle B fill:#fff\n\nD\n";
  const auto reading = pages::readChartText(words::toUtf8(text), {});
  QVERIFY(reading.places != nullptr);
  const auto at = [&](const QString& what, int more = 0) {
    const int position = static_cast<int>(text.indexOf(what)) + more;
    return reading.places->nodeAt(position, 1 + static_cast<int>(text.left(position).count(u'\n')));
  };
  QCOMPARE(at("stage: collect"), QString("A"));
  QCOMPARE(at("    A:"), QString("A"));
  QCOMPARE(at("C: {stage"), QString("C"));
  QCOMPARE(at("lodestone:"), QString());
  QCOMPARE(at("sammeln"), QString("A"));
  QCOMPARE(at("🙂"), QString("A"));
  QCOMPARE(at("B -->", 1), QString("B"));
  QCOMPARE(at("--> C", 4), QString("C"));
  QCOMPARE(at("C --> D", 7), QString("D"));
  QCOMPARE(at("style B", 7), QString("B"));
  QCOMPARE(at("fill"), QString("B"));
  QCOMPARE(at("graph"), QString());
  QCOMPARE(reading.places->positionOf("A"), static_cast<int>(text.indexOf("A[")));
  QCOMPARE(reading.places->positionOf("D"), static_cast<int>(text.indexOf("--> D")) + 4);
  QCOMPARE(reading.places->positionOf("nobody"), -1);
  QCOMPARE(reading.places->bindingLine("C"), 6);
}

void WorkbenchTextTest::completesTheChart() {
  const auto reading = pages::readChartText(
      "graph TD\nA[Collect data] --> B[Data cleaning]\nsubgraph part [Part]\nC\nend\nclassDef big "
      "fill:#fff\n",
      {});
  pages::CompletionSource source;
  source.reading = &reading;
  const QString chart = "graph TD\nA[Collect data] --> B[Data cleaning]\n";
  QString written;
  QCOMPARE(offered(chart + "A --> |", source), QStringList({"A", "B", "C", "part"}));
  QCOMPARE(offered(chart + "A --> clean|", source, &written), QStringList("B"));
  QCOMPARE(written, chart + "A --> B");
  QCOMPARE(offered(chart + "su|", source, &written), QStringList("subgraph"));
  QCOMPARE(written, chart + "subgraph ");
  QVERIFY(offered(chart + "|", source).contains("linkStyle"));
  QVERIFY(!offered(chart + "A --> l|", source).contains("linkStyle"));
  QCOMPARE(offered(chart + "direction L|", source), QStringList({"LR", "RL"}));
  QCOMPARE(offered(chart + "class A,B b|", source), QStringList("big"));
  QCOMPARE(offered(chart + "class A,B|", source), QStringList("B"));
  QCOMPARE(offered(chart + "A:::|", source), QStringList("big"));
  QCOMPARE(offered(chart + "style p|", source), QStringList("part"));
  QCOMPARE(offered(chart + "D@{ shape: cyli|", source, &written).first(), QString("cylinder"));
  QCOMPARE(written, chart + "D@{ shape: cylinder");
  QCOMPARE(offered(chart + "D@{ sh|", source).first(), QString("shape"));
  QCOMPARE(offered(chart + "D[A|", source), QStringList());
  QCOMPARE(offered(chart + "%% A|", source), QStringList());
  QCOMPARE(offered("fl|", source), QStringList("flowchart"));
}

void WorkbenchTextTest::completesTheFrontMatter() {
  const auto reading = pages::readChartText(
      "graph TD\nA[Collect data] --> B[Data cleaning] --> C[Extract features]\nC --> D[Model training]\n",
      {});
  pages::CompletionSource source;
  source.reading = &reading;
  source.tables = QStringList{"shop", "order items"};
  source.columns = [](const QString& node) {
    return node == "C" ? QStringList{"age", "churn"} : QStringList();
  };
  const auto front = [](const QString& text) {
    return "---\n" + text + "\n---\ngraph TD\nA[Collect data] --> B\n";
  };
  QString written;
  QCOMPARE(offered(front("lo|"), source).first(), QString("lodestone"));
  QCOMPARE(offered(front("lodestone:\n  no|"), source).first(), QString("nodes"));
  QVERIFY(!offered(front("lodestone:\n  seed: 7\n  |"), source).contains("seed"));
  QCOMPARE(offered(front("lodestone:\n  nodes:\n    A: {table: shop}\n    |"), source),
           QStringList({"B", "C", "D"}));
  QVERIFY(offered(front("lodestone:\n  nodes:\n    A: {stage: col|}"), source).contains("collect"));
  QCOMPARE(offered(front("lodestone:\n  nodes:\n    A:\n      stage: trai|"), source).first(),
           QString("train"));
  const QStringList keys = offered(front("lodestone:\n  nodes:\n    A: {stage: collect, |}"), source);
  QVERIFY(keys.contains("table") && keys.contains("apply") && !keys.contains("stage"));
  QCOMPARE(offered(front("lodestone:\n  nodes:\n    A: {table: |}"), source, &written), source.tables);
  QVERIFY(written.contains("A: {table: shop}"));
  QCOMPARE(offered(front("lodestone:\n  nodes:\n    A: {table: ord|}"), source, &written),
           QStringList("order items"));
  QCOMPARE(offered(front("lodestone:\n  nodes:\n    C:\n      target: ch|"), source), QStringList("churn"));
  QCOMPARE(offered(front("lodestone:\n  nodes:\n    C:\n      exclude: [churn, a|"), source),
           QStringList("age"));
  QVERIFY(offered(front("lodestone:\n  nodes:\n    D:\n      model: |"), source).contains("mlp"));
  QCOMPARE(offered(front("lodestone:\n  nodes:\n    A: {apply: m|}"), source), QStringList("manual"));
  QCOMPARE(offered(front("lodestone:\n  # no|"), source), QStringList());
}

void WorkbenchTextTest::namesAreWrittenAsYaml() {
  QCOMPARE(pages::yamlScalar("shop"), QString("shop"));
  QCOMPARE(pages::yamlScalar("order items"), QString("order items"));
  QCOMPARE(pages::yamlScalar("客户"), QString("客户"));
  QCOMPARE(pages::yamlScalar("true"), QString("\"true\""));
  QCOMPARE(pages::yamlScalar("a: b"), QString("\"a: b\""));
  QCOMPARE(pages::yamlScalar("say \"x\""), QString("\"say \\\"x\\\"\""));
  QCOMPARE(pages::yamlScalar("0.5"), QString("0.5"));
  QCOMPARE(pages::yamlScalar("- x"), QString("\"- x\""));
}

void WorkbenchTextTest::theListAnswersKeys() {
  openWith(*studio_, kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  auto* text = window.text();
  text->setFocus();
  text->moveCursor(QTextCursor::End);
  QTest::keyClicks(text, "B --> ");
  window.action("complete")->trigger();
  auto* list = window.frame.findChild<QListView*>("completions");
  QVERIFY(list != nullptr);
  QVERIFY(list->isVisible());
  QCOMPARE(list->model()->rowCount(), 3);
  QCOMPARE(list->currentIndex().row(), 0);
  test::shoot(window.frame, "text_completion", {1224, 620});
  QTest::keyClick(text, Qt::Key_Down);
  QTest::keyClick(text, Qt::Key_Return);
  QVERIFY(!list->isVisible());
  QVERIFY(text->toPlainText().endsWith("B --> B"));
  QTest::keyClick(text, Qt::Key_Return);
  QTest::keyClicks(text, "sub");
  QVERIFY(list->isVisible());
  QVERIFY(!list->currentIndex().isValid());
  QTest::keyClick(text, Qt::Key_Escape);
  QVERIFY(!list->isVisible());
  QTest::keyClicks(text, "g");
  QVERIFY(list->isVisible());
  QTest::keyClick(text, Qt::Key_Tab);
  QVERIFY(text->hasFocus());
  QVERIFY(text->toPlainText().endsWith("\nsubgraph "));
  QTest::keyClicks(text, "p");
  QTest::keyClick(text, Qt::Key_Return);
  QTest::keyClicks(text, "en");
  QVERIFY(list->isVisible());
  QTest::keyClick(text, Qt::Key_Return);  // nothing is chosen: a line break
  QVERIFY(text->toPlainText().endsWith("en\n"));
  text->setPlainText("---\nlodestone:\n  nodes:\n    A: {stage: \n---\ngraph TD\nA\n");
  QTextCursor cursor = text->textCursor();
  cursor.setPosition(static_cast<int>(text->toPlainText().indexOf("stage: ")) + 7);
  text->setTextCursor(cursor);
  QTRY_VERIFY(text->document()->findChild<pages::ChartHighlighter*>()->finished());
  window.action("complete")->trigger();
  QVERIFY(list->isVisible());
  QCOMPARE(list->model()->rowCount(), static_cast<int>(pipeline::stageTypes().size()));
  test::shoot(window.frame, "text_completion_stage", {1224, 620});
  window.canvas()->setFocus();
  QVERIFY(!list->isVisible());
}

void WorkbenchTextTest::commentsComeAndGo() {
  openWith(*studio_, kSmall);
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 3);
  auto* text = window.text();
  QTextCursor cursor = text->textCursor();
  cursor.setPosition(static_cast<int>(text->toPlainText().indexOf("B --> C")));
  text->setTextCursor(cursor);
  window.action("comment")->trigger();
  QVERIFY(text->toPlainText().endsWith("\n%% B --> C[Extract features]\n"));
  QTRY_COMPARE(window.count(), 2);
  window.action("comment")->trigger();
  QCOMPARE(text->toPlainText(), QString(kSmall));
  cursor.setPosition(static_cast<int>(text->toPlainText().indexOf("    A: {table")));
  text->setTextCursor(cursor);
  window.action("comment")->trigger();
  QVERIFY(text->toPlainText().contains("\n    # A: {table: shop}\n"));
  window.action("undo")->trigger();
  QCOMPARE(text->toPlainText(), QString(kSmall));
  text->selectAll();
  window.action("comment")->trigger();
  QVERIFY(text->toPlainText().contains("%% graph TD\n%% A["));
  QVERIFY(text->toPlainText().startsWith("---\n"));
  window.action("undo")->trigger();
  QCOMPARE(text->toPlainText(), QString(kSmall));
}

void WorkbenchTextTest::marksSayWhy() {
  openWith(*studio_, kSmall);
  Window window(*studio_);
  auto* text = window.find<pages::ChartEditor>("chart_text");
  QTRY_COMPARE(window.count(), 3);
  const int place = static_cast<int>(text->toPlainText().indexOf("C[Extract"));
  QTRY_VERIFY2(text->explanationAt(place).contains("target"), "what the node lacks is said in the text");
  window.type("graph TD\nA[Collect data] --> B[Preprocess\nC\n");
  QTRY_VERIFY(text->problemLine() > 0);
  const int line = text->document()->findBlockByNumber(text->problemLine() - 1).position();
  const QString why = text->explanationAt(line);
  QVERIFY2(why.contains("]"), qPrintable(why));  // what would fit
  test::shoot(window.frame, "text_wrong", {1224, 620});
  window.type("graph TD\nA[Collect data] --> B[Preprocess]\n");
  QTRY_COMPARE(text->problemLine(), 0);
  QTRY_VERIFY(text->explanationAt(0).isEmpty());
  // A rule that a run would refuse is a mistake as soon as it is typed; the chart stays in use.
  const QString rule =
      "---\nlodestone:\n  until: {metric: nonsense, better: 0.1}\n---\n"
      "graph TD\nA[Collect data] --> B[Preprocess]\nB --> A\n";
  window.type(rule);
  const int metric = static_cast<int>(rule.indexOf("nonsense"));
  QTRY_VERIFY2(text->explanationAt(metric).contains("nonsense"), qPrintable(text->explanationAt(metric)));
  auto* notice = window.notice("text_problem");
  QVERIFY(notice->isVisible());
  QVERIFY2(notice->text().contains("nonsense") && notice->text().contains("3"), qPrintable(notice->text()));
  QVERIFY(!window.find<QLabel>("canvas_note")->isVisible());
  window.type("graph TD\nA[Collect data] --> B[Preprocess]\nB --> A\n");
  QTRY_VERIFY(!notice->isVisible());
}

void WorkbenchTextTest::cursorAndNodeFollowEachOther() {
  openWith(*studio_,
           "graph TD\nA[Collect data] & B[Preprocess] --> C[Extract features] --> D[Model training]\n");
  Window window(*studio_);
  QTRY_COMPARE(window.count(), 4);
  auto* text = window.text();
  text->setFocus();
  const QString all = text->toPlainText();
  for (const char* node : {"B[", "D[", "C[", "A["}) {
    QTextCursor cursor = text->textCursor();
    cursor.setPosition(static_cast<int>(all.indexOf(node)) + 4);
    text->setTextCursor(cursor);
    QTRY_COMPARE(window.canvas()->chosen(), QString(node).left(1));
  }
  window.canvas()->setFocus();
  for (const char* node : {"D", "B", "C"}) {
    window.page->opened(node);
    QTRY_COMPARE(text->textCursor().position(), static_cast<int>(all.indexOf(QString(node) + "[")));
  }
}

LODESTONE_UI_TEST(WorkbenchTextTest)
#include "workbench_text_test.moc"
