# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tidy.py: which sources it looks at, that findings fail, and that only a clean source is skipped the second time.
clang-tidy is a stand-in that finds the word 'bad'; Ninja and the compiler are real."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

TIDY = pathlib.Path(__file__).with_name("tidy.py")
CLANG_TIDY = """#!/bin/bash
echo "${@: -1}" >>"$LOG"
grep -n bad "${@: -1}" && exit 1
exit 0
"""
CMAKE = """cmake_minimum_required(VERSION 3.25)
project(sample CXX)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_library(sample STATIC core/one.cpp core/two.cpp)
target_include_directories(sample PRIVATE ${CMAKE_SOURCE_DIR})
"""


class TidyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        self.log = self.root / "log"
        self.write("clang-tidy", CLANG_TIDY)
        (self.root / "clang-tidy").chmod(0o755)
        self.write(".clang-tidy", "Checks: '*'\n")
        self.write("CMakeLists.txt", CMAKE)
        self.write("core/one.h", "int one();\n")
        self.write("core/shared.h", "int shared();\n")
        self.write("core/one.cpp", '#include "core/one.h"\nint one() { return 1; }\n')
        self.write("core/two.cpp", '#include "core/shared.h"\nint two() { return 2; }\n')
        for command in (["cmake", "-S", ".", "-B", "build", "-G", "Ninja"], ["cmake", "--build", "build"]):
            subprocess.run(command, cwd=self.root, check=True, stdout=subprocess.DEVNULL)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def tidy(self, *names):
        """The exit status, and the sources that were looked at."""
        self.log.write_text("")
        done = subprocess.run(
            [sys.executable, str(TIDY), "--clang-tidy", str(self.root / "clang-tidy"), "--build", "build", "--jobs", "2"],
            cwd=self.root, input="\n".join(names), env={**os.environ, "LOG": str(self.log)},
            capture_output=True, text=True, check=False,
        )
        looked_at = sorted(pathlib.Path(line).name for line in self.log.read_text().split())
        return done.returncode, looked_at

    def test_looks_again_only_at_what_changed(self):
        self.assertEqual(self.tidy("core/one.cpp", "core/two.cpp"), (0, ["one.cpp", "two.cpp"]))
        self.assertEqual(self.tidy("core/one.cpp", "core/two.cpp"), (0, []))
        self.write("core/shared.h", "long shared();\n")
        self.assertEqual(self.tidy("core/one.cpp", "core/two.cpp"), (0, ["two.cpp"]))
        self.write(".clang-tidy", "Checks: 'bugprone-*'\n")
        self.assertEqual(self.tidy("core/one.cpp", "core/two.cpp"), (0, ["one.cpp", "two.cpp"]))

    def test_findings_fail_every_time(self):
        self.write("core/two.cpp", "int bad() { return 2; }\n")
        self.assertEqual(self.tidy("core/one.cpp", "core/two.cpp"), (1, ["one.cpp", "two.cpp"]))
        self.assertEqual(self.tidy("core/one.cpp", "core/two.cpp"), (1, ["two.cpp"]))

    def test_a_header_is_looked_at_through_a_source(self):
        self.assertEqual(self.tidy("core/one.h"), (0, ["one.cpp"]))
        self.assertEqual(self.tidy("core/shared.h"), (0, ["two.cpp"]))


if __name__ == "__main__":
    unittest.main()
