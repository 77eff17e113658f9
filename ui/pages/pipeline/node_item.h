// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QPixmap>
#include <QStaticText>
#include <QStringList>
#include <vector>

#include "core/pipeline/chart/chart.h"
#include "core/pipeline/chart/layout.h"
#include "ui/pages/pipeline/node_shape.h"
#include "ui/pages/pipeline/node_status.h"

namespace lodestone::pages {

/// Where an edge leaves a node, by the chart's direction.
enum class FlowSide { Bottom, Right, Top, Left };
FlowSide flowSide(const std::string& direction);
QPointF sidePoint(const QRectF& box, FlowSide side);

/// A node of the chart: its shape, its label, its state by colour, shape and word, and below it what went in
/// and came out. Far away it is a shape in its state's colour. Words are shaped once, not for each picture.
class NodeItem : public QGraphicsItem {
 public:
  enum { Type = UserType + 1 };
  /// How a node answers to a connection that is being drawn.
  enum class Light { None, Fits, DoesNotFit, Source };

  NodeItem(const pipeline::ChartNode& node, const pipeline::LayoutBox& box, FlowSide side);

  const QString& id() const { return id_; }
  const QString& label() const { return label_; }
  const QString& subgraph() const { return subgraph_; }
  const NodeStatus& status() const { return status_; }
  /// Where its rows stand, in the scene; empty without any.
  QRectF figuresBox();
  void setStatus(const NodeStatus& status);
  void setChosen(bool chosen);  ///< the one that the inspector shows
  void setMarked(bool marked);  ///< one of the selection
  bool marked() const { return marked_; }
  void setLight(Light light);
  void setHandle(bool shown);  ///< from which a connection is dragged
  /// In the scene, where it stands now.
  QRectF box() const { return box_.translated(pos()); }
  /// The middle of the handle, in the scene.
  QPointF handle() const { return sidePoint(box(), side_); }
  /// Words and colours are made anew: another language or theme.
  void refresh();

  int type() const override { return Type; }
  QRectF boundingRect() const override;
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

  static constexpr double kReadableDetail = 0.45;  ///< smaller, there are no words
  static constexpr double kHandleRadius = 6;

 private:
  struct Word {
    QStaticText text;
    QPointF at;
    QFont font;
  };
  void paintFar(QPainter& painter, double detail) const;
  void paintOutline(QPainter& painter) const;
  void paintRings(QPainter& painter) const;
  void paintWords(QPainter& painter);
  void paintRing(QPainter& painter) const;
  void paintHandle(QPainter& painter) const;
  QFont labelFont() const;
  void makeWords();
  double makeLabel();
  void makeState(double top);
  void makeFigures();
  QRectF figuresPlace(const QSizeF& size) const;

  QString id_;
  QString label_;
  QString subgraph_;
  QStringList lines_;
  bool mark_ = false;
  QRectF box_;
  NodeShape shape_;
  FlowSide side_;
  NodeStatus status_;
  bool chosen_ = false;
  bool marked_ = false;
  bool handle_ = false;
  Light light_ = Light::None;
  bool words_made_ = false;
  std::vector<Word> label_words_;
  Word state_word_;
  Word figures_;
  QRectF figures_box_;
  QRectF icon_box_;
};

}  // namespace lodestone::pages
