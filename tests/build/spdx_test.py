# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence check finds what has no licence, and looks at nothing that is not ours."""

import pathlib
import tempfile
import unittest

import spdx

GOOD = "// SPDX-FileCopyrightText: 2026 The Lodestone authors\n// SPDX-License-Identifier: GPL-3.0-or-later\n"


class SpdxTest(unittest.TestCase):
    def found(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return spdx.without_licence(pathlib.Path(folder))

    def test_finds_missing_and_partial_lines(self):
        files = {
            "core/a.h": GOOD,
            "core/b.cpp": "#include <string>\n",
            "core/build/c.h": GOOD.splitlines()[0],
            "core/CMakeLists.txt": "project(x)\n",
            "dev": "#!/bin/bash\n",
            "tool.py": GOOD.replace("GPL-3.0-or-later", "MIT"),
        }
        self.assertEqual(
            sorted(self.found(files)), ["core/CMakeLists.txt", "core/b.cpp", "core/build/c.h", "dev", "tool.py"]
        )

    def test_skips_outputs_libraries_and_data(self):
        files = {"build/release/a.cpp": "", "third_party/duckdb/include/duckdb.h": "", "resources/a.yaml": "x: 1\n"}
        self.assertEqual(self.found(files), [])


if __name__ == "__main__":
    unittest.main()
