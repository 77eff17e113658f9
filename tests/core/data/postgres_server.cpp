// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <vector>

namespace lodestone::test {

namespace fs = std::filesystem;

namespace {

/// The newest server that is installed: Debian keeps each version in a folder of its own.
fs::path programs() {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", error))
    if (fs::exists(entry.path() / "bin/initdb", error)) found.push_back(entry.path() / "bin");
  return found.empty() ? fs::path() : *std::max_element(found.begin(), found.end());
}

int freePort() {
  const int socket_number = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(socket_number, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(socket_number, reinterpret_cast<sockaddr*>(&address), &size);
  close(socket_number);
  return ntohs(address.sin_port);
}

/// The server refuses to run as root.
const passwd* unprivileged() {
  return geteuid() == 0 ? getpwnam("nobody") : nullptr;
}

/// Starts a program without its output.
int spawn(const std::vector<std::string>& words, const fs::path& folder) {
  const int process = fork();
  if (process != 0) return process;
  if (const passwd* user = unprivileged(); user != nullptr)
    if (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0) _exit(126);
  const int log = open((folder / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  if (chdir(folder.c_str()) != 0) _exit(126);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

bool succeeded(int process) {
  int status = 0;
  return process > 0 && waitpid(process, &status, 0) == process && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

}  // namespace

PostgresServer::PostgresServer() {
  const fs::path folder = programs();
  if (folder.empty())
    missing_ = "no PostgreSQL server is installed (package postgresql)";
  else if (!start(folder))
    missing_ = "the PostgreSQL server of the test does not start";
}

bool PostgresServer::start(const fs::path& folder) {
  const fs::path data = folder_ / "data";
  fs::create_directory(data);
  folder_.write("password", "s3cret&word");
  if (const passwd* user = unprivileged(); user != nullptr)
    for (const fs::path& path : {folder_.path(), data, folder_ / "password"})
      if (chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) return false;
  if (!succeeded(spawn({folder / "initdb", "-D", data, "-U", "lode", "-A", "scram-sha-256", "--pwfile",
                        folder_ / "password", "-E", "UTF8", "--locale", "C", "--no-sync"},
                       folder_.path())))
    return false;
  port_ = freePort();
  process_ = spawn(
      {folder / "postgres", "-D", data, "-p", std::to_string(port_), "-c", "listen_addresses=127.0.0.1", "-c",
       "unix_socket_directories=", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "autovacuum=off"},
      folder_.path());
  const std::string maintenance =
      "host=127.0.0.1 user=lode password='s3cret&word' dbname=postgres connect_timeout=5 port=" +
      std::to_string(port_);
  for (int attempt = 0; attempt < 300; ++attempt) {
    PGconn* connection = PQconnectdb(maintenance.c_str());
    const bool ready = PQstatus(connection) == CONNECTION_OK;
    if (ready) PQclear(PQexec(connection, "CREATE DATABASE shop"));
    PQfinish(connection);
    if (ready) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

PostgresServer::~PostgresServer() {
  if (process_ <= 0) return;
  kill(process_, SIGQUIT);  // at once: nothing of it is to be kept
  waitpid(process_, nullptr, 0);
}

std::string PostgresServer::address(const std::string& rest) const {
  return "postgres://lode:s3cret%26word@127.0.0.1:" + std::to_string(port_) + "/shop" + rest;
}

void PostgresServer::run(const std::string& sql) const {
  PGconn* connection = PQconnectdb(address().c_str());
  PGresult* answer = PQexec(connection, sql.c_str());
  const bool good = PQresultStatus(answer) == PGRES_COMMAND_OK || PQresultStatus(answer) == PGRES_TUPLES_OK;
  const std::string message = PQerrorMessage(connection);
  PQclear(answer);
  PQfinish(connection);
  if (!good) throw std::runtime_error(message);
}

}  // namespace lodestone::test
