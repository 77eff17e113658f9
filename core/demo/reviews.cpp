// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/grammar.h"
#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

constexpr double kReviewShare = 0.08;  // of the items sold
constexpr double kReturnedFactor = 0.4;
constexpr std::array<double, 3> kMentions{0.35, 0.45, 0.20};
constexpr std::array<double, kAspects> kTalkedAbout{0.34, 0.22, 0.18, 0.16, 0.10};

void makeGoodness(Shop& shop, Sampler& sampler) {
  shop.goodness.resize(shop.products.size());
  for (Goodness& product : shop.goodness)
    for (double& aspect : product) aspect = logistic(0.9 + 1.1 * sampler.normal());
}

std::vector<Mention> mentions(const Goodness& goodness, double factor, Sampler& sampler) {
  const std::size_t count = 1 + sampler.pick(kMentions);
  std::array<double, kAspects> weights = kTalkedAbout;
  std::vector<Mention> made;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t aspect = sampler.pick(weights);
    weights[aspect] = 0;
    Mention mention;
    mention.aspect = static_cast<std::uint8_t>(aspect);
    mention.praise = sampler.chance(goodness[aspect] * factor);
    mention.variant = static_cast<std::uint8_t>(sampler.between(0, kSentenceVariants - 1));
    made.push_back(mention);
  }
  return made;
}

// Between all blame, about 1.4 stars, and all praise, about 4.6, with a noise of half a star.
std::uint8_t ratingOf(const std::vector<Mention>& mentions, Sampler& sampler) {
  double mood = 0;
  for (const Mention& mention : mentions) mood += mention.praise ? 1 : -1;
  mood /= static_cast<double>(mentions.size());
  const double stars = 3 + 1.6 * mood + 0.5 * sampler.normal();
  return static_cast<std::uint8_t>(std::clamp(stars + 0.5, 1.0, 5.0));
}

void review(Shop& shop, std::int32_t customer, const Order& order, const OrderItem& item, Sampler& sampler) {
  Review made;
  made.customer = customer;
  made.product = item.product;
  made.moment = order.moment + sampler.between(3 * kDaySeconds, 21 * kDaySeconds);
  const Goodness& goodness = shop.goodness[static_cast<std::size_t>(item.product)];
  made.mentions = mentions(goodness, order.returned ? kReturnedFactor : 1, sampler);
  made.rating = ratingOf(made.mentions, sampler);
  made.opener = static_cast<std::uint8_t>(sampler.between(0, kOpeners - 1));
  made.closer = static_cast<std::uint8_t>(sampler.between(0, kClosers - 1));
  if (made.moment < shop.options.days * kDaySeconds) shop.reviews.push_back(std::move(made));
}

}  // namespace

Result<> makeReviews(Shop& shop, JobContext& job) {
  Sampler sampler(shop.options.seed, "reviews");
  makeGoodness(shop, sampler);
  for (std::size_t i = 0; i < shop.customers.size(); ++i) {
    if (i % 4096 == 0)
      if (auto go = job.checkpoint(); !go) return go;
    for (const Order& order : shop.customers[i].orders)
      for (const OrderItem& item : order.items)
        if (sampler.chance(kReviewShare)) review(shop, static_cast<std::int32_t>(i), order, item, sampler);
  }
  std::stable_sort(shop.reviews.begin(), shop.reviews.end(),
                   [](const Review& x, const Review& y) { return x.moment < y.moment; });
  return {};
}

}  // namespace lodestone::demo
