// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_canvas.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QScrollBar>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/pages/pipeline/canvas_pointer.h"
#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/chart_minimap.h"
#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/connection_drag.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/pages/pipeline/label_editor.h"
#include "ui/pages/pipeline/view_motion.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr double kStep = 1.2;
constexpr double kSmallest = 0.05;
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
      scene_(new ChartScene(this)),
      selection_(new CanvasSelection(this)),
      connection_(new ConnectionDrag(this, scene_)),
      drag_(new NodeDrag(scene_)),
      view_motion_(new ViewMotion(this)),
      pointer_(std::make_unique<CanvasPointer>(*this)),
      minimap_(new ChartMinimap(this, scene_)),
      label_editor_(new LabelEditor(viewport())),
      note_(new QLabel(this)),
      tools_(new QWidget(this)) {
  setObjectName("chart_canvas");
  setScene(scene_);
  setFrameShape(NoFrame);
  setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
  setTransformationAnchor(NoAnchor);
  setViewportUpdateMode(SmartViewportUpdate);
  // Items set all that they paint with.
  setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
  setMouseTracking(true);
  setAcceptDrops(true);
  viewport()->setCursor(Qt::ArrowCursor);
  note_->setObjectName("canvas_note");
  note_->setAlignment(Qt::AlignCenter);
  note_->hide();
  build();
  motion_.setInterval(kFrameMs);
  connect(&motion_, &QTimer::timeout, this, [this] {
    phase_ = std::fmod(phase_ + 0.6, 7);
    for (EdgeItem* edge : scene_->edges())
      if (edge->running()) edge->setPhase(phase_);
  });
  connect(view_motion_, &ViewMotion::moved, minimap_, &ChartMinimap::follow);
  connect(minimap_, &ChartMinimap::dragged, this, [this] {
    view_motion_->stop();
    zoom_ = Zoom::Own;
  });
  connect(selection_, &CanvasSelection::changed, this, &ChartCanvas::showSelection);
  connect(connection_, &ConnectionDrag::connected, this, &ChartCanvas::connectionWanted);
  connect(connection_, &ConnectionDrag::refused, this, &ChartCanvas::connectionRefused);
  connect(label_editor_, &LabelEditor::closed, this, [this] { setFocus(); });
}

ChartCanvas::~ChartCanvas() = default;

void ChartCanvas::build() {
  tools_->setObjectName("canvas_tools");
  tools_->setAutoFillBackground(true);
  auto* row = new QHBoxLayout(tools_);
  row->setContentsMargins(theme::kSpace1, theme::kSpace1, theme::kSpace1, theme::kSpace1);
  row->setSpacing(theme::kSpace1);
  auto* add = toolButton(tools_, "canvas_add", "add");
  auto* out = toolButton(tools_, "canvas_zoom_out", "zoom-out");
  auto* all = toolButton(tools_, "canvas_fit", "fit");
  auto* in = toolButton(tools_, "canvas_zoom_in", "zoom-in");
  for (QToolButton* button : {add, out, all, in}) row->addWidget(button);
  connect(add, &QToolButton::clicked, this, &ChartCanvas::addWanted);
  connect(out, &QToolButton::clicked, this, &ChartCanvas::zoomOut);
  connect(all, &QToolButton::clicked, this, &ChartCanvas::fit);
  connect(in, &QToolButton::clicked, this, &ChartCanvas::zoomIn);
  theme::paintWith(this, [this] {
    setBackgroundBrush(theme::tokens().window);
    QPalette palette = note_->palette();
    palette.setColor(QPalette::WindowText, theme::tokens().fail);
    palette.setColor(QPalette::Window, theme::tokens().raised);
    note_->setPalette(palette);
    note_->setAutoFillBackground(true);
    scene_->refresh();
  });
  words::say(this, [this, add, out, all, in] {
    setAccessibleName(tr("Flowchart"));
    add->setToolTip(tr("Add a stage (A)"));
    add->setAccessibleName(tr("Add a stage"));
    out->setToolTip(tr("Zoom out (Ctrl+-)"));
    out->setAccessibleName(tr("Zoom out"));
    all->setToolTip(tr("Show all of it (Ctrl+0)"));
    all->setAccessibleName(tr("Show all of it"));
    in->setToolTip(tr("Zoom in (Ctrl++)"));
    in->setAccessibleName(tr("Zoom in"));
    describe();
    scene_->refresh();
  });
}

void ChartCanvas::clearChart() {
  giveUp();
  motion_.stop();
  pointer_->forget();
  drag_->forget();
  scene_->clearChart();
  selection_->clear();
  pending_.clear();
  chosen_.clear();
  zoom_ = Zoom::Readable;
  ever_drawn_ = false;
  minimap_->follow();
}

void ChartCanvas::showChart(const std::shared_ptr<const pipeline::ChartDocument>& document,
                            const pipeline::Layout& layout) {
  connection_->cancel();
  pointer_->forget();
  drag_->forget();
  scene_->show(document, layout);
  QStringList edges;
  for (const EdgeItem* edge : scene_->edges()) edges << edge->id();
  selection_->keep(scene_->order(), edges, scene_->frames().keys());
  showSelection();
  if (!ever_drawn_ || (zoom_ != Zoom::Own && zoomThatFits() >= kReadable)) refit(ever_drawn_);
  ever_drawn_ = true;
  applyPending();
  moveEdges();
  describe();
  placeOverlay();
  minimap_->redraw();
  minimap_->follow();
}

void ChartCanvas::selectWhenDrawn(const QStringList& nodes) {
  pending_ = nodes;
  applyPending();
}

void ChartCanvas::applyPending() {
  if (pending_.isEmpty()) return;
  if (!std::all_of(pending_.begin(), pending_.end(),
                   [this](const QString& id) { return !scene_->boxOf(id).isNull(); }))
    return;
  const QStringList nodes = pending_;
  pending_.clear();
  if (scene_->node(nodes.first()) == nullptr) {
    selection_->setFrame(nodes.first());
    return;
  }
  pick(nodes.first());
  selection_->setNodes(nodes);
  ensureVisible(nodeBox(nodes.first()), theme::kSpace5, theme::kSpace5);
}

void ChartCanvas::setStatuses(const std::map<QString, NodeStatus>& statuses) {
  scene_->setStatuses(statuses);
  moveEdges();
  describe();
  minimap_->redraw();
}

/// Work runs along the edges that lead to a running node.
void ChartCanvas::moveEdges() {
  const bool any = scene_->markRunning();
  const bool move = any && theme::animationMs() > 0 && isVisible();
  if (move && !motion_.isActive()) motion_.start();
  if (!move) motion_.stop();
}

void ChartCanvas::setOutdated(const QString& note) {
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  scene_->setOutdated(!note.isEmpty());
  placeOverlay();
}

QStringList ChartCanvas::nodeIds() const {
  return scene_->order();
}

NodeStatus ChartCanvas::status(const QString& id) const {
  return scene_->status(id);
}

QRectF ChartCanvas::nodeBox(const QString& id) const {
  return scene_->boxOf(id);
}

QStringList ChartCanvas::search(const QString& words) {
  return scene_->search(words);
}

// --- what is chosen ---

void ChartCanvas::choose(const QString& id) {
  if (NodeItem* before = scene_->node(chosen_)) before->setChosen(false);
  chosen_ = id;
  if (NodeItem* now = scene_->node(chosen_)) {
    now->setChosen(true);
    selection_->setNodes({chosen_});
    ensureVisible(now->box(), theme::kSpace5, theme::kSpace5);
  } else if (const FrameItem* frame = scene_->standIn(chosen_)) {
    selection_->setFrame(frame->id());
    ensureVisible(frame->box(), theme::kSpace5, theme::kSpace5);
  }
  describe();
}

void ChartCanvas::pick(const QString& id) {
  if (id.isEmpty()) return;
  const bool other = id != chosen_;
  choose(id);
  if (other) Q_EMIT nodeChosen(id);
}

void ChartCanvas::showSelection() {
  const QStringList& nodes = selection_->nodes();
  const QSet<QString> marked(nodes.begin(), nodes.end());
  for (const QString& id : scene_->order()) {
    NodeItem* node = scene_->node(id);
    node->setMarked(marked.contains(id));
    node->setChosen(id == chosen_);
    node->setHandle(marked.size() == 1 && marked.contains(id));
  }
  for (EdgeItem* edge : scene_->edges()) edge->setMarked(selection_->edges().contains(edge->id()));
  for (FrameItem* frame : scene_->frames()) frame->setMarked(frame->id() == selection_->frame());
  describe();
}

void ChartCanvas::describe() {
  const auto nodes = static_cast<int>(selection_->nodes().size());
  const NodeItem* item = scene_->node(chosen_);
  QString words;
  if (nodes > 1)
    words = tr("%n node(s) selected", nullptr, nodes);
  else if (const FrameItem* frame = scene_->frames().value(selection_->frame()))
    words = tr("Subgraph %1").arg(frame->title());
  else if (const EdgeItem* edge = scene_->edge(selection_->edges().value(0)))
    words = tr("Edge from %1 to %2").arg(edge->start(), edge->end());
  else if (item != nullptr)
    words = item->label() + ", " + item->status().word();
  else
    words = tr("%n node(s)", nullptr, static_cast<int>(scene_->order().size()));
  setAccessibleDescription(words);
}

// --- zoom ---

double ChartCanvas::zoom() const {
  return view_motion_->zoom();
}

void ChartCanvas::zoomOwn(double factor) {
  const double wanted = std::clamp(zoom() * factor, kSmallest, kLargest);
  zoom_ = Zoom::Own;
  view_motion_->go(wanted, view_motion_->centre(), ViewMotion::Pace::Smooth);
}

/// What is under the point stays there.
void ChartCanvas::zoomBy(double factor, const QPoint& anchor) {
  view_motion_->stop();
  zoom_ = Zoom::Own;
  const double wanted = std::clamp(transform().m11() * factor, kSmallest, kLargest);
  const QPointF fixed = mapToScene(anchor);
  setTransform(QTransform::fromScale(wanted, wanted));
  const QPointF step = viewportTransform().map(fixed) - anchor;
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(step.x()));
  verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(step.y()));
  minimap_->follow();
}

void ChartCanvas::zoomIn() {
  zoomOwn(kStep);
}
void ChartCanvas::zoomOut() {
  zoomOwn(1 / kStep);
}

double ChartCanvas::zoomThatFits() const {
  const QRectF all = scene_->content();
  if (all.isEmpty()) return 1;
  return std::max(kSmallest, std::min({viewport()->width() / all.width(), viewport()->height() / all.height(),
                                       kNatural}));
}

void ChartCanvas::fit() {
  zoom_ = Zoom::All;
  refit(true);
}

/// All of it when that is wanted or can be read, else from its beginning.
void ChartCanvas::refit(bool smooth) {
  const QRectF all = scene_->content();
  if (zoom_ == Zoom::Own || all.isEmpty()) return;
  const auto pace = smooth ? ViewMotion::Pace::Smooth : ViewMotion::Pace::AtOnce;
  const double fits = zoomThatFits();
  if (zoom_ == Zoom::All || fits >= kReadable || scene_->order().isEmpty()) {
    view_motion_->go(fits, all.center(), pace);
    return;
  }
  const QPointF first = nodeBox(scene_->order().first()).center();
  const bool narrow = all.width() * kReadable <= viewport()->width();
  view_motion_->go(kReadable, {narrow ? all.center().x() : first.x(), first.y()}, pace);
}

// --- what lies there ---

NodeItem* ChartCanvas::nodeAt(const QPoint& position) const {
  for (QGraphicsItem* item : items(position))
    if (item->type() == NodeItem::Type) return static_cast<NodeItem*>(item);
  return nullptr;
}

EdgeItem* ChartCanvas::edgeAt(const QPoint& position) const {
  for (QGraphicsItem* item : items(position))
    if (item->type() == EdgeItem::Type) return static_cast<EdgeItem*>(item);
  return nullptr;
}

FrameItem* ChartCanvas::frameAt(const QPoint& position) const {
  const QPointF there = mapToScene(position);
  for (QGraphicsItem* item : items(position)) {
    if (item->type() != FrameItem::Type) continue;
    auto* frame = static_cast<FrameItem*>(item);
    if (frame->onTitle(there) || frame->onButton(there)) return frame;
  }
  return nullptr;
}

void ChartCanvas::editLabel(const QRectF& place, const QString& text, const QString& what,
                            const std::function<void(const QString&)>& done) {
  view_motion_->stop();
  ensureVisible(place, theme::kSpace3, theme::kSpace3);
  label_editor_->begin(mapFromScene(place).boundingRect(), zoom(), text, what, done);
}

void ChartCanvas::beginConnection() {
  const QString from = selection_->nodes().value(0, chosen_);
  connection_->begin(from, ConnectionDrag::How::Keys);
}

// --- what lies over it ---

void ChartCanvas::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  refit(false);
  placeOverlay();
}

void ChartCanvas::scrollContentsBy(int dx, int dy) {
  label_editor_->take();
  QGraphicsView::scrollContentsBy(dx, dy);
  minimap_->follow();
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
  minimap_->resize(minimap_->sizeHint());
  minimap_->move(inside.left() + theme::kSpace2, inside.bottom() - minimap_->height() - theme::kSpace2);
  minimap_->follow();
  const int height = note_->sizeHint().height() + theme::kSpace2;
  note_->setGeometry(inside.left(), inside.top(), inside.width(), height);
}

}  // namespace lodestone::pages
