// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::shell {
namespace {

enum { kGroupRole = Qt::UserRole + 1, kKeysRole, kReasonRole };

/// Icon and text at the left, group and shortcut at the right.
class Rows : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {option.rect.width(), theme::kRowHeight + theme::kSpace1};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto& tokens = theme::tokens();
    painter->save();
    if ((option.state & QStyle::State_Selected) != 0) {
      QColor chosen = tokens.accent;
      chosen.setAlphaF(0.18F);
      painter->fillRect(option.rect, chosen);
    }
    const bool refused = !index.data(kReasonRole).toString().isEmpty();
    QRect area = option.rect.adjusted(theme::kSpace3, 0, -theme::kSpace3, 0);
    const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
    const QRect at(area.left(), area.center().y() - 8, 16, 16);
    icon.paint(painter, at, Qt::AlignCenter, refused ? QIcon::Disabled : QIcon::Normal);
    area.setLeft(area.left() + 16 + theme::kSpace3);
    painter->setFont(theme::font(theme::Role::Caption));
    painter->setPen(tokens.text2);
    QString aside = refused ? index.data(kReasonRole).toString() : index.data(kGroupRole).toString();
    const QString keys = index.data(kKeysRole).toString();
    if (!keys.isEmpty() && !refused) aside += "    " + keys;
    aside = painter->fontMetrics().elidedText(aside, Qt::ElideRight, area.width() / 2);
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignRight, aside);
    const int used = painter->fontMetrics().horizontalAdvance(aside) + theme::kSpace3;
    area.setRight(area.right() - used);
    painter->setFont(theme::font(theme::Role::Body));
    painter->setPen(refused ? tokens.text2 : tokens.text);
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
    painter->restore();
  }
};

/// 0: a letter is missing.
int fitWord(const QString& word, const QString& text) {
  const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
  if (at == 0) return 100;
  if (at > 0) return text[at - 1].isLetterOrNumber() ? 50 : 80;
  qsizetype from = 0;
  for (const QChar letter : word) {
    from = text.indexOf(letter, from, Qt::CaseInsensitive);
    if (from < 0) return 0;
    ++from;
  }
  return 10;
}

}  // namespace

int fit(const QString& typed, const QString& text) {
  int sum = 1;
  for (const QString& word : typed.split(' ', Qt::SkipEmptyParts)) {
    const int each = fitWord(word, text);
    if (each == 0) return 0;
    sum += each;
  }
  return sum;
}

CommandPalette::CommandPalette(QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      edit_(new QLineEdit(this)),
      list_(new QListView(this)),
      model_(new QStandardItemModel(this)) {
  setObjectName("commandPalette");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace3, theme::kSpace3, theme::kSpace3, theme::kSpace3);
  column->addWidget(edit_);
  column->addWidget(list_);
  edit_->setObjectName("paletteEdit");
  edit_->setClearButtonEnabled(true);
  list_->setObjectName("paletteList");
  list_->setModel(model_);
  list_->setItemDelegate(new Rows(list_));
  list_->setUniformItemSizes(true);
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setEditTriggers(QListView::NoEditTriggers);
  edit_->installEventFilter(this);
  connect(edit_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(list_, &QListView::clicked, this, &CommandPalette::runCurrent);
  words::say(this, [this] {
    edit_->setPlaceholderText(tr("Type a command, a page, a table, a strategy…"));
    setAccessibleName(tr("Commands"));
    edit_->setAccessibleName(tr("Command"));
  });
}

void CommandPalette::popUp() {
  if (source_) commands_ = source_();
  edit_->clear();
  filter({});
  const QWidget* over = parentWidget()->window();
  const int width = std::min(640, over->width() - 2 * theme::kSpace5);
  resize(width, std::min(440, over->height() - 120));
  move(over->mapToGlobal(QPoint((over->width() - width) / 2, 64)));
  show();
  edit_->setFocus();
}

QStringList CommandPalette::listed() const {
  QStringList texts;
  for (int row = 0; row < model_->rowCount(); ++row) texts << model_->item(row)->text();
  return texts;
}

void CommandPalette::filter(const QString& typed) {
  std::vector<std::pair<int, std::size_t>> found;
  for (std::size_t i = 0; i < commands_.size(); ++i) {
    const int in_text = fit(typed, commands_[i].text);
    const int score = in_text > 0 ? in_text + 20 : fit(typed, commands_[i].group + " " + commands_[i].text);
    if (score > 0) found.emplace_back(typed.isEmpty() ? 0 : score, i);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  model_->clear();
  order_.clear();
  for (const auto& [score, i] : found) {
    const Command& command = commands_[i];
    auto* item =
        new QStandardItem(command.icon.isEmpty() ? QIcon() : theme::icon(command.icon), command.text);
    item->setData(command.group, kGroupRole);
    item->setData(command.keys, kKeysRole);
    item->setData(command.reason, kReasonRole);
    item->setToolTip(command.reason);
    model_->appendRow(item);
    order_.push_back(i);
  }
  list_->setCurrentIndex(model_->index(0, 0));
}

void CommandPalette::runCurrent() {
  const int row = list_->currentIndex().row();
  if (row < 0) return;
  const Command& command = commands_[order_[static_cast<std::size_t>(row)]];
  if (!command.reason.isEmpty()) return;
  const auto run = command.run;
  hide();
  if (run) run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == edit_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
      case Qt::Key_Down:
      case Qt::Key_Up:
      case Qt::Key_PageDown:
      case Qt::Key_PageUp:
        QApplication::sendEvent(list_, event);
        return true;
      case Qt::Key_Return:
      case Qt::Key_Enter:
        runCurrent();
        return true;
      default:
        break;
    }
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace lodestone::shell
