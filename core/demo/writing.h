// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/demo/shop.h"
#include "core/demo/table_writer.h"
#include "core/demo/vocabulary.h"

namespace lodestone::demo {

/// What every table needs at hand while the files are written.
struct Writing {
  const Shop& shop;
  const Vocabulary& words;
  const Calendar& calendar;
  const std::filesystem::path& folder;
  DemoShopFiles& written;
  std::vector<TableRecord>& records;
  JobContext& job;

  bool dirty() const { return shop.options.dirt != Dirt::None; }
};

/// Closes the table and tells of it.
Result<> finishTable(Writing& writing, TableWriter& table);

/// reviews, tickets and payments.
Result<> writeServiceTables(Writing& writing);
/// ad_log, demand, holidays and channel_spend.
Result<> writePlanningTables(Writing& writing);

}  // namespace lodestone::demo
