// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace lodestone::print {

/// Makes Chinese text of a PDF findable. Qt tells the reader of a PDF the first character that a glyph stands
/// for, which for many ideographs is a radical that looks the same (U+2F3E for U+6237); a search for the word
/// then finds nothing. Puts the ideograph into the tables of the file, byte for byte in place.
void mendSearchText(QByteArray& pdf);

}  // namespace lodestone::print
