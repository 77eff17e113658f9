// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/steps/steps.h"

namespace lodestone::data {

const std::vector<StepType>& stepTypes() {
  static const std::vector<StepType> kTypes = {
      steps::dropDuplicates(),
      steps::filter(),
      steps::dropMissingRows(),
      steps::dropMissingColumns(),
      steps::fill(),
      steps::clipOutliers(),
      steps::dropOutliers(),
      steps::changeType(),
      steps::text(),
      steps::map(),
      steps::bucket(),
      steps::derive(),
      steps::timeFeatures(),
      steps::split(),
      steps::merge(),
      steps::rename(),
      steps::dropColumns(),
      steps::aggregate(),
      steps::hash(),
      steps::mask(),
  };
  return kTypes;
}

}  // namespace lodestone::data
