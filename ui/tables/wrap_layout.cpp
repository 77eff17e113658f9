// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/wrap_layout.h"

#include <QWidget>
#include <algorithm>

#include "ui/theme/theme.h"

namespace lodestone::tables {

WrapLayout::WrapLayout(QWidget* parent) : QLayout(parent) {
  setContentsMargins(0, 0, 0, 0);
}

WrapLayout::~WrapLayout() {
  while (!items_.isEmpty()) delete items_.takeFirst();
}

void WrapLayout::addItem(QLayoutItem* item) {
  items_.push_back(item);
}

int WrapLayout::count() const {
  return static_cast<int>(items_.size());
}

QLayoutItem* WrapLayout::itemAt(int index) const {
  return items_.value(index);
}

QLayoutItem* WrapLayout::takeAt(int index) {
  return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

int WrapLayout::heightForWidth(int width) const {
  return arrange({0, 0, width, 0}, false);
}

void WrapLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  arrange(rect, true);
}

QSize WrapLayout::sizeHint() const {
  int width = 0;
  int height = 0;
  for (const QLayoutItem* item : items_) {
    if (item->isEmpty()) continue;
    width += item->sizeHint().width() + theme::kSpace2;
    height = std::max(height, item->sizeHint().height());
  }
  return {width, height};
}

QSize WrapLayout::minimumSize() const {
  QSize size(0, 0);
  for (const QLayoutItem* item : items_)
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  return size;
}

int WrapLayout::arrange(const QRect& rect, bool apply) const {
  int x = rect.left();
  int y = rect.top();
  int line = 0;
  for (QLayoutItem* item : items_) {
    if (item->isEmpty()) continue;
    const QSize size(std::min(item->sizeHint().width(), std::max(rect.width(), item->minimumSize().width())),
                     item->sizeHint().height());
    if (x > rect.left() && x + size.width() > rect.right() + 1) {
      x = rect.left();
      y += line + theme::kSpace1;
      line = 0;
    }
    if (apply) item->setGeometry({QPoint(x, y), size});
    x += size.width() + theme::kSpace2;
    line = std::max(line, size.height());
  }
  return y + line - rect.top();
}

}  // namespace lodestone::tables
