// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPointer>
#include <QSet>
#include <functional>
#include <vector>

#include "ui/pages/strategies/strategy_book.h"
#include "ui/pages/strategies/strategy_words.h"
#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QAction;
class QComboBox;
class QLayout;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace lodestone::tables {
class ListTable;
}
namespace lodestone::widgets {
class EmptyState;
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

struct MadeStrategies;
class GeneratePanel;
class StrategyCards;
class StrategyComparison;
class StrategyEditor;
class StrategyEffects;
class StrategyInspector;
class StrategySummary;

/// The project's strategies as cards or as a table, with what they promise on one axis; made, compared,
/// changed and sent to review from here.
class StrategiesPage : public studio::Page {
  Q_OBJECT
 public:
  explicit StrategiesPage(studio::Studio& studio, QWidget* parent = nullptr);
  ~StrategiesPage() override;

  QString id() const override { return "strategies"; }
  QString icon() const override { return "strategies"; }
  QString title() const override;
  QString line() const override;
  QList<QAction*> headerActions() const override;
  QWidget* inspector() override;
  /// what: a strategy's id.
  void opened(const QVariant& what) override;
  QUndoStack* undoStack() override;
  QWidget* firstFocus() override;
  void saveState(QSettings& settings) const override;
  void restoreState(const QSettings& settings) override;

 private:
  enum class View { Cards, Table };
  enum class Fit { Anew, Grow };
  enum class Place { Loading, NoPredictions, NoStrategies, Work, Generate, Compare };

  void buildPlaces();
  QWidget* buildWork();
  QLayout* buildTools();
  void buildActions();
  QAction* addCommand(const QString& name, const QKeySequence& shortcut, const std::function<void()>& run);
  void connectParts();
  void connectEditor();
  void showTexts();
  void showFilterTexts();

  void projectChanged();
  void refresh();
  void take(StrategyBook book);
  void showStrategies();
  void showPlace(Place place);
  Place restingPlace() const;
  void showView(View view);
  void showActions();
  void fitTable(Fit fit);

  bool passes(const project::StrategyVersion& strategy) const;
  std::vector<project::StrategyVersion> filtered() const;
  const project::StrategyVersion* find(const QString& id) const;

  void select(const QString& id);
  void readHistory();
  void openSelected();
  void openGenerate();
  void openCompare();
  /// Back from generating or comparing, with the focus on what is selected.
  void closePanel();
  void focusSelected();
  void strategiesMade(const MadeStrategies& made);
  void edit(const std::vector<std::pair<std::string, std::string>>& changes);
  void editDone(const QString& id);
  void editFailed(const QString& id, const QString& path, const Error& error);
  void askAboutApproval(const QString& id, const QString& approved_by, const std::function<void()>& proceed);
  void submit();
  void sendToReview(const QString& id);
  /// Runs it now, or after the user has given a name.
  void withName(const std::function<void()>& then);

  studio::Studio& studio_;
  StrategyBook book_;
  SharedAxes axes_{};
  QString selected_;
  QString wanted_;   ///< to be selected when it has been read
  QString sending_;  ///< to be sent to review when its edit is done
  QSet<QString> fresh_;
  bool loaded_ = false;
  QByteArray header_state_;  ///< of the table, for when it has rows
  View view_ = View::Cards;
  Place place_ = Place::Loading;
  jobs::Latest reading_;
  jobs::Latest reading_history_;
  jobs::Latest reviewing_;

  StrategyEditor* editor_;
  QPointer<StrategyInspector> inspector_;  ///< the page's own until the shell takes it over

  QStackedWidget* places_;
  QWidget* work_;
  widgets::EmptyState* no_predictions_;
  widgets::EmptyState* no_strategies_;
  widgets::Notice* notice_;
  QPushButton* cards_button_;
  QPushButton* table_button_;
  QPushButton* effects_button_;
  QLineEdit* search_;
  QComboBox* state_filter_;
  QComboBox* sort_;
  StrategySummary* summary_;
  QSplitter* splitter_;
  StrategyEffects* effects_;
  QStackedWidget* views_;
  StrategyCards* cards_;
  tables::ListTable* table_;
  widgets::EmptyState* no_match_;
  GeneratePanel* generate_;
  StrategyComparison* compare_;
  QPushButton* run_pipeline_;
  QPushButton* first_generate_;
  QPushButton* clear_filter_;

  QAction* generate_action_;
  QAction* compare_action_;
  QAction* lineage_action_;
  QAction* cards_action_;
  QAction* table_action_;
  QAction* effects_action_;
  QAction* search_action_;
  QAction* edit_action_;
  QAction* submit_action_;
  QAction* review_action_;
};

}  // namespace lodestone::pages
