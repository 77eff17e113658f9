// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/canvas_commands.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <utility>

#include "core/pipeline/chart/chart_edit.h"
#include "ui/pages/pipeline/canvas_selection.h"
#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/chart_edits.h"
#include "ui/pages/pipeline/chart_palette.h"
#include "ui/pages/pipeline/chart_scene.h"
#include "ui/pages/pipeline/connection_drag.h"
#include "ui/pages/pipeline/connection_rules.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using pipeline::ChartDocument;

namespace {

constexpr double kBelow = 60;  ///< from a node with a place of its own to one that is added after it

std::vector<std::string> idsOf(const QStringList& list) {
  std::vector<std::string> ids;
  for (const QString& id : list) ids.push_back(words::toUtf8(id));
  return ids;
}

QStringList namesOf(const std::vector<std::string>& ids) {
  QStringList names;
  for (const std::string& id : ids) names << words::toQt(id);
  return names;
}

const pipeline::StageType* typeOf(const ChartReading& reading, const QString& node) {
  const pipeline::NodeOutlook* outlook = reading.outlook.find(words::toUtf8(node));
  return outlook != nullptr ? outlook->type : nullptr;
}

}  // namespace

CanvasCommands::CanvasCommands(ChartCanvas& canvas, CanvasHost host, QObject* parent)
    : QObject(parent), canvas_(canvas), host_(std::move(host)), palette_(new ChartPalette(&canvas)) {
  makeEditing();
  makeArranging();
  makeView();
  canvas_.connection().setJudges([this](const QString& from) { return judgeFrom(host_.reading(), from); });
  connect(palette_, &ChartPalette::picked, this, &CanvasCommands::add);
  connect(&canvas_, &ChartCanvas::addWanted, this, &CanvasCommands::openPalette);
  connect(&canvas_, &ChartCanvas::stageDropped, this, &CanvasCommands::drop);
  connect(&canvas_, &ChartCanvas::connectionWanted, this, &CanvasCommands::join);
  connect(&canvas_, &ChartCanvas::connectionRefused, this, [this](const QString& why) { host_.tell(why); });
  connect(&canvas_, &ChartCanvas::renameWanted, this, &CanvasCommands::rename);
  connect(&canvas_, &ChartCanvas::nodesMoved, this, &CanvasCommands::putNodes);
  connect(&canvas_, &ChartCanvas::frameToggled, this, &CanvasCommands::toggle);
  connect(&canvas_.selection(), &CanvasSelection::changed, this, &CanvasCommands::enable);
  words::say(this, [this] {
    showTexts();
    showArrangingTexts();
    enable();
  });
}

std::vector<std::string> CanvasCommands::selectedIds() const {
  const CanvasSelection& selection = canvas_.selection();
  return selection.frame().isEmpty() ? idsOf(selection.nodes())
                                     : std::vector<std::string>{words::toUtf8(selection.frame())};
}

std::vector<NodeBox> CanvasCommands::selectedBoxes() const {
  std::vector<NodeBox> boxes;
  for (const QString& id : canvas_.selection().nodes()) boxes.push_back({id, canvas_.nodeBox(id)});
  return boxes;
}

// --- adding and connecting ---

void CanvasCommands::openPalette() {
  if (const QString why = host_.blocked(); !why.isEmpty()) {
    host_.tell(why);
    return;
  }
  const QStringList& nodes = canvas_.selection().nodes();
  palette_->popUp(nodes.size() == 1 ? typeOf(host_.reading(), nodes.first()) : nullptr);
}

void CanvasCommands::addNode(const NodeToAdd& wanted) {
  const auto added = std::make_shared<QString>();
  host_.edit(
      [wanted, added](ChartDocument& document) -> Result<> {
        auto id = addStage(document, wanted, words::language());
        if (!id) return forward(id);
        *added = words::toQt(*id);
        return {};
      },
      [this, added] { canvas_.selectWhenDrawn({*added}); });
}

/// After the one node that is selected, where one is and what it leaves is of use to the new one.
void CanvasCommands::add(const QString& stage) {
  NodeToAdd wanted;
  if (!stage.isEmpty())
    if (const auto type = pipeline::stageType(words::toUtf8(stage))) wanted.type = *type;
  const CanvasSelection& selection = canvas_.selection();
  if (selection.edges().size() == 1 && selection.nodes().isEmpty()) {
    wanted.edge = words::toUtf8(selection.edges().first());
  } else if (selection.nodes().size() == 1) {
    const QString before = selection.nodes().first();
    const pipeline::StageType* from = typeOf(host_.reading(), before);
    wanted.after = words::toUtf8(before);
    wanted.connect = from == nullptr || wanted.type == nullptr || stagesFit(*from, *wanted.type).fits;
    if (host_.reading().placed(wanted.after))
      wanted.place = canvas_.nodeBox(before).bottomLeft() + QPointF(0, kBelow);
  }
  addNode(wanted);
}

void CanvasCommands::drop(const QString& stage, const QPointF& place, const QString& edge) {
  if (const QString why = host_.blocked(); !why.isEmpty()) {
    host_.tell(why);
    return;
  }
  NodeToAdd wanted;
  if (!stage.isEmpty())
    if (const auto type = pipeline::stageType(words::toUtf8(stage))) wanted.type = *type;
  wanted.edge = words::toUtf8(edge);
  if (edge.isEmpty()) wanted.place = place;
  const EdgeItem* into = canvas_.chart().edge(edge);
  if (into != nullptr && wanted.type != nullptr) {
    const pipeline::StageType* before = typeOf(host_.reading(), into->start());
    const pipeline::StageType* behind = typeOf(host_.reading(), into->end());
    Verdict verdict{true, {}};
    if (before != nullptr) verdict = stagesFit(*before, *wanted.type);
    if (verdict.fits && behind != nullptr) verdict = stagesFit(*wanted.type, *behind);
    if (!verdict.fits) {
      host_.tell(verdict.why);
      return;
    }
  }
  addNode(wanted);
}

void CanvasCommands::join(const QString& from, const QString& to) {
  host_.edit(
      [from, to](ChartDocument& document) {
        return pipeline::connect(document, words::toUtf8(from), words::toUtf8(to));
      },
      {});
}

// --- names ---

void CanvasCommands::rename() {
  if (!host_.blocked().isEmpty()) return;
  const CanvasSelection& selection = canvas_.selection();
  if (!selection.frame().isEmpty())
    renameFrame(selection.frame());
  else if (selection.nodes().size() == 1)
    renameNode(selection.nodes().first());
  else if (selection.nodes().isEmpty() && selection.edges().size() == 1)
    renameEdge(selection.edges().first());
}

void CanvasCommands::renameNode(const QString& id) {
  const NodeItem* node = canvas_.chart().node(id);
  if (node == nullptr) return;
  canvas_.editLabel(node->box(), node->label(), tr("Label of %1").arg(id), [this, id](const QString& text) {
    host_.edit(
        [id, text](ChartDocument& document) {
          return document.setLabel(words::toUtf8(id), words::toUtf8(text));
        },
        {});
  });
}

void CanvasCommands::renameEdge(const QString& id) {
  const EdgeItem* edge = canvas_.chart().edge(id);
  if (edge == nullptr) return;
  QRectF place(0, 0, 1, 1);
  place.moveCenter(edge->middle());
  canvas_.editLabel(place, edge->label(),
                    tr("Label of the edge from %1 to %2").arg(edge->start(), edge->end()),
                    [this, id](const QString& text) {
                      host_.edit(
                          [id, text](ChartDocument& document) -> Result<> {
                            const auto index = edgeIndex(document.chart(), words::toUtf8(id));
                            if (!index) return forward(index);
                            return pipeline::setEdgeLabel(document, *index, words::toUtf8(text));
                          },
                          {});
                    });
}

void CanvasCommands::renameFrame(const QString& id) {
  const FrameItem* frame = canvas_.chart().frames().value(id);
  if (frame == nullptr) return;
  QRectF place = frame->box();
  if (!frame->collapsed()) place.setHeight(28);
  canvas_.editLabel(place, frame->title(), tr("Title of %1").arg(id), [this, id](const QString& text) {
    host_.edit(
        [id, text](ChartDocument& document) {
          return pipeline::setSubgraphTitle(document, words::toUtf8(id), words::toUtf8(text));
        },
        {});
  });
}

// --- taking away, copying ---

void CanvasCommands::remove() {
  const std::vector<std::string> nodes = selectedIds();
  const std::vector<std::string> edges = idsOf(canvas_.selection().edges());
  if (nodes.empty() && edges.empty()) return;
  host_.edit([nodes, edges](ChartDocument& document) { return removeParts(document, nodes, edges); }, {});
}

bool CanvasCommands::copy() {
  const ChartReading& reading = host_.reading();
  const std::vector<std::string> ids = selectedIds();
  if (reading.document == nullptr || ids.empty()) return false;
  QGuiApplication::clipboard()->setText(words::toQt(pipeline::copyNodes(*reading.document, ids)));
  return true;
}

void CanvasCommands::paste(const QString& text) {
  if (text.trimmed().isEmpty()) {
    host_.tell(tr("There is no text to paste."));
    return;
  }
  const auto pasted = std::make_shared<QStringList>();
  host_.edit(
      [text, pasted](ChartDocument& document) -> Result<> {
        const auto ids = pipeline::pasteNodes(document, words::toUtf8(text));
        if (!ids) return forward(ids);
        *pasted = namesOf(*ids);
        return {};
      },
      [this, pasted] { canvas_.selectWhenDrawn(*pasted); });
}

void CanvasCommands::duplicate() {
  const ChartReading& reading = host_.reading();
  const std::vector<std::string> ids = selectedIds();
  if (reading.document != nullptr && !ids.empty())
    paste(words::toQt(pipeline::copyNodes(*reading.document, ids)));
}

// --- places ---

void CanvasCommands::putNodes(const NodePlaces& places) {
  if (const QString why = host_.blocked(); !why.isEmpty()) {
    host_.tell(why);
    return;
  }
  host_.edit([places](ChartDocument& document) { return setPlaces(document, places); }, {});
}

void CanvasCommands::alignNodes(Alignment alignment) {
  putNodes(align(selectedBoxes(), alignment));
}

/// What is selected of several, else everything.
void CanvasCommands::tidy() {
  const QStringList& nodes = canvas_.selection().nodes();
  host_.edit([ids = nodes.size() > 1 ? idsOf(nodes) : std::vector<std::string>()](
                 ChartDocument& document) { return forgetPlaces(document, ids); },
             {});
}

void CanvasCommands::group() {
  const auto made = std::make_shared<QString>();
  host_.edit(
      [ids = selectedIds(), title = words::toUtf8(tr("New group")),
       made](ChartDocument& document) -> Result<> {
        const auto id = pipeline::group(document, ids, title);
        if (!id) return forward(id);
        *made = words::toQt(*id);
        return {};
      },
      [this, made] { canvas_.selectWhenDrawn({*made}); });
}

void CanvasCommands::ungroup() {
  const QStringList inside = canvas_.chart().within(canvas_.selection().frame());
  host_.edit([id = words::toUtf8(canvas_.selection().frame())](
                 ChartDocument& document) { return pipeline::ungroup(document, id); },
             [this, inside] { canvas_.selectWhenDrawn(inside); });
}

void CanvasCommands::setShape(const QString& shape) {
  host_.edit(
      [ids = idsOf(canvas_.selection().nodes()),
       name = words::toUtf8(shape)](ChartDocument& document) -> Result<> {
        for (const std::string& id : ids)
          if (const auto set = pipeline::setShape(document, id, name); !set) return forward(set);
        return {};
      },
      {});
}

void CanvasCommands::setDirection(const QString& direction) {
  host_.edit([direction = words::toUtf8(direction), frame = words::toUtf8(canvas_.selection().frame())](
                 ChartDocument& document) { return pipeline::setDirection(document, direction, frame); },
             {});
}

void CanvasCommands::toggle(const QString& frame) {
  const FrameItem* item = canvas_.chart().frames().value(frame);
  if (item != nullptr) host_.collapse({frame}, !item->collapsed());
}

}  // namespace lodestone::pages
