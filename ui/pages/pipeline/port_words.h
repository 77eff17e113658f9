// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/pipeline/stage_type.h"

namespace lodestone::pages {

/// What flows along an edge, for readers: "a table", "a model".
QString portWord(pipeline::PortKind kind);

}  // namespace lodestone::pages
