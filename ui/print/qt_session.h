// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lodestone::print {

/// Makes the program able to draw text: a QGuiApplication on the offscreen platform where none exists yet.
/// Kept until the program ends.
void ensureQt();

}  // namespace lodestone::print
