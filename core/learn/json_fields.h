// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace lodestone::learn {

/// Reads the members of an object that came from a file, and remembers the first that is missing or of
/// another type: read all, then ask problem() once. Getters give an empty value where there is a problem.
/// Refers to the object: use it while that lives.
class JsonFields {
 public:
  explicit JsonFields(const Json& object);

  std::string text(std::string_view key);
  double number(std::string_view key);  ///< finite
  std::int64_t integer(std::string_view key);
  std::uint64_t unsignedInteger(std::string_view key);
  bool flag(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  const Json& object(std::string_view key);
  const Json& array(std::string_view key);
  /// Marks a member that reads well but makes no sense.
  void reject(std::string_view key);

  /// Empty when all was well, else the name of the first member that was not.
  const std::string& problem() const { return problem_; }

 private:
  const Json* find(std::string_view key, bool (Json::*is)() const noexcept);

  const Json* json_;
  std::string problem_;
};

}  // namespace lodestone::learn
