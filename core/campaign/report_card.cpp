// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/base/text.h"
#include "core/campaign/report_builder.h"
#include "core/campaign/wording.h"
#include "core/learn/model_type.h"

namespace lodestone::campaign {

namespace {

constexpr Text kEntry{"Entry", "条目"};
constexpr Text kValue{"Value", "值"};
constexpr Text kModel{"Model", "模型"};
constexpr Text kTable{"Table", "数据表"};
constexpr Text kTarget{"Target column", "目标列"};
constexpr Text kClasses{"Positive and negative value", "正例值与负例值"};
constexpr Text kClassValues{"{0} and {1}", "{0} 与 {1}"};
constexpr Text kMade{"Trained at", "训练时间"};
constexpr Text kDevice{"Device", "设备"};
constexpr Text kDuration{"Duration", "总用时"};
constexpr Text kTrainDuration{"Of which training", "其中训练"};
constexpr Text kSeconds{"{0} s", "{0} 秒"};
constexpr Text kSeed{"Random seed", "随机种子"};
constexpr Text kRows{"Rows used", "所用行数"};
constexpr Text kParts{"Training, validation and test rows", "训练、验证与测试行数"};
constexpr Text kTestShare{"Share of test rows", "测试行比例"};
constexpr Text kValidationShare{"Share of validation rows, of the rest", "其余行中的验证行比例"};
constexpr Text kPartSeeds{"Seeds of the test and validation split", "测试与验证划分的种子"};
constexpr Text kGroup{"Rows kept together by", "同组行的分组列"};
constexpr Text kSplitRule{"How rows are split", "划分规则"};
constexpr Text kSplitWords{
    "Rows in file order, without duplicates and rows without a target, are sorted by "
    "splitmix64(r + seed * 0x9E3779B97F4A7C15) of their number r from 0; the first share of them is the "
    "part.",
    "去除重复行和无目标值的行后，按文件顺序从 0 编号 r，以 splitmix64(r + seed * 0x9E3779B97F4A7C15) "
    "排序，取最前的相应比例。"};
constexpr Text kDuplicates{"Duplicate rows left out", "排除的重复行"};
constexpr Text kWithoutTarget{"Rows without a target left out", "排除的无目标值行"};
constexpr Text kFeatures{"Features", "特征数"};
constexpr Text kLeftOut{"Columns left out", "未使用的列"};
constexpr Text kDataHash{"SHA-256 of the data", "数据的 SHA-256"};
constexpr Text kVersions{"Versions", "版本"};
constexpr Text kThreads{"Threads", "线程数"};
constexpr Text kNote{"Note", "说明"};
constexpr Text kParameters{"Parameters", "参数"};

std::string valueText(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return formatCount(value.get<std::int64_t>());
  if (value.is_number()) return formatNumber(value.get<double>());
  return {};
}

/// An entry of the card for people, only where there is something to say.
class Card {
 public:
  explicit Card(Language language)
      : language_(language), table_{{in(kEntry), in(kValue)}, {}, {false, false}} {}

  void add(const Text& name, const std::string& value) { add(in(name), value); }
  void add(const std::string& name, const std::string& value) {
    if (!value.empty()) table_.rows.push_back({name, value});
  }
  void addCount(const Text& name, const Json& value) {
    if (value.is_number_integer() && value.get<std::int64_t>() > 0) add(name, valueText(value));
  }
  void addSeconds(const Text& name, double seconds) {
    if (std::isfinite(seconds)) add(name, fill(kSeconds, language_, {formatGrouped(seconds, 1)}));
  }
  void addShare(const Text& name, double share) {
    if (std::isfinite(share)) add(name, formatPercent(share, 0));
  }
  std::string in(const Text& text) const { return std::string(text.in(language_)); }
  Table take() { return std::move(table_); }

 private:
  Language language_;
  Table table_;
};

std::string leftOutText(const Json& left_out, Language language) {
  std::vector<std::string> parts;
  for (const Json& each : left_out) {
    const std::string reason = inLanguage(field(each, "reason"), language);
    parts.push_back(textField(each, "column") + (reason.empty() ? "" : " (" + reason + ")"));
  }
  return shorten(join(parts, "; "), 600);
}

std::string versionsText(const Json& versions) {
  std::vector<std::string> parts;
  for (const auto& [name, version] : versions.items())
    if (version.is_string()) parts.push_back(name + " " + version.get<std::string>());
  return join(parts, ", ");
}

void addSplit(Card& card, const Json& split, Language language) {
  if (!split.is_object()) return;
  const auto value = [&](const char* key) { return valueText(field(split, key)); };
  card.add(kParts, value("train") + " / " + value("validation") + " / " + value("test"));
  card.addShare(kTestShare, numberField(split, "test_fraction"));
  card.addShare(kValidationShare, numberField(split, "validation_fraction"));
  card.add(kPartSeeds, value("test_seed") + " / " + value("validation_seed"));
  card.add(kGroup, value("group"));
  // The rule of today is known in both languages; another one, of an older record, is shown as it stands.
  const std::string rule = textField(split, "rule");
  const bool known = rule.find("splitmix64(r + seed * 0x9E3779B97F4A7C15)") != std::string::npos;
  card.add(kSplitRule, known ? fill(kSplitWords, language) : rule);
}

/// In the order of the type's own description; what it does not know comes last, under its id.
std::string parametersText(const project::ModelRecord& record, Language language) {
  std::vector<std::string> known;
  std::vector<std::string> others;
  if (!record.parameters.is_object()) return {};
  const auto type = learn::modelType(record.type);
  const auto titleOf = [&](const std::string& id) -> std::string {
    if (type)
      for (const Parameter& parameter : (*type)->parameters)
        if (parameter.id == id) return std::string(parameter.title.in(language));
    return {};
  };
  if (type)
    for (const Parameter& parameter : (*type)->parameters)
      if (const std::string value = valueText(field(record.parameters, parameter.id)); !value.empty())
        known.push_back(titleOf(parameter.id) + " " + value);
  for (const auto& [key, value] : record.parameters.items())
    if (titleOf(key).empty()) others.push_back(key + " " + valueText(value));
  known.insert(known.end(), others.begin(), others.end());
  return join(known, language == Language::Chinese ? "；" : "; ");
}

}  // namespace

std::string modelTypeTitle(const std::string& id, Language language) {
  const auto type = learn::modelType(id);
  return type ? std::string((*type)->title.in(language)) : id;
}

std::string momentText(const std::string& utc) {
  return utc.size() < 16 ? utc : replaceAll(utc.substr(0, 16), "T", " ") + " UTC";
}

Table runCard(const project::ModelRecord& record, Language language) {
  const Json& run = record.card;
  Card card(language);
  card.add(kModel, record.id + ", " + modelTypeTitle(record.type, language));
  card.add(kParameters, parametersText(record, language));
  card.add(kTable, record.table);
  card.add(kTarget, record.target);
  const std::string positive = textField(run, "positive");
  if (!positive.empty())
    card.add(kClasses, fill(kClassValues, language, {positive, textField(run, "negative")}));
  card.addCount(kFeatures, field(run, "features"));
  card.add(kLeftOut, leftOutText(field(run, "left_out"), language));
  card.addCount(kRows, field(run, "rows"));
  card.addCount(kDuplicates, field(run, "dropped_duplicates"));
  card.addCount(kWithoutTarget, field(run, "dropped_without_target"));
  addSplit(card, field(run, "split"), language);
  card.add(kSeed, field(run, "seed").is_number() ? dumpJson(field(run, "seed")) : "");
  card.add(kDataHash, textField(run, "data_hash"));
  card.add(kMade, momentText(record.created_at));
  card.addSeconds(kDuration, numberField(run, "duration_seconds"));
  card.addSeconds(kTrainDuration, numberField(run, "train_seconds"));
  const std::string name = textField(run, "device_name");
  card.add(kDevice, textField(run, "device") + (name.empty() ? "" : " (" + name + ")"));
  card.add(kNote, inLanguage(field(run, "device_note"), language));
  card.add(kVersions, versionsText(field(run, "versions")));
  card.addCount(kThreads, field(field(run, "versions"), "threads"));
  return card.take();
}

}  // namespace lodestone::campaign
