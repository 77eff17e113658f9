// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/project/strategy_records.h"

namespace lodestone::pages {

/// What core will refuse, told beforehand so that the button can say it.
class DecisionRules {
  Q_DECLARE_TR_FUNCTIONS(lodestone::pages::DecisionRules)

 public:
  /// Why the step cannot be taken now by that person with that comment; empty: it can.
  static QString whyNot(project::ReviewAction action, const project::StrategyVersion& strategy,
                        const QString& person, const QString& comment);

 private:
  static QString whyNotThisPerson(const project::StrategyVersion& strategy, const QString& person);
  static QString whyNotThisState(project::ReviewAction action, const project::StrategyVersion& strategy);
};

}  // namespace lodestone::pages
