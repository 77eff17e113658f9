// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QPointF>
#include <QSet>
#include <QStringList>
#include <map>

namespace lodestone::pages {

class ChartScene;

/// Upper left corners of nodes, in the scene.
using NodePlaces = std::map<QString, QPointF>;

/// Nodes while they are dragged to other places; their edges follow.
class NodeDrag : public QObject {
  Q_OBJECT
 public:
  explicit NodeDrag(ChartScene* scene);

  bool active() const { return !nodes_.isEmpty(); }
  void begin(const QStringList& nodes, const QPointF& from);
  void moveTo(const QPointF& position);
  /// Where they are now; nothing when they stand where they stood.
  NodePlaces finish();
  /// Back to where they stood.
  void cancel();
  /// The chart was drawn anew: there is nothing left to drag.
  void forget() { nodes_.clear(); }

 private:
  ChartScene* scene_;
  QStringList nodes_;
  QSet<QString> moved_;
  QPointF from_;
  QPointF step_;
};

}  // namespace lodestone::pages
