// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/pipeline/chart/chart.h"

namespace lodestone::pipeline {

/// What a reader sees of a label: entity codes decoded, <br> and \n as line breaks, tags and icons left out,
/// markdown rendered.
std::string plainLabel(std::string_view text, LabelType type);

}  // namespace lodestone::pipeline
