// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/decision_rules.h"

#include "ui/pages/review/review_data.h"
#include "ui/words/words.h"

namespace lodestone::pages {

using project::ReviewAction;
using project::StrategyState;

QString DecisionRules::whyNot(ReviewAction action, const project::StrategyVersion& strategy,
                              const QString& person, const QString& comment) {
  if (const QString reason = whyNotThisState(action, strategy); !reason.isEmpty()) return reason;
  if (person.trimmed().isEmpty()) return tr("Say first who you are, under \"Reviewing as\".");
  if (samePerson(words::toUtf8(person), std::string(project::kProgramName)))
    return tr("\"%1\" is the program's own name. Give yours under \"Reviewing as\".").arg(person.trimmed());
  if (action == ReviewAction::Submit) return {};
  if (const QString reason = whyNotThisPerson(strategy, person); !reason.isEmpty()) return reason;
  if (action != ReviewAction::Approve && comment.trimmed().isEmpty())
    return tr("Write in the comment why: whoever changes it must know.");
  return {};
}

QString DecisionRules::whyNotThisPerson(const project::StrategyVersion& strategy, const QString& person) {
  const std::string name = words::toUtf8(person);
  if (samePerson(name, strategy.submitted_by))
    return tr("%1 sent this version to review, so another person has to decide.").arg(person.trimmed());
  if (samePerson(name, strategy.created_by))
    return tr("%1 wrote this version, so another person has to decide.").arg(person.trimmed());
  return {};
}

QString DecisionRules::whyNotThisState(ReviewAction action, const project::StrategyVersion& strategy) {
  if (action == ReviewAction::Submit) {
    switch (strategy.state) {
      case StrategyState::Draft:
      case StrategyState::ChangesRequested:
        return {};
      case StrategyState::InReview:
        return tr("It is in review already.");
      default:
        return tr("It has been decided on. Edit it on the page Strategies: that makes a new draft.");
    }
  }
  switch (strategy.state) {
    case StrategyState::InReview:
      return {};
    case StrategyState::Draft:
      return tr("It is a draft: send it to review first.");
    case StrategyState::ChangesRequested:
      return tr("Changes were requested: it has to come back to review first.");
    default:
      return tr("It has been decided on. Edit it on the page Strategies: that makes a new draft.");
  }
}

}  // namespace lodestone::pages
