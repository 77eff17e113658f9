// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"

namespace lodestone::campaign {

/// A field of a strategy's content in two versions. Texts are {"en","zh_CN"}, ready to be read; null where a
/// version has no such field.
struct FieldPair {
  std::string path;  ///< "audience.rule": where it stands in the content
  Json title;
  Json before;
  Json after;
  bool changed = false;
};

/// All that was decided or predicted, in the order in which people read it: titles, audience, offer, channel,
/// timing, money, predictions, checks, message; then whatever else differs. Figures that differ only where
/// they would be rounded off are written in full.
std::vector<FieldPair> compareContents(const Json& before, const Json& after);
/// Those of them that changed. Empty exactly when the contents are equal.
std::vector<FieldPair> differences(const Json& before, const Json& after);

}  // namespace lodestone::campaign
