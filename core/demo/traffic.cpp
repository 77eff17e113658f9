// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/sampler.h"
#include "core/demo/shop.h"
#include "core/demo/vocabulary.h"

namespace lodestone::demo {

namespace {

constexpr Text kProgress{"Filling baskets and browsing", "正在模拟浏览与下单"};
constexpr double kPartnerShare = 0.2;
constexpr double kReturned = 0.06;
constexpr double kCoupon = 0.07;

// e^x in steps of 1/512 for |x| < 8: finer than anybody can see in a taste, and a look-up instead of a
// series.
class ExpTable {
 public:
  ExpTable() : values_(kSize + 1) {
    for (std::size_t i = 0; i < values_.size(); ++i)
      values_[i] = portableExp((static_cast<double>(i) - kSize / 2.0) / kSteps);
  }
  double operator()(double x) const {
    const double place = std::clamp(x, -7.9, 7.9) * kSteps + kSize / 2.0 + 0.5;
    return values_[static_cast<std::size_t>(place)];
  }

 private:
  static constexpr double kSteps = 512;
  static constexpr std::size_t kSize = 8192;
  std::vector<double> values_;
};

// What one customer picks: category by taste, month and trend; within it by taste and popularity.
class Picker {
 public:
  explicit Picker(const Shop& shop) : shop_(shop), sums_(shop.products.size()) {
    for (std::size_t category = 0; category < kCategories; ++category) {
      begin_[category] = order_.size();
      for (std::size_t i = 0; i < shop.products.size(); ++i)
        if (shop.products[i].category == category) order_.push_back(static_cast<std::int32_t>(i));
    }
    begin_[kCategories] = order_.size();
    for (auto& column : tastes_)
      for (const std::int32_t i : order_)
        column.push_back(shop.products[static_cast<std::size_t>(i)]
                             .taste[static_cast<std::size_t>(&column - tastes_.data())]);
    dots_.resize(order_.size());
    makeDays();
  }

  void setCustomer(const Customer& customer) {
    std::fill(dots_.begin(), dots_.end(), 0.0);
    for (std::size_t d = 0; d < kTasteSize; ++d) {
      const double value = kTasteScale * customer.taste[d];
      const std::vector<double>& column = tastes_[d];
      for (std::size_t i = 0; i < dots_.size(); ++i) dots_[i] += value * column[i];
    }
    for (std::size_t category = 0; category < kCategories; ++category) {
      double sum = 0;
      for (std::size_t i = begin_[category]; i < begin_[category + 1]; ++i) {
        sum += shop_.products[static_cast<std::size_t>(order_[i])].popularity * exp_(dots_[i]);
        sums_[i] = sum;
      }
      totals_[category] = sum;
    }
  }

  std::int32_t pick(int day, Sampler& sampler) const {
    // What is not launched yet is drawn again, so that the rest keeps its proportions.
    while (true) {
      const std::size_t category = pickCategory(day, sampler);
      const double target = sampler.uniform() * totals_[category];
      const auto first = sums_.begin() + static_cast<std::ptrdiff_t>(begin_[category]);
      const auto last = sums_.begin() + static_cast<std::ptrdiff_t>(begin_[category + 1]) - 1;
      const auto found = std::lower_bound(first, last, target);
      const std::int32_t product = order_[static_cast<std::size_t>(found - sums_.begin())];
      if (shop_.products[static_cast<std::size_t>(product)].launch_day <= day) return product;
    }
  }

 private:
  void makeDays() {
    days_.resize(static_cast<std::size_t>(shop_.options.days));
    for (std::size_t day = 0; day < days_.size(); ++day) {
      const double passed = static_cast<double>(day) / static_cast<double>(days_.size());
      const auto month = static_cast<std::size_t>(shop_.month_of_day[day]);
      for (std::size_t category = 0; category < kCategories; ++category)
        days_[day][category] = shop_.season[category][month] * (1 + shop_.trend[category] * passed);
    }
  }

  std::size_t pickCategory(int day, Sampler& sampler) const {
    const auto& factors = days_[static_cast<std::size_t>(day)];
    std::array<double, kCategories> weights{};
    for (std::size_t category = 0; category < kCategories; ++category)
      weights[category] = totals_[category] * factors[category];
    return sampler.pick(weights);
  }

  const Shop& shop_;
  ExpTable exp_;
  std::vector<std::int32_t> order_;  // products by category
  std::array<std::size_t, kCategories + 1> begin_{};
  std::array<std::vector<double>, kTasteSize> tastes_;
  std::vector<double> dots_;
  std::vector<double> sums_;  // running within each category
  std::array<double, kCategories> totals_{};
  std::vector<std::array<double, kCategories>> days_;
};

// The product, of a few that he likes, and the quantity that come nearest to an amount.
OrderItem itemWorth(const Shop& shop, const Picker& picker, int day, double amount, Sampler& sampler) {
  OrderItem best;
  double best_distance = 0;
  for (int candidate = 0; candidate < 5; ++candidate) {
    const std::int32_t product = picker.pick(day, sampler);
    const auto price = static_cast<double>(shop.products[static_cast<std::size_t>(product)].price);
    for (int quantity = 1; quantity <= 3; ++quantity) {
      const double ratio = amount / (price * quantity);
      const double distance = (ratio > 1 ? ratio : 1 / ratio) * (1 + 0.15 * (quantity - 1));
      if (best_distance > 0 && distance >= best_distance) continue;
      best_distance = distance;
      best.product = product;
      best.quantity = quantity;
    }
  }
  return best;
}

void addItem(Order& order, const OrderItem& item) {
  for (OrderItem& known : order.items) {
    if (known.product != item.product) continue;
    known.quantity += item.quantity;
    return;
  }
  order.items.push_back(item);
}

// Prices move around the list price so that the order comes to its value.
void setPrices(const Shop& shop, Order& order) {
  double listed = 0;
  for (const OrderItem& item : order.items)
    listed +=
        static_cast<double>(shop.products[static_cast<std::size_t>(item.product)].price * item.quantity);
  const double factor = static_cast<double>(order.value) / listed;
  order.value = 0;
  for (OrderItem& item : order.items) {
    const auto price = static_cast<double>(shop.products[static_cast<std::size_t>(item.product)].price);
    item.unit_price = std::max<std::int64_t>(1, static_cast<std::int64_t>(price * factor + 0.5));
    order.value += item.unit_price * item.quantity;
  }
}

void fillBasket(const Shop& shop, const Picker& picker, Order& order, Sampler& sampler) {
  constexpr std::array<double, 3> kItems{0.72, 0.21, 0.07};
  const std::size_t count = 1 + sampler.pick(kItems);
  auto left = static_cast<double>(order.value);
  for (std::size_t i = 0; i < count; ++i) {
    const double amount = std::max(100.0, left / static_cast<double>(count - i));
    const OrderItem item = itemWorth(shop, picker, order.day(), amount, sampler);
    const Product& product = shop.products[static_cast<std::size_t>(item.product)];
    left -= static_cast<double>(product.price * item.quantity);
    addItem(order, item);
    const bool with_partner = sampler.chance(kPartnerShare);
    if (product.partner < 0 || !with_partner) continue;
    const Product& partner = shop.products[static_cast<std::size_t>(product.partner)];
    if (partner.launch_day <= order.day()) addItem(order, {product.partner, 1, 0});
  }
  setPrices(shop, order);
  order.returned = sampler.chance(kReturned);
}

void settle(Shop& shop, Order& order, Sampler& sampler) {
  const bool coupon = sampler.chance(kCoupon);
  if (coupon) order.discount = order.value / 10;
  if (order.assignment < 0) return;
  Assignment& assignment = shop.assignments[static_cast<std::size_t>(order.assignment)];
  Campaign& campaign = shop.campaigns[static_cast<std::size_t>(assignment.campaign)];
  if (assignment.treated && kOfferDiscounts[campaign.offer] > 0) {
    const int percent = campaign.offer == 0 ? 10 : 20;
    order.discount = order.value * percent / 100;
    campaign.spend += order.discount;
  }
  assignment.revenue = order.value - order.discount;
}

std::uint8_t deviceOf(const Customer& customer, Sampler& sampler) {
  const double mobile = customer.age < 45 ? 0.75 : 0.5;
  const std::array<double, kDevices> weights{mobile, 0.9 - mobile, 0.1};
  return static_cast<std::uint8_t>(sampler.pick(weights));
}

// Share out exactly 'events' among the customers, in proportion to activity and days on which they are
// active.
std::vector<std::int64_t> browsingOf(const Shop& shop, std::int64_t events, Sampler& sampler) {
  std::vector<std::uint64_t> weights;
  std::uint64_t total = 0;
  for (const Customer& customer : shop.customers) {
    const int end = std::min(customer.dropout_day, shop.options.days);
    const double active = std::max(0, end - customer.signup_day);
    const auto weight = static_cast<std::uint64_t>(active * std::min(customer.activity, 50.0) * 64);
    weights.push_back(weight);
    total += weight;
  }
  std::vector<std::int64_t> counts(weights.size(), 0);
  if (total == 0 || events <= 0) return counts;
  __extension__ using Wide = unsigned __int128;
  const auto offset = static_cast<std::uint64_t>(sampler.between(0, static_cast<std::int64_t>(total) - 1));
  Wide sum = offset;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto wide = static_cast<Wide>(events);
    const Wide before = sum;
    sum += wide * weights[i];
    counts[i] = static_cast<std::int64_t>(sum / total - before / total);
  }
  return counts;
}

// Share of orders whose views and carts are told: all of them while that leaves three tenths of the events to
// browsing.
double pathShare(std::int64_t events, std::int64_t items) {
  const auto sold = static_cast<double>(items);
  if (items == 0) return 1;
  return std::clamp((0.7 * static_cast<double>(events) - sold) / (2 * sold), 0.0, 1.0);
}

class Traffic {
 public:
  Traffic(Shop& shop, Picker& picker, double path_share, Sampler& events)
      : shop_(shop), picker_(picker), path_share_(path_share), events_(events) {}

  /// What leads to an order, on the same day: each item seen, put into the cart, bought.
  void order(std::int32_t customer, const Order& order) {
    const std::int32_t session = shop_.sessions++;
    const std::uint8_t device = deviceOf(shop_.customers[static_cast<std::size_t>(customer)], events_);
    const bool with_path = events_.chance(path_share_);
    const auto count = static_cast<std::int64_t>(order.items.size());
    for (std::int64_t i = 0; i < count; ++i) {
      const OrderItem& item = order.items[static_cast<std::size_t>(i)];
      if (with_path) {
        const std::int64_t seen = order.moment - (count - i) * 150;
        add(seen, customer, session, item.product, EventType::View, device);
        add(seen + 70, customer, session, item.product, EventType::Cart, device);
      }
      add(order.moment, customer, session, item.product, EventType::Purchase, device);
    }
  }

  void browse(std::int32_t index, std::int64_t count) {
    const Customer& customer = shop_.customers[static_cast<std::size_t>(index)];
    const int end = std::min(customer.dropout_day, shop_.options.days);
    while (count > 0) {
      const int day = static_cast<int>(events_.between(customer.signup_day, end - 1));
      const double hour = events_.uniform();
      const double rest = events_.uniform();
      std::int64_t moment = day * kDaySeconds + momentOfDay(hour, rest);
      const std::int32_t session = shop_.sessions++;
      const std::uint8_t device = deviceOf(customer, events_);
      std::int64_t length = 1;
      while (length < 12 && events_.chance(0.66)) ++length;
      length = std::min(length, count);
      count -= length;
      browseOnce(index, session, device, day, moment, length);
    }
  }

 private:
  void browseOnce(std::int32_t customer, std::int32_t session, std::uint8_t device, int day,
                  std::int64_t moment, std::int64_t length) {
    std::int32_t seen = -1;
    for (std::int64_t i = 0; i < length; ++i) {
      const double dice = events_.uniform();
      if (dice < 0.12 && seen >= 0) {
        add(moment, customer, session, seen, EventType::Cart, device);
        seen = -1;
      } else {
        seen = picker_.pick(day, events_);
        const bool search = dice > 0.82;
        add(moment, customer, session, seen, search ? EventType::Search : EventType::View, device);
        if (search) seen = -1;
      }
      moment += events_.between(15, 180);
    }
  }

  void add(std::int64_t moment, std::int32_t customer, std::int32_t session, std::int32_t product,
           EventType type, std::uint8_t device) {
    shop_.events.push_back({static_cast<std::int32_t>(moment), customer, session, product, type, device});
  }

  Shop& shop_;
  Picker& picker_;
  double path_share_;
  Sampler& events_;
};

// Budgets stand for a plan made beforehand: a tenth above what was spent, in whole tens.
void setBudgets(Shop& shop) {
  for (Campaign& campaign : shop.campaigns) campaign.budget = (campaign.spend * 11 / 10 / 1000 + 1) * 1000;
}

}  // namespace

Result<> makeTraffic(Shop& shop, JobContext& job) {
  Sampler baskets(shop.options.seed, "order_items");
  Sampler events(shop.options.seed, "events");
  Picker picker(shop);
  std::int64_t items = 0;
  for (Customer& customer : shop.customers) {
    if (customer.orders.empty()) continue;
    picker.setCustomer(customer);
    for (Order& order : customer.orders) {
      fillBasket(shop, picker, order, baskets);
      settle(shop, order, baskets);
      items += static_cast<std::int64_t>(order.items.size());
    }
  }
  setBudgets(shop);
  const double path_share = pathShare(shop.options.events, items);
  Traffic traffic(shop, picker, path_share, events);
  shop.events.reserve(static_cast<std::size_t>(std::max(shop.options.events, items)));
  for (std::size_t i = 0; i < shop.customers.size(); ++i)
    for (const Order& order : shop.customers[i].orders) traffic.order(static_cast<std::int32_t>(i), order);
  const auto left = shop.options.events - static_cast<std::int64_t>(shop.events.size());
  const std::vector<std::int64_t> browsing = browsingOf(shop, left, events);
  for (std::size_t i = 0; i < shop.customers.size(); ++i) {
    if (i % 1024 == 0) {
      if (auto go = job.checkpoint(); !go) return go;
      job.report(static_cast<double>(i) / static_cast<double>(shop.customers.size()), kProgress);
    }
    if (browsing[i] == 0) continue;
    picker.setCustomer(shop.customers[i]);
    traffic.browse(static_cast<std::int32_t>(i), browsing[i]);
  }
  std::stable_sort(shop.events.begin(), shop.events.end(),
                   [](const Event& x, const Event& y) { return x.moment < y.moment; });
  return {};
}

void sortOrders(Shop& shop) {
  for (std::size_t i = 0; i < shop.customers.size(); ++i)
    for (std::size_t at = 0; at < shop.customers[i].orders.size(); ++at)
      shop.in_time.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(at)});
  std::stable_sort(shop.in_time.begin(), shop.in_time.end(), [&](const OrderPlace& x, const OrderPlace& y) {
    return shop.order(x).moment < shop.order(y).moment;
  });
}

}  // namespace lodestone::demo
