// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace lodestone::data {

/// What is to be read, and where its bytes are: the two differ for what comes out of an archive.
struct SourceInput {
  std::string name;            ///< for people: "shop.csv", "export.zip/shop.csv", "postgres://host/shop"
  std::filesystem::path path;  ///< an ordinary file to open for reading; empty for addresses
  std::shared_ptr<const void> hold = nullptr;  ///< what must live as long as the path is used
  bool cut = false;                            ///< the beginning of something larger, enough for a preview
  std::string address = {};  ///< of a server, with its password: to connect by, never to be shown
};

}  // namespace lodestone::data
