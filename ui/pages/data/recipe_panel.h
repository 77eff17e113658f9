// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/data/profile.h"
#include "core/data/recipe.h"
#include "ui/studio/studio.h"

class QAction;
class QLabel;
class QListWidget;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace lodestone::forms {
class ParameterForm;
}
namespace lodestone::widgets {
class EmptyState;
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class ChangeTable;
class RecipeStore;
class SavedMenu;
class TableMaker;

/// Cleaning the shown table: the steps of its recipe, the selected step's parameters, what each step would
/// change, and making the clean table.
class RecipePanel : public QWidget {
  Q_OBJECT
 public:
  RecipePanel(studio::Studio& studio, RecipeStore& store, QWidget* parent = nullptr);
  ~RecipePanel() override;

  void setTable(const data::TableInfo& table);
  void clear();
  /// What the profile suggests is offered while there are no steps.
  void setSuggestions(const data::TableProfile& profile);
  /// At the end, and selected.
  void addStep(const data::RecipeStep& step);

 Q_SIGNALS:
  void cleaned(const lodestone::data::CleanReport& report);

 private:
  void build();
  QWidget* buildTools();
  QWidget* buildSteps();
  void say();
  void fillStepMenu();
  void showRecipe();
  void showSteps();
  void showStep();
  void showChanges();
  void showSummary();
  bool known(std::size_t step) const;
  QString stepText(std::size_t step) const;
  void select(int step);
  int selected() const;
  void change(data::Recipe recipe, const QString& what, int select_step);
  void setParameter(const QString& id, const QString& value);
  void removeStep();
  void moveStep(int by);
  void takeSuggestions();
  void useRecipe(const Result<data::Recipe>& recipe, const QString& name);
  void readFile();
  void writeFile();
  void preview();
  void check();
  QString objection() const;
  void start();

  studio::Studio& studio_;
  RecipeStore& store_;
  jobs::Latest previewing_;
  std::optional<data::TableInfo> table_;
  QString name_;  // of the table
  data::Recipe recipe_;
  std::vector<data::RecipeStep> suggestions_;
  std::optional<data::RecipePreview> preview_;
  data::Recipe previewed_;  // what preview_ is about
  bool showing_ = false;

  QToolButton* add_;
  QMenu* step_menu_;
  QAction *remove_, *up_, *down_;
  SavedMenu* saved_;
  QStackedWidget* places_;
  widgets::EmptyState* empty_;
  QPushButton *first_step_, *suggested_;
  QSplitter* middle_;
  QListWidget* steps_;
  QLabel* step_title_;
  QLabel* step_help_;
  forms::ParameterForm* form_;
  widgets::Notice* step_notice_;
  QLabel* changes_label_;
  ChangeTable* changes_;
  widgets::Notice* notice_;
  TableMaker* maker_;
};

}  // namespace lodestone::pages
