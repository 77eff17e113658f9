// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace lodestone::forms {

/// What was typed is taken back by the line itself until editing is finished; then it has no steps of its
/// own any more, and undo takes the change back as a whole. Connect to editingFinished before this.
void forgetStepsWhenDone(QLineEdit* line);

}  // namespace lodestone::forms
