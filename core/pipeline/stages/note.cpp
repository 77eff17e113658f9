// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/stages/stages.h"

namespace lodestone::pipeline::stages {

StageType note() {
  return {
      .id = "note",
      .title = {"Note", "备注"},
      .help = {"Does nothing: a remark in the flowchart. What is before it reaches what is after it.",
               "不执行任何操作，仅作为流程图中的说明；其前面的内容照常传给后面的节点。"},
      .group = StageGroup::Notes,
      .inputs = {},
      .outputs = {},
      .parameters =
          {{"text", {"Text", "文字"}, {"What there is to remark.", "要说明的内容。"}, ParameterKind::String}},
      .run = [](const StageInput& input, JobContext&) -> Result<StageOutput> {
        StageOutput output;
        output.message = input.parameters.text("text");
        return output;
      },
  };
}

}  // namespace lodestone::pipeline::stages
