// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lodestone::theme {

struct Tokens;

/// The one style sheet of the application, out of the tokens. Roles are dynamic properties: role=caption on
/// labels, kind=primary, danger or flat on buttons, surface=card or bar on frames.
QString styleSheet(const Tokens& tokens);

}  // namespace lodestone::theme
