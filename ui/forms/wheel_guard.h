// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace lodestone::forms {

/// The wheel changes the control only while it has the focus; else what is around it scrolls.
void guardWheel(QWidget* control);

}  // namespace lodestone::forms
