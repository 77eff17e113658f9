// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPoint>

class QAction;
class QMenu;

namespace lodestone::pages {

class CanvasCommands;
class ChartCanvas;

/// The page's own actions that stand in the canvas' menus.
struct MenuExtras {
  QAction* undo = nullptr;
  QAction* redo = nullptr;
  QAction* run_to = nullptr;
  QAction* fit = nullptr;
  QAction* find = nullptr;
  QList<QAction*> exports;
};

/// Shows the menu of what is selected on the canvas: nodes, an edge, a subgraph, or the chart.
void showCanvasMenu(ChartCanvas& canvas, const CanvasCommands& commands, const MenuExtras& extras,
                    const QPoint& at);

}  // namespace lodestone::pages
