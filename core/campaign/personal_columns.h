// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/frame.h"

namespace lodestone::campaign {

/// Columns by which a person can be reached or named, by their names (English and Chinese) or by what their
/// texts look like (e-mail addresses, telephone numbers).
std::vector<std::string> contactColumns(const Frame& frame);
/// Whether that column is one of them.
bool looksPersonal(const Frame& frame, const FrameColumn& column);

}  // namespace lodestone::campaign
