// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/jobs/jobs.h"
#include "ui/pages/models/training_feed.h"

class QAction;
class QLabel;
class QProgressBar;

namespace lodestone::widgets {
class Notice;
class StateBadge;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class EpochCharts;

/// A training as it runs: how far it is, on what it runs, and its curves as they come.
class TrainingPanel : public QWidget {
  Q_OBJECT
 public:
  /// The actions become its buttons.
  TrainingPanel(QAction* pause, QAction* cancel, QWidget* parent = nullptr);

  void begin(const QString& title, int epochs);
  void setTitle(const QString& title);
  void take(const TrainingFeed::News& news);
  void showJob(const jobs::JobView& job);
  int epochs() const;

 private:
  void showTexts();
  void sayFallback();

  QString what_;
  int wanted_epochs_ = 0;
  jobs::JobView job_;
  std::optional<TrainingFeed::Device> device_;
  QLabel* title_;
  widgets::StateBadge* badge_;
  QLabel* epoch_;
  QLabel* remaining_;
  QLabel* device_label_;
  QProgressBar* progress_;
  widgets::Notice* notice_;
  EpochCharts* charts_;
};

}  // namespace lodestone::pages
