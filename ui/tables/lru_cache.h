// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace lodestone::tables {

/// Keeps the values that were used last, at most so many. Used by one thread.
template <class Key, class Value>
class LruCache {
 public:
  /// At least one.
  explicit LruCache(std::size_t capacity) : capacity_(capacity == 0 ? 1 : capacity) {}

  /// Null when it is not there; a value that is found counts as used. Valid until the next put() or clear().
  const Value* find(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    values_.splice(values_.begin(), values_, found->second);
    return &values_.front().second;
  }
  bool contains(const Key& key) const { return places_.contains(key); }

  /// A value that is there is replaced; the one not used for longest goes when there is no room.
  void put(const Key& key, Value value) {
    if (const auto found = places_.find(key); found != places_.end()) {
      values_.erase(found->second);
      places_.erase(found);
    }
    values_.emplace_front(key, std::move(value));
    places_[key] = values_.begin();
    if (values_.size() <= capacity_) return;
    places_.erase(values_.back().first);
    values_.pop_back();
  }

  void clear() {
    places_.clear();
    values_.clear();
  }
  std::size_t size() const { return values_.size(); }
  std::size_t capacity() const { return capacity_; }

 private:
  using Values = std::list<std::pair<Key, Value>>;  // used last comes first
  std::size_t capacity_;
  Values values_;
  std::unordered_map<Key, typename Values::iterator> places_;
};

}  // namespace lodestone::tables
