// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/table_list.h"

#include <QAbstractListModel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

constexpr int kBadgeIcon = 14;
enum Roles { EntryRole = Qt::UserRole + 1 };

}  // namespace

class TableList::Tables : public QAbstractListModel {
 public:
  using QAbstractListModel::QAbstractListModel;

  void set(const std::vector<TableEntry>& entries) {
    const bool same = std::equal(entries.begin(), entries.end(), entries_.begin(), entries_.end(),
                                 [](const auto& a, const auto& b) { return a.name == b.name; });
    if (same) {
      entries_ = entries;
      if (!entries_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
      return;
    }
    beginResetModel();
    entries_ = entries;
    endResetModel();
  }
  void setFindings(int row, int findings) {
    entries_[static_cast<std::size_t>(row)].findings = findings;
    Q_EMIT dataChanged(index(row), index(row));
  }
  int rowOf(const QString& name) const {
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (entries_[i].name == name) return static_cast<int>(i);
    return -1;
  }
  const TableEntry& entry(int row) const { return entries_.at(static_cast<std::size_t>(row)); }

  int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(entries_.size());
  }
  QVariant data(const QModelIndex& index, int role) const override {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const TableEntry& entry = this->entry(index.row());
    if (role == Qt::DisplayRole) return entry.name;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
      return entry.name + '\n' + size(entry) + '\n' + quality(entry);
    return {};
  }
  static QString size(const TableEntry& entry) {
    return TableList::tr("%1 rows · %2 columns").arg(words::count(entry.rows), words::count(entry.columns));
  }
  static QString quality(const TableEntry& entry) {
    if (!entry.findings) return TableList::tr("Not looked at yet");
    return *entry.findings == 0 ? TableList::tr("Nothing conspicuous")
                                : TableList::tr("Findings: %1").arg(words::count(*entry.findings));
  }

 private:
  std::vector<TableEntry> entries_;
};

/// Two lines, and the badge at the right of the first.
class TableList::Painter : public QStyledItemDelegate {
 public:
  Painter(const Tables& tables, QObject* parent) : QStyledItemDelegate(parent), tables_(tables) {}

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const int lines = option.fontMetrics.height() + QFontMetrics(theme::font(theme::Role::Caption)).height();
    return {QStyledItemDelegate::sizeHint(option, index).width(), lines + 2 * theme::kSpace2};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyleOptionViewItem box = option;
    initStyleOption(&box, index);
    box.text.clear();
    const QStyle* style = box.widget->style();
    style->drawControl(QStyle::CE_ItemViewItem, &box, painter, box.widget);
    painter->save();
    const TableEntry& entry = tables_.entry(index.row());
    QRect inside = box.rect.adjusted(theme::kSpace3, theme::kSpace2, -theme::kSpace3, -theme::kSpace2);
    QRect first = inside;
    first.setHeight(box.fontMetrics.height());
    const int badge = paintBadge(*painter, first, entry);
    painter->setFont(box.font);
    painter->setPen(theme::tokens().text);
    first.setRight(first.right() - badge - theme::kSpace2);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter,
                      box.fontMetrics.elidedText(entry.name, Qt::ElideMiddle, first.width()));
    const QFont small = theme::font(theme::Role::Caption);
    painter->setFont(small);
    painter->setPen(theme::tokens().text2);
    inside.setTop(first.bottom() + 1);
    painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(small).elidedText(Tables::size(entry), Qt::ElideRight, inside.width()));
    painter->restore();
  }

 private:
  /// Shape, colour and number; how wide it is.
  static int paintBadge(QPainter& painter, const QRect& line, const TableEntry& entry) {
    if (!entry.findings) return 0;
    const auto state = *entry.findings == 0 ? widgets::State::Done : widgets::State::Warning;
    const QColor colour = widgets::stateColour(state);
    const QFont small = theme::font(theme::Role::Caption);
    const QString number = *entry.findings == 0 ? QString() : words::count(*entry.findings);
    const int width = number.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(number) + theme::kSpace1;
    painter.setFont(small);
    painter.setPen(colour);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
    const QRect icon(line.right() - width - kBadgeIcon + 1, line.center().y() - kBadgeIcon / 2 + 1,
                     kBadgeIcon, kBadgeIcon);
    painter.drawPixmap(icon, theme::pixmap(widgets::stateIcon(state), colour, kBadgeIcon,
                                           painter.device()->devicePixelRatioF()));
    return width + kBadgeIcon;
  }

  const Tables& tables_;
};

TableList::TableList(QWidget* parent) : QListView(parent), tables_(new Tables(this)) {
  setModel(tables_);
  setItemDelegate(new Painter(*tables_, this));
  setUniformItemSizes(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFrameShape(QFrame::NoFrame);
  setEditTriggers(NoEditTriggers);
  connect(&theme::notifier(), &theme::Notifier::changed, viewport(), qOverload<>(&QWidget::update));
  words::say(this, [this] {
    setAccessibleName(tr("Tables of the project"));
    viewport()->update();
  });
}

TableList::~TableList() = default;

void TableList::setTables(const std::vector<TableEntry>& tables) {
  const QString before = current();
  replacing_ = true;
  tables_->set(tables);
  const int row = tables_->rowOf(before);
  if (row >= 0) setCurrentIndex(tables_->index(row));
  replacing_ = false;
  if (row < 0 && !before.isEmpty()) Q_EMIT chosen({});
}

void TableList::setFindings(const QString& table, int findings) {
  if (const int row = tables_->rowOf(table); row >= 0) tables_->setFindings(row, findings);
}

QString TableList::current() const {
  return currentIndex().isValid() ? tables_->entry(currentIndex().row()).name : QString();
}

void TableList::choose(const QString& table) {
  const int row = tables_->rowOf(table);
  setCurrentIndex(row < 0 ? QModelIndex() : tables_->index(row));
}

void TableList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (!replacing_) Q_EMIT chosen(this->current());
}

}  // namespace lodestone::pages
