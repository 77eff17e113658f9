// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/port_words.h"

#include "ui/words/words.h"

namespace lodestone::pages {

QString portWord(pipeline::PortKind kind) {
  return words::said(pipeline::portKindTitle(kind));
}

}  // namespace lodestone::pages
