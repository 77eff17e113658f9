// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/canvas_selection.h"

#include <QSet>
#include <algorithm>
#include <iterator>

namespace lodestone::pages {

namespace {

QStringList toggled(QStringList list, const QString& id) {
  if (list.removeAll(id) == 0) list << id;
  return list;
}

QStringList kept(const QStringList& list, const QStringList& there) {
  const QSet<QString> known(there.begin(), there.end());
  QStringList left;
  std::copy_if(list.begin(), list.end(), std::back_inserter(left),
               [&](const QString& id) { return known.contains(id); });
  return left;
}

}  // namespace

void CanvasSelection::set(const QStringList& nodes, const QStringList& edges, const QString& frame) {
  if (nodes == nodes_ && edges == edges_ && frame == frame_) return;
  nodes_ = nodes;
  edges_ = edges;
  frame_ = frame;
  Q_EMIT changed();
}

void CanvasSelection::setNodes(const QStringList& nodes) {
  set(nodes, {}, {});
}

void CanvasSelection::addNodes(const QStringList& nodes) {
  QStringList all = nodes_;
  for (const QString& id : nodes)
    if (!all.contains(id)) all << id;
  set(all, edges_, {});
}

void CanvasSelection::toggleNode(const QString& id) {
  set(toggled(nodes_, id), edges_, {});
}

void CanvasSelection::setEdge(const QString& id) {
  set({}, {id}, {});
}

void CanvasSelection::toggleEdge(const QString& id) {
  set(nodes_, toggled(edges_, id), {});
}

void CanvasSelection::setFrame(const QString& id) {
  set({}, {}, id);
}

void CanvasSelection::clear() {
  set({}, {}, {});
}

void CanvasSelection::keep(const QStringList& nodes, const QStringList& edges, const QStringList& frames) {
  set(kept(nodes_, nodes), kept(edges_, edges), frames.contains(frame_) ? frame_ : QString());
}

}  // namespace lodestone::pages
