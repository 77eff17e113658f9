// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <utility>

#include "core/pipeline/threshold_counts.h"
#include "ui/pages/models/model_data.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace lodestone::charts {
class ConfusionMatrix;
class LineChart;
}  // namespace lodestone::charts

namespace lodestone::pages {

class FigureTile;

/// Whom to address, in money: a slider over the threshold, what a hit is worth and a contact costs, and what
/// comes of it on the held-out rows. Follows the slider at once: it searches sorted counts.
class ThresholdView : public QWidget {
  Q_OBJECT
 public:
  explicit ThresholdView(QWidget* parent = nullptr);
  /// Starts at the threshold that earns most.
  void setModel(const ModelDataPointer& model);

  double threshold() const { return threshold_; }
  void setThreshold(double threshold);
  pipeline::ThresholdOutcome outcome() const;
  QString currency() const;
  void setCurrency(const QString& currency);

 private:
  void build();
  void chooseBest();
  void showTexts();
  void showCurve();
  void showOutcome();
  double value() const;
  double cost() const;
  /// What the user said a hit is worth and a contact costs, for all models of a table's target.
  QString worthOf() const;

  ModelDataPointer data_;
  std::map<QString, std::pair<double, double>> said_;  // value and cost, by worthOf()
  double threshold_ = 0.5;
  double top_ = 1;  // the slider's right end
  QLabel* protocol_;
  QLabel* value_label_;
  QLabel* cost_label_;
  QLabel* currency_label_;
  QLabel* source_;
  QDoubleSpinBox* value_;
  QDoubleSpinBox* cost_;
  QComboBox* currency_;
  QLabel* slider_label_;
  QSlider* slider_;
  QDoubleSpinBox* exact_;
  QPushButton* best_;
  FigureTile* contacts_;
  FigureTile* precision_;
  FigureTile* recall_;
  FigureTile* profit_;
  charts::LineChart* curve_;
  charts::ConfusionMatrix* confusion_;
};

}  // namespace lodestone::pages
