// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "app/cli/command_line.h"
#include "core/base/file.h"
#include "core/base/parameter.h"
#include "core/base/written_json.h"
#include "core/campaign/catalogue.h"
#include "core/campaign/difference.h"
#include "core/campaign/export.h"
#include "core/campaign/generate.h"
#include "core/campaign/wording.h"
#include "core/pipeline/prediction_source.h"
#include "core/project/strategy_records.h"
#ifdef LODESTONE_PRINT
#include "ui/print/print.h"
#endif

namespace lodestone::cli {
namespace {

constexpr Text kGroup{"Make, review, change and export strategies", "生成、审核、修改和导出策略"};
constexpr Text kGenerate{"Make strategies from predictions", "根据预测结果生成策略"};
constexpr Text kList{"The strategies of a project", "项目中的策略"};
constexpr Text kShow{"Everything about one strategy: its newest version and remarks",
                     "策略的全部信息：最新版本与备注"};
constexpr Text kSubmit{"Hand a draft to review", "将草稿提交审核"};
constexpr Text kApprove{"Approve what is in review; not by its author",
                        "批准审核中的策略（不能由作者本人批准）"};
constexpr Text kRequest{"Send what is in review back with a comment", "将审核中的策略附意见退回修改"};
constexpr Text kReject{"Reject what is in review, with a comment", "附意见拒绝审核中的策略"};
constexpr Text kDiff{"What differs between two versions of a strategy", "策略两个版本之间的差异"};
constexpr Text kVersionArgument{"Number of a version", "版本号"};
constexpr Text kField{"Field", "项目"};
constexpr Text kVersionNumber{"Version {0}", "版本 {0}"};
constexpr Text kSame{"Versions {0} and {1} say the same.", "版本 {0} 和 {1} 内容相同。"};
constexpr Text kComment{"Leave a remark", "添加备注"};
constexpr Text kEdit{"Change a strategy: a new draft version; an approval does not carry over",
                     "修改策略：产生新的草稿版本，原批准失效"};
constexpr Text kExport{"Write audiences and reports", "导出受众与报告"};
constexpr Text kCatalogue{"Offers and channels that strategies are made of", "构成策略的优惠与渠道"};
constexpr Text kCatalogueShow{"Show the offers and channels", "查看优惠与渠道"};
constexpr Text kCatalogueSet{"Replace the offers and channels by those of a file",
                             "用文件内容替换优惠与渠道"};
constexpr Text kCatalogueFile{"JSON as 'catalogue show --json' writes it",
                              "JSON 文件，格式同 catalogue show --json"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kIdArgument{"Id of the strategy", "策略编号"};
constexpr Text kIds{"Ids of strategies; none: all", "策略编号；不填则为全部"};
constexpr Text kGoal{"What to aim for; default profit", "优化目标；默认 profit"};
constexpr Text kBudget{"Money for all of them together", "总预算"};
constexpr Text kBrief{
    "JSON with goal, budget, offers, channels, margin, currency; the last four are kept as the "
    "project's catalogue",
    "JSON 简报：goal、budget、offers、channels、margin、currency；后四项将存为项目目录"};
constexpr Text kModelOption{"Model whose scores are used; default: the newest run's",
                            "使用其打分的模型；默认取最近一次运行"};
constexpr Text kPopulation{"Table of the customers to address, with --model; default: the model's own",
                           "要触达的客户表（与 --model 同用）；默认为模型自己的表"};
constexpr Text kBy{"Who does it", "操作人"};
constexpr Text kByDefault{"Who does it; default: the login name", "操作人；默认为登录名"};
constexpr Text kCommentOption{"Why", "意见"};
constexpr Text kTextOption{"The remark", "备注内容"};
constexpr Text kSet{"What to change: path=value, such as offer.discount=0.1 (repeatable)",
                    "要修改的内容：路径=值，例如 offer.discount=0.1（可重复）"};
constexpr Text kOut{"Folder for the files", "输出文件夹"};
constexpr Text kFormat{"Formats, separated by commas: csv, json, html, pdf; default all",
                       "格式，用逗号分隔：csv、json、html、pdf；默认全部"};
constexpr Text kPersonal{"Personal columns: mask or allow; default mask",
                         "个人信息列：mask（遮盖）或 allow（保留）；默认 mask"};

constexpr Text kModelMissing{
    "--table says whom to address with a model's scores, so it needs --model as well.",
    "--table 用于指定按模型打分触达的客户，因此需要同时给出 --model。"};
constexpr Text kUnknownKey{
    "The brief {0} says '{1}', which this version cannot take into account. It knows {2}.",
    "简报 {0} 中的“{1}”在此版本中无法使用。可用的键：{2}。"};
constexpr Text kNotAnObject{"The brief {0} must be a JSON object with the keys {1}.",
                            "简报 {0} 必须是 JSON 对象，可用的键：{1}。"};
constexpr Text kGoalText{"'goal' in the brief {0} must be conversions, revenue or profit.",
                         "简报 {0} 中的“goal”必须是 conversions、revenue 或 profit。"};
constexpr Text kBudgetNumber{"'budget' in the brief {0} must be a number that is not negative.",
                             "简报 {0} 中的“budget”必须是非负数。"};

constexpr Text kBudgetOption{"a positive amount is taken, not '{0}'", "只接受正数金额，而不是“{0}”"};
constexpr Text kFormatNotWritten{
    "{0} cannot be written by this version. It writes csv, json, html and pdf: give one of those.",
    "此版本无法写出 {0}。可写出 csv、json、html 和 pdf：请改用其中之一。"};

constexpr Text kMade{"{0} strategies made, as drafts.", "已生成 {0} 个策略草稿。"};
constexpr Text kBinding{"Limits that bind: {0}", "起约束作用的限制：{0}"};
constexpr Text kUnspent{"Left of the budget: {0}", "预算剩余：{0}"};
constexpr Text kNow{"{0}, version {1}: {2}.", "{0}，版本 {1}：{2}。"};
constexpr Text kId{"Id", "编号"};
constexpr Text kTitle{"Title", "标题"};
constexpr Text kState{"State", "状态"};
constexpr Text kVersion{"Version", "版本"};
constexpr Text kFile{"File", "文件"};
constexpr Text kStrategy{"Strategy", "策略"};
constexpr Text kMark{"Mark", "标记"};
constexpr Text kDraft{"DRAFT", "草稿（DRAFT）"};
constexpr Text kApproved{"approved", "已批准"};
constexpr Text kNothing{"No strategies yet.", "还没有策略。"};
constexpr Text kRemarks{"Remarks:", "备注："};
constexpr Text kRemark{"  {0}, {1}, version {2}: {3}", "  {0}，{1}，版本 {2}：{3}"};
constexpr Text kRemarkKept{"Remark on {0} kept.", "已保存对 {0} 的备注。"};
constexpr Text kCatalogueKept{"Catalogue kept: {0} offers, {1} channels.",
                              "目录已保存：{0} 个优惠，{1} 个渠道。"};
constexpr Text kOffer{"Offer", "优惠"};
constexpr Text kDiscount{"Discount", "折扣"};
constexpr Text kUnitCost{"Cost each", "单位成本"};
constexpr Text kChannel{"Channel", "渠道"};
constexpr Text kCapacity{"Capacity", "容量"};

constexpr auto kRight = TableColumn::Align::Right;

struct CampaignArguments {
  std::string folder;
  std::string id;
  std::vector<std::string> ids;
  int version_before = 0;
  int version_after = 0;
  std::string goal;
  std::optional<double> budget;
  std::string brief;
  std::string model;
  std::string population;
  std::string by;
  std::string comment;
  std::vector<std::string> set;
  std::string out;
  std::string formats = "csv,json,html,pdf";
  std::string personal = "mask";
  std::string file;
};

std::string actor(const CampaignArguments& arguments) {
  return arguments.by.empty() ? loginName() : arguments.by;
}

Json at(const Json& json, const char* key) {
  return json.is_object() && json.contains(key) ? json.at(key) : Json(nullptr);
}

// --- generate ---

struct Brief {
  std::string goal;
  std::optional<double> budget;
  Json catalogue = Json::object();  ///< the keys of a catalogue that it gives
};

Result<Brief> readBrief(const std::string& file) {
  const std::string known = "goal, budget, offers, channels, margin, currency";
  const auto text = readFile(file);
  if (!text) return forward(text);
  const auto json = parseWrittenJson(*text, file);
  if (!json) return forward(json);
  if (!json->is_object())
    return fail(ErrorCode::InvalidArgument, kNotAnObject, {file, known}, {.file = file});
  Brief brief;
  for (const auto& [key, value] : json->items()) {
    if (key == "goal") {
      if (!value.is_string()) return fail(ErrorCode::InvalidArgument, kGoalText, {file}, {.file = file});
      brief.goal = value.get<std::string>();
    } else if (key == "budget") {
      if (!value.is_number() || value.get<double>() < 0)
        return fail(ErrorCode::InvalidArgument, kBudgetNumber, {file}, {.file = file});
      brief.budget = value.get<double>();
    } else if (key == "offers" || key == "channels" || key == "margin" || key == "currency") {
      brief.catalogue[key] = value;
    } else {
      return fail(ErrorCode::InvalidArgument, kUnknownKey, {file, key, known}, {.file = file, .item = key});
    }
  }
  return brief;
}

/// The project's catalogue with the brief's entries over it; nothing when the brief has none.
Result<std::optional<campaign::Catalogue>> catalogueOf(const project::Project& project, const Brief& brief) {
  if (brief.catalogue.empty()) return std::optional<campaign::Catalogue>{};
  const auto kept = campaign::loadCatalogue(project);
  if (!kept) return forward(kept);
  Json json = campaign::toJson(*kept);
  for (const auto& [key, value] : brief.catalogue.items()) json[key] = value;
  auto catalogue = campaign::catalogueFromJson(json);
  if (!catalogue) return forward(catalogue);
  return std::optional{std::move(*catalogue)};
}

Result<campaign::ScoredTables> scoredTables(project::Project& project, const CampaignArguments& arguments,
                                            Invocation& run) {
  if (arguments.model.empty() && !arguments.population.empty())
    return fail(ErrorCode::InvalidArgument, kModelMissing);
  pipeline::PredictionSource source{.model = arguments.model, .population = {}};
  if (!arguments.population.empty()) source.population = data::TableName{arguments.population};
  JobContext scoring = run.job.part(0, 0.6);
  return pipeline::predictionsFor(project, source, run.general.device, scoring);
}

Json views(const std::vector<project::StrategyVersion>& strategies, Language language) {
  Json list = Json::array();
  for (const auto& strategy : strategies) list.push_back(campaign::strategyView(strategy, language));
  return list;
}

void showList(const Output& out, const std::vector<project::StrategyVersion>& strategies) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& strategy : strategies) {
    const Json view = campaign::strategyView(strategy, out.language());
    rows.push_back({strategy.id, figure(at(view, "title")),
                    std::string(project::strategyStateName(strategy.state)),
                    std::to_string(strategy.version)});
  }
  out.table({{out.in(kId)}, {out.in(kTitle)}, {out.in(kState)}, {out.in(kVersion), kRight}}, rows);
}

Result<int> generate(const CampaignArguments& arguments, Invocation& run) {
  Brief brief;
  if (!arguments.brief.empty()) {
    auto read = readBrief(arguments.brief);
    if (!read) return forward(read);
    brief = std::move(*read);
  }
  campaign::GenerateOptions options;
  const std::string goal = !arguments.goal.empty() ? arguments.goal : brief.goal;
  if (!goal.empty()) {
    const auto parsed = campaign::goalFromText(goal);
    if (!parsed) return forward(parsed);
    options.goal = *parsed;
  }
  options.budget = arguments.budget ? arguments.budget : brief.budget;
  options.seed = run.general.seedOrDefault();
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto catalogue = catalogueOf(*project, brief);
  if (!catalogue) return forward(catalogue);
  const auto kept = campaign::loadCatalogue(*project);
  if (!kept) return forward(kept);
  if (const auto ready = run.prepareEngine(); !ready) return forward(ready);
  const auto tables = scoredTables(*project, arguments, run);
  if (!tables) return forward(tables);
  if (*catalogue)
    if (const auto saved = campaign::saveCatalogue(*project, **catalogue); !saved) return forward(saved);
  JobContext making = run.job.part(0.6, 1);
  const auto made = campaign::generateStrategies(*project, *tables, options, making);
  if (!made) {
    if (*catalogue)  // what failed leaves the project as it was
      if (const auto back = campaign::saveCatalogue(*project, *kept); !back) return forward(back);
    return forward(made);
  }
  const auto added = project->strategies().add(made->strategies, actor(arguments));
  if (!added) return forward(added);
  run.progress.clear();
  const Output& out = run.output;
  out.object({{"strategies", views(*added, out.language())},
              {"binding", made->binding},
              {"unspent", made->unspent ? number(*made->unspent) : Json(nullptr)}});
  out.line(kMade, {std::to_string(added->size())});
  showList(out, *added);
  if (!made->binding.empty()) out.line(kBinding, {join(made->binding, ", ")});
  if (made->unspent) out.line(kUnspent, {formatGrouped(*made->unspent, 2)});
  return kExitDone;
}

// --- look, review, change ---

Result<int> list(const CampaignArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto strategies = project->strategies().list();
  if (!strategies) return forward(strategies);
  const Output& out = run.output;
  Json objects = Json::array();
  for (const auto& strategy : *strategies) {
    const Json view = campaign::strategyView(strategy, out.language());
    Json object = Json::object();
    for (const char* key : {"id", "title", "state", "version", "content_hash"}) object[key] = at(view, key);
    objects.push_back(object);
  }
  out.object({{"strategies", objects}});
  if (strategies->empty())
    out.line(kNothing);
  else
    showList(out, *strategies);
  return kExitDone;
}

/// A strategy's tree of values as "a.b.c  value" lines, for people.
void flatten(const Json& json, const std::string& path, std::vector<std::vector<std::string>>& rows) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) flatten(value, path.empty() ? key : path + "." + key, rows);
    return;
  }
  if (json.is_array() &&
      std::any_of(json.begin(), json.end(), [](const Json& item) { return item.is_structured(); })) {
    for (std::size_t i = 0; i < json.size(); ++i) flatten(json[i], path + "." + std::to_string(i + 1), rows);
    return;
  }
  rows.push_back({path, json.is_string() ? json.get<std::string>() : dumpJson(json)});
}

Result<int> show(const CampaignArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto strategy = project->strategies().get(arguments.id);
  if (!strategy) return forward(strategy);
  const auto comments = project->strategies().comments(arguments.id);
  if (!comments) return forward(comments);
  const Output& out = run.output;
  Json view = campaign::strategyView(*strategy, out.language());
  std::vector<std::vector<std::string>> rows;
  flatten(view, "", rows);
  Json remarks = Json::array();
  for (const auto& comment : *comments)
    remarks.push_back(
        {{"version", comment.version}, {"by", comment.by}, {"at", comment.at}, {"text", comment.text}});
  view["comments"] = remarks;
  out.object(view);
  out.table({{out.in(kStrategy)}, {strategy->id}}, rows, LongCells::Wrap);
  if (!comments->empty()) out.line(kRemarks);
  for (const auto& comment : *comments)
    out.line(kRemark, {comment.at, comment.by, std::to_string(comment.version), comment.text});
  return kExitDone;
}

Result<int> diff(const CampaignArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto before = project->strategies().get(arguments.id, arguments.version_before);
  if (!before) return forward(before);
  const auto after = project->strategies().get(arguments.id, arguments.version_after);
  if (!after) return forward(after);
  const Output& out = run.output;
  const auto words = [&](const Json& both) {
    return both.is_null() ? Json(nullptr) : Json(campaign::inLanguage(both, out.language()));
  };
  const auto cell = [](const Json& text) { return text.is_null() ? "–" : text.get<std::string>(); };
  Json changes = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& pair : campaign::differences(before->content, after->content)) {
    changes.push_back({{"path", pair.path},
                       {"title", words(pair.title)},
                       {"before", words(pair.before)},
                       {"after", words(pair.after)}});
    rows.push_back({cell(words(pair.title)), cell(words(pair.before)), cell(words(pair.after))});
  }
  out.object({{"id", arguments.id},
              {"before", arguments.version_before},
              {"after", arguments.version_after},
              {"changes", changes}});
  const std::string first = std::to_string(arguments.version_before);
  const std::string second = std::to_string(arguments.version_after);
  if (rows.empty())
    out.line(kSame, {first, second});
  else
    out.table({{out.in(kField)},
               {fill(kVersionNumber, out.language(), {first})},
               {fill(kVersionNumber, out.language(), {second})}},
              rows, LongCells::Wrap);
  return kExitDone;
}

void tellState(const Output& out, const project::StrategyVersion& strategy) {
  const std::string state(project::strategyStateName(strategy.state));
  out.object({{"id", strategy.id},
              {"state", state},
              {"version", strategy.version},
              {"content_hash", strategy.content_hash}});
  out.line(kNow, {strategy.id, std::to_string(strategy.version), state});
}

Result<int> review(project::ReviewAction action, const CampaignArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto after = project->strategies().review(arguments.id, action, arguments.by, arguments.comment);
  if (!after) return forward(after);
  tellState(run.output, *after);
  return kExitDone;
}

Result<int> comment(const CampaignArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto kept = project->strategies().comment(arguments.id, actor(arguments), arguments.comment);
      !kept)
    return forward(kept);
  const auto comments = project->strategies().comments(arguments.id);
  if (!comments) return forward(comments);
  run.output.object({{"id", arguments.id}, {"comments", comments->size()}});
  run.output.line(kRemarkKept, {arguments.id});
  return kExitDone;
}

Result<int> edit(const CampaignArguments& arguments, Invocation& run) {
  std::vector<std::pair<std::string, std::string>> changes;
  for (const std::string& word : arguments.set) {
    auto pair = keyAndValue(word);
    if (!pair) return forward(pair);
    changes.push_back(std::move(*pair));
  }
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto before = project->strategies().get(arguments.id);
  if (!before) return forward(before);
  const auto content = campaign::editContent(*project, before->content, changes, run.job);
  if (!content) return forward(content);
  const auto after = project->strategies().edit(arguments.id, *content, actor(arguments));
  if (!after) return forward(after);
  run.progress.clear();
  tellState(run.output, *after);
  return kExitDone;
}

// --- export, catalogue ---

Result<int> exportFiles(const CampaignArguments& arguments, Invocation& run) {
  campaign::ExportOptions options;
  options.folder = arguments.out;
  options.formats = splitList(arguments.formats);
  for (const std::string& format : options.formats)
    if (format == "hashed-csv" || format == "xlsx" || format == "mmd")
      return fail(ErrorCode::Unsupported, kFormatNotWritten, {format}, {.item = format});
  options.language = run.output.language();
  options.personal =
      arguments.personal == "allow" ? campaign::PersonalColumns::Allow : campaign::PersonalColumns::Mask;
  options.by = actor(arguments);
#ifdef LODESTONE_PRINT
  options.write_pdf = print::writePdf;
#endif
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto files = campaign::exportStrategies(*project, arguments.ids, options, run.job);
  if (!files) return forward(files);
  run.progress.clear();
  const Output& out = run.output;
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& file : *files) {
    list.push_back({{"path", absolutePath(file.path)}, {"strategy", file.strategy}, {"draft", file.draft}});
    rows.push_back({absolutePath(file.path), file.strategy, out.in(file.draft ? kDraft : kApproved)});
  }
  out.object({{"files", list}});
  out.table({{out.in(kFile)}, {out.in(kStrategy)}, {out.in(kMark)}}, rows);
  return kExitDone;
}

void showCatalogue(const Output& out, const campaign::Catalogue& catalogue) {
  const auto title = [&out](const auto& entry) {
    return out.language() == Language::Chinese ? entry.title_zh : entry.title_en;
  };
  std::vector<std::vector<std::string>> offers;
  for (const auto& offer : catalogue.offers)
    offers.push_back({offer.id, title(offer), formatPercent(offer.discount), formatNumber(offer.unit_cost)});
  out.table({{out.in(kOffer)}, {out.in(kTitle)}, {out.in(kDiscount), kRight}, {out.in(kUnitCost), kRight}},
            offers);
  out.plain("");
  std::vector<std::vector<std::string>> channels;
  for (const auto& channel : catalogue.channels)
    channels.push_back({channel.id, title(channel), formatNumber(channel.unit_cost),
                        channel.capacity ? std::to_string(*channel.capacity) : "–"});
  out.table({{out.in(kChannel)}, {out.in(kTitle)}, {out.in(kUnitCost), kRight}, {out.in(kCapacity), kRight}},
            channels);
}

Result<int> catalogueShow(const CampaignArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto catalogue = campaign::loadCatalogue(*project);
  if (!catalogue) return forward(catalogue);
  run.output.object(campaign::toJson(*catalogue));
  showCatalogue(run.output, *catalogue);
  return kExitDone;
}

Result<int> catalogueSet(const CampaignArguments& arguments, Invocation& run) {
  const auto text = readFile(arguments.file);
  if (!text) return forward(text);
  const auto json = parseWrittenJson(*text, arguments.file);
  if (!json) return forward(json);
  const auto catalogue = campaign::catalogueFromJson(*json);
  if (!catalogue) return forward(catalogue);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto saved = campaign::saveCatalogue(*project, *catalogue); !saved) return forward(saved);
  run.output.object(campaign::toJson(*catalogue));
  run.output.line(kCatalogueKept,
                  {std::to_string(catalogue->offers.size()), std::to_string(catalogue->channels.size())});
  return kExitDone;
}

using VerbFunction = Result<int> (*)(const CampaignArguments&, Invocation&);

/// Declares verbs that share their arguments and begin with the project's folder.
class Verbs {
 public:
  Verbs(CommandLine& line, CLI::App& group) : line_(line), group_(group) {}
  CLI::App& add(const char* name, const Text& help, Action action) {
    CLI::App& added = line_.verb(group_, name, help, std::move(action));
    line_.argument(added, "DIR", arguments->folder, kFolder);
    return added;
  }
  CLI::App& add(const char* name, const Text& help, VerbFunction function) {
    return add(name, help, [given = arguments, function](Invocation& run) { return function(*given, run); });
  }
  CLI::App& addWithId(const char* name, const Text& help, VerbFunction function) {
    CLI::App& added = add(name, help, function);
    line_.argument(added, "ID", arguments->id, kIdArgument);
    return added;
  }
  void addReview(const char* name, const Text& help, project::ReviewAction action) {
    CLI::App& added =
        add(name, help,
            Action([given = arguments, action](Invocation& run) { return review(action, *given, run); }));
    line_.argument(added, "ID", arguments->id, kIdArgument);
    line_.option(added, "--by", arguments->by, kBy, "NAME")->required();
    line_.option(added, "--comment", arguments->comment, kCommentOption, "TEXT");
  }

  std::shared_ptr<CampaignArguments> arguments = std::make_shared<CampaignArguments>();

 private:
  CommandLine& line_;
  CLI::App& group_;
};

bool isPositive(const std::string& text) {
  double value = 0;
  return parseNumber(text, value) && value > 0;
}

void addGenerate(CommandLine& line, Verbs& verbs) {
  CampaignArguments& arguments = *verbs.arguments;
  CLI::App& making = verbs.add("generate", kGenerate, generate);
  oneOf(line.option(making, "--goal", arguments.goal, kGoal, ""), {"conversions", "revenue", "profit"});
  mustBe(line, line.option(making, "--budget", arguments.budget, kBudget, "X"), isPositive, kBudgetOption);
  line.option(making, "--brief", arguments.brief, kBrief, "FILE.json");
  line.option(making, "--model", arguments.model, kModelOption, "MODEL");
  line.option(making, "--table", arguments.population, kPopulation, "T");
  line.option(making, "--by", arguments.by, kByDefault, "NAME");
}

}  // namespace

void addCampaignVerbs(CommandLine& line) {
  CLI::App& group = line.group(line.app(), "campaign", kGroup);
  Verbs verbs(line, group);
  CampaignArguments& arguments = *verbs.arguments;
  addGenerate(line, verbs);
  verbs.add("list", kList, list);
  verbs.addWithId("show", kShow, show);
  CLI::App& comparing = verbs.addWithId("diff", kDiff, diff);
  line.argument(comparing, "V1", arguments.version_before, kVersionArgument);
  line.argument(comparing, "V2", arguments.version_after, kVersionArgument);
  verbs.addReview("submit", kSubmit, project::ReviewAction::Submit);
  verbs.addReview("approve", kApprove, project::ReviewAction::Approve);
  verbs.addReview("request-changes", kRequest, project::ReviewAction::RequestChanges);
  verbs.addReview("reject", kReject, project::ReviewAction::Reject);

  CLI::App& remarking = verbs.addWithId("comment", kComment, comment);
  line.option(remarking, "--comment", arguments.comment, kTextOption, "TEXT")->required();
  line.option(remarking, "--by", arguments.by, kByDefault, "NAME");

  CLI::App& changing = verbs.addWithId("edit", kEdit, edit);
  keysAndValues(line, line.option(changing, "--set", arguments.set, kSet, "path=value")->required());
  line.option(changing, "--by", arguments.by, kByDefault, "NAME");

  CLI::App& exporting = verbs.add("export", kExport, exportFiles);
  line.argument(exporting, "ID", arguments.ids, kIds)->required(false);
  line.option(exporting, "--out", arguments.out, kOut, "FOLDER")->required();
  line.option(exporting, "--format", arguments.formats, kFormat, "F,...");
  oneOf(line.option(exporting, "--personal", arguments.personal, kPersonal, ""), {"mask", "allow"});
  line.option(exporting, "--by", arguments.by, kByDefault, "NAME");

  CLI::App& catalogue = line.group(group, "catalogue", kCatalogue);
  Verbs entries(line, catalogue);
  entries.add("show", kCatalogueShow, catalogueShow);
  line.argument(entries.add("set", kCatalogueSet, catalogueSet), "FILE.json", entries.arguments->file,
                kCatalogueFile);
}

}  // namespace lodestone::cli
