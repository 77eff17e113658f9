// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/model_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/campaign/report_builder.h"
#include "ui/words/words.h"

namespace lodestone::pages {
namespace {

class ModelWords {
  Q_DECLARE_TR_FUNCTIONS(lodestone::pages::ModelWords)
};

const Json& part(const Json& object, const char* key) {
  static const Json kNone;
  if (!object.is_object()) return kNone;
  const auto found = object.find(key);
  return found == object.end() ? kNone : *found;
}

}  // namespace

QString typeTitle(const std::string& type) {
  return words::toQt(campaign::modelTypeTitle(type, words::language()));
}

widgets::State trainingState(project::TrainingState state) {
  return widgets::stateOf(project::trainingStateName(state));
}

double partFigure(const project::ModelRecord& record, const char* name, const char* figure) {
  return words::figure(part(record.metrics, name), figure);
}

double baselineFigure(const project::ModelRecord& record, const char* name, const char* figure) {
  return words::figure(part(part(record.baseline, "metrics"), name), figure);
}

double areaError(const project::ModelRecord& record) {
  const double area = partFigure(record, "test", "roc_auc");
  const double positives = partFigure(record, "test", "positives");
  const double negatives = partFigure(record, "test", "rows") - positives;
  if (!std::isfinite(area) || !(positives > 0) || !(negatives > 0)) return 0;
  const double one = area / (2 - area);
  const double two = 2 * area * area / (1 + area);
  const double variance =
      area * (1 - area) + (positives - 1) * (one - area * area) + (negatives - 1) * (two - area * area);
  return std::sqrt(std::max(variance, 0.0) / (positives * negatives));
}

charts::ConfusionMatrix::Counts testCounts(const project::ModelRecord& record) {
  const auto count = [&](const char* figure) {
    const double value = partFigure(record, "test", figure);
    return std::isfinite(value) ? std::llround(value) : 0LL;
  };
  return {count("true_positives"), count("false_positives"), count("true_negatives"),
          count("false_negatives")};
}

std::string textOf(const Json& object, const char* key) {
  const Json& value = part(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

QString positiveWord(const project::ModelRecord& record) {
  const QString value = words::toQt(textOf(record.card, "positive"));
  return value.isEmpty() ? ModelWords::tr("positive") : value;
}

QString negativeWord(const project::ModelRecord& record) {
  const QString value = words::toQt(textOf(record.card, "negative"));
  return value.isEmpty() ? ModelWords::tr("other") : value;
}

QString protocol(const project::ModelRecord& record) {
  const double rows = partFigure(record, "test", "rows");
  if (!std::isfinite(rows))
    return ModelWords::tr("No rows were held out, so nothing here tells how good it is on new rows.");
  return ModelWords::tr("On %1 held-out rows, never seen in training; %2 of them are “%3”.")
      .arg(words::count(std::llround(rows)),
           words::count(std::llround(partFigure(record, "test", "positives"))), positiveWord(record));
}

QString figureTitle(const char* figure) {
  static const std::pair<const char*, const char*> kTitles[] = {
      {"accuracy", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "Accuracy")},
      {"precision", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "Precision")},
      {"recall", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "Recall")},
      {"f1", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "F1")},
      {"roc_auc", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "ROC AUC")},
      {"pr_auc", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "PR AUC")},
      {"log_loss", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "Log loss")},
      {"brier", QT_TRANSLATE_NOOP("lodestone::pages::ModelWords", "Brier score")}};
  for (const auto& [id, title] : kTitles)
    if (std::strcmp(id, figure) == 0) return ModelWords::tr(title);
  return QString::fromUtf8(figure);
}

}  // namespace lodestone::pages
