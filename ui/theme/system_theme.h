// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace lodestone::theme {

enum class SystemScheme { Unknown, Light, Dark };

/// What the desktop prefers, told by its portal (org.freedesktop.appearance color-scheme) now and at each
/// change. Never blocks; tells nothing where there is no portal.
void watchSystemScheme(const std::function<void(SystemScheme)>& tell);

}  // namespace lodestone::theme
