// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone::pipeline {

/// The canonical short name of a shape by any of its names ("database" is "cyl"); nothing when there is no
/// such shape.
std::optional<std::string_view> canonicalShape(std::string_view name);

/// Every name that there is, by the alphabet.
const std::vector<std::string_view>& shapeNames();

}  // namespace lodestone::pipeline
