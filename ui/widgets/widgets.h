// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLayout>
#include <QList>
#include <QString>
#include <QWidget>
#include <functional>

#include "core/base/result.h"
#include "core/project/strategy_records.h"
#include "ui/theme/theme.h"

class QAbstractButton;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

// Small parts that every page uses.
namespace lodestone::widgets {

/// What something is in: told by colour and shape and word.
enum class State {
  NotConfigured,
  Ready,
  Queued,
  Running,
  Paused,
  Waiting,  ///< for somebody to apply it
  Done,
  Warning,
  Failed,
  Cancelled,
  Interrupted,
  Stale,
  Skipped,
  Draft,
  InReview,
  Approved,
  ChangesRequested,
  Rejected,
  Exported,
  Measured,
};
/// "running", "not_configured", ... as the records write it; Ready for a word that is none.
State stateOf(std::string_view word);
State stateOf(project::StrategyState state);
QString stateWord(State state);
QString stateIcon(State state);  ///< a name for theme::icon
QColor stateColour(State state);

/// Shape, colour and word of a state on one line.
class StateBadge : public QWidget {
  Q_OBJECT
 public:
  explicit StateBadge(QWidget* parent = nullptr);
  /// note: after the word, such as "42 %" or a name.
  void setState(State state, const QString& note = {});
  State state() const { return state_; }

 private:
  void show();
  State state_ = State::Ready;
  QString note_;
  QLabel* icon_;
  QLabel* word_;
};

/// What a place shows while it has nothing: a sentence and the button with the next step.
class EmptyState : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyState(const QString& icon, QWidget* parent = nullptr);
  void setTexts(const QString& title, const QString& text);
  /// Adds a button; the first is the primary one. The caller sets its text.
  QPushButton* addButton(const QString& object_name);

 private:
  QString icon_name_;
  QLabel* icon_;
  QLabel* title_;
  QLabel* text_;
  QHBoxLayout* buttons_;
};

/// A message where it happened, in the page: what happened and what to do, with an optional button. Hidden
/// until something is said. Errors of Cancelled are not said.
class Notice : public QFrame {
  Q_OBJECT
 public:
  enum class Kind { Info, Ok, Warning, Failure };
  explicit Notice(QWidget* parent = nullptr);
  void showError(const Error& error);
  void showText(Kind kind, const QString& text, const QString& button = {},
                const std::function<void()>& pressed = {});
  using Words = std::function<QString()>;
  /// The same in words that are asked for again when the language changes; so are those of an error.
  void say(Kind kind, const Words& text, const Words& button = {}, const std::function<void()>& pressed = {});
  void clear();
  Kind kind() const { return kind_; }
  QString text() const;

 private:
  void colour();
  Kind kind_ = Kind::Info;
  QLabel* icon_;
  QLabel* text_;
  QPushButton* button_;
  QToolButton* close_;
  std::function<void()> pressed_;
  std::function<void()> again_;  ///< says it in the language that is now
};

/// A surface with a line round it and room inside: put things into body().
class Card : public QFrame {
  Q_OBJECT
 public:
  explicit Card(QWidget* parent = nullptr);
  QVBoxLayout* body() const { return body_; }
  /// Shows that it may be pressed: then it takes focus and Enter and Space press it.
  void setPressable(bool pressable);
  void setSelected(bool selected);
  bool isSelected() const { return selected_; }

 Q_SIGNALS:
  void pressed();
  void opened();  ///< twice, or Enter

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QVBoxLayout* body_;
  bool pressable_ = false;
  bool selected_ = false;
};

/// What layouts of any number of items in lines share: they own the items and are as high as their width
/// asks.
class LineLayout : public QLayout {
 public:
  explicit LineLayout(QWidget* parent);
  ~LineLayout() override;
  void addItem(QLayoutItem* item) override;
  int count() const override;
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return {}; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  void setGeometry(const QRect& rect) override;

 protected:
  /// Those that are seen.
  QList<QLayoutItem*> shown() const;
  /// Places them, or only tells the height that they need.
  virtual int arrange(const QRect& rect, bool apply) const = 0;

 private:
  QList<QLayoutItem*> items_;
};

/// Puts things beside each other, as many as there is room for, all as wide as the widest minimum.
class FlowLayout : public LineLayout {
 public:
  explicit FlowLayout(QWidget* parent, int item_width);
  QSize sizeHint() const override;
  QSize minimumSize() const override;

 private:
  int arrange(const QRect& rect, bool apply) const override;
  int item_width_;
};

/// Puts things one after the other, each as wide as it likes, and goes on in a new line where there is no
/// more room, as words do.
class WrapLayout : public LineLayout {
 public:
  explicit WrapLayout(QWidget* parent);
  QSize sizeHint() const override;
  QSize minimumSize() const override;

 private:
  int arrange(const QRect& rect, bool apply) const override;
};

/// Disabled, and its tooltip says why; an empty reason enables it again and brings the tooltip back.
void enableOrSay(QWidget* control, const QString& reason_not);
/// The same for an action.
void enableOrSay(QAction* action, const QString& reason_not);

/// Makes a button the primary one of its place.
void makePrimary(QAbstractButton* button);
/// Marks it as one that cannot be undone.
void makeDangerous(QAbstractButton* button);

/// Removes and deletes all that is in a layout.
void clearLayout(QLayout* layout);

/// A vertical scroll area without frame whose content is as wide as it.
QWidget* scrolled(QWidget* content, const QString& object_name = {});

}  // namespace lodestone::widgets
