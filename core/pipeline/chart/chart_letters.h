// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lodestone::pipeline {

/// True for the letters beyond ASCII that an id may have (Mermaid's fixed list, basic multilingual plane
/// only).
bool isIdLetter(char32_t code_point);

}  // namespace lodestone::pipeline
