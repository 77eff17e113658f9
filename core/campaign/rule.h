// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/frame.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace lodestone::campaign {

enum class Comparison { AtLeast, Below };

/// One comparison of a number column. A missing cell fails it unless or_missing says otherwise.
struct Condition {
  std::string column;
  Comparison comparison = Comparison::AtLeast;
  double value = 0;
  bool or_missing = false;
  bool operator==(const Condition&) const = default;
};

/// Who belongs to a segment: all conditions hold.
using Rule = std::vector<Condition>;

/// "score >= 0.182 and (value < 54.2 or missing)": what people read and parseRule reads back. The score
/// column is called score; a name that is not one plain word stands in double quotes.
std::string ruleText(const Rule& rule);
/// The same for reading only, in the language's own words: "得分 ≥ 0.182 且 value < 54.2".
std::string ruleWords(const Rule& rule, Language language);
/// InvalidArgument naming the part that does not read.
Result<Rule> parseRule(std::string_view text);

/// Raises or lowers the rule's least score; adds one when it has none.
void setLeastScore(Rule& rule, double score);

/// [{"column","op","value"(,"or_missing":true)}]
Json toJson(const Rule& rule);
Result<Rule> ruleFromJson(const Json& json);

/// Rows of the frame for which the rule holds, ascending. InvalidArgument names a column that is not there or
/// is no number.
Result<std::vector<std::int64_t>> matchingRows(const Frame& frame, const Rule& rule);

/// The value with that many significant digits, as a number that prints with no more.
double roundSignificant(double value, int digits);
/// Without exponent: "0.0000182", "100000".
std::string plainNumber(double value);

}  // namespace lodestone::campaign
