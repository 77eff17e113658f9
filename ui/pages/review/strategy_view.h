// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/campaign/report_builder.h"
#include "ui/jobs/jobs.h"
#include "ui/studio/studio.h"

class QLabel;
class QScrollArea;

namespace lodestone::charts {
class IntervalChart;
}
namespace lodestone::widgets {
class Notice;
class StateBadge;
}  // namespace lodestone::widgets

namespace lodestone::pages {

class BlockView;

/// A strategy as a document: what, why, expected effects with their intervals, checks, evidence, and how the
/// numbers are made. What stands stays until another one is read.
class StrategyView : public QWidget {
  Q_OBJECT
 public:
  explicit StrategyView(studio::Studio& studio, QWidget* parent = nullptr);
  void setStrategy(const project::StrategyVersion& strategy);

 private:
  void read();
  void showTexts();
  void showEffects();
  void show(campaign::StrategyDocument document);

  studio::Studio& studio_;
  jobs::Latest reading_;
  project::StrategyVersion strategy_;
  QString shown_;  ///< id, version, hash and language of what stands
  QScrollArea* area_;
  widgets::Notice* notice_;
  QLabel* title_;
  QLabel* identity_;
  widgets::StateBadge* state_;
  BlockView* decided_;
  charts::IntervalChart* effects_;
  BlockView* expected_;
  BlockView* evidence_;
};

}  // namespace lodestone::pages
