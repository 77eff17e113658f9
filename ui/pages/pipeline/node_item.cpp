// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/node_item.h"

#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <cmath>

#include "core/pipeline/chart/label_metrics.h"
#include "ui/pages/pipeline/edge_item.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using widgets::State;

namespace {

constexpr double kStateHeight = 18;
constexpr double kStateIcon = 13;
constexpr double kFiguresHeight = 15;
constexpr double kFiguresWidth = 170;  ///< at most
constexpr double kRing = 3;
constexpr double kShapesDetail = 0.2;  ///< smaller, every node is a rectangle
constexpr int kSmallestBold = 11;
constexpr int kSmallestLabel = 9;

/// Sizes in the scene are those that the layout reckoned with; the family is the theme's.
QFont sceneFont(theme::Role role, double pixels, int weight = QFont::Normal) {
  QFont font = theme::font(role);
  font.setPixelSize(static_cast<int>(pixels));
  font.setWeight(static_cast<QFont::Weight>(weight));
  return font;
}

QPen borderOf(const NodeStatus& status) {
  QPen pen(widgets::stateColour(status.state), 1.4);
  if (status.state == State::NotConfigured) {
    pen.setDashPattern({4, 3});
  } else if (status.state == State::Queued) {
    pen.setDashPattern({1, 2});
  } else if (status.state != State::Ready) {
    pen.setWidthF(1.8);
  }
  pen.setJoinStyle(Qt::RoundJoin);
  return pen;
}

QStaticText staticText(const QString& text, const QFont& font) {
  QStaticText made(text);
  made.setTextFormat(Qt::PlainText);
  made.setPerformanceHint(QStaticText::AggressiveCaching);
  made.prepare({}, font);
  return made;
}

}  // namespace

FlowSide flowSide(const std::string& direction) {
  if (direction == "LR") return FlowSide::Right;
  if (direction == "RL") return FlowSide::Left;
  return direction == "BT" ? FlowSide::Top : FlowSide::Bottom;
}

QPointF sidePoint(const QRectF& box, FlowSide side) {
  switch (side) {
    case FlowSide::Right:
      return {box.right(), box.center().y()};
    case FlowSide::Left:
      return {box.left(), box.center().y()};
    case FlowSide::Top:
      return {box.center().x(), box.top()};
    case FlowSide::Bottom:
      break;
  }
  return {box.center().x(), box.bottom()};
}

NodeItem::NodeItem(const pipeline::ChartNode& node, const pipeline::LayoutBox& box, FlowSide side)
    : id_(words::toQt(node.id)),
      label_(words::toQt(node.plain)),
      subgraph_(words::toQt(node.parent.value_or(std::string()))),
      mark_(isMark(node.shape)),
      box_(box.x, box.y, box.width, box.height),
      shape_(nodeShape(node.shape, box_)),
      side_(side) {
  setAcceptedMouseButtons(Qt::NoButton);
  setZValue(2);
}

void NodeItem::setStatus(const NodeStatus& status) {
  if (status_ == status && !toolTip().isEmpty()) return;
  status_ = status;
  setToolTip(status.message.isEmpty() ? label_ + "\n" + status.word() : label_ + "\n" + status.message);
  refresh();
}

void NodeItem::setChosen(bool chosen) {
  if (chosen_ == chosen) return;
  chosen_ = chosen;
  update();
}

void NodeItem::setMarked(bool marked) {
  if (marked_ == marked) return;
  marked_ = marked;
  setZValue(marked ? 3 : 2);
  update();
}

void NodeItem::setLight(Light light) {
  if (light_ == light) return;
  light_ = light;
  update();
}

void NodeItem::setHandle(bool shown) {
  if (handle_ == shown) return;
  handle_ = shown;
  update();
}

void NodeItem::refresh() {
  words_made_ = false;
  update();
}

QRectF NodeItem::boundingRect() const {
  constexpr double kAround = 2 * kRing + kHandleRadius;
  return box_.adjusted(-kAround - kFiguresWidth, -kAround - kFiguresHeight, kAround + kFiguresWidth,
                       kAround + kFiguresHeight);
}

QPainterPath NodeItem::shape() const {
  return shape_.outline;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const double detail = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
  if (detail < kReadableDetail) {
    paintFar(*painter, detail);
    return;
  }
  painter->setRenderHint(QPainter::Antialiasing);
  paintRings(*painter);
  paintOutline(*painter);
  if (!mark_) paintWords(*painter);
  if (handle_) paintHandle(*painter);
}

/// Thousands of nodes in one picture: flat, without words.
void NodeItem::paintFar(QPainter& painter, double detail) const {
  const theme::Tokens& tokens = theme::tokens();
  const bool shaped = detail > kShapesDetail;
  painter.setRenderHint(QPainter::Antialiasing, shaped);
  const bool quiet = status_.state == State::Ready || status_.state == State::NotConfigured;
  QColor back = quiet ? tokens.surface : widgets::stateColour(status_.state);
  if (!quiet)
    back = QColor::fromRgbF((back.redF() + 2 * tokens.surface.redF()) / 3,
                            (back.greenF() + 2 * tokens.surface.greenF()) / 3,
                            (back.blueF() + 2 * tokens.surface.blueF()) / 3);
  QPen pen(marked_ || chosen_ ? tokens.accent : widgets::stateColour(status_.state), marked_ ? 3 : 1);
  pen.setCosmetic(true);
  if (light_ == Light::Fits || light_ == Light::Source) pen = QPen(tokens.ok, 3 / detail);
  painter.setPen(pen);
  painter.setBrush(mark_ ? tokens.text2 : back);
  if (shaped)
    painter.drawPath(shape_.outline);
  else
    painter.drawRect(box_);
}

void NodeItem::paintRings(QPainter& painter) const {
  const theme::Tokens& tokens = theme::tokens();
  QColor ring;
  if (marked_ || light_ == Light::Source) ring = tokens.accent;
  if (light_ == Light::Fits) ring = tokens.ok;
  if (!ring.isValid()) return;
  ring.setAlphaF(0.35F);
  painter.setPen(QPen(ring, 2 * kRing + 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(shape_.outline);
}

void NodeItem::paintOutline(QPainter& painter) const {
  const theme::Tokens& tokens = theme::tokens();
  QPen border = borderOf(status_);
  if (chosen_ || marked_) border.setColor(tokens.accent);
  if (light_ == Light::Fits) border.setColor(tokens.ok);
  QColor surface = tokens.surface;
  if (light_ == Light::DoesNotFit) {
    surface = tokens.window;
    border.setColor(tokens.line);
  }
  const bool hatched = status_.state == State::Stale;
  if (hatched || status_.state == State::Failed || status_.state == State::Running) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(mark_ ? tokens.text2 : surface);
    painter.drawPath(shape_.outline);
    QColor tint = widgets::stateColour(status_.state);
    tint.setAlphaF(hatched ? 0.30F : 0.08F);
    painter.setBrush(QBrush(tint, hatched ? Qt::BDiagPattern : Qt::SolidPattern));
  } else {
    painter.setBrush(mark_ ? tokens.text2 : surface);
  }
  painter.setPen(border);
  painter.drawPath(shape_.outline);
  if (!shape_.details.isEmpty()) {
    border.setStyle(Qt::SolidLine);
    border.setWidthF(1);
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape_.details);
  }
}

void NodeItem::paintWords(QPainter& painter) {
  if (!words_made_) makeWords();
  const theme::Tokens& tokens = theme::tokens();
  painter.setPen(light_ == Light::DoesNotFit ? tokens.text2 : tokens.text);
  for (const Word& word : label_words_) {
    painter.setFont(word.font);
    painter.drawStaticText(word.at, word.text);
  }
  if (status_.state == State::Running) {
    paintRing(painter);
  } else {
    // As many pixels as the zoom asks for, so that the icon stays sharp.
    const double zoom =
        std::clamp(painter.worldTransform().m11() * painter.device()->devicePixelRatioF(), 1.0, 6.0);
    const QPixmap pixmap =
        theme::pixmap(widgets::stateIcon(status_.state), widgets::stateColour(status_.state),
                      static_cast<int>(kStateIcon), std::ceil(zoom * 2) / 2);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(icon_box_, pixmap, QRectF(pixmap.rect()));
  }
  painter.setPen(widgets::stateColour(status_.state));
  painter.setFont(state_word_.font);
  painter.drawStaticText(state_word_.at, state_word_.text);
  if (figures_box_.isEmpty()) return;
  painter.setPen(tokens.text2);
  painter.setFont(figures_.font);
  painter.drawStaticText(figures_.at, figures_.text);
}

QRectF NodeItem::figuresBox() {
  if (!words_made_) makeWords();
  return mapRectToScene(figures_box_);
}

void NodeItem::makeWords() {
  words_made_ = true;
  if (lines_.isEmpty())
    for (const std::string& line : pipeline::labelLines(words::toUtf8(label_))) lines_ << words::toQt(line);
  makeState(makeLabel());
  makeFigures();
}

/// Where the state begins.
double NodeItem::makeLabel() {
  const double label_height = pipeline::kLineHeight * static_cast<double>(lines_.size());
  double top = box_.center().y() - (label_height + kStateHeight) / 2;
  const QFont font = labelFont();
  const QFontMetricsF metrics(font);
  label_words_.clear();
  for (const QString& line : lines_) {
    const QString shown = metrics.elidedText(line, Qt::ElideRight, box_.width() - 8);
    const double left = box_.center().x() - metrics.horizontalAdvance(shown) / 2;
    label_words_.push_back(
        {staticText(shown, font), {left, top + (pipeline::kLineHeight - metrics.height()) / 2}, font});
    top += pipeline::kLineHeight;
  }
  return top;
}

/// The layout reckons with an estimate: where the font at hand is wider, it is smaller, then lighter.
QFont NodeItem::labelFont() const {
  QFont font = sceneFont(theme::Role::Body, pipeline::kFontSize, QFont::DemiBold);
  const auto fits = [&] {
    const QFontMetricsF metrics(font);
    return std::all_of(lines_.begin(), lines_.end(), [&](const QString& line) {
      return metrics.horizontalAdvance(line) <= box_.width() - 8;
    });
  };
  while (!fits() && font.pixelSize() > kSmallestBold) font.setPixelSize(font.pixelSize() - 1);
  if (!fits()) font.setWeight(QFont::Normal);
  while (!fits() && font.pixelSize() > kSmallestLabel) font.setPixelSize(font.pixelSize() - 1);
  return font;
}

void NodeItem::makeState(double top) {
  const QFont font = sceneFont(theme::Role::Caption, 11);
  const QFontMetricsF metrics(font);
  const QString word = metrics.elidedText(status_.word(), Qt::ElideRight, box_.width() - kStateIcon - 14);
  const double width = kStateIcon + 4 + metrics.horizontalAdvance(word);
  const double left = box_.center().x() - width / 2;
  icon_box_ = QRectF(left, top + (kStateHeight - kStateIcon) / 2, kStateIcon, kStateIcon);
  state_word_ = {
      staticText(word, font), {icon_box_.right() + 4, top + (kStateHeight - metrics.height()) / 2}, font};
}

void NodeItem::makeFigures() {
  figures_box_ = {};
  const QString figures = status_.figures();
  if (figures.isEmpty()) return;
  const QFont font = sceneFont(theme::Role::Caption, 10);
  const QFontMetricsF metrics(font);
  const QString text = metrics.elidedText(figures, Qt::ElideRight, kFiguresWidth);
  figures_box_ = figuresPlace({metrics.horizontalAdvance(text) + 4, kFiguresHeight - 2});
  figures_ = {staticText(text, font),
              {figures_box_.left() + 2, figures_box_.center().y() - metrics.height() / 2},
              font};
}

/// Beside the edge that leaves below; where something lies there, the next place round the node.
QRectF NodeItem::figuresPlace(const QSizeF& size) const {
  constexpr double kBeside = 6;
  constexpr double kApart = 3;
  const double below = box_.bottom() + kApart;
  const double middle = box_.center().y() - size.height() / 2;
  const QPointF under(box_.center().x() - size.width() / 2, below);
  const QPointF right(box_.center().x() + kBeside, below);
  const QPointF left(box_.center().x() - kBeside - size.width(), below);
  const QPointF corner(box_.right() - size.width(), below);
  const QPointF aside(box_.right() + kBeside, middle);
  const QPointF before(box_.left() - kBeside - size.width(), middle);
  const QPointF above(under.x(), box_.top() - kApart - size.height());
  const std::vector<QPointF> places = side_ == FlowSide::Bottom
                                          ? std::vector{right, left, corner, aside, before}
                                          : std::vector{under, right, left, above};
  const auto free = [&](const QPointF& at) {
    const QList<QGraphicsItem*> there = scene()->items(mapRectToScene(QRectF(at, size)));
    return std::all_of(there.begin(), there.end(), [this](const QGraphicsItem* item) {
      return item == this || (item->type() != EdgeItem::Type && item->type() != Type);
    });
  };
  if (scene() == nullptr) return {places.front(), size};
  const auto found = std::find_if(places.begin(), places.end(), free);
  return {found != places.end() ? *found : places.front(), size};
}

void NodeItem::paintRing(QPainter& painter) const {
  const QRectF ring = icon_box_.adjusted(1.5, 1.5, -1.5, -1.5);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme::tokens().line, 2));
  painter.drawEllipse(ring);
  painter.setPen(QPen(widgets::stateColour(State::Running), 2, Qt::SolidLine, Qt::RoundCap));
  painter.drawArc(ring, 90 * 16, -static_cast<int>(std::clamp(status_.fraction, 0.03, 1.0) * 360 * 16));
}

void NodeItem::paintHandle(QPainter& painter) const {
  const theme::Tokens& tokens = theme::tokens();
  const QPointF middle = sidePoint(box_, side_);
  painter.setPen(QPen(tokens.surface, 1.5));
  painter.setBrush(tokens.accent);
  painter.drawEllipse(middle, kHandleRadius, kHandleRadius);
  painter.setPen(QPen(tokens.on_accent, 1.4, Qt::SolidLine, Qt::RoundCap));
  constexpr double kArm = 2.6;
  painter.drawLine(middle - QPointF(kArm, 0), middle + QPointF(kArm, 0));
  painter.drawLine(middle - QPointF(0, kArm), middle + QPointF(0, kArm));
}

}  // namespace lodestone::pages
