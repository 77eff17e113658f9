// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/demo/shop.h"

namespace lodestone::demo {

inline constexpr std::size_t kGenders = 3;  ///< female, male, not told
inline constexpr std::size_t kCities = 18;
inline constexpr std::size_t kAcquisitionChannels = 6;
inline constexpr std::size_t kBrands = 16;
inline constexpr std::size_t kNouns = 8;  ///< a category's kinds of products
inline constexpr std::size_t kAdjectives = 12;
inline constexpr std::size_t kDevices = 3;

/// What a place in the lists below means for the planted effects.
enum AcquisitionChannel : std::size_t { kOrganic, kSearchAds, kSocial, kReferral, kAffiliate, kMarketplace };
enum Gender : std::size_t { kFemale, kMale, kNotTold };

/// The words of the files in one language. Cities are in three tiers of six, the largest first.
struct Vocabulary {
  std::array<std::string_view, kGenders> genders;
  std::array<std::string_view, kCities> cities;
  std::array<std::string_view, kAcquisitionChannels> acquisition_channels;
  std::array<std::string_view, kCategories> categories;
  std::array<std::array<std::string_view, kNouns>, kCategories> nouns;
  std::array<std::string_view, kAdjectives> adjectives;
  std::array<std::string_view, kBrands> brands;
  std::array<std::string_view, kDevices> devices;
  std::array<std::string_view, kOffers> offers;
  std::array<std::string_view, kChannels> channels;
  std::string_view title;            ///< {0} adjective, {1} noun, {2} variant
  std::string_view description;      ///< {0} title, {1} brand, {2} category
  std::string_view campaign;         ///< {0} offer, {1} channel, {2} number
  std::string_view random_rule;      ///< {0} consent column, {1} percent treated, {2} percent held out
  std::string_view confounded_rule;  ///< {0} consent column
};

const Vocabulary& vocabulary(Language language);

/// The pattern with {0}, {1}, {2} filled in.
std::string fillPattern(std::string_view pattern, const std::array<std::string_view, 3>& words);

std::string productTitle(const Vocabulary& words, const Product& product);

}  // namespace lodestone::demo
