// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/join.h"
#include "core/data/table_making.h"

namespace lodestone::data {

/// How one pair of key columns is compared.
struct KeyPlan {
  ColumnInfo left;
  ColumnInfo right;
  std::string compared_as;  ///< SQL type that both are cast to; empty: as they are
  bool text = false;        ///< compared as texts

  /// Its two types are of different families: a number and a text, a day and a moment.
  bool differs() const;
  bool sameName() const;
  /// The key of one side, for a comparison with =; NULL where there is none.
  std::string expression(const ColumnInfo& column, KeyText key_text) const;
};

/// NotFound, or InvalidArgument where a number should equal a date and the like.
Result<std::vector<KeyPlan>> planKeys(const TableInfo& left, const TableInfo& right, const JoinSpec& spec);

/// Without the spaces at the ends of a text, also those of East Asia and the web.
std::string trimmedText(const std::string& expression);
std::string foldedText(const std::string& expression);

}  // namespace lodestone::data
