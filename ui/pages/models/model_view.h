// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/pages/models/model_data.h"
#include "ui/studio/studio.h"

class QLabel;
class QTabWidget;

namespace lodestone::widgets {
class Notice;
class StateBadge;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class CalibrationView;
class EpochCharts;
class QualityView;
class RowsView;
class ThresholdView;

/// One kept model, or a training that did not get there, on tabs.
class ModelView : public QWidget {
  Q_OBJECT
 public:
  explicit ModelView(studio::Studio& studio, QWidget* parent = nullptr);
  void setModel(const ModelDataPointer& model);
  const ModelDataPointer& model() const { return data_; }
  ThresholdView& threshold() { return *threshold_; }

 private:
  void showTexts();
  void showState();

  ModelDataPointer data_;
  QLabel* title_;
  widgets::StateBadge* badge_;
  widgets::Notice* notice_;
  QTabWidget* tabs_;
  QualityView* quality_;
  ThresholdView* threshold_;
  CalibrationView* calibration_;
  EpochCharts* curves_;
  RowsView* rows_;
  QWidget* quality_tab_;
  QWidget* threshold_tab_;
  QString wanted_tab_ = "quality";  // as the user left it: trainings that did not end have but one
};

}  // namespace lodestone::pages
