// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lodestone {

/// The program's version, "1.2.3", with "+" and the commit it was built of where the build was told
/// (-DLODESTONE_COMMIT=...).
std::string codeVersion();

}  // namespace lodestone
