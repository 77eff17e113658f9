// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <libpq-fe.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/data/rows/column_names.h"
#include "core/data/rows/row_loader.h"
#include "core/data/sources/postgres/server.h"
#include "core/data/sources/postgres/server_types.h"
#include "core/data/sources/table_choice.h"

namespace lodestone::data {

namespace {

constexpr Text kTableAndQuery{"Both a table ({1}) and a query are given for {0}. Give one of them.",
                              "为 {0} 同时指定了表（{1}）和查询。请只指定其一。"};

/// The rows of a query's answer, as they come from the server.
class ServerRows : public RowReader {
 public:
  ServerRows(Server& server, std::string sql, Detected detected)
      : server_(server), sql_(std::move(sql)), detected_(std::move(detected)) {}

  Result<> open(JobContext& job) {
    auto columns = server_.describe(sql_, job);
    if (!columns) return forward(columns);
    auto arrays = server_.arrayTypes(*columns, job);
    if (!arrays) return forward(arrays);
    std::vector<std::string> given;
    for (const ServerColumn& column : *columns) {
      given.push_back(column.name);
      stores_.push_back(storeOf(column.type, column.modifier));
      const auto array = arrays->find(column.type);
      elements_.push_back(array == arrays->end() ? std::nullopt : std::optional(array->second));
    }
    columns_ = std::move(*columns);
    names_ = distinctNames(given, given.size());
    buffers_.resize(names_.size());
    return begin(job);
  }

  const std::vector<std::string>& names() const override { return names_; }

  std::vector<DeclaredColumn> declared() const override {
    std::vector<DeclaredColumn> out;
    for (std::size_t i = 0; i < stores_.size(); ++i) {
      const bool open = isOpenNumeric(columns_[i].type, stores_[i]);
      out.push_back({.store = stores_[i], .certain = !open, .likely = open});
    }
    return out;
  }

  Result<bool> next(Row& row, JobContext& job) override {
    auto answer = server_.nextRow(job);
    if (!answer) return forward(answer);
    current_ = std::move(*answer);
    if (!current_) return false;
    row.line = ++read_;
    row.cells.assign(names_.size(), Cell{});
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const int column = static_cast<int>(i);
      if (PQgetisnull(current_.get(), 0, column) != 0) continue;
      const std::string_view value(PQgetvalue(current_.get(), 0, column),
                                   static_cast<std::size_t>(PQgetlength(current_.get(), 0, column)));
      row.cells[i] = cellFrom(value, columns_[i].type, elements_[i], stores_[i], buffers_[i]);
    }
    return true;
  }

  Result<> rewind(JobContext& job) override {
    server_.abandon();
    current_.reset();
    return begin(job);
  }

  double fraction() const override { return 0; }
  Detected detected() const override { return detected_; }

 private:
  Result<> begin(JobContext& job) {
    read_ = 0;
    return server_.start(sql_, job);
  }

  Server& server_;
  std::string sql_;
  Detected detected_;
  std::vector<ServerColumn> columns_;
  std::vector<ColumnStore> stores_;
  std::vector<std::optional<std::uint32_t>> elements_;
  std::vector<std::string> names_;
  std::vector<std::string> buffers_;
  ServerAnswer current_;
  std::int64_t read_ = 0;
};

class PostgresSource : public Source {
 public:
  PostgresSource(Server server, std::string name, const ImportOptions& options)
      : server_(std::move(server)), name_(std::move(name)), options_(options) {}

  Result<ImportPreview> preview(JobContext& job) override {
    auto rows = open(WithoutChoice::TakeFirst, job);
    if (!rows) return forward(rows);
    auto preview = previewRows(**rows, name_, options_, job);
    if (preview) server_.abandon();
    return preview;
  }

  Result<Loaded> load(ImportTarget& target, JobContext& job) override {
    auto rows = open(WithoutChoice::TakeOnly, job);
    if (!rows) return forward(rows);
    return loadRows(**rows, name_, options_, target, job);
  }

 private:
  Result<std::unique_ptr<ServerRows>> open(WithoutChoice without, JobContext& job) {
    Detected detected{.format = "postgres", .encoding = "utf-8", .header_lines = 0};
    std::string sql = options_.query;
    if (sql.empty()) {
      auto tables = server_.tables(job);
      if (!tables) return forward(tables);
      for (const ServerTable& table : *tables)
        detected.source_tables.push_back(table.schema == "public" ? table.name
                                                                  : table.schema + "." + table.name);
      auto chosen = chooseTable(detected.source_tables, withoutPublic(options_.source_table), name_, without);
      if (!chosen) return forward(chosen);
      const auto at = std::find(detected.source_tables.begin(), detected.source_tables.end(), *chosen);
      const ServerTable& table = (*tables)[static_cast<std::size_t>(at - detected.source_tables.begin())];
      detected.source_table = *chosen;
      sql = "SELECT * FROM " + quoteIdentifier(table.schema) + "." + quoteIdentifier(table.name);
    }
    auto rows = std::make_unique<ServerRows>(server_, sql, detected);
    if (auto opened = rows->open(job); !opened) return forward(opened);
    return rows;
  }

  static std::string withoutPublic(const std::string& table) {
    return table.starts_with("public.") ? table.substr(7) : table;
  }

  Server server_;
  std::string name_;
  ImportOptions options_;
};

/// The table or query is that of the options, else the address's own.
Result<std::unique_ptr<Source>> openPostgres(const SourceInput& input, const ImportOptions& options,
                                             JobContext& job) {
  const ServerAddress server_address = parseAddress(input.address);
  ImportOptions own = options;
  if (own.source_table.empty() && own.query.empty()) own.source_table = server_address.table;
  if (!own.source_table.empty() && !own.query.empty())
    return fail(ErrorCode::InvalidArgument, kTableAndQuery, {server_address.told, own.source_table},
                {.file = server_address.told});
  auto server = Server::connect(server_address, job);
  if (!server) return forward(server);
  return std::make_unique<PostgresSource>(std::move(*server), server_address.told, own);
}

}  // namespace

SourceType postgresSource() {
  return {.id = "postgres",
          .title = {"PostgreSQL server", "PostgreSQL 服务器"},
          .schemes = {"postgres://", "postgresql://"},
          .queries = true,
          .open = openPostgres};
}

}  // namespace lodestone::data
