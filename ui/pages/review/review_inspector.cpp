// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_inspector.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/pages/review/comments_view.h"
#include "ui/pages/review/decision_rules.h"
#include "ui/pages/review/history_view.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::ReviewAction;
using theme::Role;

namespace {

constexpr int kCommentLines = 4;

QPushButton* button(const char* name) {
  auto* made = new QPushButton;
  made->setObjectName(name);
  return made;
}

QString withShortcut(const QString& text, const char* keys) {
  return text + " (" + QKeySequence(QString::fromLatin1(keys)).toString(QKeySequence::NativeText) + ")";
}

}  // namespace

ReviewInspector::ReviewInspector(QWidget* parent)
    : QWidget(parent),
      state_(new widgets::StateBadge),
      version_(theme::label(Role::Caption)),
      reviewer_label_(theme::label(Role::Caption)),
      reviewer_box_(new QComboBox),
      comment_label_(theme::label(Role::Caption)),
      comment_(new QPlainTextEdit),
      add_comment_(button("addComment")),
      submit_(button("submit")),
      approve_(button("approve")),
      request_(button("requestChanges")),
      reject_(button("reject")),
      why_(theme::label(Role::Caption)),
      comments_title_(theme::label(Role::Section)),
      comments_(new CommentsView),
      history_title_(theme::label(Role::Section)),
      history_(new HistoryView) {
  setObjectName("reviewInspector");
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(theme::kSpace4, theme::kSpace4, theme::kSpace4, theme::kSpace4);
  column->setSpacing(theme::kSpace3);
  state_->setObjectName("reviewState");
  column->addWidget(state_);
  version_->setWordWrap(true);
  column->addWidget(version_);
  column->addWidget(decisionPart());
  column->addSpacing(theme::kSpace2);
  column->addWidget(comments_title_);
  column->addWidget(comments_);
  column->addSpacing(theme::kSpace2);
  column->addWidget(history_title_);
  column->addWidget(history_);
  column->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(widgets::scrolled(content, "reviewInspectorArea"));
  connectControls();
  words::say(this, [this] { showTexts(); });
}

QWidget* ReviewInspector::decisionPart() {
  auto* part = new QWidget;
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(theme::kSpace1);
  reviewer_label_->setBuddy(reviewer_box_);
  reviewer_box_->setObjectName("reviewer");
  reviewer_box_->setEditable(true);
  reviewer_box_->setInsertPolicy(QComboBox::NoInsert);
  reviewer_box_->setCompleter(nullptr);  // "Bob" must not become "Bob Miller"
  reviewer_box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  column->addWidget(reviewer_label_);
  column->addWidget(reviewer_box_);
  column->addSpacing(theme::kSpace2);
  comment_->setObjectName("commentText");
  comment_->setTabChangesFocus(true);
  comment_label_->setBuddy(comment_);
  const int line = QFontMetrics(theme::font(Role::Body)).lineSpacing();
  comment_->setFixedHeight(kCommentLines * line + 2 * theme::kSpace2);
  column->addWidget(comment_label_);
  column->addWidget(comment_);
  column->addSpacing(theme::kSpace1);
  widgets::makePrimary(approve_);
  widgets::makeDangerous(reject_);
  auto* grid = new QGridLayout;
  grid->setSpacing(theme::kSpace2);
  grid->addWidget(add_comment_, 0, 0);
  grid->addWidget(submit_, 0, 1);
  grid->addWidget(request_, 1, 0);
  grid->addWidget(reject_, 1, 1);
  grid->addWidget(approve_, 2, 0, 1, 2);
  column->addLayout(grid);
  column->addSpacing(theme::kSpace1);
  why_->setObjectName("whyNot");
  why_->setWordWrap(true);
  why_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  // So that what stands below stays where it is when a reason comes or goes.
  why_->setMinimumHeight(2 * QFontMetrics(theme::font(Role::Caption)).lineSpacing());
  column->addWidget(why_);
  return part;
}

void ReviewInspector::connectControls() {
  connect(submit_, &QPushButton::clicked, this, [this] { Q_EMIT stepAsked(ReviewAction::Submit); });
  connect(approve_, &QPushButton::clicked, this, [this] { Q_EMIT stepAsked(ReviewAction::Approve); });
  connect(request_, &QPushButton::clicked, this, [this] { Q_EMIT stepAsked(ReviewAction::RequestChanges); });
  connect(reject_, &QPushButton::clicked, this, [this] { Q_EMIT stepAsked(ReviewAction::Reject); });
  connect(add_comment_, &QPushButton::clicked, this, [this] { Q_EMIT commentAsked(); });
  connect(comment_, &QPlainTextEdit::textChanged, this, [this] { showRules(); });
  connect(reviewer_box_->lineEdit(), &QLineEdit::editingFinished, this, [this] { keepReviewer(); });
  connect(reviewer_box_, &QComboBox::textActivated, this, [this] { keepReviewer(); });
}

void ReviewInspector::keepReviewer() {
  const QString name = reviewer_box_->currentText().trimmed();
  if (name == reviewer_) return;
  reviewer_ = name;
  showRules();
  Q_EMIT reviewerChanged(name);
}

void ReviewInspector::setReviewer(const QString& name) {
  reviewer_ = name;
  const QSignalBlocker quiet(reviewer_box_);
  reviewer_box_->setEditText(name);
  showRules();
}

void ReviewInspector::setDetails(std::shared_ptr<const StrategyDetails> details) {
  details_ = std::move(details);
  const QSignalBlocker quiet(reviewer_box_);
  reviewer_box_->clear();
  if (details_ != nullptr)
    for (const std::string& name : details_->people) reviewer_box_->addItem(words::toQt(name));
  reviewer_box_->setEditText(reviewer_);
  comments_->setComments(details_ == nullptr ? std::vector<project::Comment>{} : details_->comments);
  history_->setHistory(details_ == nullptr ? std::vector<project::AuditEntry>{} : details_->history);
  showTexts();
}

void ReviewInspector::setSaving(bool saving) {
  saving_ = saving;
  showRules();
}

QString ReviewInspector::comment() const {
  return comment_->toPlainText().trimmed();
}
void ReviewInspector::clearComment() {
  comment_->clear();
}

void ReviewInspector::showTexts() {
  reviewer_label_->setText(tr("Reviewing as"));
  reviewer_box_->setAccessibleName(tr("Reviewing as"));
  reviewer_box_->setToolTip(tr("Your name, as the history will have it"));
  comment_label_->setText(tr("Comment"));
  comment_->setAccessibleName(tr("Comment"));
  comment_->setPlaceholderText(tr("Needed to request changes or to reject"));
  comment_->setToolTip(withShortcut(tr("Add it as a comment"), "Ctrl+Return"));
  const auto say = [](QPushButton* control, const QString& text, const QString& tip, const char* keys) {
    widgets::enableOrSay(control, {});  // so that the tool tip set here is the usual one
    control->setText(text);
    control->setToolTip(withShortcut(tip, keys));
  };
  say(add_comment_, tr("Add comment"), tr("Keeps the comment without deciding"), "Ctrl+Return");
  say(submit_, tr("Send to review"), tr("Locks the draft until another person decides"), "Ctrl+Shift+S");
  say(approve_, tr("Approve"), tr("Approves exactly this content; any edit voids it"), "Ctrl+Shift+A");
  say(request_, tr("Request changes"), tr("Sends it back with your comment"), "Ctrl+Shift+C");
  say(reject_, tr("Reject"), tr("Closes this version with your comment"), "Ctrl+Shift+R");
  comments_title_->setText(tr("Comments"));
  history_title_->setText(tr("History"));
  if (details_ != nullptr) {
    const auto& now = details_->newest();
    state_->setState(widgets::stateOf(now.state), words::toQt(now.decided_by));
    version_->setText(
        now.submitted_by.empty()
            ? tr("%1, version %2, written by %3")
                  .arg(words::toQt(now.id), words::count(now.version), words::toQt(now.created_by))
            : tr("%1, version %2, written by %3, sent to review by %4")
                  .arg(words::toQt(now.id), words::count(now.version), words::toQt(now.created_by),
                       words::toQt(now.submitted_by)));
  }
  state_->setVisible(details_ != nullptr);
  version_->setVisible(details_ != nullptr);
  showRules();
}

QString ReviewInspector::whyNot(ReviewAction action) const {
  if (details_ == nullptr) return tr("Choose a strategy first.");
  if (saving_) return tr("The last step is being saved.");
  return DecisionRules::whyNot(action, details_->newest(), reviewer_, comment());
}

QString ReviewInspector::whyNoComment() const {
  if (details_ == nullptr) return tr("Choose a strategy first.");
  if (saving_) return tr("The last step is being saved.");
  if (reviewer_.isEmpty()) return tr("Say first who you are, under \"Reviewing as\".");
  return comment().isEmpty() ? tr("Write the comment first.") : QString();
}

void ReviewInspector::showRules() {
  widgets::enableOrSay(add_comment_, whyNoComment());
  widgets::enableOrSay(submit_, whyNot(ReviewAction::Submit));
  widgets::enableOrSay(approve_, whyNot(ReviewAction::Approve));
  widgets::enableOrSay(request_, whyNot(ReviewAction::RequestChanges));
  widgets::enableOrSay(reject_, whyNot(ReviewAction::Reject));
  // In words beside the buttons too: what keeps the step that comes next.
  const bool in_review = details_ != nullptr && details_->newest().state == project::StrategyState::InReview;
  QString why;
  if (details_ == nullptr) why = tr("Choose a strategy first.");
  if (in_review) {
    why = whyNot(ReviewAction::Approve);
    if (why.isEmpty()) why = whyNot(ReviewAction::Reject);
  } else if (details_ != nullptr) {
    why = whyNot(ReviewAction::Submit);
    if (why.isEmpty()) why = whyNot(ReviewAction::Approve);
  }
  why_->setText(saving_ ? QString() : why);
  Q_EMIT rulesChanged();
}

}  // namespace lodestone::pages
