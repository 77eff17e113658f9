// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/column_list_edit.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/parameter.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::forms {

ColumnListEdit::ColumnListEdit(QWidget* parent)
    : QWidget(parent),
      line_(new QLineEdit(this)),
      button_(new QToolButton(this)),
      popup_(new QFrame(this, Qt::Popup)),
      search_(new QLineEdit(popup_)),
      list_(new QListWidget(popup_)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(theme::kSpace1);
  row->addWidget(line_, 1);
  row->addWidget(button_);
  setFocusProxy(line_);
  line_->setObjectName("column_list_text");
  line_->setMinimumWidth(0);
  button_->setObjectName("column_list_button");
  button_->setIcon(theme::icon("list"));
  button_->setFocusPolicy(Qt::StrongFocus);
  popup_->setObjectName("column_list_popup");
  popup_->setFrameShape(QFrame::StyledPanel);
  search_->setObjectName("column_list_search");
  search_->setClearButtonEnabled(true);
  list_->setObjectName("column_list_list");
  list_->setUniformItemSizes(true);
  list_->setSpacing(theme::kSpace1 / 2);
  auto* inside = new QVBoxLayout(popup_);
  inside->setContentsMargins(theme::kSpace2, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  inside->setSpacing(theme::kSpace2);
  inside->addWidget(search_);
  inside->addWidget(list_);
  for (QObject* watched :
       {static_cast<QObject*>(line_), static_cast<QObject*>(search_), static_cast<QObject*>(list_)})
    watched->installEventFilter(this);
  connect(button_, &QToolButton::clicked, this, &ColumnListEdit::openList);
  connect(line_, &QLineEdit::editingFinished, this, &ColumnListEdit::edited);
  connect(search_, &QLineEdit::textChanged, this, &ColumnListEdit::filter);
  connect(list_, &QListWidget::itemChanged, this, &ColumnListEdit::takeTicks);
  words::say(this, [this] {
    button_->setToolTip(tr("Tick columns in a list (Alt+Down)"));
    button_->setAccessibleName(tr("Choose columns"));
    search_->setPlaceholderText(tr("Find a column"));
    search_->setAccessibleName(search_->placeholderText());
    list_->setAccessibleName(tr("Columns"));
  });
}

void ColumnListEdit::setColumns(const QStringList& columns) {
  columns_ = columns;
  button_->setEnabled(!columns.isEmpty() && !line_->isReadOnly());
}

void ColumnListEdit::setText(const QString& text) {
  line_->setText(text);
}

QString ColumnListEdit::text() const {
  return line_->text().trimmed();
}

QStringList ColumnListEdit::chosen() const {
  QStringList columns;
  for (const std::string& column : splitList(words::toUtf8(line_->text()))) columns += words::toQt(column);
  return columns;
}

void ColumnListEdit::setChosen(const QStringList& columns) {
  std::vector<std::string> names;
  for (const QString& column : columns) names.push_back(words::toUtf8(column));
  line_->setText(words::toQt(joinList(names)));
}

void ColumnListEdit::setReadOnly(bool read_only) {
  line_->setReadOnly(read_only);
  button_->setEnabled(!columns_.isEmpty() && !read_only);
}

void ColumnListEdit::setPlaceholderText(const QString& text) {
  line_->setPlaceholderText(text);
}

void ColumnListEdit::fillList() {
  const QSignalBlocker quiet(list_);
  list_->clear();
  const QStringList now = chosen();
  for (const QString& column : columns_) {
    auto* item = new QListWidgetItem(column, list_);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(now.contains(column) ? Qt::Checked : Qt::Unchecked);
    item->setToolTip(column);
  }
}

void ColumnListEdit::openList() {
  if (!button_->isEnabled()) return;
  search_->clear();
  fillList();
  if (list_->count() > 0) list_->setCurrentRow(0);
  constexpr int kMostRows = 12;
  const int rows = std::clamp(list_->count(), 3, kMostRows);
  const int row_height = std::max(list_->sizeHintForRow(0) + 2 * list_->spacing(), theme::kTableRowHeight);
  list_->setFixedHeight(rows * row_height + 2 * list_->frameWidth());
  popup_->setMinimumWidth(width());
  popup_->adjustSize();
  const QRect room = screen()->availableGeometry();
  QPoint at = mapToGlobal(QPoint(0, height()));
  if (at.y() + popup_->height() > room.bottom()) at.setY(mapToGlobal(QPoint(0, 0)).y() - popup_->height());
  at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - popup_->width())));
  popup_->move(at);
  popup_->show();
  search_->setFocus();
}

void ColumnListEdit::takeTicks() {
  QStringList columns;
  for (const QString& before : chosen())
    if (!columns_.contains(before)) columns += before;  // typed, and not among those that are offered
  for (int row = 0; row < list_->count(); ++row)
    if (list_->item(row)->checkState() == Qt::Checked) columns += list_->item(row)->text();
  setChosen(columns);
  Q_EMIT edited();
}

void ColumnListEdit::filter(const QString& words) {
  for (int row = 0; row < list_->count(); ++row)
    list_->item(row)->setHidden(!list_->item(row)->text().contains(words, Qt::CaseInsensitive));
}

bool ColumnListEdit::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  if (watched == line_ && key->key() == Qt::Key_Down) {
    openList();
    return true;
  }
  if (watched == search_ && key->key() == Qt::Key_Down) {
    list_->setFocus();
    return true;
  }
  const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
  if ((watched == search_ || watched == list_) && enter) {
    popup_->hide();
    line_->setFocus();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace lodestone::forms
