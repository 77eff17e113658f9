// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/truth_text.h"

namespace lodestone::demo {

namespace {

template <class Range>
void putNumbers(TruthText& truth, std::string_view key, const Range& range, int decimals) {
  truth.numbers(key, range, decimals, [](double value) { return value; });
}

template <class Range>
void putWords(TruthText& truth, std::string_view key, const Range& range) {
  truth.open(key, '[');
  for (const auto& word : range) truth.word({}, word);
  truth.close(']');
}

void putReviews(TruthText& truth, const Shop& shop) {
  truth.open("reviews", '{');
  putWords(truth, "aspects", kAspectNames);
  truth.open("goodness", '[');
  for (const Goodness& product : shop.goodness) putNumbers(truth, {}, product, 4);
  truth.close(']');
  truth.open("mentions", '[');
  for (const Review& review : shop.reviews) {
    std::string mentions;
    for (const Mention& mention : review.mentions)
      mentions.append(std::to_string(mention.aspect)).append(mention.praise ? "+" : "-");
    truth.word({}, mentions);
  }
  truth.close(']');
  truth.close('}');
}

void putTickets(TruthText& truth, const Shop& shop) {
  truth.open("tickets", '{');
  putWords(truth, "intents", kIntentNames);
  putNumbers(truth, "share_after_kept", kIntentsKept, 4);
  putNumbers(truth, "share_after_returned", kIntentsReturned, 4);
  truth.number("mixed_share", kMixedShare, 4);
  truth.open("second_intent", '{');
  for (std::size_t i = 0; i < shop.tickets.size(); ++i)
    if (shop.tickets[i].second != kNoIntent)
      truth.word(idOf('K', static_cast<std::int64_t>(i)), kIntentNames[shop.tickets[i].second]);
  truth.close('}');
  truth.close('}');
}

void putPayments(TruthText& truth, const Shop& shop) {
  const Calendar calendar(shop.first_day, shop.options.days);
  truth.open("risk", '{');
  truth.number("share", kFraudShare, 4);
  truth.word("last_pattern_from", calendar.date(shop.options.days - kFraudLastDays));
  truth.open("fraud", '{');
  for (std::size_t i = 0; i < shop.payments.size(); ++i)
    if (shop.payments[i].fraud != Fraud::None)
      truth.word(idOf('Y', static_cast<std::int64_t>(i)),
                 kFraudNames[static_cast<std::size_t>(shop.payments[i].fraud)]);
  truth.close('}');
  truth.close('}');
}

// The mean over contexts as often as they came, of the ad that a policy picks.
template <class Worth>
double bestValue(const AdLog& log, const std::array<double, kContexts>& share, Worth worth) {
  double sum = 0;
  for (std::size_t context = 0; context < kContexts; ++context) {
    double best = 0;
    for (std::size_t ad = 0; ad < kAds; ++ad) best = std::max(best, worth(log, context, ad));
    sum += share[context] * best;
  }
  return sum;
}

double clickOf(const AdLog& log, std::size_t context, std::size_t ad) {
  return log.click[context][ad];
}

double conversionOf(const AdLog& log, std::size_t context, std::size_t ad) {
  return log.click[context][ad] * log.conversion[ad];
}

template <class Worth>
void putBestAds(TruthText& truth, std::string_view key, const AdLog& log, Worth worth) {
  truth.open(key, '[');
  for (std::size_t context = 0; context < kContexts; ++context) {
    std::size_t best = 0;
    for (std::size_t ad = 1; ad < kAds; ++ad)
      if (worth(log, context, ad) > worth(log, context, best)) best = ad;
    truth.word({}, idOf('A', static_cast<std::int64_t>(best)));
  }
  truth.close(']');
}

void putAds(TruthText& truth, const Shop& shop) {
  const AdLog& log = shop.ads;
  std::array<double, kContexts> share{};
  const auto count = static_cast<double>(std::max<std::size_t>(log.impressions.size(), 1));
  for (const Impression& impression : log.impressions) share[impression.context] += 1 / count;
  double logged = 0;
  for (std::size_t context = 0; context < kContexts; ++context)
    for (std::size_t ad = 0; ad < kAds; ++ad)
      logged +=
          share[context] * static_cast<double>(log.logging[context][ad]) / 10'000 * log.click[context][ad];
  truth.open("ads", '{');
  truth.open("contexts", '[');
  for (std::size_t context = 0; context < kContexts; ++context) truth.word({}, contextName(context));
  truth.close(']');
  truth.open("click", '[');
  for (const auto& context : log.click) putNumbers(truth, {}, context, 6);
  truth.close(']');
  putNumbers(truth, "conversion_of_click", log.conversion, 6);
  putBestAds(truth, "best_for_clicks", log, clickOf);
  putBestAds(truth, "best_for_conversions", log, conversionOf);
  truth.number("logged_clicks", logged, 6);
  truth.number("best_clicks", bestValue(log, share, clickOf), 6);
  truth.number("best_conversions", bestValue(log, share, conversionOf), 6);
  truth.close('}');
}

void putDemand(TruthText& truth, const Shop& shop) {
  truth.open("demand", '{');
  putNumbers(truth, "weekday", kWeekdayFactor, 4);
  truth.number("public_holiday", kPublicHolidayFactor, 4);
  truth.number("shopping_day", kShoppingDayFactor, 4);
  putNumbers(truth, "promotion", shop.promotion, 4);
  truth.numbers("base", shop.demand, 4, [](const ProductDemand& demand) { return demand.base; });
  truth.number("overstock_share", kOverstockShare, 4);
  truth.open("best_stock", '[');
  for (const ProductDemand& demand : shop.demand)
    truth.whole({}, static_cast<std::uint64_t>(demand.best_stock));
  truth.close(']');
  truth.close('}');
}

void putMedia(TruthText& truth, const Shop& shop) {
  const Media& media = shop.media;
  truth.open("budgets", '{');
  truth.open("channels", '{');
  for (const MediaLaw& law : media.laws) {
    truth.open(law.name, '{');
    truth.number("decay", law.decay, 4);
    truth.number("half", law.half, 4);
    truth.number("slope", law.slope, 4);
    truth.number("maximum", law.maximum, 4);
    truth.number("value", law.value, 4);
    truth.close('}');
  }
  truth.close('}');
  truth.number("daily_budget", media.daily_budget, 2);
  putNumbers(truth, "mean_spend", media.mean_spend, 2);
  truth.number("mean_spend_revenue", media.mean_revenue, 2);
  putNumbers(truth, "best_spend", media.best_spend, 2);
  truth.number("best_spend_revenue", media.best_revenue, 2);
  truth.close('}');
}

void putRanking(TruthText& truth, const Shop& shop) {
  truth.open("best_ranking", '{');
  truth.whole("at", kRankingCut);
  truth.whole("last_days", static_cast<std::uint64_t>(shop.ranking.days));
  truth.whole("customers", static_cast<std::uint64_t>(shop.ranking.customers));
  truth.number("ndcg", shop.ranking.ndcg, 6);
  truth.close('}');
}

}  // namespace

void putLaws(TruthText& truth, const Shop& shop) {
  putRanking(truth, shop);
  putReviews(truth, shop);
  putTickets(truth, shop);
  putPayments(truth, shop);
  putAds(truth, shop);
  putDemand(truth, shop);
  putMedia(truth, shop);
}

}  // namespace lodestone::demo
