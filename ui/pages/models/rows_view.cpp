// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/rows_view.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/pages/models/model_words.h"
#include "ui/tables/data_table.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

RowsView::RowsView(studio::Studio& studio, QWidget* parent)
    : QWidget(parent),
      studio_(studio),
      protocol_(theme::label(theme::Role::Body, this)),
      notice_(new widgets::Notice(this)),
      table_(new tables::DataTable(studio.jobs(), this)),
      reading_(studio.jobs()) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, theme::kSpace3, 0, 0);
  column->setSpacing(theme::kSpace3);
  protocol_->setWordWrap(true);
  column->addWidget(protocol_);
  column->addWidget(notice_);
  table_->setObjectName("held_out_rows");
  table_->expectProfile(false);
  column->addWidget(table_, 1);
  connect(table_, &tables::DataTable::failed, notice_, &widgets::Notice::showError);
  words::say(this, [this] { showTexts(); });
}

RowsView::~RowsView() = default;

void RowsView::setModel(const ModelDataPointer& model) {
  const bool other = !data_ || !model || model->record.id != data_->record.id;
  data_ = model;
  showTexts();
  if (!other) return;
  reading_.stop();
  loaded_.clear();
  problem_.reset();
  notice_->clear();
  table_->clear();
  if (isVisible()) load();
}

void RowsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  load();
}

void RowsView::load() {
  const auto project = studio_.project();
  if (!data_ || !project || loaded_ == data_->record.id) return;
  loaded_ = data_->record.id;
  reading_.start(
      this, {.title = tr("Held-out rows of %1").arg(words::toQt(loaded_))},
      [project, model = loaded_](JobContext& job) { return pipeline::heldOutTable(*project, model, job); },
      [this, project](const Result<data::TableName>& table) {
        if (table) return table_->setTable(project, *table);
        // Shown again, it is tried again.
        loaded_.clear();
        if (table.error().code == ErrorCode::Cancelled) return;
        problem_ = table.error();
        notice_->showError(*problem_);
      });
}

void RowsView::showTexts() {
  table_->setAccessibleName(tr("Held-out rows with their scores"));
  if (!data_) return;
  protocol_->setText(protocol(data_->record) + " " +
                     tr("Best score first; lodestone_score is the model's, lodestone_baseline the "
                        "baseline's, lodestone_outcome is 1 "
                        "for “%1”.")
                         .arg(positiveWord(data_->record)));
  if (problem_ && notice_->isVisibleTo(this)) notice_->showError(*problem_);
}

}  // namespace lodestone::pages
