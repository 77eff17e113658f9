// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_canvas.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QNativeGestureEvent>
#include <QScrollBar>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/pages/pipeline/node_item.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr double kStep = 1.2;
constexpr double kSmallest = 0.1;
constexpr double kLargest = 5;
constexpr double kReadable = 0.85;  ///< shown smaller only when asked
constexpr double kNatural = 1.25;   ///< a chart of two nodes is not blown up
constexpr int kFrameMs = 40;

QToolButton* toolButton(QWidget* parent, const char* name, const char* icon) {
  auto* button = new QToolButton(parent);
  button->setObjectName(name);
  button->setIcon(theme::icon(icon));
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

}  // namespace

ChartCanvas::ChartCanvas(QWidget* parent)
    : QGraphicsView(parent),
      scene_(new QGraphicsScene(this)),
      note_(new QLabel(this)),
      tools_(new QWidget(this)) {
  setObjectName("chart_canvas");
  setScene(scene_);
  setFrameShape(NoFrame);
  setDragMode(ScrollHandDrag);
  setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
  setTransformationAnchor(AnchorUnderMouse);
  setViewportUpdateMode(SmartViewportUpdate);
  viewport()->setCursor(Qt::ArrowCursor);
  note_->setObjectName("canvas_note");
  note_->setAlignment(Qt::AlignCenter);
  note_->hide();
  tools_->setObjectName("canvas_tools");
  tools_->setAutoFillBackground(true);
  auto* row = new QHBoxLayout(tools_);
  row->setContentsMargins(theme::kSpace1, theme::kSpace1, theme::kSpace1, theme::kSpace1);
  row->setSpacing(theme::kSpace1);
  auto* out = toolButton(tools_, "canvas_zoom_out", "zoom-out");
  auto* all = toolButton(tools_, "canvas_fit", "fit");
  auto* in = toolButton(tools_, "canvas_zoom_in", "zoom-in");
  for (QToolButton* button : {out, all, in}) row->addWidget(button);
  connect(out, &QToolButton::clicked, this, &ChartCanvas::zoomOut);
  connect(all, &QToolButton::clicked, this, &ChartCanvas::fit);
  connect(in, &QToolButton::clicked, this, &ChartCanvas::zoomIn);
  motion_.setInterval(kFrameMs);
  connect(&motion_, &QTimer::timeout, this, [this] {
    phase_ = std::fmod(phase_ + 0.6, 7);
    for (EdgeItem* edge : edges_)
      if (edge->running()) edge->setPhase(phase_);
  });
  theme::paintWith(this, [this] {
    setBackgroundBrush(theme::tokens().window);
    QPalette palette = note_->palette();
    palette.setColor(QPalette::WindowText, theme::tokens().fail);
    palette.setColor(QPalette::Window, theme::tokens().raised);
    note_->setPalette(palette);
    note_->setAutoFillBackground(true);
    scene_->update();
  });
  words::say(this, [this, out, all, in] {
    setAccessibleName(tr("Flowchart"));
    out->setToolTip(tr("Zoom out (Ctrl+-)"));
    out->setAccessibleName(tr("Zoom out"));
    all->setToolTip(tr("Show all of it (Ctrl+0)"));
    all->setAccessibleName(tr("Show all of it"));
    in->setToolTip(tr("Zoom in (Ctrl++)"));
    in->setAccessibleName(tr("Zoom in"));
    describe();
    scene_->update();
  });
}

ChartCanvas::~ChartCanvas() = default;

void ChartCanvas::clearChart() {
  motion_.stop();
  nodes_.clear();
  edges_.clear();
  order_.clear();
  scene_->clear();
  zoom_ = Zoom::Readable;
}

void ChartCanvas::showChart(const std::shared_ptr<const pipeline::ChartDocument>& document,
                            const pipeline::Layout& layout) {
  const pipeline::Chart& chart = document->chart();
  std::map<QString, NodeStatus> statuses;
  for (auto it = nodes_.cbegin(); it != nodes_.cend(); ++it) statuses[it.key()] = it.value()->status();
  const bool first = nodes_.isEmpty();
  nodes_.clear();
  edges_.clear();
  order_.clear();
  scene_->clear();
  scene_->setSceneRect(0, 0, layout.width + 48, layout.height + 24);
  for (const pipeline::SubgraphLayout& frame : layout.subgraphs) {
    const auto found = std::find_if(chart.subgraphs.begin(), chart.subgraphs.end(),
                                    [&](const auto& subgraph) { return subgraph.id == frame.id; });
    if (found != chart.subgraphs.end())
      scene_->addItem(new FrameItem(words::toQt(found->plain),
                                    QRectF(frame.box.x, frame.box.y, frame.box.width, frame.box.height)));
  }
  const pipeline::Graph graph = pipeline::makeGraph(chart);
  std::set<std::pair<std::string, std::string>> feedback;
  for (const auto& [source, target] : graph.feedback) feedback.emplace(graph.ids[source], graph.ids[target]);
  for (const pipeline::EdgeLayout& edge : layout.edges) {
    const pipeline::ChartEdge& of = chart.edges[edge.edge];
    auto* item = new EdgeItem(
        of, edge, feedback.contains({of.start, of.end}) ? EdgeItem::Way::Feedback : EdgeItem::Way::Forward);
    scene_->addItem(item);
    edges_.push_back(item);
  }
  const bool downwards = chart.direction != "LR" && chart.direction != "RL";
  for (const pipeline::NodeLayout& node : layout.nodes) {
    const pipeline::ChartNode* of = chart.findNode(node.id);
    if (of == nullptr) continue;
    auto* item =
        new NodeItem(*of, node.box, downwards ? NodeItem::Figures::BesideEdge : NodeItem::Figures::Centred);
    if (const auto known = statuses.find(item->id()); known != statuses.end()) item->setStatus(known->second);
    scene_->addItem(item);
    nodes_.insert(item->id(), item);
    order_ << item->id();
  }
  if (NodeItem* item = nodes_.value(chosen_)) item->setChosen(true);
  if (first || (zoom_ != Zoom::Own && zoomThatFits() >= kReadable)) refit();
  moveEdges();
  describe();
}

void ChartCanvas::setStatuses(const std::map<QString, NodeStatus>& statuses) {
  for (const auto& [id, status] : statuses)
    if (NodeItem* item = nodes_.value(id)) item->setStatus(status);
  moveEdges();
  describe();
}

/// Work runs along the edges that lead to a running node.
void ChartCanvas::moveEdges() {
  bool any = false;
  for (EdgeItem* edge : edges_) {
    const NodeItem* target = nodes_.value(edge->end());
    const bool running = target != nullptr && target->status().state == widgets::State::Running;
    edge->setRunning(running);
    any = any || running;
  }
  const bool move = any && theme::animationMs() > 0 && isVisible();
  if (move && !motion_.isActive()) motion_.start();
  if (!move) motion_.stop();
}

void ChartCanvas::setOutdated(const QString& note) {
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  for (QGraphicsItem* item : scene_->items()) item->setOpacity(note.isEmpty() ? 1 : 0.4);
  placeOverlay();
}

NodeStatus ChartCanvas::status(const QString& id) const {
  const NodeItem* item = nodes_.value(id);
  return item != nullptr ? item->status() : NodeStatus();
}

QRectF ChartCanvas::nodeBox(const QString& id) const {
  const NodeItem* item = nodes_.value(id);
  return item != nullptr ? item->box() : QRectF();
}

void ChartCanvas::choose(const QString& id) {
  if (NodeItem* before = nodes_.value(chosen_)) before->setChosen(false);
  chosen_ = id;
  if (NodeItem* now = nodes_.value(chosen_)) {
    now->setChosen(true);
    ensureVisible(now->box(), theme::kSpace5, theme::kSpace5);
  }
  describe();
}

void ChartCanvas::pick(const QString& id) {
  if (id.isEmpty() || id == chosen_) return;
  choose(id);
  Q_EMIT nodeChosen(id);
}

void ChartCanvas::describe() {
  const NodeItem* item = nodes_.value(chosen_);
  setAccessibleDescription(item != nullptr ? item->label() + ", " + item->status().word()
                                           : tr("%n node(s)", nullptr, static_cast<int>(order_.size())));
}

double ChartCanvas::zoom() const {
  return transform().m11();
}

void ChartCanvas::zoomBy(double factor) {
  const double wanted = std::clamp(zoom() * factor, kSmallest, kLargest);
  zoom_ = Zoom::Own;
  scale(wanted / zoom(), wanted / zoom());
}

void ChartCanvas::zoomIn() {
  zoomBy(kStep);
}
void ChartCanvas::zoomOut() {
  zoomBy(1 / kStep);
}

double ChartCanvas::zoomThatFits() const {
  const QRectF all = scene_->sceneRect();
  if (all.isEmpty()) return 1;
  return std::max(kSmallest, std::min({viewport()->width() / all.width(), viewport()->height() / all.height(),
                                       kNatural}));
}

void ChartCanvas::fit() {
  zoom_ = Zoom::All;
  showAll();
}

void ChartCanvas::showAll() {
  const QRectF all = scene_->sceneRect();
  if (all.isEmpty()) return;
  resetTransform();
  scale(zoomThatFits(), zoomThatFits());
  centerOn(all.center());
}

/// All of it when that can be read, else from its beginning.
void ChartCanvas::fitReadable() {
  showAll();
  if (zoom() >= kReadable || order_.isEmpty()) return;
  resetTransform();
  scale(kReadable, kReadable);
  const QRectF first = nodeBox(order_.first());
  centerOn(scene_->sceneRect().width() * kReadable <= viewport()->width() ? scene_->sceneRect().center().x()
                                                                          : first.center().x(),
           first.center().y());
}

void ChartCanvas::refit() {
  if (zoom_ == Zoom::Readable) fitReadable();
  if (zoom_ == Zoom::All) showAll();
}

NodeItem* ChartCanvas::nodeAt(const QPoint& position) const {
  for (QGraphicsItem* item : items(position))
    if (item->type() == NodeItem::Type) return static_cast<NodeItem*>(item);
  return nullptr;
}

void ChartCanvas::mousePressEvent(QMouseEvent* event) {
  if (const NodeItem* item = event->button() == Qt::LeftButton ? nodeAt(event->pos()) : nullptr) {
    setFocus(Qt::MouseFocusReason);
    pick(item->id());
    event->accept();
    return;
  }
  QGraphicsView::mousePressEvent(event);
}

void ChartCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const NodeItem* item = nodeAt(event->pos()))
    Q_EMIT nodeOpened(item->id());
  else
    fit();
}

void ChartCanvas::wheelEvent(QWheelEvent* event) {
  if (!event->modifiers().testFlag(Qt::ControlModifier)) {
    QGraphicsView::wheelEvent(event);
    return;
  }
  zoomBy(std::pow(kStep, event->angleDelta().y() / 120.0));
  event->accept();
}

bool ChartCanvas::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::NativeGesture) {
    const auto* gesture = static_cast<QNativeGestureEvent*>(event);
    if (gesture->gestureType() == Qt::ZoomNativeGesture) {
      zoomBy(1 + gesture->value());
      return true;
    }
  }
  return QGraphicsView::viewportEvent(event);
}

/// The nearest node in that direction, those that an edge leads to before others.
QString ChartCanvas::neighbour(Qt::Key key) const {
  const NodeItem* from = nodes_.value(chosen_);
  if (from == nullptr) return order_.value(0);
  const QPointF way = key == Qt::Key_Left    ? QPointF(-1, 0)
                      : key == Qt::Key_Right ? QPointF(1, 0)
                      : key == Qt::Key_Up    ? QPointF(0, -1)
                                             : QPointF(0, 1);
  std::set<QString> joined;
  for (const EdgeItem* edge : edges_) {
    if (edge->start() == chosen_) joined.insert(edge->end());
    if (edge->end() == chosen_) joined.insert(edge->start());
  }
  QString best;
  double best_cost = 0;
  for (const QString& id : order_) {
    if (id == chosen_) continue;
    const QPointF step = nodes_.value(id)->box().center() - from->box().center();
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

void ChartCanvas::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier) {
        pick(neighbour(static_cast<Qt::Key>(event->key())));
        return;
      }
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (!chosen_.isEmpty()) Q_EMIT nodeOpened(chosen_);
      return;
    case Qt::Key_Home:
      pick(order_.value(0));
      return;
    case Qt::Key_End:
      pick(order_.value(order_.size() - 1));
      return;
    default:
      break;
  }
  QGraphicsView::keyPressEvent(event);
}

/// Tab goes from node to node, and on from the last one.
bool ChartCanvas::focusNextPrevChild(bool next) {
  const qsizetype now = order_.indexOf(chosen_);
  const qsizetype then = next ? now + 1 : now - 1;
  if (hasFocus() && now >= 0 && then >= 0 && then < order_.size()) {
    pick(order_[then]);
    return true;
  }
  return QGraphicsView::focusNextPrevChild(next);
}

void ChartCanvas::focusInEvent(QFocusEvent* event) {
  QGraphicsView::focusInEvent(event);
  if (!nodes_.contains(chosen_) && event->reason() != Qt::MouseFocusReason) pick(order_.value(0));
}

void ChartCanvas::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  refit();
  placeOverlay();
}

void ChartCanvas::showEvent(QShowEvent* event) {
  QGraphicsView::showEvent(event);
  moveEdges();
}

void ChartCanvas::placeOverlay() {
  tools_->adjustSize();
  const QRect inside = viewport()->geometry();
  tools_->move(inside.right() - tools_->width() - theme::kSpace2,
               inside.bottom() - tools_->height() - theme::kSpace2);
  const int height = note_->sizeHint().height() + theme::kSpace2;
  note_->setGeometry(inside.left(), inside.top(), inside.width(), height);
}

}  // namespace lodestone::pages
