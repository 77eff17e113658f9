# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The charts that ship with the program, each run from end to end on a small demo shop."""

import unittest

from harness import CliTest

# Few epochs: this is about the way through the chart, not about good models.
QUICK = {
    "s0": ["G.epochs=1", "H.epochs=1"],
    "s1": ["C.epochs=1"],
    "s2": [],
    "s3": ["D.epochs=1", "H.grid=dropout=0.2"],
}
NODES = {"s0": "ABCDEFGHIJK", "s1": "ABCDE", "s2": "ABCDEFG", "s3": "ABCDEFGH"}


class TemplateTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made = cls.done("demo", "--no-window", "--customers", "1000", "--events", "15000", "--out", "shop", timeout=500)
        cls.project = made["project"]

    def run_template(self, name, *more):
        words = [word for pair in QUICK[name] for word in ("--set", pair)]
        return self.done("pipeline", "run", self.project, "--template", name, *words, *more)

    def stages(self, report, cycle=1):
        return {stage["node"]: stage for stage in report["stages"] if stage["cycle"] == cycle}

    def check(self, name):
        first = self.run_template(name)
        self.assertEqual(first["state"], "done")
        ran = self.stages(first)
        self.assertEqual(sorted(ran), sorted(NODES[name]))
        for stage in first["stages"]:
            self.assertIn(stage["state"], ("done", "warning"), stage)
        again = self.run_template(name)
        self.assertTrue(all(stage["cached"] for stage in again["stages"]), again["stages"])
        self.assertEqual(again["strategies"], first["strategies"])
        return first

    def test_s0_goes_from_collection_to_strategies(self):
        report = self.check("s0")
        ran = self.stages(report)
        self.assertEqual([ran[node]["type"] for node in "FGHJK"],
                         ["machine_learning", "deep_learning", "large_model", "recommend", "strategies"])
        self.assertGreater(len(report["strategies"]), 0)
        self.assertIn("NDCG@10", ran["J"]["message"])

    def test_s1_closes_its_loop(self):
        report = self.check("s1")
        second = self.stages(report, 2)
        before, after = self.stages(report)["A"]["rows_out"], second["A"]["rows_out"]
        self.assertEqual(after, before + self.stages(report)["E"]["rows_out"])
        self.assertGreater(len(report["strategies"]), 0)

    def test_s2_closes_its_loop(self):
        report = self.check("s2")
        first, second = self.stages(report), self.stages(report, 2)
        self.assertEqual(second["A"]["rows_out"], first["A"]["rows_out"] + first["F"]["rows_out"])
        self.assertIn("profiles", first["C"]["type"])
        # Round beside round: what the recommender of each is worth on events that it did not see.
        for cycle in report["cycles"]:
            self.assertEqual(sorted(cycle["recommender"]), ["ndcg_at_10", "recall_at_10"])
        self.assertNotEqual(report["cycles"][0]["recommender"], report["cycles"][1]["recommender"])

    def test_s3(self):
        self.assertGreater(len(self.check("s3")["strategies"]), 0)

    def test_chart_and_description(self):
        for lang in ("en", "zh_CN"):
            listed = self.done("pipeline", "template", "--lang", lang)["templates"]
            self.assertEqual([one["name"] for one in listed], ["s0", "s1", "s2", "s3", "demo"])
            described = self.done("pipeline", "template", "s0", "--describe", "--lang", lang)["nodes"]
            self.assertEqual("".join(node["node"] for node in described), NODES["s0"])
            for node in described:
                self.assertTrue(node["does"]["en"] and node["does"]["zh_CN"])
        self.done("pipeline", "template", "s2", "--out", "s2.mmd", "--lang", "zh_CN")
        self.assertIn("用户画像构建", (self.folder / "s2.mmd").read_text(encoding="utf-8"))
        self.assertNotIn("lodestone:", (self.folder / "s2.mmd").read_text(encoding="utf-8"))
        self.assertIn("lodestone:", self.done("pipeline", "template", "s2", "--bound")["chart"])
        self.refused(1, "NotFound", "pipeline", "template", "s9")

    def test_every_stage_is_described(self):
        stages = self.done("pipeline", "stages")["stages"]
        self.assertGreater(len(stages), 40)
        for stage in stages:
            self.assertTrue(stage["title"]["zh_CN"] and stage["help"]["en"] and stage["labels"], stage["id"])


if __name__ == "__main__":
    unittest.main()
