# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo on a small shop, its reports, the review of its strategies, and what an auditor finds."""

import json
import pathlib
import shutil
import sqlite3
import unittest

from harness import HAS_PRINT, CliTest

SMALL = ["--customers", "3000", "--events", "40000"]


class DemoTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls.done("demo", "--no-window", "--out", "made", *SMALL, timeout=500)
        cls.project = cls.demo["project"]
        cls.first = cls.demo["strategies"][0]["id"]

    def copy(self, name):
        shutil.copytree(self.project, self.folder / name)
        return name

    def state(self, project, strategy):
        return self.done("campaign", "show", project, strategy)["state"]

    def html(self, project, strategy, folder):
        self.done("campaign", "export", project, strategy, "--out", folder, "--format", "html")
        return "".join(file.read_text(encoding="utf-8") for file in (self.folder / folder).glob("*.html"))

    def test_answer_and_exports(self):
        self.assertGreaterEqual(len(self.demo["strategies"]), 3)
        self.assertTrue(all(strategy["state"] == "draft" for strategy in self.demo["strategies"]))
        self.assertGreater(self.demo["rows"], 0)
        self.assertIn("roc_auc", self.demo["metrics"]["test"])
        self.assertIn("roc_auc", self.demo["baseline"]["metrics"]["test"])
        kinds = {}
        for path in map(pathlib.Path, self.demo["exports"]):
            kinds.setdefault(path.suffix, []).append(path.read_bytes())
        for kind in (".html", ".csv", ".json") + ((".pdf",) if HAS_PRINT else ()):
            self.assertTrue(kinds.get(kind), f"no {kind}")
        for content in kinds[".html"]:
            self.assertIn(b"DRAFT", content)
            self.assertNotIn(b"<script", content)
        self.assertTrue(any(b"<svg" in content for content in kinds[".html"]))
        for content in kinds[".json"]:
            json.loads(content)
        for content in kinds.get(".pdf", []):
            self.assertTrue(content.startswith(b"%PDF"))
        self.assertTrue(self.done("project", "verify", self.project)["ok"])
        self.assertFalse(any("truth" in table["name"] for table in self.done("data", "tables", self.project)["tables"]))

    def test_not_over_what_is_there(self):
        before = sorted(path.name for path in (self.folder / "made").iterdir())
        self.refused(1, "AlreadyExists", "demo", "--out", "made", *SMALL)
        self.assertEqual(sorted(path.name for path in (self.folder / "made").iterdir()), before)

    def test_strategies_keep_the_contract(self):
        strategy = self.done("campaign", "show", self.project, self.first)
        for key in ("id", "title", "state", "version", "content_hash", "audience", "offer", "channel", "timing",
                    "budget", "content", "cost", "predicted", "checks"):
            self.assertIn(key, strategy)
        for figure in ("conversions", "revenue", "incremental_conversions", "roi", "satisfaction"):
            value = strategy["predicted"][figure]
            self.assertTrue("reason" in value if value["value"] is None else {"low", "high", "method"} <= set(value))
        chinese = self.done("--lang", "zh_CN", "campaign", "show", self.project, self.first)
        self.assertRegex(str(chinese["title"]), "[\u4e00-\u9fff]")

    def test_review_walk(self):
        project = self.copy("review")
        one = self.first
        self.assertIn("DRAFT", self.html(project, one, "x0"))
        self.refused(1, "InvalidArgument", "campaign", "approve", project, one, "--by", "Bob")
        self.assertEqual(self.done("campaign", "submit", project, one, "--by", "Ann")["state"], "in_review")
        self.refused(1, "InvalidArgument", "campaign", "approve", project, one, "--by", "Ann", "--comment", "x")
        self.refused(1, "InvalidArgument", "campaign", "edit", project, one, "--set", "offer.discount=0.4")
        self.done("campaign", "comment", project, one, "--comment", "Looks plausible.", "--by", "Eve")
        self.assertEqual(self.done("campaign", "approve", project, one, "--by", "Bob", "--comment", "ok")["state"],
                         "approved")
        self.assertNotIn("DRAFT", self.html(project, one, "x1"))
        edited = self.done("campaign", "edit", project, one, "--set", "offer.discount=0.5", "--by", "Bob")
        self.assertEqual((edited["state"], edited["version"]), ("draft", 2))
        self.assertIn("DRAFT", self.html(project, one, "x2"))
        changes = self.done("campaign", "diff", project, one, "1", "2")["changes"]
        discount = next(each for each in changes if each["path"] == "offer.discount")
        self.assertEqual((discount["title"], discount["after"]), ("Discount", "50 %"))
        self.assertEqual(self.done("campaign", "diff", project, one, "2", "2")["changes"], [])
        self.refused(1, "NotFound", "campaign", "diff", project, one, "1", "9")
        self.done("campaign", "submit", project, one, "--by", "Ann")
        self.refused(1, "InvalidArgument", "campaign", "approve", project, one, "--by", "Bob", "--comment", "ok")
        self.refused(1, "InvalidArgument", "campaign", "reject", project, one, "--by", "Carl")
        self.assertEqual(self.done("campaign", "request-changes", project, one, "--by", "Carl", "--comment",
                                   "Too dear.")["state"], "changes_requested")
        remarks = self.done("campaign", "show", project, one)["comments"]
        self.assertIn("Looks plausible.", [remark["text"] for remark in remarks])
        audit = self.done("audit", project)
        self.assertTrue(audit["ok"])
        self.assertIn("approve", [entry["action"] for entry in audit["entries"]])
        self.assertTrue(self.done("project", "verify", project)["ok"])

    def test_refusals(self):
        self.refused(1, "NotFound", "campaign", "show", self.project, "S-9999")
        self.refused(1, "InvalidArgument", "campaign", "edit", self.project, self.first, "--set", "offer.magic=1")
        self.refused(2, "InvalidArgument", "campaign", "submit", self.project, self.first)
        self.refused(1, None, "campaign", "export", self.project, "--out", "x9", "--format", "docx")
        for later in ("hashed-csv", "xlsx", "mmd"):
            self.assertIn("html", self.refused(1, "Unsupported", "campaign", "export", self.project, "--out", "x9",
                                               "--format", f"csv,{later}")["message"])
        self.assertFalse((self.folder / "x9").exists())

    def test_changed_audit_row_is_found(self):
        project = self.copy("tampered")
        self.done("campaign", "submit", project, self.first, "--by", "Ann")
        with sqlite3.connect(self.folder / project / "project.db") as database:
            for (name,) in database.execute("select name from sqlite_master where type='trigger'").fetchall():
                database.execute(f'drop trigger "{name}"')
            (table,) = database.execute(
                "select name from sqlite_master where type='table' and name like '%audit%'").fetchone()
            database.execute(f'update "{table}" set actor = \'Mallory\' where sequence = 2')
        database.close()
        verdict = self.cli("project", "verify", project)
        self.assertEqual((verdict.status, verdict.json["ok"]), (1, False))
        self.assertTrue(verdict.json["problems"])
        self.assertFalse(self.cli("audit", project).json["ok"])

    def test_generate_with_a_brief(self):
        project = self.copy("briefed")
        self.write("brief.json", json.dumps({"goal": "conversions", "budget": 500}))
        made = self.done("campaign", "generate", project, "--brief", "brief.json")
        for key in ("strategies", "binding", "unspent"):
            self.assertIn(key, made)
        self.assertTrue(made["strategies"])
        self.assertLessEqual(sum(strategy["cost"] for strategy in made["strategies"]), 500.01)
        self.write("brief.json", json.dumps({"goal": "profit", "moon_phase": "full"}))
        self.assertIn("moon_phase", self.refused(1, "InvalidArgument", "campaign", "generate", project, "--brief",
                                                 "brief.json")["message"])

    def test_catalogue(self):
        project = self.copy("catalogue")
        catalogue = self.done("campaign", "catalogue", "show", project)
        catalogue["margin"] = 0.3
        self.write("catalogue.json", json.dumps(catalogue))
        self.assertEqual(self.done("campaign", "catalogue", "set", project, "catalogue.json"), catalogue)
        self.assertEqual(self.done("campaign", "catalogue", "show", project)["margin"], 0.3)

    def test_reports_are_checked_against_the_chain(self):
        report = next(path for path in self.demo["exports"] if path.endswith(".html"))
        self.assertTrue(self.done("project", "verify", self.project, "--report", report)["ok"])
        text = pathlib.Path(report).read_text(encoding="utf-8")
        head = text.split("lodestone-audit-head:")[1][:64]
        self.write("forged.html", text.replace(head, "0" * 64))
        self.assertEqual(self.cli("project", "verify", self.project, "--report", "forged.html").status, 1)


class DemoDataTest(CliTest):
    def test_same_arguments_same_bytes(self):
        small = ["--customers", "300", "--events", "4000", "--days", "90"]
        first = self.done("demo", "data", "--out", "a", *small)
        self.assertIn("customers", first["rows"])
        second = self.done("demo", "data", "--out", "b", *small)
        for one, other in zip(first["files"], second["files"]):
            self.assertEqual(pathlib.Path(one).read_bytes(), pathlib.Path(other).read_bytes())
        self.refused(1, "AlreadyExists", "demo", "data", "--out", "a", *small)
        self.refused(1, "InvalidArgument", "demo", "data", "--out", "c", "--customers", "1")

    def test_readable_summary(self):
        answer = self.run_raw("--lang", "zh_CN", "demo", "--out", "zh", *SMALL, timeout=500)
        self.assertEqual(answer.status, 0, answer.err[-1000:])
        self.assertIn("S-0001", answer.out)
        self.assertRegex(answer.out, "[\u4e00-\u9fff]")
        self.assertIn("campaign submit", answer.out)


if __name__ == "__main__":
    unittest.main()
