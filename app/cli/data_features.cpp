// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/features.h"
#include "core/data/sequences.h"

namespace lodestone::cli {
namespace {

constexpr Text kFeatures{"Describe the users of a table of events, one row each; or their sequences",
                         "从事件表计算每个用户的特征（每人一行），或行为序列"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTable{"Name of the table", "表名"};
constexpr Text kKind{
    "rfm: recency, frequency, money; behaviour: sessions, rates, favourites, habits; sequence: what "
    "each user did, in order",
    "rfm：最近购买、频率、金额；behaviour：会话、转化率、偏好、时间习惯；sequence：每个用户的行为序列"};
constexpr Text kOut{"Name of the new table", "新表的名称"};
constexpr Text kReplace{"Replace an existing table", "替换已有的表"};
constexpr Text kUser{"Column of the user; default: the table's role, else a usual name",
                     "用户列；默认取表的角色，否则按常见名称识别"};
constexpr Text kTime{"Column of the time; found like the user", "时间列；识别方式同上"};
constexpr Text kAmount{"Column of the money; found like the user", "金额列；识别方式同上"};
constexpr Text kItem{"Column of the item; found like the user", "商品列；识别方式同上"};
constexpr Text kEvent{"Column of the kind of event; found like the user", "事件类型列；识别方式同上"};
constexpr Text kCategory{"Column of the category; found by a usual name", "类目列；按常见名称识别"};
constexpr Text kSession{"Column of the session; found by a usual name", "会话列；按常见名称识别"};
constexpr Text kPurchase{"Events that are a purchase; default: usual words",
                         "表示购买的事件；默认按常见词识别"};
constexpr Text kClick{"Events that are a click; default: usual words", "表示点击的事件；默认按常见词识别"};
constexpr Text kView{"Events that are a view; default: usual words", "表示浏览的事件；默认按常见词识别"};
constexpr Text kCart{"Events that put something in the cart; default: usual words",
                     "表示加购的事件；默认按常见词识别"};
constexpr Text kAsOf{
    "What is known at this moment: 2026-03-01 or 2026-03-01 12:00:00; default: the latest time",
    "以此时刻为准：2026-03-01 或 2026-03-01 12:00:00；默认为表中最晚时间"};
constexpr Text kPause{"A longer pause begins a new session, in minutes; default 30",
                      "超过此分钟数即为新会话；默认 30"};
constexpr Text kEvents{"sequence: events that count; default all", "sequence：计入的事件；默认全部"};
constexpr Text kLongest{"sequence: the newest so many are kept; default 50",
                        "sequence：保留最近的条数；默认 50"};
constexpr Text kShortest{"sequence: users with fewer are left out; default 1",
                         "sequence：条数更少的用户不计入；默认 1"};
constexpr Text kMade{"Table {0}: {1} rows, {2} s.", "表 {0}：{1} 行，用时 {2} 秒。"};
constexpr Text kReadFrom{"Read from: {0}.", "读取的列：{0}。"};

struct FeatureArguments {
  std::string folder;
  std::string table;
  std::string kind;
  data::EventColumns columns;
  data::EventWords words;
  std::string as_of;
  int session_minutes = 30;
  std::vector<std::string> events;
  int max_length = 50;
  int min_length = 1;
  std::string out;
  bool replace = false;
};

/// What the options leave open comes from the roles of the table, then from usual names.
Result<data::EventColumns> eventColumns(project::Project& project, const data::Database& database,
                                        const FeatureArguments& arguments) {
  auto roles = project.roles(arguments.table);
  if (!roles) return forward(roles);
  auto table = database.table({arguments.table});
  if (!table) return forward(table);
  data::EventColumns columns = arguments.columns;
  const auto take = [&](std::string& column, const char* role) {
    if (const auto found = roles->find(role); column.empty() && found != roles->end()) column = found->second;
  };
  take(columns.user, "user");
  take(columns.time, "time");
  take(columns.amount, "amount");
  take(columns.amount, "revenue");
  take(columns.item, "item");
  take(columns.event, "event");
  return data::guessEventColumns(*table, std::move(columns));
}

void tell(const Json& object, const std::vector<data::Notice>& notices, const data::EventColumns& columns,
          Invocation& run) {
  run.progress.clear();
  run.output.object(object);
  run.output.line(kMade, {object["table"].get<std::string>(),
                          formatGrouped(static_cast<double>(object["rows"].get<std::int64_t>()), 0),
                          formatGrouped(object["seconds"].get<double>(), 2)});
  std::vector<std::string> list;
  const Json used = data::toJson(columns);
  for (const auto& [role, column] : used.items()) list.push_back(role + "=" + column.get<std::string>());
  run.output.line(kReadFrom, {join(list, ", ")});
  tellNotices(run.output, notices);
}

Result<int> sequences(const FeatureArguments& arguments, const data::EventColumns& columns,
                      data::Database& database, Invocation& run) {
  const Stopwatch watch;
  const auto report = data::makeSequences(database,
                                          {.table = {arguments.table},
                                           .columns = columns,
                                           .events = arguments.events,
                                           .max_length = arguments.max_length,
                                           .min_length = arguments.min_length,
                                           .as_of = arguments.as_of},
                                          {arguments.out, arguments.replace}, run.job);
  if (!report) return forward(report);
  tell({{"table", report->table},
        {"rows", report->rows},
        {"users", report->users},
        {"columns", columnsJson(report->columns)},
        {"source_rows", report->source_rows},
        {"used_rows", report->used_rows},
        {"short_users", report->short_users},
        {"cut_users", report->cut_users},
        {"read_from", data::toJson(columns)},
        {"warnings", noticesJson(report->notices, run.output.language())},
        {"seconds", number(watch.seconds())}},
       report->notices, columns, run);
  return kExitDone;
}

Result<int> featuresVerb(const FeatureArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto database = project->tables();
  if (!database) return forward(database);
  const auto columns = eventColumns(*project, **database, arguments);
  if (!columns) return forward(columns);
  if (arguments.kind == "sequence") return sequences(arguments, *columns, **database, run);
  const Stopwatch watch;
  const data::FeatureSpec spec{.table = {arguments.table},
                               .columns = *columns,
                               .words = arguments.words,
                               .as_of = arguments.as_of,
                               .session_minutes = arguments.session_minutes};
  const auto make = arguments.kind == "rfm" ? data::makeRfm : data::makeBehaviour;
  const auto report = make(**database, spec, {arguments.out, arguments.replace}, run.job);
  if (!report) return forward(report);
  tell({{"table", report->table},
        {"rows", report->rows},
        {"columns", columnsJson(report->columns)},
        {"source_rows", report->source_rows},
        {"used_rows", report->used_rows},
        {"as_of", report->as_of},
        {"read_from", data::toJson(*columns)},
        {"words", data::toJson(report->words)},
        {"warnings", noticesJson(report->notices, run.output.language())},
        {"seconds", number(watch.seconds())}},
       report->notices, *columns, run);
  return kExitDone;
}

}  // namespace

void addFeatureVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<FeatureArguments>();
  CLI::App& verb = line.verb(group, "features", kFeatures,
                             [arguments](Invocation& run) { return featuresVerb(*arguments, run); });
  line.argument(verb, "DIR", arguments->folder, kFolder);
  line.argument(verb, "TABLE", arguments->table, kTable);
  oneOf(line.option(verb, "--kind", arguments->kind, kKind, "")->required(),
        {"rfm", "behaviour", "sequence"});
  line.option(verb, "--out", arguments->out, kOut, "NEW")->required();
  line.flag(verb, "--replace", arguments->replace, kReplace);
  line.option(verb, "--user", arguments->columns.user, kUser, "COLUMN");
  line.option(verb, "--time", arguments->columns.time, kTime, "COLUMN");
  line.option(verb, "--amount", arguments->columns.amount, kAmount, "COLUMN");
  line.option(verb, "--item", arguments->columns.item, kItem, "COLUMN");
  line.option(verb, "--event", arguments->columns.event, kEvent, "COLUMN");
  line.option(verb, "--category", arguments->columns.category, kCategory, "COLUMN");
  line.option(verb, "--session", arguments->columns.session, kSession, "COLUMN");
  line.option(verb, "--purchase", arguments->words.purchase, kPurchase, "WORD");
  line.option(verb, "--click", arguments->words.click, kClick, "WORD");
  line.option(verb, "--view", arguments->words.view, kView, "WORD");
  line.option(verb, "--cart", arguments->words.cart, kCart, "WORD");
  line.option(verb, "--as-of", arguments->as_of, kAsOf, "DATE");
  line.option(verb, "--session-minutes", arguments->session_minutes, kPause, "N");
  line.option(verb, "--events", arguments->events, kEvents, "WORD");
  line.option(verb, "--max-length", arguments->max_length, kLongest, "N");
  line.option(verb, "--min-length", arguments->min_length, kShortest, "N");
}

}  // namespace lodestone::cli
