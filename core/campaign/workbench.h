// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job_context.h"
#include "core/campaign/catalogue.h"
#include "core/campaign/experiment.h"
#include "core/campaign/rule.h"
#include "core/campaign/scored_data.h"
#include "core/project/project.h"

namespace lodestone::campaign {

/// An offer by a channel, as places in the catalogue.
struct OfferChannel {
  std::size_t offer = 0;
  std::size_t channel = 0;
  bool operator==(const OfferChannel&) const = default;
};

/// How well the model that scored the tables does; NaN where it is not known.
struct ModelFigures {
  std::string id;
  std::string target;
  double roc_auc = 0;            ///< on the model's test rows
  double baseline_roc_auc = 0;   ///< on the same rows
  double calibration_error = 0;  ///< on the history's held-out rows
  double positive_rate = 0;      ///< of the history's held-out rows
};

/// What the history can say about effects.
enum class Evidence {
  Experiments,     ///< campaigns with a random holdout
  OnlyConfounded,  ///< treated rows, but no campaign whose holdout is random
  NoTreatment,     ///< outcomes without campaigns
};

/// All that plans are made and judged with. Read once, then looked at by many.
struct Workbench {
  ScoredData data;
  Catalogue catalogue;
  std::vector<CampaignReview> campaigns;
  Evidence evidence = Evidence::NoTreatment;
  ModelFigures model;
  std::uint64_t seed = 42;
  bool assumed_pair = false;           ///< history does not say which offer or channel its campaigns used
  std::vector<std::int32_t> row_pair;  ///< one a history row: index into pairs, -1: none of the catalogue's
  std::vector<OfferChannel> pairs;     ///< all of the history's that the catalogue has
  std::vector<bool> pair_tested;       ///< in a campaign with a random holdout

  bool randomRow(std::size_t row) const;
  /// Index into pairs.
  std::optional<std::size_t> pairOf(const Offer& offer, const std::string& channel) const;
};

/// Reads the tables, the catalogue and the model's figures, and reviews the campaigns.
Result<Workbench> openWorkbench(project::Project& project, const ScoredTables& tables, std::uint64_t seed,
                                JobContext& job);

enum class HistoryRows { Learned, HeldOut };  ///< training and validation rows; test rows

/// The given history rows (ascending row numbers) as trials of a pair. Learned or held-out rows of random
/// campaigns that treated someone with this pair; a holdout row that names no pair is a holdout of each pair
/// of its campaign.
std::vector<Trial> trialsOf(const Workbench& bench, std::size_t pair, const std::vector<std::int64_t>& rows,
                            HistoryRows which);
/// Held-out rows without an experiment: all of them, or with a pair only those treated with it. All count as
/// treated.
std::vector<Trial> outcomesOf(const Workbench& bench, std::optional<std::size_t> pair,
                              const std::vector<std::int64_t>& rows);

/// The mean value of one conversion. Where the amount was known beforehand (the model saw it): the mean
/// positive amount of these rows of the population; where it is an outcome: its mean over past conversions;
/// without it: the revenue's.
double orderValue(const Workbench& bench, const std::vector<std::int64_t>& rows);

}  // namespace lodestone::campaign
