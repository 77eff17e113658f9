// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/demo/laws.h"

namespace lodestone::demo {

inline constexpr std::size_t kOpeners = 4;
inline constexpr std::size_t kClosers = 4;
inline constexpr std::size_t kSentenceVariants = 3;
inline constexpr std::size_t kGreetings = 3;
inline constexpr std::size_t kQuestionVariants = 3;
inline constexpr std::size_t kAnswerVariants = 2;

/// What customers and the shop's own people write, in one language. Both languages have as many ways to say
/// each thing, so that one draw serves both. An empty opener, closer or greeting says nothing.
struct Grammar {
  std::array<std::string_view, kOpeners> openers;
  /// By aspect: blame, praise.
  std::array<std::array<std::array<std::string_view, kSentenceVariants>, 2>, kAspects> sentences;
  std::array<std::string_view, kClosers> closers;
  std::array<std::string_view, kGreetings> greetings;
  std::array<std::array<std::string_view, kQuestionVariants>, kIntents>
      questions;          ///< {0} product, {1} days, {2} order
  std::string_view also;  ///< {0} the second question
  std::array<std::array<std::string_view, kAnswerVariants>, kIntents> answers;  ///< as questions
  std::array<std::string_view, kHolidayCount> holidays;
  std::string_view space;  ///< between sentences
};

const Grammar& grammar(Language language);

std::string reviewText(const Grammar& grammar, const Review& review);
/// Of the ticket's product and order as they are called in the files.
std::string questionText(const Grammar& grammar, const Ticket& ticket, std::string_view product,
                         std::string_view order);
std::string answerText(const Grammar& grammar, const Ticket& ticket, std::string_view product,
                       std::string_view order);

}  // namespace lodestone::demo
