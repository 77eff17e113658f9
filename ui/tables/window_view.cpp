// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/window_view.h"

#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <algorithm>

#include "ui/tables/column_header.h"
#include "ui/tables/table_parts.h"
#include "ui/theme/theme.h"

namespace lodestone::tables {
namespace {

constexpr int kMeasuredRows = 100;
constexpr int kMeasuredTexts = 4;
constexpr int kMostWidth = 280;
constexpr double kMostFrozen = 0.67;  // of the width of the view

}  // namespace

WindowView::WindowView(QWidget* parent) : QTableView(parent) {
  setUpView(*this, theme::kTableRowHeight);
  setShowGrid(true);
  setSelectionMode(ContiguousSelection);
  setSelectionBehavior(SelectItems);
}

void WindowView::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    Q_EMIT copyWanted();
    event->accept();
    return;
  }
  // A selection made by keys goes from the rectangle of one cell to that of another, and the first of them
  // may lie beneath the frozen columns: then only where columns would be without those is a place
  // unambiguous.
  const QScopedValueRollback<bool> by_key(by_key_, true);
  QTableView::keyPressEvent(event);
}

void WindowView::setColumnHeader(ColumnHeader* header) {
  header_ = header;
  setHorizontalHeader(header);
  connect(header, &QHeaderView::sectionResized, this, &WindowView::fitFrozen);
}

void WindowView::setFrozenColumns(int columns) {
  wanted_ = columns;
  fitFrozen();
}

void WindowView::fitFrozen() {
  const int count = model() == nullptr ? 0 : model()->columnCount();
  const int room = static_cast<int>(kMostFrozen * viewport()->width());
  int fitting = 0;
  for (int width = 0; fitting < std::min(wanted_, count); ++fitting) {
    width += columnWidth(fitting);
    if (width > room) break;
  }
  if (frozen_ == fitting) return;
  frozen_ = fitting;
  if (header_ != nullptr) header_->setFrozen(frozen_);
  viewport()->update();
}

int WindowView::frozenWidth() const {
  int width = 0;
  for (int column = 0; column < frozen_; ++column) width += columnWidth(column);
  return width;
}

bool WindowView::overlaid() const {
  return frozen_ > 0 && horizontalHeader()->offset() > 0;
}

void WindowView::updateFrozen() {
  if (overlaid()) viewport()->update(0, 0, frozenWidth() + 1, viewport()->height());
}

QModelIndex WindowView::indexAt(const QPoint& at) const {
  if (by_key_ || !overlaid() || at.x() < 0 || at.x() >= frozenWidth()) return QTableView::indexAt(at);
  int right = 0;
  for (int column = 0; column < frozen_; ++column) {
    right += columnWidth(column);
    if (at.x() < right) return model()->index(rowAt(at.y()), column);
  }
  return {};
}

QRect WindowView::visualRect(const QModelIndex& index) const {
  QRect rect = QTableView::visualRect(index);
  if (by_key_ || !index.isValid() || index.column() >= frozen_ || !overlaid()) return rect;
  rect.translate(horizontalHeader()->offset(), 0);
  return rect;
}

void WindowView::scrollTo(const QModelIndex& index, ScrollHint hint) {
  if (!overlaid() && (frozen_ == 0 || index.column() < frozen_)) {
    QTableView::scrollTo(index, hint);
    return;
  }
  QScrollBar* bar = horizontalScrollBar();
  const int before = bar->value();
  QTableView::scrollTo(index, hint);
  if (index.column() < frozen_) {
    bar->setValue(before);  // always in sight
    return;
  }
  const int covered = frozenWidth() - columnViewportPosition(index.column());
  if (overlaid() && covered > 0) bar->setValue(bar->value() - covered);
}

void WindowView::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (!overlaid()) return;
  const QRect frozen(0, 0, frozenWidth() + 1, viewport()->height());
  if (!event->region().intersects(frozen)) return;
  QPainter painter(viewport());
  painter.setClipRect(frozen);
  paintFrozen(painter, frozen & event->rect());
}

void WindowView::paintFrozen(QPainter& painter, const QRect& area) const {
  painter.fillRect(area, theme::tokens().surface);
  QStyleOptionViewItem style_option;
  initViewItemOption(&style_option);
  const int hint = style()->styleHint(QStyle::SH_Table_GridLineColor, &style_option, this);
  const QColor grid = QColor::fromRgba(static_cast<QRgb>(hint));
  const int rows = model()->rowCount();
  int last = rowAt(area.bottom());
  if (last < 0) last = rows - 1;
  for (int row = std::max(0, rowAt(area.top())); row <= last; ++row) {
    const int top = rowViewportPosition(row);
    const int height = rowHeight(row);
    int left = 0;
    for (int column = 0; column < frozen_; ++column) {
      const int width = columnWidth(column);
      if (width == 0) continue;
      paintCell(painter, {left, top, width - 1, height - 1}, model()->index(row, column));
      left += width;
      painter.setPen(grid);
      painter.drawLine(left - 1, top, left - 1, top + height - 1);
    }
    painter.drawLine(0, top + height - 1, left - 1, top + height - 1);
  }
  painter.setPen(theme::tokens().text2);
  painter.drawLine(frozenWidth(), area.top(), frozenWidth(), area.bottom());
}

void WindowView::paintCell(QPainter& painter, const QRect& cell, const QModelIndex& index) const {
  QStyleOptionViewItem option;
  initViewItemOption(&option);
  option.rect = cell;
  option.showDecorationSelected = true;
  option.state |= QStyle::State_Enabled;
  if (selectionModel() != nullptr && selectionModel()->isSelected(index))
    option.state |= QStyle::State_Selected;
  if (hasFocus() && index == currentIndex()) option.state |= QStyle::State_HasFocus;
  style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &option, &painter, this);
  itemDelegate()->paint(&painter, option, index);
}

void WindowView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTableView::currentChanged(current, previous);
  updateFrozen();
}

void WindowView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
  QTableView::selectionChanged(selected, deselected);
  updateFrozen();
}

void WindowView::scrollContentsBy(int dx, int dy) {
  QTableView::scrollContentsBy(dx, dy);
  // What was scrolled along is not where it belongs any more, and what was beneath it is not painted.
  if (dx != 0 && frozen_ > 0) {
    viewport()->update();
    horizontalHeader()->viewport()->update();
  }
  if (dy != 0) tellRows();
}

void WindowView::updateGeometries() {
  QTableView::updateGeometries();
  fitFrozen();
  tellRows();
}

void WindowView::tellRows() {
  const int count = model() == nullptr ? 0 : model()->rowCount();
  const int first = rowAt(0);
  // Counted, not asked for: before the view has its size, the row at its lower edge may be any.
  const int in_sight = std::max(0, viewport()->height()) / theme::kTableRowHeight + 2;
  if (count == 0 || first < 0)
    Q_EMIT rowsInSight(0, -1);
  else
    Q_EMIT rowsInSight(first, std::min(first + in_sight, count) - 1);
}

bool WindowView::viewportEvent(QEvent* event) {
  return showCutText(*this, event) || QTableView::viewportEvent(event);
}

/// Measuring text is slow: of the first rows only the longest few are measured.
int WindowView::sizeHintForColumn(int column) const {
  const int rows = model() == nullptr ? 0 : std::min(kMeasuredRows, model()->rowCount());
  std::vector<QString> texts;
  for (int row = 0; row < rows; ++row) texts.push_back(model()->index(row, column).data().toString());
  const auto few = std::min<std::ptrdiff_t>(kMeasuredTexts, std::ssize(texts));
  std::partial_sort(texts.begin(), texts.begin() + few, texts.end(),
                    [](const QString& a, const QString& b) { return a.size() > b.size(); });
  int widest = 0;
  for (std::ptrdiff_t i = 0; i < few; ++i)
    widest = std::max(widest, fontMetrics().horizontalAdvance(texts[static_cast<std::size_t>(i)]));
  return std::min(kMostWidth, widest + 2 * theme::kSpace2 + theme::kSpace1);
}

}  // namespace lodestone::tables
