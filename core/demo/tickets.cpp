// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/demo/grammar.h"
#include "core/demo/sampler.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

namespace {

constexpr double kTicketShare = 0.05;  // of the orders that were kept
constexpr double kTicketShareReturned = 0.5;

std::uint8_t oneOf(std::size_t count, Sampler& sampler) {
  return static_cast<std::uint8_t>(sampler.between(0, static_cast<std::int64_t>(count) - 1));
}

Ticket ticketOf(const Shop& shop, std::size_t place, Sampler& sampler) {
  const Order& order = shop.order(shop.in_time[place]);
  Ticket ticket;
  ticket.order = static_cast<std::int64_t>(place);
  ticket.customer = shop.in_time[place].customer;
  ticket.product = order.items.front().product;
  ticket.days = static_cast<std::uint8_t>(sampler.between(1, 10));
  ticket.moment = order.moment + ticket.days * kDaySeconds - sampler.between(0, 6 * 3600);
  ticket.intent = sampler.pick(order.returned ? kIntentsReturned : kIntentsKept);
  ticket.greeting = oneOf(kGreetings, sampler);
  ticket.question = oneOf(kQuestionVariants, sampler);
  ticket.answer = oneOf(kAnswerVariants, sampler);
  const bool mixed = sampler.chance(kMixedShare);
  const std::size_t step = static_cast<std::size_t>(sampler.between(1, kIntents - 1));
  ticket.second_question = oneOf(kQuestionVariants, sampler);
  if (mixed) ticket.second = (ticket.intent + step) % kIntents;
  return ticket;
}

}  // namespace

Result<> makeTickets(Shop& shop, JobContext& job) {
  Sampler sampler(shop.options.seed, "tickets");
  for (std::size_t place = 0; place < shop.in_time.size(); ++place) {
    if (place % 4096 == 0)
      if (auto go = job.checkpoint(); !go) return go;
    const bool returned = shop.order(shop.in_time[place]).returned;
    if (!sampler.chance(returned ? kTicketShareReturned : kTicketShare)) continue;
    const Ticket ticket = ticketOf(shop, place, sampler);
    if (ticket.moment < shop.options.days * kDaySeconds) shop.tickets.push_back(ticket);
  }
  std::stable_sort(shop.tickets.begin(), shop.tickets.end(),
                   [](const Ticket& x, const Ticket& y) { return x.moment < y.moment; });
  return {};
}

}  // namespace lodestone::demo
