// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sources/postgres/server.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <chrono>
#include <cstdlib>

#include "core/base/text.h"

namespace lodestone::data {

namespace {

constexpr Text kNoAnswer{"The server of {0} does not answer: {1} Check host, port and network.",
                         "{0} 的服务器没有响应：{1} 请检查主机、端口和网络。"};
constexpr Text kTimeout{"no answer within {0} s.", "{0} 秒内没有应答。"};
constexpr Text kRefused{"The server of {0} refuses the connection: {1} Check user, password and database.",
                        "{0} 的服务器拒绝连接：{1} 请检查用户、密码和数据库。"};
constexpr Text kSaid{"The server of {0} says: {1}", "{0} 的服务器返回：{1}"};
constexpr Text kLost{"The connection to {0} was lost: {1} Import again.",
                     "与 {0} 的连接中断：{1} 请重新导入。"};
constexpr Text kReadOnly{"An import only reads, and the query for {0} would change something: {1}",
                         "导入只读取数据，而对 {0} 的查询会修改数据：{1}"};
constexpr Text kNoRows{"The query for {0} gives no rows: it is no SELECT. Use one.",
                       "对 {0} 的查询不返回行：它不是 SELECT 语句。请使用 SELECT。"};

constexpr int kPatienceSeconds = 10;
constexpr int kLookMs = 100;

/// Asks the server to end what it does.
void cancel(PGconn* connection) {
  PGcancel* request = PQgetCancel(connection);
  if (request == nullptr) return;
  std::array<char, 256> message{};
  PQcancel(request, message.data(), static_cast<int>(message.size()));
  PQfreeCancel(request);
}

/// Waits until the socket can be read or written, at most a tenth of a second.
void waitForSocket(PGconn* connection, short events) {
  pollfd socket{.fd = PQsocket(connection), .events = events, .revents = 0};
  poll(&socket, 1, kLookMs);
}

int patienceOf(PGconn* connection) {
  int seconds = kPatienceSeconds;
  PQconninfoOption* options = PQconninfo(connection);
  for (const PQconninfoOption* option = options; option != nullptr && option->keyword != nullptr; ++option) {
    double given = 0;
    if (std::string_view(option->keyword) == "connect_timeout" && option->val != nullptr &&
        parseNumber(option->val, given) && given >= 1 && given < 3600)
      seconds = static_cast<int>(given);
  }
  PQconninfoFree(options);
  return seconds;
}

}  // namespace

void ClearAnswer::operator()(pg_result* answer) const {
  PQclear(answer);
}

void Server::Finish::operator()(pg_conn* connection) const {
  // A query that still runs there must not go on for nobody.
  if (PQtransactionStatus(connection) == PQTRANS_ACTIVE) cancel(connection);
  PQfinish(connection);
}

/// One line, without the password in any spelling.
std::string Server::clean(std::string message) const {
  for (const std::string& secret : {address_.password, address_.password_written})
    if (!secret.empty()) message = replaceAll(std::move(message), secret, "***");
  return shorten(toValidUtf8(trim(replaceAll(std::move(message), "\n", " "))), 600);
}

tl::unexpected<Error> Server::failure(const pg_result* answer) const {
  const char* state = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const char* primary = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  const char* hint = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_MESSAGE_HINT);
  std::string message = primary != nullptr ? primary : PQerrorMessage(connection_.get());
  if (hint != nullptr) message += std::string(". ") + hint;
  const std::vector<std::string> args{address_.told, clean(message)};
  const Where where{.file = address_.told};
  const std::string_view code = state == nullptr ? std::string_view() : state;
  if (PQstatus(connection_.get()) != CONNECTION_OK || code.starts_with("08") || code == "57P01")
    return fail(ErrorCode::Io, kLost, args, where);
  if (code == "57014") return fail(ErrorCode::Io, kSaid, args, where);  // a limit of the server's own
  if (code == "25006") return fail(ErrorCode::InvalidArgument, kReadOnly, args, where);
  if (code == "42P01" || code == "3F000") return fail(ErrorCode::NotFound, kSaid, args, where);
  if (code.starts_with("53")) return fail(ErrorCode::OutOfMemory, kSaid, args, where);
  return fail(ErrorCode::InvalidArgument, kSaid, args, where);
}

Result<Server> Server::connect(const ServerAddress& address, JobContext& job) {
  Server server;
  server.address_ = address;
  server.connection_.reset(PQconnectStart(address.connection.c_str()));
  if (auto connected = server.waitForConnection(job); !connected) return forward(connected);
  PQsetNoticeProcessor(
      server.connection_.get(), [](void*, const char*) {}, nullptr);
  PQsetClientEncoding(server.connection_.get(), "UTF8");
  for (const char* setting :
       {"SET TimeZone = 'UTC'", "SET DateStyle = 'ISO'", "SET IntervalStyle = 'iso_8601'",
        "SET extra_float_digits = 3", "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"})
    if (auto done = server.run(setting, job); !done) return forward(done);
  return server;
}

Result<> Server::waitForConnection(JobContext& job) {
  PGconn* connection = connection_.get();
  const Where where{.file = address_.told};
  const auto refused = [&]() -> Result<> {
    const std::string message = PQerrorMessage(connection);
    const auto has = [&message](std::string_view part) { return message.find(part) != std::string::npos; };
    // A server that speaks says FATAL; what libpq says itself begins with what it tried.
    const bool nobody =
        !has("FATAL") && !has("password") && (has("connection to server") || has("could not"));
    return fail(nobody ? ErrorCode::Io : ErrorCode::InvalidArgument, nobody ? kNoAnswer : kRefused,
                {address_.told, clean(message)}, where);
  };
  if (PQstatus(connection) == CONNECTION_BAD) return refused();
  using Clock = std::chrono::steady_clock;
  const int patience = patienceOf(connection);
  const auto deadline = Clock::now() + std::chrono::seconds(patience);
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  while (true) {
    if (auto go = job.checkpoint(); !go) return go;
    if (Clock::now() > deadline)
      return fail(ErrorCode::Io, kNoAnswer,
                  {address_.told, fill(kTimeout, job.language(), {std::to_string(patience)})}, where);
    pollfd socket{.fd = PQsocket(connection),
                  .events = static_cast<short>(state == PGRES_POLLING_WRITING ? POLLOUT : POLLIN),
                  .revents = 0};
    if (poll(&socket, 1, kLookMs) == 0) continue;
    state = PQconnectPoll(connection);
    if (state == PGRES_POLLING_OK) return {};
    if (state == PGRES_POLLING_FAILED) return refused();
  }
}

/// Waits until the next result can be had without waiting; a stop cancels the query first.
Result<> Server::wait(JobContext& job) {
  PGconn* connection = connection_.get();
  while (PQisBusy(connection) != 0) {
    if (auto go = job.checkpoint(); !go) {
      abandon();
      return go;
    }
    waitForSocket(connection, POLLIN);
    if (PQconsumeInput(connection) == 0) return failure(nullptr);
  }
  return {};
}

Result<ServerAnswer> Server::lastAnswer(JobContext& job) {
  ServerAnswer last;
  while (true) {
    if (auto ready = wait(job); !ready) return forward(ready);
    ServerAnswer answer(PQgetResult(connection_.get()));
    if (!answer) return last;
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      const auto failed = failure(answer.get());
      drain();
      return failed;
    }
    last = std::move(answer);
  }
}

Result<ServerAnswer> Server::run(const std::string& sql, JobContext& job) {
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return failure(nullptr);
  return lastAnswer(job);
}

Result<std::vector<ServerTable>> Server::tables(JobContext& job) {
  auto answer =
      run("SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
          "c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND "
          "n.nspname NOT IN "
          "('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE "
          "'pg\\_temp%' AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') "
          "ORDER BY n.nspname <> 'public', 1, 2",
          job);
  if (!answer) return forward(answer);
  std::vector<ServerTable> tables;
  for (int i = 0; i < PQntuples(answer->get()); ++i)
    tables.push_back({PQgetvalue(answer->get(), i, 0), PQgetvalue(answer->get(), i, 1)});
  return tables;
}

Result<std::vector<ServerColumn>> Server::describe(const std::string& sql, JobContext& job) {
  PGconn* connection = connection_.get();
  // Preparing takes one statement only, so nothing can be hidden behind a semicolon.
  if (PQsendPrepare(connection, "", sql.c_str(), 0, nullptr) == 0) return failure(nullptr);
  if (auto prepared = lastAnswer(job); !prepared) return forward(prepared);
  if (PQsendDescribePrepared(connection, "") == 0) return failure(nullptr);
  auto described = lastAnswer(job);
  if (!described) return forward(described);
  std::vector<ServerColumn> columns;
  for (int i = 0; i < PQnfields(described->get()); ++i)
    columns.push_back(
        {PQfname(described->get(), i), PQftype(described->get(), i), PQfmod(described->get(), i)});
  if (columns.empty())
    return fail(ErrorCode::InvalidArgument, kNoRows, {address_.told}, {.file = address_.told});
  return columns;
}

Result<std::map<std::uint32_t, std::uint32_t>> Server::arrayTypes(const std::vector<ServerColumn>& columns,
                                                                  JobContext& job) {
  std::vector<std::string> types;
  for (const ServerColumn& column : columns) types.push_back(std::to_string(column.type));
  auto answer = run("SELECT oid, typelem FROM pg_catalog.pg_type WHERE typcategory = 'A' AND oid IN (" +
                        join(types, ", ") + ")",
                    job);
  if (!answer) return forward(answer);
  std::map<std::uint32_t, std::uint32_t> elements;
  const auto number = [&answer](int row, int column) {
    return static_cast<std::uint32_t>(std::strtoul(PQgetvalue(answer->get(), row, column), nullptr, 10));
  };
  for (int i = 0; i < PQntuples(answer->get()); ++i) elements[number(i, 0)] = number(i, 1);
  return elements;
}

Result<> Server::start(const std::string& sql, JobContext& job) {
  if (auto go = job.checkpoint(); !go) return go;
  PGconn* connection = connection_.get();
  // With parameters, even none of them, the server takes one statement only.
  if (PQsendQueryParams(connection, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 0)
    return failure(nullptr);
  streaming_ = true;
  PQsetSingleRowMode(connection);
  return {};
}

Result<ServerAnswer> Server::nextRow(JobContext& job) {
  if (!streaming_) return ServerAnswer();
  if (auto ready = wait(job); !ready) return forward(ready);
  ServerAnswer answer(PQgetResult(connection_.get()));
  const ExecStatusType status = answer ? PQresultStatus(answer.get()) : PGRES_TUPLES_OK;
  if (status == PGRES_SINGLE_TUPLE) return answer;
  if (status == PGRES_TUPLES_OK) {
    drain();
    return ServerAnswer();
  }
  const auto failed = failure(answer.get());
  drain();
  return failed;
}

void Server::drain() {
  streaming_ = false;
  while (ServerAnswer rest{PQgetResult(connection_.get())}) {
  }
}

void Server::abandon() {
  if (PQtransactionStatus(connection_.get()) == PQTRANS_ACTIVE) cancel(connection_.get());
  drain();
}

}  // namespace lodestone::data
