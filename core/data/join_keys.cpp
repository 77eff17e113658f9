// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/join_keys.h"

#include <algorithm>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kNoKeys{"A join needs at least one pair of columns that must be equal.",
                       "连接至少需要一对必须相等的列。"};
constexpr Text kIncomparable{
    "Column '{0}' of {1} is {2} and column '{3}' of {4} is {5}: they cannot be equal. Choose other columns, "
    "or "
    "change the type of one.",
    "{1} 的列“{0}”是 {2}，而 {4} 的列“{3}”是 {5}：两者无法相等。请选择其他列，或更改其中一列的类型。"};

bool isFloating(const std::string& type) {
  return type == "DOUBLE" || type == "FLOAT";
}

/// Whole numbers and decimals are compared digit by digit: as DOUBLE, long identifiers would become alike.
std::string numberForText(const std::string& type) {
  return isFloating(type) ? "DOUBLE" : "DECIMAL(38,9)";
}

/// The type that two families meet in; empty: none.
std::string meetingType(const ColumnInfo& left, const ColumnInfo& right) {
  TypeFamily a = familyOf(left.type);
  TypeFamily b = familyOf(right.type);
  const std::string* type_of_a = &left.type;
  if (b != TypeFamily::Text && a == TypeFamily::Text) {
    std::swap(a, b);
    type_of_a = &right.type;
  }
  if (b == TypeFamily::Text) {
    if (a == TypeFamily::Number) return numberForText(*type_of_a);
    if (a == TypeFamily::Truth) return "BOOLEAN";
    if (a == TypeFamily::Day) return "DATE";
    if (a == TypeFamily::Moment) return "TIMESTAMP";
    return "VARCHAR";
  }
  const auto either = [&](TypeFamily one, TypeFamily other) {
    return (a == one && b == other) || (a == other && b == one);
  };
  if (either(TypeFamily::Day, TypeFamily::Moment)) return "TIMESTAMP";
  if (either(TypeFamily::Number, TypeFamily::Truth)) return "DOUBLE";
  return "";
}

/// For two types of one family: the one that holds the values of both.
std::string widerType(TypeFamily family, const std::string& left, const std::string& right) {
  if (family == TypeFamily::Moment) return "TIMESTAMP";
  std::string common = commonType({left, right});
  return family == TypeFamily::Number && common == "VARCHAR" ? "DOUBLE" : common;
}

}  // namespace

bool KeyPlan::differs() const {
  return familyOf(left.type) != familyOf(right.type);
}

bool KeyPlan::sameName() const {
  return lowerAscii(left.name) == lowerAscii(right.name);
}

std::string trimmedText(const std::string& expression) {
  return "trim(" + expression + ", " + quoteLiteral(" \t\r\n\u3000\u00a0\ufeff") + ")";
}

std::string foldedText(const std::string& expression) {
  return "lower(" + trimmedText(expression) + ")";
}

std::string KeyPlan::expression(const ColumnInfo& column, KeyText key_text) const {
  const std::string name = quoteIdentifier(column.name);
  if (!compared_as.empty()) return "TRY_CAST(" + name + " AS " + compared_as + ")";
  if (!text) return name;
  const std::string plain = column.type == "VARCHAR" ? name : "CAST(" + name + " AS VARCHAR)";
  return key_text == KeyText::Loose ? foldedText(plain) : plain;
}

Result<std::vector<KeyPlan>> planKeys(const TableInfo& left, const TableInfo& right, const JoinSpec& spec) {
  if (spec.keys.empty()) return fail(ErrorCode::InvalidArgument, kNoKeys);
  std::vector<KeyPlan> plans;
  for (const JoinKey& key : spec.keys) {
    auto of_left = columnOf(left, key.left);
    if (!of_left) return forward(of_left);
    auto of_right = columnOf(right, key.right);
    if (!of_right) return forward(of_right);
    KeyPlan plan{std::move(*of_left), std::move(*of_right), "", false};
    const TypeFamily family = familyOf(plan.left.type);
    if (family == familyOf(plan.right.type)) {
      plan.text = family == TypeFamily::Text;
      if (!plan.text && plan.left.type != plan.right.type)
        plan.compared_as = widerType(family, plan.left.type, plan.right.type);
    } else {
      plan.compared_as = meetingType(plan.left, plan.right);
      if (plan.compared_as.empty())
        return fail(ErrorCode::InvalidArgument, kIncomparable,
                    {plan.left.name, left.table.name, plan.left.type, plan.right.name, right.table.name,
                     plan.right.type},
                    {.column = plan.left.name, .table = left.table.name});
    }
    plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace lodestone::data
