// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/view_motion.h"

#include <QGraphicsView>
#include <cmath>

#include "ui/theme/theme.h"

namespace lodestone::pages {

ViewMotion::ViewMotion(QGraphicsView* view) : QObject(view), view_(view) {
  animation_.setStartValue(0.0);
  animation_.setEndValue(1.0);
  animation_.setEasingCurve(QEasingCurve::OutCubic);
  connect(&animation_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
    const double t = value.toDouble();
    // Equal steps of a zoom are equal factors.
    show(from_zoom_ * std::pow(to_zoom_ / from_zoom_, t), from_ + (to_ - from_) * t);
  });
}

QPointF ViewMotion::shownCentre() const {
  return view_->mapToScene(view_->viewport()->rect().center());
}

double ViewMotion::zoom() const {
  return moving() ? to_zoom_ : view_->transform().m11();
}

QPointF ViewMotion::centre() const {
  return moving() ? to_ : shownCentre();
}

void ViewMotion::stop() {
  animation_.stop();
}

void ViewMotion::show(double zoom, const QPointF& centre) {
  view_->setTransform(QTransform::fromScale(zoom, zoom));
  view_->centerOn(centre);
  Q_EMIT moved();
}

void ViewMotion::go(double zoom, const QPointF& centre, Pace pace) {
  const QPointF here = shownCentre();
  animation_.stop();
  const int time = theme::animationMs();
  if (pace == Pace::AtOnce || time == 0 || !view_->isVisible()) {
    show(zoom, centre);
    return;
  }
  from_zoom_ = view_->transform().m11();
  from_ = here;
  to_zoom_ = zoom;
  to_ = centre;
  animation_.setDuration(time);
  animation_.start();
}

}  // namespace lodestone::pages
