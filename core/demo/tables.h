// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/demo/shop.h"
#include "core/demo/table_writer.h"

namespace lodestone::demo {

/// Writes the shop's tables into the folder, which must exist, and tells file names and rows; answers with
/// what is in each table and what dirt did to it, in the order of writing.
Result<std::vector<TableRecord>> writeTables(const Shop& shop, const std::filesystem::path& folder,
                                             DemoShopFiles& written, JobContext& job);

/// Writes truth.json, in the format that README.md describes.
Result<> writeTruth(const Shop& shop, const std::vector<TableRecord>& tables,
                    const std::filesystem::path& folder, DemoShopFiles& written, JobContext& job);

}  // namespace lodestone::demo
