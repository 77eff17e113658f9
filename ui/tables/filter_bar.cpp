// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/filter_bar.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/tables/filter_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr auto kCondition = "lodestone_condition";
constexpr int kWidestChip = 420;

}  // namespace

FilterBar::FilterBar(QWidget* parent) : QWidget(parent) {
  setObjectName("filterBar");
  chips_ = new QWidget(this);
  layout_ = new widgets::WrapLayout(chips_);
  count_ = theme::label(theme::Role::Caption, this);
  count_->setObjectName("filterCount");
  clear_ = new QPushButton(this);
  clear_->setObjectName("filterClear");
  clear_->setProperty("kind", "flat");
  auto* line = new QHBoxLayout(this);
  line->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  line->setSpacing(theme::kSpace2);
  line->addWidget(chips_, 1);
  line->addWidget(count_, 0, Qt::AlignTop | Qt::AlignRight);
  line->addWidget(clear_, 0, Qt::AlignTop);
  connect(clear_, &QPushButton::clicked, this, &FilterBar::clearWanted);
  words::say(this, [this] {
    setAccessibleName(tr("Filters in effect"));
    clear_->setText(tr("Show all rows"));
    clear_->setToolTip(tr("Remove all filters"));
    fill();
  });
  hide();
}

void FilterBar::setFilter(const data::RowFilter& filter, std::int64_t rows, std::int64_t table_rows) {
  filter_ = filter;
  rows_ = rows;
  table_rows_ = table_rows;
  fill();
  setVisible(!filter_.empty());
}

void FilterBar::fill() {
  widgets::clearLayout(layout_);
  for (std::size_t i = 0; i < filter_.conditions.size(); ++i)
    layout_->addWidget(chip(FilterWords::condition(filter_.conditions[i]), static_cast<int>(i)));
  if (!filter_.expression.empty()) layout_->addWidget(chip(words::toQt(filter_.expression).simplified(), -1));
  count_->setText(tr("%1 of %2 rows").arg(words::count(rows_), words::count(table_rows_)));
  count_->setContentsMargins(0, theme::kSpace2, 0, 0);
  chips_->updateGeometry();
}

QWidget* FilterBar::chip(const QString& text, int condition) {
  auto* frame = new QFrame(chips_);
  frame->setProperty("surface", "card");
  auto* edit = new QPushButton(frame);
  edit->setObjectName("filterChip");
  edit->setProperty("kind", "flat");
  edit->setProperty(kCondition, condition);
  edit->setMaximumWidth(kWidestChip);
  edit->setText(edit->fontMetrics()
                    .elidedText(text, Qt::ElideRight, kWidestChip - 2 * theme::kSpace2)
                    .replace("&", "&&"));
  edit->setAccessibleName(tr("Change the filter: %1").arg(text));
  edit->setToolTip(tr("Change the filter; Delete removes it"));
  edit->installEventFilter(this);
  auto* remove = new QToolButton(frame);
  remove->setObjectName("filterChipRemove");
  remove->setIcon(theme::icon("close"));
  remove->setIconSize({12, 12});
  remove->setAccessibleName(tr("Remove the filter: %1").arg(text));
  remove->setToolTip(tr("Remove this filter"));
  connect(edit, &QPushButton::clicked, this, [this, condition] { Q_EMIT editWanted(condition); });
  connect(remove, &QToolButton::clicked, this, [this, condition] { Q_EMIT removeWanted(condition); });
  auto* line = new QHBoxLayout(frame);
  line->setContentsMargins(0, 0, 2, 0);
  line->setSpacing(0);
  line->addWidget(edit);
  line->addWidget(remove);
  return frame;
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
      Q_EMIT removeWanted(watched->property(kCondition).toInt());
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace lodestone::tables
