# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a source, script or CMake file does not begin with the two SPDX lines."""

import os
import pathlib
import sys

SUFFIXES = {".h", ".hpp", ".cpp", ".py", ".cmake", ".sh"}
NAMES = {"CMakeLists.txt", "dev", "run"}
SKIPPED = {"build", "third_party", ".git", ".cache", "__pycache__"}
LINES = ("SPDX-FileCopyrightText: ", "SPDX-License-Identifier: GPL-3.0-or-later")


def files_to_check(root):
    for folder, folders, names in os.walk(root):
        top = pathlib.Path(folder) == root
        folders[:] = sorted(name for name in folders if not (name in SKIPPED and (top or name == "__pycache__")))
        for name in sorted(names):
            path = pathlib.Path(folder, name)
            if path.suffix in SUFFIXES or name in NAMES:
                yield path


def without_licence(root):
    found = []
    for path in files_to_check(root):
        head = path.read_text(encoding="utf-8").splitlines()[:4]
        if not all(any(wanted in line for line in head) for wanted in LINES):
            found.append(path.relative_to(root).as_posix())
    return found


def main():
    found = without_licence(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    for name in found:
        print(f"{name}:1: the two SPDX lines are missing")
    if found:
        sys.exit(f"spdx: {len(found)} files without a licence")


if __name__ == "__main__":
    main()
