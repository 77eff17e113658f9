// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/column_header.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QHoverEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionHeader>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr int kIconSize = 16;
constexpr int kArrowWidth = 10;
constexpr int kSpreadHeight = 20;
constexpr int kMissingHeight = 3;
constexpr int kMostWidth = 280;
constexpr int kLeastWidth = 88;

}  // namespace

ColumnHeader::ColumnHeader(Detail detail, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent),
      detail_(detail),
      room_(detail == Detail::Profile ? Room::ForProfile : Room::OneLine) {
  setSectionsClickable(detail == Detail::Profile);
  setHighlightSections(false);
  setSectionsMovable(false);
  setMinimumSectionSize(48);
  setMouseTracking(true);
  viewport()->setAttribute(Qt::WA_Hover);
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { viewport()->update(); });
}

void ColumnHeader::setColumns(const std::vector<data::ColumnInfo>& columns) {
  columns_.clear();
  for (const data::ColumnInfo& column : columns) columns_.push_back({column, cellKind(column.type), {}});
  current_ = -1;
  viewport()->update();
}

void ColumnHeader::setProfile(const data::TableProfile& profile) {
  rows_ = profile.rows;
  for (Column& column : columns_) {
    const auto found = std::find_if(profile.columns.begin(), profile.columns.end(),
                                    [&](const auto& one) { return one.name == column.info.name; });
    column.profile = found == profile.columns.end() ? std::nullopt : std::optional(*found);
  }
  viewport()->update();
}

void ColumnHeader::setRoom(Room room) {
  room_ = room;
  updateGeometry();
  viewport()->update();
}

void ColumnHeader::setSort(const std::optional<data::SortOrder>& sort) {
  sort_ = sort;
  viewport()->update();
}

void ColumnHeader::setCurrentColumn(int column) {
  current_ = column;
  viewport()->update();
}

void ColumnHeader::setFrozen(int columns) {
  frozen_ = columns;
  viewport()->update();
}

void ColumnHeader::setFiltered(const QSet<QString>& columns) {
  filtered_ = columns;
  viewport()->update();
}

int ColumnHeader::frozenWidth() const {
  int width = 0;
  for (int column = 0; column < frozen_ && column < count(); ++column) width += sectionSize(column);
  return width;
}

QPoint ColumnHeader::scrolled(const QPoint& at) const {
  if (pressed_) return at - QPoint(press_shift_, 0);
  const bool frozen = offset() > 0 && at.x() >= 0 && at.x() < frozenWidth();
  return frozen ? at - QPoint(offset(), 0) : at;
}

/// The icon is the button of the column's menu.
bool ColumnHeader::onIcon(const QPoint& at) const {
  const QPoint place = scrolled(at);
  const int column = logicalIndexAt(place);
  if (column < 0 || detail_ != Detail::Profile) return false;
  const int inside = place.x() - sectionViewportPosition(column);
  return inside >= theme::kSpace1 && inside <= theme::kSpace2 + kIconSize + theme::kSpace1 / 2 &&
         place.y() <= theme::kSpace2 + std::max(kIconSize, fontMetrics().height());
}

void ColumnHeader::mousePressEvent(QMouseEvent* event) {
  const QPoint at = event->position().toPoint();
  if (event->button() == Qt::LeftButton && onIcon(at)) {
    Q_EMIT menuWanted(columnAt(at), event->globalPosition().toPoint());
    return;
  }
  const QPoint place = scrolled(at);
  pressed_ = true;
  press_shift_ = at.x() - place.x();
  QMouseEvent moved(event->type(), place, event->globalPosition(), event->button(), event->buttons(),
                    event->modifiers());
  QHeaderView::mousePressEvent(&moved);
}

void ColumnHeader::mouseMoveEvent(QMouseEvent* event) {
  if (const int column = columnAt(event->position().toPoint()); column != hovered_) {
    hovered_ = column;
    viewport()->update();
  }
  QMouseEvent moved(event->type(), scrolled(event->position().toPoint()), event->globalPosition(),
                    event->button(), event->buttons(), event->modifiers());
  QHeaderView::mouseMoveEvent(&moved);
}

void ColumnHeader::mouseReleaseEvent(QMouseEvent* event) {
  if (!pressed_) return;  // of a press that opened a menu
  QMouseEvent moved(event->type(), scrolled(event->position().toPoint()), event->globalPosition(),
                    event->button(), event->buttons(), event->modifiers());
  pressed_ = false;
  QHeaderView::mouseReleaseEvent(&moved);
}

void ColumnHeader::mouseDoubleClickEvent(QMouseEvent* event) {
  QMouseEvent moved(event->type(), scrolled(event->position().toPoint()), event->globalPosition(),
                    event->button(), event->buttons(), event->modifiers());
  QHeaderView::mouseDoubleClickEvent(&moved);
}

void ColumnHeader::contextMenuEvent(QContextMenuEvent* event) {
  const int column = columnAt(event->pos());
  if (column < 0 || detail_ != Detail::Profile) return;
  Q_EMIT menuWanted(column, event->globalPos());
  event->accept();
}

void ColumnHeader::paintEvent(QPaintEvent* event) {
  QHeaderView::paintEvent(event);
  if (frozen_ == 0 || offset() <= 0) return;
  QPainter painter(viewport());
  int left = 0;
  for (int column = 0; column < frozen_; ++column) {
    if (isSectionHidden(column)) continue;
    const QRect section(left, 0, sectionSize(column), viewport()->height());
    paintSection(&painter, section, column);
    left += section.width();
  }
  painter.setPen(theme::tokens().text2);
  painter.drawLine(left, 0, left, viewport()->height());
}

const ColumnHeader::Column* ColumnHeader::at(int column) const {
  const auto place = static_cast<std::size_t>(column);
  return column >= 0 && place < columns_.size() ? &columns_[place] : nullptr;
}

QString ColumnHeader::description(int column) const {
  const Column* one = at(column);
  if (one == nullptr) return {};
  QStringList lines = {words::toQt(one->info.name), words::toQt(one->info.type)};
  if (one->profile) {
    const double share =
        rows_ == 0 ? 0 : static_cast<double>(one->profile->missing) / static_cast<double>(rows_);
    lines.push_back(
        one->profile->missing == 0
            ? tr("Nothing is missing")
            : tr("%1 missing (%2)").arg(words::count(one->profile->missing), words::percent(share)));
    lines.push_back(tr("%1 distinct values").arg(words::count(one->profile->distinct)));
  }
  if (sort_ && sort_->column == one->info.name)
    lines.push_back(sort_->direction == data::Direction::Ascending ? tr("Sorted, smallest first")
                                                                   : tr("Sorted, largest first"));
  if (filtered_.contains(words::toQt(one->info.name))) lines.push_back(tr("Filtered"));
  if (detail_ == Detail::Profile) lines.push_back(tr("Click to sort; the icon at the left opens the menu"));
  return lines.join('\n');
}

QSize ColumnHeader::sizeHint() const {
  int height = theme::kSpace1 + std::max(kIconSize, fontMetrics().height()) + theme::kSpace1;
  if (room_ == Room::ForProfile) height += kSpreadHeight + theme::kSpace1 + kMissingHeight + theme::kSpace1;
  return {QHeaderView::sizeHint().width(), height};
}

QSize ColumnHeader::sectionSizeFromContents(int column) const {
  const Column* one = at(column);
  if (one == nullptr) return QHeaderView::sectionSizeFromContents(column);
  const int name = fontMetrics().horizontalAdvance(words::toQt(one->info.name));
  const int width = 2 * theme::kSpace2 + kIconSize + theme::kSpace1 + name + theme::kSpace1 + kArrowWidth;
  return {std::clamp(width, kLeastWidth, kMostWidth), sizeHint().height()};
}

void ColumnHeader::paintSection(QPainter* painter, const QRect& rect, int column) const {
  const Column* one = at(column);
  if (one == nullptr || !rect.isValid()) return;
  painter->save();
  paintBack(*painter, rect, column);
  const int line_height = std::max(kIconSize, fontMetrics().height());
  const QRect inside = rect.adjusted(theme::kSpace2, theme::kSpace1, -theme::kSpace2, 0);
  paintTitle(*painter, {inside.left(), inside.top(), inside.width(), line_height}, column);
  if (room_ == Room::ForProfile && one->profile) {
    const int top = inside.top() + line_height + theme::kSpace1;
    paintSpread(*painter, {inside.left(), top, inside.width(), kSpreadHeight}, *one);
    paintMissing(*painter,
                 {inside.left(), top + kSpreadHeight + theme::kSpace1, inside.width(), kMissingHeight}, *one);
  }
  painter->restore();
}

void ColumnHeader::paintBack(QPainter& painter, const QRect& rect, int column) const {
  QStyleOptionHeaderV2 option;
  initStyleOption(&option);
  initStyleOptionForIndex(&option, column);
  const theme::Tokens& tokens = theme::tokens();
  QColor back = tokens.surface;
  if (sectionsClickable() && (option.state & QStyle::State_MouseOver) != 0) back = tokens.window;
  if ((option.state & QStyle::State_Sunken) != 0) back = tokens.line;
  painter.fillRect(rect, back);
  painter.setPen(tokens.line);
  painter.drawLine(rect.topRight(), rect.bottomRight());
  painter.drawLine(rect.bottomLeft(), rect.bottomRight());
  if (column == current_)
    painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), tokens.accent);
}

void ColumnHeader::paintTitle(QPainter& painter, const QRect& line, int column) const {
  const Column& one = *at(column);
  const theme::Tokens& tokens = theme::tokens();
  const QRect icon(line.left(), line.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize);
  const bool filtered = filtered_.contains(words::toQt(one.info.name));
  const bool menu = detail_ == Detail::Profile && column == hovered_;
  const QString shown = menu       ? QStringLiteral("chevron-down")
                        : filtered ? QStringLiteral("filter")
                                   : typeIcon(one.kind);
  painter.drawPixmap(icon, theme::pixmap(shown, filtered || menu ? tokens.accent : tokens.text2, kIconSize,
                                         painter.device()->devicePixelRatioF()));
  const bool sorted = sort_ && sort_->column == one.info.name;
  QRect text = line.adjusted(kIconSize + theme::kSpace1, 0, 0, 0);
  if (sorted) {
    const bool up = sort_->direction == data::Direction::Ascending;
    text.setRight(text.right() - kArrowWidth - theme::kSpace1);
    const QPointF middle(line.right() - kArrowWidth / 2.0, line.center().y() + 0.5);
    const double rise = up ? -3 : 3;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.accent);
    painter.drawPolygon(
        QPolygonF({middle + QPointF(-4.5, -rise), middle + QPointF(4.5, -rise), middle + QPointF(0, rise)}));
  }
  painter.setPen(tokens.text);
  painter.setFont(font());
  const Qt::Alignment side = alignsRight(one.kind) ? Qt::AlignRight : Qt::AlignLeft;
  painter.drawText(text, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                   fontMetrics().elidedText(words::toQt(one.info.name), Qt::ElideRight, text.width()));
}

void ColumnHeader::paintSpread(QPainter& painter, const QRect& area, const Column& column) const {
  std::vector<std::int64_t> counts;
  if (column.profile->histogram) {
    counts = column.profile->histogram->counts;
  } else {
    for (const data::TopValue& value : column.profile->top) counts.push_back(value.count);
  }
  const std::int64_t most = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
  if (most <= (column.profile->histogram ? 0 : 1)) return;  // names that come once each say nothing
  // Text has its most frequent values side by side: words, not an axis, hence a gap between them.
  const double gap = column.profile->histogram ? 0.5 : 2;
  const double width = std::min(area.width() / static_cast<double>(counts.size()), 24.0);
  QColor colour = theme::seriesColor(column.profile->histogram ? 0 : 7);
  colour.setAlphaF(column.profile->histogram ? 0.75F : 0.45F);
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const double height =
        std::max(1.0, std::round(area.height() * static_cast<double>(counts[i]) / static_cast<double>(most)));
    painter.fillRect(QRectF(area.left() + static_cast<double>(i) * width, area.bottom() + 1 - height,
                            std::max(1.0, width - gap), height),
                     colour);
  }
}

void ColumnHeader::paintMissing(QPainter& painter, const QRect& area, const Column& column) const {
  painter.fillRect(area, theme::tokens().line);
  if (rows_ == 0 || column.profile->missing == 0) return;
  const double share = static_cast<double>(column.profile->missing) / static_cast<double>(rows_);
  const int width = std::max(2, static_cast<int>(std::lround(area.width() * share)));
  painter.fillRect(QRect(area.left(), area.top(), width, area.height()), theme::tokens().warn);
}

bool ColumnHeader::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), description(columnAt(help->pos())), viewport());
    return true;
  }
  if (event->type() == QEvent::Leave) {
    hovered_ = -1;
    viewport()->update();
  }
  if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverMove) {
    const auto* hover = static_cast<QHoverEvent*>(event);
    QHoverEvent moved(event->type(), scrolled(hover->position().toPoint()), hover->globalPosition(),
                      hover->oldPosF(), hover->modifiers());
    return QHeaderView::viewportEvent(&moved);
  }
  return QHeaderView::viewportEvent(event);
}

}  // namespace lodestone::tables
