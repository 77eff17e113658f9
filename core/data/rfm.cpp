// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/event_source.h"
#include "core/data/features.h"

namespace lodestone::data {

namespace {

constexpr Text kScoring{"Recency, frequency and money of {0}", "正在计算 {0} 的 RFM"};
constexpr Text kNoEvents{"Table {0} has no event column: every row counts as a purchase.",
                         "表 {0} 没有事件列：每一行都计为一次购买。"};
constexpr Text kMissingAmounts{"{0} purchases have no amount and count as 0 money.",
                               "{0} 次购买缺少金额，按 0 计。"};

std::string purchasesOf(const EventSource& source, const FeatureReport& report) {
  return quoteIdentifier(source.user()->name) + " IS NOT NULL AND " + source.moment() + " <= TIMESTAMP " +
         quoteLiteral(report.as_of) + " AND " + source.isOneOf(report.words.purchase);
}

std::string rfmSql(const EventSource& source, const FeatureReport& report) {
  const std::string amount = quoteIdentifier(source.amount()->name);
  const std::string purchases =
      "SELECT " + quoteIdentifier(source.user()->name) + " AS u, max(" + source.moment() +
      ") AS last, count(*) AS f, " + exactSum(amount, *source.amount()) + " AS m FROM " +
      quoted(source.info().table) + " WHERE " + purchasesOf(source, report) + " GROUP BY 1";
  const std::string days =
      "CAST(" + wholeDays("last", "TIMESTAMP " + quoteLiteral(report.as_of)) + " AS INTEGER)";
  const std::string scored =
      "SELECT u, last, d, f, m, CAST(ntile(5) OVER (ORDER BY d DESC, u) AS INTEGER) AS rs, CAST(ntile(5) "
      "OVER "
      "(ORDER BY f, u) AS INTEGER) AS fs, CAST(ntile(5) OVER (ORDER BY m, u) AS INTEGER) AS ms FROM (SELECT "
      "*, " +
      days + " AS d FROM (" + purchases + "))";
  return "SELECT " +
         columnList({{"u", source.user()->name},
                     {"last", "last_purchase"},
                     {"d", "recency_days"},
                     {"f", "frequency"},
                     {"m", "monetary"},
                     {"rs", "r_score"},
                     {"fs", "f_score"},
                     {"ms", "m_score"},
                     {"rs * 100 + fs * 10 + ms", "rfm_score"}}) +
         " FROM (" + scored + ") ORDER BY u";
}

}  // namespace

Result<FeatureReport> makeRfm(Database& database, const FeatureSpec& spec, const NewTable& target,
                              JobContext& job) {
  auto work = beginFeatures(database, spec, target, EventSource::Needs::Amount, kScoring, job);
  if (!work) return forward(work);
  const EventSource& source = work->source;
  FeatureReport& report = work->report;
  if (!source.event())
    report.notices.push_back({"no_event_column", "", kNoEvents, {source.info().table.name}});
  auto missing = work->session.count("SELECT count(*) FROM " + quoted(source.info().table) + " WHERE " +
                                         purchasesOf(source, report) + " AND " +
                                         quoteIdentifier(source.amount()->name) + " IS NULL",
                                     job);
  if (!missing) return forward(missing);
  if (*missing > 0)
    report.notices.push_back({"missing_amounts",
                              source.amount()->name,
                              kMissingAmounts,
                              {formatGrouped(static_cast<double>(*missing), 0)}});
  const std::string select = rfmSql(source, report);
  const Making making = featureMaking(*work, "rfm", spec);
  return finishFeatures(std::move(*work), target, select, making, job);
}

}  // namespace lodestone::data
