// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QString>
#include <QStringList>

class QMouseEvent;
class QRubberBand;

namespace lodestone::pages {

class ChartCanvas;

/// What the mouse does on the canvas: choose, select, drag nodes, connect, and light up what it is over.
class CanvasPointer {
 public:
  explicit CanvasPointer(ChartCanvas& canvas) : canvas_(canvas) {}

  /// True: taken.
  bool press(QMouseEvent* event);
  bool move(QMouseEvent* event);
  bool release(QMouseEvent* event);
  /// The chart was drawn anew, or the mouse has left.
  void forget();
  void cancel();
  bool active() const { return doing_ != Doing::Nothing && doing_ != Doing::Moving; }
  bool moving() const { return doing_ == Doing::Moving; }

 private:
  enum class Doing { Nothing, Moving, Pressed, Dragging, Connecting, Banding };
  bool onHandle(const QPoint& position) const;
  void pressNode(const QString& id, Qt::KeyboardModifiers keys);
  void pressGround(const QPoint& position, Qt::KeyboardModifiers keys);
  void moveGround(const QPoint& position);
  void hover(const QPoint& position);
  void band(const QPoint& position);

  ChartCanvas& canvas_;
  Doing doing_ = Doing::Nothing;
  Qt::MouseButton button_ = Qt::NoButton;  ///< that does it
  QPoint pressed_at_;
  QPoint moved_to_;
  bool lets_go_ = false;  ///< of what is selected, when the ground is clicked
  QString pressed_node_;
  bool alone_on_release_ = false;  ///< pressed on one of several: a click leaves it alone selected
  QStringList before_band_;
  QRubberBand* band_ = nullptr;
  QString hovered_node_;
  QString hovered_edge_;
  QString hovered_frame_;
};

}  // namespace lodestone::pages
