// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace lodestone::data {

/// The table that a call makes out of others. It appears whole, in the call's one transaction, or not at all.
struct NewTable {
  std::string name;             ///< 1 to 200 characters
  bool replace = false;         ///< takes the place of a table of that name, a source too; else AlreadyExists
  std::string schema = "main";  ///< one that is there; user tables live in "main"
};

/// Something that the owner of the data should know about an answer that is right all the same.
struct Notice {
  std::string kind;    ///< a word for programs; each call lists its own
  std::string column;  ///< empty: no single column
  Text text;
  std::vector<std::string> args;

  std::string message(Language language) const { return fill(text, language, args); }
};

}  // namespace lodestone::data
