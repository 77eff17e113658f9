// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/demo/grammar.h"
#include "core/demo/writing.h"

namespace lodestone::demo {

namespace {

// The payment provider's own words in its own encoding, GBK: what dirty files have in place of kMethodNames.
// 银行卡, 电子钱包, 银行转账, 礼品卡.
constexpr std::array<std::string_view, kMethods> kProviderMethods{
    "\xD2\xF8\xD0\xD0\xBF\xA8", "\xB5\xE7\xD7\xD3\xC7\xAE\xB0\xFC", "\xD2\xF8\xD0\xD0\xD7\xAA\xD5\xCB",
    "\xC0\xF1\xC6\xB7\xBF\xA8"};

Result<> writeReviews(Writing& writing) {
  TableWriter table(writing.folder, "reviews",
                    {{"review_id"},
                     {"customer_id"},
                     {"product_id"},
                     {"ts", {Flaw::MixedDates}},
                     {"rating", {Flaw::Missing}},
                     {"text", {Flaw::TrailingSpaces}}},
                    writing.shop.options);
  const Grammar& words = grammar(writing.shop.options.data_language);
  std::int64_t index = 0;
  for (const Review& review : writing.shop.reviews) {
    table.cell(idOf('R', index++)).cell(idOf('C', review.customer)).cell(idOf('P', review.product));
    table.moment(writing.calendar, review.moment).whole(review.rating).cell(reviewText(words, review));
    table.endRow();
  }
  return finishTable(writing, table);
}

Result<> writeTickets(Writing& writing) {
  TableWriter table(writing.folder, "tickets",
                    {{"ticket_id"},
                     {"customer_id"},
                     {"ts", {Flaw::MixedDates}},
                     {"question", {Flaw::TrailingSpaces}},
                     {"answer", {Flaw::TrailingSpaces}},
                     {"intent", {Flaw::Missing}}},
                    writing.shop.options);
  const Grammar& words = grammar(writing.shop.options.data_language);
  std::int64_t index = 0;
  for (const Ticket& ticket : writing.shop.tickets) {
    const Product& product = writing.shop.products[static_cast<std::size_t>(ticket.product)];
    const std::string_view noun = writing.words.nouns[product.category][product.noun];
    const std::string order = idOf('O', ticket.order);
    table.cell(idOf('K', index++)).cell(idOf('C', ticket.customer)).moment(writing.calendar, ticket.moment);
    table.cell(questionText(words, ticket, noun, order)).cell(answerText(words, ticket, noun, order));
    table.cell(kIntentNames[ticket.intent]);
    table.endRow();
  }
  return finishTable(writing, table);
}

Result<> writePayments(Writing& writing) {
  Dialect dialect;
  if (writing.dirty()) dialect.encoding = "GBK";
  TableWriter table(writing.folder, "payments",
                    {{"payment_id"},
                     {"order_id"},
                     {"method"},
                     {"country"},
                     {"ip_country", {Flaw::TrailingSpaces}},
                     {"attempts", {Flaw::Missing}},
                     {"amount"},
                     {"chargeback"}},
                    writing.shop.options, dialect);
  for (std::size_t i = 0; i < writing.shop.payments.size(); ++i) {
    const Payment& payment = writing.shop.payments[i];
    const Order& order = writing.shop.order(writing.shop.in_time[i]);
    const auto index = static_cast<std::int64_t>(i);
    table.cell(idOf('Y', index)).cell(idOf('O', index));
    table.cell((writing.dirty() ? kProviderMethods : kMethodNames)[payment.method]);
    table.cell(kCountryCodes[payment.country]).cell(kCountryCodes[payment.ip_country]);
    table.whole(payment.attempts).money(order.value - order.discount).flag(payment.chargeback);
    table.endRow();
  }
  return finishTable(writing, table);
}

}  // namespace

Result<> writeServiceTables(Writing& writing) {
  if (auto done = writeReviews(writing); !done) return done;
  if (auto done = writeTickets(writing); !done) return done;
  return writePayments(writing);
}

}  // namespace lodestone::demo
