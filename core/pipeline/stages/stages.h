// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pipeline/stage_type.h"

namespace lodestone::pipeline::stages {

/// One function a file of this folder, called once by the registry.
StageType collect();
StageType preprocess();
StageType features();
StageType train();
StageType predict();
StageType strategies();
StageType evaluate();
StageType tune();

}  // namespace lodestone::pipeline::stages
