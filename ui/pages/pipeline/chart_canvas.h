// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QHash>
#include <QStringList>
#include <QTimer>
#include <map>
#include <memory>
#include <vector>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/layout.h"
#include "core/pipeline/graph.h"
#include "ui/pages/pipeline/node_status.h"

class QLabel;
class QToolButton;

namespace lodestone::pages {

class EdgeItem;
class NodeItem;

/// The chart as a drawing. Ctrl and the wheel, or two fingers, zoom; a drag moves; Tab and the arrows walk
/// from node to node along the edges; Enter opens one.
class ChartCanvas : public QGraphicsView {
  Q_OBJECT
 public:
  explicit ChartCanvas(QWidget* parent = nullptr);
  ~ChartCanvas() override;

  /// Draws it anew and keeps what is in sight, but for the first time and while the user has not zoomed: then
  /// all of it is shown. The chosen node stays chosen where it is still there.
  void showChart(const std::shared_ptr<const pipeline::ChartDocument>& document,
                 const pipeline::Layout& layout);
  void clearChart();
  void setStatuses(const std::map<QString, NodeStatus>& statuses);
  /// The text is wrong: what is drawn is the last that was right. An empty note: it is right.
  void setOutdated(const QString& note);

  void choose(const QString& id);
  const QString& chosen() const { return chosen_; }
  QStringList nodeIds() const { return order_; }
  NodeStatus status(const QString& id) const;
  QRectF nodeBox(const QString& id) const;
  bool moving() const { return motion_.isActive(); }

  void zoomIn();
  void zoomOut();
  void fit();
  double zoom() const;

 Q_SIGNALS:
  void nodeChosen(const QString& id);
  void nodeOpened(const QString& id);

 protected:
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool focusNextPrevChild(bool next) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  /// What is kept when the place changes its size: all in sight as far as it can be read, all in sight, the
  /// user's own.
  enum class Zoom { Readable, All, Own };
  NodeItem* nodeAt(const QPoint& position) const;
  void zoomBy(double factor);
  double zoomThatFits() const;
  void showAll();
  void fitReadable();
  void refit();
  QString neighbour(Qt::Key key) const;
  void pick(const QString& id);
  void describe();
  void moveEdges();
  void placeOverlay();

  QGraphicsScene* scene_;
  QHash<QString, NodeItem*> nodes_;
  std::vector<EdgeItem*> edges_;
  QStringList order_;
  QString chosen_;
  QTimer motion_;
  double phase_ = 0;
  Zoom zoom_ = Zoom::Readable;
  QLabel* note_;
  QWidget* tools_;
};

}  // namespace lodestone::pages
