// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "ui/pages/review/review_data.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace lodestone::widgets {
class StateBadge;
}

namespace lodestone::pages {

class CommentsView;
class HistoryView;

/// Beside the document: who reviews, the decision with its comment, what others said, and what happened so
/// far.
class ReviewInspector : public QWidget {
  Q_OBJECT
 public:
  explicit ReviewInspector(QWidget* parent = nullptr);
  /// Null: nothing is chosen.
  void setDetails(std::shared_ptr<const StrategyDetails> details);
  void setReviewer(const QString& name);
  /// While a step is being saved nothing else can be done.
  void setSaving(bool saving);
  QString comment() const;
  void clearComment();
  /// Why a step cannot be taken now; empty: it can.
  QString whyNot(project::ReviewAction action) const;
  QString whyNoComment() const;

 Q_SIGNALS:
  void stepAsked(lodestone::project::ReviewAction action);
  void commentAsked();
  void reviewerChanged(const QString& name);
  /// What can be done has changed.
  void rulesChanged();

 private:
  QWidget* decisionPart();
  void connectControls();
  void showTexts();
  void showRules();
  void keepReviewer();

  std::shared_ptr<const StrategyDetails> details_;
  QString reviewer_;
  bool saving_ = false;
  widgets::StateBadge* state_;
  QLabel* version_;
  QLabel* reviewer_label_;
  QComboBox* reviewer_box_;
  QLabel* comment_label_;
  QPlainTextEdit* comment_;
  QPushButton* add_comment_;
  QPushButton* submit_;
  QPushButton* approve_;
  QPushButton* request_;
  QPushButton* reject_;
  QLabel* why_;
  QLabel* comments_title_;
  CommentsView* comments_;
  QLabel* history_title_;
  HistoryView* history_;
};

}  // namespace lodestone::pages
