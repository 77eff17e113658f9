// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_context.h"
#include "core/data/sources/postgres/server_address.h"

struct pg_conn;
struct pg_result;

namespace lodestone::data {

struct ClearAnswer {
  void operator()(pg_result* answer) const;
};
using ServerAnswer = std::unique_ptr<pg_result, ClearAnswer>;

/// A column of a query's answer, as the server describes it.
struct ServerColumn {
  std::string name;
  std::uint32_t type = 0;  ///< its OID
  int modifier = -1;
};

struct ServerTable {
  std::string schema;
  std::string name;
};

/// A connection to a PostgreSQL server, for reading: one read-only transaction, times in UTC. A stop of the
/// job cancels what the server does. Passwords never stand in an error.
class Server {
 public:
  /// Gives up after 10 seconds, or after the address's own connect_timeout.
  static Result<Server> connect(const ServerAddress& address, JobContext& job);

  /// Tables and views that one may read: those of public first, by name.
  Result<std::vector<ServerTable>> tables(JobContext& job);
  /// The columns that a single statement would give; does not run it.
  Result<std::vector<ServerColumn>> describe(const std::string& sql, JobContext& job);
  /// Those of the columns' types that are arrays, with the types of their elements.
  Result<std::map<std::uint32_t, std::uint32_t>> arrayTypes(const std::vector<ServerColumn>& columns,
                                                            JobContext& job);
  /// Runs a single statement; its rows come by nextRow().
  Result<> start(const std::string& sql, JobContext& job);
  /// One row, or null at the end.
  Result<ServerAnswer> nextRow(JobContext& job);
  /// Lets go of the rows that are still to come.
  void abandon();

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  Server() = default;
  Result<> waitForConnection(JobContext& job);
  Result<ServerAnswer> run(const std::string& sql, JobContext& job);
  Result<ServerAnswer> lastAnswer(JobContext& job);
  Result<> wait(JobContext& job);
  void drain();
  tl::unexpected<Error> failure(const pg_result* answer) const;
  std::string clean(std::string message) const;

  std::unique_ptr<pg_conn, Finish> connection_;
  ServerAddress address_;
  bool streaming_ = false;
};

}  // namespace lodestone::data
