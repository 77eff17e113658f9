// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/strategies/strategy_cards.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/pages/strategies/strategy_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr int kCardWidth = 270;

}  // namespace

StrategyCards::StrategyCards(QWidget* parent) : QWidget(parent) {
  setObjectName("strategyCards");
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, theme::kSpace2, theme::kSpace2);
  column->setSpacing(theme::kSpace3);
  auto* grid = new QWidget;
  flow_ = new widgets::FlowLayout(grid, kCardWidth);
  column->addWidget(grid);
  more_ = theme::label(theme::Role::Caption);
  more_->setWordWrap(true);
  more_->hide();
  column->addWidget(more_);
  column->addStretch();
  area_ = qobject_cast<QScrollArea*>(widgets::scrolled(content, "strategyCardsScroll"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(area_);
  words::say(this, [this] {
    area_->setAccessibleName(tr("Strategies as cards"));
    more_->setText(tr("The first %1 of %2. Search, filter, or take the table to see the others.")
                       .arg(words::count(kMostCards), words::count(all_)));
  });
}

void StrategyCards::setStrategies(const std::vector<project::StrategyVersion>& strategies,
                                  const SharedAxes& axes) {
  setUpdatesEnabled(false);
  while (QLayoutItem* item = flow_->takeAt(0)) delete item;
  const QStringList before = std::exchange(order_, {});
  for (const auto& strategy : strategies) {
    if (order_.size() == kMostCards) break;
    const QString id = words::toQt(strategy.id);
    StrategyCard* made = cardFor(id);
    made->setStrategy(strategy, axes);
    made->setFresh(fresh_.contains(id));
    flow_->addWidget(made);
    order_.append(id);
  }
  for (auto it = cards_.begin(); it != cards_.end(); ++it) it.value()->setVisible(order_.contains(it.key()));
  all_ = static_cast<int>(strategies.size());
  more_->setVisible(all_ > order_.size());
  more_->setText(tr("The first %1 of %2. Search, filter, or take the table to see the others.")
                     .arg(words::count(kMostCards), words::count(all_)));
  // In the order that Tab takes.
  for (qsizetype i = 1; i < order_.size(); ++i) setTabOrder(card(order_[i - 1]), card(order_[i]));
  showSelection();
  if (order_ != before) reveal();
  setUpdatesEnabled(true);
}

StrategyCard* StrategyCards::cardFor(const QString& id) {
  StrategyCard*& made = cards_[id];
  if (made != nullptr) return made;
  made = new StrategyCard(flow_->parentWidget());
  made->installEventFilter(this);
  connect(made, &widgets::Card::pressed, this, [this, made] { pressed(made); });
  connect(made, &widgets::Card::opened, this, [this, made] { Q_EMIT opened(made->id()); });
  return made;
}

void StrategyCards::setFresh(const QSet<QString>& ids) {
  fresh_ = ids;
  for (auto it = cards_.begin(); it != cards_.end(); ++it) it.value()->setFresh(fresh_.contains(it.key()));
}

void StrategyCards::clear() {
  qDeleteAll(cards_);
  cards_.clear();
  order_.clear();
  fresh_.clear();
  current_.clear();
  second_.clear();
  all_ = 0;
  more_->hide();
}

void StrategyCards::select(const QString& id) {
  if (id == current_) return;
  current_ = id;
  second_.clear();
  showSelection();
  reveal();
  Q_EMIT currentIdChanged(id);
}

void StrategyCards::reveal() {
  // The layout places the cards when the window is free again.
  QTimer::singleShot(0, this, [this] {
    StrategyCard* shown = card(current_);
    if (shown == nullptr || !shown->isVisible()) return;
    area_->ensureWidgetVisible(shown);
    // Of a card higher than the room, the head is what tells which it is.
    QScrollBar* bar = area_->verticalScrollBar();
    const int top = shown->mapTo(area_->widget(), QPoint()).y();
    if (top < bar->value() || shown->height() > area_->viewport()->height()) bar->setValue(top);
  });
}

QStringList StrategyCards::selectedIds() const {
  QStringList ids;
  if (!current_.isEmpty()) ids.append(current_);
  if (!second_.isEmpty()) ids.append(second_);
  return ids;
}

void StrategyCards::focusCurrent() {
  StrategyCard* shown = card(current_.isEmpty() && !order_.isEmpty() ? order_.front() : current_);
  if (shown != nullptr) shown->setFocus(Qt::OtherFocusReason);
}

void StrategyCards::pressed(StrategyCard* pressed_card) {
  const QString id = pressed_card->id();
  const bool with_control = QGuiApplication::keyboardModifiers().testFlag(Qt::ControlModifier);
  if (with_control && !current_.isEmpty() && id != current_) {
    second_ = second_ == id ? QString() : id;
    showSelection();
    return;
  }
  if (id == current_ && !second_.isEmpty()) {
    second_.clear();
    showSelection();
  }
  select(id);
}

void StrategyCards::showSelection() {
  for (auto it = cards_.begin(); it != cards_.end(); ++it) {
    it.value()->setSelected(it.key() == current_ || it.key() == second_);
    // One stop for Tab: the arrow keys go on from there.
    const bool stop = it.key() == current_ ||
                      (!order_.contains(current_) && !order_.isEmpty() && it.key() == order_.front());
    it.value()->setFocusPolicy(stop ? Qt::StrongFocus : Qt::ClickFocus);
  }
}

bool StrategyCards::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    switch (key->key()) {
      case Qt::Key_Left:
      case Qt::Key_Right:
      case Qt::Key_Up:
      case Qt::Key_Down:
      case Qt::Key_Home:
      case Qt::Key_End:
        if (!plain) break;
        move(qobject_cast<StrategyCard*>(watched), key->key());
        return true;
      default:
        break;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void StrategyCards::move(StrategyCard* from, int key) {
  if (from == nullptr || order_.isEmpty()) return;
  const qsizetype at = order_.indexOf(from->id());
  qsizetype to = at;
  if (key == Qt::Key_Left) to = at - 1;
  if (key == Qt::Key_Right) to = at + 1;
  if (key == Qt::Key_Home) to = 0;
  if (key == Qt::Key_End) to = order_.size() - 1;
  if (key == Qt::Key_Up || key == Qt::Key_Down) {
    // The card beneath or above is the one as many places on as a row holds.
    qsizetype columns = 0;
    while (columns < order_.size() && card(order_[columns])->y() == card(order_.front())->y()) ++columns;
    to = key == Qt::Key_Up ? at - columns : at + columns;
    if (to >= order_.size() && at / columns < (order_.size() - 1) / columns) to = order_.size() - 1;
  }
  if (to < 0 || to >= order_.size() || to == at) return;
  select(order_[to]);
  card(order_[to])->setFocus(Qt::OtherFocusReason);
}

}  // namespace lodestone::pages
