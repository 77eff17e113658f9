# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of the icons finds what is drawn otherwise, and what is not listed."""

import pathlib
import tempfile
import unittest

import icons

GOOD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" '
    'stroke-linecap="round" stroke-linejoin="round"><path d="M4 4h16"/></svg>'
)


class IconsTest(unittest.TestCase):
    def found(self, files, listed):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for file, text in files.items():
                (folder / file).write_text(text, encoding="utf-8")
            entries = "".join(f"<file>{entry}</file>" for entry in listed)
            (folder / "icons.qrc").write_text(
                f'<RCC><qresource prefix="/icons">{entries}<file alias="x.svg">../x.svg</file></qresource></RCC>',
                encoding="utf-8",
            )
            return icons.faults(folder)

    def test_accepts_what_is_drawn_as_all_are(self):
        self.assertEqual(self.found({"a.svg": GOOD}, ["a.svg"]), [])

    def test_finds_other_lines_colours_elements_and_styles(self):
        for change in (
            ("1.5", "2"),
            ('stroke="currentColor"', 'stroke="#2F5BEA"'),
            ('<path d="M4 4h16"/>', "<text>A</text>"),
            ("<path", '<path style="fill:red"'),
            ("<path", '<path fill="red"'),
        ):
            with self.subTest(change):
                self.assertNotEqual(self.found({"a.svg": GOOD.replace(*change)}, ["a.svg"]), [])

    def test_lets_the_style_sheet_have_colours(self):
        files = {"arrow-dark.svg": GOOD.replace("currentColor", "#E8EAEE")}
        self.assertEqual(self.found(files, ["arrow-dark.svg"]), [])

    def test_finds_what_is_not_listed_and_what_is_not_there(self):
        self.assertEqual(
            self.found({"a.svg": GOOD}, ["b.svg"]),
            ["a.svg: is not in icons.qrc", "b.svg: is in icons.qrc and not there"],
        )


if __name__ == "__main__":
    unittest.main()
