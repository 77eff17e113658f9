#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The import of a CSV of ten million events beside DuckDB alone making a table of it, by the same library.

The two alternate in one run, each in a process of its own that ends with the database on the disk.
Target: no slower than 1.15 times DuckDB, under 2 GB. Run it with `./dev bench import`; LODESTONE_BENCH_ROWS makes
another number of rows, LODESTONE_BENCH_CSV takes a file that is there."""
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

import programs

PAIRS = int(os.environ.get("LODESTONE_BENCH_PAIRS", "3"))
ROWS = os.environ.get("LODESTONE_BENCH_ROWS", "10000000")


def imported(program, reader, file, folder):
    database = Path(folder) / f"by_{reader}.duckdb"
    answer = json.loads(programs.run(program, reader, file, str(database)))
    answer["disk_mb"] = database.stat().st_size >> 20
    database.unlink()
    return answer


def main():
    program = programs.path_of("bench_import")
    with tempfile.TemporaryDirectory() as folder:
        file = os.environ.get("LODESTONE_BENCH_CSV")
        if file is None:
            file = str(Path(folder) / "events.csv")
            programs.run(program, "make", file, ROWS)
        with open(file, "rb") as whole:  # so that both find it in memory
            while whole.read(1 << 24):
                pass
        pairs = []
        for _ in range(PAIRS):
            theirs = imported(program, "duckdb", file, folder)
            mine = imported(program, "lodestone", file, folder)
            if mine["rows"] != theirs["rows"]:
                sys.exit(f"Lodestone has {mine['rows']} rows, DuckDB {theirs['rows']}")
            pairs.append((mine, theirs))
    ratio = statistics.median(mine["seconds"] / theirs["seconds"] for mine, theirs in pairs)
    for name, which in (("Lodestone", 0), ("DuckDB", 1)):
        seconds = statistics.median(pair[which]["seconds"] for pair in pairs)
        print(f"import: {name} {seconds:.2f} s, {pairs[0][which]['rows'] / seconds / 1e6:.2f} M rows/s, "
              f"peak {max(pair[which]['memory_mb'] for pair in pairs)} MB, {pairs[0][which]['disk_mb']} MB on disk")
    print(f"import: ratio {ratio:.2f} (median of {PAIRS} pairs); target 1.15 and 2048 MB")


if __name__ == "__main__":
    main()
