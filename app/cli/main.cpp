// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run.h"

int main(int argc, char** argv) {
  return lodestone::cli::runCommandLine(argc, argv);
}
