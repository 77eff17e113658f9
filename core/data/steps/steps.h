// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/recipe.h"

namespace lodestone::data::steps {

/// One function a file of this folder, called once by the registry.
StepType dropDuplicates();
StepType filter();
StepType dropMissingRows();
StepType dropMissingColumns();
StepType fill();
StepType clipOutliers();
StepType dropOutliers();
StepType changeType();
StepType text();
StepType map();
StepType bucket();
StepType derive();
StepType timeFeatures();
StepType split();
StepType merge();
StepType rename();
StepType dropColumns();
StepType aggregate();
StepType hash();
StepType mask();

}  // namespace lodestone::data::steps
