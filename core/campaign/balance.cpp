// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/campaign/experiment.h"

namespace lodestone::campaign {

namespace {

constexpr double kLargestDifference = 0.1;
constexpr double kSignificance = 1e-3;
constexpr std::size_t kMostLevels = 20;

/// A number of each row known before the campaign; NaN where missing.
struct Covariate {
  std::string name;
  std::vector<double> values;
};

void addNumbers(std::vector<Covariate>& out, const FrameColumn& column) {
  out.push_back({column.name, column.numbers});
  const auto missing = [](double value) { return std::isnan(value); };
  if (std::none_of(column.numbers.begin(), column.numbers.end(), missing)) return;
  Covariate known{column.name, {}};
  for (const double value : column.numbers) known.values.push_back(std::isnan(value) ? 0 : 1);
  out.push_back(std::move(known));
}

void addLevels(std::vector<Covariate>& out, const FrameColumn& column) {
  if (column.levels.size() > kMostLevels) return;
  for (std::size_t level = 0; level < column.levels.size(); ++level) {
    Covariate is{column.name, {}};
    for (const std::int32_t code : column.codes)
      is.values.push_back(code == static_cast<std::int32_t>(level) ? 1 : 0);
    out.push_back(std::move(is));
  }
}

/// What was known before: the score and the columns that the model saw; where those are not told, what the
/// rows to address have too. Where the treatment itself is such a column, the model has seen it, and its
/// score says nothing about balance.
std::vector<Covariate> covariatesOf(const ScoredData& data) {
  std::set<std::string> leave_out{kPartColumn, kTargetColumn, kScoreColumn};
  for (const char* role : {"user", "treatment", "campaign", "offer", "channel", "revenue", "target", "time"})
    leave_out.insert(data.role(role));
  const std::set<std::string> features(data.tables.features.begin(), data.tables.features.end());
  std::vector<Covariate> out;
  const std::string treatment = data.role("treatment");
  if (data.population.find(treatment) == nullptr) out.push_back({kScoreColumn, data.score});
  for (const FrameColumn& column : data.history.columns) {
    if (leave_out.contains(column.name) || data.population.find(column.name) == nullptr) continue;
    if (!features.empty() && !features.contains(column.name)) continue;
    if (column.kind == ColumnKind::Text)
      addLevels(out, column);
    else
      addNumbers(out, column);
  }
  return out;
}

struct Moments {
  double count = 0;
  double mean = 0;
  double squares = 0;  // of deviations, by Welford's update

  void add(double value) {
    count += 1;
    const double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }
  double variance() const { return count > 1 ? squares / (count - 1) : 0; }
};

double standardisedDifference(const Moments& a, const Moments& b) {
  const double spread = std::sqrt((a.variance() + b.variance()) / 2);
  return spread > 0 ? (a.mean - b.mean) / spread : 0;
}

double twoSidedP(const Moments& a, const Moments& b) {
  const double error = std::sqrt(a.variance() / a.count + b.variance() / b.count);
  return error > 0 ? std::erfc(std::fabs(a.mean - b.mean) / error / std::sqrt(2.0)) : 1;
}

void judgeBalance(CampaignReview& review, const std::vector<std::size_t>& rows, const ScoredData& data,
                  const std::vector<Covariate>& covariates) {
  const double significance =
      kSignificance / static_cast<double>(std::max<std::size_t>(covariates.size(), 1));
  bool unbalanced = false;
  for (const Covariate& covariate : covariates) {
    std::array<Moments, 2> arms;
    for (const std::size_t row : rows)
      if (data.treated[row] >= 0 && !std::isnan(covariate.values[row]))
        arms[static_cast<std::size_t>(data.treated[row])].add(covariate.values[row]);
    if (arms[0].count < 2 || arms[1].count < 2) continue;
    const double difference = standardisedDifference(arms[1], arms[0]);
    const bool here =
        std::fabs(difference) > kLargestDifference && twoSidedP(arms[1], arms[0]) < significance;
    // The worst of those that fail the test, or else simply the worst: it is shown either way.
    const bool worse = std::fabs(difference) > std::fabs(review.difference);
    if ((here && !unbalanced) || (here == unbalanced && worse)) {
      review.column = covariate.name;
      review.difference = difference;
    }
    unbalanced = unbalanced || here;
  }
  if (unbalanced) review.verdict = CampaignReview::Verdict::Confounded;
}

}  // namespace

std::vector<CampaignReview> reviewCampaigns(const ScoredData& data) {
  if (!data.hasTreatment()) return {};
  std::vector<std::vector<std::size_t>> rows(data.campaigns.size());
  for (std::size_t i = 0; i < data.campaign.size(); ++i)
    rows[static_cast<std::size_t>(data.campaign[i])].push_back(i);
  const std::vector<Covariate> covariates = covariatesOf(data);
  std::vector<CampaignReview> reviews;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    CampaignReview review;
    review.id = data.campaigns[k];
    std::set<std::pair<std::string, std::string>> pairs;
    for (const std::size_t row : rows[k]) {
      review.treated += data.treated[row] == 1 ? 1 : 0;
      review.holdout += data.treated[row] == 0 ? 1 : 0;
      if (data.treated[row] >= 0) pairs.emplace(data.offer[row], data.channel[row]);
    }
    review.pairs.assign(pairs.begin(), pairs.end());
    if (review.treated == 0 || review.holdout == 0)
      review.verdict = CampaignReview::Verdict::NoHoldout;
    else
      judgeBalance(review, rows[k], data, covariates);
    reviews.push_back(std::move(review));
  }
  return reviews;
}

}  // namespace lodestone::campaign
