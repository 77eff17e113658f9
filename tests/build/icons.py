# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when an icon of resources/icons is drawn otherwise than the others, or is not in icons.qrc, or the other way
round."""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
ROOT = {
    "viewBox": "0 0 24 24",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "1.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
SHAPES = {"path", "circle", "rect", "ellipse"}
COLOURS = {"none", "currentColor"}
# Pictures of the style sheet, which cannot colour them itself.
THEMED = ("-light", "-dark")


def faults_of(path):
    root = ElementTree.parse(path).getroot()
    for name, wanted in ROOT.items():
        if root.get(name) != wanted:
            yield f"{name} must be {wanted}"
    for element in root.iter():
        shape = element.tag.removeprefix(SVG)
        if element is not root and shape not in SHAPES:
            yield f"<{shape}> is none of {', '.join(sorted(SHAPES))}"
        for name in ("fill", "stroke"):
            if element.get(name, "none") not in COLOURS:
                yield f"{name} must be one of {', '.join(sorted(COLOURS))}"
        if element.get("style") or element.get("class"):
            yield "style and class are not read by every renderer"


def faults(folder):
    found = []
    icons = sorted(folder.glob("*.svg"))
    for icon in icons:
        if icon.stem.endswith(THEMED):
            continue
        found += [f"{icon.name}: {fault}" for fault in faults_of(icon)]
    listed = {file.text for file in ElementTree.parse(folder / "icons.qrc").iter("file") if file.get("alias") is None}
    there = {icon.name for icon in icons}
    found += [f"{name}: is not in icons.qrc" for name in sorted(there - listed)]
    found += [f"{name}: is in icons.qrc and not there" for name in sorted(listed - there)]
    return found


def main():
    found = faults(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".") / "resources/icons")
    for fault in found:
        print(f"resources/icons/{fault}")
    if found:
        sys.exit(f"icons: {len(found)} faults")


if __name__ == "__main__":
    main()
