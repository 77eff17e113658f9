// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/personal_columns.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace lodestone::campaign {

namespace {

constexpr std::size_t kSample = 200;

/// "firstName", "e-mail address" -> words in lower case.
std::vector<std::string> wordsOf(const std::string& name) {
  std::vector<std::string> words(1);
  bool lower_before = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (!letter || (upper && lower_before)) words.emplace_back();
    if (letter) words.back() += lowerAscii(std::string_view(&c, 1));
    lower_before = letter && !upper;
  }
  std::erase(words, "");
  return words;
}

bool namedPersonal(const std::string& name) {
  constexpr std::array<std::string_view, 21> kWords{
      "email",  "mail", "phone",     "mobile",   "telephone", "tel",      "cell",
      "fax",    "name", "firstname", "lastname", "surname",   "fullname", "address",
      "street", "zip",  "postcode",  "passport", "ssn",       "iban",     "wechat"};
  constexpr std::array<std::string_view, 10> kParts{"姓名", "名字", "电话",   "手机", "邮箱",
                                                    "邮件", "地址", "身份证", "微信", "护照"};
  const std::vector<std::string> words = wordsOf(name);
  // A consent, a count or a flag about a contact is no contact.
  for (const char* other :
       {"consent", "opt", "optin", "permission", "count", "flag", "opened", "clicked", "sent"})
    if (std::find(words.begin(), words.end(), other) != words.end()) return false;
  if (name.find("同意") != std::string::npos || name.find("许可") != std::string::npos) return false;
  const auto known = [&](const std::string& word) {
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
  };
  if (std::any_of(words.begin(), words.end(), known)) return true;
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

bool isEmail(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos)
    return false;
  const auto dot = text.find('.', at);
  return dot != std::string_view::npos && dot > at + 1 && dot + 1 < text.size() &&
         text.find(' ') == std::string_view::npos;
}

bool isPhone(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool written = text.starts_with('+') || text.find_first_of(" -()/") != std::string_view::npos;
  const bool chinese_mobile = text.size() == 11 && text.starts_with('1') && digits == 11;
  const bool date = text.size() >= 10 && text[4] == '-' && text[7] == '-';
  return digits >= 7 && digits <= 15 && (written || chinese_mobile) && !date &&
         text.find_first_not_of("+0123456789 ()-./") == std::string_view::npos;
}

}  // namespace

bool looksPersonal(const Frame& frame, const FrameColumn& column) {
  if (column.kind != ColumnKind::Text || column.name.starts_with("lodestone_")) return false;
  std::size_t seen = 0;
  std::size_t alike = 0;
  for (std::int64_t row = 0; row < frame.rows && seen < kSample; ++row) {
    if (frame.missing(column, row)) continue;
    const std::string text = frame.cell(column, row);
    ++seen;
    alike += isEmail(trim(text)) || isPhone(trim(text)) ? 1 : 0;
  }
  return seen > 0 && alike * 2 > seen;
}

std::vector<std::string> contactColumns(const Frame& frame) {
  std::vector<std::string> out;
  for (const FrameColumn& column : frame.columns) {
    if (column.name.starts_with("lodestone_")) continue;
    const bool by_name = namedPersonal(column.name) && column.kind != ColumnKind::Time;
    if (by_name || looksPersonal(frame, column)) out.push_back(column.name);
  }
  return out;
}

}  // namespace lodestone::campaign
