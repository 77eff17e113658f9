# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messy CSV by the command line: what is detected, what is said, what is rejected, and templates for the next file."""

import os
import subprocess
import unittest

from harness import CLI, CliTest


class MessyTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")

    def rows(self, sql):
        return self.done("data", "query", "p", sql)["rows"]

    def test_a_preview_says_what_was_detected_and_the_import_does_it(self):
        german = "Umsätze je Tag\n\nTag;Betrag;Ort\n" + "".join(
            f"{day:02}.03.2026;1.{day:03},50;Köln\n" for day in range(1, 20)) + "\nQuelle: Kasse\n"
        self.write("de.csv", german.encode("windows-1252"))
        look = self.done("data", "preview", "de.csv")
        detected = look["detected"]
        self.assertEqual((detected["format"], detected["encoding"], detected["delimiter"], detected["decimal"]),
                         ("csv", "windows-1252", ";", ","))
        self.assertEqual((detected["header"], detected["header_lines"], detected["preamble_lines"]), (True, 1, 1))
        self.assertEqual(look["sample"][0], ["01.03.2026", 1001.5, "Köln"])
        made = self.done("data", "import", "p", "de.csv")
        self.assertEqual(made["detected"], detected)
        self.assertEqual(made["columns"], look["columns"])
        self.assertEqual(self.rows("select * from de limit 1"), [["2026-03-01", 1001.5, "Köln"]])
        self.assertEqual({part["kind"]: part["lines"] for part in made["skipped"]},
                         {"preamble": 1, "blank": 2, "footnote": 1})
        told = made["detected"]["header_lines"] + made["rows"] + made["rejected"]
        self.assertEqual(told + sum(part["lines"] for part in made["skipped"]), german.count("\n"))

    def test_what_is_said_wins_over_what_is_detected(self):
        self.write("a.csv", "1;2,5\n3;4,5\n5;6,5\n")
        made = self.done("data", "import", "p", "a.csv", "--header", "yes", "--delimiter", ";", "--decimal", ",")
        self.assertEqual((made["rows"], [column["type"] for column in made["columns"]]), (2, ["BIGINT", "DOUBLE"]))
        comma = self.done("data", "import", "p", "a.csv", "--header", "no", "--delimiter", ",", "--table", "comma",
                          "--all-text")
        self.assertEqual(self.rows("select * from comma limit 1"), [["1;2", "5"]])
        self.assertEqual(comma["rows"], 3)
        self.write("zh.csv", "城市,数\n北京,1\n".encode("gb18030"))
        self.done("data", "import", "p", "zh.csv", "--encoding", "gb18030")
        self.assertEqual(self.rows('select "城市" from zh'), [["北京"]])
        self.refused(1, "InvalidArgument", "data", "import", "p", "zh.csv", "--encoding", "klingon", "--table", "x")

    def test_rejects_are_listed_with_file_line_column_text_and_reason(self):
        rows = "".join(f"{n},2026-03-01\n" for n in range(300))
        self.write("till.csv", "id,day\n" + rows + "12x,2026-03-01\n1,2,3\n7,2026-02-31\n")
        made = self.done("data", "import", "p", "till.csv")
        self.assertEqual((made["rows"], made["rejected"]), (300, 3))
        rejects = self.done("data", "rejects", "p", "till")["rejects"]
        self.assertTrue(all(reject["file"].endswith("till.csv") for reject in rejects))
        self.assertEqual([(r["line"], r["column"], r["text"], r["reason"]) for r in rejects], [
            (302, "id", "12x,2026-03-01", "'12x' is not a number"),
            (303, "", "1,2,3", "3 cells where 2 are expected"),
            (304, "day", "7,2026-02-31", "'2026-02-31' is not a date")])

    def test_a_template_serves_the_next_file(self):
        self.write("march.txt", "report\nA|1,5\nB|k.A.\n")
        self.write("april.txt", "report\nC|2,5\nD|k.A.\nE|3\n")
        self.done("data", "template", "save", "p", "tills", "--delimiter", "|", "--skip-lines", "1", "--header", "no",
                  "--decimal", ",", "--null-word", "k.A.")
        for month, rows in (("march", [["A", 1.5], ["B", None]]), ("april", [["C", 2.5], ["D", None], ["E", 3]])):
            self.done("data", "import", "p", f"{month}.txt", "--template", "tills")
            self.assertEqual(self.rows(f"select * from {month}"), rows)

    def test_paths_of_any_characters(self):
        for place, name in enumerate(("my sales.csv", "销售 数据.csv", "🛒 it's \"best\".csv")):
            self.write(name, "a,b\n1,x\n")
            made = self.done("data", "import", "p", name, "--table", f"path{place}")
            self.assertEqual(made["rows"], 1)
            self.assertTrue(made["file"].endswith(name))

    @unittest.skipUnless(os.geteuid() == 0, "only the superuser can become somebody who may not read a file")
    def test_what_may_not_be_read_is_told_to_another_user(self):
        file = self.write("secret.csv", "a\n1\n")
        file.chmod(0)
        self.folder.chmod(0o755)
        done = subprocess.run([CLI, "--json", "data", "preview", str(file)], capture_output=True, check=False,
                              user=65534, cwd=self.folder, env={**os.environ, "HOME": "/nonexistent"})
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(b'"code":"Io"', done.stdout)
        self.assertIn(b"secret.csv", done.stdout)


if __name__ == "__main__":
    unittest.main()
