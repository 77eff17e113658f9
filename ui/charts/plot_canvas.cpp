// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_canvas.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/charts/figures.h"
#include "ui/theme/theme.h"

namespace lodestone::charts {
namespace {

constexpr std::size_t kMostSteps = 50;
/// Turns of the wheel within this time are one zoom.
constexpr qint64 kSameTurnMs = 500;
constexpr double kKeyZoom = 0.8;

void styleAxis(QCPAxis* axis, bool baseline) {
  const theme::Tokens& tokens = theme::tokens();
  const QFont font = theme::font(theme::Role::Caption);
  axis->setTickLabelFont(font);
  axis->setLabelFont(font);
  axis->setTickLabelColor(tokens.text2);
  axis->setLabelColor(tokens.text2);
  axis->setBasePen(baseline ? QPen(mixed(tokens.line, tokens.text2, 0.4), 1) : QPen(Qt::NoPen));
  axis->setTickPen(Qt::NoPen);
  axis->setSubTickPen(Qt::NoPen);
  axis->setTickLength(0);
  axis->setSubTicks(false);
  axis->setTickLabelPadding(theme::kSpace1 + 2);
  axis->setLabelPadding(theme::kSpace1);
  axis->grid()->setPen(QPen(mixed(tokens.surface, tokens.line, 0.7), 1));
  axis->grid()->setZeroLinePen(QPen(mixed(tokens.surface, tokens.line, 0.7), 1));
  axis->grid()->setSubGridVisible(false);
}

QCPRange movedBy(const QCPRange& range, double by, bool logarithmic) {
  return logarithmic ? QCPRange(range.lower * by, range.upper * by)
                     : QCPRange(range.lower + by, range.upper + by);
}

/// Not beyond what there is to see.
QCPRange within(const QCPRange& range, const QCPRange& all) {
  return {std::max(range.lower, all.lower), std::min(range.upper, all.upper)};
}

}  // namespace

PlotCanvas::PlotCanvas(QWidget* parent) : QCustomPlot(parent) {
  setObjectName("chartCanvas");
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent, false);
  setAutoAddPlottableToLegend(false);
  setInteractions(QCP::iNone);
  setPlottingHint(QCP::phFastPolylines);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  axisRect()->setMinimumMargins(QMargins(theme::kSpace2, theme::kSpace3, theme::kSpace5, theme::kSpace1));
  addLayer("bands", layer("main"), QCustomPlot::limBelow);
  addLayer("marks", layer("main"), QCustomPlot::limAbove);
  colour();
}

void PlotCanvas::colour() {
  // The card or page behind it shows through.
  setBackground(QBrush(Qt::NoBrush));
  styleAxis(xAxis, true);
  styleAxis(yAxis, false);
  readout_.reset();
  replotSoon();
}

void PlotCanvas::offerZoom() {
  zoomable_ = true;
}

void PlotCanvas::setAll(const View& all) {
  all_ = all;
  if (!view_) look(std::nullopt);
}

void PlotCanvas::forgetZoom() {
  before_.clear();
  look(std::nullopt);
}

void PlotCanvas::replotSoon() {
  if (isVisible()) replot(QCustomPlot::rpQueuedReplot);
}

void PlotCanvas::paintInto(QPainter& painter, const QSize& size) {
  fitTicks(size);
  if (view_changed) view_changed();
  toPainter(static_cast<QCPPainter*>(&painter), size.width(), size.height());
  fitTicks(this->size());
}

View PlotCanvas::current() const {
  return {xAxis->range(), yAxis->range()};
}

void PlotCanvas::remember() {
  before_.push_back(view_);
  if (before_.size() > kMostSteps) before_.erase(before_.begin());
}

void PlotCanvas::look(const std::optional<View>& view) {
  view_ = view;
  const View& shown = view ? *view : all_;
  xAxis->setRange(shown.x);
  yAxis->setRange(shown.y);
  if (view_changed) view_changed();
  replotSoon();
}

void PlotCanvas::zoom(double factor, const QPointF& at) {
  const View old = current();
  xAxis->scaleRange(factor, xAxis->pixelToCoord(at.x()));
  yAxis->scaleRange(factor, yAxis->pixelToCoord(at.y()));
  const View next{within(xAxis->range(), all_.x), within(yAxis->range(), all_.y)};
  const bool too_near = !QCPRange::validRange(next.x) || !QCPRange::validRange(next.y) ||
                        next.x.size() < 1e-9 * all_.x.size() || next.y.size() < 1e-9 * all_.y.size();
  if (too_near) return look(old == all_ ? std::nullopt : std::optional(old));
  look(next == all_ ? std::nullopt : std::optional(next));
}

void PlotCanvas::drag(const QPointF& to) {
  const bool x_log = xAxis->scaleType() == QCPAxis::stLogarithmic;
  const bool y_log = yAxis->scaleType() == QCPAxis::stLogarithmic;
  xAxis->setRange(drag_start_.x);
  yAxis->setRange(drag_start_.y);
  const auto moved = [&](const QCPAxis* axis, double from_pixel, double to_pixel, bool logarithmic) {
    const double from = axis->pixelToCoord(from_pixel), until = axis->pixelToCoord(to_pixel);
    return logarithmic ? from / until : from - until;
  };
  look(View{movedBy(drag_start_.x, moved(xAxis, pressed_->x(), to.x(), x_log), x_log),
            movedBy(drag_start_.y, moved(yAxis, pressed_->y(), to.y(), y_log), y_log)});
}

void PlotCanvas::undoZoom() {
  if (before_.empty()) return;
  const std::optional<View> view = before_.back();
  before_.pop_back();
  look(view);
}

void PlotCanvas::setReadout(const std::optional<Readout>& readout) {
  if (!readout && !readout_) return;
  readout_ = readout;
  if (readout_) readout_->lines.removeAll(QString());
  update();
}

void PlotCanvas::fitTicks(const QSize& size) {
  const QFontMetrics metrics(theme::font(theme::Role::Caption));
  xAxis->ticker()->setTickCount(
      std::clamp(size.width() / std::max(1, metrics.averageCharWidth() * label_letters_), 2, 10));
  yAxis->ticker()->setTickCount(std::clamp(size.height() / std::max(1, metrics.height() * 3), 2, 8));
}

void PlotCanvas::paintEvent(QPaintEvent* event) {
  QCustomPlot::paintEvent(event);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (readout_) paintReadout(painter);
  if (focus_shown_) {
    painter.setPen(QPen(theme::tokens().accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme::kRadius, theme::kRadius);
  }
}

void PlotCanvas::paintReadout(QPainter& painter) const {
  const theme::Tokens& tokens = theme::tokens();
  const QRectF area = inner();
  const QPointF at = readout_->at;
  painter.setPen(QPen(tokens.text2, 1, Qt::DotLine));
  painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()));
  painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()));
  painter.setPen(QPen(readout_->colour, 2));
  painter.setBrush(tokens.surface);
  painter.drawEllipse(at, 4, 4);

  QFont plain = theme::font(theme::Role::Caption);
  QFont bold = plain;
  bold.setWeight(QFont::DemiBold);
  double width = 0;
  for (qsizetype i = 0; i < readout_->lines.size(); ++i)
    width = std::max(width, QFontMetricsF(i == 0 ? bold : plain).horizontalAdvance(readout_->lines[i]));
  const double line = QFontMetricsF(bold).height();
  QRectF box(0, 0, width + 2 * theme::kSpace2,
             line * static_cast<double>(readout_->lines.size()) + 2 * theme::kSpace1);
  box.moveTopLeft(at + QPointF(theme::kSpace3, -theme::kSpace3 - box.height()));
  if (box.right() > this->width() - 2) box.moveRight(at.x() - theme::kSpace3);
  if (box.top() < 2) box.moveTop(at.y() + theme::kSpace3);
  box.moveLeft(std::max(box.left(), 2.0));
  painter.setPen(QPen(tokens.line, 1));
  painter.setBrush(tokens.raised);
  painter.drawRoundedRect(box, theme::kSpace1, theme::kSpace1);
  painter.setPen(tokens.text);
  QRectF row(box.left() + theme::kSpace2, box.top() + theme::kSpace1, width + 2, line);
  for (qsizetype i = 0; i < readout_->lines.size(); ++i) {
    painter.setFont(i == 0 ? bold : plain);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, readout_->lines[i]);
    row.translate(0, line);
  }
}

void PlotCanvas::resizeEvent(QResizeEvent* event) {
  fitTicks(event->size());
  readout_.reset();
  // A splitter may leave no height at all: nothing can be painted into that.
  if (!event->size().isEmpty()) QCustomPlot::resizeEvent(event);
  // The place of what hangs on the plot's edges is known only now.
  if (view_changed) view_changed();
}

void PlotCanvas::showEvent(QShowEvent* event) {
  QCustomPlot::showEvent(event);
  replot(QCustomPlot::rpQueuedReplot);
}

bool PlotCanvas::scrollsThePage() const {
  if (hasFocus()) return false;
  for (const QWidget* widget = parentWidget(); widget != nullptr; widget = widget->parentWidget())
    if (const auto* area = qobject_cast<const QAbstractScrollArea*>(widget))
      if (area->verticalScrollBar()->maximum() > area->verticalScrollBar()->minimum()) return true;
  return false;
}

void PlotCanvas::wheelEvent(QWheelEvent* event) {
  const int turn = event->angleDelta().y();
  // A page that scrolls goes on scrolling until the chart was clicked.
  if (!zoomable_ || turn == 0 || !inner().contains(event->position()) || scrollsThePage()) {
    event->ignore();
    return;
  }
  event->accept();
  if (turn < 0 && !zoomed()) return;
  if (!last_wheel_.isValid() || last_wheel_.elapsed() > kSameTurnMs) remember();
  last_wheel_.restart();
  setReadout(std::nullopt);
  zoom(std::pow(0.85, turn / 120.0), event->position());
}

void PlotCanvas::mousePressEvent(QMouseEvent* event) {
  if (!zoomable_ || event->button() != Qt::LeftButton || !inner().contains(event->position())) return;
  pressed_ = event->position();
  dragging_ = false;
  drag_start_ = current();
}

void PlotCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_)
    return setReadout(read && inner().contains(event->position()) ? read(event->position()) : std::nullopt);
  if (!dragging_) {
    if ((event->position() - *pressed_).manhattanLength() < QApplication::startDragDistance()) return;
    remember();
    dragging_ = true;
    setReadout(std::nullopt);
    setCursor(Qt::ClosedHandCursor);
  }
  drag(event->position());
}

void PlotCanvas::mouseReleaseEvent(QMouseEvent*) {
  pressed_.reset();
  if (dragging_) unsetCursor();
  dragging_ = false;
}

void PlotCanvas::mouseDoubleClickEvent(QMouseEvent*) {
  if (!zoomed()) return;
  remember();
  look(std::nullopt);
}

void PlotCanvas::leaveEvent(QEvent* event) {
  setReadout(std::nullopt);
  QCustomPlot::leaveEvent(event);
}

void PlotCanvas::keyPressEvent(QKeyEvent* event) {
  const auto readAt = [this](int along, int across) {
    if (step) setReadout(step(along, across));
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return readAt(-1, 0);
    case Qt::Key_Right:
      return readAt(1, 0);
    case Qt::Key_Up:
      return readAt(0, -1);
    case Qt::Key_Down:
      return readAt(0, 1);
    case Qt::Key_Escape:
      if (!readout_) break;
      return setReadout(std::nullopt);
    default:
      break;
  }
  if (!zoomable_) return QCustomPlot::keyPressEvent(event);
  const QPointF middle = readout_ ? readout_->at : inner().center();
  switch (event->key()) {
    case Qt::Key_Backspace:
      return undoZoom();
    case Qt::Key_Home:
    case Qt::Key_0:
      if (!zoomed()) return;
      remember();
      return look(std::nullopt);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
      if (event->key() == Qt::Key_Minus && !zoomed()) return;
      setReadout(std::nullopt);
      remember();
      return zoom(event->key() == Qt::Key_Minus ? 1 / kKeyZoom : kKeyZoom, middle);
    default:
      return QCustomPlot::keyPressEvent(event);
  }
}

void PlotCanvas::focusInEvent(QFocusEvent* event) {
  QCustomPlot::focusInEvent(event);
  focus_shown_ = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason;
  update();
}

void PlotCanvas::focusOutEvent(QFocusEvent* event) {
  focus_shown_ = false;
  setReadout(std::nullopt);
  QCustomPlot::focusOutEvent(event);
  update();
}

}  // namespace lodestone::charts
