// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rows/column_vote.h"

#include <algorithm>
#include <string>

#include "core/base/text.h"
#include "core/data/cell_types.h"
#include "core/data/rows/cell_value.h"

namespace lodestone::data {

namespace {

constexpr std::int64_t kExactWhole = std::int64_t{1} << 53U;

/// Digits that a double gives back as they were (DBL_DIG), and powers of ten within its range.
constexpr int kDoubleDigits = 15;
constexpr int kDoubleRange = 300;
constexpr int kDecimalDigits = 38;

}  // namespace

void ColumnVote::add(const Cell& cell) {
  switch (cell.kind) {
    case CellKind::Missing:
      return;
    case CellKind::Text:
      return addText(cell.text);
    case CellKind::Decimal:
      addDecimal(cell.text);
      break;
    case CellKind::Boolean:
      ++booleans_;
      break;
    case CellKind::Integer:
      ++integers_;
      zeros_and_ones_ += cell.whole == 0 || cell.whole == 1 ? 1 : 0;
      long_integers_ += cell.whole > kExactWhole || cell.whole < -kExactWhole ? 1 : 0;
      break;
    case CellKind::Real:
      ++reals_;
      break;
    case CellKind::Date:
      ++dates_;
      break;
    case CellKind::Time:
      ++times_;
      break;
    case CellKind::Timestamp:
      ++timestamps_;
      break;
  }
  ++there_;
}

void ColumnVote::addText(std::string_view text) {
  if (isMissing(text)) return;
  ++there_;
  text = trim(text);
  const char first = text.front();
  if (text.size() > 40 || first >= 'a' + 26) return;
  if (first == 't' || first == 'T' || first == 'f' || first == 'F') {
    const std::string word = lowerAscii(text.substr(0, 6));
    if (word == "true" || word == "false") ++boolean_texts_;
  }
  if ((first < '0' || first > '9') && first != '-' && first != '+' && first != '.') return;
  if (isNumber(text)) {
    ++(text.find_first_of(".,eE") == std::string_view::npos ? integer_texts_ : real_texts_);
    return;
  }
  switch (momentFrom(text).kind) {
    case CellKind::Date:
      ++date_texts_;
      break;
    case CellKind::Time:
      ++time_texts_;
      break;
    case CellKind::Timestamp:
      ++timestamp_texts_;
      break;
    default:
      break;
  }
}

void ColumnVote::addDecimal(std::string_view text) {
  ++decimals_;
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  std::string digits = std::string(whole).append(fraction);
  digits.erase(digits.find_last_not_of('0') + 1);
  digits.erase(0, digits.find_first_not_of('0'));
  whole_digits_ = std::max(whole_digits_, static_cast<int>(whole.size()));
  scale_ = std::max(scale_, static_cast<int>(fraction.size()));
  significant_digits_ = std::max(significant_digits_, static_cast<int>(digits.size()));
}

ColumnStore ColumnVote::decideDecimal() const {
  if (significant_digits_ <= kDoubleDigits && std::max(whole_digits_, scale_) <= kDoubleRange)
    return {.kind = CellKind::Real};
  if (whole_digits_ + scale_ <= kDecimalDigits)
    return {.kind = CellKind::Real, .width = kDecimalDigits, .scale = scale_};
  return {};
}

bool ColumnVote::tooManyDigits() const {
  return decimals_ > 0 && decideDecimal().kind == CellKind::Text;
}

ColumnStore ColumnVote::decide(CellKind declared) const {
  const auto nearlyAll = [this](std::int64_t cells) {
    return there_ > 0 &&
           static_cast<double>(there_ - cells) <= kBadCellsAllowed * static_cast<double>(there_);
  };
  const auto belongs = [&](std::int64_t cells, std::int64_t texts, bool said) {
    return (said || (cells > 0 && 2 * cells >= there_)) && nearlyAll(cells + texts);
  };
  if (decimals_ > 0) return nearlyAll(decimals_) ? decideDecimal() : ColumnStore{};
  const bool boolean_said = declared == CellKind::Boolean;
  if (belongs(booleans_ + (boolean_said ? zeros_and_ones_ : 0), boolean_texts_, boolean_said))
    return {.kind = CellKind::Boolean};
  const bool real_said = declared == CellKind::Real;
  if (belongs(integers_ + reals_, integer_texts_ + real_texts_, real_said)) {
    const bool fractions = reals_ + real_texts_ > 0;
    if (!fractions && !(real_said && long_integers_ == 0)) return {.kind = CellKind::Integer};
    if (long_integers_ == 0) return {.kind = CellKind::Real};
    return {};
  }
  const bool time_said = declared == CellKind::Time;
  if (belongs(times_, time_texts_, time_said)) return {.kind = CellKind::Time};
  // ISO dates keep all that their text says, so texts alone are dates too when every one of them is.
  const bool all_iso = there_ > 0 && date_texts_ + timestamp_texts_ == there_;
  const bool date_said = declared == CellKind::Date || declared == CellKind::Timestamp || all_iso;
  if (belongs(dates_ + timestamps_, date_texts_ + timestamp_texts_, date_said))
    return {.kind = timestamps_ + timestamp_texts_ == 0 && declared != CellKind::Timestamp
                        ? CellKind::Date
                        : CellKind::Timestamp};
  return {};
}

}  // namespace lodestone::data
