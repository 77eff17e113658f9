// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone {

/// The languages that the program speaks. Core speaks both itself; Qt Linguist is for the window alone.
enum class Language { English, Chinese };

/// A phrase in both languages with the same placeholders {0}, {1}, ... in each.
/// Both are required and compared at compile time, so that no translation can be missing.
/// Refers to string literals: copies are cheap and valid for ever.
class Text {
 public:
  /// Fails to compile when one language is empty or the placeholders differ.
  consteval Text(const char* english, const char* chinese) : english_(english), chinese_(chinese) {
    if (english_.empty() || chinese_.empty()) throw "a text needs both languages";
    if (placeholders(english_) != placeholders(chinese_))
      throw "the placeholders of the two languages differ";
  }

  constexpr std::string_view in(Language language) const {
    return language == Language::Chinese ? chinese_ : english_;
  }

 private:
  static constexpr unsigned placeholders(std::string_view text) {
    unsigned mask = 0;
    for (std::size_t i = 0; i + 2 < text.size(); ++i)
      if (text[i] == '{' && text[i + 2] == '}' && text[i + 1] >= '0' && text[i + 1] <= '9')
        mask |= 1U << static_cast<unsigned>(text[i + 1] - '0');
    return mask;
  }

  std::string_view english_;
  std::string_view chinese_;
};

/// A text with its placeholders filled. An argument that is missing leaves its placeholder empty.
std::string fill(const Text& text, Language language, const std::vector<std::string>& args = {});

/// "en" or "zh_CN".
std::string_view languageCode(Language language);

// --- plain strings, all UTF-8 ---

/// Without white space (ASCII and U+3000, U+00A0, U+FEFF) at both ends.
std::string_view trim(std::string_view text);
/// ASCII letters in lower case, everything else as it is.
std::string lowerAscii(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replaceAll(std::string text, std::string_view from, std::string_view to);
/// Invalid sequences become U+FFFD; valid text comes back unchanged.
std::string toValidUtf8(std::string_view text);
/// The first at most max_characters code points, with "…" where something was cut.
std::string shorten(std::string_view text, std::size_t max_characters);
/// Escapes & < > " ' for HTML and SVG.
std::string escapeHtml(std::string_view text);
/// A whole text as a number ("12", "-1.5e3"); false when it is anything else, or not finite.
bool parseNumber(std::string_view text, double& value);
/// The shortest text that reads back as the same number; "1234.5", never grouped or localised.
std::string formatNumber(double value);
/// For people: grouped thousands and a fixed count of decimals, "12,345.6".
std::string formatGrouped(double value, int decimals);
/// For people: "12.3 %" of a fraction 0.123.
std::string formatPercent(double fraction, int decimals = 1);

}  // namespace lodestone
