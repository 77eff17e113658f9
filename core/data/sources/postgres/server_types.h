// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/data/rows/row_reader.h"

namespace lodestone::data {

/// How a column of the server is kept: whole numbers BIGINT; numeric(p, s) DECIMAL(p, s), other numeric as
/// their digits want it, at first DOUBLE; timestamps with a zone in UTC; uuid, json, intervals, enumerations
/// and what else there is as text.
ColumnStore storeOf(std::uint32_t type, int modifier);

/// A numeric whose digits the server does not limit to what DECIMAL holds; its cells are decimals.
bool isOpenNumeric(std::uint32_t type, const ColumnStore& store);

/// A value as the server writes it, as a cell. 'buffer' keeps what had to be written anew: arrays as JSON,
/// bytes without "\x" in front.
/// element: the type of an array's elements; nothing for other types.
Cell cellFrom(std::string_view value, std::uint32_t type, std::optional<std::uint32_t> element,
              const ColumnStore& store, std::string& buffer);

/// "{1,NULL,{2}}" -> "[1,null,[2]]".
std::string arrayAsJson(std::string_view value, std::uint32_t element);

}  // namespace lodestone::data
