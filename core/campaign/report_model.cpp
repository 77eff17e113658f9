// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/campaign/charts.h"
#include "core/campaign/report_builder.h"
#include "core/campaign/scored_tables.h"
#include "core/campaign/wording.h"
#include "core/learn/metrics.h"
#include "core/project/model_records.h"

namespace lodestone::campaign {

namespace {

constexpr Text kQuality{"Quality of the model {0}", "模型 {0} 的质量"};
constexpr Text kWhat{
    "The model scores each row with the probability of a positive {0}. The curves come from {1} held-out "
    "rows "
    "({2} positive) that took no part in training.",
    "模型为每行给出 {0} 为正例的概率。以下曲线来自 {1} 个未参与训练的留出行（{2} 个正例）。"};
constexpr Text kOutcome{"outcome", "结果"};
constexpr Text kRows{"Rows", "行集"};
constexpr Text kTrain{"Training", "训练"};
constexpr Text kValidation{"Validation", "验证"};
constexpr Text kTest{"Test", "测试"};
constexpr Text kBaseline{"Test, baseline: {0}", "测试，基线：{0}"};
constexpr Text kRocAuc{"ROC AUC", "ROC 曲线下面积"};
constexpr Text kPrAuc{"PR AUC", "PR 曲线下面积"};
constexpr Text kAccuracy{"Accuracy", "准确率"};
constexpr Text kPrecision{"Precision", "精确率"};
constexpr Text kRecall{"Recall", "召回率"};
constexpr Text kF1{"F1", "F1 值"};
constexpr Text kLogLoss{"Log loss", "对数损失"};
constexpr Text kBrier{"Brier score", "Brier 分数"};
constexpr Text kRoc{"ROC curve", "ROC 曲线"};
constexpr Text kRocNote{"Share of positives found against share of false alarms; the dotted line is chance.",
                        "找到的正例比例与误报比例；虚线为随机水平。"};
constexpr Text kFalsePositive{"false positive rate", "假正例率"};
constexpr Text kTruePositive{"recall", "召回率"};
constexpr Text kModel{"model", "模型"};
constexpr Text kChance{"chance", "随机"};
constexpr Text kPr{"Precision and recall", "精确率与召回率"};
constexpr Text kPrNote{
    "How many of those picked are right, as more are picked; the dotted line is the rate of positives.",
    "随着选取增多，选中者的正确比例；虚线为正例率。"};
constexpr Text kPrecisionAxis{"precision", "精确率"};
constexpr Text kRate{"rate of positives", "正例率"};
constexpr Text kCalibration{"Calibration", "校准"};
constexpr Text kCalibrationNote{
    "What happened against what was predicted, in ten groups of equal size; on the dotted line the scores "
    "are right. Mean "
    "error {0}.",
    "分为十个等大的组，实际发生率与预测值对比；落在虚线上表示评分准确。平均误差 {0}。"};
constexpr Text kPredicted{"predicted", "预测"};
constexpr Text kObserved{"observed", "实际"};
constexpr Text kRight{"right", "理想"};
constexpr Text kGains{"Gains", "增益"};
constexpr Text kGainsNote{
    "Share of all positives reached when the best-scored share is addressed; the best 20 % reach {0}.",
    "触达评分最高的一部分时所覆盖的正例比例；最高的 20 % 覆盖 {0}。"};
constexpr Text kContacted{"share addressed", "触达比例"};
constexpr Text kReached{"share of positives", "覆盖正例比例"};
constexpr Text kCard{"Run card", "运行卡"};
constexpr Text kNoRecord{"The record of the model {0} is not in this project.",
                         "本项目中没有模型 {0} 的记录。"};

struct HeldOut {
  std::vector<float> probability;
  std::vector<float> target;
  double positives = 0;
};

Result<HeldOut> heldOut(project::Project& project, const data::TableName& history, JobContext& job) {
  auto database = project.tables();
  if (!database) return forward(database);
  auto frame = (*database)->frame("SELECT CAST(" + data::quoteIdentifier(kScoreColumn) +
                                      " AS DOUBLE) AS score, CAST(" + data::quoteIdentifier(kTargetColumn) +
                                      " AS DOUBLE) AS target FROM " + data::quoted(history) + " WHERE " +
                                      data::quoteIdentifier(kPartColumn) + " = 'test'",
                                  job);
  if (!frame) return forward(frame);
  HeldOut out;
  for (std::size_t i = 0; i < static_cast<std::size_t>(frame->rows); ++i) {
    const double score = frame->columns[0].numbers[i];
    const double target = frame->columns[1].numbers[i];
    if (std::isnan(score) || std::isnan(target)) continue;
    out.probability.push_back(static_cast<float>(score));
    out.target.push_back(static_cast<float>(target));
    out.positives += target;
  }
  return out;
}

Table metricsTable(const project::ModelRecord& record, Language language) {
  const std::vector<std::pair<Text, const char*>> columns{
      {kRocAuc, "roc_auc"}, {kPrAuc, "pr_auc"}, {kAccuracy, "accuracy"}, {kPrecision, "precision"},
      {kRecall, "recall"},  {kF1, "f1"},        {kLogLoss, "log_loss"},  {kBrier, "brier"}};
  Table table;
  table.header.emplace_back(kRows.in(language));
  table.numeric.push_back(false);
  for (const auto& [name, key] : columns) {
    table.header.emplace_back(name.in(language));
    table.numeric.push_back(true);
  }
  const auto add = [&](const std::string& name, const Json& metrics) {
    if (!metrics.is_object()) return;
    std::vector<std::string> row{name};
    for (const auto& [head, key] : columns) {
      const double value = numberField(metrics, key);
      row.push_back(std::isfinite(value) ? formatGrouped(value, 3) : "–");
    }
    table.rows.push_back(std::move(row));
  };
  add(std::string(kTrain.in(language)), field(record.metrics, "train"));
  add(std::string(kValidation.in(language)), field(record.metrics, "validation"));
  add(std::string(kTest.in(language)), field(record.metrics, "test"));
  const Json& baseline = field(record.baseline, "metrics");
  add(fill(kBaseline, language, {modelTypeTitle(textField(record.baseline, "type"), language)}),
      field(baseline, "test").is_null() ? baseline : field(baseline, "test"));
  return table;
}

std::vector<Point> pointsOf(const std::vector<learn::CurvePoint>& curve) {
  std::vector<Point> points;
  for (const learn::CurvePoint& point : curve) points.push_back({point.x, point.y});
  return points;
}

double gainAt(const std::vector<learn::CurvePoint>& curve, double share) {
  for (std::size_t i = 1; i < curve.size(); ++i)
    if (curve[i].x >= share) {
      const double span = curve[i].x - curve[i - 1].x;
      const double part = span > 0 ? (share - curve[i - 1].x) / span : 1;
      return curve[i - 1].y + part * (curve[i].y - curve[i - 1].y);
    }
  return 1;
}

void addCurves(std::vector<Block>& blocks, const HeldOut& rows, Language language) {
  const auto in = [&](const Text& text) { return std::string(text.in(language)); };
  const double rate = rows.positives / static_cast<double>(rows.target.size());
  const auto figure = [&](const Text& title, const std::string& note, const std::string& svg) {
    blocks.emplace_back(Figure{in(title), svg, note});
  };
  figure(kRoc, in(kRocNote),
         lineChart({in(kRoc), in(kRocNote), in(kFalsePositive), in(kTruePositive)},
                   {{in(kModel), pointsOf(learn::rocCurve(rows.probability, rows.target))}},
                   {Reference::Kind::Diagonal, 0, in(kChance)}));
  figure(kPr, in(kPrNote),
         lineChart({in(kPr), in(kPrNote), in(kTruePositive), in(kPrecisionAxis)},
                   {{in(kModel), pointsOf(learn::precisionRecallCurve(rows.probability, rows.target))}},
                   {Reference::Kind::Level, rate, in(kRate)}));
  const auto bins = learn::calibration(rows.probability, rows.target);
  std::vector<CalibrationPoint> points;
  for (const learn::CalibrationBin& bin : bins)
    points.push_back({bin.predicted, bin.observed, static_cast<double>(bin.rows)});
  const std::string calibration_note =
      fill(kCalibrationNote, language, {formatPercent(learn::calibrationError(bins), 2)});
  figure(kCalibration, calibration_note,
         calibrationChart({in(kCalibration), calibration_note, in(kPredicted), in(kObserved)}, points,
                          in(kRight)));
  const auto gains = learn::gainsCurve(rows.probability, rows.target);
  const std::string gains_note = fill(kGainsNote, language, {formatPercent(gainAt(gains, 0.2), 0)});
  figure(kGains, gains_note,
         lineChart({in(kGains), gains_note, in(kContacted), in(kReached)}, {{in(kModel), pointsOf(gains)}},
                   {Reference::Kind::Diagonal, 0, in(kChance)}));
}

}  // namespace

Result<std::vector<Block>> modelBlocks(project::Project& project, const Json& source, Language language,
                                       JobContext& job) {
  auto tables = ScoredTables::fromJson(source);
  if (!tables) return forward(tables);
  auto rows = heldOut(project, tables->history, job);
  if (!rows) return forward(rows);
  std::vector<Block> blocks;
  blocks.emplace_back(Heading{2, fill(kQuality, language, {tables->model})});
  auto record = project.models().get(tables->model);
  const std::string target = record ? record->target : std::string(kOutcome.in(language));
  blocks.emplace_back(Paragraph{fill(kWhat, language,
                                     {target, formatCount(static_cast<std::int64_t>(rows->target.size())),
                                      formatCount(static_cast<std::int64_t>(rows->positives))})});
  if (record)
    blocks.emplace_back(metricsTable(*record, language));
  else
    blocks.emplace_back(Notice{Notice::Kind::Warning, fill(kNoRecord, language, {tables->model})});
  const bool two_classes = rows->positives > 0 && rows->positives < static_cast<double>(rows->target.size());
  if (two_classes) addCurves(blocks, *rows, language);
  if (!record) return blocks;
  blocks.emplace_back(Heading{2, std::string(kCard.in(language))});
  blocks.emplace_back(runCard(*record, language));
  return blocks;
}

}  // namespace lodestone::campaign
