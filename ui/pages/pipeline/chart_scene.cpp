// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_scene.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "core/pipeline/chart/edge_route.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/pages/pipeline/frame_item.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::State;

namespace {

constexpr double kMargin = 24;
constexpr double kDimmed = 0.22;
constexpr double kOutdated = 0.4;

QRectF rectOf(const pipeline::LayoutBox& box) {
  return {box.x, box.y, box.width, box.height};
}

pipeline::LayoutBox boxFrom(const QRectF& rect) {
  return {rect.x(), rect.y(), rect.width(), rect.height()};
}

/// What a collapsed subgraph tells of its nodes, the worst first.
int urgency(State state) {
  switch (state) {
    case State::Failed:
      return 6;
    case State::Running:
      return 5;
    case State::Warning:
      return 4;
    case State::NotConfigured:
      return 3;
    case State::Stale:
    case State::Interrupted:
    case State::Cancelled:
      return 2;
    case State::Done:
      return 0;
    default:
      return 1;
  }
}

}  // namespace

std::vector<QPointF> routeBetween(const QRectF& from, const QRectF& to) {
  const auto spline = from == to ? pipeline::routeLoop(boxFrom(from), 0)
                                 : pipeline::routeEdge(boxFrom(from), {}, boxFrom(to));
  std::vector<QPointF> points;
  points.reserve(spline.size());
  for (const pipeline::LayoutPoint& point : spline) points.emplace_back(point.x, point.y);
  return points;
}

ChartScene::ChartScene(QObject* parent) : QGraphicsScene(parent) {}
ChartScene::~ChartScene() = default;

void ChartScene::clearChart() {
  document_.reset();
  parents_.clear();
  nodes_.clear();
  frames_.clear();
  edges_.clear();
  order_.clear();
  statuses_.clear();
  words_.clear();
  content_ = {};
  clear();
}

void ChartScene::show(const std::shared_ptr<const pipeline::ChartDocument>& document,
                      const pipeline::Layout& layout) {
  const pipeline::Chart& chart = document->chart();
  auto statuses = std::move(statuses_);
  const QString words = words_;
  clearChart();
  document_ = document;
  statuses_ = std::move(statuses);
  words_ = words;
  side_ = flowSide(chart.direction);
  for (const pipeline::ChartSubgraph& subgraph : chart.subgraphs)
    if (subgraph.parent) parents_.insert(words::toQt(subgraph.id), words::toQt(*subgraph.parent));
  for (const pipeline::ChartNode& node : chart.nodes)
    if (node.parent && !node.is_subgraph) parents_.insert(words::toQt(node.id), words::toQt(*node.parent));
  addFrames(layout);
  addNodes(layout);
  addEdges(layout);
  content_ = QRectF(layout.left, layout.top, layout.width, layout.height);
  growContent();
  summarise();
  if (!words_.isEmpty() || outdated_) dim();
}

void ChartScene::addFrames(const pipeline::Layout& layout) {
  std::unordered_map<std::string_view, const pipeline::ChartSubgraph*> known;
  for (const pipeline::ChartSubgraph& subgraph : document_->chart().subgraphs)
    known.emplace(subgraph.id, &subgraph);
  for (const pipeline::SubgraphLayout& placed : layout.subgraphs) {
    const auto subgraph = known.find(placed.id);
    if (subgraph == known.end()) continue;
    const QString id = words::toQt(placed.id);
    auto* item =
        new FrameItem(id, words::toQt(subgraph->second->plain), rectOf(placed.box), placed.collapsed);
    addItem(item);
    frames_.insert(id, item);
  }
}

void ChartScene::addEdges(const pipeline::Layout& layout) {
  const pipeline::Chart& chart = document_->chart();
  for (const pipeline::EdgeLayout& placed : layout.edges) {
    if (placed.spline.empty()) continue;  // within a collapsed subgraph
    const pipeline::ChartEdge& edge = chart.edges[placed.edge];
    auto* item = new EdgeItem(edge, placed);
    if (placed.feedback)
      item->setToolTip(tr("Feedback: what %1 leaves goes round again into %2")
                           .arg(words::toQt(edge.start), words::toQt(edge.end)));
    addItem(item);
    edges_.push_back(item);
  }
}

void ChartScene::addNodes(const pipeline::Layout& layout) {
  std::unordered_map<std::string_view, const pipeline::ChartNode*> known;
  for (const pipeline::ChartNode& node : document_->chart().nodes) known.emplace(node.id, &node);
  for (const pipeline::NodeLayout& placed : layout.nodes) {
    const auto node = known.find(placed.id);
    const QString id = words::toQt(placed.id);
    if (node == known.end() || frames_.contains(id)) continue;
    auto* item = new NodeItem(*node->second, placed.box, side_);
    item->setStatus(status(id));
    addItem(item);
    nodes_.insert(id, item);
    order_ << id;
  }
}

EdgeItem* ChartScene::edge(const QString& id) const {
  const auto found =
      std::find_if(edges_.begin(), edges_.end(), [&](const EdgeItem* edge) { return edge->id() == id; });
  return found != edges_.end() ? *found : nullptr;
}

FrameItem* ChartScene::standIn(const QString& id) const {
  FrameItem* outermost = nullptr;
  QString at = id;
  // A chart may name a subgraph as its own ancestor.
  for (qsizetype steps = 0; !at.isEmpty() && steps <= parents_.size(); ++steps) {
    if (FrameItem* frame = frames_.value(at); frame != nullptr && frame->collapsed()) outermost = frame;
    at = parents_.value(at);
  }
  return outermost;
}

QRectF ChartScene::boxOf(const QString& id) const {
  if (const NodeItem* item = nodes_.value(id)) return item->box();
  if (const FrameItem* frame = standIn(id)) return frame->box();
  const FrameItem* frame = frames_.value(id);
  return frame != nullptr ? frame->box() : QRectF();
}

QStringList ChartScene::within(const QString& subgraph) const {
  QStringList inside;
  if (document_ == nullptr) return inside;
  for (const pipeline::ChartNode& node : document_->chart().nodes) {
    if (node.is_subgraph) continue;
    const QString id = words::toQt(node.id);
    QString at = parents_.value(id);
    for (qsizetype steps = 0; !at.isEmpty() && at != subgraph && steps <= parents_.size(); ++steps)
      at = parents_.value(at);
    if (at == subgraph) inside << id;
  }
  return inside;
}

void ChartScene::growContent() {
  QRectF all = content_.isEmpty() ? QRectF(0, 0, 1, 1) : content_;
  for (const NodeItem* item : nodes_)
    all = all.united(item->box().adjusted(-kMargin, -kMargin, kMargin, kMargin));
  content_ = all;
  setSceneRect(content_);
}

void ChartScene::setStatuses(const std::map<QString, NodeStatus>& statuses) {
  statuses_ = statuses;
  for (const auto& [id, status] : statuses)
    if (NodeItem* item = nodes_.value(id)) item->setStatus(status);
  summarise();
}

NodeStatus ChartScene::status(const QString& id) const {
  const auto found = statuses_.find(id);
  return found != statuses_.end() ? found->second : NodeStatus();
}

void ChartScene::summarise() {
  for (FrameItem* frame : frames_) {
    if (!frame->collapsed()) continue;
    const QStringList inside = within(frame->id());
    State worst = State::Done;
    int same = 0;
    for (const QString& id : inside) {
      const State state = status(id).state;
      if (urgency(state) > urgency(worst)) same = 0;
      if (urgency(state) >= urgency(worst)) {
        worst = state;
        ++same;
      }
    }
    const QString count = tr("%n node(s)", nullptr, static_cast<int>(inside.size()));
    frame->setSummary(
        inside.isEmpty() ? count : tr("%1 · %2 %3").arg(count, words::count(same), widgets::stateWord(worst)),
        widgets::stateColour(worst));
  }
}

bool ChartScene::markRunning() {
  bool any = false;
  for (EdgeItem* edge : edges_) {
    const bool running = status(edge->end()).state == State::Running;
    edge->setRunning(running);
    any = any || running;
  }
  return any;
}

void ChartScene::followNodes(const QSet<QString>& moved) {
  for (EdgeItem* edge : edges_)
    if (moved.contains(edge->start()) || moved.contains(edge->end()))
      edge->setRoute(routeBetween(boxOf(edge->start()), boxOf(edge->end())));
}

QStringList ChartScene::search(const QString& words) {
  words_ = words.trimmed();
  dim();
  QStringList found;
  if (words_.isEmpty()) return found;
  for (const QString& id : order_)
    if (nodes_.value(id)->opacity() >= 1 || outdated_) found << id;
  return found;
}

void ChartScene::setOutdated(bool outdated) {
  if (outdated_ == outdated) return;
  outdated_ = outdated;
  dim();
}

void ChartScene::dim() {
  const double usual = outdated_ ? kOutdated : 1;
  const QStringList parts = words_.split(u' ', Qt::SkipEmptyParts);
  for (NodeItem* item : nodes_) {
    const bool fits = std::all_of(parts.begin(), parts.end(), [&](const QString& part) {
      return item->label().contains(part, Qt::CaseInsensitive) ||
             item->id().compare(part, Qt::CaseInsensitive) == 0;
    });
    item->setOpacity(fits ? usual : kDimmed);
  }
  for (EdgeItem* edge : edges_) edge->setOpacity(parts.isEmpty() ? usual : kDimmed);
  for (FrameItem* frame : frames_) frame->setOpacity(usual);
}

void ChartScene::refresh() {
  for (NodeItem* item : nodes_) item->refresh();
  for (EdgeItem* edge : edges_) edge->refresh();
  for (FrameItem* frame : frames_) frame->refresh();
  summarise();
  update();
}

}  // namespace lodestone::pages
