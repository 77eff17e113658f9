// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace lodestone::pages {

/// Breaks lines where it must, and may become narrower than its longest line.
QLabel* wrapped(QLabel* label);
/// Half bold: for what stands out within a text.
QLabel* strong(QLabel* label);
/// In the colour of what went wrong, small.
QLabel* complaining(QLabel* label);

}  // namespace lodestone::pages
