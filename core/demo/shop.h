// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/demo/demo_shop.h"
#include "core/demo/laws.h"

namespace lodestone::demo {

// What the shop is before it is written: the visible part and the planted truth, side by side.
// Days are counted from the first day of history (0), moments in seconds from its midnight, money in cents.

inline constexpr std::int64_t kDaySeconds = 86'400;
inline constexpr int kNever = std::numeric_limits<int>::max();
inline constexpr std::size_t kTasteSize = 8;
inline constexpr double kTasteScale = 1.2;
inline constexpr std::size_t kCategories = 12;
inline constexpr std::size_t kOffers = 4;
inline constexpr std::size_t kChannels = 3;

using Taste = std::array<double, kTasteSize>;

/// Population parameters of buying: BG/NBD (Fader, Hardie, Lee 2005) and gamma-gamma spend (Fader, Hardie
/// 2013).
struct Buying {
  double r = 0.62;  ///< order rate a day ~ Gamma(r, rate alpha)
  double alpha = 54;
  double a = 1.1;  ///< chance to leave after a repeat order ~ Beta(a, b)
  double b = 7;
  double p = 6;  ///< an order's value ~ Gamma(p, rate nu)
  double q = 4;  ///< nu ~ Gamma(q, rate gamma)
  double gamma = 30;
  double buyers = 0.9;                 ///< share of those signed up who will ever order by themselves
  double first_order_rate = 1.0 / 12;  ///< a day, from signing up to the first order
  double other_model =
      0.1;  ///< share of buyers for whom BG/NBD is wrong: a season of their own, leave on a date
};

struct OrderItem {
  std::int32_t product = 0;
  std::int32_t quantity = 1;
  std::int64_t unit_price = 0;
};

struct Order {
  std::int64_t moment = 0;
  std::int64_t value = 0;  ///< before discount: the sum of its items
  std::int64_t discount = 0;
  std::int32_t assignment = -1;  ///< the assignment that it makes a conversion
  bool returned = false;
  std::vector<OrderItem> items = {};
  int day() const { return static_cast<int>(moment / kDaySeconds); }
};

struct Customer {
  int signup_day = 0;
  int birth_year = 0;
  std::size_t gender = 0;  ///< index into Vocabulary::genders, as are the next two into theirs
  std::size_t city = 0;
  std::size_t acquisition = 0;
  std::array<bool, kChannels> consent{};  ///< now: whoever unsubscribed has lost it

  Taste taste{};
  double rate = 0;  ///< orders a day, mean over a year
  double dropout_chance = 0;
  double spend_rate = 1;  ///< nu: the expected value of an order is p / nu
  double activity = 1;    ///< weight of his browsing
  bool buyer = true;
  bool other_model = false;
  int season_month = 0;          ///< first of the three strong months under the other model, 0 to 11
  int first_order_day = kNever;  ///< of the orders he makes by himself
  int dropout_day = kNever;      ///< the last day on which he orders or browses by himself

  double age = 0;  ///< at the end of history
  std::size_t city_tier = 0;
  double noise = 0;                                  ///< of the effect, shared by all offers and channels
  std::array<double, kOffers * kChannels> effect{};  ///< as planted, before clipping

  std::vector<Order> orders;
  std::vector<int> contact_days;
};

struct Product {
  std::size_t category = 0;
  std::size_t brand = 0;
  std::size_t noun = 0;  ///< within the category
  std::size_t adjective = 0;
  std::size_t variant = 0;
  std::int64_t price = 0;
  std::int64_t unit_cost = 0;
  int stock = 0;
  int lead_time_days = 0;
  int launch_day = 0;
  Taste taste{};
  double popularity = 1;
  std::int32_t partner = -1;  ///< bought along with it
};

struct Campaign {
  std::size_t offer = 0;
  std::size_t channel = 0;
  bool random = true;
  int start = 0;
  int end = 0;  ///< last day of the window, included
  std::int64_t budget = 0;
  std::int64_t spend = 0;
  std::int64_t assigned = 0;
  std::int64_t treated = 0;
  double effect_of_treated = 0;  ///< sum of the true effects, after clipping
  double base_of_treated = 0;
  double base_of_others = 0;
};

struct Assignment {
  std::int32_t campaign = 0;
  std::int32_t customer = 0;
  bool treated = false;
  bool opened = false;
  bool clicked = false;
  bool unsubscribed = false;
  bool converted = false;
  std::int64_t sent = 0;
  std::int64_t revenue = 0;
};

enum class EventType : std::uint8_t { View, Search, Cart, Purchase };

struct Event {
  std::int32_t moment = 0;
  std::int32_t customer = 0;
  std::int32_t session = 0;
  std::int32_t product = 0;  ///< of a search: the product whose name is looked for
  EventType type = EventType::View;
  std::uint8_t device = 0;
};

/// An order by whose it is and its place among the customer's orders.
struct OrderPlace {
  std::int32_t customer = 0;
  std::int32_t at = 0;
};

struct Shop {
  DemoShopOptions options;
  std::int64_t first_day = 0;  ///< since 1970-01-01
  int window = 14;             ///< days of a campaign
  Buying buying;
  std::array<std::array<double, 12>, kCategories> season{};  ///< factor of a category by calendar month
  std::array<double, kCategories> trend{};                   ///< growth of a category over all of history
  std::vector<int> month_of_day;                             ///< 0 to 11
  std::vector<Customer> customers;
  std::vector<Product> products;
  std::vector<Campaign> campaigns;
  std::vector<Assignment> assignments;
  std::vector<Event> events;
  std::int32_t sessions = 0;
  std::vector<OrderPlace> in_time;  ///< all orders, once they are made: the order of orders.csv

  std::vector<Goodness> goodness;  ///< by product
  std::vector<Review> reviews;     ///< in time, as are the next two
  std::vector<Ticket> tickets;
  AdLog ads;
  std::vector<Payment> payments;  ///< of the orders in time
  std::vector<HolidayDate> holidays;
  std::array<double, kCategories> promotion{};  ///< factor of a category's demand
  std::vector<ProductDemand> demand;            ///< by product
  Media media;
  BestRanking ranking;

  const Order& order(const OrderPlace& place) const {
    return customers[static_cast<std::size_t>(place.customer)].orders[static_cast<std::size_t>(place.at)];
  }
};

/// Days, months and the window; checks nothing.
Shop emptyShop(const DemoShopOptions& options);
void makeProducts(Shop& shop);
void makeCustomers(Shop& shop);
/// The orders that customers make by themselves.
Result<> makeOrders(Shop& shop, JobContext& job);
/// Assigns customers to campaigns and adds or takes away the orders that these cause.
Result<> makeCampaigns(Shop& shop, JobContext& job);
/// What is in each order, and what was looked at.
Result<> makeTraffic(Shop& shop, JobContext& job);

// The rest changes nothing of what is above. Each draws from a stream of its own.
void sortOrders(Shop& shop);
Result<> makeReviews(Shop& shop, JobContext& job);
Result<> makeTickets(Shop& shop, JobContext& job);
Result<> makePayments(Shop& shop, JobContext& job);
Result<> makeAdLog(Shop& shop, JobContext& job);
Result<> makeDemand(Shop& shop, JobContext& job);
void makeMedia(Shop& shop);
/// NDCG of the ranking by the planted probabilities over the last days of browsing.
void rankByTaste(Shop& shop);

/// The chance that he orders by himself within 'days' days from 'start' on, given all that is planted.
double baseConversion(const Shop& shop, const Customer& customer, int start, int days);
/// The planted effect kept within what a probability can be: [0.001, 0.95] for a treated customer.
double clippedEffect(double base, double effect);
/// The planted effects of every offer and channel on one customer.
void plantEffects(Shop& shop, Customer& customer, double noise,
                  const std::array<double, kOffers * kChannels>& each);
/// A moment of the day between 08:00 and 22:59, more often in the evening.
std::int64_t momentOfDay(double uniform_hour, double uniform_rest);

inline constexpr std::array<const char*, kOffers> kOfferNames{"ten_percent_off", "twenty_percent_off",
                                                              "free_shipping", "free_gift"};
inline constexpr std::array<const char*, kChannels> kChannelNames{"email", "sms", "push"};
inline constexpr std::array<double, kOffers> kOfferDiscounts{0.10, 0.20, 0, 0};

}  // namespace lodestone::demo
