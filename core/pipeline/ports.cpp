// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline {

namespace {

constexpr Text kFeeds{"{0} gives {1}, which {2} takes.", "“{0}”给出{1}，供“{2}”使用。"};
constexpr Text kPasses{
    "{0} gives nothing that {1} takes. {1} will run after it and take {2} from a node further up.",
    "“{0}”给出的内容“{1}”用不上。“{1}”将在其后运行，并从更前面的节点取用{2}。"};
constexpr Text kNever{"{0} takes nothing from other nodes: it is where rows come in.",
                      "“{0}”不从其他节点取用任何内容：它是数据的入口。"};
constexpr Text kAfter{"{0} takes nothing from {1}; it will only come after it.",
                      "“{0}”不从“{1}”取用内容，只是排在其后。"};

struct KindWords {
  PortKind kind;
  std::string_view name;
  Text title;
};

constexpr std::array kKinds{
    KindWords{PortKind::Table, "table", {"a table", "表"}},
    KindWords{PortKind::Dataset, "dataset", {"prepared rows", "备好的数据行"}},
    KindWords{PortKind::Model, "model", {"a model", "模型"}},
    KindWords{PortKind::Predictions, "predictions", {"predictions", "预测结果"}},
    KindWords{PortKind::Strategies, "strategies", {"strategies", "策略"}},
    KindWords{PortKind::Evaluation, "evaluation", {"an evaluation", "评估"}},
    KindWords{PortKind::Profiles, "profiles", {"user profiles", "用户画像"}},
    KindWords{PortKind::Recommender, "recommender", {"a recommender", "推荐模型"}},
    KindWords{PortKind::Outcomes, "outcomes", {"campaign results", "活动结果"}},
    KindWords{PortKind::Files, "files", {"files", "文件"}},
};

const KindWords& wordsOf(PortKind kind) {
  const auto* found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const KindWords& words) { return words.kind == kind; });
  return found == kKinds.end() ? kKinds.front() : *found;
}

std::string said(PortKind kind, Language language) {
  return std::string(portKindTitle(kind).in(language));
}

}  // namespace

std::string_view portKindName(PortKind kind) {
  return wordsOf(kind).name;
}

const Text& portKindTitle(PortKind kind) {
  return wordsOf(kind).title;
}

const Port* StageType::input(std::string_view name) const {
  const auto found =
      std::find_if(inputs.begin(), inputs.end(), [&](const Port& port) { return port.name == name; });
  return found == inputs.end() ? nullptr : &*found;
}

const Port* StageType::output(PortKind kind) const {
  const auto found =
      std::find_if(outputs.begin(), outputs.end(), [&](const Port& port) { return port.kind == kind; });
  return found == outputs.end() ? nullptr : &*found;
}

Connection compatible(const StageType& from, const StageType& to, Language language) {
  const std::string source(from.title.in(language));
  const std::string target(to.title.in(language));
  if (to.inputs.empty())
    return to.group == StageGroup::Sources
               ? Connection{Connection::Kind::Never, nullptr, kNever, {target}}
               : Connection{Connection::Kind::Passes, nullptr, kAfter, {target, source}};
  const Port* port = nullptr;
  for (const Port& input : to.inputs) {
    if (from.output(input.kind) == nullptr) continue;
    if (port == nullptr || (port->optional && !input.optional)) port = &input;
  }
  if (port != nullptr)
    return {Connection::Kind::Feeds, port, kFeeds, {source, said(port->kind, language), target}};
  std::vector<std::string> needs;
  for (const Port& input : to.inputs)
    if (std::find(needs.begin(), needs.end(), said(input.kind, language)) == needs.end())
      needs.push_back(said(input.kind, language));
  return {Connection::Kind::Passes,
          nullptr,
          kPasses,
          {source, target, join(needs, language == Language::Chinese ? "、" : ", ")}};
}

}  // namespace lodestone::pipeline
