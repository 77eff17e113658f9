// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/connection_drag.h"

#include <QGraphicsPathItem>
#include <QLabel>
#include <QPainterPath>
#include <QPen>
#include <algorithm>

#include "ui/pages/pipeline/chart_scene.h"
#include "ui/theme/theme.h"

namespace lodestone::pages {

ConnectionDrag::ConnectionDrag(QGraphicsView* view, ChartScene* scene)
    : QObject(view), view_(view), scene_(scene), hint_(theme::label(theme::Role::Body, view)) {
  hint_->setObjectName("connection_hint");
  hint_->setWordWrap(true);
  hint_->setMargin(theme::kSpace2);
  hint_->setAutoFillBackground(true);
  hint_->setAttribute(Qt::WA_TransparentForMouseEvents);
  hint_->setFrameShape(QFrame::StyledPanel);
  hint_->hide();
}

QString ConnectionDrag::hint() const {
  return hint_->isVisible() ? hint_->text() : QString();
}

void ConnectionDrag::begin(const QString& from, How how) {
  cancel();
  const NodeItem* node = scene_->node(from);
  if (node == nullptr || !judges_) return;
  judge_ = judges_(from);
  from_ = from;
  target_.clear();
  by_keys_ = how == How::Keys;
  line_ = new QGraphicsPathItem;
  line_->setZValue(4);
  line_->setAcceptedMouseButtons(Qt::NoButton);
  scene_->addItem(line_);
  light();
  if (by_keys_)
    say(tr("Arrows choose the target, Enter connects, Esc gives up."),
        view_->mapFromScene(node->box().bottomLeft()), true);
}

void ConnectionDrag::light() {
  for (const QString& id : scene_->order()) {
    NodeItem* node = scene_->node(id);
    if (id == from_)
      node->setLight(NodeItem::Light::Source);
    else
      node->setLight(judge_(id).fits ? NodeItem::Light::Fits : NodeItem::Light::DoesNotFit);
  }
}

void ConnectionDrag::drawTo(const QPointF& end, bool fits) {
  const QRectF to = target_.isEmpty() ? QRectF(end - QPointF(1, 1), QSizeF(2, 2)) : scene_->boxOf(target_);
  const std::vector<QPointF> points = routeBetween(scene_->boxOf(from_), to);
  QPainterPath path(points.front());
  for (std::size_t i = 1; i + 2 < points.size(); i += 3)
    path.cubicTo(points[i], points[i + 1], points[i + 2]);
  const theme::Tokens& tokens = theme::tokens();
  line_->setPen(QPen(target_.isEmpty() ? tokens.text2 : fits ? tokens.ok : tokens.fail, 2, Qt::DashLine));
  line_->setPath(path);
}

void ConnectionDrag::say(const QString& words, const QPoint& beside, bool fits) {
  if (words.isEmpty()) {
    hint_->hide();
    return;
  }
  hint_->setText(words);
  const theme::Tokens& tokens = theme::tokens();
  QPalette palette = hint_->palette();
  palette.setColor(QPalette::Window, tokens.raised);
  palette.setColor(QPalette::WindowText, fits ? tokens.text : tokens.fail);
  hint_->setPalette(palette);
  const int room = std::max(view_->width() / 3, 240);
  const int wanted = hint_->fontMetrics().horizontalAdvance(words) + 3 * theme::kSpace3;
  hint_->setFixedWidth(std::min(wanted, room));
  hint_->setFixedHeight(hint_->heightForWidth(hint_->width()));
  const QRect inside = view_->viewport()->geometry();
  QPoint place = beside + inside.topLeft() + QPoint(theme::kSpace4, theme::kSpace4);
  place.setX(std::clamp(place.x(), inside.left(), std::max(inside.left(), inside.right() - hint_->width())));
  place.setY(std::clamp(place.y(), inside.top(), std::max(inside.top(), inside.bottom() - hint_->height())));
  hint_->move(place);
  hint_->show();
  hint_->raise();
}

void ConnectionDrag::moveTo(const QPoint& position, const QString& over) {
  if (!active()) return;
  target_ = over == from_ ? QString() : over;
  if (target_.isEmpty()) {
    drawTo(view_->mapToScene(position), false);
    hint_->hide();
    return;
  }
  const Verdict verdict = judge_(target_);
  drawTo({}, verdict.fits);
  say(verdict.why, position, verdict.fits);
}

void ConnectionDrag::aim(const QString& target) {
  if (!active() || scene_->node(target) == nullptr) return;
  moveTo(view_->mapFromScene(scene_->boxOf(target).bottomRight()), target);
}

void ConnectionDrag::finish() {
  if (!active()) return;
  const QString from = from_;
  const QString to = target_;
  if (to.isEmpty()) {
    if (!by_keys_) cancel();
    return;
  }
  const Verdict verdict = judge_(to);
  if (!verdict.fits && by_keys_) return;  // the reason stands beside the target; another can be chosen
  cancel();
  if (verdict.fits)
    Q_EMIT connected(from, to);
  else
    Q_EMIT refused(verdict.why);
}

void ConnectionDrag::cancel() {
  if (!active()) return;
  from_.clear();
  target_.clear();
  hint_->hide();
  delete line_;
  line_ = nullptr;
  for (const QString& id : scene_->order()) scene_->node(id)->setLight(NodeItem::Light::None);
  Q_EMIT ended();
}

}  // namespace lodestone::pages
