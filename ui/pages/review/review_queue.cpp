// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_queue.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/pages/review/queue_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

namespace {

constexpr std::array<const char*, 4> kChipNames{"filterWaiting", "filterChangesRequested", "filterApproved",
                                                "filterAll"};

}  // namespace

ReviewQueue::ReviewQueue(QWidget* parent)
    : QWidget(parent),
      model_(new QueueModel(this)),
      list_(new QListView),
      stack_(new QStackedWidget),
      none_(theme::label(theme::Role::Body)),
      show_all_(new QPushButton) {
  setObjectName("reviewQueue");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(theme::kSpace4, theme::kSpace3, theme::kSpace4, theme::kSpace4);
  layout->setSpacing(theme::kSpace2);
  auto* chips = new QGridLayout;
  chips->setSpacing(theme::kSpace1);
  auto* group = new QButtonGroup(this);
  for (std::size_t i = 0; i < chips_.size(); ++i) {
    chips_[i] = new QPushButton;
    chips_[i]->setObjectName(kChipNames[i]);
    chips_[i]->setCheckable(true);
    group->addButton(chips_[i]);
    chips->addWidget(chips_[i], static_cast<int>(i) / 2, static_cast<int>(i) % 2);
    connect(chips_[i], &QPushButton::clicked, this, [this, i] { setFilter(static_cast<QueueFilter>(i)); });
  }
  layout->addLayout(chips);

  list_->setObjectName("queueList");
  list_->setModel(model_);
  list_->setItemDelegate(new QueueDelegate(list_));
  list_->setVerticalScrollMode(QListView::ScrollPerPixel);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setResizeMode(QListView::Adjust);
  list_->setFrameShape(QFrame::NoFrame);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& index) {
            if (!restoring_ && index.isValid()) makeCurrent(index.data(QueueModel::IdRole).toString());
          });
  auto* nothing = new QWidget;
  auto* nothing_layout = new QVBoxLayout(nothing);
  none_->setWordWrap(true);
  none_->setAlignment(Qt::AlignCenter);
  show_all_->setObjectName("showAllStrategies");
  connect(show_all_, &QPushButton::clicked, this, [this] { setFilter(QueueFilter::All); });
  nothing_layout->addStretch(1);
  nothing_layout->addWidget(none_);
  nothing_layout->addWidget(show_all_, 0, Qt::AlignHCenter);
  nothing_layout->addStretch(2);
  stack_->addWidget(list_);
  stack_->addWidget(nothing);
  layout->addWidget(stack_, 1);

  words::say(this, [this] {
    list_->setAccessibleName(tr("Strategies to review"));
    list_->setToolTip({});
    show_all_->setText(tr("Show all"));
    showChips();
    model_->refresh();
  });
  connect(&theme::notifier(), &theme::Notifier::changed, this, [this] { list_->doItemsLayout(); });
}

QWidget* ReviewQueue::list() const {
  return list_;
}

void ReviewQueue::showChips() {
  const std::array<QString, 4> texts{tr("Waiting"), tr("Changes"), tr("Approved"), tr("All")};
  const std::array<QString, 4> tips{tr("Strategies in review that wait for a decision"),
                                    tr("Strategies that were sent back with changes requested"),
                                    tr("Strategies that were approved, exported or measured"),
                                    tr("All strategies, by state")};
  for (std::size_t i = 0; i < chips_.size(); ++i) {
    const QString count = words::count(model_->countOf(static_cast<QueueFilter>(i)));
    chips_[i]->setText(texts[i] + "  " + count);
    chips_[i]->setToolTip(tips[i]);
    chips_[i]->setAccessibleName(tips[i] + ": " + count);
    chips_[i]->setChecked(static_cast<std::size_t>(model_->filter()) == i);
  }
  const QString none = model_->filter() == QueueFilter::Waiting ? tr("Nothing waits for review.")
                                                                : tr("No strategy is in this state.");
  none_->setText(none);
  stack_->setCurrentIndex(model_->rowCount() > 0 ? 0 : 1);
}

void ReviewQueue::setFilter(QueueFilter filter) {
  restoring_ = true;
  model_->setFilter(filter);
  restoring_ = false;
  restore();
  showChips();
}

void ReviewQueue::setStrategies(std::vector<project::StrategyVersion> strategies) {
  restoring_ = true;
  model_->setStrategies(std::move(strategies));
  restoring_ = false;
  restore();
  showChips();
}

/// What was selected stays what the page is about, even where the filter hides it now.
void ReviewQueue::restore() {
  int row = model_->rowOf(current_);
  if (row < 0 && model_->strategy(current_) == nullptr)
    for (row = 0; row < model_->rowCount() && model_->isHeading(row);) ++row;
  restoring_ = true;
  if (row >= 0 && row < model_->rowCount()) {
    list_->setCurrentIndex(model_->index(row));
    list_->scrollTo(model_->index(row));
  }
  restoring_ = false;
  const QString now = list_->currentIndex().data(QueueModel::IdRole).toString();
  if (model_->strategies().empty())
    makeCurrent({});
  else if (!now.isEmpty())
    makeCurrent(now);
}

void ReviewQueue::select(const QString& id) {
  if (model_->strategy(id) == nullptr) return;
  if (model_->rowOf(id) < 0) setFilter(QueueFilter::All);
  list_->setCurrentIndex(model_->index(model_->rowOf(id)));
  list_->scrollTo(list_->currentIndex());
}

void ReviewQueue::step(int by) {
  int row = list_->currentIndex().row();
  do {
    row += by;
  } while (model_->isHeading(row));
  if (row >= 0 && row < model_->rowCount()) list_->setCurrentIndex(model_->index(row));
}

void ReviewQueue::makeCurrent(const QString& id) {
  if (id == current_) return;
  current_ = id;
  Q_EMIT currentChanged(id);
}

}  // namespace lodestone::pages
