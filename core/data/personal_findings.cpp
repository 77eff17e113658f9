// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/personal_findings.h"

#include <map>

#include "core/data/personal_data.h"

namespace lodestone::data {

namespace {

constexpr Text kEmails{"{1} of the cells of column {0} hold an e-mail address: personal data.",
                       "列 {0} 有 {1} 的单元格含电子邮箱：属于个人信息。"};
constexpr Text kPhones{"{1} of the cells of column {0} look like phone numbers: personal data.",
                       "列 {0} 有 {1} 的单元格疑似电话号码：属于个人信息。"};
constexpr Text kIds{"{1} of the cells of column {0} look like national identity numbers: personal data.",
                    "列 {0} 有 {1} 的单元格疑似身份证件号码：属于个人信息。"};
constexpr Text kCards{
    "{1} of the cells of column {0} look like payment card numbers, check digit included: personal data.",
    "列 {0} 有 {1} 的单元格疑似银行卡号（校验位正确）：属于个人信息。"};
constexpr Text kPhoneName{"Going by its name, column {0} holds phone numbers: personal data.",
                          "从列名看，列 {0} 含有电话号码：属于个人信息。"};
constexpr Text kIdName{"Going by its name, column {0} holds national identity numbers: personal data.",
                       "从列名看，列 {0} 含有身份证件号码：属于个人信息。"};
constexpr Text kCardName{"Going by its name, column {0} holds numbers of cards or accounts: personal data.",
                         "从列名看，列 {0} 含有卡号或账号：属于个人信息。"};
constexpr Text kPersonName{"Going by its name, column {0} holds names of persons: personal data.",
                           "从列名看，列 {0} 含有姓名：属于个人信息。"};
constexpr Text kAddressName{"Going by its name, column {0} holds addresses: personal data.",
                            "从列名看，列 {0} 含有地址：属于个人信息。"};
constexpr Text kBirthName{"Going by its name, column {0} holds dates of birth: personal data.",
                          "从列名看，列 {0} 含有出生日期：属于个人信息。"};

constexpr double kManyCells = 0.5;  // of those that are there
constexpr double kSomeCells = 0.2;  // where the column's name says so too
constexpr double kNearlyAll = 0.9;  // numbers with as many digits as a card's pass Luhn by chance in 1 of 10
constexpr std::size_t kFewAddresses = 3;

struct Tally {
  double cells = 0;
  std::size_t values = 0;
};

struct Shapes {
  std::map<Personal, Tally> by_kind;
  double card_digits = 0;
  double phone_digits = 0;
};

Shapes shapesOf(const ColumnValues& values) {
  Shapes shapes;
  for (const Value& value : values.values) {
    const auto cells = static_cast<double>(value.count);
    if (hasDigitsOfCard(value.text)) shapes.card_digits += cells;
    if (couldBePhone(value.text)) shapes.phone_digits += cells;
    if (const auto kind = personalShape(value.text)) {
      shapes.by_kind[*kind].cells += cells;
      ++shapes.by_kind[*kind].values;
    }
  }
  return shapes;
}

/// Is it certain enough that the cells are of the kind?
bool isLikely(Personal kind, const Tally& tally, const Shapes& shapes, double there, bool named) {
  const double share = tally.cells / there;
  if (kind == Personal::Card && tally.cells < kNearlyAll * shapes.card_digits) return false;
  // Addresses are never there by chance, so a few of them in remarks count too.
  if (kind == Personal::Email && tally.values >= kFewAddresses) return true;
  return share >= (named ? kSomeCells : kManyCells);
}

const Text& shapeText(Personal kind) {
  switch (kind) {
    case Personal::Email:
      return kEmails;
    case Personal::Phone:
      return kPhones;
    case Personal::NationalId:
      return kIds;
    default:
      return kCards;
  }
}

const Text& nameText(Personal kind) {
  switch (kind) {
    case Personal::Phone:
      return kPhoneName;
    case Personal::NationalId:
      return kIdName;
    case Personal::Card:
      return kCardName;
    case Personal::Address:
      return kAddressName;
    case Personal::BirthDate:
      return kBirthName;
    default:
      return kPersonName;
  }
}

/// Can the column hold what its name says?
bool fitsName(Personal kind, const ColumnState& column, const Shapes& shapes, double there) {
  const bool whole_number = isWholeNumber(column.info.type);
  switch (kind) {
    case Personal::BirthDate:
      return column.nature == Nature::Time || column.nature == Nature::Text;
    case Personal::Phone:
      return shapes.phone_digits >= kManyCells * there;
    case Personal::Email:
      return false;  // its shape is sure enough
    case Personal::NationalId:
    case Personal::Card:
      return (column.nature == Nature::Text || whole_number) && column.profile.distinct > 2;
    default:
      return column.nature == Nature::Text;
  }
}

/// What joins tables stays joinable; of a card the last digits are customary; the rest is covered up.
Json stepFor(Personal kind, const std::string& column) {
  const Json columns = Json::array({column});
  if (kind == Personal::Email || kind == Personal::Phone || kind == Personal::NationalId)
    return {{"step", "hash"}, {"columns", columns}};
  return {{"step", "mask"},
          {"columns", columns},
          {"method", "keep_last"},
          {"keep", kind == Personal::Card ? 4 : 0}};
}

}  // namespace

void findPersonalData(const ColumnState& column, const ColumnValues& values, std::int64_t rows,
                      std::vector<Finding>& findings) {
  const bool whole_number = isWholeNumber(column.info.type);
  const bool dated = column.nature == Nature::Time;
  if ((column.nature != Nature::Text && !whole_number && !dated) || column.profile.distinct < 2) return;
  const auto named = personalName(column.info.name);
  const Shapes shapes = dated ? Shapes{} : shapesOf(values);
  const auto there = static_cast<double>(values.cells);
  const auto tell = [&](Personal kind, const Text& text, std::vector<std::string> args) {
    findings.push_back({.kind = "personal",
                        .column = column.info.name,
                        .text = text,
                        .args = std::move(args),
                        .step = stepFor(kind, column.info.name),
                        .severity = Severity::Problem,
                        .other = {}});
  };
  for (const auto& [kind, tally] : shapes.by_kind)
    if (isLikely(kind, tally, shapes, there, named == kind))
      return tell(kind, shapeText(kind),
                  {column.info.name, CellCounts(column, values, rows).share(tally.cells)});
  if (named && fitsName(*named, column, shapes, there)) tell(*named, nameText(*named), {column.info.name});
}

}  // namespace lodestone::data
