// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>

#include "ui/pages/pipeline/chart_reading.h"

class QLabel;
class QStackedLayout;

namespace lodestone::tables {
class ListTable;
}

namespace lodestone::pages {

/// All runs of the project, newest first. The one that is chosen is shown everywhere: states, outputs, log.
class RunList : public QWidget {
  Q_OBJECT
 public:
  explicit RunList(QWidget* parent = nullptr);
  void setRuns(const std::vector<RunEntry>& runs);
  void choose(std::int64_t run);

 Q_SIGNALS:
  void runPicked(std::int64_t run);

 private:
  void show();

  std::vector<RunEntry> runs_;
  bool choosing_ = false;
  QStackedLayout* places_;
  QLabel* empty_;
  tables::ListTable* list_;
};

}  // namespace lodestone::pages
