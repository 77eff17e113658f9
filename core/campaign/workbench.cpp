// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/workbench.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/campaign/audience.h"
#include "core/campaign/wording.h"
#include "core/learn/metrics.h"
#include "core/project/model_records.h"

namespace lodestone::campaign {

namespace {

constexpr Text kReading{"Reading the scored tables", "正在读取评分表"};
constexpr Text kReviewing{"Checking past campaigns", "正在检查历史活动"};

bool sameName(const std::string& written, const std::string& id, const std::string& english,
              const std::string& chinese) {
  const std::string name = lowerAscii(trim(written));
  return name == lowerAscii(id) || name == lowerAscii(english) || name == lowerAscii(chinese);
}

std::int32_t offerIndex(const Catalogue& catalogue, const std::string& name) {
  for (std::size_t i = 0; i < catalogue.offers.size(); ++i)
    if (const Offer& each = catalogue.offers[i]; sameName(name, each.id, each.title_en, each.title_zh))
      return static_cast<std::int32_t>(i);
  return -1;
}

std::int32_t channelIndex(const Catalogue& catalogue, const std::string& name) {
  for (std::size_t i = 0; i < catalogue.channels.size(); ++i)
    if (const Channel& each = catalogue.channels[i]; sameName(name, each.id, each.title_en, each.title_zh))
      return static_cast<std::int32_t>(i);
  return -1;
}

/// The channel of campaigns that name none: the cheapest whose consent is known, else the cheapest.
std::size_t assumedChannel(const Workbench& bench) {
  std::size_t best = 0;
  const auto cost = [&](std::size_t i) {
    const Channel& channel = bench.catalogue.channels[i];
    const bool unknown = consentColumn(bench.data.tables.roles, channel.id).empty();
    return std::pair(unknown, channel.unit_cost);
  };
  for (std::size_t i = 1; i < bench.catalogue.channels.size(); ++i)
    if (cost(i) < cost(best)) best = i;
  return best;
}

void readPairs(Workbench& bench) {
  const ScoredData& data = bench.data;
  const bool offers = !data.role("offer").empty();
  const bool channels = !data.role("channel").empty();
  bench.assumed_pair = !offers || !channels;
  const auto assumed = static_cast<std::int32_t>(assumedChannel(bench));
  std::map<std::pair<std::string, std::string>, std::int32_t> known;
  bench.row_pair.reserve(data.offer.size());
  for (std::size_t row = 0; row < data.offer.size(); ++row) {
    const auto [entry, added] = known.try_emplace({data.offer[row], data.channel[row]}, -1);
    if (added) {
      const std::int32_t offer = offers ? offerIndex(bench.catalogue, data.offer[row]) : 0;
      const std::int32_t channel = channels ? channelIndex(bench.catalogue, data.channel[row]) : assumed;
      if (offer >= 0 && channel >= 0) {
        const OfferChannel pair{static_cast<std::size_t>(offer), static_cast<std::size_t>(channel)};
        const auto found = std::find(bench.pairs.begin(), bench.pairs.end(), pair);
        entry->second = static_cast<std::int32_t>(found - bench.pairs.begin());
        if (found == bench.pairs.end()) bench.pairs.push_back(pair);
      }
    }
    bench.row_pair.push_back(entry->second);
  }
  bench.pair_tested.assign(bench.pairs.size(), false);
  for (std::size_t row = 0; row < bench.row_pair.size(); ++row)
    if (bench.row_pair[row] >= 0 && data.treated[row] == 1 && bench.randomRow(row))
      bench.pair_tested[static_cast<std::size_t>(bench.row_pair[row])] = true;
}

void readModel(project::Project& project, Workbench& bench) {
  ModelFigures& model = bench.model;
  model.id = bench.data.tables.model;
  model.roc_auc = model.baseline_roc_auc = NAN;
  if (auto record = project.models().get(model.id)) {
    model.target = record->target;
    model.roc_auc = numberField(field(record->metrics, "test"), "roc_auc");
    const Json& baseline = field(record->baseline, "metrics");
    const Json& test = field(baseline, "test");
    model.baseline_roc_auc = numberField(test.is_null() ? baseline : test, "roc_auc");
  }
  std::vector<float> probability;
  std::vector<float> target;
  double positives = 0;
  for (std::size_t row = 0; row < bench.data.part.size(); ++row) {
    if (bench.data.part[row] != HistoryPart::Test || std::isnan(bench.data.score[row])) continue;
    probability.push_back(static_cast<float>(bench.data.score[row]));
    target.push_back(bench.data.positive[row] != 0 ? 1.0F : 0.0F);
    positives += bench.data.positive[row] != 0 ? 1 : 0;
  }
  model.positive_rate = positives / static_cast<double>(std::max<std::size_t>(target.size(), 1));
  model.calibration_error = learn::calibrationError(learn::calibration(probability, target));
}

/// Campaigns with treated rows of the pair.
std::set<std::int32_t> campaignsOf(const Workbench& bench, std::size_t pair) {
  std::set<std::int32_t> campaigns;
  for (std::size_t row = 0; row < bench.row_pair.size(); ++row)
    if (bench.row_pair[row] == static_cast<std::int32_t>(pair) && bench.data.treated[row] == 1 &&
        bench.randomRow(row))
      campaigns.insert(bench.data.campaign[row]);
  return campaigns;
}

double meanPositive(const FrameColumn& amounts, const std::vector<std::int64_t>& rows) {
  double sum = 0;
  double count = 0;
  for (const std::int64_t row : rows) {
    const double value = amounts.numbers[static_cast<std::size_t>(row)];
    if (!(value > 0)) continue;
    sum += value;
    count += 1;
  }
  return count > 0 ? sum / count : NAN;
}

/// What a past conversion brought on average, by the column of that role; not of the rows that estimate
/// effects.
double meanOfConversions(const Workbench& bench, const char* role) {
  const std::string name = bench.data.role(role);
  const FrameColumn* money = name.empty() ? nullptr : bench.data.history.find(name);
  if (money == nullptr || money->kind == ColumnKind::Text) return NAN;
  double sum = 0;
  double count = 0;
  for (std::size_t row = 0; row < bench.data.part.size(); ++row) {
    const double value = money->numbers[row];
    if (bench.data.part[row] == HistoryPart::Test || bench.data.positive[row] == 0 || std::isnan(value))
      continue;
    sum += value;
    count += 1;
  }
  return count > 0 ? sum / count : NAN;
}

}  // namespace

bool Workbench::randomRow(std::size_t row) const {
  return campaigns[static_cast<std::size_t>(data.campaign[row])].verdict == CampaignReview::Verdict::Random;
}

std::optional<std::size_t> Workbench::pairOf(const Offer& offer, const std::string& channel) const {
  const auto equal = [](double a, double b) { return std::fabs(a - b) < 1e-9; };
  std::optional<std::size_t> other;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Offer& known = catalogue.offers[pairs[i].offer];
    if (catalogue.channels[pairs[i].channel].id != channel || !equal(known.discount, offer.discount))
      continue;
    if (known.id == offer.id) return i;
    if (known.discount > 0 && equal(known.unit_cost, offer.unit_cost)) other = i;
  }
  return other;
}

Result<Workbench> openWorkbench(project::Project& project, const ScoredTables& tables, std::uint64_t seed,
                                JobContext& job) {
  job.report(0, kReading);
  Workbench bench;
  auto catalogue = loadCatalogue(project);
  if (!catalogue) return forward(catalogue);
  bench.catalogue = std::move(*catalogue);
  auto data = loadScoredData(project, tables, job);
  if (!data) return forward(data);
  bench.data = std::move(*data);
  bench.seed = seed;
  if (auto go = job.checkpoint(); !go) return forward(go);
  job.report(0.5, kReviewing);
  readModel(project, bench);
  if (!bench.data.hasTreatment()) return bench;
  bench.campaigns = reviewCampaigns(bench.data);
  const bool any =
      std::any_of(bench.campaigns.begin(), bench.campaigns.end(),
                  [](const CampaignReview& each) { return each.verdict == CampaignReview::Verdict::Random; });
  bench.evidence = any ? Evidence::Experiments : Evidence::OnlyConfounded;
  readPairs(bench);
  return bench;
}

std::vector<Trial> trialsOf(const Workbench& bench, std::size_t pair, const std::vector<std::int64_t>& rows,
                            HistoryRows which) {
  const std::set<std::int32_t> campaigns = campaignsOf(bench, pair);
  const ScoredData& data = bench.data;
  std::vector<Trial> trials;
  for (const std::int64_t each : rows) {
    const auto row = static_cast<std::size_t>(each);
    const bool held_out = data.part[row] == HistoryPart::Test;
    if (held_out != (which == HistoryRows::HeldOut) || data.treated[row] < 0) continue;
    const bool own = bench.row_pair[row] == static_cast<std::int32_t>(pair);
    const bool shared_holdout = data.treated[row] == 0 && bench.row_pair[row] < 0;
    if ((!own && !shared_holdout) || !campaigns.contains(data.campaign[row])) continue;
    trials.push_back({data.user[row], data.campaign[row], data.treated[row] == 1, data.positive[row] != 0});
  }
  return trials;
}

std::vector<Trial> outcomesOf(const Workbench& bench, std::optional<std::size_t> pair,
                              const std::vector<std::int64_t>& rows) {
  const ScoredData& data = bench.data;
  std::vector<Trial> trials;
  for (const std::int64_t each : rows) {
    const auto row = static_cast<std::size_t>(each);
    if (data.part[row] != HistoryPart::Test) continue;
    if (pair && (data.treated[row] != 1 || bench.row_pair[row] != static_cast<std::int32_t>(*pair))) continue;
    trials.push_back({data.user[row], 0, true, data.positive[row] != 0});
  }
  return trials;
}

double orderValue(const Workbench& bench, const std::vector<std::int64_t>& rows) {
  const std::string name = bench.data.role("amount");
  const FrameColumn* amount = name.empty() ? nullptr : bench.data.population.find(name);
  if (amount == nullptr || amount->kind == ColumnKind::Text) return meanOfConversions(bench, "revenue");
  const std::vector<std::string>& features = bench.data.tables.features;
  const bool known_before =
      features.empty() || std::find(features.begin(), features.end(), name) != features.end();
  if (!known_before) return meanOfConversions(bench, "amount");
  if (const double here = meanPositive(*amount, rows); std::isfinite(here)) return here;
  std::vector<std::int64_t> all(static_cast<std::size_t>(bench.data.population.rows));
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
  const double everywhere = meanPositive(*amount, all);
  return std::isfinite(everywhere) ? everywhere : meanOfConversions(bench, "revenue");
}

}  // namespace lodestone::campaign
