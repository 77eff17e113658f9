// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QFontMetrics>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/ui/support/ui_test.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone {

constexpr Text kGone{"The file {0} is gone.", "文件 {0} 不存在。"};

class WidgetsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup();
  void numbersFollowTheLanguage();
  void everyStateHasAWordOfItsOwnInBothLanguages();
  void textStandsOutInBothThemes();
  void noticeTellsTheErrorAndGoesWhenDismissed();
  void noticeIsSilentOnCancelled();
  void disabledControlSaysWhyAndForgetsItAgain();
  void emptyStateShowsAllOfItsText();
  void cardsTakeKeysAsTheyTakeThePointer();
  void flowUsesTheRoomThereIs();
  void iconsFollowTheTheme();
};

namespace {

/// WCAG 2.1: relative luminance, and the ratio of two.
double luminance(const QColor& colour) {
  const auto part = [](double value) {
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double one = luminance(a);
  const double other = luminance(b);
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

}  // namespace

void WidgetsTest::cleanup() {
  words::setLanguage(Language::English);
  theme::apply(theme::Mode::Light);
}

void WidgetsTest::numbersFollowTheLanguage() {
  QCOMPARE(words::count(1234567), QString("1,234,567"));
  QCOMPARE(words::number(0.8314, 3), QString("0.831"));
  QCOMPARE(words::number(std::numeric_limits<double>::quiet_NaN(), 3), QString("–"));
  QCOMPARE(words::percent(0.1234), QString("12.3\u00A0%"));
  QCOMPARE(words::money(-4966.851, "EUR"), QString("−EUR\u00A04,966.85"));
  QCOMPARE(words::money(-0.001, "EUR"), QString("EUR\u00A00.00"));
  QCOMPARE(words::duration(125), QString("2 min 5 s"));
  words::setLanguage(Language::Chinese);
  QCOMPARE(words::duration(125), QString("2 分 5 秒"));
  QCOMPARE(words::said(kGone, {"a.csv"}), QString("文件 a.csv 不存在。"));
}

void WidgetsTest::everyStateHasAWordOfItsOwnInBothLanguages() {
  using widgets::State;
  QStringList english;
  QStringList chinese;
  QStringList icons;
  for (int i = 0; i <= static_cast<int>(State::Measured); ++i) {
    english << widgets::stateWord(static_cast<State>(i));
    icons << widgets::stateIcon(static_cast<State>(i));
  }
  words::setLanguage(Language::Chinese);
  for (int i = 0; i <= static_cast<int>(State::Measured); ++i)
    chinese << widgets::stateWord(static_cast<State>(i));
  for (QStringList list : {english, chinese, icons}) {
    QCOMPARE(list.removeDuplicates(), 0);
    QVERIFY(!list.contains(QString()));
  }
  for (const QString& word : chinese) QVERIFY2(word.at(0).unicode() > 0x2E00, qPrintable(word));
}

void WidgetsTest::textStandsOutInBothThemes() {
  for (const auto mode : {theme::Mode::Light, theme::Mode::Dark}) {
    theme::apply(mode);
    const theme::Tokens& t = theme::tokens();
    for (const QColor& under : {t.window, t.surface, t.raised})
      for (const QColor& text : {t.text, t.text2, t.accent, t.ok, t.warn, t.fail, t.info})
        QVERIFY2(contrast(text, under) >= 4.5, qPrintable(text.name() + " on " + under.name()));
    QVERIFY(contrast(t.on_accent, t.accent) >= 4.5);
  }
}

void WidgetsTest::noticeTellsTheErrorAndGoesWhenDismissed() {
  widgets::Notice notice;
  QVERIFY(!notice.isVisible());
  notice.showError({.code = ErrorCode::NotFound, .text = kGone, .args = {"a.csv"}});
  QVERIFY(notice.isVisible());
  QCOMPARE(notice.text(), QString("The file a.csv is gone."));
  notice.findChild<QToolButton*>("noticeClose")->click();
  QVERIFY(!notice.isVisible());
  bool pressed = false;
  notice.showText(widgets::Notice::Kind::Info, "Open?", "Open", [&] { pressed = true; });
  notice.findChild<QPushButton*>("noticeButton")->click();
  QVERIFY(pressed);
  QVERIFY(!notice.isVisible());
}

void WidgetsTest::noticeIsSilentOnCancelled() {
  widgets::Notice notice;
  notice.showError(cancelled().value());
  QVERIFY(!notice.isVisible());
}

void WidgetsTest::disabledControlSaysWhyAndForgetsItAgain() {
  QPushButton button;
  button.setToolTip("Send it (Ctrl+Return)");
  widgets::enableOrSay(&button, "It is locked.");
  widgets::enableOrSay(&button, "It is locked by Ann.");
  QVERIFY(!button.isEnabled());
  QCOMPARE(button.toolTip(), QString("It is locked by Ann."));
  widgets::enableOrSay(&button, {});
  QVERIFY(button.isEnabled());
  QCOMPARE(button.toolTip(), QString("Send it (Ctrl+Return)"));
}

void WidgetsTest::emptyStateShowsAllOfItsText() {
  widgets::EmptyState empty("data");
  const QString text = QString("Import the exports of your shop and look at them. ").repeated(4).trimmed();
  empty.setTexts("No tables yet", text);
  empty.resize(700, 500);
  empty.show();
  QTRY_VERIFY(empty.isVisible());
  const QLabel* label = nullptr;
  for (const QLabel* each : empty.findChildren<QLabel*>())
    if (each->text() == text) label = each;
  QVERIFY(label != nullptr);
  const QRect needed =
      QFontMetrics(label->font()).boundingRect(QRect(0, 0, label->width(), 10000), Qt::TextWordWrap, text);
  QTRY_VERIFY(label->height() >= needed.height());
  QVERIFY(label->width() > 400);
}

void WidgetsTest::cardsTakeKeysAsTheyTakeThePointer() {
  widgets::Card card;
  card.setPressable(true);
  card.show();
  QSignalSpy pressed(&card, &widgets::Card::pressed);
  QSignalSpy opened(&card, &widgets::Card::opened);
  QTest::mouseClick(&card, Qt::LeftButton);
  QTest::keyClick(&card, Qt::Key_Space);
  QCOMPARE(pressed.count(), 2);
  QCOMPARE(opened.count(), 0);
  QTest::keyClick(&card, Qt::Key_Return);
  QCOMPARE(opened.count(), 1);
}

void WidgetsTest::flowUsesTheRoomThereIs() {
  QWidget place;
  auto* flow = new widgets::FlowLayout(&place, 200);
  for (int i = 0; i < 6; ++i) {
    auto* item = new QLabel(QString::number(i));
    item->setMinimumHeight(50);
    flow->addWidget(item);
  }
  const auto columnsAt = [&](int width) {
    place.resize(width, 600);
    flow->setGeometry(QRect(0, 0, width, 600));
    int columns = 0;
    for (int i = 0; i < 6; ++i) columns += flow->itemAt(i)->geometry().top() == 0 ? 1 : 0;
    return columns;
  };
  QCOMPARE(columnsAt(250), 1);
  QCOMPARE(columnsAt(450), 2);
  QCOMPARE(columnsAt(1300), 6);
  QVERIFY(flow->heightForWidth(250) > flow->heightForWidth(450));
}

void WidgetsTest::iconsFollowTheTheme() {
  const QIcon icon = theme::icon("data");
  const auto lightness = [&] {
    const QImage image = icon.pixmap(24, 24).toImage();
    int sum = 0;
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        if (const QColor at = image.pixelColor(x, y); at.alpha() > 200) {
          sum += at.lightness();
          ++count;
        }
    return count == 0 ? -1 : sum / count;
  };
  const int light = lightness();
  QVERIFY(light >= 0);
  theme::apply(theme::Mode::Dark);
  QVERIFY(lightness() > light + 100);
}

}  // namespace lodestone

LODESTONE_UI_TEST(lodestone::WidgetsTest)
#include "widgets_test.moc"
