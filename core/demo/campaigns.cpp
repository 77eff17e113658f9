// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

constexpr Text kProgress{"Running campaigns", "正在模拟营销活动"};
constexpr int kLongestWindow = 14;
constexpr int kRecentDays = 45;
constexpr int kContactDays = 60;
constexpr double kTreatedShare = 0.6;
constexpr std::array<double, kChannels> kAssignedShare{0.40, 0.55, 0.65};
constexpr std::array<double, kChannels> kOpened{0.30, 0.55, 0.22};
constexpr std::array<std::int64_t, kChannels> kContactCents{2, 6, 1};
constexpr std::array<std::int64_t, kOffers> kOfferCents{0, 0, 490, 350};

struct Plan {
  std::size_t offer;
  std::size_t channel;
  bool random;
};

// Each offer goes once through each channel at random; the fourth and the tenth are not random.
constexpr std::array<Plan, 14> kPlans{{{1, 0, true},
                                       {2, 1, true},
                                       {0, 2, true},
                                       {2, 0, false},
                                       {3, 0, true},
                                       {1, 1, true},
                                       {2, 2, true},
                                       {0, 0, true},
                                       {3, 1, true},
                                       {1, 1, false},
                                       {1, 2, true},
                                       {2, 0, true},
                                       {0, 1, true},
                                       {3, 2, true}}};

// In waves of three, one after the other, with a rest between waves: so customers meet 0 to 2 contacts in 60
// days.
void schedule(Shop& shop) {
  const int days = shop.options.days;
  const int count = std::clamp(days / 40, 4, static_cast<int>(kPlans.size()));
  const int begin = days * 14 / 100;
  const int end = days * 97 / 100;
  const int waves = (count + 2) / 3;
  shop.window = std::clamp((end - begin) / waves / 4, 1, kLongestWindow);
  const int span = end - begin - 3 * (shop.window + 1);
  for (int i = 0; i < count; ++i) {
    const Plan& plan = kPlans[static_cast<std::size_t>(i)];
    Campaign campaign;
    campaign.offer = plan.offer;
    campaign.channel = plan.channel;
    campaign.random = plan.random;
    campaign.start = begin + span * (i / 3) / (waves - 1) + i % 3 * (shop.window + 1);
    campaign.end = campaign.start + shop.window - 1;
    shop.campaigns.push_back(campaign);
  }
}

struct Contact {
  Shop& shop;
  Campaign& campaign;
  Customer& customer;
  Assignment& assignment;
  std::int32_t index;
};

bool within(const Order& order, const Campaign& campaign) {
  return order.day() >= campaign.start && order.day() <= campaign.end;
}

Order* firstWithin(Customer& customer, const Campaign& campaign) {
  for (Order& order : customer.orders)
    if (within(order, campaign)) return &order;
  return nullptr;
}

bool orderedRecently(const Customer& customer, int start) {
  for (const Order& order : customer.orders)
    if (order.day() < start && order.day() >= start - kRecentDays) return true;
  return false;
}

void addOrder(Contact& contact, Sampler& sampler) {
  const Shop& shop = contact.shop;
  const double wait = sampler.exponential() * shop.window / 4.0;
  const double hour = sampler.uniform();
  const double rest = sampler.uniform();
  const double value = sampler.gamma(shop.buying.p) / contact.customer.spend_rate;
  const int last = contact.campaign.end;
  const int first = std::min(contact.campaign.start + 1, last);
  Order order;
  order.moment =
      std::min(first + static_cast<int>(std::min(wait, 30.0)), last) * kDaySeconds + momentOfDay(hour, rest);
  order.value = std::max<std::int64_t>(300, static_cast<std::int64_t>(value * 100 + 0.5));
  auto& orders = contact.customer.orders;
  const auto after = std::upper_bound(orders.begin(), orders.end(), order,
                                      [](const Order& x, const Order& y) { return x.moment < y.moment; });
  orders.insert(after, order);
}

void removeOrders(Contact& contact) {
  std::erase_if(contact.customer.orders, [&](const Order& order) { return within(order, contact.campaign); });
}

// The orders that the campaign makes or unmakes, so that P(converted | treated) = base + effect exactly.
// True where an order was added.
bool applyEffect(Contact& contact, double base, double effect, Sampler& sampler) {
  const bool natural = firstWithin(contact.customer, contact.campaign) != nullptr;
  const double dice = sampler.uniform();
  if (natural && effect < 0 && dice < -effect / base) removeOrders(contact);
  const bool caused = !natural && effect > 0 && dice < effect / (1 - base);
  if (caused) addOrder(contact, sampler);
  return caused;
}

void treat(Contact& contact, double base, Sampler& sampler) {
  Customer& customer = contact.customer;
  Campaign& campaign = contact.campaign;
  Assignment& assignment = contact.assignment;
  const double planted = customer.effect[campaign.offer * kChannels + campaign.channel];
  const double effect = clippedEffect(base, planted);
  const bool caused = applyEffect(contact, base, effect, sampler);
  ++campaign.treated;
  campaign.effect_of_treated += effect;
  campaign.base_of_treated += base;
  // Before the first order of the day.
  assignment.sent = campaign.start * kDaySeconds + 8 * 3600 - sampler.between(0, 1800);
  const bool opened = sampler.chance(kOpened[campaign.channel]);
  const bool clicked = sampler.chance(0.2);
  assignment.opened = caused || opened;
  assignment.clicked = caused || (opened && clicked);
  double contacts = 0;
  for (const int day : customer.contact_days) contacts += day >= campaign.start - kContactDays ? 1 : 0;
  assignment.unsubscribed = sampler.chance(0.004 * (1 + contacts) * (1 + contacts));
  if (assignment.unsubscribed) {
    assignment.opened = true;
    customer.consent[campaign.channel] = false;
  }
  customer.contact_days.push_back(campaign.start);
  campaign.spend += kContactCents[campaign.channel];
}

void assign(Contact& contact, Sampler& sampler) {
  Customer& customer = contact.customer;
  Campaign& campaign = contact.campaign;
  const double base = baseConversion(contact.shop, customer, campaign.start, contact.shop.window);
  const double treated_share =
      campaign.random ? kTreatedShare : (orderedRecently(customer, campaign.start) ? 0.85 : 0.15);
  contact.assignment.treated = sampler.chance(treated_share);
  ++campaign.assigned;
  if (contact.assignment.treated)
    treat(contact, base, sampler);
  else
    campaign.base_of_others += base;
  if (Order* order = firstWithin(customer, campaign); order != nullptr) {
    contact.assignment.converted = true;
    order->assignment = contact.index;
    if (contact.assignment.treated) campaign.spend += kOfferCents[campaign.offer];
  }
}

}  // namespace

Result<> makeCampaigns(Shop& shop, JobContext& job) {
  schedule(shop);
  Sampler sampler(shop.options.seed, "assignments");
  for (std::size_t k = 0; k < shop.campaigns.size(); ++k) {
    if (auto go = job.checkpoint(); !go) return go;
    job.report(static_cast<double>(k) / static_cast<double>(shop.campaigns.size()), kProgress);
    Campaign& campaign = shop.campaigns[k];
    for (std::size_t i = 0; i < shop.customers.size(); ++i) {
      Customer& customer = shop.customers[i];
      if (customer.signup_day >= campaign.start || !customer.consent[campaign.channel]) continue;
      if (!sampler.chance(kAssignedShare[campaign.channel])) continue;
      Assignment assignment;
      assignment.campaign = static_cast<std::int32_t>(k);
      assignment.customer = static_cast<std::int32_t>(i);
      Contact contact{shop, campaign, customer, assignment,
                      static_cast<std::int32_t>(shop.assignments.size())};
      assign(contact, sampler);
      shop.assignments.push_back(assignment);
    }
  }
  return {};
}

}  // namespace lodestone::demo
