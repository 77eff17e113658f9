// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/interval_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/figures.h"
#include "ui/theme/theme.h"

namespace lodestone::charts {
namespace {

/// Of the width, at most, for the words left and right of the axis.
constexpr double kLabelShare = 0.32;
constexpr double kTextShare = 0.36;
/// Where there is more room, the labels get what the axis can spare.
constexpr int kAxisWidth = 240;

QFontMetrics labelMetrics() {
  return QFontMetrics(theme::font(theme::Role::Body));
}
QFontMetrics textMetrics() {
  return QFontMetrics(theme::font(theme::Role::Caption));
}

}  // namespace

IntervalView::IntervalView(QWidget* parent) : QAbstractScrollArea(parent) {
  setObjectName("chartIntervals");
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  viewport()->setMouseTracking(true);
  viewport()->setAutoFillBackground(false);
}

void IntervalView::setRows(const std::vector<IntervalRow>& rows, const Axis& axis) {
  rows_ = rows;
  axis_ = axis;
  hovered_ = -1;
  if (selected_ >= static_cast<int>(rows_.size())) selected_ = -1;
  measure();
  restyle();
}

void IntervalView::measure() {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const IntervalRow& row : rows_) {
    if (!row.value) continue;
    for (const double value : {*row.value, row.low, row.high}) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  // Zero belongs to it: an effect is read from there.
  low = axis_.low.value_or(std::isfinite(low) ? std::min(low, 0.0) : 0);
  high = axis_.high.value_or(std::isfinite(high) ? std::max(high, 0.0) : 1);
  if (!(high > low)) high = low + 1;
  const double pad = 0.04 * (high - low);
  low_ = axis_.low || low == 0 ? low : low - pad;
  high_ = axis_.high || high == 0 ? high : high + pad;
}

void IntervalView::restyle() {
  updateGeometry();
  updateScroll();
  viewport()->update();
}

void IntervalView::select(int row) {
  selected_ = row >= 0 && row < static_cast<int>(rows_.size()) ? row : -1;
  showSelected();
  viewport()->update();
}

void IntervalView::showSelected() {
  const int top = selected_ * rowHeight();
  const int room = viewport()->height() - axisHeight();
  if (selected_ < 0 || room < rowHeight()) return;
  QScrollBar* bar = verticalScrollBar();
  if (top + rowHeight() > bar->value() + room) bar->setValue(top + rowHeight() - room);
  if (top < bar->value()) bar->setValue(top);
}

int IntervalView::rowHeight() const {
  return std::max(theme::kRowHeight, labelMetrics().height() + theme::kSpace2);
}

int IntervalView::axisHeight() const {
  return textMetrics().height() * (axis_.label.isEmpty() ? 1 : 2) + theme::kSpace2;
}

int IntervalView::wholeHeight() const {
  return rowHeight() * static_cast<int>(rows_.size()) + axisHeight();
}

QSize IntervalView::sizeHint() const {
  return {480, std::clamp(wholeHeight(), 5 * theme::kRowHeight, 16 * theme::kRowHeight)};
}

QSize IntervalView::minimumSizeHint() const {
  return {240, std::min(wholeHeight(), 4 * theme::kRowHeight)};
}

IntervalView::Columns IntervalView::columns(int width) const {
  Columns columns;
  for (const IntervalRow& row : rows_) {
    columns.label = std::max(columns.label, labelMetrics().horizontalAdvance(row.label));
    if (row.value) columns.text = std::max(columns.text, textMetrics().horizontalAdvance(row.text));
  }
  const auto share = [width](double part) { return static_cast<int>(part * width); };
  columns.text = std::min(columns.text + 2 * theme::kSpace2 + 2, share(kTextShare));
  columns.label = std::min(columns.label + 2 * theme::kSpace2 + 2,
                           std::max(share(kLabelShare), width - columns.text - kAxisWidth));
  columns.scale = {low_, high_, columns.label + 2.0 * theme::kSpace2,
                   static_cast<double>(width - columns.text - 2 * theme::kSpace2)};
  return columns;
}

void IntervalView::updateScroll() {
  const int room = std::max(0, viewport()->height() - axisHeight());
  const int rows = rowHeight() * static_cast<int>(rows_.size());
  verticalScrollBar()->setRange(0, std::max(0, rows - room));
  verticalScrollBar()->setPageStep(room);
  verticalScrollBar()->setSingleStep(rowHeight());
}

int IntervalView::rowAt(const QPointF& at) const {
  if (at.y() >= viewport()->height() - axisHeight() || at.y() < 0) return -1;
  const int row = (static_cast<int>(at.y()) + verticalScrollBar()->value()) / rowHeight();
  return row < static_cast<int>(rows_.size()) ? row : -1;
}

void IntervalView::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  const int width = viewport()->width();
  const Columns place = columns(width);
  // Few rows keep together: the axis stands right under them.
  const int foot =
      std::min(viewport()->height() - axisHeight(), rowHeight() * static_cast<int>(rows_.size()));
  painter.save();
  painter.setClipRect(QRect(0, 0, width, foot));
  const int first = verticalScrollBar()->value() / rowHeight();
  for (int row = first; row < static_cast<int>(rows_.size()); ++row) {
    const int top = row * rowHeight() - verticalScrollBar()->value();
    if (top >= foot) break;
    paintRow(painter, place, QRect(0, top, width, rowHeight()), static_cast<std::size_t>(row));
  }
  painter.restore();
  painter.save();
  painter.setClipRect(QRect(0, foot, width, axisHeight()));
  paintAxis(painter, place, QRect(0, foot, width, axisHeight()));
  painter.restore();
}

void IntervalView::paintWhole(QPainter& painter, const QSize& size) const {
  painter.setRenderHint(QPainter::Antialiasing);
  const Columns place = columns(size.width());
  const int foot = rowHeight() * static_cast<int>(rows_.size());
  paintAxis(painter, place, QRect(0, foot, size.width(), axisHeight()));
  for (std::size_t row = 0; row < rows_.size(); ++row)
    paintRow(painter, place, QRect(0, static_cast<int>(row) * rowHeight(), size.width(), rowHeight()), row);
}

void IntervalView::paintRow(QPainter& painter, const Columns& columns, const QRect& place,
                            std::size_t row) const {
  const theme::Tokens& tokens = theme::tokens();
  const IntervalRow& shown = rows_[row];
  const bool selected = static_cast<int>(row) == selected_;
  QColor behind = selected ? tokens.accent : tokens.text;
  behind.setAlphaF(selected ? 0.12F : 0.05F);
  if (selected || static_cast<int>(row) == hovered_) painter.fillRect(place, behind);
  if (selected) painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), tokens.accent);
  if (selected && hasFocus()) {
    painter.setPen(QPen(tokens.accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5));
  }
  painter.setFont(theme::font(theme::Role::Body));
  painter.setPen(tokens.text);
  const QRect label(place.left() + theme::kSpace2, place.top(), columns.label - theme::kSpace2,
                    place.height());
  painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter,
                   labelMetrics().elidedText(shown.label, Qt::ElideRight, label.width()));
  painter.setFont(theme::font(theme::Role::Caption));
  painter.setPen(shown.value ? tokens.text : tokens.text2);
  // What has no interval may say so over the whole row.
  const int left =
      shown.value ? place.right() + 1 - columns.text + theme::kSpace2 : static_cast<int>(columns.scale.left);
  const QRect text(left, place.top(), place.right() - theme::kSpace2 - left, place.height());
  painter.drawText(text, (shown.value ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                   textMetrics().elidedText(shown.text, Qt::ElideRight, text.width()));
  if (!shown.value) return;
  paintGrid(painter, columns, place);
  paintInterval(painter, columns.scale, place.top() + place.height() / 2.0, *shown.value, shown.low,
                shown.high, theme::seriesColor(0));
}

Ticks IntervalView::ticksOf(const IntervalScale& scale) const {
  const int room =
      static_cast<int>(scale.right - scale.left) / std::max(1, textMetrics().averageCharWidth() * 11);
  return niceTicks(low_, high_, std::max(2, room), axis_.percent);
}

void IntervalView::paintGrid(QPainter& painter, const Columns& columns, const QRect& place) const {
  const theme::Tokens& tokens = theme::tokens();
  for (const double tick : ticksOf(columns.scale).at) {
    const double x = std::round(columns.scale.at(tick)) + 0.5;
    painter.setPen(tick == 0 ? QPen(tokens.text2, 1) : QPen(mixed(tokens.surface, tokens.line, 0.7), 1));
    painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom() + 1));
  }
}

void IntervalView::paintAxis(QPainter& painter, const Columns& columns, const QRect& place) const {
  const theme::Tokens& tokens = theme::tokens();
  const QFontMetrics metrics = textMetrics();
  const IntervalScale& scale = columns.scale;
  const Ticks ticks = ticksOf(scale);
  painter.setFont(theme::font(theme::Role::Caption));
  for (const double tick : ticks.at) {
    painter.setPen(tokens.text2);
    const QRectF label(scale.at(tick) - 60, place.top() + 2, 120, metrics.height());
    painter.drawText(label, Qt::AlignHCenter | Qt::AlignTop, figure(tick, ticks.decimals, axis_.percent));
  }
  painter.setPen(QPen(mixed(tokens.line, tokens.text2, 0.4), 1));
  painter.drawLine(QPointF(scale.left, place.top() + 0.5), QPointF(scale.right, place.top() + 0.5));
  if (axis_.label.isEmpty()) return;
  const auto room = static_cast<int>(scale.right - scale.left);
  painter.setPen(tokens.text2);
  painter.drawText(QRectF(scale.left - 40, place.top() + 2 + metrics.height(), room + 80, metrics.height()),
                   Qt::AlignCenter, metrics.elidedText(axis_.label, Qt::ElideRight, room + 80));
}

bool IntervalView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave) hover(-1);
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos());
    if (row < 0) {
      QToolTip::hideText();
    } else {
      const IntervalRow& shown = rows_[static_cast<std::size_t>(row)];
      QToolTip::showText(help->globalPos(),
                         shown.text.isEmpty() ? shown.label : shown.label + "\n" + shown.text, this);
    }
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void IntervalView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScroll();
  showSelected();
}

void IntervalView::hover(int row) {
  if (row == hovered_) return;
  hovered_ = row;
  viewport()->update();
}

void IntervalView::press(int row) {
  select(row);
  if (row >= 0 && pressed) pressed(row);
}

void IntervalView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const int row = rowAt(event->position()); row >= 0) press(row);
}

void IntervalView::mouseMoveEvent(QMouseEvent* event) {
  hover(rowAt(event->position()));
}

void IntervalView::keyPressEvent(QKeyEvent* event) {
  const auto count = static_cast<int>(rows_.size());
  if (count == 0) return QAbstractScrollArea::keyPressEvent(event);
  const int page = std::max(1, (viewport()->height() - axisHeight()) / rowHeight());
  const auto to = [&](int row) { press(std::clamp(row, 0, count - 1)); };
  switch (event->key()) {
    case Qt::Key_Up:
      return to(selected_ < 0 ? count - 1 : selected_ - 1);
    case Qt::Key_Down:
      return to(selected_ + 1);
    case Qt::Key_Home:
      return to(0);
    case Qt::Key_End:
      return to(count - 1);
    case Qt::Key_PageUp:
      return to(selected_ - page);
    case Qt::Key_PageDown:
      return to(selected_ + page);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      return to(std::max(0, selected_));
    default:
      return QAbstractScrollArea::keyPressEvent(event);
  }
}

void IntervalView::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  viewport()->update();
}

void IntervalView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

}  // namespace lodestone::charts
