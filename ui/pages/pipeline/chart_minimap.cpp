// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_minimap.h"

#include <QApplication>
#include <QGraphicsView>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>

#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::State;

namespace {

constexpr int kWidest = 168;
constexpr int kHighest = 120;
constexpr double kSlack = 4;             ///< pixels of the view that do not matter
constexpr std::size_t kMostEdges = 500;  ///< of more, the lines would be one grey

}  // namespace

ChartMinimap::ChartMinimap(QGraphicsView* view, ChartScene* scene)
    : QWidget(view), view_(view), scene_(scene) {
  setObjectName("canvas_minimap");
  setCursor(Qt::SizeAllCursor);
  hide();
  theme::paintWith(this, [this] { redraw(); });
  words::say(this, [this] {
    setAccessibleName(tr("Overview of the flowchart"));
    setToolTip(tr("Drag to move what is in sight"));
  });
}

double ChartMinimap::scale() const {
  const QRectF all = scene_->content();
  if (all.isEmpty()) return 1;
  return std::min({kWidest / all.width(), kHighest / all.height(), 0.25});
}

QSize ChartMinimap::sizeHint() const {
  const QSizeF size = scene_->content().size() * scale();
  return {std::max(static_cast<int>(size.width()), 24), std::max(static_cast<int>(size.height()), 24)};
}

QRectF ChartMinimap::inSight() const {
  return view_->mapToScene(view_->viewport()->rect()).boundingRect();
}

void ChartMinimap::redraw() {
  due_ = true;
  update();
}

void ChartMinimap::follow() {
  const QRectF all = scene_->content();
  const double slack = kSlack / view_->transform().m11();
  const bool all_in_sight = inSight().adjusted(-slack, -slack, slack, slack).contains(all);
  setVisible(!scene_->order().isEmpty() && !all_in_sight);
  update();
}

void ChartMinimap::drawChart() {
  due_ = false;
  const qreal ratio = devicePixelRatioF();
  chart_ = QPixmap(size() * ratio);
  chart_.setDevicePixelRatio(ratio);
  const theme::Tokens& tokens = theme::tokens();
  chart_.fill(tokens.raised);
  QPainter painter(&chart_);
  painter.scale(scale(), scale());
  painter.translate(-scene_->content().topLeft());
  QPen line(tokens.line, 0);
  painter.setPen(line);
  for (const FrameItem* frame : scene_->frames()) {
    painter.setBrush(frame->collapsed() ? tokens.text2 : tokens.window);
    painter.drawRect(frame->box());
  }
  if (scene_->edges().size() <= kMostEdges)
    for (const EdgeItem* edge : scene_->edges())
      painter.drawLine(scene_->boxOf(edge->start()).center(), scene_->boxOf(edge->end()).center());
  painter.setPen(Qt::NoPen);
  for (const QString& id : scene_->order()) {
    const NodeItem* node = scene_->node(id);
    painter.setBrush(widgets::stateColour(node->status().state));
    painter.drawRect(node->box());
  }
}

void ChartMinimap::paintEvent(QPaintEvent*) {
  if (due_ || chart_.deviceIndependentSize().toSize() != size()) drawChart();
  const theme::Tokens& tokens = theme::tokens();
  QPainter painter(this);
  painter.drawPixmap(0, 0, chart_);
  const QRectF all = scene_->content();
  const QRectF seen = inSight().intersected(all);
  const QRectF frame((seen.left() - all.left()) * scale(), (seen.top() - all.top()) * scale(),
                     seen.width() * scale(), seen.height() * scale());
  QColor veil = tokens.window;
  veil.setAlphaF(0.55F);
  QPainterPath outside;
  outside.addRect(rect());
  outside.addRect(frame);
  painter.fillPath(outside, veil);
  painter.setPen(QPen(tokens.accent, 1.5));
  painter.drawRect(frame.adjusted(0.75, 0.75, -0.75, -0.75));
  painter.setPen(QPen(tokens.line, 1));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ChartMinimap::moveTo(const QPoint& position) {
  Q_EMIT dragged();
  view_->centerOn(scene_->content().topLeft() + QPointF(position) / scale());
}

void ChartMinimap::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) moveTo(event->pos());
}

void ChartMinimap::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) moveTo(event->pos());
}

void ChartMinimap::mouseDoubleClickEvent(QMouseEvent* event) {
  event->accept();
}

void ChartMinimap::wheelEvent(QWheelEvent* event) {
  QApplication::sendEvent(view_->viewport(), event);
}

void ChartMinimap::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) redraw();
}

}  // namespace lodestone::pages
