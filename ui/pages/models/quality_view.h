// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/pages/models/model_data.h"

class QLabel;

namespace lodestone::charts {
class BarChart;
class ConfusionMatrix;
class LineChart;
}  // namespace lodestone::charts

namespace lodestone::pages {

class FigureTile;

/// How good a model is: key figures beside the baseline's, bars of all parts, confusion matrix, ROC,
/// precision and recall.
class QualityView : public QWidget {
  Q_OBJECT
 public:
  explicit QualityView(QWidget* parent = nullptr);
  void setModel(const ModelDataPointer& model);

 private:
  void show();
  void showTiles();
  void showBars();
  void showCurves();

  ModelDataPointer data_;
  QLabel* verdict_;
  std::vector<FigureTile*> tiles_;
  charts::BarChart* bars_;
  charts::ConfusionMatrix* confusion_;
  charts::LineChart* roc_;
  charts::LineChart* precision_recall_;
};

/// Points of a curve as a series.
QVector<double> xOf(const std::vector<learn::CurvePoint>& curve);
QVector<double> yOf(const std::vector<learn::CurvePoint>& curve);

}  // namespace lodestone::pages
