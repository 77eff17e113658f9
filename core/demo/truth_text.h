// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/demo/shop.h"
#include "core/demo/table_writer.h"

namespace lodestone::demo {

/// JSON by hand: millions of numbers with a fixed count of decimals, the same bytes everywhere.
class TruthText {
 public:
  void open(std::string_view key, char bracket) {
    put(key);
    text_ += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    text_ += bracket;
    fresh_ = false;
  }
  void number(std::string_view key, double value, int decimals) {
    put(key);
    appendFixed(text_, value, decimals);
  }
  void whole(std::string_view key, std::uint64_t value) {
    put(key);
    text_ += std::to_string(value);
  }
  /// A number that is written already.
  void bare(std::string_view key, std::string_view value) {
    put(key);
    text_ += value;
  }
  void flag(std::string_view key, bool value) {
    put(key);
    text_ += value ? "true" : "false";
  }
  /// Codes, ids and dates only: nothing is escaped.
  void word(std::string_view key, std::string_view value) {
    put(key);
    text_ += '"';
    text_ += value;
    text_ += '"';
  }
  void nothing() {
    put({});
    text_ += "null";
  }
  template <class Range, class Value>
  void numbers(std::string_view key, const Range& range, int decimals, Value value) {
    open(key, '[');
    for (const auto& element : range) number({}, value(element), decimals);
    close(']');
    text_ += '\n';
  }
  std::string& text() { return text_; }

 private:
  void put(std::string_view key) {
    if (!fresh_) text_ += ',';
    fresh_ = false;
    if (key.empty()) return;
    text_ += '"';
    text_ += key;
    text_ += "\":";
  }

  std::string text_;
  bool fresh_ = true;
};

/// The laws of laws.h: texts, payments, ads, demand, budgets and the best ranking.
void putLaws(TruthText& truth, const Shop& shop);
/// Counts and sums of the clean tables and, where there is dirt, what it did.
void putTables(TruthText& truth, const std::vector<TableRecord>& tables, bool dirty);

}  // namespace lodestone::demo
