// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/labels.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <set>

#include "core/base/text.h"

namespace lodestone::pipeline {

namespace {

constexpr double kContained = 0.5;
constexpr double kContainedSpan = 0.45;
constexpr double kSlip = 0.7;
constexpr double kLeastAlike = 0.8;
constexpr std::size_t kShortestStem = 4;
constexpr std::size_t kLongestEnding = 5;
constexpr std::size_t kLongestLabel = 200;
constexpr std::int64_t kLoose = 4;

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Punctuation of CJK and full width, which parts words but is none.
bool isSign(std::string_view character) {
  if (character.starts_with("\xE3\x80") || character.starts_with("\xE2\x80")) return true;
  if (!character.starts_with("\xEF\xBC") || character.size() < 3) return false;
  const auto last = static_cast<unsigned char>(character[2]);
  return last < 0x90 || (last > 0x99 && last < 0xA1);
}

/// Words that say nothing about what is done.
bool isFiller(const std::string& word) {
  static const std::set<std::string> kFillers = {
      "the", "a",    "an", "of", "our", "my", "your", "their", "some",  "all",    "and", "with", "to",
      "for", "from", "in", "on", "by",  "it", "new",  "step",  "stage", "please", "we",  "i",    "then",
      "now", "next", "的", "了", "对",  "把", "将",   "请",    "我",    "并",     "先",  "再"};
  return kFillers.contains(word);
}

bool isNot(const std::string& word) {
  static const std::set<std::string> kNot = {"no",    "not",  "don",  "dont", "without", "skip", "never",
                                             "avoid", "stop", "undo", "不",   "勿",      "无",   "跳"};
  return kNot.contains(word);
}

/// "clean" and "cleaning", "strategy" and "strategies": one is the other with an ending.
bool sameWord(const std::string& a, const std::string& b) {
  if (a == b) return true;
  std::string stem = a.size() < b.size() ? a : b;
  const std::string& longer = a.size() < b.size() ? b : a;
  if (stem.size() > kShortestStem && (stem.back() == 'e' || stem.back() == 'y')) stem.pop_back();
  return stem.size() >= kShortestStem && longer.size() <= stem.size() + kLongestEnding &&
         longer.starts_with(stem);
}

/// One bit of 64, the same for words that sameWord() takes for one.
std::uint64_t beginning(const std::string& word, bool ascii) {
  const unsigned place = ascii ? static_cast<unsigned char>(word.front()) % 32U
                               : 32U + static_cast<unsigned char>(word.back()) % 32U;
  return std::uint64_t{1} << place;
}

/// 1 minus the edit distance over the longer length (Levenshtein 1966).
double likeness(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  const std::size_t longer = std::max(a.size(), b.size());
  return longer == 0 ? 0 : 1 - static_cast<double>(row[b.size()]) / static_cast<double>(longer);
}

}  // namespace

LabelWords::LabelWords(std::string_view label) {
  const std::string text = lowerAscii(label.substr(0, kLongestLabel));
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    std::size_t length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const bool ascii = letter(text[i]);
    if (ascii)
      while (i + length < text.size() && letter(text[i + length])) ++length;
    const std::string word = text.substr(i, length);
    i += length;
    if (!ascii && (byte < 0xC0 || isSign(word))) continue;
    letters_ += word;
    says_not_ = says_not_ || isNot(word);
    if (isFiller(word)) continue;
    beginnings_ |= beginning(word, ascii);
    words_.push_back({word, ascii});
  }
  for (const char c : letters_) ++counts_[static_cast<unsigned char>(c) % counts_.size()];
}

bool LabelWords::mayBeAlike(const LabelWords& a, const LabelWords& b) {
  const std::size_t shorter = std::min(a.letters_.size(), b.letters_.size());
  const std::size_t longer = std::max(a.letters_.size(), b.letters_.size());
  const auto most = static_cast<std::size_t>((1 - kLeastAlike) * static_cast<double>(longer) + 1e-9);
  if (longer - shorter > most) return false;
  // One change of a letter mends at most two counts.
  std::size_t differ = 0;
  for (std::size_t i = 0; i < a.counts_.size(); ++i)
    differ += static_cast<std::size_t>(std::abs(a.counts_[i] - b.counts_[i]));
  return differ <= 2 * most;
}

/// The share of the label that the name's words are; 0 when one of them is missing. Characters must come in
/// order, words in any. A word weighs as much as two characters of Chinese, whose words are mostly of two.
double LabelWords::coverage(const std::vector<Word>& label, const std::vector<Word>& name) {
  std::vector<bool> used(label.size());
  std::size_t next = 0;
  const auto characters =
      std::count_if(name.begin(), name.end(), [](const Word& word) { return !word.ascii; });
  for (const Word& word : name) {
    std::size_t at = 0;
    if (word.ascii) {
      while (at < label.size() && (used[at] || !label[at].ascii || !sameWord(label[at].text, word.text)))
        ++at;
    } else {
      at = next;
      while (at < label.size() && label[at].text != word.text) ++at;
      // Of a short name the characters must stand together; of a longer one something may be between them.
      if (characters < kLoose && next > 0 && at != next) return 0;
      next = at + 1;
    }
    if (at >= label.size()) return 0;
    used[at] = true;
  }
  const auto weight = [](const Word& word) { return word.ascii ? 2.0 : 1.0; };
  double covered = 0;
  double all = 0;
  for (std::size_t i = 0; i < label.size(); ++i) {
    all += weight(label[i]);
    if (used[i]) covered += weight(label[i]);
  }
  return all > 0 ? covered / all : 0;
}

double labelConfidence(const LabelWords& label, const LabelWords& name) {
  if (label.letters_.empty() || name.letters_.empty()) return 0;
  if (label.letters_ == name.letters_) return 1;
  double confidence = 0;
  if (LabelWords::mayCover(label, name))
    if (const double share = LabelWords::coverage(label.words_, name.words_); share > 0)
      confidence = kContained + kContainedSpan * share;
  if (confidence < kSlip && LabelWords::mayBeAlike(label, name))
    if (const double alike = likeness(label.letters_, name.letters_); alike >= kLeastAlike)
      confidence = std::max(confidence, kSlip * alike);
  return label.says_not_ && !name.says_not_ ? confidence / 2 : confidence;
}

double labelConfidence(std::string_view label, std::string_view name) {
  return labelConfidence(LabelWords(label), LabelWords(name));
}

}  // namespace lodestone::pipeline
