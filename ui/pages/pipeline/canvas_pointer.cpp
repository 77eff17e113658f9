// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/canvas_pointer.h"

#include <QApplication>
#include <QLineF>
#include <QMouseEvent>
#include <QRubberBand>
#include <QScrollBar>

#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/connection_drag.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"

namespace lodestone::pages {

namespace {

constexpr double kHandleReach = 5;  ///< pixels around it that count as it

bool adding(Qt::KeyboardModifiers keys) {
  return keys.testFlag(Qt::ControlModifier) || keys.testFlag(Qt::ShiftModifier);
}

}  // namespace

bool CanvasPointer::onHandle(const QPoint& position) const {
  const NodeItem* node = canvas_.chart().node(hovered_node_);
  if (node == nullptr || canvas_.zoom() < NodeItem::kReadableDetail) return false;
  const QPointF there = canvas_.mapToScene(position);
  return QLineF(there, node->handle()).length() <= NodeItem::kHandleRadius + kHandleReach / canvas_.zoom();
}

bool CanvasPointer::press(QMouseEvent* event) {
  const bool left = event->button() == Qt::LeftButton;
  if (!left && event->button() != Qt::MiddleButton) return event->button() == Qt::RightButton;
  canvas_.setFocus(Qt::MouseFocusReason);
  if (doing_ != Doing::Nothing && event->button() != button_ && event->buttons().testFlag(button_))
    return true;  // one thing after the other
  button_ = event->button();
  pressed_at_ = event->pos();
  moved_to_ = pressed_at_;
  if (!left || canvas_.spaceHeld()) {
    lets_go_ = false;
    doing_ = Doing::Moving;
    return true;
  }
  if (canvas_.connection().active()) {  // begun by keys, ended by the mouse
    hover(event->pos());
    canvas_.connection().moveTo(event->pos(), hovered_node_);
    canvas_.connection().finish();
    canvas_.connection().cancel();
    return true;
  }
  hover(event->pos());
  if (onHandle(event->pos())) {
    doing_ = Doing::Connecting;
    canvas_.connection().begin(hovered_node_, ConnectionDrag::How::Mouse);
    return true;
  }
  if (const NodeItem* node = canvas_.nodeAt(event->pos())) {
    pressNode(node->id(), event->modifiers());
    return true;
  }
  const QPointF there = canvas_.mapToScene(event->pos());
  FrameItem* frame = canvas_.frameAt(event->pos());
  if (frame != nullptr && frame->onButton(there)) {
    Q_EMIT canvas_.frameToggled(frame->id());
    return true;
  }
  if (const EdgeItem* edge = canvas_.edgeAt(event->pos())) {
    if (adding(event->modifiers()))
      canvas_.selection().toggleEdge(edge->id());
    else
      canvas_.selection().setEdge(edge->id());
    return true;
  }
  if (frame != nullptr && !adding(event->modifiers())) {
    canvas_.selection().setFrame(frame->id());
    return true;
  }
  pressGround(event->pos(), event->modifiers());
  return true;
}

void CanvasPointer::pressNode(const QString& id, Qt::KeyboardModifiers keys) {
  CanvasSelection& selection = canvas_.selection();
  alone_on_release_ = false;
  if (adding(keys)) {
    selection.toggleNode(id);
    if (!selection.hasNode(id)) return;
    pressed_node_ = id;
    doing_ = Doing::Pressed;
    return;
  }
  if (selection.hasNode(id) && selection.nodes().size() > 1)
    alone_on_release_ = true;
  else
    canvas_.pick(id);
  pressed_node_ = id;
  doing_ = Doing::Pressed;
}

void CanvasPointer::pressGround(const QPoint& position, Qt::KeyboardModifiers keys) {
  if (!adding(keys)) {
    lets_go_ = true;
    doing_ = Doing::Moving;
    return;
  }
  doing_ = Doing::Banding;
  before_band_ = canvas_.selection().nodes();
  band_ = new QRubberBand(QRubberBand::Rectangle, canvas_.viewport());
  band_->setObjectName("selection_band");
  band_->setGeometry(QRect(position, QSize()));
  band_->show();
}

void CanvasPointer::moveGround(const QPoint& position) {
  const QPoint step = position - moved_to_;
  moved_to_ = position;
  canvas_.horizontalScrollBar()->setValue(canvas_.horizontalScrollBar()->value() - step.x());
  canvas_.verticalScrollBar()->setValue(canvas_.verticalScrollBar()->value() - step.y());
}

void CanvasPointer::band(const QPoint& position) {
  const QRect box = QRect(pressed_at_, position).normalized();
  band_->setGeometry(box);
  const QRectF area = canvas_.mapToScene(box).boundingRect();
  QStringList nodes = before_band_;
  for (const QString& id : canvas_.chart().order())
    if (!nodes.contains(id) && area.intersects(canvas_.chart().node(id)->box())) nodes << id;
  canvas_.selection().setNodes(nodes);
}

bool CanvasPointer::move(QMouseEvent* event) {
  const bool far = (event->pos() - pressed_at_).manhattanLength() >= QApplication::startDragDistance();
  switch (doing_) {
    case Doing::Moving:
      moveGround(event->pos());
      return true;
    case Doing::Pressed:
      if (!far) return true;
      doing_ = Doing::Dragging;
      canvas_.drag().begin(QStringList(pressed_node_) + canvas_.selection().nodes(),
                           canvas_.mapToScene(pressed_at_));
      [[fallthrough]];
    case Doing::Dragging:
      canvas_.drag().moveTo(canvas_.mapToScene(event->pos()));
      canvas_.ensureVisible(QRectF(canvas_.mapToScene(event->pos()), QSizeF(1, 1)), 8, 8);
      return true;
    case Doing::Connecting: {
      const NodeItem* over = canvas_.nodeAt(event->pos());
      canvas_.connection().moveTo(event->pos(), over != nullptr ? over->id() : QString());
      return true;
    }
    case Doing::Banding:
      band(event->pos());
      return true;
    case Doing::Nothing:
      break;
  }
  if (canvas_.connection().active()) {
    const NodeItem* over = canvas_.nodeAt(event->pos());
    if (over != nullptr) canvas_.connection().moveTo(event->pos(), over->id());
    return true;
  }
  hover(event->pos());
  return false;
}

bool CanvasPointer::release(QMouseEvent* event) {
  if (event->button() != button_) return false;
  const Doing done = doing_;
  doing_ = Doing::Nothing;
  switch (done) {
    case Doing::Moving:
      if (lets_go_ && (event->pos() - pressed_at_).manhattanLength() < QApplication::startDragDistance())
        canvas_.selection().clear();
      return true;
    case Doing::Pressed:
      if (alone_on_release_) canvas_.pick(pressed_node_);
      return true;
    case Doing::Dragging:
      if (const NodePlaces places = canvas_.drag().finish(); !places.empty())
        Q_EMIT canvas_.nodesMoved(places);
      return true;
    case Doing::Connecting:
      canvas_.connection().finish();
      return true;
    case Doing::Banding:
      delete band_;
      band_ = nullptr;
      return true;
    case Doing::Nothing:
      break;
  }
  return false;
}

void CanvasPointer::hover(const QPoint& position) {
  if (onHandle(position)) return;
  const NodeItem* node = canvas_.nodeAt(position);
  const EdgeItem* edge = node == nullptr ? canvas_.edgeAt(position) : nullptr;
  const FrameItem* frame = node == nullptr ? canvas_.frameAt(position) : nullptr;
  ChartScene& chart = canvas_.chart();
  const QString node_id = node != nullptr ? node->id() : QString();
  const QString edge_id = edge != nullptr ? edge->id() : QString();
  const QString frame_id = frame != nullptr ? frame->id() : QString();
  if (node_id != hovered_node_) {
    if (NodeItem* before = chart.node(hovered_node_))
      before->setHandle(canvas_.selection().nodes() == QStringList(hovered_node_));
    if (NodeItem* now = chart.node(node_id)) now->setHandle(true);
    hovered_node_ = node_id;
  }
  if (edge_id != hovered_edge_) {
    if (EdgeItem* before = chart.edge(hovered_edge_)) before->setHovered(false);
    if (EdgeItem* now = chart.edge(edge_id)) now->setHovered(true);
    hovered_edge_ = edge_id;
  }
  if (frame_id != hovered_frame_) {
    if (FrameItem* before = chart.frames().value(hovered_frame_)) before->setHovered(false);
    if (FrameItem* now = chart.frames().value(frame_id)) now->setHovered(true);
    hovered_frame_ = frame_id;
  }
}

void CanvasPointer::forget() {
  hovered_node_.clear();
  hovered_edge_.clear();
  hovered_frame_.clear();
  if (doing_ == Doing::Dragging || doing_ == Doing::Pressed || doing_ == Doing::Connecting)
    doing_ = Doing::Nothing;
}

void CanvasPointer::cancel() {
  if (doing_ == Doing::Banding) {
    canvas_.selection().setNodes(before_band_);
    delete band_;
    band_ = nullptr;
  }
  if (active()) doing_ = Doing::Nothing;
}

}  // namespace lodestone::pages
