// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/data/rows/column_names.h"
#include "core/data/rows/row_loader.h"
#include "core/data/sources/sqlite/sqlite_file.h"
#include "core/data/sources/table_choice.h"

namespace lodestone::data {

namespace {

constexpr Text kTableAndQuery{"Both a table ({1}) and a query are given for {0}. Give one of them.",
                              "为 {0} 同时指定了表（{1}）和查询。请只指定其一。"};

/// How a declared type is to be understood; SQLite itself goes by such parts of the word too.
std::optional<ColumnStore> declaredStore(std::string_view type) {
  const std::string word = lowerAscii(type);
  const auto has = [&word](std::string_view part) { return word.find(part) != std::string::npos; };
  if (has("bool")) return ColumnStore{.kind = CellKind::Boolean};
  if (has("datetime") || has("timestamp")) return ColumnStore{.kind = CellKind::Timestamp};
  if (has("date")) return ColumnStore{.kind = CellKind::Date};
  if (has("time")) return ColumnStore{.kind = CellKind::Time};
  if (has("int")) return ColumnStore{.kind = CellKind::Integer};
  if (has("char") || has("clob") || has("text")) return ColumnStore{.kind = CellKind::Text};
  if (has("real") || has("floa") || has("doub") || has("dec") || has("num") || has("money"))
    return ColumnStore{.kind = CellKind::Real};
  return std::nullopt;
}

/// The rows of one table or view, or of a query's answer.
class SqliteRows : public RowReader {
 public:
  SqliteRows(SqliteFile& file, std::string table) : file_(file), table_(std::move(table)) {}

  /// query: in place of the table, where it is not empty.
  Result<> open(const std::string& query, JobContext& job) {
    if (query.empty())
      if (auto known = file_.rowEstimate(table_, job)) expected_ = *known;
    auto statement = query.empty() ? file_.select(table_, job) : file_.query(query, job);
    if (!statement) return forward(statement);
    statement_ = std::move(*statement);
    std::vector<std::string> given;
    for (int i = 0; i < statement_.columns(); ++i) {
      given.push_back(statement_.columnName(i));
      declared_.push_back({.store = declaredStore(statement_.declaredType(i))});
    }
    names_ = distinctNames(given, given.size());
    blobs_.resize(names_.size());
    return {};
  }

  const std::vector<std::string>& names() const override { return names_; }
  std::vector<DeclaredColumn> declared() const override { return declared_; }

  Result<bool> next(Row& row, JobContext& job) override {
    auto more = statement_.step(job);
    if (!more || !*more) return more;
    row.line = ++read_;
    row.cells.resize(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i)
      row.cells[i] = statement_.cell(static_cast<int>(i), blobs_[i]);
    return true;
  }

  Result<> rewind(JobContext& /*job*/) override {
    read_ = 0;
    statement_.reset();
    return {};
  }

  double fraction() const override {
    return expected_ > 0 ? std::min(1.0, static_cast<double>(read_) / static_cast<double>(expected_)) : 0;
  }

  Detected detected() const override {
    return {.format = "sqlite",
            .encoding = "utf-8",
            .header_lines = 0,
            .source_table = table_,
            .source_tables = file_.tables()};
  }

 private:
  SqliteFile& file_;
  std::string table_;
  SqliteStatement statement_;
  std::vector<std::string> names_;
  std::vector<DeclaredColumn> declared_;
  std::vector<std::string> blobs_;  // of the row, as hexadecimal digits
  std::int64_t read_ = 0;
  std::int64_t expected_ = 0;
};

class SqliteSource : public Source {
 public:
  SqliteSource(SqliteFile file, std::string name, const ImportOptions& options)
      : file_(std::move(file)), name_(std::move(name)), options_(options) {}

  Result<ImportPreview> preview(JobContext& job) override {
    auto table = tableFor(WithoutChoice::TakeFirst);
    if (!table) return forward(table);
    SqliteRows rows(file_, *table);
    if (auto opened = rows.open(options_.query, job); !opened) return forward(opened);
    return previewRows(rows, name_, options_, job);
  }

  Result<Loaded> load(ImportTarget& target, JobContext& job) override {
    auto table = tableFor(WithoutChoice::TakeOnly);
    if (!table) return forward(table);
    SqliteRows rows(file_, *table);
    if (auto opened = rows.open(options_.query, job); !opened) return forward(opened);
    return loadRows(rows, name_, options_, target, job);
  }

 private:
  /// Empty for a query.
  Result<std::string> tableFor(WithoutChoice without) const {
    if (options_.query.empty()) return chooseTable(file_.tables(), options_.source_table, name_, without);
    if (options_.source_table.empty()) return std::string();
    return fail(ErrorCode::InvalidArgument, kTableAndQuery, {name_, options_.source_table}, {.file = name_});
  }

  SqliteFile file_;
  std::string name_;
  ImportOptions options_;
};

Result<std::unique_ptr<Source>> openSqlite(const SourceInput& input, const ImportOptions& options,
                                           JobContext& job) {
  auto file = SqliteFile::open(input, job);
  if (!file) return forward(file);
  return std::make_unique<SqliteSource>(std::move(*file), input.name, options);
}

bool isSqlite(std::string_view head) {
  return head.starts_with(std::string_view("SQLite format 3\0", 16));
}

}  // namespace

SourceType sqliteSource() {
  return {.id = "sqlite",
          .title = {"SQLite database", "SQLite 数据库"},
          .extensions = {".sqlite", ".sqlite3", ".db", ".db3"},
          .recognises = isSqlite,
          .queries = true,
          .open = openSqlite};
}

}  // namespace lodestone::data
