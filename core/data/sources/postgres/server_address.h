// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace lodestone::data {

/// Is it an address of a database server ("postgres://...", "postgresql://...") rather than a file?
bool isServerAddress(std::string_view text);

/// The address without its password, wherever that stands: fit for messages, records and logs.
std::string withoutPassword(std::string_view address);

/// An address in its parts.
struct ServerAddress {
  std::string connection;  ///< as libpq takes it, with the password
  std::string told;        ///< without the password
  std::string table;       ///< of ?table= or of a second part of the path: "shop/sales.orders"; else empty
  std::string password;    ///< as it is, and as it stands in the address: to be kept out of messages
  std::string password_written;
};
ServerAddress parseAddress(std::string_view address);

/// A name for what is imported from there: the table without its schema, else the database.
std::string tableOfAddress(std::string_view address);

}  // namespace lodestone::data
