// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sequences.h"

#include "core/base/text.h"
#include "core/data/cells.h"
#include "core/data/event_source.h"

namespace lodestone::data {

namespace {

constexpr Text kBadLength{"A sequence has 1 to 100000 events: longest {0}, shortest {1} is not possible.",
                          "序列长度须为 1 到 100000：最长 {0}、最短 {1} 不可行。"};
constexpr Text kNoTimeForAsOf{"Rows up to {0} cannot be told apart: the table has no time column.",
                              "无法区分 {0} 之前的行：该表没有时间列。"};
constexpr Text kMissing{"{0} rows of {1} have no user, item or time and are left out.",
                        "{1} 有 {0} 行缺少用户、商品或时间，未计入。"};
constexpr Text kOrdering{"Sequences of {0}", "正在生成 {0} 的序列"};

class Sequences {
 public:
  Sequences(const SequenceSpec& spec, const EventSource& source, Session& session, JobContext& job)
      : spec_(spec), source_(source), session_(session), job_(job) {}

  Result<SequenceReport> run(const NewTable& target) {
    if (auto known = source_.checkWords(session_, spec_.events, job_); !known) return forward(known);
    if (auto read = readAsOf(); !read) return forward(read);
    if (auto counted = count(); !counted) return forward(counted);
    auto prepared = session_.prepare(sql());
    if (!prepared) return forward(prepared);
    report_.columns = columnsOf(*prepared);
    auto rows = makeTable(session_, target, sql(), making(), job_);
    if (!rows) return forward(rows);
    report_.rows = *rows;
    report_.table = target.name;
    if (auto go = job_.checkpoint(); !go) return forward(go);
    if (auto done = session_.commit(); !done) return forward(done);
    return std::move(report_);
  }

 private:
  Making making() const {
    Json parameters = toJson(spec_.columns);
    parameters["events"] = spec_.events;
    parameters["max_length"] = spec_.max_length;
    parameters["min_length"] = spec_.min_length;
    parameters["as_of"] = spec_.as_of;
    return {"sequences", std::move(parameters), {source_.info().table}};
  }

  Result<> readAsOf() {
    if (spec_.as_of.empty()) return {};
    if (!source_.time()) return fail(ErrorCode::InvalidArgument, kNoTimeForAsOf, {spec_.as_of});
    auto as_of = source_.asOf(session_, spec_.as_of, job_);
    if (!as_of) return forward(as_of);
    until_ = source_.moment() + " <= TIMESTAMP " + quoteLiteral(*as_of);
    return {};
  }

  /// Rows that can stand in a sequence.
  std::string whole() const {
    std::string sql = quoteIdentifier(source_.user()->name) + " IS NOT NULL AND " +
                      quoteIdentifier(source_.item()->name) + " IS NOT NULL";
    if (source_.time()) sql += " AND " + quoteIdentifier(source_.time()->name) + " IS NOT NULL";
    return sql;
  }
  std::string used() const {
    return whole() + " AND " + until_ + (spec_.events.empty() ? "" : " AND " + source_.isOneOf(spec_.events));
  }

  Result<> count() {
    const std::string table = quoted(source_.info().table);
    auto rows = session_.rows(
        "SELECT count(*), count_if(" + whole() + "), count_if(" + used() + ") FROM " + table, job_);
    if (!rows) return forward(rows);
    report_.source_rows = rows->rows[0][0].get<std::int64_t>();
    const std::int64_t missing = report_.source_rows - rows->rows[0][1].get<std::int64_t>();
    report_.used_rows = rows->rows[0][2].get<std::int64_t>();
    if (missing > 0)
      report_.notices.push_back(
          {"missing_keys",
           "",
           kMissing,
           {formatGrouped(static_cast<double>(missing), 0), source_.info().table.name}});
    auto users = session_.rows("SELECT count_if(n >= " + shortest() + "), count_if(n < " + shortest() +
                                   "), count_if(n >= " + shortest() + " AND n > " + longest() +
                                   ") FROM (SELECT count(*) AS n FROM " + table + " WHERE " + used() +
                                   " GROUP BY " + quoteIdentifier(source_.user()->name) + ")",
                               job_);
    if (!users) return forward(users);
    report_.users = users->rows[0][0].get<std::int64_t>();
    report_.short_users = users->rows[0][1].get<std::int64_t>();
    report_.cut_users = users->rows[0][2].get<std::int64_t>();
    return {};
  }

  std::string sql() const {
    std::vector<MadeColumn> columns{{"u", source_.user()->name},
                                    {"place - greatest(n - " + longest() + ", 0)", "position"},
                                    {"item", source_.item()->name}};
    std::string cells = quoteIdentifier(source_.user()->name) + " AS u, " +
                        quoteIdentifier(source_.item()->name) + " AS item, " + std::string(kRowNumber) +
                        " AS row";
    if (source_.time()) {
      columns.push_back({"t", source_.time()->name});
      cells += ", " + quoteIdentifier(source_.time()->name) + " AS t";
    }
    if (source_.event()) {
      columns.push_back({"event", source_.event()->name});
      cells += ", " + quoteIdentifier(source_.event()->name) + " AS event";
    }
    const std::string order = source_.time() ? "t, row" : "row";
    return "SELECT " + columnList(columns) + " FROM (SELECT *, row_number() OVER (PARTITION BY u ORDER BY " +
           order + ") AS place, count(*) OVER (PARTITION BY u) AS n FROM (SELECT " + cells + " FROM " +
           numberedRows(source_.info()) + " WHERE " + used() + ")) WHERE n >= " + shortest() +
           " AND place > n - " + longest() + " ORDER BY u, place";
  }

  std::string longest() const { return std::to_string(spec_.max_length); }
  std::string shortest() const { return std::to_string(spec_.min_length); }

  const SequenceSpec& spec_;
  const EventSource& source_;
  Session& session_;
  JobContext& job_;
  std::string until_ = "true";
  SequenceReport report_;
};

}  // namespace

Result<SequenceReport> makeSequences(Database& database, const SequenceSpec& spec, const NewTable& target,
                                     JobContext& job) {
  if (auto valid = checkNewTable(database, target); !valid) return forward(valid);
  if (spec.max_length < 1 || spec.max_length > 100'000 || spec.min_length < 1 || spec.min_length > 100'000)
    return fail(ErrorCode::InvalidArgument, kBadLength,
                {std::to_string(spec.max_length), std::to_string(spec.min_length)});
  auto source = EventSource::open(database, spec.table, spec.columns, EventSource::Needs::UserAndItem);
  if (!source) return forward(source);
  job.report(0, kOrdering, {source->info().table.name});
  auto session = Session::open(database);
  if (!session) return forward(session);
  if (auto begun = session->begin(); !begun) return forward(begun);
  return Sequences(spec, *source, *session, job).run(target);
}

}  // namespace lodestone::data
