// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/window_view.h"

#include <QKeyEvent>
#include <algorithm>

#include "ui/tables/table_parts.h"
#include "ui/theme/theme.h"

namespace lodestone::tables {
namespace {

constexpr int kMeasuredRows = 100;
constexpr int kMeasuredTexts = 4;
constexpr int kMostWidth = 280;

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
  QTableView::keyPressEvent(event);
}

void WindowView::scrollContentsBy(int dx, int dy) {
  QTableView::scrollContentsBy(dx, dy);
  if (dy != 0) tellRows();
}

void WindowView::updateGeometries() {
  QTableView::updateGeometries();
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
