// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/confusion_matrix.h"

#include "ui/charts/confusion_view.h"
#include "ui/charts/figures.h"

namespace lodestone::charts {

struct ConfusionMatrix::Plot {
  ConfusionView* view = nullptr;
  Counts counts;
  QString positive, negative;

  std::array<ConfusionCell, 4> cells() const;
  void show() const;
  ChartTable table(Figures figures) const;
};

std::array<ConfusionCell, 4> ConfusionMatrix::Plot::cells() const {
  const std::int64_t yes = counts.true_positives + counts.false_negatives;
  const std::int64_t no = counts.false_positives + counts.true_negatives;
  return {ConfusionCell{counts.true_positives, yes, ConfusionMatrix::tr("true positives")},
          ConfusionCell{counts.false_negatives, yes, ConfusionMatrix::tr("false negatives")},
          ConfusionCell{counts.false_positives, no, ConfusionMatrix::tr("false positives")},
          ConfusionCell{counts.true_negatives, no, ConfusionMatrix::tr("true negatives")}};
}

void ConfusionMatrix::Plot::show() const {
  view->set(cells(), {ConfusionMatrix::tr("Predicted"), ConfusionMatrix::tr("Happened"), positive, negative,
                      ConfusionMatrix::tr("%1 of the row")});
}

ChartTable ConfusionMatrix::Plot::table(Figures figures) const {
  ChartTable table;
  table.header = {ConfusionMatrix::tr("Happened"), ConfusionMatrix::tr("Predicted"),
                  ConfusionMatrix::tr("Count"), ConfusionMatrix::tr("Share of the row")};
  table.text_columns = 2;
  const std::array<ConfusionCell, 4> all = cells();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto count = static_cast<double>(all[i].count);
    table.rows.push_back(
        {i < 2 ? positive : negative, i % 2 == 0 ? positive : negative, figure(count, 0, false, figures),
         all[i].of > 0 ? figure(count / static_cast<double>(all[i].of), 1, true, figures) : QString()});
  }
  return table;
}

ConfusionMatrix::ConfusionMatrix(QWidget* parent) : Chart(parent), plot_(std::make_unique<Plot>()) {
  plot_->view = new ConfusionView(this);
  setPlot(plot_->view);
}

ConfusionMatrix::~ConfusionMatrix() = default;

void ConfusionMatrix::setCounts(const Counts& counts, const QString& positive, const QString& negative) {
  plot_->counts = counts;
  plot_->positive = positive;
  plot_->negative = negative;
  plot_->show();
  contentChanged();
}

ChartTable ConfusionMatrix::table() const {
  return plot_->table(Figures::Read);
}

ChartTable ConfusionMatrix::plainTable() const {
  return plot_->table(Figures::Plain);
}

bool ConfusionMatrix::empty() const {
  const Counts& counts = plot_->counts;
  return counts.true_positives + counts.false_positives + counts.true_negatives + counts.false_negatives == 0;
}

void ConfusionMatrix::paintPlot(QPainter& painter, const QSize& size) {
  plot_->view->paint(painter, size);
}

void ConfusionMatrix::recolour() {
  if (plot_ != nullptr && plot_->view != nullptr) plot_->show();
}

}  // namespace lodestone::charts
