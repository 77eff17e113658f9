// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse, keys, wheel and drops do on the canvas.
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QNativeGestureEvent>
#include <QWheelEvent>
#include <cmath>
#include <set>

#include "ui/pages/pipeline/canvas_pointer.h"
#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/connection_drag.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/pages/pipeline/view_motion.h"

namespace lodestone::pages {

namespace {

constexpr double kWheelStep = 1.2;
constexpr double kKeyStep = 8;  ///< that an arrow with Alt moves nodes by

QPointF wayOf(int key) {
  switch (key) {
    case Qt::Key_Left:
      return {-1, 0};
    case Qt::Key_Right:
      return {1, 0};
    case Qt::Key_Up:
      return {0, -1};
    default:
      return {0, 1};
  }
}

bool isSpace(const QKeyEvent& event) {
  return event.key() == Qt::Key_Space && event.modifiers() == Qt::NoModifier;
}

}  // namespace

void ChartCanvas::mousePressEvent(QMouseEvent* event) {
  view_motion_->stop();
  if (spaceHeld()) space_ = Space::Held;
  if (pointer_->press(event))
    event->accept();
  else
    QGraphicsView::mousePressEvent(event);
  showCursor(event->pos());
}

void ChartCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!pointer_->move(event)) QGraphicsView::mouseMoveEvent(event);
  showCursor(event->pos());
}

void ChartCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (!pointer_->release(event)) QGraphicsView::mouseReleaseEvent(event);
  showCursor(event->pos());
}

void ChartCanvas::showCursor(const QPoint& position) {
  if (pointer_->active()) return;
  Qt::CursorShape shape = Qt::ArrowCursor;
  if (pointer_->moving()) {
    shape = Qt::ClosedHandCursor;
  } else if (spaceHeld()) {
    shape = Qt::OpenHandCursor;
  } else if (const FrameItem* frame = frameAt(position);
             frame != nullptr && frame->onButton(mapToScene(position))) {
    shape = Qt::PointingHandCursor;
  }
  if (viewport()->cursor().shape() != shape) viewport()->setCursor(shape);
}

void ChartCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (spaceHeld() || event->button() != Qt::LeftButton) {  // no more than another press
    mousePressEvent(event);
    return;
  }
  if (const NodeItem* item = nodeAt(event->pos())) {
    pick(item->id());
    Q_EMIT renameWanted();
  } else if (const EdgeItem* edge = edgeAt(event->pos())) {
    selection_->setEdge(edge->id());
    Q_EMIT renameWanted();
  } else if (const FrameItem* frame = frameAt(event->pos())) {
    if (frame->onButton(mapToScene(event->pos()))) {
      Q_EMIT frameToggled(frame->id());
      return;
    }
    selection_->setFrame(frame->id());
    Q_EMIT renameWanted();
  } else {
    fit();
  }
}

/// What is under the mouse is what the menu is about.
void ChartCanvas::contextMenuEvent(QContextMenuEvent* event) {
  QPoint at = event->globalPos();
  if (event->reason() == QContextMenuEvent::Keyboard) {
    at = viewport()->mapToGlobal(mapFromScene(nodeBox(selection_->nodes().value(0, chosen_)).center()));
  } else if (const NodeItem* node = nodeAt(event->pos())) {
    if (!selection_->hasNode(node->id())) pick(node->id());
  } else if (const EdgeItem* edge = edgeAt(event->pos())) {
    if (!selection_->edges().contains(edge->id())) selection_->setEdge(edge->id());
  } else if (const FrameItem* frame = frameAt(event->pos())) {
    selection_->setFrame(frame->id());
  } else {
    selection_->clear();
  }
  event->accept();
  Q_EMIT menuWanted(at);
}

void ChartCanvas::wheelEvent(QWheelEvent* event) {
  if (!event->modifiers().testFlag(Qt::ControlModifier)) {
    view_motion_->stop();
    QGraphicsView::wheelEvent(event);
    return;
  }
  zoomBy(std::pow(kWheelStep, event->angleDelta().y() / 120.0), event->position().toPoint());
  event->accept();
}

bool ChartCanvas::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::NativeGesture) {
    const auto* gesture = static_cast<QNativeGestureEvent*>(event);
    if (gesture->gestureType() == Qt::ZoomNativeGesture) {
      zoomBy(1 + gesture->value(), gesture->position().toPoint());
      return true;
    }
  }
  return QGraphicsView::viewportEvent(event);
}

// --- drops ---

void ChartCanvas::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasFormat(kStageMime)) event->acceptProposedAction();
}

/// The edge that a stage would be put into shows it.
void ChartCanvas::dragMoveEvent(QDragMoveEvent* event) {
  if (!event->mimeData()->hasFormat(kStageMime)) return;
  const EdgeItem* over = edgeAt(event->position().toPoint());
  for (EdgeItem* edge : scene_->edges()) edge->setMarked(edge == over);
  event->acceptProposedAction();
}

void ChartCanvas::dragLeaveEvent(QDragLeaveEvent*) {
  showSelection();
}

void ChartCanvas::dropEvent(QDropEvent* event) {
  showSelection();
  if (!event->mimeData()->hasFormat(kStageMime)) return;
  const QPoint position = event->position().toPoint();
  const EdgeItem* edge = edgeAt(position);
  event->acceptProposedAction();
  Q_EMIT stageDropped(QString::fromUtf8(event->mimeData()->data(kStageMime)), mapToScene(position),
                      edge != nullptr ? edge->id() : QString());
}

// --- keys ---

bool ChartCanvas::busyByHand() const {
  return connection_->active() || drag_->active() || pointer_->active();
}

void ChartCanvas::giveUp() {
  pointer_->cancel();
  connection_->cancel();
  drag_->cancel();
}

/// Esc first ends what the hand does, also while it is the key that cancels a run; what Space does is known
/// when it goes up.
bool ChartCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (isSpace(*key) || (busyByHand() && key->key() == Qt::Key_Escape)) {
      event->accept();
      return true;
    }
  }
  return QGraphicsView::event(event);
}

/// The nearest node in that direction, those that an edge leads to before others.
QString ChartCanvas::neighbour(const QString& start, Qt::Key key) const {
  if (scene_->node(start) == nullptr) return scene_->order().value(0);
  const QPointF from = scene_->boxOf(start).center();
  const QPointF way = wayOf(key);
  std::set<QString> joined;
  for (const EdgeItem* edge : scene_->edges()) {
    if (edge->start() == start) joined.insert(edge->end());
    if (edge->end() == start) joined.insert(edge->start());
  }
  QString best;
  double best_cost = 0;
  for (const QString& id : scene_->order()) {
    if (id == start) continue;
    const QPointF step = scene_->boxOf(id).center() - from;
    const double along = QPointF::dotProduct(step, way);
    if (along < 4) continue;
    const double aside = std::abs(step.x() * way.y()) + std::abs(step.y() * way.x());
    const double cost = (along + 2 * aside) * (joined.contains(id) ? 0.25 : 1);
    if (best.isEmpty() || cost < best_cost) {
      best = id;
      best_cost = cost;
    }
  }
  return best;
}

/// Arrows: alone to the next node, with Shift taking it along, with Alt moving what is selected.
bool ChartCanvas::walk(QKeyEvent* event) {
  const auto key = static_cast<Qt::Key>(event->key());
  const Qt::KeyboardModifiers keys = event->modifiers() & ~Qt::KeypadModifier;
  if (connection_->active()) {
    const QString at = connection_->target().isEmpty() ? connection_->from() : connection_->target();
    connection_->aim(neighbour(at, key));
    return true;
  }
  if (keys == Qt::AltModifier) {
    NodePlaces places;
    for (const QString& id : selection_->nodes())
      places[id] = nodeBox(id).topLeft() + wayOf(event->key()) * kKeyStep;
    if (!places.empty()) Q_EMIT nodesMoved(places);
    return true;
  }
  const QString next = neighbour(chosen_, key);
  if (keys == Qt::ShiftModifier && !next.isEmpty()) {
    const QStringList taken = selection_->nodes();
    pick(next);
    selection_->setNodes(taken);
    selection_->addNodes({next});
    return true;
  }
  if (keys != Qt::NoModifier) return false;
  pick(next);
  return true;
}

void ChartCanvas::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      if (walk(event)) return;
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (connection_->active())
        connection_->finish();
      else if (!selection_->frame().isEmpty())
        Q_EMIT frameToggled(selection_->frame());
      else if (!chosen_.isEmpty())
        Q_EMIT nodeOpened(chosen_);
      return;
    case Qt::Key_Escape:
      if (busyByHand())
        giveUp();
      else if (!scene_->order().isEmpty())
        selection_->clear();
      return;
    case Qt::Key_Home:
      pick(scene_->order().value(0));
      return;
    case Qt::Key_End:
      pick(scene_->order().value(scene_->order().size() - 1));
      return;
    case Qt::Key_Space:
      if (!isSpace(*event)) break;
      space_ = event->isAutoRepeat() ? Space::Held : Space::Tapped;
      showCursor(viewport()->mapFromGlobal(QCursor::pos()));
      return;
    default:
      break;
  }
  QGraphicsView::keyPressEvent(event);
}

void ChartCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space || event->isAutoRepeat() || !spaceHeld()) {
    QGraphicsView::keyReleaseEvent(event);
    return;
  }
  const bool tapped = space_ == Space::Tapped;
  space_ = Space::Up;
  showCursor(viewport()->mapFromGlobal(QCursor::pos()));
  if (tapped) Q_EMIT toggleWanted();
}

/// Tab goes from node to node, and on from the last one.
bool ChartCanvas::focusNextPrevChild(bool next) {
  const QStringList& order = scene_->order();
  if (connection_->active()) {
    const qsizetype now = order.indexOf(connection_->target());
    connection_->aim(order.value((now + (next ? 1 : order.size() - 1)) % order.size()));
    return true;
  }
  const qsizetype now = order.indexOf(chosen_);
  const qsizetype then = next ? now + 1 : now - 1;
  if (hasFocus() && now >= 0 && then >= 0 && then < order.size()) {
    pick(order[then]);
    return true;
  }
  return QGraphicsView::focusNextPrevChild(next);
}

void ChartCanvas::focusInEvent(QFocusEvent* event) {
  QGraphicsView::focusInEvent(event);
  if (scene_->node(chosen_) == nullptr && event->reason() != Qt::MouseFocusReason)
    pick(scene_->order().value(0));
}

void ChartCanvas::focusOutEvent(QFocusEvent* event) {
  QGraphicsView::focusOutEvent(event);
  space_ = Space::Up;
  showCursor(viewport()->mapFromGlobal(QCursor::pos()));
}

}  // namespace lodestone::pages
