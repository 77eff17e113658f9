// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <optional>

#include "ui/pages/strategies/strategy_book.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace lodestone::widgets {
class EmptyState;
class Notice;
class StateBadge;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class EvidenceView;
class VersionsView;
class NamePrompt;
class StrategyForm;

/// The selected strategy beside the page: what was decided as a form, the evidence, the history, and where it
/// goes next.
class StrategyInspector : public QWidget {
  Q_OBJECT
 public:
  explicit StrategyInspector(QWidget* parent = nullptr);
  void setCatalogue(const campaign::Catalogue& catalogue);
  /// None: says that one may be selected.
  void setStrategy(const std::optional<project::StrategyVersion>& strategy);
  void setHistory(const StrategyHistory& history);
  /// Something is being written for it.
  void setBusy(bool busy);
  void editNow();
  /// Why it cannot be sent to review; empty: it can.
  QString submitProblem() const;

  StrategyForm* form() const { return form_; }
  widgets::Notice* notice() const { return notice_; }
  NamePrompt* namePrompt() const { return name_prompt_; }

 Q_SIGNALS:
  void submitPressed();
  void reviewPressed();

 private:
  void showTexts();

  std::optional<project::StrategyVersion> strategy_;
  bool busy_ = false;
  QStackedWidget* stack_;
  widgets::EmptyState* nothing_;
  QLabel* number_;
  widgets::StateBadge* state_;
  QLabel* title_;
  QLabel* locked_;
  widgets::Notice* notice_;
  NamePrompt* name_prompt_;
  QPushButton* submit_;
  QPushButton* review_;
  QTabWidget* tabs_;
  StrategyForm* form_;
  EvidenceView* evidence_;
  VersionsView* history_;
};

}  // namespace lodestone::pages
