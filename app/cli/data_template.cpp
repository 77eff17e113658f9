// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/data_verbs.h"
#include "app/cli/import_arguments.h"
#include "core/project/saved_records.h"

namespace lodestone::cli {
namespace {

constexpr Text kGroup{"Ways of reading files, kept under names: import --template NAME",
                      "按名称保存的读取方式：import --template 名称"};
constexpr Text kSave{"Keep options of import under a name", "按名称保存导入选项"};
constexpr Text kList{"The templates of a project", "项目中的模板"};
constexpr Text kShow{"What a template says", "查看模板内容"};
constexpr Text kDelete{"Take a template away", "删除模板"};
constexpr Text kFolder{"Folder of the project", "项目文件夹"};
constexpr Text kName{"Name of the template", "模板名称"};
constexpr Text kReplace{"Replace a template of that name", "替换同名模板"};
constexpr Text kSaved{"Template {0} is saved.", "模板 {0} 已保存。"};
constexpr Text kDeleted{"Template {0} is deleted.", "模板 {0} 已删除。"};
constexpr Text kNone{"No templates are saved.", "尚未保存任何模板。"};
constexpr Text kNameTitle{"Name", "名称"};
constexpr Text kOptionsTitle{"Options", "选项"};
constexpr Text kByTitle{"By", "保存者"};
constexpr Text kAtTitle{"Changed", "修改时间"};

struct TemplateArguments {
  std::string folder;
  std::string name;
  ReadingArguments reading;
  bool replace = false;
};

Result<int> save(const TemplateArguments& arguments, Invocation& run) {
  const Json options = readingJson(arguments.reading);
  // What cannot be used must not be saved.
  if (const auto valid = data::importOptionsFrom(options); !valid) return forward(valid);
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto on_saved = arguments.replace ? project::OnSaved::Replace : project::OnSaved::Fail;
  auto saved =
      project->saved().save(project::kSavedImportTemplate, arguments.name, options, loginName(), on_saved);
  if (!saved) return forward(saved);
  run.output.object({{"template", arguments.name}, {"options", options}});
  run.output.line(kSaved, {arguments.name});
  return kExitDone;
}

Result<int> list(const TemplateArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto all = project->saved().list(project::kSavedImportTemplate);
  if (!all) return forward(all);
  Json objects = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const project::SavedRecord& one : *all) {
    objects.push_back({{"name", one.name},
                       {"options", one.value},
                       {"created_at", one.created_at},
                       {"created_by", one.created_by},
                       {"changed_at", one.changed_at},
                       {"changed_by", one.changed_by}});
    rows.push_back({one.name, dumpJson(one.value), one.changed_by, one.changed_at});
  }
  const Output& out = run.output;
  out.object({{"templates", objects}});
  if (rows.empty())
    out.line(kNone);
  else
    out.table({{out.in(kNameTitle)}, {out.in(kOptionsTitle)}, {out.in(kByTitle)}, {out.in(kAtTitle)}}, rows);
  return kExitDone;
}

Result<int> show(const TemplateArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  const auto saved = project->saved().get(project::kSavedImportTemplate, arguments.name);
  if (!saved) return forward(saved);
  run.output.object({{"template", saved->name}, {"options", saved->value}});
  run.output.plain(dumpJson(saved->value, 2));
  return kExitDone;
}

Result<int> remove(const TemplateArguments& arguments, Invocation& run) {
  auto project = run.open(arguments.folder);
  if (!project) return forward(project);
  auto removed = project->saved().remove(project::kSavedImportTemplate, arguments.name);
  if (!removed) return forward(removed);
  run.output.object({{"deleted", arguments.name}});
  run.output.line(kDeleted, {arguments.name});
  return kExitDone;
}

}  // namespace

void addTemplateVerbs(CommandLine& line, CLI::App& group) {
  CLI::App& verbs = line.group(group, "template", kGroup);
  const auto add = [&](const char* name, const Text& help,
                       Result<int> (*act)(const TemplateArguments&, Invocation&),
                       bool named) -> std::pair<CLI::App*, std::shared_ptr<TemplateArguments>> {
    const auto arguments = std::make_shared<TemplateArguments>();
    CLI::App& verb = line.verb(verbs, name, help, [=](Invocation& run) { return act(*arguments, run); });
    line.argument(verb, "DIR", arguments->folder, kFolder);
    if (named) line.argument(verb, "NAME", arguments->name, kName);
    return {&verb, arguments};
  };
  const auto [saving, arguments] = add("save", kSave, save, true);
  addReadingOptions(line, *saving, arguments->reading);
  line.flag(*saving, "--replace", arguments->replace, kReplace);
  add("list", kList, list, false);
  add("show", kShow, show, true);
  add("delete", kDelete, remove, true);
}

}  // namespace lodestone::cli
