// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone::demo {

// What is planted beside buying and campaigns, each law with what came of it. Units as in shop.h.

// --- reviews: what a product is good at shows in texts and ratings ---

inline constexpr std::size_t kAspects = 5;
inline constexpr std::array<std::string_view, kAspects> kAspectNames{"quality", "price", "delivery", "looks",
                                                                     "packaging"};
using Goodness = std::array<double, kAspects>;  ///< P(an aspect that is mentioned is praised)

/// A sentence of a review: what it is about, whether it praises, and which of the grammar's ways to say it.
struct Mention {
  std::uint8_t aspect = 0;
  bool praise = false;
  std::uint8_t variant = 0;
};

struct Review {
  std::int64_t moment = 0;
  std::int32_t customer = 0;
  std::int32_t product = 0;
  std::uint8_t rating = 0;
  std::uint8_t opener = 0;
  std::uint8_t closer = 0;
  std::vector<Mention> mentions = {};
};

// --- tickets: what a customer asks after an order ---

inline constexpr std::size_t kIntents = 8;
enum Intent : std::size_t {
  kWhereIsOrder,
  kReturn,
  kRefund,
  kDamaged,
  kPaymentTrouble,
  kChangeAddress,
  kProductQuestion,
  kAccount,
  kNoIntent
};
inline constexpr std::array<std::string_view, kIntents> kIntentNames{
    "where_is_order", "return",         "refund",           "damaged",
    "payment",        "change_address", "product_question", "account"};
/// Shares of the intents after an order that was kept and one that was returned.
inline constexpr std::array<double, kIntents> kIntentsKept{0.34, 0.02, 0.04, 0.08, 0.10, 0.10, 0.20, 0.12};
inline constexpr std::array<double, kIntents> kIntentsReturned{0.06, 0.48, 0.28, 0.14,
                                                               0.01, 0.01, 0.01, 0.01};
inline constexpr double kMixedShare = 0.1;  ///< of the tickets that ask about a second thing as well

struct Ticket {
  std::int64_t moment = 0;
  std::int32_t customer = 0;
  std::int32_t product = 0;
  std::int64_t order = 0;  ///< place among all orders in time
  std::size_t intent = 0;
  std::size_t second = kNoIntent;
  std::uint8_t days = 0;  ///< said to have passed
  std::uint8_t greeting = 0;
  std::uint8_t question = 0;
  std::uint8_t second_question = 0;
  std::uint8_t answer = 0;
};

// --- payments: one an order, a few of them fraud ---

inline constexpr std::size_t kMethods = 4;
inline constexpr std::array<std::string_view, kMethods> kMethodNames{"card", "wallet", "bank_transfer",
                                                                     "gift_card"};
/// Codes that ISO 3166 leaves to its users: countries that nobody lives in.
inline constexpr std::size_t kCountries = 6;
inline constexpr std::array<std::string_view, kCountries> kCountryCodes{"XA", "XB", "XC", "XD", "XE", "XF"};
inline constexpr double kFraudShare = 0.004;
inline constexpr int kFraudLastDays = 30;  ///< in which alone the third pattern is found
enum class Fraud : std::uint8_t { None, ForeignCard, CardTesting, WalletTakeover };
inline constexpr std::array<std::string_view, 4> kFraudNames{"none", "foreign_card", "card_testing",
                                                             "wallet_takeover"};

struct Payment {
  std::uint8_t method = 0;
  std::uint8_t country = 0;
  std::uint8_t ip_country = 0;
  std::uint8_t attempts = 1;
  bool chargeback = false;
  Fraud fraud = Fraud::None;
};

// --- ads: a click model by context, and a policy that was logged ---

inline constexpr std::size_t kAds = 6;
inline constexpr std::size_t kContextSide = 3;
inline constexpr std::size_t kContexts = kContextSide * kContextSide * kContextSide;
inline constexpr std::array<std::string_view, kContextSide> kContextDevices{"mobile", "desktop", "tablet"};
inline constexpr std::array<std::string_view, kContextSide> kDayparts{"morning", "afternoon", "evening"};
inline constexpr std::array<std::string_view, kContextSide> kAgeBands{"18-34", "35-54", "55+"};

/// "mobile|evening|18-34".
std::string contextName(std::size_t context);

struct Impression {
  std::int64_t moment = 0;
  std::int32_t customer = 0;
  std::uint8_t context = 0;  ///< (device * 3 + daypart) * 3 + age band
  std::uint8_t ad = 0;
  bool clicked = false;
  bool converted = false;
};

struct AdLog {
  std::array<std::array<double, kAds>, kContexts> click{};          ///< P(clicked | context, ad)
  std::array<double, kAds> conversion{};                            ///< P(converted | clicked, ad)
  std::array<std::array<std::int64_t, kAds>, kContexts> logging{};  ///< ten-thousandths, sum 10,000
  std::vector<Impression> impressions;
};

// --- demand: units a product and day ---

inline constexpr std::array<double, 7> kWeekdayFactor{0.95, 0.90, 0.92, 1.00,
                                                      1.10, 1.20, 0.93};  ///< Monday on
inline constexpr double kPublicHolidayFactor = 0.6;
inline constexpr double kShoppingDayFactor = 1.9;
inline constexpr double kOverstockShare = 0.2;  ///< of the unit cost, lost on each unit too many
inline constexpr int kHolidaysAhead = 60;       ///< days after history whose holidays are known

/// Of every year: the same everywhere.
struct Holiday {
  int month = 1;
  int day = 1;
  bool shopping = false;  ///< sells more; a public one sells less
};
inline constexpr std::size_t kHolidayCount = 8;
inline constexpr std::array<Holiday, kHolidayCount> kHolidays{{{1, 1, false},
                                                               {2, 14, true},
                                                               {5, 1, false},
                                                               {6, 18, true},
                                                               {10, 1, false},
                                                               {11, 11, true},
                                                               {12, 24, true},
                                                               {12, 25, false}}};

struct HolidayDate {
  int day = 0;
  std::size_t holiday = 0;
};

struct ProductDemand {
  double base = 0;  ///< units a day, all factors 1
  int first_day = 0;
  int best_stock = 0;
  std::vector<std::uint16_t> units = {};  ///< from first_day to the end of history
  std::vector<bool> promotion = {};       ///< as long as units
};

// --- budgets: what advertising brings, with saturation and carry-over ---

inline constexpr std::size_t kMediaChannels = 4;
inline constexpr std::size_t kBudgetSteps = 200;

/// Expected conversions a day = maximum * u / (1 + u), u = (adstock / half)^slope,
/// adstock = spend + decay * adstock of the day before.
struct MediaLaw {
  std::string_view name;
  double decay = 0;
  double half = 0;  ///< adstock, in money, at which half of the maximum is reached
  double slope = 1;
  double maximum = 0;
  double value = 0;  ///< mean revenue of a conversion, in money
};

struct MediaDay {
  std::int64_t spend = 0;
  std::int64_t conversions = 0;
  std::int64_t revenue = 0;
};

struct Media {
  std::array<MediaLaw, kMediaChannels> laws{};
  std::array<std::vector<MediaDay>, kMediaChannels> days;
  double daily_budget = 0;                          ///< what was spent a day on the whole, in money
  std::array<double, kMediaChannels> mean_spend{};  ///< a day
  std::array<double, kMediaChannels> best_spend{};  ///< a day, on a grid of budget / kBudgetSteps
  double mean_revenue = 0;                          ///< a day, were mean_spend spent every day
  double best_revenue = 0;
};

// --- recommending: how well the planted tastes themselves foretell ---

struct BestRanking {
  int days = 0;  ///< at the end of history that are foretold
  std::int64_t customers = 0;
  double ndcg = 0;
};
inline constexpr int kRankingCut = 10;
inline constexpr std::size_t kRankingCustomers = 1000;  ///< at most; the first ones that browse in these days

}  // namespace lodestone::demo
