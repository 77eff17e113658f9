// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/find_bar.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::tables {
namespace {

constexpr int kTypingMs = 200;
constexpr int kLeastCharacters = 22;
constexpr int kShownColumn = 24;

}  // namespace

FindBar::FindBar(QWidget* parent) : QFrame(parent) {
  setObjectName("findBar");
  const auto button = [this](const char* name, const char* icon) {
    auto* made = new QToolButton(this);
    made->setObjectName(name);
    made->setIcon(theme::icon(icon));
    return made;
  };
  edit_ = new QLineEdit(this);
  edit_->setObjectName("findText");
  edit_->setClearButtonEnabled(true);
  edit_->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
  edit_->setMinimumWidth(edit_->fontMetrics().averageCharWidth() * kLeastCharacters);
  edit_->setMaximumWidth(2 * edit_->minimumWidth());
  edit_->installEventFilter(this);
  previous_ = button("findPrevious", "sort-up");
  next_ = button("findNext", "sort-down");
  one_column_ = new QCheckBox(this);
  one_column_->setObjectName("findOneColumn");
  result_ = theme::label(theme::Role::Caption, this);
  result_->setObjectName("findResult");
  close_ = button("findClose", "close");
  typing_ = new QTimer(this);
  typing_->setSingleShot(true);
  typing_->setInterval(kTypingMs);
  auto* line = new QHBoxLayout(this);
  line->setContentsMargins(theme::kSpace2, theme::kSpace1, theme::kSpace2, theme::kSpace1);
  line->setSpacing(theme::kSpace2);
  line->addWidget(edit_, 1);
  line->addWidget(previous_);
  line->addWidget(next_);
  line->addWidget(one_column_);
  line->addWidget(result_);
  line->addStretch(1);
  line->addWidget(close_);
  connect(edit_, &QLineEdit::textChanged, typing_, qOverload<>(&QTimer::start));
  connect(typing_, &QTimer::timeout, this, &FindBar::textChanged);
  connect(one_column_, &QCheckBox::toggled, this, &FindBar::textChanged);
  connect(previous_, &QToolButton::clicked, this, &FindBar::previousWanted);
  connect(next_, &QToolButton::clicked, this, &FindBar::nextWanted);
  connect(close_, &QToolButton::clicked, this, &FindBar::close);
  words::say(this, [this] { say(); });
  hide();
}

void FindBar::say() {
  setAccessibleName(tr("Find in the table"));
  edit_->setPlaceholderText(tr("Find in the cells"));
  edit_->setAccessibleName(tr("Text to find"));
  previous_->setAccessibleName(tr("Previous cell"));
  previous_->setToolTip(tr("Previous cell (Shift+F3)"));
  next_->setAccessibleName(tr("Next cell"));
  next_->setToolTip(tr("Next cell (F3 or Enter)"));
  close_->setAccessibleName(tr("Close the search"));
  close_->setToolTip(tr("Close the search (Esc)"));
  setColumn(column_);
  sayResult();
}

void FindBar::open() {
  show();
  edit_->setFocus();
  edit_->selectAll();
}

void FindBar::close() {
  typing_->stop();
  hide();
  Q_EMIT closed();
}

QString FindBar::text() const {
  return edit_->text();
}

bool FindBar::oneColumn() const {
  return one_column_->isChecked();
}

void FindBar::setColumn(const QString& column) {
  column_ = column;
  QString shown = column.size() > kShownColumn ? column.left(kShownColumn) + "…" : column;
  one_column_->setText(tr("Only in %1").arg(shown.replace("&", "&&")));
}

void FindBar::tell(Told told) {
  told_ = told;
  const bool missed = told == Told::NotFound;
  if (edit_->property("invalid").toBool() != missed) {
    edit_->setProperty("invalid", missed);
    edit_->style()->unpolish(edit_);
    edit_->style()->polish(edit_);
  }
  sayResult();
}

void FindBar::sayNothing() {
  tell(Told::Nothing);
}

void FindBar::saySearching() {
  tell(Told::Searching);
}

void FindBar::sayNotFound() {
  tell(Told::NotFound);
}

void FindBar::sayFound(std::optional<std::int64_t> position, std::int64_t rows) {
  position_ = position;
  rows_ = rows;
  tell(Told::Found);
}

void FindBar::sayResult() {
  switch (told_) {
    case Told::Nothing:
      result_->clear();
      break;
    case Told::Searching:
      result_->setText(tr("Searching…"));
      break;
    case Told::NotFound:
      result_->setText(tr("Not found"));
      break;
    case Told::Found:
      result_->setText(position_
                           ? tr("Row %1 of %2 with it").arg(words::count(*position_), words::count(rows_))
                           : tr("Counting…"));
      break;
  }
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == edit_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
      // What was typed and not looked for yet is looked for now.
      const bool waiting = typing_->isActive();
      typing_->stop();
      if (waiting)
        Q_EMIT textChanged();
      else if ((key->modifiers() & Qt::ShiftModifier) != 0)
        Q_EMIT previousWanted();
      else
        Q_EMIT nextWanted();
      return true;
    }
  }
  return QFrame::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    close();
    event->accept();
    return;
  }
  QFrame::keyPressEvent(event);
}

}  // namespace lodestone::tables
