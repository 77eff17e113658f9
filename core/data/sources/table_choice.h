// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace lodestone::data {

enum class WithoutChoice { TakeFirst, TakeOnly };

/// The table or sheet that is meant by 'wanted': its name, also in other letters' case when only one fits, or
/// its number in the list. Nothing wanted: the first one, or with TakeOnly the only one, else InvalidArgument
/// naming all. NotFound naming all when there is none such. source: for the message.
Result<std::string> chooseTable(const std::vector<std::string>& tables, const std::string& wanted,
                                const std::string& source, WithoutChoice without);

}  // namespace lodestone::data
