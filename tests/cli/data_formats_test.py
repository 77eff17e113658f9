# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of every format, packed and several at once; import templates; programs that die or meet."""

import gzip
import io
import json
import os
import signal
import subprocess
import time
import unittest
import zipfile

from harness import CLI, CliTest


class FormatsTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")

    def rows(self, sql):
        return self.done("data", "query", "p", sql)["rows"]

    def test_packed_files_of_every_kind(self):
        self.write("tips.csv.gz", gzip.compress(b"a,b\n1,x\n2,y\n"))
        made = self.done("data", "import", "p", "tips.csv.gz")
        self.assertEqual((made["table"], made["rows"]), ("tips", 2))
        self.assertTrue(made["file"].endswith("/tips.csv.gz/tips.csv"))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("jan.csv", "a,b\n1,x\n")
            archive.writestr("feb.csv", "a,b\n2,y\n3,z\n")
            archive.writestr("readme.md", "about")
        self.write("sales.zip", packed.getvalue())
        both = self.done("data", "import", "p", "sales.zip", "--file-column", "month")
        self.assertEqual([file["rows"] for file in both["files"]], [1, 2])
        self.assertEqual(both["detected"]["source_tables"], ["jan.csv", "feb.csv"])
        self.assertEqual(self.rows("select month, sum(a) from sales group by 1 order by 1"),
                         [["feb.csv", 5], ["jan.csv", 1]])
        one = self.done("data", "import", "p", "sales.zip", "--table", "feb", "--source-table", "feb.csv")
        self.assertEqual(one["rows"], 2)
        with zipfile.ZipFile(self.folder / "mixed.zip", "w") as archive:
            archive.writestr("users.csv", "id,name\n1,Ann\n")
            archive.writestr("orders.csv", "id,amount\n1,2\n")
        error = self.refused(1, "InvalidArgument", "data", "import", "p", "mixed.zip")
        self.assertIn("amount", error["message"])

    def test_json_and_parquet(self):
        records = [{"id": i, "user": {"city": "北京"}, "tags": [i]} for i in range(5)]
        self.write("a.json", json.dumps({"data": records}))
        made = self.done("data", "import", "p", "a.json")
        self.assertEqual([column["name"] for column in made["columns"]], ["id", "user.city", "tags"])
        self.write("lines.jsonl", "\n".join(map(json.dumps, records)) + "\n{broken\n")
        lines = self.done("data", "import", "p", "lines.jsonl")
        self.assertEqual((lines["rows"], lines["rejected"]), (5, 1))
        self.assertEqual(self.done("data", "rejects", "p", "lines")["rejects"][0]["line"], 6)
        look = self.done("data", "preview", "a.json")
        self.assertEqual(look["sample"][0], [0, "北京", "[0]"])

    def test_options_and_templates(self):
        self.write("de.csv", "Bericht\nTag;Betrag\n01.03.2026;1,50\n02.03.2026;k.A.\n")
        words = ["--delimiter", ";", "--skip-lines", "1", "--decimal", ",", "--null-word", "k.A.",
                 "--type", "Tag=DATE %d.%m.%Y"]
        saved = self.done("data", "template", "save", "p", "monthly 月报", *words)
        self.assertEqual(saved["options"]["column_types"], {"Tag": "DATE %d.%m.%Y"})
        self.refused(1, "AlreadyExists", "data", "template", "save", "p", "monthly 月报")
        self.assertEqual([one["name"] for one in self.done("data", "template", "list", "p")["templates"]],
                         ["monthly 月报"])
        self.assertEqual(self.done("data", "template", "show", "p", "monthly 月报")["options"], saved["options"])
        made = self.done("data", "import", "p", "de.csv", "--template", "monthly 月报")
        self.assertEqual(made["rows"], 2, made)
        self.assertEqual(self.rows('select "Tag", "Betrag" from de'), [["2026-03-01", 1.5], ["2026-03-02", None]])
        text = self.done("data", "import", "p", "de.csv", "--template", "monthly 月报", "--type", "Betrag=VARCHAR",
                         "--table", "as_text")
        self.assertEqual({column["name"]: column["type"] for column in text["columns"]},
                         {"Tag": "DATE", "Betrag": "VARCHAR"})
        look = self.done("data", "preview", "de.csv", "--template", "monthly 月报", "--project", "p")
        self.assertEqual([column["name"] for column in look["columns"]], ["Tag", "Betrag"])
        self.refused(1, "InvalidArgument", "data", "preview", "de.csv", "--template", "monthly 月报")
        self.refused(1, "NotFound", "data", "import", "p", "de.csv", "--template", "none", "--table", "x")
        self.refused(1, "InvalidArgument", "data", "template", "save", "p", " ")
        self.refused(2, "InvalidArgument", "data", "template", "save", "p", "x", "--decimal", ";")
        self.assertEqual(self.done("data", "template", "delete", "p", "monthly 月报")["deleted"], "monthly 月报")
        self.assertEqual(self.done("data", "template", "list", "p")["templates"], [])
        self.refused(1, "NotFound", "data", "template", "delete", "p", "monthly 月报")


class DyingTest(CliTest):
    def start(self, *words):
        return subprocess.Popen([CLI, "--json", *words], cwd=self.folder, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(self.folder / "tmp")})

    def test_a_killed_import_leaves_what_was_and_no_rubbish(self):
        (self.folder / "tmp").mkdir()
        self.done("project", "create", "q")
        self.write("small.csv", "a,b\n1,2\n")
        self.done("data", "import", "q", "small.csv", "--table", "t")
        line = "1234567,café noir,2026-03-01\n".encode("latin-1")
        self.write("large.csv", b"a,b,c\n" + line * 2_000_000)
        killed = 0
        for delay in (0.05, 0.1, 0.2, 0.4, 1.0):
            running = self.start("data", "import", "q", "large.csv", "--table", "t", "--replace")
            time.sleep(delay)
            if running.poll() is None and delay == 0.2:
                error = self.refused(1, "Locked", "data", "import", "q", "small.csv", "--table", "u")
                self.assertIn(str(running.pid), error["message"])
            ended = running.poll() is not None  # on a fast machine it was done before it could be killed
            running.send_signal(signal.SIGKILL)
            running.wait()
            running.stdout.close()
            killed += not ended
            self.assertEqual(list((self.folder / "tmp").iterdir()), [])
            rows = self.done("data", "query", "q", "select count(*) from t")["rows"][0][0]
            self.assertIn(rows, (1, 2_000_000))
            if not ended and delay < 0.2:
                self.assertEqual(rows, 1)
            self.done("data", "import", "q", "small.csv", "--table", "t", "--replace")
            self.assertTrue(self.done("project", "verify", "q")["ok"])
        self.assertGreater(killed, 0)
        self.assertEqual([table["name"] for table in self.done("data", "tables", "q")["tables"]], ["t"])

    @unittest.skipIf(os.geteuid() == 0, "the superuser may read everything")
    def test_what_may_not_be_read_is_told(self):
        self.done("project", "create", "r")
        file = self.write("secret.csv", "a\n1\n")
        file.chmod(0)
        self.refused(1, "Io", "data", "import", "r", "secret.csv")


if __name__ == "__main__":
    unittest.main()
