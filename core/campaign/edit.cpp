// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/campaign/assessment.h"
#include "core/campaign/generate.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr std::array<std::string_view, 16> kPaths{"title",
                                                  "title.en",
                                                  "title.zh_CN",
                                                  "offer.id",
                                                  "offer.discount",
                                                  "offer.cost",
                                                  "channel",
                                                  "timing.start",
                                                  "timing.end",
                                                  "budget",
                                                  "audience.rule",
                                                  "audience.min_score",
                                                  "content.en.subject",
                                                  "content.en.body",
                                                  "content.zh_CN.subject",
                                                  "content.zh_CN.body"};

constexpr Text kBadPath{"A strategy has nothing to set at {0}. There are: {1}.",
                        "策略中没有可设置的 {0}。可选：{1}。"};
constexpr Text kBadNumber{"{0} must be a number from {1} to {2}; it is {3}.",
                          "{0} 必须是 {1} 到 {2} 之间的数字；现在是 {3}。"};
constexpr Text kBadDate{"{0} must be a date like 2026-03-01; it is {1}.",
                        "{0} 必须是类似 2026-03-01 的日期；现在是 {1}。"};
constexpr Text kBadOrder{"The campaign must not end ({1}) before it starts ({0}).",
                         "活动的结束日期（{1}）不能早于开始日期（{0}）。"};
constexpr Text kUnknownEntry{"The catalogue has no {0} {1}. There are: {2}.",
                             "目录中没有 {0} {1}。现有：{2}。"};
constexpr Text kEmptyText{"{0} must not be empty.", "{0} 不能为空。"};
constexpr Text kNobody{"The rule {0} addresses nobody by {1}. Widen it, or choose another channel.",
                       "规则 {0} 在渠道 {1} 下没有可触达的客户。请放宽规则或更换渠道。"};

struct Change {
  const std::string& path;
  std::string value;
};

Result<double> numberIn(const Change& change, double low, double high) {
  double number = NAN;
  if (!parseNumber(trim(change.value), number) || !(number >= low && number <= high))
    return fail(ErrorCode::InvalidArgument, kBadNumber,
                {change.path, formatNumber(low), formatNumber(high), change.value}, {.item = change.path});
  return number;
}

template <class Entry>
tl::unexpected<Error> unknownEntry(const Change& change, const std::vector<Entry>& entries) {
  std::vector<std::string> ids;
  for (const Entry& entry : entries) ids.push_back(entry.id);
  return fail(ErrorCode::InvalidArgument, kUnknownEntry, {change.path, change.value, join(ids, ", ")},
              {.item = change.path});
}

Result<> changeOffer(Plan& plan, const Change& change, const Catalogue& catalogue) {
  if (change.path == "offer.id") {
    const Offer* offer = catalogue.offer(change.value);
    if (offer == nullptr) return unknownEntry(change, catalogue.offers);
    plan.offer = *offer;
    return {};
  }
  auto number = numberIn(change, 0, change.path == "offer.discount" ? 1 : 1e9);
  if (!number) return forward(number);
  (change.path == "offer.discount" ? plan.offer.discount : plan.offer.unit_cost) = *number;
  return {};
}

Result<> changeChannel(Plan& plan, const Change& change, const Catalogue& catalogue) {
  const Channel* channel = catalogue.channel(change.value);
  if (channel == nullptr) return unknownEntry(change, catalogue.channels);
  if (plan.channel != channel->id) plan.capacity = channel->capacity;
  plan.channel = channel->id;
  return {};
}

Result<> changeAudience(Plan& plan, const Change& change) {
  if (change.path == "audience.rule") {
    auto rule = parseRule(change.value);
    if (!rule) return forward(rule);
    plan.rule = std::move(*rule);
    return {};
  }
  auto score = numberIn(change, 0, 1);
  if (!score) return forward(score);
  setLeastScore(plan.rule, *score);
  return {};
}

Result<> changeDate(Plan& plan, const Change& change) {
  std::int64_t day = 0;
  if (!parseDate(change.value, day))
    return fail(ErrorCode::InvalidArgument, kBadDate, {change.path, change.value}, {.item = change.path});
  (change.path == "timing.start" ? plan.start : plan.end) = change.value;
  return {};
}

/// Titles and messages: what is not set in one language stays as it was.
Result<> changeWords(Plan& plan, const Change& change, const Json& content) {
  if (change.value.empty())
    return fail(ErrorCode::InvalidArgument, kEmptyText, {change.path}, {.item = change.path});
  if (change.path.starts_with("title")) {
    if (plan.title.is_null()) plan.title = field(content, "title");
    for (const char* language : {"en", "zh_CN"})
      if (change.path == "title" || change.path == std::string("title.") + language)
        plan.title[language] = change.value;
    return {};
  }
  if (plan.message.is_null()) plan.message = field(content, "content");
  const std::vector<std::string> parts = split(change.path, '.');
  plan.message[parts[1]][parts[2]] = change.value;
  return {};
}

Result<> apply(Plan& plan, const Change& change, const Json& content, const Catalogue& catalogue) {
  if (change.path.starts_with("offer.")) return changeOffer(plan, change, catalogue);
  if (change.path.starts_with("audience.")) return changeAudience(plan, change);
  if (change.path.starts_with("timing.")) return changeDate(plan, change);
  if (change.path == "channel") return changeChannel(plan, change, catalogue);
  if (change.path != "budget") return changeWords(plan, change, content);
  auto budget = numberIn(change, 0, 1e12);
  if (!budget) return forward(budget);
  plan.budget = *budget;
  return {};
}

}  // namespace

Result<Json> editContent(project::Project& project, const Json& content,
                         const std::vector<std::pair<std::string, std::string>>& changes, JobContext& job) {
  auto catalogue = loadCatalogue(project);
  if (!catalogue) return forward(catalogue);
  auto plan = planOf(content, *catalogue);
  if (!plan) return forward(plan);
  for (const auto& [path, value] : changes) {
    if (std::find(kPaths.begin(), kPaths.end(), path) == kPaths.end())
      return fail(ErrorCode::InvalidArgument, kBadPath,
                  {path, join(std::vector<std::string>(kPaths.begin(), kPaths.end()), ", ")}, {.item = path});
    const Change change{path, std::string(trim(value))};
    if (auto applied = apply(*plan, change, content, *catalogue); !applied) return forward(applied);
  }
  // ISO dates sort as texts.
  if (plan->end < plan->start)
    return fail(ErrorCode::InvalidArgument, kBadOrder, {plan->start, plan->end}, {.item = "timing"});
  auto tables = ScoredTables::fromJson(field(content, "source"));
  if (!tables) return forward(tables);
  const Json& seed = field(field(content, "evidence"), "seed");
  auto bench =
      openWorkbench(project, *tables, seed.is_number_unsigned() ? seed.get<std::uint64_t>() : 42, job);
  if (!bench) return forward(bench);
  auto edited = assess(*bench, *plan, job);
  if (!edited) return forward(edited);
  if ((*edited)["audience"]["size"] == 0)
    return fail(ErrorCode::InvalidArgument, kNobody, {ruleText(plan->rule), plan->channel},
                {.item = "audience"});
  return edited;
}

}  // namespace lodestone::campaign
