// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/job_context.h"
#include "core/base/result.h"

namespace lodestone::demo {

/// How much is wrong with the files, on purpose.
enum class Dirt {
  None,
  Some,  ///< about 1 % of the rows
  Much,  ///< about 6 % of the rows
};

/// The shop to make. The limits are checked by writeDemoShop (InvalidArgument).
struct DemoShopOptions {
  std::uint64_t seed = 42;
  std::int64_t customers = 50'000;  ///< 100 to 2,000,000
  std::int64_t events = 1'000'000;  ///< at least one a customer, at most 200,000,000
  int days = 730;                   ///< of history, 60 to 3650; the last day is always 2025-12-31
  Dirt dirt = Dirt::None;
  Language data_language = Language::English;  ///< of names, titles and queries in the files
};

/// What was written.
struct DemoShopFiles {
  std::vector<std::filesystem::path> files;                ///< in the order of writing, truth.json last
  std::vector<std::pair<std::string, std::int64_t>> rows;  ///< table name ("customers") and its data rows
};

/// Reads "none", "some", "much"; InvalidArgument names what is allowed.
Result<Dirt> parseDirt(std::string_view text);

/// Makes the demo shop: customers, products, events, orders, order_items, campaigns, assignments, reviews,
/// tickets, payments, ad_log, demand, holidays and channel_spend as CSV (RFC 4180, line feeds; UTF-8, but
/// under dirt payments in GBK), and truth.json, which only checks may read (README.md describes it). The
/// bytes depend on the options alone, whatever machine, compiler and locale. The folder and its parents are
/// made. Everything is written beside the folder first and put in place at the end: after an error or a
/// cancel nothing is left. AlreadyExists, with nothing touched, when one of the files is there. Blocks;
/// single-threaded; needs about 500 bytes of memory an event and customer.
Result<DemoShopFiles> writeDemoShop(const std::filesystem::path& folder, const DemoShopOptions& options,
                                    JobContext& job);

}  // namespace lodestone::demo
