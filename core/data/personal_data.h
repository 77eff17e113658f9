// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace lodestone::data {

enum class Personal { Email, Phone, NationalId, Card, PersonName, Address, BirthDate };

/// The check digit of payment cards over digits only (ISO/IEC 7812-1: Luhn, US patent 2950048).
bool passesLuhn(std::string_view digits);
/// A number of a Chinese resident identity card: 17 digits of which eight are a date, and the check character
/// of ISO 7064 MOD 11-2 (GB 11643-1999).
bool isChineseId(std::string_view text);

/// What a cell looks like by its shape, spaces around it aside:
/// - Email: an address, alone or inside a longer text;
/// - Phone: "+" and 8 to 15 digits, a Chinese mobile number, or a North American one with its separators;
/// - NationalId: Chinese identity card by checksum, US social security number (123-45-6789), British national
///   insurance number, Spanish DNI or NIE by its letter;
/// - Card: 13 to 19 digits of a known scheme that pass the Luhn check, alone or in groups.
std::optional<Personal> personalShape(std::string_view cell);
/// 7 to 15 digits with or without separators: a phone number where the column's name says so.
bool couldBePhone(std::string_view cell);
/// 13 to 19 digits, alone or in groups: a card's number but for the check.
bool hasDigitsOfCard(std::string_view cell);

/// What a column's name says that it holds, in English or Chinese: "Customer_Email", "phoneNo", "姓名".
std::optional<Personal> personalName(std::string_view column);

}  // namespace lodestone::data
