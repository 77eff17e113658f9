// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/frame.h"
#include "core/learn/features.h"
#include "core/learn/training.h"

namespace lodestone::test {

FrameColumn numbers(std::string name, std::vector<double> values);
FrameColumn times(std::string name, std::vector<double> seconds);
/// Empty texts are missing cells.
FrameColumn texts(std::string name, const std::vector<std::string>& values);
Frame frameOf(std::vector<FrameColumn> columns);

/// Customers whose "churn" (yes, no) follows from "spend", "visits" and "plan" with some noise; "id" is
/// unique.
Frame customers(std::int64_t rows, std::uint64_t seed);

/// Rows in the square -1..1 whose target is 1 where both coordinates have the same sign: no line tells them
/// apart.
learn::Matrix sameSign(std::int64_t rows, std::uint64_t seed, std::vector<float>& target);

/// A CSV file without quotes, each column numbers where all cells that are not blank are.
Frame readPlainCsv(const std::string& text);

/// The parameters of a type with these over its defaults.
ParameterValues parametersOf(const std::string& type, const std::map<std::string, std::string>& given = {});

}  // namespace lodestone::test
