// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "ui/widgets/widgets.h"

namespace lodestone::widgets {

FlowLayout::FlowLayout(QWidget* parent, int item_width) : QLayout(parent), item_width_(item_width) {
  setSpacing(theme::kSpace3);
  setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
  while (QLayoutItem* item = takeAt(0)) delete item;
}

void FlowLayout::addItem(QLayoutItem* item) {
  items_.append(item);
}
int FlowLayout::count() const {
  return static_cast<int>(items_.size());
}
QLayoutItem* FlowLayout::itemAt(int index) const {
  return items_.value(index);
}
QLayoutItem* FlowLayout::takeAt(int index) {
  return index >= 0 && index < count() ? items_.takeAt(index) : nullptr;
}
int FlowLayout::heightForWidth(int width) const {
  return arrange(QRect(0, 0, width, 0), false);
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  arrange(rect, true);
}

QSize FlowLayout::sizeHint() const {
  return {item_width_, heightForWidth(std::max(item_width_, geometry().width()))};
}
QSize FlowLayout::minimumSize() const {
  return {item_width_, 0};
}

int FlowLayout::arrange(const QRect& rect, bool apply) const {
  QList<QLayoutItem*> seen;
  for (QLayoutItem* item : items_)
    if (!item->isEmpty()) seen.append(item);
  const int columns = std::max(1, (rect.width() + spacing()) / (item_width_ + spacing()));
  const int width = (rect.width() - (columns - 1) * spacing()) / columns;
  int y = rect.y();
  for (int first = 0; first < seen.size(); first += columns) {
    const int last = std::min(first + columns, static_cast<int>(seen.size()));
    int height = 0;
    for (int i = first; i < last; ++i) {
      QLayoutItem* item = seen[i];
      height = std::max(height,
                        item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height());
    }
    for (int i = first; apply && i < last; ++i)
      seen[i]->setGeometry(QRect(rect.x() + (i - first) * (width + spacing()), y, width, height));
    y += height + (last < seen.size() ? spacing() : 0);
  }
  return y - rect.y();
}

}  // namespace lodestone::widgets
