// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/base/text.h"
#include "core/campaign/assessment.h"
#include "core/campaign/wording.h"

namespace lodestone::campaign {

namespace {

constexpr Text kDiscount{"{0} off", "立减 {0}"};
constexpr Text kTitle{"{0} · {1} by {2}", "{0} · {1} · {2}"};
constexpr Text kSubject{"{0} on your next order", "下一单享{0}"};
constexpr Text kBody{
    "Hello! From {1} to {2} your next order comes with: {0}. You need do nothing, it is taken into account "
    "at the "
    "checkout. If you would rather not hear from us, one click is enough.",
    "您好！{1} 至 {2} "
    "期间，您的下一单可享{0}，结算时自动生效，无需任何操作。如不希望再收到此类消息，一键即可退订。"};

}  // namespace

std::string offerTitle(const Catalogue& catalogue, const Offer& offer, Language language) {
  const Offer* known = catalogue.offer(offer.id);
  const bool same = known != nullptr && std::fabs(known->discount - offer.discount) < 1e-9;
  if (!same && offer.discount > 0)
    return fill(kDiscount, language, {plainNumber(rounded(offer.discount * 100, 1)) + " %"});
  const std::string& title = language == Language::Chinese ? offer.title_zh : offer.title_en;
  return title.empty() ? offer.id : title;
}

std::string channelTitle(const Catalogue& catalogue, const std::string& id, Language language) {
  const Channel* channel = catalogue.channel(id);
  if (channel == nullptr) return id;
  return language == Language::Chinese ? channel->title_zh : channel->title_en;
}

Json standardTitle(const Catalogue& catalogue, const Plan& plan) {
  const auto args = [&](Language language) {
    return std::vector<std::string>{inLanguage(plan.segment, language),
                                    offerTitle(catalogue, plan.offer, language),
                                    channelTitle(catalogue, plan.channel, language)};
  };
  return both(kTitle, args(Language::English), args(Language::Chinese));
}

Json standardMessage(const Catalogue& catalogue, const Plan& plan) {
  Json out = Json::object();
  for (const Language language : {Language::English, Language::Chinese}) {
    const std::vector<std::string> args{offerTitle(catalogue, plan.offer, language), plan.start, plan.end};
    out[std::string(languageCode(language))] = {{"subject", fill(kSubject, language, args)},
                                                {"body", fill(kBody, language, args)}};
  }
  return out;
}

}  // namespace lodestone::campaign
