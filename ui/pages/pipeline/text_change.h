// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTextDocument;

namespace lodestone::pages {

/// Makes a document's text another one by replacing only what differs, as one step that can be undone.
void changeText(QTextDocument& document, const QString& text);

}  // namespace lodestone::pages
