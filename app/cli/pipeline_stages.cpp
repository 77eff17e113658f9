// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/pipeline_verbs.h"
#include "core/base/parameter.h"
#include "core/pipeline/stage_type.h"

namespace lodestone::cli {
namespace {

constexpr Text kStages{"What a chart's nodes can do, with their parameters",
                       "流程图节点可用的阶段类型及参数"};
constexpr Text kParameter{"Parameter", "参数"};
constexpr Text kDefault{"Default", "默认值"};
constexpr Text kMeaning{"Meaning", "含义"};

Json portsJson(const std::vector<pipeline::Port>& ports) {
  Json json = Json::array();
  for (const pipeline::Port& port : ports)
    json.push_back({{"name", port.name},
                    {"kind", pipeline::portKindName(port.kind)},
                    {"title", toJson(port.title)},
                    {"optional", port.optional},
                    {"many", port.many}});
  return json;
}

Result<int> listStages(Invocation& run) {
  const Output& out = run.output;
  Json list = Json::array();
  for (const pipeline::StageType& type : pipeline::stageTypes()) {
    Json parameters = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Parameter& parameter : type.parameters) {
      parameters.push_back(toJson(parameter));
      rows.push_back({parameter.id, parameter.default_value, out.in(parameter.title)});
    }
    list.push_back({{"id", type.id},
                    {"title", toJson(type.title)},
                    {"help", toJson(type.help)},
                    {"labels", type.labels},
                    {"inputs", portsJson(type.inputs)},
                    {"outputs", portsJson(type.outputs)},
                    {"parameters", parameters}});
    out.plain(type.id + " – " + out.in(type.title) + "\n" + out.in(type.help));
    if (!rows.empty()) out.table({{out.in(kParameter)}, {out.in(kDefault)}, {out.in(kMeaning)}}, rows);
    out.plain("");
  }
  out.object({{"stages", list}});
  return kExitDone;
}

}  // namespace

void addStageVerbs(CommandLine& line, CLI::App& group) {
  line.verb(group, "stages", kStages, [](Invocation& run) { return listStages(run); });
}

}  // namespace lodestone::cli
