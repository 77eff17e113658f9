// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "core/base/file.h"
#include "core/campaign/generate.h"
#include "core/campaign/report_builder.h"
#include "core/demo/demo_shop.h"
#include "core/pipeline/demo_project.h"
#include "core/pipeline/templates.h"
#ifdef LODESTONE_PRINT
#include "ui/print/print.h"
#endif

namespace lodestone::cli {
namespace {

constexpr Text kDemo{"Make the demo shop, run the demo's chart on it, write reports of the strategies",
                     "生成演示商店，运行演示流程图，并导出策略报告"};
constexpr Text kOut{"Folder for the shop and the project; default lodestone-demo",
                    "存放商店与项目的文件夹；默认 lodestone-demo"};
constexpr Text kNoWindow{"Do not open the window afterwards (this program never does)",
                         "完成后不打开窗口（本程序从不打开）"};
constexpr Text kData{"The files of the demo shop alone", "只生成演示商店的数据文件"};
constexpr Text kDataOut{"Folder for the files", "存放文件的文件夹"};
constexpr Text kCustomers{"Customers; default 50000", "客户数；默认 50000"};
constexpr Text kEvents{"Events; default 1000000", "事件数；默认 1000000"};
constexpr Text kDays{"Days of history; default 730", "历史天数；默认 730"};
constexpr Text kDirt{"How much is wrong with the files on purpose; default none",
                     "有意加入的脏数据程度；默认 none"};
constexpr Text kDataLang{"Language of names and texts in the files; default en",
                         "文件中名称与文本的语言；默认 en"};

constexpr Text kRecipes{"The recipes that clean the tables of a dirty demo shop, as files for data clean",
                        "把清洗演示商店脏数据表的配方写成文件，供 data clean 使用"};
constexpr Text kRecipeThere{"{0} is already there; nothing was written. Name another folder.",
                            "{0} 已经存在；没有写入任何内容。请指定其他文件夹。"};
constexpr Text kWritten{"{0} files written to {1}:", "已在 {1} 写入 {0} 个文件："};
constexpr Text kTable{"Table", "表"};
constexpr Text kRows{"Rows", "行数"};
constexpr Text kMade{"A shop of {0} customers and {1} events is in {2}.",
                     "已生成商店：{0} 位客户，{1} 个事件，位于 {2}。"};
constexpr Text kProject{"The project is in {0}. Its chart {1} was run: {2} stages, model {3}.",
                        "项目位于 {0}。已运行流程图 {1}：{2} 个阶段，模型 {3}。"};
constexpr Text kQuality{"On held-out rows the model's ROC AUC is {0}; the baseline ({1}) has {2}.",
                        "模型在留出数据上的 ROC AUC 为 {0}；基线（{1}）为 {2}。"};
constexpr Text kStrategies{"Strategies, all drafts until someone other than their author approves them:",
                           "策略（均为草稿，需由作者以外的人批准）："};
constexpr Text kId{"Id", "编号"};
constexpr Text kTitle{"Title", "标题"};
constexpr Text kState{"State", "状态"};
constexpr Text kAudience{"Audience", "受众"};
constexpr Text kExtra{"Extra conversions", "增量转化"};
constexpr Text kInterval{"90 % interval", "90 % 区间"};
constexpr Text kReports{"{0} files (HTML, PDF, CSV, JSON), marked DRAFT, are in {1}.",
                        "{0} 个文件（HTML、PDF、CSV、JSON）位于 {1}，均标有 DRAFT（草稿）。"};
constexpr Text kTook{"It took {0} s. What to try next:", "用时 {0} 秒。接下来可以尝试："};

constexpr auto kRight = TableColumn::Align::Right;

struct DemoArguments {
  std::string out = "lodestone-demo";
  bool no_window = false;
  demo::DemoShopOptions shop;
  std::string dirt = "none";
  std::string data_language = "en";
};

Result<demo::DemoShopOptions> shopOptions(const DemoArguments& arguments, const Invocation& run) {
  demo::DemoShopOptions options = arguments.shop;
  options.seed = run.general.seedOrDefault();
  const auto dirt = demo::parseDirt(arguments.dirt);
  if (!dirt) return forward(dirt);
  options.dirt = *dirt;
  options.data_language = arguments.data_language == "zh_CN" ? Language::Chinese : Language::English;
  return options;
}

Json rowsJson(const demo::DemoShopFiles& shop) {
  Json rows = Json::object();
  for (const auto& [table, count] : shop.rows) rows[table] = count;
  return rows;
}

Result<int> demoData(const DemoArguments& arguments, Invocation& run) {
  const auto options = shopOptions(arguments, run);
  if (!options) return forward(options);
  const auto shop = demo::writeDemoShop(arguments.out, *options, run.job);
  if (!shop) return forward(shop);
  run.progress.clear();
  Json files = Json::array();
  for (const auto& file : shop->files) files.push_back(absolutePath(file));
  run.output.object({{"files", files}, {"rows", rowsJson(*shop)}});
  run.output.line(kWritten, {std::to_string(shop->files.size()), absolutePath(arguments.out)});
  std::vector<std::vector<std::string>> rows;
  for (const auto& [table, count] : shop->rows)
    rows.push_back({table, formatGrouped(static_cast<double>(count), 0)});
  run.output.table({{run.output.in(kTable)}, {run.output.in(kRows), kRight}}, rows);
  return kExitDone;
}

Json at(const Json& json, const char* key) {
  return json.is_object() && json.contains(key) ? json.at(key) : Json(nullptr);
}

std::string intervalText(const Json& predicted) {
  const Json low = at(predicted, "low");
  const Json high = at(predicted, "high");
  if (!low.is_number() || !high.is_number()) return "–";
  return formatGrouped(low.get<double>(), 0) + " – " + formatGrouped(high.get<double>(), 0);
}

std::int64_t rowsOf(const demo::DemoShopFiles& shop, std::string_view table) {
  for (const auto& [name, count] : shop.rows)
    if (name == table) return count;
  return 0;
}

void summarise(const pipeline::DemoProject& made, const std::vector<Json>& views, const Output& out) {
  const std::string folder = absolutePath(made.folder);
  out.line(kMade, {formatGrouped(static_cast<double>(rowsOf(made.shop, "customers")), 0),
                   formatGrouped(static_cast<double>(rowsOf(made.shop, "events")), 0),
                   absolutePath(made.folder.parent_path() / "shop")});
  out.line(kProject, {folder, "pipeline.mmd", std::to_string(made.run.stages.size()), made.model.id});
  out.line(kQuality,
           {figure(at(at(made.model.metrics, "test"), "roc_auc"), 3), figure(at(made.model.baseline, "type")),
            figure(at(at(at(made.model.baseline, "metrics"), "test"), "roc_auc"), 3)});
  out.plain("");
  out.line(kStrategies);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < views.size(); ++i) {
    const Json& view = views[i];
    const Json extra = at(at(view, "predicted"), "incremental_conversions");
    rows.push_back({figure(at(view, "id")), figure(at(view, "title")),
                    campaign::stateText(made.strategies[i].state, out.language()),
                    figure(at(at(view, "audience"), "size")), figure(at(extra, "value"), 0),
                    intervalText(extra)});
  }
  out.table({{out.in(kId)},
             {out.in(kTitle)},
             {out.in(kState)},
             {out.in(kAudience), kRight},
             {out.in(kExtra), kRight},
             {out.in(kInterval), kRight}},
            rows);
  out.plain("");
  if (!made.exports.empty())
    out.line(kReports,
             {std::to_string(made.exports.size()), absolutePath(made.exports.front().path.parent_path())});
  out.line(kTook, {formatGrouped(made.seconds, 0)});
  const std::string id = made.strategies.empty() ? "S-0001" : made.strategies.front().id;
  for (const char* step : {"campaign show {0} {1}", "campaign submit {0} {1} --by Ann",
                           "campaign approve {0} {1} --by Bob --comment fine",
                           "campaign export {0} {1} --out reports", "project verify {0}"})
    out.plain("  lodestone-cli " + replaceAll(replaceAll(step, "{0}", folder), "{1}", id));
}

Result<int> demo(const DemoArguments& arguments, Invocation& run) {
  pipeline::DemoProjectOptions options;
  auto shop = shopOptions(arguments, run);
  if (!shop) return forward(shop);
  options.shop = *shop;
  options.language = run.output.language();
  options.device = run.general.device;
  options.by = loginName();
  options.database = run.databaseOptions();
#ifdef LODESTONE_PRINT
  options.write_pdf = print::writePdf;
#endif
  if (const auto ready = run.prepareEngine(); !ready) return forward(ready);
  const auto made = pipeline::makeDemoProject(arguments.out, options, run.job);
  if (!made) return forward(made);
  run.progress.clear();
  Json strategies = Json::array();
  std::vector<Json> views;
  for (const auto& strategy : made->strategies) {
    views.push_back(campaign::strategyView(strategy, run.output.language()));
    Json brief = Json::object();
    for (const char* key : {"id", "title", "state", "version", "content_hash"})
      brief[key] = at(views.back(), key);
    strategies.push_back(brief);
  }
  Json exports = Json::array();
  for (const auto& file : made->exports) exports.push_back(absolutePath(file.path));
  run.output.object({{"project", absolutePath(made->folder)},
                     {"rows", made->rows},
                     {"shop", rowsJson(made->shop)},
                     {"model", made->model.id},
                     {"metrics", made->model.metrics},
                     {"baseline", made->model.baseline},
                     {"strategies", strategies},
                     {"exports", exports},
                     {"seconds", number(made->seconds)}});
  if (!run.output.json()) summarise(*made, views, run.output);
  return kExitDone;
}

Result<int> demoRecipes(const DemoArguments& arguments, Invocation& run) {
  const std::filesystem::path folder = arguments.out;
  std::vector<std::filesystem::path> files;
  for (const std::string& name : pipeline::recipeTemplateNames()) {
    files.push_back(folder / (name + ".json"));
    if (std::error_code error; std::filesystem::exists(files.back(), error))
      return fail(ErrorCode::AlreadyExists, kRecipeThere, {files.back().string()},
                  {.file = files.back().string()});
  }
  if (const auto ready = makeFolder(folder); !ready) return forward(ready);
  Json written = Json::array();
  for (const auto& file : files) {
    const auto recipe = pipeline::recipeTemplate(file.stem().string());
    if (!recipe) return forward(recipe);
    if (const auto done = writeFileAtomically(file, *recipe); !done) return forward(done);
    written.push_back(absolutePath(file));
  }
  run.output.object({{"files", written}});
  run.output.line(kWritten, {std::to_string(files.size()), absolutePath(folder)});
  for (const auto& file : files) run.output.plain("  " + file.filename().string());
  return kExitDone;
}

void addShopOptions(CommandLine& line, CLI::App& verb, DemoArguments& arguments) {
  line.option(verb, "--customers", arguments.shop.customers, kCustomers, "N");
  line.option(verb, "--events", arguments.shop.events, kEvents, "N");
  line.option(verb, "--days", arguments.shop.days, kDays, "N");
  oneOf(line.option(verb, "--dirt", arguments.dirt, kDirt, ""), {"none", "some", "much"});
  oneOf(line.option(verb, "--data-lang", arguments.data_language, kDataLang, ""), {"en", "zh_CN"});
}

}  // namespace

void addDemoVerbs(CommandLine& line) {
  const auto arguments = std::make_shared<DemoArguments>();
  CLI::App& making =
      line.verb(line.app(), "demo", kDemo, [arguments](Invocation& run) { return demo(*arguments, run); });
  making.require_subcommand(0, 1);
  line.option(making, "--out", arguments->out, kOut, "DIR");
  line.flag(making, "--no-window", arguments->no_window, kNoWindow);
  addShopOptions(line, making, *arguments);
  CLI::App& data =
      line.verb(making, "data", kData, [arguments](Invocation& run) { return demoData(*arguments, run); });
  line.option(data, "--out", arguments->out, kDataOut, "DIR")->required();
  addShopOptions(line, data, *arguments);
  CLI::App& recipes = line.verb(making, "recipes", kRecipes,
                                [arguments](Invocation& run) { return demoRecipes(*arguments, run); });
  line.option(recipes, "--out", arguments->out, kDataOut, "DIR")->required();
}

}  // namespace lodestone::cli
