// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Precompiled for the folders of ui (see lodestone_ui_library); nobody includes it.
#include <QtWidgets>

#include "core/project/project.h"
