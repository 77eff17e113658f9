// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/print/print.h"

#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"

using lodestone::ErrorCode;
using lodestone::Language;
using lodestone::campaign::Figure;
using lodestone::campaign::Heading;
using lodestone::campaign::Notice;
using lodestone::campaign::Paragraph;
using lodestone::campaign::ReportDocument;
using lodestone::campaign::Table;

namespace {

constexpr const char* kSvg =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"200\" viewBox=\"0 0 400 200\">"
    "<rect x=\"20\" y=\"40\" width=\"120\" height=\"140\" fill=\"#1f5fa8\"/>"
    "<rect x=\"180\" y=\"90\" width=\"120\" height=\"90\" fill=\"#c2410c\"/>"
    "<text x=\"20\" y=\"30\" font-size=\"14\">Uplift 增量</text></svg>";

const std::string kHead(64, 'a');

/// A report of several pages with every kind of block.
ReportDocument reportIn(Language language) {
  const bool chinese = language == Language::Chinese;
  ReportDocument report;
  report.title = chinese ? "策略 S-0001:唤回高价值客户" : "Strategy S-0001: win back valuable customers";
  report.language = language;
  report.audit_head = kHead;
  report.made_at = "2026-03-01T09:30:00.000Z";
  report.blocks.emplace_back(Heading{1, report.title});
  for (const auto kind : {Notice::Kind::Draft, Notice::Kind::Ok, Notice::Kind::Warning, Notice::Kind::Failure,
                          Notice::Kind::Info})
    report.blocks.emplace_back(Notice{
        kind, chinese ? "草稿:此策略尚未获得批准。" : "DRAFT: nobody has approved this strategy yet."});
  std::string text;
  for (int i = 0; i < 12; ++i)
    text += chinese ? "对近期未购买但价值较高的客户发送九折优惠邮件,预计可带来增量转化。"
                    : "Customers of high value who have not bought lately get a discount by e-mail. ";
  report.blocks.emplace_back(Paragraph{text});
  report.blocks.emplace_back(
      Figure{chinese ? "增量转化" : "Incremental conversions", kSvg,
             chinese ? "处理组高于对照组。" : "The treated group is above the holdout."});
  Table table;
  table.header = chinese ? std::vector<std::string>{"客户", "说明", "得分"}
                         : std::vector<std::string>{"Customer", "Remark", "Score"};
  table.numeric = {false, false, true};
  for (int i = 0; i < 120; ++i)
    table.rows.push_back(
        {"C" + std::to_string(1000 + i),
         chinese ? "近九十天没有订单,过去一年消费较高,已同意接收邮件。"
                 : "No order for ninety days, high spend over the last year, has agreed to e-mail.",
         "0." + std::to_string(100 + i)});
  report.blocks.emplace_back(Heading{2, chinese ? "受众" : "Audience"});
  report.blocks.emplace_back(table);
  return report;
}

std::filesystem::path in(const QTemporaryDir& folder, const char* name) {
  return std::filesystem::path(folder.path().toStdString()) / name;
}

QByteArray read(const std::filesystem::path& file) {
  const auto bytes = lodestone::readFile(file);
  return bytes ? QByteArray::fromStdString(*bytes) : QByteArray();
}

/// The text of a PDF, empty when there is no pdftotext.
QString textOf(const std::filesystem::path& file) {
  QProcess process;
  process.start(QStringLiteral(PDFTOTEXT),
                {QStringLiteral("-layout"), QString::fromStdString(file.string()), QStringLiteral("-")});
  if (!process.waitForFinished(30000)) return {};
  return QString::fromUtf8(process.readAllStandardOutput());
}

}  // namespace

class PrintTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void writesEveryPage_data() {
    QTest::addColumn<int>("language");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("page");
    QTest::newRow("English") << int(Language::English) << "Remark"
                             << "Page 1 of ";
    QTest::newRow("Chinese") << int(Language::Chinese) << QString::fromUtf8("说明")
                             << QString::fromUtf8("第 1 页");
  }

  void writesEveryPage() {
    QFETCH(int, language);
    QFETCH(QString, header);
    QFETCH(QString, page);
    const QTemporaryDir folder;
    const auto file = in(folder, "report.pdf");
    const auto written = lodestone::print::writePdf(reportIn(static_cast<Language>(language)), file);
    QVERIFY(written.has_value());
    const QByteArray bytes = read(file);
    QVERIFY(bytes.startsWith("%PDF"));
    const auto pages = bytes.count("/Type /Page\n");
    QVERIFY2(pages >= 3, qPrintable(QString::number(pages)));
    if (QStringLiteral(PDFTOTEXT).isEmpty())
      QSKIP("pdftotext is not installed: the text of the pages is not checked");
    const QString text = textOf(file);
    QVERIFY2(text.contains(page), qPrintable(text.left(2000)));
    QVERIFY(text.contains(QStringLiteral("lodestone-audit-head:") + QString::fromStdString(kHead)));
    // The header row again on each page that the table reaches, and every row once.
    QVERIFY(text.count(header) >= 3);
    for (int i = 0; i < 120; ++i) QCOMPARE(text.count(QStringLiteral("C%1 ").arg(1000 + i)), 1);
    QVERIFY(text.count(QStringLiteral("DRAFT")) >= pages);
  }

  void onlyDraftsCarryTheMark() {
    if (QStringLiteral(PDFTOTEXT).isEmpty()) QSKIP("pdftotext is not installed");
    const QTemporaryDir folder;
    ReportDocument report = reportIn(Language::English);
    report.draft = false;
    report.blocks = {Heading{1, report.title}, Paragraph{"Approved by Bob."}};
    QVERIFY(lodestone::print::writePdf(report, in(folder, "approved.pdf")).has_value());
    QVERIFY(!textOf(in(folder, "approved.pdf")).contains(QStringLiteral("DRAFT")));
    report.draft = true;
    QVERIFY(lodestone::print::writePdf(report, in(folder, "draft.pdf")).has_value());
    QVERIFY(textOf(in(folder, "draft.pdf")).contains(QStringLiteral("DRAFT")));
  }

  void longTextGoesOnOverPages() {
    const QTemporaryDir folder;
    ReportDocument report;
    report.title = "Long";
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "word" + std::to_string(i) + " ";
    report.blocks = {Paragraph{text}};
    QVERIFY(lodestone::print::writePdf(report, in(folder, "long.pdf")).has_value());
    QVERIFY(read(in(folder, "long.pdf")).count("/Type /Page\n") >= 3);
    if (QStringLiteral(PDFTOTEXT).isEmpty()) QSKIP("pdftotext is not installed");
    const QString back = textOf(in(folder, "long.pdf"));
    for (const int i : {0, 1500, 2999}) QVERIFY(back.contains(QStringLiteral("word%1").arg(i)));
  }

  void twoNarrowFiguresShareARow() {
    const QTemporaryDir folder;
    ReportDocument report;
    report.title = "Curves";
    for (const char* title : {"First curve", "Second curve"})
      report.blocks.emplace_back(Figure{title, kSvg, "What it shows."});
    QVERIFY(lodestone::print::writePdf(report, in(folder, "curves.pdf")).has_value());
    if (QStringLiteral(PDFTOTEXT).isEmpty()) QSKIP("pdftotext is not installed");
    bool same_line = false;
    for (const QString& line : textOf(in(folder, "curves.pdf")).split(QLatin1Char('\n')))
      same_line = same_line || (line.contains(QStringLiteral("First curve")) &&
                                line.contains(QStringLiteral("Second curve")));
    QVERIFY(same_line);
  }

  void noWordOfATableIsBroken() {
    if (QStringLiteral(PDFTOTEXT).isEmpty()) QSKIP("pdftotext is not installed");
    const QTemporaryDir folder;
    ReportDocument report;
    report.title = "Summary";
    report.draft = false;
    const std::vector<std::string> words{"Strategy",     "Audience",    "Conversions", "Incremental",
                                         "Satisfaction", "Investments", "Redemptions", "Statistics"};
    Table table{words, {words, words}, std::vector<bool>(words.size(), false)};
    for (auto& cell : table.rows[1]) cell += " and more words that have to be wrapped";
    report.blocks.emplace_back(table);
    QVERIFY(lodestone::print::writePdf(report, in(folder, "table.pdf")).has_value());
    const QString text = textOf(in(folder, "table.pdf"));
    for (const std::string& word : words)
      QVERIFY2(text.count(QString::fromStdString(word)) == 3, word.c_str());
  }

  void saysWhichFigureCannotBeDrawn() {
    const QTemporaryDir folder;
    ReportDocument report = reportIn(Language::English);
    report.blocks = {Figure{"Broken chart", "no svg", ""}};
    const auto written = lodestone::print::writePdf(report, in(folder, "x.pdf"));
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::InvalidArgument);
    QVERIFY(written.error().message(Language::English).find("Broken chart") != std::string::npos);
    QVERIFY(!std::filesystem::exists(in(folder, "x.pdf")));
  }

  void tellsOfAFolderThatIsNotThere() {
    const auto written = lodestone::print::writePdf(reportIn(Language::English), "/nowhere/at/all/x.pdf");
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::Io);
  }

  void picturesHaveTheSizeAskedFor() {
    const QTemporaryDir folder;
    QVERIFY(lodestone::print::writePng(kSvg, in(folder, "a.png"), {.scale = 2}).has_value());
    const QImage twice(QString::fromStdString(in(folder, "a.png").string()));
    QCOMPARE(twice.size(), QSize(800, 400));
    QCOMPARE(twice.pixelColor(160, 240), QColor(0x1f, 0x5f, 0xa8));
    QCOMPARE(twice.pixelColor(790, 10), QColor(Qt::white));
    QVERIFY(lodestone::print::writePng(kSvg, in(folder, "b.png"), {.width = 100}).has_value());
    QCOMPARE(QImage(QString::fromStdString(in(folder, "b.png").string())).size(), QSize(100, 50));
    const auto huge = lodestone::print::writePng(kSvg, in(folder, "c.png"), {.scale = 1000});
    QVERIFY(!huge);
    QCOMPARE(huge.error().code, ErrorCode::InvalidArgument);
  }
};

// No application of its own: making one where the program has none is part of what is tested.
int main(int argc, char** argv) {
  PrintTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "print_test.moc"
