// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "ui/widgets/widgets.h"

namespace lodestone::widgets {

LineLayout::LineLayout(QWidget* parent) : QLayout(parent) {
  setContentsMargins(0, 0, 0, 0);
}

LineLayout::~LineLayout() {
  while (!items_.isEmpty()) delete items_.takeFirst();
}

void LineLayout::addItem(QLayoutItem* item) {
  items_.append(item);
}

int LineLayout::count() const {
  return static_cast<int>(items_.size());
}

QLayoutItem* LineLayout::itemAt(int index) const {
  return items_.value(index);
}

QLayoutItem* LineLayout::takeAt(int index) {
  return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

int LineLayout::heightForWidth(int width) const {
  return arrange(QRect(0, 0, width, 0), false);
}

void LineLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  arrange(rect, true);
}

QList<QLayoutItem*> LineLayout::shown() const {
  QList<QLayoutItem*> list;
  for (QLayoutItem* item : items_)
    if (!item->isEmpty()) list.append(item);
  return list;
}

FlowLayout::FlowLayout(QWidget* parent, int item_width) : LineLayout(parent), item_width_(item_width) {
  setSpacing(theme::kSpace3);
}

QSize FlowLayout::sizeHint() const {
  return {item_width_, heightForWidth(std::max(item_width_, geometry().width()))};
}

QSize FlowLayout::minimumSize() const {
  return {item_width_, 0};
}

int FlowLayout::arrange(const QRect& rect, bool apply) const {
  const QList<QLayoutItem*> items = shown();
  const int columns = std::max(1, (rect.width() + spacing()) / (item_width_ + spacing()));
  const int width = (rect.width() - (columns - 1) * spacing()) / columns;
  int y = rect.y();
  for (int first = 0; first < items.size(); first += columns) {
    const int last = std::min(first + columns, static_cast<int>(items.size()));
    int height = 0;
    for (int i = first; i < last; ++i) {
      QLayoutItem* item = items[i];
      height = std::max(height,
                        item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height());
    }
    for (int i = first; apply && i < last; ++i)
      items[i]->setGeometry(QRect(rect.x() + (i - first) * (width + spacing()), y, width, height));
    y += height + (last < items.size() ? spacing() : 0);
  }
  return y - rect.y();
}

WrapLayout::WrapLayout(QWidget* parent) : LineLayout(parent) {}

QSize WrapLayout::sizeHint() const {
  int width = 0;
  int height = 0;
  for (const QLayoutItem* item : shown()) {
    width += item->sizeHint().width() + theme::kSpace2;
    height = std::max(height, item->sizeHint().height());
  }
  return {width, height};
}

QSize WrapLayout::minimumSize() const {
  QSize size(0, 0);
  for (const QLayoutItem* item : shown()) size = size.expandedTo(item->minimumSize());
  return size;
}

int WrapLayout::arrange(const QRect& rect, bool apply) const {
  int x = rect.left();
  int y = rect.top();
  int line = 0;
  for (QLayoutItem* item : shown()) {
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

}  // namespace lodestone::widgets
