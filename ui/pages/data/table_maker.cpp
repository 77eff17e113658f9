// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/table_maker.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

TableMaker::TableMaker(jobs::Jobs& jobs, QWidget* parent) : QWidget(parent), jobs_(jobs) {
  summary_ = theme::label(theme::Role::Caption, this);
  summary_->setObjectName("makeSummary");
  name_label_ = new QLabel(this);
  name_ = new QLineEdit(this);
  name_->setObjectName("makeName");
  name_->setMaxLength(120);
  name_label_->setBuddy(name_);
  replace_ = new QCheckBox(this);
  replace_->setObjectName("makeReplace");
  progress_ = new QProgressBar(this);
  progress_->setObjectName("makeProgress");
  progress_->setRange(0, 100);
  progress_->setTextVisible(false);
  progress_->setMaximumWidth(160);
  progress_->hide();
  cancel_ = new QPushButton(this);
  cancel_->setObjectName("makeCancel");
  cancel_->hide();
  make_ = new QPushButton(this);
  make_->setObjectName("makeStart");
  widgets::makePrimary(make_);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(theme::kSpace2);
  layout->addWidget(summary_, 1);
  for (QWidget* part :
       {static_cast<QWidget*>(progress_), static_cast<QWidget*>(name_label_), static_cast<QWidget*>(name_),
        static_cast<QWidget*>(replace_), static_cast<QWidget*>(cancel_), static_cast<QWidget*>(make_)})
    layout->addWidget(part);
  connect(name_, &QLineEdit::textEdited, this, [this] { check(); });
  connect(name_, &QLineEdit::returnPressed, this, [this] {
    if (make_->isEnabled()) Q_EMIT wanted();
  });
  connect(make_, &QPushButton::clicked, this, &TableMaker::wanted);
  connect(cancel_, &QPushButton::clicked, this, [this] { jobs_.cancel(running_); });
  connect(&jobs_, &jobs::Jobs::progressed, this, [this](jobs::JobId id) {
    const auto* view = id == running_ && running_ != 0 ? jobs_.view(id) : nullptr;
    if (view != nullptr) progress_->setValue(static_cast<int>(view->fraction * 100));
  });
  words::say(this, [this] {
    name_label_->setText(tr("New table"));
    name_->setAccessibleName(tr("Name of the new table"));
    replace_->setText(tr("Replace"));
    replace_->setToolTip(tr("A table of this name is replaced: its rows are gone then"));
    progress_->setAccessibleName(tr("Progress"));
    cancel_->setText(tr("Cancel"));
    check();
  });
}

void TableMaker::suggest(const QString& name) {
  name_->setText(name);
  replace_->setChecked(false);
  check();
}

void TableMaker::setSummary(const QString& text) {
  summary_->setText(text);
}

void TableMaker::setButton(const QString& text) {
  make_->setText(text);
}

void TableMaker::setObjection(const QString& reason) {
  objection_ = reason;
  check();
}

data::NewTable TableMaker::target() const {
  return {words::toUtf8(name_->text().trimmed()), replace_->isChecked()};
}

void TableMaker::begun() {
  progress_->setValue(0);
  progress_->show();
  cancel_->show();
  check();
}

void TableMaker::ended() {
  running_ = 0;
  progress_->hide();
  cancel_->hide();
  check();
}

void TableMaker::check() {
  QString reason = objection_;
  if (reason.isEmpty() && name_->text().trimmed().isEmpty()) reason = tr("The table needs a name");
  if (running_ != 0) reason = tr("It is being made");
  widgets::enableOrSay(make_, reason);
}

}  // namespace lodestone::pages
