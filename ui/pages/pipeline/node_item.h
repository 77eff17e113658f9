// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QStringList>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/layout.h"
#include "ui/pages/pipeline/node_shape.h"
#include "ui/pages/pipeline/node_status.h"

namespace lodestone::pages {

/// A node of the chart: its shape, its label, its state by colour, shape and word, and below it what went in
/// and came out.
class NodeItem : public QGraphicsItem {
 public:
  enum { Type = UserType + 1 };
  /// Where the figures stand: beside the edge that leaves downwards, or under the middle.
  enum class Figures { BesideEdge, Centred };

  NodeItem(const pipeline::ChartNode& node, const pipeline::LayoutBox& box, Figures figures);

  const QString& id() const { return id_; }
  const QString& label() const { return label_; }
  const NodeStatus& status() const { return status_; }
  void setStatus(const NodeStatus& status);
  void setChosen(bool chosen);
  QRectF box() const { return box_; }

  int type() const override { return Type; }
  QRectF boundingRect() const override;
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  void paintOutline(QPainter& painter) const;
  QFont labelFont() const;
  void paintWords(QPainter& painter) const;
  void paintState(QPainter& painter, double top) const;
  void paintRing(QPainter& painter, const QRectF& place) const;
  void paintFigures(QPainter& painter) const;

  QString id_;
  QString label_;
  QStringList lines_;
  bool mark_ = false;
  QRectF box_;
  NodeShape shape_;
  Figures figures_;
  NodeStatus status_;
  bool chosen_ = false;
};

}  // namespace lodestone::pages
