// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/picture_view.h"

#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QPainter>
#include <QSvgRenderer>
#include <QWheelEvent>
#include <algorithm>

#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

constexpr double kStep = 1.2;
constexpr double kMostZoom = 4;
constexpr double kLeastZoom = 0.05;

/// Drawn anew at each zoom, so that it stays crisp.
class SvgItem : public QGraphicsItem {
 public:
  explicit SvgItem(QSvgRenderer& svg) : svg_(svg) {}
  QRectF boundingRect() const override { return {{}, QSizeF(svg_.defaultSize())}; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
    svg_.render(painter, boundingRect());
  }

 private:
  QSvgRenderer& svg_;
};

}  // namespace

struct PictureView::Picture {
  QSvgRenderer svg;
};

PictureView::PictureView(QWidget* parent) : QGraphicsView(parent) {
  setScene(new QGraphicsScene(this));
  setFrameShape(NoFrame);
  setDragMode(ScrollHandDrag);
  setRenderHint(QPainter::Antialiasing);
  setTransformationAnchor(AnchorUnderMouse);
  setFocusPolicy(Qt::StrongFocus);
  theme::paintWith(
      this, [this] { setBackgroundBrush(theme::isDark() ? theme::tokens().surface : QColor(Qt::white)); });
}

PictureView::~PictureView() {
  scene()->clear();  // before what it draws
}

void PictureView::setPicture(const QByteArray& svg) {
  if (svg == shown_) return;
  shown_ = svg;
  scene()->clear();
  picture_ = std::make_unique<Picture>();
  if (!picture_->svg.load(svg)) return;
  auto* item = new SvgItem(picture_->svg);
  scene()->addItem(item);
  scene()->setSceneRect(item->boundingRect());
  fits_ = true;
  fit();
}

void PictureView::fit() {
  if (scene()->items().isEmpty()) return;
  resetTransform();
  const QSizeF room = viewport()->size() - QSize(theme::kSpace4, theme::kSpace4);
  const QSizeF size = scene()->sceneRect().size();
  const double factor =
      std::clamp(std::min(room.width() / size.width(), room.height() / size.height()), kLeastZoom, 1.0);
  scale(factor, factor);
  centerOn(scene()->sceneRect().center());
}

void PictureView::zoom(double factor) {
  const double now = transform().m11();
  const double next = std::clamp(now * factor, kLeastZoom, kMostZoom);
  fits_ = false;
  scale(next / now, next / now);
}

void PictureView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  if (fits_) fit();
}

void PictureView::wheelEvent(QWheelEvent* event) {
  if (!event->modifiers().testFlag(Qt::ControlModifier)) {
    QGraphicsView::wheelEvent(event);
    return;
  }
  zoom(event->angleDelta().y() > 0 ? kStep : 1 / kStep);
  event->accept();
}

void PictureView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoom(kStep);
      break;
    case Qt::Key_Minus:
      zoom(1 / kStep);
      break;
    case Qt::Key_0:
      fits_ = true;
      fit();
      break;
    default:
      QGraphicsView::keyPressEvent(event);
  }
}

}  // namespace lodestone::pages
