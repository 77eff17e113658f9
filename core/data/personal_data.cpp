// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/personal_data.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool isUpper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool allDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// The digits of a text that has nothing else but the given separators, never two of them in a row nor one at
/// the end; empty for any other text.
std::string digitsOnly(std::string_view text, std::string_view separators) {
  std::string digits;
  bool after_separator = true;
  for (const char c : text) {
    if (isDigit(c)) {
      digits += c;
    } else if (separators.find(c) == std::string_view::npos || after_separator) {
      return {};
    }
    after_separator = !isDigit(c);
  }
  return after_separator ? std::string() : digits;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool isPlausibleDate(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return year >= 1850 && year <= 2100 && date.ok();
}

bool isLocalPart(char c) {
  return isLetter(c) || isDigit(c) || std::string_view("._%+-").find(c) != std::string_view::npos;
}
bool isDomainPart(char c) {
  return isLetter(c) || isDigit(c) || c == '.' || c == '-';
}

/// Is there an address around the "@" at the place?
bool isAddressAround(std::string_view text, std::size_t at) {
  std::size_t first = at;
  while (first > 0 && isLocalPart(text[first - 1])) --first;
  std::size_t last = at + 1;
  while (last < text.size() && isDomainPart(text[last])) ++last;
  std::string_view domain = text.substr(at + 1, last - at - 1);
  while (domain.ends_with('.') || domain.ends_with('-')) domain.remove_suffix(1);
  if (first == at || domain.starts_with('.') || domain.find("..") != std::string_view::npos) return false;
  const auto dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view top = domain.substr(dot + 1);
  return top.size() >= 2 && std::all_of(top.begin(), top.end(), isLetter);
}

bool hasEmail(std::string_view text) {
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
    if (isAddressAround(text, at)) return true;
  return false;
}

bool isChineseMobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

/// (212) 555-0123, 212-555-0123, 212.555.0123
bool isNorthAmerican(std::string_view text) {
  if (text.starts_with("1-")) text.remove_prefix(2);
  const bool bracket = text.starts_with('(');
  if (bracket) text.remove_prefix(1);
  if (text.size() < 12 || !allDigits(text.substr(0, 3)) || text[0] < '2') return false;
  text.remove_prefix(3);
  if (bracket) {
    if (!text.starts_with(')')) return false;
    text.remove_prefix(1);
    if (text.starts_with(' ')) text.remove_prefix(1);
  } else {
    if (text[0] != '-' && text[0] != '.') return false;
    text.remove_prefix(1);
  }
  return text.size() == 8 && allDigits(text.substr(0, 3)) && (text[3] == '-' || text[3] == '.') &&
         allDigits(text.substr(4));
}

bool isPhone(std::string_view text) {
  if (text.size() < 8 || text.size() > 24) return false;
  if (text[0] == '+') {
    std::string plain;
    for (const char c : text.substr(1))
      if (c != '(' && c != ')') plain += c;
    const std::string digits = digitsOnly(plain, " -.");
    return digits.size() >= 8 && digits.size() <= 15;
  }
  std::string digits = digitsOnly(text, " -");
  if (digits.starts_with("0086")) digits.erase(0, 4);
  if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
  return isChineseMobile(digits) || isNorthAmerican(text);
}

bool isSocialSecurity(std::string_view text) {
  if (text.size() != 11 || text[3] != '-' || text[6] != '-') return false;
  const std::string_view area = text.substr(0, 3);
  const std::string_view group = text.substr(4, 2);
  const std::string_view serial = text.substr(7);
  return allDigits(area) && allDigits(group) && allDigits(serial) && area != "000" && area != "666" &&
         area[0] != '9' && group != "00" && serial != "0000";
}

bool isNationalInsurance(std::string_view text) {
  const std::string compact = replaceAll(std::string(text), " ", "");
  return compact.size() == 9 && isUpper(compact[0]) && isUpper(compact[1]) &&
         allDigits(std::string_view(compact).substr(2, 6)) && compact[8] >= 'A' && compact[8] <= 'D' &&
         std::string_view("DFIQUV").find(compact[0]) == std::string_view::npos;
}

bool isSpanishId(std::string_view text) {
  if (text.size() != 9 || !isUpper(text[8])) return false;
  std::string digits(text.substr(0, 8));
  if (digits[0] >= 'X' && digits[0] <= 'Z') digits[0] = static_cast<char>('0' + (digits[0] - 'X'));
  constexpr std::string_view kLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
  return allDigits(digits) && kLetters[static_cast<std::size_t>(number(digits) % 23)] == text[8];
}

/// Words of a name: split where it is written snake_case, kebab-case, camelCase or with spaces.
std::vector<std::string> wordsOf(std::string_view name) {
  std::vector<std::string> words(1);
  char before = ' ';
  for (const char c : name) {
    const bool separator = c == '_' || c == '-' || c == ' ' || c == '.' || c == '/';
    if (separator || (isUpper(c) && !isUpper(before))) words.emplace_back();
    if (!separator) words.back() += c;
    before = c;
  }
  for (std::string& word : words) word = lowerAscii(word);
  std::erase(words, std::string());
  return words;
}

}  // namespace

bool passesLuhn(std::string_view digits) {
  if (!allDigits(digits)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
  }
  return sum % 10 == 0;
}

bool isChineseId(std::string_view text) {
  if (text.size() != 18 || !allDigits(text.substr(0, 17)) || text[0] == '0' || text[0] == '9') return false;
  if (!isPlausibleDate(number(text.substr(6, 4)), number(text.substr(10, 2)), number(text.substr(12, 2))))
    return false;
  int sum = 0;
  int weight = 1;  // 2^i modulo 11 from the right, the check character having 2^0
  for (std::size_t i = 17; i > 0; --i) {
    weight = weight * 2 % 11;
    sum += (text[i - 1] - '0') * weight;
  }
  const int check = (12 - sum % 11) % 11;
  const char last = text[17] == 'x' ? 'X' : text[17];
  return last == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

bool couldBePhone(std::string_view cell) {
  std::string plain;
  for (const char c : trim(cell))
    if (c != '(' && c != ')' && c != '+') plain += c;
  const std::string digits = digitsOnly(plain, " -./");
  return digits.size() >= 7 && digits.size() <= 15;
}

bool hasDigitsOfCard(std::string_view cell) {
  const std::string_view text = trim(cell);
  if (text.size() < 13 || text.size() > 23) return false;
  const std::string digits = digitsOnly(text, " -");
  return digits.size() >= 13 && digits.size() <= 19;
}

std::optional<Personal> personalShape(std::string_view cell) {
  const std::string_view text = trim(cell);
  if (text.size() < 6) return std::nullopt;
  if (hasEmail(text)) return Personal::Email;
  if (text.size() > 24) return std::nullopt;
  if (isChineseId(text) || isSocialSecurity(text) || isNationalInsurance(text) || isSpanishId(text))
    return Personal::NationalId;
  if (isPhone(text)) return Personal::Phone;
  if (hasDigitsOfCard(text) && text[0] >= '2' && text[0] <= '6' && passesLuhn(digitsOnly(text, " -")))
    return Personal::Card;
  return std::nullopt;
}

std::optional<Personal> personalName(std::string_view column) {
  using Words = std::vector<std::string_view>;
  static const std::vector<std::pair<Personal, Words>> kWords{
      {Personal::Email, {"email", "mail", "emails"}},
      {Personal::Phone, {"phone", "mobile", "telephone", "tel", "cellphone", "cell"}},
      {Personal::NationalId, {"ssn", "passport", "nin", "dni"}},
      {Personal::Card, {"creditcard", "pan", "iban"}},
      {Personal::PersonName, {"firstname", "lastname", "surname", "fullname", "forename"}},
      {Personal::Address, {"address", "street"}},
      {Personal::BirthDate, {"birth", "birthday", "birthdate", "dob"}}};
  static const std::vector<std::pair<Personal, Words>> kPhrases{
      {Personal::Email, {"e mail", "邮箱", "电子邮件"}},
      {Personal::Phone, {"手机", "电话"}},
      {Personal::NationalId, {"national id", "id card", "social security", "身份证", "护照"}},
      {Personal::Card, {"card number", "card no", "credit card", "银行卡", "卡号"}},
      {Personal::PersonName,
       {"first name", "last name", "full name", "family name", "given name", "customer name", "contact name",
        "姓名", "真实姓名"}},
      {Personal::Address, {"住址", "地址"}},
      {Personal::BirthDate, {"date of birth", "生日", "出生"}}};
  const std::vector<std::string> words = wordsOf(column);
  const std::string phrase = join(words, " ");
  for (const auto& [kind, parts] : kPhrases)
    for (const std::string_view part : parts)
      if (phrase.find(part) != std::string::npos) return kind;
  for (const auto& [kind, list] : kWords)
    for (const std::string_view word : list)
      if (std::find(words.begin(), words.end(), word) != words.end()) return kind;
  return std::nullopt;
}

}  // namespace lodestone::data
