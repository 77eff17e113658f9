// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsScene>
#include <QHash>
#include <QSet>
#include <QStringList>
#include <map>
#include <memory>
#include <vector>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/layout.h"
#include "ui/pages/pipeline/node_item.h"
#include "ui/pages/pipeline/node_status.h"

namespace lodestone::pages {

class EdgeItem;
class FrameItem;

/// The way of an edge between two boxes, as the layout draws it where nodes were put by hand; 1 + 3n points.
std::vector<QPointF> routeBetween(const QRectF& from, const QRectF& to);

/// What a chart looks like: one item for each node, edge and subgraph that is drawn.
class ChartScene : public QGraphicsScene {
  Q_OBJECT
 public:
  explicit ChartScene(QObject* parent = nullptr);
  ~ChartScene() override;

  /// Draws it anew; states stay where their nodes do.
  void show(const std::shared_ptr<const pipeline::ChartDocument>& document, const pipeline::Layout& layout);
  void clearChart();

  const QStringList& order() const { return order_; }  ///< nodes that are drawn, as first mentioned
  NodeItem* node(const QString& id) const { return nodes_.value(id); }
  const std::vector<EdgeItem*>& edges() const { return edges_; }
  EdgeItem* edge(const QString& id) const;
  const QHash<QString, FrameItem*>& frames() const { return frames_; }
  /// What stands for a node or a subgraph: itself, or the collapsed subgraph that holds it; null: nothing.
  FrameItem* standIn(const QString& id) const;
  /// Of what stands for it.
  QRectF boxOf(const QString& id) const;
  /// The nodes within a subgraph, however deep.
  QStringList within(const QString& subgraph) const;
  FlowSide side() const { return side_; }
  /// Of all that is drawn, with a margin.
  QRectF content() const { return content_; }
  /// Takes in what was dragged outside.
  void growContent();

  void setStatuses(const std::map<QString, NodeStatus>& statuses);
  NodeStatus status(const QString& id) const;
  /// Edges that lead to running nodes are marked as running; true when there is one.
  bool markRunning();
  /// Draws the edges of these nodes as the nodes stand now.
  void followNodes(const QSet<QString>& moved);

  /// Nodes whose label or id has all these words stand out, the rest is dimmed; none: nothing is.
  QStringList search(const QString& words);
  void setOutdated(bool outdated);
  /// Words and colours anew.
  void refresh();

 private:
  void addFrames(const pipeline::Layout& layout);
  void addEdges(const pipeline::Layout& layout);
  void addNodes(const pipeline::Layout& layout);
  void summarise();
  void dim();

  std::shared_ptr<const pipeline::ChartDocument> document_;
  QHash<QString, QString> parents_;  ///< innermost subgraph, of nodes and subgraphs
  QHash<QString, NodeItem*> nodes_;
  QHash<QString, FrameItem*> frames_;
  std::vector<EdgeItem*> edges_;
  QStringList order_;
  std::map<QString, NodeStatus> statuses_;
  QRectF content_;
  FlowSide side_ = FlowSide::Bottom;
  QString words_;
  bool outdated_ = false;
};

}  // namespace lodestone::pages
