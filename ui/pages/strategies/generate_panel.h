// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "core/campaign/generate.h"
#include "core/pipeline/prediction_source.h"
#include "ui/pages/strategies/strategy_book.h"
#include "ui/studio/studio.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace lodestone::widgets {
class Notice;
}

namespace lodestone::pages {

class CatalogueEditor;

/// What strategies came of a generation, and what limited them.
struct MadeStrategies {
  QStringList ids;
  std::vector<std::string> binding;
  std::optional<double> unspent;
};

/// Asks what to aim for and makes strategies, as a job: goal, budget, whose predictions, and the catalogue.
class GeneratePanel : public QWidget {
  Q_OBJECT
 public:
  explicit GeneratePanel(studio::Studio& studio, QWidget* parent = nullptr);
  void setBook(const StrategyBook& book);
  void focusFirst();
  /// Another project: what runs is let go.
  void forget();

 Q_SIGNALS:
  void made(const lodestone::pages::MadeStrategies& made);
  void catalogueSaved();
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Request {
    campaign::GenerateOptions options;
    pipeline::PredictionSource source;
    std::optional<campaign::Catalogue> catalogue;  ///< to be saved before
    std::string by;
    std::string device;
  };
  static Result<MadeStrategies> generate(project::Project& project, const Request& request, JobContext& job);

  QWidget* makeGoals();
  QWidget* makeSource();
  void showTexts();
  void showSources();
  void showState();
  QString budgetProblem() const;
  void start();
  void finish(Result<MadeStrategies> made);
  void saveCatalogue();
  void showProgress();
  bool running() const { return job_ != 0; }

  studio::Studio& studio_;
  StrategyBook book_;
  jobs::JobId job_ = 0;
  jobs::Latest saving_;
  bool saves_catalogue_ = false;
  QLabel* title_;
  QPushButton* close_;
  widgets::Notice* notice_;
  QLabel* goal_label_;
  QButtonGroup* goals_;
  QLabel* budget_label_;
  QLineEdit* budget_;
  QLabel* budget_problem_;
  QLabel* model_label_;
  QComboBox* model_;
  QLabel* population_label_;
  QComboBox* population_;
  QLabel* catalogue_label_;
  CatalogueEditor* catalogue_;
  QLabel* progress_text_;
  QProgressBar* progress_;
  QPushButton* cancel_;
  QPushButton* start_;
};

}  // namespace lodestone::pages
