// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/project/model_records.h"
#include "ui/charts/charts.h"
#include "ui/widgets/widgets.h"

namespace lodestone::pages {

/// A type's title in the language in use, or its id where this program does not know it.
QString typeTitle(const std::string& type);
widgets::State trainingState(project::TrainingState state);

/// A figure of one part, "train", "validation" or "test"; NaN where there is none.
double partFigure(const project::ModelRecord& record, const char* part, const char* figure);
/// The same of the baseline that was trained beside it.
double baselineFigure(const project::ModelRecord& record, const char* part, const char* figure);
/// Standard error of the ROC AUC on the test rows (Hanley and McNeil 1982, formula 1); 0 where it is not
/// known.
double areaError(const project::ModelRecord& record);
/// Counts of the test rows at 0.5.
charts::ConfusionMatrix::Counts testCounts(const project::ModelRecord& record);

/// The values of the target as the record has them; the negative one may be several.
QString positiveWord(const project::ModelRecord& record);
QString negativeWord(const project::ModelRecord& record);

/// "On 1,409 held-out rows, never seen in training; 374 of them are “Yes”."
QString protocol(const project::ModelRecord& record);

/// Titles of figures, in the language in use: "accuracy", "roc_auc", ...
QString figureTitle(const char* figure);

/// A text of a JSON object; empty where there is none.
std::string textOf(const Json& object, const char* key);

}  // namespace lodestone::pages
