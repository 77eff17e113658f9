# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that are killed, repeated, changed and met by a second program."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

from harness import CLI, CliTest, customers_csv

TEMPLATES = pathlib.Path(__file__).resolve().parents[2] / "resources" / "templates"
# Small, but a training long enough to be met in the middle.
QUICK = ["--set", "D.epochs=6", "--set", "H.epochs=6"]


class DemoRuns(CliTest):
    """Copies of one shop, on which the demo's chart runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("demo", "data", "--out", "shop", "--customers", "1500", "--events", "15000")
        cls.chart = str(TEMPLATES / "demo-shop.en.mmd")
        shop = cls.folder / "shop"
        cls.done("project", "create", "fresh")
        for file in sorted(shop.glob("*.csv")):
            cls.done("data", "import", "fresh", file)
        cls.steps = [*QUICK[:2], "--seed", "11"]

    def fresh(self, name):
        shutil.copytree(self.folder / "fresh", self.folder / name)
        return name

    def arguments(self, project, *more):
        return ["pipeline", "run", project, self.chart, *self.steps, *more]

    def run_chart(self, project, *more):
        return self.done(*self.arguments(project, *more), timeout=500)

    def outputs(self, project):
        """What a run left: the content of every table and model file, and the strategies."""
        stages = self.done("pipeline", "log", project)["stages"]
        names = sorted({table for entry in self.done("pipeline", "cache", project)["entries"]
                        for table in entry["tables"]})
        tables = {}
        for name in names:
            rows = self.run_raw("--json", "data", "query", project, f'SELECT md5(string_agg(t::VARCHAR, chr(10))) AS '
                                f'content, count(*) AS n FROM (SELECT * FROM stages."{name}" ORDER BY rowid) t')
            self.assertEqual(rows.status, 0, rows.out + rows.err)
            tables[name] = rows.json["rows"]
        models = {}
        for file in sorted((self.folder / project / "models").glob("*/*")):
            if file.suffix != ".json":
                models[f"{file.parent.name}/{file.name}"] = hashlib.sha256(file.read_bytes()).hexdigest()
        strategies = [self.done("campaign", "show", project, strategy["id"])["content_hash"]
                      for strategy in self.done("campaign", "list", project)["strategies"]]
        self.assertTrue(tables and models and strategies)
        return {"stages": [(s["node"], s["cycle"], s["state"], s["rows_out"]) for s in stages],
                "tables": tables, "models": models, "strategies": strategies}

    def kill_in(self, project, node, *more):
        """Starts a run and kills it while that node runs; what its stages were."""
        process = subprocess.Popen([CLI, "--json", *self.arguments(project, *more)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, cwd=self.folder)
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            if self.state_of(project, node) == "running":
                break
            time.sleep(0.002)
        self.assertIsNone(process.poll(), "the run ended before it was killed")
        process.send_signal(signal.SIGKILL)
        process.wait()

    def state_of(self, project, node):
        try:
            with sqlite3.connect(f"file:{self.folder / project / 'project.db'}?mode=ro", uri=True) as db:
                row = db.execute("SELECT state FROM run_stages WHERE node = ? ORDER BY run DESC LIMIT 1", (node,)).fetchone()
            return row[0] if row else None
        except sqlite3.Error:
            return None

    def test_killed_and_resumed_is_as_undisturbed(self):
        calm = self.fresh("calm")
        self.run_chart(calm)
        for node in ("C", "D", "E"):
            torn = self.fresh(f"torn-{node}")
            self.kill_in(torn, node)
            before = self.done("pipeline", "log", torn)
            self.assertEqual(before["state"], "interrupted")
            states = {stage["node"]: stage["state"] for stage in before["stages"]}
            self.assertIn("interrupted", states.values())
            resumed = self.run_chart(torn, "--resume")
            for stage in resumed["stages"]:
                if stage["cycle"] == 1 and stage["node"] in states:
                    self.assertEqual(stage["cached"], states[stage["node"]] in ("done", "warning"), stage)
            self.assertEqual(self.outputs(torn), self.outputs(calm), node)
            self.assertTrue(self.done("project", "verify", torn)["ok"])
            known = [table for entry in self.done("pipeline", "cache", torn)["entries"] for table in entry["tables"]]
            self.assertEqual(self.done("pipeline", "cache", torn)["tables"], len(set(known)), "no table is left over")
            models = {path.name for path in (self.folder / torn / "models").iterdir()}
            self.assertEqual(models, {model["model"] for model in self.done("model", "list", torn)["models"]})

    def test_equal_seeds_give_equal_results_side_by_side(self):
        one, four = self.fresh("one"), self.fresh("four")
        self.run_chart(one, "--parallel", "1")
        self.run_chart(four, "--parallel", "4")
        self.assertEqual(self.outputs(one), self.outputs(four))

    def test_second_run_is_cached_and_a_change_runs_what_is_below(self):
        project = self.fresh("again")
        first = self.run_chart(project)
        second = self.run_chart(project)
        self.assertTrue(all(stage["cached"] for stage in second["stages"]), second["stages"])
        self.assertEqual(second["strategies"], first["strategies"])
        self.assertTrue(all(stage["made_run"] == first["run"] for stage in second["stages"]))
        changed = self.run_chart(project, "--set", "F.goal=conversions")
        fresh = {stage["node"] for stage in changed["stages"] if not stage["cached"]}
        self.assertEqual(fresh, {"F", "G"})
        self.assertEqual(len(changed["cycles"]), 2)
        self.assertEqual([cycle["cycle"] for cycle in changed["cycles"]], [1, 2])
        self.assertNotEqual(changed["cycles"][0]["metrics"], None)
        plain = self.run_raw("pipeline", "run", project, self.chart, *self.steps)
        self.assertIn("Cycle 1", plain.out)
        self.assertIn("Cycle 2", plain.out)

    def test_log_cache_and_lineage(self):
        project = self.fresh("told")
        report = self.run_chart(project)
        log = self.done("pipeline", "log", project, "--run", report["run"], "--node", "D")
        self.assertEqual({stage["node"] for stage in log["stages"]}, {"D"})
        for stage in log["stages"]:
            self.assertGreater(len(stage["log"]), 1)
            self.assertGreaterEqual(stage["memory"], 0)
            self.assertRegex(stage["log"][0]["at"], r"^\d{4}-\d\d-\d\dT")
        self.refused(1, "NotFound", "pipeline", "log", project, "--run", "99")
        self.refused(1, "NotFound", "pipeline", "log", project, "--node", "Q")
        self.assertIn("D@1", self.run_raw("pipeline", "log", project).out)
        self.assertEqual([run["run"] for run in self.done("pipeline", "runs", project)["runs"]], [report["run"]])

        lineage = self.done("pipeline", "lineage", project, report["strategies"][0], "--out", "way.mmd")
        self.assertEqual(lineage["kind"], "strategy")
        self.assertEqual(lineage["run"]["seed"], 11)
        self.assertRegex(lineage["run"]["code"], r"^\d+\.\d+")
        self.assertIn("customers", lineage["tables"])
        self.assertTrue(all(pathlib.Path(file["file"]).name.endswith(".csv") for file in lineage["files"]))
        self.assertTrue(self.done("pipeline", "check", "way.mmd")["valid"])
        self.assertIn("classDef lodestoneLineage", (self.folder / "way.mmd").read_text(encoding="utf-8"))
        self.refused(1, "NotFound", "pipeline", "lineage", project, "nothing")

        cache = self.done("pipeline", "cache", project)
        self.assertGreater(cache["bytes"], 0)
        self.assertLessEqual(cache["bytes"], 4 * cache["file_bytes"])
        cleared = self.done("pipeline", "cache", project, "--clear")
        self.assertEqual(cleared["dropped"] + cleared["kept"], cache["tables"])
        self.assertGreater(cleared["kept"], 0)
        again = self.run_chart(project)
        self.assertEqual({stage["node"] for stage in again["stages"] if stage["made_run"] != again["run"]}, {"D", "H"})
        self.assertEqual(again["strategies"], report["strategies"])

    def test_a_second_program_is_told_who_and_harms_nothing(self):
        project = self.fresh("shared")
        process = subprocess.Popen([CLI, "--json", *self.arguments(project)], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, cwd=self.folder)
        until = time.monotonic() + 60
        while time.monotonic() < until and self.state_of(project, "A") is None and process.poll() is None:
            time.sleep(0.01)
        self.assertIsNone(process.poll())
        for verb in (self.arguments(project), ["pipeline", "log", project], ["pipeline", "cache", project, "--clear"],
                     ["data", "tables", project], ["pipeline", "lineage", project, "customers"]):
            error = self.refused(1, "Locked", *verb)
            self.assertIn(f"process {process.pid}", error["message"])
            self.assertIn(os.uname().nodename, error["message"])
            self.assertRegex(error["message"], r"since \d{4}-\d\d-\d\dT[\d:.]+Z")
        chinese = self.cli("--lang", "zh_CN", "pipeline", "log", project).json["error"]["message"]
        self.assertRegex(chinese, "[\u4e00-\u9fff]")
        out, _ = process.communicate(timeout=300)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(json.loads(out.splitlines()[-1])["state"], "done")
        self.assertTrue(self.done("project", "verify", project)["ok"])
        self.assertEqual(len(self.done("pipeline", "runs", project)["runs"]), 1)


class ManualRuns(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("customers.csv", customers_csv(800))
        cls.done("data", "import", "p", "customers.csv")
        cls.write("run.mmd", """---
lodestone:
  nodes:
    A: {stage: collect, table: customers}
    B: {stage: preprocess, apply: manual}
    C: {stage: features, target: churn, exclude: [customer]}
---
flowchart LR
  A[Collect] --> B[Clean] --> C[Features]
""")

    def states(self, *more):
        return {stage["node"]: stage["state"] for stage in self.done("pipeline", "run", "p", "run.mmd", *more)["stages"]}

    def standing(self, chart):
        return {node["node"]: node["state"] for node in self.done("pipeline", "status", "p", chart)["nodes"]}

    def test_waiting_and_applied(self):
        self.assertEqual(self.states(), {"A": "done", "B": "waiting", "C": "skipped"})
        self.assertEqual(self.done("pipeline", "runs", "p")["runs"][-1]["state"], "waiting")
        self.assertEqual(self.states("--to", "B"), {"A": "done", "B": "done"})
        self.assertEqual(self.states(), {"A": "done", "B": "done", "C": "done"})
        self.assertEqual(self.standing("run.mmd"), {"A": "done", "B": "done", "C": "done"})
        text = (self.folder / "run.mmd").read_text(encoding="utf-8")
        self.write("changed.mmd", text.replace("preprocess,", "preprocess, fill: mean,"))
        self.assertEqual(self.standing("changed.mmd"), {"A": "done", "B": "stale", "C": "stale"})
        self.write("open.mmd", text.replace("A[Collect]", "Z[Grooming dogs] --> A[Collect]"))
        self.assertEqual(self.standing("open.mmd")["Z"], "not_configured")
        self.assertEqual(self.states("--set", "B.fill=mean")["B"], "waiting")
        self.assertEqual(self.states("--set", "B.fill=mean", "--apply", "B")["C"], "done")
        self.refused(1, "InvalidArgument", "pipeline", "run", "p", "run.mmd", "--apply", "Z")


if __name__ == "__main__":
    unittest.main()
