# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cleaning recipes on the command line: applying, looking first, keeping them for next month's file."""

import json
import unittest

from harness import CliTest

RECIPE = [
    {"step": "drop_duplicates"},
    {"step": "fill", "column": "价格", "method": "mean"},
    {"step": "filter", "condition": "\"价格\" >= 10"},
    {"step": "derive", "column": "double", "expression": "\"价格\" * 2"},
]
MARCH = "id,价格,city\n1,10,Rome\n2,,Oslo\n1,10,Rome\n3,30,Rome\n4,5,Oslo\n"
APRIL = "id,价格,city\n7,100,Rome\n8,,Oslo\n9,20,Oslo\n"


class CleanTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("march.csv", MARCH)
        cls.write("april.csv", APRIL)
        cls.write("r.json", json.dumps(RECIPE, ensure_ascii=False))
        cls.done("data", "import", "p", "march.csv", "april.csv")

    def rows(self, table):
        return self.done("data", "query", "p", f"SELECT * FROM {table}")["rows"]

    def test_clean_makes_a_table_and_tells_what_each_step_did(self):
        made = self.done("data", "clean", "p", "march", "--recipe", "r.json", "--out", "clean_march")
        self.assertEqual((made["table"], made["rows"]), ("clean_march", 3))
        self.assertEqual([(s["step"], s["changed"], s["rows_after"]) for s in made["steps"]],
                         [("drop_duplicates", 1, 4), ("fill", 1, 4), ("filter", 1, 3), ("derive", 3, 3)])
        self.assertEqual(self.rows("clean_march"), [[1, 10, "Rome", 20], [2, 15, "Oslo", 30], [3, 30, "Rome", 60]])
        self.assertEqual(len(self.rows("march")), 5)
        self.refused(1, "AlreadyExists", "data", "clean", "p", "march", "--recipe", "r.json", "--out", "clean_march")
        self.done("data", "clean", "p", "march", "--recipe", "r.json", "--out", "clean_march", "--replace")

    def test_a_saved_recipe_does_to_april_what_it_did_to_march(self):
        self.done("data", "recipe", "save", "p", "monthly", "--recipe", "r.json")
        self.refused(1, "AlreadyExists", "data", "recipe", "save", "p", "monthly", "--recipe", "r.json")
        self.done("data", "recipe", "save", "p", "monthly", "--recipe", "r.json", "--replace")
        self.assertEqual([(r["name"], r["steps"]) for r in self.done("data", "recipe", "list", "p")["recipes"]],
                         [("monthly", 4)])
        self.assertEqual(self.done("data", "recipe", "show", "p", "monthly")["steps"], RECIPE)
        self.done("data", "recipe", "show", "p", "monthly", "--out", "copy.json")
        self.assertEqual(json.loads((self.folder / "copy.json").read_text(encoding="utf-8")), RECIPE)
        self.done("data", "clean", "p", "april", "--saved", "monthly", "--out", "clean_april")
        self.assertEqual(self.rows("clean_april"), [[7, 100, "Rome", 200], [8, 60, "Oslo", 120], [9, 20, "Oslo", 40]])
        self.done("data", "recipe", "delete", "p", "monthly")
        self.refused(1, "NotFound", "data", "clean", "p", "april", "--saved", "monthly", "--out", "x")
        self.refused(1, "NotFound", "data", "recipe", "show", "p", "monthly")

    def test_preview_changes_nothing(self):
        before = self.done("data", "tables", "p")["tables"]
        shown = self.done("data", "clean", "p", "march", "--recipe", "r.json", "--preview")
        self.assertFalse(shown["sampled"])
        self.assertEqual([s["changed"] for s in shown["steps"]], [1, 1, 1, 3])
        self.assertEqual(shown["steps"][1]["changes"],
                         [{"row": 2, "before": [2, None, "Oslo"], "after": [2, 15, "Oslo"], "cells": ["价格"]}])
        self.assertEqual(self.done("data", "tables", "p")["tables"], before)

    def test_refusals_name_the_step_and_leave_no_table(self):
        for recipe, words in (
                ([{"step": "fil"}], ["1", "fil", "fill"]),
                ([{"step": "drop_duplicates"}, {"step": "fill", "column": "x", "metod": "mean"}], ["#2 fill", "metod"]),
                ([{"step": "fill", "column": "nosuch", "method": "mean"}], ["#1 fill", "nosuch", "city"]),
                ([{"step": "fill", "column": "city", "method": "mean"}], ["city", "VARCHAR"]),
                ([{"step": "filter", "condition": "1) FROM x; DROP TABLE march; --"}], ["#1 filter"]),
                ({"step": "fill"}, ["list"])):
            self.write("bad.json", json.dumps(recipe))
            error = self.refused(1, None, "data", "clean", "p", "march", "--recipe", "bad.json", "--out", "bad")
            for word in words:
                self.assertIn(word, error["message"])
        self.write("noise.json", "[{")
        self.refused(1, "Corrupt", "data", "clean", "p", "march", "--recipe", "noise.json", "--out", "bad")
        self.refused(2, "InvalidArgument", "data", "clean", "p", "march", "--out", "bad")
        self.refused(2, "InvalidArgument", "data", "clean", "p", "march", "--recipe", "r.json")
        self.assertNotIn("bad", [t["name"] for t in self.done("data", "tables", "p")["tables"]])

    def test_an_error_at_work_names_the_file_of_the_recipe_the_step_and_what_to_do(self):
        for step, words in (
                ({"step": "filter", "condition": "nosuch > 1"}, ["nosuch", "There are: ", "city"]),
                ({"step": "derive", "column": "x", "expression": "CAST(city AS INTEGER)"}, ["TRY_CAST"]),
                ({"step": "derive", "column": "x", "expression": "sum(价格)"}, ["sum", "aggregate", "OVER"]),
                ({"step": "fill", "column": "city", "method": "mean"}, ["change_type"])):
            self.write("late.json", json.dumps([{"step": "drop_duplicates"}, step]))
            error = self.refused(1, None, "data", "clean", "p", "march", "--recipe", "late.json", "--out", "bad")
            looked = self.cli("data", "clean", "p", "march", "--recipe", "late.json", "--preview")
            self.assertEqual(looked.status, 1)
            for told in (error, looked.json["error"]):
                self.assertEqual((told["where"]["file"], told["where"]["item"]), ("late.json", step["step"]))
                for word in ["#2 " + step["step"], *words]:
                    self.assertIn(word, told["message"])
                self.assertNotIn("lodestone", told["message"])
        said = self.run_raw("data", "clean", "p", "march", "--recipe", "late.json", "--out", "bad").err
        self.assertIn("late.json", said)

    def test_steps_lists_every_step_in_both_languages(self):
        steps = self.done("data", "steps")["steps"]
        self.assertEqual({s["id"] for s in steps}, {
            "drop_duplicates", "fill", "drop_missing_rows", "drop_missing_columns", "drop_columns", "rename",
            "clip_outliers", "drop_outliers", "change_type", "text", "split", "merge", "map", "derive", "filter",
            "aggregate", "bucket", "time_features", "hash", "mask"})
        for step in steps:
            self.assertTrue(step["title"]["en"] and step["title"]["zh_CN"] and step["parameters"])
        self.assertIn("填充缺失值", self.run_raw("--lang", "zh_CN", "data", "steps").out)


if __name__ == "__main__":
    unittest.main()
