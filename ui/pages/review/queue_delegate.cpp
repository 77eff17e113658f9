// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/queue_delegate.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include "ui/pages/review/queue_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

namespace lodestone::pages {

using theme::Role;

namespace {

constexpr int kIcon = 16;
constexpr int kTitleLines = 2;

/// One or two, by what fits into a line.
int titleLines(const QString& title, int width) {
  return QFontMetrics(theme::font(Role::Body)).horizontalAdvance(title) <= width ? 1 : kTitleLines;
}

/// Writes at most two lines; the second ends in "…" where more is left.
void drawTitle(QPainter& painter, const QRect& area, const QString& text, const QFont& font) {
  QTextLayout layout(text, font);
  layout.beginLayout();
  const QFontMetrics metrics(font);
  int y = area.top();
  for (int i = 0; i < kTitleLines; ++i) {
    QTextLine line = layout.createLine();
    if (!line.isValid()) break;
    line.setLineWidth(area.width());
    const bool last = i + 1 == kTitleLines;
    const qsizetype start = line.textStart();
    const QString rest = last ? metrics.elidedText(text.mid(start), Qt::ElideRight, area.width())
                              : text.mid(start, line.textLength());
    painter.drawText(QRect(area.left(), y, area.width(), metrics.lineSpacing()),
                     Qt::AlignLeft | Qt::AlignVCenter, rest.trimmed());
    y += metrics.lineSpacing();
  }
  layout.endLayout();
}

}  // namespace

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const int caption = QFontMetrics(theme::font(Role::Caption)).lineSpacing();
  if (index.data(QueueModel::HeadingRole).toBool())
    return {option.rect.width(), caption + theme::kSpace3 + (index.row() > 0 ? theme::kSpace2 : 0)};
  const int body = QFontMetrics(theme::font(Role::Body)).lineSpacing();
  const auto* list = qobject_cast<const QAbstractScrollArea*>(option.widget);
  const int room =
      (list != nullptr ? list->viewport()->width() : option.rect.width()) - theme::kSpace3 - theme::kSpace2;
  const int lines = titleLines(index.data(QueueModel::TitleRole).toString(), room);
  return {option.rect.width(),
          std::max(kIcon, caption) + lines * body + caption + 2 * theme::kSpace2 + 2 * theme::kSpace1};
}

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  const theme::Tokens& tokens = theme::tokens();
  const QFont caption_font = theme::font(Role::Caption);
  const QFontMetrics caption_metrics(caption_font);
  painter->save();
  if (index.data(QueueModel::HeadingRole).toBool()) {
    QFont bold = caption_font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(tokens.text2);
    painter->drawText(option.rect.adjusted(theme::kSpace2, 0, -theme::kSpace2, -theme::kSpace1),
                      Qt::AlignLeft | Qt::AlignBottom, index.data().toString());
    painter->restore();
    return;
  }
  const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
  style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
  const bool selected = (option.state & QStyle::State_Selected) != 0;
  if (selected)
    painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), tokens.accent);
  const QRect area = option.rect.adjusted(theme::kSpace3, theme::kSpace2, -theme::kSpace2, -theme::kSpace2);
  const auto state = static_cast<widgets::State>(index.data(QueueModel::StateRole).toInt());
  const int head = std::max(kIcon, caption_metrics.lineSpacing());
  const qreal ratio = painter->device()->devicePixelRatioF();
  painter->drawPixmap(area.left(), area.top() + (head - kIcon) / 2,
                      theme::pixmap(widgets::stateIcon(state), widgets::stateColour(state), kIcon, ratio));
  painter->setFont(caption_font);
  painter->setPen(widgets::stateColour(state));
  const QRect top(area.left(), area.top(), area.width(), head);
  painter->drawText(top.adjusted(kIcon + theme::kSpace1, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                    widgets::stateWord(state));
  painter->setPen(tokens.text2);
  painter->drawText(top, Qt::AlignRight | Qt::AlignVCenter, index.data(QueueModel::IdRole).toString());

  const QFont body = theme::font(Role::Body);
  painter->setFont(body);
  painter->setPen(tokens.text);
  const QString text = index.data(QueueModel::TitleRole).toString();
  const int title_height = titleLines(text, area.width()) * QFontMetrics(body).lineSpacing();
  const QRect title(area.left(), top.bottom() + 1 + theme::kSpace1, area.width(), title_height);
  drawTitle(*painter, title, text, body);
  painter->setFont(caption_font);
  painter->setPen(tokens.text2);
  const QRect foot(area.left(), title.bottom() + 1 + theme::kSpace1, area.width(),
                   caption_metrics.lineSpacing());
  painter->drawText(foot, Qt::AlignLeft | Qt::AlignVCenter,
                    caption_metrics.elidedText(index.data(QueueModel::CaptionRole).toString(), Qt::ElideRight,
                                               foot.width()));
  painter->restore();
}

}  // namespace lodestone::pages
