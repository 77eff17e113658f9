// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/pages/models/model_data.h"

class QLabel;

namespace lodestone::charts {
class LineChart;
}

namespace lodestone::pages {

/// Whether a score of 30 % means that three in ten: what was predicted against what happened, in ten groups.
class CalibrationView : public QWidget {
  Q_OBJECT
 public:
  explicit CalibrationView(QWidget* parent = nullptr);
  void setModel(const ModelDataPointer& model);

 private:
  void show();
  ModelDataPointer data_;
  QLabel* protocol_;
  charts::LineChart* chart_;
};

}  // namespace lodestone::pages
