// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontInfo>
#include <QLabel>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>
#include <algorithm>
#include <array>

#include "ui/theme/style_sheet.h"
#include "ui/theme/system_theme.h"

/// A resource of a static library is found only after this; it must stand outside any namespace.
static void initResources() {
  Q_INIT_RESOURCE(icons);
}

namespace lodestone::theme {
namespace {

Tokens makeLight() {
  return {.window = QColor("#F6F7F9"),
          .surface = QColor("#FFFFFF"),
          .raised = QColor("#FFFFFF"),
          .line = QColor("#DADDE3"),
          .text = QColor("#1B1F27"),
          .text2 = QColor("#5B6472"),
          .accent = QColor("#2F5BEA"),
          .on_accent = QColor("#FFFFFF"),
          .ok = QColor("#1B7F4B"),
          .warn = QColor("#9A6700"),
          .fail = QColor("#B42318"),
          .info = QColor("#2F5BEA")};
}

Tokens makeDark() {
  return {.window = QColor("#16181C"),
          .surface = QColor("#1E2126"),
          .raised = QColor("#262A31"),
          .line = QColor("#343943"),
          .text = QColor("#E8EAEE"),
          .text2 = QColor("#9AA3B2"),
          .accent = QColor("#7B9BFF"),
          .on_accent = QColor("#10131A"),
          .ok = QColor("#4CC38A"),
          .warn = QColor("#E2B340"),
          .fail = QColor("#F2766B"),
          .info = QColor("#7B9BFF")};
}

struct State {
  Mode mode = Mode::System;
  SystemScheme system = SystemScheme::Unknown;
  bool dark = false;
  bool watching = false;
  bool system_palette_dark = false;
  QFont system_font;
  Tokens tokens = makeLight();
  Notifier notifier;
};

State& state() {
  static State state;
  return state;
}

bool wantsDark() {
  if (state().mode != Mode::System) return state().mode == Mode::Dark;
  if (state().system != SystemScheme::Unknown) return state().system == SystemScheme::Dark;
  return state().system_palette_dark;
}

QColor blend(const QColor& over, const QColor& under, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share)); };
  return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

QPalette paletteOf(const Tokens& t) {
  QPalette palette;
  palette.setColor(QPalette::Window, t.window);
  palette.setColor(QPalette::WindowText, t.text);
  palette.setColor(QPalette::Base, t.surface);
  palette.setColor(QPalette::AlternateBase, blend(t.window, t.surface, 0.6));
  palette.setColor(QPalette::Text, t.text);
  palette.setColor(QPalette::Button, t.raised);
  palette.setColor(QPalette::ButtonText, t.text);
  palette.setColor(QPalette::BrightText, t.fail);
  palette.setColor(QPalette::ToolTipBase, t.raised);
  palette.setColor(QPalette::ToolTipText, t.text);
  palette.setColor(QPalette::PlaceholderText, t.text2);
  palette.setColor(QPalette::Highlight, t.accent);
  palette.setColor(QPalette::HighlightedText, t.on_accent);
  palette.setColor(QPalette::Link, t.accent);
  palette.setColor(QPalette::LinkVisited, t.accent);
  palette.setColor(QPalette::Light, t.raised);
  palette.setColor(QPalette::Midlight, t.line);
  palette.setColor(QPalette::Mid, t.line);
  palette.setColor(QPalette::Dark, t.line);
  palette.setColor(QPalette::Shadow, t.line);
  const QColor faded = blend(t.text2, t.window, 0.65);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, faded);
  palette.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
  palette.setColor(QPalette::Disabled, QPalette::HighlightedText, t.text2);
  return palette;
}

void refresh() {
  State& s = state();
  s.dark = wantsDark();
  s.tokens = s.dark ? makeDark() : makeLight();
  QApplication::setPalette(paletteOf(s.tokens));
  QToolTip::setPalette(paletteOf(s.tokens));
  qApp->setStyleSheet(styleSheet(s.tokens));
  Q_EMIT s.notifier.changed();
}

/// Sizes are of the usual system font of 10 points; who made that larger gets larger ones.
double fontFactor() {
  const double points = state().system_font.pointSizeF();
  return points > 0 ? std::clamp(points / 10.0, 0.9, 2.0) : 1.0;
}

int pixels(Role role) {
  switch (role) {
    case Role::Caption:
      return 11;
    case Role::Section:
      return 16;
    case Role::Page:
      return 20;
    case Role::Body:
      break;
  }
  return 13;
}

}  // namespace

void apply(Mode mode) {
  State& s = state();
  if (!s.watching) {
    s.watching = true;
    initResources();
    s.system_palette_dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    s.system_font = QApplication::font();
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    QApplication::setFont(font(Role::Body));
    watchSystemScheme([](SystemScheme scheme) {
      state().system = scheme;
      if (state().mode == Mode::System && wantsDark() != state().dark) refresh();
    });
  }
  s.mode = mode;
  refresh();
}

Mode mode() {
  return state().mode;
}
bool isDark() {
  return state().dark;
}
const Tokens& tokens() {
  return state().tokens;
}
Notifier& notifier() {
  return state().notifier;
}

void paintWith(QObject* owner, const std::function<void()>& use_colours) {
  use_colours();
  QObject::connect(&notifier(), &Notifier::changed, owner, use_colours);
}

QFont font(Role role) {
  QFont font = state().system_font;
  // Named, because what the system falls back on for Chinese may come in another weight or Japanese forms.
  // The family that "sans" stands for goes first by its own name: a generic one loses to those after it.
  font.setFamilies({QFontInfo(state().system_font).family(), "Noto Sans CJK SC", "Noto Sans SC",
                    "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei"});
  font.setPixelSize(static_cast<int>(pixels(role) * fontFactor() + 0.5));
  if (role == Role::Section || role == Role::Page) font.setWeight(QFont::DemiBold);
  return font;
}

QLabel* label(Role role, QWidget* parent, const QString& text) {
  auto* made = new QLabel(text, parent);
  made->setFont(font(role));
  made->setTextFormat(Qt::PlainText);
  made->setTextInteractionFlags(Qt::TextSelectableByMouse);
  made->setFocusPolicy(Qt::NoFocus);
  if (role == Role::Caption) made->setProperty("role", "caption");
  return made;
}

QColor seriesColor(int index) {
  // Okabe and Ito's eight without black and yellow (too pale on white), which light and dark both carry.
  static const std::array<QColor, 7> kLight{QColor("#0072B2"), QColor("#D55E00"), QColor("#009E73"),
                                            QColor("#CC79A7"), QColor("#E69F00"), QColor("#56B4E9"),
                                            QColor("#B8A800")};
  static const std::array<QColor, 7> kDark{QColor("#56B4E9"), QColor("#E69F00"), QColor("#2FC79A"),
                                           QColor("#E39CC4"), QColor("#F0E442"), QColor("#5C9FE0"),
                                           QColor("#F08A4B")};
  if (index < 0 || index >= 7) return tokens().text2;
  return (isDark() ? kDark : kLight)[static_cast<std::size_t>(index)];
}

QPen seriesPen(int index, qreal width) {
  static const std::array<Qt::PenStyle, 4> kStyles{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
  QPen pen(seriesColor(index), width, kStyles[static_cast<std::size_t>(std::max(index, 0)) % kStyles.size()]);
  pen.setCapStyle(Qt::FlatCap);
  pen.setJoinStyle(Qt::RoundJoin);
  return pen;
}

int animationMs() {
  const int wanted = QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration);
  return std::clamp(wanted, 0, 150);
}

}  // namespace lodestone::theme
