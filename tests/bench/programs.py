# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the programs of the benches are, and how one is run."""
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def path_of(name):
    folder = Path(os.environ["LODESTONE_BUILD"]) if "LODESTONE_BUILD" in os.environ else ROOT / "build" / "release"
    return str(folder / "bin" / name)


def run(*command):
    """What it prints; the end of all where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout
