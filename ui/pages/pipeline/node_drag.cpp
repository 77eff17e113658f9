// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_drag.h"

#include <cmath>

#include "ui/pages/pipeline/chart_scene.h"

namespace lodestone::pages {

namespace {

constexpr double kGrid = 4;  ///< so that figures in the text are round, and nodes line up

double snapped(double value) {
  return std::round(value / kGrid) * kGrid;
}

}  // namespace

NodeDrag::NodeDrag(ChartScene* scene) : QObject(scene), scene_(scene) {}

void NodeDrag::begin(const QStringList& nodes, const QPointF& from) {
  cancel();
  for (const QString& id : nodes)
    if (scene_->node(id) != nullptr) nodes_ << id;
  moved_ = QSet<QString>(nodes_.begin(), nodes_.end());
  from_ = from;
  step_ = {};
}

void NodeDrag::moveTo(const QPointF& position) {
  if (!active()) return;
  // The first lands on the grid, the others keep their distance to it.
  NodeItem* first = scene_->node(nodes_.first());
  const QPointF stood = first->box().topLeft() - first->pos();
  const QPointF wanted = stood + position - from_;
  step_ = QPointF(snapped(wanted.x()), snapped(wanted.y())) - stood;
  for (const QString& id : nodes_) scene_->node(id)->setPos(step_);
  scene_->followNodes(moved_);
  scene_->growContent();
}

NodePlaces NodeDrag::finish() {
  NodePlaces places;
  if (!step_.isNull())
    for (const QString& id : nodes_) places[id] = scene_->boxOf(id).topLeft();
  nodes_.clear();
  return places;
}

void NodeDrag::cancel() {
  if (!active()) return;
  for (const QString& id : nodes_) scene_->node(id)->setPos(0, 0);
  if (!step_.isNull()) scene_->followNodes(moved_);
  nodes_.clear();
}

}  // namespace lodestone::pages
