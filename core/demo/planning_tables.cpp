// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/grammar.h"
#include "core/demo/writing.h"

namespace lodestone::demo {

namespace {

Result<> writeAdLog(Writing& writing) {
  TableWriter table(writing.folder, "ad_log",
                    {{"ts", {Flaw::MixedDates}},
                     {"customer_id"},
                     {"context", {Flaw::TrailingSpaces}},
                     {"ad_id"},
                     {"logging_probability"},
                     {"clicked"},
                     {"converted"}},
                    writing.shop.options);
  std::array<std::string, kContexts> contexts;
  for (std::size_t i = 0; i < kContexts; ++i) contexts[i] = contextName(i);
  for (const Impression& impression : writing.shop.ads.impressions) {
    table.moment(writing.calendar, impression.moment).cell(idOf('C', impression.customer));
    table.cell(contexts[impression.context]).cell(idOf('A', impression.ad));
    table.decimal(writing.shop.ads.logging[impression.context][impression.ad], 4);
    table.flag(impression.clicked).flag(impression.converted);
    table.endRow();
  }
  return finishTable(writing, table);
}

// Day by day, as the warehouse would report.
Result<> writeDemand(Writing& writing) {
  TableWriter table(writing.folder, "demand",
                    {{"date", {Flaw::MixedDates}}, {"product_id"}, {"units", {Flaw::Missing}}, {"promotion"}},
                    writing.shop.options);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < writing.shop.products.size(); ++i)
    ids.push_back(idOf('P', static_cast<std::int64_t>(i)));
  for (int day = 0; day < writing.shop.options.days; ++day) {
    if (day % 32 == 0)
      if (auto go = writing.job.checkpoint(); !go) return go;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const ProductDemand& demand = writing.shop.demand[i];
      if (day < demand.first_day) continue;
      const auto at = static_cast<std::size_t>(day - demand.first_day);
      table.date(writing.calendar, day).cell(ids[i]).whole(demand.units[at]).flag(demand.promotion[at]);
      table.endRow();
    }
  }
  return finishTable(writing, table);
}

Result<> writeHolidays(Writing& writing) {
  TableWriter table(writing.folder, "holidays", {{"date"}, {"name"}, {"kind"}}, writing.shop.options);
  const Grammar& words = grammar(writing.shop.options.data_language);
  for (const HolidayDate& date : writing.shop.holidays) {
    table.date(writing.calendar, date.day).cell(words.holidays[date.holiday]);
    table.cell(kHolidays[date.holiday].shopping ? "shopping" : "public");
    table.endRow();
  }
  return finishTable(writing, table);
}

// Under dirt as an agency abroad writes it: semicolons, decimal commas, the day before the month.
Result<> writeChannelSpend(Writing& writing) {
  Dialect dialect;
  if (writing.dirty()) dialect = {.separator = ';', .decimal = ',', .day_first = true};
  TableWriter table(writing.folder, "channel_spend",
                    {{"date"}, {"channel", {Flaw::TrailingSpaces}}, {"spend"}, {"conversions"}, {"revenue"}},
                    writing.shop.options, dialect);
  const Media& media = writing.shop.media;
  for (int day = 0; day < writing.shop.options.days; ++day) {
    for (std::size_t channel = 0; channel < kMediaChannels; ++channel) {
      const MediaDay& today = media.days[channel][static_cast<std::size_t>(day)];
      table.date(writing.calendar, day).cell(media.laws[channel].name).money(today.spend);
      table.whole(today.conversions).money(today.revenue);
      table.endRow();
    }
  }
  return finishTable(writing, table);
}

}  // namespace

Result<> writePlanningTables(Writing& writing) {
  if (auto done = writeAdLog(writing); !done) return done;
  if (auto done = writeDemand(writing); !done) return done;
  if (auto done = writeHolidays(writing); !done) return done;
  return writeChannelSpend(writing);
}

}  // namespace lodestone::demo
