# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a source includes what its folder must not see: app -> ui -> core; inside core
base <- data <- project, base <- learn, base <- demo, these but demo <- campaign, and all of them <- pipeline;
inside ui words, theme <- widgets, jobs <- studio, forms, tables, charts <- pages, none of which sees another <- shell."""

import pathlib
import posixpath
import re
import sys

# Module of core -> the other modules of core that it may include.
MODULES = {
    "base": set(),
    "data": {"base"},
    "project": {"base", "data"},
    "demo": {"base"},
    "learn": {"base"},
    "campaign": {"base", "data", "project", "learn"},
    "pipeline": {"base", "data", "project", "demo", "learn", "campaign"},
}

# Folder of ui -> the others that it may include.
UI = {
    "words": set(),
    "theme": set(),
    "print": set(),
    "widgets": {"words", "theme"},
    "jobs": {"words"},
    "studio": {"words", "jobs", "print"},
    "forms": {"words", "theme", "widgets"},
    "tables": {"words", "theme", "widgets", "jobs"},
    "charts": {"words", "theme", "widgets"},
}
UI["pages"] = set(UI)
UI["shell"] = UI["pages"] | {"pages"}

# Library -> its headers, and the only folders that may include them.
LIBRARIES = {
    "Qt": (re.compile(r"^(Q[A-Z]\w*|Qt\w*/.+|q[a-z]\w*\.h)$"), ("ui", "app", "tests/ui", "tests/app", "tests/bench/bench_ui.cpp",
                                                            "tests/bench/bench_table.cpp", "tests/bench/bench_canvas.cpp", "tests/bench/bench_window.h",
                                                            "tests/bench/timed_application.h")),
    "DuckDB": (re.compile(r"^duckdb"), ("core/data", "tests/core/data", "tests/bench/bench_import.cpp")),
    "SQLite": (re.compile(r"^sqlite3"), ("core/project", "core/data/sources/sqlite", "tests/core/project", "tests/core/data")),
    "charts": (re.compile(r"^(Qt?Charts?/.+|Q(Chart|BarSet|BarSeries|BarCategoryAxis|LineSeries|ValueAxis|PieSeries|AbstractSeries|AbstractAxis)\w*|qcustomplot\.h)$"), ("ui/charts",)),
    "LibTorch": (re.compile(r"^(torch|ATen|c10|caffe2)/"), ("core/learn/torch", "tests/core/learn")),
}

INCLUDE = re.compile(r"^\s*#\s*include\s*([<\"])([^>\"]+)[>\"]")


def inside(name, folder):
    return name == folder or name.startswith(folder + "/")


def complaint(name, included, quoted):
    """Why the file 'name' must not include this; None when it may. Paths are relative to the root, with slashes."""
    if quoted and (included.startswith(".") or "/" not in included):
        included = posixpath.normpath(posixpath.join(posixpath.dirname(name), included))
    for library, (headers, folders) in LIBRARIES.items():
        if headers.match(included) and not any(inside(name, folder) for folder in folders):
            return f"only {', '.join(folders)} may include {library}"
    if inside(name, "core"):
        if inside(included, "ui") or inside(included, "app"):
            return "core includes nothing of ui or app"
        module, parts = name.split("/")[1], included.split("/")
        if parts[0] == "core" and len(parts) > 2 and parts[1] != module:
            if module not in MODULES:
                return f"core/{module} has no place in the order of modules yet"
            if parts[1] not in MODULES[module]:
                allowed = ", ".join(sorted(MODULES[module])) or "no other module"
                return f"core/{module} may include {allowed}, not {parts[1]}"
    if inside(name, "ui"):
        if inside(included, "app"):
            return "ui includes nothing of app"
        folder, parts = name.split("/")[1], included.split("/")
        if parts[0] == "ui" and len(parts) > 2 and parts[1] != folder and parts[1] not in UI.get(folder, set()):
            return f"ui/{folder} may include {', '.join(sorted(UI.get(folder, set()))) or 'no other folder'}, not {parts[1]}"
        if inside(name, "ui/pages") and inside(included, "ui/pages") and name.split("/")[2] != parts[2]:
            return "a page does not see another page: they meet in ui/studio"
    return None


def violations(root):
    found = []
    for folder in ("core", "ui", "app", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".hpp", ".cpp", ".cc", ".inc"):
                continue
            name = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                match = INCLUDE.match(line)
                reason = match and complaint(name, match[2], match[1] == '"')
                if reason:
                    found.append(f"{name}:{number}: includes {match[2]}: {reason}")
    return found


def main():
    found = violations(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(found))
    if found:
        sys.exit(f"direction: {len(found)} includes against the direction")


if __name__ == "__main__":
    main()
