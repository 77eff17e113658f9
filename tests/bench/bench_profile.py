#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The profile of a table of ten million events beside DuckDB's own SUMMARIZE of it, by the same library.

The two alternate in one run, each in a process of its own on the same database file.
Target: no slower than 1.15 times SUMMARIZE, under 2 GB. Run it with `./dev bench profile`;
LODESTONE_BENCH_ROWS makes another number of rows, LODESTONE_BENCH_DATABASE takes a file that has a table events."""
import json
import os
import statistics
import tempfile
from pathlib import Path

import programs

PAIRS = int(os.environ.get("LODESTONE_BENCH_PAIRS", "3"))
ROWS = os.environ.get("LODESTONE_BENCH_ROWS", "10000000")


def main():
    program = programs.path_of("bench_profile")
    with tempfile.TemporaryDirectory() as folder:
        database = os.environ.get("LODESTONE_BENCH_DATABASE")
        if database is None:
            database = str(Path(folder) / "events.duckdb")
            programs.run(program, "make", database, ROWS)
        ours, theirs, memory = [], [], []
        for _ in range(PAIRS):
            theirs.append(json.loads(programs.run(program, "summarize", database))["seconds"])
            mine = json.loads(programs.run(program, "profile", database))
            ours.append(mine["seconds"])
            memory.append(mine["memory_mb"])
    ratio = statistics.median(o / t for o, t in zip(ours, theirs))
    print(f"profile: Lodestone {statistics.median(ours):.2f} s, SUMMARIZE {statistics.median(theirs):.2f} s, "
          f"ratio {ratio:.2f} (median of {PAIRS} pairs), peak {max(memory)} MB; target 1.15 and 2048 MB")


if __name__ == "__main__":
    main()
