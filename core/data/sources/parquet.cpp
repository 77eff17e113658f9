// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/text.h"
#include "core/data/asked_type.h"
#include "core/data/given_types.h"
#include "core/data/rows/cell_value.h"
#include "core/data/source.h"
#include "core/data/table_making.h"

namespace lodestone::data {

namespace {

constexpr Text kUnreadable{"{0} cannot be read as Parquet: {1} Get the file again, or save it anew.",
                           "{0} 无法按 Parquet 读取：{1} 请重新获取或另存该文件。"};
constexpr Text kCutOff{"{0} is a Parquet file that ends too early. Get it again.",
                       "{0} 是不完整的 Parquet 文件。请重新获取。"};

constexpr Text kNoSuchType{
    "Column {1} of {0} cannot be read as {2}. Use VARCHAR, BIGINT, DOUBLE, BOOLEAN, DATE, TIME or TIMESTAMP.",
    "{0} 的列 {1} 不能按 {2} 读取。可用类型：VARCHAR、BIGINT、DOUBLE、BOOLEAN、DATE、TIME、TIMESTAMP。"};

constexpr std::size_t kPreviewRows = 20;
constexpr std::size_t kTextKept = 4000;
constexpr std::size_t kCellTold = 80;

/// A column of the table, out of one of the file or of a member of one.
struct Field {
  std::string name;
  std::string value;        ///< SQL
  std::string type;         ///< of the table
  std::string given;        ///< SQL: the value as the file has it
  std::string misfit = {};  ///< SQL: whether a cell does not fit the type that the user asks for
};

/// Numbers, dates and texts as the rest of the program knows them; what has no like is text.
std::string plainType(const std::string& type) {
  static constexpr std::array kWhole = {"TINYINT",  "SMALLINT",  "INTEGER",
                                        "UTINYINT", "USMALLINT", "UINTEGER"};
  static constexpr std::array kKept = {"BIGINT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "VARCHAR"};
  if (std::find(kWhole.begin(), kWhole.end(), type) != kWhole.end()) return "BIGINT";
  if (std::find(kKept.begin(), kKept.end(), type) != kKept.end() || type.starts_with("DECIMAL(")) return type;
  if (type == "FLOAT") return "DOUBLE";
  if (type.starts_with("TIMESTAMP")) return "TIMESTAMP";
  return "VARCHAR";
}

/// How a value of that type goes into the table.
std::string plainValue(const std::string& type, const std::string& value) {
  if (type.starts_with("TIMESTAMP WITH")) return "(" + value + " AT TIME ZONE 'UTC')";
  if (type.ends_with("]") || type.starts_with("MAP(") || type.starts_with("STRUCT("))
    return "CAST(to_json(" + value + ") AS VARCHAR)";
  if (type == "FLOAT") return "CAST(CAST(" + value + " AS VARCHAR) AS DOUBLE)";
  if (type == "BLOB") return "CASE WHEN " + value + " IS NOT NULL THEN hex(" + value + ") END";
  return "CAST(" + value + " AS " + plainType(type) + ")";
}

class ParquetSource : public Source {
 public:
  ParquetSource(SourceInput input, ImportOptions options)
      : input_(std::move(input)), options_(std::move(options)) {}

  Result<ImportPreview> preview(JobContext& job) override {
    auto memory = Database::openInMemory({.threads = 1});
    if (!memory) return forward(memory);
    auto session = Session::open(*memory);
    if (!session) return forward(session);
    auto fields = findFields(*session, job);
    if (!fields) return forward(fields);
    auto rows = session->rows(selectSql(*fields) + from() + " LIMIT " + std::to_string(kPreviewRows), job);
    if (!rows) return unreadable(rows.error());
    return ImportPreview{
        .detected = detected(), .columns = columnsOf(*fields), .sample = std::move(rows->rows)};
  }

  Result<Loaded> load(ImportTarget& target, JobContext& job) override {
    auto fields = findFields(target.session(), job);
    if (!fields) return forward(fields);
    auto rows = target.session().count("CREATE TABLE " + quoted(target.table()) + " AS " +
                                           selectSql(*fields) + from() + where(*fields, "NOT "),
                                       job);
    if (!rows) return unreadable(rows.error());
    Loaded loaded{.rows = *rows, .columns = columnsOf(*fields), .detected = detected()};
    if (auto rejected = reject(target.session(), *fields, loaded, job); !rejected) return forward(rejected);
    return loaded;
  }

 private:
  std::string from() const { return " FROM read_parquet(" + quoteLiteral(input_.path.string()) + ")"; }

  std::string selectSql(const std::vector<Field>& fields) const {
    std::vector<std::string> cells;
    for (const Field& field : fields) cells.push_back(field.value + " AS " + quoteIdentifier(field.name));
    return "SELECT " + join(cells, ", ");
  }

  /// Whether a row has a cell that does not fit the type asked for; nothing where none is asked for.
  static std::string where(const std::vector<Field>& fields, const std::string& which) {
    std::vector<std::string> bad;
    for (const Field& field : fields)
      if (!field.misfit.empty()) bad.push_back(field.misfit);
    return bad.empty() ? "" : " WHERE " + which + "(" + join(bad, " OR ") + ")";
  }

  /// Counts and keeps the rows with such a cell.
  Result<> reject(Session& session, const std::vector<Field>& fields, Loaded& loaded, JobContext& job) const {
    const std::string bad = where(fields, "");
    if (bad.empty()) return {};
    auto count = session.count("SELECT count(*)" + from() + bad, job);
    if (!count) return unreadable(count.error());
    loaded.rejected = *count;
    if (*count == 0) return {};
    std::vector<std::string> texts;
    std::string which = "CASE";
    std::string cell = "CASE";
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string text = "CAST(" + fields[i].given + " AS VARCHAR)";
      texts.push_back("coalesce(" + text + ", '')");
      if (fields[i].misfit.empty()) continue;
      which += " WHEN " + fields[i].misfit + " THEN " + std::to_string(i);
      cell += " WHEN " + fields[i].misfit + " THEN " + text;
    }
    auto rows = session.rows("SELECT file_row_number + 1, " + which + " END, " + cell +
                                 " END, left(concat_ws('\t', " + join(texts, ", ") + "), " +
                                 std::to_string(kTextKept) + ") FROM read_parquet(" +
                                 quoteLiteral(input_.path.string()) + ", file_row_number = true)" + bad +
                                 " ORDER BY 1 LIMIT " + std::to_string(kRejectsKept),
                             job);
    if (!rows) return unreadable(rows.error());
    for (const auto& row : rows->rows) {
      const Field& field = fields[row[1].get<std::size_t>()];
      loaded.kept.push_back({.file = input_.name,
                             .line = row[0].get<std::int64_t>(),
                             .column = field.name,
                             .text = row[3].get<std::string>(),
                             .reason = "'" + shorten(row[2].get<std::string>(), kCellTold) +
                                       "' does not read as " + field.type});
    }
    return {};
  }

  /// Columns as the user asks for them; cells that stand for nothing are missing there.
  Result<> takeTypes(std::vector<Field>& fields) const {
    std::vector<std::string> names;
    for (const Field& field : fields) names.push_back(field.name);
    auto types = givenTypes(names, options_, input_.name);
    if (!types) return forward(types);
    for (const auto& [index, type] : *types) {
      Field& field = fields[index];
      const auto store = storeFrom(type);
      if (!store)
        return fail(ErrorCode::InvalidArgument, kNoSuchType, {input_.name, field.name, type},
                    {.file = input_.name, .column = field.name});
      field.value = askedSql(field.given, field.type, *store);
      const std::string absent = field.type == "VARCHAR" ? " AND NOT " + absentSql(field.given) : "";
      if (store->kind != CellKind::Text)
        field.misfit = "(" + field.given + " IS NOT NULL AND " + field.value + " IS NULL" + absent + ")";
      field.type = sqlType(*store);
    }
    return {};
  }

  static std::vector<ColumnInfo> columnsOf(const std::vector<Field>& fields) {
    std::vector<ColumnInfo> columns;
    for (const Field& field : fields) columns.push_back({field.name, field.type});
    return columns;
  }

  Detected detected() const { return {.format = "parquet", .header = false, .header_lines = 0}; }

  tl::unexpected<Error> unreadable(const Error& error) const {
    if (error.code != ErrorCode::InvalidArgument && error.code != ErrorCode::Internal &&
        error.code != ErrorCode::Io && error.code != ErrorCode::Corrupt)
      return tl::unexpected<Error>(error);
    return fail(ErrorCode::Corrupt, kUnreadable, {input_.name, error.args.empty() ? "" : error.args[0]},
                {.file = input_.name});
  }

  /// Older programs wrote texts as bytes.
  Result<bool> isText(Session& session, const std::string& value, JobContext& job) const {
    auto others = session.count("SELECT count(*)" + from() + " WHERE " + value +
                                    " IS NOT NULL AND TRY(decode(" + value + ")) IS NULL",
                                job);
    if (!others) return unreadable(others.error());
    return *others == 0;
  }

  /// Members of a struct, and of structs in it, become columns of their own.
  Result<> addFields(Session& session, const std::string& value, const std::string& name,
                     const std::string& type, DistinctNames& names, std::vector<Field>& fields,
                     JobContext& job) const {
    if (!type.starts_with("STRUCT(") || type.ends_with("]")) {
      const std::string plain = options_.types == Types::AllText ? "VARCHAR" : plainType(type);
      std::string cell = plainValue(type, value);
      if (type == "BLOB") {
        auto texts = isText(session, value, job);
        if (!texts) return forward(texts);
        if (*texts) cell = "decode(" + value + ")";
      }
      if (options_.types == Types::AllText) cell = "CAST(" + cell + " AS VARCHAR)";
      fields.push_back({names.add(name), cell, plain, cell});
      return {};
    }
    auto members = session.rows("DESCRIBE SELECT unnest(" + value + ")" + from(), job);
    if (!members) return unreadable(members.error());
    for (const auto& row : members->rows) {
      const auto member = row[0].get<std::string>();
      auto added = addFields(session, "struct_extract(" + value + ", " + quoteLiteral(member) + ")",
                             name + "." + member, row[1].get<std::string>(), names, fields, job);
      if (!added) return added;
    }
    return {};
  }

  Result<std::vector<Field>> findFields(Session& session, JobContext& job) const {
    auto described = session.rows("DESCRIBE SELECT *" + from(), job);
    if (!described) return unreadable(described.error());
    DistinctNames names;
    std::vector<Field> fields;
    for (const auto& row : described->rows) {
      const auto name = row[0].get<std::string>();
      auto added =
          addFields(session, quoteIdentifier(name), name, row[1].get<std::string>(), names, fields, job);
      if (!added) return forward(added);
    }
    if (auto taken = takeTypes(fields); !taken) return forward(taken);
    return fields;
  }

  SourceInput input_;
  ImportOptions options_;
};

bool looksLikeParquet(std::string_view head) {
  return head.starts_with("PAR1");
}

Result<std::unique_ptr<Source>> openParquet(const SourceInput& input, const ImportOptions& options,
                                            JobContext& /*job*/) {
  std::ifstream file(input.path, std::ios::binary | std::ios::ate);
  std::array<char, 4> end = {};
  if (!file || file.tellg() < 12 || !file.seekg(-4, std::ios::end).read(end.data(), end.size()) ||
      std::string_view(end.data(), end.size()) != "PAR1")
    return fail(ErrorCode::Corrupt, kCutOff, {input.name}, {.file = input.name});
  return std::make_unique<ParquetSource>(input, options);
}

}  // namespace

SourceType parquetSource() {
  return {.id = "parquet",
          .title = {"Parquet", "Parquet"},
          .extensions = {".parquet", ".pq"},
          .recognises = looksLikeParquet,
          .open = openParquet};
}

}  // namespace lodestone::data
