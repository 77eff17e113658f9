// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/pages/strategies/strategy_book.h"

class QVBoxLayout;

namespace lodestone::pages {

/// The versions of a strategy and what was remarked on them, newest first.
class VersionsView : public QWidget {
  Q_OBJECT
 public:
  explicit VersionsView(QWidget* parent = nullptr);
  void setHistory(const StrategyHistory& history);

 private:
  void showTexts();
  void addVersion(const project::StrategyVersion& version);

  StrategyHistory history_;
  QVBoxLayout* column_;
};

}  // namespace lodestone::pages
