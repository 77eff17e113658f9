# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing, looking at and asking tables; awkward files."""

import csv
import random
import unittest

from harness import CliTest, customers_csv


class DataTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("customers.csv", customers_csv(500))

    def test_findings_carry_the_step_that_mends_them(self):
        rows = "".join(f"{n},{n % 4 == 0},{'closed' if n % 4 == 0 else 'open'},{n % 7}\n" for n in range(200))
        self.write("leaky.csv", "id,gone,status,visits\n" + rows)
        self.done("data", "import", "p", "leaky.csv")
        kinds = {finding["kind"] for finding in self.done("data", "profile", "p", "leaky")["findings"]}
        self.assertNotIn("leak", kinds)
        for given in (["--target", "gone"], []):
            findings = self.done("data", "profile", "p", "leaky", *given)["findings"]
            leak = next(finding for finding in findings if finding["kind"] == "leak")
            self.assertEqual((leak["column"], leak["other"], leak["severity"]), ("status", "gone", "problem"))
            self.assertEqual(leak["step"], "drop_columns")
            self.assertEqual(leak["recipe"], {"step": "drop_columns", "columns": ["status"]})
            identifier = next(finding for finding in findings if finding["kind"] == "identifier")
            self.assertEqual((identifier["step"], identifier["recipe"]), ("", None))
            self.done("data", "roles", "p", "leaky", "target=gone")  # then known without the option
        self.assertEqual(self.refused(1, "NotFound", "data", "profile", "p", "leaky", "--target", "no")["where"]["column"],
                         "no")

    def test_what_the_system_says_is_said_in_the_language_of_the_message(self):
        self.write("small.csv", "a,b\n1,2\n")
        self.done("data", "import", "p", "small.csv")
        for words in (("data", "export", "p", "small", "small.csv/x.csv"), ("project", "create", "small.csv/q")):
            self.assertIn("Not a directory", self.refused(1, "Io", *words)["message"])
            answer = self.cli("--lang", "zh_CN", *words).json["error"]["message"]
            self.assertIn("这不是文件夹", answer)
            self.assertFalse(any(ord(sign) < 32 for sign in answer), answer)

    def test_import_and_what_follows(self):
        preview = self.done("data", "preview", "customers.csv")
        self.assertEqual([column["name"] for column in preview["columns"]],
                         ["customer", "tenure", "price", "plan", "churn"])
        self.assertTrue(preview["sample"])
        self.assertEqual(preview["detected"]["delimiter"], ",")
        self.assertNotIn("customers", [table["name"] for table in self.done("data", "tables", "p")["tables"]])
        made = self.done("data", "import", "p", "customers.csv")
        self.assertEqual((made["table"], made["rows"], made["rejected"]), ("customers", 500, 0))
        for key in ("skipped", "columns", "detected", "seconds"):
            self.assertIn(key, made)
        self.assertEqual(self.refused(1, "AlreadyExists", "data", "import", "p", "customers.csv")["where"]["table"],
                         "customers")
        self.assertEqual(self.done("data", "import", "p", "customers.csv", "--replace")["rows"], 500)
        tables = self.done("data", "tables", "p")["tables"]
        self.assertIn(("customers", 500, 5), [(t["name"], t["rows"], t["columns"]) for t in tables])
        profile = self.done("data", "profile", "p", "customers")
        self.assertEqual(profile["rows"], 500)
        self.assertEqual(len(profile["columns"]), 5)
        for key in ("type", "missing", "distinct", "min", "max", "mean", "sd", "quantiles", "top", "histogram"):
            self.assertIn(key, profile["columns"][1])
        self.assertEqual(self.done("data", "rejects", "p", "customers")["rejects"], [])
        self.roles()
        self.query()

    def roles(self):
        self.assertEqual(self.done("data", "roles", "p", "customers", "user=customer", "target=churn")["roles"],
                         {"target": "churn", "user": "customer"})
        self.assertEqual(self.done("data", "roles", "p", "customers", "target=")["roles"], {"user": "customer"})
        self.refused(1, "InvalidArgument", "data", "roles", "p", "customers", "hero=customer")
        self.refused(1, "NotFound", "data", "roles", "p", "customers", "user=nothere")
        self.refused(1, "InvalidArgument", "data", "roles", "p", "customers", "user")

    def query(self):
        answer = self.done("data", "query", "p",
                           "select count(*) as n, 1.5::decimal(4,2) as d, date '2026-03-01' as day, null as nothing "
                           "from customers")
        self.assertEqual(answer["rows"], [[500, 1.5, "2026-03-01", None]])
        self.assertEqual([column["name"] for column in answer["columns"]], ["n", "d", "day", "nothing"])
        out = self.done("data", "query", "p", "select * from customers", "--out", "out.csv")
        self.assertEqual(out["rows"], 500)
        with open(self.folder / "out.csv", newline="", encoding="utf-8") as file:
            self.assertEqual(len(list(csv.reader(file))), 501)
        before = (self.folder / "out.csv").read_bytes()
        again = ["data", "query", "p", "select 1 as one", "--out", "out.csv"]
        refused = self.refused(1, "AlreadyExists", *again)
        self.assertIn("out.csv", refused["message"])
        self.assertEqual((self.folder / "out.csv").read_bytes(), before)
        self.assertEqual(self.done(*again, "--replace")["rows"], 1)
        self.assertNotEqual((self.folder / "out.csv").read_bytes(), before)

    def test_sql_that_could_change_or_reach_something_is_refused(self):
        self.done("data", "import", "p", "customers.csv", "--table", "kept")
        for sql in ("drop table kept", "attach '/etc/passwd' as x", "select * from read_csv('/etc/passwd')",
                    "select 1; drop table kept", "copy kept to 'stolen.csv'", "insert into kept select * from kept",
                    "select * from '/etc/passwd'", "install httpfs", "", "selec"):
            self.refused(1, None, "data", "query", "p", sql)
        self.assertEqual(self.done("data", "query", "p", "select count(*) from kept")["rows"], [[500]])
        self.assertFalse((self.folder / "stolen.csv").exists())

    def test_several_files_and_patterns(self):
        (self.folder / "many").mkdir()
        for name in ("a", "b"):
            self.write(f"many/{name}.csv", "x,y\n1,2\n3,4\n")
        answer = self.cli("data", "import", "p", "many/*.csv")
        self.assertEqual([line["table"] for line in answer.lines], ["a", "b"])
        together = self.done("data", "import", "p", "many/?.csv", "--table", "t", "--file-column", "month")
        self.assertEqual(together["rows"], sum(file["rows"] for file in together["files"]))
        self.assertEqual(self.done("data", "query", "p", "select month, count(*) from t group by 1 order by 1")["rows"],
                         [["a.csv", 2], ["b.csv", 2]])
        self.refused(1, "NotFound", "data", "import", "p", "many/*.txt")
        self.write("many/first.csv", "x,y\n1,2\n")
        third = self.cli("data", "import", "p", "many/first.csv", "missing.csv")
        self.assertEqual(third.status, 1)
        self.assertEqual([line["error"]["code"] for line in third.lines], ["NotFound"])
        self.assertIn("missing.csv", third.json["error"]["message"])
        self.assertNotIn("first", [table["name"] for table in self.done("data", "tables", "p")["tables"]])

    def test_options(self):
        self.write("odd.txt", "a|b\n'x|y'|2\n")
        made = self.done("data", "import", "p", "odd.txt", "--delimiter", "|", "--quote", "'", "--table", "odd")
        self.assertEqual(self.done("data", "query", "p", "select a from odd")["rows"], [["x|y"]])
        self.assertEqual(made["detected"]["delimiter"], "|")
        self.write("plain.csv", "1,2\n3,4\n")
        self.assertEqual(self.done("data", "import", "p", "plain.csv", "--header", "no")["rows"], 2)
        text = self.done("data", "import", "p", "customers.csv", "--all-text", "--table", "texts")
        self.assertEqual({column["type"] for column in text["columns"]}, {"VARCHAR"})
        self.refused(2, "InvalidArgument", "data", "import", "p", "odd.txt", "--delimiter", "|||||")
        self.write("tabs.txt", "a\tb\n1\t2\n")
        self.assertEqual(len(self.done("data", "import", "p", "tabs.txt", "--delimiter", "tab")["columns"]), 2)
        self.refused(1, "Corrupt", "data", "import", "p", "customers.csv", "--format", "parquet", "--table", "n")
        self.write("book.xlsx", b"PK\x03\x04")
        self.refused(1, "Corrupt", "data", "import", "p", "book.xlsx")
        self.refused(1, "Unsupported", "data", "import", "p", "gopher://host/db")
        error = self.refused(1, "Io", "data", "import", "p", "postgres://u:secret@127.0.0.1:1/db")
        self.assertNotIn("secret", str(error))

    def test_bad_rows_are_kept_apart_or_fail(self):
        rows = "".join(f"{i},{i * 2}\n" for i in range(300))
        self.write("bad.csv", "id,value\n" + rows + "301,abc\n")
        made = self.done("data", "import", "p", "bad.csv")
        rejects = self.done("data", "rejects", "p", "bad")["rejects"]
        self.assertEqual(made["rows"] + made["rejected"] + sum(part["lines"] for part in made["skipped"]), 301)
        self.assertEqual([(r["line"], r["column"]) for r in rejects], [(302, "value")])
        self.assertIn("abc", rejects[0]["text"])
        self.refused(1, None, "data", "import", "p", "bad.csv", "--table", "strict", "--on-bad-rows", "fail")
        self.assertNotIn("strict", [t["name"] for t in self.done("data", "tables", "p")["tables"]])


class AwkwardFilesTest(CliTest):
    def test_awkward_files(self):
        numbers = random.Random(5)
        self.done("project", "create", "p")
        (self.folder / "folder.csv").mkdir()
        self.write("empty.csv", "")
        self.write("noise.csv", bytes(numbers.randrange(256) for _ in range(100_000)))
        self.write("header.csv", "x,y\n")
        self.write("wide.csv", ",".join(f"c{i}" for i in range(2500)) + "\n" + ",".join("1" for _ in range(2500)) + "\n")
        self.write("names.csv", '"select","a""b","; DROP TABLE x","Select"\n1,2,3,4\n')
        self.write("chinese.csv", "用户,金额,流失\n" + "".join(
            f"u{i},{i % 7},{'是' if i % 3 else '否'}\n" for i in range(300)))
        self.refused(1, "NotFound", "data", "import", "p", "missing.csv")
        self.refused(1, None, "data", "import", "p", "folder.csv")
        self.refused(1, None, "data", "import", "p", "empty.csv")
        for either in ("noise.csv", "header.csv"):
            self.assertIn(self.cli("data", "import", "p", either).status, (0, 1))
        self.assertEqual(len(self.done("data", "import", "p", "wide.csv")["columns"]), 2500)
        self.assertEqual(len(self.done("data", "import", "p", "names.csv")["columns"]), 4)
        self.assertEqual(self.done("data", "import", "p", "chinese.csv", "--table", "客户")["rows"], 300)
        self.assertEqual(self.done("data", "query", "p", 'select count(*) from "客户" where "流失" = \'是\'')["rows"],
                         [[200]])
        self.assertTrue(self.done("project", "verify", "p")["ok"])

    def test_human_tables_line_up_with_wide_characters(self):
        self.done("project", "create", "q")
        self.write("wide_text.csv", "name,n\n高价值客户,1\nabc,2\n")
        self.done("data", "import", "q", "wide_text.csv")
        lines = self.run_raw("data", "query", "q", "select * from wide_text").out.splitlines()
        width = lambda text: sum(2 if ord(c) > 0x2E00 else 1 for c in text)
        self.assertEqual(width(lines[2]), width(lines[3]))


if __name__ == "__main__":
    unittest.main()
