# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations of the window. Without --update: fails when a text of the sources has no Chinese, when one is left over,
or when a plural has no English. With --update: brings translations/*.ts up to date with the sources (Qt's lupdate)."""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SOURCES = ("ui", "app/gui")
LANGUAGES = ("en", "zh_CN")


def update(lupdate, root, folder, *, drop):
    for language in LANGUAGES:
        command = [lupdate, "-silent", "-recursive", *[str(root / source) for source in SOURCES], "-extensions", "h,cpp",
                   "-locations", "none", "-I", str(root), "-ts", str(folder / f"lodestone_{language}.ts")]
        if language == "en":
            command.append("-pluralonly")
        if drop:
            command.append("-no-obsolete")
        subprocess.run(command, check=True)


def problems(file):
    """What is wrong in a .ts file, a line each."""
    found = []
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            source, translation = message.findtext("source"), message.find("translation")
            state = translation.get("type") if translation is not None else "unfinished"
            forms = [form.text for form in translation.iter("numerusform")] if translation is not None else []
            texts = forms if message.get("numerus") == "yes" else [translation.text if translation is not None else None]
            where = f"{file.name}: {name}: {source!r}"
            if state in ("vanished", "obsolete"):
                found.append(f"{where} is not in the sources any more")
            elif state == "unfinished" or not texts or not all(texts):
                found.append(f"{where} has no translation")
            else:
                for mark in ("%1", "%2", "%3", "%n"):
                    if mark in source and not all(mark in text for text in texts) and not (mark == "%n" and forms):
                        found.append(f"{where}: its translation lacks {mark}")
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("root", type=pathlib.Path)
    arguments.add_argument("--lupdate", default="/usr/lib/qt6/bin/lupdate")
    arguments.add_argument("--update", action="store_true")
    given = arguments.parse_args()
    kept = given.root / "translations"
    if given.update:
        update(given.lupdate, given.root, kept, drop=True)
        found = [each for language in LANGUAGES for each in problems(kept / f"lodestone_{language}.ts")]
    else:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for language in LANGUAGES:
                text = (kept / f"lodestone_{language}.ts").read_bytes()
                (folder / f"lodestone_{language}.ts").write_bytes(text)
            update(given.lupdate, given.root, folder, drop=False)
            found = [each for language in LANGUAGES for each in problems(folder / f"lodestone_{language}.ts")]
    for each in found:
        print(each)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
