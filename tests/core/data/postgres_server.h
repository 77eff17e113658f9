// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.h"

namespace lodestone::test {

/// A PostgreSQL server of the test's own in a temporary folder, on a free port of this machine alone; ended
/// with this object. It has the user "lode", whose password is "s3cret&word", and the database "shop".
class PostgresServer {
 public:
  /// Why there is none, or empty.
  const std::string& missing() const { return missing_; }
  /// "postgres://lode:...@127.0.0.1:port/shop" and what is to stand behind it.
  std::string address(const std::string& rest = {}) const;
  int port() const { return port_; }
  /// Runs SQL in the database as its owner; throws what goes wrong.
  void run(const std::string& sql) const;

  PostgresServer();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

 private:
  bool start(const std::filesystem::path& programs);

  TemporaryFolder folder_;
  std::string missing_;
  int port_ = 0;
  int process_ = 0;
};

}  // namespace lodestone::test
