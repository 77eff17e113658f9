// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/text.h"

namespace lodestone {

enum class ParameterKind {
  Integer,
  Number,
  Flag,    ///< true or false
  Choice,  ///< one of choices, by id
  String,
  Column,      ///< a column of the input table
  ColumnList,  ///< columns, separated by commas; one with a comma in quotes
  Table,
  Sql,
  List,   ///< texts, written like a list of columns
  Pairs,  ///< from=to, see joinPairs
};

struct ParameterChoice {
  std::string id;
  Text title;
};

/// What a stage or a model lets its user set. Forms, validation, the command line, the documentation and the
/// cache key are all made from this.
struct Parameter {
  std::string id;
  Text title;
  Text help;
  ParameterKind kind = ParameterKind::String;
  std::string default_value = {};
  std::optional<double> minimum = {};
  std::optional<double> maximum = {};
  std::string unit =
      {};  ///< "" or a sign that both languages share: %, s, days are words and belong in the title
  std::vector<ParameterChoice> choices = {};
};

/// From and to; without a value: to what is missing.
using Pair = std::pair<std::string, std::optional<std::string>>;

/// Values by parameter id. Made by checkParameters: each getter's parameter exists and reads as its kind.
class ParameterValues {
 public:
  ParameterValues() = default;
  explicit ParameterValues(std::map<std::string, std::string> values) : values_(std::move(values)) {}

  const std::string& text(std::string_view id) const;
  std::int64_t integer(std::string_view id) const;
  double number(std::string_view id) const;
  bool flag(std::string_view id) const;
  std::vector<std::string> list(std::string_view id) const;
  std::vector<Pair> pairs(std::string_view id) const;
  const std::map<std::string, std::string>& all() const { return values_; }
  void set(std::string_view id, std::string value) { values_[std::string(id)] = std::move(value); }

 private:
  std::map<std::string, std::string> values_;
};

/// Defaults with the given values over them. InvalidArgument names what is unknown (and what there is), what
/// does not read as its kind, and what is outside its range. 'owner' is the stage or model in the message.
Result<ParameterValues> checkParameters(const std::vector<Parameter>& parameters,
                                        const std::map<std::string, std::string>& given,
                                        const std::string& owner);

/// A list as one value and back: items with a comma or a quote are quoted as in CSV.
std::string joinList(const std::vector<std::string>& items);
std::vector<std::string> splitList(std::string_view text);

/// Pairs as one value and back: a list of "from=to", an item without "=" being one without a value. In 'from'
/// a backslash stands before each "=" and backslash of its own.
std::string joinPairs(const std::vector<Pair>& pairs);
std::vector<Pair> splitPairs(std::string_view text);

/// For `pipeline stages` and `model types`: id, title{en,zh_CN}, help, kind, default, range, unit, choices.
Json toJson(const Parameter& parameter);
/// {"en":..., "zh_CN":...}
Json toJson(const Text& text);

}  // namespace lodestone
