# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-tidy on the sources named on standard input, in parallel. A source that was clean stays so until it, a header
of ours that it includes, its compile command, or the configuration changes: then it is not looked at again."""

import argparse
import concurrent.futures
import hashlib
import json
import pathlib
import shlex
import subprocess
import sys


def read_commands(build):
    """Source -> entry of the compilation database."""
    entries = json.loads((build / "compile_commands.json").read_text())
    return {str((pathlib.Path(entry["directory"]) / entry["file"]).resolve()): entry for entry in entries}


def read_dependencies(build):
    """Object -> files that it was compiled from, as Ninja recorded them; empty before the first build."""
    done = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], capture_output=True, text=True, check=False)
    dependencies, files = {}, []
    for line in done.stdout.splitlines():
        if line.startswith("    "):
            files.append(str((build / line.strip()).resolve()))
        elif ": #deps" in line:
            files = dependencies.setdefault(line.split(": #deps")[0], [])
    return dependencies


def object_of(entry):
    """What the compile command of the entry writes; relative to the build folder, as Ninja names it."""
    words = shlex.split(entry["command"])
    return words[words.index("-o") + 1]


class Project:
    def __init__(self, root, build):
        self.root = root
        self.commands = read_commands(build)
        recorded = read_dependencies(build)
        self.dependencies = {
            source: [file for file in recorded.get(object_of(entry), []) if self.ours(file)]
            for source, entry in self.commands.items()
        }
        self.digests = {}

    def ours(self, file):
        path = pathlib.Path(file)
        return path.is_relative_to(self.root) and not path.is_relative_to(self.root / "third_party")

    def units(self, names):
        """The sources to look at for these files: for a header its own source, else one that includes it."""
        units, unseen = set(), []
        for name in names:
            path = (self.root / name).resolve()
            if str(path) in self.commands:
                units.add(str(path))
            elif path.suffix == ".h":
                own = str(path.with_suffix(".cpp"))
                includers = sorted(s for s, files in self.dependencies.items() if str(path) in files)
                if own in self.commands:
                    units.add(own)
                elif includers and not units.intersection(includers):
                    units.add(includers[0])
                elif not includers:
                    unseen.append(name)
            else:
                unseen.append(name)
        return sorted(units), unseen

    def digest(self, file):
        if file not in self.digests:
            self.digests[file] = hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()
        return self.digests[file]

    def key(self, source, clang_tidy):
        """None when it is not known what the source includes."""
        files = self.dependencies[source]
        if not files:
            return None
        parts = [clang_tidy, json.dumps(self.commands[source], sort_keys=True), self.digest(self.root / ".clang-tidy")]
        parts += [f"{file} {self.digest(file)}" for file in sorted(files) if pathlib.Path(file).exists()]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def write_commands(commands, folder):
    """The compilation database without what only GCC understands: its precompiled headers."""
    entries = []
    for entry in commands.values():
        words, kept = shlex.split(entry["command"]), []
        while words:
            word = words.pop(0)
            if word == "-include" and words and words[0].endswith("cmake_pch.hxx"):
                words.pop(0)
            elif word not in ("-Winvalid-pch", "-fpch-preprocess"):
                kept.append(word)
        entries.append({**entry, "command": shlex.join(kept)})
    (folder / "compile_commands.json").write_text(json.dumps(entries))


def tidy(clang_tidy, folder, source):
    """Findings as text; empty when there are none."""
    command = [clang_tidy, "-p", str(folder), "--quiet", "--extra-arg=-Wno-unknown-warning-option", source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0 and not done.stdout.strip():
        return ""
    return done.stdout.strip() or done.stderr.strip() or f"{source}: clang-tidy ended with status {done.returncode}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clang-tidy", default="clang-tidy")
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    root, build = pathlib.Path.cwd().resolve(), arguments.build.resolve()

    project = Project(root, build)
    units, unseen = project.units(sys.stdin.read().split())
    for name in unseen:
        print(f"tidy: {name} is no part of this build")
    clean = build / "tidy"
    clean.mkdir(exist_ok=True)
    keys = {unit: project.key(unit, arguments.clang_tidy) for unit in units}
    write_commands(project.commands, clean)
    todo = [unit for unit in units if not keys[unit] or not (clean / keys[unit]).exists()]
    print(f"tidy: {len(units)} sources, {len(units) - len(todo)} unchanged since they were found clean", flush=True)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        started = {pool.submit(tidy, arguments.clang_tidy, clean, unit): unit for unit in todo}
        for done, future in enumerate(concurrent.futures.as_completed(started), start=1):
            unit, findings = started[future], future.result()
            print(f"tidy: [{done}/{len(todo)}] {pathlib.Path(unit).relative_to(root)}", flush=True)
            if findings:
                failed += 1
                print(findings, flush=True)
            elif keys[unit]:
                (clean / keys[unit]).touch()
    if failed:
        sys.exit(f"tidy: findings in {failed} of {len(units)} sources")


if __name__ == "__main__":
    main()
