// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/pages/models/model_data.h"

class QLabel;

namespace lodestone::charts {
class BarChart;
class LineChart;
}  // namespace lodestone::charts
namespace lodestone::tables {
class ListTable;
}
namespace lodestone::widgets {
class Notice;
}

namespace lodestone::pages {

/// Two models beside each other: figures, ROC curves, and what differs in how they were trained.
class CompareView : public QWidget {
  Q_OBJECT
 public:
  explicit CompareView(QWidget* parent = nullptr);
  /// Of the two that are shown.
  QStringList ids() const;
  void setModels(const ModelDataPointer& first, const ModelDataPointer& second);

 private:
  void show();
  void showCharts();
  void showDifferences();

  ModelDataPointer first_, second_;
  QLabel* title_;
  widgets::Notice* notice_;
  charts::BarChart* bars_;
  charts::LineChart* roc_;
  QLabel* differences_title_;
  tables::ListTable* differences_;
};

}  // namespace lodestone::pages
