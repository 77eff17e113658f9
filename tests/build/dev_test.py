# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev: its help, what it installs, what it accepts from npm, and which sources count as changed. npm and Debian's
tools are stand-ins, so that nothing is fetched or installed."""

import hashlib
import os
import pathlib
import platform
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("LODESTONE_ROOT", pathlib.Path(__file__).parents[2]))
INSTALLED_DUCKDB = any(pathlib.Path(prefix, "include/duckdb.h").exists() for prefix in ("/usr", "/usr/local"))

NPM = """#!/bin/bash
echo "$*" >>"$STAND_INS/npm.log"
[ -e "$STAND_INS/offline" ] && exit 1
cp "$STAND_INS/${@: -1}.tgz" .
"""
# Only what is named in installed.txt is installed; installing adds to it.
DPKG_QUERY = """#!/bin/bash
for name in "$@"; do grep -qxF -- "$name" "$STAND_INS/installed.txt" && echo "installed $name"; done
true
"""
APT_GET = """#!/bin/bash
echo "$*" >>"$STAND_INS/apt.log"
[[ " $* " != *" install "* ]] || printf '%s\\n' "$@" >>"$STAND_INS/installed.txt"
"""
SUDO = """#!/bin/bash
exec "$@"
"""


class DevTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name, "tree")
        self.stand_ins = pathlib.Path(folder.name, "stand_ins")
        self.tree.mkdir()
        self.stand_ins.mkdir()
        shutil.copy(ROOT / "dev", self.tree / "dev")
        shutil.copytree(ROOT / "packaging", self.tree / "packaging")
        for name, text in {"npm": NPM, "dpkg-query": DPKG_QUERY, "apt-get": APT_GET, "sudo": SUDO}.items():
            (self.stand_ins / name).write_text(text)
            (self.stand_ins / name).chmod(0o755)
        packages = re.findall(r"^[a-z0-9][^ #]*", (ROOT / "packaging/debian-packages.txt").read_text(), re.MULTILINE)
        self.install(packages)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DuckDB_"))},
            "PATH": f"{self.stand_ins}:{os.environ['PATH']}",
            "STAND_INS": str(self.stand_ins),
        }

    def install(self, packages):
        (self.stand_ins / "installed.txt").write_text("\n".join(packages) + "\n")

    def log(self, name):
        path = self.stand_ins / f"{name}.log"
        return path.read_text().splitlines() if path.exists() else []

    def run_in(self, folder, *command):
        return subprocess.run(
            command, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )

    def dev(self, *arguments):
        return self.run_in("/", str(self.tree / "dev"), *arguments)

    def pin(self, tamper=""):
        """Makes the two npm packages and pins them; tamper names one whose pin is then wrong."""
        lines, sums = [], {}
        for processor, name, inside, target in (
            ("any", "header", "package/src/duckdb.h", "include/duckdb.h"),
            (platform.machine(), "library", "package/libduckdb.so", "lib/libduckdb.so"),
        ):
            content = self.stand_ins / "content"
            content.write_text(f"the {name}")
            archive = self.stand_ins / f"{name}@1.0.0.tgz"
            with tarfile.open(archive, "w:gz") as tar:
                tar.add(content, inside)
            sums[name] = hashlib.sha256(archive.read_bytes()).hexdigest()
            pinned = "0" * 64 if name == tamper else sums[name]
            lines.append(f"{processor}  {name}  1.0.0  {pinned}  {inside}  {target}")
        (self.tree / "packaging/duckdb.txt").write_text("\n".join(lines) + "\n")
        return sums

    def test_help_has_a_line_for_each_command(self):
        text = self.dev("help").stdout
        for command in ("setup", "build", "demo", "run", "screenshots", "test", "bench", "translations", "lint", "package"):
            self.assertRegex(text, rf"(?m)^  {command} .*\w")

    def test_an_unknown_command_fails(self):
        done = self.dev("setpu")
        self.assertEqual(done.returncode, 1)
        self.assertIn("setpu", done.stderr)

    @unittest.skipIf(INSTALLED_DUCKDB, "an installed libduckdb wins")
    def test_setup_fetches_once(self):
        self.pin()
        done = self.dev("setup")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.tree / "third_party/duckdb/include/duckdb.h").read_text(), "the header")
        self.assertEqual((self.tree / "third_party/duckdb/lib/libduckdb.so").read_text(), "the library")
        self.assertEqual(len(self.log("npm")), 2)
        self.assertTrue(all("--ignore-scripts" in call for call in self.log("npm")))
        self.assertEqual(self.dev("setup").returncode, 0)
        self.assertEqual(len(self.log("npm")), 2)
        self.assertEqual(self.log("apt"), [])

    @unittest.skipIf(INSTALLED_DUCKDB, "an installed libduckdb wins")
    def test_setup_refuses_a_package_of_another_checksum(self):
        sums = self.pin(tamper="library")
        done = self.dev("setup")
        self.assertNotEqual(done.returncode, 0)
        for part in ("library@1.0.0.tgz", sums["library"], "0" * 64):
            self.assertIn(part, done.stderr)
        self.assertFalse((self.tree / "third_party/duckdb").exists())

    @unittest.skipIf(INSTALLED_DUCKDB, "an installed libduckdb wins")
    def test_a_failed_fetch_keeps_what_was_there(self):
        self.pin()
        self.dev("setup")
        (self.stand_ins / "offline").touch()
        pins = self.tree / "packaging/duckdb.txt"
        pins.write_text(pins.read_text().replace("1.0.0", "2.0.0"))
        done = self.dev("setup")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("header 2.0.0", done.stderr)
        self.assertEqual((self.tree / "third_party/duckdb/lib/libduckdb.so").read_text(), "the library")

    def test_setup_installs_only_what_is_missing(self):
        self.pin()
        packages = (self.stand_ins / "installed.txt").read_text().split()
        self.install([name for name in packages if name not in ("cmake", "graphviz")])
        done = self.dev("setup")
        self.assertEqual(done.returncode, 0, done.stderr)
        update, install = self.log("apt")
        self.assertTrue(update.endswith(" update"), update)
        self.assertIn("-y --no-install-recommends cmake graphviz", install)
        self.dev("setup")
        self.assertEqual(len(self.log("apt")), 2)

    def changed(self):
        done = self.run_in(self.tree, "bash", "-c", "source ./dev && changed_sources")
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.split()

    def git(self, *arguments):
        identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")
        done = self.run_in(self.tree, "git", *identity, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)

    def commit(self, name):
        (self.tree / name).write_text("// a source\n")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "build: add a source")

    def test_changed_sources_are_those_since_the_last_commit_on_main(self):
        self.git("init", "--quiet")
        self.commit("first.cpp")
        self.assertEqual(self.changed(), ["first.cpp"])
        self.commit("second.cpp")
        self.assertEqual(self.changed(), ["second.cpp"])
        self.git("checkout", "--quiet", "-b", "topic")
        self.commit("third.cpp")
        self.commit("fourth.h")
        (self.tree / "first.cpp").write_text("// changed\n")
        (self.tree / "new.cpp").write_text("// new\n")
        self.assertEqual(self.changed(), ["first.cpp", "fourth.h", "new.cpp", "third.cpp"])


if __name__ == "__main__":
    unittest.main()
