// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPen>
#include <QString>
#include <functional>

class QLabel;
class QWidget;

// Colours, type, spacing and icons: the one place that has any. Belongs to the window's thread.
namespace lodestone::theme {

enum class Mode { System, Light, Dark };

/// The colours of a theme by what they are for.
struct Tokens {
  QColor window, surface, raised;  ///< behind everything, of tables and cards, of what floats
  QColor line, text, text2;        ///< text2: captions and what matters less
  QColor accent, on_accent;        ///< the one colour for what can be done, and text on it
  QColor ok, warn, fail, info;
};

// Spacing, in device-independent pixels.
inline constexpr int kSpace1 = 4;
inline constexpr int kSpace2 = 8;
inline constexpr int kSpace3 = 12;
inline constexpr int kSpace4 = 16;
inline constexpr int kSpace5 = 24;
inline constexpr int kRadius = 6;
inline constexpr int kRowHeight = 28;
inline constexpr int kTableRowHeight = 24;

enum class Role {
  Caption,  ///< 11 pt: small and in text2
  Body,     ///< 13 pt
  Section,  ///< 16 pt
  Page,     ///< 20 pt
};

/// Sets style, palette, style sheet and fonts of the application, and again whenever mode or system change.
void apply(Mode mode);
Mode mode();
bool isDark();
const Tokens& tokens();

class Notifier : public QObject {
  Q_OBJECT
 Q_SIGNALS:
  void changed();
};
Notifier& notifier();
/// Runs a function that uses colours: now, and whenever they change while its owner lives.
void paintWith(QObject* owner, const std::function<void()>& use_colours);

QFont font(Role role);
/// A label of that role; it wraps when told so.
QLabel* label(Role role, QWidget* parent = nullptr, const QString& text = {});

/// One of resources/icons by its name without ".svg". Takes its colour from the palette as it is drawn
/// (text2, or accent when it is on), so it need not be replaced when the theme changes.
QIcon icon(const QString& name);
/// The same in one colour, for painting.
QPixmap pixmap(const QString& name, const QColor& colour, int size, qreal ratio);

/// Series of charts: Okabe-Ito (2008), safe for the colour-blind; grey from the eighth on.
QColor seriesColor(int index);
/// With a dash of its own as well, so that colour is never alone.
QPen seriesPen(int index, qreal width = 2);

/// Whether the system wants animations: no longer than 150 ms, or none.
int animationMs();

}  // namespace lodestone::theme
