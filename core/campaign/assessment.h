// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/base/job_context.h"
#include "core/base/json.h"
#include "core/campaign/audience.h"
#include "core/campaign/economics.h"
#include "core/campaign/workbench.h"

namespace lodestone::campaign {

/// What is decided about a strategy; the rest of its content follows from it.
struct Plan {
  Json title;    ///< {"en","zh_CN"}; null: made of the segment, the offer and the channel
  Json segment;  ///< {"en","zh_CN"}
  Rule rule;
  Offer offer;
  std::string channel;
  std::optional<std::int64_t> capacity;  ///< contacts that this plan may take of the channel
  std::string start;                     ///< dates, YYYY-MM-DD
  std::string end;
  std::optional<double> budget;  ///< none: the planned cost
  Json message;                  ///< {"en":{"subject","body"},"zh_CN":{...}}; null: made of the offer
};

/// A number with its interval, or why there is none.
struct Estimate {
  double value = 0;
  Interval interval;
};

/// What held-out rows say about a plan: rates with resamples, and what they come to in the audience.
struct Evaluation {
  Audience audience;
  Terms terms;
  std::optional<std::size_t> pair;  ///< of history, whose effect this is
  Effect effect;
  bool experiment = false;  ///< the effect has a holdout
  Json gross_reason;        ///< why there are no conversions; null where there are
  Json incremental_reason;
  std::optional<Outcome>
      outcome;  ///< none without a treated rate; its incremental parts count with experiment alone
  std::int64_t held_out_rows = 0;  ///< of the segment, whatever was done to them
  double planned_cost = 0;
  std::optional<Interval> incremental;
  std::optional<Interval> roi;
};

/// Audience, effects on held-out rows, money. The same numbers for the same bench and plan.
Result<Evaluation> evaluate(const Workbench& bench, const Plan& plan, JobContext& job);

/// The whole content of a strategy, see generateStrategies.
Json contentOf(const Workbench& bench, const Plan& plan, const Evaluation& evaluation);
Result<Json> assess(const Workbench& bench, const Plan& plan, JobContext& job);

/// The parts of a content that were decided, so that assess() can work out the rest anew. Corrupt when it
/// lacks some.
Result<Plan> planOf(const Json& content, const Catalogue& catalogue);

/// "20 % off" or what the catalogue calls it; a discount that the catalogue does not know gets its own words.
std::string offerTitle(const Catalogue& catalogue, const Offer& offer, Language language);
std::string channelTitle(const Catalogue& catalogue, const std::string& id, Language language);
/// Title and message as assess() makes them where the plan has none.
Json standardTitle(const Catalogue& catalogue, const Plan& plan);
Json standardMessage(const Catalogue& catalogue, const Plan& plan);

/// Checks of an evaluated plan: [{"name","status","message":{"en","zh_CN"}}].
Json checksOf(const Workbench& bench, const Plan& plan, const Evaluation& evaluation);

}  // namespace lodestone::campaign
