# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The direction check finds each kind of forbidden include, and no allowed one."""

import pathlib
import tempfile
import unittest

import direction

FORBIDDEN = [
    ("core/base/a.h", "<QString>"),
    ("core/pipeline/a.cpp", "<QtCore/QString>"),
    ("core/pipeline/a.cpp", "<qcustomplot.h>"),
    ("tests/core/base/a_test.cpp", "<QTest>"),
    ("ui/a.cpp", "<duckdb.h>"),
    ("app/cli/a.cpp", "<sqlite3.h>"),
    ("ui/a.cpp", "<torch/nn.h>"),
    ("app/cli/a.cpp", "<ATen/core/Tensor.h>"),
    ("ui/a.cpp", "<c10/core/Device.h>"),
    ("core/learn/model.h", "<torch/nn.h>"),
    ("core/project/a.cpp", "<duckdb.h>"),
    ("core/data/a.cpp", "<sqlite3.h>"),
    ("core/base/a.h", '"core/data/query.h"'),
    ("core/base/a.h", '"../data/query.h"'),
    ("core/data/a.h", '"core/project/project.h"'),
    ("core/project/a.h", '"core/learn/model.h"'),
    ("core/demo/a.h", '"core/data/query.h"'),
    ("core/learn/a.h", '"core/data/query.h"'),
    ("core/campaign/a.h", '"core/pipeline/chart/chart.h"'),
    ("core/campaign/a.h", '"core/demo/demo_shop.h"'),
    ("core/novelty/a.h", '"core/base/text.h"'),
    ("core/base/a.h", '"ui/window.h"'),
    ("core/base/a.h", '"app/main.h"'),
    ("ui/a.h", '"app/main.h"'),
    ("ui/pages/data/a.cpp", "<QChartView>"),
    ("ui/pages/data/a.cpp", "<qcustomplot.h>"),
    ("ui/words/a.h", '"ui/theme/theme.h"'),
    ("ui/studio/a.h", '"ui/pages/home/home_page.h"'),
    ("ui/pages/data/a.h", '"ui/pages/home/home_page.h"'),
    ("ui/pages/data/a.h", '"ui/shell/rail.h"'),
]

ALLOWED = [
    ("core/base/a.h", "<string>"),
    ("core/base/a.h", '"core/base/text.h"'),
    ("core/base/a.h", '"text.h"'),
    ("core/data/a.cpp", "<duckdb.h>"),
    ("core/project/a.cpp", "<sqlite3.h>"),
    ("core/project/a.cpp", '"core/data/query.h"'),
    ("core/learn/torch/a.cpp", "<torch/nn.h>"),
    ("core/campaign/a.cpp", '"core/learn/model.h"'),
    ("core/pipeline/a.cpp", '"core/campaign/strategy.h"'),
    ("core/pipeline/a.cpp", '"core/demo/demo_shop.h"'),
    ("ui/a.cpp", "<QString>"),
    ("ui/charts/a.cpp", "<QBarSet>"),
    ("ui/pages/data/a.cpp", '"ui/pages/data/table_list.h"'),
    ("ui/shell/a.cpp", '"ui/pages/home/home_page.h"'),
    ("ui/a.cpp", '"core/pipeline/chart/chart.h"'),
    ("app/cli/a.cpp", '"ui/drawing/svg.h"'),
    ("tests/core/pipeline/a_test.cpp", '"core/demo/demo_shop.h"'),
]


class DirectionTest(unittest.TestCase):
    def check(self, name, include):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True)
            path.write_text(f"// a comment\n#include {include}\n", encoding="utf-8")
            return direction.violations(pathlib.Path(folder))

    def test_finds_each_forbidden_include(self):
        for name, include in FORBIDDEN:
            with self.subTest(name=name, include=include):
                found = self.check(name, include)
                self.assertEqual(len(found), 1)
                self.assertTrue(found[0].startswith(f"{name}:2: "), found[0])

    def test_leaves_allowed_includes_alone(self):
        for name, include in ALLOWED:
            with self.subTest(name=name, include=include):
                self.assertEqual(self.check(name, include), [])

    def test_ignores_an_include_in_a_comment(self):
        self.assertEqual(self.check("core/base/a.h", "<string>\n// #include <QString>"), [])


if __name__ == "__main__":
    unittest.main()
