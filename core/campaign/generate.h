// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/campaign/catalogue.h"
#include "core/campaign/scored_tables.h"
#include "core/project/strategy_records.h"

namespace lodestone::campaign {

enum class Goal { Conversions, Revenue, Profit };
Result<Goal> goalFromText(const std::string& text);

struct GenerateOptions {
  Goal goal = Goal::Profit;
  std::optional<double> budget;  ///< money; none: unlimited
  std::uint64_t seed = 42;
};

struct Generated {
  std::vector<Json> strategies;      ///< contents as StrategyRecords::add takes them
  std::vector<std::string> binding;  ///< constraints that bind, by name; empty without constraints
  std::optional<double> unspent;     ///< of the budget
};

/// Strategies from scored tables: disjoint segments by score and value as readable rules, for each the offer
/// and channel that do best on the training rows, its effects estimated on held-out rows only, so that
/// choosing does not flatter them. Content of a strategy: {"title":{"en","zh_CN"},
/// "audience":{"rule","conditions":[{"column","op","value"}],
/// "size","eligible","excluded":[{"reason","count"}],"members_hash"}, "offer":{"id","discount","cost"},
/// "channel", "timing":{"start","end"}, "budget", "content", "cost", "currency",
/// "predicted":{"conversions","revenue", "incremental_conversions","roi","satisfaction":
/// {"value","low","high","method"} or {"value":null,"reason"}},
/// "evidence":{"model","campaigns":[...],"confounded":[...],"held_out_rows",...}, "checks":[{"name","status",
/// "message"}], "source":{...ScoredTables}}.
/// NotEnoughData with the counts that are missing when no segment can be judged.
Result<Generated> generateStrategies(project::Project& project, const ScoredTables& tables,
                                     const GenerateOptions& options, JobContext& job);

/// Applies "offer.discount=0.5"-like changes to a content and works out what depends on them anew (cost,
/// revenue, ROI, excluded, checks). Paths: title, title.en, title.zh_CN, offer.id, offer.discount,
/// offer.cost, channel, timing.start, timing.end, budget, audience.rule, audience.min_score,
/// content.<en|zh_CN>.<subject|body>. An offer that no campaign in history tested has no evidence: its
/// predictions become null with that reason. InvalidArgument names the path and what may be set.
Result<Json> editContent(project::Project& project, const Json& content,
                         const std::vector<std::pair<std::string, std::string>>& changes, JobContext& job);

/// The title in a language, as its content has it.
std::string strategyTitle(const project::StrategyVersion& strategy, Language language);

/// A strategy as the command line shows it: id, title, state, version, content_hash and the content's keys.
Json strategyView(const project::StrategyVersion& strategy, Language language);

}  // namespace lodestone::campaign
