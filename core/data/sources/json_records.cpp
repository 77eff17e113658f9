// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/json_records.h"

#include <algorithm>

namespace lodestone::data {

bool JsonRecords::fail(const char* problem) {
  problem_ = problem;
  return false;
}

bool JsonRecords::feed(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [this](char c) { return step(c); });
}

bool JsonRecords::finishRecord() {
  while (!record_.empty() && record_.back() == ' ') record_.pop_back();
  const bool more = record_.empty() || take_(record_, record_line_);
  record_.clear();
  return more;
}

bool JsonRecords::step(char c) {
  if (c == '\n') ++line_;
  const bool inside = record_depth_ > 0 && open_.size() >= record_depth_;
  if (in_string_) {
    // A line break may not stand in a string; what takes its place is as wrong, but keeps the record in one.
    if (inside) record_ += c == '\n' || c == '\r' ? '\x02' : c;
    if (open_.size() == 1) string_ += c;
    in_string_ = escaped_ || c != '"';
    escaped_ = !escaped_ && c == '\\';
    if (!in_string_ && open_.size() == 1 && !string_.empty()) string_.pop_back();
    return true;
  }
  const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
  if (space) {
    if (inside && !record_.empty()) record_ += ' ';
    return true;
  }
  if (done_) return fail("there is more behind its end");
  const bool whole = outer_ == '{' && member_.empty();
  const bool ends = inside && !whole && open_.size() == record_depth_ && (c == ',' || c == ']');
  if (ends && !finishRecord()) return false;
  if (inside && !ends) {
    if (record_.empty()) record_line_ = line_;
    record_ += c;
  }
  const bool ok = structural(c);
  before_ = c;
  return ok;
}

bool JsonRecords::structural(char c) {
  if (c == '"') {
    in_string_ = true;
    if (open_.size() == 1) string_.clear();
    return true;
  }
  if (c == ':' && open_.size() == 1) name_ = string_;
  if (c == '{' || c == '[') return open(c);
  if (c == '}' || c == ']') return close(c);
  return open_.empty() ? fail("it does not begin with [ or {") : true;
}

bool JsonRecords::open(char c) {
  open_ += c;
  if (open_.size() == 1) {
    outer_ = c;
    if (!member_.empty()) return true;
    record_depth_ = 1;
    // The one record of a text that is an object is the text itself.
    if (c == '{') record_ = "{";
    return true;
  }
  if (outer_ != '{') return true;
  const bool member_array = open_.size() == 2 && c == '[';
  if (open_.size() == 3 && c == '{' && before_ == '[' &&
      std::find(arrays_.begin(), arrays_.end(), name_) == arrays_.end())
    arrays_.push_back(name_);
  if (member_array && !member_.empty() && name_ == member_) record_depth_ = 2;
  return true;
}

bool JsonRecords::close(char c) {
  if (open_.empty() || open_.back() != (c == '}' ? '{' : '[')) return fail("its brackets do not match");
  open_.pop_back();
  if (!open_.empty() && record_depth_ == 2 && open_.size() == 1) record_depth_ = 0;
  if (!open_.empty()) return true;
  done_ = true;
  if (outer_ == '{' && member_.empty()) {
    record_depth_ = 0;
    return finishRecord();
  }
  record_depth_ = 0;
  return true;
}

std::string JsonRecords::problem() const {
  if (!problem_.empty()) return problem_;
  if (in_string_) return "it ends inside a string";
  return done_ ? "" : "it ends before its last bracket";
}

}  // namespace lodestone::data
