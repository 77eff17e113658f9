// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QStaticText>
#include <optional>
#include <vector>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/layout.h"

namespace lodestone::pages {

/// An edge of the chart. Feedback has a colour and a dash of its own and says that it closes a cycle; one
/// that work runs along moves.
class EdgeItem : public QGraphicsItem {
 public:
  enum { Type = UserType + 2 };
  EdgeItem(const pipeline::ChartEdge& edge, const pipeline::EdgeLayout& layout);

  std::size_t index() const { return index_; }  ///< in the chart's edges
  const QString& id() const { return id_; }     ///< the chart's
  const QString& start() const { return start_; }
  const QString& end() const { return end_; }
  const QString& label() const { return label_; }
  bool feedback() const { return feedback_; }
  /// Where its label stands or would stand, in the scene.
  QPointF middle() const;
  bool running() const { return running_; }
  void setRunning(bool running);
  void setMarked(bool marked);
  void setHovered(bool hovered);
  /// The next picture of the movement; phase in dash lengths.
  void setPhase(double phase);
  /// Another way in place of the layout's; 1 + 3n points.
  void setRoute(const std::vector<QPointF>& spline);
  void refresh();

  int type() const override { return Type; }
  QRectF boundingRect() const override;
  /// Wide enough to be hit.
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  void makeLabel() const;
  QColor colour() const;
  void paintLine(QPainter& painter, QPen pen, double detail) const;
  void paintHead(QPainter& painter, pipeline::ArrowHead head, const QPointF& tip,
                 const QPointF& before) const;
  void paintLabel(QPainter& painter);

  std::size_t index_;
  QString id_;
  QString start_;
  QString end_;
  QString label_;
  pipeline::Stroke stroke_;
  pipeline::ArrowHead head_start_;
  pipeline::ArrowHead head_end_;
  bool feedback_;
  QPainterPath path_;
  QPolygonF far_;  ///< the path as lines, for when it is small
  mutable QPainterPath hit_;
  QPointF tip_, before_tip_, tail_, after_tail_;
  std::optional<QPointF> label_middle_;
  // Made when they are first asked for.
  mutable QRectF label_box_;
  mutable QStaticText words_;
  mutable QFont words_font_;
  mutable bool words_made_ = false;
  bool running_ = false;
  bool marked_ = false;
  bool hovered_ = false;
  double phase_ = 0;
};

}  // namespace lodestone::pages
