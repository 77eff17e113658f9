// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>
#include <memory>

#include "core/learn/training.h"
#include "core/project/model_records.h"
#include "ui/pages/models/model_data.h"
#include "ui/pages/models/training_feed.h"
#include "ui/studio/page.h"
#include "ui/studio/studio.h"

class QSplitter;
class QStackedWidget;

namespace lodestone::widgets {
class EmptyState;
class Notice;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class CompareView;
class ModelView;
class RunCardView;
class RunsTable;
class TrainingForm;
class TrainingPanel;

/// Trains models and shows how good they are: the form on the left, the training or a model in the middle,
/// all trainings below, the run card in the inspector.
class ModelsPage : public studio::Page {
  Q_OBJECT
 public:
  explicit ModelsPage(studio::Studio& studio, QWidget* parent = nullptr);
  ~ModelsPage() override;

  QString id() const override { return "models"; }
  QString icon() const override { return "models"; }
  QString title() const override;
  QString line() const override;
  QList<QAction*> headerActions() const override;
  QWidget* inspector() override;
  /// what: a model's id.
  void opened(const QVariant& what) override;
  QWidget* firstFocus() override;
  void saveState(QSettings& settings) const override;
  void restoreState(const QSettings& settings) override;

 private:
  void makeActions();
  void build();
  void showTexts();
  void projectChanged();
  void readModels();
  void showModels(const std::vector<project::ModelRecord>& records);
  void choose(const QString& model);
  void load(const QString& model);
  void compare();
  void train();
  void takeNews();
  void jobProgressed(jobs::JobId job);
  void trainingEnded(const Result<std::string>& result);
  void forgetTraining();
  void pauseOrResume();
  void showEnabled();
  void showPlace(QWidget* place);
  QString trainingTitle() const;
  bool training() const { return training_ != 0; }
  const project::ModelRecord* record(const QString& model) const;

  studio::Studio& studio_;
  std::vector<project::ModelRecord> records_;
  bool listed_ = false;
  QString wanted_;  // a model to be chosen when the list has it
  jobs::JobId training_ = 0;
  QString trained_model_;  // the id of the one that trains; empty before its record is there
  learn::ModelPlan training_plan_;
  std::string training_target_;
  std::shared_ptr<TrainingFeed> feed_;
  QTimer news_timer_;
  std::optional<Error> error_;
  jobs::Latest listing_;
  jobs::Latest loading_;

  QAction* train_;
  QAction* pause_;
  QAction* cancel_;
  QAction* compare_;
  QAction* lineage_;
  QAction* copy_card_;
  QSplitter* across_;
  QSplitter* down_;
  TrainingForm* form_;
  widgets::Notice* notice_;
  QStackedWidget* stack_;
  widgets::EmptyState* no_tables_;
  widgets::EmptyState* no_models_;
  TrainingPanel* panel_;
  ModelView* model_;
  CompareView* comparison_;
  RunsTable* runs_;
  QPointer<RunCardView> card_;
};

}  // namespace lodestone::pages
