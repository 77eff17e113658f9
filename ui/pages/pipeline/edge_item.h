// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QStringList>
#include <optional>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/layout.h"

namespace lodestone::pages {

/// An edge of the chart. Feedback is dashed and says that it closes a cycle; one that work runs along moves.
class EdgeItem : public QGraphicsItem {
 public:
  enum class Way { Forward, Feedback };
  EdgeItem(const pipeline::ChartEdge& edge, const pipeline::EdgeLayout& layout, Way way);

  const QString& start() const { return start_; }
  const QString& end() const { return end_; }
  bool running() const { return running_; }
  void setRunning(bool running);
  /// The next picture of the movement; phase in dash lengths.
  void setPhase(double phase);

  QRectF boundingRect() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  void paintHead(QPainter& painter, pipeline::ArrowHead head, const QPointF& tip,
                 const QPointF& before) const;
  void paintLabel(QPainter& painter, const QPointF& middle, const QString& text, bool pill) const;

  QString start_;
  QString end_;
  QString label_;
  pipeline::Stroke stroke_;
  pipeline::ArrowHead head_start_;
  pipeline::ArrowHead head_end_;
  Way way_;
  QPainterPath path_;
  QPointF tip_, before_tip_, tail_, after_tail_;
  std::optional<QPointF> label_middle_;
  bool running_ = false;
  double phase_ = 0;
};

}  // namespace lodestone::pages
