// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/text.h"

namespace lodestone {

/// An argument of a message that is words itself: fill() says it in the language of the message. It may stand
/// within a longer argument; whoever shows an argument by itself asks spokenIn().
std::string spoken(std::string_view english, std::string_view chinese);
inline std::string spoken(const Text& text) {
  return spoken(text.in(Language::English), text.in(Language::Chinese));
}

/// The argument as a message in that language says it: what is not spoken() stays as it is.
std::string spokenIn(std::string_view argument, Language language);

/// Why the system refuses, spoken: the common errors in both languages, others as the system says them.
/// Takes errno, or the value of a std::error_code, which is the same here.
std::string systemReason(int error);

}  // namespace lodestone
