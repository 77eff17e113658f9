// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/demo/shop.h"

namespace lodestone::demo {

/// Writes the shop's tables into the folder, which must exist, and tells file names and rows.
Result<> writeTables(const Shop& shop, const std::filesystem::path& folder, DemoShopFiles& written,
                     JobContext& job);

/// Writes truth.json, in the format that README.md describes.
Result<> writeTruth(const Shop& shop, const std::filesystem::path& folder, DemoShopFiles& written,
                    JobContext& job);

}  // namespace lodestone::demo
