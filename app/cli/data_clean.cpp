// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "core/data/recipe.h"
#include "core/project/saved_records.h"

namespace lodestone::cli {
namespace {

constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kTableArgument{"Name of the table", "表名"};
constexpr Text kClean{"Apply a cleaning recipe to a table", "对表应用清洗配方"};
constexpr Text kSteps{"All cleaning steps with their parameters", "所有清洗步骤及其参数"};
constexpr Text kRecipes{"Keep cleaning recipes in the project", "在项目中保存清洗配方"};
constexpr Text kSave{"Save a recipe under a name", "以名称保存配方"};
constexpr Text kList{"The saved recipes", "已保存的配方"};
constexpr Text kShow{"The steps of a saved recipe", "已保存配方的步骤"};
constexpr Text kDelete{"Delete a saved recipe", "删除已保存的配方"};
constexpr Text kRecipeOption{
    "The recipe's file: [{\"step\":\"fill\",\"column\":\"x\",\"method\":\"mean\"},...]",
    "配方文件：[{\"step\":\"fill\",\"column\":\"x\",\"method\":\"mean\"},...]"};
constexpr Text kSavedOption{"A recipe saved in the project, instead of a file",
                            "使用项目中保存的配方，而非文件"};
constexpr Text kOutOption{"Name of the new table", "新表的名称"};
constexpr Text kReplace{"Replace an existing table of that name", "替换同名的已有表"};
constexpr Text kPreviewOption{"Show what each step would do; changes nothing",
                              "显示每一步的效果；不做任何更改"};
constexpr Text kReplaceSaved{"Replace a recipe of that name", "替换同名的配方"};
constexpr Text kName{"Name of the recipe", "配方名称"};
constexpr Text kExport{"Write it as a file", "写入文件"};
constexpr Text kReplaceFile{"Replace an existing file", "替换已有的文件"};

constexpr Text kWhichRecipe{"Give the recipe: --recipe FILE.json or --saved NAME, one of the two.",
                            "请给出配方：--recipe FILE.json 或 --saved 名称，二者选一。"};
constexpr Text kNoOut{"Name the new table with --out, or look first with --preview.",
                      "请用 --out 指定新表的名称，或先用 --preview 预览。"};
constexpr Text kCleaned{"{0}: {1} rows in {2} s.", "{0}：{1} 行，用时 {2} 秒。"};
constexpr Text kLookedAt{"{0} of {1} rows looked at, evenly spread.", "已抽查 {1} 行中均匀分布的 {0} 行。"};
constexpr Text kSaved{"The recipe {0} is saved: {1} steps.", "已保存配方 {0}：{1} 步。"};
constexpr Text kDeleted{"The recipe {0} is deleted.", "已删除配方 {0}。"};
constexpr Text kWritten{"Written to {0}.", "已写入 {0}。"};
constexpr Text kNothing{"Nothing here.", "没有内容。"};
constexpr Text kStep{"Step", "步骤"};
constexpr Text kChanged{"Changed", "更改行数"};
constexpr Text kBefore{"Rows before", "之前行数"};
constexpr Text kAfter{"Rows after", "之后行数"};
constexpr Text kNotes{"Notes", "说明"};
constexpr Text kParameter{"Parameter", "参数"};
constexpr Text kDefault{"Default", "默认值"};
constexpr Text kMeaning{"Meaning", "含义"};
constexpr Text kRecipe{"Recipe", "配方"};
constexpr Text kCount{"Steps", "步数"};
constexpr Text kChangedBy{"Changed by", "更改者"};

constexpr auto kRight = TableColumn::Align::Right;

struct CleanArguments {
  std::string folder;
  std::string table;
  std::string name;
  std::string recipe;
  std::string saved;
  std::string out;
  bool replace = false;
  bool preview = false;
};

Result<data::Recipe> savedRecipe(project::Project& project, const std::string& name) {
  const auto record = project.saved().get(project::kSavedRecipe, name);
  if (!record) return forward(record);
  return data::parseRecipe(record->value);
}

std::string grouped(std::int64_t count) {
  return formatGrouped(static_cast<double>(count), 0);
}

void showSteps(const Output& out, const std::vector<const data::StepReport*>& steps) {
  std::vector<std::vector<std::string>> rows;
  for (const data::StepReport* step : steps) {
    std::vector<std::string> notes;
    for (const data::StepNote& note : step->notes) notes.push_back(out.in(note.text, note.args));
    rows.push_back({step->step, grouped(step->changed), grouped(step->rows_before), grouped(step->rows_after),
                    join(notes, "; ")});
  }
  out.table({{out.in(kStep)},
             {out.in(kChanged), kRight},
             {out.in(kBefore), kRight},
             {out.in(kAfter), kRight},
             {out.in(kNotes)}},
            rows, LongCells::Wrap);
}

/// Errors of a step, as clean gives them, know nothing of the file that the step stands in.
Error inRecipe(Error error, const CleanArguments& arguments) {
  if (data::stepType(error.where.item) && error.where.file.empty()) error.where.file = arguments.recipe;
  return error;
}

Result<int> preview(const CleanArguments& arguments, const data::Recipe& recipe,
                    const data::Database& database, Invocation& run) {
  auto shown = data::previewRecipe(database, {arguments.table}, recipe, {}, run.job);
  if (!shown) return forward(shown);
  if (shown->failed) shown->failed = inRecipe(*shown->failed, arguments);
  run.progress.clear();
  const Output& out = run.output;
  out.object(data::toJson(*shown, out.language()));
  std::vector<const data::StepReport*> steps;
  for (const data::StepPreview& step : shown->steps) steps.push_back(&step.report);
  out.line(kLookedAt, {grouped(shown->rows_looked_at), grouped(shown->table_rows)});
  showSteps(out, steps);
  if (!shown->failed) return kExitDone;
  if (!out.json()) out.failure(*shown->failed);
  return exitStatus(shown->failed->code);
}

Result<int> cleanTable(const CleanArguments& arguments, Invocation& run) {
  if (arguments.recipe.empty() == arguments.saved.empty() || (arguments.out.empty() && !arguments.preview)) {
    const bool recipe = arguments.recipe.empty() == arguments.saved.empty();
    run.output.failure({ErrorCode::InvalidArgument, recipe ? kWhichRecipe : kNoOut});
    return kExitUsage;
  }
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto recipe =
      arguments.saved.empty() ? data::readRecipe(arguments.recipe) : savedRecipe(*project, arguments.saved);
  if (!recipe) return forward(recipe);
  const auto database = project->tables();
  if (!database) return forward(database);
  if (arguments.preview) return preview(arguments, *recipe, **database, run);
  const auto report = data::clean(**database, {arguments.table}, *recipe,
                                  {.name = arguments.out, .replace = arguments.replace}, run.job);
  if (!report) return tl::unexpected<Error>(inRecipe(report.error(), arguments));
  run.progress.clear();
  run.output.object(data::toJson(*report, run.output.language()));
  std::vector<const data::StepReport*> steps;
  for (const data::StepReport& step : report->steps) steps.push_back(&step);
  showSteps(run.output, steps);
  run.output.line(kCleaned, {report->table.name, grouped(report->rows), formatGrouped(report->seconds, 2)});
  return kExitDone;
}

Result<int> listSteps(Invocation& run) {
  const Output& out = run.output;
  Json list = Json::array();
  for (const data::StepType& type : data::stepTypes()) {
    list.push_back(data::toJson(type));
    std::vector<std::vector<std::string>> rows;
    for (const Parameter& parameter : type.parameters)
      rows.push_back({parameter.id, parameter.default_value, out.in(parameter.title)});
    out.plain(type.id + " – " + out.in(type.title) + "\n" + out.in(type.help));
    if (!rows.empty()) out.table({{out.in(kParameter)}, {out.in(kDefault)}, {out.in(kMeaning)}}, rows);
    out.plain("");
  }
  out.object({{"steps", list}});
  return kExitDone;
}

Result<int> save(const CleanArguments& arguments, Invocation& run) {
  const auto recipe = data::readRecipe(arguments.recipe);
  if (!recipe) return forward(recipe);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto kept =
      project->saved().save(project::kSavedRecipe, arguments.name, data::toJson(*recipe), loginName(),
                            arguments.replace ? project::OnSaved::Replace : project::OnSaved::Fail);
  if (!kept) return forward(kept);
  run.output.object({{"recipe", arguments.name}, {"steps", data::toJson(*recipe)}});
  run.output.line(kSaved, {arguments.name, std::to_string(recipe->steps.size())});
  return kExitDone;
}

Result<int> listRecipes(const CleanArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto records = project->saved().list(project::kSavedRecipe);
  if (!records) return forward(records);
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const project::SavedRecord& record : *records) {
    list.push_back({{"name", record.name},
                    {"steps", record.value.size()},
                    {"created_at", record.created_at},
                    {"created_by", record.created_by},
                    {"changed_at", record.changed_at},
                    {"changed_by", record.changed_by}});
    rows.push_back({record.name, std::to_string(record.value.size()), record.changed_by});
  }
  const Output& out = run.output;
  out.object({{"recipes", list}});
  if (rows.empty())
    out.line(kNothing);
  else
    out.table({{out.in(kRecipe)}, {out.in(kCount), kRight}, {out.in(kChangedBy)}}, rows);
  return kExitDone;
}

Result<int> showRecipe(const CleanArguments& arguments, Invocation& run) {
  if (!arguments.out.empty() && !arguments.replace)
    if (const auto is_new = mustBeNew(arguments.out); !is_new) return forward(is_new);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto recipe = savedRecipe(*project, arguments.name);
  if (!recipe) return forward(recipe);
  Json answer = {{"recipe", arguments.name}, {"steps", data::toJson(*recipe)}};
  if (!arguments.out.empty()) {
    if (const auto written = data::writeRecipe(*recipe, arguments.out); !written) return forward(written);
    answer["file"] = absolutePath(arguments.out);
    run.output.line(kWritten, {absolutePath(arguments.out)});
  } else {
    for (const Json& step : answer["steps"]) run.output.plain(dumpJson(step));
  }
  run.output.object(answer);
  return kExitDone;
}

Result<int> deleteRecipe(const CleanArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  if (const auto gone = project->saved().remove(project::kSavedRecipe, arguments.name); !gone)
    return forward(gone);
  run.output.object({{"recipe", arguments.name}});
  run.output.line(kDeleted, {arguments.name});
  return kExitDone;
}

void addRecipeVerbs(CommandLine& line, CLI::App& parent, const std::shared_ptr<CleanArguments>& arguments) {
  CLI::App& group = line.group(parent, "recipe", kRecipes);
  const auto verb = [&](const char* name, const Text& help,
                        Result<int> (*action)(const CleanArguments&, Invocation&)) -> CLI::App& {
    CLI::App& added = line.verb(group, name, help,
                                [arguments, action](Invocation& run) { return action(*arguments, run); });
    line.argument(added, "DIR", arguments->folder, kFolder);
    return added;
  };
  CLI::App& saving = verb("save", kSave, save);
  line.argument(saving, "NAME", arguments->name, kName);
  line.option(saving, "--recipe", arguments->recipe, kRecipeOption, "R.json")->required();
  line.flag(saving, "--replace", arguments->replace, kReplaceSaved);
  verb("list", kList, listRecipes);
  CLI::App& showing = verb("show", kShow, showRecipe);
  line.argument(showing, "NAME", arguments->name, kName);
  line.option(showing, "--out", arguments->out, kExport, "R.json");
  line.flag(showing, "--replace", arguments->replace, kReplaceFile);
  line.argument(verb("delete", kDelete, deleteRecipe), "NAME", arguments->name, kName);
}

}  // namespace

void addCleanVerbs(CommandLine& line, CLI::App& group) {
  const auto arguments = std::make_shared<CleanArguments>();
  CLI::App& cleaning =
      line.verb(group, "clean", kClean, [arguments](Invocation& run) { return cleanTable(*arguments, run); });
  line.argument(cleaning, "DIR", arguments->folder, kFolder);
  line.argument(cleaning, "TABLE", arguments->table, kTableArgument);
  line.option(cleaning, "--recipe", arguments->recipe, kRecipeOption, "R.json");
  line.option(cleaning, "--saved", arguments->saved, kSavedOption, "NAME");
  line.option(cleaning, "--out", arguments->out, kOutOption, "NEW");
  line.flag(cleaning, "--replace", arguments->replace, kReplace);
  line.flag(cleaning, "--preview", arguments->preview, kPreviewOption);
  line.verb(group, "steps", kSteps, [](Invocation& run) { return listSteps(run); });
  addRecipeVerbs(line, group, arguments);
}

}  // namespace lodestone::cli
