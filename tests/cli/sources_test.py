# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks and SQLite files from the command line, against the same cells read by Python alone."""

import os
import pathlib
import re
import sqlite3
import unittest
import xml.etree.ElementTree as tree
import zipfile

from harness import CliTest

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHARED = pathlib.Path(os.environ.get("LODESTONE_SHARED", pathlib.Path(__file__).resolve().parents[2].parent / "shared"))


def column_of(reference):
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number


def plain_cells(path, part="xl/worksheets/sheet1.xml"):
    """(row, column) -> text or number of a sheet, by nothing but zipfile and ElementTree."""
    with zipfile.ZipFile(path) as archive:
        texts = []
        if "xl/sharedStrings.xml" in archive.namelist():
            for item in tree.fromstring(archive.read("xl/sharedStrings.xml")).iter(SPACE + "si"):
                texts.append("".join(piece.text or "" for piece in item.iter(SPACE + "t")))
        cells = {}
        for cell in tree.fromstring(archive.read(part)).iter(SPACE + "c"):
            reference, kind = cell.get("r"), cell.get("t")
            value = cell.find(SPACE + "v")
            place = int(re.search(r"\d+", reference).group()), column_of(reference)
            if kind == "inlineStr":
                cells[place] = "".join(piece.text or "" for piece in cell.iter(SPACE + "t"))
            elif value is not None and value.text:
                cells[place] = texts[int(value.text)] if kind == "s" else float(value.text)
        return cells


def workbook(path, sheets):
    """A small workbook: name -> rows of texts and numbers."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", f'<Relationships><Relationship Id="a" Type="{office}/officeDocument" '
                                        'Target="xl/workbook.xml"/></Relationships>')
        names = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, 1))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{SPACE[1:-1]}" xmlns:r="{office}"><sheets>{names}</sheets>'
                                            "</workbook>")
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships>" + "".join(
            f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)) + "</Relationships>")
        for i, rows in enumerate(sheets.values(), 1):
            cells = "".join("<row>" + "".join(
                f"<c><v>{cell}</v></c>" if isinstance(cell, (int, float)) else
                f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows)
            archive.writestr(f"xl/worksheets/sheet{i}.xml",
                             f'<worksheet xmlns="{SPACE[1:-1]}"><sheetData>{cells}</sheetData></worksheet>')
    return path


class SourcesTest(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done("project", "create", "p")

    def rows(self, sql):
        return self.done("data", "query", "p", sql)["rows"]

    def shared(self, name):
        path = SHARED / "data" / name
        if not path.exists():
            if os.environ.get("CI") == "true":
                self.fail("the shared data is missing")
            self.skipTest("the shared data is not beside the checkout")
        return path

    def test_a_workbook_by_sheet(self):
        book = workbook(self.folder / "年度 book.xlsx", {"Shops": [["shop", "sales"], ["北京", 1.5], ["Oslo", 2]],
                                                       "Empty": [], "Codes": [["code"], ["007"]]})
        seen = self.done("data", "preview", book)
        self.assertEqual(seen["detected"]["source_tables"], ["Shops", "Empty", "Codes"])
        self.assertEqual(seen["sample"], [["北京", 1.5], ["Oslo", 2.0]])
        done = self.done("data", "import", "p", book, "--table", "shops")
        self.assertEqual((done["rows"], done["rejected"], done["detected"]["format"]), (2, 0, "xlsx"))
        done = self.done("data", "import", "p", book, "--table", "codes", "--source-table", "Codes")
        self.assertEqual(self.rows("SELECT * FROM codes"), [["007"]])
        error = self.refused(1, "NotFound", "data", "import", "p", book, "--table", "x", "--source-table", "Nosuch")
        self.assertIn("Shops, Empty, Codes", error["message"])
        self.refused(1, "InvalidArgument", "data", "import", "p", book, "--table", "x", "--source-table", "Empty")
        told = self.run_raw("data", "import", "p", book, "--table", "shops", "--replace")
        self.assertEqual(told.status, 0, told.err)
        self.assertIn("2 rows into table shops", told.out)
        self.assertIn("Shops", told.out)

    def test_known_workbooks_cell_by_cell(self):
        for number, name in enumerate(("formats/xlsx/meridian_national_media.xlsx", "formats/xlsx/meridian_geo_media.xlsx",
                                       "messy-csv/pandas-tests/test_multisheet.xlsx")):
            path, table = self.shared(name), f"known{number}"
            cells = plain_cells(path)
            done = self.done("data", "import", "p", path, "--table", table, "--all-text")
            last = max(row for row, _ in cells)
            columns = sorted({column for _, column in cells})
            self.assertEqual(len(done["columns"]), len(columns), name)
            skipped = sum(part["lines"] for part in done["skipped"])
            self.assertEqual(done["rows"] + done["rejected"] + skipped + 1, last, name)
            self.assertEqual([column["name"] for column in done["columns"]][1:],
                             [str(cells[1, column]) for column in columns[1:]], name)
            typed = self.done("data", "import", "p", path, "--table", table, "--replace")
            numbers = [i for i, column in enumerate(typed["columns"]) if column["type"] in ("BIGINT", "DOUBLE")]
            self.assertGreater(len(numbers), 1, name)
            for row, got in enumerate(self.rows(f"SELECT * FROM {table}"), start=2):
                for i in numbers:
                    want = cells.get((row, columns[i]))
                    self.assertEqual(got[i], want, f"{name} row {row} column {columns[i]}")

    def test_a_database_by_table(self):
        path = self.folder / "shop.db"
        with sqlite3.connect(path) as made:
            made.executescript("CREATE TABLE a (x INT, day DATE); INSERT INTO a VALUES (1, '2026-03-01'), (NULL, NULL);"
                               "CREATE TABLE \"b; DROP\" (y TEXT); INSERT INTO \"b; DROP\" VALUES ('é');")
        error = self.refused(1, "InvalidArgument", "data", "import", "p", path, "--table", "x")
        self.assertIn("a, b; DROP", error["message"])
        done = self.done("data", "import", "p", path, "--table", "a", "--source-table", "a")
        self.assertEqual(done["columns"], [{"name": "x", "type": "BIGINT"}, {"name": "day", "type": "DATE"}])
        self.assertEqual(self.rows("SELECT * FROM a"), [[1, "2026-03-01"], [None, None]])
        self.done("data", "import", "p", path, "--table", "b", "--source-table", "b; DROP")
        self.assertEqual(self.rows("SELECT * FROM b"), [["é"]])

    def test_known_databases_row_by_row(self):
        for name, table in (("Chinook.sqlite", "Customer"), ("Chinook.sqlite", "Track"), ("northwind.db", "Order Details")):
            path = self.shared("formats/sqlite/" + name)
            self.done("data", "import", "p", path, "--table", "known", "--replace", "--source-table", table)
            with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as database:
                want = [list(row) for row in database.execute(f'SELECT * FROM "{table}"')]
            self.assertEqual(self.rows("SELECT * FROM known"), want, table)

    def test_an_address_without_a_server(self):
        error = self.refused(1, "Io", "data", "import", "p", "postgres://ann:hush@127.0.0.1:1/shop?table=orders")
        self.assertIn("postgres://ann@127.0.0.1:1/shop", error["message"])
        self.assertNotIn("hush", str(error))


if __name__ == "__main__":
    unittest.main()
