// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

namespace lodestone::pages {

/// What is selected on the canvas: nodes and edges together, or one subgraph. By the chart's ids.
class CanvasSelection : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  const QStringList& nodes() const { return nodes_; }  ///< in the order in which they were taken
  const QStringList& edges() const { return edges_; }
  const QString& frame() const { return frame_; }
  bool isEmpty() const { return nodes_.isEmpty() && edges_.isEmpty() && frame_.isEmpty(); }
  bool hasNode(const QString& id) const { return nodes_.contains(id); }

  void setNodes(const QStringList& nodes);
  void addNodes(const QStringList& nodes);
  void toggleNode(const QString& id);
  void setEdge(const QString& id);
  void toggleEdge(const QString& id);
  void setFrame(const QString& id);
  void clear();
  /// Lets go of what is no longer there.
  void keep(const QStringList& nodes, const QStringList& edges, const QStringList& frames);

 Q_SIGNALS:
  void changed();

 private:
  void set(const QStringList& nodes, const QStringList& edges, const QString& frame);
  QStringList nodes_;
  QStringList edges_;
  QString frame_;
};

}  // namespace lodestone::pages
