# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading, drawing, changing and running charts."""

import json
import struct
import unittest

from harness import HAS_PRINT, CliTest, customers_csv

CHART = """%% how we work
flowchart LR
  A[Collect] --> B{Good?}
  B -- yes --> C([Use])
  B -- 否 --> A
"""


class ChartTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.write("chart.mmd", CHART)
        cls.write("broken.mmd", "flowchart LR\n  A[Collect --> B\n")

    def test_check(self):
        graph = self.done("pipeline", "check", "chart.mmd")
        self.assertEqual((graph["valid"], len(graph["edges"])), (True, 3))
        answer = self.cli("pipeline", "check", "chart.mmd", "broken.mmd", "missing.mmd", "chart.mmd")
        self.assertEqual(answer.status, 1)
        self.assertEqual([line["valid"] for line in answer.lines], [True, False, False, True])
        error = answer.lines[1]["error"]
        for key in ("message", "line", "column", "expected", "got"):
            self.assertIn(key, error)
        self.assertEqual(answer.lines[2]["error"]["code"], "NotFound")
        self.assertEqual(self.done("pipeline", "check", "--rewrite", "chart.mmd")["text"], CHART)
        chinese = self.cli("pipeline", "check", "broken.mmd", "--lang", "zh_CN").json["error"]
        self.assertRegex(chinese["message"], "[\u4e00-\u9fff]")

    def test_edit_keeps_every_other_byte(self):
        self.assertEqual(self.done("pipeline", "edit", "chart.mmd", "--label", "A=Gather", "--out", "new.mmd")["changed"], 1)
        self.assertEqual((self.folder / "new.mmd").read_text(encoding="utf-8"), CHART.replace("[Collect]", '["Gather"]'))
        self.refused(1, "NotFound", "pipeline", "edit", "chart.mmd", "--label", "Z=Gather", "--out", "none.mmd")
        self.assertFalse((self.folder / "none.mmd").exists())

    def test_layout(self):
        for name in ("chart.svg", "chart.json"):
            drawn = self.done("pipeline", "layout", "chart.mmd", "--out", name)
            self.assertEqual((drawn["nodes"], drawn["edges"]), (3, 3))
            self.assertGreater(drawn["width"] * drawn["height"], 0)
            self.assertIn("seconds", drawn)
        self.assertIn("<svg", (self.folder / "chart.svg").read_text(encoding="utf-8"))
        self.assertIn("nodes", json.loads((self.folder / "chart.json").read_text(encoding="utf-8")))
        self.refused(1, "InvalidArgument", "pipeline", "layout", "chart.mmd", "--out", "chart.bmp")
        self.refused(1, "InvalidArgument", "pipeline", "layout", "broken.mmd", "--out", "no.svg")
        if not HAS_PRINT:
            self.refused(1, "Unsupported", "pipeline", "layout", "chart.mmd", "--out", "chart.png")
            return
        self.done("pipeline", "layout", "chart.mmd", "--out", "chart.png")
        picture = (self.folder / "chart.png").read_bytes()
        self.assertTrue(picture.startswith(b"\x89PNG"))
        width, height = struct.unpack(">II", picture[16:24])
        self.assertGreater(min(width, height), 50)

    def test_stages(self):
        stages = {stage["id"]: stage for stage in self.done("pipeline", "stages")["stages"]}
        self.assertLessEqual({"collect", "preprocess", "features", "train", "predict", "strategies", "evaluate", "tune"},
                             set(stages))
        self.assertEqual(set(stages["collect"]["title"]), {"en", "zh_CN"})
        self.assertIn("table", [parameter["id"] for parameter in stages["collect"]["parameters"]])


class RunTest(CliTest):
    """The first four steps of the strategy chart on a table of ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("customers.csv", customers_csv(1200))
        cls.done("data", "import", "p", "customers.csv")
        cls.write("run.mmd", """---
lodestone:
  nodes:
    A: {stage: collect, table: customers}
    B: {stage: preprocess}
    C: {stage: features, target: churn, exclude: [customer]}
    D: {stage: train, model: logistic_regression}
---
flowchart LR
  A[Collect] --> B[Clean] --> C[Features] --> D[Train]
""")

    def test_run_cache_and_failure(self):
        first = self.done("pipeline", "run", "p", "run.mmd")
        for key in ("run", "stages", "strategies", "lineage"):
            self.assertIn(key, first)
        self.assertEqual([stage["node"] for stage in first["stages"]], ["A", "B", "C", "D"])
        for key in ("node", "type", "state", "rows_in", "rows_out", "seconds", "cached", "message"):
            self.assertIn(key, first["stages"][0])
        again = self.done("pipeline", "run", "p", "run.mmd")
        self.assertTrue(all(stage["cached"] for stage in again["stages"]), again["stages"])
        anew = self.done("pipeline", "run", "p", "run.mmd", "--no-cache", "--to", "C")
        self.assertEqual([stage["node"] for stage in anew["stages"] if stage["state"] == "done"], ["A", "B", "C"])
        self.assertFalse(any(stage["cached"] for stage in anew["stages"]))
        failed = self.cli("pipeline", "run", "p", "run.mmd", "--set", "C.target=nothere")
        self.assertEqual(failed.status, 1)
        self.assertIn("error", failed.json)

    def test_refused_before_anything_runs(self):
        self.refused(1, "InvalidArgument", "pipeline", "run", "p", "run.mmd", "--set", "C.magic=1")
        self.refused(2, "InvalidArgument", "pipeline", "run", "p", "run.mmd", "--set", "C")
        self.refused(1, "NotFound", "pipeline", "run", "p", "missing.mmd")
        self.refused(1, "NotFound", "pipeline", "run", "nowhere", "run.mmd")


if __name__ == "__main__":
    unittest.main()
