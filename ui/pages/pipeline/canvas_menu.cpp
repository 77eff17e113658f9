// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/canvas_menu.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

#include "ui/pages/pipeline/canvas_commands.h"
#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/theme/theme.h"

namespace lodestone::pages {

namespace {

QString say(const char* text) {
  return QCoreApplication::translate("lodestone::pages::CanvasMenu", text);
}

class Builder {
 public:
  Builder(QMenu& menu, const CanvasCommands& commands) : menu_(menu), commands_(commands) {}

  void add(const QStringList& names) {
    for (const QString& name : names)
      if (name.isEmpty())
        menu_.addSeparator();
      else
        menu_.addAction(commands_.action(name));
  }
  void submenu(const char* title, const QList<QAction*>& actions) {
    menu_.addMenu(say(title))->addActions(actions);
  }
  void clipboard() { add({"", "cut_nodes", "copy_nodes", "paste_nodes", "duplicate_nodes", "delete_nodes"}); }

 private:
  QMenu& menu_;
  const CanvasCommands& commands_;
};

void fillNode(QMenu& menu, ChartCanvas& canvas, const CanvasCommands& commands, const MenuExtras& extras) {
  Builder build(menu, commands);
  const QString node = canvas.selection().nodes().first();
  const bool several = canvas.selection().nodes().size() > 1;
  if (!several) {
    QAction* open = menu.addAction(theme::icon("inspector"),
                                   say(QT_TRANSLATE_NOOP("lodestone::pages::CanvasMenu", "Open")));
    QObject::connect(open, &QAction::triggered, &canvas, [&canvas, node] { Q_EMIT canvas.nodeOpened(node); });
    menu.addAction(extras.run_to);
    build.add({"", "add_stage", "connect_nodes", "rename"});
  }
  build.submenu(QT_TRANSLATE_NOOP("lodestone::pages::CanvasMenu", "Shape"), commands.shapes());
  if (several) {
    QList<QAction*> arrange;
    for (const char* name : {"align_left", "align_centre", "align_right", "align_top", "align_middle",
                             "align_bottom", "distribute_across", "distribute_down"})
      arrange << commands.action(name);
    build.submenu(QT_TRANSLATE_NOOP("lodestone::pages::CanvasMenu", "Align and distribute"), arrange);
  }
  build.add({"tidy_up", "group_nodes"});
  build.clipboard();
}

void fillChart(QMenu& menu, const CanvasCommands& commands, const MenuExtras& extras) {
  Builder build(menu, commands);
  build.add({"add_stage", "paste_nodes", "select_all_nodes", ""});
  build.submenu(QT_TRANSLATE_NOOP("lodestone::pages::CanvasMenu", "Direction"), commands.directions());
  build.add({"tidy_up", "collapse_all", "expand_all", ""});
  menu.addActions({extras.fit, extras.find});
  build.submenu(QT_TRANSLATE_NOOP("lodestone::pages::CanvasMenu", "Export"), extras.exports);
  menu.addSeparator();
  menu.addActions({extras.undo, extras.redo});
}

}  // namespace

void showCanvasMenu(ChartCanvas& canvas, const CanvasCommands& commands, const MenuExtras& extras,
                    const QPoint& at) {
  auto* menu = new QMenu(&canvas);
  menu->setObjectName("canvas_menu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const CanvasSelection& selection = canvas.selection();
  Builder build(*menu, commands);
  if (!selection.nodes().isEmpty()) {
    fillNode(*menu, canvas, commands, extras);
  } else if (!selection.edges().isEmpty()) {
    build.add({"rename", "add_stage", "", "delete_nodes"});
  } else if (!selection.frame().isEmpty()) {
    build.add({"toggle_frame", "rename", "ungroup_nodes"});
    build.submenu(QT_TRANSLATE_NOOP("lodestone::pages::CanvasMenu", "Direction"), commands.directions());
    build.clipboard();
  } else {
    fillChart(*menu, commands, extras);
  }
  menu->popup(at);
}

}  // namespace lodestone::pages
