// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <functional>

#include "ui/pages/pipeline/arrange.h"
#include "ui/pages/pipeline/chart_reading.h"

class QAction;
class QKeySequence;

namespace lodestone::pages {

class ChartCanvas;
class ChartPalette;
struct NodeToAdd;

/// A change of the chart's text by way of its document.
using ChartChange = std::function<Result<>(pipeline::ChartDocument&)>;

/// What the canvas needs of its page.
struct CanvasHost {
  /// Makes the change one step of the text's undo, then calls then(); an error is shown and nothing changes.
  std::function<void(const ChartChange& change, const std::function<void()>& then)> edit;
  /// The newest chart that read; its document is null before there is one.
  std::function<const ChartReading&()> reading;
  /// Why nothing can be edited now; empty: it can.
  std::function<QString()> blocked;
  /// Says why something was not done.
  std::function<void(const QString& words)> tell;
  /// Subgraphs are drawn closed or open.
  std::function<void(const QStringList& subgraphs, bool collapsed)> collapse;
};

/// All that can be ordered on the canvas, as actions: each changes the text in one step that can be undone.
class CanvasCommands : public QObject {
  Q_OBJECT
 public:
  CanvasCommands(ChartCanvas& canvas, CanvasHost host, QObject* parent);

  /// For the command palette; in the order of menus.
  const QList<QAction*>& actions() const { return all_; }
  QAction* action(const QString& name) const { return named_.value(name); }
  /// The shapes and directions that menus offer, as actions.
  const QList<QAction*>& shapes() const { return shapes_; }
  const QList<QAction*>& directions() const { return directions_; }
  ChartPalette& palette() const { return *palette_; }
  /// What can be done with what is selected now.
  void enable();
  /// Opens a closed subgraph or closes an open one.
  void toggle(const QString& frame);

 private:
  QAction* make(const char* name, const char* icon, const QList<QKeySequence>& keys,
                const std::function<void()>& done);
  void makeEditing();
  void makeArranging();
  void makeView();
  void showTexts();
  void showArrangingTexts();

  void openPalette();
  void add(const QString& stage);
  void drop(const QString& stage, const QPointF& place, const QString& edge);
  void addNode(const NodeToAdd& wanted);
  void join(const QString& from, const QString& to);
  void rename();
  void renameNode(const QString& id);
  void renameEdge(const QString& id);
  void renameFrame(const QString& id);
  void remove();
  bool copy();
  void paste(const QString& text);
  void duplicate();
  void putNodes(const NodePlaces& places);
  void alignNodes(Alignment alignment);
  void tidy();
  void group();
  void ungroup();
  void setShape(const QString& shape);
  void setDirection(const QString& direction);
  std::vector<NodeBox> selectedBoxes() const;
  std::vector<std::string> selectedIds() const;

  ChartCanvas& canvas_;
  CanvasHost host_;
  ChartPalette* palette_;
  QList<QAction*> all_;
  QList<QAction*> shapes_;
  QList<QAction*> directions_;
  QHash<QString, QAction*> named_;
};

}  // namespace lodestone::pages
