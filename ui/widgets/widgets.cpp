// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/words/words.h"

namespace lodestone::widgets {
namespace {

constexpr int kNarrowNotice = 420;  ///< an inspector, not a page

/// Keeps a notice's button beside the text, or beneath it where the notice is narrow.
class ButtonPlace : public QObject {
 public:
  ButtonPlace(QWidget* notice, QGridLayout* grid, QWidget* button)
      : QObject(notice), grid_(grid), button_(button) {
    notice->installEventFilter(this);
  }
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Resize) place(static_cast<QResizeEvent*>(event)->size().width());
    return QObject::eventFilter(watched, event);
  }

 private:
  void place(int width) {
    const bool beneath = width < kNarrowNotice;
    if (beneath == beneath_) return;
    beneath_ = beneath;
    grid_->removeWidget(button_);
    if (beneath)
      grid_->addWidget(button_, 1, 1, Qt::AlignLeft);
    else
      grid_->addWidget(button_, 0, 2, Qt::AlignTop);
  }
  QGridLayout* grid_;
  QWidget* button_;
  bool beneath_ = false;
};

constexpr int kWidestText = 560;  // longer lines read badly
constexpr auto kUsualToolTip = "lodestone_tool_tip";

/// A style sheet looks at properties only when told.
void restyle(QWidget* widget) {
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
  widget->update();
}

template <class Control>
void enableOrSayTo(Control* control, const QString& reason_not) {
  const bool was_refused = control->property(kUsualToolTip).isValid();
  if (reason_not.isEmpty()) {
    if (was_refused) {
      control->setToolTip(control->property(kUsualToolTip).toString());
      control->setProperty(kUsualToolTip, QVariant());
    }
  } else {
    if (!was_refused) control->setProperty(kUsualToolTip, control->toolTip());
    control->setToolTip(reason_not);
  }
  control->setEnabled(reason_not.isEmpty());
}

}  // namespace

// --- empty states ---

EmptyState::EmptyState(const QString& icon, QWidget* parent)
    : QWidget(parent),
      icon_name_(icon),
      icon_(new QLabel(this)),
      title_(theme::label(theme::Role::Section, this)),
      text_(theme::label(theme::Role::Body, this)),
      buttons_(new QHBoxLayout) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(theme::kSpace5, theme::kSpace5, theme::kSpace5, theme::kSpace5);
  column->setSpacing(theme::kSpace3);
  column->addStretch(2);
  for (QLabel* each : {icon_, title_, text_}) each->setAlignment(Qt::AlignCenter);
  column->addWidget(icon_);
  column->addWidget(title_);
  title_->setWordWrap(true);
  text_->setWordWrap(true);
  text_->setProperty("role", "caption");
  text_->setMaximumWidth(kWidestText);
  // An alignment would take its height for width away.
  auto* middle = new QHBoxLayout;
  middle->addStretch(1);
  middle->addWidget(text_, 1000);
  middle->addStretch(1);
  column->addLayout(middle);
  buttons_->setSpacing(theme::kSpace2);
  buttons_->setAlignment(Qt::AlignHCenter);
  column->addLayout(buttons_);
  column->addStretch(3);
  theme::paintWith(this, [this] {
    icon_->setPixmap(theme::pixmap(icon_name_, theme::tokens().text2, 40, devicePixelRatioF()));
  });
}

void EmptyState::setTexts(const QString& title, const QString& text) {
  title_->setText(title);
  text_->setText(text);
  text_->setVisible(!text.isEmpty());
  setAccessibleName(title);
  setAccessibleDescription(text);
}

QPushButton* EmptyState::addButton(const QString& object_name) {
  auto* button = new QPushButton(this);
  button->setObjectName(object_name);
  if (buttons_->count() == 0) makePrimary(button);
  buttons_->addWidget(button);
  return button;
}

// --- notices ---

Notice::Notice(QWidget* parent)
    : QFrame(parent),
      icon_(new QLabel(this)),
      text_(new QLabel(this)),
      button_(new QPushButton(this)),
      close_(new QToolButton(this)) {
  setObjectName("notice");
  auto* grid = new QGridLayout(this);
  new ButtonPlace(this, grid, button_);
  grid->setContentsMargins(theme::kSpace3, theme::kSpace2, theme::kSpace2, theme::kSpace2);
  grid->setSpacing(theme::kSpace2);
  grid->setColumnStretch(1, 1);
  grid->addWidget(icon_, 0, 0, Qt::AlignTop);
  grid->addWidget(text_, 0, 1);
  grid->addWidget(button_, 0, 2, Qt::AlignTop);
  grid->addWidget(close_, 0, 3, Qt::AlignTop);
  text_->setObjectName("noticeText");
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  button_->setObjectName("noticeButton");
  close_->setObjectName("noticeClose");
  close_->setIcon(theme::icon("close"));
  words::say(this, [this] {
    close_->setToolTip(tr("Dismiss"));
    close_->setAccessibleName(tr("Dismiss"));
  });
  connect(close_, &QToolButton::clicked, this, &Notice::clear);
  connect(button_, &QPushButton::clicked, this, [this] {
    const auto pressed = pressed_;  // clear() forgets it
    clear();
    if (pressed) pressed();
  });
  connect(&theme::notifier(), &theme::Notifier::changed, this, &Notice::colour);
  connect(&words::notifier(), &words::Notifier::changed, this, [this] {
    if (const auto again = again_; again) again();
  });
  hide();
}

void Notice::showError(const Error& error) {
  if (error.code == ErrorCode::Cancelled) return;
  say(Kind::Failure, [error] { return words::said(error); });
}

void Notice::say(Kind kind, const Words& text, const Words& button, const std::function<void()>& pressed) {
  const auto again = [this, kind, text, button, pressed] {
    showText(kind, text(), button ? button() : QString(), pressed);
  };
  again();
  again_ = [this, again] {
    const auto kept = again_;  // showText() forgets it
    again();
    again_ = kept;
  };
}

void Notice::showText(Kind kind, const QString& text, const QString& button,
                      const std::function<void()>& pressed) {
  again_ = {};
  kind_ = kind;
  text_->setText(text);
  button_->setText(button);
  button_->setVisible(!button.isEmpty());
  pressed_ = pressed;
  setAccessibleName(text);
  colour();
  show();
}

void Notice::clear() {
  pressed_ = {};
  again_ = {};
  text_->clear();
  hide();
}

QString Notice::text() const {
  return text_->text();
}

void Notice::colour() {
  struct Look {
    const char* property;
    const char* icon;
    QColor colour;
  };
  const auto& tokens = theme::tokens();
  const Look looks[] = {{"info", "info", tokens.info},
                        {"ok", "ok", tokens.ok},
                        {"warning", "warning", tokens.warn},
                        {"failure", "error", tokens.fail}};
  const Look& look = looks[static_cast<int>(kind_)];
  setProperty("notice", look.property);
  icon_->setPixmap(theme::pixmap(look.icon, look.colour, 20, devicePixelRatioF()));
  restyle(this);
}

// --- cards ---

Card::Card(QWidget* parent) : QFrame(parent), body_(new QVBoxLayout(this)) {
  setProperty("surface", "card");
  body_->setContentsMargins(theme::kSpace4, theme::kSpace3, theme::kSpace4, theme::kSpace3);
  body_->setSpacing(theme::kSpace2);
}

void Card::setPressable(bool pressable) {
  pressable_ = pressable;
  setProperty("pressable", pressable);
  setFocusPolicy(pressable ? Qt::StrongFocus : Qt::NoFocus);
  setCursor(pressable ? Qt::PointingHandCursor : Qt::ArrowCursor);
  restyle(this);
}

void Card::setSelected(bool selected) {
  if (selected_ == selected) return;
  selected_ = selected;
  setProperty("selected", selected);
  restyle(this);
}

void Card::mousePressEvent(QMouseEvent* event) {
  QFrame::mousePressEvent(event);
  if (pressable_ && event->button() == Qt::LeftButton) {
    event->accept();
    Q_EMIT pressed();
  }
}

void Card::mouseDoubleClickEvent(QMouseEvent* event) {
  if (pressable_ && event->button() == Qt::LeftButton)
    Q_EMIT opened();
  else
    QFrame::mouseDoubleClickEvent(event);
}

void Card::keyPressEvent(QKeyEvent* event) {
  if (pressable_ && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    Q_EMIT pressed();
    Q_EMIT opened();
  } else if (pressable_ && event->key() == Qt::Key_Space) {
    Q_EMIT pressed();
  } else {
    QFrame::keyPressEvent(event);
  }
}

// --- small things ---

void enableOrSay(QWidget* control, const QString& reason_not) {
  enableOrSayTo(control, reason_not);
}
void enableOrSay(QAction* action, const QString& reason_not) {
  enableOrSayTo(action, reason_not);
}

void makePrimary(QAbstractButton* button) {
  button->setProperty("kind", "primary");
  restyle(button);
}

void makeDangerous(QAbstractButton* button) {
  button->setProperty("kind", "danger");
  restyle(button);
}

void clearLayout(QLayout* layout) {
  while (QLayoutItem* item = layout->takeAt(0)) {
    if (QWidget* widget = item->widget()) {
      widget->hide();
      widget->deleteLater();  // it may be the one whose signal we are in
    }
    if (QLayout* inner = item->layout()) clearLayout(inner);
    delete item;
  }
}

QWidget* scrolled(QWidget* content, const QString& object_name) {
  auto* area = new QScrollArea;
  area->setObjectName(object_name);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content);
  return area;
}

}  // namespace lodestone::widgets
