# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Help, version, languages, usage errors, and the verbs about projects."""

import re
import shutil
import sqlite3
import unittest

from harness import CliTest

VERBS = {
    "demo": ["data", "recipes"],
    "project": ["create", "info", "verify"],
    "data": ["preview", "import", "tables", "profile", "rejects", "query", "roles"],
    "pipeline": ["check", "edit", "layout", "run", "stages"],
    "model": ["types", "train", "predict", "evaluate", "list", "show"],
    "campaign": ["generate", "list", "show", "diff", "submit", "approve", "request-changes", "reject", "comment", "edit",
                 "export", "catalogue"],
    "audit": [],
}


class HelpTest(CliTest):
    def test_help_at_every_level_in_both_languages(self):
        for language in ("en", "zh_CN"):
            top = self.run_raw("--lang", language, "--help")
            self.assertEqual(top.status, 0)
            for group, verbs in VERBS.items():
                self.assertIn(group, top.out)
                help_of_group = self.run_raw("--lang", language, group, "--help")
                self.assertEqual(help_of_group.status, 0)
                for verb in verbs:
                    self.assertRegex(help_of_group.out, rf"\n  {verb}\s")
                    answer = self.run_raw(group, verb, "--help", "--lang", language)
                    self.assertEqual(answer.status, 0, (group, verb))
                    chinese = re.search("[\u4e00-\u9fff]", answer.out) is not None
                    self.assertEqual(chinese, language == "zh_CN", (group, verb, answer.out))

    def test_language_comes_from_the_system(self):
        self.assertIn("用法", self.run_raw("--help", env={"LC_ALL": "zh_CN.UTF-8"}).out)
        self.assertIn("Usage", self.run_raw("--help", env={"LC_ALL": "de_DE.UTF-8"}).out)
        self.assertIn("Usage", self.run_raw("--lang=en", "--help", env={"LC_ALL": "zh_CN.UTF-8"}).out)

    def test_version(self):
        self.assertRegex(self.run_raw("--version").out, r"^lodestone-cli \d+\.\d+\.\d+\n$")
        self.assertRegex(self.cli("--version").json["version"], r"^\d+\.\d+\.\d+$")

    def test_usage_errors_exit_2_and_say_what_is_wrong(self):
        for words, said in (
            (["frobnicate"], "frobnicate"),
            ([], "verb"),
            (["project"], "verb"),
            (["project", "create"], "DIR"),
            (["project", "info", ".", "--nonsense"], "--nonsense"),
            (["data", "import", "p", "f.csv", "--header", "maybe"], "header"),
            (["project", "create", "p", "--lang", "fr"], "fr"),
            (["project", "create", "p", "--device", "abacus"], "abacus"),
            (["project", "create", "p", "--threads", "-1"], "threads"),
            (["project", "create", "p", "--seed", "soon"], "seed"),
            (["project", "archive", "p", "f.zip"], "archive"),
            (["model", "train", "p", "--model", "mlp", "--table", "t", "--target", "y", "--test-fraction", "0.2",
              "--test-table", "u"], "test-table"),
            (["model", "train", "p", "--model", "mlp", "--table", "t", "--target", "y", "--test-fraction", "0"],
             "test-fraction"),
            (["model", "train", "p", "--model", "mlp", "--table", "t", "--target", "y", "--param", "epochs"],
             "NAME=VALUE"),
            (["pipeline", "run", "p", "c.mmd", "--set", "A.table"], "A.table"),
            (["campaign", "edit", "p", "S-0001", "--set", "budget"], "NAME=VALUE"),
            (["campaign", "generate", "p", "--budget", "0"], "a positive amount"),
            (["campaign", "generate", "p", "--budget", "-3"], "a positive amount"),
            (["data", "import", "p", "f.csv", "--delimiter", "abcdefghi"], "abc"),
            (["data", "preview", "f.csv", "--quote", "''"], "quote"),
        ):
            error = self.refused(2, "InvalidArgument", *words)
            self.assertIn(said, error["message"])
            human = self.run_raw(*words)
            self.assertEqual((human.status, human.out), (2, ""), words)
            self.assertIn(said, human.err)
            self.assertLess(len(human.err), 300, words)
        self.assertRegex(self.refused(2, "InvalidArgument", "frobnicate", "--lang", "zh_CN")["message"], "不认识")


class ProjectTest(CliTest):
    def test_create_info_verify(self):
        made = self.done("project", "create", "p")
        for key in ("tables", "models", "strategies", "schema_version"):
            self.assertIn(key, made)
        self.assertEqual(self.done("project", "info", "p"), made)
        self.assertEqual(self.done("project", "verify", "p"), {"ok": True, "problems": []})
        self.assertEqual(self.refused(1, "AlreadyExists", "project", "create", "p")["where"].get("file") is not None, True)

    def test_general_options_before_and_after_the_verb(self):
        self.done("project", "create", "q", "--seed", "7", "--threads", "1", "--quiet")
        self.assertEqual(self.run_raw("project", "--json", "info", "q").json["tables"], [])
        self.assertEqual(self.run_raw("project", "info", "q", "--json").json["tables"], [])

    def test_a_folder_may_be_called_like_a_verb(self):
        for name in ("demo", "data", "verify"):
            self.done("project", "create", name)
            self.done("project", "info", name)

    def test_templates(self):
        self.done("project", "create", "with-chart", "--template", "s3")
        self.assertEqual(self.cli("pipeline", "check", "with-chart/pipeline.mmd").status, 0)
        self.refused(2, "InvalidArgument", "project", "create", "other", "--template", "s9")
        self.assertFalse((self.folder / "other").exists())

    def test_refusals(self):
        self.refused(1, "NotFound", "project", "info", "nowhere")
        self.assertFalse((self.folder / "nowhere").exists())
        chinese = self.refused(1, "NotFound", "project", "info", "nowhere", "--lang", "zh_CN")
        self.assertRegex(chinese["message"], "[\u4e00-\u9fff]")
        human = self.run_raw("project", "info", "nowhere")
        self.assertEqual((human.status, human.out), (1, ""))
        self.assertIn("nowhere", human.err)

    def test_damaged_record(self):
        self.done("project", "create", "hurt")
        file = self.folder / "hurt" / "project.db"
        damaged = bytearray(file.read_bytes())
        damaged[:4096] = bytes((i * 37 + 11) % 256 for i in range(4096))
        file.write_bytes(damaged)
        self.refused(1, "Corrupt", "project", "info", "hurt")
        verdict = self.cli("project", "verify", "hurt")
        self.assertEqual((verdict.status, verdict.json["ok"]), (1, False))
        self.assertEqual(verdict.json["problems"][0]["code"], "Corrupt")

    def test_damaged_tables_are_a_problem_and_no_failure_to_look(self):
        self.write("t.csv", "a,b\n1,2\n")
        for name, harm in (("noise", lambda file: file.write_bytes(bytes((i * 37 + 11) % 256 for i in range(20_000)))),
                           ("folder", lambda file: (file.unlink(), file.mkdir()))):
            self.done("project", "create", name)
            self.done("data", "import", name, "t.csv")
            harm(self.folder / name / "data.duckdb")
            verdict = self.cli("project", "verify", name)
            self.assertEqual((verdict.status, verdict.json.get("ok")), (1, False), verdict.out)
            self.assertIn(verdict.json["problems"][0]["code"], ("Corrupt", "Io"))

    def test_newer_project_is_left_alone(self):
        self.done("project", "create", "newer")
        file = self.folder / "newer" / "project.db"
        with sqlite3.connect(file) as database:
            database.execute("pragma user_version = 999")
        database.close()
        before = file.read_bytes()
        self.refused(1, "NewerVersion", "project", "info", "newer")
        self.assertEqual(file.read_bytes(), before)

    def test_audit_of_an_empty_project(self):
        self.done("project", "create", "quiet-one")
        audit = self.done("audit", "quiet-one")
        self.assertTrue(audit["ok"])
        self.assertIsInstance(audit["entries"], list)

    def test_moved_project_still_opens(self):
        self.done("project", "create", "here")
        shutil.move(self.folder / "here", self.folder / "there")
        self.done("project", "verify", "there")


if __name__ == "__main__":
    unittest.main()
