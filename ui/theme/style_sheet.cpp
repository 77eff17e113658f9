// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <QHash>

#include "ui/theme/theme.h"

namespace lodestone::theme {
namespace {

QString rgba(const QColor& colour, double alpha) {
  return QString("rgba(%1,%2,%3,%4)").arg(colour.red()).arg(colour.green()).arg(colour.blue()).arg(alpha);
}

QColor blend(const QColor& over, const QColor& under, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share)); };
  return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

// $name is a token, $name/20 the same at 20 % opacity.
constexpr auto kSheet = R"(
* { outline: none; }
QLabel[role="caption"] { color: $text2; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }

QPushButton, QToolButton[kind="button"] {
  background: $raised; color: $text; border: 1px solid $line; border-radius: 6px; padding: 4px 12px; min-height: 18px;
}
QPushButton:hover, QToolButton[kind="button"]:hover { border-color: $text2/60; background: $text/4; }
QPushButton:pressed, QToolButton[kind="button"]:pressed { background: $text/10; }
QPushButton:focus, QToolButton[kind="button"]:focus { border: 1px solid $accent; }
QPushButton:disabled, QToolButton[kind="button"]:disabled { color: $text2/60; background: transparent; border-color: $line; }
QPushButton:checked, QToolButton[kind="button"]:checked { background: $accent/14; border-color: $accent/40; color: $text; }
QPushButton:checked:focus, QToolButton[kind="button"]:checked:focus { border-color: $accent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 1px solid $text; }
QPushButton[kind="primary"]:disabled { background: $text2/20; color: $text2; border-color: transparent; }
QPushButton[kind="danger"] { color: $fail; border-color: $fail/50; }
QPushButton[kind="danger"]:hover { background: $fail/10; }
QPushButton[kind="danger"]:disabled { color: $text2/60; border-color: $line; }
QPushButton[kind="flat"], QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 3px; }
QPushButton[kind="flat"] { padding: 4px 8px; }
QPushButton[kind="flat"]:hover, QToolButton:hover { background: $text/7; }
QPushButton[kind="flat"]:pressed, QToolButton:pressed { background: $text/14; }
QToolButton:checked { background: $accent/14; }
QPushButton[kind="flat"]:focus, QToolButton:focus { border: 1px solid $accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton::menu-indicator { subcontrol-position: right center; subcontrol-origin: padding; right: 6px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {
  background: $surface; color: $text; border: 1px solid $line; border-radius: 6px; padding: 3px 8px; min-height: 20px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit { padding: 3px 6px; }
QPlainTextEdit, QTextEdit { padding: 3px 4px; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QDateEdit:hover, QComboBox:hover { border-color: $text2/60; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
QComboBox:focus { border: 1px solid $accent; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QSpinBox[invalid="true"], QPlainTextEdit[invalid="true"] {
  border: 1px solid $fail; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QDateEdit:disabled, QComboBox:disabled { color: $text2; background: $window; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $window; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 20px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url(:/icons/arrow-$scheme.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; selection-background-color: $accent/18;
  selection-color: $text; padding: 4px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
  border: none; background: transparent; width: 16px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/arrow-up-$scheme.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/arrow-$scheme.svg); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; color: $text; min-height: 22px; }
QCheckBox:disabled, QRadioButton:disabled { color: $text2/70; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $text2/80; background: $surface; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:focus {
  border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url(:/icons/check-$scheme.svg); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url(:/icons/dot-$scheme.svg); }
QCheckBox::indicator:indeterminate { background: $accent/40; border-color: $accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $window; border-color: $line; }

QGroupBox { border: 1px solid $line; border-radius: 6px; margin-top: 10px; padding: 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: $text2; }

QAbstractItemView { background: $surface; alternate-background-color: $window; border: 1px solid $line;
  border-radius: 6px; gridline-color: $line/60; selection-background-color: $accent/6; selection-color: $text; }
QAbstractItemView::item:selected { background: $accent/14; color: $text; }
QTableView::item:selected { background: $accent/8; }  /* painted twice: for the row and for the cell */
QAbstractItemView::item:hover:!selected { background: $text/4; }
QAbstractItemView:focus { border: 1px solid $accent/70; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $text2; border: none; border-bottom: 1px solid $line;
  border-right: 1px solid $line/60; padding: 4px 8px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $surface; border: none; border-bottom: 1px solid $line; }

QTabWidget::pane { border: none; border-top: 1px solid $line; top: -1px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $text2; padding: 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }
QTabBar::tab:disabled { color: $text2/50; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $text2/55; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text2/80; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractScrollArea::corner { background: transparent; border: none; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QProgressBar { background: $text/8; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QSlider::groove:horizontal { height: 4px; background: $text/14; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 12px; margin: -6px 0; border-radius: 8px; border: 2px solid $surface; }
QSlider::handle:horizontal:focus { border: 2px solid $text; }
QSlider::handle:horizontal:disabled { background: $text2; }

QDialog#commandPalette { background: $raised; border: 1px solid $text2/50; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QMenu { background: $raised; border: 1px solid $line; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accent/18; color: $text; }
QMenu::item:disabled { color: $text2/60; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QFrame[surface="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[surface="card"][pressable="true"]:hover { border-color: $text2/70; }
QFrame[surface="card"][pressable="true"]:focus { border: 1px solid $accent; }
QFrame[surface="card"][selected="true"] { background: $accent/8; border-color: $accent/45; }
QFrame[surface="card"][selected="true"]:focus { border-color: $accent; }
QFrame[surface="bar"] { background: $surface; border: none; }
QFrame[surface="line"] { background: $line; border: none; }
QWidget[surface="panel"] { background: $surface; }
QFrame[notice="info"] { background: $info/10; border: 1px solid $info/40; border-radius: 6px; }
QFrame[notice="ok"] { background: $ok/10; border: 1px solid $ok/40; border-radius: 6px; }
QFrame[notice="warning"] { background: $warn/12; border: 1px solid $warn/45; border-radius: 6px; }
QFrame[notice="failure"] { background: $fail/10; border: 1px solid $fail/45; border-radius: 6px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $raised; }
)";

}  // namespace

QString styleSheet(const Tokens& tokens) {
  const QHash<QString, QColor> colours{
      {"window", tokens.window},
      {"surface", tokens.surface},
      {"raised", tokens.raised},
      {"line", tokens.line},
      {"text", tokens.text},
      {"text2", tokens.text2},
      {"accent", tokens.accent},
      {"on_accent", tokens.on_accent},
      {"ok", tokens.ok},
      {"warn", tokens.warn},
      {"fail", tokens.fail},
      {"info", tokens.info},
      // Towards the text and so away from what stands on the accent: easier to read, never harder.
      {"accent_hover", blend(tokens.text, tokens.accent, 0.12)},
      {"accent_pressed", blend(tokens.text, tokens.accent, 0.24)}};
  const QString sheet = kSheet;
  QString filled;
  qsizetype at = 0;
  while (at < sheet.size()) {
    const qsizetype mark = sheet.indexOf('$', at);
    if (mark < 0) break;
    filled += sheet.mid(at, mark - at);
    qsizetype end = mark + 1;
    while (end < sheet.size() && (sheet[end].isLetterOrNumber() || sheet[end] == '_')) ++end;
    const QString name = sheet.mid(mark + 1, end - mark - 1);
    at = end;
    if (name == "scheme") {
      filled += isDark() ? "dark" : "light";
      continue;
    }
    double alpha = 1;
    if (at + 1 < sheet.size() && sheet[at] == '/' && sheet[at + 1].isDigit()) {
      qsizetype digits = at + 1;
      while (digits < sheet.size() && sheet[digits].isDigit()) ++digits;
      alpha = sheet.mid(at + 1, digits - at - 1).toDouble() / 100;
      at = digits;
    }
    const QColor colour = colours.value(name);
    Q_ASSERT(colour.isValid());
    filled += alpha < 1 ? rgba(colour, alpha) : colour.name();
  }
  return filled + sheet.mid(at);
}

}  // namespace lodestone::theme
