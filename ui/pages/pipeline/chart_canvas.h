// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>

#include "core/pipeline/chart/chart_document.h"
#include "core/pipeline/chart/layout.h"
#include "ui/pages/pipeline/node_drag.h"
#include "ui/pages/pipeline/node_status.h"

class QLabel;

namespace lodestone::pages {

class CanvasPointer;
class CanvasSelection;
class ChartMinimap;
class ChartScene;
class ConnectionDrag;
class EdgeItem;
class FrameItem;
class LabelEditor;
class NodeItem;
class ViewMotion;

/// What a stage dragged from the palette is carried as: its id.
inline constexpr const char* kStageMime = "application/x-lodestone-stage";

/// The chart as a drawing that can be edited. Ctrl and the wheel, or two fingers, zoom; a drag of the ground
/// moves, with Shift it selects; a drag of nodes moves them, one of a node's handle connects; while Space is
/// held, and by the middle button, a drag of anything moves the ground. Tab and the arrows walk from node to
/// node along the edges; Enter opens one. It changes nothing itself: it asks by its signals.
class ChartCanvas : public QGraphicsView {
  Q_OBJECT
 public:
  explicit ChartCanvas(QWidget* parent = nullptr);
  ~ChartCanvas() override;

  /// Draws it anew and keeps what is in sight, but for the first time and while the user has not zoomed: then
  /// all of it is shown. What is selected stays so where it is still there.
  void showChart(const std::shared_ptr<const pipeline::ChartDocument>& document,
                 const pipeline::Layout& layout);
  void clearChart();
  void setStatuses(const std::map<QString, NodeStatus>& statuses);
  /// The text is wrong: what is drawn is the last that was right, if any was. An empty note: it is right.
  void setOutdated(const QString& note);

  /// Shows a node as the chosen one, alone; the inspector's.
  void choose(const QString& id);
  /// The same with word of it.
  void pick(const QString& id);
  const QString& chosen() const { return chosen_; }
  QStringList nodeIds() const;
  NodeStatus status(const QString& id) const;
  QRectF nodeBox(const QString& id) const;
  bool moving() const { return motion_.isActive(); }
  /// These become the selection as soon as they are drawn.
  void selectWhenDrawn(const QStringList& nodes);

  /// Dims what does not have these words; returns the nodes that have.
  QStringList search(const QString& words);

  void zoomIn();
  void zoomOut();
  void fit();
  double zoom() const;  ///< that is shown, or on its way
  void zoomBy(double factor, const QPoint& anchor);

  ChartScene& chart() const { return *scene_; }
  CanvasSelection& selection() const { return *selection_; }
  ConnectionDrag& connection() const { return *connection_; }
  NodeDrag& drag() const { return *drag_; }

  NodeItem* nodeAt(const QPoint& position) const;
  EdgeItem* edgeAt(const QPoint& position) const;
  FrameItem* frameAt(const QPoint& position) const;  ///< by its title or button

  /// Edits a label where it stands; done gets another text.
  void editLabel(const QRectF& place, const QString& text, const QString& what,
                 const std::function<void(const QString&)>& done);
  void beginConnection();  ///< from the chosen node, by keys
  bool spaceHeld() const { return space_ != Space::Up; }

 Q_SIGNALS:
  void nodeChosen(const QString& id);
  void nodeOpened(const QString& id);
  void renameWanted();  ///< of what is selected
  void connectionWanted(const QString& from, const QString& to);
  void connectionRefused(const QString& why);
  void nodesMoved(const lodestone::pages::NodePlaces& places);
  void frameToggled(const QString& id);
  void toggleWanted();  ///< of the subgraph that is selected, or that holds what is
  /// edge: dropped on that one; else the place in the scene.
  void stageDropped(const QString& stage, const QPointF& place, const QString& edge);
  void menuWanted(const QPoint& global);
  void addWanted();

 protected:
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  bool focusNextPrevChild(bool next) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void showEvent(QShowEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  friend class CanvasPointer;
  /// What is kept when the place changes its size: all in sight as far as it can be read, all in sight, the
  /// user's own.
  enum class Zoom { Readable, All, Own };
  /// Tapped so far, it toggles a subgraph when it goes up; held, it was for moving the ground.
  enum class Space { Up, Tapped, Held };
  void build();
  void zoomOwn(double factor);
  double zoomThatFits() const;
  void refit(bool smooth);
  bool walk(QKeyEvent* event);
  QString neighbour(const QString& from, Qt::Key key) const;
  void giveUp();
  bool busyByHand() const;
  void showCursor(const QPoint& position);
  void showSelection();
  void applyPending();
  void describe();
  void moveEdges();
  void placeOverlay();

  ChartScene* scene_;
  CanvasSelection* selection_;
  ConnectionDrag* connection_;
  NodeDrag* drag_;
  ViewMotion* view_motion_;
  std::unique_ptr<CanvasPointer> pointer_;
  ChartMinimap* minimap_;
  LabelEditor* label_editor_;
  QString chosen_;
  QStringList pending_;
  QTimer motion_;
  double phase_ = 0;
  Zoom zoom_ = Zoom::Readable;
  Space space_ = Space::Up;
  bool ever_drawn_ = false;
  QLabel* note_;
  QWidget* tools_;
};

}  // namespace lodestone::pages
