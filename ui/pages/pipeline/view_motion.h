// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointF>
#include <QVariantAnimation>

class QGraphicsView;

namespace lodestone::pages {

/// Brings a view to another zoom and place smoothly, or at once where the system wants no animations.
class ViewMotion : public QObject {
  Q_OBJECT
 public:
  explicit ViewMotion(QGraphicsView* view);

  enum class Pace { AtOnce, Smooth };
  void go(double zoom, const QPointF& centre, Pace pace);
  /// Stays where it is.
  void stop();
  bool moving() const { return animation_.state() == QAbstractAnimation::Running; }
  /// Where it is, or is going.
  double zoom() const;
  QPointF centre() const;

 Q_SIGNALS:
  void moved();

 private:
  void show(double zoom, const QPointF& centre);
  QPointF shownCentre() const;

  QGraphicsView* view_;
  QVariantAnimation animation_;
  double from_zoom_ = 1;
  double to_zoom_ = 1;
  QPointF from_;
  QPointF to_;
};

}  // namespace lodestone::pages
