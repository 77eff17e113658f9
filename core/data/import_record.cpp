// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import_record.h"

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/cells.h"
#include "core/data/table_origin.h"

namespace lodestone::data {

namespace {

FrameColumn textColumn(const std::string& name, const std::vector<Reject>& rejects,
                       std::string Reject::*member) {
  FrameColumn column{name, ColumnKind::Text, {}, {}, {}};
  for (const Reject& reject : rejects) {
    column.codes.push_back(static_cast<std::int32_t>(column.levels.size()));
    column.levels.push_back(reject.*member);
  }
  return column;
}

Result<> storeRejects(Session& session, const TableName& table, const std::vector<Reject>& rejects,
                      JobContext& job) {
  const std::string name = quoteLiteral(table.name);
  if (auto cleared = session.run("DELETE FROM lodestone.rejects WHERE table_name = " + name, job); !cleared)
    return cleared;
  if (rejects.empty()) return {};
  Frame frame;
  frame.rows = static_cast<std::int64_t>(rejects.size());
  FrameColumn tables{
      "table_name", ColumnKind::Text, {}, std::vector<std::int32_t>(rejects.size(), 0), {table.name}};
  FrameColumn lines{"line", ColumnKind::Number, {}, {}, {}};
  for (const Reject& reject : rejects) lines.numbers.push_back(static_cast<double>(reject.line));
  frame.columns = {tables,
                   textColumn("file", rejects, &Reject::file),
                   lines,
                   textColumn("column_name", rejects, &Reject::column),
                   textColumn("text", rejects, &Reject::text),
                   textColumn("reason", rejects, &Reject::reason)};
  return appendFrame(session, {"rejects", "lodestone"}, frame, job);
}

}  // namespace

Result<> recordImport(Session& session, const ImportReport& report, const std::vector<Reject>& kept,
                      const ImportOptions& options, JobContext& job) {
  if (auto made = ensureRecords(session, job); !made) return made;
  if (auto gone = forgetTable(session, report.table, job); !gone) return gone;
  if (auto stored = storeRejects(session, report.table, kept, job); !stored) return stored;
  std::vector<std::string> rows;
  for (const ImportedFile& file : report.files) {
    Json skipped = Json::array();
    for (const Skipped& one : file.skipped) skipped.push_back(toJson(one));
    rows.push_back(
        "(" +
        join({quoteLiteral(report.table.name), quoteLiteral(toValidUtf8(file.file)),
              std::to_string(file.size), quoteLiteral(nowUtc()), quoteLiteral(dumpJson(toJson(options))),
              quoteLiteral(dumpJson(toJson(file.detected))), std::to_string(file.rows),
              std::to_string(file.rejected), quoteLiteral(dumpJson(skipped))},
             ", ") +
        ")");
  }
  return session.run("INSERT INTO lodestone.imports VALUES " + join(rows, ", "), job);
}

Result<std::vector<Reject>> rejects(const Database& database, const TableName& table, std::int64_t limit) {
  auto info = database.table(table);
  if (!info) return forward(info);
  std::vector<Reject> out;
  auto kept = database.has({"rejects", "lodestone"});
  if (!kept) return forward(kept);
  if (!*kept) return out;
  JobContext job;
  auto rows = database.rows(
      "SELECT file, line, column_name, text, reason FROM lodestone.rejects WHERE table_name = " +
          quoteLiteral(info->table.name) + " ORDER BY file, line LIMIT " + std::to_string(limit),
      job);
  if (!rows) return forward(rows);
  for (const auto& row : rows->rows)
    out.push_back({row[0].get<std::string>(), row[1].get<std::int64_t>(), row[2].get<std::string>(),
                   row[3].get<std::string>(), row[4].get<std::string>()});
  return out;
}

}  // namespace lodestone::data
