// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lodestone::cli {

/// The whole program; the exit status.
int runCommandLine(int argc, char** argv);

}  // namespace lodestone::cli
