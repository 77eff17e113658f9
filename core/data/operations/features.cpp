// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/features.h"

#include "core/base/text.h"
#include "core/data/operations/operations.h"
#include "core/data/sequences.h"

namespace lodestone::data::operations {

namespace {

constexpr Text kUsers{"{0} users, as of {1}.", "{0} 个用户，截至 {1}。"};
constexpr Text kUsed{"{0} of {1} rows were used.", "共 {1} 行，使用了 {0} 行。"};
constexpr Text kSequences{"{0} users with {1} events; {2} users were left out as too short, {3} were cut.",
                          "{0} 个用户，{1} 个事件；{2} 个用户因过短被排除，{3} 个被截断。"};

std::string count(std::int64_t value) {
  return formatGrouped(static_cast<double>(value), 0);
}

FeatureSpec specOf(const OperationInput& input, EventColumns columns) {
  FeatureSpec spec{.table = input.table, .columns = std::move(columns)};
  spec.as_of = input.parameters.text("as_of");
  spec.words.purchase = input.parameters.list("purchase");
  return spec;
}

OperationReport told(const FeatureReport& report) {
  OperationReport out{report.table, report.rows, {}, report.notices};
  out.lines.push_back({kUsers, {count(report.rows), report.as_of}});
  out.lines.push_back(usedRows(report.used_rows, report.source_rows));
  return out;
}

Parameter purchaseWords() {
  return {.id = "purchase",
          .title = {"Events that are a purchase", "表示购买的事件"},
          .help = {"Words of the event column, separated by commas; empty: the usual ones.",
                   "事件列中表示购买的词，用逗号分隔；留空则按常见词识别。"},
          .kind = ParameterKind::List};
}

std::vector<Parameter> userAndTime() {
  return {roleColumn("user", {"Customer", "客户"}), roleColumn("time", {"Time", "时间"})};
}

}  // namespace

Parameter roleColumn(std::string id, const Text& title) {
  return {.id = std::move(id),
          .title = title,
          .help = {"Empty: the column of that role, else one of a usual name.",
                   "留空：取该角色的列，否则按常见列名识别。"},
          .kind = ParameterKind::Column};
}

Parameter asOf() {
  return {.id = "as_of",
          .title = {"As of", "截至时间"},
          .help = {"2026-03-01 or 2026-03-01 12:00:00: later rows are left out; empty: the latest time.",
                   "2026-03-01 或 2026-03-01 12:00:00：之后的行不计入；留空为最晚时间。"}};
}

Result<EventColumns> eventColumns(const Database& database, const OperationInput& input) {
  auto table = database.table(input.table);
  if (!table) return forward(table);
  EventColumns columns;
  const auto take = [&](std::string& column, const std::string& id, const std::string& role) {
    const auto& given = input.parameters.all();
    if (const auto found = given.find(id); column.empty() && found != given.end()) column = found->second;
    if (const auto found = input.roles.find(role); column.empty() && found != input.roles.end())
      column = found->second;
  };
  take(columns.user, "user", "user");
  take(columns.time, "time", "time");
  take(columns.amount, "amount", "amount");
  take(columns.amount, "amount", "revenue");
  take(columns.item, "item", "item");
  take(columns.event, "event", "event");
  take(columns.category, "category", "category");
  take(columns.session, "session", "session");
  return guessEventColumns(*table, std::move(columns));
}

OperationLine usedRows(std::int64_t used, std::int64_t all) {
  return {kUsed, {count(used), count(all)}};
}

TableOperation rfm() {
  std::vector<Parameter> parameters = userAndTime();
  parameters.push_back(roleColumn("amount", {"Amount", "金额"}));
  parameters.push_back(roleColumn("event", {"Kind of event", "事件类型"}));
  parameters.push_back(purchaseWords());
  parameters.push_back(asOf());
  return {.id = "rfm",
          .title = {"RFM of each customer", "客户 RFM"},
          .help = {"Recency, frequency and money of each customer with scores 1 to 5.",
                   "每位客户的最近购买、频率、金额及 1 至 5 分评分。"},
          .suffix = "_rfm",
          .parameters = std::move(parameters),
          .run = [](Database& database, const OperationInput& input, const NewTable& target,
                    JobContext& job) -> Result<OperationReport> {
            auto columns = eventColumns(database, input);
            if (!columns) return forward(columns);
            const auto report = makeRfm(database, specOf(input, std::move(*columns)), target, job);
            if (!report) return forward(report);
            return told(*report);
          }};
}

TableOperation behaviour() {
  std::vector<Parameter> parameters = userAndTime();
  parameters.push_back(roleColumn("amount", {"Amount", "金额"}));
  parameters.push_back(roleColumn("item", {"Product", "商品"}));
  parameters.push_back(roleColumn("category", {"Category", "类目"}));
  parameters.push_back(roleColumn("event", {"Kind of event", "事件类型"}));
  parameters.push_back(roleColumn("session", {"Session", "会话"}));
  parameters.push_back(purchaseWords());
  parameters.push_back(asOf());
  parameters.push_back({.id = "session_minutes",
                        .title = {"Pause between sessions, minutes", "会话间隔（分钟）"},
                        .help = {"A longer pause begins a new session, where no column tells.",
                                 "没有会话列时，间隔更长即为新会话。"},
                        .kind = ParameterKind::Integer,
                        .default_value = "30",
                        .minimum = 1,
                        .maximum = 1440});
  return {.id = "behaviour",
          .title = {"Behaviour of each customer", "客户行为"},
          .help = {"Sessions, rates of clicks and conversions, favourites, and habits in time.",
                   "会话、点击率与转化率、偏好以及时间习惯。"},
          .suffix = "_behaviour",
          .parameters = std::move(parameters),
          .run = [](Database& database, const OperationInput& input, const NewTable& target,
                    JobContext& job) -> Result<OperationReport> {
            auto columns = eventColumns(database, input);
            if (!columns) return forward(columns);
            FeatureSpec spec = specOf(input, std::move(*columns));
            spec.session_minutes = static_cast<int>(input.parameters.integer("session_minutes"));
            const auto report = makeBehaviour(database, spec, target, job);
            if (!report) return forward(report);
            return told(*report);
          }};
}

TableOperation sequences() {
  std::vector<Parameter> parameters = userAndTime();
  parameters.push_back(roleColumn("item", {"Product", "商品"}));
  parameters.push_back(roleColumn("event", {"Kind of event", "事件类型"}));
  parameters.push_back({.id = "events",
                        .title = {"Events that count", "计入的事件"},
                        .help = {"Words of the event column, separated by commas; empty: all.",
                                 "事件列中的词，用逗号分隔；留空为全部。"},
                        .kind = ParameterKind::List});
  parameters.push_back({.id = "max_length",
                        .title = {"Longest sequence", "最大长度"},
                        .help = {"The newest so many of a customer are kept.", "每位客户保留最近的条数。"},
                        .kind = ParameterKind::Integer,
                        .default_value = "50",
                        .minimum = 1,
                        .maximum = 10000});
  parameters.push_back({.id = "min_length",
                        .title = {"Shortest sequence", "最小长度"},
                        .help = {"Customers with fewer are left out.", "条数更少的客户不计入。"},
                        .kind = ParameterKind::Integer,
                        .default_value = "1",
                        .minimum = 1,
                        .maximum = 10000});
  parameters.push_back(asOf());
  return {.id = "sequences",
          .title = {"Sequence of each customer", "客户行为序列"},
          .help = {"What each customer did, in order: what models of sequences learn from.",
                   "每位客户按时间排列的行为，供序列模型学习。"},
          .suffix = "_sequences",
          .parameters = std::move(parameters),
          .run = [](Database& database, const OperationInput& input, const NewTable& target,
                    JobContext& job) -> Result<OperationReport> {
            auto columns = eventColumns(database, input);
            if (!columns) return forward(columns);
            const auto report =
                makeSequences(database,
                              {.table = input.table,
                               .columns = std::move(*columns),
                               .events = input.parameters.list("events"),
                               .max_length = static_cast<int>(input.parameters.integer("max_length")),
                               .min_length = static_cast<int>(input.parameters.integer("min_length")),
                               .as_of = input.parameters.text("as_of")},
                              target, job);
            if (!report) return forward(report);
            OperationReport out{report->table, report->rows, {}, report->notices};
            out.lines.push_back({kSequences,
                                 {count(report->users), count(report->rows), count(report->short_users),
                                  count(report->cut_users)}});
            out.lines.push_back(usedRows(report->used_rows, report->source_rows));
            return out;
          }};
}

}  // namespace lodestone::data::operations
