// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas' commands as actions: keys, words, when they can be used.
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <array>
#include <utility>

#include "ui/pages/pipeline/canvas_commands.h"
#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_edits.h"
#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/connection_drag.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr std::array kShapes = {"rect",   "rounded", "stadium", "cyl",     "diam",   "hex",
                                "circle", "doc",     "fr-rect", "st-rect", "lean-r", "text"};
constexpr std::array kDirections = {"TB", "LR", "BT", "RL"};
constexpr std::array<std::pair<const char*, Alignment>, 6> kAlignments = {
    {{"align_left", Alignment::Left},
     {"align_centre", Alignment::Centre},
     {"align_right", Alignment::Right},
     {"align_top", Alignment::Top},
     {"align_middle", Alignment::Middle},
     {"align_bottom", Alignment::Bottom}}};

}  // namespace

QAction* CanvasCommands::make(const char* name, const char* icon, const QList<QKeySequence>& keys,
                              const std::function<void()>& done) {
  auto* action = new QAction(this);
  if (icon[0] != '\0') action->setIcon(theme::icon(icon));
  action->setObjectName(name);
  action->setShortcuts(keys);
  // Text fields beside the canvas have the same keys.
  action->setShortcutContext(Qt::WidgetShortcut);
  connect(action, &QAction::triggered, this, done);
  canvas_.addAction(action);
  all_ << action;
  named_.insert(name, action);
  return action;
}

void CanvasCommands::makeEditing() {
  make("add_stage", "add", {QKeySequence(Qt::Key_A), QKeySequence(Qt::Key_Insert)},
       [this] { openPalette(); });
  make("connect_nodes", "arrow-right", {QKeySequence(Qt::Key_C)}, [this] {
    canvas_.setFocus();
    canvas_.beginConnection();
  });
  make("rename", "edit", {QKeySequence(Qt::Key_F2)}, [this] { rename(); });
  make("copy_nodes", "copy", {QKeySequence::Copy}, [this] { copy(); });
  make("cut_nodes", "", {QKeySequence::Cut}, [this] {
    if (copy()) remove();
  });
  make("paste_nodes", "", {QKeySequence::Paste}, [this] { paste(QGuiApplication::clipboard()->text()); });
  make("duplicate_nodes", "", {QKeySequence(Qt::CTRL | Qt::Key_D)}, [this] { duplicate(); });
  make("delete_nodes", "delete", {QKeySequence::Delete, QKeySequence(Qt::Key_Backspace)},
       [this] { remove(); });
  make("select_all_nodes", "", {QKeySequence::SelectAll},
       [this] { canvas_.selection().setNodes(canvas_.nodeIds()); });
  for (const char* shape : kShapes) {
    QAction* action = make(qPrintable(QStringLiteral("shape_") + shape), "", {},
                           [this, shape] { setShape(QString::fromLatin1(shape)); });
    shapes_ << action;
  }
  for (const char* direction : kDirections) {
    QAction* action = make(qPrintable(QStringLiteral("direction_") + direction), "", {},
                           [this, direction] { setDirection(QString::fromLatin1(direction)); });
    directions_ << action;
  }
}

void CanvasCommands::makeArranging() {
  for (const auto& [name, alignment] : kAlignments)
    make(name, "", {}, [this, how = alignment] { alignNodes(how); });
  make("distribute_across", "", {}, [this] { putNodes(distribute(selectedBoxes(), Qt::Horizontal)); });
  make("distribute_down", "", {}, [this] { putNodes(distribute(selectedBoxes(), Qt::Vertical)); });
  make("tidy_up", "refresh", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)}, [this] { tidy(); });
  make("group_nodes", "", {QKeySequence(Qt::CTRL | Qt::Key_G)}, [this] { group(); });
  make("ungroup_nodes", "", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)}, [this] { ungroup(); });
}

void CanvasCommands::makeView() {
  make("toggle_frame", "", {QKeySequence(Qt::Key_Space)}, [this] {
    QString frame = canvas_.selection().frame();
    if (const NodeItem* node = canvas_.chart().node(canvas_.selection().nodes().value(0));
        frame.isEmpty() && node)
      frame = node->subgraph();
    toggle(frame);
  });
  connect(&canvas_, &ChartCanvas::toggleWanted, named_.value("toggle_frame"), &QAction::trigger);
  make("collapse_all", "", {}, [this] { host_.collapse(canvas_.chart().frames().keys(), true); });
  make("expand_all", "", {}, [this] { host_.collapse({}, false); });
}

void CanvasCommands::showTexts() {
  const auto say = [this](const char* name, const QString& text, const QString& tip = {}) {
    QAction* action = named_.value(name);
    action->setText(text);
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    const QString words = tip.isEmpty() ? text : tip;
    action->setToolTip(keys.isEmpty() ? words : words + " (" + keys + ")");
  };
  say("add_stage", tr("Add a stage…"), tr("Add a stage after what is selected"));
  say("connect_nodes", tr("Connect with…"), tr("Connect the selected node with another"));
  say("rename", tr("Rename"), tr("Edit the label where it stands"));
  say("copy_nodes", tr("Copy"), tr("Copy the selected nodes as Mermaid"));
  say("cut_nodes", tr("Cut"));
  say("paste_nodes", tr("Paste"), tr("Paste nodes or any Mermaid flowchart"));
  say("duplicate_nodes", tr("Duplicate"));
  say("delete_nodes", tr("Delete"), tr("Delete what is selected"));
  say("select_all_nodes", tr("Select all nodes"));
  const std::array<QString, kShapes.size()> shapes = {
      tr("Rectangle"),  tr("Rounded rectangle"), tr("Stadium"),         tr("Database"),
      tr("Decision"),   tr("Hexagon"),           tr("Circle"),          tr("Document"),
      tr("Subprocess"), tr("Several documents"), tr("Input or output"), tr("Text alone")};
  for (std::size_t i = 0; i < kShapes.size(); ++i)
    shapes_[static_cast<qsizetype>(i)]->setText(tr("Shape: %1").arg(shapes.at(i)));
  const std::array<QString, kDirections.size()> directions = {tr("top to bottom"), tr("left to right"),
                                                              tr("bottom to top"), tr("right to left")};
  for (std::size_t i = 0; i < kDirections.size(); ++i)
    directions_[static_cast<qsizetype>(i)]->setText(tr("Direction: %1").arg(directions.at(i)));
}

void CanvasCommands::showArrangingTexts() {
  const auto say = [this](const char* name, const QString& text, const QString& tip = {}) {
    QAction* action = named_.value(name);
    action->setText(text);
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    const QString words = tip.isEmpty() ? text : tip;
    action->setToolTip(keys.isEmpty() ? words : words + " (" + keys + ")");
  };
  say("align_left", tr("Align left"));
  say("align_centre", tr("Align centres"));
  say("align_right", tr("Align right"));
  say("align_top", tr("Align top"));
  say("align_middle", tr("Align middles"));
  say("align_bottom", tr("Align bottom"));
  say("distribute_across", tr("Distribute across"), tr("The same gaps from left to right"));
  say("distribute_down", tr("Distribute down"), tr("The same gaps from top to bottom"));
  say("tidy_up", tr("Tidy up"), tr("Let the layout place the nodes again"));
  say("group_nodes", tr("Group into a subgraph"));
  say("ungroup_nodes", tr("Ungroup"), tr("Take the frame away, keep what is in it"));
  say("toggle_frame", tr("Collapse or expand the subgraph"));
  say("collapse_all", tr("Collapse all subgraphs"));
  say("expand_all", tr("Expand all subgraphs"));
}

void CanvasCommands::enable() {
  const QString blocked = host_.blocked();
  const CanvasSelection& selection = canvas_.selection();
  const auto nodes = selection.nodes().size();
  const bool frame = !selection.frame().isEmpty();
  const auto set = [this](const char* name, const QString& why) {
    widgets::enableOrSay(named_.value(name), why);
  };
  const auto need = [&](const char* name, bool can, const QString& why) {
    set(name, blocked.isEmpty() && !can ? why : blocked);
  };
  const QString some = tr("Select something first.");
  const QString one = tr("Select one node first.");
  const QString two = tr("Select two nodes or more first.");
  const QString three = tr("Select three nodes or more first.");
  set("add_stage", blocked);
  set("paste_nodes", blocked);
  need("connect_nodes", nodes == 1, one);
  need("rename", frame || nodes == 1 || (nodes == 0 && selection.edges().size() == 1), some);
  set("copy_nodes", frame || nodes > 0 ? QString() : some);
  for (const char* name : {"cut_nodes", "duplicate_nodes"}) need(name, frame || nodes > 0, some);
  need("delete_nodes", !selection.isEmpty(), some);
  for (const auto& [name, alignment] : kAlignments) need(name, nodes > 1, two);
  for (const char* name : {"distribute_across", "distribute_down"}) need(name, nodes > 2, three);
  need("tidy_up", !host_.reading().positions.empty(), tr("The layout places all nodes already."));
  need("group_nodes", frame || nodes > 0, some);
  need("ungroup_nodes", frame, tr("Select a subgraph first."));
  for (QAction* action : shapes_)
    widgets::enableOrSay(action, blocked.isEmpty() && nodes == 0 ? some : blocked);
  for (QAction* action : directions_) widgets::enableOrSay(action, blocked);
  const bool inside = nodes > 0 && canvas_.chart().node(selection.nodes().first()) != nullptr &&
                      !canvas_.chart().node(selection.nodes().first())->subgraph().isEmpty();
  set("toggle_frame", frame || inside ? QString() : tr("Select a subgraph first."));
  const QString none = canvas_.chart().frames().isEmpty() ? tr("The chart has no subgraphs.") : QString();
  for (const char* name : {"collapse_all", "expand_all"}) set(name, none);
}

}  // namespace lodestone::pages
