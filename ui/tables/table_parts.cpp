// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/table_parts.h"

#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <utility>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

namespace lodestone::tables {
namespace {

constexpr int kIconSize = 16;

}  // namespace

void setUpView(QTableView& view, int row_height) {
  view.verticalHeader()->hide();
  view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  view.verticalHeader()->setMinimumSectionSize(row_height);
  view.verticalHeader()->setDefaultSectionSize(row_height);
  view.setShowGrid(false);
  view.setItemDelegate(new CellDelegate(&view));
  view.setWordWrap(false);
  view.setTextElideMode(Qt::ElideRight);
  view.setTabKeyNavigation(false);
  view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  view.setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
  view.setEditTriggers(QAbstractItemView::NoEditTriggers);
}

bool showCutText(const QTableView& view, QEvent* event) {
  if (event->type() != QEvent::ToolTip) return false;
  auto* help = static_cast<QHelpEvent*>(event);
  const QModelIndex at = view.indexAt(help->pos());
  if (!at.isValid() || at.data(Qt::ToolTipRole).isValid()) return false;
  const QString text = at.data(Qt::DisplayRole).toString();
  const int room = view.visualRect(at).width() - 2 * theme::kSpace2;
  if (text.isEmpty() || view.fontMetrics().horizontalAdvance(text) <= room) {
    QToolTip::hideText();
  } else {
    // As plain text it would run over the whole screen on one line.
    QToolTip::showText(help->globalPos(), "<p>" + text.left(2000).toHtmlEscaped() + "</p>", view.viewport());
  }
  return true;
}

QString onOneLine(QString text) {
  for (QChar& character : text)
    if (character == '\t' || character == '\n' || character == '\r') character = ' ';
  return text;
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
  QStyleOptionViewItem box = option;
  initStyleOption(&box, index);
  const QString text = std::exchange(box.text, QString());
  const QStyle* style = box.widget != nullptr ? box.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &box, painter, box.widget);
  if (text.isEmpty()) return;
  painter->save();
  const QVariant colour = index.data(Qt::ForegroundRole);
  painter->setPen(colour.isValid() ? colour.value<QColor>() : theme::tokens().text);
  painter->setFont(box.font);
  const QRect room = box.rect.adjusted(theme::kSpace2, 0, -theme::kSpace2, 0);
  painter->drawText(room, static_cast<int>(box.displayAlignment) | Qt::TextSingleLine,
                    box.fontMetrics.elidedText(text, Qt::ElideRight, room.width()));
  painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const QString text = index.data(Qt::DisplayRole).toString();
  return {option.fontMetrics.horizontalAdvance(text) + 2 * theme::kSpace2 + 1,
          option.fontMetrics.height() + theme::kSpace1};
}

StateDelegate::StateDelegate(int state_role, QObject* parent)
    : CellDelegate(parent), state_role_(state_role) {}

void StateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  const QVariant value = index.data(state_role_);
  if (!value.isValid() || value.toInt() < 0) {
    CellDelegate::paint(painter, option, index);
    return;
  }
  const auto state = static_cast<widgets::State>(value.toInt());
  QStyleOptionViewItem box = option;
  initStyleOption(&box, index);
  const QString said = std::exchange(box.text, QString());
  const QString word = said.isEmpty() ? widgets::stateWord(state) : said;
  const QStyle* style = box.widget != nullptr ? box.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &box, painter, box.widget);
  painter->save();
  const QColor colour = widgets::stateColour(state);
  const QRect room = box.rect.adjusted(theme::kSpace2, 0, -theme::kSpace2, 0);
  const QRect icon(room.left(), room.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize);
  painter->drawPixmap(icon, theme::pixmap(widgets::stateIcon(state), colour, kIconSize,
                                          painter->device()->devicePixelRatioF()));
  painter->setPen(colour);
  painter->setFont(box.font);
  const QRect text = room.adjusted(kIconSize + theme::kSpace1, 0, 0, 0);
  painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                    box.fontMetrics.elidedText(word, Qt::ElideRight, text.width()));
  painter->restore();
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QSize size = CellDelegate::sizeHint(option, index);
  const QVariant value = index.data(state_role_);
  if (!value.isValid() || value.toInt() < 0) return size;
  if (index.data(Qt::DisplayRole).toString().isEmpty())
    size.rwidth() +=
        option.fontMetrics.horizontalAdvance(widgets::stateWord(static_cast<widgets::State>(value.toInt())));
  size.rwidth() += kIconSize + theme::kSpace1;
  return size;
}

}  // namespace lodestone::tables
