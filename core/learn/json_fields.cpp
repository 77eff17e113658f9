// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/json_fields.h"

#include <cmath>

namespace lodestone::learn {

JsonFields::JsonFields(const Json& object) : json_(&object) {}

void JsonFields::reject(std::string_view key) {
  if (problem_.empty()) problem_ = key;
}

const Json* JsonFields::find(std::string_view key, bool (Json::*is)() const noexcept) {
  if (json_->is_object()) {
    const auto found = json_->find(std::string(key));
    if (found != json_->end() && ((*found).*is)()) return &*found;
  }
  reject(key);
  return nullptr;
}

std::string JsonFields::text(std::string_view key) {
  const Json* found = find(key, &Json::is_string);
  return found == nullptr ? std::string() : found->get<std::string>();
}

double JsonFields::number(std::string_view key) {
  const Json* found = find(key, &Json::is_number);
  const double value = found == nullptr ? 0 : found->get<double>();
  if (std::isfinite(value)) return value;
  reject(key);
  return 0;
}

std::int64_t JsonFields::integer(std::string_view key) {
  const Json* found = find(key, &Json::is_number_integer);
  return found == nullptr ? 0 : found->get<std::int64_t>();
}

std::uint64_t JsonFields::unsignedInteger(std::string_view key) {
  const Json* found = find(key, &Json::is_number_unsigned);
  return found == nullptr ? 0 : found->get<std::uint64_t>();
}

bool JsonFields::flag(std::string_view key) {
  const Json* found = find(key, &Json::is_boolean);
  return found != nullptr && found->get<bool>();
}

std::vector<std::string> JsonFields::texts(std::string_view key) {
  std::vector<std::string> out;
  for (const Json& item : array(key)) {
    if (!item.is_string()) {
      reject(key);
      return {};
    }
    out.push_back(item.get<std::string>());
  }
  return out;
}

const Json& JsonFields::object(std::string_view key) {
  static const Json kEmpty = Json::object();
  const Json* found = find(key, &Json::is_object);
  return found == nullptr ? kEmpty : *found;
}

const Json& JsonFields::array(std::string_view key) {
  static const Json kEmpty = Json::array();
  const Json* found = find(key, &Json::is_array);
  return found == nullptr ? kEmpty : *found;
}

}  // namespace lodestone::learn
