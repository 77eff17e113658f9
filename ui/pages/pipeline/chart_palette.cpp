// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/chart_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "ui/pages/pipeline/chart_canvas.h"
#include "ui/pages/pipeline/port_words.h"
#include "ui/theme/theme.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using pipeline::StageType;

namespace {

enum { kStageRole = Qt::UserRole + 1, kHelpRole, kFlowRole };

constexpr int kWidth = 340;
constexpr int kHighest = 460;

/// Carries a stage's id.
class StageModel : public QStandardItemModel {
 public:
  using QStandardItemModel::QStandardItemModel;
  QStringList mimeTypes() const override { return {kStageMime}; }
  QMimeData* mimeData(const QModelIndexList& indexes) const override {
    if (indexes.isEmpty()) return nullptr;
    auto* data = new QMimeData;
    data->setData(kStageMime, indexes.first().data(kStageRole).toString().toUtf8());
    return data;
  }
  Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
};

/// While one of them is dragged the whole chart can be seen.
class StageList : public QListView {
 public:
  using QListView::QListView;

 protected:
  void startDrag(Qt::DropActions actions) override {
    QWidget* palette = parentWidget();
    palette->hide();
    palette->parentWidget()->setFocus();
    QListView::startDrag(actions);
  }
};

/// Title, what flows in and out, and what it does; or a group's name.
class StageRows : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const int line = QFontMetrics(theme::font(theme::Role::Body)).height();
    const int small = QFontMetrics(theme::font(theme::Role::Caption)).height();
    if (!index.flags().testFlag(Qt::ItemIsEnabled)) return {option.rect.width(), small + theme::kSpace3};
    return {option.rect.width(), line + small + theme::kSpace3};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const theme::Tokens& tokens = theme::tokens();
    const QRect inside = option.rect.adjusted(theme::kSpace3, 0, -theme::kSpace3, 0);
    const QFont small = theme::font(theme::Role::Caption);
    const QString title = index.data().toString();
    if (!index.flags().testFlag(Qt::ItemIsEnabled)) {
      painter->setFont(small);
      painter->setPen(tokens.text2);
      painter->drawText(inside.adjusted(0, 0, 0, -2), Qt::AlignLeft | Qt::AlignBottom, title);
      return;
    }
    if (option.state.testFlag(QStyle::State_Selected)) {
      QColor back = tokens.accent;
      back.setAlphaF(0.18F);
      painter->fillRect(option.rect, back);
    }
    const QFont body = theme::font(theme::Role::Body);
    const int line = QFontMetrics(body).height();
    QRect first(inside.left(), inside.top() + theme::kSpace1, inside.width(), line);
    painter->setFont(body);
    painter->setPen(tokens.text);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter, title);
    const int used = QFontMetrics(body).horizontalAdvance(title) + theme::kSpace3;
    painter->setFont(small);
    painter->setPen(tokens.text2);
    const QFontMetrics metrics(small);
    painter->drawText(first.adjusted(used, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                      metrics.elidedText(index.data(kFlowRole).toString(), Qt::ElideRight,
                                         std::max(first.width() - used, 0)));
    const QRect second(inside.left(), first.bottom() + 1, inside.width(), metrics.height());
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data(kHelpRole).toString(), Qt::ElideRight, second.width()));
  }
};

/// Found by title, labels and id, in either language: every word somewhere.
bool fits(const StageType& type, const QString& typed) {
  QStringList all = {words::toQt(type.id), words::toQt(type.title.in(Language::English)),
                     words::toQt(type.title.in(Language::Chinese))};
  for (const std::string& label : type.labels) all << words::toQt(label);
  const QStringList parts = typed.split(u' ', Qt::SkipEmptyParts);
  return std::all_of(parts.begin(), parts.end(), [&](const QString& part) {
    return std::any_of(all.begin(), all.end(),
                       [&](const QString& name) { return name.contains(part, Qt::CaseInsensitive); });
  });
}

/// "Rows, model → predictions".
QString flowOf(const StageType& type) {
  const auto list = [](const std::vector<pipeline::Port>& ports) {
    QStringList kinds;
    for (const pipeline::Port& port : ports)
      if (const QString word = portWord(port.kind); !kinds.contains(word)) kinds << word;
    return kinds.join(words::language() == Language::Chinese ? QStringLiteral("、") : QStringLiteral(", "));
  };
  return (list(type.inputs) + QStringLiteral(" → ") + list(type.outputs)).trimmed();
}

}  // namespace

ChartPalette::ChartPalette(QWidget* parent)
    : QFrame(parent),
      words_(new QLineEdit(this)),
      list_(new StageList(this)),
      model_(new StageModel(this)),
      none_(theme::label(theme::Role::Caption, this)) {
  setObjectName("stage_palette");
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  // What is pressed in it leaves the focus here: the canvas beneath would take it, and close the palette.
  setFocusPolicy(Qt::ClickFocus);
  setFocusProxy(words_);
  words_->setObjectName("palette_words");
  words_->setClearButtonEnabled(true);
  words_->installEventFilter(this);
  list_->setObjectName("palette_list");
  list_->setModel(model_);
  list_->setItemDelegate(new StageRows(list_));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setEditTriggers(QListView::NoEditTriggers);
  list_->setDragEnabled(true);
  list_->setDragDropMode(QAbstractItemView::DragOnly);
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setVerticalScrollMode(QListView::ScrollPerPixel);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  none_->setAlignment(Qt::AlignCenter);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace2, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  column->setSpacing(theme::kSpace1);
  column->addWidget(words_);
  column->addWidget(list_, 1);
  column->addWidget(none_);
  hide();
  parent->installEventFilter(this);
  connect(words_, &QLineEdit::textChanged, this, &ChartPalette::fill);
  connect(list_, &QListView::clicked, this, &ChartPalette::take);
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    if (isVisible() && now != nullptr && now != this && !isAncestorOf(now)) hide();
  });
  words::say(this, [this] {
    setAccessibleName(tr("Stages"));
    words_->setPlaceholderText(tr("Find a stage…"));
    words_->setAccessibleName(tr("Find a stage"));
    words_->setToolTip(tr("Enter adds it · drag it onto the chart or onto an edge · Esc closes"));
    list_->setAccessibleName(tr("Stages"));
    none_->setText(tr("No stage is called that."));
    if (isVisible()) fill();
  });
}

void ChartPalette::popUp(const StageType* after) {
  after_ = after;
  words_->clear();
  fill();
  place();
  show();
  raise();
  words_->setFocus();
}

void ChartPalette::place() {
  const int height = std::min(kHighest, parentWidget()->height() - 2 * theme::kSpace2);
  const int width = std::min(kWidth, parentWidget()->width() - 2 * theme::kSpace2);
  setGeometry(theme::kSpace2, theme::kSpace2, width, height);
}

QStringList ChartPalette::listed() const {
  QStringList titles;
  for (int row = 0; row < model_->rowCount(); ++row)
    if (model_->item(row)->isEnabled()) titles << model_->item(row)->text();
  return titles;
}

void ChartPalette::addHead(const QString& title) {
  auto* head = new QStandardItem(title);
  head->setFlags(Qt::NoItemFlags);
  model_->appendRow(head);
}

void ChartPalette::addGroup(const QString& title, const std::vector<const StageType*>& types) {
  if (types.empty()) return;
  addHead(title);
  for (const StageType* type : types) {
    auto* item = new QStandardItem(words::said(type->title));
    item->setData(words::toQt(type->id), kStageRole);
    item->setData(words::said(type->help), kHelpRole);
    item->setData(flowOf(*type), kFlowRole);
    item->setToolTip(words::said(type->help) + "\n" + flowOf(*type));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
    model_->appendRow(item);
  }
}

void ChartPalette::addPlain() {
  auto* item = new QStandardItem(tr("Plain node"));
  item->setData(QString(), kStageRole);
  item->setData(tr("A step without a stage: a note, or one to be bound later"), kHelpRole);
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
  model_->appendRow(item);
}

void ChartPalette::fill() {
  const QString typed = words_->text();
  std::vector<const StageType*> next;
  std::map<pipeline::StageGroup, std::vector<const StageType*>> groups;
  for (const StageType& type : pipeline::stageTypes()) {
    if (!fits(type, typed)) continue;
    const bool fed = after_ != nullptr && pipeline::compatible(*after_, type, words::language()).kind ==
                                              pipeline::Connection::Kind::Feeds;
    if (fed)
      next.push_back(&type);
    else
      groups[type.group].push_back(&type);
  }
  model_->clear();
  if (after_ != nullptr) addGroup(tr("Goes with %1").arg(words::said(after_->title)), next);
  for (const auto& [group, types] : groups) addGroup(words::said(pipeline::stageGroupTitle(group)), types);
  if (typed.isEmpty() || tr("Plain node").contains(typed, Qt::CaseInsensitive)) {
    if (!groups.contains(pipeline::StageGroup::Notes))
      addHead(words::said(pipeline::stageGroupTitle(pipeline::StageGroup::Notes)));
    addPlain();
  }
  none_->setVisible(model_->rowCount() == 0);
  for (int row = 0; row < model_->rowCount(); ++row)
    if (model_->item(row)->isEnabled()) {
      list_->setCurrentIndex(model_->index(row, 0));
      break;
    }
  list_->scrollToTop();
}

void ChartPalette::take(const QModelIndex& index) {
  if (!index.isValid() || !index.flags().testFlag(Qt::ItemIsEnabled)) return;
  const QString stage = index.data(kStageRole).toString();
  hide();
  parentWidget()->setFocus();
  Q_EMIT picked(stage);
}

/// Its keys are its own, also while they are shortcuts of the page.
bool ChartPalette::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
    event->accept();
  return QFrame::event(event);
}

bool ChartPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  if (watched == words_ && event->type() == QEvent::KeyPress) {
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
        take(list_->currentIndex());
        return true;
      case Qt::Key_Escape:
        hide();
        parentWidget()->setFocus();
        return true;
      default:
        break;
    }
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace lodestone::pages
