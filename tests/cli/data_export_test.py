# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables as files: CSV, Parquet, XLSX, JSON."""

import csv
import fcntl
import json
import signal
import subprocess
import time
import unittest
import zipfile
from xml.etree import ElementTree

from harness import CLI, CliTest

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_cells(file, sheet):
    """The cells of a sheet by their reference, texts and numbers as text."""
    with zipfile.ZipFile(file) as archive:
        if archive.testzip() is not None:
            raise AssertionError("a damaged archive")
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/{sheet}.xml"))
    cells = {}
    for cell in root.iter(MAIN + "c"):
        inline = cell.find(f"{MAIN}is/{MAIN}t")
        cells[cell.get("r")] = (inline.text or "") if inline is not None else cell.find(MAIN + "v").text
    return cells


class ExportTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")
        cls.write("t.csv", 'id,名称,day,amount\n1,"a,b",2026-03-01,1.5\n2,=1+1,2026-03-02,\n3,客户😀,,2\n')
        cls.done("data", "import", "p", "t.csv")

    def test_csv(self):
        made = self.done("data", "export", "p", "t", "out.csv", "--bom")
        self.assertEqual((made["table"], made["rows"], made["format"]), ("t", 3, "csv"))
        self.assertEqual([warning["kind"] for warning in made["warnings"]], ["guarded"])
        with open(self.folder / "out.csv", newline="", encoding="utf-8-sig") as file:
            self.assertEqual(list(csv.reader(file)),
                             [["id", "名称", "day", "amount"], ["1", "a,b", "2026-03-01", "1.5"],
                              ["2", "'=1+1", "2026-03-02", ""], ["3", "客户😀", "", "2"]])
        before = (self.folder / "out.csv").read_bytes()
        self.refused(1, "AlreadyExists", "data", "export", "p", "t", "out.csv")
        self.assertEqual((self.folder / "out.csv").read_bytes(), before)
        self.done("data", "export", "p", "t", "out.csv", "--replace", "--no-guard", "--delimiter", ";", "--columns",
                  "名称,id", "--sort", "id", "--descending")
        self.assertEqual((self.folder / "out.csv").read_text(encoding="utf-8"), "名称;id\n客户😀;3\n=1+1;2\na,b;1\n")
        self.assertEqual([file.name for file in self.folder.glob("out.csv*")], ["out.csv"])

    def test_names_with_commas(self):
        self.write("odd.csv", '"a, b",c,"say ""d"""\n1,2,3\n')
        self.done("data", "import", "p", "odd.csv", "--replace")
        self.done("data", "export", "p", "odd", "odd1.csv", "--columns", 'c,"a, b"', "--columns", '"say ""d"""')
        self.assertEqual((self.folder / "odd1.csv").read_text(encoding="utf-8"), 'c,"a, b","say ""d"""\n2,1,3\n')
        self.done("data", "unpivot", "p", "odd", "--columns", '"a, b"', "--keep", "c", "--out", "long", "--replace")
        self.assertEqual(self.done("data", "query", "p", "SELECT * FROM long")["rows"], [[2, "a, b", 1]])
        joined = self.done("data", "join", "p", "odd", "long", "--on", '"a, b=value"', "--out", "j", "--replace")
        self.assertEqual(joined["matched"], 1)
        self.refused(1, None, "data", "export", "p", "odd", "odd2.csv", "--columns", "a, b")

    def test_a_killed_export_leaves_nothing_for_long(self):
        self.write("large.csv", "a,b\n" + "".join(f"{i},name {i * 7919}\n" for i in range(1000000)))
        self.done("data", "import", "p", "large.csv", "--replace")
        other = self.folder / "other.csv.part-aaaaaa"
        for name in ("big.csv", "big.parquet", "big.xlsx"):
            other.write_text("of another file")
            process = subprocess.Popen([CLI, "data", "export", "p", "large", name], cwd=self.folder,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            until = time.monotonic() + 60
            while not list(self.folder.glob(name + "*.part-*")) and process.poll() is None:
                self.assertLess(time.monotonic(), until)
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            process.wait()
            left = list(self.folder.glob(name + "*.part-*"))
            self.assertTrue(left, name)
            held = self.folder / (name + ".part-bbbbbb")
            with open(held, "w", encoding="utf-8") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                self.done("data", "export", "p", "t", name)
                self.assertEqual(list(self.folder.glob(name + "*.part-*")), [held], "what somebody holds stays")
            self.done("data", "export", "p", "t", name, "--replace")
            self.assertEqual([file.name for file in self.folder.glob(name + "*")], [name])
            self.assertTrue(other.exists())

    def test_xlsx(self):
        made = self.done("data", "export", "p", "t", "out.xlsx")
        self.assertEqual(made["sheets"], 1)
        cells = sheet_cells(self.folder / "out.xlsx", "sheet1")
        self.assertEqual([cells[ref] for ref in ("A1", "B1", "B2", "B3", "B4", "C2", "D2")],
                         ["id", "名称", "a,b", "=1+1", "客户😀", "46082", "1.5"])
        self.assertNotIn("D3", cells)
        with zipfile.ZipFile(self.folder / "out.xlsx") as archive:
            for name in archive.namelist():
                ElementTree.fromstring(archive.read(name))

    def test_other_formats_and_mistakes(self):
        for name in ("out.json", "out.ndjson", "out.parquet"):
            self.assertEqual(self.done("data", "export", "p", "t", name)["rows"], 3)
        read = json.loads((self.folder / "out.json").read_text(encoding="utf-8"))
        self.assertEqual(read[0], {"id": 1, "名称": "a,b", "day": "2026-03-01", "amount": 1.5})
        self.assertEqual((self.folder / "out.parquet").read_bytes()[:4], b"PAR1")
        self.done("data", "export", "p", "t", "odd.name", "--format", "ndjson")
        self.refused(1, "InvalidArgument", "data", "export", "p", "t", "out.doc")
        self.refused(1, "NotFound", "data", "export", "p", "nothere", "x.csv")
        self.refused(1, "Io", "data", "export", "p", "t", "nowhere/x.csv")
        self.refused(2, None, "data", "export", "p", "t", "x.csv", "--delimiter", "ab")
        self.assertFalse((self.folder / "x.csv").exists())


if __name__ == "__main__":
    unittest.main()
