// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/completion_popup.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kRows = 9;
constexpr int kLeastWidth = 180;
constexpr int kDetailRole = Qt::UserRole + 1;

QFont wordFont() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPixelSize(theme::font(theme::Role::Body).pixelSize());
  return font;
}

/// The word, and what it is beside it.
class Rows : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
    const int words = QFontMetrics(wordFont()).horizontalAdvance(index.data().toString());
    const int detail =
        QFontMetrics(theme::font(theme::Role::Caption)).horizontalAdvance(index.data(kDetailRole).toString());
    return {words + detail + (detail > 0 ? theme::kSpace4 : 0) + 2 * theme::kSpace2, theme::kTableRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const theme::Tokens& tokens = theme::tokens();
    if (option.state.testFlag(QStyle::State_Selected)) {
      QColor back = tokens.accent;
      back.setAlphaF(0.18F);
      painter->fillRect(option.rect, back);
    }
    const QRect inside = option.rect.adjusted(theme::kSpace2, 0, -theme::kSpace2, 0);
    const QString word = index.data().toString();
    painter->setFont(wordFont());
    painter->setPen(tokens.text);
    painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, word);
    const int taken = QFontMetrics(wordFont()).horizontalAdvance(word) + theme::kSpace4;
    painter->setFont(theme::font(theme::Role::Caption));
    painter->setPen(tokens.text2);
    const QRect room = inside.adjusted(taken, 0, 0, 0);
    painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                      QFontMetrics(painter->font())
                          .elidedText(index.data(kDetailRole).toString(), Qt::ElideRight, room.width()));
  }
};

}  // namespace

CompletionPopup::CompletionPopup(QWidget* window) : QListView(window), rows_(new QStandardItemModel(this)) {
  setObjectName("completions");
  setModel(rows_);
  setItemDelegate(new Rows(this));
  setFocusPolicy(Qt::NoFocus);
  setEditTriggers(NoEditTriggers);
  setUniformItemSizes(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  words::say(this, [this] { setAccessibleName(tr("What fits here")); });
  hide();
}

void CompletionPopup::show(const Completions& completions, const QRect& place, bool choose) {
  completions_ = completions;
  rows_->clear();
  int width = kLeastWidth;
  for (const Completion& one : completions_.items) {
    auto* item = new QStandardItem(one.shown);
    item->setData(one.detail, kDetailRole);
    item->setToolTip(one.help);
    item->setAccessibleDescription(one.detail);
    rows_->appendRow(item);
    width = std::max(width, itemDelegate()->sizeHint({}, item->index()).width());
  }
  if (completions_.items.empty()) {
    hide();
    return;
  }
  const QSize room = parentWidget()->size();
  const int rows = std::min(kRows, static_cast<int>(completions_.items.size()));
  const int height = rows * theme::kTableRowHeight + 2 * frameWidth();
  width = std::min(width + 2 * frameWidth() + theme::kSpace5, room.width() * 3 / 5);
  const bool below = place.bottom() + height <= room.height() || place.top() < height;
  setGeometry(std::clamp(place.left(), 0, std::max(0, room.width() - width)),
              below ? place.bottom() + 1 : place.top() - height - 1, width, height);
  if (choose)
    setCurrentIndex(rows_->index(0, 0));
  else
    setCurrentIndex({});
  scrollToTop();
  setVisible(true);
  raise();
}

void CompletionPopup::move(int by) {
  const int last = rows_->rowCount() - 1;
  const int now = currentIndex().isValid() ? currentIndex().row() : by > 0 ? -1 : last + 1;
  const int next = now + by < 0 ? (by == -1 ? last : 0) : now + by > last ? (by == 1 ? 0 : last) : now + by;
  setCurrentIndex(rows_->index(next, 0));
}

void CompletionPopup::accept() {
  const int row = std::max(0, currentIndex().row());
  hide();
  if (static_cast<std::size_t>(row) < completions_.items.size())
    Q_EMIT accepted(completions_.items[static_cast<std::size_t>(row)]);
}

bool CompletionPopup::takeKey(const QKeyEvent& event) {
  if (!isVisible() || (event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) return false;
  switch (event.key()) {
    case Qt::Key_Down:
      move(1);
      return true;
    case Qt::Key_Up:
      move(-1);
      return true;
    case Qt::Key_PageDown:
      move(kRows);
      return true;
    case Qt::Key_PageUp:
      move(-kRows);
      return true;
    case Qt::Key_Escape:
      hide();
      return true;
    case Qt::Key_Tab:
      accept();
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (!currentIndex().isValid()) return false;
      accept();
      return true;
    default:
      return false;
  }
}

void CompletionPopup::mousePressEvent(QMouseEvent* event) {
  QListView::mousePressEvent(event);
  if (currentIndex().isValid()) accept();
}

}  // namespace lodestone::pages
