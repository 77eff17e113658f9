// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone::pipeline {

/// The names by which a chart's node is recognised as a stage of that type, in English and Chinese, ordinary
/// speech included; the first one is the usual one. Empty for an unknown type.
const std::vector<std::string>& labelsOf(std::string_view type);

/// A label or a name taken apart once, to be compared often.
class LabelWords {
 public:
  explicit LabelWords(std::string_view text);

  /// Letters and characters without case, spaces and punctuation.
  const std::string& letters() const { return letters_; }

 private:
  friend double labelConfidence(const LabelWords& label, const LabelWords& name);
  /// A word of ASCII letters and digits, or a character beyond ASCII, which is a word of its own.
  struct Word {
    std::string text;
    bool ascii = true;
  };
  /// Could they be alike at all? Counts of letters part them for far less than the distance costs.
  static bool mayBeAlike(const LabelWords& a, const LabelWords& b);
  /// Could each word of the name be one of the label's? Beginnings part most for next to nothing.
  static bool mayCover(const LabelWords& label, const LabelWords& name) {
    return !name.words_.empty() && (name.beginnings_ & ~label.beginnings_) == 0;
  }
  static double coverage(const std::vector<Word>& label, const std::vector<Word>& name);

  std::vector<Word> words_;  ///< without those that say nothing about what is done
  std::string letters_;
  std::array<std::uint8_t, 32> counts_{};  ///< of the bytes of letters_, by their last five bits
  std::uint64_t beginnings_ = 0;           ///< a bit for each word's beginning; words may share one
  bool says_not_ = false;
};

/// How well a label says a name, 0 to 1.
///   1            the same letters, whatever the case, spaces and punctuation
///   0.5 to 0.95  the name's words are all in the label, in any form ("cleaning", "cleaned") or, in Chinese,
///                its characters in order: the more of the label they are, the surer
///   up to 0.7    nearly the same letters: a slip of the pen
///   0            anything else
/// A label that says not to do it ("skip", "without", "不") is half as sure.
double labelConfidence(const LabelWords& label, const LabelWords& name);
double labelConfidence(std::string_view label, std::string_view name);

}  // namespace lodestone::pipeline
